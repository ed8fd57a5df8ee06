//! The measurement type table of data concentrators, and a label for every quantity.

use super::Quantity;
use crate::{BaseUnit, Unit};

/// The index of volume flows in cubic meters per minute or second, "Volume flow ext".
const VOLUME_FLOW_EXT: u8 = 16;

/// Writes the look-ups of [`Quantity`]; both lists together name every variant.
macro_rules! measurement_types {
    (
        indexed { $( $index:literal => $quantity:ident, $label:literal; )+ }
        others { $( $other:ident, $other_label:literal; )+ }
    ) => {
        impl Quantity {
            /// The text for people, where there is one as data concentrators show it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $( Self::$quantity => $label, )+
                    $( Self::$other => $other_label, )+
                }
            }

            /// The index in the measurement type table of data concentrators, if it is there.
            ///
            /// Volume flow has two: 16 where `unit` is m³/min or m³/s, else 15. For every other
            /// quantity the unit does not matter.
            ///
            /// ```
            /// use meter_units::{BaseUnit, Quantity, Unit};
            ///
            /// assert_eq!(Quantity::Energy.measurement_type(Unit::KWH), Some(9));
            /// let per_second = Unit::new(BaseUnit::CubicMetrePerSecond);
            /// assert_eq!(Quantity::VolumeFlow.measurement_type(per_second), Some(16));
            /// assert_eq!(Quantity::PowerFactor.measurement_type(Unit::ONE), None);
            /// ```
            #[must_use]
            pub fn measurement_type(self, unit: Unit) -> Option<u8> {
                match self {
                    Self::VolumeFlow if is_extended(unit) => Some(VOLUME_FLOW_EXT),
                    $( Self::$quantity => Some($index), )+
                    $( Self::$other => None, )+
                }
            }

            /// The quantity at an index of that table; `None` for reserved ones (8, 96 and up).
            #[must_use]
            pub const fn from_measurement_type(index: u8) -> Option<Self> {
                match index {
                    VOLUME_FLOW_EXT => Some(Self::VolumeFlow),
                    $( $index => Some(Self::$quantity), )+
                    _ => None,
                }
            }
        }
    };
}

measurement_types! {
    indexed {
        0 => None, "None";
        1 => ErrorFlags, "Error flags";
        2 => DigitalOutput, "Digital output";
        3 => SpecialSupplierInformation, "Special supplier information";
        4 => Credit, "Credit";
        5 => Debit, "Debit";
        6 => Voltage, "Volts";
        7 => Current, "Ampere";
        9 => Energy, "Energy";
        10 => Volume, "Volume";
        11 => Mass, "Mass";
        12 => OperatingTime, "Operating time";
        13 => OnTime, "On time";
        14 => Power, "Power";
        15 => VolumeFlow, "Volume flow";
        17 => MassFlow, "Mass flow";
        18 => ReturnTemperature, "Return temperature";
        19 => FlowTemperature, "Flow temperature";
        20 => TemperatureDifference, "Temperature difference";
        21 => ExternalTemperature, "External temperature";
        22 => Pressure, "Pressure";
        23 => Timestamp, "Timestamp";
        24 => TimeOfDay, "Time";
        25 => HcaUnits, "Units for H. C. A.";
        26 => AveragingDuration, "Averaging duration";
        27 => ActualityDuration, "Actuality duration";
        28 => Identification, "Identification";
        29 => FabricationNumber, "Fabrication";
        30 => Address, "Address";
        31 => PlainText, "Meter specific description (text based)";
        32 => DigitalInput, "Digital input";
        33 => SoftwareVersion, "Software version";
        34 => AccessNumber, "Access number";
        35 => DeviceType, "Device type";
        36 => Manufacturer, "Manufacturer";
        37 => ParameterSet, "Parameter set identification";
        38 => ModelVersion, "Model / Version";
        39 => HardwareVersion, "Hardware version";
        40 => FirmwareVersion, "Metrology (firmware) version";
        41 => CustomerLocation, "Customer location";
        42 => Customer, "Customer";
        43 => AccessCodeUser, "Access code user";
        44 => AccessCodeOperator, "Access code operator";
        45 => AccessCodeSystemOperator, "Access code system operator";
        46 => AccessCodeDeveloper, "Access code developer";
        47 => Password, "Password";
        48 => ErrorMask, "Error mask";
        49 => BaudRate, "Baud rate";
        50 => ResponseDelayTime, "Response delay time";
        51 => Retry, "Retry";
        52 => RemoteControl, "Remote control";
        53 => FirstCyclicStorageNumber, "First storagenum. for cyclic storage";
        54 => LastCyclicStorageNumber, "Last storagenum. for cyclic storage";
        55 => StorageBlockSize, "Size of storage block";
        56 => StorageInterval, "Storage interval";
        57 => VendorSpecificData, "Vendor specific data";
        58 => TimePoint, "Time point";
        59 => DurationSinceLastReadout, "Duration since last readout";
        60 => TariffStart, "Start of tariff";
        61 => TariffDuration, "Duration of tariff";
        62 => TariffPeriod, "Period of tariff";
        63 => Dimensionless, "No VIF";
        64 => WmbusContainer, "wM-Bus data container";
        65 => TransmissionPeriod, "Data transmit interval";
        66 => ResetCounter, "Reset counter";
        67 => CumulationCounter, "Cumulation counter";
        68 => ControlSignal, "Control signal";
        69 => DayOfWeek, "Day of week";
        70 => WeekNumber, "Week number";
        71 => DayChangeTime, "Time point of day change";
        72 => ParameterActivationState, "State of parameter activation";
        73 => DurationSinceLastCumulation, "Duration since last cumulation";
        74 => BatteryOperatingTime, "Operating time battery";
        75 => BatteryChange, "Battery change";
        76 => RfLevel, "RSSI";
        77 => DaylightSaving, "Day light saving";
        78 => ListeningWindow, "Listening window management";
        79 => RemainingBatteryLife, "Remaining battery life time";
        80 => StopCounter, "Stop counter";
        81 => ManufacturerContainer, "Vendor specific data container";
        82 => ReactiveEnergy, "Reactive energy";
        83 => ReactivePower, "Reactive power";
        84 => RelativeHumidity, "Relative humidity";
        85 => PhaseVoltageToVoltage, "Phase voltage to voltage";
        86 => PhaseVoltageToCurrent, "Phase voltage to current";
        87 => Frequency, "Frequency";
        88 => TemperatureLimit, "Cold/Warm Temperature limit";
        89 => CumulativeMaxPower, "Cumulative count max. power";
        90 => RemainingReadouts, "Remaining readout requests";
        91 => MeterStatus, "Meter status byte";
        92 => ApparentEnergy, "Apparent energy";
        93 => ApparentPower, "Apparent power";
        94 => SecurityKey, "Security key";
        95 => DataFrame, "Data frame";
    }
    others {
        TariffDescriptor, "Tariff descriptor";
        SelectedApplication, "Selected application";
        MoistureLevel, "Moisture level";
        CoefficientOfPerformance, "Coefficient of performance";
        HcaRatingFactor, "HCA rating factor";
        HcaOutputRatingFactor, "HCA output rating factor";
        HcaCouplingFactor, "HCA coupling factor";
        HcaCouplingFactorRoom, "HCA coupling factor, room side";
        HcaCouplingFactorHeating, "HCA coupling factor, heating side";
        HcaLowTemperatureFactor, "HCA low temperature factor";
        HcaDisplayFactor, "HCA display factor";
        Any, "Any";
        Unknown, "Unknown";
        Temperature, "Temperature";
        PowerFactor, "Power factor";
        StateOfCharge, "State of charge";
        FanSpeed, "Fan speed";
        PowerOffered, "Power offered";
        CurrentOffered, "Current offered";
        Count, "Count";
        Duration, "Duration";
        VoltageThd, "Voltage THD";
        CurrentThd, "Current THD";
        Irradiance, "Irradiance";
    }
}

