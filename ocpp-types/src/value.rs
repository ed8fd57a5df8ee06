//! What every type of a payload can do, and the table that writes objects.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Rule, Segment};
use crate::json::{Reader, Stop, Writer};
use crate::tolerance::Tolerance;

/// A part of a payload: what is read, checked and written.
pub(crate) trait Value<'a>: Sized {
    /// Reads one; what the reader does not tolerate fails.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop>;

    /// Writes it; what breaks a rule fails, unless the writer does not check.
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop>;

    /// How many elements of this type to make room for, ahead of a list of them.
    fn expected(reader: &Reader<'_>) -> usize {
        reader.expected_elements(b'{', 2)
    }

    /// Whether an empty text stands for no value.
    const CAN_BE_EMPTY: bool = false;
}

/// A part of a payload that may borrow from the text that it was read from.
pub(crate) trait Own {
    type Owned;

    fn own(self) -> Self::Owned;
}

macro_rules! own_itself {
    ($($type:ty),+) => {$(
        impl Own for $type {
            type Owned = Self;

            #[inline]
            fn own(self) -> Self {
                self
            }
        }
    )+};
}

own_itself!(i64, bool);

impl Own for Cow<'_, str> {
    type Owned = Cow<'static, str>;

    fn own(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self) -> Self::Owned {
        self.map(Own::own)
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self) -> Self::Owned {
        self.into_iter().map(Own::own).collect()
    }
}

impl<'a> Value<'a> for i64 {
    const CAN_BE_EMPTY: bool = true;

    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        match reader.plain_integer() {
            Some(number) => Ok(number),
            None => reader.unusual_integer(),
        }
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        writer.integer(*self);
        Ok(())
    }
}

impl<'a> Value<'a> for bool {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        if reader.take_word("true") {
            Ok(true)
        } else if reader.take_word("false") {
            Ok(false)
        } else {
            reader.bent_boolean()
        }
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        writer.raw(if *self { "true" } else { "false" });
        Ok(())
    }
}

impl<'a, T: Value<'a>> Value<'a> for Vec<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        let depth = reader.depth();
        if reader.peek() != b'[' && reader.bends_single_element() {
            return Ok(alloc::vec![T::read(reader)?]);
        }
        let mut list = Self::new();
        let mut more = reader.open_list()?;
        if more {
            list.reserve_exact(T::expected(reader).max(1));
        }
        while more {
            reader.set_path(depth, Segment::Index(list.len()));
            append(&mut list, T::read(reader)?);
            reader.cut_path(depth);
            more = reader.next_element()?;
        }
        Ok(list)
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        let depth = writer.depth();
        writer.raw("[");
        let mut index = 0_usize;
        for element in self {
            if index > 0 {
                writer.raw(",");
            }
            writer.set_path(depth, Segment::Index(index));
            element.write(writer)?;
            writer.cut_path(depth);
            index = index.wrapping_add(1);
        }
        writer.raw("]");
        Ok(())
    }
}

/// Appends to a list: the one place where reading can run out of memory.
///
/// It stays a function of its own, so that the check that no panic is reached can tell it apart.
#[inline(never)]
fn append<T>(list: &mut Vec<T>, element: T) {
    list.push(element);
}

/// An object whose members are listed by [`members!`].
pub(crate) trait Object {
    /// The names of the members, in the order of the schema.
    const NAMES: &'static [&'static str];
}

/// What became of a name that the object does not have.
#[cold]
pub(crate) fn additional(
    reader: &mut Reader<'_>,
    depth: u8,
    at: usize,
    name: &str,
) -> Result<(), Stop> {
    reader.cut_path(depth);
    if !reader.bend_member(Tolerance::ADDITIONAL_MEMBER, name) {
        return reader.fail_at(Rule::Additional, at);
    }
    reader.skip().map(drop)
}

