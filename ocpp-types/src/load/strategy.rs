//! How a share becomes a charging profile that a station honors.

use alloc::vec;

use crate::messages::SetChargingProfileRequest;
use crate::schedule::{Purpose, Tenths};
use crate::types::{
    ChargingProfile, ChargingProfileKind, ChargingRateUnit, ChargingSchedule,
    ChargingSchedulePeriod, DateTime, Limit,
};

/// How to tell a model of stations what it may draw.
///
/// Stations differ in what they take, and some answer `Accepted` and go on as before: compare what
/// a station draws with what it may.
///
/// ```
/// use ocpp_types::load::{Strategy, Target};
/// use ocpp_types::schedule::Tenths;
///
/// let target = Target { connector: 1, transaction: None, share: Tenths::new(165), minimum: Tenths::new(60) };
/// let standard = Strategy::STANDARD.request(&target, 1_714_982_400);
/// let terra = Strategy::of_model("ABB Terra AC").expect("a known model").request(&target, 1_714_982_400);
///
/// let limit = |request: &ocpp_types::messages::SetChargingProfileRequest<'_>| {
///     request.cs_charging_profiles.charging_schedule.charging_schedule_period[0].limit.to_string()
/// };
/// assert_eq!(limit(&standard), "16.5");
/// assert_eq!(limit(&terra), "16");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// The purpose of the profile.
    pub purpose: Purpose,
    /// Where it is installed.
    pub at: At,
    /// How limits are written.
    pub digits: Digits,
    /// Whether the schedule says when it starts.
    pub start: Start,
    /// The level of the profile.
    pub stack_level: i64,
    /// The id of the profile, to which the number of the connector is added.
    pub profile_id: i64,
}

/// Where a profile is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// At connector 0. For a station with one connector only: a default there counts for each.
    Station,
    /// At the connector.
    Connector,
}

/// How limits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Digits {
    /// Whole amperes, rounded down: `16`.
    Whole,
    /// With one digit after the point: `16.5`, `16.0`.
    Tenths,
}

/// Whether the schedule says when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// It does not, and is relative to the start of charging.
    Omitted,
    /// It starts a day ago, so that it holds at once whatever the clock of the station says.
    Given,
}

/// Whom to tell what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The connector, counted from 1.
    pub connector: i64,
    /// The transaction, which a TxProfile needs.
    pub transaction: Option<i64>,
    /// What it may draw in each phase.
    pub share: Tenths,
    /// The least that makes sense; it pauses with less.
    pub minimum: Tenths,
}

/// The models that are known by name, and their strategies.
pub const MODELS: &[(&str, Strategy)] = &[
    ("standard OCPP", Strategy::STANDARD),
    ("ABB Terra AC", Strategy::ABB_TERRA_AC),
];

impl Strategy {
    /// A TxDefaultProfile at the connector: it also holds for a transaction that runs (errata
    /// sheet 4.0). It says when it starts, without which some stations reject it.
    pub const STANDARD: Self = Self {
        purpose: Purpose::TxDefault,
        at: At::Connector,
        digits: Digits::Tenths,
        start: Start::Given,
        stack_level: 0,
        profile_id: 100,
    };

    /// The ABB Terra AC takes a TxDefaultProfile at its connector, in whole amperes.
    pub const ABB_TERRA_AC: Self = Self {
        digits: Digits::Whole,
        start: Start::Omitted,
        ..Self::STANDARD
    };

    /// The strategy of a model, by the name in [`MODELS`] in any case.
    #[must_use]
    pub fn of_model(name: &str) -> Option<Self> {
        let model = MODELS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        model.map(|(_, strategy)| *strategy)
    }

