//! One table of all operations, and what follows from it.

use alloc::string::String;

use crate::error::{DecodeError, Violation};
use crate::frame::{MessageId, RawPayload};
use crate::json::{Dialect, Reader, Stop, Writer};
use crate::message::Message;
use crate::messages::*;
use crate::payload;
use crate::tolerance::{Tolerance, Tolerated};
use crate::value::{Own, Value};

/// Who may send a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The station.
    FromChargePoint,
    /// The central system.
    FromCentralSystem,
    /// Both.
    Either,
}

/// The feature profiles of OCPP 1.6, 3.3, and the security extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// What every station has.
    Core,
    /// Firmware updates and diagnostics.
    FirmwareManagement,
    /// The list of identifiers in a station.
    LocalAuthListManagement,
    /// Reservations.
    Reservation,
    /// Charging profiles.
    SmartCharging,
    /// Asking for messages.
    RemoteTrigger,
    /// The security extension.
    Security,
}

/// A request or a response.
pub trait Payload<'a>: sealed::Sealed + Sized {
    /// The operation that it is part of.
    const ACTION: Action;

    /// Reads it from the payload of a frame.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken.
    fn decode(payload: RawPayload<'a>) -> Result<Self, Violation> {
        Self::decode_with(payload, Tolerance::STRICT).map(|read| read.value)
    }

    /// As [`decode`](Self::decode), with deviations that may be bent into shape.
    ///
    /// # Errors
    ///
    /// The first rule that is broken and may not be bent.
    fn decode_with(
        payload: RawPayload<'a>,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, Violation>;

    /// Appends it to `out` as a JSON object.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    fn encode_payload(&self, out: &mut String) -> Result<(), Violation>;

    /// Appends it to `out` whatever it holds, for those who test what the other side does with it.
    fn encode_payload_unchecked(&self, out: &mut String);

    /// Checks it against the schema.
    ///
    /// # Errors
    ///
    /// The first rule that is broken.
    fn validate(&self) -> Result<(), Violation> {
        self.encode_payload(&mut String::new())
    }
}

/// The request of an operation.
pub trait Operation<'a>: Payload<'a> {
    /// What it is answered with.
    type Response<'r>: Payload<'r>;

    /// Appends the CALL with this request to `out`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    fn encode_call(&self, id: &MessageId<'_>, out: &mut String) -> Result<(), Violation>;
}

mod sealed {
    #[expect(unnameable_types, reason = "nobody else is to implement what needs it")]
    pub trait Sealed {}
}

