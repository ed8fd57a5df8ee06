//! File records: the groups of registers that functions 20 and 21 read and write.

use core::fmt;

use crate::parse::{Reader, saturated};
use crate::pdu::Registers;
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError};

/// The reference type that every group carries.
const REFERENCE: u8 = 6;
const MAX_RECORD: u16 = 9999;
const READ_LENGTH: usize = 7;
/// The limits of the byte count: of a request to read, of its answer, of a request to write.
const MAX_READ: u16 = 0xF5;
const MAX_DATA: u16 = 0xF5;
const MAX_WRITE: u16 = 0xFB;

/// Registers of a file to read (Modbus Application Protocol 1.1b3, 6.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileRead {
    /// The file, from 1 on.
    pub file: u16,
    /// The first register, 0 to 9999.
    pub record: u16,
    /// How many registers.
    pub length: u16,
}

/// What a request reads from files, one to 35 groups.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileReads<'a> {
    bytes: &'a [u8],
}

impl<'a> FileReads<'a> {
    /// Writes `groups` to the front of `buffer` and lends them from there.
    ///
    /// # Errors
    ///
    /// If a number is outside its limits, or if the buffer is shorter than seven bytes a group.
    pub fn copy_from(groups: &[FileRead], buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        let length = groups.len().saturating_mul(READ_LENGTH);
        check_bytes(length, 7, MAX_READ)?;
        for group in groups {
            check_place(group.file, group.record)?;
            check_count(usize::from(group.length))?;
        }
        Writer::fill(buffer, length, |writer| {
            for group in groups {
                writer.u8(REFERENCE);
                writer.u16(group.file);
                writer.u16(group.record);
                writer.u16(group.length);
            }
        })?;
        Ok(Self {
            bytes: buffer.get(..length).unwrap_or_default(),
        })
    }

    pub(super) fn parse(input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let mut part = counted(input, 7, MAX_READ)?;
        let bytes = part.as_bytes();
        if bytes.len() % READ_LENGTH != 0 {
            return Err(part.error_before(
                1,
                DecodeErrorKind::UnevenByteCount {
                    found: saturated(bytes.len()),
                    unit: 7,
                },
            ));
        }
        while part.remaining() > 0 {
            file_read(&mut part)?;
        }
        Ok(Self { bytes })
    }

    /// The groups one by one.
    #[must_use]
    pub const fn iter(&self) -> FileReadIter<'a> {
        FileReadIter {
            rest: Reader::new(self.bytes),
        }
    }

    /// The bytes of the wire, without the byte count.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for FileReads<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The groups of [`FileReads`].
#[derive(Clone, Debug)]
pub struct FileReadIter<'a> {
    rest: Reader<'a>,
}

impl Iterator for FileReadIter<'_> {
    type Item = FileRead;

    fn next(&mut self) -> Option<FileRead> {
        file_read(&mut self.rest).ok()
    }
}

/// The registers of files as they were read, one group for each that was asked for (Modbus
/// Application Protocol 1.1b3, 6.14).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileData<'a> {
    bytes: &'a [u8],
}

impl<'a> FileData<'a> {
    /// Writes `groups` to the front of `buffer` and lends them from there.
    ///
    /// # Errors
    ///
    /// If there is nothing or too much for one answer, or if the buffer is too short.
    pub fn copy_from(groups: &[Registers<'_>], buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        let length = groups.iter().fold(0_usize, |length, group| {
            length.saturating_add(group.as_bytes().len().saturating_add(2))
        });
        check_bytes(length, 4, MAX_DATA)?;
        for group in groups {
            check_count(group.len())?;
        }
        Writer::fill(buffer, length, |writer| {
            for group in groups {
                let length = u8::try_from(group.as_bytes().len()).unwrap_or_default();
                writer.u8(length.saturating_add(1));
                writer.u8(REFERENCE);
                writer.bytes(group.as_bytes());
            }
        })?;
        Ok(Self {
            bytes: buffer.get(..length).unwrap_or_default(),
        })
    }

    pub(super) fn parse(input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let mut part = counted(input, 4, MAX_DATA)?;
        let bytes = part.as_bytes();
        while part.remaining() > 0 {
            file_data(&mut part)?;
        }
        Ok(Self { bytes })
    }

    /// The groups one by one.
    #[must_use]
    pub const fn iter(&self) -> FileDataIter<'a> {
        FileDataIter {
            rest: Reader::new(self.bytes),
        }
    }

    /// The bytes of the wire, without the byte count.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for FileData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The groups of [`FileData`].
