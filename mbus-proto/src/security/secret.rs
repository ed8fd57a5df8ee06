//! Bytes that must not get about.

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::security::KeyTextError;

/// The bytes of a key: two are compared in constant time, and dropping them overwrites them. There
/// is no `Debug`, so that none of a key can be derived.
#[derive(Clone)]
pub(super) struct Secret<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Secret<N> {
    /// Reads two hexadecimal digits for each byte, which have to be all of the text.
    pub(super) fn from_digits(text: &str) -> Result<Self, KeyTextError> {
        let mut secret = Self([0; N]);
        let mut digits = text.bytes().map(digit);
        for byte in &mut secret.0 {
            let (Some(Some(high)), Some(Some(low))) = (digits.next(), digits.next()) else {
                return Err(KeyTextError);
            };
            *byte = high << 4 | low;
        }
        match digits.next() {
            None => Ok(secret),
            Some(_) => Err(KeyTextError),
        }
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte & 0x0F),
        // A is 41h, a is 61h.
        b'A'..=b'F' | b'a'..=b'f' => Some((byte & 0x0F).wrapping_add(9)),
        _ => None,
    }
}
