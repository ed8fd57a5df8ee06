//! Records to readings of the shared vocabulary.

use meter_units::{Absent, Channel, Number, Quantity, Reading, Statistic, Timestamp, Unit, Value};

use crate::record::context::Context;
use crate::record::layout::{Field, Front, Layout};
use crate::record::value::Plain;
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
            front: Front { layout, data, .. },
            ..
        } = *self;
        match self.front.vif {
            Some(vif) => {
                let information = Information::new(*vif);
                self.reading_or(&information, || {
                    Self::other_reading(bytes, layout, context, vif)
                })
            }
            None => Self::unusual_reading(bytes, layout, context, data),
        }
    }

    // The two take the record in pieces, so that it need not be in memory for their sake.
    #[inline(never)]
    fn unusual_reading(
        bytes: &'a [u8],
        layout: Layout,
        context: Context,
        data: u64,
    ) -> Reading<'a> {
        let record = Self::of_parts(bytes, layout, context, data);
        if layout.dif() & 0x0F == 0x0F {
            return record.special_reading();
        }
        let mut information = Information::RESERVED;
        record.inform(&mut information);
        record.reading_or(&information, || record.any_reading(&information))
    }

    #[inline(never)]
    fn other_reading(bytes: &'a [u8], layout: Layout, context: Context, vif: &Vif) -> Reading<'a> {
        Self::of_parts(bytes, layout, context, 0).any_reading(&Information::new(*vif))
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

    #[inline(always)]
    fn of_parts(bytes: &'a [u8], layout: Layout, context: Context, data: u64) -> Self {
        Self {
            bytes,
            offset: 0,
            front: Front {
                layout,
                vif: None,
                data,
            },
            context,
        }
    }

    /// The short way for the values that most records have, or what `other` gives.
    ///
    /// Each value is written where the reading goes: put together elsewhere and copied, it would
    /// cost more than all the rest.
    #[inline(always)]
    fn reading_or(
        &self,
        information: &Information,
        other: impl FnOnce() -> Reading<'a>,
    ) -> Reading<'a> {
        let channel = || self.channel(information);
        let unit = information.unit;
        let (time, obis) = (None, None);
        match self.plain(information) {
            Plain::Decimal(decimal) => {
                let value = Value::Number(Number::Decimal(decimal));
                Reading {
                    channel: channel(),
                    value,
                    unit,
                    time,
                    obis,
                }
            }
            Plain::Real(float) => {
                let value = Value::Number(Number::F32(float));
                Reading {
                    channel: channel(),
                    value,
                    unit,
                    time,
                    obis,
                }
            }
            Plain::Flags(flags) => Reading {
                channel: channel(),
                value: Value::Flags(flags),
                unit,
                time,
                obis,
            },
            Plain::Time(civil, dst) => {
                let value = Value::Time(Timestamp::Local { civil, dst });
                Reading {
                    channel: channel(),
                    value,
                    unit,
                    time,
                    obis,
                }
            }
            Plain::Other => other(),
        }
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
        let dif = self.front.layout.dif();
        let least = u64::from(dif >> 6 & 1);
        match (self.front.layout.dib_len(), self.bytes) {
            (1, _) => (least, 0, 0),
            (2, [_, dife, ..]) => {
                let storage = u64::from(dife & 0x0F) << 1 | least;
                (storage, u32::from(dife >> 4 & 3), u16::from(dife >> 6 & 1))
            }
            (3, [_, low, high, ..]) => {
                let storage = u64::from(high & 0x0F) << 5 | u64::from(low & 0x0F) << 1 | least;
                let tariff = u32::from(high >> 4 & 3) << 2 | u32::from(low >> 4 & 3);
                let subunit = u16::from(high >> 6 & 1) << 1 | u16::from(low >> 6 & 1);
                (storage, tariff, subunit)
            }
            _ => self.dib().numbers(),
        }
    }

    /// The value, if it is as plain as most.
    #[inline(always)]
    fn plain(&self, information: &Information) -> Plain {
        if !information.is_plain() || self.context.is_unusual() {
            return Plain::Other;
        }
        let field = Field::of(self.front.layout.dif());
        value::plain(self.front.data, field, information)
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
