//! What the constants of models are written with.

use meter_units::{
    BaseUnit, Channel, Decimal, Direction, Medium, Per, Phase, Prefix, Quantity, Span, Statistic,
    Unit,
};

use super::Model;
use crate::Table;
use crate::encoding::{Encoding, Marker, Scale};
use crate::map::{Device, Register};

pub(super) const fn model(
    name: &'static str,
    device: &'static Device<'static>,
    registers: &'static [Register<'static>],
) -> Model {
    Model {
        name,
        device,
        registers,
    }
}

/// A word for a quantity, and what it says.
#[derive(Clone, Copy)]
pub(super) struct Word {
    word: &'static str,
    channel: Channel,
}

pub(super) const fn word(word: &'static str, medium: Medium, quantity: Quantity) -> Word {
    Word {
        word,
        channel: Channel::new(quantity, medium),
    }
}

impl Word {
    pub(super) const fn direction(mut self, direction: Direction) -> Self {
        self.channel.direction = direction;
        self
    }

    /// The mean of a period.
    pub(super) const fn average(self) -> Self {
        self.statistic(Statistic::Average)
    }

    /// The highest mean of all periods.
    pub(super) const fn maximum(self) -> Self {
        self.statistic(Statistic::Maximum)
    }

    const fn statistic(mut self, statistic: Statistic) -> Self {
        self.channel.statistic = statistic;
        self.channel.span = Span::Moment;
        self
    }
}

/// A word for a unit, and the unit; `None` if only the device knows it.
pub(super) type UnitWord = (Option<&'static str>, Option<Unit>);

pub(super) const ONE: UnitWord = (None, Some(Unit::ONE));

pub(super) const fn unit(word: &'static str, prefix: Prefix, base: BaseUnit) -> UnitWord {
    (Some(word), Some(Unit::prefixed(prefix, base)))
}

pub(super) const fn rate(word: &'static str, base: BaseUnit, per: Per) -> UnitWord {
    (Some(word), Some(Unit::new(base).with_per(per)))
}

pub(super) const fn holding(
    address: u16,
    name: &'static str,
    encoding: Encoding,
    words: (Word, UnitWord),
) -> Register<'static> {
    Register::new(name, Table::HoldingRegister, address, encoding).meaning(words)
}

pub(super) const fn input(
    address: u16,
    name: &'static str,
    encoding: Encoding,
    words: (Word, UnitWord),
) -> Register<'static> {
    Register::new(name, Table::InputRegister, address, encoding).meaning(words)
}

impl Register<'static> {
    const fn meaning(self, (quantity, (word, unit)): (Word, UnitWord)) -> Self {
        let register = match unit {
            Some(unit) => self.with_unit(unit),
            None => self.with_unknown_unit(),
        };
        register
            .with_channel(quantity.channel)
            .with_words(Some(quantity.word), word)
    }

    pub(super) const fn phase(self, phase: Phase) -> Self {
        let channel = self.channel();
        self.with_channel(Channel { phase, ..channel })
    }

    pub(super) const fn tariff(self, tariff: u32) -> Self {
        let channel = self.channel();
        self.with_channel(Channel { tariff, ..channel })
    }

    /// The test of the models sees a scale that does not exist.
    pub(super) const fn times(self, coefficient: i64, exponent: i8) -> Self {
        let decimal = match Decimal::new(coefficient, exponent) {
            Some(decimal) => decimal,
            None => Decimal::ONE,
        };
        match Scale::decimal(decimal) {
            Some(scale) => self.with_scale(scale),
            None => self,
        }
    }

    pub(super) const fn absent(self, bits: u64) -> Self {
        self.with_not_available(Marker::Bits(bits))
    }
}
