//! A readout: resets, selection, request, and all telegrams of the chain.

use crate::app::{ApplicationData, ApplicationError, ApplicationState, Command, Header};
use crate::link::{ControlField, Frame, FrameCountBit, PrimaryAddress, SecondaryAddress};
use crate::record::RecordBuilder;
use crate::{Telegram, Tolerance};

use super::Class;
use super::config::{AnswerAddress, RequestMode, ResetMode};
use super::event::{Event, Failure, Outcome, Response, Target};
use super::job::{Context, Flow};
use super::line::{Expect, RetryOn, Settle};
use super::receiver::Answer;
use super::resets::{self, Resets};

/// One meter that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readout {
    target: Target,
    class: Class,
    stage: Stage,
    resets: Resets,
    further: u8,
    index: u8,
    busy: u8,
    strangers: u8,
    /// What the first and the last telegram said.
    first: u64,
    last: u64,
}

/// What is sent, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Resets,
    ResetAddress,
    Select,
    ResetAfter,
    Synchronize,
    Prepare,
    Request,
}

impl Readout {
    /// Reads a meter completely.
    pub(super) fn begin(context: &mut Context<'_>, target: Target) -> Self {
        let mut readout = Self {
            stage: Stage::Resets,
            resets: Resets::FIRST,
            further: context.config.further_telegrams,
            ..Self::new(target, Class::Data)
        };
        readout.go_on(context);
        readout
    }

    /// Asks for one telegram.
    pub(super) fn single(context: &mut Context<'_>, address: PrimaryAddress, class: Class) -> Self {
        let mut readout = Self::new(Target::Primary(address), class);
        readout.go_on(context);
        readout
    }

    const fn new(target: Target, class: Class) -> Self {
        Self {
            target,
            class,
            stage: Stage::Request,
            resets: Resets::DONE,
            further: 0,
            index: 0,
            busy: 0,
            strangers: 0,
            first: 0,
            last: 0,
        }
    }

    const fn address(&self) -> PrimaryAddress {
        match self.target {
            Target::Primary(address) => address,
            Target::Secondary(_) | Target::Fabrication(..) => PrimaryAddress::SELECTED,
        }
    }

    pub(super) fn step(&mut self, context: &mut Context<'_>, answer: Answer) -> Flow {
        match self.stage {
            // A meter need not acknowledge a reset to be read.
            Stage::Resets => {
                self.go_on(context);
                return Flow::Wait;
            }
            Stage::ResetAddress | Stage::ResetAfter => {}
            Stage::Select | Stage::Synchronize | Stage::Prepare => match answer {
                Answer::Ack => {}
                Answer::Telegram | Answer::Sent => {
                    return Flow::End(Outcome::Failed(Failure::Unexpected));
                }
                Answer::Failed(failure) => return Flow::End(Outcome::Failed(failure)),
            },
            Stage::Request => {
                return match answer {
                    Answer::Telegram => self.telegram(context),
                    Answer::Ack => Flow::End(Outcome::NoData),
                    Answer::Sent => Flow::End(Outcome::Failed(Failure::Unexpected)),
                    Answer::Failed(failure) => Flow::End(Outcome::Failed(failure)),
                };
            }
        }
        if self.stage == Stage::Select {
            context.counts.reset(PrimaryAddress::SELECTED);
        }
        self.stage = self.stage.next();
        self.go_on(context);
        Flow::Wait
    }

    /// Begins the exchange of the first stage from here on that has one.
    fn go_on(&mut self, context: &mut Context<'_>) {
        loop {
            match self.stage {
                Stage::Resets if self.resets.send_next(context) => return,
                Stage::Resets => {}
                Stage::Request => return self.request(context),
                Stage::ResetAddress | Stage::ResetAfter => {
                    if let Some((command, _)) = self.command(context) {
                        return resets::send(context, &command);
                    }
                }
                Stage::Select | Stage::Synchronize | Stage::Prepare => {
                    if let Some((command, retries)) = self.command(context) {
                        return context.order(&command.frame(), retries);
                    }
                }
            }
            self.stage = self.stage.next();
        }
    }

