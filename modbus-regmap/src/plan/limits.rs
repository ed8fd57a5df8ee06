//! What a device allows.

use core::time::Duration;

use super::Read;
use crate::Table;
use crate::map::{AddressRange, Device, Forbidden};

/// What a device allows in one request.
///
/// ```
/// use modbus_regmap::plan::Limits;
///
/// // an electricity meter that answers up to 80 registers, and even counts only
/// const METER: Limits<'_> = Limits::new().max_registers(80).even_count();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits<'a> {
    max_registers: u16,
    max_bits: u16,
    max_gap: u16,
    forbidden: Forbidden<'a>,
    even_count: bool,
    even_start: bool,
    cost: Cost,
}

/// The limits of the protocol: 125 registers or 2000 bits, and no holes.
impl Default for Limits<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Limits<'a> {
    /// The limits of the protocol: 125 registers or 2000 bits, and no holes.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_registers: Table::HoldingRegister.max_read(),
            max_bits: Table::Coil.max_read(),
            max_gap: 0,
            forbidden: Forbidden::of(&[]),
            even_count: false,
            even_start: false,
            cost: Cost::REQUESTS,
        }
    }

    /// What a device says of itself.
    #[must_use]
    pub fn of(device: &'a Device<'_>) -> Self {
        Self {
            even_count: device.even_counts(),
            even_start: device.even_starts(),
            forbidden: device.forbidden_in_order(),
            ..Self::new()
                .max_registers(device.max_registers())
                .max_gap(device.max_gap())
        }
    }

    /// With this many registers in a request at most; the limit of the protocol, 125, stays.
    #[must_use]
    pub const fn max_registers(self, count: u16) -> Self {
        let limit = Table::HoldingRegister.max_read();
        let max_registers = if count < limit { count } else { limit };
        Self {
            max_registers,
            ..self
        }
    }

    /// With this many bits in a request at most; the limit of the protocol, 2000, stays.
    #[must_use]
    pub const fn max_bits(self, count: u16) -> Self {
        let limit = Table::Coil.max_read();
        let max_bits = if count < limit { count } else { limit };
        Self { max_bits, ..self }
    }

    /// With holes of up to this many cells, which are read and not used.
    ///
    /// Many devices answer exception 2 to the whole request if one cell does not exist, so 0 is
    /// the default.
    #[must_use]
    pub const fn max_gap(self, cells: u16) -> Self {
        Self {
            max_gap: cells,
            ..self
        }
    }

    /// With cells that must not be read, in any order.
    ///
    /// Ranges that are sorted, those of all tables first and then by table and address, and do not
    /// overlap are found without a search of all.
    #[must_use]
    pub const fn forbidden(self, ranges: &'a [AddressRange]) -> Self {
        Self {
            forbidden: Forbidden::of(ranges),
            ..self
        }
    }

    /// With even counts of registers only.
    ///
    /// An odd one is filled up with the register after it or, if that must not be read, before it.
    /// Such a register is no hole.
    #[must_use]
    pub const fn even_count(self) -> Self {
        Self {
            even_count: true,
            ..self
        }
    }

    /// With even addresses only as the first of a request for registers.
    #[must_use]
    pub const fn even_start(self) -> Self {
        Self {
            even_start: true,
            ..self
        }
    }

    /// With what requests and cells cost; [`Cost::REQUESTS`] if not said.
    #[must_use]
    pub const fn cost(self, cost: Cost) -> Self {
        Self { cost, ..self }
    }

    /// How many cells of a table one request reads at most.
    #[must_use]
    pub const fn max_read(&self, table: Table) -> u16 {
        if table.is_bits() {
            self.max_bits
        } else {
            self.max_registers
        }
    }

    pub(super) const fn max_hole(&self) -> u16 {
        self.max_gap
    }

    pub(super) const fn costs(&self) -> Cost {
        self.cost
    }

    pub(super) const fn is_even_count(&self, table: Table) -> bool {
        self.even_count && !table.is_bits()
    }

    pub(super) const fn is_even_start(&self, table: Table) -> bool {
        self.even_start && !table.is_bits()
    }

    /// The first cell from `start` up to before `end` that must not be read.
    pub(super) fn first_forbidden(&self, table: Table, start: u32, end: u32) -> Option<u16> {
        self.forbidden.first_in(table, start, end)
    }

    /// Whether these cells can be read with one request.
    pub(super) fn allows(&self, read: &Read) -> bool {
        let (start, end) = (u32::from(read.address), read.end());
        end <= 0x1_0000
            && self.first_forbidden(read.table, start, end).is_none()
            && self.request(read.table, start, end).is_some()
    }

    /// How many cells the request for the cells from `start` up to before `end` has.
    pub(super) fn evened(&self, table: Table, start: u32, end: u32) -> u32 {
        let start = start.wrapping_sub(u32::from(self.is_even_start(table)) & start);
        let count = end.wrapping_sub(start);
        count.wrapping_add(u32::from(self.is_even_count(table)) & count)
    }

    /// The request for the cells from `start` up to before `end`, evened as the device demands.
    ///
    /// It assumes that these cells may be read, and looks at those that it adds. `None` if it would
    /// be too long, or need a cell that must not be read.
    pub(super) fn request(&self, table: Table, start: u32, end: u32) -> Option<Read> {
        let is_readable = |cell: u32| {
            let next = cell.wrapping_add(1);
            cell <= 0xFFFF && self.first_forbidden(table, cell, next).is_none()
        };
        let (mut start, mut end) = (start, end);
        if self.is_even_start(table) && start % 2 != 0 {
            start = start.wrapping_sub(1);
            if !is_readable(start) {
                return None;
            }
        }
        if self.is_even_count(table) && end.wrapping_sub(start) % 2 != 0 {
            if is_readable(end) {
                end = end.wrapping_add(1);
            } else {
                start = start.checked_sub(1)?;
                if self.is_even_start(table) || !is_readable(start) {
                    return None;
                }
            }
        }
        let count = u16::try_from(end.checked_sub(start)?).ok()?;
        if count > self.max_read(table) {
            return None;
        }
        Some(Read::new(table, u16::try_from(start).ok()?, count))
    }
}

