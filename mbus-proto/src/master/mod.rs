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
//! serial port; the meter at its other end is a [`Meter`](crate::meter::Meter).
//!
//! ```
//! use std::time::Duration;
//! use mbus_proto::Telegram;
//! use mbus_proto::link::PrimaryAddress;
//! use mbus_proto::master::{Config, Event, Master, Outcome, Output};
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
//! #     fn write(&mut self, bytes: &[u8]) { self.meter.handle_input(self.now, bytes); }
//! #     fn read(&mut self, buffer: &mut [u8], limit: Option<Duration>) -> usize {
//! #         let until = limit.map(|limit| self.now.saturating_add(limit));
//! #         match (self.meter.poll_timeout(), until) {
//! #             (Some(at), until) if until.is_none_or(|until| at < until) => self.now = at,
//! #             (_, Some(until)) => { self.now = until; return 0 }
//! #             _ => return 0,
//! #         }
//! #         self.meter.handle_timeout(self.now);
//! #         while let Some(output) = self.meter.poll_output() {
//! #             if let meter::Output::Transmit(bytes) = output {
//! #                 buffer[..bytes.len()].copy_from_slice(bytes);
//! #                 return bytes.len();
//! #             }
//! #         }
//! #         0
//! #     }
//! # }
//!
//! let mut port = Port::open()?;
//! let mut master = Master::new(Config::default());
//! let mut readings = Vec::new();
//!
//! master.read(port.now(), PrimaryAddress::from_code(5))?;
//! let outcome = 'session: loop {
//!     while let Some(output) = master.poll_output() {
//!         match output {
//!             Output::Transmit(bytes) => port.write(bytes),
//!             Output::Event(Event::Telegram(response)) => {
//!                 for reading in Telegram::parse(response.bytes)?.readings() {
//!                     let reading = reading?;
//!                     readings.push(format!("{} {}", reading.value, reading.unit));
//!                 }
//!             }
//!             Output::Event(Event::Done(outcome)) => break 'session outcome,
//!             Output::Event(_) => {}
//!         }
//!     }
//!     let mut buffer = [0; 256];
//!     let wait = master.poll_timeout().map(|at| at.duration_since(port.now()));
//!     match port.read(&mut buffer, wait) {
//!         0 => master.handle_timeout(port.now()),
//!         length => master.handle_input(port.now(), &buffer[..length]),
//!     }
//! };
//! assert_eq!(outcome, Outcome::Complete);
//! assert_eq!(readings, ["12.565 m³"]);
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

use core::ops::RangeInclusive;

use meter_units::Instant;

use crate::app::{BaudRate, Command, ResetCode};
use crate::link::{AddressKind, Frame, PrimaryAddress, SecondaryAddressMask};

use frame_count::FrameCounts;
use job::{BitRateSwitch, Context, Flow, Job, Order};
use line::Line;
use read::Readout;
use receiver::Answer;
use scan::{PrimaryScan, Search};

pub use config::{
    Acknowledgement, AddressParts, AnswerAddress, Config, Confirmation, PrimaryProbe, RequestMode,
    ResetMode, Resolution,
};
pub use event::{
    CommandError, Event, Failure, Found, Outcome, Output, Progress, Response, Target, Unresolved,
};
pub use scan::{Direction, telegram_bound};

/// The session of the master of one bus.
///
/// It owns its buffers, 1584 bytes in all on a 64-bit machine, and needs no allocator. The
/// [module](self) has the contract and an example.
#[derive(Clone, Debug)]
pub struct Master {
    config: Config,
    line: Line,
    counts: FrameCounts,
    job: Job,
    events: event::Queue,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Class {
    /// Alarms (class 1, REQ_UD1).
    Alarm,
    /// The data of the meter (class 2, REQ_UD2).
    #[default]
    Data,
}

impl Master {
    /// A master that has nothing to do.
    #[must_use]
    pub const fn new(config: Config) -> Self {
        Self {
            counts: FrameCounts::new(config.first_frame_count),
            config,
            line: Line::new(),
            job: Job::None,
            events: event::Queue::new(),
        }
    }

