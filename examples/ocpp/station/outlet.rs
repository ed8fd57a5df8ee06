//! A connector with its meter, the vehicle at it, and the transaction.

use core::time::Duration;

use meter_units::{
    Channel, Decimal, Direction, Instant, Medium, Number, Phase, Quantity, Reading, Span, Unit,
    Value,
};
use ocpp_types::endpoint::Ticket;
use ocpp_types::messages::{ChargePointErrorCode, ChargePointStatus};
use ocpp_types::schedule::{Charging, Profile, Tenths};
use ocpp_types::state::transaction::{Confirmation, Transaction};
use ocpp_types::types::{DateTime, IdToken, MeterValue, ReadingContext, SampledValue};

/// The nominal voltage of a phase.
const VOLTS: u64 = 230;
const PHASES: u64 = 3;
/// With less a vehicle does not charge: IEC 61851-1.
pub(super) const LEAST: Tenths = Tenths::new(60);

/// A connector, counted from 1.
#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) number: u32,
    /// What the vehicle takes in each phase, if there is one.
    pub(super) vehicle: Option<Tenths>,
    /// Who may charge as soon as there is a vehicle.
    pub(super) ready: Option<Ready>,
    pub(super) active: Option<Active>,
    /// The transaction is over, and the vehicle still there.
    pub(super) is_finishing: bool,
    pub(super) availability: Availability,
    pub(super) fault: Option<ChargePointErrorCode<'static>>,
    /// What the central system knows.
    pub(super) told: Option<(ChargePointStatus<'static>, ChargePointErrorCode<'static>)>,
    /// What flows in each phase.
    pub(super) share: Tenths,
    /// What the meter has counted, in tenths of a watt-millisecond.
    energy: u64,
}

/// An identifier that was accepted.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) id_tag: IdToken<'static>,
    pub(super) parent: Option<IdToken<'static>>,
    pub(super) reservation: Option<i64>,
    /// The profile of a RemoteStartTransaction.
    pub(super) profile: Option<Profile>,
    /// When it is too late (`ConnectionTimeOut`).
    pub(super) until: Instant,
}

/// A transaction at work.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) transaction: Transaction,
    pub(super) start: Ticket,
    /// Seconds since 1970.
    pub(super) since: i64,
    pub(super) next_sample: Instant,
    pub(super) supply: Supply,
}

/// Whether a transaction gets energy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Supply {
    On,
    /// Until the meter shows so many watt-hours.
    Until(i64),
    Off,
}

/// Whether a connector may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Availability {
    Operative,
    Inoperative,
    /// Inoperative once the transaction is over.
    Ending,
}

impl Outlet {
    /// A connector whose meter has counted so many watt-hours.
    pub(super) const fn new(number: u32, watt_hours: u64) -> Self {
        Self {
            number,
            vehicle: None,
            ready: None,
            active: None,
            is_finishing: false,
            availability: Availability::Operative,
            fault: None,
            told: None,
            share: Tenths::ZERO,
            energy: watt_hours * WATT_HOUR,
        }
    }

    pub(super) fn id(&self) -> i64 {
        i64::from(self.number)
    }

    /// Watt-hours, cut off.
    pub(super) fn meter(&self) -> i64 {
        i64::try_from(self.energy / WATT_HOUR).unwrap_or(i64::MAX)
    }

    /// Counts what has flowed.
    pub(super) fn count(&mut self, passed: Duration) {
        let millis = u64::try_from(passed.as_millis()).unwrap_or(u64::MAX);
        let flowed = self.share.get().saturating_mul(VOLTS * PHASES);
        self.energy = self.energy.saturating_add(flowed.saturating_mul(millis));
    }

    /// The status, and the error.
    pub(super) fn status(
        &self,
        is_reserved: bool,
    ) -> (ChargePointStatus<'static>, ChargePointErrorCode<'static>) {
        if let Some(fault) = &self.fault {
            return (ChargePointStatus::Faulted, fault.clone());
        }
        let status = if self.active.is_some() {
            match (self.vehicle, self.share) {
                (Some(_), Tenths::ZERO) => ChargePointStatus::SuspendedEvse,
                (Some(_), _) => ChargePointStatus::Charging,
                (None, _) => ChargePointStatus::SuspendedEv,
            }
        } else if self.availability != Availability::Operative {
            ChargePointStatus::Unavailable
        } else if self.is_finishing {
            ChargePointStatus::Finishing
        } else if self.ready.is_some() || self.vehicle.is_some() {
            ChargePointStatus::Preparing
        } else if is_reserved {
            ChargePointStatus::Reserved
        } else {
            ChargePointStatus::Available
        };
        (status, ChargePointErrorCode::NoError)
    }

