//! JSON as short as it can be; what writes numbers for serde_json can panic as far as the linker
//! knows.

use alloc::string::String;
use core::fmt::{self, Write};

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer,
};

pub(crate) fn to_text(value: &impl Serialize) -> Result<String, Error> {
    let mut out = String::new();
    value.serialize(Json { out: &mut out })?;
    Ok(out)
}

#[derive(Debug)]
pub(crate) struct Error;

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        crate::show(message);
        Self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written")
    }
}

impl core::error::Error for Error {}

struct Json<'o> {
    out: &'o mut String,
}

impl<'o> Json<'o> {
    fn show(self, value: impl fmt::Display) -> Result<(), Error> {
        write!(self.out, "{value}").map_err(|_| Error)
    }

    fn list(self, first: char, last: char) -> List<'o> {
        self.out.push(first);
        List {
            out: self.out,
            last,
            is_filled: false,
        }
    }
}

/// What is written of a list or an object.
struct List<'o> {
    out: &'o mut String,
    last: char,
    is_filled: bool,
}

impl List<'_> {
    fn next(&mut self) -> Json<'_> {
        if self.is_filled {
            self.out.push(',');
        }
        self.is_filled = true;
        Json { out: self.out }
    }

    fn value(&mut self) -> Json<'_> {
        self.out.push(':');
        Json { out: self.out }
    }

    fn close(self) -> Result<(), Error> {
        self.out.push(self.last);
        Ok(())
    }
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = List<'o>;
    type SerializeStruct = List<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.show(value)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Error> {
        Err(Error::custom("a float"))
    }

    fn serialize_f64(self, _: f64) -> Result<(), Error> {
        Err(Error::custom("a float"))
    }

    fn serialize_char(self, _: char) -> Result<(), Error> {
        Err(Error::custom("a character"))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.out.push('"');
        for character in value.chars() {
            match character {
                '"' | '\\' => {
                    self.out.push('\\');
                    self.out.push(character);
                }
                '\0'..='\x1F' => {
                    write!(self.out, "\\u{:04x}", u32::from(character)).map_err(|_| Error)?;
                }
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(Error::custom("bytes"))
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.show("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error::custom(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'o>, Error> {
        Ok(self.list('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        Err(Error::custom("a tuple"))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error::custom(name))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error::custom(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'o>, Error> {
        Ok(self.list('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'o>, Error> {
        Ok(self.list('{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error::custom(variant))
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl SerializeMap for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(self.next())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.value())
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl SerializeStruct for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        key.serialize(self.next())?;
        value.serialize(self.value())
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
