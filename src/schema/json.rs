//! The versioned JSON form of a schema: the keys of the TOML form, and `"tamis_schema": 1`.
//!
//! Law: one set of rows reads both forms, so neither has a key that the other lacks.

use std::fmt;

use serde::Deserialize as _;
use serde::de::value::{BorrowedStrDeserializer, U64Deserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::Value as Json;

use super::rows::File;
use super::{Schema, load};
use crate::diag::{Diagnostic, messages};
use crate::span::Span;

/// The version of the form.
const VERSION: &str = "tamis_schema";

pub(super) fn read(form: &Json) -> Result<Schema, Vec<Diagnostic>> {
    let wrong = |message: &str| vec![messages::schema_syntax(Span::at(0), message)];
    let Json::Object(members) = form else {
        return Err(wrong("a schema is an object"));
    };
    if members.get(VERSION).and_then(Json::as_u64) != Some(1) {
        return Err(wrong("`tamis_schema` has to be 1, the one version that there is"));
    }
    let file = File::deserialize(Node { value: form, top: true });
    load::build(file.map_err(|error| wrong(&error.0))?, &[])
}

/// What is wrong with a member.
#[derive(Debug)]
struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Wrong(message.to_string())
    }
}

/// A value of the form. Rows ask some members for their place in the text too; in JSON it is 0.
#[derive(Clone, Copy)]
struct Node<'j> {
    value: &'j Json,
    /// The object that holds the version.
    top: bool,
}

impl<'j> Node<'j> {
    fn of(value: &'j Json) -> Self {
        Node { value, top: false }
    }
}

impl<'j> Deserializer<'j> for Node<'j> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'j>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Json::Null => visitor.visit_unit(),
            Json::Bool(flag) => visitor.visit_bool(*flag),
            Json::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (None, Some(number), _) => visitor.visit_i64(number),
                (None, None, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Array(items) => visitor.visit_seq(Items(items.iter())),
            Json::Object(members) => {
                let members = members.iter();
                visitor.visit_map(Members { members, value: None, skips_version: self.top })
            }
        }
    }

    fn deserialize_option<V: Visitor<'j>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Json::Null => visitor.visit_none(),
            Json::Bool(_)
            | Json::Number(_)
            | Json::String(_)
            | Json::Array(_)
            | Json::Object(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'j>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'j>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        // The name under which `toml::Spanned` asks for a value with its place.
        if name.starts_with("$__serde_spanned") {
            return visitor.visit_map(Placed { fields: fields.iter(), value: self.value, now: "" });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'j>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.value {
            Json::String(name) => visitor.visit_enum(Variant(name)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                Err(de::Error::custom("a word is needed here"))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'j>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'j>(std::slice::Iter<'j, Json>);

impl<'j> SeqAccess<'j> for Items<'j> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'j>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        self.0.next().map(|item| seed.deserialize(Node::of(item))).transpose()
    }
}

struct Members<'j> {
    members: serde_json::map::Iter<'j>,
    value: Option<&'j Json>,
    skips_version: bool,
}

impl<'j> MapAccess<'j> for Members<'j> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'j>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let skips = self.skips_version;
        let Some((key, value)) = self.members.find(|(key, _)| !skips || *key != VERSION) else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'j>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        seed.deserialize(Node::of(self.value.unwrap_or(&Json::Null)))
    }
}

/// A value with its place, as the rows of the TOML form ask for it.
struct Placed<'j> {
    fields: std::slice::Iter<'static, &'static str>,
    value: &'j Json,
    now: &'static str,
}

impl<'j> MapAccess<'j> for Placed<'j> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'j>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let Some(field) = self.fields.next() else { return Ok(None) };
        self.now = field;
        seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'j>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        if self.now.ends_with("_value") {
            return seed.deserialize(Node::of(self.value));
        }
        let place: U64Deserializer<Wrong> = 0u64.into_deserializer();
        seed.deserialize(place)
    }
}

/// A word for one of a few.
struct Variant<'j>(&'j str);

impl<'j> EnumAccess<'j> for Variant<'j> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'j>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        Ok((seed.deserialize(BorrowedStrDeserializer::new(self.0))?, self))
    }
}

impl<'j> VariantAccess<'j> for Variant<'j> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'j>>(self, _: T) -> Result<T::Value, Wrong> {
        Err(de::Error::custom("a word is needed here"))
    }

    fn tuple_variant<V: Visitor<'j>>(self, _: usize, _: V) -> Result<V::Value, Wrong> {
        Err(de::Error::custom("a word is needed here"))
    }

    fn struct_variant<V: Visitor<'j>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Wrong> {
        Err(de::Error::custom("a word is needed here"))
    }
}
