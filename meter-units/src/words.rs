//! The macro behind the word lists.

/// Writes an enumeration whose variants each have one canonical name.
///
/// It expands to the `enum`, `ALL`, `name`, `Display` and `FromStr`; with `serde`, to a name in
/// readable formats and the variant's number in binary ones.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name {
            $( $(#[$doc])* $variant, )+
        }

        impl $name {
            /// Every word, in the order of the list.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The canonical name, in lower case with underscores.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.name())
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok(Self::$variant), )+
                    _ => Err($crate::UnknownWord),
                }
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.serialize_str(self.name())
                } else {
                    serializer.serialize_u8(*self as u8)
                }
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    return $crate::serde_text::deserialize(
                        deserializer,
                        concat!("a name of ", stringify!($name)),
                    );
                }
                let number = <u8 as serde::Deserialize>::deserialize(deserializer)?;
                Self::ALL.get(usize::from(number)).copied().ok_or_else(|| {
                    serde::de::Error::invalid_value(
                        serde::de::Unexpected::Unsigned(u64::from(number)),
                        &concat!("a number of ", stringify!($name)),
                    )
                })
            }
        }
    };
}

pub(crate) use words;

/// A text that names no word of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such word")]
pub struct UnknownWord;

#[cfg(test)]
mod tests {
    use crate::{Absent, Direction, Kind, Phase, Quantity, Rounding, Span, Statistic, UnknownWord};

    macro_rules! check {
        ($($list:ident),+) => {$(
            for (number, word) in $list::ALL.iter().enumerate() {
                let name = word.name();
                assert_eq!(name.parse(), Ok(*word), "names are unique");
                assert_eq!(*word as usize, number, "the list is in order");
                assert!(
                    name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')),
                    "{name} is in lower case with underscores"
                );
            }
        )+};
    }

    #[test]
    fn every_name_gives_its_word_back() {
        check!(
            Absent, Direction, Kind, Phase, Quantity, Rounding, Span, Statistic
        );
    }

    #[test]
    fn other_text_is_no_word() {
        assert_eq!("Energy".parse::<Quantity>(), Err(UnknownWord));
        assert_eq!("".parse::<Direction>(), Err(UnknownWord));
        assert_eq!("l1 ".parse::<Phase>(), Err(UnknownWord));
    }

    #[test]
    fn names_can_be_padded() {
        extern crate alloc;
        assert_eq!(alloc::format!("{:>8}|", Quantity::Energy), "  energy|");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn readable_formats_hold_the_name() {
        extern crate alloc;
        assert_eq!(
            serde_json::to_string(&Quantity::FlowTemperature).unwrap(),
            "\"flow_temperature\""
        );
        assert_eq!(
            serde_json::from_str::<Phase>("\"l1_n\"").unwrap(),
            Phase::L1N
        );
        let error = serde_json::from_str::<Span>("\"week\"").unwrap_err();
        assert!(alloc::format!("{error}").starts_with("invalid value: string \"week\""));
    }
}
