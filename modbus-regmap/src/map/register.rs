//! One value of a device: where it lies and what it means.

use meter_units::{Channel, Decimal, Medium, Quantity, Rounding, Unit};

use super::texts::{Labels, Owned, OwnedRegister, Strings};
use super::usual::Usual;
use super::words;
use crate::Table;
use crate::encoding::{Encoding, Marker, Order, Scale};

/// One value of a device: where it lies, how it is encoded, and which number of the meter it is.
///
/// ```
/// use meter_units::{Channel, Direction, Medium, Quantity, Unit};
/// use modbus_regmap::Table;
/// use modbus_regmap::encoding::{Encoding, Order, Scale};
/// use modbus_regmap::map::Register;
///
/// const ENERGY: Register<'static> =
///     Register::new("energy_import", Table::HoldingRegister, 0x5000, Encoding::U64)
///         .with_scale(Scale::power_of_ten(-2).unwrap())
///         .with_unit(Unit::KWH)
///         .with_channel(Channel {
///             direction: Direction::Import,
///             ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
///         });
/// assert_eq!(ENERGY.count(), 4);
/// assert_eq!(ENERGY.order(), Order::ABCD);
/// ```
#[derive(Clone, Debug)]
pub struct Register<'a> {
    /// What follows from the other facts, which every change of one works out anew.
    pub(super) usual: Usual,
    pub(super) table: Table,
    pub(super) also_table: Option<Table>,
    pub(super) address: u16,
    pub(super) encoding: Encoding,
    pub(super) order: Order,
    pub(super) scale: Scale,
    pub(super) offset: Decimal,
    pub(super) round: Option<Round>,
    pub(super) marker: Option<Marker>,
    pub(super) scale_register: Option<u16>,
    pub(super) unit_register: Option<u16>,
    pub(super) unit_codes: UnitCodes,
    pub(super) unit: Option<Unit>,
    pub(super) channel: Channel,
    pub(super) access: Access,
    pub(super) texts: RegisterTexts<'a>,
    pub(super) owned: Owned<OwnedRegister>,
}

/// What is lent; where a text is absent, the owned one counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RegisterTexts<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) quantity: Option<&'a str>,
    pub(super) unit: Option<&'a str>,
    pub(super) doubt: Option<&'a str>,
    pub(super) sources: Option<&'a [&'a str]>,
    pub(super) conflicts: Option<&'a [&'a str]>,
    pub(super) labels: Option<&'a [(u64, &'a str)]>,
}

/// What may be done with a register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// It is read: `r`.
    #[default]
    Read,
    /// It is read and written: `rw`.
    ReadWrite,
    /// It is written only: `w`.
    Write,
}

/// How many digits after the point a value is rounded to, as the last step of reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Round {
    /// Digits after the point; negative ones round before it.
    pub places: i8,
    /// What happens to the digits that are dropped.
    pub mode: Rounding,
}

/// What the codes in the unit register of a value mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnitCodes {
    /// The labels of the unit register name the units.
    #[default]
    Labels,
    /// The low byte is an index into the unit table of data concentrators: `t29`.
    Concentrator,
}

impl Access {
    /// `r`, `rw` or `w`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "r",
            Self::ReadWrite => "rw",
            Self::Write => "w",
        }
    }

    /// Whether the register is written.
    #[must_use]
    pub const fn is_writable(self) -> bool {
        matches!(self, Self::ReadWrite | Self::Write)
    }
}

/// What a register is, as constants build it.
impl<'a> Register<'a> {
    /// A register that is read, in the order of the standard, unscaled, without unit and quantity.
    #[must_use]
    pub const fn new(name: &'a str, table: Table, address: u16, encoding: Encoding) -> Self {
        let register = Self {
            usual: Usual::NONE,
            table,
            also_table: None,
            address,
            encoding,
            order: Order::ABCD,
            scale: Scale::ONE,
            offset: Decimal::ZERO,
            round: None,
            marker: None,
            scale_register: None,
            unit_register: None,
            unit_codes: UnitCodes::Labels,
            unit: Some(Unit::ONE),
            channel: Channel::new(Quantity::None, Medium::OTHER),
            access: Access::Read,
            texts: RegisterTexts {
                name: Some(name),
                quantity: None,
                unit: None,
                doubt: None,
                sources: None,
                conflicts: None,
                labels: None,
            },
            owned: Owned::NONE,
        };
        register.with_usual()
    }

