//! Meter values: OCPP 1.6, 7.

use alloc::vec::Vec;

use super::{DateTime, LongText};
use crate::json::Reader;
use crate::lenient::split_phase;
use crate::literal::{Unknown, literals};
use crate::tolerance::Tolerance;
use crate::value::members;

/// Values of one point in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterValue<'a> {
    /// When the values were taken.
    pub timestamp: DateTime<'a>,
    /// The values.
    pub sampled_value: Vec<SampledValue<'a>>,
}

/// One value of a meter.
/// What is missing has a default; [`reading`](Self::reading) fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampledValue<'a> {
    /// The value as text: a number, or signed data.
    pub value: LongText<'a>,
    /// Why it was taken.
    pub context: Option<ReadingContext<'a>>,
    /// How it is written.
    pub format: Option<ValueFormat<'a>>,
    /// What is measured.
    pub measurand: Option<Measurand<'a>>,
    /// On which conductors.
    pub phase: Option<Phase<'a>>,
    /// Where.
    pub location: Option<Location<'a>>,
    /// In which unit.
    pub unit: Option<UnitOfMeasure<'a>>,
}

impl<'a> SampledValue<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(value: LongText<'a>) -> Self {
        Self {
            value,
            context: None,
            format: None,
            measurand: None,
            phase: None,
            location: None,
            unit: None,
        }
    }
}

members! {
    MeterValue<'a>, finish Self::split_phases, reserve Reader::expected_lists {
        "timestamp" => timestamp: required;
        "sampledValue" => sampled_value: required or MISSING_LIST Vec::new();
    }
    SampledValue<'a> {
        "value" => value: digits;
        "context" => context: optional;
        "format" => format: optional;
        "measurand" => measurand: optional;
        "phase" => phase: optional;
        "location" => location: optional;
        "unit" => unit: optional;
    }
}

