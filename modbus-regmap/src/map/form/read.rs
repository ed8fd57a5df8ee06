//! The form of map files to registers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use meter_units::{Channel, Decimal, Medium, Quantity, Rounding, Span};

use super::{DeviceForm, MapForm, NumberText, RegisterForm, shown};
use crate::Table;
use crate::encoding::{
    BitNumbering, ByteOrder, Encoding, Field, Marker, Order, ParseEncodingError, ParseScaleError,
    Scale, Signedness, Width, WordOrder,
};
use crate::map::texts::{Owned, OwnedDevice, OwnedRegister};
use crate::map::words::{self, QuantityWord};
use crate::map::{
    Access, AddressConvention, Device, Forbidden, ParseAddressError, Register, Round, UnitCodes,
    Verified,
};
use crate::sort::sort_by_key;

/// Why the form of a map is refused.
#[derive(Debug)]
pub(super) struct FormError {
    /// The name of the register, or its number; `None` for the device.
    register: Option<String>,
    problem: Problem,
}

#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`{1}` is no value of `{0}`")]
    Word(&'static str, String),
    #[error("function {0} does not read")]
    Function(u8),
    #[error("address `{1}`: {0}")]
    Address(ParseAddressError, String),
    #[error("address `{0}` is in another table than `function` says")]
    Table(String),
    #[error("type `{1}`: {0}")]
    Type(ParseEncodingError, String),
    #[error("`{1}`: {0}")]
    Scale(ParseScaleError, String),
    #[error("`{0}` contradicts `{1}`")]
    Contradiction(&'static str, &'static str),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.register {
            Some(name) => write!(f, "register `{name}`: {}", self.problem),
            None => write!(f, "device: {}", self.problem),
        }
    }
}

type Parts = (Device<'static>, Vec<Register<'static>>);

