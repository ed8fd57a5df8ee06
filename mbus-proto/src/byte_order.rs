//! The order of bytes within a number.

/// The order in which the bytes of a number are sent (mode 1 and mode 2 of the older
/// documentation; EN 13757-3:2018 knows mode 1 only).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// Mode 1: least significant byte first.
    #[default]
    LeastFirst,
    /// Mode 2: most significant byte first.
    MostFirst,
}
