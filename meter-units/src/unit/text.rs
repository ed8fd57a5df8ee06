//! Units as text.

use core::fmt::{self, Alignment, Formatter, Write};

use super::{Per, Prefix, Unit};

impl Unit {
    /// The symbol as it is printed: `kWh`, `m³/h`, `°C`; empty for [`Unit::ONE`].
    #[must_use]
    pub const fn symbol(self) -> UnitText {
        UnitText {
            unit: self,
            form: Form::Symbol,
        }
    }

    /// The symbol in ASCII: `kWh`, `m3/h`, `degC`; `1` for [`Unit::ONE`].
    #[must_use]
    pub const fn ascii(self) -> UnitText {
        UnitText {
            unit: self,
            form: Form::Ascii,
        }
    }

    /// A text in ASCII that no other unit has.
    ///
    /// It is the ASCII symbol except for units that share theirs: `cal_IT`, `cal_th`, `BTU_IT`,
    /// `BTU_th` (plain `cal` and `BTU` are those of unstated kind), `K_diff` and `degF_diff` (plain
    /// `K` and `degF` are temperatures) and `coulomb` (plain `C` is refused). `FromStr` gives the
    /// same unit back for every unit; the serialized form is this text.
    #[must_use]
    pub const fn key(self) -> UnitText {
        UnitText {
            unit: self,
            form: Form::Key,
        }
    }

    /// The code of the Unified Code for Units of Measure, case sensitive: `kW.h`, `m3/h`, `Cel`.
    ///
    /// Where that code has no unit, an annotation says what is meant: `V.A{reactive}`, `{HCA}`.
    /// `dB[mW]` follows its pattern without being in it.
    #[must_use]
    pub const fn ucum(self) -> UnitText {
        UnitText {
            unit: self,
            form: Form::Ucum,
        }
    }
}

/// Writes the symbol, with `{:#}` in ASCII.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            self.ascii()
        } else {
            self.symbol()
        };
        text.fmt(f)
    }
}

/// A unit on its way to text; `Display` writes it without allocating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitText {
    unit: Unit,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Symbol,
    Ascii,
    Key,
    Ucum,
}

impl fmt::Display for UnitText {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(width) = f.width() else {
            return self.write(f);
        };
        let mut length = Length(0);
        self.write(&mut length)?;
        let room = width.saturating_sub(length.0);
        let before = match f.align() {
            None | Some(Alignment::Left) => 0,
            Some(Alignment::Center) => room / 2,
            Some(Alignment::Right) => room,
        };
        pad(f, before)?;
        self.write(f)?;
        pad(f, room.saturating_sub(before))
    }
}

impl UnitText {
    fn write(self, out: &mut impl Write) -> fmt::Result {
        self.write_prefix(out)?;
        out.write_str(self.base())?;
        let per = self.unit.per;
        out.write_str(match self.form {
            Form::Symbol => per.symbol(),
            Form::Ascii | Form::Key => per.ascii(),
            Form::Ucum => per.ucum(),
        })
    }

    fn write_prefix(self, out: &mut impl Write) -> fmt::Result {
        let prefix = self.unit.prefix;
        let usual = self.unit.has_usual_prefix();
        match self.form {
            _ if prefix == Prefix::None => Ok(()),
            Form::Ucum if usual && self.is_metric() => out.write_str(prefix.letter()),
            Form::Ucum => write!(out, "10*{}.", prefix.power()),
            Form::Symbol if usual => out.write_str(prefix.symbol()),
            Form::Ascii | Form::Key if usual => out.write_str(prefix.letter()),
            Form::Symbol | Form::Ascii | Form::Key => write!(out, "10^{} ", prefix.power()),
        }
    }

    fn base(self) -> &'static str {
        let row = self.unit.base.row();
        match self.form {
            Form::Symbol if row.text.symbol.is_empty() && !self.stands_alone() => row.text.ascii,
            Form::Symbol => row.text.symbol,
            Form::Ascii => row.text.ascii,
            Form::Key => row.text.key,
            Form::Ucum => row.ucum,
        }
    }

    fn stands_alone(self) -> bool {
        self.unit.prefix == Prefix::None && self.unit.per == Per::None
    }

    /// Whether the code for units of measure lets the base unit have a prefix.
    fn is_metric(self) -> bool {
        self.unit
            .base
            .row()
            .ucum
            .starts_with(|first: char| first.is_ascii_alphabetic())
    }
}

fn pad(f: &mut Formatter<'_>, count: usize) -> fmt::Result {
    let fill = f.fill();
    for _ in 0..count {
        f.write_char(fill)?;
    }
    Ok(())
}

struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.chars().count());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::format;
    use alloc::string::ToString;

    use super::*;
    use crate::BaseUnit;

    #[test]
    fn symbols_are_printed_as_on_meters() {
        let cases = [
            (Unit::KWH, "kWh", "kWh"),
            (Unit::M3_PER_H, "m³/h", "m3/h"),
            (Unit::CELSIUS, "°C", "degC"),
            (Unit::ONE, "", "1"),
            (Unit::prefixed(Prefix::Micro, BaseUnit::Ampere), "µA", "uA"),
            (Unit::KWH.with_per(Per::Month), "kWh/mon", "kWh/mo"),
            (Unit::V.with_per(Per::TimesSecond), "V.s", "V.s"),
            (Unit::ONE.with_per(Per::Hour), "1/h", "1/h"),
            (Unit::COUNT.with_per(Per::Day), "count/d", "count/d"),
        ];
        for (unit, symbol, ascii) in cases {
            assert_eq!(unit.to_string(), symbol);
            assert_eq!(format!("{unit:#}"), ascii);
        }
    }

    #[test]
    fn an_unusual_prefix_is_spelled_out() {
        let unit = Unit::prefixed(Prefix::Milli, BaseUnit::CubicMetre);
        assert_eq!(unit.to_string(), "10^-3 m³");
        assert_eq!(unit.key().to_string(), "10^-3 m3");
        assert_eq!(unit.ucum().to_string(), "10*-3.m3");
    }

    #[test]
    fn ucum_codes_follow_its_grammar() {
        let cases = [
            (Unit::KWH, "kW.h"),
            (Unit::KVARH, "kV.A.h{reactive}"),
            (Unit::KBTU, "10*3.[Btu]{kind_not_stated}"),
            (Unit::KWH.with_per(Per::KilowattHour), "kW.h/(kW.h)"),
            (Unit::MONTH, "mo"),
        ];
        for (unit, code) in cases {
            assert_eq!(unit.ucum().to_string(), code);
        }
    }

    #[test]
    fn width_fill_and_alignment_are_kept() {
        assert_eq!(format!("[{:6}]", Unit::M3_PER_H), "[m³/h  ]");
        assert_eq!(format!("[{:>6}]", Unit::M3_PER_H), "[  m³/h]");
        assert_eq!(format!("[{:*^7}]", Unit::M3_PER_H), "[*m³/h**]");
        assert_eq!(format!("[{:2}]", Unit::M3_PER_H), "[m³/h]");
    }
}