fn is_extended(unit: Unit) -> bool {
    unit == Unit::new(BaseUnit::CubicMetrePerMinute)
        || unit == Unit::new(BaseUnit::CubicMetrePerSecond)
}

#[cfg(test)]
mod tests {
    use super::{BaseUnit, Quantity, Unit};

    #[test]
    fn indexes_are_those_of_the_table() {
        for (index, name, label) in [
            (0, "none", "None"),
            (6, "voltage", "Volts"),
            (7, "current", "Ampere"),
            (15, "volume_flow", "Volume flow"),
            (24, "time_of_day", "Time"),
            (29, "fabrication_number", "Fabrication"),
            (63, "dimensionless", "No VIF"),
            (76, "rf_level", "RSSI"),
            (82, "reactive_energy", "Reactive energy"),
            (95, "data_frame", "Data frame"),
        ] {
            let quantity = Quantity::from_measurement_type(index).unwrap();
            assert_eq!(quantity.name(), name);
            assert_eq!(quantity.label(), label);
        }
    }

    #[test]
    fn every_index_but_the_reserved_ones_comes_back() {
        for index in 0..=u8::MAX {
            let unit = match index {
                16 => Unit::new(BaseUnit::CubicMetrePerMinute),
                _ => Unit::ONE,
            };
            let back = Quantity::from_measurement_type(index)
                .and_then(|quantity| quantity.measurement_type(unit));
            let expected = (index != 8 && index < 96).then_some(index);
            assert_eq!(back, expected, "{index}");
        }
    }

    #[test]
    fn only_volume_flow_depends_on_the_unit() {
        let per_second = Unit::new(BaseUnit::CubicMetrePerSecond);
        for quantity in Quantity::ALL {
            if *quantity == Quantity::VolumeFlow {
                assert_eq!(quantity.measurement_type(per_second), Some(16));
                let per_hour = Unit::new(BaseUnit::CubicMetrePerHour);
                assert_eq!(quantity.measurement_type(per_hour), Some(15));
            } else {
                let usual = quantity.measurement_type(Unit::ONE);
                assert_eq!(quantity.measurement_type(per_second), usual);
            }
        }
    }

    #[test]
    fn labels_are_unique() {
        for (number, quantity) in Quantity::ALL.iter().enumerate() {
            for other in Quantity::ALL.iter().skip(number + 1) {
                assert_ne!(quantity.label(), other.label());
            }
        }
    }
}
