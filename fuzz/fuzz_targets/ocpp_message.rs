//! What is decoded, encoded and decoded again is the same; what is valid reads the same with every
//! tolerance; what was bent reads the same again.
//!
//! The first byte says which operation an answer is for, and which rule is left out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ocpp_types::{Action, Message, Tolerance};

fuzz_target!(|input: (u8, &str)| {
    let (byte, text) = input;
    let action = Action::ALL
        .get(usize::from(byte) % Action::ALL.len())
        .copied();
    let pending = |_: &_| action;
    let without = Tolerance::LENIENT.difference(Tolerance::from_bits_truncate(1 << (byte % 32)));

    match Message::parse(text, pending) {
        Ok(message) => {
            let read = Message::parse_with(text, pending, without);
            let read = read.expect("strict is part of lenient");
            assert_eq!(read.value, message);
            assert!(read.deviations.is_empty());
            if let Some(out) = written(&message, true) {
                assert_eq!(Message::parse(&out, pending).as_ref(), Ok(&message));
            }
        }
        Err(error) => {
            assert!(error.violation.offset <= text.len());
            let Ok(read) = Message::parse_with(text, pending, without) else {
                return;
            };
            assert!(!read.deviations.is_empty(), "something was bent");
            for deviation in &read.deviations {
                assert!(without.contains(deviation.rule));
            }
            if let Some(out) = written(&read.value, false) {
                let again = Message::parse_with(&out, pending, Tolerance::LENIENT);
                assert_eq!(again.expect("bent once, taken twice").value, read.value);
            }
        }
    }
});

fn written(message: &Message<'_>, checked: bool) -> Option<String> {
    let mut out = String::new();
    let result = match message {
        Message::Call { id, request } if checked => request.encode_call(id, &mut out),
        Message::CallResult { id, response } if checked => response.encode_result(id, &mut out),
        Message::CallError(error) if checked => error.encode(&mut out),
        Message::Call { id, request } => {
            request.encode_call_unchecked(id, &mut out);
            Ok(())
        }
        Message::CallResult { id, response } => {
            response.encode_result_unchecked(id, &mut out);
            Ok(())
        }
        Message::CallError(error) => {
            error.encode_unchecked(&mut out);
            Ok(())
        }
        _ => return None,
    };
    result.expect("what was valid when read");
    Some(out)
}
