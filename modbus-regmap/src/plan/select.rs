//! What a plan has to read of a register map.

use meter_units::Quantity;

use super::{Limits, Place, PlanItem, Read};
#[cfg(feature = "alloc")]
use super::{Plan, PlanError};
use crate::encoding::Encoding;
use crate::map::{Access, Register, RegisterMap};

/// Which registers of a map are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection<'a> {
    /// All that can be read and mean something.
    #[default]
    All,
    /// Those of these names; a name that the map does not have selects nothing.
    Names(&'a [&'a str]),
    /// Those of these quantities.
    Quantities(&'a [Quantity]),
    /// The current numbers of the meter: those of a known quantity that are not settings.
    Measured,
}

impl Selection<'_> {
    /// Whether the register is selected.
    #[must_use]
    pub fn contains(&self, register: &Register<'_>) -> bool {
        if register.access() == Access::Write || matches!(register.encoding(), Encoding::Pad { .. })
        {
            return false;
        }
        let quantity = register.channel().quantity;
        match self {
            Self::All => true,
            Self::Names(names) => names.contains(&register.name()),
            Self::Quantities(quantities) => quantities.contains(&quantity),
            Self::Measured => {
                let is_known = !matches!(quantity, Quantity::None | Quantity::Unknown);
                is_known && !register.access().is_writable()
            }
        }
    }
}

/// The items of a plan for a map, in the order of its registers.
///
/// The tag of an item is the place of its register in the map. The registers of the scale and of
/// the unit of a value belong to its item, so that all are of the same moment. Where one request
/// cannot hold them together, because they lie too far apart or with a forbidden address between
/// them, they are items of their own.
#[derive(Clone, Debug)]
pub struct MapItems<'a> {
    map: &'a RegisterMap<'a>,
    next: usize,
    place: Place,
    selection: Selection<'a>,
    limits: Limits<'a>,
    /// The companions of a register that did not fit to it.
    apart: [Option<PlanItem>; 2],
}

impl<'a> MapItems<'a> {
    /// What has to be read for a selection of registers.
    ///
    /// ```
    /// use modbus_regmap::Table;
    /// use modbus_regmap::encoding::Encoding;
    /// use modbus_regmap::map::{Device, Register, RegisterMap};
    /// use modbus_regmap::plan::{Limits, MapItems, Place, Plan, PlanItem, Read, Selection};
    ///
    /// static DEVICE: Device<'static> = Device::new("inverter");
    /// static REGISTERS: [Register<'static>; 3] = [
    ///     Register::new("power", Table::HoldingRegister, 14, Encoding::I16).with_scale_register(15),
    ///     Register::new("power_scale", Table::HoldingRegister, 15, Encoding::ScaleFactor),
    ///     Register::new("state", Table::HoldingRegister, 38, Encoding::U16),
    /// ];
    /// let map = RegisterMap::new(&DEVICE, &REGISTERS)?;
    ///
    /// let items = MapItems::new(&map, Place::at(40_070), Selection::Names(&["power"]));
    /// let mut room = [PlanItem::default(); 8];
    /// let items = items.write_to(&mut room).expect("room for all items");
    /// let plan = Plan::new(items, Limits::of(map.device()))?;
    /// let reads = plan.requests().map(|request| request.read());
    /// assert!(reads.eq([Read::new(Table::HoldingRegister, 40_084, 2)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(map: &'a RegisterMap<'a>, place: Place, selection: Selection<'a>) -> Self {
        Self {
            map,
            next: 0,
            place,
            selection,
            limits: Limits::of(map.device()),
            apart: [None; 2],
        }
    }

    /// Writes the items to the front of a slice; `None` if it is too short.
    ///
    /// A slice three times as long as the map is long enough in any case, and one as long as the
    /// map for a map without scale and unit registers.
    #[must_use]
    pub fn write_to(self, room: &mut [PlanItem]) -> Option<&mut [PlanItem]> {
        let mut count = 0_usize;
        for item in self {
            *room.get_mut(count)? = item;
            count = count.wrapping_add(1);
        }
        room.get_mut(..count)
    }

    /// The items of one register: with its companions, or apart from them.
    fn items_of(&mut self, index: u16, register: &Register<'_>) -> Option<PlanItem> {
        let own = self.read_of(register)?;
        let item = PlanItem::new(own).with_tag(index);
        let companions = [register.scale_register(), register.unit_register()];
        if companions == [None, None] {
            return Some(item);
        }
        let mut hull = own;
        for address in companions.into_iter().flatten() {
            if let Some(address) = self.place.address(address, 1) {
                hull = joined(hull, address);
            }
        }
        let whole = PlanItem::new(hull).with_tag(index);
        if self.limits.allows(&hull) {
            return Some(whole);
        }
        let registers = || (0..=u16::MAX).zip(self.map.registers());
        self.apart = companions.map(|address| {
            let is_there = |other: &Register<'_>| {
                Some(other.address()) == address
                    && other.table() == register.table()
                    && other.count() == 1
            };
            let (index, companion) = registers().find(|(_, other)| is_there(other))?;
            let item = PlanItem::new(self.read_of(companion)?).with_tag(index);
            Some(item.as_companion())
        });
        Some(item)
    }

    fn read_of(&self, register: &Register<'_>) -> Option<Read> {
        let address = self.place.address(register.address(), register.count())?;
        Some(Read::new(register.table(), address, register.count()))
    }
}

