//! Text as it lies on the wire.

/// Text that borrows its bytes from the wire, whatever their order and character set.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    bytes: &'a [u8],
    encoding: TextEncoding,
}

/// How the bytes of a [`Text`] are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextEncoding {
    /// UTF-8, first character first; wrong sequences show as U+FFFD.
    Utf8,
    /// ISO 8859-1, first character first.
    Latin1,
    /// ISO 8859-1, last character first, as M-Bus sends it (EN 13757-3).
    Latin1Reversed,
}

impl<'a> Text<'a> {
    /// Text over `bytes`, to be read as `encoding` says.
    #[must_use]
    pub const fn new(bytes: &'a [u8], encoding: TextEncoding) -> Self {
        Self { bytes, encoding }
    }

    /// The bytes as they were sent.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How the bytes are to be read.
    #[must_use]
    pub const fn encoding(&self) -> TextEncoding {
        self.encoding
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.encoding == other.encoding && self.bytes == other.bytes
    }
}
