//! How large the released page is on its way to a learner.

use crate::program::{note, root};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// The most that wasm, JavaScript and styles may weigh together, compressed: under three seconds of a slow
/// phone's connection.
const MOST: usize = 880_000;

/// Prints the size of each file of the released page, and fails where the whole is too large;
/// answers what the whole weighs.
pub(crate) fn check() -> Result<String> {
    let folder = root().join("dist");
    let mut total = 0;
    let mut files: Vec<_> = fs::read_dir(&folder)
        .context("there is no build in `dist`: run the step `build` first")?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| counts(path))
        .collect();
    files.sort();
    for file in files {
        let raw = fs::read(&file)?;
        let packed = with_brotli(&raw)?.len();
        total += packed;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        note(&format!("{:>9} bytes, {packed:>7} with brotli  {name}", raw.len()));
    }
    note(&format!("{total:>26} with brotli  in all; at most {MOST}"));
    if total == 0 || total > MOST {
        bail!(
            "the page weighs {total} bytes with brotli; it must be more than 0 and at most {MOST}"
        );
    }
    Ok(format!("{total} of at most {MOST} bytes"))
}

fn counts(path: &Path) -> bool {
    path.extension().is_some_and(|kind| kind == "wasm" || kind == "js" || kind == "css")
}

/// Whether servers compress such a file.
pub(crate) fn is_compressed_by_servers(path: &Path) -> bool {
    counts(path) || path.extension().is_some_and(|kind| kind == "html" || kind == "svg")
}

/// `bytes` compressed with brotli as servers do it for files that do not change.
pub(crate) fn with_brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

/// The same with gzip.
pub(crate) fn with_gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    Ok(packed.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_compresses_well() {
        assert!(with_brotli(&[7; 10_000]).unwrap().len() < 100);
        assert!(with_gzip(&[7; 10_000]).unwrap().len() < 100);
        assert!(counts(Path::new("a/b.wasm")) && !counts(Path::new("a/b.svg")));
    }
}
