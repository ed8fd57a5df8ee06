//! What a meter does with the frames of a master.

use meter_units::Instant;

use crate::app::{
    ApplicationData, ApplicationError, BaudRate, ControlInformation, Header, LongHeader, ResetCode,
    Status, UserData,
};
use crate::link::{
    ControlField, Frame, FrameCountBit, Function, Identification, PrimaryAddress, SecondaryAddress,
    SecondaryAddressMask,
};
use crate::{ByteOrder, Record};

use super::config::{Availability, Config, Event, Queue};
use super::store::Store;

/// A meter behind its receiver.
#[derive(Clone, Debug)]
pub(super) struct Device<const N: usize> {
    pub(super) config: Config,
    pub(super) primary_address: PrimaryAddress,
    pub(super) store: Store<N>,
    pub(super) status: Status,
    pub(super) availability: Availability,
    pub(super) alarm: Option<u8>,
    pub(super) selected: bool,
    pub(super) events: Queue,
    access_number: u8,
    by_address: Link,
    by_selection: Link,
    /// Why the next request of data is not answered with data.
    error: Option<ApplicationError>,
    reply: Option<(Instant, Reply)>,
    /// The bit rate to fall back to, and when.
    fallback: Option<(Instant, u32)>,
    transmit: [u8; Frame::MAX_LENGTH],
    /// How much of `transmit` waits to be sent.
    ready: usize,
    written: [u8; Frame::MAX_DATA],
    written_length: usize,
}

/// What a slave keeps of the exchanges under one address (M-Bus Documentation, Rev. 4.8, 5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    frame_count: Option<FrameCountBit>,
    telegram: u16,
}

/// What is going to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reply {
    Ack,
    AckAndSwitch(BaudRate),
    Telegram(u16),
    Error(ApplicationError),
    Alarm(u8),
}

impl Link {
    const RESET: Self = Self {
        frame_count: None,
        telegram: 0,
    };
}

impl<const N: usize> Device<N> {
    pub(super) const fn new(config: Config) -> Self {
        Self {
            config,
            primary_address: PrimaryAddress::UNCONFIGURED,
            store: Store::new(),
            status: Status::empty(),
            availability: Availability::Ready,
            alarm: None,
            selected: false,
            events: Queue::new(),
            access_number: 0,
            by_address: Link::RESET,
            by_selection: Link::RESET,
            error: None,
            reply: None,
            fallback: None,
            transmit: [0; Frame::MAX_LENGTH],
            ready: 0,
            written: [0; Frame::MAX_DATA],
            written_length: 0,
        }
    }

    pub(super) fn timeout(&self) -> Option<Instant> {
        let reply = self.reply.map(|(at, _)| at);
        let fallback = self.fallback.map(|(at, _)| at);
        reply.into_iter().chain(fallback).min()
    }

    pub(super) const fn is_ready(&self) -> bool {
        self.ready > 0
    }

    pub(super) fn transmit(&mut self) -> Option<&[u8]> {
        let ready = core::mem::take(&mut self.ready);
        self.transmit.get(..ready).filter(|bytes| !bytes.is_empty())
    }

    pub(super) fn written(&self) -> &[u8] {
        self.written.get(..self.written_length).unwrap_or_default()
    }

    pub(super) fn elapse(&mut self, now: Instant) {
        if let Some((at, old)) = self.fallback {
            if at <= now {
                self.fallback = None;
                self.config.bits_per_second = old;
                self.events.push(Event::BitRate(old));
            }
        }
        if let Some((at, reply)) = self.reply {
            if at <= now && self.ready == 0 {
                self.reply = None;
                self.send(now, reply);
            }
        }
    }

