//! The table that writes open enumerations of words.

use alloc::borrow::Cow;

use crate::error::Rule;
use crate::json::{Dialect, Reader, Stop, Writer};

/// A word of a list that [`literals!`] writes.
pub(crate) trait Literal<'a>: Sized {
    /// The words of the list, and after them those of the errata sheet.
    const LITERALS: &'static [&'static str];
    /// Other spellings of words of the list.
    const ALIASES: &'static [(&'static str, &'static str)];
    /// What a tolerant reader does with a word that is not in the list.
    const UNKNOWN: Unknown;

    /// The word of the list.
    fn from_literal(text: &str) -> Option<Self>;

    /// A word that is not in the list.
    fn from_other(text: Cow<'a, str>) -> Self;

    /// The text of the word.
    fn literal(&self) -> &str;

    /// Whether the schema lists the word.
    fn is_listed(&self, dialect: Dialect) -> bool;
}

/// What a tolerant reader does with a word that is not in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// It is kept: the word reports something.
    Kept,
    /// It is kept, or taken apart if it ends with a phase.
    KeptWithPhase,
    /// It is refused: the word asks for something.
    Refused,
    /// It is refused, but an empty one stands for this.
    Empty(&'static str),
}

#[inline]
pub(crate) fn read_literal<'a, T: Literal<'a>>(reader: &mut Reader<'a>) -> Result<T, Stop> {
    let at = reader.at();
    let text = reader.string()?;
    match T::from_literal(&text) {
        Some(word) if word.is_listed(reader.dialect) => Ok(word),
        known => reader.bent_literal(known, text, at),
    }
}

#[inline]
pub(crate) fn write_literal<'a, T: Literal<'a>>(
    word: &T,
    writer: &mut Writer<'_>,
) -> Result<(), Stop> {
    if writer.is_checked() {
        let is_listed = word.is_listed(writer.dialect);
        writer.demand(is_listed, Rule::Literal)?;
    }
    writer.string(word.literal());
    Ok(())
}

/// Writes an open enumeration of the wire: each word once, and `Other` for all else.
///
/// It expands to the `enum`, `ALL`, `as_str`, `From<&str>`, `Display` and what payloads need.
/// `errata` has words that the schema does not list, `alias` other spellings of the words, and
/// `unknown` what a tolerant reader does with others: see [`Unknown`].
macro_rules! literals {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $text:literal, )+
        }
        $( errata { $( $(#[$edoc:meta])* $errata:ident = $etext:literal, )+ } )?
        $( alias { $( $alias:literal = $word:literal, )+ } )?
        unknown: $unknown:expr;
    )+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name<'a> {
            $( $(#[$doc])* $variant, )+
            $( $( $(#[$edoc])* $errata, )+ )?
            /// A word that is not in the list, as it was sent.
            Other(alloc::borrow::Cow<'a, str>),
        }

        impl<'a> $name<'a> {
            /// The words of the schema, in its order.
            pub const ALL: &'static [$name<'static>] = &[ $( $name::$variant, )+ ];

            /// The text on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )+
                    $( $( Self::$errata => $etext, )+ )?
                    Self::Other(text) => text,
                }
            }

            /// The same with a text of its own, so that it can be kept.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                match self {
                    $( Self::$variant => $name::$variant, )+
                    $( $( Self::$errata => $name::$errata, )+ )?
                    Self::Other(text) => $name::Other(alloc::borrow::Cow::Owned(text.into_owned())),
                }
            }
        }

        impl<'a> $crate::literal::Literal<'a> for $name<'a> {
            const LITERALS: &'static [&'static str] =
                &[ $( $text, )+ $( $( $etext, )+ )? ];
            const ALIASES: &'static [(&'static str, &'static str)] =
                &[ $( $( ($alias, $word), )+ )? ];
            const UNKNOWN: $crate::literal::Unknown = $unknown;

            #[inline]
            fn from_literal(text: &str) -> Option<Self> {
                Some(match text {
                    $( $text => Self::$variant, )+
                    $( $( $etext => Self::$errata, )+ )?
                    _ => return None,
                })
            }

            fn from_other(text: alloc::borrow::Cow<'a, str>) -> Self {
                Self::Other(text)
            }

            #[inline]
            fn literal(&self) -> &str {
                self.as_str()
            }

            #[inline]
            fn is_listed(&self, dialect: $crate::json::Dialect) -> bool {
                match self {
                    $( $( Self::$errata => false, )+ )?
                    Self::Other(_) => false,
                    word => $crate::literal::listed::<Self>(word, dialect),
                }
            }
        }

        impl<'a> $crate::value::Value<'a> for $name<'a> {
            const CAN_BE_EMPTY: bool = true;

            #[inline]
            fn read(
                reader: &mut $crate::json::Reader<'a>,
            ) -> Result<Self, $crate::json::Stop> {
                $crate::literal::read_literal(reader)
            }

            #[inline]
            fn write(
                &self,
                writer: &mut $crate::json::Writer<'_>,
            ) -> Result<(), $crate::json::Stop> {
                $crate::literal::write_literal(self, writer)
            }
        }

        impl $crate::value::Own for $name<'_> {
            type Owned = $name<'static>;

            fn own(self) -> Self::Owned {
                self.into_owned()
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            /// The word of the list, or else [`Other`](Self::Other).
            fn from(text: &'a str) -> Self {
                <Self as $crate::literal::Literal<'a>>::from_literal(text)
                    .unwrap_or(Self::Other(alloc::borrow::Cow::Borrowed(text)))
            }
        }

        impl core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de: 'a, 'a> serde::Deserialize<'de> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                Ok(match $crate::serde_text::text(deserializer)? {
                    alloc::borrow::Cow::Borrowed(text) => Self::from(text),
                    alloc::borrow::Cow::Owned(text) => $name::from(text.as_str()).into_owned(),
                })
            }
        }
    )+};
}

pub(crate) use literals;

/// Whether the schema of the dialect lists a word.
#[inline]
pub(crate) fn listed<'a, T: Literal<'a>>(word: &T, dialect: Dialect) -> bool {
    !(dialect.is_without_celsius && word.literal() == "Celsius")
}
