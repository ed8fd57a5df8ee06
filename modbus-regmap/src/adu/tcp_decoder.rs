//! TCP frames out of a stream of bytes.

use crate::adu::tcp::{HEADER, PREFIX};
use crate::adu::{Adu, Event, Header, Tcp};
use crate::{DecodeError, DecodeErrorKind, UnitId};

/// Cuts a TCP stream into frames, whatever pieces it arrives in.
///
/// A wrong protocol number or length means that the stream is lost: that is reported once, with
/// the position in the frame, and everything behind it is skipped until [`clear`](Self::clear).
/// A header without a protocol data unit, as some gateways send it, is a frame with an empty one.
///
/// A frame that lies whole in the input is lent from there and not copied; a byte is looked at once
/// and copied once at most.
///
/// ```
/// use modbus_regmap::adu::{Event, TcpDecoder};
///
/// let mut decoder = TcpDecoder::new();
/// let mut chunk: &[u8] = &[0, 1, 0, 0, 0, 3, 9, 0x83, 2, 0, 2];
/// let Some(Event::Frame(adu)) = decoder.decode(&mut chunk) else {
///     panic!("a frame is whole");
/// };
/// assert_eq!((adu.header.transaction, adu.pdu), (1, &[0x83, 2][..]));
/// assert_eq!(decoder.decode(&mut chunk), None);
/// assert_eq!(decoder.held(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct TcpDecoder {
    bytes: [u8; Tcp::MAX_LENGTH],
    length: usize,
    // The frame held was lent out; its bytes go with the next call.
    lent: bool,
    lost: bool,
    skipped: usize,
}

impl TcpDecoder {
    /// A decoder at the start of a stream.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bytes: [0; Tcp::MAX_LENGTH],
            length: 0,
            lent: false,
            lost: false,
            skipped: 0,
        }
    }

    /// Starts over, for a new connection, and returns how many bytes were held.
    pub const fn clear(&mut self) -> usize {
        let dropped = self.held().saturating_add(self.skipped);
        self.length = 0;
        self.lent = false;
        self.lost = false;
        self.skipped = 0;
        dropped
    }

    /// How many bytes are held: the start of a frame.
    #[must_use]
    pub const fn held(&self) -> usize {
        if self.lent { 0 } else { self.length }
    }

    /// Takes bytes from the front of `input` up to the next thing to report.
    ///
    /// To be called until it returns `None`: then the whole of `input` is taken. What is lent
    /// lasts until the next call.
    pub fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        if core::mem::take(&mut self.lent) {
            self.length = 0;
        }
        if self.lost {
            self.skipped = self.skipped.saturating_add(input.len());
            *input = &[];
            return None;
        }
        if self.length == 0 {
            match total(input) {
                Ok(Some(total)) => {
                    if let Some((frame, rest)) = input.split_at_checked(total) {
                        *input = rest;
                        return adu(frame).map(Event::Frame);
                    }
                }
                Ok(None) => {}
                Err(error) => return Some(self.lose(input, error)),
            }
        }
        loop {
            let known = total(self.bytes.get(..self.length).unwrap_or_default());
            let needed = match known {
                Ok(Some(total)) => total,
                Ok(None) => PREFIX,
                Err(error) => return Some(self.lose(input, error)),
            };
            if self.length >= needed && needed > PREFIX {
                self.lent = true;
                return adu(self.bytes.get(..needed)?).map(Event::Frame);
            }
            if input.is_empty() {
                return None;
            }
            self.hold(input, needed);
        }
    }

    /// Gives up what is held, for a connection that was closed: a frame that is not whole.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        let lost = self.lost;
        let dropped = self.clear();
        self.lost = lost;
        (dropped > 0).then_some(Event::Skipped(dropped))
    }

    fn lose(&mut self, input: &mut &[u8], error: DecodeError) -> Event<'static> {
        self.lost = true;
        self.skipped = self.length.saturating_add(input.len());
        self.length = 0;
        *input = &[];
        Event::Lost(error)
    }

    /// Takes from `input` what is missing up to `needed` bytes, or all there is.
    fn hold(&mut self, input: &mut &[u8], needed: usize) {
        let missing = needed.saturating_sub(self.length).min(input.len());
        let to = self.length.saturating_add(missing);
        if let (Some((taken, rest)), Some(place)) = (
            input.split_at_checked(missing),
            self.bytes.get_mut(self.length..to),
        ) {
            for (to, from) in place.iter_mut().zip(taken) {
                *to = *from;
            }
            self.length = to;
            *input = rest;
        }
    }
}