/// What a request and what each of its cells cost, in any unit.
///
/// A plan is made for the least sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cost {
    request: u64,
    register: u64,
}

impl Cost {
    /// The fewest requests and, among such plans, the fewest cells.
    pub const REQUESTS: Self = Self {
        request: 1 << 32,
        register: 1,
    };

    /// So much for a request, and so much more for each register of it; a bit costs a sixteenth.
    #[must_use]
    pub const fn new(request: u32, register: u32) -> Self {
        Self {
            request: request as u64,
            register: register as u64,
        }
    }

    /// The time on an RTU line, in microseconds: characters of `bits` bits (10 or 11) at a baud
    /// rate, two silent intervals a request, and what the device takes to answer.
    ///
    /// A request of 8 and an answer of 5 characters frame the registers, of two characters each.
    ///
    /// ```
    /// use core::time::Duration;
    /// use modbus_regmap::plan::Cost;
    ///
    /// let cost = Cost::serial(9600, 10, Duration::from_millis(50));
    /// assert_eq!(cost, Cost::new(13_541 + 7_291 + 50_000, 2_083));
    /// ```
    #[must_use]
    pub fn serial(baud: u32, bits: u8, latency: Duration) -> Self {
        let bits = u64::from(bits);
        let time = |half_characters: u64| {
            let bits = bits.wrapping_mul(half_characters).wrapping_mul(500_000);
            bits.checked_div(baud.into()).unwrap_or(0)
        };
        // above 19200 the standard fixes the interval (Modbus over Serial Line 1.02, 2.5.1.1)
        let silence = if baud > 19_200 { 3_500 } else { time(14) };
        let latency = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        let request = time(26).saturating_add(silence).saturating_add(latency);
        Self {
            request: request.min(u32::MAX.into()),
            register: time(4),
        }
    }

    /// The cost of a request in sixteenths.
    pub(super) const fn of_request(self) -> u64 {
        self.request.wrapping_mul(16)
    }

    /// The cost of cells in sixteenths.
    pub(super) fn of_cells(self, table: Table, count: u32) -> u64 {
        let weight = if table.is_bits() { 1 } else { 16 };
        self.register
            .wrapping_mul(weight)
            .wrapping_mul(count.into())
    }
}
