//! The memory that brings the headers of compact frames back.

use meter_units::Medium;

use crate::app::ApplicationData;
use crate::link::{Manufacturer, SecondaryAddress};
use crate::record::layout::TextPlace;
use crate::wireless::compact::{Counted, Part, for_each_part, join};
use crate::wireless::crc;

/// The longest list of record headers that is kept.
const MAX_HEADERS: usize = 192;

/// The formats of full frames, by which compact frames are read (EN 13757-3, Annex G).
///
/// A meter that sends compact frames leaves out what its full frames say of each record: DIB and
/// VIB. A cache learns that from the full frames and format frames that it is shown, and keeps
/// `FORMATS` of them, for each make of meter; the one that was of no use for the longest time makes
/// room for the next. A compact frame is only read if its checksum over the whole full frame
/// comes out, so a cache never gives a wrong value.
///
/// The memory is the caller's, and constant: about 200 bytes for each format.
///
/// ```
/// use mbus_proto::wireless::{Buffer, FormatCache, Reader};
///
/// let full = [
///     0x10, 0x44, 0x2D, 0x2C, 0x78, 0x56, 0x34, 0x12, 0x1B, 0x16, // cold water meter
///     0x78, 0x04, 0x13, 0x08, 0x19, 0x00, 0x00, // volume
/// ];
/// let compact = [
///     0x12, 0x44, 0x2D, 0x2C, 0x78, 0x56, 0x34, 0x12, 0x1B, 0x16, 0x79, // the same meter
///     0x60, 0xBD, 0xF7, 0xF9, 0x09, 0x19, 0x00, 0x00, // signature, checksum, its data
/// ];
/// let mut cache = FormatCache::<8>::new();
/// let mut buffer = Buffer::new();
/// let reader = Reader::new();
/// reader.read_with(&full, &mut cache, &mut buffer)?;
/// let telegram = reader.read_with(&compact, &mut cache, &mut buffer)?;
/// let volume = telegram.readings().next().ok_or("no reading")??;
/// assert_eq!(format!("{} {}", volume.value, volume.unit), "6.409 m³");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FormatCache<const FORMATS: usize = 8> {
    formats: [Format; FORMATS],
    /// Counts what is learned and used.
    clock: u32,
}

#[derive(Clone, Copy, Debug)]
struct Format {
    make: Make,
    signature: u16,
    /// 0 where there is none.
    len: u8,
    used: u32,
    headers: [u8; MAX_HEADERS],
}

/// Meters that share their formats.
type Make = (Manufacturer, u8, Medium);

impl Format {
    const EMPTY: Self = Self {
        make: (Manufacturer::from_code(0), 0, Medium(0)),
        signature: 0,
        len: 0,
        used: 0,
        headers: [0; MAX_HEADERS],
    };

    fn headers(&self) -> &[u8] {
        self.headers.get(..usize::from(self.len)).unwrap_or(&[])
    }
}

