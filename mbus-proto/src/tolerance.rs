//! The named deviations of real meters.

bitflags::bitflags! {
    /// Deviations from the standard: those that a parser may bridge, or those that it met.
    ///
    /// [`Tolerance::STRICT`] bridges nothing. [`Tolerance::default`] bridges what cannot make a
    /// correct telegram read differently. [`Tolerance::LENIENT`] adds what can, but has been seen
    /// on real buses.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Tolerance: u16 {
        /// A wrong checksum is passed over; by radio, a wrong CRC.
        const CHECKSUM = 1 << 0;
        /// Wrong length bytes are passed over: the frame ends where its checksum and stop byte
        /// fit, or at the end of the input. By radio, that goes for frames without CRCs.
        const LENGTH = 1 << 1;
        /// A wrong or missing stop byte is passed over.
        const STOP = 1 << 2;
        /// Bytes before and after the frame are passed over (echo, noise, idle fill).
        const NOISE = 1 << 3;
        /// BCD with the digits Ah to Eh: each digit counts 10 to 14 at its place.
        const BCD_HEX = 1 << 4;
        /// A configuration field that names a reserved security mode is junk of the time when the
        /// field was called signature, and the data is plain.
        const RESERVED_MODE = 1 << 5;
        /// A configuration field that names an encryption is wrong: the data is plain.
        const IGNORE_SECURITY = 1 << 6;
        /// LVAR codes of the older documentation: CAh-CFh and DAh-DFh are BCD, F7h-FAh are
        /// floats, F0h-F6h are floats where the longer reading of today overruns the telegram.
        const CLASSIC_LVAR = 1 << 7;
        /// F0h-F6h are always read as the floats of the older documentation.
        const CLASSIC_LVAR_FLOAT = 1 << 8;
        /// VIF codes that were withdrawn in 2004: US gallons and degrees Fahrenheit.
        const WITHDRAWN_VIF = 1 << 9;
        /// The radio level (FDh 71h) is an unsigned number x that stands for 2x - 130 dBm.
        const RF_LEVEL_OFFSET = 1 << 10;
        /// More than ten DIFE or VIFE.
        const LONG_CHAIN = 1 << 11;
        /// A fixed data structure under another length: missing bytes count as absent.
        const FIXED_LENGTH = 1 << 12;
        /// A configuration field that names no encryption is wrong: with a key, data that it
        /// decrypts to plain text as in security mode 5 is decrypted.
        const FORCE_DECRYPTION = 1 << 13;
        /// A message is read although its security mode demands an authentication code and there
        /// is none that could be checked, or although its authentication code is wrong.
        const UNAUTHENTICATED = 1 << 14;
        /// A header of 12 bytes names another address than the meter encrypts with: data is
        /// decrypted with the address of the link.
        const LINK_ADDRESS = 1 << 15;
    }
}

impl Tolerance {
    /// Nothing is bridged.
    pub const STRICT: Self = Self::empty();

    /// Bridges what cannot make a correct telegram read differently.
    pub const DEFAULT: Self = Self::RESERVED_MODE.union(Self::CLASSIC_LVAR);

    /// Everything is bridged that leaves a reading at all; the options that contradict the
    /// standard's own reading of well-formed data stay off.
    pub const LENIENT: Self = Self::all()
        .difference(Self::IGNORE_SECURITY)
        .difference(Self::FORCE_DECRYPTION)
        .difference(Self::UNAUTHENTICATED)
        .difference(Self::LINK_ADDRESS)
        .difference(Self::CLASSIC_LVAR_FLOAT)
        .difference(Self::RF_LEVEL_OFFSET);
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::DEFAULT
    }
}
