//! Charging profiles from and to messages, and the three operations on them.

use alloc::vec::Vec;

use super::composite::{Charging, Composite, CompositePeriod, Rules, Window};
use super::limits::{Period, Phases, RateUnit, Schedule, Tenths};
use super::profile::{Kind, Profile, ProfileError, Purpose, Recurrence};
use super::stack::{Filter, ProfileStack, Refusal};
use crate::ErrorCode;
use crate::messages::{
    ChargingProfileStatus, ClearChargingProfileRequest, ClearChargingProfileStatus,
    GetCompositeScheduleRequest, GetCompositeScheduleResponse, SetChargingProfileRequest,
};
use crate::types::{
    ChargingProfile, ChargingProfileKind, ChargingProfilePurpose, ChargingRateUnit,
    ChargingSchedule, ChargingSchedulePeriod, DateTime, GenericStatus, Limit, RecurrencyKind,
};

impl ProfileStack {
    /// Carries out a SetChargingProfile and says what to answer.
    ///
    /// `charging` is what goes on at the connector.
    ///
    /// # Errors
    ///
    /// The code of the CALLERROR for a connector that the station does not have, and for a profile
    /// that breaks a rule which the schema does not know.
    pub fn set(
        &mut self,
        request: &SetChargingProfileRequest<'_>,
        charging: Option<Charging>,
    ) -> Result<ChargingProfileStatus<'static>, ErrorCode<'static>> {
        let wrong = ErrorCode::PropertyConstraintViolation;
        let Ok(connector) = u32::try_from(request.connector_id) else {
            return Err(wrong);
        };
        let Ok(profile) = Profile::try_from(&request.cs_charging_profiles) else {
            return Err(wrong);
        };
        match self.install(connector, profile, charging) {
            Ok(_) => Ok(ChargingProfileStatus::Accepted),
            Err(Refusal::Connector) => Err(wrong),
            Err(_) => Ok(ChargingProfileStatus::Rejected),
        }
    }

    /// Carries out a ClearChargingProfile and says what to answer.
    pub fn clear_as_asked(
        &mut self,
        request: &ClearChargingProfileRequest<'_>,
    ) -> ClearChargingProfileStatus<'static> {
        let purpose = request
            .charging_profile_purpose
            .as_ref()
            .map(Purpose::try_from);
        let connector = request.connector_id.map(u32::try_from);
        // A purpose or connector that does not exist matches no profile.
        let (Ok(purpose), Ok(connector)) = (purpose.transpose(), connector.transpose()) else {
            return ClearChargingProfileStatus::Unknown;
        };
        let filter = Filter {
            id: request.id,
            connector,
            purpose,
            stack_level: request.stack_level,
        };
        match self.clear(&filter) {
            0 => ClearChargingProfileStatus::Unknown,
            _ => ClearChargingProfileStatus::Accepted,
        }
    }

    /// The answer to a GetCompositeSchedule that is received at `now`.
    ///
    /// `connectors` says what goes on at connectors 1, 2, 3 …; to answer with the schedule of a
    /// transaction that could begin now, put it there. The message has no way to say that nothing
    /// limits a period: there it holds [`Rules::fallback`], or 0 without one. Limits are
    /// rounded down to tenths. If there are more periods than the station takes, the schedule is
    /// cut short, and its duration says so.
    #[must_use]
    pub fn composite(
        &self,
        request: &GetCompositeScheduleRequest<'_>,
        now: i64,
        connectors: &[Option<Charging>],
        rules: Rules,
    ) -> GetCompositeScheduleResponse<'static> {
        match self.accept(request, now, connectors, rules) {
            Some(answer) => answer,
            None => GetCompositeScheduleResponse::new(GenericStatus::Rejected),
        }
    }

    fn accept(
        &self,
        request: &GetCompositeScheduleRequest<'_>,
        now: i64,
        connectors: &[Option<Charging>],
        rules: Rules,
    ) -> Option<GetCompositeScheduleResponse<'static>> {
        let unit = match &request.charging_rate_unit {
            None => rules.unit,
            Some(unit) => RateUnit::try_from(unit).ok()?,
        };
        let rules = Rules { unit, ..rules };
        let window = Window::new(now, request.duration);
        let number = u32::try_from(request.connector_id).ok()?;
        let mut periods = match number.checked_sub(1) {
            None => Composite::of_station(self.profiles(), connectors, window, rules),
            Some(index) => {
                let charging = *connectors.get(usize::try_from(index).ok()?)?;
                Composite::of_connector(self.profiles(), number, charging, window, rules)
            }
        };
        let most = self.bounds().periods.max(1);
        let written: Vec<_> = periods
            .by_ref()
            .take(most)
            .map(|period| write(period, rules))
            .collect();
        if written.is_empty() {
            return None;
        }
        let duration = periods
            .next()
            .map_or(request.duration, |period| period.start);
        Some(GetCompositeScheduleResponse {
            connector_id: Some(request.connector_id),
            schedule_start: Some(DateTime::from_unix(now)?),
            charging_schedule: Some(ChargingSchedule {
                duration: Some(duration),
                ..ChargingSchedule::new(unit.into(), written)
            }),
            ..GetCompositeScheduleResponse::new(GenericStatus::Accepted)
        })
    }
}

