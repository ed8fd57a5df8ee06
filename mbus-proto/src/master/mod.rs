//! The master of a bus: it asks, and makes sense of what comes back.
//!
//! [`Master`] resets, selects, reads meters to the last telegram and scans for them. It does no
//! I/O: it says what to send and when it wants to be called again, and is told what was received
//! and what time it is. One task drives one session, on a microcontroller or on a server with ten
//! thousand bridges.
//!
//! # The contract
//!
//! *After every command and every call of a method named `handle_…`, call
//! [`poll_output`](Master::poll_output) until it returns `None`, and send what it hands out. Then wait
//! for input or for [`poll_timeout`](Master::poll_timeout), whichever comes first.*
//!
//! - What meters do wrong is an [`Event`]; an `Err` means that the caller asked for something that
//!   cannot be. Every command ends in exactly one [`Event::Done`], after a bounded number of
//!   requests.
//! - Time is an argument and counts from an origin of the caller's choice ([`Instant`]).
//! - Bytes can come in any chunks: the same bytes at the same times give the same events.
//! - Nothing is sent before the line has been silent for [`Config::pause_time`].
//!
//! # Examples
//!
//! A driver reads from something that blocks for at most the time given. This one stands for a
//! serial port; the meter at its other end is a [`Meter`](crate::meter::Meter). Once there is a driver,
//! each command is one line and what to make of its events.
//!
//! ```
//! use std::time::Duration;
//! use mbus_proto::Telegram;
//! use mbus_proto::link::{PrimaryAddress, SecondaryAddressMask};
//! use mbus_proto::master::{Config, Direction, Event, Master, Outcome, Output};
//! use mbus_proto::meter_units::Instant;
//! # use mbus_proto::meter::{self, Meter};
//! # use mbus_proto::record::{DataField, RecordBuilder};
//! # struct Port { meter: Meter<64>, now: Instant }
//! # impl Port {
//! #     fn open() -> Result<Self, Box<dyn std::error::Error>> {
//! #         let mut meter = Meter::new(meter::Config::new("12345678.PAD.01.07".parse()?));
//! #         meter.set_primary_address(PrimaryAddress::from_code(5));
//! #         meter.push_record(&RecordBuilder::new(&[0x13])?.integer(DataField::Int24, 12_565)?)?;
//! #         Ok(Self { meter, now: Instant::ORIGIN })
//! #     }
//! #     fn now(&self) -> Instant { self.now }
//! #     fn write(&mut self, bytes: &[u8]) {
//! #         self.meter.handle_input(self.now, bytes);
//! #         while self.meter.poll_output().is_some() {}
//! #     }
//! #     fn read(&mut self, buffer: &mut [u8], limit: Option<Duration>) -> usize {
//! #         let until = limit.map(|limit| self.now.saturating_add(limit));
//! #         match (self.meter.poll_timeout(), until) {
//! #             (Some(at), until) if until.is_none_or(|until| at < until) => self.now = at,
//! #             (_, Some(until)) => { self.now = until; return 0 }
//! #             _ => return 0,
//! #         }
//! #         self.meter.handle_timeout(self.now);
//! #         let mut length = 0;
//! #         while let Some(output) = self.meter.poll_output() {
//! #             if let meter::Output::Transmit(bytes) = output {
//! #                 buffer[..bytes.len()].copy_from_slice(bytes);
//! #                 length = bytes.len();
//! #             }
//! #         }
//! #         length
//! #     }
//! # }
//!
//! /// Drives the session until the command at work has ended.
//! fn run(master: &mut Master, port: &mut Port, mut see: impl FnMut(Event<'_>)) -> Outcome {
//!     loop {
//!         while let Some(output) = master.poll_output() {
//!             match output {
//!                 Output::Transmit(bytes) => port.write(bytes),
//!                 Output::Event(Event::Done(outcome)) => return outcome,
//!                 Output::Event(event) => see(event),
//!             }
//!         }
//!         let mut buffer = [0; 256];
//!         let wait = master.poll_timeout().map(|at| at.duration_since(port.now()));
//!         match port.read(&mut buffer, wait) {
//!             0 => master.handle_timeout(port.now()),
//!             length => master.handle_input(port.now(), &buffer[..length]),
//!         }
//!     }
//! }
//!
//! let mut port = Port::open()?;
//! let mut master = Master::new(Config::default());
//!
//! // Who is there?
//! let mut meters = Vec::new();
//! master.scan_secondary(port.now(), SecondaryAddressMask::ANY, Direction::Forwards)?;
//! let outcome = run(&mut master, &mut port, |event| {
//!     if let Event::Found(meter) = event {
//!         meters.push((meter.at, meter.primary, meter.secondary));
//!     }
//! });
//! assert_eq!(outcome, Outcome::Complete);
//! let [(at, primary, Some(secondary))] = meters[..] else {
//!     return Err("not one meter".into());
//! };
//! assert_eq!(primary, PrimaryAddress::from_code(5));
//! assert_eq!(secondary.to_string(), "12345678.PAD.01.07");
//!
//! // What does it say, in all its telegrams?
//! let mut telegrams = Vec::new();
//! master.read(port.now(), at)?;
//! let outcome = run(&mut master, &mut port, |event| {
//!     if let Event::Telegram(response) = event {
//!         telegrams.push(response.bytes.to_vec());
//!     }
//! });
//! assert_eq!((outcome, telegrams.len()), (Outcome::Complete, 1));
//! for bytes in &telegrams {
//!     for reading in Telegram::parse(bytes)?.readings() {
//!         let reading = reading?;
//!         assert_eq!(format!("{} {}", reading.value, reading.unit), "12.565 m³");
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # States
//!
//! ```text
//!            command                line silent for pause_time
//!   idle ─────────────▶ quiet ──────────────────────────────▶ (wake-up) ─▶ awaiting
//!    ▲                    ▲                                                 │   │
//!    │                    │ retry                        first_byte_time    │   │ byte
//!    │                    ├─────────────────────────────────────────────────┘   ▼
//!    │                    │                              idle_time, full_time  receiving
//!    │                    ├───────────────────────────────────────────────────────┤
//!    │  last exchange     │ next exchange                      whole answer       │
//!    └────────────────────┴───────────────────────────────────────────────────────┘
//! ```
//!
//! In a scan an answer is whole when the line has fallen silent: only then it is known that nobody
//! else answered.
//!
//! [`Instant`]: meter_units::Instant

// First, so that the documentation begins with it.
mod session;

mod commands;
mod config;
mod event;
mod frame_count;
mod job;
mod line;
mod read;
mod receiver;
mod resets;
mod scan;
mod timing;

pub use commands::DaylightSaving;
pub use config::{
    Acknowledgement, AddressParts, AnswerAddress, Config, Confirmation, PrimaryProbe, RequestMode,
    ResetMode, Resolution,
};
pub use event::{
    CommandError, Event, Failure, Found, Outcome, Output, Progress, Response, Target, Unresolved,
};
pub use scan::{Direction, telegram_bound};
pub use session::{Class, Master};
