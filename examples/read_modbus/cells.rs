//! What our own server answers from.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use modbus_regmap::map::{Register, RegisterMap};
use modbus_regmap::pdu::ObjectId;
use modbus_regmap::server::Image;
use modbus_regmap::{Bits, ExceptionCode, Registers, Table, UnitId};

/// The cells of one device; copies share them.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    unit: UnitId,
    texts: Vec<(ObjectId, String)>,
    cells: Arc<Mutex<BTreeMap<(Table, u16), Cell>>>,
}

/// 16 bits, or one of them.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    value: u16,
    is_writable: bool,
}

impl Cells {
    /// The cells that a map names, at zero; the device has no others.
    pub(crate) fn of(map: &RegisterMap<'_>, unit: UnitId) -> Self {
        let mut cells = BTreeMap::new();
        for register in map.registers() {
            for place in places(register) {
                let cell: &mut Cell = cells.entry(place).or_default();
                cell.is_writable |= register.access().is_writable();
            }
        }
        let device = map.device();
        let vendor = device.vendor().unwrap_or("unknown");
        let texts = vec![
            (ObjectId::VendorName, vendor.to_owned()),
            (ObjectId::ProductCode, device.name().to_owned()),
            (ObjectId::MajorMinorRevision, "1.0".to_owned()),
        ];
        Self {
            unit,
            texts,
            cells: Arc::new(Mutex::new(cells)),
        }
    }

    /// Puts a value into all tables that the register is in.
    pub(crate) fn put(&self, register: &Register<'_>, values: Registers<'_>) {
        let mut cells = self.lock();
        for (place, value) in places(register).zip(values.iter().cycle()) {
            cells.entry(place).or_default().value = value;
        }
    }

    /// A thread that died has left whole cells behind.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(Table, u16), Cell>> {
        self.cells.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is in a cell, if there is such a cell.
    pub(crate) fn get(&self, table: Table, address: u16) -> Option<u16> {
        self.lock().get(&(table, address)).map(|cell| cell.value)
    }

    /// Changes all cells or none.
    fn change(
        &self,
        table: Table,
        address: u16,
        values: impl ExactSizeIterator<Item = u16>,
    ) -> Result<(), ExceptionCode> {
        let mut cells = self.lock();
        let places = (address..=u16::MAX).map(|address| (table, address));
        let is_writable = |place| cells.get(&place).is_some_and(|cell| cell.is_writable);
        let count = values.len();
        if places
            .clone()
            .take(count)
            .filter(|place| is_writable(*place))
            .count()
            < count
        {
            return Err(ExceptionCode::IllegalDataAddress);
        }
        for (place, value) in places.zip(values) {
            cells.entry(place).and_modify(|cell| cell.value = value);
        }
        Ok(())
    }
}

impl Image for Cells {
    fn has_unit(&self, unit: UnitId) -> bool {
        unit == self.unit
    }

    fn bit(&self, _unit: UnitId, table: Table, address: u16) -> Option<bool> {
        self.get(table, address).map(|value| value != 0)
    }

    fn register(&self, _unit: UnitId, table: Table, address: u16) -> Option<u16> {
        self.get(table, address)
    }

    fn write_coils(
        &mut self,
        _unit: UnitId,
        address: u16,
        values: Bits<'_>,
    ) -> Result<(), ExceptionCode> {
        self.change(Table::Coil, address, values.iter().map(u16::from))
    }

    fn write_registers(
        &mut self,
        _unit: UnitId,
        address: u16,
        values: Registers<'_>,
    ) -> Result<(), ExceptionCode> {
        self.change(Table::HoldingRegister, address, values.iter())
    }

    fn identification(&self, _unit: UnitId, object: ObjectId) -> Option<&[u8]> {
        self.texts
            .iter()
            .find(|(id, _)| *id == object)
            .map(|(_, text)| text.as_bytes())
    }
}

/// Where the cells of a register are, in one table after the other.
fn places(register: &Register<'_>) -> impl Iterator<Item = (Table, u16)> {
    let (first, count) = (register.address(), usize::from(register.count()));
    [Some(register.table()), register.second_table()]
        .into_iter()
        .flatten()
        .flat_map(move |table| {
            (first..=u16::MAX)
                .take(count)
                .map(move |address| (table, address))
        })
}
