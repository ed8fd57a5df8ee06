//! The session of a server: requests in, answers out, from a register image.
//!
//! # Driving it
//!
//! After every `handle_*` call, drain [`Server::poll_output`] until `None`. Then wait for input or
//! for [`Server::poll_timeout`], whichever is first.
//!
//! ```
//! use modbus_regmap::adu::Tcp;
//! use modbus_regmap::server::{Config, Event, Output, Server, Tables};
//! use modbus_regmap::{Table, UnitId};
//! use meter_units::Instant;
//!
//! let holding = &mut [0, 0, 0];
//! let tables = Tables { holding_registers: holding, ..Tables::default() };
//! let mut server = Server::<Tcp, _>::new(tables, Config::tcp());
//! // Register 1 becomes 258.
//! server.handle_input(Instant::ORIGIN, &[0, 9, 0, 0, 0, 6, 0xFF, 0x06, 0, 1, 0x01, 0x02]);
//! assert_eq!(
//!     server.poll_output(),
//!     Some(Output::Transmit(&[0, 9, 0, 0, 0, 6, 0xFF, 0x06, 0, 1, 0x01, 0x02]))
//! );
//! assert_eq!(
//!     server.poll_output(),
//!     Some(Output::Event(Event::Written {
//!         unit: UnitId(255),
//!         table: Table::HoldingRegister,
//!         address: 1,
//!         count: 1,
//!     }))
//! );
//! assert_eq!(server.image().holding_registers, [0, 258, 0]);
//! ```
//!
//! # What is answered
//!
//! An [`Image`] says which units there are, which functions they have, and what is in their tables.
//! A request is checked in the order of the standard: function (exception 1), counts (3), addresses
//! (2), then what the image makes of it. Nothing is written unless all of it can be.
//!
//! On a serial line, broadcasts are carried out and not answered, and requests and answers of other
//! devices on the same line are skipped.
//!
//! What is held is bounded: `N` answers, one frame that comes in, and eight events. Over TCP, a
//! client with more requests under way than there is room for gets no answer to the others; on a
//! serial line, a new request takes the place of an answer that was not sent yet.

mod answer;
mod config;
mod event;
mod identification;
mod image;
mod session;
mod tables;

pub use answer::answer;
pub use config::Config;
pub use event::{Event, Output, Statistics};
pub use image::Image;
pub use session::Server;
pub use tables::Tables;
