//! A frame that is valid is taken apart the same way by a tolerant parser, serde_json agrees that it is
//! JSON, and a CALLERROR is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ocpp_types::{Frame, Message, Tolerance};

fuzz_target!(|text: &str| {
    let strict = Frame::parse(text);
    let lenient = Frame::parse_with(text, Tolerance::LENIENT);
    let Ok(frame) = strict else {
        if let Ok(read) = lenient {
            assert!(!read.deviations.is_empty(), "something was bent");
        }
        return;
    };
    let lenient = lenient.expect("strict is part of lenient");
    assert_eq!(lenient.value, frame);
    assert!(lenient.deviations.is_empty());

    let mut json = serde_json::Deserializer::from_str(text);
    json.disable_recursion_limit();
    let value = <serde::de::IgnoredAny as serde::Deserialize>::deserialize(&mut json);
    assert!(value.is_ok() && json.end().is_ok(), "a frame is JSON");

    if let Frame::CallError(error) = &frame {
        let mut out = String::new();
        error.encode(&mut out).expect("what was valid when read");
        assert_eq!(Frame::parse(&out).as_ref(), Ok(&frame));
    }
    // The way in one pass says the same of frames whose payload nobody looks at.
    if !matches!(frame, Frame::Call(_)) {
        let message = Message::parse(text, |_| None).expect("a valid frame");
        assert_eq!(message.id(), frame.id());
    }
});
