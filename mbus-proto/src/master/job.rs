//! What a command has to do, exchange by exchange.

use meter_units::Instant;

use crate::app::{BaudRate, Command};
use crate::link::{ControlField, Frame, PrimaryAddress};

use super::config::Config;
use super::event::{Event, Failure, Outcome, Queue};
use super::frame_count::FrameCounts;
use super::line::{Exchange, Expect, Line, RetryOn, Settle};
use super::read::Readout;
use super::receiver::{Answer, Expectation};
use super::scan::{PrimaryScan, Search};

/// The command at work.
// There is one for a session, and no allocator to put it elsewhere.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug)]
pub(super) enum Job {
    None,
    Order(Order),
    Readout(Readout),
    BitRate(BitRateSwitch),
    PrimaryScan(PrimaryScan),
    Search(Search),
}

/// Whether a job goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// An exchange was begun.
    Wait,
    End(Outcome),
}

/// What a job works with.
#[derive(Debug)]
pub(super) struct Context<'m> {
    pub(super) now: Instant,
    pub(super) config: &'m mut Config,
    pub(super) line: &'m mut Line,
    pub(super) counts: &'m mut FrameCounts,
    pub(super) events: &'m mut Queue,
}

impl Job {
    pub(super) fn step(&mut self, context: &mut Context<'_>, answer: Answer) -> Flow {
        match self {
            Self::None => Flow::Wait,
            Self::Order(order) => order.step(context, answer),
            Self::Readout(readout) => readout.step(context, answer),
            Self::BitRate(switch) => switch.step(context, answer),
            Self::PrimaryScan(scan) => scan.step(context, answer),
            Self::Search(search) => search.step(context, answer),
        }
    }
}

impl Context<'_> {
    /// Sends a frame and waits for E5h, for nothing if everybody is addressed.
    pub(super) fn order(&mut self, frame: &Frame<'_>, retries: u8) {
        let address = frame.address().unwrap_or(PrimaryAddress::BROADCAST);
        let what = if address == PrimaryAddress::BROADCAST {
            Expect::Nothing
        } else {
            Expect::Ack
        };
        self.exchange(frame, what, Settle::Early, (retries, RetryOn::Failure));
    }

    pub(super) fn exchange(
        &mut self,
        frame: &Frame<'_>,
        what: Expect,
        settle: Settle,
        (retries, retry_on): (u8, RetryOn),
    ) {
        let address = frame.address().unwrap_or(PrimaryAddress::BROADCAST);
        let exchange = Exchange {
            expectation: Expectation::new(what, settle, address, self.config),
            retries,
            retry_on,
        };
        self.line.begin(self.now, self.config, frame, exchange);
    }
}

/// One frame to be acknowledged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    address: PrimaryAddress,
    kind: OrderKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OrderKind {
    ResetLink,
    Select,
    Other,
}

impl Order {
    pub(super) fn begin(context: &mut Context<'_>, frame: &Frame<'_>) -> Self {
        let address = frame.address().unwrap_or(PrimaryAddress::BROADCAST);
        let kind = if frame.control() == Some(ControlField::snd_nke()) {
            OrderKind::ResetLink
        } else if frame.is_selection() {
            OrderKind::Select
        } else {
            OrderKind::Other
        };
        context.order(frame, context.config.retries);
        Self { address, kind }
    }

    fn step(self, context: &mut Context<'_>, answer: Answer) -> Flow {
        let outcome = match answer {
            Answer::Ack => {
                let address = self.address;
                context.events.push(Event::Acknowledged { address });
                Outcome::Complete
            }
            Answer::Sent => Outcome::Complete,
            // Without a selection there is nobody who could acknowledge its end.
            Answer::Failed(Failure::NoResponse)
                if self.kind == OrderKind::ResetLink
                    && self.address == PrimaryAddress::SELECTED =>
            {
                Outcome::Complete
            }
            Answer::Telegram => Outcome::Failed(Failure::Unexpected),
            Answer::Failed(failure) => Outcome::Failed(failure),
        };
        if outcome == Outcome::Complete {
            match self.kind {
                OrderKind::ResetLink => context.counts.reset(self.address),
                OrderKind::Select => context.counts.reset(PrimaryAddress::SELECTED),
                OrderKind::Other => {}
            }
        }
        Flow::End(outcome)
    }
}

/// The switch to another bit rate: acknowledged at the old one, tried out at the new one.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitRateSwitch {
    address: PrimaryAddress,
    old: u32,
    new: u32,
    tried: bool,
}

impl BitRateSwitch {
    pub(super) fn begin(
        context: &mut Context<'_>,
        address: PrimaryAddress,
        rate: BaudRate,
    ) -> Self {
        let command = Command::set_baud_rate(address, rate);
        context.order(&command.frame(), context.config.retries);
        Self {
            address,
            old: context.config.bits_per_second,
            new: rate.bits_per_second(),
            tried: false,
        }
    }

    fn step(&mut self, context: &mut Context<'_>, answer: Answer) -> Flow {
        match (answer, self.tried) {
            (Answer::Sent, _) => {
                switch(context, self.new);
                Flow::End(Outcome::Complete)
            }
            (Answer::Ack, false) => {
                switch(context, self.new);
                self.tried = true;
                let reset = Command::reset_link(self.address);
                context.order(&reset.frame(), context.config.retries);
                Flow::Wait
            }
            (Answer::Ack, true) => {
                let address = self.address;
                context.counts.reset(address);
                context.events.push(Event::Acknowledged { address });
                Flow::End(Outcome::Complete)
            }
            (answer, tried) => {
                if tried {
                    // A slave that hears nothing at the new rate goes back to the old one.
                    switch(context, self.old);
                }
                Flow::End(Outcome::Failed(match answer {
                    Answer::Failed(failure) => failure,
                    _ => Failure::Unexpected,
                }))
            }
        }
    }
}

fn switch(context: &mut Context<'_>, rate: u32) {
    context.config.bits_per_second = rate;
    context.events.push(Event::BitRate(rate));
}
