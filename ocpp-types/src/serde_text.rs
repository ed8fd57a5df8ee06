//! What the serde forms share: texts that borrow where the format can lend, and members.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Action;

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

/// The visitor of an enumeration of payloads, whose type it names.
pub(crate) struct Variants<T>(pub(crate) PhantomData<T>);

/// Reads an action, by its name or its place in [`Action::ALL`].
pub(crate) struct ActionName;

impl<'de> DeserializeSeed<'de> for ActionName {
    type Value = Action;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Action, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for ActionName {
    type Value = Action;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an action")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Action, E> {
        Action::from_name(name).ok_or_else(|| E::unknown_variant(name, Action::NAMES))
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<Action, E> {
        let index = usize::try_from(index).ok();
        let action = index.and_then(|index| Action::ALL.get(index));
        action.copied().ok_or_else(|| E::custom("unknown action"))
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ActionName)
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
