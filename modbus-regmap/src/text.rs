//! Texts cut without core's search, which can panic.

/// The text before and after the first separator.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let (mut rest, mut end) = (text.as_bytes(), 0_usize);
    while !rest.starts_with(separator.as_bytes()) {
        (_, rest) = rest.split_first()?;
        end = end.wrapping_add(1);
    }
    cut(text, end, separator)
}

/// The text before and after the last separator.
pub(crate) fn rsplit_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let mut front = text.as_bytes();
    while !front.ends_with(separator.as_bytes()) {
        (_, front) = front.split_last()?;
    }
    let end = front.len().checked_sub(separator.len())?;
    cut(text, end, separator)
}

fn cut<'a>(text: &'a str, end: usize, separator: &str) -> Option<(&'a str, &'a str)> {
    let behind = end.checked_add(separator.len())?;
    Some((text.get(..end)?, text.get(behind..)?))
}

/// The parts of a text between separators, as `str::split` gives them.
#[derive(Clone, Debug)]
pub(crate) struct Parts<'a> {
    rest: Option<&'a str>,
    separator: &'static str,
}

impl<'a> Parts<'a> {
    pub(crate) const fn of(text: &'a str, separator: &'static str) -> Self {
        Self {
            rest: Some(text),
            separator,
        }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some((part, behind)) = split_once(rest, self.separator) else {
            return Some(rest);
        };
        self.rest = Some(behind);
        Some(part)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_cut_as_core_does(text in "[a: /ä]{0,12}") {
            for separator in [":", " / ", "::", "ä"] {
                prop_assert_eq!(split_once(&text, separator), text.split_once(separator));
                prop_assert_eq!(rsplit_once(&text, separator), text.rsplit_once(separator));
                prop_assert!(Parts::of(&text, separator).eq(text.split(separator)));
            }
        }
    }
}
