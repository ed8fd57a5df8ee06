//! What the serde forms share: texts that borrow where the format can lend, and members.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// A text that may borrow from the input.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    deserializer.deserialize_str(Borrow)
}

struct Borrow;

impl<'de> Visitor<'de> for Borrow {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// The visitor of an object, whose type it names.
pub(crate) struct Members<T>(pub(crate) PhantomData<T>);

/// The name of a member.
pub(crate) struct Name<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self)
    }
}

macro_rules! serialize_member {
    (optional, $object:ident, $json:literal, $value:expr) => {
        if let Some(value) = $value {
            serde::ser::SerializeMap::serialize_entry(&mut $object, $json, value)?;
        }
    };
    (optional_digits, $object:ident, $json:literal, $value:expr) => {
        $crate::serde_text::serialize_member!(optional, $object, $json, $value);
    };
    (nonempty, $object:ident, $json:literal, $value:expr) => {
        $crate::serde_text::serialize_member!(optional, $object, $json, $value);
    };
    ($card:ident, $object:ident, $json:literal, $value:expr) => {
        serde::ser::SerializeMap::serialize_entry(&mut $object, $json, $value)?;
    };
}

macro_rules! member {
    (optional, $field:ident, $json:literal) => {
        $field
    };
    (optional_digits, $field:ident, $json:literal) => {
        $field
    };
    (nonempty, $field:ident, $json:literal) => {
        match $field {
            Some(list) if Vec::is_empty(&list) => {
                return Err(serde::de::Error::invalid_length(0, &"at least one element"));
            }
            list => list,
        }
    };
    ($card:ident, $field:ident, $json:literal) => {
        $field.ok_or_else(|| serde::de::Error::missing_field($json))?
    };
}

pub(crate) use {member, serialize_member};
