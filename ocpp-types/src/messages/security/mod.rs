//! The security extension (security white paper, edition 2).

pub(super) mod certificate;
pub(super) mod firmware;
pub(super) mod log;
pub(super) mod trigger;
