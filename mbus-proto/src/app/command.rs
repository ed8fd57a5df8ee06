//! The commands that a master sends.

use crate::EncodeError;
use crate::app::{BaudRate, ControlInformation, ResetCode};
use crate::link::{
    ControlField, Frame, FrameCountBit, Identification, PrimaryAddress, SecondaryAddress,
    SecondaryAddressMask,
};

/// The user data of the longest command: a selection with a fabrication number, or a data
/// selection with ten DIFE and ten VIFE.
const CAPACITY: usize = 24;

/// A command of the master (EN 13757-3; M-Bus Documentation, Rev. 4.8, 6.4), ready to be sent.
///
/// It owns its few bytes; [`frame`](Self::frame) is what goes on the wire. Slaves answer each with
/// E5h, except to [`PrimaryAddress::BROADCAST`].
///
/// # Examples
///
/// ```
/// use mbus_proto::app::Command;
/// use mbus_proto::link::PrimaryAddress;
///
/// let mut out = [0; 9];
/// let command = Command::reset_application(PrimaryAddress::from_code(1), None);
/// command.frame().encode_into(&mut out)?;
/// assert_eq!(out, [0x68, 0x03, 0x03, 0x68, 0x53, 0x01, 0x50, 0xA4, 0x16]);
/// # Ok::<(), mbus_proto::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Command {
    control: ControlField,
    address: PrimaryAddress,
    user_data: [u8; CAPACITY],
    length: u8,
}

impl Command {
    /// Resets the link: clears the frame count of the slave.
    #[must_use]
    pub const fn reset_link(address: PrimaryAddress) -> Self {
        Self {
            control: ControlField::snd_nke(),
            ..Self::empty(address)
        }
    }

    /// Ends the selection.
    #[must_use]
    pub const fn deselect() -> Self {
        Self::reset_link(PrimaryAddress::SELECTED)
    }

    /// Selects the slaves with a secondary address; all others are deselected.
    #[must_use]
    pub fn select(mask: SecondaryAddressMask) -> Self {
        Self::empty(PrimaryAddress::SELECTED)
            .with(&[ControlInformation::SELECTION.code()])
            .with(&mask.to_bytes())
    }

    /// Selects the slaves with a secondary address and a fabrication number, in which the digit F
    /// stands for any.
    #[must_use]
    pub fn select_fabrication(mask: SecondaryAddressMask, number: Identification) -> Self {
        Self::select(mask)
            .with(&[0x0C, 0x78])
            .with(&number.bcd().to_le_bytes())
    }

    /// Resets the application of a slave, or selects one.
    #[must_use]
    pub fn reset_application(address: PrimaryAddress, code: Option<ResetCode>) -> Self {
        let reset = Self::with_ci(address, ControlInformation::RESET);
        match code {
            None => reset,
            Some(code) => reset.with(&[code.code()]),
        }
    }

    /// Gives a slave another primary address; `None` if that is not one of a slave (0 to 250).
    #[must_use]
    pub fn set_primary_address(address: PrimaryAddress, new: PrimaryAddress) -> Option<Self> {
        PrimaryAddress::slave(new.code())?;
        Some(Self::data(address).with(&[0x01, 0x7A, new.code()]))
    }

    /// Gives a slave another identification number.
    #[must_use]
    pub fn set_identification(address: PrimaryAddress, new: Identification) -> Self {
        Self::data(address)
            .with(&[0x0C, 0x79])
            .with(&new.bcd().to_le_bytes())
    }

    /// Gives a slave another secondary address, all of it.
    #[must_use]
    pub fn set_secondary_address(address: PrimaryAddress, new: SecondaryAddress) -> Self {
        Self::data(address)
            .with(&[0x07, 0x79])
            .with(&new.to_bytes())
    }

    /// Sets the clock of a slave to date and time in the coding of type F.
    #[must_use]
    pub fn set_clock(address: PrimaryAddress, type_f: [u8; 4]) -> Self {
        Self::data(address).with(&[0x04, 0x6D]).with(&type_f)
    }

    /// Sets the date of a slave in the coding of type G.
    #[must_use]
    pub fn set_date(address: PrimaryAddress, type_g: [u8; 2]) -> Self {
        Self::data(address).with(&[0x02, 0x6C]).with(&type_g)
    }

    /// Switches a slave to another baud rate; it acknowledges at the old one.
    #[must_use]
    pub fn set_baud_rate(address: PrimaryAddress, rate: BaudRate) -> Self {
        Self::with_ci(address, rate.ci())
    }

    /// Asks for all data of any kind in the next readout (DIF 7Fh, VIF 7Eh).
    #[must_use]
    pub fn request_all(address: PrimaryAddress) -> Self {
        Self::data(address).with(&[0x7F, 0x7E])
    }

    /// Asks for all data in the next readout by the DIF 7Fh alone, as some meters want it.
    #[must_use]
    pub fn request_all_by_dif(address: PrimaryAddress) -> Self {
        Self::data(address).with(&[0x7F])
    }

