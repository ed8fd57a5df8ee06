//! The application layer: what follows the CI field (EN 13757-3, EN 13757-7).
//!
//! [`ApplicationData::parse`] sorts by CI field and reads the header; what a telegram holds in
//! records is handed out as [`UserData`]. [`Command`] builds what a master sends.

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
