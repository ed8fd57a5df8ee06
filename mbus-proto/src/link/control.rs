//! The C field: who sends, what it asks for, and the bits of the frame count.

use core::fmt;

use crate::codes::serde_as_code;

const RESERVED: u8 = 0b1000_0000;
const PRM: u8 = 0b0100_0000;
const FCB: u8 = 0b0010_0000;
const ACD: u8 = 0b0010_0000;
const FCV: u8 = 0b0001_0000;
const DFC: u8 = 0b0001_0000;
const FUNCTION: u8 = 0b0000_1111;

/// The C field of a frame (EN 13757-2, wireless functions EN 13757-4): all 256 values.
///
/// ```text
/// bit   7    6      5          4          3..0
///       0   PRM   FCB/ACD    FCV/DFC    function
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ControlField(u8);

impl ControlField {
    /// The C field with this value.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// SND_NKE (40h): resets the link.
    #[must_use]
    pub const fn snd_nke() -> Self {
        Self(0x40)
    }

    /// SND_UD (53h, 73h): sends user data.
    #[must_use]
    pub const fn snd_ud(fcb: FrameCountBit) -> Self {
        Self(0x53 | fcb.mask())
    }

    /// REQ_UD2 (5Bh, 7Bh): asks for the data of the meter.
    #[must_use]
    pub const fn req_ud2(fcb: FrameCountBit) -> Self {
        Self(0x5B | fcb.mask())
    }

    /// REQ_UD1 (5Ah, 7Ah): asks for alarms.
    #[must_use]
    pub const fn req_ud1(fcb: FrameCountBit) -> Self {
        Self(0x5A | fcb.mask())
    }

    /// RSP_UD (08h): answers with data.
    #[must_use]
    pub const fn rsp_ud() -> Self {
        Self(0x08)
    }

    /// The same answer with ACD set: the slave has class 1 data (an alarm) to hand out.
    ///
    /// Unchanged if the C field comes from the primary station, where the bit is FCB.
    #[must_use]
    pub const fn with_access_demand(self) -> Self {
        if self.is_primary() {
            self
        } else {
            Self(self.0 | ACD)
        }
    }

    /// The same answer with DFC set: the slave cannot take more data.
    ///
    /// Unchanged if the C field comes from the primary station, where the bit is FCV.
    #[must_use]
    pub const fn with_data_flow_control(self) -> Self {
        if self.is_primary() {
            self
        } else {
            Self(self.0 | DFC)
        }
    }

    /// Whether the primary station sends (PRM): on the wired bus, the master.
    ///
    /// A radio meter that starts an exchange is the primary station of that exchange.
    #[must_use]
    pub const fn is_primary(self) -> bool {
        self.0 & PRM != 0
    }

    /// The frame count bit; `None` if it does not count (FCV clear, or an answer).
    #[must_use]
    pub const fn frame_count(self) -> Option<FrameCountBit> {
        if !self.is_primary() || self.0 & FCV == 0 {
            None
        } else if self.0 & FCB == 0 {
            Some(FrameCountBit::Clear)
        } else {
            Some(FrameCountBit::Set)
        }
    }

    /// Whether an answer carries ACD: the slave has class 1 data (an alarm) to hand out.
    #[must_use]
    pub const fn has_access_demand(self) -> bool {
        !self.is_primary() && self.0 & ACD != 0
    }

    /// Whether an answer carries DFC: the slave cannot take more data.
    #[must_use]
    pub const fn has_data_flow_control(self) -> bool {
        !self.is_primary() && self.0 & DFC != 0
    }