/// Ties the members of a struct to their names in JSON, in the order of the schema.
///
/// A tolerant reader takes a name after `or` for the name before it.
///
/// `required` and `optional` members are of the type `T` and `Option<T>`; a `nonempty` one is an
/// optional list that has an element if it is there. After `or`, a required member has what a
/// tolerant reader fills in: a [`Tolerance`] and a function of the depth of the path.
///
/// For `digits` and `optional_digits`, a tolerant reader takes a number for a text; for `register`,
/// a fraction for an integer. `finish` names a method that sees the object after it was read, `unless` a
/// function that may give another one in its place, `reserve` one that estimates how many there are in a list.
///
/// It expands to reading, writing and owning, field by field.
macro_rules! members {
    ($(
        $name:ident $(<$life:lifetime>)? $(, finish $finish:path)? $(, unless $instead:path)? $(, reserve $reserve:path)? {
            $( $json:literal $(or $alias:literal)? => $field:ident:
                $card:ident $(or $rule:ident $fallback:expr)?; )*
        }
    )+) => {$(
        impl $(<$life>)? $crate::value::Object for $name $(<$life>)? {
            const NAMES: &'static [&'static str] = &[ $( $json, )* ];
        }

        impl<'r $(, $life)?> $crate::value::Value<'r> for $name $(<$life>)?
        where
            $( 'r: $life, $life: 'r, )?
        {
            fn read(
                reader: &mut $crate::json::Reader<'r>,
            ) -> Result<Self, $crate::json::Stop> {
                $(
                    if let Some(object) = $instead(reader) {
                        return Ok(object);
                    }
                )?
                let depth = reader.depth();
                #[allow(unused_mut, unused_assignments, unused_variables)]
                let mut is_whole = true;
                $( let mut $field = None; )*
                let mut more = reader.open_object()?;
                // Most senders keep an order, and many that of the schema: a name that is guessed
                // is compared and not searched.
                $(
                    if more && reader.takes_name(concat!("\"", $json, "\":")) {
                        reader.set_path(depth, $crate::error::Segment::Member($json));
                        $crate::value::read_member!($card, reader, $field);
                        more = reader.next_member()?;
                    }
                )*
                while more {
                    reader.peek();
                    let at = reader.at();
                    let name = reader.name(<Self as $crate::value::Object>::NAMES)?;
                    match name {
                        $( $json => {
                            reader.set_path(depth, $crate::error::Segment::Member($json));
                            $crate::value::read_member!($card, reader, $field);
                        } )*
                        $( $(
                            $alias if reader.takes_alias(depth, $alias) => {
                                reader.set_path(depth, $crate::error::Segment::Member($json));
                                $crate::value::read_member!($card, reader, $field);
                            }
                        )? )*
                        #[allow(unused_assignments)]
                        name => {
                            is_whole = false;
                            $crate::value::additional(reader, depth, at, name)?;
                        }
                    }
                    more = reader.next_member()?;
                }
                reader.cut_path(depth);
                #[allow(unused_mut)]
                let mut object = Self {
                    $( $field: $crate::value::filled!(
                        $card, reader, $field, $json $(, is_whole, $rule, $fallback)?
                    ), )*
                };
                $( $finish(&mut object, reader); )?
                Ok(object)
            }

            $(
                fn expected(reader: &$crate::json::Reader<'_>) -> usize {
                    $reserve(reader)
                }
            )?

            fn write(
                &self,
                writer: &mut $crate::json::Writer<'_>,
            ) -> Result<(), $crate::json::Stop> {
                #[allow(unused_variables)]
                let depth = writer.depth();
                writer.raw("{");
                $( $crate::value::write_member!($card, writer, depth, &self.$field, $json); )*
                writer.cut_path(depth);
                writer.raw("}");
                Ok(())
            }
        }

        $crate::value::own_members!($name $(<$life>)? { $($field)* });

        #[cfg(feature = "serde")]
        impl $(<$life>)? serde::Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut object = serde::Serializer::serialize_map(serializer, None)?;
                $( $crate::serde_text::serialize_member!($card, object, $json, &self.$field); )*
                serde::ser::SerializeMap::end(object)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de $(: $life, $life)?> serde::Deserialize<'de> for $name $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::serde_text::Members::<Self>(core::marker::PhantomData))
            }
        }

        #[cfg(feature = "serde")]
        impl<'de $(: $life, $life)?> serde::de::Visitor<'de>
            for $crate::serde_text::Members<$name $(<$life>)?>
        {
            type Value = $name $(<$life>)?;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(stringify!($name))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                $( let mut $field = None; )*
                while let Some(name) = map.next_key::<$crate::serde_text::Name<'de>>()? {
                    match &*name.0 {
                        $( $json => $field = Some(map.next_value()?), )*
                        name => {
                            let names = <Self::Value as $crate::value::Object>::NAMES;
                            return Err(serde::de::Error::unknown_field(name, names));
                        }
                    }
                }
                Ok($name {
                    $( $field: $crate::serde_text::member!($card, $field, $json), )*
                })
            }
        }
    )+};
}

macro_rules! own_members {
    ($name:ident { $($field:ident)* }) => {
        impl $crate::value::Own for $name {
            type Owned = Self;

            #[inline]
            fn own(self) -> Self {
                self
            }
        }
    };
    ($name:ident <$life:lifetime> { $($field:ident)* }) => {
        impl $crate::value::Own for $name<'_> {
            type Owned = $name<'static>;

            fn own(self) -> Self::Owned {
                $name { $( $field: $crate::value::Own::own(self.$field), )* }
            }
        }

        impl $name<'_> {
            /// The same with texts of its own, so that it can be kept.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                $crate::value::Own::own(self)
            }
        }
    };
}

