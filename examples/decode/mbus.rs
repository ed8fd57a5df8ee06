//! M-Bus telegrams as tables or JSON lines.

mod answer;
#[path = "../shown/mod.rs"]
mod shown;
mod source;
mod table;

use core::str::FromStr;
use std::io::{self, Write};

use mbus_proto::link::{ControlField, Function};
use mbus_proto::security::{DesKey, Key, KeyTextError};
use mbus_proto::wireless::{Buffer, FormatCache, Progress, RadioFrame, Reader, Reassembly};
use mbus_proto::{DecodeError, Telegram, Tolerance};
use serde::Deserialize;

use answer::Answer;
use source::Source;

/// What the command line asked for.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    pub(crate) lenient: bool,
    pub(crate) unauthenticated: bool,
    pub(crate) link: Option<Link>,
    pub(crate) key: Option<MeterKey>,
}

/// A key of AES, or of DES.
#[derive(Clone)]
pub(crate) enum MeterKey {
    Aes(Key),
    Des(DesKey),
}

impl FromStr for MeterKey {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 16 {
            return text.parse().map(Self::Des);
        }
        text.parse().map(Self::Aes)
    }
}

/// Where telegrams come from, if they are not to tell by themselves.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Link {
    Wired,
    Wireless,
}

/// A line that is not plain hexadecimal.
#[derive(Deserialize)]
struct Line {
    hex: Option<String>,
    telegrams: Option<Vec<String>>,
    key: Option<String>,
}

/// Telegrams that belong together, and the key to them.
struct Group {
    telegrams: Vec<Vec<u8>>,
    key: Option<MeterKey>,
}

/// Decodes one line after the other. What radio telegrams left behind, formats of compact frames and
/// pieces of messages, is of use to those that follow.
pub(crate) struct Decoder {
    options: Options,
    formats: FormatCache<FORMATS>,
    pieces: Reassembly,
}

/// So many formats are kept.
const FORMATS: usize = 64;

impl Decoder {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            formats: FormatCache::new(),
            pieces: Reassembly::new(),
        }
    }

    /// Decodes one line; whether that succeeded.
    pub(crate) fn decode_line(&mut self, line: &str, out: &mut impl Write) -> io::Result<bool> {
        let answer = match group(line, &self.options) {
            Ok(group) => self.answer(&group),
            Err(answer) => *answer,
        };
        if self.options.json {
            serde_json::to_writer(&mut *out, &answer)?;
            writeln!(out)?;
        } else {
            table::write(&answer, out)?;
        }
        Ok(answer.ok)
    }

    /// One answer for telegrams that belong together: the records of all, the rest of the first.
    fn answer(&mut self, group: &Group) -> Answer {
        let mut joined: Option<Answer> = None;
        for bytes in &group.telegrams {
            let next = self.telegram(bytes, group.key.as_ref());
            match &mut joined {
                None => joined = Some(next),
                Some(answer) => answer.join(next),
            }
        }
        joined.unwrap_or_else(|| Answer::failed("hex", &"no bytes", 0))
    }

    fn telegram(&mut self, bytes: &[u8], key: Option<&MeterKey>) -> Answer {
        match self.options.link {
            Some(Link::Wireless) => self.radio(bytes, key),
            None if RadioFrame::is_likely(bytes) => self.radio(bytes, key),
            Some(Link::Wired) => self.wired(bytes, key),
            None => {
                let answer = self.wired(bytes, key);
                // What starts no wired frame may be a radio frame of the wrong length.
                match bytes {
                    [0xE5 | 0x10 | 0x68, ..] => answer,
                    [_, control, ..] if !answer.ok && is_function(*control) => {
                        self.radio(bytes, key)
                    }
                    _ => answer,
                }
            }
        }
    }

    fn allowed(&self) -> Tolerance {
        let mut allowed = if self.options.lenient {
            Tolerance::LENIENT
        } else {
            Tolerance::DEFAULT
        };
        allowed.set(Tolerance::UNAUTHENTICATED, self.options.unauthenticated);
        allowed
    }

    fn wired(&self, bytes: &[u8], key: Option<&MeterKey>) -> Answer {
        let mut buffer = [0; 256];
        let telegram = match (Telegram::parse_with(bytes, self.allowed()), key) {
            (Ok(telegram), Some(MeterKey::Aes(key))) => telegram.decrypt(key, None, &mut buffer),
            (Ok(telegram), Some(MeterKey::Des(key))) => telegram.decrypt_des(key, &mut buffer),
            (telegram, _) => telegram,
        };
        match telegram {
            Ok(telegram) => Answer::new(&Source::Wired(telegram)),
            Err(error) => failed(error),
        }
    }

    fn radio(&mut self, bytes: &[u8], key: Option<&MeterKey>) -> Answer {
        let mut reader = Reader::new().with_tolerance(self.allowed());
        reader = match key {
            None => reader,
            Some(MeterKey::Aes(key)) => reader.with_key(key.clone()),
            Some(MeterKey::Des(key)) => reader.with_des_key(key.clone()),
        };
        let mut buffer = Buffer::new();
        let telegram = match reader.read_with(bytes, &mut self.formats, &mut buffer) {
            Ok(telegram) => telegram,
            Err(error) => return failed(error),
        };
        if self.pieces.push(&telegram) == Progress::Complete {
            match reader.read_message(&mut self.pieces) {
                Ok(Some(message)) => return Answer::new(&Source::Radio(message)),
                Ok(None) => {}
                Err(error) => return failed(error),
            }
        }
        Answer::new(&Source::Radio(telegram))
    }
}

/// Whether a C field has a function that there is.
fn is_function(control: u8) -> bool {
    !matches!(
        ControlField::from_code(control).function(),
        Function::Other(_)
    )
}

fn failed(error: DecodeError) -> Answer {
    Answer::failed(error.kind.name(), &error, error.offset)
}

/// The telegrams of a line; several belong together.
fn group(line: &str, options: &Options) -> Result<Group, Box<Answer>> {
    let mut key = options.key.clone();
    let texts = if line.starts_with('{') {
        let line: Line = serde_json::from_str(line)
            .map_err(|error| Box::new(Answer::failed("json", &error, error.column())))?;
        match line.key.as_deref() {
            None | Some("") => {}
            Some(text) => {
                let own = text.parse::<MeterKey>();
                key = Some(own.map_err(|error| Box::new(Answer::failed("key", &error, 0)))?);
            }
        }
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
    let telegrams = texts
        .iter()
        .map(|text| bytes(text))
        .collect::<Result<_, _>>()?;
    Ok(Group { telegrams, key })
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
