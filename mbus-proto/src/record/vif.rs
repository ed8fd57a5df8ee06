//! The VIF tables (EN 13757-3:2018, Tables 10, 12 and 14).
//!
//! A row covers a range of codes; the power of ten goes up by one with each code. Where SI has a
//! prefix for it, the unit is chosen so that the power of ten is not above zero: the last digit of
//! the value is then the last digit that the meter sent (VIF 04h counts 10 Wh: 0.01 kWh).

use meter_units::{BaseUnit, Prefix, Quantity, Span, Unit};

use Coding::{Container, Date, DateTime, Flags, Fraction, Signed, Time, Unsigned, Verbatim};
use Quantity as Q;

/// What one VIF code says about the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vif {
    pub(crate) quantity: Quantity,
    pub(crate) unit: Unit,
    /// Value = data × 10^`exponent` `unit`.
    pub(crate) exponent: i8,
    /// The power of ten between `unit` and the unit that the standard prints, to which additive
    /// corrections refer.
    pub(crate) shift: i8,
    pub(crate) coding: Coding,
    pub(crate) span: Span,
    pub(crate) status: Status,
}

/// How the data of a VIF is coded, where the DIF leaves it open (EN 13757-3, Annex A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Type B; BCD may be negative.
    Signed,
    /// Type C; BCD is not negative.
    Unsigned,
    /// Type D.
    Flags,
    /// Type C, in units of 2^-12.
    Fraction,
    /// Type G, with two bytes.
    Date,
    /// Types F, I, J, M.
    DateTime,
    /// Types F, G, I, J, M.
    Time,
    /// Text and numbers of any length as bytes.
    Container,
    /// Types K and L, whose layout is handed out as bytes.
    Verbatim,
}

/// Whether a code is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Valid,
    /// In force until 2004.
    Withdrawn,
    Reserved,
}

/// One code table, by the low seven bits of the code.
pub(crate) type Table = [Vif; 128];

pub(crate) const RESERVED: Vif = Vif {
    quantity: Q::Unknown,
    unit: Unit::ONE,
    exponent: 0,
    shift: 0,
    coding: Signed,
    span: Span::Moment,
    status: Status::Reserved,
};

const WH: Unit = Unit::new(BaseUnit::WattHour);
const KWH: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::WattHour);
const MWH: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::WattHour);
const J: Unit = Unit::new(BaseUnit::Joule);
const KJ: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Joule);
const MJ: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::Joule);
const GJ: Unit = Unit::prefixed(Prefix::Giga, BaseUnit::Joule);
const MCAL: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::CalorieUnspecified);
const GCAL: Unit = Unit::prefixed(Prefix::Giga, BaseUnit::CalorieUnspecified);
const KVARH: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::VarHour);
const MVARH: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::VarHour);
const KVAH: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::VoltAmpereHour);
const MVAH: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::VoltAmpereHour);
const W: Unit = Unit::new(BaseUnit::Watt);
const KILOWATT: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Watt);
const MEGAWATT: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::Watt);
const KVAR: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Var);
const KVA: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::VoltAmpere);
const J_H: Unit = Unit::new(BaseUnit::JoulePerHour);
const KJ_H: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::JoulePerHour);
const MJ_H: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::JoulePerHour);
const GJ_H: Unit = Unit::prefixed(Prefix::Giga, BaseUnit::JoulePerHour);
const V: Unit = Unit::new(BaseUnit::Volt);
const KV: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Volt);
const MV: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::Volt);
const A: Unit = Unit::new(BaseUnit::Ampere);
const KA: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Ampere);
const HZ: Unit = Unit::new(BaseUnit::Hertz);
const M3: Unit = Unit::new(BaseUnit::CubicMetre);
const FT3: Unit = Unit::new(BaseUnit::CubicFoot);
const GAL: Unit = Unit::new(BaseUnit::UsGallon);
const GAL_MIN: Unit = Unit::new(BaseUnit::UsGallonPerMinute);
const GAL_H: Unit = Unit::new(BaseUnit::UsGallonPerHour);
const M3_H: Unit = Unit::new(BaseUnit::CubicMetrePerHour);
const M3_MIN: Unit = Unit::new(BaseUnit::CubicMetrePerMinute);
const M3_S: Unit = Unit::new(BaseUnit::CubicMetrePerSecond);
const KG: Unit = Unit::prefixed(Prefix::Kilo, BaseUnit::Gram);
const TONNE: Unit = Unit::new(BaseUnit::Tonne);
const KG_H: Unit = Unit::new(BaseUnit::KilogramPerHour);
const CELSIUS: Unit = Unit::new(BaseUnit::Celsius);
const FAHRENHEIT: Unit = Unit::new(BaseUnit::Fahrenheit);
const KELVIN: Unit = Unit::new(BaseUnit::KelvinDifference);
const FAHRENHEIT_DIFFERENCE: Unit = Unit::new(BaseUnit::FahrenheitDifference);
const BAR: Unit = Unit::new(BaseUnit::Bar);
const SECOND: Unit = Unit::new(BaseUnit::Second);
const MINUTE: Unit = Unit::new(BaseUnit::Minute);
const HOUR: Unit = Unit::new(BaseUnit::Hour);
const DAY: Unit = Unit::new(BaseUnit::Day);
const MONTH: Unit = Unit::new(BaseUnit::Month);
const YEAR: Unit = Unit::new(BaseUnit::Year);
const PERCENT: Unit = Unit::new(BaseUnit::Percent);
const DEGREE: Unit = Unit::new(BaseUnit::Degree);
const DBM: Unit = Unit::new(BaseUnit::DecibelMilliwatt);
const HCA: Unit = Unit::new(BaseUnit::HcaUnit);
const CURRENCY: Unit = Unit::new(BaseUnit::Currency);
const BAUD: Unit = Unit::new(BaseUnit::Baud);
const BIT_TIME: Unit = Unit::new(BaseUnit::BitTime);
const NONE: Unit = Unit::ONE;

