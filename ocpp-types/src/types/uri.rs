//! Locations of files.

use alloc::borrow::Cow;
use core::fmt;

use crate::error::Rule;
use crate::json::{Reader, Stop, Writer, split};
use crate::value::{Own, Value};

/// A location: a scheme, a colon and no blanks.
///
/// Stations take ftp, ftps, http, https and sftp, often with a user and a password inside: mask
/// those before you log them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uri<'a>(Cow<'a, str>);

impl<'a> Uri<'a> {
    /// A location, if it is one.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Option<Self> {
        let text = text.into();
        is_uri(&text).then_some(Self(text))
    }

    /// Any text, for those who test what the other side does with it.
    #[must_use]
    pub fn unchecked(text: impl Into<Cow<'a, str>>) -> Self {
        Self(text.into())
    }

    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What comes before the first colon, as it was sent; schemes are compared without case.
    #[must_use]
    pub fn scheme(&self) -> &str {
        split(&self.0, b':').map_or("", |(scheme, _)| scheme)
    }

    /// The same with a text of its own, so that it can be kept.
    #[must_use]
    pub fn into_owned(self) -> Uri<'static> {
        Uri(Own::own(self.0))
    }
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = split(text, b':') else {
        return false;
    };
    scheme
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && !rest
            .chars()
            .any(|char| char.is_whitespace() || char.is_control())
}

impl<'a> Value<'a> for Uri<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        let at = reader.at();
        let text = reader.string()?;
        if !is_uri(&text) {
            return reader.fail_at(Rule::Uri, at);
        }
        Ok(Self(text))
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        writer.demand(is_uri(&self.0), Rule::Uri)?;
        writer.string(&self.0);
        Ok(())
    }
}

impl Own for Uri<'_> {
    type Owned = Uri<'static>;

    fn own(self) -> Self::Owned {
        self.into_owned()
    }
}

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Uri<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de: 'a, 'a> serde::Deserialize<'de> for Uri<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(crate::serde_text::text(deserializer)?)
            .ok_or_else(|| serde::de::Error::custom(Rule::Uri))
    }
}

#[cfg(test)]
mod tests {
    use super::Uri;

    #[test]
    fn a_location_has_a_scheme_and_no_blanks() {
        for text in [
            "ftp://user:secret@host/dir/",
            "https://h/a?b=1#c",
            "a+b-c.9:x",
        ] {
            assert!(Uri::new(text).is_some(), "{text}");
        }
        for text in [
            "",
            "host/path",
            "ftp://a b",
            "1ftp://a",
            "://a",
            "ftp ://a",
            "ftp://a\n",
        ] {
            assert!(Uri::new(text).is_none(), "{text}");
        }
        assert_eq!(Uri::new("sFTP://host").unwrap().scheme(), "sFTP");
    }
}
