//! Why bytes could not be decoded or built.

/// Why bytes could not be decoded, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct DecodeError {
    /// What was wrong.
    pub kind: DecodeErrorKind,
    /// Position in the slice that was handed to the parser.
    pub offset: usize,
}

/// The ways in which bytes can be malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the structure does.
    #[error("input ends, {needed} more byte(s) needed for the field")]
    Truncated {
        /// How many bytes are missing at least.
        needed: u16,
    },
}

/// Why something could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The buffer is too short.
    #[error("buffer is too short, {needed} byte(s) needed")]
    Buffer {
        /// How long it has to be.
        needed: usize,
    },
}
