//! Sampled values as readings, and readings as sampled values.

use alloc::string::String;

use meter_units::{
    Absent, Channel, Decimal, Direction, Medium, Number, Quantity, Reading, Span, Text, Unit, Value,
};

use crate::types::{
    DateTime, LongText, Measurand, MeterValue, Phase, ReadingContext, SampledValue, UnitOfMeasure,
    ValueFormat,
};

impl MeterValue<'_> {
    /// The values as readings, with their time.
    pub fn readings(&self) -> impl Iterator<Item = Reading<'_>> {
        let time = self.timestamp.timestamp();
        self.sampled_value.iter().map(move |value| Reading {
            time,
            ..value.reading()
        })
    }
}

impl<'a> SampledValue<'a> {
    /// The value as a reading, with the defaults of OCPP 1.6, 7.43 filled in.
    ///
    /// A text that is no number gives no value, and so does an empty one; signed data stays text.
    /// What is unknown to OCPP 1.6 has [`Quantity::Unknown`] or [`Unit::ONE`]. What was sent stays
    /// as it is in the sampled value.
    #[must_use]
    pub fn reading(&self) -> Reading<'_> {
        let measurand = self.measurand_or_default();
        let (quantity, direction, span) = match row(measurand) {
            Some(row) => (row.quantity, row.direction, row.span),
            None => (Quantity::Unknown, Direction::None, Span::Moment),
        };
        let channel = Channel {
            direction,
            span,
            phase: self.phase.as_ref().map_or(meter_units::Phase::Total, phase),
            ..Channel::new(quantity, Medium::ELECTRICITY)
        };
        let unit = match &self.unit {
            Some(unit) => unit.unit().unwrap_or(Unit::ONE),
            None => default_unit(quantity),
        };
        Reading::new(channel, self.value(), unit)
    }

    /// What is measured: the register of imported active energy, if it is not said.
    #[must_use]
    pub fn measurand_or_default(&self) -> &Measurand<'a> {
        const DEFAULT: &Measurand<'_> = &Measurand::EnergyActiveImportRegister;
        self.measurand.as_ref().unwrap_or(DEFAULT)
    }

    /// The number, if the value is one.
    ///
    /// Blanks around it are passed over; text such as `7,92` or `nan` is no number.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        if self.format == Some(ValueFormat::SignedData) {
            return None;
        }
        let text = self.value.as_str().trim_ascii();
        Decimal::from_ascii(text.as_bytes()).ok()
    }

    fn value(&self) -> Value<'_> {
        if self.format == Some(ValueFormat::SignedData) {
            return Value::Text(Text::from(self.value.as_str()));
        }
        match self.number() {
            Some(number) => Value::Number(Number::Decimal(number)),
            None if self.value.as_str().trim_ascii().is_empty() => {
                Value::None(Absent::NotAvailable)
            }
            None => Value::None(Absent::Invalid),
        }
    }
}

impl SampledValue<'static> {
    /// The reading as a sampled value, everything said that has a default.
    ///
    /// `None` for what OCPP 1.6 has no word for: another quantity or unit, a value that is neither
    /// a number nor absent, a tariff, storage or subunit.
    #[must_use]
    pub fn from_reading(reading: &Reading<'_>, context: ReadingContext<'static>) -> Option<Self> {
        let channel = &reading.channel;
        let is_plain = channel.medium == Medium::ELECTRICITY
            && (channel.tariff, channel.storage, channel.subunit) == (0, 0, 0);
        if !is_plain {
            return None;
        }
        let same = |row: &&Row| {
            row.quantity == channel.quantity
                && row.direction == channel.direction
                && row.span == channel.span
        };
        let measurand = TABLE.iter().find(same)?.measurand.clone();
        let value = match reading.value {
            Value::Number(number) => String::from(number.to_decimal()?.to_text().as_str()),
            Value::None(_) => String::new(),
            _ => return None,
        };
        let phase = match channel.phase {
            meter_units::Phase::Total => None,
            wanted => Some(
                Phase::ALL
                    .iter()
                    .find(|word| phase(word) == wanted)?
                    .clone(),
            ),
        };
        let unit = match reading.unit {
            Unit::ONE | Unit::RPM => None,
            // The schema has no word for it, and the quantity has no other unit.
            Unit::HZ if channel.quantity == Quantity::Frequency => None,
            Unit::CELSIUS => Some(UnitOfMeasure::Celsius),
            unit => {
                let same = |word: &&UnitOfMeasure<'_>| word.unit() == Some(unit);
                Some(UnitOfMeasure::ALL.iter().find(same)?.clone())
            }
        };
        Some(Self {
            value: LongText::unchecked(value),
            context: Some(context),
            format: Some(ValueFormat::Raw),
            measurand: Some(measurand),
            phase,
            location: None,
            unit,
        })
    }
}

