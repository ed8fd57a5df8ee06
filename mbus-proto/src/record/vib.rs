//! The value information block: VIF, up to ten VIFE, plain text (EN 13757-3, 6.4).

use meter_units::{BaseUnit, Direction, Phase, Quantity, Span, Statistic, Text, Unit};

use crate::record::combinable::{self, Combinable, Effect, Level, ProfileKind};
use crate::record::context::Context;
use crate::record::error::RecordError;
use crate::record::value;
use crate::record::vif::{self, Coding, Status, Vif};
use crate::{ByteOrder, Tolerance};

/// The most VIFE that may follow a VIF.
pub const MAX_VIFE: usize = 10;

/// A value information block as it lies in the telegram: VIF, VIFE, and the text of a plain-text
/// VIF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vib<'a> {
    bytes: &'a [u8],
    /// Where the length byte of the plain text stands; 0 where there is none.
    text_at: u8,
    order: ByteOrder,
}

impl<'a> Vib<'a> {
    pub(crate) const fn new(bytes: &'a [u8], text_at: u8, order: ByteOrder) -> Self {
        Self {
            bytes,
            text_at,
            order,
        }
    }

    /// The bytes in the order of the wire, with the length and the text of a plain-text VIF.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The VIF; `None` where the record has no VIB.
    #[must_use]
    #[inline]
    pub fn vif(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    /// The text of a plain-text VIF (7Ch, FCh): what the meter calls the quantity or unit.
    #[must_use]
    pub fn plain_text(&self) -> Option<Text<'a>> {
        if self.text_at == 0 {
            return None;
        }
        let (&len, text) = self.bytes.get(usize::from(self.text_at)..)?.split_first()?;
        let encoding = value::text_encoding(self.order);
        text.get(..usize::from(len))
            .map(|text| Text::new(text, encoding))
    }

    /// The VIFE that qualify the value, in the order of the wire.
    #[must_use]
    pub fn combinables(&self) -> Combinables<'a> {
        let (_, vife, level) = self.split();
        Combinables {
            vife: vife.iter(),
            level,
        }
    }

    /// The table row of the VIF, and the VIFE behind it.
    #[inline(always)]
    fn split(&self) -> (&'static Vif, &'a [u8], Level) {
        let Some((&vif, rest)) = self.bytes.split_first() else {
            return (&vif::RESERVED, &[], Level::First);
        };
        let (table, code, vife) = match (vif, rest) {
            (0xFB, &[code, ref vife @ ..]) => (&vif::FIRST_EXTENSION, code, vife),
            (0xFD, &[0xFD, code, ref vife @ ..]) => (&vif::SECOND_EXTENSION_2, code, vife),
            (0xFD, &[code, ref vife @ ..]) => (&vif::SECOND_EXTENSION, code, vife),
            (0x7C | 0xFC, _) => (&vif::PRIMARY, vif, self.vife_around_text(rest)),
            // What follows is the manufacturer's, or belongs to a table that is not known.
            (0x7F | 0xFF | 0xEF, _) => {
                return (vif::row(&vif::PRIMARY, vif), rest, Level::Manufacturer);
            }
            _ => (&vif::PRIMARY, vif, rest),
        };
        (vif::row(table, code), vife, Level::First)
    }

    fn vife_around_text(&self, rest: &'a [u8]) -> &'a [u8] {
        if self.text_at <= 1 {
            let len = rest.first().copied().unwrap_or_default();
            rest.get(usize::from(len).saturating_add(1)..)
                .unwrap_or_default()
        } else {
            rest.get(..usize::from(self.text_at).saturating_sub(1))
                .unwrap_or_default()
        }
    }

    /// Writes to `out` what the block says about the data.
    #[inline(never)]
    pub(crate) fn interpret(&self, context: Context, out: &mut Information) {
        let (mut vif, vife, level) = self.split();
        let is_legacy = context.tolerance().contains(Tolerance::WITHDRAWN_VIF);
        if vif.status == Status::Withdrawn && !is_legacy {
            vif = &vif::RESERVED;
        }
        *out = Information::new(*vif);
        for combinable in (Combinables {
            vife: vife.iter(),
            level,
        }) {
            out.apply(combinable.effect(), context);
        }
    }

    /// Whether the VIF was withdrawn in 2004.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.split().0.status == Status::Withdrawn
    }
}

/// The qualifying VIFE of a record; made by [`Vib::combinables`].
#[derive(Clone, Debug)]
pub struct Combinables<'a> {
    vife: core::slice::Iter<'a, u8>,
    level: Level,
}