    /// What the frame asks for or answers.
    ///
    /// Bit 7 and the bits that only qualify the function have no part in it.
    #[must_use]
    pub const fn function(self) -> Function {
        let code = self.0 & (PRM | FUNCTION);
        match code {
            0x40 => Function::SndNke,
            // The same function number; FCV tells them apart (EN 13757-4).
            0x43 if self.0 & FCV != 0 => Function::SndUd,
            0x43 => Function::SndUd2,
            0x44 => Function::SndNr,
            0x45 => Function::SndUd3,
            0x46 => Function::SndIr,
            0x47 => Function::AccNr,
            0x48 => Function::AccDmd,
            0x4A => Function::ReqUd1,
            0x4B => Function::ReqUd2,
            0x00 => Function::Ack,
            0x01 => Function::Nack,
            0x06 => Function::CnfIr,
            0x08 => Function::RspUd,
            other => Function::Other(other),
        }
    }
}

impl fmt::Display for ControlField {
    /// The function and its bits: `REQ_UD2 FCB=1`, `RSP_UD ACD DFC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.function().fmt(f)?;
        match self.frame_count() {
            Some(FrameCountBit::Clear) => f.write_str(" FCB=0")?,
            Some(FrameCountBit::Set) => f.write_str(" FCB=1")?,
            // FCB is then of no meaning, but it is on the wire.
            None if self.is_primary() && self.0 & FCB != 0 => f.write_str(" FCV=0 FCB=1")?,
            None => {}
        }
        if self.has_access_demand() {
            f.write_str(" ACD")?;
        }
        if self.has_data_flow_control() {
            f.write_str(" DFC")?;
        }
        if self.0 & RESERVED != 0 {
            f.write_str(" bit7")?;
        }
        Ok(())
    }
}

impl From<u8> for ControlField {
    fn from(code: u8) -> Self {
        Self::from_code(code)
    }
}

impl From<ControlField> for u8 {
    fn from(control: ControlField) -> Self {
        control.code()
    }
}

serde_as_code!(ControlField, u8);

/// The frame count bit: toggled for the next telegram, kept to have the last one repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum FrameCountBit {
    /// FCB = 0.
    Clear,
    /// FCB = 1: the first after SND_NKE.
    Set,
}

impl FrameCountBit {
    /// The other one.
    #[must_use]
    pub const fn toggled(self) -> Self {
        match self {
            Self::Clear => Self::Set,
            Self::Set => Self::Clear,
        }
    }

    const fn mask(self) -> u8 {
        match self {
            Self::Clear => 0,
            Self::Set => FCB,
        }
    }
}

