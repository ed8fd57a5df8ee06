//! What the sessions need of a framing.

use core::fmt::Debug;

use crate::EncodeError;
use crate::adu::{
    Ascii, AsciiDecoder, AsciiDeviations, Direction, Event, Header, Rtu, RtuDecoder, Tcp,
    TcpDecoder, UnitSet,
};

/// A way to put protocol data units on the wire: [`Rtu`], [`Tcp`] or [`Ascii`].
pub trait Framing {
    /// Whether the wire is a serial line: frames carry no transaction number, unit 0 is a
    /// broadcast, and one request is open at a time.
    const IS_SERIAL: bool;
    /// Room for one frame.
    type Frame: Buffer;
    /// Cuts streams.
    type Decoder: Decoder;

    /// A decoder for the stream of one direction.
    fn decoder(direction: Direction) -> Self::Decoder;

    /// The length of the frame around a protocol data unit of `pdu` bytes.
    fn encoded_len(pdu: usize) -> usize;

    /// Writes a frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// If `pdu` is empty or longer than 253 bytes, or if `out` is too short.
    fn encode_into(header: Header, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError>;
}

/// An array that holds the longest frame of a framing.
pub trait Buffer: AsRef<[u8]> + AsMut<[u8]> + Clone + Debug {
    /// Zeros.
    const EMPTY: Self;
}

impl<const N: usize> Buffer for [u8; N] {
    const EMPTY: Self = [0; N];
}

/// Cuts a stream of bytes into frames.
pub trait Decoder: Clone + Debug {
    /// Takes bytes from the front of `input` up to the next thing to report; until `None` is
    /// returned, there may be more.
    fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>>;

    /// Judges what is held as if nothing could follow; until `None` is returned, there may be
    /// more.
    fn finish(&mut self) -> Option<Event<'_>>;

    /// Forgets everything held and returns how many bytes that were.
    fn clear(&mut self) -> usize;

    /// How many bytes are held.
    fn held(&self) -> usize;

    /// Says which units get requests only, where both directions are expected. Only RTU frames
    /// have to be told apart.
    fn set_own(&mut self, units: UnitSet) {
        let _ = units;
    }
}

impl Framing for Rtu {
    const IS_SERIAL: bool = true;
    type Frame = [u8; Self::MAX_LENGTH];
    type Decoder = RtuDecoder;

    fn decoder(direction: Direction) -> RtuDecoder {
        RtuDecoder::new(direction)
    }

    fn encoded_len(pdu: usize) -> usize {
        pdu.saturating_add(3)
    }

    fn encode_into(header: Header, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError> {
        Self::encode_into(header.unit, pdu, out)
    }
}

impl Framing for Tcp {
    const IS_SERIAL: bool = false;
    type Frame = [u8; Self::MAX_LENGTH];
    type Decoder = TcpDecoder;

    fn decoder(_direction: Direction) -> TcpDecoder {
        TcpDecoder::new()
    }

    fn encoded_len(pdu: usize) -> usize {
        pdu.saturating_add(7)
    }

    fn encode_into(header: Header, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError> {
        Self::encode_into(header, pdu, out)
    }
}

impl Framing for Ascii {
    const IS_SERIAL: bool = true;
    type Frame = [u8; Self::MAX_LENGTH];
    type Decoder = AsciiDecoder;

    /// Lenient: none of the deviations makes a correct frame read differently.
    fn decoder(_direction: Direction) -> AsciiDecoder {
        AsciiDecoder::new(AsciiDeviations::all())
    }

    fn encoded_len(pdu: usize) -> usize {
        pdu.saturating_mul(2).saturating_add(7)
    }

    fn encode_into(header: Header, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError> {
        Self::encode_into(header.unit, pdu, out)
    }
}

impl Decoder for RtuDecoder {
    fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        self.decode(input)
    }

    fn finish(&mut self) -> Option<Event<'_>> {
        self.finish()
    }

    fn clear(&mut self) -> usize {
        self.clear()
    }

    fn held(&self) -> usize {
        self.held()
    }

    fn set_own(&mut self, units: UnitSet) {
        self.set_own(units);
    }
}

impl Decoder for TcpDecoder {
    fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        self.decode(input)
    }

    fn finish(&mut self) -> Option<Event<'_>> {
        self.finish()
    }

    fn clear(&mut self) -> usize {
        self.clear()
    }

    fn held(&self) -> usize {
        self.held()
    }
}

impl Decoder for AsciiDecoder {
    fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        self.decode(input)
    }

    fn finish(&mut self) -> Option<Event<'_>> {
        self.finish()
    }

    fn clear(&mut self) -> usize {
        self.clear()
    }

    fn held(&self) -> usize {
        self.held()
    }
}
