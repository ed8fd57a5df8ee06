//! What flows through a meter.

use core::fmt;
use core::str::FromStr;

use crate::UnknownWord;
use crate::line::Line;

/// The medium, by the device type code of EN 13757-7:2018, Table 13; unknown codes are kept.
///
/// The code is also the index of the medium tables of data concentrators. A meter with a pulse
/// output or a register map sends no such byte: there the medium is configuration.
///
/// `Display` writes the name, or `medium 43` for a code without one; `FromStr` reads both. With
/// `serde` it is the name, or the number where there is none; in binary formats the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Medium(pub u8);

/// Writes the constants and the look-ups of [`Medium`].
///
/// A row is the code, the constant, its canonical name and the label of data concentrators.
macro_rules! media {
    ( $( $(#[$doc:meta])* $code:literal => $constant:ident, $name:literal, $label:literal; )+ ) => {
        impl Medium {
            $( $(#[$doc])* pub const $constant: Self = Self($code); )+

            /// Every medium that has a name, in the order of the codes.
            pub const NAMED: &'static [Self] = &[ $( Self::$constant, )+ ];

            /// The canonical name in lower case with underscores, if the code has one.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $( $code => Some($name), )+
                    _ => None,
                }
            }

            /// The text for people, as data concentrators show it; `Reserved` if there is none.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self.0 {
                    $( $code => $label, )+
                    _ => RESERVED,
                }
            }

            fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( $name => Some(Self::$constant), )+
                    _ => None,
                }
            }
        }
    };
}

const RESERVED: &str = "Reserved";
/// What stands before the code of a medium without a name.
const PREFIX: &str = "medium ";

media! {
    /// Other.
    0x00 => OTHER, "other", "Other";
    /// Oil.
    0x01 => OIL, "oil", "Oil";
    /// Electricity.
    0x02 => ELECTRICITY, "electricity", "Electricity";
    /// Gas.
    0x03 => GAS, "gas", "Gas";
    /// Heat, the volume being measured in the return pipe (outlet).
    0x04 => HEAT_OUTLET, "heat_outlet", "Heat (outlet)";
    /// Steam.
    0x05 => STEAM, "steam", "Steam";
    /// Warm water, 30 °C to 90 °C.
    0x06 => WARM_WATER, "warm_water", "Warm water";
    /// Water.
    0x07 => WATER, "water", "Water";
    /// Heat cost allocator.
    0x08 => HEAT_COST_ALLOCATOR, "heat_cost_allocator", "Heat cost allocator";
    /// Compressed air.
    0x09 => COMPRESSED_AIR, "compressed_air", "Compressed air";
    /// Cooling, the volume being measured in the return pipe (outlet).
    0x0A => COOLING_OUTLET, "cooling_outlet", "Cooling (outlet)";
    /// Cooling, the volume being measured in the flow pipe (inlet).
    0x0B => COOLING_INLET, "cooling_inlet", "Cooling (inlet)";
    /// Heat, the volume being measured in the flow pipe (inlet).
    0x0C => HEAT_INLET, "heat_inlet", "Heat (inlet)";
    /// Heat and cooling, one meter for both.
    0x0D => HEAT_COOLING, "heat_cooling", "Combined heat / cooling";
    /// A component of the bus or system, not a meter.
    0x0E => BUS_SYSTEM_COMPONENT, "bus_system_component", "Bus / System component";
    /// Not known.
    0x0F => UNKNOWN, "unknown", "Unknown medium";
    /// Irrigation water; reserved in EN 13757-7:2018, named in older lists.
    0x10 => IRRIGATION_WATER, "irrigation_water", "Reserved";
    /// Water data logger; reserved in EN 13757-7:2018, named in older lists.
    0x11 => WATER_LOGGER, "water_logger", "Reserved";
    /// Gas data logger; reserved in EN 13757-7:2018, named in older lists.
    0x12 => GAS_LOGGER, "gas_logger", "Reserved";
    /// Gas converter; reserved in EN 13757-7:2018, named in older lists.
    0x13 => GAS_CONVERTER, "gas_converter", "Reserved";
    /// Calorific value.
    0x14 => CALORIFIC_VALUE, "calorific_value", "Calorific value";
    /// Hot water, 90 °C and above.
    0x15 => HOT_WATER, "hot_water", "Hot water";
    /// Cold water.
    0x16 => COLD_WATER, "cold_water", "Cold water";
    /// Hot and cold water, a register for each.
    0x17 => DUAL_WATER, "dual_water", "Dual register (hot/cold) water";
    /// Pressure.
    0x18 => PRESSURE, "pressure", "Pressure";
    /// Analog-to-digital converter.
    0x19 => AD_CONVERTER, "ad_converter", "A/D Converter";
    /// Smoke detector.
    0x1A => SMOKE_DETECTOR, "smoke_detector", "Smoke detector";
    /// Room sensor, for temperature or humidity.
    0x1B => ROOM_SENSOR, "room_sensor", "Room sensor";
    /// Gas detector.
    0x1C => GAS_DETECTOR, "gas_detector", "Gas detector";
    /// Breaker of an electricity supply.
    0x20 => BREAKER, "breaker", "Breaker (electricity)";
    /// Valve of a gas or water supply.
    0x21 => VALVE, "valve", "Valve (gas or water)";
    /// Customer unit, such as a display.
    0x25 => CUSTOMER_UNIT, "customer_unit", "Customer unit";
    /// Waste water.
    0x28 => WASTE_WATER, "waste_water", "Waste water";
    /// Waste.
    0x29 => WASTE, "waste", "Waste";
    /// Carbon dioxide.
    0x2A => CARBON_DIOXIDE, "carbon_dioxide", "Carbon dioxide";
    /// Service tool.
    0x30 => SERVICE_TOOL, "service_tool", "Reserved";
    /// Communication controller, also called gateway.
    0x31 => COMMUNICATION_CONTROLLER, "communication_controller", "Communication controller";
    /// Unidirectional repeater.
    0x32 => UNIDIRECTIONAL_REPEATER, "unidirectional_repeater", "Unidirectional repeater";
    /// Bidirectional repeater.
    0x33 => BIDIRECTIONAL_REPEATER, "bidirectional_repeater", "Bidirectional repeater";
    /// Radio converter at the side of the system.
    0x36 => RADIO_CONVERTER_SYSTEM, "radio_converter_system", "Radio converter (system side)";
    /// Radio converter at the side of the meter.
    0x37 => RADIO_CONVERTER_METER, "radio_converter_meter", "Radio converter (meter side)";
    /// Adapter between a wired bus and the meter.
    0x38 => WIRED_ADAPTER, "wired_adapter", "Reserved";
}

