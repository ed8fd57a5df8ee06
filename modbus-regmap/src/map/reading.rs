//! Registers to readings.

use meter_units::{Decimal, Kind, Number, Quantity, Reading, Unit, Value};

use super::usual::Usual;
use super::{Block, Register, RegisterMap, Round, UnitCodes, words};
use crate::encoding::{ByteOrder, Marker, ValueError, WideDecimal};
use crate::text::Parts;
use crate::{Registers, Table};

impl RegisterMap<'_> {
    /// The reading of a register of this map out of what was read.
    ///
    /// An exponent or a unit code that the value depends on has to be part of the same block.
    ///
    /// # Errors
    ///
    /// [`ValueError::NotRead`] if the block lacks a register; otherwise why there is no value.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::Unit;
    /// use modbus_regmap::encoding::Encoding;
    /// use modbus_regmap::map::{Block, Device, Register, RegisterMap};
    /// use modbus_regmap::{Registers, Table};
    ///
    /// let device = Device::new("inverter");
    /// let registers = [
    ///     Register::new("W", Table::HoldingRegister, 14, Encoding::I16)
    ///         .with_unit(Unit::W)
    ///         .with_scale_register(15),
    ///     Register::new("W_SF", Table::HoldingRegister, 15, Encoding::ScaleFactor),
    /// ];
    /// let map = RegisterMap::new(&device, &registers)?;
    ///
    /// // 1234 × 10^1
    /// let wire = Registers::from_bytes(&[0x04, 0xD2, 0x00, 0x01]).expect("two registers");
    /// let block = Block::new(Table::HoldingRegister, 14, wire);
    /// let reading = map.reading(&registers[0], &block)?;
    /// assert_eq!(reading.value.to_string(), "12340");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn reading<'w>(
        &self,
        register: &Register<'_>,
        block: &Block<'w>,
    ) -> Result<Reading<'w>, ValueError> {
        if let Some(number) = register.usual_number(block) {
            return Ok(register.usual_reading(number));
        }
        let mut outcome = Err(ValueError::Kind);
        self.unusual_reading(register, block, &mut outcome);
        in_parts(outcome)
    }

    #[inline(never)]
    pub(crate) fn unusual_reading<'w>(
        &self,
        register: &Register<'_>,
        block: &Block<'w>,
        outcome: &mut Result<Reading<'w>, ValueError>,
    ) {
        *outcome = self.any_reading(register, block);
    }

    fn any_reading<'w>(
        &self,
        register: &Register<'_>,
        block: &Block<'w>,
    ) -> Result<Reading<'w>, ValueError> {
        let value = register.value_in(block)?;
        let unit = match (register.unit, register.unit_register) {
            (Some(unit), None) => unit,
            (None, None) => return Err(ValueError::UnknownUnit),
            (stated, Some(address)) => self.unit_of(register, stated, address, block)?,
        };
        Ok(Reading::new(register.channel, value, unit))
    }

    #[cold]
    pub(crate) fn unit_of(
        &self,
        register: &Register<'_>,
        stated: Option<Unit>,
        address: u16,
        block: &Block<'_>,
    ) -> Result<Unit, ValueError> {
        let code = block.get(address).ok_or(ValueError::NotRead(address))?;
        if register.unit_codes == UnitCodes::Concentrator {
            let [_, index] = register.ordered(code).to_be_bytes();
            return Unit::from_t29(index).ok_or(ValueError::UnitCode(code));
        }
        let source = self
            .register_at(register.table, address)
            .filter(|source| source.labels().len() > 0);
        let Some(source) = source else {
            // the codes are not known: what the map states counts
            return stated.ok_or(ValueError::UnknownUnit);
        };
        let raw = source.value_in(block)?.number();
        let raw = raw
            .and_then(|number| u64::try_from(number.to_decimal()?).ok())
            .ok_or(ValueError::UnitCode(code))?;
        let quantity = register.channel.quantity;
        let kind = stated.map_or_else(|| kind_of(quantity), |unit| Some(unit.kind()));
        source
            .label(raw)
            .and_then(|label| unit_in(label, quantity, kind))
            .ok_or(ValueError::UnitCode(code))
    }
}

/// The same outcome.
///
/// What a function that is not inlined writes to stays in memory, and so would what the short way
/// finds, if both were one variable.
#[inline]
pub(crate) fn in_parts(
    outcome: Result<Reading<'_>, ValueError>,
) -> Result<Reading<'_>, ValueError> {
    outcome.map(|reading| Reading {
        channel: reading.channel,
        value: reading.value,
        unit: reading.unit,
        time: reading.time,
        obis: reading.obis,
    })
}

