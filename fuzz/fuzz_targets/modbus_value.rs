//! The laws of values: what is decoded is encoded to registers that decode to the same, byte for
//! byte where all bytes belong to the value; what has no value stays without one; encodings,
//! orders, markers and scales are read from the text that they are shown as.
//!
//! The input is the encoding in three bytes, the order, scale, offset and marker in four, then the
//! registers.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use meter_units::{Absent, Decimal, Number, Value};
use modbus_regmap::encoding::{
    BcdSign, Charset, Encoding, Field, Marker, Order, Scale, Signedness, ValueError, Width,
};
use modbus_regmap::map::Register;
use modbus_regmap::{Registers, Table};

fuzz_target!(|input: &[u8]| {
    let Some((&[kind, a, b, order, scale, offset, marker], wire)) = input.split_first_chunk()
    else {
        return;
    };
    check_texts(wire);
    let Some(encoding) = encoding(kind, a, b) else {
        return;
    };
    stable(encoding);
    let order = Order::ALL[usize::from(order % 8)];
    stable(order);
    let count = usize::from(encoding.registers());
    let Some(window) = wire.get(..2 * count).and_then(Registers::from_bytes) else {
        let short = Registers::from_bytes(&wire[..wire.len() & !1]).expect("whole registers");
        assert!(encoding.decode(order, short).is_err() || short.len() == count);
        return;
    };
    check_value(encoding, order, window);
    if encoding.takes(order) {
        check_register(encoding, order, [scale, offset, marker], window);
    }
});

/// Every encoding; `a` and `b` are its parameters.
fn encoding(kind: u8, a: u8, b: u8) -> Option<Encoding> {
    let width = Width::ALL[usize::from(a % 4)];
    let sign = [Signedness::Unsigned, Signedness::Signed][usize::from(b % 2)];
    let registers = u16::from(a % 16) + 1;
    Some(match kind % 28 {
        0 => Encoding::Field(Field::new(a >> 2, b >> 1, sign, width)?),
        1 => Encoding::U8Hi,
        2 => Encoding::U8Lo,
        3 => Encoding::I8Hi,
        4 => Encoding::I8Lo,
        5 => Encoding::Unsigned(width),
        6 => Encoding::Signed(width),
        7 => Encoding::SignMagnitude(width),
        8 => Encoding::F16,
        9 => Encoding::F32,
        10 => Encoding::F64,
        11 => Encoding::PowerFactor,
        12 => {
            let signs = [BcdSign::None, BcdSign::TopDigit, BcdSign::TopBit];
            Encoding::Bcd(width, signs[usize::from(b % 3)])
        }
        13 => Encoding::Mod10000(width, sign),
        14 => Encoding::Enum(width),
        15 => Encoding::Flags(width),
        16 => Encoding::Counter(width),
        17 => Encoding::ScaleFactor,
        18 => Encoding::Pad { registers },
        19 => Encoding::Text {
            registers,
            charset: [Charset::Utf8, Charset::Latin1][usize::from(b % 2)],
        },
        20 => Encoding::WideText { registers },
        21 => Encoding::Unix(width),
        22 => Encoding::BinaryTime,
        23 => Encoding::YmdHms,
        24 => Encoding::YmdHmsMs,
        25 => Encoding::BcdYmdHms,
        26 => [Encoding::Ipv4, Encoding::Ipv6, Encoding::Eui64][usize::from(a % 3)],
        _ => Encoding::Manufacturer,
    })
}

fn check_value(encoding: Encoding, order: Order, window: Registers<'_>) {
    let decoded = encoding.decode(order, window);
    let mut out = [0xA5; 64];
    let Ok(value) = decoded else {
        return;
    };
    let written = encoding.encode_into(order, value, &mut out);
    if !encoding.takes(order) {
        assert_eq!(written, Err(ValueError::Order));
        return;
    }
    let length = window.as_bytes().len();
    assert_eq!(written, Ok(length), "{value:?}");
    let again = Registers::from_bytes(&out[..length]).expect("whole registers");
    assert_eq!(encoding.decode(order, again), Ok(value));
    if owns_every_bit(encoding) && !is_zero(&value) {
        assert_eq!(again, window, "{value:?}");
    }
    let mut short = vec![0; length - 1];
    let refused = encoding.encode_into(order, value, &mut short);
    assert!(matches!(refused, Err(ValueError::Window { .. })));
}

