//! The shortest decimals of usual floats of 32 bits, without a division.

/// The digits of the shortest decimal of a positive float, and how many of them are behind the
/// point; `None` where [`shortest`](super::shortest) has to look.
///
/// It takes the floats from 2^-23 up to 2^23, apart from a few powers of two.
#[inline]
pub(super) fn of_f32(magnitude: u32) -> Option<(u32, u8)> {
    match thousandths(magnitude) {
        Some(digits) => Some(digits),
        None => digits(magnitude),
    }
}

/// The same for floats from 2^-11 up to 2^14, of any sign, that are a number of thousandths.
///
/// Thousandths are further apart than these floats. So at most one of them reads back as the
/// float, and whatever is shorter is the same number without the zeros at its end. None of them
/// is on the tie between two floats, or close enough to a power of two for its nearer neighbor to
/// matter.
#[inline]
#[expect(
    clippy::indexing_slicing,
    reason = "there is a unit for every exponent field"
)]
pub(super) fn thousandths(bits: u32) -> Option<(u32, u8)> {
    let [field, ..] = (bits << 1).to_be_bytes();
    let unit = THOUSANDTHS[usize::from(field)];
    // with 32 bits behind the point, where a unit of the significand is `unit`
    let value = u64::from(significand(bits)).wrapping_mul(unit.into());
    if low32(value).wrapping_add(unit >> 1) >= unit {
        return None;
    }
    let digits = low32(value.wrapping_add(1 << 31) >> 32);
    let (digits, places) = HUNDRED.taken_off(digits, 3);
    Some(TEN.taken_off(digits, places))
}

/// The same for any float from 2^-23 up to 2^23.
///
/// Let 10^-k be the greatest power of ten that is not above the distance of two floats. There is a
/// multiple of 10^-k that reads back as the float, and at most one of 10^(1 - k): that one is the
/// shortest, once the zeros at its end are gone, and otherwise the nearest multiple of 10^-k is.
/// Both are products of the significand and a power of five, and so exact in 128 bits.
#[inline]
pub(super) fn digits(magnitude: u32) -> Option<(u32, u8)> {
    let step = STEPS.get(index((magnitude >> 23).wrapping_sub(FIRST)))?;
    // in 10^(1 - k), with 64 bits behind the point, where a unit of the significand is `unit`
    let value = u128::from(significand(magnitude)).wrapping_mul(step.unit.into());
    let (integer, rest) = (low64(value >> 64), low64(value));
    if magnitude << 9 == 0 && rest != 0 {
        // the float below a power of two is nearer than the one above
        return None;
    }
    // half of the way to the next float is half a unit, which is no multiple of 10^(1 - k)
    let is_coarse = rest.wrapping_add(step.unit >> 1) < step.unit;
    // a factor, because a choice between two results would be a jump, which processors guess wrong
    let (factor, places) = if is_coarse {
        (1, step.places)
    } else {
        (10, step.places.wrapping_add(1))
    };
    // the last bits are free, and a tie goes up
    let last = (rest >> 4).wrapping_mul(factor).wrapping_add(1 << 59) >> 60;
    let digits = integer.wrapping_mul(factor).wrapping_add(last);
    // below 2^28: the significand, and a digit
    Some(without_zeros(low32(digits), places))
}

/// The number without the zeros at its end, at most those behind the point.
#[inline]
fn without_zeros(digits: u32, places: u8) -> (u32, u8) {
    if TEN.quotient(digits) > TEN.last {
        return (digits, places);
    }
    without_some_zeros(digits, places)
}

/// What is left of a number that ends in zeros.
#[cold]
fn without_some_zeros(mut digits: u32, mut places: u8) -> (u32, u8) {
    while places > 0 {
        let shorter = TEN.quotient(digits);
        if shorter > TEN.last {
            break;
        }
        digits = shorter;
        places = places.wrapping_sub(1);
    }
    (digits, places)
}

#[inline]
const fn significand(magnitude: u32) -> u32 {
    magnitude & 0x7F_FFFF | 0x80_0000
}

/// How to divide by 10^n what may be a multiple of it: in 2^32 5^n has an inverse, and 2^n is a
/// rotation; what is no multiple becomes greater than any quotient.
#[derive(Clone, Copy)]
struct Zeros {
    count: u8,
    inverse: u32,
    last: u32,
}

const HUNDRED: Zeros = Zeros::of(2);
const TEN: Zeros = Zeros::of(1);

