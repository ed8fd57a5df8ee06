//! The search for secondary addresses: a selection for each mask, a request where one is answered.

use crate::app::Command;
use crate::link::{Frame, Identification, PrimaryAddress, SecondaryAddress, SecondaryAddressMask};
use crate::master::{Class, Direction};

use super::super::config::{Acknowledgement, Confirmation};
use super::super::event::{Event, Failure, Found, Outcome, Target};
use super::super::job::{Context, Flow};
use super::super::line::{Expect, RetryOn, Settle};
use super::super::receiver::Answer;
use super::super::resets::Resets;
use super::Identity;
use super::telegram_bound;
use super::tree::{Probe, Tree};

/// How much a search may exceed the bound of a sound bus: answers get lost on real ones.
const SLACK: u32 = 4;

/// How many telegrams it takes to try all values of a byte. Meters with the same identification
/// differ in at most four; so many are granted to those that have not been found yet.
const BYTE_TELEGRAMS: u32 = 256;
const FREE_METERS: u32 = 4;

/// A search at work.
#[derive(Clone, Debug)]
pub(in crate::master) struct Search {
    tree: Tree,
    stage: Stage,
    resets: Resets,
    /// Telegrams sent before the search.
    before: u32,
    /// How often all values of a byte were tried.
    bytes: u32,
    /// How often the mask at hand was tried again.
    again: u8,
    /// A number that seems to have been found before; whether somebody answers to it.
    doubt: Option<(Identification, Doubt)>,
    /// Who stated an address outside the mask at hand.
    suspect: Option<SecondaryAddress>,
    /// The last meter that stated an address outside its mask.
    stray: Option<SecondaryAddress>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Resets,
    Select,
    Request,
    Verify,
    Confirm,
}

/// What is known of a meter that states a number under which all meters have been found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// It may be one of them, or state a wrong number.
    Open,
    /// Nobody answers to the number: it states a wrong one.
    Wrong,
}

impl Search {
    pub(in crate::master) fn begin(
        context: &mut Context<'_>,
        mask: SecondaryAddressMask,
        direction: Direction,
    ) -> Self {
        let mut search = Self {
            tree: Tree::new(mask, direction, context.config.resolution),
            stage: Stage::Resets,
            resets: Resets::FIRST,
            before: context.line.sent(),
            bytes: 0,
            again: 0,
            doubt: None,
            suspect: None,
            stray: None,
        };
        search.go_on(context);
        search
    }

    pub(in crate::master) fn step(&mut self, context: &mut Context<'_>, answer: Answer) -> Flow {
        if answer == Answer::Failed(Failure::LineBusy) {
            return Flow::End(Outcome::Failed(Failure::LineBusy));
        }
        let probe = match self.stage {
            Stage::Resets => return self.next_stage(context, Stage::Resets),
            Stage::Select => match answer {
                Answer::Ack => return self.next_stage(context, Stage::Request),
                Answer::Failed(Failure::NoResponse) | Answer::Sent => Probe::Nobody,
                // What was received is not one acknowledgement: so there were several.
                Answer::Telegram | Answer::Failed(_) => Probe::Several,
            },
            Stage::Confirm => match answer {
                Answer::Ack | Answer::Failed(Failure::NoResponse) => Probe::One,
                _ => {
                    self.tree.recall();
                    Probe::Several
                }
            },
            Stage::Verify => match (answer, self.doubt) {
                (Answer::Failed(Failure::NoResponse), Some((number, _))) => {
                    // The telegram is gone by now: it is requested once more.
                    self.doubt = Some((number, Doubt::Wrong));
                    return self.next_stage(context, Stage::Select);
                }
                _ => Probe::One,
            },
            Stage::Request => match answer {
                Answer::Telegram => match self.found(context) {
                    Some(_) if self.is_to_be_confirmed(context) => {
                        return self.next_stage(context, Stage::Confirm);
                    }
                    Some(probe) => probe,
                    None if self.doubt.is_some_and(|(_, doubt)| doubt == Doubt::Open) => {
                        return self.next_stage(context, Stage::Verify);
                    }
                    None => return self.next_stage(context, Stage::Select),
                },
                Answer::Failed(Failure::NoResponse) => Probe::NoData,
                Answer::Ack | Answer::Sent | Answer::Failed(_) => Probe::Several,
            },
        };
        if probe == Probe::Several && self.tree.is_complete() {
            // Noise looks like this too; and what comes next is long.
            if self.again < context.config.retries {
                self.again = self.again.saturating_add(1);
                return self.next_stage(context, Stage::Select);
            }
            self.bytes = self.bytes.saturating_add(1);
        }
        self.again = 0;
        self.doubt = None;
        self.suspect = None;
        self.report(context, probe)
    }