    fn command(&self, context: &Context<'_>) -> Option<(Command, u8)> {
        let config = &*context.config;
        let (mode, address) = (config.reset, self.address());
        let standard = matches!(
            mode,
            ResetMode::Standard | ResetMode::Extended1 | ResetMode::Extended2
        );
        let primary = matches!(self.target, Target::Primary(_));
        let retries = config.retries;
        match self.stage {
            Stage::ResetAddress if standard && primary => Some((Command::reset_link(address), 0)),
            Stage::Select => {
                let opened = |mask| config.selection_wildcards.opened(mask);
                let command = match self.target {
                    Target::Primary(_) => return None,
                    Target::Secondary(mask) => Command::select(opened(mask)),
                    Target::Fabrication(mask, number) => {
                        Command::select_fabrication(opened(mask), number)
                    }
                };
                Some((command, retries))
            }
            Stage::ResetAfter if mode == ResetMode::AfterSelection => {
                Some((Command::reset_link(address), 0))
            }
            Stage::Synchronize => match config.request {
                RequestMode::Freeze { .. } => {
                    Some((Command::synchronize_classic(address), retries))
                }
                _ => None,
            },
            Stage::Prepare => match config.request {
                RequestMode::Only => None,
                RequestMode::All => Some((Command::request_all(address), retries)),
                RequestMode::AllByDif => Some((Command::request_all_by_dif(address), retries)),
                RequestMode::Freeze { storage } => frozen(address, storage).map(|it| (it, retries)),
            },
            _ => None,
        }
    }

    fn request(&self, context: &mut Context<'_>) {
        let address = self.address();
        let fcb = context.counts.next(address);
        let retries = context.config.retries;
        if let Ok(frame) = Frame::new(self.class.control(fcb), address, &[]) {
            context.exchange(
                &frame,
                Expect::Data,
                Settle::Early,
                (retries, RetryOn::Failure),
            );
        }
    }

    /// Who answered, if that is not the meter that is read.
    fn stranger(
        &self,
        context: &Context<'_>,
        address: Option<SecondaryAddress>,
    ) -> Option<SecondaryAddress> {
        let (Target::Secondary(mask) | Target::Fabrication(mask, _)) = self.target else {
            return None;
        };
        let mask = context.config.selection_wildcards.opened(mask);
        let any = context.config.answer_address == AnswerAddress::Any;
        address.filter(|address| !any && !mask.matches(address))
    }

    fn telegram(&mut self, context: &mut Context<'_>) -> Flow {
        let tolerance = context.config.tolerance;
        let content = Content::of(context.line.telegram(), tolerance);
        if content.busy && self.busy < context.config.retries {
            // The frame count stays, so that the meter repeats rather than goes on.
            self.busy = self.busy.saturating_add(1);
            let until = context.now.saturating_add(context.config.busy_pause);
            context.line.rest(until);
            self.request(context);
            return Flow::Wait;
        }
        if let Some(found) = self.stranger(context, content.address) {
            if self.index > 0 || self.strangers >= context.config.retries {
                return Flow::End(Outcome::Failed(Failure::Meter { found }));
            }
            // It has not heard that it is no longer selected.
            self.strangers = self.strangers.saturating_add(1);
            self.stage = Stage::Select;
            self.go_on(context);
            return Flow::Wait;
        }
        let repeated = content.hash == self.last || content.hash == self.first;
        if self.index > 0 && repeated {
            return Flow::End(Outcome::Repeated);
        }
        context.counts.toggle(self.address());
        context.events.push(Event::Telegram(Response {
            bytes: &[],
            index: self.index,
            more: content.more,
        }));
        if let Some(error) = content.error {
            return Flow::End(Outcome::Refused(error));
        }
        if !content.more {
            return Flow::End(Outcome::Complete);
        }
        if self.index >= self.further {
            return Flow::End(Outcome::Limit);
        }
        if self.index == 0 {
            self.first = content.hash;
        }
        self.last = content.hash;
        self.index = self.index.saturating_add(1);
        self.busy = 0;
        self.request(context);
        Flow::Wait
    }
}

impl Stage {
    const fn next(self) -> Self {
        match self {
            Self::Resets => Self::ResetAddress,
            Self::ResetAddress => Self::Select,
            Self::Select => Self::ResetAfter,
            Self::ResetAfter => Self::Synchronize,
            Self::Synchronize => Self::Prepare,
            Self::Prepare | Self::Request => Self::Request,
        }
    }
}

