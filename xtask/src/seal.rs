//! What a published build gets after Trunk has made it: a strict content policy, the hash of each
//! file beside its name, a start that says what went wrong, and a worker for offline visits.

use crate::program::root;
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What the page may load and run: its own files, and its own WebAssembly.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; \
                      worker-src 'self'; base-uri 'none'; form-action 'none'";

/// Seals the build that Trunk has just made; one for trying things out stays as it is.
pub(crate) fn after_trunk() -> Result<()> {
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        let staging = env::var_os("TRUNK_STAGING_DIR").context("Trunk names no folder")?;
        seal(&PathBuf::from(staging))?;
    }
    Ok(())
}

/// The name of the file in `folder` that begins and ends so.
pub(crate) fn named(folder: &Path, begin: &str, end: &str) -> Result<String> {
    let names = fs::read_dir(folder)?.flatten().map(|entry| entry.file_name());
    names
        .filter_map(|name| name.into_string().ok())
        .find(|name| name.starts_with(begin) && name.ends_with(end) && !name.contains("element"))
        .with_context(|| format!("the build has no file {begin}…{end}"))
}

/// The hash of a file as `integrity` has it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// A source of inline text as a content policy has it.
pub(crate) fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Some letters that stand for `bytes`.
fn version(bytes: &[u8]) -> String {
    let start = Sha256::digest(bytes).into_iter().take(8);
    format!("{:016x}", start.fold(0_u64, |number, byte| number << 8 | u64::from(byte)))
}

/// Takes out of `html` what stands from `begin` to `end`, both included.
pub(crate) fn without(html: &str, begin: &str, end: &str) -> Result<String> {
    let from = html.find(begin).with_context(|| format!("there is no {begin} in index.html"))?;
    let length = html[from..].find(end).with_context(|| format!("{begin} has no {end}"))?;
    Ok(format!("{}{}", &html[..from], &html[from + length + end.len()..]))
}

fn seal(folder: &Path) -> Result<()> {
    let read = |name: &str| fs::read(folder.join(name)).with_context(|| name.to_owned());
    let wasm = named(folder, "unrolled-", "_bg.wasm")?;
    let js = named(folder, "unrolled-", ".js")?;
    let mut html = String::from_utf8(read("index.html")?)?;
    html = without(&html, "<script type=\"module\">", "</script>")?;
    for link in ["<link rel=\"modulepreload\"", "<link rel=\"preload\""] {
        html = without(&html, link, ">")?;
    }

    let start = fs::read_to_string(root().join("static/start.js"))?
        .replace("{{js}}", &format!("./{js}"))
        .replace("{{wasm}}", &format!("./{wasm}"))
        .replace("{{integrity}}", &integrity(&read(&wasm)?));
    let start_name = format!("start-{}.js", version(start.as_bytes()));
    fs::write(folder.join(&start_name), &start)?;

    for style in ["tokens-", "page-"] {
        let name = named(folder, style, ".css")?;
        let hash = integrity(&read(&name)?);
        let marked = format!("href=\"./{name}\" integrity=\"{hash}\" crossorigin=\"anonymous\"");
        html = html.replace(&format!("href=\"./{name}\" data-integrity=\"none\""), &marked);
        if !html.contains(&marked) {
            bail!("{name} is not in index.html as it was expected");
        }
    }
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n    \
         <link rel=\"modulepreload\" href=\"./{js}\" crossorigin=\"anonymous\" integrity=\"{}\" />\n    \
         <script type=\"module\" src=\"./{start_name}\" crossorigin=\"anonymous\" integrity=\"{}\"></script>\n",
        integrity(&read(&js)?),
        integrity(start.as_bytes()),
    );
    html = html.replacen("<title>", &format!("{head}    <title>"), 1);
    fs::write(folder.join("index.html"), &html)?;

    let mut files: Vec<String> = Vec::new();
    let mut everything = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != "worker.js" {
                files.push(format!("./{name}"));
            }
        }
    }
    files.sort();
    for file in &files {
        everything.extend(file.bytes().chain(read(file)?));
    }
    let list: Vec<String> = files.iter().map(|file| format!("{file:?}")).collect();
    let worker = fs::read_to_string(root().join("static/worker.js"))?
        .replace("{{files}}", &format!("[{}]", list.join(", ")))
        .replace("{{version}}", &version(&everything));
    fs::write(folder.join("worker.js"), worker)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_taken_out_of_a_page() {
        assert_eq!(without("a<b>c</b>d", "<b>", "</b>").unwrap(), "ad");
        assert!(without("a<b>c", "<b>", "</b>").is_err());
        assert!(without("a", "<b>", "</b>").is_err());
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // `echo -n "" | openssl dgst -sha384 -binary | openssl base64 -A`
        assert_eq!(
            integrity(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
