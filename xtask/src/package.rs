//! What a teacher can take away: the folder as a zip, the same for learning platforms, and one file.

use crate::{
    program::{Program, note, root},
    seal::{named, source, without},
    setup,
};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Builds the page and packs it, into the folder `packages`.
pub(crate) fn all() -> Result<()> {
    setup::for_build(true)?;
    Program::trunk("build").args(["--release"]).run()?;
    of_build()
}

/// Packs the build that is there.
pub(crate) fn of_build() -> Result<()> {
    let (dist, packages) = (root().join("dist"), root().join("packages"));
    fs::create_dir_all(&packages)?;
    let files = files_of(&dist)?;
    for (name, bytes) in [
        ("unrolled.zip", folder(&files)?),
        ("unrolled-scorm.zip", scorm(&files)?),
        ("unrolled.html", single(&dist)?.into_bytes()),
    ] {
        fs::write(packages.join(name), &bytes)?;
        note(&format!("{:>9} bytes  packages/{name}", bytes.len()));
    }
    Ok(())
}

type File = (String, Vec<u8>);

fn files_of(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).context("there is no build in `dist`")?.flatten() {
        if entry.file_type()?.is_file() {
            files.push((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
        }
    }
    files.sort();
    Ok(files)
}

fn zip(files: impl IntoIterator<Item = File>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // The same build makes the same zip: no time, no owner.
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn folder(files: &[File]) -> Result<Vec<u8>> {
    zip(files.iter().map(|(name, bytes)| (format!("unrolled/{name}"), bytes.clone())))
}

/// A package after SCORM 1.2: the page in `app`, and around it what speaks with the platform.
fn scorm(files: &[File]) -> Result<Vec<u8>> {
    let around = root().join("static/scorm");
    let mut all: Vec<File> =
        files.iter().map(|(name, bytes)| (format!("app/{name}"), bytes.clone())).collect();
    for name in ["index.html", "scorm.css", "scorm.js"] {
        all.push((name.to_owned(), fs::read(around.join(name))?));
    }
    let list: Vec<String> =
        all.iter().map(|(name, _)| format!("<file href=\"{name}\" />")).collect();
    let manifest = fs::read_to_string(around.join("imsmanifest.xml"))?
        .replace("{{files}}", &list.join("\n      "));
    all.push(("imsmanifest.xml".to_owned(), manifest.into_bytes()));
    zip(all)
}

/// The whole page in one file, which runs from a disk and in the strictest sandbox.
fn single(dist: &Path) -> Result<String> {
    let read = |begin: &str, end: &str| -> Result<Vec<u8>> {
        Ok(fs::read(dist.join(named(dist, begin, end)?))?)
    };
    let text =
        |begin: &str, end: &str| -> Result<String> { Ok(String::from_utf8(read(begin, end)?)?) };
    let style = text("tokens-", ".css")? + &text("page-", ".css")?;
    let icon = STANDARD.encode(read("icon-", ".svg")?);
    let wasm = STANDARD.encode(read("unrolled-", "_bg.wasm")?);
    let start = text("start-", ".js")?;
    let words = start.split("async function start()").next().unwrap_or_default();
    let bindings = text("unrolled-", ".js")?;
    let (bindings, _) = bindings.rsplit_once("export {").context("the bindings export nothing")?;
    let script = format!(
        "{bindings}\n{words}\nif (!globalThis.WebAssembly) fail(\"wasm\");\nelse {{\n  \
         const packed = atob(document.querySelector(\"#wasm\").textContent);\n  \
         __wbg_init({{ module_or_path: Uint8Array.from(packed, (c) => c.charCodeAt(0)) }})\
         .catch(() => fail(\"broken\"));\n}}\n"
    )
    .replace("export function", "function")
    .replace("export class", "class");
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
         base-uri 'none'; form-action 'none'",
        source(&script),
        source(&style),
    );
    let mut html = fs::read_to_string(dist.join("index.html"))?;
    for (begin, end) in [
        ("<meta http-equiv=\"Content-Security-Policy\"", ">"),
        ("<link rel=\"modulepreload\"", ">"),
        ("<link rel=\"stylesheet\"", ">"),
        ("<link rel=\"stylesheet\"", ">"),
        ("<link rel=\"icon\"", ">"),
        ("<script type=\"module\"", "</script>"),
    ] {
        html = without(&html, begin, end)?;
    }
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />\n    \
         <link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\" />\n    \
         <style>{style}</style>\n    <title>"
    );
    let body = format!(
        "<script type=\"application/wasm\" id=\"wasm\">{wasm}</script>\n    \
         <script type=\"module\">{script}</script>\n  </body>"
    );
    Ok(html.replacen("<title>", &head, 1).replacen("</body>", &body, 1))
}
