//! Where lines come from.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// What the command line named.
pub(crate) enum Input {
    /// The line itself.
    Line(String),
    /// Standard input.
    Standard,
    /// A file.
    File(String),
}

impl Input {
    /// A single word that is a dash or names a file is one; anything else is the line itself.
    pub(crate) fn from_values(values: Vec<String>) -> Result<Self, String> {
        match values.as_slice() {
            [] => Err("no bytes and no file".to_owned()),
            [dash] if dash == "-" => Ok(Self::Standard),
            [path] if Path::new(path).is_file() => Ok(Self::File(path.clone())),
            [path] if is_path(path) => Err(format!("{path} is no file")),
            _ => Ok(Self::Line(values.join(" "))),
        }
    }

    /// Hands out one line after the other, without blank lines and comments.
    pub(crate) fn for_each_line(
        self,
        mut handle: impl FnMut(&str) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut reader: Box<dyn BufRead> = match self {
            Self::Line(line) => return handle(line.trim()),
            Self::Standard => Box::new(io::stdin().lock()),
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
        };
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if !text.is_empty() && !text.starts_with('#') {
                handle(text)?;
            }
            line.clear();
        }
        Ok(())
    }
}

/// Whether a word can be nothing else: bytes have neither a dot nor a slash.
fn is_path(word: &str) -> bool {
    !word.trim_start().starts_with(['{', '[']) && word.contains(['.', '/'])
}
