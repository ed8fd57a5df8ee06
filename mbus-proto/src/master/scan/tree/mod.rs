//! Which mask to try next: a tree of digits.

mod assume;
mod order;

use crate::link::{Identification, SecondaryAddressMask};

use super::super::config::Resolution;
use super::super::event::{Progress, Target, Unresolved};
use super::path::{self, Level, MAX_DEPTH, Part, rank};

use order::{Floor, Leads, Order};

/// The order in which a scan tries digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From 0 to 9.
    #[default]
    Forwards,
    /// From 9 to 0.
    Backwards,
}

/// The most telegrams that a search sends on a sound bus with so many meters, each with an
/// identification number of its own, if a selection without answer is repeated `retries` times.
///
/// A mask under which several meters answer is narrowed down by ten. It has at least two meters, and
/// a meter is in at most eight such masks, one for each digit: so there are at most four for each
/// meter. A selection that was wrongly left out makes for ten more, once. The other numbers stand for
/// the first tries, described at
/// [`Master::scan_secondary`](crate::master::Master::scan_secondary).
#[must_use]
pub const fn telegram_bound(meters: u32, retries: u8) -> u32 {
    // Ten selections and one request for each mask, a selection and a request for each meter.
    let once = meters.saturating_mul(46).saturating_add(220);
    // `as`: `From` is not const.
    #[allow(clippy::cast_lossless)]
    let tries = (retries as u32).saturating_add(1);
    once.saturating_mul(tries)
}

/// What a mask came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Probe {
    Nobody,
    One,
    Several,
    /// Acknowledged, but without data.
    NoData,
}

/// The search: masks in an order that leaves no meter out.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    base: SecondaryAddressMask,
    direction: Direction,
    resolution: Resolution,
    levels: [Level; MAX_DEPTH],
    depth: usize,
    order: Order,
    leads: Leads,
    /// What was covered before the order was changed, once for each change.
    floors: [Option<Floor>; 2],
    /// At which depths all values are tried for a second time, a bit for each.
    again: u32,
    /// Which depths were entered without a selection that says that there are several, a bit for
    /// each.
    assumed: u32,
    /// Whether all assumptions have been right so far.
    trust: bool,
    /// At which depths a mask had one meter or none, a bit for each.
    thin: u32,
    /// Whether no two meters seem to be of one batch.
    scattered: bool,
    /// Who was found last, and who may be found again.
    last: Option<[u8; 8]>,
    known: [Option<[u8; 8]>; 2],
    tried: u32,
    found: u32,
    /// How many had been found when the order was changed.
    found_before: u32,
    ended: bool,
}

impl Tree {
    pub(super) fn new(
        base: SecondaryAddressMask,
        direction: Direction,
        resolution: Resolution,
    ) -> Self {
        let mut tree = Self {
            base,
            direction,
            resolution,
            levels: [Level::new(Part::Medium, 0); MAX_DEPTH],
            depth: 0,
            order: Order::Last,
            leads: Leads::default(),
            floors: [None; 2],
            again: 0,
            assumed: 0,
            trust: true,
            thin: 0,
            scattered: true,
            last: None,
            known: [None; 2],
            tried: 0,
            found: 0,
            found_before: 0,
            ended: false,
        };
        // With so few digits there is no choice worth making.
        if tree.open_digits().count() < 4 {
            tree.order = Order::First;
        }
        tree
    }

    /// Whom to select next.
    pub(super) fn target(&self) -> Target {
        path::target(self.base, self.path(), self.direction)
    }

    /// The mask of all meters that are looked for.
    pub(super) const fn base(&self) -> SecondaryAddressMask {
        self.base
    }

    pub(super) const fn is_done(&self) -> bool {
        self.ended
    }

    /// Whether nothing is left open but what tells meters with the same identification apart.
    pub(super) fn is_complete(&self) -> bool {
        self.next_digit().is_none()
    }

    pub(super) fn progress(&self) -> Progress {
        let rest = self.path().map(|level| {
            let index = u32::from(level.index);
            let spent = self.tried.saturating_sub(level.since).max(1);
            let left = u32::from(level.expected_values()).saturating_sub(index.saturating_add(1));
            let mean = spent.div_ceil(index.saturating_add(1).max(1));
            left.saturating_mul(mean)
        });
        Progress {
            tried: self.tried,
            found: self.found,
            rest: if self.ended {
                0
            } else {
                rest.fold(1, u32::saturating_add)
            },
        }
    }

