//! JSON as frames need it: one pass, no recursion, no tree.

mod number;
mod reader;
mod scan;
mod text;
mod writer;

pub(crate) use self::number::number_end;
pub(crate) use self::reader::{Dialect, Reader, Stop};
pub(crate) use self::scan::{split, split_last};
pub(crate) use self::text::is_within;
pub(crate) use self::writer::Writer;

/// Arrays and objects may be nested so deep, in parts of a frame that are not looked at.
pub const MAX_DEPTH: usize = 512;
