//! What a master can be told about its bus: each setting with its default.

use core::time::Duration;

use crate::Tolerance;
use crate::link::{FrameCountBit, SecondaryAddressMask};

/// How a [`Master`](super::Master) works its bus.
///
/// The default follows the standards (EN 13757-2, M-Bus Documentation, Rev. 4.8). A time is never
/// shorter than the bit rate demands, whatever is set here.
///
/// Data concentrators offer much the same settings. Their names in a widespread one, the manual of
/// the MUC 500, and what stands for them here:
///
/// | setting there | its default | here | default here |
/// |---|---|---|---|
/// | `MBUS_BAUDRATE` | 2400 | [`bits_per_second`](Self::bits_per_second) | 2400 |
/// | `MBUS_DATABITS`, `MBUS_PARITY`, `MBUS_STOPBITS` | 8E1 | [`character_bits`](Self::character_bits) | 11 |
/// | `MBUS_TIMEOUT` | 2 s; 500 ms in the front end | [`first_byte`](Self::first_byte) | 500 ms |
/// | `MBUS_IDLETIMEOUT` | 100 ms | [`idle`](Self::idle) | 100 ms |
/// | `MBUS_FULLTIMEOUT` | 10 s | [`full`](Self::full) | 10 s |
/// | `MBUS_MAXRETRY` | 3 | [`retries`](Self::retries), [`scan_retries`](Self::scan_retries) | 2, 1 |
/// | `MBUS_MAXMULTIPAGE` | 3 | [`further_telegrams`](Self::further_telegrams) | 15 |
/// | `MBUS_FIRST_FCBBIT_NEG` | 0 | [`first_frame_count`](Self::first_frame_count) | set |
/// | `MBUS_RESETMODE` | 0 | [`reset`](Self::reset) | [`ResetMode::Standard`] |
/// | `MBUS_REQUESTMODE`, `MBUS_FREEZE_STORAGEENUM` | `ONLY`, 0 | [`request`](Self::request) | [`RequestMode::Only`] |
/// | `MBUS_FORCE` | 0 | [`acknowledgement`](Self::acknowledgement) | [`Acknowledgement::Exact`] |
/// | `MBUS_NOADDRESS_VERIFY` | 0 | [`answer_address`](Self::answer_address) | [`AnswerAddress::Verified`] |
/// | `MBUS_SELECTMASK` | 14 | [`selection_wildcards`](Self::selection_wildcards) | none |
/// | `MBUS_WAKEUPENABLE` | 0 | [`wake_up`](Self::wake_up) | none |
/// | `MBUS_IGNORECRCFIELD`, `MBUS_IGNORELENGTHFIELD` | 0 | [`tolerance`](Self::tolerance): [`Tolerance::CHECKSUM`], [`Tolerance::LENGTH`] | off |
/// | `MBUS_DISABLE_DECRYPTION` | 0 | [`tolerance`](Self::tolerance): [`Tolerance::IGNORE_SECURITY`] | off |
/// | `MBUS_ALLOWINSECURE`, `WMBUS_ALLOWINSECURE` | 0 | [`Tolerance::UNAUTHENTICATED`] | off |
/// | `WMBUS_DECRYPTUSELINKLAYERID` | 0 | [`Tolerance::LINK_ADDRESS`] | off |
/// | `WMBUS_USELINKLAYERID` | 0 | [`RadioTelegram::frame`] has the address of the link, [`RadioTelegram::meter`] the one to use | |
/// | `METER_VIFSTRINGMODE` | 1 | text right behind the VIF, or behind the VIFE where only that leaves a record | |
/// | `MBUS_SCANMODE` | `SECONDARYSCAN` | [`scan_primary`](super::Master::scan_primary), [`scan_secondary`](super::Master::scan_secondary) with a [`Direction`](super::Direction), [`change_address`](super::Master::change_address) to allocate | |
/// | `MBUS_SECMASKSERIAL`, `…MANUFACTURER`, `…VERSION`, `…MEDIUM` | `F…F` | the mask of [`scan_secondary`](super::Master::scan_secondary) | |
/// | `MBUS_MINPRIMARY_ADDRESS`, `MBUS_MAXPRIMARY_ADDRESS` | 0, 250 | the argument of [`scan_primary`](super::Master::scan_primary) | |
///
/// The front end of the same device has three of them under names of its own:
///
/// | there | here |
/// |---|---|
/// | reset mode *None*, *Standard*, *Extended 1*, *Extended 2* | [`ResetMode::None`], [`ResetMode::Standard`], [`ResetMode::Extended1`], [`ResetMode::Extended2`] |
/// | request mode *Standard*, *Extended 1*, *Extended 2* | [`RequestMode::Only`], [`RequestMode::All`], [`RequestMode::AllByDif`] |
/// | timeout, idle timeout, full timeout: 500, 100, 10 000 ms | [`first_byte`](Self::first_byte), [`idle`](Self::idle), [`full`](Self::full) |
///
/// [`Config::CONCENTRATOR`] has the defaults of its configuration file. Settings that concern the
/// serial port, a radio receiver, files, gateways, or what one manufacturer defines (load profiles of
/// EMH, pages of Socomec, data of SPX) have no place in a session.
///
/// [`RadioTelegram::frame`]: crate::wireless::RadioTelegram::frame
/// [`RadioTelegram::meter`]: crate::wireless::RadioTelegram::meter
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The bit rate of the bus.
    pub bits_per_second: u32,
    /// The bits of a character: start bit, data, parity and stop bits.
    pub character_bits: u8,
    /// How long to wait for the first byte of an answer, from the end of the request on: at least
    /// 330 bit times and 50 ms (EN 13757-2).
    ///
    /// To be raised by the round trip of a TCP bridge, and for battery meters that wake up slowly.
    pub first_byte: Duration,
    /// The silence that ends an answer: at least 33 bit times.
    ///
    /// To be raised where a bridge or a radio converter makes pauses within a telegram.
    pub idle: Duration,
    /// How long an answer may take from its first byte on, and how long to wait for a line on which
    /// somebody talks: at least the time of the longest frame and the silence after it.
    pub full: Duration,
    /// The silence before each request: at least 33 bit times.
    pub pause: Duration,
    /// How often a request is repeated that was not answered well.
    pub retries: u8,
    /// How often a request of a scan is repeated that was not answered at all.
    ///
    /// On a sound bus most of these are sent to nobody.
    pub scan_retries: u8,
    /// How many telegrams to ask for after the first, at most.
    pub further_telegrams: u8,
    /// The frame count bit of the first request after a reset or a selection: set, but for meters
    /// that got it wrong.
    pub first_frame_count: FrameCountBit,
    /// What is reset before a readout or a scan.
    pub reset: ResetMode,
    /// How a readout asks for the data.
    pub request: RequestMode,
    /// What counts as the acknowledgement E5h.
    pub acknowledgement: Acknowledgement,
    /// Whether an answer has to come from the address that was asked.
    pub answer_address: AnswerAddress,
    /// Parts of secondary addresses that selections leave open, for meters that state them wrongly.
    pub selection_wildcards: AddressParts,
    /// How long to send the character 55h before a request after a longer silence; zero for none.
    ///
    /// Some battery meters wake up by 2.2 s of it.
    pub wake_up: Duration,
    /// How long to leave a meter alone that says it is busy, by an error or by its status and no
    /// data, before the request is repeated.
    pub busy_pause: Duration,
    /// How a scan of primary addresses asks whether somebody is there.
    pub primary_probe: PrimaryProbe,
    /// How far a search goes to part meters with the same identification number.
    pub resolution: Resolution,
    /// Whether a search makes sure that a meter which it found is alone under its mask.
    pub confirmation: Confirmation,
    /// Which deviations in answers are bridged.
    pub tolerance: Tolerance,
}

