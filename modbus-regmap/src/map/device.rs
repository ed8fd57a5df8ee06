//! The device that a register map is of.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use meter_units::Medium;

use super::texts::{Owned, OwnedDevice, Strings};
use super::{Forbidden, SerialSettings};
use crate::Table;
use crate::encoding::Order;

/// The device that a register map is of: its names, what it tolerates, and its defaults.
///
/// ```
/// use modbus_regmap::map::{Device, SerialSettings};
///
/// const METER: Device<'static> = Device::new("SDM630")
///     .with_vendor("Eastron")
///     .with_serial(SerialSettings::new(9600))
///     .with_max_registers(80)
///     .with_even_counts();
/// assert_eq!(METER.max_registers(), 80);
/// ```
#[derive(Clone, Debug)]
pub struct Device<'a> {
    pub(super) medium: Medium,
    pub(super) table: Table,
    pub(super) order: Order,
    pub(super) serial: Option<SerialSettings>,
    pub(super) max_registers: Option<u16>,
    pub(super) max_gap: u16,
    pub(super) even_counts: bool,
    pub(super) even_starts: bool,
    pub(super) whole_values: bool,
    pub(super) relative: bool,
    pub(super) sunspec_length: Option<u16>,
    pub(super) pause: Option<Duration>,
    pub(super) verified: Verified,
    pub(super) texts: DeviceTexts<'a>,
    pub(super) owned: Owned<OwnedDevice>,
}

/// What is lent; where a text is absent, the owned one counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DeviceTexts<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) vendor: Option<&'a str>,
    pub(super) medium: Option<&'a str>,
    pub(super) notes: Option<&'a [&'a str]>,
    pub(super) sources: Option<&'a [&'a str]>,
    pub(super) forbidden: Option<&'a [AddressRange]>,
}

/// Addresses of one table, or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct AddressRange {
    /// The table; `None` for all of them.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub table: Option<Table>,
    /// The first address.
    pub first: u16,
    /// The last address.
    pub last: u16,
}

impl AddressRange {
    /// Whether a cell of `count` from `address` on lies in the range.
    #[must_use]
    pub const fn touches(self, table: Table, address: u16, count: u16) -> bool {
        let is_table = match self.table {
            Some(own) => own.read_function() == table.read_function(),
            None => true,
        };
        let end = address as u32 + count as u32;
        is_table && count > 0 && (self.first as u32) < end && address <= self.last
    }
}

/// How well a map is confirmed as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verified {
    /// Not said.
    #[default]
    Unstated,
    /// One public source: `single-source`.
    SingleSource,
    /// Some registers agree in two independent sources: `partly-two-sources`.
    PartlyTwoSources,
    /// At least 60 % of the registers agree in two independent sources: `two-sources`.
    TwoSources,
    /// Taken from the files of the standard itself: `official-model`.
    OfficialModel,
}

impl Verified {
    /// The word of map files; empty if nothing is said.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unstated => "",
            Self::SingleSource => "single-source",
            Self::PartlyTwoSources => "partly-two-sources",
            Self::TwoSources => "two-sources",
            Self::OfficialModel => "official-model",
        }
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Verified {
    type Err = meter_units::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "" => Self::Unstated,
            "single-source" => Self::SingleSource,
            "partly-two-sources" => Self::PartlyTwoSources,
            "two-sources" => Self::TwoSources,
            "official-model" => Self::OfficialModel,
            _ => return Err(meter_units::UnknownWord),
        })
    }
}

meter_units::__serde_as_text!(
    Verified,
    "how well a map is confirmed, such as `two-sources`"
);

