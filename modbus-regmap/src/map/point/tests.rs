extern crate alloc;

use alloc::format;
use alloc::string::ToString;

use meter_units::{Direction, Number, Quantity, Unit};
use proptest::prelude::*;

use super::*;
use crate::encoding::ParseScaleError;
use crate::{Registers, UnitId};

fn point(text: &str) -> Point {
    text.parse().unwrap()
}

fn shown(point: &Point, bytes: &[u8]) -> alloc::string::String {
    let window = Registers::from_bytes(bytes).unwrap();
    point.register().value(window, None).unwrap().to_string()
}

#[test]
fn the_line_of_a_gateway_is_read() {
    let point = point(
        "reg=52 unit=power_kw size=2 factor=0.001 function_code=4 round=3 swap_words=1 pause=0.25",
    );
    let register = point.register();
    assert_eq!(register.table(), Table::InputRegister);
    assert_eq!((register.address(), register.count()), (52, 2));
    assert_eq!(register.encoding(), Encoding::F32);
    assert_eq!(register.order(), Order::CDAB);
    assert_eq!(register.unit(), Some(Unit::KW));
    assert_eq!(register.channel().quantity, Quantity::Power);
    assert_eq!(point.pause(), Some(Duration::from_millis(250)));
    assert_eq!(point.warnings(), PointWarnings::ASSUMED_TYPE);
    // 1234.5 W
    assert_eq!(shown(&point, &[0x50, 0x00, 0x44, 0x9A]), "1.234");
}

#[test]
fn what_is_not_said_has_its_default() {
    let point = point("reg=17 unit=en_im");
    let register = point.register();
    assert_eq!(register.table(), Table::HoldingRegister);
    assert_eq!(register.encoding(), Encoding::I16);
    assert_eq!(register.channel().direction, Direction::Import);
    assert_eq!(register.round().map(|round| round.places), Some(2));
    assert_eq!(shown(&point, &[0xFF, 0xFE]), "-2");
    let tcp = Link::Tcp {
        host: "meter",
        port: 502,
        unit: UnitId(1),
    };
    assert_eq!(point.pause_on(&tcp), Duration::from_millis(300));
    assert_eq!(point.pause_on(&Link::Serial(UnitId(1))), Duration::ZERO);
}

#[test]
fn sizes_without_a_type_are_assumed_and_reported() {
    for (size, encoding) in [
        (1, Encoding::I16),
        (2, Encoding::F32),
        (4, Encoding::I64),
        (8, Encoding::text(8)),
    ] {
        let text = format!("reg=0 unit=en_im size={size}");
        let read = point(&text);
        assert_eq!(read.register().encoding(), encoding);
        assert!(read.warnings().contains(PointWarnings::ASSUMED_TYPE));
        assert_eq!(Point::parse_strict(&text), Err(PointError::Missing("type")));
    }
    let typed = "reg=0 unit=en_im size=2 type=u32";
    assert_eq!(Point::parse_strict(typed), Ok(point(typed)));
    assert!(point(typed).warnings().is_empty());
}

#[test]
fn words_are_reversed_and_bytes_are_not() {
    let four = point("reg=0 unit=vol_m3 type=u64 swap_words=true round=0");
    let bytes = [0x11, 0x22, 0, 0, 0, 0, 0, 0];
    assert_eq!(shown(&four, &bytes), 0x1122.to_string());
    let one = point("reg=0 unit=vol_m3 type=u16 swap_words=1");
    assert_eq!(one.warnings(), PointWarnings::SWAP_OF_ONE);
    assert_eq!(shown(&one, &[0x01, 0x02]), "258");
}

#[test]
fn rounding_is_half_to_even_after_the_factor() {
    let value = |text: &str, raw: u16| {
        let window = raw.to_be_bytes();
        let register = point(text).register();
        let value = register.value(Registers::from_bytes(&window).unwrap(), None);
        value.unwrap().number().unwrap()
    };
    let decimal = |text: &str| Number::Decimal(text.parse().unwrap());
    let text = "reg=0 unit=en_im type=u16 factor=0.001";
    assert_eq!(value(text, 12_345), decimal("12.34"));
    assert_eq!(value(text, 12_355), decimal("12.36"));
    assert_eq!(
        value("reg=0 unit=en_im type=u16 round=-1", 12_345),
        decimal("12340")
    );
}

#[test]
fn addresses_may_begin_with_the_function() {
    let holding = point("reg=300017 unit=en_im").register();
    assert_eq!(
        (holding.table(), holding.address()),
        (Table::HoldingRegister, 17)
    );
    let input = point("reg=400017 unit=en_im function_code=4").register();
    assert_eq!((input.table(), input.address()), (Table::InputRegister, 17));
}