impl MeterValue<'static> {
    /// One reading as a meter value; `None` where it has no time, or
    /// [`SampledValue::from_reading`] has none.
    #[must_use]
    pub fn from_reading(reading: &Reading<'_>, context: ReadingContext<'static>) -> Option<Self> {
        let millis = reading.time?.to_unix()?.checked_mul(1000)?;
        let sampled = SampledValue::from_reading(reading, context)?;
        Some(Self {
            timestamp: DateTime::from_unix_millis(millis)?,
            sampled_value: alloc::vec![sampled],
        })
    }
}

impl UnitOfMeasure<'_> {
    /// The unit; `None` for a word that is not in the list.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        Some(match self {
            Self::Wh => Unit::WH,
            Self::KWh => Unit::KWH,
            Self::Varh => Unit::VARH,
            Self::Kvarh => Unit::KVARH,
            Self::W => Unit::W,
            Self::KW => Unit::KW,
            Self::VA => Unit::VA,
            Self::KVA => Unit::KVA,
            Self::Var => Unit::VAR,
            Self::Kvar => Unit::KVAR,
            Self::A => Unit::A,
            Self::V => Unit::V,
            Self::K => Unit::KELVIN,
            Self::Celsius | Self::Celcius => Unit::CELSIUS,
            Self::Fahrenheit => Unit::FAHRENHEIT,
            Self::Percent => Unit::PERCENT,
            Self::Hertz => Unit::HZ,
            Self::Other(_) => return None,
        })
    }
}

/// The unit where none is named; the specification has one for energies only, and for some
/// quantities there is no choice.
const fn default_unit(quantity: Quantity) -> Unit {
    match quantity {
        Quantity::Energy => Unit::WH,
        Quantity::ReactiveEnergy => Unit::VARH,
        Quantity::Frequency => Unit::HZ,
        Quantity::FanSpeed => Unit::RPM,
        _ => Unit::ONE,
    }
}

const fn phase(phase: &Phase<'_>) -> meter_units::Phase {
    match phase {
        Phase::L1 => meter_units::Phase::L1,
        Phase::L2 => meter_units::Phase::L2,
        Phase::L3 => meter_units::Phase::L3,
        Phase::N => meter_units::Phase::N,
        Phase::L1N => meter_units::Phase::L1N,
        Phase::L2N => meter_units::Phase::L2N,
        Phase::L3N => meter_units::Phase::L3N,
        Phase::L1L2 => meter_units::Phase::L12,
        Phase::L2L3 => meter_units::Phase::L23,
        Phase::L3L1 => meter_units::Phase::L31,
        Phase::Other(_) => meter_units::Phase::Total,
    }
}

/// A measurand in the words of all protocols.
struct Row {
    measurand: Measurand<'static>,
    quantity: Quantity,
    direction: Direction,
    span: Span,
}

fn row(measurand: &Measurand<'_>) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.measurand == *measurand)
}

macro_rules! measurands {
    ($( $measurand:ident: $quantity:ident, $direction:ident, $span:ident; )+) => {
        const TABLE: &[Row] = &[ $( Row {
            measurand: Measurand::$measurand,
            quantity: Quantity::$quantity,
            direction: Direction::$direction,
            span: Span::$span,
        }, )+ ];
    };
}

