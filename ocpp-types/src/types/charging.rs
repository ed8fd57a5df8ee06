//! Charging profiles: OCPP 1.6, 3.13 and 7.

use alloc::vec::Vec;

use super::{DateTime, Limit};
use crate::literal::{Unknown, literals};
use crate::value::members;

/// A charging profile: what it limits, when, and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargingProfile<'a> {
    /// The id of the profile; installing another one with the same id replaces it.
    pub charging_profile_id: i64,
    /// The transaction that a TxProfile is for.
    pub transaction_id: Option<i64>,
    /// The rank: of the profiles of a purpose, the highest that gives a limit counts.
    pub stack_level: i64,
    /// What it limits.
    pub charging_profile_purpose: ChargingProfilePurpose<'a>,
    /// What its times count from.
    pub charging_profile_kind: ChargingProfileKind<'a>,
    /// How often a recurring profile begins anew.
    pub recurrency_kind: Option<RecurrencyKind<'a>>,
    /// From when on it counts; always, if missing.
    pub valid_from: Option<DateTime<'a>>,
    /// Until when it counts, exclusively; always, if missing.
    pub valid_to: Option<DateTime<'a>>,
    /// The limits.
    pub charging_schedule: ChargingSchedule<'a>,
}

impl<'a> ChargingProfile<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        charging_profile_id: i64,
        stack_level: i64,
        charging_profile_purpose: ChargingProfilePurpose<'a>,
        charging_profile_kind: ChargingProfileKind<'a>,
        charging_schedule: ChargingSchedule<'a>,
    ) -> Self {
        Self {
            charging_profile_id,
            transaction_id: None,
            stack_level,
            charging_profile_purpose,
            charging_profile_kind,
            recurrency_kind: None,
            valid_from: None,
            valid_to: None,
            charging_schedule,
        }
    }
}

/// Limits over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargingSchedule<'a> {
    /// Seconds after which the schedule ends; missing means that the last limit holds on.
    pub duration: Option<i64>,
    /// When an absolute or recurring schedule begins.
    pub start_schedule: Option<DateTime<'a>>,
    /// The unit of the limits.
    pub charging_rate_unit: ChargingRateUnit<'a>,
    /// The limits, by begin; the first begins at 0.
    pub charging_schedule_period: Vec<ChargingSchedulePeriod>,
    /// Below that, the vehicle charges badly.
    pub min_charging_rate: Option<Limit>,
}

impl<'a> ChargingSchedule<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        charging_rate_unit: ChargingRateUnit<'a>,
        charging_schedule_period: Vec<ChargingSchedulePeriod>,
    ) -> Self {
        Self {
            duration: None,
            start_schedule: None,
            charging_rate_unit,
            charging_schedule_period,
            min_charging_rate: None,
        }
    }
}

/// A limit that holds until the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChargingSchedulePeriod {
    /// Seconds from the begin of the schedule.
    pub start_period: i64,
    /// The limit; 0 pauses.
    pub limit: Limit,
    /// The number of phases; missing counts as 3.
    pub number_phases: Option<i64>,
}

impl ChargingSchedulePeriod {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(start_period: i64, limit: Limit) -> Self {
        Self {
            start_period,
            limit,
            number_phases: None,
        }
    }
}

members! {
    ChargingProfile<'a> {
        "chargingProfileId" => charging_profile_id: required;
        "transactionId" => transaction_id: optional;
        "stackLevel" => stack_level: required;
        "chargingProfilePurpose" => charging_profile_purpose: required;
        "chargingProfileKind" => charging_profile_kind: required;
        "recurrencyKind" => recurrency_kind: optional;
        "validFrom" => valid_from: optional;
        "validTo" => valid_to: optional;
        "chargingSchedule" => charging_schedule: required;
    }
    ChargingSchedule<'a> {
        "duration" => duration: optional;
        "startSchedule" => start_schedule: optional;
        "chargingRateUnit" => charging_rate_unit: required;
        "chargingSchedulePeriod" => charging_schedule_period: required;
        "minChargingRate" => min_charging_rate: optional;
    }
    ChargingSchedulePeriod {
        "startPeriod" => start_period: required;
        "limit" => limit: required;
        "numberPhases" => number_phases: optional;
    }
}

literals! {
    /// What a charging profile limits.
    pub enum ChargingProfilePurpose {
        /// The station as a whole; connector 0 only.
        ChargePointMaxProfile = "ChargePointMaxProfile",
        /// Every transaction that has no profile of its own.
        TxDefaultProfile = "TxDefaultProfile",
        /// The running transaction.
        TxProfile = "TxProfile",
    }
    unknown: Unknown::Refused;

    /// What the times of a charging profile count from.
    pub enum ChargingProfileKind {
        /// A point in time, `startSchedule`.
        Absolute = "Absolute",
        /// A point in time that recurs.
        Recurring = "Recurring",
        /// The begin of charging.
        Relative = "Relative",
    }
    unknown: Unknown::Refused;

    /// How often a recurring profile begins anew.
    pub enum RecurrencyKind {
        /// Every 24 hours from `startSchedule`.
        Daily = "Daily",
        /// Every 7 days from `startSchedule`.
        Weekly = "Weekly",
    }
    unknown: Unknown::Refused;

    /// The unit of limits.
    pub enum ChargingRateUnit {
        /// Amperes on each phase.
        A = "A",
        /// Watts of all phases together.
        W = "W",
    }
    unknown: Unknown::Refused;
}
