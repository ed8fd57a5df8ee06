//! The header of the transport layer: whose data, in which state, how encrypted.

use core::fmt;

use meter_units::Medium;

use crate::ByteOrder;
use crate::app::Configuration;
use crate::link::{Identification, Manufacturer, SecondaryAddress};

/// The header between CI field and data (EN 13757-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Header {
    /// No header.
    None,
    /// 4 bytes.
    Short(ShortHeader),
    /// 12 bytes.
    Long(LongHeader),
}

/// The header of 4 bytes: who sends is known from the link layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(align(4))]
pub struct ShortHeader {
    /// Counts the responses of the meter, modulo 256.
    pub access_number: u8,
    /// The state of the meter.
    pub status: Status,
    /// How the data is encrypted.
    pub configuration: Configuration,
}

/// The header of 12 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(C)]
pub struct LongHeader {
    /// Whose data it is.
    pub address: SecondaryAddress,
    /// Counts the responses of the meter, modulo 256.
    pub access_number: u8,
    /// The state of the meter.
    pub status: Status,
    /// How the data is encrypted; "signature" in the classic documentation.
    pub configuration: Configuration,
}

impl Header {
    /// Whose data it is; only a long header says so.
    #[must_use]
    pub const fn address(&self) -> Option<SecondaryAddress> {
        match self {
            Self::None | Self::Short(_) => None,
            Self::Long(header) => Some(header.address),
        }
    }

    /// The medium (device type); only a long header says so.
    #[must_use]
    pub const fn medium(&self) -> Option<Medium> {
        match self {
            Self::None | Self::Short(_) => None,
            Self::Long(header) => Some(header.address.medium),
        }
    }

    /// The access number.
    #[must_use]
    pub const fn access_number(&self) -> Option<u8> {
        match self {
            Self::None => None,
            Self::Short(header) => Some(header.access_number),
            Self::Long(header) => Some(header.access_number),
        }
    }

    /// The state of the meter.
    #[must_use]
    pub const fn status(&self) -> Option<Status> {
        match self {
            Self::None => None,
            Self::Short(header) => Some(header.status),
            Self::Long(header) => Some(header.status),
        }
    }

    /// How the data is encrypted.
    #[must_use]
    pub const fn configuration(&self) -> Option<Configuration> {
        match self {
            Self::None => None,
            Self::Short(header) => Some(header.configuration),
            Self::Long(header) => Some(header.configuration),
        }
    }

    /// Whether the header names an encryption of the data.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        match self.configuration() {
            None => false,
            Some(configuration) => configuration.is_encrypted(),
        }
    }

    /// The length of the header in bytes: 0, 4 or 12.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Short(_) => ShortHeader::LENGTH,
            Self::Long(_) => LongHeader::LENGTH,
        }
    }
}

impl ShortHeader {
    /// The length in bytes.
    pub const LENGTH: usize = 4;

    /// The header in these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        let [access_number, status, c0, c1] = bytes;
        Self {
            access_number,
            status: Status::from_bits_retain(status),
            configuration: Configuration::from_code(u16::from_le_bytes([c0, c1])),
        }
    }

    /// The bytes of the header.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; Self::LENGTH] {
        let [c0, c1] = self.configuration.code().to_le_bytes();
        [self.access_number, self.status.bits(), c0, c1]
    }
}

impl LongHeader {
    /// The length in bytes.
    pub const LENGTH: usize = 12;

    /// The header in these bytes; in mode 2, each number has its most significant byte first.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH], order: ByteOrder) -> Self {
        let [
            i0,
            i1,
            i2,
            i3,
            m0,
            m1,
            version,
            medium,
            access,
            status,
            c0,
            c1,
        ] = bytes;
        Self {
            address: SecondaryAddress {
                identification: Identification::from_bcd(order.u32([i0, i1, i2, i3])),
                manufacturer: Manufacturer::from_code(order.u16([m0, m1])),
                version,
                medium: Medium(medium),
            },
            access_number: access,
            status: Status::from_bits_retain(status),
            configuration: Configuration::from_code(order.u16([c0, c1])),
        }
    }

    /// The bytes of the header; in mode 2, each number has its most significant byte first.
    #[must_use]
    pub fn to_bytes(self, order: ByteOrder) -> [u8; Self::LENGTH] {
        let [i0, i1, i2, i3, m0, m1, version, medium] = self.address.to_bytes();
        let [i0, i1, i2, i3] = order.least_first([i0, i1, i2, i3]);
        let [m0, m1] = order.least_first([m0, m1]);
        let [c0, c1] = order.least_first(self.configuration.code().to_le_bytes());
        let (access, status) = (self.access_number, self.status.bits());
        [
            i0, i1, i2, i3, m0, m1, version, medium, access, status, c0, c1,
        ]
    }
}