/// What a device is, as constants build it.
impl<'a> Device<'a> {
    /// A device of unknown medium that reads holding registers in the order of the standard.
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self {
            medium: Medium::OTHER,
            table: Table::HoldingRegister,
            order: Order::ABCD,
            serial: None,
            max_registers: None,
            max_gap: 0,
            even_counts: false,
            even_starts: false,
            whole_values: false,
            relative: false,
            sunspec_length: None,
            pause: None,
            verified: Verified::Unstated,
            texts: DeviceTexts {
                name: Some(name),
                vendor: None,
                medium: None,
                notes: None,
                sources: None,
                forbidden: None,
            },
            owned: Owned::NONE,
        }
    }

    /// With its maker.
    #[must_use]
    pub const fn with_vendor(mut self, vendor: &'a str) -> Self {
        self.texts.vendor = Some(vendor);
        self
    }

    /// With what it measures.
    #[must_use]
    pub const fn with_medium(mut self, medium: Medium) -> Self {
        self.medium = medium;
        self
    }

    /// With what it measures in the word of a map file, such as `inverter`.
    #[must_use]
    pub const fn with_medium_word(mut self, word: &'a str) -> Self {
        self.texts.medium = Some(word);
        self
    }

    /// With the table and the order of registers that say nothing else.
    #[must_use]
    pub const fn with_defaults(mut self, table: Table, order: Order) -> Self {
        self.table = table;
        self.order = order;
        self
    }

    /// With the settings of its serial line on delivery.
    #[must_use]
    pub const fn with_serial(mut self, serial: SerialSettings) -> Self {
        self.serial = Some(serial);
        self
    }

    /// With the most registers that one request may read.
    #[must_use]
    pub const fn with_max_registers(mut self, count: u16) -> Self {
        self.max_registers = Some(count);
        self
    }

    /// With the most registers without a value that a request may bridge.
    #[must_use]
    pub const fn with_max_gap(mut self, count: u16) -> Self {
        self.max_gap = count;
        self
    }

    /// Answers only requests for an even number of registers.
    #[must_use]
    pub const fn with_even_counts(mut self) -> Self {
        self.even_counts = true;
        self
    }

    /// Answers only requests that start at an even address.
    #[must_use]
    pub const fn with_even_starts(mut self) -> Self {
        self.even_starts = true;
        self
    }

    /// Refuses requests that begin or end inside a value.
    #[must_use]
    pub const fn with_whole_values(mut self) -> Self {
        self.whole_values = true;
        self
    }

    /// With addresses that no request may touch.
    #[must_use]
    pub const fn with_forbidden(mut self, ranges: &'a [AddressRange]) -> Self {
        self.texts.forbidden = Some(ranges);
        self
    }

    /// With addresses that count from the place where a model begins, as those of SunSpec do.
    #[must_use]
    pub const fn with_relative_addresses(mut self) -> Self {
        self.relative = true;
        self
    }

    /// With the number of registers after the header of a SunSpec model.
    #[must_use]
    pub const fn with_sunspec_length(mut self, length: u16) -> Self {
        self.sunspec_length = Some(length);
        self
    }

    /// With a pause that it needs after each answer.
    #[must_use]
    pub const fn with_pause(mut self, pause: Duration) -> Self {
        self.pause = Some(pause);
        self
    }

    /// With how well its map is confirmed, and by whom.
    #[must_use]
    pub const fn with_sources(mut self, verified: Verified, sources: &'a [&'a str]) -> Self {
        self.verified = verified;
        self.texts.sources = Some(sources);
        self
    }

    /// With remarks.
    #[must_use]
    pub const fn with_notes(mut self, notes: &'a [&'a str]) -> Self {
        self.texts.notes = Some(notes);
        self
    }
}