pub(super) fn parts(form: MapForm) -> Result<Parts, FormError> {
    let convention = word(
        "address_convention",
        form.device.address_convention.as_deref(),
        AddressConvention::from_name,
    )
    .map_err(of_device)?
    .unwrap_or_default();
    let device = device(form.device).map_err(of_device)?;
    let registers = form
        .register
        .into_iter()
        .map(|form| {
            let name = if form.name.is_empty() {
                shown(format_args!("at {}", form.address.0))
            } else {
                form.name.clone()
            };
            register(form, &device, convention).map_err(|problem| FormError {
                register: Some(name),
                problem: *problem,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok((device, registers))
}

#[expect(
    clippy::boxed_local,
    reason = "problems come in boxes, since they are rare and large"
)]
fn of_device(problem: Box<Problem>) -> FormError {
    FormError {
        register: None,
        problem: *problem,
    }
}

fn device(form: DeviceForm) -> Result<Device<'static>, Box<Problem>> {
    if form.name.is_empty() {
        return Err(Problem::Missing("name").into());
    }
    let medium = word("medium", form.medium.as_deref(), words::medium)?;
    let default = match order_letters(form.default_order.as_deref())? {
        Some(order) => order,
        None => Order::ABCD,
    };
    let order = Order {
        words: word_order("default_word_order", form.default_word_order.as_deref())?
            .unwrap_or(default.words),
        bytes: byte_order(form.byte_order.as_deref())?.unwrap_or(default.bytes),
    };
    if form.forbidden.iter().any(|range| range.last < range.first) {
        return Err(Problem::Contradiction("last", "first").into());
    }
    let mut device = Device::new("")
        .with_medium(medium.unwrap_or(Medium::OTHER))
        .with_defaults(
            table(form.default_function)?.unwrap_or(Table::HoldingRegister),
            order,
        )
        .with_max_gap(form.max_gap);
    device.serial = form.default_serial;
    device.max_registers = form.max_registers_per_read;
    device.even_counts = form.even_register_count_only;
    device.even_starts = form.even_address_only;
    device.whole_values = form.values_must_not_be_split.unwrap_or(false);
    device.relative = form.relative_addresses;
    device.sunspec_length = form.sunspec_length;
    device.verified = form.verified.unwrap_or(Verified::Unstated);
    device.pause = form.pause.as_ref().map(pause).transpose()?;
    device.texts.name = None;
    device.owned = Owned::new(OwnedDevice {
        name: Some(form.name),
        vendor: form.vendor,
        medium: form.medium,
        notes: form.notes,
        sources: form.sources,
        forbidden_in_order: Forbidden::of(&form.forbidden).put_in_order(),
        forbidden: form.forbidden,
    });
    Ok(device)
}

fn pause(text: &NumberText) -> Result<Duration, Box<Problem>> {
    let wrong = || Problem::Word("pause", text.0.clone());
    let seconds: Decimal = text.0.parse().map_err(|_| wrong())?;
    let nanoseconds = seconds
        .scale_by_power_of_ten(9)
        .and_then(|nanoseconds| u64::try_from(nanoseconds).ok())
        .ok_or_else(wrong)?;
    Ok(Duration::from_nanos(nanoseconds))
}

fn register(
    form: RegisterForm,
    device: &Device<'_>,
    convention: AddressConvention,
) -> Result<Register<'static>, Box<Problem>> {
    let (table, address) = place(&form, device, convention)?;
    let (encoding, parts) = encoding(&form, table)?;
    let channel = channel(&form, device)?;
    let quantity = channel.quantity;
    let unit = match form.unit.as_deref() {
        None => Some(meter_units::Unit::ONE),
        Some(text) => words::unit(text, quantity),
    };
    let mut register = Register::new("", table, address, encoding)
        .with_order(order(&form, device)?)
        .with_scale(scale(&form)?)
        .with_channel(channel)
        .with_access(
            word("access", form.access.as_deref(), |access| {
                [Access::Read, Access::ReadWrite, Access::Write]
                    .into_iter()
                    .find(|known| known.name() == access)
            })?
            .unwrap_or_default(),
        );
    register.also_table = self::table(form.alt_function)?;
    register.unit = unit;
    register.scale_register = form.scale_register;
    register.unit_register = form.unit_register;
    register.unit_codes = unit_codes(&form)?;
    if let Some(text) = &form.offset {
        register.offset = parsed("offset", &text.0)?;
    }
    if let Some(text) = &form.not_available {
        register.marker = Some(parsed::<Marker>("not_available", &text.0)?);
    }
    let mode = form
        .rounding
        .as_deref()
        .map(|mode| parsed("rounding", mode));
    match (form.round, mode.transpose()?) {
        (Some(places), mode) => {
            let mode = mode.unwrap_or(Rounding::HalfEven);
            register.round = Some(Round { places, mode });
        }
        (None, Some(_)) => return Err(Problem::Missing("round").into()),
        (None, None) => {}
    }
    // a map names every register, so that what has no name is found by its place
    let name = if form.name.is_empty() {
        shown(format_args!("{}_{address}", table_word(table)))
    } else {
        form.name.clone()
    };
    register.texts.name = None;
    register.owned = Owned::new(OwnedRegister {
        labels: labels(&form)?,
        name: Some(name),
        quantity: form.quantity,
        unit: form.unit,
        parts,
        doubt: form.doubt,
        sources: form.sources,
        conflicts: form.conflicts,
    });
    Ok(register.with_usual())
}

const fn table_word(table: Table) -> &'static str {
    match table {
        Table::Coil => "coil",
        Table::DiscreteInput => "discrete_input",
        Table::HoldingRegister => "holding_register",
        Table::InputRegister => "input_register",
    }
}

fn place(
    form: &RegisterForm,
    device: &Device<'_>,
    convention: AddressConvention,
) -> Result<(Table, u16), Box<Problem>> {
    if form.address.0.is_empty() {
        return Err(Problem::Missing("address").into());
    }
    let (named, address) = convention
        .read(&form.address.0)
        .map_err(|error| Problem::Address(error, form.address.0.clone()))?;
    match (named, table(form.function)?) {
        (Some(named), Some(table)) if named != table => {
            Err(Problem::Table(form.address.0.clone()).into())
        }
        (Some(table), _) | (None, Some(table)) => Ok((table, address)),
        (None, None) => Ok((device.table, address)),
    }
}

