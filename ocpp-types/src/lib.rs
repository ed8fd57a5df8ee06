//! OCPP 1.6-J frames and messages.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod error;
mod frame;
mod json;
mod lenient;
pub mod messages;
mod operation;
mod payload;
#[cfg(feature = "serde")]
mod serde_text;
mod tolerance;
pub mod types;
mod value;

pub use meter_units;

pub use self::error::{DecodeError, JsonType, Path, Rule, Segment, Violation};
pub use self::frame::{
    Call, CallError, CallResult, ErrorCode, Frame, FrameKind, Message, MessageId, RawPayload,
};
pub use self::json::MAX_DEPTH;
pub use self::operation::{Action, Direction, Operation, Payload, Profile, Request, Response};
pub use self::tolerance::{Deviation, Tolerance, Tolerated};
#[cfg(test)]
mod size_probe {
    extern crate std;
    #[test]
    fn sizes() {
        std::println!(
            "Request {} Response {} Message {} Sampled {} Boot {} SetCP {} Reader {} ChargingProfile {} Violation {} DecodeError {}",
            size_of::<crate::Request<'_>>(),
            size_of::<crate::Response<'_>>(),
            size_of::<crate::Message<'_>>(),
            size_of::<crate::types::SampledValue<'_>>(),
            size_of::<crate::messages::BootNotificationRequest<'_>>(),
            size_of::<crate::messages::SetChargingProfileRequest<'_>>(),
            size_of::<crate::json::Reader<'_>>(),
            size_of::<crate::types::ChargingProfile<'_>>(),
            size_of::<crate::Violation>(),
            size_of::<crate::DecodeError<'_>>()
        );
        std::println!(
            "{:?}",
            (
                size_of::<crate::types::Measurand<'_>>(),
                size_of::<Option<crate::types::Measurand<'_>>>(),
                size_of::<crate::types::DateTime<'_>>()
            )
        );
    }
}