    /// Whether a transaction may begin here.
    pub(super) fn is_free(&self) -> bool {
        self.active.is_none()
            && self.ready.is_none()
            && self.fault.is_none()
            && self.availability == Availability::Operative
    }

    /// The transaction as charging profiles see it.
    pub(super) fn charging(&self) -> Option<Charging> {
        let active = self.active.as_ref()?;
        Some(Charging {
            since: active.since,
            transaction: match active.transaction.confirmation() {
                Confirmation::Confirmed(id) => Some(id),
                _ => None,
            },
        })
    }

    /// What the vehicle would take, if it got all.
    pub(super) fn demand(&self) -> Option<Tenths> {
        let supply = self.active.as_ref()?.supply;
        let is_on = match supply {
            Supply::On => true,
            Supply::Until(meter) => self.meter() < meter,
            Supply::Off => false,
        };
        self.vehicle.filter(|_| is_on && self.fault.is_none())
    }

    /// The values of these measurands.
    pub(super) fn sample(
        &self,
        measurands: &str,
        timestamp: DateTime<'static>,
        context: &ReadingContext<'static>,
    ) -> MeterValue<'static> {
        let measurands = measurands.split(',').map(str::trim);
        let readings = measurands.flat_map(|measurand| self.readings(measurand));
        let values =
            readings.filter_map(|reading| SampledValue::from_reading(&reading, context.clone()));
        MeterValue {
            timestamp,
            sampled_value: values.collect(),
        }
    }

    fn readings(&self, measurand: &str) -> Vec<Reading<'static>> {
        let share = i64::try_from(self.share.get()).unwrap_or(i64::MAX);
        let volts = i64::try_from(VOLTS).unwrap_or(i64::MAX);
        let phases = [Phase::L1, Phase::L2, Phase::L3];
        let each = |value: i64, exponent, unit, channel: Channel| {
            phases
                .into_iter()
                .filter_map(|phase| reading(value, exponent, unit, Channel { phase, ..channel }))
                .collect()
        };
        match measurand {
            "Energy.Active.Import.Register" => {
                let channel = channel(Quantity::Energy, Direction::Import, Span::Register);
                reading(self.meter(), 0, Unit::WH, channel)
                    .into_iter()
                    .collect()
            }
            "Power.Active.Import" => {
                let watts = share.saturating_mul(volts.saturating_mul(3));
                let channel = channel(Quantity::Power, Direction::Import, Span::Moment);
                reading(watts, -1, Unit::W, channel).into_iter().collect()
            }
            "Current.Import" => {
                let channel = channel(Quantity::Current, Direction::Import, Span::Moment);
                each(share, -1, Unit::A, channel)
            }
            "Voltage" => {
                let channel = channel(Quantity::Voltage, Direction::None, Span::Moment);
                each(volts, 0, Unit::V, channel)
            }
            _ => Vec::new(),
        }
    }
}

/// What the meter can measure, as `MeterValuesSampledData` calls it.
pub(super) const MEASURANDS: &[&str] = &[
    "Energy.Active.Import.Register",
    "Power.Active.Import",
    "Current.Import",
    "Voltage",
];

/// Tenths of a watt-millisecond.
const WATT_HOUR: u64 = 36_000_000;

fn channel(quantity: Quantity, direction: Direction, span: Span) -> Channel {
    Channel {
        direction,
        span,
        ..Channel::new(quantity, Medium::ELECTRICITY)
    }
}

fn reading(value: i64, exponent: i8, unit: Unit, channel: Channel) -> Option<Reading<'static>> {
    let number = Number::Decimal(Decimal::new(value, exponent)?);
    Some(Reading::new(channel, Value::Number(number), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_counts_what_flows() {
        let mut outlet = Outlet::new(1, 1000);
        outlet.share = Tenths::new(160);
        // 16 A on three phases of 230 V are 11 040 W.
        outlet.count(Duration::from_secs(1800));
        assert_eq!(outlet.meter(), 1000 + 5520);
        outlet.count(Duration::from_millis(326));
        assert_eq!(outlet.meter(), 1000 + 5520);
        outlet.count(Duration::from_millis(1));
        assert_eq!(outlet.meter(), 1000 + 5521);
    }

    #[test]
    fn samples_have_a_value_for_each_phase() {
        let outlet = Outlet::new(1, 1000);
        let time = DateTime::from_unix(0).unwrap();
        let list = "Energy.Active.Import.Register, Current.Import,Nothing";
        let value = outlet.sample(list, time, &ReadingContext::SamplePeriodic);
        let texts: Vec<_> = value
            .sampled_value
            .iter()
            .map(|it| it.value.as_str())
            .collect();
        assert_eq!(texts, ["1000", "0.0", "0.0", "0.0"]);
    }
}
