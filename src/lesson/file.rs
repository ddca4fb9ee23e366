//! How a chapter's file becomes types, field by field, so that a mistake is told with its field.
//!
//! A derived reader has code of its own for each type: for the lesson that was a tenth of the page.

use super::nearest;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is wrong in a file, and the path of the field where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) path: String,
    pub(super) problem: String,
}

impl Wrong {
    /// The same one level further out.
    fn within(self, outer: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{outer}{dot}{}", self.path), ..self }
    }
}

impl From<String> for Wrong {
    fn from(problem: String) -> Self {
        Self { path: String::new(), problem }
    }
}

/// What can stand in a file.
pub(super) trait Entry: Sized {
    /// Reads it.
    fn read(value: Value) -> Result<Self, Wrong>;
}

fn must_be(what: &str) -> Wrong {
    format!("it must be {what}").into()
}

impl Entry for String {
    fn read(value: Value) -> Result<Self, Wrong> {
        if let Value::String(text) = value { Ok(text) } else { Err(must_be("a text")) }
    }
}

impl Entry for bool {
    fn read(value: Value) -> Result<Self, Wrong> {
        value.as_bool().ok_or_else(|| must_be("true or false"))
    }
}

impl Entry for f64 {
    fn read(value: Value) -> Result<Self, Wrong> {
        value.as_f64().ok_or_else(|| must_be("a number"))
    }
}

impl Entry for u64 {
    fn read(value: Value) -> Result<Self, Wrong> {
        value.as_u64().ok_or_else(|| must_be("a whole number, 0 or more"))
    }
}

impl Entry for u8 {
    fn read(value: Value) -> Result<Self, Wrong> {
        u64::read(value)?.try_into().map_err(|_| must_be("at most 255"))
    }
}

impl Entry for usize {
    fn read(value: Value) -> Result<Self, Wrong> {
        u64::read(value).map(|number| Self::try_from(number).unwrap_or(Self::MAX))
    }
}

impl<T: Entry> Entry for Vec<T> {
    fn read(value: Value) -> Result<Self, Wrong> {
        let Value::Array(all) = value else { return Err(must_be("a list")) };
        let mut read = Self::with_capacity(all.len());
        for (at, one) in all.into_iter().enumerate() {
            read.push(T::read(one).map_err(|wrong| wrong.within(&format!("[{at}]")))?);
        }
        Ok(read)
    }
}

impl<T: Entry> Entry for BTreeMap<String, T> {
    fn read(value: Value) -> Result<Self, Wrong> {
        let Value::Object(all) = value else { return Err(must_be("a table")) };
        let mut read = Self::new();
        for (name, one) in all {
            let one = T::read(one).map_err(|wrong| wrong.within(&name))?;
            read.insert(name, one);
        }
        Ok(read)
    }
}

impl<T: Entry> Entry for [T; 2] {
    fn read(value: Value) -> Result<Self, Wrong> {
        Vec::read(value)?.try_into().map_err(|_| must_be("a list of two"))
    }
}

impl<T: Entry> Entry for Box<T> {
    fn read(value: Value) -> Result<Self, Wrong> {
        T::read(value).map(Self::new)
    }
}

/// One of several things by its name.
pub(super) fn variant<T: Copy>(name: &str, all: &[(&str, T)]) -> Result<T, String> {
    let found = all.iter().find(|it| it.0 == name).map(|it| it.1);
    let unknown =
        || format!("unknown variant `{name}`{}", nearest(name, all.iter().map(|it| it.0)));
    found.ok_or_else(unknown)
}

/// A text that `parse` makes something else of.
pub(super) fn parsed<T>(
    value: Value,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, Wrong> {
    Ok(parse(&String::read(value)?)?)
}

/// A table of a file, whose fields are taken out one after the other.
pub(super) struct Table {
    rest: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Table {
    pub(super) fn of(value: Value) -> Result<Self, Wrong> {
        let Value::Object(rest) = value else { return Err(must_be("a table")) };
        Ok(Self { rest, known: Vec::new() })
    }

    fn field(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.rest.remove(name)
    }

    /// A field that may be missing, as `read` reads it.
    pub(super) fn maybe_by<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Wrong> {
        self.field(name).map(read).transpose().map_err(|wrong| wrong.within(name))
    }

    /// A field that may be missing.
    pub(super) fn maybe<T: Entry>(&mut self, name: &'static str) -> Result<Option<T>, Wrong> {
        self.maybe_by(name, T::read)
    }

    /// A field, which is the default where it is missing.
    pub(super) fn or_default<T: Entry + Default>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Wrong> {
        self.maybe(name).map(Option::unwrap_or_default)
    }

    /// A field that must be there, as `read` reads it.
    pub(super) fn must_by<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value) -> Result<T, Wrong>,
    ) -> Result<T, Wrong> {
        let missing = || format!("missing field `{name}`").into();
        self.maybe_by(name, read).and_then(|field| field.ok_or_else(missing))
    }

    /// A field that must be there.
    pub(super) fn must<T: Entry>(&mut self, name: &'static str) -> Result<T, Wrong> {
        self.must_by(name, T::read)
    }

    /// Refuses every field that has not been asked for.
    pub(super) fn end(self) -> Result<(), Wrong> {
        match self.rest.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => {
                let problem = format!("unknown field `{name}`{}", nearest(&name, self.known));
                Err(Wrong::from(problem).within(&name))
            }
        }
    }
}

/// A type whose fields are those of a table: `of` must be there, `of?` may be missing, and `of*` is
/// the default then.
macro_rules! table {
    ($type:ident { $($fields:tt)* }) => {
        impl $crate::lesson::file::Entry for $type {
            fn read(value: serde_json::Value) -> Result<Self, $crate::lesson::file::Wrong> {
                let mut table = $crate::lesson::file::Table::of(value)?;
                let read = $crate::lesson::file::fields!(table, $type, [] $($fields)*,);
                table.end()?;
                Ok(read)
            }
        }
    };
}

/// The value of a type whose fields are taken out of a table.
macro_rules! fields {
    ($table:ident, $type:ident, [$($done:tt)*] $(,)?) => { $type { $($done)* } };
    ($table:ident, $type:ident, [$($done:tt)*] $field:ident ?, $($rest:tt)*) => {
        $crate::lesson::file::fields!(
            $table, $type, [$($done)* $field: $table.maybe(stringify!($field))?,] $($rest)*
        )
    };
    ($table:ident, $type:ident, [$($done:tt)*] $field:ident *, $($rest:tt)*) => {
        $crate::lesson::file::fields!(
            $table, $type, [$($done)* $field: $table.or_default(stringify!($field))?,] $($rest)*
        )
    };
    ($table:ident, $type:ident, [$($done:tt)*] $field:ident, $($rest:tt)*) => {
        $crate::lesson::file::fields!(
            $table, $type, [$($done)* $field: $table.must(stringify!($field))?,] $($rest)*
        )
    };
}

pub(super) use {fields, table};
