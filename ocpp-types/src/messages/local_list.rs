//! The list of identifiers that a station holds.

use alloc::vec::Vec;

use crate::literal::{Unknown, literals};
use crate::types::{IdTagInfo, IdToken};
use crate::value::members;

/// Asks for the version of the local list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GetLocalListVersionRequest {}

/// Tells the version of the local list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetLocalListVersionResponse {
    /// The version; 0 for an empty list, -1 where there is none.
    pub list_version: i64,
}

/// Replaces or changes the local list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendLocalListRequest<'a> {
    /// The version of the list.
    pub list_version: i64,
    /// The entries.
    pub local_authorization_list: Option<Vec<AuthorizationData<'a>>>,
    /// Whether it is replaced or changed.
    pub update_type: UpdateType<'a>,
}

impl<'a> SendLocalListRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(list_version: i64, update_type: UpdateType<'a>) -> Self {
        Self {
            list_version,
            local_authorization_list: None,
            update_type,
        }
    }
}

/// An entry of the local list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationData<'a> {
    /// The identifier.
    pub id_tag: IdToken<'a>,
    /// What to do with it; in a differential list, a missing one removes the entry.
    pub id_tag_info: Option<IdTagInfo<'a>>,
}

impl<'a> AuthorizationData<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(id_tag: IdToken<'a>) -> Self {
        Self {
            id_tag,
            id_tag_info: None,
        }
    }
}

/// Says what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendLocalListResponse<'a> {
    /// The answer.
    pub status: UpdateStatus<'a>,
}

members! {
    GetLocalListVersionRequest {
    }
    GetLocalListVersionResponse {
        "listVersion" => list_version: required;
    }
    SendLocalListRequest<'a> {
        "listVersion" => list_version: required;
        "localAuthorizationList" => local_authorization_list: optional;
        "updateType" => update_type: required;
    }
    AuthorizationData<'a> {
        "idTag" => id_tag: required;
        "idTagInfo" => id_tag_info: optional;
    }
    SendLocalListResponse<'a> {
        "status" => status: required or MISSING_STATUS UpdateStatus::Other("".into());
    }
}

literals! {
    /// Whether a local list is replaced or changed.
    pub enum UpdateType {
        /// It is changed by the entries that are sent.
        Differential = "Differential",
        /// It is replaced.
        Full = "Full",
    }
    unknown: Unknown::Refused;

    /// What became of a change of the local list.
    pub enum UpdateStatus {
        /// It is done.
        Accepted = "Accepted",
        /// It could not be done.
        Failed = "Failed",
        /// The station has no local list.
        NotSupported = "NotSupported",
        /// The version is not newer than that of the list.
        VersionMismatch = "VersionMismatch",
    }
    unknown: Unknown::Kept;
}
