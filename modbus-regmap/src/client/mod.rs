//! The session of a client: requests out, answers in, without I/O, a clock or an allocator.
//!
//! # Driving it
//!
//! After every command and every `handle_*` call, drain [`Client::poll_output`] until `None`. Then
//! wait for input or for [`Client::poll_timeout`], whichever is first.
//!
//! ```
//! use modbus_regmap::adu::{SerialLine, Rtu};
//! use modbus_regmap::client::{Client, Config, Event, Output};
//! use modbus_regmap::{Table, UnitId};
//! use meter_units::Instant;
//!
//! let config = Config::serial(SerialLine::new(9600).unwrap());
//! let mut client = Client::<Rtu>::new(config);
//! let mut now = Instant::ORIGIN;
//! client.read(now, UnitId(1), Table::HoldingRegister, 0, 2).unwrap();
//! loop {
//!     match client.poll_output() {
//!         Some(Output::Transmit(bytes)) => {
//!             assert_eq!(bytes, [0x01, 0x03, 0, 0, 0, 2, 0xC4, 0x0B]);
//!             // … is written to the port. The answer, in whatever pieces it is read:
//!             now = Instant::from_millis(30);
//!             client.handle_input(now, &[0x01, 0x03, 0x04, 0x00]);
//!             client.handle_input(now, &[0x01, 0x00, 0x64, 0xAA, 0x18]);
//!         }
//!         Some(Output::Event(Event::Registers { address: 0, registers, .. })) => {
//!             assert!(registers.iter().eq([1, 100]));
//!             break;
//!         }
//!         Some(other) => panic!("{other:?}"),
//!         // Wait for input or for the time-out.
//!         None => {
//!             now = client.poll_timeout().unwrap();
//!             client.handle_timeout(now);
//!         }
//!     }
//! }
//! ```
//!
//! # A request
//!
//! ```text
//! command ──▶ ready ──line free, silence──▶ sent ──answer that fits──▶ answered, exception
//!               ▲                            │
//!               └── attempts left ◀── time-out, busy, malformed ──▶ timed out, invalid
//! ```
//!
//! - The time-out is the time to the first byte plus what request and answer take on the wire.
//! - Over TCP as many requests are open as the client has room for (`N`); answers are told apart by
//!   their transaction number, and each attempt has a number of its own. On a serial line one is
//!   open, the others wait in the order in which they came.
//! - Answers on a serial line are told apart by unit, function and length only. After a time-out, no
//!   other request of the same function goes to the same unit before a late answer had its time
//!   ([`Config::late_window`]).
//! - An answer that does not fit leaves the request open on a serial line, since the right one may
//!   follow. Over TCP it is the answer to this transaction, and the request is sent again.
//!
//! What is held is bounded: `N` requests of 253 bytes, one frame each way, and eight events about
//! frames that fit no request.

mod config;
mod event;
mod exchange;
mod matching;
mod queue;
mod session;
mod slot;

pub use config::{Check, Config};
pub use event::{Event, Mismatch, Output, RequestId, Statistics};
pub use session::{Client, RequestError};
