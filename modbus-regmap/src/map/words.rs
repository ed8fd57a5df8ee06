//! The words that map files use for media, quantities and units.

use meter_units::{Direction, Kind, Medium, Phase, Quantity, Statistic, Unit};

/// What a word for a quantity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuantityWord {
    pub(super) quantity: Quantity,
    pub(super) direction: Direction,
    pub(super) statistic: Statistic,
    /// The medium, where the word names it.
    pub(super) medium: Option<Medium>,
}

impl QuantityWord {
    /// The meaning of a word: one of map files, or a name of [`Quantity`].
    pub(super) fn read(word: &str) -> Option<Self> {
        if let Some(known) = of_maps(word) {
            return Some(known);
        }
        word.parse().ok().map(Self::plain)
    }

    const fn plain(quantity: Quantity) -> Self {
        Self {
            quantity,
            direction: Direction::None,
            statistic: Statistic::Instant,
            medium: None,
        }
    }
}

/// `energy_active_import`, `power_active_demand`, `temperature_flow`, `status` …
fn of_maps(word: &str) -> Option<QuantityWord> {
    // a demand is the mean of a period
    let (word, statistic) = match word.strip_suffix("_demand") {
        Some(word) => (word, Statistic::Average),
        None => (word, Statistic::Instant),
    };
    let (stem, direction) = [
        ("_import", Direction::Import),
        ("_export", Direction::Export),
        ("_net", Direction::Net),
        // a total says nothing of how import and export are counted
        ("_total", Direction::None),
    ]
    .iter()
    .find_map(|(end, direction)| Some((word.strip_suffix(end)?, *direction)))
    .unwrap_or((word, Direction::None));
    let medium = match stem {
        "energy_heat" | "power_thermal" => Some(Medium::HEAT_OUTLET),
        "energy_cooling" => Some(Medium::COOLING_OUTLET),
        _ => None,
    };
    let quantity = match stem {
        "energy_active" | "energy_heat" | "energy_cooling" => Quantity::Energy,
        "energy_reactive" => Quantity::ReactiveEnergy,
        "energy_apparent" => Quantity::ApparentEnergy,
        "power_active" | "power_thermal" => Quantity::Power,
        "power_reactive" => Quantity::ReactivePower,
        "power_apparent" => Quantity::ApparentPower,
        "current" => Quantity::Current,
        "voltage" => Quantity::Voltage,
        "thd_voltage" => Quantity::VoltageThd,
        "thd_current" => Quantity::CurrentThd,
        "phase_angle" => Quantity::PhaseVoltageToCurrent,
        "temperature_flow" => Quantity::FlowTemperature,
        "temperature_return" => Quantity::ReturnTemperature,
        "datetime" => Quantity::Timestamp,
        "by-unit-code" => Quantity::Unknown,
        "other" | "info" | "config" | "status" | "scale_factor" | "unit_code" | "text" | "pad" => {
            Quantity::None
        }
        _ if statistic == Statistic::Instant => return None,
        _ => stem.parse().ok()?,
    };
    Some(QuantityWord {
        quantity,
        direction,
        statistic,
        medium,
    })
}

/// The medium of a word: one of map files, or a name of [`Medium`].
pub(super) fn medium(word: &str) -> Option<Medium> {
    Some(match word {
        "inverter" | "battery" => Medium::ELECTRICITY,
        "heat" => Medium::HEAT_OUTLET,
        "cooling" => Medium::COOLING_OUTLET,
        "common" => Medium::OTHER,
        "gateway" => Medium::COMMUNICATION_CONTROLLER,
        word => word.parse().ok()?,
    })
}

/// The conductor of a word: `L1`, `N`, `L1-L2`, `L1-N`, or a name of [`Phase`].
pub(super) fn phase(word: &str) -> Option<Phase> {
    Some(match word {
        "L1" => Phase::L1,
        "L2" => Phase::L2,
        "L3" => Phase::L3,
        "N" => Phase::N,
        "L1-N" => Phase::L1N,
        "L2-N" => Phase::L2N,
        "L3-N" => Phase::L3N,
        "L1-L2" => Phase::L12,
        "L2-L3" => Phase::L23,
        // the two directions of a line voltage have the same magnitude
        "L3-L1" | "L1-L3" => Phase::L31,
        word => word.parse().ok()?,
    })
}

/// The word of map files for a conductor; `None` for all together.
#[cfg(feature = "serde")]
pub(super) const fn phase_word(phase: Phase) -> Option<&'static str> {
    Some(match phase {
        Phase::L1 => "L1",
        Phase::L2 => "L2",
        Phase::L3 => "L3",
        Phase::N => "N",
        Phase::L1N => "L1-N",
        Phase::L2N => "L2-N",
        Phase::L3N => "L3-N",
        Phase::L12 => "L1-L2",
        Phase::L23 => "L2-L3",
        Phase::L31 => "L3-L1",
        _ => return None,
    })
}