impl Default for TcpDecoder {
    fn default() -> Self {
        Self::new()
    }
}

/// The length of the frame that starts with `bytes`; `None` if there are too few to tell.
fn total(bytes: &[u8]) -> Result<Option<usize>, DecodeError> {
    // Each field is judged as soon as it is there, so that chunks make no difference.
    let error = |kind, offset| Err(DecodeError { kind, offset });
    match *bytes {
        [_, _, a, b, ..] if (a, b) != (0, 0) => {
            error(DecodeErrorKind::ProtocolId(u16::from_be_bytes([a, b])), 2)
        }
        [_, _, _, _, a, b, ..] => match u16::from_be_bytes([a, b]) {
            length @ 1..=254 => Ok(Some(usize::from(length).saturating_add(PREFIX))),
            length => error(DecodeErrorKind::LengthField(length), 4),
        },
        _ => Ok(None),
    }
}

/// The frame in bytes whose header was checked.
fn adu(bytes: &[u8]) -> Option<Adu<'_>> {
    let (header, pdu) = bytes.split_first_chunk::<HEADER>()?;
    let [high, low, _, _, _, _, unit] = *header;
    Some(Adu {
        header: Header {
            transaction: u16::from_be_bytes([high, low]),
            unit: UnitId(unit),
        },
        pdu,
    })
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq)]
    enum Owned {
        Frame(u16, u8, Vec<u8>),
        Skipped(usize),
        Lost(DecodeErrorKind),
    }

    fn decode(stream: &[u8], chunk: usize) -> Vec<Owned> {
        let owned = |event: Event<'_>| match event {
            Event::Frame(adu) => {
                Owned::Frame(adu.header.transaction, adu.header.unit.0, adu.pdu.to_vec())
            }
            Event::Skipped(count) => Owned::Skipped(count),
            Event::Lost(error) => Owned::Lost(error.kind),
        };
        let mut decoder = TcpDecoder::new();
        let mut events = Vec::new();
        for mut chunk in stream.chunks(chunk) {
            while let Some(event) = decoder.decode(&mut chunk) {
                events.push(owned(event));
            }
            assert!(chunk.is_empty());
        }
        events.extend(decoder.finish().map(owned));
        assert_eq!(decoder.held(), 0);
        events
    }

    #[test]
    fn a_header_alone_is_a_frame_without_content() {
        let stream = [0, 1, 0, 0, 0, 1, 9, 0, 2, 0, 0, 0, 3, 9, 0x83, 2];
        for chunk in [1, 6, 7, 100] {
            assert_eq!(
                decode(&stream, chunk),
                [
                    Owned::Frame(1, 9, Vec::new()),
                    Owned::Frame(2, 9, [0x83, 2].to_vec())
                ]
            );
        }
    }

    #[test]
    fn a_lost_stream_is_told_once() {
        let stream = [0, 1, 0, 0, 0, 255, 9, 1, 2, 3];
        for chunk in [1, 6, 100] {
            let events = decode(&stream, chunk);
            assert_eq!(
                events,
                [
                    Owned::Lost(DecodeErrorKind::LengthField(255)),
                    Owned::Skipped(10)
                ]
            );
        }
        assert_eq!(
            decode(&[0, 1, 0, 1], 3),
            [
                Owned::Lost(DecodeErrorKind::ProtocolId(1)),
                Owned::Skipped(4)
            ]
        );
    }

    proptest! {
        #[test]
        fn any_chunking_gives_the_same(
            frames in proptest::collection::vec(
                (any::<u16>(), any::<u8>(), proptest::collection::vec(any::<u8>(), 1..=253)), 0..6),
            tail in proptest::collection::vec(0..3_u8, 0..9),
            chunk in 1..300_usize,
        ) {
            let mut stream = Vec::new();
            let mut expected = Vec::new();
            for (transaction, unit, pdu) in frames {
                let mut out = [0; Tcp::MAX_LENGTH];
                let header = Header { transaction, unit: UnitId(unit) };
                let length = Tcp::encode_into(header, &pdu, &mut out).unwrap();
                stream.extend(&out[..length]);
                expected.push(Owned::Frame(transaction, unit, pdu));
            }
            prop_assert_eq!(decode(&stream, chunk), expected);
            stream.extend(tail);
            prop_assert_eq!(decode(&stream, chunk), decode(&stream, 1));
        }
    }
}
