//! Short frames, commands, and answers without records.

use mbus_proto::app::{ApplicationData, ApplicationError, Command, Header, UserData};
use mbus_proto::link::{
    ControlField, FrameCountBit, Identification, PrimaryAddress, SecondaryAddressMask, ShortFrame,
};
use mbus_proto::meter_units::Medium;
use mbus_proto::record::DataField;
use mbus_proto::{EncodeError, Frame};

use crate::Vector;
use crate::telegram::{Built, answer, encoded, link, record};

pub(crate) const VECTORS: &[Vector] = &[
    ("ack", ack),
    ("reset_link", reset_link),
    ("request_data", request_data),
    ("select_identification", select_identification),
    ("select_water_meters", select_water_meters),
    ("set_clock", set_clock),
    ("set_primary_address", set_primary_address),
    ("reset_application", reset_application),
    ("request_all", request_all),
    ("object_actions", object_actions),
    ("application_busy", application_busy),
    ("alarm", alarm),
];

fn command(command: Command) -> Built {
    link(&command.frame())
}

fn ack() -> Built {
    link(&Frame::Ack)
}

fn reset_link() -> Built {
    command(Command::reset_link(PrimaryAddress::from_code(5)))
}

fn request_data() -> Built {
    link(&Frame::Short(ShortFrame {
        control: ControlField::req_ud2(FrameCountBit::Set),
        address: PrimaryAddress::SELECTED,
    }))
}

fn select_identification() -> Built {
    let identification = Identification::from_bcd(0x1234_5678);
    let mask = SecondaryAddressMask::identification(identification);
    command(Command::select(mask))
}

/// All water meters whose identification begins with 3.
fn select_water_meters() -> Built {
    let mask = SecondaryAddressMask::ANY
        .with_medium(Medium::WATER)
        .with_digit(0, 3)
        .ok_or(EncodeError::Value)?;
    command(Command::select(mask))
}

/// 2026-11-21 14:35.
fn set_clock() -> Built {
    let type_f = [0x23, 0x2E, 0x55, 0x3B];
    command(Command::set_clock(PrimaryAddress::from_code(1), type_f))
}

fn set_primary_address() -> Built {
    let new = PrimaryAddress::from_code(8);
    let set = Command::set_primary_address(PrimaryAddress::UNCONFIGURED, new);
    command(set.ok_or(EncodeError::Value)?)
}

fn reset_application() -> Built {
    command(Command::reset_application(
        PrimaryAddress::from_code(1),
        None,
    ))
}

fn request_all() -> Built {
    command(Command::request_all(PrimaryAddress::TEST))
}

/// The VIFE that are record errors in an answer.
fn object_actions() -> Built {
    let bytes = encoded(&[
        record(&[0x13])?
            .vife(0x00)?
            .integer(DataField::Int32, 5_000)?,
        record(&[0xFD, 0x1A])?
            .vife(0x03)?
            .flags(DataField::Int8, 0b100)?,
        record(&[0x13])?.vife(0x07)?.storage(1)?.no_data(),
        record(&[0x5A])?.vife(0x12)?.vife(0x0C)?.no_data(),
    ])?;
    let data = ApplicationData::Command {
        header: Header::None,
        data: UserData::new(&bytes),
    };
    let mut user_data = vec![0; data.encoded_len()];
    data.encode_into(&mut user_data)?;
    let control = ControlField::snd_ud(FrameCountBit::Set);
    let address = PrimaryAddress::from_code(21);
    link(&Frame::new(control, address, &user_data)?)
}

fn application_busy() -> Built {
    let data = ApplicationData::Error {
        header: Header::None,
        error: Some(ApplicationError::from_code(8)),
        data: &[],
    };
    answer(5, &data)
}

fn alarm() -> Built {
    let data = ApplicationData::Alarm {
        header: Header::None,
        data: &[0b0000_0101],
    };
    answer(17, &data)
}