#[derive(Clone, Debug)]
pub struct FileDataIter<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for FileDataIter<'a> {
    type Item = Registers<'a>;

    fn next(&mut self) -> Option<Registers<'a>> {
        file_data(&mut self.rest).ok()
    }
}

/// Registers to write to a file (Modbus Application Protocol 1.1b3, 6.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileWrite<'a> {
    /// The file, from 1 on.
    pub file: u16,
    /// The first register, 0 to 9999.
    pub record: u16,
    /// What to write.
    pub values: Registers<'a>,
}

/// What a request writes to files, and the answer that repeats it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileWrites<'a> {
    bytes: &'a [u8],
}

impl<'a> FileWrites<'a> {
    /// Writes `groups` to the front of `buffer` and lends them from there.
    ///
    /// # Errors
    ///
    /// If a number is outside its limits, or if the buffer is too short.
    pub fn copy_from(groups: &[FileWrite<'_>], buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        let length = groups.iter().fold(0_usize, |length, group| {
            length.saturating_add(group.values.as_bytes().len().saturating_add(READ_LENGTH))
        });
        check_bytes(length, 9, MAX_WRITE)?;
        for group in groups {
            check_place(group.file, group.record)?;
            check_count(group.values.len())?;
        }
        Writer::fill(buffer, length, |writer| {
            for group in groups {
                writer.u8(REFERENCE);
                writer.u16(group.file);
                writer.u16(group.record);
                writer.u16(saturated(group.values.len()));
                writer.bytes(group.values.as_bytes());
            }
        })?;
        Ok(Self {
            bytes: buffer.get(..length).unwrap_or_default(),
        })
    }

    pub(super) fn parse(input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let mut part = counted(input, 9, MAX_WRITE)?;
        let bytes = part.as_bytes();
        while part.remaining() > 0 {
            file_write(&mut part)?;
        }
        Ok(Self { bytes })
    }

    /// The groups one by one.
    #[must_use]
    pub const fn iter(&self) -> FileWriteIter<'a> {
        FileWriteIter {
            rest: Reader::new(self.bytes),
        }
    }

    /// The bytes of the wire, without the byte count.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for FileWrites<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The groups of [`FileWrites`].
#[derive(Clone, Debug)]
pub struct FileWriteIter<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for FileWriteIter<'a> {
    type Item = FileWrite<'a>;

    fn next(&mut self) -> Option<FileWrite<'a>> {
        file_write(&mut self.rest).ok()
    }
}

/// The bytes that a byte count announces.
fn counted<'a>(input: &mut Reader<'a>, min: u16, max: u16) -> Result<Reader<'a>, DecodeError> {
    let found = u16::from(input.u8()?);
    if !(min..=max).contains(&found) {
        return Err(input.error_before(1, DecodeErrorKind::Count { found, min, max }));
    }
    input.part(usize::from(found))
}

fn file_read(input: &mut Reader<'_>) -> Result<FileRead, DecodeError> {
    let (file, record) = place(input)?;
    let length = input.u16()?;
    if length == 0 {
        return Err(no_registers(input, 2));
    }
    Ok(FileRead {
        file,
        record,
        length,
    })
}

fn file_data<'a>(input: &mut Reader<'a>) -> Result<Registers<'a>, DecodeError> {
    let length = input.u8()?;
    let Some(length) = length.checked_sub(1).filter(|length| *length > 0) else {
        return Err(no_registers(input, 1));
    };
    reference(input)?;
    let bytes = input.bytes(usize::from(length))?;
    Registers::from_bytes(bytes).ok_or_else(|| {
        input.error_before(
            bytes.len().saturating_add(2),
            DecodeErrorKind::UnevenByteCount {
                found: u16::from(length),
                unit: 2,
            },
        )
    })
}

fn file_write<'a>(input: &mut Reader<'a>) -> Result<FileWrite<'a>, DecodeError> {
    let (file, record) = place(input)?;
    let length = input.u16()?;
    if length == 0 {
        return Err(no_registers(input, 2));
    }
    let bytes = input.bytes(usize::from(length).saturating_mul(2))?;
    Ok(FileWrite {
        file,
        record,
        // Twice a number is even.
        values: Registers::from_bytes(bytes).unwrap_or_default(),
    })
}