    /// Asks for certain data in the next readout: `header` is its DIF with the data field 8
    /// (selection for readout), DIFE, VIF and VIFE.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the header is longer than one can be (22 bytes); to ask for several
    /// things at once, build a [`Frame`] with all their headers.
    pub fn request_data(address: PrimaryAddress, header: &[u8]) -> Result<Self, EncodeError> {
        if header.len() > 22 {
            return Err(EncodeError::Value);
        }
        Ok(Self::data(address).with(header))
    }

    /// Makes a slave store its values now; CI field 54h of the classic documentation.
    #[must_use]
    pub fn synchronize_classic(address: PrimaryAddress) -> Self {
        Self::with_ci(address, ControlInformation::SYNCHRONIZE_CLASSIC)
    }

    /// Makes a slave store its values now; CI field 5Ch since 2018.
    #[must_use]
    pub fn synchronize(address: PrimaryAddress) -> Self {
        Self::with_ci(address, ControlInformation::SYNCHRONIZE)
    }

    /// The same command with this frame count bit; without effect on a reset of the link.
    #[must_use]
    pub const fn with_frame_count(self, fcb: FrameCountBit) -> Self {
        let control = match self.control.frame_count() {
            None => self.control,
            Some(_) => ControlField::snd_ud(fcb),
        };
        Self { control, ..self }
    }