impl Combinables<'_> {
    /// The same VIFE as sent by a master.
    pub(crate) fn of_master(self) -> Self {
        let level = match self.level {
            Level::First => Level::Action,
            level => level,
        };
        Self { level, ..self }
    }
}

impl Iterator for Combinables<'_> {
    type Item = Combinable;

    #[inline]
    fn next(&mut self) -> Option<Combinable> {
        let mut combinable = Combinable::new(*self.vife.next()?, self.level);
        match combinable.effect() {
            Effect::SecondLevel => {
                if let Some(&code) = self.vife.next() {
                    combinable = Combinable::new(code, Level::Second);
                }
            }
            Effect::Manufacturer => self.level = Level::Manufacturer,
            _ => {}
        }
        Some(combinable)
    }
}

/// What a value information block says about the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Information {
    pub(crate) quantity: Quantity,
    pub(crate) unit: Unit,
    pub(crate) coding: Coding,
    /// Value = data × 10^`exponent` `unit`.
    pub(crate) exponent: i8,
    /// The power of ten between `unit` and the unit that additive corrections refer to.
    pub(crate) shift: i8,
    /// Additive corrections, in thousandths.
    pub(crate) addend: u16,
    pub(crate) direction: Direction,
    pub(crate) span: Span,
    pub(crate) phase: Phase,
    pub(crate) statistic: Option<Statistic>,
    pub(crate) error: Option<RecordError>,
    pub(crate) profile: Option<ProfileKind>,
    /// The unit is one that only the bytes tell.
    pub(crate) opaque: bool,
}

impl Information {
    /// Of data that says nothing, until a VIB is [interpreted](Vib::interpret).
    pub(crate) const RESERVED: Self = Self::new(vif::RESERVED);

    /// Of data that only the manufacturer understands.
    pub(crate) fn manufacturer() -> Self {
        Self::new(*vif::row(&vif::PRIMARY, 0x7F))
    }

    #[inline(always)]
    pub(crate) const fn new(vif: Vif) -> Self {
        Self {
            quantity: vif.quantity,
            unit: vif.unit,
            coding: vif.coding,
            exponent: vif.exponent,
            shift: vif.shift,
            addend: 0,
            direction: Direction::None,
            span: vif.span,
            phase: Phase::Total,
            statistic: None,
            error: None,
            profile: None,
            opaque: false,
        }
    }

    /// The same, with integers of type C.
    pub(crate) const fn unsigned(self) -> Self {
        Self {
            coding: Coding::Unsigned,
            ..self
        }
    }

    /// The same, with integers of type B.
    pub(crate) const fn signed(self) -> Self {
        Self {
            coding: Coding::Signed,
            ..self
        }
    }

    fn apply(&mut self, effect: Effect, context: Context) {
        match effect {
            Effect::None | Effect::SecondLevel | Effect::Manufacturer => {}
            // The same codes are object actions on their way to the meter.
            Effect::Error(error) => {
                if !context.is_from_master() {
                    self.error = Some(error);
                }
            }
            Effect::Statistic(statistic) => self.statistic = Some(statistic),
            Effect::Profile(kind) => self.profile = Some(kind),
            Effect::Per(per) => self.unit = self.unit.with_per(per),
            Effect::Direction(direction) => self.direction = direction,
            Effect::Phase(phase) => self.phase = phase,
            Effect::Scale(power) => self.exponent = self.exponent.saturating_add(power),
            Effect::Add(thousandths) => self.addend = self.addend.saturating_add(thousandths),
            Effect::NonMetric => self.opaque = true,
            Effect::BaseConditions => {
                if let Some(base) = combinable::at_base_conditions(self.unit) {
                    self.unit = Unit::new(base);
                }
            }
            Effect::Date => self.replace(Quantity::Timestamp, Unit::ONE, Coding::Time),
            Effect::Duration(base) => {
                self.replace(Quantity::Duration, Unit::new(base), Coding::Unsigned);
            }
            Effect::Count => {
                self.replace(
                    Quantity::Count,
                    Unit::new(BaseUnit::Count),
                    Coding::Unsigned,
                );
            }
            Effect::Unsigned => self.coding = Coding::Unsigned,
            Effect::Flags => self.coding = Coding::Flags,
        }
    }

    /// The data is about the value and not the value.
    fn replace(&mut self, quantity: Quantity, unit: Unit, coding: Coding) {
        self.quantity = quantity;
        self.span = Span::usual_for(quantity);
        self.unit = unit;
        self.coding = coding;
        self.exponent = 0;
        self.shift = 0;
    }
}