fn table(function: Option<u8>) -> Result<Option<Table>, Box<Problem>> {
    function
        .map(|code| Table::from_read_function(code).ok_or_else(|| Problem::Function(code).into()))
        .transpose()
}

/// The encoding, and what its two bytes are where that is said in words.
fn encoding(form: &RegisterForm, table: Table) -> Result<(Encoding, Option<String>), Box<Problem>> {
    let wrong = |error| Box::new(Problem::Type(error, form.kind.clone()));
    let encoding = match (form.kind.as_str(), form.bit) {
        ("", None) if table.is_bits() => one_bit(0, None)?,
        ("", _) => return Err(Problem::Missing("type").into()),
        ("bit", bit) => one_bit(bit.unwrap_or_default(), form.bit_numbering.as_deref())?,
        ("field", _) => field(form)?,
        (name, None) => Encoding::from_name(name, form.count).map_err(wrong)?,
        (_, Some(_)) => return Err(Problem::Contradiction("bit", "type").into()),
    };
    if form
        .count
        .is_some_and(|count| count != encoding.registers())
    {
        return Err(wrong(ParseEncodingError::Size));
    }
    let Some(word) = form.encoding.as_deref() else {
        return Ok((encoding, None));
    };
    let encoding = match (word, encoding) {
        ("unix", Encoding::Unsigned(width) | Encoding::Signed(width)) => Encoding::Unix(width),
        ("hi8", Encoding::U16) => Encoding::U8Hi,
        ("lo8", Encoding::U16) => Encoding::U8Lo,
        ("hi8", Encoding::I16) => Encoding::I8Hi,
        ("lo8", Encoding::I16) => Encoding::I8Lo,
        ("flag-3x5bit", Encoding::U16) => Encoding::Manufacturer,
        // the register stays whole; the words say what its bytes are
        (parts, encoding) if parts.starts_with("hi8=") => {
            return Ok((encoding, Some(parts.into())));
        }
        _ => return Err(Problem::Word("encoding", word.into()).into()),
    };
    Ok((encoding, None))
}

fn one_bit(number: u8, numbering: Option<&str>) -> Result<Encoding, Box<Problem>> {
    let numbering = word("bit_numbering", numbering, BitNumbering::from_name)?;
    Encoding::bit(number, numbering.unwrap_or_default())
        .ok_or_else(|| Problem::Type(ParseEncodingError::Size, "bit".into()).into())
}

fn field(form: &RegisterForm) -> Result<Encoding, Box<Problem>> {
    let low = form.low_bit.ok_or(Problem::Missing("low_bit"))?;
    let bits = form.width.ok_or(Problem::Missing("width"))?;
    let sign = match form.signed {
        Some(true) => Signedness::Signed,
        _ => Signedness::Unsigned,
    };
    Width::from_registers(form.count.unwrap_or(1))
        .and_then(|width| Field::new(low, bits, sign, width))
        .map(Encoding::Field)
        .ok_or_else(|| Problem::Type(ParseEncodingError::Size, form.kind.clone()).into())
}

fn order(form: &RegisterForm, device: &Device<'_>) -> Result<Order, Box<Problem>> {
    let words = word_order("word_order", form.word_order.as_deref())?;
    let bytes = byte_order(form.byte_order.as_deref())?;
    match order_letters(form.order.as_deref())? {
        Some(order)
            if words.is_some_and(|words| words != order.words)
                || bytes.is_some_and(|bytes| bytes != order.bytes) =>
        {
            Err(Problem::Contradiction("order", "word_order").into())
        }
        Some(order) => Ok(order),
        None => Ok(Order {
            words: words.unwrap_or(device.order.words),
            bytes: bytes.unwrap_or(device.order.bytes),
        }),
    }
}

fn order_letters(letters: Option<&str>) -> Result<Option<Order>, Box<Problem>> {
    letters.map(|letters| parsed("order", letters)).transpose()
}

fn word_order(key: &'static str, text: Option<&str>) -> Result<Option<WordOrder>, Box<Problem>> {
    word(key, text, |text| match text {
        "big" => Some(WordOrder::HighFirst),
        "little" => Some(WordOrder::LowFirst),
        _ => None,
    })
}

