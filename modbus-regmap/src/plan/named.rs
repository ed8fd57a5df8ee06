//! The holes between a value and what goes with it.

use super::{Place, Read};
use crate::map::{Access, Register, RegisterMap};

/// Which cells of a device the registers of a map name.
///
/// They are put together when they are asked for first, if the map knows its registers by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// By table and address, none of which touches the next one.
    #[cfg(feature = "alloc")]
    runs: Option<alloc::vec::Vec<Run>>,
}

/// Cells of a table from `start` up to before `end`.
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug)]
struct Run {
    table: crate::Table,
    start: u32,
    end: u32,
}

impl Named {
    /// The longest hole of the hull, which has the value with its companions at its ends; `None` if
    /// it has more cells than there are bits to tell them apart.
    pub(super) fn longest_hole(
        &mut self,
        map: &RegisterMap<'_>,
        place: Place,
        index: u16,
        own: Read,
        hull: &Read,
    ) -> Option<u32> {
        if u32::from(hull.count) > u128::BITS {
            return None;
        }
        let ends = [hull.address.into(), hull.end().checked_sub(1)?];
        let [first, last] =
            ends.map(|end: u32| cells(end, end.wrapping_add(1), hull.address.into()));
        let all = cells(hull.address.into(), hull.end(), hull.address.into());
        let missing = all & !(first | last | cells_of(&own, hull));
        if missing == 0 {
            return Some(0);
        }
        #[cfg(feature = "alloc")]
        if let Some(runs) = self.runs(map, place) {
            return Some(longest_run(without(missing, runs, hull)));
        }
        unnamed(map, place, index, missing, hull).map(longest_run)
    }

    #[cfg(feature = "alloc")]
    fn runs(&mut self, map: &RegisterMap<'_>, place: Place) -> Option<&[Run]> {
        if self.runs.is_none() {
            self.runs = Some(runs(map.by_place()?, place));
        }
        self.runs.as_deref()
    }
}

/// What the registers cover, which are sorted by table and address.
#[cfg(feature = "alloc")]
fn runs<'r>(
    registers: impl Iterator<Item = &'r Register<'r>>,
    place: Place,
) -> alloc::vec::Vec<Run> {
    let mut runs: alloc::vec::Vec<Run> = alloc::vec::Vec::new();
    for read in registers.filter_map(|register| readable(place, register)) {
        let (table, start, end) = (read.table, u32::from(read.address), read.end());
        match runs.last_mut() {
            Some(run) if run.table == table && start <= run.end => run.end = run.end.max(end),
            _ => runs.push(Run { table, start, end }),
        }
    }
    runs
}

/// The cells of the hull without those that are covered.
#[cfg(feature = "alloc")]
fn without(missing: u128, runs: &[Run], hull: &Read) -> u128 {
    let (table, start, end) = (hull.table, u32::from(hull.address), hull.end());
    let first = runs.partition_point(|run| (run.table, run.end) <= (table, start));
    let touching = runs
        .iter()
        .skip(first)
        .take_while(|run| run.table == table && run.start < end);
    touching.fold(missing, |missing, run| {
        missing & !cells(run.start.max(start), run.end.min(end), start)
    })
}

/// The missing cells that no register of the map has.
///
/// Those that lie near in the map are tried first, which in a sorted map are all that count.
fn unnamed(
    map: &RegisterMap<'_>,
    place: Place,
    index: u16,
    mut missing: u128,
    hull: &Read,
) -> Option<u128> {
    let (before, behind) = map.registers().split_at_checked(index.into())?;
    let (mut before, mut behind) = (before.iter().rev(), behind.iter());
    while missing != 0 {
        let near = [before.next(), behind.next()];
        if near == [None, None] {
            break;
        }
        for register in near.into_iter().flatten() {
            if let Some(read) = readable(place, register) {
                missing &= !cells_of(&read, hull);
            }
        }
    }
    Some(missing)
}

fn readable(place: Place, register: &Register<'_>) -> Option<Read> {
    if register.access() == Access::Write {
        return None;
    }
    place.read_of(register)
}

/// The cells of a read that the hull has, a bit each.
fn cells_of(read: &Read, hull: &Read) -> u128 {
    if read.table != hull.table {
        return 0;
    }
    let start = u32::from(read.address.max(hull.address));
    cells(start, read.end().min(hull.end()), hull.address.into())
}

/// Bits from the cell `start` up to before `end`, where `origin` has the lowest bit.
fn cells(start: u32, end: u32, origin: u32) -> u128 {
    let from = |cell: u32| {
        let bit = cell.saturating_sub(origin);
        u128::MAX.checked_shl(bit).unwrap_or(0)
    };
    from(start) & !from(end)
}

/// The most bits in a row that are set.
fn longest_run(mut bits: u128) -> u32 {
    let mut length = 0_u32;
    while bits != 0 {
        bits &= bits << 1;
        length = length.wrapping_add(1);
    }
    length
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::Table;
    use crate::encoding::Encoding;
    use crate::map::Device;

    proptest! {
        #[test]
        fn runs_leave_what_a_search_leaves(
            values in prop::collection::vec((0..90_u16, 1..4_u16, 0..4_u8), 0..30),
            hull in (0..90_u16, 1..60_u16),
            moved in (0..60_u16, 0..9_u16),
        ) {
            let mut registers: Vec<_> = values
                .iter()
                .map(|&(address, registers, kind)| {
                    let table = if kind == 0 { Table::InputRegister } else { Table::HoldingRegister };
                    let access = if kind == 1 { Access::Write } else { Access::Read };
                    Register::new("", table, address, Encoding::Pad { registers }).with_access(access)
                })
                .collect();
            let place = Place::at(7).moved(moved.0, moved.1);
            let hull = Read::new(Table::HoldingRegister, hull.0, hull.1);
            let all = cells(hull.address.into(), hull.end(), hull.address.into());
            let expected = registers.iter().fold(all, |missing, register| {
                readable(place, register).map_or(missing, |read| missing & !cells_of(&read, &hull))
            });
            registers.sort_by_key(|register| (register.table(), register.address()));
            prop_assert_eq!(without(all, &runs(registers.iter(), place), &hull), expected);
        }
    }

    #[test]
    fn long_maps_have_the_items_of_short_ones() {
        use crate::map::UnitCodes;
        use crate::plan::{MapItems, PlanItem, Selection};
        let names: Vec<_> = (0..60).map(|n| alloc::format!("v{n}")).collect();
        let register = |n: usize| {
            let (name, address) = (&*names[n], u16::try_from(n).unwrap());
            match n % 6 {
                0 => Register::new(name, Table::HoldingRegister, address, Encoding::I16)
                    .with_scale_register(address + 3)
                    .with_unit_register(address + 4, UnitCodes::Concentrator),
                1 if n > 30 => Register::new(name, Table::InputRegister, address, Encoding::U16),
                _ => Register::new(name, Table::HoldingRegister, address, Encoding::U16),
            }
        };
        let device = Device::new("meter");
        let items = |count: usize| -> Vec<PlanItem> {
            let registers: Vec<_> = (0..count).map(register).collect();
            let map = RegisterMap::new(&device, &registers).unwrap();
            MapItems::new(&map, Place::ABSOLUTE, Selection::All).collect()
        };
        let (short, long) = (items(48), items(60));
        assert_eq!(long[..short.len()], short);
    }
}