/// Writes the operations from their table: name, request, response, who sends it, profile.
///
/// It expands to [`Action`], [`Request`], [`Response`] and the traits of the payloads.
macro_rules! operations {
    ($(
        $name:ident: $request:ident $(<$qlife:lifetime>)? => $response:ident $(<$plife:lifetime>)?,
        $direction:ident, $profile:ident;
    )+) => {
        /// An operation of OCPP 1.6 or its security extension.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $( #[doc = concat!("[`", stringify!($request), "`].")] $name, )+
        }

        impl Action {
            /// Every operation, by feature profile.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )+ ];

            /// The names on the wire, in the order of [`ALL`](Self::ALL).
            #[cfg(feature = "serde")]
            pub(crate) const NAMES: &'static [&'static str] = &[ $( stringify!($name), )+ ];

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $( Self::$name => stringify!($name), )+
                }
            }

            /// The operation of that name; names are compared with case.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Some(match name {
                    $( stringify!($name) => Self::$name, )+
                    _ => return None,
                })
            }

            /// Who may send its request.
            #[must_use]
            pub const fn direction(self) -> Direction {
                match self {
                    $( Self::$name => Direction::$direction, )+
                }
            }

            /// The feature profile that it is part of.
            #[must_use]
            pub const fn profile(self) -> Profile {
                match self {
                    $( Self::$name => Profile::$profile, )+
                }
            }
        }

        /// A request of any operation.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Request<'a> {
            $( #[doc = concat!("[`", stringify!($request), "`].")] $name($request $(<$qlife>)?), )+
        }

        impl<'a> Request<'a> {
            /// The operation.
            #[must_use]
            pub const fn action(&self) -> Action {
                match self {
                    $( Self::$name(_) => Action::$name, )+
                }
            }

            pub(crate) fn read(action: Action, reader: &mut Reader<'a>) -> Result<Self, Stop> {
                reader.dialect = action.dialect();
                Ok(match action {
                    $( Action::$name => Self::$name(Value::read(reader)?), )+
                })
            }

            /// Reads a payload and the end of its frame; `otherwise` where either fails.
            ///
            /// The message is put together in its final place: it is large, and most of it is
            /// unused by most operations.
            #[inline]
            pub(crate) fn read_message(
                action: Action,
                id: MessageId<'a>,
                reader: &mut Reader<'a>,
                otherwise: impl FnOnce() -> Result<Message<'a>, DecodeError<'a>>,
            ) -> Result<Message<'a>, DecodeError<'a>> {
                reader.dialect = action.dialect();
                match action {
                    $( Action::$name => match payload::last(reader) {
                        Ok(payload) => Ok(Message::Call {
                            id,
                            request: Self::$name(payload),
                        }),
                        Err(Stop) => otherwise(),
                    }, )+
                }
            }

            pub(crate) fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
                match self {
                    $( Self::$name(payload) => payload.write(writer), )+
                }
            }

            /// The same with texts of its own, so that it can be kept.
            #[must_use]
            pub fn into_owned(self) -> Request<'static> {
                match self {
                    $( Self::$name(payload) => Request::$name(payload.own()), )+
                }
            }
        }

        /// A response of any operation.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Response<'a> {
            $( #[doc = concat!("[`", stringify!($response), "`].")] $name($response $(<$plife>)?), )+
        }

        impl<'a> Response<'a> {
            /// The operation.
            #[must_use]
            pub const fn action(&self) -> Action {
                match self {
                    $( Self::$name(_) => Action::$name, )+
                }
            }

            pub(crate) fn read(action: Action, reader: &mut Reader<'a>) -> Result<Self, Stop> {
                reader.dialect = action.dialect();
                Ok(match action {
                    $( Action::$name => Self::$name(Value::read(reader)?), )+
                })
            }

            /// Reads a payload and the end of its frame; `otherwise` where either fails.
            ///
            /// The message is put together in its final place: it is large, and most of it is
            /// unused by most operations.
            #[inline]
            pub(crate) fn read_message(
                action: Action,
                id: MessageId<'a>,
                reader: &mut Reader<'a>,
                otherwise: impl FnOnce() -> Result<Message<'a>, DecodeError<'a>>,
            ) -> Result<Message<'a>, DecodeError<'a>> {
                reader.dialect = action.dialect();
                match action {
                    $( Action::$name => match payload::last(reader) {
                        Ok(payload) => Ok(Message::CallResult {
                            id,
                            response: Self::$name(payload),
                        }),
                        Err(Stop) => otherwise(),
                    }, )+
                }
            }

            pub(crate) fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
                match self {
                    $( Self::$name(payload) => payload.write(writer), )+
                }
            }

            /// The same with texts of its own, so that it can be kept.
            #[must_use]
            pub fn into_owned(self) -> Response<'static> {
                match self {
                    $( Self::$name(payload) => Response::$name(payload.own()), )+
                }
            }
        }

        #[cfg(feature = "serde")]
        operations!(@serde Request "Request" { $( $name, )+ });
        #[cfg(feature = "serde")]
        operations!(@serde Response "Response" { $( $name, )+ });

        $(
            operations!(@payload $name $request $(<$qlife>)?, Request);
            operations!(@payload $name $response $(<$plife>)?, Response);

            impl<'a> Operation<'a> for $request $(<$qlife>)? {
                type Response<'r> = operations!(@with $response $(<$plife>)?, 'r);

                fn encode_call(&self, id: &MessageId<'_>, out: &mut String) -> Result<(), Violation> {
                    payload::encode_call(Action::$name, self, id, out)
                }
            }
        )+
    };
    (@serde $enum:ident $text:literal { $( $name:ident, )+ }) => {
        impl serde::Serialize for $enum<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let action = self.action();
                match self {
                    $( Self::$name(payload) => serializer.serialize_newtype_variant(
                        $text,
                        action.index(),
                        action.name(),
                        payload,
                    ), )+
                }
            }
        }

        impl<'de: 'a, 'a> serde::Deserialize<'de> for $enum<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let variants = crate::serde_text::Variants(core::marker::PhantomData::<Self>);
                deserializer.deserialize_enum($text, Action::NAMES, variants)
            }
        }

        impl<'de: 'a, 'a> serde::de::Visitor<'de> for crate::serde_text::Variants<$enum<'a>> {
            type Value = $enum<'a>;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("an action with its payload")
            }

            fn visit_enum<A: serde::de::EnumAccess<'de>>(
                self,
                data: A,
            ) -> Result<$enum<'a>, A::Error> {
                use serde::de::VariantAccess as _;
                let (action, payload) = data.variant_seed(crate::serde_text::ActionName)?;
                match action {
                    $( Action::$name => payload.newtype_variant().map($enum::$name), )+
                }
            }
        }
    };
    (@with $type:ident <$old:lifetime>, $new:lifetime) => { $type<$new> };
    (@with $type:ident, $new:lifetime) => { $type };
    (@payload $name:ident $type:ident $(<$life:lifetime>)?, $enum:ident) => {
        impl $(<$life>)? sealed::Sealed for $type $(<$life>)? {}

        impl<'a> Payload<'a> for $type $(<$life>)? {
            const ACTION: Action = Action::$name;

            fn decode_with(
                payload: RawPayload<'a>,
                tolerance: Tolerance,
            ) -> Result<Tolerated<Self>, Violation> {
                payload::decode(payload, Action::$name, tolerance, Self::read)
            }

            fn encode_payload(&self, out: &mut String) -> Result<(), Violation> {
                payload::encode(Action::$name, self, out)
            }

            fn encode_payload_unchecked(&self, out: &mut String) {
                payload::encode_unchecked(self, out);
            }
        }

        impl<'a> From<$type $(<$life>)?> for $enum<'a> {
            fn from(payload: $type $(<$life>)?) -> Self {
                Self::$name(payload)
            }
        }
    };
}

