//! The types that payloads are made of.

mod authorization;
mod charging;
mod limit;
mod metering;
mod status;
mod text;
mod time;
mod uri;

pub use self::authorization::{AuthorizationStatus, IdTagInfo};
pub use self::charging::{
    ChargingProfile, ChargingProfileKind, ChargingProfilePurpose, ChargingRateUnit,
    ChargingSchedule, ChargingSchedulePeriod, RecurrencyKind,
};
pub use self::limit::{Limit, LimitError};
pub use self::metering::{
    Location, Measurand, MeterValue, Phase, ReadingContext, SampledValue, UnitOfMeasure,
    ValueFormat,
};
pub use self::status::GenericStatus;
pub use self::text::{CiString, IdToken, LongText, Text, TooLong};
pub use self::time::DateTime;
pub(crate) use self::time::iso8601;
pub use self::uri::Uri;