impl<const FORMATS: usize> FormatCache<FORMATS> {
    /// A cache that knows no format.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            formats: [Format::EMPTY; FORMATS],
            clock: 0,
        }
    }

    /// How many formats it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.formats.iter().filter(|format| format.len > 0).count()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all formats.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// Learns the format of the records of a full frame, and returns its signature; `None` where
    /// they cannot be read to their end, or their headers are longer than what is kept.
    pub fn learn(&mut self, meter: SecondaryAddress, records: &[u8]) -> Option<u16> {
        let mut headers = [0; MAX_HEADERS];
        let mut writer = Counted::new(&mut headers);
        for_each_part(records, &mut |part| {
            if let Part::Header(bytes) = part {
                writer.put(bytes);
            }
        })?;
        let len = writer.fits()?;
        let signature = crc::crc(headers.get(..len)?);
        self.keep(meter, signature, headers, len)
    }

    /// Learns the format in a format frame, and returns its signature; `None` where its signature
    /// is not that of its headers, or these are longer than what is kept.
    pub fn learn_format(
        &mut self,
        meter: SecondaryAddress,
        frame: &ApplicationData<'_>,
    ) -> Option<u16> {
        let ApplicationData::Format {
            length,
            signature,
            headers,
            ..
        } = frame
        else {
            return None;
        };
        // Meters differ in what the length counts; fillers may follow.
        let length = usize::from(*length);
        let lengths = [headers.len(), length, length.saturating_sub(2)];
        let mut candidates = lengths.iter().filter_map(|len| headers.get(..*len));
        let sent = candidates.find(|headers| crc::crc(headers) == *signature)?;
        let mut kept = [0; MAX_HEADERS];
        let mut writer = Counted::new(&mut kept);
        writer.put(sent);
        let len = writer.fits()?;
        self.keep(meter, *signature, kept, len)
    }

    fn keep(
        &mut self,
        meter: SecondaryAddress,
        signature: u16,
        headers: [u8; MAX_HEADERS],
        len: usize,
    ) -> Option<u16> {
        let len = u8::try_from(len).ok().filter(|len| *len > 0)?;
        let used = self.tick();
        let new = Format {
            make: make(meter),
            signature,
            len,
            used,
            headers,
        };
        let is_new = |format: &Format| (format.make, format.headers()) != (new.make, new.headers());
        let place = match self.formats.iter_mut().find(|format| !is_new(format)) {
            Some(known) => known,
            None => self.formats.iter_mut().min_by_key(|format| {
                if format.len == 0 {
                    (0, 0)
                } else {
                    (1, format.used)
                }
            })?,
        };
        *place = new;
        Some(signature)
    }

    /// Writes the records of the full frame that a compact frame stands for to the front of `out`,
    /// and returns their length; `None` where no known format fits.
    pub fn expand(
        &mut self,
        meter: SecondaryAddress,
        frame: &ApplicationData<'_>,
        out: &mut [u8],
    ) -> Option<usize> {
        let &ApplicationData::Compact {
            signature,
            full_crc,
            data,
            ..
        } = frame
        else {
            return None;
        };
        let used = self.tick();
        let make = make(meter);
        for format in &mut self.formats {
            if format.len == 0 || format.signature != signature || format.make != make {
                continue;
            }
            for place in [TextPlace::AfterVif, TextPlace::AfterVife] {
                let Some(len) = join(format.headers(), data, place, out) else {
                    continue;
                };
                if out
                    .get(..len)
                    .is_some_and(|records| crc::crc(records) == full_crc)
                {
                    format.used = used;
                    return Some(len);
                }
            }
        }
        None
    }

    fn tick(&mut self) -> u32 {
        self.clock = self.clock.saturating_add(1);
        self.clock
    }
}

impl<const FORMATS: usize> Default for FormatCache<FORMATS> {
    fn default() -> Self {
        Self::new()
    }
}