fn byte_order(text: Option<&str>) -> Result<Option<ByteOrder>, Box<Problem>> {
    word("byte_order", text, |text| match text {
        "big" => Some(ByteOrder::HighFirst),
        "little" => Some(ByteOrder::LowFirst),
        _ => None,
    })
}

fn scale(form: &RegisterForm) -> Result<Scale, Box<Problem>> {
    let read = |text: &NumberText| -> Result<Scale, Box<Problem>> {
        text.0
            .parse()
            .map_err(|error| Problem::Scale(error, text.0.clone()).into())
    };
    match (&form.scale, &form.divisor) {
        (None, None) => Ok(Scale::ONE),
        (Some(scale), None) => read(scale),
        (None, Some(divisor)) => read(&NumberText(shown(format_args!("1/{}", divisor.0)))),
        (Some(_), Some(_)) => Err(Problem::Contradiction("divisor", "scale").into()),
    }
}

fn channel(form: &RegisterForm, device: &Device<'_>) -> Result<Channel, Box<Problem>> {
    let quantity = word("quantity", form.quantity.as_deref(), QuantityWord::read)?;
    let medium = word("medium", form.medium.as_deref(), words::medium)?
        .or_else(|| quantity?.medium)
        .unwrap_or(device.medium);
    let kind = quantity.map_or(Quantity::None, |word| word.quantity);
    let mut channel = Channel::new(kind, medium);
    if let Some(word) = quantity {
        channel.direction = word.direction;
        channel.statistic = word.statistic;
        // the mean of a period is no counter
        if word.statistic != meter_units::Statistic::Instant {
            channel.span = Span::Moment;
        }
    }
    if let Some(text) = &form.direction {
        channel.direction = parsed("direction", text)?;
    }
    if let Some(text) = &form.statistic {
        channel.statistic = parsed("statistic", text)?;
    }
    if let Some(text) = &form.span {
        channel.span = parsed("span", text)?;
    }
    if let Some(phase) = word("phase", form.phase.as_deref(), words::phase)? {
        channel.phase = phase;
    }
    channel.tariff = form.tariff.unwrap_or_default();
    channel.storage = form.storage.unwrap_or_default();
    channel.subunit = form.subunit.unwrap_or_default();
    Ok(channel)
}

fn unit_codes(form: &RegisterForm) -> Result<UnitCodes, Box<Problem>> {
    let codes = word(
        "unit_codes",
        form.unit_codes.as_deref(),
        |text| match text {
            "labels" => Some(UnitCodes::Labels),
            "t29" => Some(UnitCodes::Concentrator),
            _ => None,
        },
    )?;
    // in such maps the quantity follows from the code as well, which only that table says
    let by_code = form.quantity.as_deref() == Some("by-unit-code");
    Ok(codes.unwrap_or(if by_code {
        UnitCodes::Concentrator
    } else {
        UnitCodes::Labels
    }))
}

fn labels(form: &RegisterForm) -> Result<Vec<(u64, String)>, Box<Problem>> {
    let mut labels = form
        .labels
        .0
        .iter()
        .map(|(code, label)| {
            let number = match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
                Some(digits) => u64::from_str_radix(digits, 16),
                None => code.parse(),
            };
            match number {
                Ok(number) => Ok((number, label.clone())),
                Err(_) => Err(Problem::Word("enum", code.clone()).into()),
            }
        })
        .collect::<Result<Vec<_>, Box<Problem>>>()?;
    sort_by_key(&mut labels, |(code, _)| *code);
    Ok(labels)
}

/// The meaning of a word, if there is one.
fn word<T>(
    key: &'static str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Box<Problem>> {
    text.map(|text| read(text).ok_or_else(|| Problem::Word(key, text.into()).into()))
        .transpose()
}

fn parsed<T: core::str::FromStr>(key: &'static str, text: &str) -> Result<T, Box<Problem>> {
    text.parse()
        .map_err(|_| Problem::Word(key, text.into()).into())
}
