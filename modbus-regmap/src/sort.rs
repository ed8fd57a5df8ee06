//! A sort without panics, as core's own can reach.

use core::mem;

/// Sorts by `key`, in place: a heap sort, of equal ones in any order.
///
/// What is in order already costs one pass.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let pairs = items.iter().zip(items.iter().skip(1));
    if pairs.clone().all(|(a, b)| key(a) <= key(b)) {
        return;
    }
    for start in (0..items.len() / 2).rev() {
        sift_down(items, start, &key);
    }
    let mut heap = items;
    while let Some((root, rest)) = heap.split_first_mut() {
        let Some(end) = rest.last_mut() else {
            return;
        };
        mem::swap(root, end);
        let Some((_, shorter)) = heap.split_last_mut() else {
            return;
        };
        heap = shorter;
        sift_down(heap, 0, &key);
    }
}

fn sift_down<T, K: Ord>(heap: &mut [T], start: usize, key: impl Fn(&T) -> K) {
    let key_at = |heap: &[T], place| heap.get(place).map(&key);
    let mut place = start;
    loop {
        let left = place.saturating_mul(2).saturating_add(1);
        let right = left.saturating_add(1);
        // What is not there is less than all.
        let child = if key_at(heap, right) > key_at(heap, left) {
            right
        } else {
            left
        };
        if key_at(heap, child) <= key_at(heap, place) {
            return;
        }
        let Some((front, back)) = heap.split_at_mut_checked(child) else {
            return;
        };
        let (Some(parent), Some(child_item)) = (front.get_mut(place), back.first_mut()) else {
            return;
        };
        mem::swap(parent, child_item);
        place = child;
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorting_orders_and_keeps_all(keys in prop::collection::vec(0..40_u64, 0..60)) {
            let mut items: Vec<_> = keys.iter().copied().zip(0_u64..).collect();
            let mut expected = items.clone();
            sort_by_key(&mut items, |(key, _)| *key);
            prop_assert!(items.is_sorted_by_key(|(key, _)| *key));
            items.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(items, expected);
        }
    }

    #[test]
    fn the_work_is_n_log_n() {
        for bits in [10, 14, 17] {
            let count = 1_u64 << bits;
            let mut items: Vec<u64> = (0..count)
                .map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15))
                .collect();
            let keys = core::cell::Cell::new(0_u64);
            sort_by_key(&mut items, |item| {
                keys.set(keys.get() + 1);
                *item
            });
            assert!(items.is_sorted());
            // two comparisons a level, of two keys each
            assert!(keys.get() < 5 * bits * count, "{} of {count}", keys.get());
        }
    }
}
