//! npz: a zip archive with an array of `NumPy` in each file.

use super::{
    MOST_BYTES, ModelError,
    file::{File, Kind, LONGEST_NAME, MOST_TENSORS, Tensor, bytes_of},
};
use crc::{CRC_32_ISO_HDLC, Crc};
use rawzip::{CompressionMethod, ZipArchive};
use std::borrow::Cow;

/// The checksum of zip archives; that of `rawzip` is quicker, by a table of 16 kB that every page would load.
static SUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Reads an archive. Its own list of files counts; what it claims of their sizes is held against what is
/// there before anything is unpacked.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Result<File<'_>, ModelError> {
    let damaged = |_| ModelError::Damaged;
    let archive = ZipArchive::from_slice(bytes).map_err(damaged)?;
    let mut file = File::default();
    let mut entries = archive.entries();
    let mut left = MOST_BYTES;
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let path = str::from_utf8(entry.file_path().as_bytes()).map_err(|_| ModelError::Damaged)?;
        match path.rsplit('/').next() {
            Some("data.pkl") => return Err(ModelError::Pickle),
            Some("model.weights.h5") => return Err(ModelError::Hdf5),
            _ => {}
        }
        let Some(name) = path.strip_suffix(".npy") else { continue };
        if file.tensors.len() == MOST_TENSORS || name.len() > LONGEST_NAME {
            return Err(ModelError::TooLarge);
        }
        let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
        left = left.checked_sub(size).ok_or(ModelError::TooLarge)?;
        // The slice is of the archive, which outlives the entries.
        let (from, to) =
            archive.get_entry(entry.wayfinder()).map_err(damaged)?.compressed_data_range();
        let range = usize::try_from(from).ok().zip(usize::try_from(to).ok());
        let packed = range.and_then(|(from, to)| bytes.get(from..to)).ok_or(ModelError::Damaged)?;
        let data = match entry.compression_method() {
            CompressionMethod::STORE => Cow::Borrowed(packed),
            CompressionMethod::DEFLATE => {
                let unpacked = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, size);
                Cow::Owned(unpacked.map_err(|_| ModelError::Damaged)?)
            }
            _ => return Err(ModelError::Damaged),
        };
        if data.len() != size || SUM.checksum(&data) != entry.crc32() {
            return Err(ModelError::Damaged);
        }
        file.tensors.push(array(name, data).ok_or(ModelError::Damaged)?);
    }
    Ok(file)
}

/// An array in the format of `NumPy`: its magic word, its version, the length of its header, and a
/// dictionary of Python in one line.
fn array<'a>(name: &str, data: Cow<'a, [u8]>) -> Option<Tensor<'a>> {
    let rest = data.strip_prefix(b"\x93NUMPY")?;
    let (length, rest) = match rest {
        [1, _, a, b, rest @ ..] => (usize::from(u16::from_le_bytes([*a, *b])), rest),
        [2 | 3, _, a, b, c, d, rest @ ..] => {
            (usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()?, rest)
        }
        _ => return None,
    };
    let (header, numbers) = rest.split_at_checked(length)?;
    let (kind, by_columns, shape) = header_of(str::from_utf8(header).ok()?)?;
    let begin = data.len() - numbers.len();
    if let Some(width) = kind.width()
        && bytes_of(&shape, width) != Some(numbers.len())
    {
        return None;
    }
    let bytes = match data {
        Cow::Borrowed(data) => Cow::Borrowed(data.get(begin..)?),
        Cow::Owned(mut data) => Cow::Owned(data.split_off(begin)),
    };
    Some(Tensor { name: name.to_owned(), kind, shape, bytes, by_columns })
}

/// What `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }` says, key by key in any order.
fn header_of(header: &str) -> Option<(Kind, bool, Vec<usize>)> {
    let mut rest = header.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let (mut kind, mut by_columns, mut shape) = (None, None, None);
    while !rest.is_empty() {
        let (key, value) = rest.strip_prefix('\'')?.split_once('\'')?;
        let value = value.trim_start().strip_prefix(':')?.trim_start();
        let after = match key {
            // Fields within fields: what they are does not matter, only where they end.
            "descr" if value.starts_with('[') => {
                kind = Some(Kind::Other("fields".to_owned()));
                &value[value.rfind(']')? + 1..]
            }
            "descr" => {
                let (name, after) = value.strip_prefix('\'')?.split_once('\'')?;
                kind = Some(kind_of(name));
                after
            }
            "fortran_order" => {
                by_columns = Some(value.starts_with("True"));
                value.strip_prefix("True").or_else(|| value.strip_prefix("False"))?
            }
            "shape" => {
                let (sides, after) = value.strip_prefix('(')?.split_once(')')?;
                let sides = sides.split(',').map(str::trim).filter(|side| !side.is_empty());
                shape = Some(sides.map(|side| side.parse().ok()).collect::<Option<Vec<usize>>>()?);
                after
            }
            _ => return None,
        };
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some((kind?, by_columns?, shape?))
}

/// The kind of numbers by its name in `NumPy`.
fn kind_of(name: &str) -> Kind {
    match name {
        "<f2" => Kind::F16,
        "<f4" => Kind::F32,
        "<f8" => Kind::F64,
        "<i4" => Kind::I32,
        "<i8" => Kind::I64,
        other => Kind::Other(other.chars().take(16).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_numpy_writes_it_and_no_other() {
        let header = |line: &str| header_of(line);
        assert_eq!(
            header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }          \n"),
            Some((Kind::F32, false, vec![3, 4]))
        );
        assert_eq!(
            header("{'descr': '<f8', 'fortran_order': True, 'shape': (), }\n"),
            Some((Kind::F64, true, Vec::new()))
        );
        let fields = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }";
        assert_eq!(header(fields).unwrap().0, Kind::Other("fields".to_owned()));
        for wrong in [
            "",
            "{}",
            "{'descr': '<f4'}",
            "{'descr': '<f4', 'fortran_order': No, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,)}",
            "{'descr': [, 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        ] {
            assert_eq!(header(wrong), None, "{wrong}");
        }
    }
}