    pub(super) fn frame(&mut self, now: Instant, frame: &Frame<'_>) {
        let (Some(control), Some(address)) = (frame.control(), frame.address()) else {
            return;
        };
        if !control.is_primary() {
            return;
        }
        // The master has heard the acknowledgement at the new bit rate, or goes on at the old one.
        self.fallback = None;
        if frame.is_selection() {
            // Decided by the mask; everybody else is deselected.
            let reply = self.selection(frame);
            return self.answer(now, reply);
        }
        let reached = match address {
            PrimaryAddress::SELECTED => self.selected,
            PrimaryAddress::TEST | PrimaryAddress::BROADCAST => true,
            address => address == self.primary_address,
        };
        if !reached || !self.events.has_room() {
            return;
        }
        // A new request: the answer to the one before would come too late.
        self.reply = None;
        let reply = match control.function() {
            Function::SndNke => {
                self.reset_link(address);
                Some(Reply::Ack)
            }
            Function::SndUd | Function::SndUd2 => self.user_data(frame),
            Function::ReqUd1 => Some(self.alarm.map_or(Reply::Ack, Reply::Alarm)),
            Function::ReqUd2 => self.data(address, control),
            _ => None,
        };
        if address != PrimaryAddress::BROADCAST {
            self.answer(now, reply);
        }
    }

    fn answer(&mut self, now: Instant, reply: Option<Reply>) {
        let at = now.saturating_add(self.config.answer_time());
        self.reply = reply.map(|reply| (at, reply));
    }

    fn reset_link(&mut self, address: PrimaryAddress) {
        if matches!(
            address,
            PrimaryAddress::SELECTED | PrimaryAddress::BROADCAST
        ) {
            self.by_selection = Link::RESET;
            self.deselect();
        }
        if address != PrimaryAddress::SELECTED {
            self.by_address = Link::RESET;
        }
        self.events.push(Event::Reset);
    }

    fn deselect(&mut self) {
        if core::mem::take(&mut self.selected) {
            self.events.push(Event::Deselected);
        }
    }

    fn selection(&mut self, frame: &Frame<'_>) -> Option<Reply> {
        let Some(Ok(ApplicationData::Selection { mask, data })) = frame.application() else {
            return None;
        };
        if !self.events.has_room() {
            return None;
        }
        if !mask.matches(&self.config.address) || !self.is_meant(&data) {
            self.deselect();
            return None;
        }
        self.selected = true;
        self.by_selection = Link::RESET;
        self.events.push(Event::Selected);
        Some(Reply::Ack)
    }

    /// Whether the records of a selection are those of the meter: its fabrication number.
    fn is_meant(&self, data: &UserData<'_>) -> bool {
        data.records().from_master().all(|record| {
            let (Ok(record), Some(own)) = (record, self.config.fabrication) else {
                return false;
            };
            let (Some(0x78), Some(&number)) = (record.vib().vif(), record.data().first_chunk())
            else {
                return false;
            };
            let number = Identification::from_bcd(u32::from_le_bytes(number));
            let wanted = SecondaryAddressMask::identification(number);
            let own = SecondaryAddressMask::identification(own);
            wanted.matches(own.address())
        })
    }

    fn user_data(&mut self, frame: &Frame<'_>) -> Option<Reply> {
        let error = match frame.application()? {
            Ok(ApplicationData::Reset { codes, .. }) => {
                self.by_address = Link::RESET;
                self.by_selection = Link::RESET;
                self.store.select_all();
                let code = codes.first().copied().map(ResetCode::from_code);
                self.events.push(Event::ApplicationReset(code));
                None
            }
            Ok(ApplicationData::Command { data, .. }) => {
                // What was written before has to be fetched first; the master tries again.
                if self.events.has_written() {
                    return None;
                }
                self.command(&data);
                None
            }
            Ok(ApplicationData::Synchronize { .. }) => {
                self.events.push(Event::Synchronize);
                None
            }
            Ok(ApplicationData::SetBaudRate(rate)) => return Some(Reply::AckAndSwitch(rate)),
            Ok(_) => Some(ApplicationError::UnimplementedCi),
            Err(_) => Some(ApplicationError::PrematureEnd),
        };
        self.error = error;
        Some(Reply::Ack)
    }

    fn command(&mut self, data: &UserData<'_>) {
        self.store.select(data.bytes());
        for record in data.records().from_master().flatten() {
            self.set_address(&record);
        }
        let mut length: usize = 0;
        for (to, from) in self.written.iter_mut().zip(data.bytes()) {
            *to = *from;
            length = length.saturating_add(1);
        }
        self.written_length = length;
        self.events.push(Event::Written(&[]));
    }

