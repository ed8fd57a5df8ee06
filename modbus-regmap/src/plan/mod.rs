//! The fewest requests that fetch a set of values.
//!
//! A [`Plan`] joins values that lie close together into one request, as far as the device allows
//! ([`Limits`]). It is made of [`PlanItem`]s in memory of the caller: an array, a slice or, with an
//! allocator, a `Vec`.
//!
//! ```
//! use modbus_regmap::Table;
//! use modbus_regmap::plan::{Limits, Plan, PlanItem, Read};
//!
//! let item = |address| PlanItem::new(Read::new(Table::InputRegister, address, 2));
//! let items = [item(342), item(0), item(70), item(2)];
//! let plan = Plan::new(items, Limits::new().max_registers(80).max_gap(100))?;
//!
//! let reads = plan.requests().map(|request| (request.read().address, request.read().count));
//! assert!(reads.eq([(0, 72), (342, 2)]));
//! # Ok::<(), modbus_regmap::plan::PlanError>(())
//! ```
//!
//! # What is kept
//!
//! - A value is never split: its cells are in one request, and it belongs to one request.
//! - No request is longer than the device and the protocol allow, or reaches past address 65535.
//! - No request touches a forbidden cell, and none bridges a hole above the limit. What a value
//!   covers is no hole.
//! - There is no valid plan of fewer requests, and none of as many requests that reads fewer
//!   cells; with other [`Cost`]s, none that costs less. This holds for values that overlap, that
//!   lie within another and that are there twice, too.
//!
//! The work is linear in the number of items if they are sorted, or else that of sorting them.
//!
//! # When a device refuses
//!
//! Some devices have holes of which their manual says nothing, or allow less than it promises. On
//! exception 2 or 3 to a joined request, [`PlannedRead::split`] cuts it at its holes or, if it has
//! none, in two.

mod blocks;
mod chosen;
mod item;
mod limits;
mod named;
mod place;
mod read;
mod readings;
mod requests;
mod select;
mod solve;

use core::fmt;

pub use item::PlanItem;
pub use limits::{Cost, Limits};
pub use place::Place;
pub use read::Read;
pub use readings::{Readings, readings_in};
pub use requests::{PlannedRead, Requests, Split};
pub use select::{MapItems, Selection};

use crate::sort::sort_by_key;

/// Requests that fetch a set of items.
///
/// `S` holds the items: `[PlanItem; N]`, `&mut [PlanItem]` or `Vec<PlanItem>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan<'a, S> {
    items: S,
    limits: Limits<'a>,
}

impl<'a, S: AsRef<[PlanItem]> + AsMut<[PlanItem]>> Plan<'a, S> {
    /// Finds the requests; the items are sorted by table and address.
    ///
    /// # Errors
    ///
    /// If an item cannot be read within the limits at all, or if there are more than 65535.
    pub fn new(mut items: S, limits: Limits<'a>) -> Result<Self, PlanError> {
        let slice = items.as_mut();
        solve::check(slice, &limits)?;
        sort_by_key(slice, PlanItem::order);
        solve::solve(slice, &limits);
        Ok(Self { items, limits })
    }
}

impl<'a, S: AsRef<[PlanItem]>> Plan<'a, S> {
    /// The requests, in the order of tables and addresses.
    pub fn requests(&self) -> Requests<'_> {
        Requests::new(self.items.as_ref(), &self.limits)
    }

    /// The items, sorted by table and address.
    pub fn items(&self) -> &[PlanItem] {
        self.items.as_ref()
    }

    /// What the requests keep to.
    pub const fn limits(&self) -> &Limits<'a> {
        &self.limits
    }
}

/// Why an item cannot be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlanError {
    /// What was wrong.
    pub kind: PlanErrorKind,
    /// The item.
    pub read: Read,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.read, self.kind)
    }
}

impl core::error::Error for PlanError {}

/// The ways in which an item cannot be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PlanErrorKind {
    /// It has no cell.
    #[error("a value of no cells")]
    Empty,
    /// It ends after the last address.
    #[error("ends after address 65535")]
    PastEnd,
    /// It is longer than a request may be.
    #[error("longer than a request, which reads up to {max} cell(s)")]
    TooLong {
        /// How many cells a request may read.
        max: u16,
    },
    /// It has a cell that must not be read.
    #[error("address {address} must not be read")]
    Forbidden {
        /// The first such cell.
        address: u16,
    },
    /// It starts or ends on an odd address, and its neighbor must not be read.
    #[error("no even request holds it")]
    Alignment,
    /// It is the first that is too many.
    #[error("more than 65535 values")]
    TooMany,
}

#[cfg(test)]
mod tests;
