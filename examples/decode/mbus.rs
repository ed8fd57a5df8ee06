//! M-Bus telegrams as tables or JSON lines.

mod answer;
mod table;

use std::io::{self, Write};

use mbus_proto::{Telegram, Tolerance};
use serde::Deserialize;

use answer::Answer;

/// What the command line asked for.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    pub(crate) lenient: bool,
}

/// A line that is not plain hexadecimal.
#[derive(Deserialize)]
struct Line {
    hex: Option<String>,
    telegrams: Option<Vec<String>>,
}

/// Decodes one line; whether that succeeded.
pub(crate) fn decode_line(line: &str, options: &Options, out: &mut impl Write) -> io::Result<bool> {
    let answer = match telegrams(line) {
        Ok(telegrams) => answer(&telegrams, options),
        Err(answer) => *answer,
    };
    if options.json {
        serde_json::to_writer(&mut *out, &answer)?;
        writeln!(out)?;
    } else {
        table::write(&answer, out)?;
    }
    Ok(answer.ok)
}

/// The telegrams of a line; several belong together.
fn telegrams(line: &str) -> Result<Vec<Vec<u8>>, Box<Answer>> {
    let texts = if line.starts_with('{') {
        let line: Line = serde_json::from_str(line)
            .map_err(|error| Box::new(Answer::failed("json", &error, error.column())))?;
        match (line.telegrams, line.hex) {
            (Some(telegrams), _) if !telegrams.is_empty() => telegrams,
            (_, Some(hex)) => vec![hex],
            _ => {
                return Err(Box::new(Answer::failed(
                    "json",
                    &"no `hex` and no `telegrams`",
                    0,
                )));
            }
        }
    } else {
        vec![line.to_owned()]
    };
    texts.iter().map(|text| bytes(text)).collect()
}

/// Hexadecimal digits, with or without separators.
fn bytes(text: &str) -> Result<Vec<u8>, Box<Answer>> {
    let mut bytes = Vec::new();
    let mut high = None;
    for char in text.chars().filter(|char| !is_separator(*char)) {
        let digit = char.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let Some(digit) = digit else {
            let error = format!("{char:?} is no hexadecimal digit at byte {}", bytes.len());
            return Err(Box::new(Answer::failed("hex", &error, bytes.len())));
        };
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(high << 4 | digit),
        }
    }
    if high.is_some() {
        let error = format!("odd number of hexadecimal digits at byte {}", bytes.len());
        return Err(Box::new(Answer::failed("hex", &error, bytes.len())));
    }
    Ok(bytes)
}

fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, ':' | '-' | ',' | ';' | '_' | '|')
}

/// One answer for telegrams that belong together: the records of all, the rest of the first.
fn answer(telegrams: &[Vec<u8>], options: &Options) -> Answer {
    let allowed = if options.lenient {
        Tolerance::LENIENT
    } else {
        Tolerance::DEFAULT
    };
    let mut joined: Option<Answer> = None;
    for bytes in telegrams {
        let next = match Telegram::parse_with(bytes, allowed) {
            Ok(telegram) => Answer::new(&telegram),
            Err(error) => Answer::failed(error.kind.name(), &error, error.offset),
        };
        match &mut joined {
            None => joined = Some(next),
            Some(answer) => answer.join(next),
        }
    }
    joined.unwrap_or_else(|| Answer::failed("hex", &"no bytes", 0))
}