literals! {
    /// Why a value was taken. Missing counts as [`SamplePeriodic`](Self::SamplePeriodic).
    pub enum ReadingContext {
        /// At the begin of an interruption.
        InterruptionBegin = "Interruption.Begin",
        /// At the end of an interruption.
        InterruptionEnd = "Interruption.End",
        /// At a time that is aligned to the clock.
        SampleClock = "Sample.Clock",
        /// After an interval.
        SamplePeriodic = "Sample.Periodic",
        /// At the begin of a transaction.
        TransactionBegin = "Transaction.Begin",
        /// At the end of a transaction.
        TransactionEnd = "Transaction.End",
        /// Because a message asked for it.
        Trigger = "Trigger",
        /// For another reason, by the word of the list.
        OtherContext = "Other",
    }
    unknown: Unknown::Kept;

    /// How a value is written. Missing counts as [`Raw`](Self::Raw).
    pub enum ValueFormat {
        /// A number.
        Raw = "Raw",
        /// A signed block of data, as text.
        SignedData = "SignedData",
    }
    unknown: Unknown::Refused;

    /// What is measured. Missing counts as
    /// [`EnergyActiveImportRegister`](Self::EnergyActiveImportRegister).
    /// Import is from the grid to the station or vehicle, export the other way.
    pub enum Measurand {
        /// Active energy exported, the register.
        EnergyActiveExportRegister = "Energy.Active.Export.Register",
        /// Active energy imported, the register.
        EnergyActiveImportRegister = "Energy.Active.Import.Register",
        /// Reactive energy exported, the register.
        EnergyReactiveExportRegister = "Energy.Reactive.Export.Register",
        /// Reactive energy imported, the register.
        EnergyReactiveImportRegister = "Energy.Reactive.Import.Register",
        /// Active energy exported in the interval.
        EnergyActiveExportInterval = "Energy.Active.Export.Interval",
        /// Active energy imported in the interval.
        EnergyActiveImportInterval = "Energy.Active.Import.Interval",
        /// Reactive energy exported in the interval.
        EnergyReactiveExportInterval = "Energy.Reactive.Export.Interval",
        /// Reactive energy imported in the interval.
        EnergyReactiveImportInterval = "Energy.Reactive.Import.Interval",
        /// Active power exported.
        PowerActiveExport = "Power.Active.Export",
        /// Active power imported.
        PowerActiveImport = "Power.Active.Import",
        /// The power that the vehicle may take: a limit, not a measurement.
        PowerOffered = "Power.Offered",
        /// Reactive power exported.
        PowerReactiveExport = "Power.Reactive.Export",
        /// Reactive power imported.
        PowerReactiveImport = "Power.Reactive.Import",
        /// The power factor.
        PowerFactor = "Power.Factor",
        /// Current to the vehicle.
        CurrentImport = "Current.Import",
        /// Current from the vehicle.
        CurrentExport = "Current.Export",
        /// The current that the vehicle may take: a limit, not a measurement.
        CurrentOffered = "Current.Offered",
        /// Voltage.
        Voltage = "Voltage",
        /// Frequency of the grid.
        Frequency = "Frequency",
        /// Temperature inside the station.
        Temperature = "Temperature",
        /// State of charge of the vehicle, in percent.
        SoC = "SoC",
        /// Speed of the fan in turns a minute.
        Rpm = "RPM",
    }
    unknown: Unknown::KeptWithPhase;

    /// On which conductors a value was measured. Missing means all together.
    pub enum Phase {
        /// L1.
        L1 = "L1",
        /// L2.
        L2 = "L2",
        /// L3.
        L3 = "L3",
        /// The neutral conductor.
        N = "N",
        /// L1 to neutral.
        L1N = "L1-N",
        /// L2 to neutral.
        L2N = "L2-N",
        /// L3 to neutral.
        L3N = "L3-N",
        /// L1 to L2.
        L1L2 = "L1-L2",
        /// L2 to L3.
        L2L3 = "L2-L3",
        /// L3 to L1.
        L3L1 = "L3-L1",
    }
    alias {
        "L1N" = "L1-N",
        "L2N" = "L2-N",
        "L3N" = "L3-N",
        "L1L2" = "L1-L2",
        "L2L3" = "L2-L3",
        "L3L1" = "L3-L1",
    }
    unknown: Unknown::Kept;

    /// Where a value was measured. Missing counts as [`Outlet`](Self::Outlet).
    pub enum Location {
        /// In the cable.
        Cable = "Cable",
        /// In the vehicle.
        Ev = "EV",
        /// Where the grid enters the station.
        Inlet = "Inlet",
        /// Where the vehicle is connected.
        Outlet = "Outlet",
        /// In the housing of the station.
        Body = "Body",
    }
    unknown: Unknown::Kept;

    /// The unit of a value. Missing counts as [`Wh`](Self::Wh) for an energy.
    /// The schema of MeterValues has both spellings of Celsius, that of StopTransaction only the
    /// wrong one.
    pub enum UnitOfMeasure {
        /// Watt-hours.
        Wh = "Wh",
        /// Kilowatt-hours.
        KWh = "kWh",
        /// Var-hours.
        Varh = "varh",
        /// Kilovar-hours.
        Kvarh = "kvarh",
        /// Watts.
        W = "W",
        /// Kilowatts.
        KW = "kW",
        /// Volt-amperes.
        VA = "VA",
        /// Kilovolt-amperes.
        KVA = "kVA",
        /// Vars.
        Var = "var",
        /// Kilovars.
        Kvar = "kvar",
        /// Amperes.
        A = "A",
        /// Volts.
        V = "V",
        /// Kelvins.
        K = "K",
        /// Degrees Celsius, as the schemas misspell it.
        Celcius = "Celcius",
        /// Degrees Celsius.
        Celsius = "Celsius",
        /// Degrees Fahrenheit.
        Fahrenheit = "Fahrenheit",
        /// Percent.
        Percent = "Percent",
    }
    errata {
        /// Hertz, the unit of a frequency by the errata sheet.
        Hertz = "Hertz",
    }
    alias {
        "C" = "Celsius",
        "°C" = "Celsius",
        "F" = "Fahrenheit",
        "°F" = "Fahrenheit",
        "%" = "Percent",
        "Hz" = "Hertz",
    }
    unknown: Unknown::Kept;
}

impl MeterValue<'_> {
    /// Takes measurands apart that a tolerant reader has found to end with a phase.
    fn split_phases(&mut self, reader: &mut Reader<'_>) {
        if !reader.tolerance().contains(Tolerance::PHASE_IN_MEASURAND) {
            return;
        }
        for sampled in &mut self.sampled_value {
            let Some(Measurand::Other(text)) = &sampled.measurand else {
                continue;
            };
            if let Some((measurand, phase)) = split_phase(text) {
                sampled.measurand = Some(measurand);
                sampled.phase.get_or_insert(phase);
            }
        }
    }
}
