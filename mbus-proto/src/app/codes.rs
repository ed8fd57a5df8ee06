//! Code tables of the application layer: errors, and what a reset selects.

use crate::codes::{code_table, serde_as_code};

code_table! {
    /// Why a meter could not do as it was told (EN 13757-3, application errors).
    pub enum ApplicationError: u8 {
        0x00 => Unspecified, "unspecified error";
        0x01 => UnimplementedCi, "unimplemented CI field";
        0x02 => BufferTooLong, "buffer too long, truncated";
        0x03 => TooManyRecords, "too many records";
        0x04 => PrematureEnd, "premature end of record";
        0x05 => TooManyDife, "more than 10 DIFE";
        0x06 => TooManyVife, "more than 10 VIFE";
        0x08 => Busy, "application too busy for the readout request";
        0x09 => TooManyReadouts, "too many readouts";
        0x10 => AccessDenied, "access denied";
        0x11 => UnknownCommand, "application or command unknown";
        0x12 => Parameter, "parameter missing or wrong";
        0x13 => UnknownReceiver, "unknown receiver address";
        0x14 => Key, "decryption failed with this key";
        0x15 => EncryptionMethod, "encryption method not supported";
        0x16 => SignatureMethod, "signature method not supported";
        0xF0 => Dynamic, "dynamic application error";
    }
}

/// What a reset of the application selects: an application and one of its telegrams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResetCode(u8);

impl ResetCode {
    /// The first telegram of an application.
    #[must_use]
    pub const fn new(application: MessageApplication) -> Self {
        Self(application.code() << 4)
    }

    /// The sub-code with this value.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// The application (upper four bits).
    #[must_use]
    pub const fn application(self) -> MessageApplication {
        MessageApplication::from_code(self.0 >> 4)
    }

    /// The number of the telegram or block (lower four bits), which many meters ignore.
    #[must_use]
    pub const fn block(self) -> u8 {
        self.0 & 0x0F
    }
}

serde_as_code!(ResetCode, u8);

code_table! {
    /// The application of a meter (EN 13757-3, sub-codes of the application reset).
    pub enum MessageApplication: u8 {
        0x0 => All, "all";
        0x1 => UserData, "user data (consumption)";
        0x2 => SimpleBilling, "simple billing";
        0x3 => EnhancedBilling, "enhanced billing";
        0x4 => MultiTariffBilling, "multi-tariff billing";
        0x5 => InstantaneousValues, "instantaneous values";
        0x6 => LoadManagement, "load management";
        0x8 => Installation, "installation and start-up";
        0x9 => Testing, "testing";
        0xA => Calibration, "calibration";
        0xB => Manufacturing, "manufacturing";
        0xC => Development, "development";
        0xD => SelfTest, "self test";
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn every_code_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(ApplicationError::from_code(code).code(), code);
            assert_eq!(MessageApplication::from_code(code).code(), code);
            assert_eq!(ResetCode::from_code(code).code(), code);
        }
    }

    #[test]
    fn unknown_codes_show_their_number() {
        assert_eq!(ApplicationError::from_code(0x07).to_string(), "other 0x07");
        assert_eq!(
            ApplicationError::from_code(0x09).to_string(),
            "too many readouts"
        );
    }

    #[test]
    fn a_reset_code_is_application_and_block() {
        let code = ResetCode::from_code(0x43);
        assert_eq!(code.application(), MessageApplication::MultiTariffBilling);
        assert_eq!(code.block(), 3);
        assert_eq!(ResetCode::new(MessageApplication::UserData).code(), 0x10);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serializes_as_the_code() {
        let json = serde_json::to_string(&ApplicationError::Busy).unwrap();
        assert_eq!(json, "8");
        assert_eq!(
            serde_json::from_str::<ApplicationError>("7").unwrap(),
            ApplicationError::Other(7)
        );
    }
}
