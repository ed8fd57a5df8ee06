//! Device identification: the named texts that function 43/14 reads.

use core::fmt;

use meter_units::__code_table as code_table;

use crate::parse::{Reader, saturated};
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError};

/// What is left for objects beside the seven bytes before them.
const MAX_OBJECTS: usize = 246;

/// Which objects a request asks for (Modbus Application Protocol 1.1b3, 6.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentificationCode {
    /// `01`: vendor, product code and revision.
    Basic,
    /// `02`: the named objects, 0 to 6.
    Regular,
    /// `03`: the named objects and those of the vendor, from 80h on.
    Extended,
    /// `04`: one object.
    One,
}

impl IdentificationCode {
    /// The meaning of a code; `None` if the standard has none.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Basic),
            2 => Some(Self::Regular),
            3 => Some(Self::Extended),
            4 => Some(Self::One),
            _ => None,
        }
    }

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Basic => 1,
            Self::Regular => 2,
            Self::Extended => 3,
            Self::One => 4,
        }
    }

    /// The last object that belongs to the answer.
    #[must_use]
    pub const fn last_object(self) -> ObjectId {
        match self {
            Self::Basic => ObjectId::MajorMinorRevision,
            Self::Regular => ObjectId::UserApplicationName,
            Self::Extended | Self::One => ObjectId::Other(0xFF),
        }
    }
}

code_table! {
    /// A text about a device (Modbus Application Protocol 1.1b3, 6.21).
    ///
    /// From 80h on the vendor decides.
    pub enum ObjectId: u8 {
        0x00 => VendorName, "vendor name";
        0x01 => ProductCode, "product code";
        0x02 => MajorMinorRevision, "revision";
        0x03 => VendorUrl, "vendor URL";
        0x04 => ProductName, "product name";
        0x05 => ModelName, "model name";
        0x06 => UserApplicationName, "user application name";
    }
}

/// How much of its identification a device gives (Modbus Application Protocol 1.1b3, 6.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Conformity(pub u8);

impl Conformity {
    /// The richest stream of objects: 1 basic, 2 regular, 3 extended.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.0 & 0x7F
    }

    /// Whether a single object can be asked for.
    #[must_use]
    pub const fn has_single_access(self) -> bool {
        self.0 & 0x80 != 0
    }
}

/// One text of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Object<'a> {
    /// Which one.
    pub id: ObjectId,
    /// The text, ASCII in objects 0 to 6.
    pub value: &'a [u8],
}

/// An answer to a request for identification (Modbus Application Protocol 1.1b3, 6.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeviceIdentification<'a> {
    /// What was asked for.
    pub code: IdentificationCode,
    /// How much the device has.
    pub conformity: Conformity,
    /// The object to ask for next; `None` if this answer is the last.
    pub next: Option<ObjectId>,
    /// The objects.
    pub objects: Objects<'a>,
}

impl<'a> DeviceIdentification<'a> {
    pub(super) fn parse(input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let code = identification_code(input)?;
        let conformity = Conformity(input.u8()?);
        let more = input.u8()?;
        if !matches!(more, 0x00 | 0xFF) {
            return Err(input.error_before(1, DecodeErrorKind::MoreFollows(more)));
        }
        let next = ObjectId::from_code(input.u8()?);
        let count = input.u8()?;
        let all = input.as_bytes();
        for _ in 0..count {
            object(input)?;
        }
        let length = all.len().saturating_sub(input.remaining());
        Ok(Self {
            code,
            conformity,
            next: (more == 0xFF).then_some(next),
            objects: Objects {
                bytes: all.get(..length).unwrap_or_default(),
            },
        })
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        writer.u8(self.code.code());
        writer.u8(self.conformity.0);
        match self.next {
            Some(next) => {
                writer.u8(0xFF);
                writer.u8(next.code());
            }
            None => {
                writer.u8(0x00);
                writer.u8(0x00);
            }
        }
        let count = self.objects.iter().fold(0_u8, |n, _| n.saturating_add(1));
        writer.u8(count);
        writer.bytes(self.objects.bytes);
    }
}

pub(super) fn identification_code(
    input: &mut Reader<'_>,
) -> Result<IdentificationCode, DecodeError> {
    let code = input.u8()?;
    IdentificationCode::from_code(code)
        .ok_or_else(|| input.error_before(1, DecodeErrorKind::IdentificationCode(code)))
}

/// The objects of one answer.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Objects<'a> {
    bytes: &'a [u8],
}

impl<'a> Objects<'a> {
    /// Writes `objects` to the front of `buffer` and lends them from there.
    ///
    /// # Errors
    ///
    /// If they do not fit into one answer or into the buffer: with their two bytes before each
    /// text they may take 246.
    pub fn copy_from(objects: &[Object<'_>], buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        let length = objects.iter().fold(0_usize, |length, object| {
            length.saturating_add(object.value.len().saturating_add(2))
        });
        if length > MAX_OBJECTS {
            return Err(EncodeError::Count {
                found: length,
                min: 0,
                max: saturated(MAX_OBJECTS),
            });
        }
        Writer::fill(buffer, length, |writer| {
            for object in objects {
                writer.u8(object.id.code());
                writer.u8(u8::try_from(object.value.len()).unwrap_or_default());
                writer.bytes(object.value);
            }
        })?;
        Ok(Self {
            bytes: buffer.get(..length).unwrap_or_default(),
        })
    }

    /// The objects one by one.
    #[must_use]
    pub const fn iter(&self) -> ObjectIter<'a> {
        ObjectIter {
            rest: Reader::new(self.bytes),
        }
    }

    /// The text of one object.
    #[must_use]
    pub fn get(&self, id: ObjectId) -> Option<&'a [u8]> {
        self.iter()
            .find(|object| object.id == id)
            .map(|object| object.value)
    }

    /// The bytes of the wire, without the number of objects.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for Objects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The objects of [`Objects`].
#[derive(Clone, Debug)]
pub struct ObjectIter<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for ObjectIter<'a> {
    type Item = Object<'a>;

    fn next(&mut self) -> Option<Object<'a>> {
        object(&mut self.rest).ok()
    }
}

fn object<'a>(input: &mut Reader<'a>) -> Result<Object<'a>, DecodeError> {
    let id = ObjectId::from_code(input.u8()?);
    let length = input.u8()?;
    let value = input.bytes(usize::from(length))?;
    Ok(Object { id, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(ObjectId::from_code(code).code(), code);
            if let Some(known) = IdentificationCode::from_code(code) {
                assert_eq!(known.code(), code);
            }
        }
    }

    #[test]
    fn objects_are_found_by_their_number() {
        let objects = [
            Object {
                id: ObjectId::VendorName,
                value: b"Example",
            },
            Object {
                id: ObjectId::Other(0x80),
                value: b"",
            },
        ];
        let mut buffer = [0; 11];
        let written = Objects::copy_from(&objects, &mut buffer).unwrap();
        assert!(written.iter().eq(objects));
        assert_eq!(written.get(ObjectId::VendorName), Some(&b"Example"[..]));
        assert_eq!(written.get(ObjectId::ProductCode), None);
    }

    #[test]
    fn what_one_answer_cannot_carry_is_refused() {
        let object = Object {
            id: ObjectId::VendorUrl,
            value: &[b'x'; 245],
        };
        assert!(Objects::copy_from(&[object], &mut [0; 300]).is_err());
    }

    #[test]
    fn a_conformity_with_the_top_bit_answers_for_one_object() {
        assert_eq!(Conformity(0x82).level(), 2);
        assert!(Conformity(0x82).has_single_access());
        assert!(!Conformity(0x02).has_single_access());
    }
}
