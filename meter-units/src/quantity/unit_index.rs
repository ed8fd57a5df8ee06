//! The unit table of data concentrators, which is about more than units.

use super::Quantity;
use crate::{BaseUnit, Per, Unit};

/// No unit: what is sent names or describes something.
const NONE: (u8, i8) = (0, 0);
/// "Bin".
const BINARY: (u8, i8) = (1, 0);
/// Without dimension.
const DIMENSIONLESS: (u8, i8) = (22, 0);
/// "UTC".
const TIME: (u8, i8) = (25, 0);
/// "Day of week".
const DAY_OF_WEEK: (u8, i8) = (30, 0);

impl Quantity {
    /// The index in the unit table of data concentrators for a reading of this quantity in `unit`,
    /// and the power of ten that is left over.
    ///
    /// The table tells flags (1), points in time (25), days of the week (30) and counted numbers
    /// (22) from what has no unit (0), such as names and identifications. Their readings have no
    /// unit that says so, hence the quantity does; for every other quantity, and for a counter
    /// with a dimension, this is [`Unit::t29`]. `None` where the table has no such unit.
    ///
    /// ```
    /// use meter_units::{Quantity, Unit};
    ///
    /// assert_eq!(Quantity::Energy.unit_index(Unit::KWH), Some((5, 3)));
    /// assert_eq!(Quantity::ErrorFlags.unit_index(Unit::ONE), Some((1, 0)));
    /// assert_eq!(Quantity::ResetCounter.unit_index(Unit::ONE), Some((22, 0)));
    /// assert_eq!(Quantity::Manufacturer.unit_index(Unit::ONE), Some((0, 0)));
    /// ```
    #[must_use]
    pub const fn unit_index(self, unit: Unit) -> Option<(u8, i8)> {
        Some(match self {
            Self::ErrorFlags | Self::ErrorMask | Self::DigitalInput | Self::DigitalOutput => BINARY,

            Self::Timestamp
            | Self::TimeOfDay
            | Self::TariffStart
            | Self::DayChangeTime
            | Self::BatteryChange => TIME,

            Self::DayOfWeek => DAY_OF_WEEK,

            Self::Retry
            | Self::FirstCyclicStorageNumber
            | Self::LastCyclicStorageNumber
            | Self::StorageBlockSize
            | Self::Dimensionless
            | Self::ResetCounter
            | Self::CumulationCounter
            | Self::WeekNumber
            | Self::StopCounter
            | Self::RemainingReadouts
            | Self::Count
                if is_plain_number(unit) =>
            {
                DIMENSIONLESS
            }

            Self::SpecialSupplierInformation
            | Self::Identification
            | Self::FabricationNumber
            | Self::Address
            | Self::PlainText
            | Self::SoftwareVersion
            | Self::AccessNumber
            | Self::DeviceType
            | Self::Manufacturer
            | Self::ParameterSet
            | Self::ModelVersion
            | Self::HardwareVersion
            | Self::FirmwareVersion
            | Self::CustomerLocation
            | Self::Customer
            | Self::AccessCodeUser
            | Self::AccessCodeOperator
            | Self::AccessCodeSystemOperator
            | Self::AccessCodeDeveloper
            | Self::Password
            | Self::RemoteControl
            | Self::VendorSpecificData
            | Self::WmbusContainer
            | Self::ControlSignal
            | Self::ParameterActivationState
            | Self::DaylightSaving
            | Self::ListeningWindow
            | Self::ManufacturerContainer
            | Self::SecurityKey
            | Self::DataFrame => NONE,

            _ => return unit.t29(),
        })
    }
}

