//! Compact frames: records without their headers.

use crate::app::{ApplicationData, Header};
use crate::record::layout::{self, TextPlace};
use crate::record::{RecordKind, Records};
use crate::wireless::crc;
use crate::write::{SliceWriter, Write};
use crate::{EncodeError, Tolerance};

const FILLER: u8 = 0x2F;
/// DIF of a manufacturer's data, which go to the end.
const TO_THE_END: [u8; 2] = [0x0F, 0x1F];

/// The compact frame of these records, whose data is written to the front of `out`.
///
/// ```
/// use mbus_proto::app::{ApplicationData, Header};
/// use mbus_proto::wireless::compact_frame;
///
/// let records = [
///     0x02, 0xFF, 0x20, 0x71, 0x00, 0x04, 0x13, 0x08, 0x19, 0x00, 0x00, 0x44, 0x13, 0x08, 0x19,
///     0x00, 0x00, 0x61, 0x5B, 0x7F, 0x61, 0x67, 0x13,
/// ];
/// let mut data = [0; 32];
/// let frame = compact_frame(Header::None, &records, &mut data)?;
/// let ApplicationData::Compact { signature, full_crc, data, .. } = frame else {
///     return Err("no compact frame".into());
/// };
/// assert_eq!((signature, full_crc), (0xA8ED, 0xB66A));
/// assert_eq!(data, [0x71, 0x00, 0x08, 0x19, 0x00, 0x00, 0x08, 0x19, 0x00, 0x00, 0x7F, 0x13]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`EncodeError::Value`] if the records cannot be read to their end; [`EncodeError::Buffer`] if
/// `out` is too short.
pub fn compact_frame<'o>(
    header: Header,
    records: &[u8],
    out: &'o mut [u8],
) -> Result<ApplicationData<'o>, EncodeError> {
    let mut signature = crc::Digest::new();
    let mut full_crc = crc::Digest::new();
    let mut writer = Counted::new(out);
    for_each_part(records, &mut |part| match part {
        Part::Header(bytes) => {
            signature.update(bytes);
            full_crc.update(bytes);
        }
        Part::Data(bytes) => {
            full_crc.update(bytes);
            writer.put(bytes);
        }
    })
    .ok_or(EncodeError::Value)?;
    let needed = writer.len;
    let len = writer.fits().ok_or(EncodeError::Buffer { needed })?;
    Ok(ApplicationData::Compact {
        header,
        signature: signature.finalize(),
        full_crc: full_crc.finalize(),
        data: out.get(..len).unwrap_or(&[]),
    })
}

pub(super) enum Part<'a> {
    /// DIB and VIB, or a filler between records.
    Header(&'a [u8]),
    /// LVAR and data.
    Data(&'a [u8]),
}

/// Hands over the parts of all records in turn, without the fillers before the first and after the
/// last, which belong to the encryption; `None` where the records have an error.
pub(super) fn for_each_part(bytes: &[u8], hand_over: &mut dyn FnMut(Part<'_>)) -> Option<()> {
    let mut end = None;
    for record in Records::new(bytes).with_tolerance(Tolerance::STRICT) {
        let record = record.ok()?;
        if let Some(end) = end {
            let fillers = bytes.get(end..record.offset())?;
            hand_over(Part::Header(fillers));
        }
        end = Some(record.offset().saturating_add(record.as_bytes().len()));
        if record.kind() == RecordKind::GlobalReadout {
            return None;
        }
        let (header, data) = record.as_bytes().split_at_checked(record.header().len())?;
        hand_over(Part::Header(header));
        hand_over(Part::Data(data));
    }
    Some(())
}

/// Writes headers and data in turn to the front of `out`.
pub(super) fn join(headers: &[u8], data: &[u8], place: TextPlace, out: &mut [u8]) -> Option<usize> {
    let mut writer = Counted::new(out);
    let (mut headers, mut data) = (headers, data);
    while let Some(&dif) = headers.first() {
        let (header_len, data_len) = if dif == FILLER {
            (1, 0)
        } else if TO_THE_END.contains(&dif) {
            (1, data.len())
        } else {
            let header_len = layout::header_len(headers, place)?;
            (header_len, layout::data_len(dif, data)?)
        };
        let (header, other_headers) = headers.split_at_checked(header_len)?;
        let (value, other_data) = data.split_at_checked(data_len)?;
        writer.put(header);
        writer.put(value);
        (headers, data) = (other_headers, other_data);
    }
    let only_fillers = data.iter().all(|byte| *byte == FILLER);
    writer.fits().filter(|_| only_fillers)
}

/// A writer that knows whether everything had room.
pub(super) struct Counted<'o> {
    writer: SliceWriter<'o>,
    room: usize,
    len: usize,
}

impl<'o> Counted<'o> {
    pub(super) fn new(out: &'o mut [u8]) -> Self {
        Self {
            room: out.len(),
            writer: SliceWriter::new(out),
            len: 0,
        }
    }

    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.writer.put(bytes);
        self.len = self.len.saturating_add(bytes.len());
    }

    pub(super) fn fits(&self) -> Option<usize> {
        (self.len <= self.room).then_some(self.len)
    }
}
