//! OCPP 1.6, 4 and 5: the profile that every station has.

pub(super) mod configuration;
pub(super) mod station;
pub(super) mod transaction;