    /// With what follows from its facts, as the last step of changing one.
    #[must_use]
    pub(super) const fn with_usual(mut self) -> Self {
        self.usual = Usual::of(&self);
        self
    }

    /// With the order of its bytes.
    #[must_use]
    pub const fn with_order(mut self, order: Order) -> Self {
        self.order = order;
        self.with_usual()
    }

    /// With what the raw number is multiplied by.
    #[must_use]
    pub const fn with_scale(mut self, scale: Scale) -> Self {
        self.scale = scale;
        self.with_usual()
    }

    /// With what is added after scaling, in the unit of the value.
    #[must_use]
    pub const fn with_offset(mut self, offset: Decimal) -> Self {
        self.offset = offset;
        self.with_usual()
    }

    /// Rounded as the last step of reading.
    #[must_use]
    pub const fn with_round(mut self, round: Round) -> Self {
        self.round = Some(round);
        self.with_usual()
    }

    /// With what the device sends where it has no value.
    #[must_use]
    pub const fn with_not_available(mut self, marker: Marker) -> Self {
        self.marker = Some(marker);
        self.with_usual()
    }

    /// With a power of ten that is read from the register at `address` of the same table.
    #[must_use]
    pub const fn with_scale_register(mut self, address: u16) -> Self {
        self.scale_register = Some(address);
        self.with_usual()
    }

    /// With a unit whose code is read from the register at `address` of the same table.
    #[must_use]
    pub const fn with_unit_register(mut self, address: u16, codes: UnitCodes) -> Self {
        self.unit_register = Some(address);
        self.unit_codes = codes;
        self.with_usual()
    }

    /// With its unit.
    #[must_use]
    pub const fn with_unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self.with_usual()
    }

    /// With a unit that only the device knows; without a unit register it cannot be read.
    #[must_use]
    pub const fn with_unknown_unit(mut self) -> Self {
        self.unit = None;
        self.with_usual()
    }

    /// With which number of the meter it is.
    #[must_use]
    pub const fn with_channel(mut self, channel: Channel) -> Self {
        self.channel = channel;
        self
    }

    /// With its quantity and its unit in the words of map files, beside what they mean.
    #[must_use]
    pub const fn with_words(mut self, quantity: Option<&'a str>, unit: Option<&'a str>) -> Self {
        self.texts.quantity = quantity;
        self.texts.unit = unit;
        self
    }

    /// With what may be done with it.
    #[must_use]
    pub const fn with_access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// Readable in another table as well, at the same address.
    #[must_use]
    pub const fn with_second_table(mut self, table: Table) -> Self {
        self.also_table = Some(table);
        self
    }

    /// With the names of its states, or of its flags by bit number.
    #[must_use]
    pub const fn with_labels(mut self, labels: &'a [(u64, &'a str)]) -> Self {
        self.texts.labels = Some(labels);
        self
    }

    /// With where the facts come from; two sources or more confirm a register.
    #[must_use]
    pub const fn with_sources(mut self, sources: &'a [&'a str]) -> Self {
        self.texts.sources = Some(sources);
        self
    }

    /// With sources that say otherwise.
    #[must_use]
    pub const fn with_conflicts(mut self, conflicts: &'a [&'a str]) -> Self {
        self.texts.conflicts = Some(conflicts);
        self
    }

    /// With what is to be checked on the device.
    #[must_use]
    pub const fn with_doubt(mut self, doubt: &'a str) -> Self {
        self.texts.doubt = Some(doubt);
        self
    }
}