operations! {
    Authorize: AuthorizeRequest<'a> => AuthorizeResponse<'a>, FromChargePoint, Core;
    BootNotification: BootNotificationRequest<'a> => BootNotificationResponse<'a>, FromChargePoint, Core;
    ChangeAvailability: ChangeAvailabilityRequest<'a> => ChangeAvailabilityResponse<'a>, FromCentralSystem, Core;
    ChangeConfiguration: ChangeConfigurationRequest<'a> => ChangeConfigurationResponse<'a>, FromCentralSystem, Core;
    ClearCache: ClearCacheRequest => ClearCacheResponse<'a>, FromCentralSystem, Core;
    DataTransfer: DataTransferRequest<'a> => DataTransferResponse<'a>, Either, Core;
    GetConfiguration: GetConfigurationRequest<'a> => GetConfigurationResponse<'a>, FromCentralSystem, Core;
    Heartbeat: HeartbeatRequest => HeartbeatResponse<'a>, FromChargePoint, Core;
    MeterValues: MeterValuesRequest<'a> => MeterValuesResponse, FromChargePoint, Core;
    RemoteStartTransaction: RemoteStartTransactionRequest<'a> => RemoteStartTransactionResponse<'a>, FromCentralSystem, Core;
    RemoteStopTransaction: RemoteStopTransactionRequest => RemoteStopTransactionResponse<'a>, FromCentralSystem, Core;
    Reset: ResetRequest<'a> => ResetResponse<'a>, FromCentralSystem, Core;
    StartTransaction: StartTransactionRequest<'a> => StartTransactionResponse<'a>, FromChargePoint, Core;
    StatusNotification: StatusNotificationRequest<'a> => StatusNotificationResponse, FromChargePoint, Core;
    StopTransaction: StopTransactionRequest<'a> => StopTransactionResponse<'a>, FromChargePoint, Core;
    UnlockConnector: UnlockConnectorRequest => UnlockConnectorResponse<'a>, FromCentralSystem, Core;
    DiagnosticsStatusNotification: DiagnosticsStatusNotificationRequest<'a> => DiagnosticsStatusNotificationResponse, FromChargePoint, FirmwareManagement;
    FirmwareStatusNotification: FirmwareStatusNotificationRequest<'a> => FirmwareStatusNotificationResponse, FromChargePoint, FirmwareManagement;
    GetDiagnostics: GetDiagnosticsRequest<'a> => GetDiagnosticsResponse<'a>, FromCentralSystem, FirmwareManagement;
    UpdateFirmware: UpdateFirmwareRequest<'a> => UpdateFirmwareResponse, FromCentralSystem, FirmwareManagement;
    GetLocalListVersion: GetLocalListVersionRequest => GetLocalListVersionResponse, FromCentralSystem, LocalAuthListManagement;
    SendLocalList: SendLocalListRequest<'a> => SendLocalListResponse<'a>, FromCentralSystem, LocalAuthListManagement;
    CancelReservation: CancelReservationRequest => CancelReservationResponse<'a>, FromCentralSystem, Reservation;
    ReserveNow: ReserveNowRequest<'a> => ReserveNowResponse<'a>, FromCentralSystem, Reservation;
    ClearChargingProfile: ClearChargingProfileRequest<'a> => ClearChargingProfileResponse<'a>, FromCentralSystem, SmartCharging;
    GetCompositeSchedule: GetCompositeScheduleRequest<'a> => GetCompositeScheduleResponse<'a>, FromCentralSystem, SmartCharging;
    SetChargingProfile: SetChargingProfileRequest<'a> => SetChargingProfileResponse<'a>, FromCentralSystem, SmartCharging;
    TriggerMessage: TriggerMessageRequest<'a> => TriggerMessageResponse<'a>, FromCentralSystem, RemoteTrigger;
    CertificateSigned: CertificateSignedRequest<'a> => CertificateSignedResponse<'a>, FromCentralSystem, Security;
    DeleteCertificate: DeleteCertificateRequest<'a> => DeleteCertificateResponse<'a>, FromCentralSystem, Security;
    ExtendedTriggerMessage: ExtendedTriggerMessageRequest<'a> => ExtendedTriggerMessageResponse<'a>, FromCentralSystem, Security;
    GetInstalledCertificateIds: GetInstalledCertificateIdsRequest<'a> => GetInstalledCertificateIdsResponse<'a>, FromCentralSystem, Security;
    GetLog: GetLogRequest<'a> => GetLogResponse<'a>, FromCentralSystem, Security;
    InstallCertificate: InstallCertificateRequest<'a> => InstallCertificateResponse<'a>, FromCentralSystem, Security;
    LogStatusNotification: LogStatusNotificationRequest<'a> => LogStatusNotificationResponse, FromChargePoint, Security;
    SecurityEventNotification: SecurityEventNotificationRequest<'a> => SecurityEventNotificationResponse, FromChargePoint, Security;
    SignCertificate: SignCertificateRequest<'a> => SignCertificateResponse<'a>, FromChargePoint, Security;
    SignedFirmwareStatusNotification: SignedFirmwareStatusNotificationRequest<'a> => SignedFirmwareStatusNotificationResponse, FromChargePoint, Security;
    SignedUpdateFirmware: SignedUpdateFirmwareRequest<'a> => SignedUpdateFirmwareResponse<'a>, FromCentralSystem, Security;
}

impl Action {
    /// Its place in [`ALL`](Self::ALL).
    #[cfg(feature = "serde")]
    pub(crate) const fn index(self) -> u32 {
        self as u32
    }

    /// What its schemas have different from others.
    pub(crate) const fn dialect(self) -> Dialect {
        Dialect {
            is_draft_06: matches!(self.profile(), Profile::Security),
            is_without_celsius: matches!(self, Self::StopTransaction),
        }
    }
}

impl core::fmt::Display for Action {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

impl core::str::FromStr for Action {
    type Err = UnknownAction;

    /// As [`from_name`](Self::from_name).
    fn from_str(name: &str) -> Result<Self, UnknownAction> {
        Self::from_name(name).ok_or(UnknownAction)
    }
}

/// A name that no operation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown action")]
pub struct UnknownAction;