    /// The message that tells a station what it may draw, at `now` in seconds since
    /// 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn request(&self, target: &Target, now: i64) -> SetChargingProfileRequest<'static> {
        const DAY: i64 = 86_400;
        let periods = vec![ChargingSchedulePeriod::new(0, self.limit(target))];
        let mut schedule = ChargingSchedule::new(ChargingRateUnit::A, periods);
        let kind = match (self.start, self.purpose) {
            (Start::Given, _) => {
                schedule.start_schedule = DateTime::from_unix(now.saturating_sub(DAY));
                ChargingProfileKind::Absolute
            }
            // There is no start of charging for a station as a whole.
            (Start::Omitted, Purpose::ChargePointMax) => ChargingProfileKind::Absolute,
            (Start::Omitted, Purpose::TxDefault | Purpose::Tx) => ChargingProfileKind::Relative,
        };
        let profile = ChargingProfile {
            transaction_id: target.transaction.filter(|_| self.purpose == Purpose::Tx),
            ..ChargingProfile::new(
                self.profile_id.saturating_add(target.connector),
                self.stack_level,
                self.purpose.into(),
                kind,
                schedule,
            )
        };
        SetChargingProfileRequest {
            connector_id: match (self.at, self.purpose) {
                (At::Station, _) | (_, Purpose::ChargePointMax) => 0,
                (At::Connector, _) => target.connector,
            },
            cs_charging_profiles: profile,
        }
    }

    /// The share as it is written: never more, and 0 if less than the minimum is left.
    fn limit(&self, target: &Target) -> Limit {
        let tenths = target.share.get();
        let written = match self.digits {
            Digits::Whole => tenths.saturating_sub(tenths % 10),
            Digits::Tenths => tenths,
        };
        let written = if written < target.minimum.get() {
            0
        } else {
            written
        };
        match self.digits {
            Digits::Whole => i32::try_from(written / 10).map_or(Limit::ZERO, Limit::from_whole),
            Digits::Tenths => i64::try_from(written).map_or(Limit::ZERO, Limit::from_tenths),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
    use crate::Payload;
    use crate::schedule::{Charging, Composite, Installed, Profile, RateUnit, Rules, Window};

    const NOW: i64 = 1_714_982_400;

    fn target(tenths: u64) -> Target {
        Target {
            connector: 2,
            transaction: Some(17),
            share: Tenths::new(tenths),
            minimum: Tenths::new(60),
        }
    }

    fn text(strategy: Strategy, tenths: u64) -> String {
        let mut text = String::new();
        strategy
            .request(&target(tenths), NOW)
            .encode_payload(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn the_standard_says_when_it_starts() {
        assert_eq!(
            text(Strategy::STANDARD, 160),
            concat!(
                r#"{"connectorId":2,"csChargingProfiles":{"chargingProfileId":102,"stackLevel":0,"#,
                r#""chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","#,
                r#""chargingSchedule":{"startSchedule":"2024-05-05T08:00:00Z","#,
                r#""chargingRateUnit":"A","#,
                r#""chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}}}"#
            )
        );
    }

    #[test]
    fn the_terra_takes_whole_amperes() {
        assert_eq!(
            text(Strategy::ABB_TERRA_AC, 169),
            concat!(
                r#"{"connectorId":2,"csChargingProfiles":{"chargingProfileId":102,"stackLevel":0,"#,
                r#""chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","#,
                r#""chargingSchedule":{"chargingRateUnit":"A","#,
                r#""chargingSchedulePeriod":[{"startPeriod":0,"limit":16}]}}}"#
            )
        );
    }

    #[test]
    fn less_than_the_minimum_pauses() {
        let limit = |strategy: Strategy, share, minimum| {
            let minimum = Tenths::new(minimum);
            strategy
                .limit(&Target {
                    minimum,
                    ..target(share)
                })
                .to_string()
        };
        assert_eq!(limit(Strategy::STANDARD, 65, 65), "6.5");
        assert_eq!(limit(Strategy::STANDARD, 59, 60), "0.0");
        assert_eq!(limit(Strategy::ABB_TERRA_AC, 69, 65), "0");
        assert_eq!(limit(Strategy::ABB_TERRA_AC, 69, 60), "6");
    }

    #[test]
    fn other_purposes_have_their_place() {
        let max = Strategy {
            purpose: Purpose::ChargePointMax,
            ..Strategy::STANDARD
        };
        assert_eq!(max.request(&target(160), NOW).connector_id, 0);
        let default = Strategy {
            at: At::Station,
            ..Strategy::STANDARD
        };
        assert_eq!(default.request(&target(160), NOW).connector_id, 0);
        let tx = Strategy {
            purpose: Purpose::Tx,
            ..Strategy::STANDARD
        };
        let request = tx.request(&target(160), NOW);
        assert_eq!(request.cs_charging_profiles.transaction_id, Some(17));
    }

    #[test]
    fn a_station_that_carries_it_out_has_that_limit() {
        for (_, strategy) in MODELS {
            let request = strategy.request(&target(160), NOW);
            let profile = Profile::try_from(&request.cs_charging_profiles).unwrap();
            let installed = [Installed::new(2, profile)];
            let charging = Some(Charging {
                since: NOW,
                transaction: None,
            });
            let rules = Rules::new(RateUnit::Amperes);
            let window = Window::new(NOW - 3600, 7200);
            let mut periods = Composite::of_connector(&installed, 2, charging, window, rules);
            let last = periods.by_ref().last().unwrap();
            assert_eq!(last.limit.unwrap().wire().to_string(), "16.0");
        }
    }
}