/// The primary table (Table 10).
pub(crate) static PRIMARY: Table = table(&[
    scaled(0x00, 0x03, Q::Energy, WH, -3),
    scaled(0x04, 0x06, Q::Energy, KWH, -2).shift(3),
    scaled(0x07, 0x07, Q::Energy, MWH, -2).shift(6),
    scaled(0x08, 0x08, Q::Energy, J, 0),
    scaled(0x09, 0x0B, Q::Energy, KJ, -2).shift(3),
    scaled(0x0C, 0x0E, Q::Energy, MJ, -2).shift(6),
    scaled(0x0F, 0x0F, Q::Energy, GJ, -2).shift(9),
    scaled(0x10, 0x17, Q::Volume, M3, -6),
    scaled(0x18, 0x1F, Q::Mass, KG, -3),
    plain(0x20, Q::OnTime, SECOND, Signed),
    plain(0x21, Q::OnTime, MINUTE, Signed),
    plain(0x22, Q::OnTime, HOUR, Signed),
    plain(0x23, Q::OnTime, DAY, Signed),
    plain(0x24, Q::OperatingTime, SECOND, Signed),
    plain(0x25, Q::OperatingTime, MINUTE, Signed),
    plain(0x26, Q::OperatingTime, HOUR, Signed),
    plain(0x27, Q::OperatingTime, DAY, Signed),
    scaled(0x28, 0x2B, Q::Power, W, -3),
    scaled(0x2C, 0x2E, Q::Power, KILOWATT, -2).shift(3),
    scaled(0x2F, 0x2F, Q::Power, MEGAWATT, -2).shift(6),
    scaled(0x30, 0x30, Q::Power, J_H, 0),
    scaled(0x31, 0x33, Q::Power, KJ_H, -2).shift(3),
    scaled(0x34, 0x36, Q::Power, MJ_H, -2).shift(6),
    scaled(0x37, 0x37, Q::Power, GJ_H, -2).shift(9),
    scaled(0x38, 0x3F, Q::VolumeFlow, M3_H, -6),
    scaled(0x40, 0x47, Q::VolumeFlow, M3_MIN, -7),
    scaled(0x48, 0x4F, Q::VolumeFlow, M3_S, -9),
    scaled(0x50, 0x57, Q::MassFlow, KG_H, -3),
    scaled(0x58, 0x5B, Q::FlowTemperature, CELSIUS, -3),
    scaled(0x5C, 0x5F, Q::ReturnTemperature, CELSIUS, -3),
    scaled(0x60, 0x63, Q::TemperatureDifference, KELVIN, -3),
    scaled(0x64, 0x67, Q::ExternalTemperature, CELSIUS, -3),
    scaled(0x68, 0x6B, Q::Pressure, BAR, -3),
    plain(0x6C, Q::Timestamp, NONE, Date),
    plain(0x6D, Q::Timestamp, NONE, DateTime),
    plain(0x6E, Q::HcaUnits, HCA, Signed),
    plain(0x70, Q::AveragingDuration, SECOND, Signed),
    plain(0x71, Q::AveragingDuration, MINUTE, Signed),
    plain(0x72, Q::AveragingDuration, HOUR, Signed),
    plain(0x73, Q::AveragingDuration, DAY, Signed),
    plain(0x74, Q::ActualityDuration, SECOND, Signed),
    plain(0x75, Q::ActualityDuration, MINUTE, Signed),
    plain(0x76, Q::ActualityDuration, HOUR, Signed),
    plain(0x77, Q::ActualityDuration, DAY, Signed),
    plain(0x78, Q::FabricationNumber, NONE, Unsigned),
    plain(0x79, Q::Identification, NONE, Unsigned),
    plain(0x7A, Q::Address, NONE, Unsigned),
    plain(0x7C, Q::PlainText, NONE, Signed),
    plain(0x7E, Q::Any, NONE, Signed),
    plain(0x7F, Q::VendorSpecificData, NONE, Signed),
]);

