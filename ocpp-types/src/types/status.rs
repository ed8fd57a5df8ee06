//! Answers that are yes or no.

use crate::literal::{Unknown, literals};

literals! {
    /// Yes or no.
    pub enum GenericStatus {
        /// It is or will be done.
        Accepted = "Accepted",
        /// It is not done.
        Rejected = "Rejected",
    }
    unknown: Unknown::Kept;
}
