//! Names and numbers that are there several times.

/// The place of the first key that a later one equals.
///
/// Few keys are compared in pairs, which needs no memory. So are all without an allocator.
pub(super) fn first_doubled<K: Ord + Copy>(
    keys: impl ExactSizeIterator<Item = K> + Clone,
) -> Option<usize> {
    #[cfg(feature = "alloc")]
    if keys.len() > FEW {
        return in_order(keys);
    }
    in_pairs(keys)
}

#[cfg(feature = "alloc")]
const FEW: usize = 48;

fn in_pairs<K: Ord>(keys: impl Iterator<Item = K> + Clone) -> Option<usize> {
    let mut rest = keys;
    let mut place = 0_usize;
    while let Some(key) = rest.next() {
        if rest.clone().any(|other| other == key) {
            return Some(place);
        }
        place = place.saturating_add(1);
    }
    None
}

#[cfg(feature = "alloc")]
fn in_order<K: Ord + Copy>(keys: impl Iterator<Item = K>) -> Option<usize> {
    let mut sorted: alloc::vec::Vec<_> = keys.zip(0_usize..).collect();
    crate::sort::sort_by_key(&mut sorted, |entry| *entry);
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    let doubled = pairs.filter(|((one, _), (next, _))| one == next);
    doubled.map(|((_, place), _)| *place).min()
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_find_the_same(keys in prop::collection::vec(0..60_u8, 0..20)) {
            prop_assert_eq!(in_order(keys.iter()), in_pairs(keys.iter()));
        }
    }
}
