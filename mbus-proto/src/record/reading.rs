//! Records to readings of the shared vocabulary.

use meter_units::{Absent, Channel, Number, Quantity, Reading, Statistic, Unit, Value};

use crate::record::vib::Information;
use crate::record::{Record, RecordKind, layout, value};

impl<'a> Record<'a> {
    /// The value, or why there is none.
    #[must_use]
    #[inline]
    pub fn value(&self) -> Value<'a> {
        match self.simple_information() {
            Some(information) => match self.plain_number(&information) {
                Some(number) => Value::Number(number),
                None => self.unusual_value(),
            },
            None => self.unusual_value(),
        }
    }

    #[inline(never)]
    fn unusual_value(&self) -> Value<'a> {
        self.value_of(&self.information())
    }

    /// What the value is about.
    #[must_use]
    #[inline]
    pub fn quantity(&self) -> Quantity {
        match self.simple_information() {
            Some(information) => information.quantity,
            None => self.information().quantity,
        }
    }

    /// The unit of the value; [`Unit::ONE`] where there is none or only a plain text names it.
    #[must_use]
    #[inline]
    pub fn unit(&self) -> Unit {
        match self.simple_information() {
            Some(information) => information.unit,
            None => self.information().unit,
        }
    }

    /// The record in the words that all protocols share.
    ///
    /// The channel does not tell apart records that differ only in VIFE that name something else
    /// than direction, phase or statistic (limits, leakage, future values and the like):
    /// [`Record::combinables`] does.
    #[must_use]
    #[inline(always)]
    pub fn reading(&self) -> Reading<'a> {
        match self.simple_information() {
            Some(information) => self.reading_of(information),
            None => self.unusual_reading(),
        }
    }

    #[inline(never)]
    fn unusual_reading(&self) -> Reading<'a> {
        self.reading_of(self.information())
    }

    /// The short way, which most records take: a valid number that nothing changes.
    #[inline(always)]
    fn reading_of(&self, information: Information) -> Reading<'a> {
        let Some(number) = self.plain_number(&information) else {
            return self.other_reading(information);
        };
        Reading {
            channel: self.channel(&information),
            value: Value::Number(number),
            unit: information.unit,
            time: None,
            obis: None,
        }
    }

    #[inline(never)]
    fn other_reading(&self, information: Information) -> Reading<'a> {
        let value = self.value_of(&information);
        Reading {
            channel: self.channel(&information),
            value,
            unit: information.unit,
            time: None,
            obis: None,
        }
    }

    #[inline(always)]
    fn channel(&self, information: &Information) -> Channel {
        let dif = self.layout.dif();
        // The function and storage bits of a special DIF mean nothing.
        let is_special = dif & 0x0F == 0x0F;
        let statistic = match (is_special, statistic(dif)) {
            (true, _) => Statistic::Instant,
            (false, Statistic::Instant) => information.statistic.unwrap_or(Statistic::Instant),
            (false, statistic) => statistic,
        };
        let (storage, tariff, subunit) = if is_special {
            (0, 0, 0)
        } else {
            self.numbers()
        };
        Channel {
            quantity: information.quantity,
            medium: self.context.medium(),
            direction: information.direction,
            phase: information.phase,
            statistic,
            span: information.span,
            subunit,
            tariff,
            storage,
        }
    }

    /// Storage number, tariff and subunit.
    #[inline(always)]
    fn numbers(&self) -> (u64, u32, u16) {
        let dif = self.layout.dif();
        let least = u64::from(dif >> 6 & 1);
        match (self.layout.dib_len(), self.bytes.get(1)) {
            (1, _) => (least, 0, 0),
            (2, Some(dife)) => {
                let storage = u64::from(dife & 0x0F) << 1 | least;
                (storage, u32::from(dife >> 4 & 3), u16::from(dife >> 6 & 1))
            }
            _ => self.dib().numbers(),
        }
    }

    /// The value, if it is a valid number and nothing changes it.
    #[inline(always)]
    fn plain_number(&self, information: &Information) -> Option<Number> {
        if !information.is_plain() || self.context.is_unusual() {
            return None;
        }
        let data_at = self.layout.data_at();
        let len = self.layout.len().wrapping_sub(data_at);
        let bytes = self.bytes.get(data_at..)?;
        let class = layout::class(self.layout.dif());
        value::plain_number(bytes, len, class, information)
    }

    /// What the VIB says, if it is one code of the tables, as most are.
    #[inline(always)]
    fn simple_information(&self) -> Option<Information> {
        if self.layout.dif() & 0x0F == 0x0F {
            return None;
        }
        self.vib().simple().map(|vif| Information::new(*vif))
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

/// The statistic that the function bits of a DIF name.
#[inline(always)]
fn statistic(dif: u8) -> Statistic {
    const BY_FUNCTION: [Statistic; 4] = [
        Statistic::Instant,
        Statistic::Maximum,
        Statistic::Minimum,
        Statistic::DuringError,
    ];
    BY_FUNCTION
        .get(usize::from(dif >> 4 & 3))
        .copied()
        .unwrap_or(Statistic::Instant)
}
