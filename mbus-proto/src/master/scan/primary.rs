//! The sweep over primary addresses.

use crate::app::Command;
use crate::link::{Frame, PrimaryAddress};
use crate::master::Class;

use super::super::config::PrimaryProbe;
use super::super::event::{Event, Failure, Found, Outcome, Progress, Target};
use super::super::job::{Context, Flow};
use super::super::line::{Expect, RetryOn, Settle};
use super::super::receiver::Answer;
use super::super::resets::Resets;
use super::Identity;

/// A sweep at work.
#[derive(Clone, Copy, Debug)]
pub(in crate::master) struct PrimaryScan {
    address: u8,
    last: u8,
    stage: Stage,
    resets: Resets,
    /// How often the address at hand was tried again after a collision.
    again: u8,
    tried: u32,
    found: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Resets,
    Reset,
    Request,
}

impl PrimaryScan {
    pub(in crate::master) fn begin(context: &mut Context<'_>, first: u8, last: u8) -> Self {
        let mut scan = Self {
            address: first,
            last,
            stage: Stage::Resets,
            resets: Resets::FIRST,
            again: 0,
            tried: 0,
            found: 0,
        };
        scan.reset_or_probe(context);
        scan
    }

    pub(in crate::master) fn step(&mut self, context: &mut Context<'_>, answer: Answer) -> Flow {
        let address = PrimaryAddress::from_code(self.address);
        if answer == Answer::Failed(Failure::LineBusy) {
            return Flow::End(Outcome::Failed(Failure::LineBusy));
        }
        match (self.stage, answer) {
            (Stage::Resets, _) => {
                self.reset_or_probe(context);
                return Flow::Wait;
            }
            (Stage::Reset, Answer::Ack) => {
                context.counts.reset(address);
                self.request(context);
                return Flow::Wait;
            }
            (Stage::Request, Answer::Telegram) => {
                context.counts.toggle(address);
                self.found = self.found.saturating_add(1);
                let tolerance = context.config.tolerance;
                let identity = Identity::of(context.line.telegram(), tolerance);
                context.events.push(Event::Found(Found {
                    at: Target::Primary(address),
                    primary: identity.primary,
                    secondary: identity.secondary,
                    consistent: true,
                    bytes: &[],
                }));
            }
            (_, Answer::Failed(Failure::NoResponse) | Answer::Sent) => {}
            // Somebody is there, but has no data.
            (Stage::Request, Answer::Ack) => {
                context.events.push(Event::Acknowledged { address });
            }
            (_, Answer::Failed(_) | Answer::Telegram) => {
                // Noise is gone the next time, a collision is not.
                if self.again < context.config.retries {
                    self.again = self.again.saturating_add(1);
                    self.probe(context);
                    return Flow::Wait;
                }
                context.events.push(Event::Collision { address });
            }
        }
        self.tried = self.tried.saturating_add(1);
        self.again = 0;
        let rest = self.last.saturating_sub(self.address);
        context.events.push(Event::Progress(Progress {
            tried: self.tried,
            found: self.found,
            rest: rest.into(),
        }));
        if rest == 0 {
            return Flow::End(Outcome::Complete);
        }
        self.address = self.address.saturating_add(1);
        self.probe(context);
        Flow::Wait
    }

    fn reset_or_probe(&mut self, context: &mut Context<'_>) {
        if !self.resets.send_next(context) {
            self.probe(context);
        }
    }

    fn probe(&mut self, context: &mut Context<'_>) {
        match context.config.primary_probe {
            PrimaryProbe::Request => self.request(context),
            PrimaryProbe::Reset => {
                self.stage = Stage::Reset;
                let reset = Command::reset_link(PrimaryAddress::from_code(self.address));
                let retry = (context.config.scan_retries, RetryOn::Silence);
                context.exchange(&reset.frame(), Expect::Ack, Settle::Quiet, retry);
            }
        }
    }

    fn request(&mut self, context: &mut Context<'_>) {
        self.stage = Stage::Request;
        let address = PrimaryAddress::from_code(self.address);
        let control = Class::Data.control(context.counts.next(address));
        if let Ok(frame) = Frame::new(control, address, &[]) {
            let retry = (context.config.scan_retries, RetryOn::Silence);
            context.exchange(&frame, Expect::Data, Settle::Quiet, retry);
        }
    }
}