    /// Takes note of a meter; whether it was found before, under a mask that is tried again.
    pub(super) fn is_known(&mut self, address: [u8; 8]) -> bool {
        if let Some(known) = self.known.iter_mut().find(|it| **it == Some(address)) {
            *known = None;
            return true;
        }
        // A batch ends somewhere: then nobody is where many were before.
        self.scattered &= !self
            .last
            .is_some_and(|last| self.are_of_a_batch(last, address));
        self.last = Some(address);
        false
    }

    /// Whether two numbers agree in what was not selected, but for the last three digits.
    fn are_of_a_batch(&self, one: [u8; 8], other: [u8; 8]) -> bool {
        let [one, other] = [one, other]
            .map(|[a, b, c, d, ..]| Identification::from_bcd(u32::from_le_bytes([a, b, c, d])));
        let (mut alike, mut differ) = (0_u8, false);
        for position in self.free_digits().rev().skip_while(|it| *it > 4) {
            alike = alike.saturating_add(1);
            differ |= nibble(one, position) != nibble(other, position);
        }
        !differ && alike > 2
    }

    /// The last meter will be found again: its mask is tried once more.
    pub(super) fn recall(&mut self) {
        // Masks are tried again within such masks, so the one before is not forgotten yet.
        let [newer, older] = self.known;
        if newer != self.last {
            self.known = [self.last, newer.or(older)];
        }
    }

    pub(super) const fn count_found(&mut self) {
        self.found = self.found.saturating_add(1);
    }

    /// Whether everybody who answers to a number was found before the order was changed.
    pub(super) fn is_covered(&self, identification: Identification) -> bool {
        let mut floors = self.floors.iter().flatten();
        floors.any(|floor| self.is_below(floor, identification) == Some(true))
    }

    fn is_below(&self, floor: &Floor, identification: Identification) -> Option<bool> {
        for (&lead, &before) in floor.order.leads().iter().zip(&floor.ranks) {
            let digit = nibble(identification, self.open_digits().rev().nth(lead)?);
            let rank = rank(digit, self.direction);
            if digit == 0xF || rank > before {
                return None;
            }
            if rank < before {
                return Some(true);
            }
        }
        None
    }

    /// Goes on to the next mask; returns what will not be resolved.
    pub(super) fn report(&mut self, probe: Probe) -> Option<(SecondaryAddressMask, Unresolved)> {
        self.tried = self.tried.saturating_add(1);
        let mask = self.mask();
        let met = match probe {
            Probe::Nobody => 0,
            Probe::One | Probe::NoData => 1,
            Probe::Several => 2,
        };
        let guard = self.top().is_some_and(|level| level.is_guard());
        if guard && met > 0 {
            // The fabrication number makes no difference to these.
            self.depth = self.depth.saturating_sub(1);
            self.next_value();
            return Some((mask, Unresolved::Alike));
        }
        self.count(met);
        if met < 2 {
            self.thin |= self.depth_bit();
        }
        let unresolved = match probe {
            Probe::Several => match self.narrow() {
                Narrowed::Yes => return None,
                Narrowed::No => Some((mask, Unresolved::Alike)),
            },
            Probe::NoData => Some((mask, Unresolved::NoData)),
            Probe::Nobody | Probe::One => None,
        };
        let vanished = self.next_value();
        unresolved.or(vanished)
    }

    fn count(&mut self, met: u8) {
        if let Some(level) = self.top_mut() {
            level.met = level.met.saturating_add(met).min(2);
        }
        if self.has_leads() {
            self.leads.tried = self.leads.tried.saturating_add(1);
            self.leads.met = self.leads.met.saturating_add(met.min(1).into());
            self.leads.several = self.leads.several.saturating_add((met / 2).into());
        }
    }

    /// Fixes another part.
    fn narrow(&mut self) -> Narrowed {
        if self.has_leads() && self.leads.disappoint(self.order, self.found) {
            self.reorder();
        }
        let part = self.next_digit().map(Part::Digit);
        let part = part.or_else(|| path::after_digits(self.base, self.path(), self.resolution));
        if !part.is_some_and(|part| self.fix(part)) {
            return Narrowed::No;
        }
        self.skip_covered();
        self.assume();
        Narrowed::Yes
    }

    fn fix(&mut self, part: Part) -> bool {
        let Some(place) = self.levels.get_mut(self.depth) else {
            return false;
        };
        *place = Level::new(part, self.tried);
        self.depth = self.depth.saturating_add(1);
        self.again &= !self.depth_bit();
        self.assumed &= !self.depth_bit();
        true
    }

    /// Whether the last part has a value that is to be tried.
    fn has_value(&self) -> bool {
        self.top()
            .is_some_and(|level| level.index < self.values(level))
    }

    /// How many values there are to try of the last part.
    fn values(&self, level: &Level) -> u8 {
        if self.assumed & self.depth_bit() == 0 {
            level.values()
        } else {
            Level::DECIMAL
        }
    }

