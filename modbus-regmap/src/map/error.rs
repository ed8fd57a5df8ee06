//! Why a register map is refused.

use core::fmt;

/// Why a register map is refused: which register breaks which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("register `{name}`: {rule}")]
pub struct MapError {
    /// The rule that is broken.
    pub rule: MapRule,
    /// Which register of the map, counted from 0.
    pub index: usize,
    /// The name of the register.
    pub name: ShortName,
}

/// A rule that every register of a map keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MapRule {
    /// Every register has a name.
    #[error("it has no name")]
    NoName,
    /// No two registers have the same name.
    #[error("there is another one of that name")]
    DuplicateName,
    /// The value ends at address 65535 or before.
    #[error("{count} register(s) from address {address} on reach beyond 65535")]
    AddressRange {
        /// The first address.
        address: u16,
        /// How many registers.
        count: u16,
    },
    /// The value has at least one register.
    #[error("it has no registers")]
    Empty,
    /// One request can read the value.
    #[error("it has {count} registers, one request reads {max}")]
    TooLong {
        /// How many registers the value has.
        count: u16,
        /// How many the device, or the standard, allows in one request.
        max: u16,
    },
    /// The order of bytes exists for values of the size.
    #[error("its order of bytes does not exist for {count} register(s)")]
    Order {
        /// How many registers the value has.
        count: u16,
    },
    /// Coils and discrete inputs hold one bit.
    #[error("a coil or discrete input holds one bit, and its type is another")]
    NotABit,
    /// Only numbers have a scale, an offset or an exponent.
    #[error("its type is not a number, which a scale would apply to")]
    Scaled,
    /// The scale register is a register of the map, in the same table, of one register.
    #[error("its scale register {0} is not an exponent in the map")]
    ScaleRegister(u16),
    /// The unit register is a register of the map, in the same table, of one register.
    #[error("its unit register {0} is not a code in the map")]
    UnitRegister(u16),
    /// The device allows every address of the value to be read.
    #[error("address {0} must not be touched")]
    Forbidden(u16),
    /// The type can hold the marker that says that there is no value.
    #[error("its type cannot hold the marker for no value")]
    Marker,
    /// A state or flag has one name.
    #[error("state {0} has two names")]
    DuplicateLabel(u64),
    /// What is only read cannot be written.
    #[error("its table is read only")]
    ReadOnly,
}

/// The beginning of a name, up to 47 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShortName {
    bytes: [u8; 47],
    length: u8,
}

impl ShortName {
    pub(super) fn new(name: &str) -> Self {
        let mut short = Self {
            bytes: [0; 47],
            length: 0,
        };
        let mut end = name.len().min(short.bytes.len());
        while !name.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        for (place, byte) in short.bytes.iter_mut().zip(name.bytes()).take(end) {
            *place = byte;
        }
        short.length = u8::try_from(end).unwrap_or_default();
        short
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl fmt::Display for ShortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ShortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn errors_name_the_register_and_the_rule() {
        let error = MapError {
            rule: MapRule::AddressRange {
                address: 65_535,
                count: 2,
            },
            index: 3,
            name: ShortName::new("energy_import"),
        };
        assert_eq!(
            error.to_string(),
            "register `energy_import`: 2 register(s) from address 65535 on reach beyond 65535"
        );
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let name = "ä".repeat(30);
        assert_eq!(ShortName::new(&name).as_str(), "ä".repeat(23));
    }
}
