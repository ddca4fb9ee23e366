//! How large the published page is on its way to a learner.

use crate::program::{note, root};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// The most that all files which servers compress may weigh together, compressed.
const MOST: usize = 854_000;

/// The most that those may weigh which the first frame needs: under three seconds of a slow phone's
/// connection.
const MOST_AT_FIRST: usize = 760_000;

/// Prints the size of each file of the published page, and fails where the whole, or what the first frame
/// needs of it, is too large; answers what they weigh.
pub(crate) fn check() -> Result<String> {
    let folder = root().join("dist");
    let (mut total, mut at_first) = (0, 0);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .context("there is no build in `dist`: run the step `build` first")?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_compressed_by_servers(path))
        .collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let packed = fs::metadata(folder.join(format!("{name}.br")))
            .with_context(|| format!("{name} has no `.br` beside it: `dist` is not sealed"))?;
        let (packed, raw) = (packed.len() as usize, fs::metadata(&file)?.len());
        total += packed;
        let later = is_later(&name);
        at_first += if later { 0 } else { packed };
        let when = if later { "  (when it is asked for)" } else { "" };
        note(&format!("{raw:>9} bytes, {packed:>7} with brotli  {name}{when}"));
    }
    note(&format!("{total:>26} with brotli  in all; at most {MOST}"));
    note(&format!("{at_first:>26} with brotli  for the first frame; at most {MOST_AT_FIRST}"));
    if at_first == 0 || total > MOST || at_first > MOST_AT_FIRST {
        bail!(
            "the page weighs {total} bytes with brotli, {at_first} of them for the first frame; it \
             must be more than 0 and at most {MOST} and {MOST_AT_FIRST}"
        );
    }
    Ok(format!(
        "{total} of at most {MOST} bytes, {at_first} of {MOST_AT_FIRST} for the first frame"
    ))
}

/// Whether the first frame of a page that is opened by itself does without a file.
fn is_later(name: &str) -> bool {
    let is_asked_for = Path::new(name).extension().is_some_and(|kind| kind == "json");
    is_asked_for || ["again.js", "unrolled-element.js", "worker.js"].contains(&name)
}

/// Whether servers compress such a file.
pub(crate) fn is_compressed_by_servers(path: &Path) -> bool {
    let kinds = ["wasm", "js", "css", "json", "html", "svg"];
    path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known))
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
        assert!(is_compressed_by_servers(Path::new("a/b.wasm")));
        assert!(!is_compressed_by_servers(Path::new("a/b.wasm.br")));
    }
}