impl Zeros {
    /// The quotient of a multiple.
    #[inline]
    const fn quotient(self, digits: u32) -> u32 {
        digits
            .wrapping_mul(self.inverse)
            .rotate_right(self.count as u32)
    }

    /// Without these zeros, and so with less places behind the point, if it has them.
    #[inline]
    const fn taken_off(self, digits: u32, places: u8) -> (u32, u8) {
        let shorter = self.quotient(digits);
        if shorter <= self.last {
            (shorter, places.wrapping_sub(self.count))
        } else {
            (digits, places)
        }
    }

    const fn of(count: u8) -> Self {
        let (mut five, mut ten, mut n) = (1_u32, 1_u32, 0);
        while n < count {
            five = five.wrapping_mul(5);
            ten = ten.wrapping_mul(10);
            n = n.wrapping_add(1);
        }
        // each step doubles the number of bits that are right, of 3
        let mut inverse = five;
        let mut step = 0;
        while step < 4 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(five.wrapping_mul(inverse)));
            step += 1;
        }
        Self {
            count,
            inverse,
            last: match u32::MAX.checked_div(ten) {
                Some(last) => last,
                None => 0,
            },
        }
    }
}

/// By exponent field, a unit of the significand in thousandths, with 32 bits behind the point; 0
/// where floats are too large or too small.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
static THOUSANDTHS: [u32; 256] = {
    let mut units = [0; 256];
    // from 2^13 on, floats are 2^-10 apart: 125 / 128 thousandths
    let (mut field, mut unit) = (140, 125 << 25);
    while unit >= 250 {
        units[field] = unit;
        unit /= 2;
        field -= 1;
    }
    units
};

/// What floats of one exponent are multiplied by.
#[derive(Clone, Copy)]
struct Step {
    /// A unit of the significand times 10^(k - 1), with 64 bits behind the point.
    unit: u64,
    /// k - 1
    places: u8,
}

/// The exponent field of 2^-23.
const FIRST: u32 = 104;

/// By exponent field, up to the one whose significand is in halves.
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler evaluates it"
)]
static STEPS: [Step; 46] = {
    let mut steps = [Step { unit: 0, places: 0 }; 46];
    let mut i = 0;
    while i < steps.len() {
        // two floats are 2^-distance apart
        let distance = steps.len() - i;
        let mut places = 0;
        while 10_u64.pow(places + 1) < 1 << distance {
            places += 1;
        }
        steps[i] = Step {
            unit: 10_u64.pow(places) << (64 - distance),
            places: places as u8,
        };
        i += 1;
    }
    steps
};

/// What wrapped is beyond every table, however wide an index is.
#[inline]
const fn index(field: u32) -> usize {
    field as usize
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
const fn low32(value: u64) -> u32 {
    value as u32
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
const fn low64(value: u128) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bits_are_free() {
        // what follows the point is multiplied by ten once its last four bits are gone
        assert!(STEPS.iter().all(|step| step.unit.trailing_zeros() >= 4));
        assert!(STEPS.iter().all(|step| step.places < 14));
        assert!(THOUSANDTHS.iter().all(|unit| unit % 2 == 0));
    }

    #[test]
    fn zeros_are_taken_off_up_to_the_point() {
        assert_eq!(without_zeros(10_000_000, 7), (1, 0));
        assert_eq!(without_zeros(10_000_000, 9), (1, 2));
        assert_eq!(without_zeros(10_000_000, 5), (100, 0));
        assert_eq!(without_zeros(12_345_678, 5), (12_345_678, 5));
        assert_eq!(without_zeros(230_500, 4), (2305, 2));
        assert_eq!(without_zeros(16_777_216, 0), (16_777_216, 0));
    }

    #[test]
    fn the_usual_floats_take_this_way() {
        for (float, digits) in [
            (230.5, (2305, 1)),
            (230.1, (2301, 1)),
            (49.98, (4998, 2)),
            (1234.5678, (12_345_677, 4)),
            (230_000.0, (230_000, 0)),
            (2_097_152.3, (20_971_523, 1)),
            (0.5, (5, 1)),
            (1e-6, (1, 6)),
            (8_388_607.5, (83_886_075, 1)),
        ] {
            let float: f32 = float;
            assert_eq!(of_f32(float.to_bits()), Some(digits), "{float}");
        }
        for float in [0.0, 1e-8, 16_777_215.0, 2_f32.powi(-14), f32::INFINITY] {
            assert_eq!(of_f32(float.to_bits()), None, "{float}");
        }
    }
}