/// The unit that a label names; of several, `m3 / t / kW`, the one of the right kind.
fn unit_in(label: &str, quantity: Quantity, kind: Option<Kind>) -> Option<Unit> {
    let mut units = Parts::of(label, " / ")
        .filter_map(|word| words::unit(word.trim_ascii(), quantity))
        .filter(|unit| kind.is_none_or(|kind| kind == unit.kind()));
    let unit = units.next()?;
    // two of the kind would be a guess
    units.next().is_none().then_some(unit)
}

/// What units of a quantity measure, where that is certain.
const fn kind_of(quantity: Quantity) -> Option<Kind> {
    Some(match quantity {
        Quantity::Energy => Kind::Energy,
        Quantity::ReactiveEnergy => Kind::ReactiveEnergy,
        Quantity::ApparentEnergy => Kind::ApparentEnergy,
        Quantity::Power => Kind::Power,
        Quantity::ReactivePower => Kind::ReactivePower,
        Quantity::ApparentPower => Kind::ApparentPower,
        Quantity::Volume => Kind::Volume,
        Quantity::VolumeFlow => Kind::VolumeFlow,
        Quantity::Mass => Kind::Mass,
        Quantity::MassFlow => Kind::MassFlow,
        Quantity::FlowTemperature
        | Quantity::ReturnTemperature
        | Quantity::ExternalTemperature
        | Quantity::Temperature => Kind::Temperature,
        Quantity::TemperatureDifference => Kind::TemperatureDiff,
        Quantity::Pressure => Kind::Pressure,
        Quantity::Voltage => Kind::Voltage,
        Quantity::Current => Kind::Current,
        Quantity::Frequency => Kind::Frequency,
        _ => return None,
    })
}

impl Register<'_> {
    /// The short way.
    #[inline]
    pub(crate) const fn usual(&self) -> &Usual {
        &self.usual
    }

    /// The reading of a number by the short way.
    #[inline]
    pub(crate) const fn usual_reading(&self, number: Number) -> Reading<'static> {
        Reading::new(self.channel, Value::Number(number), self.usual.unit())
    }

    /// The number by the short way, if that finds it.
    #[inline]
    pub(crate) fn usual_number(&self, block: &Block<'_>) -> Option<Number> {
        let bits = self.usual_bits(block)?;
        if let Some(decimal) = self.usual.decimal(bits) {
            return Some(Number::Decimal(decimal));
        }
        if let Some(float) = self.usual.float(bits) {
            return Some(Number::F32(float));
        }
        self.usual.long_decimal(bits).map(Number::Decimal)
    }

    /// The bits of a value that may be read by the short way.
    #[inline]
    pub(crate) fn usual_bits(&self, block: &Block<'_>) -> Option<u32> {
        if !self.is_in(block.table()) {
            return None;
        }
        self.usual.bits(self.address, block)
    }

    #[inline]
    pub(super) fn is_in(&self, table: Table) -> bool {
        self.table == table || self.also_table == Some(table)
    }

    /// The value out of what was read, scaled and rounded as the register says.
    ///
    /// # Errors
    ///
    /// As for [`RegisterMap::reading`].
    #[inline]
    pub fn value_in<'w>(&self, block: &Block<'w>) -> Result<Value<'w>, ValueError> {
        let window = block.window_of(self)?;
        let exponent = match self.scale_register {
            None => None,
            Some(address) => Some(block.get(address).ok_or(ValueError::NotRead(address))?),
        };
        self.value(window, exponent)
    }

    /// The value out of its own registers and, if it has a scale register, that one, which has its
    /// bytes in the same order.
    ///
    /// # Errors
    ///
    /// [`ValueError::NotAvailable`] for a marker, NaN or an exponent that is not there;
    /// otherwise why there is no value.
    #[inline]
    pub fn value<'w>(
        &self,
        window: Registers<'w>,
        exponent: Option<u16>,
    ) -> Result<Value<'w>, ValueError> {
        if !self.encoding.is_number() {
            return self.other_value(window);
        }
        let bits = self
            .encoding
            .bits(self.order, window)
            .ok_or_else(|| self.encoding.wrong_window(window))?;
        if let Some(marker) = self.marker {
            if marker.matches(bits, self.encoding) {
                return Err(ValueError::NotAvailable);
            }
        }
        let raw = self.encoding.number_of(bits)?;
        let power = match (self.scale_register, exponent) {
            (None, _) => 0,
            (Some(_), Some(exponent)) => self.power(exponent)?,
            (Some(address), None) => return Err(ValueError::NotRead(address)),
        };
        let number = self.scale.apply(raw, power, self.offset)?;
        match self.round {
            None => Ok(Value::Number(number)),
            Some(round) => round.apply(number).map(Value::Number),
        }
    }

    /// The value with all its digits where a [`Decimal`] does not hold them, unrounded.
    ///
    /// It is what [`ValueError::Overflow`] leaves to be known.
    ///
    /// # Errors
    ///
    /// As for [`value`](Self::value), and [`ValueError::Kind`] if it is not a number.
    pub fn wide_value(
        &self,
        window: Registers<'_>,
        exponent: Option<u16>,
    ) -> Result<WideDecimal, ValueError> {
        let raw = self.encoding.raw_number(self.order, window)?;
        let power = match exponent {
            None => 0,
            Some(exponent) => self.power(exponent)?,
        };
        let raw = crate::encoding::decimal_of(raw)?;
        self.scale.wide(raw, power, self.offset)
    }

    /// The power of ten in a scale register.
    #[inline]
    pub(super) fn power(&self, register: u16) -> Result<i8, ValueError> {
        power_of_ten(self.ordered(register))
    }

    /// A register that goes with this one, in the order of its bytes.
    #[inline]
    const fn ordered(&self, register: u16) -> u16 {
        match self.order.bytes {
            ByteOrder::HighFirst => register,
            ByteOrder::LowFirst => register.swap_bytes(),
        }
    }

    fn other_value<'w>(&self, window: Registers<'w>) -> Result<Value<'w>, ValueError> {
        let is_marked = match (self.marker, self.encoding.bits(self.order, window)) {
            (None, _) => false,
            (Some(Marker::Zeros), _) => window.as_bytes().iter().all(|byte| *byte == 0),
            (Some(marker), Some(bits)) => marker.matches(bits, self.encoding),
            (Some(_), None) => false,
        };
        if is_marked && window.len() == usize::from(self.count()) {
            return Err(ValueError::NotAvailable);
        }
        self.encoding.decode(self.order, window)
    }
}

