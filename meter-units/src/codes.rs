//! The macros behind the code tables of the protocol crates, and how their numbers and texts are serialized.
//!
//! They are exported for the crates of this workspace only: their form may change with any release.

/// Writes an open enumeration over the codes of one byte.
///
/// It expands to the `enum` with an `Other(u8)` variant, `from_code`, `code`, `Display` and, with
/// `serde`, its form as the bare code. Every row is `code => Variant, "text";`: the text is the
/// variant's documentation and its `Display`; a code that no row has shows as `other 0x42`.
#[doc(hidden)]
#[macro_export]
macro_rules! __code_table {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: u8 {
            $( $code:literal => $variant:ident, $text:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", stringify!($code), "`: ", $text, ".")]
                $variant,
            )+
            /// A code that the table does not name.
            Other(u8),
        }

        impl $name {
            /// The meaning of a code.
            #[must_use]
            pub const fn from_code(code: u8) -> Self {
                match code {
                    $( $code => Self::$variant, )+
                    other => Self::Other(other),
                }
            }

            /// The code on the wire.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self {
                    $( Self::$variant => $code, )+
                    Self::Other(code) => code,
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $( Self::$variant => f.pad($text), )+
                    Self::Other(code) => write!(f, "other {code:#04x}"),
                }
            }
        }

        $crate::__serde_as_code!($name, u8);
    };
}

/// Serializes a type with `from_code` and `code` as that number.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_as_code {
    ($name:ident, $number:ty) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.code().serialize(serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$number as serde::Deserialize>::deserialize(deserializer).map(Self::from_code)
            }
        }
    };
}

/// Serializes a type with `Display` and `FromStr` as that text.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_as_text {
    ($name:ident, $expected:literal) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}
