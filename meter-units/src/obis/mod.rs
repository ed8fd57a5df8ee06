//! OBIS codes: which number of a meter a value is, as electricity and heat meters write it.

mod mapping;
mod pattern;
mod table;
mod text;

pub use mapping::{channel_in, channel_of, obis_for};
pub use pattern::ObisPattern;
pub use text::{ParseObisError, ParseObisErrorKind, ReducedObis};

/// The six value groups A-B:C.D.E*F of an OBIS code (IEC 62056-61, EN 13757-1).
///
/// Equality and order are those of the six bytes, so that all spellings of one code are one key:
/// `1-0:1.8.0` is `1-0:1.8.0*255`, but not `1-0:1.8.0*0`.
///
/// `Display` writes all six groups, `{:#}` leaves out `*255`, [`reduced`](Self::reduced) leaves
/// out A and B as well. [`FromStr`](core::str::FromStr) reads every form that names at least the
/// groups A to E; what names fewer is an [`ObisPattern`]. With `serde` it is the full text; in
/// binary formats the six bytes.
///
/// ```
/// use meter_units::ObisCode;
///
/// let code: ObisCode = "1-0:1.8.0".parse()?;
/// assert_eq!(code, ObisCode([1, 0, 1, 8, 0, 255]));
/// assert_eq!("1.0.1.8.0.255".parse(), Ok(code));
/// assert_eq!("0100010800FF".parse(), Ok(code));
/// # Ok::<(), meter_units::ParseObisError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObisCode(pub [u8; 6]);

impl ObisCode {
    /// The code of six value groups.
    #[must_use]
    pub const fn new(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) -> Self {
        Self([a, b, c, d, e, f])
    }

    /// Value group A: the medium, such as 1 for electricity and 6 for heat.
    #[must_use]
    pub const fn a(self) -> u8 {
        let [a, ..] = self.0;
        a
    }

    /// Value group B: the channel of the meter; 0 for none.
    #[must_use]
    pub const fn b(self) -> u8 {
        let [_, b, ..] = self.0;
        b
    }

    /// Value group C: the physical quantity, within the medium.
    #[must_use]
    pub const fn c(self) -> u8 {
        let [_, _, c, ..] = self.0;
        c
    }

    /// Value group D: how the quantity was processed, within the medium and quantity.
    #[must_use]
    pub const fn d(self) -> u8 {
        let [.., d, _, _] = self.0;
        d
    }

    /// Value group E: the tariff, 0 for the total, or a further class.
    #[must_use]
    pub const fn e(self) -> u8 {
        let [.., e, _] = self.0;
        e
    }

    /// Value group F: the billing period; 255 for the current value.
    #[must_use]
    pub const fn f(self) -> u8 {
        let [.., f] = self.0;
        f
    }

    /// The same code of another billing period: 0 to 99 by number, 101 to 125 the n-th last.
    #[must_use]
    pub const fn with_f(self, f: u8) -> Self {
        let [a, b, c, d, e, _] = self.0;
        Self([a, b, c, d, e, f])
    }

    /// The code without A and B, and without F where it is 255, as on the display of a meter.
    #[must_use]
    pub const fn reduced(self) -> ReducedObis {
        ReducedObis(self)
    }
}

impl From<[u8; 6]> for ObisCode {
    fn from(groups: [u8; 6]) -> Self {
        Self(groups)
    }
}

impl From<ObisCode> for [u8; 6] {
    fn from(code: ObisCode) -> Self {
        code.0
    }
}

#[cfg(feature = "serde")]
mod serialize {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::ObisCode;

    impl Serialize for ObisCode {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if serializer.is_human_readable() {
                serializer.collect_str(self)
            } else {
                self.0.serialize(serializer)
            }
        }
    }

    impl<'de> Deserialize<'de> for ObisCode {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            if deserializer.is_human_readable() {
                crate::serde_text::deserialize(deserializer, "an OBIS code such as 1-0:1.8.0*255")
            } else {
                Deserialize::deserialize(deserializer).map(Self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ObisCode;

    #[test]
    fn accessors_name_the_groups_in_order() {
        let code = ObisCode([1, 2, 3, 4, 5, 6]);
        assert_eq!(code, ObisCode::new(1, 2, 3, 4, 5, 6));
        assert_eq!(code.a(), 1);
        assert_eq!(code.b(), 2);
        assert_eq!(code.c(), 3);
        assert_eq!(code.d(), 4);
        assert_eq!(code.e(), 5);
        assert_eq!(code.f(), 6);
        assert_eq!(code.with_f(255), ObisCode([1, 2, 3, 4, 5, 255]));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn readable_formats_hold_the_full_text() {
        let code = ObisCode([1, 0, 1, 8, 0, 255]);
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"1-0:1.8.0*255\"");
        assert_eq!(
            serde_json::from_str::<ObisCode>("\"1-0:1.8.0\"").unwrap(),
            code
        );
        assert!(serde_json::from_str::<ObisCode>("\"1.8.0\"").is_err());
    }
}
