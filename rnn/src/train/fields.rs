//! The fields of a file that comes with the program, taken out one by one.
//!
//! A derived reader would tell what is wrong in a file, which nobody but its author reads, and would be a
//! tenth of the page. This one only tells whether: a test reads every file. `#[inline]` lets the page, which is
//! compiled for size, compile what is only read once.

use super::optimizer::Optimizer;
use crate::{recipe::Cell, tokens::StepUnit};
use serde_json::{Map, Value};

/// The fields that have not been taken yet.
pub(super) struct Fields(Map<String, Value>);

/// What can stand in a field.
pub(super) trait Read: Sized {
    /// `value`, if it is one.
    fn read(value: Value) -> Option<Self>;
}

impl Fields {
    /// Those of a whole file.
    #[inline]
    pub(super) fn of_file(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().and_then(Self::read)
    }

    /// The field of that name, if it is there and is one.
    #[inline]
    pub(super) fn take<T: Read>(&mut self, name: &str) -> Option<T> {
        self.0.remove(name).and_then(T::read)
    }

    /// The same of a field that need not be there.
    #[allow(clippy::option_option, reason = "the outer one says whether it can be read")]
    #[inline]
    pub(super) fn take_if_any<T: Read>(&mut self, name: &str) -> Option<Option<T>> {
        self.0.remove(name).map_or(Some(None), |value| T::read(value).map(Some))
    }

    /// Whether all have been taken.
    #[inline]
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

impl Read for Fields {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }
}

impl Read for f64 {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Read for u64 {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Read for usize {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        u64::read(value).and_then(|number| number.try_into().ok())
    }
}

impl Read for bool {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Read for String {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Read for char {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        value.as_str().and_then(|text| text.parse().ok())
    }
}

impl<T: Read> Read for Vec<T> {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(all) => all.into_iter().map(T::read).collect(),
            _ => None,
        }
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let Value::Array(both) = value else { return None };
        let [one, other] = both.try_into().ok()?;
        Some((A::read(one)?, B::read(other)?))
    }
}

impl Read for StepUnit {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        match value.as_str()? {
            "word" => Some(Self::Word),
            "character" => Some(Self::Character),
            "number" => Some(Self::Number),
            _ => None,
        }
    }
}

impl Read for Cell {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|cell| cell.name() == name)
    }
}

impl Read for Optimizer {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let mut fields = Fields::read(value)?;
        let kind: String = fields.take("kind")?;
        fields.end()?;
        Self::ALL.into_iter().find(|optimizer| optimizer.name() == kind)
    }
}
