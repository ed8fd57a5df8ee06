//! OCPP 1.6-J frames as tables or JSON lines.

mod answer;
mod table;

use std::io::{self, Write};

use ocpp_types::{Action, Message, Tolerance};
use serde::Deserialize;
use serde_json::value::RawValue;

use answer::Answer;

/// What the command line asked for.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    pub(crate) lenient: bool,
}

/// A line that is not the frame itself.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    frame: Option<&'a RawValue>,
    raw: Option<String>,
    action: Option<String>,
    #[serde(borrow)]
    installed: Option<&'a RawValue>,
}

/// Decodes one line; whether that succeeded.
pub(crate) fn decode_line(line: &str, options: &Options, out: &mut impl Write) -> io::Result<bool> {
    if !line.starts_with('{') {
        return show(line, None, options, out);
    }
    let line: Line<'_> = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => return Answer::unreadable(&error).write(options, out),
    };
    // Charging profiles: a line with `installed` asks for the schedule that they make together.
    if line.installed.is_some() {
        return Answer::unreadable(&"charging profiles are not put together").write(options, out);
    }
    let text = match (line.raw, line.frame) {
        (Some(raw), _) => raw,
        (None, Some(frame)) => frame.get().to_owned(),
        (None, None) => return Answer::unreadable(&"no `frame` and no `raw`").write(options, out),
    };
    let action = line.action.as_deref().and_then(Action::from_name);
    show(&text, action, options, out)
}

fn show(
    text: &str,
    action: Option<Action>,
    options: &Options,
    out: &mut impl Write,
) -> io::Result<bool> {
    let tolerance = if options.lenient {
        Tolerance::LENIENT
    } else {
        Tolerance::STRICT
    };
    match Message::parse_with(text, |_| action, tolerance) {
        Ok(read) => Answer::new(&read).write(options, out),
        Err(error) => Answer::refused(&error).write(options, out),
    }
}
