//! What the descriptions of the telegrams are made of.

use mbus_proto::app::{
    ApplicationData, Configuration, FixedData, Header, LongHeader, Status, UserData,
};
use mbus_proto::link::{
    ControlField, Identification, Manufacturer, PrimaryAddress, SecondaryAddress,
};
use mbus_proto::meter_units::{Civil, Medium};
use mbus_proto::record::RecordBuilder;
use mbus_proto::{ByteOrder, EncodeError, Frame};

pub(crate) type Built = Result<Vec<u8>, EncodeError>;

/// A meter that does not exist.
#[derive(Clone, Copy)]
pub(crate) struct Meter {
    pub(crate) address: u8,
    pub(crate) id: u32,
    pub(crate) manufacturer: [u8; 3],
    pub(crate) version: u8,
    pub(crate) medium: Medium,
    pub(crate) access: u8,
    pub(crate) status: Status,
    pub(crate) configuration: u16,
}

impl Meter {
    pub(crate) const fn new(id: u32, medium: Medium) -> Self {
        Self {
            address: 1,
            id,
            manufacturer: *b"EXM",
            version: 1,
            medium,
            access: 0,
            status: Status::empty(),
            configuration: 0,
        }
    }

    fn header(self) -> LongHeader {
        LongHeader {
            address: SecondaryAddress {
                identification: Identification::from_decimal(self.id).expect("eight digits"),
                manufacturer: Manufacturer::from_letters(self.manufacturer).expect("three letters"),
                version: self.version,
                medium: self.medium,
            },
            access_number: self.access,
            status: self.status,
            configuration: Configuration::from_code(self.configuration),
        }
    }

    /// A response with these records.
    pub(crate) fn respond(self, records: &[RecordBuilder<'_>]) -> Built {
        self.respond_bytes(&encoded(records)?, ByteOrder::LeastFirst)
    }

    /// A response with these records and then these bytes.
    pub(crate) fn respond_with(self, records: &[RecordBuilder<'_>], bytes: &[u8]) -> Built {
        let data = [encoded(records)?.as_slice(), bytes].concat();
        self.respond_bytes(&data, ByteOrder::LeastFirst)
    }

    pub(crate) fn respond_bytes(self, bytes: &[u8], order: ByteOrder) -> Built {
        let data = ApplicationData::Response {
            header: Header::Long(self.header()),
            data: UserData::new(bytes).with_byte_order(order),
        };
        answer(self.address, &data)
    }

    /// A response with the fixed data structure.
    pub(crate) fn respond_fixed(self, bytes: [u8; FixedData::LENGTH]) -> Built {
        let data = FixedData::from_bytes(&bytes, ByteOrder::LeastFirst);
        answer(self.address, &ApplicationData::Fixed(data))
    }
}

/// A response of the slave with this address.
pub(crate) fn answer(address: u8, data: &ApplicationData<'_>) -> Built {
    let mut user_data = vec![0; data.encoded_len()];
    data.encode_into(&mut user_data)?;
    let address = PrimaryAddress::from_code(address);
    link(&Frame::new(ControlField::rsp_ud(), address, &user_data)?)
}

pub(crate) fn link(frame: &Frame<'_>) -> Built {
    let mut bytes = vec![0; frame.encoded_len()];
    frame.encode_into(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn record(vif: &[u8]) -> Result<RecordBuilder<'static>, EncodeError> {
    RecordBuilder::new(vif)
}

pub(crate) fn encoded(records: &[RecordBuilder<'_>]) -> Built {
    let mut bytes = Vec::new();
    for record in records {
        let start = bytes.len();
        bytes.resize(start + record.encoded_len(), 0);
        record.encode_into(&mut bytes[start..])?;
    }
    Ok(bytes)
}

pub(crate) fn date(year: i16, month: u8, day: u8) -> Civil {
    Civil::from_date(year, month, day).expect("a date")
}

pub(crate) fn minute(date: Civil, hour: u8, minute: u8) -> Civil {
    let hour = date.with_hour(hour).expect("an hour");
    hour.with_minute(minute).expect("a minute")
}