    fn report(&mut self, context: &mut Context<'_>, probe: Probe) -> Flow {
        let assumed =
            probe == Probe::NoData && context.config.acknowledgement == Acknowledgement::Assumed;
        let probe = if assumed { Probe::Nobody } else { probe };
        if let Some((mask, reason)) = self.tree.report(probe) {
            context.events.push(Event::Unresolved { mask, reason });
        }
        context.events.push(Event::Progress(self.tree.progress()));
        if self.tree.is_done() {
            return Flow::End(Outcome::Complete);
        }
        if self.is_endless(context) {
            return Flow::End(Outcome::Endless);
        }
        self.next_stage(context, Stage::Select)
    }

    fn is_endless(&self, context: &Context<'_>) -> bool {
        let sent = context.line.sent().saturating_sub(self.before);
        let retries = context.config.scan_retries;
        let meters = self.tree.progress().found;
        let bytes = self
            .bytes
            .min(meters.saturating_add(FREE_METERS).saturating_mul(4));
        let for_bytes = bytes.saturating_mul(BYTE_TELEGRAMS);
        let for_bytes = for_bytes.saturating_mul(u32::from(retries).saturating_add(1));
        let bound = telegram_bound(meters, retries).saturating_mul(SLACK);
        sent > bound.saturating_add(for_bytes)
    }

    /// Hands out a meter; `None` if its answer has to be verified first.
    fn found(&mut self, context: &mut Context<'_>) -> Option<Probe> {
        let tolerance = context.config.tolerance;
        let identity = Identity::of(context.line.telegram(), tolerance);
        let at = self.tree.target();
        let mask = match at {
            Target::Secondary(mask) | Target::Fabrication(mask, _) => mask,
            Target::Primary(_) => return Some(Probe::One),
        };
        let consistent = match (identity.secondary, identity.identification) {
            (Some(address), _) => mask.matches(&address),
            (None, Some(identification)) => {
                let known = SecondaryAddressMask::ANY.with_identification(identification);
                let open =
                    SecondaryAddressMask::ANY.with_identification(mask.address().identification);
                open.matches(known.address())
            }
            (None, None) => false,
        };
        if !consistent && self.suspect != identity.secondary {
            // Selected before, and it has not heard that it is no longer: ask once more.
            self.suspect = identity.secondary;
            return None;
        }
        if let Some(number) = identity.identification {
            let wrong = self.doubt == Some((number, Doubt::Wrong));
            if !wrong && self.tree.is_covered(number) {
                self.doubt = Some((number, Doubt::Open));
                return None;
            }
        }
        if self.tree.is_known(identity.key()) {
            return Some(Probe::One);
        }
        if !consistent {
            // One that answers every selection would be found under every mask.
            if identity.secondary.is_some() && identity.secondary == self.stray {
                return Some(Probe::One);
            }
            self.stray = identity.secondary;
        }
        if consistent {
            self.tree.count_found();
        }
        context.events.push(Event::Found(Found {
            at,
            primary: identity.primary,
            secondary: identity.secondary,
            consistent,
            bytes: &[],
        }));
        Some(Probe::One)
    }

    fn is_to_be_confirmed(&self, context: &Context<'_>) -> bool {
        context.config.confirmation == Confirmation::Selection && !self.tree.is_complete()
    }

    fn next_stage(&mut self, context: &mut Context<'_>, stage: Stage) -> Flow {
        self.stage = stage;
        self.go_on(context);
        Flow::Wait
    }

    fn go_on(&mut self, context: &mut Context<'_>) {
        if self.stage == Stage::Resets {
            if self.resets.send_next(context) {
                return;
            }
            self.stage = Stage::Select;
        }
        let retry = (context.config.scan_retries, RetryOn::Silence);
        if matches!(self.stage, Stage::Select | Stage::Confirm) {
            let command = match self.tree.target() {
                Target::Fabrication(mask, number) => Command::select_fabrication(mask, number),
                Target::Secondary(mask) => Command::select(mask),
                Target::Primary(_) => return,
            };
            return context.exchange(&command.frame(), Expect::Ack, Settle::Quiet, retry);
        }
        if let (Stage::Verify, Some((number, _))) = (self.stage, self.doubt) {
            let command = Command::select(self.tree.base().with_identification(number));
            return context.exchange(&command.frame(), Expect::Ack, Settle::Quiet, retry);
        }
        context.counts.reset(PrimaryAddress::SELECTED);
        let fcb = context.counts.next(PrimaryAddress::SELECTED);
        let control = Class::Data.control(fcb);
        if let Ok(frame) = Frame::new(control, PrimaryAddress::SELECTED, &[]) {
            // Somebody is there; so silence is worth more than one repetition.
            let retry = (context.config.retries, RetryOn::Silence);
            context.exchange(&frame, Expect::Data, Settle::Quiet, retry);
        }
    }
}
