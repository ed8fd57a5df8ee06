//! A selection that many registers are looked up in.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Selection;
use crate::map::Register;
#[cfg(feature = "alloc")]
use crate::sort::sort_by_key;

/// A selection whose names are found without a search of all, if they are in order.
///
/// With an allocator a long list of names is put in order.
#[derive(Clone, Debug)]
pub(super) struct Chosen<'a> {
    selection: Selection<'a>,
    names: Names<'a>,
}

#[derive(Clone, Debug)]
enum Names<'a> {
    /// None, or so few or in such order that they are searched.
    Unsorted,
    Sorted(&'a [&'a str]),
    #[cfg(feature = "alloc")]
    Owned(Vec<&'a str>),
}

/// Up to how many names a search of all is as fast as anything else.
const SHORT: usize = 16;

impl<'a> Chosen<'a> {
    pub(super) fn of(selection: Selection<'a>) -> Self {
        let names = match selection {
            Selection::Names(names) if names.len() > SHORT => {
                let mut pairs = names.iter().zip(names.iter().skip(1));
                if pairs.all(|(one, next)| one <= next) {
                    Names::Sorted(names)
                } else {
                    Names::put_in_order(names)
                }
            }
            _ => Names::Unsorted,
        };
        Self { selection, names }
    }

    /// Whether the register is selected.
    pub(super) fn contains(&self, register: &Register<'_>) -> bool {
        let names = match &self.names {
            Names::Unsorted => return self.selection.contains(register),
            Names::Sorted(names) => *names,
            #[cfg(feature = "alloc")]
            Names::Owned(names) => names,
        };
        Selection::All.contains(register) && names.binary_search(&register.name()).is_ok()
    }
}

impl<'a> Names<'a> {
    #[cfg(feature = "alloc")]
    fn put_in_order(names: &[&'a str]) -> Self {
        let mut names = names.to_vec();
        sort_by_key(&mut names, |name| *name);
        Self::Owned(names)
    }

    #[cfg(not(feature = "alloc"))]
    const fn put_in_order(_: &[&'a str]) -> Self {
        Self::Unsorted
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::Table;
    use crate::encoding::Encoding;
    use crate::map::Access;

    #[test]
    fn names_select_the_same_in_any_order() {
        let texts: Vec<String> = (0..60).map(|n| format!("v{}", n * 7 % 60)).collect();
        let mut names: Vec<_> = texts.iter().map(|text| &**text).step_by(2).collect();
        for _ in 0..2 {
            let selection = Selection::Names(&names);
            let chosen = Chosen::of(selection);
            for text in &texts {
                let register = Register::new(text, Table::HoldingRegister, 0, Encoding::U16);
                let writable = register.clone().with_access(Access::Write);
                assert_eq!(chosen.contains(&register), selection.contains(&register));
                assert!(!chosen.contains(&writable));
            }
            names.sort_unstable();
        }
    }
}