bitflags::bitflags! {
    /// The status byte of the header (EN 13757-7).
    ///
    /// The two low bits are one number: [`application_state`](Self::application_state).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(transparent))]
    pub struct Status: u8 {
        /// Bit 0: application busy; with bit 1, abnormal condition.
        const BUSY = 1 << 0;
        /// Bit 1: any application error; with bit 0, abnormal condition.
        const ERROR = 1 << 1;
        /// Bit 2: power low (battery).
        const POWER_LOW = 1 << 2;
        /// Bit 3: permanent error.
        const PERMANENT_ERROR = 1 << 3;
        /// Bit 4: temporary error.
        const TEMPORARY_ERROR = 1 << 4;
        /// Bit 5: specific to the manufacturer.
        const MANUFACTURER_5 = 1 << 5;
        /// Bit 6: specific to the manufacturer.
        const MANUFACTURER_6 = 1 << 6;
        /// Bit 7: specific to the manufacturer.
        const MANUFACTURER_7 = 1 << 7;
    }
}

impl Status {
    /// What bits 1 and 0 say of the application.
    #[must_use]
    pub const fn application_state(self) -> ApplicationState {
        match (self.contains(Self::ERROR), self.contains(Self::BUSY)) {
            (false, false) => ApplicationState::NoError,
            (false, true) => ApplicationState::Busy,
            (true, false) => ApplicationState::Error,
            (true, true) => ApplicationState::Abnormal,
        }
    }
}

/// What the status byte says of the application (bits 1 and 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApplicationState {
    /// 00: no error.
    NoError,
    /// 01: application busy.
    Busy,
    /// 10: any application error.
    Error,
    /// 11: abnormal condition, alarm.
    Abnormal,
}

impl fmt::Display for ApplicationState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoError => "no error",
            Self::Busy => "application busy",
            Self::Error => "application error",
            Self::Abnormal => "abnormal condition",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LONG: [u8; 12] = [
        0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x14, 0x20, 0x05,
    ];

    #[test]
    fn the_long_header_has_its_fields() {
        let header = LongHeader::from_bytes(LONG, ByteOrder::LeastFirst);
        assert_eq!(header.address.identification.bcd(), 0x1234_5678);
        assert_eq!(header.address.manufacturer.code(), 0x4024);
        assert_eq!(header.address.version, 1);
        assert_eq!(header.address.medium, Medium(7));
        assert_eq!(header.access_number, 0x55);
        assert_eq!(header.status, Status::POWER_LOW | Status::TEMPORARY_ERROR);
        assert_eq!(header.configuration.code(), 0x0520);
    }

    #[test]
    fn mode_2_turns_each_number_around() {
        let bytes = [
            0x12, 0x34, 0x56, 0x78, 0x40, 0x24, 0x01, 0x07, 0x55, 0x14, 0x05, 0x20,
        ];
        assert_eq!(
            LongHeader::from_bytes(bytes, ByteOrder::MostFirst),
            LongHeader::from_bytes(LONG, ByteOrder::LeastFirst)
        );
    }

    #[test]
    fn the_low_bits_of_the_status_are_one_number() {
        let state = |bits| Status::from_bits_retain(bits).application_state();
        assert_eq!(state(0b1111_1100), ApplicationState::NoError);
        assert_eq!(state(0b0000_0001), ApplicationState::Busy);
        assert_eq!(state(0b0000_0010), ApplicationState::Error);
        assert_eq!(state(0b0000_0011), ApplicationState::Abnormal);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serializes_with_texts_and_numbers() {
        let header = Header::Long(LongHeader::from_bytes(LONG, ByteOrder::LeastFirst));
        let json = serde_json::to_string(&header).unwrap();
        assert_eq!(
            json,
            r#"{"long":{"address":"12345678.PAD.01.07","access_number":85,"status":"POWER_LOW | TEMPORARY_ERROR","configuration":1312}}"#
        );
        assert_eq!(serde_json::from_str::<Header>(&json).unwrap(), header);
    }

    proptest! {
        #[test]
        fn headers_go_round(long: [u8; 12], short: [u8; 4]) {
            for order in [ByteOrder::LeastFirst, ByteOrder::MostFirst] {
                prop_assert_eq!(LongHeader::from_bytes(long, order).to_bytes(order), long);
            }
            prop_assert_eq!(ShortHeader::from_bytes(short).to_bytes(), short);
        }
    }
}
