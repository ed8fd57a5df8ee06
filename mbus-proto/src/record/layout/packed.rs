//! A layout, packed into one word.

/// The DIF of a record, where its DIB and VIB end, counted from there, and what was bridged to find
/// out.
///
/// All of it is packed into one word, least significant first: 8 bits for the length of the DIB, 16
/// for the end of the VIB, 8 for the DIF, 8 for the place of a plain text in the VIB (0 is none), and
/// 8 for the flags. So it stays in a register on its way in and out of functions, which a struct of
/// small fields does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout(u64);

/// The share of a DIB or VIB in a [`Layout`].
#[derive(Clone, Copy)]
pub(super) struct Part(u64);

impl Part {
    pub(super) const DIB_1: Self = Self::dib(1);
    pub(super) const DIB_2: Self = Self::dib(2);
    pub(super) const DIB_3: Self = Self::dib(3);
    pub(super) const VIB_1: Self = Self::vib(1);
    pub(super) const VIB_2: Self = Self::vib(2);

    const fn dib(len: u8) -> Self {
        Self(u64::from_le_bytes([len, len, 0, 0, 0, 0, 0, 0]))
    }

    pub(super) const fn vib(len: u8) -> Self {
        Self(u64::from_le_bytes([0, len, 0, 0, 0, 0, 0, 0]))
    }
}

impl Layout {
    pub(super) const LVAR: u64 = 1 << 40;
    pub(super) const CLASSIC: u64 = 1 << 41;
    pub(super) const LONG_CHAIN: u64 = 1 << 42;

    #[inline(always)]
    pub(crate) const fn new(dif: u8, dib_len: u8, vib_end: u16) -> Self {
        let [v, w] = vib_end.to_le_bytes();
        Self(u64::from_le_bytes([dib_len, v, w, dif, 0, 0, 0, 0]))
    }

    /// Of these parts; no sum is above 16 bits.
    #[inline(always)]
    pub(super) const fn joined(dif: u8, dib: Part, vib: Part) -> Self {
        Self(dib.0.wrapping_add(vib.0) | (dif as u64) << 24)
    }

    #[inline(always)]
    pub(super) const fn with(self, flag: u64, set: bool) -> Self {
        if set { Self(self.0 | flag) } else { self }
    }

    pub(super) const fn with_text_at(self, at: u8) -> Self {
        Self(self.0 | (at as u64) << 32)
    }

    #[inline(always)]
    pub(crate) const fn dif(self) -> u8 {
        let [_, _, _, dif, ..] = self.0.to_le_bytes();
        dif
    }

    /// The length of the DIB, and so where the VIB begins.
    #[inline(always)]
    pub(crate) fn dib_len(self) -> usize {
        let [len, ..] = self.0.to_le_bytes();
        usize::from(len)
    }

    /// Where the plain text stands in the VIB; 0 where there is none.
    #[inline(always)]
    pub(crate) const fn text_at(self) -> u8 {
        let [_, _, _, _, at, ..] = self.0.to_le_bytes();
        at
    }

    /// Where the VIB ends and an LVAR would stand.
    #[inline(always)]
    pub(crate) fn vib_end(self) -> usize {
        let [_, v, w, ..] = self.0.to_le_bytes();
        usize::from(u16::from_le_bytes([v, w]))
    }

    #[inline(always)]
    pub(crate) const fn has_lvar(self) -> bool {
        self.0 & Self::LVAR != 0
    }

    /// Whether the LVAR is read as the older documentation has it.
    pub(crate) const fn is_classic(self) -> bool {
        self.0 & Self::CLASSIC != 0
    }

    /// Whether there are more than ten DIFE or VIFE.
    pub(crate) const fn is_long_chain(self) -> bool {
        self.0 & Self::LONG_CHAIN != 0
    }

    /// Where the data begins.
    #[inline(always)]
    pub(crate) fn data_at(self) -> usize {
        self.vib_end().wrapping_add(usize::from(self.has_lvar()))
    }
}