#[test]
fn bits_are_read_with_functions_1_and_2() {
    let coil = point("reg=3 unit=en_im function_code=1").register();
    assert_eq!((coil.table(), coil.encoding()), (Table::Coil, BIT));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let short = ShortName::new;
    for (text, error) in [
        ("", PointError::Missing("reg")),
        ("unit=en_im", PointError::Missing("reg")),
        ("reg=1", PointError::Missing("unit")),
        ("reg=1 unit=", PointError::Missing("unit")),
        ("reg=1 unit=en", PointError::Unit(short("en"))),
        ("reg=1 unit", PointError::Malformed(short("unit"))),
        ("reg=1 unit=en_im reg=2", PointError::Twice("reg")),
        (
            "reg=1 unit=en_im color=red",
            PointError::UnknownKey(short("color")),
        ),
        (
            "reg=65536 unit=en_im",
            PointError::Address(ParseAddressError::Range),
        ),
        (
            "reg=-1 unit=en_im",
            PointError::Address(ParseAddressError::Malformed),
        ),
        ("reg=300017 unit=en_im function_code=4", PointError::Table),
        ("reg=1 unit=en_im size=3", PointError::Size(3)),
        ("reg=1 unit=en_im size=0", PointError::Size(0)),
        (
            "reg=1 unit=en_im size=2 type=u16",
            PointError::Type(ParseEncodingError::Size),
        ),
        (
            "reg=1 unit=en_im type=float",
            PointError::Type(ParseEncodingError::Unknown),
        ),
        (
            "reg=1 unit=en_im factor=0",
            PointError::Factor(ParseScaleError::Zero),
        ),
        (
            "reg=1 unit=en_im factor=NaN",
            PointError::Factor(ParseScaleError::Malformed),
        ),
        (
            "reg=1 unit=en_im factor=inf",
            PointError::Factor(ParseScaleError::Malformed),
        ),
        (
            "reg=1 unit=en_im function_code=5",
            PointError::Value("function_code"),
        ),
        (
            "reg=1 unit=en_im function_code=1 size=2",
            PointError::NotABit,
        ),
        (
            "reg=1 unit=en_im function_code=2 type=u16",
            PointError::NotABit,
        ),
        ("reg=1 unit=en_im pause=-1", PointError::Value("pause")),
        (
            "reg=1 unit=en_im swap_words=2",
            PointError::Value("swap_words"),
        ),
        ("reg=1 unit=en_im round=200", PointError::Value("round")),
        (
            "reg=1 unit=en_im size=8 factor=2",
            PointError::Scaled("factor"),
        ),
        (
            "reg=1 unit=en_im size=8 round=2",
            PointError::Scaled("round"),
        ),
        (
            "reg=65535 unit=en_im size=2",
            PointError::AddressRange {
                address: 65_535,
                count: 2,
            },
        ),
    ] {
        assert_eq!(text.parse::<Point>(), Err(error), "{text}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn objects_say_the_same_as_lines() {
    let line = point("reg=52 unit=power_kw size=2 factor=0.001 function_code=4 swap_words=1");
    for json in [
        r#"{"reg":52,"unit":"power_kw","size":2,"factor":0.001,"function_code":4,"swap_words":true}"#,
        r#"{"reg":"52","unit":"power_kw","size":"2","factor":"0.001","function_code":4,"swap_words":1}"#,
    ] {
        assert_eq!(serde_json::from_str::<Point>(json).unwrap(), line);
    }
    let text = serde_json::to_string(&line).unwrap();
    assert_eq!(serde_json::from_str::<Point>(&text).unwrap(), line);
    for (json, message) in [
        (r#"{"reg":52}"#, "`unit` is missing"),
        (
            r#"{"reg":1,"unit":"en_im","factor":0}"#,
            "`factor`: a scale cannot be 0",
        ),
        (
            r#"{"reg":1,"unit":"en_im","round":1.5}"#,
            "the value of `round`",
        ),
        (
            r#"{"reg":1,"unit":"en_im","color":1}"#,
            "there is no key `color`",
        ),
    ] {
        let error = serde_json::from_str::<Point>(json).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

proptest! {
    #[test]
    fn points_survive_their_text(
        reg: u16,
        name in 0..PointName::ALL.len(),
        kind in prop::sample::select(alloc::vec![
            "size=1", "size=2", "size=4", "size=8", "type=u16", "type=f32", "type=u48",
            "type=str size=8", "type=m10k size=4", "type=bcd32", "type=f16",
        ]),
        factor in prop::option::of(1_u32..),
        round in prop::option::of(-9_i8..=9),
        code in 3_u8..=4,
        swaps: bool,
        pause in prop::option::of(0_u32..100_000),
    ) {
        let mut text = format!("reg={reg} unit={} {kind}", PointName::ALL[name].name());
        if let Some(factor) = factor {
            text += &format!(" factor={factor}e-6");
        }
        if let Some(round) = round {
            text += &format!(" round={round}");
        }
        if let Some(pause) = pause {
            text += &format!(" pause={pause}e-3");
        }
        text += &format!(" function_code={code} swap_words={}", u8::from(swaps));
        if let Ok(point) = text.parse::<Point>() {
            prop_assert_eq!(point.to_string().parse(), Ok(point));
            prop_assert_eq!(point.register().address(), reg);
        }
    }

    #[test]
    fn no_text_panics(text in "[ -~]{0,40}") {
        let _ = text.parse::<Point>();
    }
}