/// The second extension table (Table 12), after FDh.
pub(crate) static SECOND_EXTENSION: Table = table(&[
    scaled(0x00, 0x03, Q::Credit, CURRENCY, -3),
    scaled(0x04, 0x07, Q::Debit, CURRENCY, -3),
    plain(0x08, Q::AccessNumber, NONE, Unsigned),
    plain(0x09, Q::DeviceType, NONE, Unsigned),
    plain(0x0A, Q::Manufacturer, NONE, Unsigned),
    plain(0x0B, Q::ParameterSet, NONE, Unsigned),
    plain(0x0C, Q::ModelVersion, NONE, Unsigned),
    plain(0x0D, Q::HardwareVersion, NONE, Unsigned),
    plain(0x0E, Q::FirmwareVersion, NONE, Unsigned),
    plain(0x0F, Q::SoftwareVersion, NONE, Unsigned),
    plain(0x10, Q::CustomerLocation, NONE, Unsigned),
    plain(0x11, Q::Customer, NONE, Unsigned),
    plain(0x12, Q::AccessCodeUser, NONE, Unsigned),
    plain(0x13, Q::AccessCodeOperator, NONE, Unsigned),
    plain(0x14, Q::AccessCodeSystemOperator, NONE, Unsigned),
    plain(0x15, Q::AccessCodeDeveloper, NONE, Unsigned),
    plain(0x16, Q::Password, NONE, Unsigned),
    plain(0x17, Q::ErrorFlags, NONE, Flags),
    plain(0x18, Q::ErrorMask, NONE, Flags),
    plain(0x19, Q::SecurityKey, NONE, Unsigned),
    plain(0x1A, Q::DigitalOutput, NONE, Flags),
    plain(0x1B, Q::DigitalInput, NONE, Flags),
    plain(0x1C, Q::BaudRate, BAUD, Unsigned),
    plain(0x1D, Q::ResponseDelayTime, BIT_TIME, Unsigned),
    plain(0x1E, Q::Retry, NONE, Signed),
    plain(0x1F, Q::RemoteControl, NONE, Signed),
    plain(0x20, Q::FirstCyclicStorageNumber, NONE, Unsigned),
    plain(0x21, Q::LastCyclicStorageNumber, NONE, Unsigned),
    plain(0x22, Q::StorageBlockSize, NONE, Unsigned),
    plain(0x23, Q::TariffDescriptor, NONE, Unsigned),
    plain(0x24, Q::StorageInterval, SECOND, Signed),
    plain(0x25, Q::StorageInterval, MINUTE, Signed),
    plain(0x26, Q::StorageInterval, HOUR, Signed),
    plain(0x27, Q::StorageInterval, DAY, Signed),
    plain(0x28, Q::StorageInterval, MONTH, Signed),
    plain(0x29, Q::StorageInterval, YEAR, Signed),
    plain(0x2A, Q::VendorSpecificData, NONE, Signed),
    plain(0x2B, Q::TimePoint, SECOND, Unsigned),
    plain(0x2C, Q::DurationSinceLastReadout, SECOND, Unsigned),
    plain(0x2D, Q::DurationSinceLastReadout, MINUTE, Unsigned),
    plain(0x2E, Q::DurationSinceLastReadout, HOUR, Unsigned),
    plain(0x2F, Q::DurationSinceLastReadout, DAY, Unsigned),
    plain(0x30, Q::TariffStart, NONE, Time),
    plain(0x31, Q::TariffDuration, MINUTE, Unsigned),
    plain(0x32, Q::TariffDuration, HOUR, Unsigned),
    plain(0x33, Q::TariffDuration, DAY, Unsigned),
    plain(0x34, Q::TariffPeriod, SECOND, Signed),
    plain(0x35, Q::TariffPeriod, MINUTE, Signed),
    plain(0x36, Q::TariffPeriod, HOUR, Signed),
    plain(0x37, Q::TariffPeriod, DAY, Signed),
    plain(0x38, Q::TariffPeriod, MONTH, Signed),
    plain(0x39, Q::TariffPeriod, YEAR, Signed),
    plain(0x3A, Q::Dimensionless, NONE, Signed),
    plain(0x3B, Q::WmbusContainer, NONE, Container),
    plain(0x3C, Q::TransmissionPeriod, SECOND, Unsigned),
    plain(0x3D, Q::TransmissionPeriod, MINUTE, Unsigned),
    plain(0x3E, Q::TransmissionPeriod, HOUR, Unsigned),
    plain(0x3F, Q::TransmissionPeriod, DAY, Unsigned),
    scaled(0x40, 0x49, Q::Voltage, V, -9),
    scaled(0x4A, 0x4C, Q::Voltage, KV, -2).shift(3),
    scaled(0x4D, 0x4F, Q::Voltage, MV, -2).shift(6),
    scaled(0x50, 0x5C, Q::Current, A, -12),
    scaled(0x5D, 0x5F, Q::Current, KA, -2).shift(3),
    plain(0x60, Q::ResetCounter, NONE, Signed),
    plain(0x61, Q::CumulationCounter, NONE, Signed),
    plain(0x62, Q::ControlSignal, NONE, Signed),
    plain(0x63, Q::DayOfWeek, NONE, Unsigned),
    plain(0x64, Q::WeekNumber, NONE, Unsigned),
    plain(0x65, Q::DayChangeTime, NONE, Signed),
    plain(0x66, Q::ParameterActivationState, NONE, Unsigned),
    plain(0x67, Q::SpecialSupplierInformation, NONE, Signed),
    plain(0x68, Q::DurationSinceLastCumulation, HOUR, Signed),
    plain(0x69, Q::DurationSinceLastCumulation, DAY, Signed),
    plain(0x6A, Q::DurationSinceLastCumulation, MONTH, Signed),
    plain(0x6B, Q::DurationSinceLastCumulation, YEAR, Signed),
    plain(0x6C, Q::BatteryOperatingTime, HOUR, Signed),
    plain(0x6D, Q::BatteryOperatingTime, DAY, Signed),
    plain(0x6E, Q::BatteryOperatingTime, MONTH, Signed),
    plain(0x6F, Q::BatteryOperatingTime, YEAR, Signed),
    plain(0x70, Q::BatteryChange, NONE, Time),
    plain(0x71, Q::RfLevel, DBM, Signed),
    plain(0x72, Q::DaylightSaving, NONE, Verbatim),
    plain(0x73, Q::ListeningWindow, NONE, Verbatim),
    plain(0x74, Q::RemainingBatteryLife, DAY, Unsigned),
    plain(0x75, Q::StopCounter, NONE, Unsigned),
    plain(0x76, Q::ManufacturerContainer, NONE, Container),
]);