macro_rules! read_member {
    (required, $reader:ident, $field:ident) => {
        $field = Some($crate::value::Value::read($reader)?)
    };
    (optional, $reader:ident, $field:ident) => {
        $field = $crate::value::read_optional($reader)?
    };
    (nonempty, $reader:ident, $field:ident) => {
        $field = Some($crate::value::read_nonempty($reader)?)
    };
    (digits, $reader:ident, $field:ident) => {
        $field = Some($crate::value::read_digits($reader)?)
    };
    (optional_digits, $reader:ident, $field:ident) => {
        $field = if !$reader.is_strict() && $reader.takes_absent(false) {
            None
        } else {
            Some($crate::value::read_digits($reader)?)
        }
    };
    (register, $reader:ident, $field:ident) => {
        $field = Some(if $reader.is_strict() {
            $crate::value::Value::read($reader)?
        } else {
            $reader.bent_register()?
        })
    };
}

macro_rules! filled {
    (optional, $reader:ident, $field:ident, $json:literal) => {
        $field
    };
    (optional_digits, $reader:ident, $field:ident, $json:literal) => {
        $field
    };
    (nonempty, $reader:ident, $field:ident, $json:literal) => {
        $field
    };
    (
        required, $reader:ident, $field:ident, $json:literal,
        $is_whole:ident, $rule:ident, $fallback:expr
    ) => {
        match $field {
            Some(value) => value,
            None if $reader.fills($crate::Tolerance::$rule, $is_whole, $json) => $fallback,
            None => return $reader.fail($crate::error::Rule::Required($json)),
        }
    };
    ($card:ident, $reader:ident, $field:ident, $json:literal) => {
        match $field {
            Some(value) => value,
            None => return $reader.fail($crate::error::Rule::Required($json)),
        }
    };
}

macro_rules! write_member {
    (optional, $writer:ident, $depth:ident, $value:expr, $json:literal) => {
        if let Some(value) = $value {
            $crate::value::write_member!(required, $writer, $depth, value, $json);
        }
    };
    (optional_digits, $writer:ident, $depth:ident, $value:expr, $json:literal) => {
        $crate::value::write_member!(optional, $writer, $depth, $value, $json);
    };
    (nonempty, $writer:ident, $depth:ident, $value:expr, $json:literal) => {
        if let Some(value) = $value {
            $writer.set_path($depth, $crate::error::Segment::Member($json));
            $writer.demand(!value.is_empty(), $crate::error::Rule::MinItems { min: 1 })?;
            $crate::value::write_member!(required, $writer, $depth, value, $json);
        }
    };
    ($card:ident, $writer:ident, $depth:ident, $value:expr, $json:literal) => {
        $writer.set_path($depth, $crate::error::Segment::Member($json));
        $writer.name(concat!(",\"", $json, "\":"));
        $crate::value::Value::write($value, $writer)?;
    };
}

pub(crate) use {filled, members, own_members, read_member, write_member};

/// Reads the value of an optional member; `None` for what is tolerated as missing.
#[inline]
pub(crate) fn read_optional<'a, T: Value<'a>>(reader: &mut Reader<'a>) -> Result<Option<T>, Stop> {
    if !reader.is_strict() && reader.takes_absent(T::CAN_BE_EMPTY) {
        return Ok(None);
    }
    T::read(reader).map(Some)
}

/// Reads a list that has an element.
pub(crate) fn read_nonempty<'a, T: Value<'a>>(reader: &mut Reader<'a>) -> Result<Vec<T>, Stop> {
    let list = Vec::read(reader)?;
    if list.is_empty() {
        return reader.fail(Rule::MinItems { min: 1 });
    }
    Ok(list)
}

/// A text that a tolerant reader takes a number for.
pub(crate) trait Digits<'a>: Value<'a> {
    fn from_digits(digits: Cow<'a, str>) -> Self;
}

/// Reads a text that may be a number.
#[inline]
pub(crate) fn read_digits<'a, T: Digits<'a>>(reader: &mut Reader<'a>) -> Result<T, Stop> {
    if !reader.is_strict() && reader.peek() != b'"' {
        return reader.text_from_number().map(T::from_digits);
    }
    T::read(reader)
}

/// A text of its own, where a value has to be found out first.
pub(crate) fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(String::from(text))
}