const fn is_plain_number(unit: Unit) -> bool {
    matches!(
        (unit.base(), unit.per()),
        (BaseUnit::One | BaseUnit::Count, Per::None)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_reading_has_its_index() {
        // the codes of M-Bus whose readings these are
        let table = [
            ("06", Quantity::Energy, Unit::KWH, (5, 3)),
            ("0E", Quantity::Energy, Unit::MJ, (6, 6)),
            ("13", Quantity::Volume, Unit::M3, (7, 0)),
            ("20", Quantity::OnTime, Unit::SECOND, (9, 0)),
            ("27", Quantity::OperatingTime, Unit::DAY, (12, 0)),
            ("3E", Quantity::VolumeFlow, Unit::M3_PER_H, (15, 0)),
            ("47", Quantity::VolumeFlow, Unit::M3_PER_MIN, (16, 0)),
            ("5B", Quantity::FlowTemperature, Unit::CELSIUS, (19, 0)),
            (
                "63",
                Quantity::TemperatureDifference,
                Unit::KELVIN_DIFFERENCE,
                (20, 0),
            ),
            ("6D", Quantity::Timestamp, Unit::ONE, (25, 0)),
            ("6E", Quantity::HcaUnits, Unit::HCA, (22, 0)),
            ("78", Quantity::FabricationNumber, Unit::ONE, (0, 0)),
            ("79", Quantity::Identification, Unit::ONE, (0, 0)),
            ("FD 03", Quantity::Credit, Unit::CURRENCY, (2, 0)),
            ("FD 0A", Quantity::Manufacturer, Unit::ONE, (0, 0)),
            ("FD 11", Quantity::Customer, Unit::ONE, (0, 0)),
            ("FD 17", Quantity::ErrorFlags, Unit::ONE, (1, 0)),
            ("FD 18", Quantity::ErrorMask, Unit::BINARY, (1, 0)),
            ("FD 1A", Quantity::DigitalOutput, Unit::ONE, (1, 0)),
            ("FD 1B", Quantity::DigitalInput, Unit::ONE, (1, 0)),
            (
                "FD 1D",
                Quantity::ResponseDelayTime,
                Unit::BIT_TIME,
                (27, 0),
            ),
            ("FD 1E", Quantity::Retry, Unit::ONE, (22, 0)),
            ("FD 22", Quantity::StorageBlockSize, Unit::ONE, (22, 0)),
            ("FD 28", Quantity::StorageInterval, Unit::MONTH, (28, 0)),
            ("FD 2B", Quantity::TimePoint, Unit::SECOND, (9, 0)),
            ("FD 30", Quantity::TariffStart, Unit::ONE, (25, 0)),
            ("FD 3A", Quantity::Dimensionless, Unit::ONE, (22, 0)),
            ("FD 49", Quantity::Voltage, Unit::V, (3, 0)),
            ("FD 60", Quantity::ResetCounter, Unit::COUNT, (22, 0)),
            ("FD 62", Quantity::ControlSignal, Unit::ONE, (0, 0)),
            ("FD 63", Quantity::DayOfWeek, Unit::ONE, (30, 0)),
            ("FD 64", Quantity::WeekNumber, Unit::ONE, (22, 0)),
            ("FD 65", Quantity::DayChangeTime, Unit::ONE, (25, 0)),
            ("FD 70", Quantity::BatteryChange, Unit::ONE, (25, 0)),
            ("FD 71", Quantity::RfLevel, Unit::DBM, (31, 0)),
            ("FD 72", Quantity::DaylightSaving, Unit::ONE, (0, 0)),
            ("FB 02", Quantity::ReactiveEnergy, Unit::KVARH, (34, 0)),
        ];
        for (code, quantity, unit, expected) in table {
            assert_eq!(quantity.unit_index(unit), Some(expected), "{code}");
        }
    }

    #[test]
    fn a_unit_that_is_not_in_the_table_has_no_index() {
        assert_eq!(Quantity::ApparentEnergy.unit_index(Unit::VAH), None);
        let per_day = Unit::ONE.with_per(Per::Day);
        assert_eq!(Quantity::Count.unit_index(per_day), None);
        assert_eq!(
            Quantity::Dimensionless.unit_index(Unit::PERCENT),
            Some((37, 0))
        );
    }
}