/// What a frame asks for or answers (EN 13757-2; the wireless ones EN 13757-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Function {
    /// SND_NKE: reset of the link.
    SndNke,
    /// SND_UD: user data, to be acknowledged.
    SndUd,
    /// SND_UD2: user data, to be answered with data. SND_UD without frame count.
    SndUd2,
    /// SND_NR: unsolicited data of a radio meter, without reply.
    SndNr,
    /// SND_UD3: user data without reply.
    SndUd3,
    /// SND_IR: request of a radio meter to be installed.
    SndIr,
    /// ACC_NR: sign of life of a radio meter, without reply.
    AccNr,
    /// ACC_DMD: a radio meter demands access.
    AccDmd,
    /// REQ_UD1: request of class 1 data (alarms).
    ReqUd1,
    /// REQ_UD2: request of class 2 data (readings).
    ReqUd2,
    /// ACK: acknowledgement as a frame.
    Ack,
    /// NACK: refusal as a frame.
    Nack,
    /// CNF_IR: confirmation of an installation.
    CnfIr,
    /// RSP_UD: response with user data.
    RspUd,
    /// A function that the standards do not name: bit 6 is PRM, bits 3..0 are its number.
    Other(u8),
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SndNke => "SND_NKE",
            Self::SndUd => "SND_UD",
            Self::SndUd2 => "SND_UD2",
            Self::SndNr => "SND_NR",
            Self::SndUd3 => "SND_UD3",
            Self::SndIr => "SND_IR",
            Self::AccNr => "ACC_NR",
            Self::AccDmd => "ACC_DMD",
            Self::ReqUd1 => "REQ_UD1",
            Self::ReqUd2 => "REQ_UD2",
            Self::Ack => "ACK",
            Self::Nack => "NACK",
            Self::CnfIr => "CNF_IR",
            Self::RspUd => "RSP_UD",
            Self::Other(code) => return write!(f, "function {code:02X}h"),
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn builders_give_the_values_of_the_standard() {
        use FrameCountBit::{Clear, Set};
        assert_eq!(ControlField::snd_nke().code(), 0x40);
        assert_eq!(ControlField::snd_ud(Clear).code(), 0x53);
        assert_eq!(ControlField::snd_ud(Set).code(), 0x73);
        assert_eq!(ControlField::req_ud1(Clear).code(), 0x5A);
        assert_eq!(ControlField::req_ud1(Set).code(), 0x7A);
        assert_eq!(ControlField::req_ud2(Clear).code(), 0x5B);
        assert_eq!(ControlField::req_ud2(Set).code(), 0x7B);
        assert_eq!(ControlField::rsp_ud().code(), 0x08);
        let all = ControlField::rsp_ud().with_access_demand();
        assert_eq!(all.with_data_flow_control().code(), 0x38);
    }

    #[test]
    fn answer_bits_do_not_touch_a_request() {
        let request = ControlField::snd_nke();
        assert_eq!(request.with_access_demand(), request);
        assert_eq!(request.with_data_flow_control(), request);
        assert!(!ControlField::from_code(0x7B).has_access_demand());
        assert!(!ControlField::from_code(0x7B).has_data_flow_control());
    }

    #[test]
    fn functions_have_the_codes_of_the_standard() {
        let table = [
            (0x40, Function::SndNke),
            (0x43, Function::SndUd2),
            (0x44, Function::SndNr),
            (0x45, Function::SndUd3),
            (0x46, Function::SndIr),
            (0x47, Function::AccNr),
            (0x48, Function::AccDmd),
            (0x53, Function::SndUd),
            (0x73, Function::SndUd),
            (0x5A, Function::ReqUd1),
            (0x7A, Function::ReqUd1),
            (0x5B, Function::ReqUd2),
            (0x7B, Function::ReqUd2),
            (0x00, Function::Ack),
            (0x30, Function::Ack),
            (0x01, Function::Nack),
            (0x06, Function::CnfIr),
            (0x08, Function::RspUd),
            (0x18, Function::RspUd),
            (0x28, Function::RspUd),
            (0x38, Function::RspUd),
            (0x49, Function::Other(0x49)),
            (0x0B, Function::Other(0x0B)),
        ];
        for (code, function) in table {
            assert_eq!(
                ControlField::from_code(code).function(),
                function,
                "{code:02X}"
            );
        }
    }

    #[test]
    fn every_value_has_a_text_of_its_own() {
        let mut texts = alloc::collections::BTreeSet::new();
        for code in 0..=u8::MAX {
            let control = ControlField::from_code(code);
            assert_eq!(control.code(), code);
            texts.insert(control.to_string());
        }
        assert_eq!(texts.len(), 256);
        assert_eq!(ControlField::from_code(0x7B).to_string(), "REQ_UD2 FCB=1");
        assert_eq!(ControlField::from_code(0x38).to_string(), "RSP_UD ACD DFC");
        assert_eq!(ControlField::from_code(0x40).to_string(), "SND_NKE");
        assert_eq!(ControlField::from_code(0x4C).to_string(), "function 4Ch");
    }

    #[test]
    fn the_frame_count_bit_toggles() {
        assert_eq!(FrameCountBit::Set.toggled(), FrameCountBit::Clear);
        assert_eq!(
            ControlField::from_code(0x5B).frame_count(),
            Some(FrameCountBit::Clear)
        );
        assert_eq!(ControlField::from_code(0x44).frame_count(), None);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serializes_as_the_number() {
        let json = serde_json::to_string(&ControlField::from_code(0x7B)).unwrap();
        assert_eq!(json, "123");
        let back: ControlField = serde_json::from_str(&json).unwrap();
        assert_eq!(back.code(), 0x7B);
    }
}