    /// Whether exactly the leading digits are fixed.
    const fn has_leads(&self) -> bool {
        let leads = self.order.leads().len();
        leads > 0 && self.depth == leads
    }

    /// Starts over with other digits. What was found is not looked for again.
    fn reorder(&mut self) {
        let [first, second, third, ..] = self.levels;
        let floor = Floor {
            order: self.order,
            ranks: [first.index, second.index, third.index],
        };
        let [before, _] = self.floors;
        self.floors = [Some(floor), before];
        self.order = match self.order {
            Order::Last => Order::LastThree,
            Order::LastThree | Order::First => Order::First,
        };
        self.leads = Leads::default();
        self.found_before = self.found;
        self.thin = 0;
        self.depth = 0;
    }

    /// Goes on to the next value of the last part, or of one before it.
    fn next_value(&mut self) -> Option<(SecondaryAddressMask, Unresolved)> {
        let mut unresolved = None;
        loop {
            let Some(level) = self.top_mut() else {
                self.ended = true;
                return unresolved;
            };
            level.index = level.index.saturating_add(1);
            if self.has_value() {
                self.skip_covered();
                if self.has_value() {
                    self.assume();
                    return unresolved;
                }
            }
            if self.assumed & self.depth_bit() != 0 {
                if self.end_assumption() {
                    continue;
                }
                return unresolved;
            }
            if self.try_again() {
                return unresolved;
            }
            let vanished = self.top().is_some_and(|level| level.met < 2);
            self.depth = self.depth.saturating_sub(1);
            if vanished {
                // The parts above count this mask as several meters: so this happens once.
                unresolved = Some((self.mask(), Unresolved::Vanished));
            }
        }
    }

    /// Tries all digits once more where several meters answered and one is found at most.
    fn try_again(&mut self) -> bool {
        let bit = self.depth_bit();
        let again = self.again & bit != 0;
        let Some(level) = self.top_mut() else {
            return false;
        };
        if level.met > 1 || again || !matches!(level.part, Part::Digit(_)) {
            return false;
        }
        level.index = 0;
        level.met = 0;
        self.again |= bit;
        self.recall();
        self.skip_covered();
        true
    }

    fn depth_bit(&self) -> u32 {
        u32::try_from(self.depth).map_or(0, |depth| 1 << (depth & 31))
    }

    /// Passes over values under which everybody was found before.
    fn skip_covered(&mut self) {
        let assumed = self.assumed & self.depth_bit() != 0;
        while self.has_value() && self.is_covered(self.mask().address().identification) {
            let Some(level) = self.top_mut() else {
                return;
            };
            if !assumed {
                level.met = 2;
            }
            level.index = level.index.saturating_add(1);
        }
    }

    fn mask(&self) -> SecondaryAddressMask {
        match self.target() {
            Target::Secondary(mask) | Target::Fabrication(mask, _) => mask,
            Target::Primary(_) => self.base,
        }
    }

    /// The digit to fix next.
    fn next_digit(&self) -> Option<u8> {
        if let Some(&lead) = self.order.leads().get(self.depth) {
            return self.open_digits().rev().nth(lead);
        }
        let mut free = self.free_digits();
        match self.order {
            Order::Last => free.next_back(),
            Order::LastThree | Order::First => free.next(),
        }
    }

    /// The digits that are not fixed.
    fn free_digits(&self) -> impl DoubleEndedIterator<Item = u8> + '_ {
        self.open_digits().filter(|position| {
            let mut path = self.path();
            path.all(|level| level.part != Part::Digit(*position))
        })
    }

    /// The digits that the caller left open.
    fn open_digits(&self) -> impl DoubleEndedIterator<Item = u8> + use<> {
        let base = self.base.address().identification;
        (0..SecondaryAddressMask::DIGITS).filter(move |position| nibble(base, *position) == 0xF)
    }

    fn path(&self) -> impl DoubleEndedIterator<Item = &Level> {
        self.levels.get(..self.depth).unwrap_or_default().iter()
    }

    fn top(&self) -> Option<&Level> {
        self.levels.get(self.depth.checked_sub(1)?)
    }

    fn top_mut(&mut self) -> Option<&mut Level> {
        self.levels.get_mut(self.depth.checked_sub(1)?)
    }
}

enum Narrowed {
    Yes,
    No,
}

fn nibble(identification: Identification, position: u8) -> u8 {
    let [a, b, c, d] = identification.bcd().to_be_bytes();
    let byte = match position >> 1 {
        0 => a,
        1 => b,
        2 => c,
        _ => d,
    };
    if position & 1 == 0 {
        byte >> 4
    } else {
        byte & 0x0F
    }
}
