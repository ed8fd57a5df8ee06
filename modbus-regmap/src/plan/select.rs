//! What a plan has to read of a register map.

use meter_units::Quantity;

use super::chosen::Chosen;
use super::named::Named;
use super::{Limits, Place, PlanItem, Read};
#[cfg(feature = "alloc")]
use super::{Plan, PlanError};
use crate::Table;
use crate::encoding::Encoding;
use crate::map::{Access, Register, RegisterMap};

/// Which registers of a map are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection<'a> {
    /// All that can be read and mean something.
    #[default]
    All,
    /// Those of these names; a name that the map does not have selects nothing. Sorted names are
    /// found without a search of all; without an allocator other ones are not.
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
/// the unit of a value belong to its item, so that all are of the same moment, if
///
/// - one request can hold them, and none of the cells between them is forbidden, and
/// - the device has these cells: the map names them, or the map is a model of SunSpec, which has
///   no holes; or they are no more than the device lets a request bridge
///   ([`Device::max_gap`](crate::map::Device::max_gap)), or the device reads only whole values
///   ([`Device::whole_values`](crate::map::Device::whole_values)).
///
/// Otherwise they are items of their own, and [`readings_in`](super::readings_in) brings together
/// what different requests have fetched.
#[derive(Clone, Debug)]
pub struct MapItems<'a> {
    map: &'a RegisterMap<'a>,
    next: usize,
    place: Place,
    selection: Chosen<'a>,
    limits: Limits<'a>,
    named: Named,
    /// Whether a device is known to have all cells between those that the map names.
    has_no_holes: bool,
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
            selection: Chosen::of(selection),
            limits: Limits::of(map.device()),
            named: Named::default(),
            has_no_holes: map.device().sunspec_length().is_some() || map.device().whole_values(),
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
        let own = self.place.read_of(register)?;
        let mut hull = own;
        let companions = [register.scale_register(), register.unit_register()];
        self.apart = companions.map(|address| {
            let address = address?;
            let cell = self.place.address(address, 1);
            let whole = cell
                .map(|cell| joined(hull, cell))
                .filter(|whole| self.is_one(index, own, whole));
            let Some(whole) = whole else {
                return self.companion(register.table(), address);
            };
            hull = whole;
            None
        });
        Some(PlanItem::new(hull).with_tag(index))
    }

    /// Whether one request may read these cells for the sake of the first and the last ones.
    fn is_one(&mut self, index: u16, own: Read, hull: &Read) -> bool {
        if !self.limits.allows(hull) {
            return false;
        }
        self.has_no_holes
            || self
                .named
                .longest_hole(self.map, self.place, index, own, hull)
                .is_some_and(|hole| hole <= self.limits.max_hole().into())
    }

    /// The register at that address for the sake of another one.
    fn companion(&self, table: Table, address: u16) -> Option<PlanItem> {
        let index = self.map.cell_at(table, address)?;
        let read = self.place.read_of(self.map.registers().get(index)?)?;
        let item = PlanItem::new(read).with_tag(u16::try_from(index).ok()?);
        Some(item.as_companion())
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
        let meter = METER.with_max_gap(14);
        let all = items(&meter, Place::ABSOLUTE, Selection::All);
        assert_eq!(all, [(0, 38, 17), (1, 54, 1), (3, 60, 3), (4, 62, 1)]);
        let volume = items(
            &METER,
            Place::at(100),
            Selection::Names(&["volume", "nothing"]),
        );
        assert_eq!(volume, [(3, 160, 3)]);
    }

    #[test]
    fn a_hole_before_the_scale_is_read_where_the_device_has_it() {
        let energy = |meter: &Device<'_>| {
            let names = Selection::Names(&["energy"]);
            items(meter, Place::ABSOLUTE, names)
        };
        let apart = [(0, 38, 2), (1, 54, 1)];
        assert_eq!(energy(&METER), apart);
        assert_eq!(energy(&METER.with_max_gap(13)), apart);
        let together = [(0, 38, 17)];
        assert_eq!(energy(&METER.with_max_gap(14)), together);
        assert_eq!(energy(&METER.with_whole_values()), together);
        assert_eq!(energy(&METER.with_sunspec_length(105)), together);
    }

    #[test]
    fn what_the_map_names_between_a_value_and_its_unit_is_no_hole() {
        let registers = |between, access| {
            [
                register("unit", 100, Encoding::ENUM16),
                register("between", between, Encoding::U16).with_access(access),
                register("energy", 102, Encoding::F32).with_unit_register(100, UNIT_CODES),
            ]
        };
        for (between, access, expected) in [
            (101, Access::Read, &[(2, 100, 4)][..]),
            (101, Access::Write, &[(2, 102, 2), (0, 100, 1)]),
            (99, Access::Read, &[(2, 102, 2), (0, 100, 1)]),
        ] {
            let registers = registers(between, access);
            let meter = METER;
            let map = RegisterMap::new(&meter, &registers).unwrap();
            let selection = Selection::Names(&["energy"]);
            let items: Vec<_> = MapItems::new(&map, Place::ABSOLUTE, selection)
                .map(|item| (item.tag(), item.read().address, item.read().count))
                .collect();
            assert_eq!(items, expected, "{between}");
        }
    }

    #[test]
    fn what_does_not_fit_together_is_read_apart() {
        let meter = METER.with_max_gap(14);
        let short = meter.clone().with_max_registers(16);
        let energy = items(&short, Place::ABSOLUTE, Selection::Names(&["energy"]));
        assert_eq!(energy, [(0, 38, 2), (1, 54, 1)]);
        let ranges = [AddressRange {
            table: None,
            first: 50,
            last: 50,
        }];
        let split = meter.with_forbidden(&ranges);
        let energy = items(&split, Place::ABSOLUTE, Selection::Names(&["energy"]));
        assert_eq!(energy, [(0, 38, 2), (1, 54, 1)]);
    }

    #[test]
    fn registers_that_the_device_does_not_have_are_left_out() {
        let all = items(&METER, Place::at(100).until(155), Selection::All);
        assert_eq!(all, [(0, 138, 2), (1, 154, 1), (1, 154, 1)]);
        let copy = items(&METER, Place::at(100).moved(60, 10), Selection::All);
        assert_eq!(copy, [(3, 170, 3), (4, 172, 1)]);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn a_map_is_read_with_few_requests() {
        let reads = |meter: &Device<'_>| -> Vec<_> {
            let map = RegisterMap::new(meter, &REGISTERS).unwrap();
            let plan = map.plan(Selection::All).unwrap();
            let places = plan.requests().map(|request| request.read());
            places.map(|read| (read.address, read.count)).collect()
        };
        assert_eq!(reads(&METER), [(38, 2), (54, 1), (60, 3)]);
        assert_eq!(reads(&METER.with_max_gap(14)), [(38, 25)]);
    }
}
