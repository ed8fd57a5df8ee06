//! The collected frames, where `METERING_VECTORS` names their folder.

#![allow(clippy::expect_used, clippy::panic, clippy::unreachable)]

use std::path::Path;
use std::{env, fs};

use ocpp_types::{Action, Message, Tolerance};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Entry<'a> {
    name: String,
    action: Option<String>,
    #[serde(borrow)]
    frame: Option<&'a RawValue>,
    raw: Option<String>,
    valid: bool,
    lenient: Option<bool>,
    suggested_error: Option<String>,
}

#[test]
fn the_collected_frames_have_the_verdict_of_the_schemas() {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        return;
    };
    let path = Path::new(&folder).join("ocpp16/messages.jsonl");
    let lines = fs::read_to_string(&path).expect("the collection of frames");
    let mut count = 0;
    for line in lines.lines() {
        let entry: Entry<'_> = serde_json::from_str(line).expect("an entry");
        let name = &entry.name;
        let text = match (&entry.raw, entry.frame) {
            (Some(raw), _) => raw,
            // null is a frame too, though no good one
            (None, frame) => frame.map_or("null", RawValue::get),
        };
        let action = entry.action.as_deref().and_then(Action::from_name);
        let strict = Message::parse(text, |_| action);
        assert_eq!(strict.is_ok(), entry.valid, "{name}");
        let lenient = Message::parse_with(text, |_| action, Tolerance::LENIENT);
        if let Some(expected) = entry.lenient {
            assert_eq!(lenient.is_ok(), expected || entry.valid, "{name}");
        }
        match (strict, lenient) {
            // An answer to something unknown is kept as it is.
            (Ok(Message::Unexpected(_)), Ok(_)) => {}
            (Ok(message), Ok(tolerated)) => {
                assert_eq!(message, tolerated.value, "{name}");
                assert_eq!(tolerated.deviations, [], "{name}");
                assert_eq!(message, parsed(&written(&message), action), "{name}");
            }
            (Ok(_), Err(error)) => panic!("{name}: {error}"),
            (Err(error), lenient) => {
                if let Some(code) = &entry.suggested_error {
                    assert_eq!(error.code().as_str(), code, "{name}");
                }
                let bent = lenient.is_ok_and(|read| read.deviations.is_empty());
                assert!(!bent, "{name} is taken, and nothing was bent");
            }
        }
        count += 1;
    }
    assert!(count > 1000, "only {count} frames");
}

fn parsed(text: &str, action: Option<Action>) -> Message<'_> {
    Message::parse(text, |_| action).expect("what was written")
}

fn written(message: &Message<'_>) -> String {
    let mut out = String::new();
    match message {
        Message::Call { id, request } => request.encode_call(id, &mut out),
        Message::CallResult { id, response } => response.encode_result(id, &mut out),
        Message::CallError(error) => error.encode(&mut out),
        other => unreachable!("{other:?}"),
    }
    .expect("what was valid when read");
    out
}