fn write(period: CompositePeriod, rules: Rules) -> ChargingSchedulePeriod {
    let open = rules.fallback.unwrap_or_default().to_decimal();
    let limit = period.limit.map_or(open, super::Rate::wire);
    ChargingSchedulePeriod {
        number_phases: period.phases.map(|phases| i64::from(phases.number())),
        ..ChargingSchedulePeriod::new(period.start, Limit::new(limit).unwrap_or(Limit::ZERO))
    }
}

impl TryFrom<&ChargingProfile<'_>> for Profile {
    type Error = ProfileError;

    fn try_from(message: &ChargingProfile<'_>) -> Result<Self, ProfileError> {
        let kind = match &message.charging_profile_kind {
            ChargingProfileKind::Absolute => Kind::Absolute,
            ChargingProfileKind::Relative => Kind::Relative,
            ChargingProfileKind::Recurring => Kind::Recurring(match &message.recurrency_kind {
                Some(RecurrencyKind::Daily) => Recurrence::Daily,
                Some(RecurrencyKind::Weekly) => Recurrence::Weekly,
                Some(RecurrencyKind::Other(_)) => return Err(ProfileError::Word("recurrencyKind")),
                None => return Err(ProfileError::NoRecurrence),
            }),
            ChargingProfileKind::Other(_) => {
                return Err(ProfileError::Word("chargingProfileKind"));
            }
        };
        let purpose = Purpose::try_from(&message.charging_profile_purpose)?;
        let schedule = Schedule::try_from(&message.charging_schedule)?;
        let id = message.charging_profile_id;
        let profile = Self::new(id, purpose, kind, message.stack_level, schedule).valid_between(
            moment(message.valid_from.as_ref(), "validFrom")?,
            moment(message.valid_to.as_ref(), "validTo")?,
        );
        Ok(match message.transaction_id {
            Some(transaction) => profile.for_transaction(transaction),
            None => profile,
        })
    }
}

impl TryFrom<&ChargingSchedule<'_>> for Schedule {
    type Error = ProfileError;

    fn try_from(message: &ChargingSchedule<'_>) -> Result<Self, ProfileError> {
        let unit = RateUnit::try_from(&message.charging_rate_unit)?;
        let periods: Result<Vec<_>, _> = message
            .charging_schedule_period
            .iter()
            .map(Period::try_from)
            .collect();
        let mut schedule = Self::new(unit, periods?)?;
        if let Some(start) = moment(message.start_schedule.as_ref(), "startSchedule")? {
            schedule = schedule.starting_at(start);
        }
        if let Some(duration) = message.duration {
            let seconds = u64::try_from(duration).map_err(|_| ProfileError::Duration(duration))?;
            schedule = schedule.lasting(seconds);
        }
        if let Some(minimum) = message.min_charging_rate {
            schedule = schedule.with_minimum(Tenths::try_from(minimum.decimal())?);
        }
        Ok(schedule)
    }
}

