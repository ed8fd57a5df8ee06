//! What `core` and `alloc` have too, without panics that the linker can see.
//!
//! Theirs end the program where a count overflows, a comparison contradicts itself, or a value
//! fails to write itself. None of that happens here, but the linker does not know.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt::{Display, Write};

/// How many items there are.
pub(crate) fn count<T>(items: impl IntoIterator<Item = T>) -> usize {
    items.into_iter().fold(0, |count, _| count.wrapping_add(1))
}

/// The place of the first item that is as asked.
pub(crate) fn position<T>(
    items: impl IntoIterator<Item = T>,
    is_it: impl Fn(T) -> bool,
) -> Option<usize> {
    let mut at = 0_usize;
    for item in items {
        if is_it(item) {
            return Some(at);
        }
        at = at.wrapping_add(1);
    }
    None
}

/// What a value writes.
pub(crate) fn text(value: impl Display) -> String {
    let mut text = String::new();
    // A text takes whatever is written.
    let _ = write!(text, "{value}");
    text
}

/// The elements in order; equal ones stay as they were.
///
/// It merges the runs that are there already, so that sorted input costs one pass.
pub(crate) fn sorted<T>(items: Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut runs = runs(items, &order);
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(first) = pairs.next() {
            merged.push(match pairs.next() {
                Some(second) => merge(first, second, &order),
                None => first,
            });
        }
        runs = merged;
    }
    runs.pop().unwrap_or_default()
}

/// The longest parts that are in order.
fn runs<T>(items: Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<Vec<T>> {
    let mut runs = Vec::new();
    let mut run: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if run.last().is_some_and(|last| order(last, &item).is_gt()) {
            runs.push(core::mem::take(&mut run));
        }
        run.push(item);
    }
    runs.push(run);
    runs
}

fn merge<T>(first: Vec<T>, second: Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut merged = Vec::with_capacity(first.len().saturating_add(second.len()));
    let mut second = second.into_iter().peekable();
    for item in first {
        while let Some(before) = second.next_if(|other| order(other, &item).is_lt()) {
            merged.push(before);
        }
        merged.push(item);
    }
    merged.extend(second);
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_core_does(mut items: Vec<(u8, u16)>) {
            let ours = sorted(items.clone(), |a, b| a.0.cmp(&b.0));
            items.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, items);
        }
    }
}