const fn make(meter: SecondaryAddress) -> Make {
    (meter.manufacturer, meter.version, meter.medium)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::app::Header;
    use crate::record::Records;
    use crate::wireless::compact_frame;
    use crate::{EncodeError, Tolerance};

    const FULL: [u8; 23] = [
        0x02, 0xFF, 0x20, 0x71, 0x00, 0x04, 0x13, 0x08, 0x19, 0x00, 0x00, 0x44, 0x13, 0x08, 0x19,
        0x00, 0x00, 0x61, 0x5B, 0x7F, 0x61, 0x67, 0x13,
    ];

    fn meter(text: &str) -> SecondaryAddress {
        text.parse().unwrap()
    }

    fn compact(data: &[u8]) -> ApplicationData<'_> {
        ApplicationData::Compact {
            header: Header::None,
            signature: 0xA8ED,
            full_crc: 0xB66A,
            data,
        }
    }

    const DATA: [u8; 12] = [
        0x71, 0x00, 0x08, 0x19, 0x00, 0x00, 0x08, 0x19, 0x00, 0x00, 0x7F, 0x13,
    ];

    #[test]
    fn a_compact_frame_is_read_by_the_format_of_a_full_one() {
        let mut cache = FormatCache::<2>::new();
        let (kamstrup, other) = (meter("76348799.KAM.1B.16"), meter("76348799.KAM.1C.16"));
        let mut out = [0; 64];
        assert_eq!(cache.expand(kamstrup, &compact(&DATA), &mut out), None);
        assert_eq!(cache.learn(kamstrup, &FULL), Some(0xA8ED));
        assert_eq!(cache.expand(kamstrup, &compact(&DATA), &mut out), Some(23));
        assert_eq!(out[..23], FULL);
        assert_eq!(cache.expand(other, &compact(&DATA), &mut out), None);
        // The checksum over the full frame speaks against it.
        let mut wrong = DATA;
        wrong[2] ^= 1;
        assert_eq!(cache.expand(kamstrup, &compact(&wrong), &mut out), None);
        assert_eq!(
            cache.expand(kamstrup, &compact(&DATA[..11]), &mut out),
            None
        );
        assert_eq!(cache.expand(kamstrup, &compact(&DATA), &mut [0; 22]), None);
    }

    #[test]
    fn fillers_of_the_encryption_belong_to_no_format() {
        let mut cache = FormatCache::<1>::new();
        let filled = [&[0x2F, 0x2F], &FULL[..], &[0x2F; 7]].concat();
        assert_eq!(cache.learn(meter("1.KAM.1B.16"), &filled), Some(0xA8ED));
        let mut out = [0; 64];
        let data = [&DATA[..], &[0x2F; 4]].concat();
        let len = cache.expand(meter("2.KAM.1B.16"), &compact(&data), &mut out);
        assert_eq!(len, Some(23));
    }

    #[test]
    fn a_format_frame_teaches_as_well() {
        let mut cache = FormatCache::<1>::new();
        let headers = [
            0x02, 0xFF, 0x20, 0x04, 0x13, 0x44, 0x13, 0x61, 0x5B, 0x61, 0x67,
        ];
        for length in [11, 13, 0] {
            cache.clear();
            let frame = ApplicationData::Format {
                header: Header::None,
                length,
                signature: 0xA8ED,
                headers: &headers,
            };
            assert_eq!(
                cache.learn_format(meter("1.KAM.1B.16"), &frame),
                Some(0xA8ED)
            );
            let mut out = [0; 64];
            let len = cache.expand(meter("1.KAM.1B.16"), &compact(&DATA), &mut out);
            assert_eq!(len, Some(23));
        }
        let wrong = ApplicationData::Format {
            header: Header::None,
            length: 11,
            signature: 0xA8EE,
            headers: &headers,
        };
        assert_eq!(cache.learn_format(meter("1.KAM.1B.16"), &wrong), None);
    }

    #[test]
    fn records_that_are_read_in_the_classic_way_teach_nothing() {
        // F4h announces 32 bytes, or a float of 4 where that is all there is.
        let classic = [0x0D, 0x13, 0xF4, 0x00, 0x00, 0x20, 0x41];
        let mut cache = FormatCache::<1>::new();
        assert_eq!(cache.learn(meter("1.KAM.1B.16"), &classic), None);
        let mut data = [0; 16];
        let refused = compact_frame(Header::None, &classic, &mut data);
        assert_eq!(refused, Err(EncodeError::Value));
    }

    #[test]
    fn the_format_that_was_not_used_longest_makes_room() {
        let mut cache = FormatCache::<2>::new();
        let water = meter("1.KAM.1B.16");
        let mut out = [0; 64];
        cache.learn(water, &FULL).unwrap();
        cache.learn(water, &[0x01, 0x13, 0x05]).unwrap();
        cache.learn(water, &FULL).unwrap();
        assert_eq!(cache.len(), 2);
        cache.learn(water, &[0x02, 0x13, 0x05, 0x00]).unwrap();
        assert_eq!(cache.len(), 2);
        assert!(cache.expand(water, &compact(&DATA), &mut out).is_some());
    }

    proptest! {
        #[test]
        fn what_is_left_out_comes_back(records in prop::collection::vec(any::<u8>(), 0..120)) {
            let mut data = [0; 160];
            if let Ok(frame) = compact_frame(Header::None, &records, &mut data) {
                let mut cache = FormatCache::<1>::new();
                let water = meter("1.KAM.1B.16");
                if let Some(signature) = cache.learn(water, &records) {
                    let ApplicationData::Compact { signature: of_frame, .. } = frame else {
                        panic!();
                    };
                    prop_assert_eq!(signature, of_frame);
                    let mut out = [0; 160];
                    let len = cache.expand(water, &frame, &mut out);
                    let trimmed = trimmed(&records);
                    prop_assert_eq!(len.map(|len| &out[..len]), Some(trimmed));
                }
            }
        }
    }

    /// Without the fillers before the first record and after the last.
    fn trimmed(records: &[u8]) -> &[u8] {
        let items = Records::new(records).with_tolerance(Tolerance::STRICT);
        let items: Option<Vec<_>> = items.map(Result::ok).collect();
        let items = items.unwrap();
        match (items.first(), items.last()) {
            (Some(first), Some(last)) => {
                &records[first.offset()..last.offset() + last.as_bytes().len()]
            }
            _ => &[],
        }
    }
}