/// The second level of the second extension table, after FDh FDh.
pub(crate) static SECOND_EXTENSION_2: Table = table(&[
    plain(0x00, Q::SelectedApplication, NONE, Unsigned),
    plain(0x02, Q::RemainingBatteryLife, MONTH, Unsigned),
    plain(0x03, Q::RemainingBatteryLife, YEAR, Unsigned),
    plain(0x3E, Q::MoistureLevel, PERCENT, Signed),
]);

/// The first extension table (Table 14), after FBh.
pub(crate) static FIRST_EXTENSION: Table = table(&[
    scaled(0x00, 0x01, Q::Energy, MWH, -1),
    scaled(0x02, 0x02, Q::ReactiveEnergy, KVARH, 0),
    scaled(0x03, 0x03, Q::ReactiveEnergy, MVARH, -2).shift(3),
    scaled(0x04, 0x04, Q::ApparentEnergy, KVAH, 0),
    scaled(0x05, 0x05, Q::ApparentEnergy, MVAH, -2).shift(3),
    scaled(0x06, 0x06, Q::CoefficientOfPerformance, NONE, -1),
    scaled(0x08, 0x09, Q::Energy, GJ, -1),
    scaled(0x0C, 0x0D, Q::Energy, MCAL, -1),
    scaled(0x0E, 0x0F, Q::Energy, GCAL, -2).shift(3),
    scaled(0x10, 0x11, Q::Volume, M3, 2),
    scaled(0x14, 0x17, Q::ReactivePower, KVAR, -3),
    scaled(0x18, 0x19, Q::Mass, TONNE, 2),
    scaled(0x1A, 0x1B, Q::RelativeHumidity, PERCENT, -1),
    scaled(0x20, 0x20, Q::Volume, FT3, 0),
    scaled(0x21, 0x21, Q::Volume, FT3, -1),
    scaled(0x22, 0x23, Q::Volume, GAL, -1).withdrawn(),
    scaled(0x24, 0x24, Q::VolumeFlow, GAL_MIN, -3).withdrawn(),
    scaled(0x25, 0x25, Q::VolumeFlow, GAL_MIN, 0).withdrawn(),
    scaled(0x26, 0x26, Q::VolumeFlow, GAL_H, 0).withdrawn(),
    scaled(0x28, 0x29, Q::Power, MEGAWATT, -1),
    scaled(0x2A, 0x2A, Q::PhaseVoltageToVoltage, DEGREE, -1),
    scaled(0x2B, 0x2B, Q::PhaseVoltageToCurrent, DEGREE, -1),
    scaled(0x2C, 0x2F, Q::Frequency, HZ, -3),
    scaled(0x30, 0x31, Q::Power, GJ_H, -1),
    scaled(0x34, 0x37, Q::ApparentPower, KVA, -3),
    scaled(0x58, 0x5B, Q::FlowTemperature, FAHRENHEIT, -3).withdrawn(),
    scaled(0x5C, 0x5F, Q::ReturnTemperature, FAHRENHEIT, -3).withdrawn(),
    scaled(
        0x60,
        0x63,
        Q::TemperatureDifference,
        FAHRENHEIT_DIFFERENCE,
        -3,
    )
    .withdrawn(),
    scaled(0x64, 0x67, Q::ExternalTemperature, FAHRENHEIT, -3).withdrawn(),
    plain(0x68, Q::HcaRatingFactor, NONE, Fraction),
    plain(0x69, Q::HcaOutputRatingFactor, W, Unsigned),
    plain(0x6A, Q::HcaCouplingFactor, NONE, Fraction),
    plain(0x6B, Q::HcaCouplingFactorRoom, NONE, Fraction),
    plain(0x6C, Q::HcaCouplingFactorHeating, NONE, Fraction),
    plain(0x6D, Q::HcaLowTemperatureFactor, NONE, Fraction),
    plain(0x6E, Q::HcaDisplayFactor, NONE, Fraction),
    scaled(0x70, 0x73, Q::TemperatureLimit, FAHRENHEIT, -3).withdrawn(),
    scaled(0x74, 0x77, Q::TemperatureLimit, CELSIUS, -3),
    scaled(0x78, 0x7B, Q::CumulativeMaxPower, W, -3),
    scaled(0x7C, 0x7E, Q::CumulativeMaxPower, KILOWATT, -2).shift(3),
    scaled(0x7F, 0x7F, Q::CumulativeMaxPower, MEGAWATT, -2).shift(6),
]);