fn place(input: &mut Reader<'_>) -> Result<(u16, u16), DecodeError> {
    reference(input)?;
    let file = input.u16()?;
    if file == 0 {
        return Err(input.error_before(2, DecodeErrorKind::FileNumber));
    }
    let record = input.u16()?;
    if record > MAX_RECORD {
        return Err(input.error_before(2, DecodeErrorKind::RecordNumber(record)));
    }
    Ok((file, record))
}

fn reference(input: &mut Reader<'_>) -> Result<(), DecodeError> {
    match input.u8()? {
        REFERENCE => Ok(()),
        other => Err(input.error_before(1, DecodeErrorKind::ReferenceType(other))),
    }
}

fn no_registers(input: &Reader<'_>, back: usize) -> DecodeError {
    let (found, min, max) = (0, 1, MAX_WRITE / 2);
    input.error_before(back, DecodeErrorKind::Count { found, min, max })
}

fn check_bytes(found: usize, min: u16, max: u16) -> Result<(), EncodeError> {
    if (usize::from(min)..=usize::from(max)).contains(&found) {
        Ok(())
    } else {
        Err(EncodeError::Count { found, min, max })
    }
}

fn check_count(found: usize) -> Result<(), EncodeError> {
    let (min, max) = (1, MAX_WRITE / 2);
    if found == 0 {
        return Err(EncodeError::Count { found, min, max });
    }
    Ok(())
}

const fn check_place(file: u16, record: u16) -> Result<(), EncodeError> {
    if file == 0 {
        return Err(EncodeError::FileNumber);
    }
    if record > MAX_RECORD {
        return Err(EncodeError::RecordNumber(record));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: [FileRead; 2] = [
        FileRead {
            file: 4,
            record: 1,
            length: 2,
        },
        FileRead {
            file: 3,
            record: 9,
            length: 2,
        },
    ];

    #[test]
    fn groups_are_written_as_in_the_standard() {
        let mut buffer = [0; 14];
        let reads = FileReads::copy_from(&GROUPS, &mut buffer).unwrap();
        assert_eq!(reads.as_bytes(), [6, 0, 4, 0, 1, 0, 2, 6, 0, 3, 0, 9, 0, 2]);
        assert!(reads.iter().eq(GROUPS));
    }

    #[test]
    fn a_group_that_no_request_can_carry_is_refused() {
        let mut buffer = [0; 300];
        let one = |file, record, length| FileRead {
            file,
            record,
            length,
        };
        assert_eq!(
            FileReads::copy_from(&[one(0, 0, 1)], &mut buffer),
            Err(EncodeError::FileNumber)
        );
        assert_eq!(
            FileReads::copy_from(&[one(1, 10_000, 1)], &mut buffer),
            Err(EncodeError::RecordNumber(10_000))
        );
        assert!(FileReads::copy_from(&[one(1, 0, 0)], &mut buffer).is_err());
        assert!(FileReads::copy_from(&[one(1, 0, 1); 36], &mut buffer).is_err());
        assert!(FileReads::copy_from(&[one(1, 0, 1); 35], &mut buffer).is_ok());
        assert!(FileReads::copy_from(&[], &mut buffer).is_err());
    }

    #[test]
    fn the_length_of_an_answered_group_counts_its_reference_type() {
        let bytes = [0x0C, 5, 6, 0x0D, 0xFE, 0, 0x20, 5, 6, 0x33, 0xCD, 0, 0x40];
        let data = FileData::parse(&mut Reader::new(&bytes)).unwrap();
        let mut groups = data.iter();
        assert!(groups.next().unwrap().iter().eq([0x0DFE, 0x20]));
        assert!(groups.next().unwrap().iter().eq([0x33CD, 0x40]));
        assert_eq!(groups.next(), None);
    }

    #[test]
    fn an_error_points_at_the_field() {
        let error = |bytes: &[u8]| FileWrites::parse(&mut Reader::new(bytes)).unwrap_err();
        assert_eq!(
            error(&[9, 7, 0, 1, 0, 0, 0, 1, 0, 0]),
            DecodeError {
                kind: DecodeErrorKind::ReferenceType(7),
                offset: 1
            }
        );
        assert_eq!(
            error(&[9, 6, 0, 1, 0, 0, 0, 2, 0, 0]),
            DecodeError {
                kind: DecodeErrorKind::Truncated { needed: 2 },
                offset: 8
            }
        );
    }
}