impl TryFrom<&ChargingSchedulePeriod> for Period {
    type Error = ProfileError;

    fn try_from(message: &ChargingSchedulePeriod) -> Result<Self, ProfileError> {
        let start = message.start_period;
        let phases = message
            .number_phases
            .map(|number| Phases::from_number(number).ok_or(ProfileError::Phases(number)));
        Ok(Self {
            start: u32::try_from(start).map_err(|_| ProfileError::PeriodStart(start))?,
            limit: Tenths::try_from(message.limit.decimal())?,
            phases: phases.transpose()?,
        })
    }
}

fn moment(time: Option<&DateTime<'_>>, member: &'static str) -> Result<Option<i64>, ProfileError> {
    time.map(|time| time.to_unix().ok_or(ProfileError::Time(member)))
        .transpose()
}

impl TryFrom<&ChargingProfilePurpose<'_>> for Purpose {
    type Error = ProfileError;

    fn try_from(message: &ChargingProfilePurpose<'_>) -> Result<Self, ProfileError> {
        match message {
            ChargingProfilePurpose::ChargePointMaxProfile => Ok(Self::ChargePointMax),
            ChargingProfilePurpose::TxDefaultProfile => Ok(Self::TxDefault),
            ChargingProfilePurpose::TxProfile => Ok(Self::Tx),
            ChargingProfilePurpose::Other(_) => Err(ProfileError::Word("chargingProfilePurpose")),
        }
    }
}

impl From<Purpose> for ChargingProfilePurpose<'static> {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::ChargePointMax => Self::ChargePointMaxProfile,
            Purpose::TxDefault => Self::TxDefaultProfile,
            Purpose::Tx => Self::TxProfile,
        }
    }
}

impl TryFrom<&ChargingRateUnit<'_>> for RateUnit {
    type Error = ProfileError;

    fn try_from(message: &ChargingRateUnit<'_>) -> Result<Self, ProfileError> {
        match message {
            ChargingRateUnit::A => Ok(Self::Amperes),
            ChargingRateUnit::W => Ok(Self::Watts),
            ChargingRateUnit::Other(_) => Err(ProfileError::Word("chargingRateUnit")),
        }
    }
}

impl From<RateUnit> for ChargingRateUnit<'static> {
    fn from(unit: RateUnit) -> Self {
        match unit {
            RateUnit::Amperes => Self::A,
            RateUnit::Watts => Self::W,
        }
    }
}