/// The row of a code, whose extension bit does not count.
#[inline]
pub(crate) fn row(table: &'static Table, code: u8) -> &'static Vif {
    table.get(usize::from(code & 0x7F)).unwrap_or(&RESERVED)
}

/// The row of a VIB that is a VIF without VIFE.
#[inline(always)]
pub(crate) fn of_single(vif: u8) -> Option<&'static Vif> {
    PRIMARY.get(usize::from(vif))
}

/// The row of a VIB of two bytes, if it is one code of the tables that is still in force.
#[inline(always)]
pub(crate) fn of_pair(vif: u8, code: u8) -> Option<&'static Vif> {
    match (vif, code) {
        (0xFD, _) => SECOND_EXTENSION.get(usize::from(code)),
        (0xFB, _) => FIRST_EXTENSION
            .get(usize::from(code))
            .filter(|row| row.status != Status::Withdrawn),
        // The VIFE that follow are the manufacturer's.
        (0xFF, _) => PRIMARY.get(0x7F),
        _ => None,
    }
}

/// The row of a VIB without text, if nothing but one code of the tables, which is still in force,
/// says what the data is.
///
/// Behind VIFE FFh is what only the manufacturer understands: it changes nothing.
#[inline]
pub(crate) fn of(vib: &[u8]) -> Option<&'static Vif> {
    match *vib {
        [0x7C | 0xFC | 0xEF, ..] => None,
        [vif @ ..=0x7F] => of_single(vif),
        [0xFF, ..] => of_pair(0xFF, 0),
        [vif @ (0xFB | 0xFD), code @ ..=0x7F] => of_pair(vif, code),
        [vif @ (0xFB | 0xFD), code, 0x7F | 0xFF, ..] if code != 0xFD => of_pair(vif, code & 0x7F),
        [0xFB | 0xFD, ..] => None,
        [vif, 0x7F | 0xFF, ..] => of_single(vif & 0x7F),
        _ => None,
    }
}

