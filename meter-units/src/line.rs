//! A short line of text on the stack, for formatting that honors width and alignment.

/// ASCII text of at most `N` bytes; what does not fit is left out.
pub(crate) struct Line<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Line<N> {
    pub(crate) const fn new() -> Self {
        Self {
            bytes: [0; N],
            len: 0,
        }
    }

    pub(crate) fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len = self.len.wrapping_add(1);
        }
    }

    /// Appends a number in decimal, with zeros before it up to `width` digits.
    pub(crate) fn push_number(&mut self, number: u64, width: usize) {
        let mut digits = [b'0'; 20];
        let mut rest = number;
        let mut used = 0_usize;
        for slot in digits.iter_mut().rev() {
            if rest == 0 && used >= width.max(1) {
                break;
            }
            let digit = (rest % 10) as u8;
            *slot = b'0'.wrapping_add(digit);
            rest /= 10;
            used = used.wrapping_add(1);
        }
        let start = digits.len().saturating_sub(used);
        for digit in digits.iter().skip(start) {
            self.push(*digit);
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn numbers_are_padded_with_zeros_and_never_cut() {
        let mut line = Line::<64>::new();
        for (number, width) in [(0, 0), (0, 2), (7, 2), (2012, 2), (u64::MAX, 1), (5, 99)] {
            line.push_number(number, width);
            line.push(b' ');
        }
        assert_eq!(
            line.as_str(),
            "0 00 07 2012 18446744073709551615 00000000000000000005 "
        );
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut line = Line::<3>::new();
        line.push_number(12345, 0);
        assert_eq!(line.as_str(), "123");
    }
}