/// What was said about a device.
impl Device<'_> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.texts
            .name
            .or_else(|| self.owned.get()?.name.as_deref())
            .unwrap_or_default()
    }

    /// The maker.
    #[must_use]
    pub fn vendor(&self) -> Option<&str> {
        self.texts
            .vendor
            .or_else(|| self.owned.get()?.vendor.as_deref())
    }

    /// What it measures.
    #[must_use]
    pub const fn medium(&self) -> Medium {
        self.medium
    }

    /// The word that a map file has for the medium, such as `inverter`.
    #[must_use]
    pub fn medium_word(&self) -> Option<&str> {
        self.texts
            .medium
            .or_else(|| self.owned.get()?.medium.as_deref())
    }

    /// The table of registers that say nothing else.
    #[must_use]
    pub const fn table(&self) -> Table {
        self.table
    }

    /// The order of registers that say nothing else.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The settings of its serial line on delivery.
    #[must_use]
    pub const fn serial(&self) -> Option<SerialSettings> {
        self.serial
    }

    /// The most registers that one request may read; 125, as the standard says, unless the device
    /// says less.
    #[must_use]
    pub fn max_registers(&self) -> u16 {
        let limit = Table::HoldingRegister.max_read();
        self.max_registers.unwrap_or(limit).min(limit)
    }

    /// The most registers without a value that a request may bridge.
    #[must_use]
    pub const fn max_gap(&self) -> u16 {
        self.max_gap
    }

    /// Whether it answers only requests for an even number of registers.
    #[must_use]
    pub const fn even_counts(&self) -> bool {
        self.even_counts
    }

    /// Whether it answers only requests that start at an even address.
    #[must_use]
    pub const fn even_starts(&self) -> bool {
        self.even_starts
    }

    /// Whether it refuses requests that begin or end inside a value.
    ///
    /// No plan splits a value, whatever the device says.
    #[must_use]
    pub const fn whole_values(&self) -> bool {
        self.whole_values
    }

    /// Addresses that no request may touch.
    #[must_use]
    pub fn forbidden(&self) -> &[AddressRange] {
        match (self.texts.forbidden, self.owned.get()) {
            (None, Some(owned)) => &owned.forbidden,
            (lent, _) => lent.unwrap_or_default(),
        }
    }

    /// The same addresses, in order if they are known so.
    pub(crate) fn forbidden_in_order(&self) -> Forbidden<'_> {
        match (self.texts.forbidden, self.owned.get()) {
            (None, Some(owned)) if !owned.forbidden_in_order.is_empty() => {
                Forbidden::of(&owned.forbidden_in_order)
            }
            _ => Forbidden::of(self.forbidden()),
        }
    }

    /// Whether addresses count from the place where a model begins.
    #[must_use]
    pub const fn has_relative_addresses(&self) -> bool {
        self.relative
    }

    /// The number of registers after the header of a SunSpec model.
    #[must_use]
    pub const fn sunspec_length(&self) -> Option<u16> {
        self.sunspec_length
    }

    /// The pause that it needs after each answer.
    #[must_use]
    pub const fn pause(&self) -> Option<Duration> {
        self.pause
    }

    /// How well its map is confirmed.
    #[must_use]
    pub const fn verified(&self) -> Verified {
        self.verified
    }

    /// Where its map comes from.
    #[must_use]
    pub fn sources(&self) -> Strings<'_> {
        Strings::of(
            self.texts.sources,
            self.owned.get().map(|owned| &*owned.sources),
        )
    }

    /// Remarks.
    #[must_use]
    pub fn notes(&self) -> Strings<'_> {
        Strings::of(
            self.texts.notes,
            self.owned.get().map(|owned| &*owned.notes),
        )
    }
}

impl Device<'_> {
    /// The word for the medium, if it says more than the medium.
    fn own_medium_word(&self) -> Option<&str> {
        self.medium_word()
            .filter(|word| word.parse() != Ok(self.medium))
    }
}

/// Equal in everything that is said, in which words ever, and whether lent or owned.
impl PartialEq for Device<'_> {
    fn eq(&self, other: &Self) -> bool {
        let limits = |device: &Self| {
            (
                (device.medium, device.table, device.order, device.serial),
                (device.max_registers, device.max_gap, device.whole_values),
                (device.even_counts, device.even_starts, device.relative),
                (device.sunspec_length, device.pause, device.verified),
            )
        };
        limits(self) == limits(other)
            && self.name() == other.name()
            && self.vendor() == other.vendor()
            && self.own_medium_word() == other.own_medium_word()
            && self.forbidden() == other.forbidden()
            && self.sources().eq(other.sources())
            && self.notes().eq(other.notes())
    }
}
