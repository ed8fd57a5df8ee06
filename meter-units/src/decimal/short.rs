//! The shortest decimals of usual floats of 32 bits, without a division and without a loop.

/// The digits of the shortest decimal of a positive float, and how many of them are behind the
/// point; `None` where [`shortest`](super::shortest) has to look.
///
/// It takes the floats from 2^-23 up to 2^24, apart from a few powers of two.
///
/// Let 10^-k be the greatest power of ten that is not above the distance of two floats. There is a
/// multiple of 10^-k that reads back as the float, and at most one of 10^(1 - k): that one is the
/// shortest, once the zeros at its end are gone, and otherwise the nearest multiple of 10^-k is.
/// Both are products of the significand and a power of five, and so exact in 64 bits.
#[inline]
pub(super) fn of_f32(magnitude: u32) -> Option<(u32, u8)> {
    let step = STEPS.get(usize::try_from((magnitude >> 23).wrapping_sub(FIRST)).ok()?)?;
    let fraction = magnitude & 0x7F_FFFF;
    let significand = u64::from(fraction | 0x80_0000);
    let shift = u32::from(step.shift);

    // in 10^(1 - k), with `shift` bits behind the point
    let value = significand.wrapping_mul(step.five.into());
    let coarse = rounded(value, shift);
    let distance = coarse.wrapping_shl(shift).abs_diff(value);
    // half of the way to the next float is half of the power of five
    let is_coarse = distance.wrapping_mul(2) < u64::from(step.five);
    if fraction == 0 && distance != 0 {
        // the float below a power of two is nearer than the one above
        return None;
    }

    // in 10^-k, with one bit less; a tie goes up
    let fine = rounded(value.wrapping_mul(5), shift.saturating_sub(1));
    let (digits, places) = if is_coarse {
        (coarse, step.places)
    } else {
        (fine, step.places.wrapping_add(1))
    };
    // below 2^28: the significand, and a digit
    let digits = u32::try_from(digits).ok()?;
    Some(without_zeros(digits, places))
}

/// The nearest integer to `value` / 2^`shift`, ties up.
#[inline]
const fn rounded(value: u64, shift: u32) -> u64 {
    let half = 1_u64.wrapping_shl(shift) >> 1;
    value.wrapping_add(half).wrapping_shr(shift)
}

/// The number without the zeros at its end, at most seven and at most those behind the point.
#[inline]
fn without_zeros(mut digits: u32, mut places: u8) -> (u32, u8) {
    for zeros in [Zeros::of(4), Zeros::of(2), Zeros::of(1)] {
        let shorter = digits
            .wrapping_mul(zeros.inverse)
            .rotate_right(zeros.count.into());
        if shorter <= zeros.last && zeros.count <= places {
            digits = shorter;
            places = places.wrapping_sub(zeros.count);
        }
    }
    (digits, places)
}

/// How to divide by 10^n what may be a multiple of it: in 2^32 5^n has an inverse, and 2^n is a
/// rotation; what is no multiple becomes greater than any quotient.
#[derive(Clone, Copy)]
struct Zeros {
    count: u8,
    inverse: u32,
    last: u32,
}

impl Zeros {
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

/// What floats of one exponent are multiplied by.
#[derive(Clone, Copy)]
struct Step {
    /// 5^(k - 1)
    five: u32,
    /// k - 1
    places: u8,
    /// The bits behind the point of a significand times 10^(k - 1).
    shift: u8,
}

/// The exponent field of 2^-23.
const FIRST: u32 = 104;

/// By exponent field, up to the one whose significand is an integer.
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler evaluates it"
)]
const STEPS: [Step; 47] = {
    let mut steps = [Step {
        five: 1,
        places: 0,
        shift: 0,
    }; 47];
    let mut i = 0;
    while i < steps.len() {
        // two floats are 2^-distance apart
        let distance = steps.len() - 1 - i;
        let mut places = 0;
        while 10_u64.pow(places + 1) < 1 << distance {
            places += 1;
        }
        steps[i] = Step {
            five: 5_u32.pow(places),
            places: places as u8,
            shift: (distance - places as usize) as u8,
        };
        i += 1;
    }
    steps
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_fit_64_bits() {
        assert!(STEPS.iter().all(|step| step.five.ilog2() + 24 + 3 < 64));
        assert!(STEPS.iter().all(|step| step.places < 14 && step.shift < 40));
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
            (16_777_215.0, (16_777_215, 0)),
            (230_000.0, (230_000, 0)),
            (2_097_152.3, (20_971_523, 1)),
            (0.5, (5, 1)),
            (1e-6, (1, 6)),
        ] {
            let float: f32 = float;
            assert_eq!(of_f32(float.to_bits()), Some(digits), "{float}");
        }
        for float in [0.0, 1e-8, 16_777_216.0, 2_f32.powi(-14), f32::INFINITY] {
            assert_eq!(of_f32(float.to_bits()), None, "{float}");
        }
    }
}
