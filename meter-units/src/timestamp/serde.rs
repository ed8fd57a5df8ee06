//! Timestamps in serialized form.
//!
//! Readable formats hold the text, binary ones a tuple: for [`Timestamp`] a number for the kind of
//! knowledge, then its two fields; for [`Civil`] the six fields, each as an option.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{SerializeStruct, SerializeTuple};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Civil, Timestamp};

const UTC: u8 = 0;
const OFFSET: u8 = 1;
const LOCAL: u8 = 2;

const EXPECTED: &str = "a timestamp such as 2012-01-24T13:29:05Z";
const FIELDS: &[&str] = &["local", "dst"];

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let Self::Local {
                civil,
                dst: Some(dst),
            } = self
            else {
                return serializer.collect_str(self);
            };
            let mut object = serializer.serialize_struct("Timestamp", FIELDS.len())?;
            object.serialize_field("local", civil)?;
            object.serialize_field("dst", dst)?;
            return object.end();
        }
        let mut tuple = serializer.serialize_tuple(3)?;
        match self {
            Self::Utc { secs, nanos } => {
                tuple.serialize_element(&UTC)?;
                tuple.serialize_element(secs)?;
                tuple.serialize_element(nanos)?;
            }
            Self::Offset { civil, minutes } => {
                tuple.serialize_element(&OFFSET)?;
                tuple.serialize_element(civil)?;
                tuple.serialize_element(minutes)?;
            }
            Self::Local { civil, dst } => {
                tuple.serialize_element(&LOCAL)?;
                tuple.serialize_element(civil)?;
                tuple.serialize_element(dst)?;
            }
        }
        tuple.end()
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Readable)
        } else {
            deserializer.deserialize_tuple(3, Compact(PhantomData::<Self>))
        }
    }
}

struct Readable;

impl<'de> Visitor<'de> for Readable {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        text.parse()
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Timestamp, A::Error> {
        let (mut local, mut saving) = (None, None);
        while let Some(field) = map.next_key()? {
            match field {
                Field::Local if local.is_some() => return Err(Error::duplicate_field("local")),
                Field::Local => local = Some(map.next_value()?),
                Field::Dst if saving.is_some() => return Err(Error::duplicate_field("dst")),
                Field::Dst => saving = Some(map.next_value()?),
            }
        }
        let civil = local.ok_or_else(|| Error::missing_field("local"))?;
        let dst = saving.ok_or_else(|| Error::missing_field("dst"))?;
        Ok(Timestamp::Local { civil, dst })
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Local,
    Dst,
}

impl Serialize for Civil {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let mut tuple = serializer.serialize_tuple(6)?;
        tuple.serialize_element(&self.year())?;
        tuple.serialize_element(&self.month())?;
        tuple.serialize_element(&self.day())?;
        tuple.serialize_element(&self.hour())?;
        tuple.serialize_element(&self.minute())?;
        tuple.serialize_element(&self.second())?;
        tuple.end()
    }
}

impl<'de> Deserialize<'de> for Civil {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            crate::serde_text::deserialize(deserializer, "a date or time such as 2012-01-24T13:29")
        } else {
            deserializer.deserialize_tuple(6, Compact(PhantomData::<Self>))
        }
    }
}

struct Compact<T>(PhantomData<T>);

impl<'de> Visitor<'de> for Compact<Timestamp> {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp as a tuple of three")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Timestamp, A::Error> {
        match element(&mut seq, 0)? {
            UTC => Ok(Timestamp::Utc {
                secs: element(&mut seq, 1)?,
                nanos: element(&mut seq, 2)?,
            }),
            OFFSET => Ok(Timestamp::Offset {
                civil: element(&mut seq, 1)?,
                minutes: element(&mut seq, 2)?,
            }),
            LOCAL => Ok(Timestamp::Local {
                civil: element(&mut seq, 1)?,
                dst: element(&mut seq, 2)?,
            }),
            other => Err(Error::invalid_value(
                Unexpected::Unsigned(u64::from(other)),
                &"0 for UTC, 1 for an offset, 2 for local time",
            )),
        }
    }
}

impl<'de> Visitor<'de> for Compact<Civil> {
    type Value = Civil;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("date and time as a tuple of six")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Civil, A::Error> {
        let mut civil = Civil::EMPTY;
        if let Some(year) = element(&mut seq, 0)? {
            civil = in_range(civil.with_year(year))?;
        }
        let setters = [
            Civil::with_month,
            Civil::with_day,
            Civil::with_hour,
            Civil::with_minute,
            Civil::with_second,
        ];
        for (set, index) in setters.into_iter().zip(1..) {
            if let Some(value) = element(&mut seq, index)? {
                civil = in_range(set(civil, value))?;
            }
        }
        Ok(civil)
    }
}

fn element<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    seq: &mut A,
    index: usize,
) -> Result<T, A::Error> {
    seq.next_element()?
        .ok_or_else(|| Error::invalid_length(index, &"a longer tuple"))
}

fn in_range<E: Error>(civil: Option<Civil>) -> Result<Civil, E> {
    civil.ok_or_else(|| E::custom("a field of the date or time is out of range"))
}

#[cfg(test)]
mod tests {
    use super::{Civil, Timestamp};

    #[test]
    fn readable_formats_hold_the_text() {
        for text in [
            "2013-05-22T13:00:29.25Z",
            "2013-05-22T15:00:29+02:00",
            "2013-05-22T15:00",
            "-----05-22",
        ] {
            let time: Timestamp = text.parse().unwrap();
            let json = serde_json::to_string(&time).unwrap();
            assert_eq!(json.trim_matches('"'), text);
            assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), time);
        }
    }

    #[test]
    fn daylight_saving_makes_it_an_object() {
        let time = Timestamp::Local {
            civil: Civil::from_date(2013, 5, 22).unwrap(),
            dst: Some(true),
        };
        let json = r#"{"local":"2013-05-22","dst":true}"#;
        assert_eq!(serde_json::to_string(&time).unwrap(), json);
        assert_eq!(serde_json::from_str::<Timestamp>(json).unwrap(), time);
        for wrong in [
            r#"{"local":"2013-05-22"}"#,
            r#"{"dst":true}"#,
            r#"{"local":"2013-05-22","dst":true,"zone":"CET"}"#,
            r#"{"local":"2013-05-22Z","dst":true}"#,
            r#"{"local":"2013-05-22","dst":true,"dst":true}"#,
            r#""2013-13-22""#,
            "1369227629",
        ] {
            assert!(serde_json::from_str::<Timestamp>(wrong).is_err(), "{wrong}");
        }
    }
}
