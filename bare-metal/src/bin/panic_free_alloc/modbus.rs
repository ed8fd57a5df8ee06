//! The entrances of modbus-regmap that need an allocator.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hint::black_box;
use core::str::SplitAsciiWhitespace;

use modbus_regmap::encoding::Encoding;
use modbus_regmap::map::{Block, Device, Point, Register, RegisterMap};
use modbus_regmap::plan::{Place, Selection, readings_in};
use modbus_regmap::{Registers, Request, Response, Table};
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::{pieces, show};

/// A map from its form, its plan, and its readings.
pub(crate) fn map_form(text: &str) {
    match black_box(RegisterMap::deserialize(&mut Tokens::of(text))) {
        Ok(map) => look_at_map(&map),
        Err(error) => show(error),
    }
}

/// A map from its form and back.
pub(crate) fn map_text(text: &str) {
    let Ok(map) = RegisterMap::deserialize(&mut Tokens::of(text)) else {
        return;
    };
    if let Err(error) = pieces::take(&map) {
        show(error);
    }
}

pub(crate) fn map_of_parts(text: &str) {
    let mut registers = Vec::new();
    for name in text.split_ascii_whitespace() {
        let encoding = black_box(Encoding::U16);
        let address = black_box(3);
        registers.push(Register::new(
            name,
            Table::HoldingRegister,
            address,
            encoding,
        ));
    }
    match black_box(RegisterMap::from_parts(Device::new(text), registers)) {
        Ok(map) => look_at_map(&map),
        Err(error) => show(error),
    }
}

fn look_at_map(map: &RegisterMap<'_>) {
    let again = map.clone();
    black_box(again == *map);
    let place = black_box(Place::at(7));
    let names: Vec<_> = map.registers().iter().map(Register::name).collect();
    for name in &names {
        black_box(map.register(name));
    }
    black_box(map.register_at(black_box(Table::Coil), black_box(7)));
    let blocks = [Block::new(Table::HoldingRegister, 7, Registers::EMPTY); 2];
    let named = black_box(Selection::Names(&names));
    for (_, outcome) in readings_in(map, place, named, black_box(&blocks)) {
        black_box(outcome.is_ok());
    }
    for plan in [
        map.plan(Selection::All),
        map.plan(named),
        map.plan_at(place, Selection::Measured),
    ] {
        match black_box(plan) {
            Ok(plan) => {
                for request in plan.requests() {
                    let answer = black_box(Registers::EMPTY);
                    for (_, outcome) in request.readings(map, place, answer) {
                        black_box(outcome.is_ok());
                    }
                }
            }
            Err(error) => show(error),
        }
    }
}

pub(crate) fn point_form(text: &str) {
    match black_box(Point::deserialize(&mut Tokens::of(text))) {
        Ok(point) => show(point),
        Err(error) => show(error),
    }
}

pub(crate) fn pdu(text: &str) {
    let mut out = Vec::new();
    if let Ok(request) = Request::parse(text.as_bytes()) {
        black_box(request.encode(&mut out)).ok();
    }
    if let Ok(response) = Response::parse(text.as_bytes()) {
        black_box(response.encode(&mut out)).ok();
    }
    black_box(out);
}

/// Why a form is refused; the error of serde itself panics where a message cannot be written.
#[derive(Debug)]
struct Error;

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        show(message);
        Self
    }

    // the words of serde show texts as programmers write them, for which core has a table, and
    // lists that it takes for filled
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        show(expected);
        Self
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        show(expected);
        Self
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        show(field);
        Self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl core::error::Error for Error {}

/// A form in words: `{ device { name meter } register [ { address 7 } ] }`.
struct Tokens<'a> {
    words: SplitAsciiWhitespace<'a>,
    next: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = text.split_ascii_whitespace();
        let next = words.next();
        Self { words, next }
    }

    fn take(&mut self) -> &'a str {
        let word = self.next.unwrap_or("}");
        self.next = self.words.next();
        word
    }
}

impl<'de> Deserializer<'de> for &mut Tokens<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let word = self.take();
        match word {
            "{" => visitor.visit_map(self),
            "[" => visitor.visit_seq(self),
            "true" => visitor.visit_bool(true),
            "0.5" => visitor.visit_f64(black_box(0.5)),
            "owned" => visitor.visit_string(String::from(word)),
            word => match (word.parse(), word.parse()) {
                (Ok(number), _) => visitor.visit_u64(number),
                (_, Ok(number)) => visitor.visit_i64(number),
                _ => visitor.visit_str(word),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for &mut Tokens<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.take() {
            "}" => Ok(None),
            key => {
                let key: StrDeserializer<'_, Error> = key.into_deserializer();
                seed.deserialize(key).map(Some)
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut **self)
    }
}

impl<'de> SeqAccess<'de> for &mut Tokens<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match self.next {
            None | Some("]") => {
                self.take();
                Ok(None)
            }
            Some(_) => seed.deserialize(&mut **self).map(Some),
        }
    }
}
