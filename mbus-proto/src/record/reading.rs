//! Records to readings of the shared vocabulary.

use meter_units::{
    Absent, Channel, Decimal, Number, Quantity, Reading, Span, Statistic, Unit, Value,
};

use crate::ByteOrder;

use crate::record::vib::Information;
use crate::record::{Function, Record, RecordKind, layout, value};

impl<'a> Record<'a> {
    /// The value, or why there is none.
    #[must_use]
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
    // Out of line, the reading is written to its place; inlined, it would be copied there.
    #[must_use]
    #[inline(never)]
    pub fn reading(&self) -> Reading<'a> {
        // The short way, which nearly all records take: plain VIF, plain number.
        if let Some(information) = self.simple_information() {
            if let Some(number) = self.simple_number(&information) {
                return self.reading_of(&information, Value::Number(Number::Decimal(number)));
            }
        }
        self.unusual_reading()
    }

    #[inline(never)]
    fn unusual_reading(&self) -> Reading<'a> {
        let information = self.information();
        self.reading_of(&information, self.value_of(&information))
    }

    #[inline(always)]
    fn reading_of(&self, information: &Information, value: Value<'a>) -> Reading<'a> {
        let dif = self.layout.dif();
        // The function and storage bits of a special DIF mean nothing.
        let is_special = dif & 0x0F == 0x0F;
        let statistic = match Function::from_dif(dif) {
            _ if is_special => Statistic::Instant,
            Function::Instantaneous => information.statistic.unwrap_or(Statistic::Instant),
            Function::Maximum => Statistic::Maximum,
            Function::Minimum => Statistic::Minimum,
            Function::DuringError => Statistic::DuringError,
        };
        let dib = self.dib();
        let has_dife = dif & 0x80 != 0;
        let least_storage = if is_special {
            0
        } else {
            u64::from(dif >> 6 & 1)
        };
        Reading {
            channel: Channel {
                quantity: information.quantity,
                medium: self.context.medium(),
                direction: information.direction,
                phase: information.phase,
                statistic,
                span: Span::usual_for(information.quantity),
                subunit: if has_dife { dib.subunit() } else { 0 },
                tariff: if has_dife { dib.tariff() } else { 0 },
                storage: if has_dife {
                    dib.storage()
                } else {
                    least_storage
                },
            },
            value,
            unit: information.unit,
            time: None,
            obis: None,
        }
    }

    /// What the VIB says, if it is as simple as most.
    #[inline]
    fn simple_information(&self) -> Option<Information> {
        if self.layout.dif() & 0x0F == 0x0F {
            return None;
        }
        self.vib().simple()
    }

    /// The value, if it is as simple as most.
    #[inline]
    fn simple_number(&self, information: &Information) -> Option<Decimal> {
        let is_simple = self.context.order() == ByteOrder::LeastFirst
            && (information.quantity != Quantity::RfLevel || self.context.tolerance().is_empty());
        if !is_simple {
            return None;
        }
        let data_at = self.layout.data_at();
        let len = self.layout.len().wrapping_sub(data_at);
        let bytes = self.bytes.get(data_at..)?;
        let class = layout::class(self.layout.dif());
        let (negative, digits) = value::plain_number(bytes, len, class, information.coding)?;
        Decimal::from_parts(negative, digits, information.exponent)
    }

    pub(crate) fn information(&self) -> Information {
        match self.kind() {
            RecordKind::Data | RecordKind::GlobalReadout => self.vib().interpret(self.context),
            RecordKind::Manufacturer | RecordKind::MoreFollow => Information::manufacturer(),
        }
    }

    fn value_of(&self, information: &Information) -> Value<'a> {
        let mut value = Value::None(Absent::NotSent);
        value::read(
            &mut value,
            self.data(),
            self.class(),
            information,
            self.context,
        );
        value
    }
}