/// A time of a year beyond 9999 has no text; it is left out.
impl From<&Profile> for ChargingProfile<'static> {
    fn from(profile: &Profile) -> Self {
        let (kind, recurrence) = match profile.kind() {
            Kind::Absolute => (ChargingProfileKind::Absolute, None),
            Kind::Relative => (ChargingProfileKind::Relative, None),
            Kind::Recurring(Recurrence::Daily) => {
                (ChargingProfileKind::Recurring, Some(RecurrencyKind::Daily))
            }
            Kind::Recurring(Recurrence::Weekly) => {
                (ChargingProfileKind::Recurring, Some(RecurrencyKind::Weekly))
            }
        };
        let time = |moment: Option<i64>| moment.and_then(DateTime::from_unix);
        let schedule = profile.schedule();
        let limit = |limit: Tenths| Limit::new(limit.to_decimal()).unwrap_or(Limit::ZERO);
        let periods = schedule
            .periods()
            .iter()
            .map(|period| ChargingSchedulePeriod {
                number_phases: period.phases.map(|phases| i64::from(phases.number())),
                ..ChargingSchedulePeriod::new(i64::from(period.start), limit(period.limit))
            });
        let schedule = ChargingSchedule {
            duration: schedule.duration(),
            start_schedule: time(schedule.start()),
            min_charging_rate: schedule.minimum().map(limit),
            ..ChargingSchedule::new(schedule.unit().into(), periods.collect())
        };
        let purpose = profile.purpose().into();
        Self {
            transaction_id: profile.transaction(),
            recurrency_kind: recurrence,
            valid_from: time(profile.valid_from()),
            valid_to: time(profile.valid_to()),
            ..Self::new(profile.id(), profile.stack_level(), purpose, kind, schedule)
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::stack::Bounds;
    use super::*;

    const NOW: i64 = 1_714_982_400;

    fn stack() -> ProfileStack {
        ProfileStack::new(Bounds {
            connectors: 2,
            profiles: 8,
            stack_level: 8,
            periods: 2,
            unit: None,
        })
    }

    fn message(connector_id: i64, periods: &[(i64, i64)]) -> SetChargingProfileRequest<'static> {
        let period =
            |&(start, tenths)| ChargingSchedulePeriod::new(start, Limit::from_tenths(tenths));
        let schedule = ChargingSchedule {
            start_schedule: DateTime::new("2024-05-06T10:00:00.5+02:00"),
            ..ChargingSchedule::new(ChargingRateUnit::A, periods.iter().map(period).collect())
        };
        SetChargingProfileRequest {
            connector_id,
            cs_charging_profiles: ChargingProfile::new(
                1,
                0,
                ChargingProfilePurpose::TxDefaultProfile,
                ChargingProfileKind::Absolute,
                schedule,
            ),
        }
    }

    const CHARGING: Charging = Charging {
        since: NOW,
        transaction: Some(17),
    };

    #[test]
    fn a_profile_goes_through_a_message_unchanged() {
        let mut sent = message(0, &[(0, 160), (60, 81)]).cs_charging_profiles;
        sent.charging_profile_kind = ChargingProfileKind::Recurring;
        sent.recurrency_kind = Some(RecurrencyKind::Weekly);
        sent.valid_from = DateTime::from_unix(NOW);
        sent.valid_to = DateTime::from_unix(NOW + 3600);
        sent.transaction_id = Some(-1);
        sent.charging_schedule.duration = Some(7200);
        sent.charging_schedule.start_schedule = DateTime::from_unix(NOW);
        sent.charging_schedule.min_charging_rate = Some(Limit::from_tenths(60));
        for period in &mut sent.charging_schedule.charging_schedule_period {
            period.number_phases = Some(3);
        }
        let profile = Profile::try_from(&sent).unwrap();
        assert_eq!(ChargingProfile::from(&profile), sent);
    }

    #[test]
    fn what_the_schema_lets_through_and_nobody_can_carry_out_is_refused() {
        let refused = |change: fn(&mut ChargingProfile<'_>)| {
            let mut sent = message(0, &[(0, 160)]).cs_charging_profiles;
            change(&mut sent);
            Profile::try_from(&sent).unwrap_err()
        };
        let error =
            refused(|profile| profile.charging_profile_kind = ChargingProfileKind::Recurring);
        assert_eq!(error, ProfileError::NoRecurrence);
        let error = refused(|profile| profile.charging_schedule.charging_schedule_period.clear());
        assert_eq!(error, ProfileError::NoPeriod);
        let error = refused(|profile| profile.charging_schedule.duration = Some(-1));
        assert_eq!(error, ProfileError::Duration(-1));
        let error = refused(|profile| {
            profile.charging_schedule.charging_schedule_period =
                [ChargingSchedulePeriod::new(-1, Limit::ZERO)].into();
        });
        assert_eq!(error, ProfileError::PeriodStart(-1));
        let error = refused(|profile| {
            profile.charging_schedule.charging_schedule_period =
                [ChargingSchedulePeriod::new(0, Limit::from_whole(-1))].into();
        });
        assert_eq!(error.to_string(), "limit is -1, expected tenths from 0 up");
        let error = refused(|profile| profile.valid_to = Some(DateTime::unchecked("soon")));
        assert_eq!(error, ProfileError::Time("validTo"));
        let error = refused(|profile| profile.charging_schedule.charging_rate_unit = "kW".into());
        assert_eq!(error, ProfileError::Word("chargingRateUnit"));
    }

    #[test]
    fn setting_answers_with_a_status_or_an_error() {
        let mut stack = stack();
        assert_eq!(
            stack.set(&message(1, &[(0, 160)]), None),
            Ok(ChargingProfileStatus::Accepted)
        );
        let many = message(1, &[(0, 160), (1, 150), (2, 140)]);
        assert_eq!(stack.set(&many, None), Ok(ChargingProfileStatus::Rejected));
        for connector in [-1, 3] {
            let error = stack.set(&message(connector, &[(0, 160)]), None);
            assert_eq!(error, Err(ErrorCode::PropertyConstraintViolation));
        }
        let mut clear = ClearChargingProfileRequest {
            connector_id: Some(2),
            ..Default::default()
        };
        assert_eq!(
            stack.clear_as_asked(&clear),
            ClearChargingProfileStatus::Unknown
        );
        clear.connector_id = Some(-1);
        assert_eq!(
            stack.clear_as_asked(&clear),
            ClearChargingProfileStatus::Unknown
        );
        clear.connector_id = Some(1);
        assert_eq!(
            stack.clear_as_asked(&clear),
            ClearChargingProfileStatus::Accepted
        );
    }

    #[test]
    fn a_composite_schedule_is_answered_with_what_there_is_room_for() {
        let mut stack = stack();
        stack
            .set(&message(0, &[(0, 160), (1800, 81)]), None)
            .unwrap();
        let rules = Rules {
            fallback: Some(Tenths::new(320)),
            ..Rules::new(RateUnit::Amperes)
        };
        let connectors = [Some(CHARGING), None];
        let ask = |connector, duration| {
            let request = GetCompositeScheduleRequest::new(connector, duration);
            stack.composite(&request, NOW, &connectors, rules)
        };
        let schedule = |answer: GetCompositeScheduleResponse<'static>| {
            let schedule = answer.charging_schedule.unwrap();
            let periods = schedule.charging_schedule_period.iter();
            let periods = periods.map(|period| (period.start_period, period.limit.to_string()));
            (schedule.duration, periods.collect::<Vec<_>>())
        };
        let both = [(0, "16.0".to_string()), (1800, "8.1".to_string())];
        assert_eq!(schedule(ask(1, 3600)), (Some(3600), both.to_vec()));
        let open = [(0, "32.0".to_string())];
        assert_eq!(schedule(ask(2, 3600)), (Some(3600), open.to_vec()));
        let sum = [(0, "48.0".to_string()), (1800, "40.1".to_string())];
        assert_eq!(schedule(ask(0, 3600)), (Some(3600), sum.to_vec()));
        for (connector, duration) in [(3, 3600), (-1, 3600), (1, 0), (1, -1)] {
            let rejected = GetCompositeScheduleResponse::new(GenericStatus::Rejected);
            assert_eq!(ask(connector, duration), rejected);
        }
    }

    #[test]
    fn a_schedule_that_is_cut_short_says_how_long_it_is() {
        let mut stack = stack();
        let mut late = message(0, &[(0, 160), (1800, 81)]);
        late.cs_charging_profiles.valid_from = DateTime::from_unix(NOW + 60);
        stack.set(&late, None).unwrap();
        let request = GetCompositeScheduleRequest::new(1, 3600);
        let rules = Rules::new(RateUnit::Amperes);
        let answer = stack.composite(&request, NOW, &[Some(CHARGING)], rules);
        let schedule = answer.charging_schedule.unwrap();
        assert_eq!(schedule.duration, Some(1800));
        assert_eq!(schedule.charging_schedule_period.len(), 2);
    }
}
