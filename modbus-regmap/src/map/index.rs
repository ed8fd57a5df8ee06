//! The registers of a map by name and by place.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Register;
use super::doubled::first_doubled;
use crate::Table;
#[cfg(feature = "alloc")]
use crate::sort::sort_by_key;

/// Where the registers of a map are found.
///
/// A map of up to [`SHORT`] registers is searched from its front, which needs no memory. So is
/// every map without an allocator, since there is nowhere to note an order down: such maps are as
/// long as their program says.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    #[cfg(feature = "alloc")]
    orders: Option<Box<Orders>>,
}

/// Up to how many registers searching all of them is as fast as anything else.
#[cfg(feature = "alloc")]
const SHORT: usize = 48;

/// The registers in other orders than that of the map.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug)]
struct Orders {
    /// Their numbers, by name and number.
    names: Vec<u32>,
    /// Their places with their numbers, see [`place`].
    places: Vec<u64>,
}

/// What orders registers by table and address: those of one cell first, then by number.
#[cfg(feature = "alloc")]
const fn place(table: Table, address: u16, is_long: bool, number: u32) -> u64 {
    (table as u64) << 49 | (address as u64) << 33 | (is_long as u64) << 32 | number as u64
}

#[cfg(feature = "alloc")]
impl Orders {
    fn of(registers: &[Register<'_>]) -> Option<Self> {
        u32::try_from(registers.len()).ok()?;
        let numbered = || (0..=u32::MAX).zip(registers);
        let mut names: Vec<_> = numbered()
            .map(|(number, register)| (register.name(), number))
            .collect();
        sort_by_key(&mut names, |entry| *entry);
        let mut places: Vec<_> = numbered()
            .map(|(number, register)| {
                let is_long = register.count() != 1;
                place(register.table, register.address, is_long, number)
            })
            .collect();
        sort_by_key(&mut places, |place| *place);
        Some(Self {
            names: names.into_iter().map(|(_, number)| number).collect(),
            places,
        })
    }

    fn named(&self, registers: &[Register<'_>], name: &str) -> Option<usize> {
        let name_of = |number: u32| name_at(registers, number);
        let first = self
            .names
            .partition_point(|number| name_of(*number) < Some(name));
        let number = *self.names.get(first)?;
        (name_of(number) == Some(name)).then(|| usize::try_from(number).ok())?
    }

    fn first_doubled(&self, registers: &[Register<'_>]) -> Option<usize> {
        let pairs = self.names.iter().zip(self.names.iter().skip(1));
        let doubled =
            pairs.filter(|(one, next)| name_at(registers, **one) == name_at(registers, **next));
        usize::try_from(*doubled.map(|(one, _)| one).min()?).ok()
    }

    /// The first register of one cell, or of others, that begins there.
    fn at(&self, table: Table, address: u16, is_long: bool) -> Option<usize> {
        let least = place(table, address, is_long, 0);
        let first = self.places.partition_point(|known| *known < least);
        let number = self.places.get(first)?.checked_sub(least)?;
        usize::try_from(u32::try_from(number).ok()?).ok()
    }
}

#[cfg(feature = "alloc")]
fn name_at<'r>(registers: &'r [Register<'_>], number: u32) -> Option<&'r str> {
    let register = registers.get(usize::try_from(number).ok()?)?;
    Some(register.name())
}

impl Index {
    /// Without any order, as constants have it.
    #[cfg(feature = "models")]
    pub(super) const NONE: Self = Self {
        #[cfg(feature = "alloc")]
        orders: None,
    };

    #[cfg_attr(
        not(feature = "alloc"),
        expect(unused_variables, reason = "there is nowhere to note anything down")
    )]
    pub(super) fn of(registers: &[Register<'_>]) -> Self {
        Self {
            #[cfg(feature = "alloc")]
            orders: if registers.len() > SHORT {
                Orders::of(registers).map(Box::new)
            } else {
                None
            },
        }
    }

    /// The number of the register of that name.
    pub(super) fn named(&self, registers: &[Register<'_>], name: &str) -> Option<usize> {
        #[cfg(feature = "alloc")]
        if let Some(orders) = &self.orders {
            return orders.named(registers, name);
        }
        registers
            .iter()
            .position(|register| register.name() == name)
    }

    /// The number of the first register whose name another one has, too.
    pub(super) fn first_doubled(&self, registers: &[Register<'_>]) -> Option<usize> {
        #[cfg(feature = "alloc")]
        if let Some(orders) = &self.orders {
            return orders.first_doubled(registers);
        }
        first_doubled(registers.iter().map(Register::name))
    }

    /// The number of the first register that begins there.
    pub(super) fn at(
        &self,
        registers: &[Register<'_>],
        table: Table,
        address: u16,
    ) -> Option<usize> {
        #[cfg(feature = "alloc")]
        if let Some(orders) = &self.orders {
            let [one, other] = [false, true].map(|is_long| orders.at(table, address, is_long));
            return one.into_iter().chain(other).min();
        }
        registers
            .iter()
            .position(|register| register.table == table && register.address == address)
    }

    /// The number of the first register of one cell that is there.
    pub(super) fn cell(
        &self,
        registers: &[Register<'_>],
        table: Table,
        address: u16,
    ) -> Option<usize> {
        #[cfg(feature = "alloc")]
        if let Some(orders) = &self.orders {
            return orders.at(table, address, false);
        }
        registers.iter().position(|register| {
            register.table == table && register.address == address && register.count() == 1
        })
    }

    /// The numbers of all registers by table and address, if that order is known.
    #[cfg(feature = "alloc")]
    pub(super) fn by_place(&self) -> Option<impl Iterator<Item = usize>> {
        let places = self.orders.as_ref()?.places.iter();
        let numbers = places.map(|place| usize::try_from(place & u64::from(u32::MAX)));
        Some(numbers.map_while(Result::ok))
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use proptest::prelude::*;

    use super::*;
    use crate::encoding::Encoding;

    proptest! {
        #[test]
        fn orders_find_what_a_search_finds(
            entries in prop::collection::vec((0..40_u8, 0..20_u16, 0..3_usize, any::<bool>()), 0..90),
        ) {
            let names: Vec<String> = entries.iter().map(|entry| format!("v{}", entry.0)).collect();
            let registers: Vec<_> = names
                .iter()
                .zip(&entries)
                .map(|(name, &(_, address, size, is_input))| {
                    let table = if is_input { Table::InputRegister } else { Table::HoldingRegister };
                    let encoding = [Encoding::U16, Encoding::U32, Encoding::I16];
                    Register::new(name, table, address, encoding[size])
                })
                .collect();
            let (plain, known) = (Index::default(), Orders::of(&registers).map(Box::new));
            let known = Index { orders: known };
            prop_assert_eq!(plain.first_doubled(&registers), known.first_doubled(&registers));
            for code in 0..41 {
                let name = format!("v{code}");
                prop_assert_eq!(plain.named(&registers, &name), known.named(&registers, &name));
            }
            for table in [Table::Coil, Table::HoldingRegister, Table::InputRegister] {
                for address in 0..21 {
                    let at = |index: &Index| index.at(&registers, table, address);
                    prop_assert_eq!(at(&plain), at(&known));
                    let cell = |index: &Index| index.cell(&registers, table, address);
                    prop_assert_eq!(cell(&plain), cell(&known));
                }
            }
        }
    }
}
