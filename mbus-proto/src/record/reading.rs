//! Records to readings of the shared vocabulary.

use meter_units::{
    Absent, Channel, Decimal, Direction, Number, Phase, Quantity, Reading, Statistic, Timestamp,
    Unit, Value,
};

use crate::record::context::Context;
use crate::record::layout::{Field, Front, Layout};
use crate::record::vib::Information;
use crate::record::vif::Vif;
use crate::record::{Record, RecordKind, value};

impl<'a> Record<'a> {
    /// The value, or why there is none.
    #[must_use]
    pub fn value(&self) -> Value<'a> {
        let mut value = Value::None(Absent::NotSent);
        self.read_value(&mut value, &self.information());
        value
    }

    /// What the value is about.
    #[must_use]
    #[inline]
    pub fn quantity(&self) -> Quantity {
        self.front
            .vif
            .map_or_else(|| self.information().quantity, |vif| vif.quantity)
    }

    /// The unit of the value; [`Unit::ONE`] where there is none or only a plain text names it.
    #[must_use]
    #[inline]
    pub fn unit(&self) -> Unit {
        self.front
            .vif
            .map_or_else(|| self.information().unit, |vif| vif.unit)
    }

    /// The record in the words that all protocols share.
    ///
    /// The channel does not tell apart records that differ only in VIFE that name something else
    /// than direction, phase or statistic (limits, leakage, future values and the like):
    /// [`Record::combinables`] does.
    #[must_use]
    #[inline(always)]
    pub fn reading(&self) -> Reading<'a> {
        let Self {
            bytes,
            context,
            front,
            ..
        } = *self;
        let Front {
            layout,
            after,
            vif,
            data,
        } = front;
        let Some(vif) = vif else {
            return Self::unusual_reading(bytes, after, layout, context);
        };
        if context.is_unusual() {
            return Self::unusual_reading(bytes, after, layout, context);
        }
        // Each value is written where the reading goes: put together elsewhere and copied, it would
        // cost more than all the rest.
        let reading = |value| Reading {
            channel: channel(layout, bytes, context, vif),
            value,
            unit: vif.unit,
            time: None,
            obis: None,
        };
        let field = Field::of(layout.dif());
        if let Some(digits) = value::positive(data, field, vif.coding) {
            if let Some(decimal) = Decimal::from_parts(false, digits, vif.exponent) {
                return reading(Value::Number(Number::Decimal(decimal)));
            }
        } else if let Some(digits) = value::negative(data, field, vif.coding) {
            if let Some(decimal) = Decimal::from_parts(true, digits, vif.exponent) {
                return reading(Value::Number(Number::Decimal(decimal)));
            }
        } else if let Some(float) = value::float(data, field, vif.exponent) {
            return reading(Value::Number(Number::F32(float)));
        } else if let Some(flags) = value::flags(data, field, vif.coding) {
            return reading(Value::Flags(flags));
        } else if let Some(civil) = value::date(data, field, vif.coding) {
            let dst = None;
            return reading(Value::Time(Timestamp::Local { civil, dst }));
        } else if let Some((civil, dst)) = value::date_time(data, field, vif.coding) {
            return reading(Value::Time(Timestamp::Local { civil, dst }));
        }
        Self::other_reading(bytes, after, layout, context, vif)
    }

    // The two take the record in pieces, so that it need not be in memory for their sake. They are
    // not that cold, but what they need shall not be kept at hand for them by all other records.
    #[cold]
    #[inline(never)]
    fn unusual_reading(
        bytes: &'a [u8],
        after: usize,
        layout: Layout,
        context: Context,
    ) -> Reading<'a> {
        let record = Self::of_parts(bytes, after, layout, context);
        if layout.dif() & 0x0F == 0x0F {
            return record.special_reading();
        }
        let mut information = Information::RESERVED;
        record.inform(&mut information);
        record.any_reading(&information)
    }

    #[cold]
    #[inline(never)]
    fn other_reading(
        bytes: &'a [u8],
        after: usize,
        layout: Layout,
        context: Context,
        vif: &'static Vif,
    ) -> Reading<'a> {
        let record = Self::of_parts(bytes, after, layout, context);
        record.any_reading(&Information::new(*vif))
    }

    #[inline(always)]
    fn of_parts(bytes: &'a [u8], after: usize, layout: Layout, context: Context) -> Self {
        let front = Front {
            layout,
            after,
            vif: None,
            data: 0,
        };
        Self {
            bytes,
            end: bytes.len(),
            front,
            context,
        }
    }

    /// Of a special DIF, whose function and storage bits mean nothing.
    fn special_reading(&self) -> Reading<'a> {
        let (quantity, value) = match self.kind() {
            RecordKind::Manufacturer | RecordKind::MoreFollow => {
                (Quantity::VendorSpecificData, Value::Bytes(self.data()))
            }
            RecordKind::Data | RecordKind::GlobalReadout => {
                (self.information().quantity, Value::None(Absent::NotSent))
            }
        };
        Reading::new(
            Channel::new(quantity, self.context.medium()),
            value,
            Unit::ONE,
        )
    }

    /// The way for any value.
    #[inline(always)]
    fn any_reading(&self, information: &Information) -> Reading<'a> {
        let channel = self.channel(information);
        let value = Value::None(Absent::NotSent);
        let mut reading = Reading::new(channel, value, information.unit);
        self.read_value(&mut reading.value, information);
        reading
    }

    #[inline(always)]
    fn channel(&self, information: &Information) -> Channel {
        let dif = self.front.layout.dif();
        let statistic = match (information.statistic, statistic(dif)) {
            (Some(statistic), Statistic::Instant) => statistic,
            (_, statistic) => statistic,
        };
        let (storage, tariff, subunit) = self.numbers();
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
        self.dib().numbers()
    }

    pub(crate) fn information(&self) -> Information {
        let mut information = Information::RESERVED;
        self.inform(&mut information);
        information
    }

    #[inline(always)]
    fn inform(&self, out: &mut Information) {
        match self.kind() {
            RecordKind::Data | RecordKind::GlobalReadout => self.vib().interpret(self.context, out),
            RecordKind::Manufacturer | RecordKind::MoreFollow => *out = Information::manufacturer(),
        }
    }

    fn read_value(&self, out: &mut Value<'a>, information: &Information) {
        value::read(out, self.data(), self.class(), information, self.context);
    }
}

/// The channel of a record with at most two DIFE, of which only the VIF says what it is about.
#[inline(always)]
fn channel(layout: Layout, bytes: &[u8], context: Context, vif: &Vif) -> Channel {
    let dif = layout.dif();
    let least = u64::from(dif >> 6 & 1);
    let (storage, tariff, subunit) = match (layout.dib_len(), bytes) {
        (1, _) => (least, 0, 0),
        (2, [_, dife, ..]) => {
            let storage = u64::from(dife & 0x0F) << 1 | least;
            (storage, u32::from(dife >> 4 & 3), u16::from(dife >> 6 & 1))
        }
        (_, [_, low, high, ..]) => {
            let storage = u64::from(high & 0x0F) << 5 | u64::from(low & 0x0F) << 1 | least;
            let tariff = u32::from(high >> 4 & 3) << 2 | u32::from(low >> 4 & 3);
            let subunit = u16::from(high >> 6 & 1) << 1 | u16::from(low >> 6 & 1);
            (storage, tariff, subunit)
        }
        _ => (least, 0, 0),
    };
    Channel {
        quantity: vif.quantity,
        medium: context.medium(),
        direction: Direction::None,
        phase: Phase::Total,
        statistic: statistic(dif),
        span: vif.span,
        subunit,
        tariff,
        storage,
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
