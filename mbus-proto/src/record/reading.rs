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
        let mut value = Value::None(Absent::NotSent);
        self.read_value(&self.information(), &mut value);
        value
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
        // The short way, which nearly all records take: plain VIF, plain number.
        if let Some(information) = self.simple_information() {
            if let Some(decimal) = self.simple_number(&information) {
                return self.reading_of(&information, Value::Number(Number::Decimal(decimal)));
            }
        }
        (*self).unusual_reading()
    }

    // By value, so that a record whose reading is simple needs no address.
    #[inline(never)]
    fn unusual_reading(self) -> Reading<'a> {
        let information = self.information();
        let mut reading = self.reading_of(&information, Value::None(Absent::NotSent));
        self.read_value(&information, &mut reading.value);
        if self.kind() != RecordKind::Data {
            // The function and storage bits of a special DIF mean nothing.
            reading.channel.statistic = Statistic::Instant;
            reading.channel.storage = 0;
        }
        reading
    }

    #[inline]
    fn reading_of(&self, information: &Information, value: Value<'a>) -> Reading<'a> {
        let dif = self.layout.dif();
        let statistic = match Function::from_dif(dif) {
            Function::Instantaneous => information.statistic.unwrap_or(Statistic::Instant),
            Function::Maximum => Statistic::Maximum,
            Function::Minimum => Statistic::Minimum,
            Function::DuringError => Statistic::DuringError,
        };
        let (storage, tariff, subunit) = if dif & 0x80 == 0 {
            (u64::from(dif >> 6 & 1), 0, 0)
        } else {
            self.dib().numbers()
        };
        Reading {
            channel: Channel {
                quantity: information.quantity,
                medium: self.context.medium(),
                direction: information.direction,
                phase: information.phase,
                statistic,
                span: Span::usual_for(information.quantity),
                subunit,
                tariff,
                storage,
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

    fn read_value(&self, information: &Information, out: &mut Value<'a>) {
        value::read(out, self.data(), self.class(), information, self.context);
    }
}