impl Class {
    pub(super) const fn control(self, fcb: FrameCountBit) -> ControlField {
        match self {
            Self::Alarm => ControlField::req_ud1(fcb),
            Self::Data => ControlField::req_ud2(fcb),
        }
    }
}

/// The selection of all values with a storage number.
fn frozen(address: PrimaryAddress, storage: u32) -> Option<Command> {
    let any = RecordBuilder::new(&[0x7E]).ok()?;
    let mut header = [0; 16];
    let record = any.storage(u64::from(storage)).ok()?;
    let length = record.encode_into(&mut header).ok()?;
    Command::request_data(address, header.get(..length)?).ok()
}

/// What a chain of telegrams depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Content {
    more: bool,
    error: Option<ApplicationError>,
    /// Whether there may be data in a while.
    busy: bool,
    address: Option<SecondaryAddress>,
    hash: u64,
}

impl Content {
    fn of(bytes: &[u8], tolerance: Tolerance) -> Self {
        // What the decoder let through is a frame, even if more was bridged than the caller allows.
        let Ok(telegram) = Telegram::parse_with(bytes, tolerance.union(Tolerance::NOISE)) else {
            return Self {
                more: false,
                error: None,
                busy: false,
                address: None,
                hash: hash(bytes, &[]),
            };
        };
        let user_data = telegram.frame().user_data();
        let error = match telegram.application() {
            Some(ApplicationData::Error { error, .. }) => {
                Some(error.unwrap_or(ApplicationError::Unspecified))
            }
            _ => None,
        };
        let status = telegram.header().status();
        let says_busy =
            status.is_some_and(|status| status.application_state() == ApplicationState::Busy);
        let is_empty = telegram.encryption().is_none() && telegram.records().next().is_none();
        Self {
            more: more_follow(&telegram),
            error,
            // Under such a status there may be data all the same.
            busy: error == Some(ApplicationError::Busy)
                || (says_busy && error.is_none() && is_empty),
            address: telegram.header().address(),
            hash: hash_without_access_number(user_data, telegram.header()),
        }
    }
}

fn more_follow(telegram: &Telegram<'_>) -> bool {
    let mut records = telegram.records();
    let mut failed = false;
    for record in records.by_ref() {
        failed |= record.is_err();
    }
    // Behind a record that cannot be read, the last byte is the only hint.
    records.more_follow() || (failed && telegram.frame().data().last() == Some(&0x1F))
}

/// A meter that repeats a telegram may well count it as another access.
fn hash_without_access_number(user_data: &[u8], header: Header) -> u64 {
    let at = match header {
        Header::None => user_data.len(),
        Header::Short(_) => 1,
        Header::Long(_) => 9,
    };
    match user_data.split_at_checked(at) {
        Some((before, [_, after @ ..])) => hash(before, after),
        Some((before, [])) => hash(before, &[]),
        None => hash(user_data, &[]),
    }
}

/// FNV-1a with 64 bits.
fn hash(first: &[u8], second: &[u8]) -> u64 {
    first
        .iter()
        .chain(second)
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_access_number_makes_no_difference_to_a_telegram() {
        let header = |access| {
            let header = [
                0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, access, 0, 0, 0,
            ];
            [&[0x72], &header[..], &[0x01, 0x13, 0x05]].concat()
        };
        let content = |access| {
            let user_data = header(access);
            let frame = Frame::new(
                ControlField::rsp_ud(),
                PrimaryAddress::from_code(1),
                &user_data,
            );
            let mut bytes = [0; Frame::MAX_LENGTH];
            let length = frame.unwrap().encode_into(&mut bytes).unwrap();
            Content::of(&bytes[..length], Tolerance::STRICT)
        };
        assert_eq!(content(1), content(2));
        assert_eq!(content(1).error, None);
    }

    #[test]
    fn a_frozen_value_is_selected_by_its_storage_number() {
        let command = frozen(PrimaryAddress::from_code(1), 1).unwrap();
        assert_eq!(command.frame().data(), [0x48, 0x7E]);
        let command = frozen(PrimaryAddress::from_code(1), 8).unwrap();
        assert_eq!(command.frame().data(), [0x88, 0x04, 0x7E]);
    }
}
