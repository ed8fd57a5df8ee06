//! What our own server answers from.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use modbus_regmap::map::{Device, Register};
use modbus_regmap::pdu::ObjectId;
use modbus_regmap::plan::Place;
use modbus_regmap::server::Image;
use modbus_regmap::{Bits, ExceptionCode, Registers, Table, UnitId};

use crate::meter::Part;

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
    /// No cells yet, of a device with this name.
    pub(crate) fn new(device: &Device<'_>, unit: UnitId) -> Self {
        let vendor = device.vendor().unwrap_or("unknown");
        let texts = vec![
            (ObjectId::VendorName, vendor.to_owned()),
            (ObjectId::ProductCode, device.name().to_owned()),
            (ObjectId::MajorMinorRevision, "1.0".to_owned()),
        ];
        Self {
            unit,
            texts,
            cells: Arc::default(),
        }
    }

    /// Adds the cells of a part, at zero.
    pub(crate) fn add(&self, part: &Part) {
        let mut cells = self.lock();
        for register in part.registers() {
            for place in places(register, part.place) {
                let cell: &mut Cell = cells.entry(place).or_default();
                cell.is_writable |= register.access().is_writable();
            }
        }
    }

    /// Puts a value into all tables that the register is in, as far as the mask goes.
    pub(crate) fn put(
        &self,
        register: &Register<'_>,
        place: Place,
        values: Registers<'_>,
        mask: Registers<'_>,
    ) {
        let mut cells = self.lock();
        let values = values.iter().zip(mask.iter()).cycle();
        for (place, (value, mask)) in places(register, place).zip(values) {
            let cell: &mut Cell = cells.entry(place).or_default();
            cell.value = cell.value & !mask | value & mask;
        }
    }

    /// Puts a value into one cell.
    pub(crate) fn set(&self, table: Table, address: u16, value: u16) {
        self.lock().entry((table, address)).or_default().value = value;
    }

    /// What is in a cell, if there is such a cell.
    pub(crate) fn get(&self, table: Table, address: u16) -> Option<u16> {
        self.lock().get(&(table, address)).map(|cell| cell.value)
    }

    /// The bytes of the cells from one on.
    pub(crate) fn window(&self, table: Table, address: u16, count: u16) -> Option<Vec<u8>> {
        let cells = self.lock();
        let addresses = (address..=u16::MAX).take(count.into());
        let values = addresses.map(|address| cells.get(&(table, address)));
        let values: Option<Vec<_>> = values.map(|cell| Some(cell?.value.to_be_bytes())).collect();
        Some(values?.concat())
    }

    /// A thread that died has left whole cells behind.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(Table, u16), Cell>> {
        self.cells.lock().unwrap_or_else(PoisonError::into_inner)
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
fn places(register: &Register<'_>, place: Place) -> impl Iterator<Item = (Table, u16)> + use<> {
    let count = register.count();
    let first = place.address(register.address(), count);
    let tables = [Some(register.table()), register.second_table()];
    let cells = move |table| {
        let addresses = first.into_iter().flat_map(|first| first..=u16::MAX);
        addresses
            .take(count.into())
            .map(move |address| (table, address))
    };
    tables.into_iter().flatten().flat_map(cells)
}
