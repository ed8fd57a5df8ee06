extern crate alloc;

use alloc::vec::Vec;

use proptest::prelude::*;

use crate::Registers;
use crate::encoding::{BcdSign, Charset, Encoding, Field, Order, Signedness, ValueError, Width};
use meter_units::{Decimal, Number, Text, Timestamp, Value};

/// Every encoding in every width, texts of a few sizes.
fn encodings() -> Vec<Encoding> {
    let mut all = Vec::from([
        Encoding::U8Hi,
        Encoding::U8Lo,
        Encoding::I8Hi,
        Encoding::I8Lo,
        Encoding::F16,
        Encoding::F32,
        Encoding::F64,
        Encoding::PowerFactor,
        Encoding::ScaleFactor,
        Encoding::Pad { registers: 3 },
        Encoding::text(1),
        Encoding::text(5),
        Encoding::Text {
            registers: 4,
            charset: Charset::Latin1,
        },
        Encoding::WideText { registers: 4 },
        Encoding::BinaryTime,
        Encoding::YmdHms,
        Encoding::YmdHmsMs,
        Encoding::BcdYmdHms,
        Encoding::Ipv4,
        Encoding::Ipv6,
        Encoding::Eui64,
        Encoding::Manufacturer,
    ]);
    for width in Width::ALL {
        all.extend([
            Encoding::Unsigned(width),
            Encoding::Signed(width),
            Encoding::SignMagnitude(width),
            Encoding::Enum(width),
            Encoding::Flags(width),
            Encoding::Counter(width),
            Encoding::Unix(width),
        ]);
        for sign in [BcdSign::None, BcdSign::TopDigit, BcdSign::TopBit] {
            all.push(Encoding::Bcd(width, sign));
        }
        for sign in [Signedness::Unsigned, Signedness::Signed] {
            all.push(Encoding::Mod10000(width, sign));
            all.extend(Field::new(3, 7, sign, width).map(Encoding::Field));
        }
    }
    all
}

/// Every encoding in every order that it takes.
fn encodings_and_orders() -> Vec<(Encoding, Order)> {
    let pairs = encodings().into_iter().flat_map(|encoding| {
        let orders = Order::ALL.iter().copied();
        orders.map(move |order| (encoding, order))
    });
    pairs
        .filter(|(encoding, order)| encoding.takes(*order))
        .collect()
}

proptest! {
    /// Whatever is read can be written, and reads the same then.
    #[test]
    fn every_encoding_in_every_order_survives(
        (encoding, order) in prop::sample::select(encodings_and_orders()),
        bytes: [u8; 16],
        plain: bool,
    ) {
        let length = 2 * usize::from(encoding.registers());
        // small bytes are digits, letters and dates more often
        let bytes = bytes.map(|byte| if plain { byte & 0x15 } else { byte });
        let window = Registers::from_bytes(&bytes[..length]).unwrap();
        let Ok(value) = encoding.decode(order, window) else {
            return Ok(());
        };
        let mut out = [0xEE; 18];
        let written = encoding.encode_into(order, value, &mut out);
        prop_assert_eq!(written, Ok(length), "{:?} {:?}", encoding, value);
        prop_assert!(out[length..].iter().all(|byte| *byte == 0xEE));
        let again = encoding
            .decode(order, Registers::from_bytes(&out[..length]).unwrap())
            .unwrap();
        prop_assert_eq!(again, value);
        // where a value has one form only, the registers are the same
        if matches!(
            encoding,
            Encoding::Unsigned(_) | Encoding::Signed(_) | Encoding::Enum(_) | Encoding::Counter(_)
                | Encoding::Flags(_) | Encoding::Unix(_) | Encoding::ScaleFactor
                | Encoding::Ipv4 | Encoding::Ipv6 | Encoding::Eui64 | Encoding::Pad { .. }
                | Encoding::Bcd(_, BcdSign::None) | Encoding::YmdHms | Encoding::BcdYmdHms
                | Encoding::Mod10000(_, Signedness::Unsigned)
        ) {
            prop_assert_eq!(&out[..length], &bytes[..length]);
        }
    }
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let decimal = |text: &str| Value::from(text.parse::<Decimal>().unwrap());
    for (encoding, value, error) in [
        (Encoding::U16, decimal("65536"), ValueError::OutOfRange),
        (Encoding::U16, decimal("-1"), ValueError::OutOfRange),
        (Encoding::I16, decimal("32768"), ValueError::OutOfRange),
        (Encoding::I16, decimal("0.5"), ValueError::Inexact),
        (Encoding::F32, decimal("1e39"), ValueError::OutOfRange),
        (Encoding::F16, decimal("70000"), ValueError::OutOfRange),
        (
            Encoding::U16,
            Value::from(Text::from("1")),
            ValueError::Kind,
        ),
        (Encoding::U16, Value::Flags(1), ValueError::Kind),
        (
            Encoding::BITFIELD16,
            Value::Flags(0x1_0000),
            ValueError::OutOfRange,
        ),
        (
            Encoding::text(1),
            Value::from(Text::from("abc")),
            ValueError::OutOfRange,
        ),
        (
            Encoding::text(1),
            Value::from(Text::from("a ")),
            ValueError::OutOfRange,
        ),
        (
            Encoding::text(2),
            Value::from(Text::from("a\0b")),
            ValueError::InvalidText,
        ),
        (
            Encoding::Manufacturer,
            Value::from(Text::from("ABCD")),
            ValueError::InvalidText,
        ),
        (
            Encoding::UNIX32,
            Value::from(Timestamp::from_unix(-1)),
            ValueError::OutOfRange,
        ),
    ] {
        let mut out = [0; 8];
        let result = encoding.encode_into(Order::ABCD, value, &mut out);
        assert_eq!(result, Err(error), "{encoding:?}");
    }
    let result = Encoding::U32.encode_into(Order::ABCD, decimal("1"), &mut [0; 3]);
    assert_eq!(
        result,
        Err(ValueError::Window {
            needed: 2,
            found: 1
        })
    );
}

#[test]
fn a_float_is_written_as_the_nearest() {
    let mut out = [0; 4];
    let value = Value::Number(Number::Decimal("230.1".parse().unwrap()));
    Encoding::F32
        .encode_into(Order::CDAB, value, &mut out)
        .unwrap();
    assert_eq!(out, [0x19, 0x9A, 0x43, 0x66]);
}
