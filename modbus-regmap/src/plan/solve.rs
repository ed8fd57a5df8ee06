//! The search for the best plan.
//!
//! An item that lies within another needs no request of its own. The others, sorted, begin and end
//! one after the other, so the cells of a request are the hull of consecutive items: if a request
//! holds two items, it holds those between them. Which items may follow in the same request does
//! not depend on where it began but for its length, and a shorter part of a valid request is valid
//! as well. So, for each first item, the last ones that are possible are a window, and the windows
//! move to one side only.
//!
//! The best plan from an item on costs its first request and the best plan behind that one. What of
//! this depends on the last item is kept with it, in a queue of falling ends and rising costs; the
//! head of the queue is the best end within the window. Every item enters and leaves once.

use super::item::{PlanItem, Work};
use super::limits::Limits;
use super::{PlanError, PlanErrorKind};
use crate::Table;

/// No item.
const NONE: u16 = u16::MAX;

/// Refuses items of which no plan can be made.
pub(super) fn check(items: &[PlanItem], limits: &Limits<'_>) -> Result<(), PlanError> {
    for (index, item) in items.iter().enumerate() {
        let read = item.read();
        check_one(item, limits).map_err(|kind| PlanError { kind, read })?;
        if index >= usize::from(NONE) {
            let kind = PlanErrorKind::TooMany;
            return Err(PlanError { kind, read });
        }
    }
    Ok(())
}

fn check_one(item: &PlanItem, limits: &Limits<'_>) -> Result<(), PlanErrorKind> {
    let (table, start, end) = (item.table(), u32::from(item.address), item.end());
    if item.count == 0 {
        return Err(PlanErrorKind::Empty);
    }
    if end > 0x1_0000 {
        return Err(PlanErrorKind::PastEnd);
    }
    let max = limits.max_read(table);
    if item.count > max {
        return Err(PlanErrorKind::TooLong { max });
    }
    if let Some(address) = limits.first_forbidden(table, start, end) {
        return Err(PlanErrorKind::Forbidden { address });
    }
    match limits.request(table, start, end) {
        Some(_) => Ok(()),
        None => Err(PlanErrorKind::Alignment),
    }
}

/// Notes down, with each item that begins a request, the last one of it.
///
/// The items are checked and sorted.
pub(super) fn solve(items: &mut [PlanItem], limits: &Limits<'_>) {
    let mut current = link(items);
    let mut search = Search {
        items,
        limits,
        far: current,
        queues: [Queue::EMPTY; 2],
    };
    let mut behind = 0;
    let mut next: Option<PlanItem> = None;
    while let Some(item) = search.item(current) {
        if !next.is_some_and(|next| may_join(&item, &next, limits)) {
            search.far = current;
            search.queues = [Queue::EMPTY; 2];
        }
        search.push(current, &item, behind);
        search.shrink(&item);
        let (last, cost) = search.best(&item);
        behind = cost;
        search.update(current, |work| work.last = last);
        next = Some(item);
        current = item.work.previous;
    }
}

/// Chains the items that do not lie within another, and returns the last of them.
fn link(items: &mut [PlanItem]) -> u16 {
    let mut previous = NONE;
    let mut reach: Option<(Table, u32)> = None;
    for (index, item) in (0..NONE).zip(items) {
        let end = item.end();
        item.work = Work {
            last: NONE,
            ..Work::default()
        };
        if reach.is_some_and(|(table, reach)| table == item.table() && end <= reach) {
            continue;
        }
        item.work.previous = previous;
        previous = index;
        reach = Some((item.table(), end));
    }
    previous
}

/// Whether the device lets a request go on from one item to the next.
fn may_join(item: &PlanItem, next: &PlanItem, limits: &Limits<'_>) -> bool {
    let (end, start) = (item.end(), u32::from(next.address));
    item.table() == next.table()
        && start.saturating_sub(end) <= limits.max_hole().into()
        && (start <= end || limits.first_forbidden(item.table(), end, start).is_none())
}