/// What was said about a register.
impl Register<'_> {
    /// The name, which no other register of the map has.
    #[must_use]
    pub fn name(&self) -> &str {
        self.texts
            .name
            .or_else(|| self.owned.get()?.name.as_deref())
            .unwrap_or_default()
    }

    /// The table.
    #[must_use]
    pub const fn table(&self) -> Table {
        self.table
    }

    /// Another table that holds the same at the same address.
    #[must_use]
    pub const fn second_table(&self) -> Option<Table> {
        self.also_table
    }

    /// The address of the first register, counted from 0 as on the wire.
    #[must_use]
    pub const fn address(&self) -> u16 {
        self.address
    }

    /// How many registers the value takes.
    #[inline]
    #[must_use]
    pub const fn count(&self) -> u16 {
        self.encoding.registers()
    }

    /// What the registers hold.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The order of the bytes.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// What the raw number is multiplied by.
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// What is added after scaling.
    #[must_use]
    pub const fn offset(&self) -> Decimal {
        self.offset
    }

    /// How the value is rounded at last, if it is.
    #[must_use]
    pub const fn round(&self) -> Option<Round> {
        self.round
    }

    /// What the device sends where it has no value.
    #[must_use]
    pub const fn not_available(&self) -> Option<Marker> {
        self.marker
    }

    /// The address of the power of ten.
    #[must_use]
    pub const fn scale_register(&self) -> Option<u16> {
        self.scale_register
    }

    /// The address of the code of the unit.
    #[must_use]
    pub const fn unit_register(&self) -> Option<u16> {
        self.unit_register
    }

    /// What the codes in the unit register mean.
    #[must_use]
    pub const fn unit_codes(&self) -> UnitCodes {
        self.unit_codes
    }

    /// The unit; `None` if it is read from the device, or if it has no counterpart in
    /// [`Unit`], which [`unit_word`](Self::unit_word) then names.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// The unit as the map file has it: `kW.h`, `%WHRtg`, `by-register`.
    #[must_use]
    pub fn unit_word(&self) -> Option<&str> {
        self.texts
            .unit
            .or_else(|| self.owned.get()?.unit.as_deref())
    }

    /// Which number of the meter it is.
    #[inline]
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }

    /// The quantity as the map file has it, such as `energy_active_import` or `config`.
    #[must_use]
    pub fn quantity_word(&self) -> Option<&str> {
        self.texts
            .quantity
            .or_else(|| self.owned.get()?.quantity.as_deref())
    }

    /// What may be done with it.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// What the two bytes of the register are, where a map file says so.
    #[must_use]
    pub fn parts(&self) -> Option<&str> {
        self.owned.get()?.parts.as_deref()
    }

    /// The names of its states, or of its flags by bit number.
    #[must_use]
    pub fn labels(&self) -> Labels<'_> {
        Labels::of(
            self.texts.labels,
            self.owned.get().map(|owned| &*owned.labels),
        )
    }

    /// The name of a state, or of the flag with that bit number.
    #[must_use]
    pub fn label(&self, code: u64) -> Option<&str> {
        if let (None, Some(owned)) = (self.texts.labels, self.owned.get()) {
            // those of a file are sorted
            let place = owned.labels.partition_point(|(known, _)| *known < code);
            let (known, label) = owned.labels.get(place)?;
            return (*known == code).then_some(label.as_ref());
        }
        self.labels()
            .find(|(known, _)| *known == code)
            .map(|(_, label)| label)
    }

    /// Where the facts come from.
    #[must_use]
    pub fn sources(&self) -> Strings<'_> {
        Strings::of(
            self.texts.sources,
            self.owned.get().map(|owned| &*owned.sources),
        )
    }

    /// Sources that say otherwise.
    #[must_use]
    pub fn conflicts(&self) -> Strings<'_> {
        Strings::of(
            self.texts.conflicts,
            self.owned.get().map(|owned| &*owned.conflicts),
        )
    }

    /// What is to be checked on the device.
    #[must_use]
    pub fn doubt(&self) -> Option<&str> {
        self.texts
            .doubt
            .or_else(|| self.owned.get()?.doubt.as_deref())
    }

    /// Whether two or more sources agree on it.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.sources().len() >= 2
    }
}

impl Register<'_> {
    /// The word for the unit, if it says more than the unit.
    fn own_unit_word(&self) -> Option<&str> {
        self.unit_word()
            .filter(|word| !words::is_plain_unit(word, self.unit, self.channel.quantity))
    }

    /// The word for the quantity, if it says more than the quantity.
    fn own_quantity_word(&self) -> Option<&str> {
        self.quantity_word()
            .filter(|word| word.parse() != Ok(self.channel.quantity))
    }
}

/// Equal in everything that is said, in which words ever, and whether lent or owned.
impl PartialEq for Register<'_> {
    fn eq(&self, other: &Self) -> bool {
        let facts = |register: &Self| {
            (
                (register.table, register.also_table, register.address),
                (register.encoding, register.order, register.access),
                (register.scale, register.offset, register.round),
                (register.scale_register, register.unit_register),
                (register.unit_codes, register.unit, register.channel),
            )
        };
        facts(self) == facts(other)
            && self.marker == other.marker
            && self.name() == other.name()
            && self.own_unit_word() == other.own_unit_word()
            && self.own_quantity_word() == other.own_quantity_word()
            && self.parts() == other.parts()
            && self.doubt() == other.doubt()
            && self.sources().eq(other.sources())
            && self.conflicts().eq(other.conflicts())
            && self.labels().eq(other.labels())
    }
}
