//! Charging profiles.

use crate::json::Reader;
use crate::literal::{Unknown, literals};
use crate::tolerance::Tolerance;
use crate::types::{
    ChargingProfile, ChargingProfilePurpose, ChargingRateUnit, ChargingSchedule, DateTime,
    GenericStatus,
};
use crate::value::members;

/// Removes charging profiles: the one with the id, or those that fit all of the others; all, if
/// nothing is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClearChargingProfileRequest<'a> {
    /// The id of the profile.
    pub id: Option<i64>,
    /// The connector, counted from 1; 0 for the station.
    pub connector_id: Option<i64>,
    /// The purpose.
    pub charging_profile_purpose: Option<ChargingProfilePurpose<'a>>,
    /// The stack level.
    pub stack_level: Option<i64>,
}

/// Says whether a profile was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearChargingProfileResponse<'a> {
    /// The answer.
    pub status: ClearChargingProfileStatus<'a>,
}

/// Asks for the limits that follow from all profiles together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetCompositeScheduleRequest<'a> {
    /// The connector, counted from 1; 0 for the grid connection.
    pub connector_id: i64,
    /// So many seconds from now.
    pub duration: i64,
    /// The unit to answer in.
    pub charging_rate_unit: Option<ChargingRateUnit<'a>>,
}

impl<'a> GetCompositeScheduleRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub const fn new(connector_id: i64, duration: i64) -> Self {
        Self {
            connector_id,
            duration,
            charging_rate_unit: None,
        }
    }
}

/// Tells the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetCompositeScheduleResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
    /// The connector that was asked for.
    pub connector_id: Option<i64>,
    /// When the limits begin.
    pub schedule_start: Option<DateTime<'a>>,
    /// The limits.
    pub charging_schedule: Option<ChargingSchedule<'a>>,
}

impl<'a> GetCompositeScheduleResponse<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: GenericStatus<'a>) -> Self {
        Self {
            status,
            connector_id: None,
            schedule_start: None,
            charging_schedule: None,
        }
    }
}

/// Installs a charging profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetChargingProfileRequest<'a> {
    /// The connector, counted from 1; 0 for the station, or for all as a default.
    pub connector_id: i64,
    /// The profile; one, despite its name.
    pub cs_charging_profiles: ChargingProfile<'a>,
}

/// Says what became of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetChargingProfileResponse<'a> {
    /// The answer.
    pub status: ChargingProfileStatus<'a>,
}

members! {
    ClearChargingProfileRequest<'a> {
        "id" => id: optional;
        "connectorId" => connector_id: optional;
        "chargingProfilePurpose" => charging_profile_purpose: optional;
        "stackLevel" => stack_level: optional;
    }
    ClearChargingProfileResponse<'a> {
        "status" => status: required or MISSING_STATUS ClearChargingProfileStatus::Other("".into());
    }
    GetCompositeScheduleRequest<'a> {
        "connectorId" => connector_id: required;
        "duration" => duration: required;
        "chargingRateUnit" => charging_rate_unit: optional;
    }
    GetCompositeScheduleResponse<'a>, unless bare_rejection {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
        "connectorId" => connector_id: optional;
        "scheduleStart" => schedule_start: optional;
        "chargingSchedule" => charging_schedule: optional;
    }
    SetChargingProfileRequest<'a> {
        "connectorId" => connector_id: required;
        "csChargingProfiles" => cs_charging_profiles: required;
    }
    SetChargingProfileResponse<'a> {
        "status" => status: required or MISSING_STATUS ChargingProfileStatus::Other("".into());
    }
}

literals! {
    /// Whether a charging profile was removed.
    pub enum ClearChargingProfileStatus {
        /// At least one was removed.
        Accepted = "Accepted",
        /// None matched.
        Unknown = "Unknown",
    }
    unknown: Unknown::Kept;

    /// What became of a charging profile.
    pub enum ChargingProfileStatus {
        /// It is installed.
        Accepted = "Accepted",
        /// It is not installed.
        Rejected = "Rejected",
        /// The station has no smart charging.
        NotSupported = "NotSupported",
    }
    unknown: Unknown::Kept;
}

/// The answer that says no more than that it is rejected: its other members are placeholders.
#[cold]
fn bare_rejection<'a>(reader: &mut Reader<'a>) -> Option<GetCompositeScheduleResponse<'a>> {
    if !reader.tolerance().contains(Tolerance::REJECTED_REST) {
        return None;
    }
    let at = reader.at();
    let is_rejected = rejects(reader);
    reader.go_back(at);
    if !is_rejected || !reader.bend(Tolerance::REJECTED_REST) {
        return None;
    }
    reader.skip().ok()?;
    Some(GetCompositeScheduleResponse::new(GenericStatus::Rejected))
}

fn rejects(reader: &mut Reader<'_>) -> bool {
    let mut is_rejected = false;
    let Ok(mut more) = reader.open_object() else {
        return false;
    };
    while more {
        let (Ok(name), Ok(value)) = (reader.name(&[]), reader.skip()) else {
            return false;
        };
        is_rejected |= name == "status" && value.eq_ignore_ascii_case("\"Rejected\"");
        let Ok(next) = reader.next_member() else {
            return false;
        };
        more = next;
    }
    is_rejected
}