/// A range of codes; `vif` is what the first one says.
struct Row {
    first: u8,
    last: u8,
    vif: Vif,
}

impl Row {
    const fn shift(self, shift: i8) -> Self {
        Self {
            vif: Vif { shift, ..self.vif },
            ..self
        }
    }

    const fn withdrawn(self) -> Self {
        Self {
            vif: Vif {
                status: Status::Withdrawn,
                ..self.vif
            },
            ..self
        }
    }
}

const fn scaled(first: u8, last: u8, quantity: Quantity, unit: Unit, exponent: i8) -> Row {
    let span = Span::usual_for(quantity);
    let vif = Vif {
        quantity,
        unit,
        exponent,
        span,
        status: Status::Valid,
        ..RESERVED
    };
    Row { first, last, vif }
}

const fn plain(code: u8, quantity: Quantity, unit: Unit, coding: Coding) -> Row {
    let row = scaled(code, code, quantity, unit, 0);
    Row {
        vif: Vif { coding, ..row.vif },
        ..row
    }
}

/// Spreads the rows over the codes; everything else is reserved. Evaluated at build time only.
#[allow(clippy::indexing_slicing)]
const fn table(rows: &[Row]) -> Table {
    let mut table = [RESERVED; 128];
    let mut row = 0;
    while row < rows.len() {
        let Row {
            first,
            last,
            mut vif,
        } = rows[row];
        let mut code = first;
        while code <= last {
            table[code as usize] = vif;
            vif.exponent += 1;
            code += 1;
        }
        row += 1;
    }
    table
}