    fn set_address(&mut self, record: &Record<'_>) {
        let current = self.config.address;
        match (record.header(), record.data()) {
            ([0x01, 0x7A], &[new]) => {
                if let Some(address) = PrimaryAddress::slave(new) {
                    self.primary_address = address;
                    self.by_address = Link::RESET;
                    self.events.push(Event::PrimaryAddress(address));
                }
                return;
            }
            ([0x0C, 0x79], &[a, b, c, d]) => {
                self.config.address.identification =
                    Identification::from_bcd(u32::from_le_bytes([a, b, c, d]));
            }
            ([0x07, 0x79], data) => match data.first_chunk() {
                Some(&bytes) => self.config.address = SecondaryAddress::from_bytes(bytes),
                None => return,
            },
            _ => return,
        }
        if self.config.address != current {
            let address = self.config.address;
            self.events.push(Event::SecondaryAddress(address));
        }
    }

    fn data(&mut self, address: PrimaryAddress, control: ControlField) -> Option<Reply> {
        match self.availability {
            Availability::Ready => {}
            Availability::Refused(error) => return Some(Reply::Error(error)),
            Availability::Silent => return None,
        }
        if let Some(error) = self.error.take() {
            return Some(Reply::Error(error));
        }
        let link = if address == PrimaryAddress::SELECTED {
            &mut self.by_selection
        } else {
            &mut self.by_address
        };
        let requested = control.frame_count();
        match (link.frame_count, requested) {
            // The same again: the answer was not understood.
            (Some(last), Some(requested)) if last == requested => {}
            (Some(_), Some(_)) => {
                link.telegram = if self.store.has_after(link.telegram) {
                    link.telegram.saturating_add(1)
                } else {
                    0
                };
                self.access_number = self.access_number.wrapping_add(1);
            }
            _ => {
                link.telegram = 0;
                self.access_number = self.access_number.wrapping_add(1);
            }
        }
        link.frame_count = requested;
        Some(Reply::Telegram(link.telegram))
    }

    fn send(&mut self, now: Instant, reply: Reply) {
        let mut user_data = [0; Frame::MAX_DATA + 1];
        let length = match reply {
            Reply::Ack => return self.send_frame(&Frame::Ack),
            Reply::AckAndSwitch(rate) => {
                let until = now.saturating_add(self.config.fallback);
                self.fallback = Some((until, self.config.bits_per_second));
                self.config.bits_per_second = rate.bits_per_second();
                self.events.push(Event::BitRate(rate.bits_per_second()));
                return self.send_frame(&Frame::Ack);
            }
            Reply::Telegram(index) => {
                self.events.push(Event::Read(index));
                self.telegram(index, &mut user_data)
            }
            Reply::Error(error) => {
                let [ci, code, ..] = &mut user_data;
                *ci = ControlInformation::ERROR.code();
                *code = error.code();
                2
            }
            Reply::Alarm(alarm) => {
                self.events.push(Event::AlarmRead(alarm));
                let [ci, code, ..] = &mut user_data;
                *ci = ControlInformation::ALARM.code();
                *code = alarm;
                2
            }
        };
        let mut control = ControlField::rsp_ud();
        if self.alarm.is_some() {
            control = control.with_access_demand();
        }
        let user_data = user_data.get(..length).unwrap_or_default();
        if let Ok(frame) = Frame::new(control, self.primary_address, user_data) {
            self.send_frame(&frame);
        }
    }

    fn send_frame(&mut self, frame: &Frame<'_>) {
        self.ready = frame.encode_into(&mut self.transmit).unwrap_or(0);
    }

    /// Writes CI field, header and records, and returns their length.
    fn telegram(&self, index: u16, out: &mut [u8; Frame::MAX_DATA + 1]) -> usize {
        let header = LongHeader {
            address: self.config.address,
            access_number: self.access_number,
            status: self.status,
            configuration: crate::app::Configuration::from_code(0),
        };
        let before = Header::Long(header).encoded_len().saturating_add(1);
        let Some((front, records)) = out.split_at_mut_checked(before) else {
            return 0;
        };
        let ci = [ControlInformation::RESPONSE_LONG.code()];
        let bytes = header.to_bytes(ByteOrder::LeastFirst);
        for (to, from) in front.iter_mut().zip(ci.iter().chain(&bytes)) {
            *to = *from;
        }
        before.saturating_add(self.store.write_telegram(index, records))
    }
}