/// The hull of a read and one more cell.
fn joined(read: Read, address: u16) -> Read {
    let first = read.address.min(address);
    let end = read.end().max(u32::from(address).wrapping_add(1));
    let count = end.saturating_sub(first.into());
    Read::new(read.table, first, u16::try_from(count).unwrap_or(u16::MAX))
}

impl Iterator for MapItems<'_> {
    type Item = PlanItem;

    fn next(&mut self) -> Option<PlanItem> {
        if let Some(item) = self.apart.iter_mut().find_map(Option::take) {
            return Some(item);
        }
        loop {
            let (map, index) = (self.map, u16::try_from(self.next).ok()?);
            let register = map.registers().get(self.next)?;
            self.next = self.next.wrapping_add(1);
            if self.place.lists(register.address()) && self.selection.contains(register) {
                if let Some(item) = self.items_of(index, register) {
                    return Some(item);
                }
            }
        }
    }
}

impl core::iter::FusedIterator for MapItems<'_> {}

/// Plans.
#[cfg(feature = "alloc")]
impl RegisterMap<'_> {
    /// The fewest requests that the device allows for a selection of registers.
    ///
    /// # Errors
    ///
    /// If a register cannot be read as the device demands, such as an odd number of registers
    /// beside a forbidden address where only even counts are answered.
    pub fn plan(
        &self,
        selection: Selection<'_>,
    ) -> Result<Plan<'_, alloc::vec::Vec<PlanItem>>, PlanError> {
        self.plan_at(Place::ABSOLUTE, selection)
    }

    /// The same for a map whose addresses begin somewhere else.
    ///
    /// # Errors
    ///
    /// As for [`plan`](Self::plan).
    pub fn plan_at(
        &self,
        place: Place,
        selection: Selection<'_>,
    ) -> Result<Plan<'_, alloc::vec::Vec<PlanItem>>, PlanError> {
        let items = MapItems::new(self, place, selection).collect();
        Plan::new(items, Limits::of(self.device()))
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use super::*;
    use crate::Table;
    use crate::map::{AddressRange, Device};

    const TABLE: Table = Table::HoldingRegister;

    const fn register(name: &'static str, address: u16, encoding: Encoding) -> Register<'static> {
        Register::new(name, TABLE, address, encoding)
    }

    const METER: Device<'_> = Device::new("meter");

    static REGISTERS: [Register<'_>; 5] = [
        register("energy", 38, Encoding::ACC32).with_scale_register(54),
        register("energy_scale", 54, Encoding::ScaleFactor),
        register("padding", 55, Encoding::Pad { registers: 1 }),
        register("volume", 60, Encoding::U32).with_unit_register(62, UNIT_CODES),
        register("volume_unit", 62, Encoding::U16),
    ];

    const UNIT_CODES: crate::map::UnitCodes = crate::map::UnitCodes::Concentrator;

    fn items(device: &Device<'_>, place: Place, selection: Selection<'_>) -> Vec<(u16, u16, u16)> {
        let map = RegisterMap::new(device, &REGISTERS).unwrap();
        let items = MapItems::new(&map, place, selection);
        let parts = |item: PlanItem| (item.tag(), item.read().address, item.read().count);
        items.map(parts).collect()
    }

    #[test]
    fn scale_and_unit_come_with_their_value() {
        let all = items(&METER, Place::ABSOLUTE, Selection::All);
        assert_eq!(all, [(0, 38, 17), (1, 54, 1), (3, 60, 3), (4, 62, 1)]);
        let volume = items(
            &METER,
            Place::at(100),
            Selection::Names(&["volume", "nothing"]),
        );
        assert_eq!(volume, [(3, 160, 3)]);
    }

    #[test]
    fn what_does_not_fit_together_is_read_apart() {
        let short = METER.with_max_registers(16);
        let energy = items(&short, Place::ABSOLUTE, Selection::Names(&["energy"]));
        assert_eq!(energy, [(0, 38, 2), (1, 54, 1)]);
        let ranges = [AddressRange {
            table: None,
            first: 50,
            last: 50,
        }];
        let split = METER.with_forbidden(&ranges);
        let energy = items(&split, Place::ABSOLUTE, Selection::Names(&["energy"]));
        assert_eq!(energy, [(0, 38, 2), (1, 54, 1)]);
    }

    #[test]
    fn registers_that_the_device_does_not_have_are_left_out() {
        let all = items(&METER, Place::at(100).until(155), Selection::All);
        assert_eq!(all, [(0, 138, 17), (1, 154, 1)]);
        let copy = items(&METER, Place::at(100).moved(60, 10), Selection::All);
        assert_eq!(copy, [(3, 170, 3), (4, 172, 1)]);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn a_map_is_read_with_few_requests() {
        let meter = METER;
        let map = RegisterMap::new(&meter, &REGISTERS).unwrap();
        let plan = map.plan(Selection::All).unwrap();
        let reads: Vec<_> = plan.requests().map(|request| request.read()).collect();
        assert_eq!(reads, [Read::new(TABLE, 38, 17), Read::new(TABLE, 60, 3)]);
    }
}