/// Whether a word says no more than the unit does, or than that there is none.
pub(super) fn is_plain_unit(word: &str, known: Option<Unit>, quantity: Quantity) -> bool {
    match known {
        Some(known) => {
            let is_rating = word.ends_with("Rtg") || word == "cos()";
            !is_rating && unit(word, quantity) == Some(known)
        }
        None => word == BY_REGISTER,
    }
}

/// The word for a unit that only the device knows.
pub(super) const BY_REGISTER: &str = "by-register";

/// The unit of a code of the Unified Code for Units of Measure, or of a symbol.
///
/// `None` for words that [`Unit`] has no counterpart for, such as `by-register`.
pub(super) fn unit(word: &str, quantity: Quantity) -> Option<Unit> {
    // kelvin is a temperature or a difference of two
    let hint = match quantity {
        Quantity::TemperatureDifference => Kind::TemperatureDiff,
        _ => Kind::Ratio,
    };
    // percent of a rating that another register holds
    if matches!(word, "%WHRtg" | "%WRtg" | "%VARtg") {
        return Some(Unit::PERCENT);
    }
    match word {
        "1" | "cos()" => return Some(Unit::ONE),
        "C" => return None,
        _ => {}
    }
    if let Ok(unit) = Unit::parse_hinted(word, hint) {
        return Some(unit);
    }
    // the points between factors and the brackets around customary units
    let mut plain = PlainWord::default();
    for byte in word.bytes() {
        match byte {
            b'.' | b'[' | b']' => {}
            byte => plain.push(byte)?,
        }
    }
    let text = plain.as_str()?;
    match text {
        "Btu_IT" => "BTU_IT".parse().ok(),
        "Btu_IT/h" => "BTU_IT/h".parse().ok(),
        "Btu_IT/s" => "BTU_IT/s".parse().ok(),
        "cft_i" => Some(Unit::CUBIC_FOOT),
        "gal_us" => Some(Unit::US_GALLON),
        "VA{reactive}" => Some(Unit::VAR),
        "VAh{reactive}" => Some(Unit::VARH),
        text => Unit::parse_hinted(text, hint).ok(),
    }
}

/// A short text without an allocator.
#[derive(Default)]
struct PlainWord {
    bytes: [u8; 24],
    length: usize,
}

impl PlainWord {
    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length = self.length.saturating_add(1);
        Some(())
    }

    fn as_str(&self) -> Option<&str> {
        core::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_maps_name_their_quantity() {
        let word = |word| QuantityWord::read(word).unwrap();
        let export = word("power_active_export_demand");
        assert_eq!(export.quantity, Quantity::Power);
        assert_eq!(export.direction, Direction::Export);
        assert_eq!(export.statistic, Statistic::Average);
        assert_eq!(word("energy_cooling").medium, Some(Medium::COOLING_OUTLET));
        assert_eq!(word("energy_reactive_total").direction, Direction::None);
        assert_eq!(word("energy_active_net").direction, Direction::Net);
        assert_eq!(word("temperature_flow").quantity, Quantity::FlowTemperature);
        assert_eq!(word("flow_temperature"), word("temperature_flow"));
        assert_eq!(word("config").quantity, Quantity::None);
        assert_eq!(word("volume_demand").statistic, Statistic::Average);
        for unknown in ["", "energy_activ", "_demand", "power_import_active"] {
            assert_eq!(QuantityWord::read(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn units_of_maps_have_counterparts() {
        for (word, expected) in [
            ("kW.h", Unit::KWH),
            ("V.A", Unit::VA),
            ("kV.A.h", Unit::KVAH),
            ("kvar.h", Unit::KVARH),
            ("Cel", Unit::CELSIUS),
            ("[degF]", Unit::FAHRENHEIT),
            ("m3/h", Unit::M3_PER_H),
            ("1", Unit::ONE),
            ("A.h", Unit::AMPERE_HOUR),
            ("L/h", Unit::LITRE_PER_H),
            ("deg", Unit::DEGREE),
        ] {
            assert_eq!(unit(word, Quantity::None), Some(expected), "{word}");
        }
        for word in ["by-register", "C", "florin", "L/fortnight"] {
            assert_eq!(unit(word, Quantity::None), None, "{word}");
        }
        let difference = unit("K", Quantity::TemperatureDifference);
        assert_eq!(difference, Some(Unit::KELVIN_DIFFERENCE));
        assert!(
            unit("L/s", Quantity::None).is_some_and(|unit| unit.kind() == Unit::M3_PER_H.kind())
        );
        assert!(
            unit("[Btu_IT]/h", Quantity::None).is_some_and(|unit| unit.kind() == Unit::W.kind())
        );
    }
}