impl Config {
    /// The standards' way, at 2400 bit/s.
    pub const DEFAULT: Self = Self {
        bits_per_second: 2400,
        character_bits: 11,
        first_byte: Duration::from_millis(500),
        idle: Duration::from_millis(100),
        full: Duration::from_secs(10),
        pause: Duration::ZERO,
        retries: 2,
        scan_retries: 1,
        further_telegrams: 15,
        first_frame_count: FrameCountBit::Set,
        reset: ResetMode::Standard,
        request: RequestMode::Only,
        acknowledgement: Acknowledgement::Exact,
        answer_address: AnswerAddress::Verified,
        selection_wildcards: AddressParts::empty(),
        wake_up: Duration::ZERO,
        busy_pause: Duration::from_secs(1),
        primary_probe: PrimaryProbe::Request,
        resolution: Resolution::Fabrication,
        confirmation: Confirmation::Never,
        tolerance: Tolerance::DEFAULT,
    };

    /// The defaults of the data concentrator in the table above.
    pub const CONCENTRATOR: Self = Self {
        first_byte: Duration::from_secs(2),
        retries: 3,
        scan_retries: 3,
        further_telegrams: 3,
        reset: ResetMode::AfterSelection,
        selection_wildcards: AddressParts::MANUFACTURER
            .union(AddressParts::VERSION)
            .union(AddressParts::MEDIUM),
        resolution: Resolution::Identification,
        ..Self::DEFAULT
    };