    /// The frame.
    #[must_use]
    pub fn frame(&self) -> Frame<'_> {
        let user_data = self
            .user_data
            .get(..usize::from(self.length))
            .unwrap_or_default();
        // No command is longer than a frame: the default is never taken.
        Frame::new(self.control, self.address, user_data).unwrap_or(Frame::Ack)
    }

    const fn empty(address: PrimaryAddress) -> Self {
        Self {
            control: ControlField::snd_ud(FrameCountBit::Clear),
            address,
            user_data: [0; CAPACITY],
            length: 0,
        }
    }

    fn with_ci(address: PrimaryAddress, ci: ControlInformation) -> Self {
        Self::empty(address).with(&[ci.code()])
    }

    fn data(address: PrimaryAddress) -> Self {
        Self::with_ci(address, ControlInformation::COMMAND)
    }

    /// The same command with more user data, which has to fit.
    fn with(mut self, bytes: &[u8]) -> Self {
        let free = self.user_data.iter_mut().skip(usize::from(self.length));
        for (to, from) in free.zip(bytes) {
            *to = *from;
            self.length = self.length.saturating_add(1);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;

    fn address(code: u8) -> PrimaryAddress {
        PrimaryAddress::from_code(code)
    }

    #[track_caller]
    fn assert_frame(command: Command, hex: &str) {
        let mut out = [0; Frame::MAX_LENGTH];
        let length = command.frame().encode_into(&mut out).unwrap();
        let bytes: Vec<String> = out[..length]
            .iter()
            .map(|byte| alloc::format!("{byte:02X}"))
            .collect();
        assert_eq!(bytes.join(" "), hex);
    }

    fn mask(text: &str) -> SecondaryAddressMask {
        text.parse().unwrap()
    }

    #[test]
    fn link_resets_are_short_frames() {
        assert_frame(Command::reset_link(address(1)), "10 40 01 41 16");
        assert_frame(Command::reset_link(address(0)), "10 40 00 40 16");
        assert_frame(Command::reset_link(address(254)), "10 40 FE 3E 16");
        assert_frame(Command::reset_link(address(255)), "10 40 FF 3F 16");
        assert_frame(Command::deselect(), "10 40 FD 3D 16");
    }

    #[test]
    fn selections_take_wildcards() {
        for (text, hex) in [
            (
                "12345678.FFFF.FF.FF",
                "68 0B 0B 68 53 FD 52 78 56 34 12 FF FF FF FF B2 16",
            ),
            (
                "12345678.PAD.01.07",
                "68 0B 0B 68 53 FD 52 78 56 34 12 24 40 01 07 22 16",
            ),
            (
                "0FFFFFFF.FFFF.FF.FF",
                "68 0B 0B 68 53 FD 52 FF FF FF 0F FF FF FF FF AA 16",
            ),
            (
                "7FFFFFFF.FFFF.FF.FF",
                "68 0B 0B 68 53 FD 52 FF FF FF 7F FF FF FF FF 1A 16",
            ),
        ] {
            assert_frame(Command::select(mask(text)), hex);
        }
        assert_frame(
            Command::select(mask("12345678.FFFF.FF.FF")).with_frame_count(FrameCountBit::Set),
            "68 0B 0B 68 73 FD 52 78 56 34 12 FF FF FF FF D2 16",
        );
    }

    #[test]
    fn a_selection_can_ask_for_a_fabrication_number() {
        assert_frame(
            Command::select_fabrication(
                mask("12345678.FFFF.FF.FF"),
                Identification::from_bcd(0x0102_0304),
            ),
            "68 11 11 68 53 FD 52 78 56 34 12 FF FF FF FF 0C 78 04 03 02 01 40 16",
        );
    }

    #[test]
    fn application_resets_have_an_optional_code() {
        for (code, hex) in [
            (1, "68 03 03 68 53 01 50 A4 16"),
            (253, "68 03 03 68 53 FD 50 A0 16"),
            (254, "68 03 03 68 53 FE 50 A1 16"),
            (255, "68 03 03 68 53 FF 50 A2 16"),
        ] {
            assert_frame(Command::reset_application(address(code), None), hex);
        }
        for (code, hex) in [
            (0x00, "68 04 04 68 53 01 50 00 A4 16"),
            (0x10, "68 04 04 68 53 01 50 10 B4 16"),
            (0x20, "68 04 04 68 53 01 50 20 C4 16"),
            (0x40, "68 04 04 68 53 01 50 40 E4 16"),
        ] {
            let code = ResetCode::from_code(code);
            assert_frame(Command::reset_application(address(1), Some(code)), hex);
        }
    }

    #[test]
    fn addresses_are_set_by_records() {
        for (to, new, hex) in [
            (0, 8, "68 06 06 68 53 00 51 01 7A 08 27 16"),
            (254, 1, "68 06 06 68 53 FE 51 01 7A 01 1E 16"),
            (253, 5, "68 06 06 68 53 FD 51 01 7A 05 21 16"),
        ] {
            assert_frame(
                Command::set_primary_address(address(to), address(new)).unwrap(),
                hex,
            );
        }
        assert_eq!(
            Command::set_primary_address(address(1), PrimaryAddress::SELECTED),
            None
        );
        assert_frame(
            Command::set_identification(address(1), Identification::from_bcd(0x0403_0201)),
            "68 09 09 68 53 01 51 0C 79 01 02 03 04 34 16",
        );
        assert_frame(
            Command::set_secondary_address(address(1), "01020304.PAD.01.04".parse().unwrap()),
            "68 0D 0D 68 53 01 51 07 79 04 03 02 01 24 40 01 04 98 16",
        );
    }

    #[test]
    fn clocks_are_set_by_records() {
        assert_frame(
            Command::set_clock(address(1), [0x23, 0x2E, 0x55, 0x3B]),
            "68 09 09 68 53 01 51 04 6D 23 2E 55 3B F7 16",
        );
        assert_frame(
            Command::set_date(address(1), [0x55, 0x3B]),
            "68 07 07 68 53 01 51 02 6C 55 3B A3 16",
        );
    }

    #[test]
    fn each_baud_rate_has_its_ci_field() {
        for (rate, hex) in [
            (300, "68 03 03 68 53 01 B8 0C 16"),
            (600, "68 03 03 68 53 01 B9 0D 16"),
            (1200, "68 03 03 68 53 01 BA 0E 16"),
            (2400, "68 03 03 68 53 01 BB 0F 16"),
            (4800, "68 03 03 68 53 01 BC 10 16"),
            (9600, "68 03 03 68 53 01 BD 11 16"),
            (19200, "68 03 03 68 53 01 BE 12 16"),
            (38400, "68 03 03 68 53 01 BF 13 16"),
        ] {
            let rate = BaudRate::from_bits_per_second(rate).unwrap();
            assert_frame(Command::set_baud_rate(address(1), rate), hex);
        }
        assert_frame(
            Command::set_baud_rate(PrimaryAddress::TEST, BaudRate::B2400),
            "68 03 03 68 53 FE BB 0C 16",
        );
    }

    #[test]
    fn readouts_can_be_narrowed_or_widened() {
        assert_frame(
            Command::request_all(address(1)),
            "68 05 05 68 53 01 51 7F 7E A2 16",
        );
        assert_frame(
            Command::request_all(PrimaryAddress::SELECTED),
            "68 05 05 68 53 FD 51 7F 7E 9E 16",
        );
        assert_frame(
            Command::request_all_by_dif(address(1)),
            "68 04 04 68 53 01 51 7F 24 16",
        );
        for (header, hex) in [
            (
                &[0xC8, 0xFF, 0x7F, 0x7E][..],
                "68 07 07 68 53 01 51 C8 FF 7F 7E 69 16",
            ),
            (&[0xC8, 0x3F, 0x7E], "68 06 06 68 53 01 51 C8 3F 7E 2A 16"),
            (&[0x08, 0x03], "68 05 05 68 53 01 51 08 03 B0 16"),
            (&[0x18, 0x5B], "68 05 05 68 53 01 51 18 5B 18 16"),
        ] {
            assert_frame(Command::request_data(address(1), header).unwrap(), hex);
        }
        let longest = Command::request_data(address(1), &[0x88; 22]).unwrap();
        assert_eq!(longest.frame().data().len(), 22);
        assert_eq!(
            Command::request_data(address(1), &[0x88; 23]),
            Err(EncodeError::Value)
        );
    }

    #[test]
    fn both_synchronizations_can_be_sent() {
        assert_frame(
            Command::synchronize_classic(PrimaryAddress::BROADCAST),
            "68 03 03 68 53 FF 54 A6 16",
        );
        assert_frame(
            Command::synchronize(PrimaryAddress::BROADCAST),
            "68 03 03 68 53 FF 5C AE 16",
        );
    }
}
