//! Who may charge.

use super::{DateTime, IdToken};
use crate::literal::{Unknown, literals};
use crate::value::members;

/// What the central system says about an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdTagInfo<'a> {
    /// When the identifier is to be removed from the cache.
    pub expiry_date: Option<DateTime<'a>>,
    /// The group of the identifier: its members may end each other's transactions.
    pub parent_id_tag: Option<IdToken<'a>>,
    /// Whether it may charge.
    pub status: AuthorizationStatus<'a>,
}

impl<'a> IdTagInfo<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: AuthorizationStatus<'a>) -> Self {
        Self {
            expiry_date: None,
            parent_id_tag: None,
            status,
        }
    }
}

members! {
    IdTagInfo<'a> {
        "expiryDate" => expiry_date: optional;
        "parentIdTag" => parent_id_tag: optional;
        "status" => status: required;
    }
}

literals! {
    /// Whether an identifier may charge.
    pub enum AuthorizationStatus {
        /// It may charge.
        Accepted = "Accepted",
        /// It is blocked.
        Blocked = "Blocked",
        /// It is no longer valid.
        Expired = "Expired",
        /// It is unknown.
        Invalid = "Invalid",
        /// It is in another transaction, and may be in one only.
        ConcurrentTx = "ConcurrentTx",
    }
    unknown: Unknown::Refused;
}