struct Search<'s, 'a> {
    items: &'s mut [PlanItem],
    limits: &'s Limits<'a>,
    /// The last item that fits into one request with the current one.
    far: u16,
    /// The ends within the window: even ones and odd ones, which even counts make differ.
    queues: [Queue; 2],
}

#[derive(Clone, Copy)]
struct Queue {
    oldest: u16,
    newest: u16,
}

impl Queue {
    const EMPTY: Self = Self {
        oldest: NONE,
        newest: NONE,
    };
}

impl Search<'_, '_> {
    fn item(&self, index: u16) -> Option<PlanItem> {
        self.items.get(usize::from(index)).copied()
    }

    fn update(&mut self, index: u16, change: impl FnOnce(&mut Work)) {
        if let Some(item) = self.items.get_mut(usize::from(index)) {
            change(&mut item.work);
        }
    }

    /// Offers the item as the last one of a request, with what follows at the cost `behind`.
    fn push(&mut self, index: u16, item: &PlanItem, behind: u64) {
        let costs = self.limits.costs();
        let key = behind.wrapping_add(costs.of_cells(item.table(), self.end(item)));
        let [even, odd] = self.queues;
        let is_odd = self.lane(item) == 1;
        let mut queue = if is_odd { odd } else { even };
        // of two that cost the same, the older one makes the longer request
        while let Some(newest) = self.item(queue.newest) {
            if newest.work.key <= key {
                break;
            }
            queue.newest = newest.work.older;
        }
        if queue.newest == NONE {
            queue.oldest = index;
        } else {
            self.update(queue.newest, |work| work.newer = index);
        }
        self.update(index, |work| {
            (work.key, work.older, work.newer) = (key, queue.newest, NONE);
        });
        queue.newest = index;
        self.queues = if is_odd { [even, queue] } else { [queue, odd] };
    }

    /// Takes the ends out that are too far from the item.
    fn shrink(&mut self, item: &PlanItem) {
        let start = u32::from(item.address);
        while let Some(far) = self.item(self.far) {
            if self
                .limits
                .request(item.table(), start, far.end())
                .is_some()
            {
                break;
            }
            self.far = far.work.previous;
        }
        let far = self.far;
        self.queues = self.queues.map(|queue| self.without_beyond(queue, far));
    }

    fn without_beyond(&mut self, mut queue: Queue, far: u16) -> Queue {
        while queue.oldest != NONE && queue.oldest > far {
            queue.oldest = self.item(queue.oldest).map_or(NONE, |item| item.work.newer);
        }
        if queue.oldest == NONE {
            return Queue::EMPTY;
        }
        self.update(queue.oldest, |work| work.older = NONE);
        queue
    }

    /// The last item of the best request from `item` on, and the cost of all from there on.
    fn best(&self, item: &PlanItem) -> (u16, u64) {
        let costs = self.limits.costs();
        let start = u32::from(item.address);
        let mut best = (NONE, u64::MAX);
        for last in self.queues.map(|queue| queue.oldest) {
            let Some(end) = self.item(last) else {
                continue;
            };
            let own = costs.of_cells(item.table(), self.end(&end));
            let behind = end.work.key.wrapping_sub(own);
            let cells = costs.of_cells(
                item.table(),
                self.limits.evened(item.table(), start, end.end()),
            );
            let cost = behind.wrapping_add(costs.of_request()).wrapping_add(cells);
            // with even counts the longer of two ends can come second
            if cost < best.1 || (cost == best.1 && last > best.0) {
                best = (last, cost);
            }
        }
        best
    }

    /// The end of a request with the item as its last, as far as the end alone decides it.
    fn end(&self, item: &PlanItem) -> u32 {
        let end = item.end();
        if self.limits.is_even_start(item.table()) && self.limits.is_even_count(item.table()) {
            end.wrapping_add(end % 2)
        } else {
            end
        }
    }

    /// In which queue an end waits: requests of an even count from any start cost one cell more
    /// for every other end.
    fn lane(&self, item: &PlanItem) -> u32 {
        if self.limits.is_even_count(item.table()) {
            item.end() % 2
        } else {
            0
        }
    }
}
