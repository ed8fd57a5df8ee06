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
    texts
        .iter()
        .map(|text| bytes(text).map_err(Box::new))
        .collect()
}

/// Hexadecimal digits with or without anything between the bytes that is no digit.
fn bytes(text: &str) -> Result<Vec<u8>, Answer> {
    let digits: String = text
        .chars()
        .filter(|char| !matches!(char, ' ' | '\t' | ':' | '-' | ',' | ';' | '_' | '|'))
        .collect();
    hex::decode(&digits).map_err(|error| {
        let offset = match error {
            hex::FromHexError::InvalidHexCharacter { index, .. } => index / 2,
            _ => digits.len() / 2,
        };
        Answer::failed("hex", &error, offset)
    })
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
