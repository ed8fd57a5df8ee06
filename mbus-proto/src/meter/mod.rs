//! The other end of the bus: a meter that is read.
//!
//! [`Meter`] answers a master: by primary address and by selection, in several telegrams, with
//! alarms and errors, at the right time. It is what the firmware of a pulse adapter or a gateway
//! needs, and what a [`Master`](crate::master::Master) can be tried on. It does no I/O and needs no
//! allocator; its records lie in `N` bytes of its own.
//!
//! # The contract
//!
//! *After every call of a method named `handle_…`, call [`poll_output`](Meter::poll_output) until it
//! returns `None`, and send what it hands out. Then wait for input or for
//! [`poll_timeout`](Meter::poll_timeout), whichever comes first.*
//!
//! A request whose events have no room beside those that wait to be polled is not answered.
//!
//! ```
//! use mbus_proto::meter::{Config, Meter, Output};
//! use mbus_proto::meter_units::Instant;
//! use mbus_proto::record::{DataField, RecordBuilder};
//!
//! let mut meter: Meter<256> = Meter::new(Config::new("12345678.PAD.01.07".parse()?));
//! let volume = RecordBuilder::new(&[0x13])?.integer(DataField::Int24, 12_565)?;
//! meter.push_record(&volume)?;
//!
//! // REQ_UD2 to the address 0 of a new meter; the answer follows after a pause.
//! meter.handle_input(Instant::ORIGIN, &[0x10, 0x5B, 0x00, 0x5B, 0x16]);
//! assert_eq!(meter.poll_output(), None);
//! let at = meter.poll_timeout().ok_or("nothing to answer")?;
//! meter.handle_timeout(at);
//! let Some(Output::Transmit(answer)) = meter.poll_output() else {
//!     return Err("no answer".into());
//! };
//! assert_eq!(answer[19..24], [0x03, 0x13, 0x15, 0x31, 0x00]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Which telegram
//!
//! A request with the frame count of the one before is answered with the same telegram, another with
//! the next one; behind the last comes the first. A reset of the link or of the application and a
//! selection begin with the first. The primary address and the selection (253) count by
//! themselves (M-Bus Documentation, Rev. 4.8, 5.5 and 7.2).
//!
//! # What it does on its own
//!
//! It keeps the addresses that a master writes, narrows its telegrams down to the records that one
//! selects for readout, and switches its bit rate and back. All of it is told as an [`Event`].

mod config;
mod device;
mod store;

use meter_units::Instant;

use crate::EncodeError;
use crate::app::Status;
use crate::link::{
    Event as Received, FrameDecoder, PrimaryAddress, SecondaryAddress, SingleCharacter,
};
use crate::record::RecordBuilder;

use device::Device;

pub use config::{Availability, Config, Event, Output};

/// The session of one meter, with `N` bytes for its records, each of which takes one byte more than
/// on the wire, and 1232 for everything else on a 64-bit machine.
///
/// The [module](self) has the contract and an example.
#[derive(Clone, Debug)]
pub struct Meter<const N: usize> {
    decoder: FrameDecoder,
    /// When what the decoder holds is given up.
    silence: Option<Instant>,
    device: Device<N>,
}

impl<const N: usize> Meter<N> {
    /// A meter without records, under the primary address 0.
    #[must_use]
    pub const fn new(config: Config) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_single_character(SingleCharacter::Skip);
        Self {
            decoder,
            silence: None,
            device: Device::new(config),
        }
    }

    /// The primary address.
    #[must_use]
    pub const fn primary_address(&self) -> PrimaryAddress {
        self.device.primary_address
    }

    /// Sets the primary address.
    pub const fn set_primary_address(&mut self, address: PrimaryAddress) {
        self.device.primary_address = address;
    }

    /// The secondary address.
    #[must_use]
    pub const fn secondary_address(&self) -> SecondaryAddress {
        self.device.config.address
    }

    /// Sets the secondary address.
    pub const fn set_secondary_address(&mut self, address: SecondaryAddress) {
        self.device.config.address = address;
    }

    /// The bit rate, which a master may have changed.
    #[must_use]
    pub const fn bits_per_second(&self) -> u32 {
        self.device.config.bits_per_second
    }

    /// Whether a master has selected the meter.
    #[must_use]
    pub const fn is_selected(&self) -> bool {
        self.device.selected
    }

    /// Adds a record; [`RecordBuilder::from_reading`] makes one of a reading.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if the `N` bytes are full, [`EncodeError::UserData`] if no telegram
    /// can hold the record (239 bytes).
    pub fn push_record(&mut self, record: &RecordBuilder<'_>) -> Result<(), EncodeError> {
        self.device.store.push(record)
    }

    /// Begins another telegram with the next record, though there may be room in this one.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if the `N` bytes are full.
    pub fn end_telegram(&mut self) -> Result<(), EncodeError> {
        self.device.store.end_telegram()
    }

    /// Removes all records, so that new ones can be added.
    pub const fn clear_records(&mut self) {
        self.device.store.clear();
    }

    /// Sets the status in the header of the telegrams.
    pub const fn set_status(&mut self, status: Status) {
        self.device.status = status;
    }

    /// Says whether requests of data are answered with data.
    pub const fn set_availability(&mut self, availability: Availability) {
        self.device.availability = availability;
    }

    /// Sets the alarm that a request of class 1 is answered with; `None` ends it.
    ///
    /// While there is one, telegrams with data say so (ACD).
    pub const fn set_alarm(&mut self, alarm: Option<u8>) {
        self.device.alarm = alarm;
    }

    /// Takes bytes that were received, in any chunks.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let mut rest = bytes;
        while let Some(received) = self.decoder.decode(&mut rest) {
            if let Received::Frame { frame, .. } = received {
                self.device.frame(now, &frame);
            }
        }
        let silent = now.saturating_add(self.device.config.silence());
        self.silence = (self.decoder.held() > 0).then_some(silent);
    }

    /// Lets time pass. Calling it too early, or once too often, does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.silence.is_some_and(|at| at <= now) {
            self.silence = None;
            while let Some(received) = self.decoder.finish() {
                if let Received::Frame { frame, .. } = received {
                    self.device.frame(now, &frame);
                }
            }
        }
        self.device.elapse(now);
    }

    /// What is to be sent or known next.
    pub fn poll_output(&mut self) -> Option<Output<'_>> {
        // The answer first: it has its time, and a new bit rate is that of the bytes after it.
        if self.device.is_ready() {
            return self.device.transmit().map(Output::Transmit);
        }
        let event = self.device.events.pop()?;
        Some(Output::Event(match event {
            Event::Written(_) => Event::Written(self.device.written()),
            event => event,
        }))
    }

    /// When to call [`handle_timeout`](Self::handle_timeout); `None` while there is nothing to do.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.silence.into_iter().chain(self.device.timeout()).min()
    }
}
