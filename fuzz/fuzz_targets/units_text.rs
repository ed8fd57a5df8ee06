//! Whatever text parses is shown as a text that parses to the same.
#![no_main]

use std::fmt::{Debug, Display};
use std::hint::black_box;
use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use meter_units::{
    Civil, Decimal, Direction, How, Kind, Medium, ObisCode, ObisPattern, Phase, Quantity, Rounding,
    Statistic, Text, TextEncoding, Timestamp, Unit, UnitText, channel_of, obis_for,
};

fuzz_target!(|input: &[u8]| {
    check_characters(input);
    let text = String::from_utf8_lossy(input);
    check_decimal(&text);
    stable::<ObisCode>(&text);
    stable::<ObisPattern>(&text);
    stable::<Timestamp>(&text);
    stable::<Civil>(&text);
    stable::<Medium>(&text);
    stable::<Quantity>(&text);
    stable::<Direction>(&text);
    stable::<Phase>(&text);
    stable::<Statistic>(&text);
    check_unit(&text);
    if let Some(channel) = text.parse().ok().and_then(channel_of) {
        let code = obis_for(&channel).expect("a channel that came from a code");
        assert_eq!(channel_of(code), Some(channel));
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        black_box((time.to_unix(), time.civil()));
        assert_eq!(
            time.compare(&time),
            time.compare(&time).map(|_| std::cmp::Ordering::Equal)
        );
    }
});

fn stable<T>(text: &str) -> Option<T>
where
    T: FromStr<Err: Debug> + Display + Debug + PartialEq,
{
    let parsed = text.parse::<T>().ok()?;
    let shown = parsed.to_string();
    let again = shown.parse::<T>().expect("its own text");
    assert_eq!(again, parsed, "{shown}");
    assert_eq!(again.to_string(), shown);
    Some(parsed)
}

fn check_decimal(text: &str) {
    let comma = Decimal::from_str_comma(&text.replace('.', ",").replace("..", ""));
    let rounded = Decimal::from_str_rounded(text, 6, Rounding::HalfEven);
    let Some(decimal) = stable::<Decimal>(text) else {
        return;
    };
    if !text.contains(',') {
        assert_eq!(comma, Ok(decimal));
    }
    if let Ok(rounded) = rounded {
        assert_eq!(decimal.round(6, Rounding::HalfEven), Ok(rounded));
    }
    let float: f64 = text.parse().expect("what is a decimal is a float");
    assert_eq!(decimal.to_f64(), float);
}

fn check_unit(text: &str) {
    for kind in [Kind::Charge, Kind::TemperatureDiff, Kind::Count] {
        black_box(Unit::parse_hinted(text, kind)).ok();
    }
    let Ok(unit) = text.parse::<Unit>() else {
        return;
    };
    assert_eq!(unit.key().to_string().parse(), Ok(unit));
    // Several units share a symbol: what comes back may claim less, but looks the same. Where none
    // claims less (`BTU/h/h` for `BTU_IT/h/h`), the symbol is not read.
    let is_clear = unit.ascii().to_string() == unit.key().to_string();
    for (shown, form) in [
        (
            unit.symbol().to_string(),
            Unit::symbol as fn(Unit) -> UnitText,
        ),
        (unit.ascii().to_string(), Unit::ascii),
    ] {
        match Unit::parse_hinted(&shown, unit.kind()) {
            Ok(again) => assert_eq!(form(again).to_string(), shown),
            Err(error) => assert!(!is_clear, "{shown}: {error}"),
        }
    }
    black_box(unit.ucum().to_string());
    // Where the code is that of a unit of another kind, there is no conversion.
    let one = Decimal::new(1, 0).expect("small");
    let dlms = unit
        .dlms()
        .map(|(code, power)| (Unit::from_dlms(code), power));
    let t29 = unit
        .t29()
        .map(|(index, power)| (Unit::from_t29(index), power));
    for (base, power) in dlms.into_iter().chain(t29) {
        let base = base.expect("a code that came from a unit");
        if let Ok(converted) = unit.convert(one, base, How::Exact) {
            assert_eq!(Some(converted), Decimal::new(1, power));
        }
    }
}

fn check_characters(input: &[u8]) {
    for encoding in [TextEncoding::Latin1, TextEncoding::Latin1Reversed] {
        let text = Text::new(input, encoding);
        assert_eq!(text.chars().count(), input.len());
        assert_eq!(text.chars().collect::<String>(), text.to_string());
    }
    let text = Text::new(input, TextEncoding::Utf8);
    assert_eq!(text.to_string(), String::from_utf8_lossy(input));
    assert!(text.to_str().is_none_or(|lent| text == *lent));
}