    /// The settings; [`set_baud_rate`](Self::set_baud_rate) changes the bit rate.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Changes the settings, for the commands to come.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`] while a command is at work.
    pub fn set_config(&mut self, config: Config) -> Result<(), CommandError> {
        self.ready()?;
        if config.first_frame_count != self.config.first_frame_count {
            self.counts = FrameCounts::new(config.first_frame_count);
        }
        self.config = config;
        Ok(())
    }

    /// Whether a command is at work.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        !matches!(self.job, Job::None)
    }

    /// How many telegrams were sent so far, repetitions included.
    #[must_use]
    pub const fn telegrams_sent(&self) -> u32 {
        self.line.sent()
    }

    /// Resets the link of a slave (SND_NKE): its frame count begins anew.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn reset(&mut self, now: Instant, address: PrimaryAddress) -> Result<(), CommandError> {
        self.send(now, &Command::reset_link(address))
    }

    /// Resets the application of a slave: it starts with its first telegram. A code selects what
    /// the telegrams are about.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn reset_application(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        code: Option<ResetCode>,
    ) -> Result<(), CommandError> {
        self.send(now, &Command::reset_application(address, code))
    }

    /// Selects the slaves that a mask addresses; they then answer to
    /// [`PrimaryAddress::SELECTED`].
    ///
    /// With a fabrication number, [`Command::select_fabrication`] goes through
    /// [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn select(
        &mut self,
        now: Instant,
        mask: impl Into<SecondaryAddressMask>,
    ) -> Result<(), CommandError> {
        let mask = self.config.selection_wildcards.opened(mask.into());
        self.send(now, &Command::select(mask))
    }

    /// Ends the selection. Where nobody is selected nobody answers, which is well.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn deselect(&mut self, now: Instant) -> Result<(), CommandError> {
        self.send(now, &Command::deselect())
    }

    /// Asks a slave for one telegram: the next one if the last was read well, else the last again.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if nobody answers to the address.
    pub fn request(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        class: Class,
    ) -> Result<(), CommandError> {
        self.ready()?;
        askable(address)?;
        self.job = Job::Readout(Readout::single(&mut self.context(now), address, class));
        Ok(())
    }

    /// Sends a command that a slave acknowledges.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn send(&mut self, now: Instant, command: &Command) -> Result<(), CommandError> {
        self.send_frame(now, &command.frame())
    }

    /// Sends a frame that a slave acknowledges: user data that no [`Command`] has.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Frame`] if it is none of a master.
    pub fn send_frame(&mut self, now: Instant, frame: &Frame<'_>) -> Result<(), CommandError> {
        self.ready()?;
        if !frame.control().is_some_and(|it| it.is_primary()) {
            return Err(CommandError::Frame);
        }
        self.job = Job::Order(Order::begin(&mut self.context(now), frame));
        Ok(())
    }

    /// Gives a slave another primary address.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if the new one is none of a slave.
    pub fn change_address(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        new: PrimaryAddress,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let command = Command::set_primary_address(address, new).ok_or(CommandError::Address)?;
        self.counts.reset(new);
        self.send(now, &command)
    }

    /// Sets the clock of a slave; the time has no seconds.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Frame`] if the coding cannot hold the time.
    pub fn set_clock(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        time: &meter_units::Civil,
        dst: DaylightSaving,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let mut record = [0; 8];
        let built = crate::record::RecordBuilder::new(&[0x6D])
            .and_then(|builder| builder.date_time(time, dst == DaylightSaving::On))
            .and_then(|builder| builder.encode_into(&mut record));
        let [_, _, type_f @ .., _, _] = record;
        match built {
            Ok(6) => self.send(now, &Command::set_clock(address, type_f)),
            _ => Err(CommandError::Frame),
        }
    }

    /// Switches a slave to another bit rate, and the session with it: [`Event::BitRate`] says when
    /// the port has to follow. A reset of the link tries it out; without an answer everything goes
    /// back to the old rate.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn set_baud_rate(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        rate: BaudRate,
    ) -> Result<(), CommandError> {
        self.ready()?;
        self.job = Job::BitRate(BitRateSwitch::begin(&mut self.context(now), address, rate));
        Ok(())
    }

    /// Reads a meter completely: resets as [`Config::reset`] says, selection, requests as
    /// [`Config::request`] says, and all its telegrams.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if nobody answers to the address.
    pub fn read(&mut self, now: Instant, target: impl Into<Target>) -> Result<(), CommandError> {
        self.ready()?;
        let target = target.into();
        if let Target::Primary(address) = target {
            askable(address)?;
        }
        self.job = Job::Readout(Readout::begin(&mut self.context(now), target));
        Ok(())
    }

    /// Looks for meters under a range of primary addresses: at most
    /// `addresses × (1 + scan_retries)` telegrams where nobody is, and one for each meter, two with
    /// [`PrimaryProbe::Reset`].
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if the range is empty or ends above 250.
    pub fn scan_primary(
        &mut self,
        now: Instant,
        addresses: RangeInclusive<u8>,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let (first, last) = (*addresses.start(), *addresses.end());
        if addresses.is_empty() || PrimaryAddress::slave(last).is_none() {
            return Err(CommandError::Address);
        }
        self.job = Job::PrimaryScan(PrimaryScan::begin(&mut self.context(now), first, last));
        Ok(())
    }

    /// Looks for all meters that a mask addresses, each under an address of its own.
    ///
    /// # How it goes about
    ///
    /// First the mask itself is selected: on an empty bus, and with one meter, that is all. Where
    /// several meters answer, their identification numbers are told apart digit by digit, from the
    /// last to the first, since few meters mostly differ in the last. If several share even that, it
    /// goes on with the last three digits, which tell a batch of up to 1000 apart; if meters crowd
    /// under the same three, with the first digit and so on. Who was found by then is not reported again.
    /// Data is requested only where exactly one acknowledgement came.
    ///
    /// A selection that several meters must answer is left out, and so is one that they are all but
    /// certain to answer: where scattered numbers have brought eight meters and more to each mask of
    /// that size. If that was wrong the selection is made after all, and none is left out any more.
    ///
    /// Meters with the same identification number are told apart as [`Config::resolution`] says.
    /// Digits from Ah to Eh are tried where meters have answered that the decimal ones do not
    /// account for, and all digits once more. What remains is reported as [`Event::Unresolved`].
    ///
    /// On a line that loses requests, one of two meters may not hear a selection, and so hide behind
    /// the other; [`Config::confirmation`] makes up for that.
    ///
    /// # How many telegrams
    ///
    /// At most [`telegram_bound`] on a sound bus; a search that exceeds the fourfold, and what it
    /// takes to tell meters with the same identification apart, ends in [`Outcome::Endless`].
    ///
    /// Telegrams of the master until all meters are found, against the plain algorithm of a manual
    /// (a selection and a request for each mask) and that of libmbus, the latter and ours without
    /// repetition and with one for each selection without answer. Scattered numbers are the mean of
    /// several buses, with the same order of digits for all three.
    ///
    /// | meters | numbers | manual | libmbus | ours | libmbus, 1 retry | ours, 1 retry |
    /// |---|---|---|---|---|---|---|
    /// | 1 | consecutive | 20 | 11 | 2 | 20 | 2 |
    /// | 1 | scattered | 20 | 11 | 2 | 20 | 2 |
    /// | 10 | consecutive | 160 | 90 | 21 | 153 | 21 |
    /// | 10 | scattered | 83 | 52 | 52 | 80 | 79 |
    /// | 30 | consecutive | 200 | 130 | 82 | 191 | 98 |
    /// | 30 | scattered | 266 | 163 | 163 | 254 | 252 |
    /// | 100 | consecutive | 360 | 280 | 232 | 343 | 250 |
    /// | 100 | scattered | 855 | 528 | 522 | 813 | 809 |
    /// | 250 | consecutive | 680 | 590 | 542 | 647 | 554 |
    /// | 250 | scattered | 2266 | 1383 | 1363 | 2154 | 2122 |
    /// | 1000 | consecutive | 2360 | 2180 | 2112 | 2243 | 2112 |
    /// | 1000 | scattered | 8715 | 5358 | 5211 | 8280 | 8091 |
    ///
    /// With consecutive numbers, the digits that all of them share cost next to nothing. With a few
    /// scattered ones nothing is known beforehand, and no order of digits is better than another: each
    /// mask with several meters takes ten selections. Two batches whose last three digits partly agree
    /// take a few more telegrams than with libmbus.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn scan_secondary(
        &mut self,
        now: Instant,
        mask: SecondaryAddressMask,
        direction: Direction,
    ) -> Result<(), CommandError> {
        self.ready()?;
        self.job = Job::Search(Search::begin(&mut self.context(now), mask, direction));
        Ok(())
    }

    /// Ends the command at work. The next one waits for an answer that may still come.
    pub fn cancel(&mut self, now: Instant) {
        if self.is_busy() {
            self.line.abort(now, &self.config);
            self.job = Job::None;
            self.events.push(Event::Done(Outcome::Canceled));
        }
    }

    /// Takes bytes that were received, in any chunks.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        if !self.events.is_empty() {
            // The telegram that waits to be polled is not to be overwritten.
            return;
        }
        if let Some(answer) = self.line.input(now, &self.config, bytes) {
            self.step(now, answer);
        }
    }

    /// Lets time pass. Calling it too early, or once too often, does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        if !self.events.is_empty() || self.line.has_pending() {
            return;
        }
        if let Some(answer) = self.line.elapse(now, &self.config) {
            self.step(now, answer);
        }
    }

    /// What is to be sent or known next.
    pub fn poll_output(&mut self) -> Option<Output<'_>> {
        let Some(event) = self.events.pop() else {
            return self.line.poll().map(Output::Transmit);
        };
        let bytes = self.line.telegram();
        Some(Output::Event(match event {
            Event::Telegram(response) => Event::Telegram(Response { bytes, ..response }),
            Event::Found(found) => Event::Found(Found { bytes, ..found }),
            event => event,
        }))
    }

    /// When to call [`handle_timeout`](Self::handle_timeout); `None` while nothing is awaited.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.line.timeout()
    }

    fn ready(&self) -> Result<(), CommandError> {
        if self.is_busy() {
            Err(CommandError::Busy)
        } else {
            Ok(())
        }
    }

    fn context(&mut self, now: Instant) -> Context<'_> {
        Context {
            now,
            config: &mut self.config,
            line: &mut self.line,
            counts: &mut self.counts,
            events: &mut self.events,
        }
    }

    fn step(&mut self, now: Instant, answer: Answer) {
        let mut context = Context {
            now,
            config: &mut self.config,
            line: &mut self.line,
            counts: &mut self.counts,
            events: &mut self.events,
        };
        if let Flow::End(outcome) = self.job.step(&mut context, answer) {
            self.job = Job::None;
            self.events.push(Event::Done(outcome));
        }
    }
}

/// Whether the clock that is set shows daylight saving time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DaylightSaving {
    /// Standard time.
    #[default]
    Off,
    /// Daylight saving time.
    On,
}

fn askable(address: PrimaryAddress) -> Result<(), CommandError> {
    match address.kind() {
        AddressKind::Broadcast | AddressKind::Reserved => Err(CommandError::Address),
        _ => Ok(()),
    }
}