impl Round {
    /// The number with at most so many digits after the point.
    ///
    /// # Errors
    ///
    /// [`ValueError::OutOfRange`] for floats that no decimal holds.
    pub fn apply(self, number: Number) -> Result<Number, ValueError> {
        let decimal = match number.to_decimal() {
            Some(decimal) => decimal,
            // smaller than any decimal
            None if number.to_f64().abs() < 1.0 => Decimal::ZERO,
            None => return Err(ValueError::OutOfRange),
        };
        decimal
            .round(self.places, self.mode)
            .map(Number::Decimal)
            .map_err(|_| ValueError::Overflow)
    }
}

/// The exponent in a scale register: -10 to 10, or 8000h for none (SunSpec Device Information
/// Model, `sunssf`).
#[inline]
fn power_of_ten(register: u16) -> Result<i8, ValueError> {
    let exponent = i16::from_be_bytes(register.to_be_bytes());
    match i8::try_from(exponent) {
        Ok(power @ -10..=10) => Ok(power),
        _ if exponent == i16::MIN => Err(ValueError::NotAvailable),
        _ => Err(ValueError::InvalidScale(exponent)),
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::{String, ToString};

    use meter_units::{Channel, Medium, Rounding};

    use super::*;
    use crate::encoding::{Encoding, Order, Scale};
    use crate::map::Device;

    const fn register(encoding: Encoding) -> Register<'static> {
        Register::new("a", Table::HoldingRegister, 0, encoding)
    }

    fn shown(
        register: &Register<'_>,
        words: &[u16],
        exponent: Option<u16>,
    ) -> Result<String, ValueError> {
        let mut buffer = [0; 16];
        let window = Registers::copy_from(words, &mut buffer).unwrap();
        register
            .value(window, exponent)
            .map(|value| value.to_string())
    }

    #[test]
    fn a_marker_is_compared_before_scaling() {
        let tenths = register(Encoding::I16)
            .with_scale(Scale::power_of_ten(-1).unwrap())
            .with_not_available(Marker::Bits(0x8000));
        assert_eq!(
            shown(&tenths, &[0x8000], None),
            Err(ValueError::NotAvailable)
        );
        assert_eq!(shown(&tenths, &[0x8001], None).as_deref(), Ok("-3276.7"));
        let swapped = tenths.with_order(Order::BADC);
        assert_eq!(
            shown(&swapped, &[0x0080], None),
            Err(ValueError::NotAvailable)
        );
        let text = register(Encoding::text(8)).with_not_available(Marker::Zeros);
        assert_eq!(shown(&text, &[0; 8], None), Err(ValueError::NotAvailable));
    }

    #[test]
    fn nan_is_not_available_and_infinity_is_out_of_range() {
        let float = register(Encoding::F32);
        for bits in [0x7FC0, 0xFFC0, 0x7FFF] {
            assert_eq!(
                shown(&float, &[bits, 0], None),
                Err(ValueError::NotAvailable)
            );
        }
        assert_eq!(
            shown(&float, &[0x7F80, 0], None),
            Err(ValueError::OutOfRange)
        );
        assert_eq!(shown(&float, &[0x8000, 0], None).as_deref(), Ok("0"));
    }

    #[test]
    fn exponents_are_those_of_sunspec() {
        let point = register(Encoding::I16).with_scale_register(1);
        assert_eq!(shown(&point, &[5], Some(0xFFFD)).as_deref(), Ok("0.005"));
        assert_eq!(shown(&point, &[5], Some(10)).as_deref(), Ok("50000000000"));
        assert_eq!(
            shown(&point, &[5], Some(11)),
            Err(ValueError::InvalidScale(11))
        );
        assert_eq!(
            shown(&point, &[5], Some(0x8000)),
            Err(ValueError::NotAvailable)
        );
        assert_eq!(shown(&point, &[5], None), Err(ValueError::NotRead(1)));
        let swapped = point.with_order(Order::BADC);
        assert_eq!(
            shown(&swapped, &[0x0500], Some(0xFDFF)).as_deref(),
            Ok("0.005")
        );
    }

    #[test]
    fn rounding_is_the_last_step() {
        let mode = Rounding::HalfEven;
        let value = register(Encoding::U16)
            .with_scale(Scale::power_of_ten(-3).unwrap())
            .with_round(Round { places: 2, mode });
        assert_eq!(shown(&value, &[2345], None).as_deref(), Ok("2.34"));
        let float = register(Encoding::F32).with_round(Round { places: 1, mode });
        assert_eq!(
            shown(&float, &[0x449A, 0x522B], None).as_deref(),
            Ok("1234.6")
        );
        assert_eq!(shown(&float, &[0, 1], None).as_deref(), Ok("0"));
    }

    #[test]
    fn a_unit_register_selects_the_unit_of_the_right_kind() {
        let device = Device::new("heat");
        let labels = [(0, "kWh / Cel / none"), (1, "m3 / t / kW")];
        let unit =
            Register::new("unit", Table::HoldingRegister, 4, Encoding::ENUM16).with_labels(&labels);
        let energy = Register::new("energy", Table::HoldingRegister, 0, Encoding::U32)
            .with_unknown_unit()
            .with_unit_register(4, UnitCodes::Labels)
            .with_channel(Channel::new(Quantity::Energy, Medium::HEAT_OUTLET));
        let power = Register {
            channel: Channel::new(Quantity::Power, Medium::HEAT_OUTLET),
            ..Register::new("power", Table::HoldingRegister, 2, Encoding::U32)
        }
        .with_unknown_unit()
        .with_unit_register(4, UnitCodes::Labels);
        let registers = [energy, power, unit];
        let map = RegisterMap::new(&device, &registers).unwrap();
        let unit = |index: usize, code: u16| {
            let mut buffer = [0; 10];
            let words = [0, 7, 0, 9, code];
            let read = Registers::copy_from(&words, &mut buffer).unwrap();
            let block = Block::new(Table::HoldingRegister, 0, read);
            map.reading(&registers[index], &block)
                .map(|reading| reading.unit)
        };
        assert_eq!(unit(0, 0), Ok(Unit::KWH));
        assert_eq!(unit(1, 1), Ok(Unit::KW));
        assert_eq!(unit(0, 1), Err(ValueError::UnitCode(1)));
        assert_eq!(unit(0, 2), Err(ValueError::UnitCode(2)));
    }

    #[test]
    fn a_unit_that_nothing_tells_is_an_error() {
        let device = Device::new("heat");
        let registers = [register(Encoding::U16).with_unknown_unit()];
        let map = RegisterMap::new(&device, &registers).unwrap();
        let read = Registers::from_bytes(&[0, 1]).unwrap();
        let block = Block::new(Table::HoldingRegister, 0, read);
        assert_eq!(
            map.reading(&registers[0], &block),
            Err(ValueError::UnknownUnit)
        );
        let other = Block::new(Table::InputRegister, 0, read);
        assert_eq!(
            map.reading(&registers[0], &other),
            Err(ValueError::NotRead(0))
        );
    }
}
