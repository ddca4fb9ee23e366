//! safetensors: a header in JSON, and the numbers.

use super::{
    ModelError, check,
    file::{File, Kind, LONGEST_NAME, MOST_TENSORS, Tensor},
};
use crate::{experiment::Experiment, settings::Settings, tokens::Step};
use safetensors::{Dtype, SafeTensors, serialize, tensor::TensorView};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
};
use std::{borrow::Cow, collections::BTreeSet, fmt};

/// The longest header, in bytes.
const LONGEST_HEADER: u64 = 1 << 20;

/// Reads a file of safetensors.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Result<File<'_>, ModelError> {
    let (length, rest) = bytes.split_at_checked(8).ok_or(ModelError::Damaged)?;
    let length = length.try_into().map_or(u64::MAX, u64::from_le_bytes);
    if length > LONGEST_HEADER {
        return Err(ModelError::TooLarge);
    }
    let header = rest.get(..length as usize).ok_or(ModelError::Damaged)?;
    // The crate lets the last of two tensors of one name win.
    let names: Names = serde_json::from_slice(header).map_err(|_| ModelError::Damaged)?;
    if let Some(name) = names.twice {
        return Err(ModelError::Repeated { name });
    }
    if names.all.len() > MOST_TENSORS || names.all.iter().any(|name| name.len() > LONGEST_NAME) {
        return Err(ModelError::TooLarge);
    }
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(|_| ModelError::Damaged)?;
    let notes = header.metadata().iter().flatten();
    let notes = notes.map(|(key, note)| (key.clone(), note.clone())).collect();
    let read = SafeTensors::deserialize(bytes).map_err(|_| ModelError::Damaged)?;
    let mut tensors: Vec<Tensor> = read
        .tensors()
        .into_iter()
        .map(|(name, view)| Tensor {
            name,
            kind: kind(view.dtype()),
            shape: view.shape().to_vec(),
            bytes: Cow::Borrowed(view.data()),
            by_columns: false,
        })
        .collect();
    tensors.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(File { tensors, notes })
}

fn kind(stored: Dtype) -> Kind {
    match stored {
        Dtype::F16 => Kind::F16,
        Dtype::BF16 => Kind::Bf16,
        Dtype::F32 => Kind::F32,
        Dtype::F64 => Kind::F64,
        Dtype::I32 => Kind::I32,
        Dtype::I64 => Kind::I64,
        other => Kind::Other(other.to_string()),
    }
}

/// The names in a header, and the first that is there twice.
struct Names {
    all: BTreeSet<String>,
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut names = Names { all: BTreeSet::new(), twice: None };
                while let Some(name) = map.next_key::<String>()? {
                    map.next_value::<IgnoredAny>()?;
                    if !names.all.insert(name.clone()) {
                        names.twice.get_or_insert(name);
                    }
                    if names.all.len() > MOST_TENSORS + 1 {
                        return Err(A::Error::custom("too many tensors"));
                    }
                }
                Ok(names)
            }
        }

        from.deserialize_map(Keys)
    }
}

/// The network of `experiment` as a file of safetensors: its weights by the names of this program, in
/// 64 bits, with the whole experiment in the header, and with the input of its text and the output at
/// each step from a start state of zero, by which whoever loads it can check it.
///
/// # Errors
///
/// [`ModelError::TooLarge`], where the header would be.
#[inline]
pub fn write(experiment: &Experiment) -> Result<Vec<u8>, ModelError> {
    let weights = experiment.weights();
    let steps = Step::all(experiment.steps());
    let sequence = experiment.sequence();
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = weights
        .parameters()
        .map(|parameter| {
            let matrix = weights.matrix(parameter);
            let (rows, columns) = matrix.dim();
            let shape = if parameter.is_bias() { vec![columns] } else { vec![rows, columns] };
            (parameter.field().to_owned(), Dtype::F64, shape, bytes(matrix.iter()))
        })
        .collect();
    let x = check::X.to_owned();
    parts.push(if sequence.is_numbers() {
        let numbers: Vec<f64> = steps.clone().flat_map(|step| sequence.input(step)).collect();
        (x, Dtype::F64, vec![steps.len(), sequence.width()], bytes(&numbers))
    } else {
        let places = sequence.indices().iter().take(steps.len());
        let places = places.flat_map(|place| (*place as u64).to_le_bytes()).collect();
        (x, Dtype::I64, vec![steps.len()], places)
    });
    let output = check::output(experiment.cell(), weights, experiment.inputs());
    let (rows, columns) = output.dim();
    parts.push((check::Y.to_owned(), Dtype::F64, vec![rows, columns], bytes(&output)));
    let views: Option<Vec<_>> = parts
        .iter()
        .map(|(name, kind, shape, bytes)| {
            Some((name, TensorView::new(*kind, shape.clone(), bytes).ok()?))
        })
        .collect();
    let settings = Settings { weights: None, ..experiment.settings().clone() };
    let written = views.zip(serde_json::to_string(&settings).ok()).and_then(|(views, note)| {
        let notes = [("experiment".to_owned(), note)].into_iter().collect();
        serialize(views, Some(notes)).ok()
    });
    written.ok_or(ModelError::TooLarge)
}

fn bytes<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> Vec<u8> {
    numbers.into_iter().flat_map(|number| number.to_le_bytes()).collect()
}
