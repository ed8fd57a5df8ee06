//! Points as objects of JSON and the like.

use core::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fields::{Fields, Word};
use super::{Point, PointError};

/// The text form.
impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An object with the keys of the text form, whose values may be numbers and truth values, or the
/// text form itself.
impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PointVisitor)
    }
}

struct PointVisitor;

impl<'de> Visitor<'de> for PointVisitor {
    type Value = Point;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a text with `reg` and `unit`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Point, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Point, A::Error> {
        let mut fields = Fields::default();
        while let Some(Key(key)) = map.next_key()? {
            map.next_value_seed(Set {
                key,
                fields: &mut fields,
            })?;
        }
        Point::from_fields(&fields).map_err(A::Error::custom)
    }
}

/// One of the keys.
struct Key(&'static str);

const KEYS: [&str; 9] = [
    "reg",
    "unit",
    "type",
    "size",
    "factor",
    "pause",
    "function_code",
    "round",
    "swap_words",
];

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key of a point")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key, E> {
        let key = KEYS.into_iter().find(|key| *key == text);
        key.map(Key)
            .ok_or_else(|| E::custom(PointError::UnknownKey(super::ShortName::new(text))))
    }
}

/// Puts the next value where its key says.
struct Set<'f> {
    key: &'static str,
    fields: &'f mut Fields,
}

impl<'de> serde::de::DeserializeSeed<'de> for Set<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Set<'_> {
    fn put<E: Error>(self, word: Word<'_>) -> Result<(), E> {
        self.fields.set(self.key, word).map_err(E::custom)
    }
}

impl Visitor<'_> for Set<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text, or true or false")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.put(Word::Text(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(Word::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.put(Word::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => self.put(Word::Integer(number)),
            Err(_) => Err(E::custom(PointError::Value(self.key))),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.put(Word::Float(number))
    }
}
