//! DIB and VIB: bytes that say whether another one follows.

use crate::EncodeError;
use crate::record::dib::MAX_DIFE;
use crate::record::vib::MAX_VIFE;
use crate::write::Write;

/// Bytes of which every one but the last has bit 7 set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    bytes: [u8; Self::MAX],
    pub(super) len: u8,
}

impl Chain {
    /// A VIF after two extension bytes, and all VIFE; a DIB is shorter.
    const MAX: usize = MAX_VIFE + 3;

    pub(super) const EMPTY: Self = Self {
        bytes: [0; Self::MAX],
        len: 0,
    };

    pub(super) fn push(&mut self, byte: u8) -> Result<(), EncodeError> {
        let at = usize::from(self.len);
        if let Some(last) = at.checked_sub(1).and_then(|last| self.bytes.get_mut(last)) {
            *last |= 0x80;
        }
        *self.bytes.get_mut(at).ok_or(EncodeError::Value)? = byte & 0x7F;
        self.len = self.len.saturating_add(1);
        Ok(())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    pub(super) fn write(&self, out: &mut impl Write) {
        out.put(self.as_bytes());
    }
}

const _: () = assert!(MAX_DIFE < Chain::MAX);
