//! The names that gateways have for a quantity in its unit.

use meter_units::{Channel, Direction, Medium, Phase, Quantity, Unit};

/// A quantity in its unit, as the key `unit` of a [`Point`](super::Point) names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PointName {
    /// Imported electrical energy in kWh: `en_im`.
    EnergyImport,
    /// Exported electrical energy in kWh: `en_ex`.
    EnergyExport,
    /// Voltage of phase L1 in V: `L1_v`.
    VoltageL1,
    /// Voltage of phase L2 in V: `L2_v`.
    VoltageL2,
    /// Voltage of phase L3 in V: `L3_v`.
    VoltageL3,
    /// Heat in kWh: `heat_energy_kwh`.
    HeatEnergy,
    /// Cold in kWh: `cold_energy_kwh`.
    ColdEnergy,
    /// Flow temperature in degrees Celsius: `flow_temp`.
    FlowTemperature,
    /// Return temperature in degrees Celsius: `return_temp`.
    ReturnTemperature,
    /// Difference of the two in kelvin: `diff_temp`.
    TemperatureDifference,
    /// Power in kW: `power_kw`.
    Power,
    /// Volume flow in m³/h: `vol_flow_m3_h`.
    VolumeFlow,
    /// Volume in m³: `vol_m3`.
    Volume,
}

impl PointName {
    /// All names.
    pub const ALL: [Self; 13] = [
        Self::EnergyImport,
        Self::EnergyExport,
        Self::VoltageL1,
        Self::VoltageL2,
        Self::VoltageL3,
        Self::HeatEnergy,
        Self::ColdEnergy,
        Self::FlowTemperature,
        Self::ReturnTemperature,
        Self::TemperatureDifference,
        Self::Power,
        Self::VolumeFlow,
        Self::Volume,
    ];

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EnergyImport => "en_im",
            Self::EnergyExport => "en_ex",
            Self::VoltageL1 => "L1_v",
            Self::VoltageL2 => "L2_v",
            Self::VoltageL3 => "L3_v",
            Self::HeatEnergy => "heat_energy_kwh",
            Self::ColdEnergy => "cold_energy_kwh",
            Self::FlowTemperature => "flow_temp",
            Self::ReturnTemperature => "return_temp",
            Self::TemperatureDifference => "diff_temp",
            Self::Power => "power_kw",
            Self::VolumeFlow => "vol_flow_m3_h",
            Self::Volume => "vol_m3",
        }
    }

    /// What a name stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The unit of the value.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::EnergyImport | Self::EnergyExport | Self::HeatEnergy | Self::ColdEnergy => {
                Unit::KWH
            }
            Self::VoltageL1 | Self::VoltageL2 | Self::VoltageL3 => Unit::V,
            Self::FlowTemperature | Self::ReturnTemperature => Unit::CELSIUS,
            Self::TemperatureDifference => Unit::KELVIN_DIFFERENCE,
            Self::Power => Unit::KW,
            Self::VolumeFlow => Unit::M3_PER_H,
            Self::Volume => Unit::M3,
        }
    }

    /// Which number of the meter it is. The medium is that of the name, where it says one.
    #[must_use]
    pub const fn channel(self) -> Channel {
        let (quantity, medium) = match self {
            Self::EnergyImport | Self::EnergyExport => (Quantity::Energy, Medium::ELECTRICITY),
            Self::VoltageL1 | Self::VoltageL2 | Self::VoltageL3 => {
                (Quantity::Voltage, Medium::ELECTRICITY)
            }
            Self::HeatEnergy => (Quantity::Energy, Medium::HEAT_OUTLET),
            Self::ColdEnergy => (Quantity::Energy, Medium::COOLING_OUTLET),
            Self::FlowTemperature => (Quantity::FlowTemperature, Medium::OTHER),
            Self::ReturnTemperature => (Quantity::ReturnTemperature, Medium::OTHER),
            Self::TemperatureDifference => (Quantity::TemperatureDifference, Medium::OTHER),
            Self::Power => (Quantity::Power, Medium::OTHER),
            Self::VolumeFlow => (Quantity::VolumeFlow, Medium::OTHER),
            Self::Volume => (Quantity::Volume, Medium::OTHER),
        };
        let mut channel = Channel::new(quantity, medium);
        channel.direction = match self {
            Self::EnergyImport => Direction::Import,
            Self::EnergyExport => Direction::Export,
            _ => Direction::None,
        };
        channel.phase = match self {
            Self::VoltageL1 => Phase::L1,
            Self::VoltageL2 => Phase::L2,
            Self::VoltageL3 => Phase::L3,
            _ => Phase::Total,
        };
        channel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again() {
        for name in PointName::ALL {
            assert_eq!(PointName::from_name(name.name()), Some(name));
        }
        assert_eq!(PointName::from_name("EN_IM"), None);
    }
}
