//! What the data field of a DIF tells of the data.

use crate::record::value::Class;

/// What the low nibble of a DIF tells of the data, in one word: 8 bits for the bits of 64 that the
/// data leaves free, 8 for its class, and 16 at the top for its length.
///
/// Of a struct the compiler would replace each comparison by one with a mask of bits, for which it
/// shifts.
#[derive(Clone, Copy)]
pub(crate) struct Field(i64);

impl Field {
    const NONE: Self = Self::new(0, Class::None);

    const fn new(len: u8, class: Class) -> Self {
        // At most eight bytes.
        let free = 64_u8.wrapping_sub(len.wrapping_mul(8));
        let top = match class {
            Class::Variable => 0xFF,
            _ => 0,
        };
        Self(i64::from_le_bytes([
            free,
            class as u8,
            0,
            0,
            0,
            0,
            if top == 0 { len } else { top },
            top,
        ]))
    }

    #[inline(always)]
    pub(crate) fn of(dif: u8) -> Self {
        FIELDS
            .get(usize::from(dif & 0x0F))
            .copied()
            .unwrap_or(Self::NONE)
    }

    /// The length in bytes; where an LVAR tells it, more than any slice has.
    #[inline(always)]
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)]
    pub(super) const fn len(self) -> usize {
        (self.0 >> 48) as usize
    }

    /// The bits of 64 that the data leaves free; 64 where there is none.
    #[inline(always)]
    pub(crate) const fn free(self) -> u32 {
        let [free, ..] = self.0.to_le_bytes();
        free as u32
    }

    #[inline(always)]
    pub(crate) const fn is(self, class: Class) -> bool {
        let [_, own, ..] = self.0.to_le_bytes();
        own == class as u8
    }
}

static FIELDS: [Field; 16] = fields();

const fn fields() -> [Field; 16] {
    let mut fields = [Field::NONE; 16];
    let mut rest: &[(u8, Class)] = &DATA;
    let mut left: &mut [Field] = &mut fields;
    while let (Some(((len, class), after)), Some((field, others))) =
        (rest.split_first(), left.split_first_mut())
    {
        *field = Field::new(*len, *class);
        (rest, left) = (after, others);
    }
    fields
}

/// Length and class of the data, by the low nibble of the DIF.
const DATA: [(u8, Class); 16] = [
    (0, Class::None),
    (1, Class::Integer),
    (2, Class::Integer),
    (3, Class::Integer),
    (4, Class::Integer),
    (4, Class::Real),
    (6, Class::Integer),
    (8, Class::Integer),
    (0, Class::None),
    (1, Class::Bcd),
    (2, Class::Bcd),
    (3, Class::Bcd),
    (4, Class::Bcd),
    (0, Class::Variable),
    (6, Class::Bcd),
    (0, Class::Variable),
];

#[inline]
pub(super) fn data(dif: u8) -> (u8, Class) {
    DATA.get(usize::from(dif & 0x0F))
        .copied()
        .unwrap_or_default()
}

/// The class of data whose length and coding the DIF tells; [`Class::Variable`] if it does not.
#[inline]
pub(crate) fn class(dif: u8) -> Class {
    data(dif).1
}
