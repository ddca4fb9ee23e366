//! A file with weights: tensors by their names, and what it says of itself.

use super::{Listed, MOST_BYTES, ModelError, npz, safe};
use std::borrow::Cow;

/// The most tensors in a file.
pub(super) const MOST_TENSORS: usize = 4096;

/// The longest name of a tensor, in bytes.
pub(super) const LONGEST_NAME: usize = 512;

/// How the numbers of a tensor are stored: little-endian, whatever the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    F16,
    Bf16,
    F32,
    F64,
    I32,
    I64,
    /// One that is not read, by its name.
    Other(String),
}

impl Kind {
    /// The bytes of a number.
    pub(super) const fn width(&self) -> Option<usize> {
        match self {
            Self::F16 | Self::Bf16 => Some(2),
            Self::F32 | Self::I32 => Some(4),
            Self::F64 | Self::I64 => Some(8),
            Self::Other(_) => None,
        }
    }

    /// How far numbers that were computed with it may be off, in parts of the largest. Another order of
    /// additions, or numbers of 64 bits that went through 32, are nothing against one wrong gate.
    pub(super) const fn tolerance(&self) -> f64 {
        match self {
            Self::F16 | Self::Bf16 => 2e-2,
            Self::F32 => 1e-4,
            _ => 1e-6,
        }
    }

    /// Its name as safetensors has it.
    fn name(&self) -> &str {
        match self {
            Self::F16 => "F16",
            Self::Bf16 => "BF16",
            Self::F32 => "F32",
            Self::F64 => "F64",
            Self::I32 => "I32",
            Self::I64 => "I64",
            Self::Other(name) => name,
        }
    }
}

/// A tensor as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Tensor<'a> {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) shape: Vec<usize>,
    /// As many as its kind and shape ask for, if its kind is known.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Whether its first index is the one that counts fastest.
    pub(super) by_columns: bool,
}

impl Tensor<'_> {
    pub(super) fn listed(&self) -> Listed {
        Listed { name: self.name.clone(), shape: self.shape.clone() }
    }

    /// Its numbers in the order of its rows; none where it is stored by columns and is no matrix.
    pub(super) fn numbers(&self) -> Option<Vec<f64>> {
        let chunks = self.bytes.chunks_exact(self.kind.width()?);
        let numbers: Vec<f64> = chunks.filter_map(|chunk| self.number(chunk)).collect();
        match (self.by_columns, &self.shape[..]) {
            (false, _) | (true, [] | [_]) => Some(numbers),
            (true, &[rows, columns]) => {
                let at = |place: usize| numbers[place % columns * rows + place / columns];
                Some((0..numbers.len()).map(at).collect())
            }
            _ => None,
        }
    }

    fn number(&self, chunk: &[u8]) -> Option<f64> {
        Some(match self.kind {
            Kind::F16 => half(u16::from_le_bytes(chunk.try_into().ok()?)),
            Kind::Bf16 => {
                let upper = u16::from_le_bytes(chunk.try_into().ok()?);
                f64::from(f32::from_bits(u32::from(upper) << 16))
            }
            Kind::F32 => f64::from(f32::from_le_bytes(chunk.try_into().ok()?)),
            Kind::F64 => f64::from_le_bytes(chunk.try_into().ok()?),
            Kind::I32 => f64::from(i32::from_le_bytes(chunk.try_into().ok()?)),
            Kind::I64 => i64::from_le_bytes(chunk.try_into().ok()?) as f64,
            Kind::Other(_) => return None,
        })
    }

    /// Its numbers, if they are of floating point.
    ///
    /// # Errors
    ///
    /// [`ModelError::Kind`].
    pub(super) fn floats(&self) -> Result<Vec<f64>, ModelError> {
        let floats = !matches!(self.kind, Kind::I32 | Kind::I64);
        let kind = || self.kind.name().to_owned();
        let wrong = || ModelError::Kind { name: self.name.clone(), kind: kind() };
        self.numbers().filter(|_| floats).ok_or_else(wrong)
    }
}

/// A number of 16 bits (IEEE 754 binary16).
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    sign * match exponent {
        0 => fraction * 2.0_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2.0_f64.powi(exponent - 25),
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub(super) struct File<'a> {
    pub(super) tensors: Vec<Tensor<'a>>,
    /// What it says of itself, by keys.
    pub(super) notes: Vec<(String, String)>,
}

impl File<'_> {
    /// What it says of itself under `key`.
    pub(super) fn note(&self, key: &str) -> Option<&str> {
        self.notes.iter().find(|(known, _)| known == key).map(|(_, note)| note.as_str())
    }
}

/// How many bytes numbers of this shape take, if that can be said.
pub(super) fn bytes_of(shape: &[usize], width: usize) -> Option<usize> {
    shape.iter().try_fold(width, |bytes, side| bytes.checked_mul(*side))
}

/// Reads a file by its first bytes.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Result<File<'_>, ModelError> {
    if bytes.len() > MOST_BYTES {
        return Err(ModelError::TooLarge);
    }
    let file = match bytes {
        [b'P', b'K', 3, 4, ..] => npz::read(bytes)?,
        // Eight bytes of length go before a header in JSON.
        [_, _, _, _, _, _, _, _, b'{', ..] => safe::read(bytes)?,
        [0x89, b'H', b'D', b'F', ..] => return Err(ModelError::Hdf5),
        [0x80, 2..=5, ..] => return Err(ModelError::Pickle),
        _ => return Err(ModelError::Unknown),
    };
    for (at, tensor) in file.tensors.iter().enumerate() {
        if file.tensors[..at].iter().any(|other| other.name == tensor.name) {
            return Err(ModelError::Repeated { name: tensor.name.clone() });
        }
    }
    Ok(file)
}