measurands! {
    EnergyActiveImportRegister: Energy, Import, Register;
    EnergyActiveExportRegister: Energy, Export, Register;
    EnergyReactiveImportRegister: ReactiveEnergy, Import, Register;
    EnergyReactiveExportRegister: ReactiveEnergy, Export, Register;
    EnergyActiveImportInterval: Energy, Import, Interval;
    EnergyActiveExportInterval: Energy, Export, Interval;
    EnergyReactiveImportInterval: ReactiveEnergy, Import, Interval;
    EnergyReactiveExportInterval: ReactiveEnergy, Export, Interval;
    PowerActiveImport: Power, Import, Moment;
    PowerActiveExport: Power, Export, Moment;
    PowerOffered: PowerOffered, None, Moment;
    PowerReactiveImport: ReactivePower, Import, Moment;
    PowerReactiveExport: ReactivePower, Export, Moment;
    PowerFactor: PowerFactor, None, Moment;
    CurrentImport: Current, Import, Moment;
    CurrentExport: Current, Export, Moment;
    CurrentOffered: CurrentOffered, None, Moment;
    Voltage: Voltage, None, Moment;
    Frequency: Frequency, None, Moment;
    Temperature: Temperature, None, Moment;
    SoC: StateOfCharge, None, Moment;
    Rpm: FanSpeed, None, Moment;
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn sampled(value: &str) -> SampledValue<'_> {
        SampledValue::new(LongText::new(value).unwrap())
    }

    #[test]
    fn what_is_missing_has_a_default() {
        let value = sampled("1234.50");
        let reading = value.reading();
        assert_eq!(reading.channel.quantity, Quantity::Energy);
        assert_eq!(reading.channel.direction, Direction::Import);
        assert_eq!(reading.channel.span, Span::Register);
        assert_eq!(reading.unit, Unit::WH);
        assert_eq!(reading.value.to_string(), "1234.50");
    }

    #[test]
    fn a_phase_and_a_unit_are_taken_over() {
        let value = SampledValue {
            measurand: Some(Measurand::CurrentImport),
            phase: Some(Phase::L2),
            unit: Some(UnitOfMeasure::A),
            ..sampled(" 15.9 ")
        };
        let reading = value.reading();
        assert_eq!(reading.channel.phase, meter_units::Phase::L2);
        assert_eq!(reading.unit, Unit::A);
        assert_eq!(reading.number(), Number::try_from_text("15.9"));
    }

    #[test]
    fn text_that_is_no_number_gives_no_value() {
        for (text, absent) in [
            ("", Absent::NotAvailable),
            ("nan", Absent::Invalid),
            ("7,92", Absent::Invalid),
        ] {
            assert_eq!(sampled(text).reading().value, Value::None(absent));
        }
        let signed = SampledValue {
            format: Some(ValueFormat::SignedData),
            ..sampled("12")
        };
        assert_eq!(signed.reading().value, Value::Text(Text::from("12")));
    }

    #[test]
    fn every_measurand_has_its_reading_and_comes_back() {
        for measurand in Measurand::ALL {
            let value = SampledValue {
                measurand: Some(measurand.clone()),
                context: Some(ReadingContext::SampleClock),
                format: Some(ValueFormat::Raw),
                ..sampled("1.5")
            };
            let reading = value.reading();
            assert_ne!(reading.channel.quantity, Quantity::Unknown, "{measurand}");
            let back = SampledValue::from_reading(&reading, ReadingContext::SampleClock).unwrap();
            assert_eq!(back.measurand, value.measurand);
            assert_eq!(back.reading(), reading);
        }
    }

    #[test]
    fn every_unit_comes_back() {
        for unit in UnitOfMeasure::ALL {
            let value = SampledValue {
                unit: Some(unit.clone()),
                ..sampled("1")
            };
            let reading = value.reading();
            let back = SampledValue::from_reading(&reading, ReadingContext::Trigger).unwrap();
            assert_eq!(back.reading(), reading, "{unit}");
        }
    }

    trait FromText: Sized {
        fn try_from_text(text: &str) -> Option<Self>;
    }

    impl FromText for Number {
        fn try_from_text(text: &str) -> Option<Self> {
            text.parse().ok().map(Self::Decimal)
        }
    }
}