/// Whether a value has one form only, but for the two zeros of some.
fn owns_every_bit(encoding: Encoding) -> bool {
    !matches!(
        encoding,
        // beside other bits
        Encoding::Field(_) | Encoding::U8Hi | Encoding::U8Lo | Encoding::I8Hi | Encoding::I8Lo
        // folded
        | Encoding::PowerFactor
        // padded
        | Encoding::Text { .. } | Encoding::WideText { .. }
        // with a day of the week, and with milliseconds
        | Encoding::BinaryTime | Encoding::YmdHmsMs
    )
}

fn is_zero(value: &Value<'_>) -> bool {
    matches!(value, Value::Number(number) if number.to_f64() == 0.0)
}

/// The same with a scale, an offset and a marker, as a register of a map has them.
fn check_register(encoding: Encoding, order: Order, parts: [u8; 3], window: Registers<'_>) {
    let [scale, offset, marker] = parts;
    let scales = ["1", "0.001", "1e6", "1/800", "1/3", "-2.5"];
    let scale: Scale = scales[usize::from(scale % 6)].parse().expect("a scale");
    let mut register = Register::new("a", Table::HoldingRegister, 0, encoding).with_order(order);
    if encoding.is_number() {
        let offset = i64::from(i8::from_le_bytes([offset]) / 16);
        register = register
            .with_scale(scale)
            .with_offset(Decimal::from(offset));
    }
    let bits = encoding.bits(order, window);
    // every other input has the marker in its registers
    let marked = match marker % 4 {
        0 => bits.map(Marker::Bits),
        1 => Some(Marker::Zeros),
        2 => Some(Marker::Integer(i64::from(marker) - 128))
            .filter(|own| own.bits(encoding).is_some()),
        _ => None,
    };
    if let Some(marker) = marked {
        stable(marker);
        register = register.with_not_available(marker);
    }
    let outcome = register.value(window, None);
    if marker % 4 == 0 && bits.is_some() {
        assert_eq!(outcome, Err(ValueError::NotAvailable));
    }
    let mut out = [0; 64];
    match outcome {
        Err(ValueError::NotAvailable) => {
            // an absent value is written as one
            let absent = Value::None(Absent::NotAvailable);
            if let Ok(length) = register.encode_into(absent, None, &mut out) {
                let again = Registers::from_bytes(&out[..length]).expect("whole registers");
                assert_eq!(register.value(again, None), Err(ValueError::NotAvailable));
            }
        }
        Ok(value) => {
            let is_float = matches!(
                encoding,
                Encoding::F16 | Encoding::F32 | Encoding::F64 | Encoding::PowerFactor
            );
            let written = register.encode_into(value, None, &mut out);
            if let (Value::Number(Number::Decimal(_)), true) = (value, is_float) {
                // the shortest decimal of a float, and back through the nearest one
                return;
            }
            let length = written.expect("what was read");
            let again = Registers::from_bytes(&out[..length]).expect("whole registers");
            let read = register.value(again, None);
            // what is written beside the value, or as the other zero, may be the marker
            let is_marked = read == Err(ValueError::NotAvailable)
                && marked.is_some()
                && (!owns_every_bit(encoding)
                    || encoding.decode(order, again).is_ok_and(|own| is_zero(&own)));
            assert!(read == Ok(value) || is_marked, "{value:?}: {read:?}");
        }
        Err(ValueError::Overflow) => {
            register
                .wide_value(window, None)
                .ok()
                .map(|wide| wide.to_string());
        }
        Err(_) => {}
    }
}

/// Any text as the words of a map.
fn check_texts(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    for count in [None, Some(1), Some(4)] {
        if let Ok(encoding) = Encoding::from_name(text, count) {
            stable(encoding);
            assert!(count.is_none_or(|count| count == encoding.registers()));
        }
    }
    text.parse().ok().map(stable::<Order>);
    text.parse().ok().map(stable::<Marker>);
    text.parse().ok().map(stable::<Scale>);
}

fn stable<T>(value: T)
where
    T: FromStr<Err: Debug> + Display + Debug + PartialEq,
{
    let shown = value.to_string();
    let again: T = shown.parse().expect("its own text");
    assert_eq!(again, value, "{shown}");
}
