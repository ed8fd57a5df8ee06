//! The application layer: what follows the CI field (EN 13757-3, EN 13757-7).
//!
//! [`ApplicationData::parse`] sorts by CI field and reads the header; what a telegram holds in
//! records is handed out as [`UserData`]. [`Command`] builds what a master sends.
//!
//! ```
//! use mbus_proto::ApplicationData;
//! use mbus_proto::app::Status;
//!
//! let input = [
//!     0x72, // a response under a header of 12 bytes
//!     0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, // who
//!     0x55, 0x04, 0x00, 0x00, // access number, status, configuration
//!     0x03, 0x13, 0x15, 0x31, 0x00, // a record
//! ];
//! let ApplicationData::Response { header, data } = ApplicationData::parse(&input)? else {
//!     return Err("no response".into());
//! };
//! assert_eq!(header.address().map(|it| it.to_string()).as_deref(), Some("12345678.PAD.01.07"));
//! assert_eq!(header.access_number(), Some(0x55));
//! assert_eq!(header.status(), Some(Status::POWER_LOW));
//! assert!(!header.is_encrypted());
//! assert_eq!((data.offset(), data.records().count()), (13, 1));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod baud;
mod body;
mod ci;
mod ci_table;
mod codes;
mod command;
mod configuration;
mod data;
mod encode;
pub(crate) mod extension;
mod fixed;
mod fixed_unit;
mod header;
mod parse;
mod user_data;

pub use baud::BaudRate;
pub use ci::{CiDirection, ControlInformation, HeaderKind};
pub use codes::{ApplicationError, MessageApplication, ResetCode};
pub use command::Command;
pub use configuration::{Configuration, ConfigurationFields, SecurityMode};
pub use data::{ApplicationData, TimeSync};
pub use extension::ConfigurationExtension;
pub use fixed::{Counter, FixedData, FixedStatus};
pub use fixed_unit::FixedUnit;
pub use header::{ApplicationState, Header, LongHeader, ShortHeader, Status};
pub use user_data::UserData;