impl Medium {
    /// The medium with this code; every code is one.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Whether EN 13757-7:2018 keeps the code for the future.
    ///
    /// 10h to 13h are reserved although older lists name them. FFh, the wildcard of a selection,
    /// counts as reserved: no meter is of that type.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        matches!(self.0, 0x10..=0x13) || self.name().is_none()
    }
}

impl From<u8> for Medium {
    fn from(code: u8) -> Self {
        Self(code)
    }
}

impl From<Medium> for u8 {
    fn from(medium: Medium) -> Self {
        medium.0
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => {
                let mut line = Line::<10>::new();
                for byte in PREFIX.bytes() {
                    line.push(byte);
                }
                line.push_number(self.0.into(), 1);
                f.pad(line.as_str())
            }
        }
    }
}

impl FromStr for Medium {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if let Some(medium) = Self::from_name(text) {
            return Ok(medium);
        }
        let digits = text.strip_prefix(PREFIX).ok_or(UnknownWord)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UnknownWord);
        }
        digits.parse().map(Self).map_err(|_| UnknownWord)
    }
}

#[cfg(feature = "serde")]
mod serialize {
    use core::fmt;

    use serde::de::{Error, Unexpected, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Medium;

    impl Serialize for Medium {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.name() {
                Some(name) if serializer.is_human_readable() => serializer.serialize_str(name),
                _ => serializer.serialize_u8(self.0),
            }
        }
    }

    impl<'de> Deserialize<'de> for Medium {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            if deserializer.is_human_readable() {
                deserializer.deserialize_any(NameOrCode)
            } else {
                u8::deserialize(deserializer).map(Self)
            }
        }
    }

    struct NameOrCode;

    impl Visitor<'_> for NameOrCode {
        type Value = Medium;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a medium or its code, 0 to 255")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Medium, E> {
            text.parse()
                .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Medium, E> {
            u8::try_from(number)
                .map(Medium)
                .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use super::Medium;
    use crate::UnknownWord;

    #[test]
    fn every_code_survives_as_text() {
        for code in 0..=u8::MAX {
            let medium = Medium::from_code(code);
            assert_eq!(medium.code(), code);
            assert_eq!(format!("{medium}").parse(), Ok(medium));
        }
    }

    #[test]
    fn names_are_in_the_order_of_their_codes() {
        assert!(Medium::NAMED.is_sorted());
        let named = (0..=u8::MAX).filter(|code| Medium(*code).name().is_some());
        assert!(named.eq(Medium::NAMED.iter().map(|medium| medium.code())));
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (code, name, label) in [
            (4, "heat_outlet", "Heat (outlet)"),
            (6, "warm_water", "Warm water"),
            (7, "water", "Water"),
            (12, "heat_inlet", "Heat (inlet)"),
            (14, "bus_system_component", "Bus / System component"),
            (21, "hot_water", "Hot water"),
            (23, "dual_water", "Dual register (hot/cold) water"),
            (37, "customer_unit", "Customer unit"),
            (49, "communication_controller", "Communication controller"),
            (55, "radio_converter_meter", "Radio converter (meter side)"),
        ] {
            assert_eq!(Medium(code).name(), Some(name));
            assert_eq!(Medium(code).label(), label);
            assert!(!Medium(code).is_reserved());
        }
    }

    #[test]
    fn reserved_codes_show_their_number() {
        assert_eq!(format!("{}", Medium(43)), "medium 43");
        assert_eq!(format!("{:>11}|", Medium(255)), " medium 255|");
        assert_eq!(Medium(43).label(), "Reserved");
        for code in [0x10, 0x13, 0x1D, 0x22, 0x2B, 0x34, 0x39, 0xFF] {
            assert!(Medium(code).is_reserved(), "{code:#04x}");
        }
    }

    #[test]
    fn other_text_is_no_medium() {
        for text in [
            "",
            "Water",
            "medium",
            "medium ",
            "medium 256",
            "medium +1",
            "medium 1 ",
        ] {
            assert_eq!(text.parse::<Medium>(), Err(UnknownWord), "{text:?}");
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn readable_formats_hold_the_name_or_the_number() {
        for (medium, json) in [(Medium::WATER, "\"water\""), (Medium(43), "43")] {
            assert_eq!(serde_json::to_string(&medium).unwrap(), json);
            assert_eq!(serde_json::from_str::<Medium>(json).unwrap(), medium);
        }
        assert_eq!(serde_json::from_str::<Medium>("7").unwrap(), Medium::WATER);
        assert!(serde_json::from_str::<Medium>("256").is_err());
        assert!(serde_json::from_str::<Medium>("\"Water\"").is_err());
    }
}