    /// The shortest times that the standard allows, at this bit rate: for a serial port without
    /// anything in between.
    #[must_use]
    pub const fn fastest(bits_per_second: u32) -> Self {
        Self {
            bits_per_second,
            first_byte: Duration::ZERO,
            idle: Duration::ZERO,
            ..Self::DEFAULT
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What is reset before a readout or a scan.
///
/// A reset of the link (SND_NKE) clears the frame count of a slave; to 253 or 255 it also ends the
/// selection. A reset of the application makes a meter start with its first telegram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ResetMode {
    /// Nothing (`MBUS_RESETMODE` 2).
    None,
    /// The link of all slaves (255), and that of the primary address that is read
    /// (`MBUS_RESETMODE` 1).
    #[default]
    Standard,
    /// The selection (253), then as [`Standard`](Self::Standard) (`MBUS_RESETMODE` 3).
    Extended1,
    /// The selection (253), the application of all slaves (255), then as
    /// [`Standard`](Self::Standard) (`MBUS_RESETMODE` 4).
    Extended2,
    /// The link of the address that is read, after the selection if there is one
    /// (`MBUS_RESETMODE` 0).
    ///
    /// Meters that keep to the standard end their selection with it; so it is for the others, and
    /// for primary addresses.
    AfterSelection,
}

/// How a readout asks for the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestMode {
    /// REQ_UD2 alone.
    #[default]
    Only,
    /// After a request of all data, DIF 7Fh and VIF 7Eh. Telegrams may stay changed until the next
    /// reset of the application.
    All,
    /// After a request of all data by the DIF 7Fh alone, as other meters want it.
    AllByDif,
    /// After an order to store the values now: the data under the storage number.
    Freeze {
        /// Where the meter stores them.
        storage: u32,
    },
}

/// What counts as the acknowledgement E5h.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acknowledgement {
    /// E5h and nothing before it.
    #[default]
    Exact,
    /// Any bytes that are no frame.
    Garbled,
    /// Silence too. A search then requests data after each selection.
    Assumed,
}

/// Whether an answer has to come from the address that was asked.
///
/// To 253 and 254, a slave answers with a primary address of its own in any case; what a readout
/// verifies there is that the secondary address in the answer lies in the mask that was selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AnswerAddress {
    /// It has to.
    #[default]
    Verified,
    /// It does not: for meters that answer from address 0, or state a wrong secondary address.
    Any,
}

/// How a scan of primary addresses asks whether somebody is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PrimaryProbe {
    /// By a request of data: one telegram for each meter that is there.
    #[default]
    Request,
    /// By a reset of the link, and a request of data where it is acknowledged.
    Reset,
}

/// How far a search goes to part meters with the same identification number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// Not at all: they are reported as unresolved.
    Identification,
    /// By medium, version and manufacturer: up to 255 selections for each of these four bytes.
    Address,
    /// Then by fabrication number, where the meters know this way of selection.
    #[default]
    Fabrication,
}

/// Whether a search makes sure that a meter which it found is alone under its mask.
///
/// If a selection is lost on its way to one of two meters, the other one answers alone and hides it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Confirmation {
    /// It does not, which is enough on a line that loses nothing.
    #[default]
    Never,
    /// By another selection, one telegram for each meter.
    Selection,
}

bitflags::bitflags! {
    /// Parts of a secondary address.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct AddressParts: u8 {
        /// The identification number.
        const IDENTIFICATION = 1 << 0;
        /// The manufacturer.
        const MANUFACTURER = 1 << 1;
        /// The version.
        const VERSION = 1 << 2;
        /// The medium.
        const MEDIUM = 1 << 3;
    }
}

impl AddressParts {
    /// The mask with wildcards in these parts.
    pub(super) fn opened(self, mask: SecondaryAddressMask) -> SecondaryAddressMask {
        let any = *SecondaryAddressMask::ANY.address();
        let mut mask = mask;
        if self.contains(Self::IDENTIFICATION) {
            mask = mask.with_identification(any.identification);
        }
        if self.contains(Self::MANUFACTURER) {
            mask = mask.with_manufacturer(any.manufacturer);
        }
        if self.contains(Self::VERSION) {
            mask = mask.with_version(any.version);
        }
        if self.contains(Self::MEDIUM) {
            mask = mask.with_medium(any.medium);
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_mask_are_opened() {
        let mask: SecondaryAddressMask = "12345678.PAD.01.07".parse().unwrap();
        let wildcards = Config::CONCENTRATOR.selection_wildcards;
        assert_eq!(wildcards.bits(), 14);
        let opened = wildcards.opened(mask);
        assert_eq!(opened, "12345678.FFFF.FF.FF".parse().unwrap());
        let opened = AddressParts::all().opened(mask);
        assert_eq!(opened, SecondaryAddressMask::ANY);
        assert_eq!(AddressParts::empty().opened(mask), mask);
    }
}
