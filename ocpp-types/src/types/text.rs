//! Texts with a length.

use alloc::borrow::Cow;
use alloc::string::String;
use core::borrow::Borrow;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::error::Rule;
use crate::json::{Reader, Stop, Writer, is_within};
use crate::value::{Digits, Own, Value};

/// An identifier of a token: an RFID card, an app, a PIN.
pub type IdToken<'a> = CiString<'a, 20>;

/// A text without a limit of length.
pub type LongText<'a> = Text<'a, { usize::MAX }>;

/// A text is longer than its type allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {max} characters")]
pub struct TooLong {
    /// So many characters are allowed.
    pub max: usize,
}

macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone)]
        pub struct $name<'a, const MAX: usize>(Cow<'a, str>);

        impl<'a, const MAX: usize> $name<'a, MAX> {
            /// A text of at most `MAX` characters.
            ///
            /// # Errors
            ///
            /// [`TooLong`] if it has more.
            pub fn new(text: impl Into<Cow<'a, str>>) -> Result<Self, TooLong> {
                let text = text.into();
                if is_within(&text, MAX) {
                    Ok(Self(text))
                } else {
                    Err(TooLong { max: MAX })
                }
            }

            /// A text of any length, for those who test what the other side does with it.
            ///
            /// A message with too long a text is refused when it is encoded, but not by
            /// `encode_unchecked`.
            #[must_use]
            pub fn unchecked(text: impl Into<Cow<'a, str>>) -> Self {
                Self(text.into())
            }

            /// The text as it was sent.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text has at most `MAX` characters.
            ///
            /// Only tolerant reading and [`unchecked`](Self::unchecked) give one that has more.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                is_within(&self.0, MAX)
            }

            /// The same with a text of its own, so that it can be kept.
            #[must_use]
            pub fn into_owned(self) -> $name<'static, MAX> {
                $name(Own::own(self.0))
            }

            /// The text itself; borrowed, if it was read and had no escapes.
            #[must_use]
            pub fn into_inner(self) -> Cow<'a, str> {
                self.0
            }
        }

        impl<'a, const MAX: usize> Value<'a> for $name<'a, MAX> {
            #[inline]
            fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
                let at = reader.at();
                let text = reader.string()?;
                if !is_within(&text, MAX) {
                    reader.bend_length(&text, MAX, at)?;
                }
                Ok(Self(text))
            }

            #[inline]
            fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
                writer.demand(is_within(&self.0, MAX), Rule::MaxLength { max: MAX })?;
                writer.string(&self.0);
                Ok(())
            }

            fn expected(reader: &Reader<'_>) -> usize {
                reader.expected_elements(b',', 3).wrapping_add(1)
            }
        }

        impl<'a, const MAX: usize> Digits<'a> for $name<'a, MAX> {
            fn from_digits(digits: Cow<'a, str>) -> Self {
                Self(digits)
            }
        }

        impl<const MAX: usize> Own for $name<'_, MAX> {
            type Owned = $name<'static, MAX>;

            fn own(self) -> Self::Owned {
                self.into_owned()
            }
        }

        impl<'a, const MAX: usize> TryFrom<&'a str> for $name<'a, MAX> {
            type Error = TooLong;

            fn try_from(text: &'a str) -> Result<Self, TooLong> {
                Self::new(text)
            }
        }

        impl<const MAX: usize> TryFrom<String> for $name<'_, MAX> {
            type Error = TooLong;

            fn try_from(text: String) -> Result<Self, TooLong> {
                Self::new(text)
            }
        }

        impl<const MAX: usize> AsRef<str> for $name<'_, MAX> {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl<const MAX: usize> fmt::Debug for $name<'_, MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl<const MAX: usize> fmt::Display for $name<'_, MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl<const MAX: usize> PartialEq<str> for $name<'_, MAX> {
            fn eq(&self, other: &str) -> bool {
                *self == $name::<MAX>(Cow::Borrowed(other))
            }
        }

        impl<const MAX: usize> PartialEq<&str> for $name<'_, MAX> {
            fn eq(&self, other: &&str) -> bool {
                *self == **other
            }
        }

        impl<const MAX: usize> Eq for $name<'_, MAX> {}

        #[cfg(feature = "serde")]
        impl<const MAX: usize> serde::Serialize for $name<'_, MAX> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de: 'a, 'a, const MAX: usize> serde::Deserialize<'de> for $name<'a, MAX> {
            /// Borrows where the format can lend; refuses what is too long.
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                Self::new(crate::serde_text::text(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

text_type! {
    /// A text of at most `MAX` characters that is compared without regard to case (the `CiString`
    /// types of OCPP 1.6, 7). It is kept as it was sent.
    ///
    /// ```
    /// use ocpp_types::types::CiString;
    ///
    /// let tag = CiString::<20>::new("04E9A4B2c35D80")?;
    /// assert_eq!(tag, "04e9a4b2C35d80");
    /// assert_eq!(tag.as_str(), "04E9A4B2c35D80");
    /// assert!(CiString::<20>::new("ÄÖÜ".repeat(7)).is_err());
    /// # Ok::<(), ocpp_types::types::TooLong>(())
    /// ```
    CiString
}

text_type! {
    /// A text of at most `MAX` characters that is compared as it is.
    ///
    /// ```
    /// use ocpp_types::types::Text;
    ///
    /// assert_ne!(Text::<20>::new("a")?, "A");
    /// # Ok::<(), ocpp_types::types::TooLong>(())
    /// ```
    Text
}

impl<const MAX: usize, const OTHER: usize> PartialEq<CiString<'_, OTHER>> for CiString<'_, MAX> {
    fn eq(&self, other: &CiString<'_, OTHER>) -> bool {
        // Text that is ASCII on both sides is the rule, and quick to compare.
        self.0.eq_ignore_ascii_case(&other.0) || folded(&self.0).eq(folded(&other.0))
    }
}

impl<const MAX: usize> Hash for CiString<'_, MAX> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for char in folded(&self.0) {
            char.hash(state);
        }
        // not a character, so that it ends the text
        u32::MAX.hash(state);
    }
}

/// The characters in lower case.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

impl<const MAX: usize, const OTHER: usize> PartialEq<Text<'_, OTHER>> for Text<'_, MAX> {
    fn eq(&self, other: &Text<'_, OTHER>) -> bool {
        self.0 == other.0
    }
}

impl<const MAX: usize> Hash for Text<'_, MAX> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<const MAX: usize> Borrow<str> for Text<'_, MAX> {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
