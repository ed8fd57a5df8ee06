//! Records to readings of the shared vocabulary.

use meter_units::{Channel, Quantity, Reading, Span, Statistic, Unit, Value};

use crate::record::vib::Information;
use crate::record::{Function, Record, RecordKind, value};

impl<'a> Record<'a> {
    /// The value, or why there is none.
    #[must_use]
    #[inline]
    pub fn value(&self) -> Value<'a> {
        self.value_of(&self.information())
    }

    /// What the value is about.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        self.information().quantity
    }

    /// The unit of the value; [`Unit::ONE`] where there is none or only a plain text names it.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.information().unit
    }

    /// The record in the words that all protocols share.
    ///
    /// The channel does not tell apart records that differ only in VIFE that name something else
    /// than direction, phase or statistic (limits, leakage, future values and the like):
    /// [`Record::combinables`] does.
    #[must_use]
    #[inline]
    pub fn reading(&self) -> Reading<'a> {
        let information = self.information();
        let dib = self.dib();
        let statistic = match dib.function() {
            Function::Instantaneous => information.statistic.unwrap_or(Statistic::Instant),
            Function::Maximum => Statistic::Maximum,
            Function::Minimum => Statistic::Minimum,
            Function::DuringError => Statistic::DuringError,
        };
        // The function and storage bits of a special DIF mean nothing.
        let (statistic, storage) = match self.kind() {
            RecordKind::Data => (statistic, dib.storage()),
            _ => (Statistic::Instant, 0),
        };
        Reading {
            channel: Channel {
                quantity: information.quantity,
                medium: self.context.medium,
                direction: information.direction,
                phase: information.phase,
                statistic,
                span: Span::usual_for(information.quantity),
                subunit: dib.subunit(),
                tariff: dib.tariff(),
                storage,
            },
            value: self.value_of(&information),
            unit: information.unit,
            time: None,
            obis: None,
        }
    }

    #[inline]
    pub(crate) fn information(&self) -> Information {
        match self.vib().simple() {
            Some(information) => information,
            None => self.unusual_information(),
        }
    }

    #[inline(never)]
    fn unusual_information(&self) -> Information {
        match self.kind() {
            RecordKind::Data | RecordKind::GlobalReadout => self.vib().interpret(self.context),
            RecordKind::Manufacturer | RecordKind::MoreFollow => Information::manufacturer(),
        }
    }

    #[inline]
    fn value_of(&self, information: &Information) -> Value<'a> {
        value::value(self.data(), self.class(), information, self.context)
    }
}
