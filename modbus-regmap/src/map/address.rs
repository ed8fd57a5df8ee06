//! Addresses as manuals and gateways write them.

use crate::Table;

/// What the number of a register in a manual means.
///
/// `300017` is input register 16 in the classic convention and holding register 17 in that of some
/// gateways, so the convention is always given and never guessed.
///
/// ```
/// use modbus_regmap::Table;
/// use modbus_regmap::map::AddressConvention;
///
/// let read = |convention: AddressConvention| convention.read("300017").ok();
/// assert_eq!(read(AddressConvention::Classic), Some((Some(Table::InputRegister), 16)));
/// assert_eq!(read(AddressConvention::FunctionDigit), Some((Some(Table::HoldingRegister), 17)));
/// assert_eq!(read(AddressConvention::Plain), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AddressConvention {
    /// The address as on the wire, counted from 0: `plain`.
    #[default]
    Plain,
    /// The number of the register, counted from 1: `one-based`.
    OneBased,
    /// The table as first digit of five or six, and the number counted from 1: `classic`.
    ///
    /// `40108` and `400108` are holding register 107, `30108` is an input register, `10108` a
    /// discrete input, `00108` a coil.
    Classic,
    /// The function as first digit of six, and the address counted from 0: `function-digit`.
    ///
    /// `400017` is address 17 read with function 4. Shorter numbers are plain addresses.
    FunctionDigit,
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseAddressError {
    /// It is not a number.
    #[error("not an address")]
    Malformed,
    /// It is not within the addresses of the convention.
    #[error("the address is out of range")]
    Range,
    /// Its first digit names no table.
    #[error("the first digit names no table")]
    Table,
}

impl AddressConvention {
    /// The name in map files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::OneBased => "one-based",
            Self::Classic => "classic",
            Self::FunctionDigit => "function-digit",
        }
    }

    /// The convention of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Plain,
            Self::OneBased,
            Self::Classic,
            Self::FunctionDigit,
        ]
        .into_iter()
        .find(|convention| convention.name() == name)
    }

    /// The table, where the text names it, and the address as on the wire.
    ///
    /// Hexadecimal numbers (`0x6B`) are plain or one-based.
    ///
    /// # Errors
    ///
    /// [`ParseAddressError`] if the text is no number of the convention.
    pub fn read(self, text: &str) -> Result<(Option<Table>, u16), ParseAddressError> {
        let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        let (digits, radix) = hexadecimal.map_or((text, 10), |digits| (digits, 16));
        if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
            return Err(ParseAddressError::Malformed);
        }
        let number = u32::from_str_radix(digits, radix).map_err(|_| ParseAddressError::Range)?;
        match self {
            Self::Plain => Ok((None, in_range(Some(number))?)),
            Self::OneBased => Ok((None, in_range(number.checked_sub(1))?)),
            _ if radix == 16 => Err(ParseAddressError::Malformed),
            Self::Classic => classic(digits, number),
            Self::FunctionDigit => function_digit(digits, number),
        }
    }
}

fn in_range(number: Option<u32>) -> Result<u16, ParseAddressError> {
    number
        .and_then(|number| u16::try_from(number).ok())
        .ok_or(ParseAddressError::Range)
}

fn classic(digits: &str, number: u32) -> Result<(Option<Table>, u16), ParseAddressError> {
    let (table, number) = match digits.len() {
        5 => (number / 10_000, number % 10_000),
        6 => (number / 100_000, number % 100_000),
        _ => return Err(ParseAddressError::Range),
    };
    let table = match table {
        0 => Table::Coil,
        1 => Table::DiscreteInput,
        3 => Table::InputRegister,
        4 => Table::HoldingRegister,
        _ => return Err(ParseAddressError::Table),
    };
    // 65536 is the last of six digits
    Ok((Some(table), in_range(number.checked_sub(1))?))
}

fn function_digit(digits: &str, number: u32) -> Result<(Option<Table>, u16), ParseAddressError> {
    if digits.len() < 6 {
        return Ok((None, in_range(Some(number))?));
    }
    let function = u8::try_from(number / 100_000).map_err(|_| ParseAddressError::Range)?;
    let table = Table::from_read_function(function).ok_or(ParseAddressError::Table)?;
    Ok((Some(table), in_range(Some(number % 100_000))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_convention_reads_its_own_numbers() {
        use AddressConvention::{Classic, FunctionDigit, OneBased, Plain};
        use ParseAddressError::{Malformed, Range};
        let holding = Some(Table::HoldingRegister);
        let input = Some(Table::InputRegister);
        for (convention, text, expected) in [
            (Plain, "107", Ok((None, 107))),
            (Plain, "0x6B", Ok((None, 107))),
            (Plain, "65536", Err(Range)),
            (OneBased, "108", Ok((None, 107))),
            (OneBased, "65536", Ok((None, 65_535))),
            (OneBased, "0", Err(Range)),
            (Classic, "40108", Ok((holding, 107))),
            (Classic, "400108", Ok((holding, 107))),
            (Classic, "30108", Ok((input, 107))),
            (Classic, "10108", Ok((Some(Table::DiscreteInput), 107))),
            (Classic, "00108", Ok((Some(Table::Coil), 107))),
            (Classic, "465536", Ok((holding, 65_535))),
            (Classic, "465537", Err(Range)),
            (Classic, "40000", Err(Range)),
            (Classic, "108", Err(Range)),
            (Classic, "20108", Err(ParseAddressError::Table)),
            (Classic, "0x9CAC", Err(Malformed)),
            (FunctionDigit, "17", Ok((None, 17))),
            (FunctionDigit, "300017", Ok((holding, 17))),
            (FunctionDigit, "400017", Ok((input, 17))),
            (FunctionDigit, "500017", Err(ParseAddressError::Table)),
            (FunctionDigit, "465536", Err(Range)),
            (Plain, "", Err(Malformed)),
            (Plain, "+1", Err(Malformed)),
            (Plain, "0x", Err(Malformed)),
            (Plain, "99999999999", Err(Range)),
        ] {
            assert_eq!(convention.read(text), expected, "{convention:?} {text}");
        }
        for convention in [Plain, OneBased, Classic, FunctionDigit] {
            let again = AddressConvention::from_name(convention.name());
            assert_eq!(again, Some(convention));
        }
    }
}
