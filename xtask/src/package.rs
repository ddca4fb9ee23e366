//! What a teacher can take away: the folder as a zip, the same for learning platforms, and one file.

use crate::{
    program::{Program, note, root},
    seal::{
        Files, files_of, filled, is_compressed, lesson, named, parts_of, source, text, without,
    },
    setup, size,
};
use anyhow::{Context, Error, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    fs,
    io::{Cursor, Write},
    iter,
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
    let packages = root().join("packages");
    fs::create_dir_all(&packages)?;
    let dist = root().join("dist");
    only_plain_files(&dist)?;
    let all = files_of(&dist).context("there is no build in `dist`")?;
    let files: Files = all.clone().into_iter().filter(|(name, _)| !is_compressed(name)).collect();
    let single = single(&files)?;
    for (name, bytes) in [
        ("unrolled.zip", folder(&all)?),
        ("unrolled-scorm.zip", scorm(&files)?),
        ("unrolled.html", single.clone().into_bytes()),
    ] {
        fs::write(packages.join(name), &bytes)?;
        note(&format!("{:>9} bytes  packages/{name}", bytes.len()));
    }
    // What goes into a notebook, and is made into a package for it by `cargo xtask wheel`.
    let page = root().join("python/src/unrolled/static/page.html.gz");
    fs::write(page, size::with_gzip(single.as_bytes())?)?;
    for_bundlers(&packages.join("npm"), &single)
}

/// Refuses what some hosts leave out or do not serve: links, folders, names that begin with a dot, and
/// files that not everyone may read.
fn only_plain_files(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).context("there is no build in `dist`")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let plain = entry.file_type()?.is_file() && !name.starts_with('.');
        #[cfg(unix)]
        let plain = {
            use std::os::unix::fs::PermissionsExt;
            plain && entry.metadata()?.permissions().mode() & 0o444 == 0o444
        };
        if !plain {
            bail!("{name} in `dist` is no plain file that everyone may read");
        }
    }
    Ok(())
}

/// The package for npm: the page in one file, and the element as a module.
fn for_bundlers(folder: &Path, page: &str) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (name, bytes) in files_of(&root().join("npm"))? {
        fs::write(folder.join(name), bytes)?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root().join(name), folder.join(name))?;
    }
    let element = fs::read_to_string(root().join("static/unrolled-element.js"))?;
    fs::write(folder.join("unrolled.js"), module(&element)?)?;
    // Not `.html`, which Vite would take for a page of the project and write its own scripts into.
    fs::write(folder.join("unrolled.htm"), page)?;
    note("                 packages/npm/");
    Ok(())
}

/// The element as a module: it knows its own place by `import.meta`, shows the page in one file, and
/// does nothing where there is no browser.
fn module(element: &str) -> Result<String> {
    let module = filled(
        element,
        "new URL(\"./index.html\", document.currentScript.src)",
        "new URL(\"./unrolled.htm\", import.meta.url)",
    )?;
    let module = filled(
        &module,
        "\n(() => {\n",
        "\nexport const UnrolledElement = globalThis.HTMLElement && (() => {\n",
    )?;
    let end = "\n})();\n";
    filled(&module, end, &format!("\n  return customElements.get(\"unrolled-rnn\");{end}"))
}

type File = (String, Vec<u8>);

fn zip(files: impl IntoIterator<Item = File>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // The same build makes the same zip: no time, no owner.
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The folder of the page.
fn folder(files: &Files) -> Result<Vec<u8>> {
    zip(files.iter().map(|(name, bytes)| (format!("unrolled/{name}"), bytes.clone())))
}

/// A package after SCORM 1.2: the page in `app`, and around it what speaks with the platform.
fn scorm(files: &Files) -> Result<Vec<u8>> {
    let around = root().join("static/scorm");
    let template = |name: &str| fs::read_to_string(around.join(name));
    let mut all: Files =
        files.iter().map(|(name, bytes)| (format!("app/{name}"), bytes.clone())).collect();
    let script = filled(&template("scorm.js")?, "{{screens}}", &format!("{:?}", screens()?))?;
    all.insert("scorm.js".to_owned(), script.into_bytes());
    for name in ["index.html", "scorm.css"] {
        all.insert(name.to_owned(), fs::read(around.join(name))?);
    }
    let manifest = manifest(&template("imsmanifest.xml")?, &all)?;
    // Platforms look for it first.
    zip(iter::once(("imsmanifest.xml".to_owned(), manifest.into_bytes())).chain(all))
}

/// The list of all files, as a platform reads it.
fn manifest(template: &str, files: &Files) -> Result<String> {
    let list: Vec<String> = files
        .keys()
        .map(|name| format!("<file href=\"{}\" />", name.replace('&', "&amp;")))
        .collect();
    filled(template, "{{files}}", &list.join("\n      "))
}

/// How many screens each chapter of the lesson has, in their order.
fn screens() -> Result<Vec<usize>> {
    let chapters = lesson::chapters(&root().join("lesson")).map_err(Error::msg)?;
    let counted = |(name, chapter): &(String, _)| screens_in(chapter).with_context(|| name.clone());
    chapters.iter().map(counted).collect()
}

fn screens_in(chapter: &toml::Table) -> Result<usize> {
    let screens = chapter.get("screen").and_then(toml::Value::as_array);
    Ok(screens.context("the chapter has no screens")?.len())
}

/// Where the start begins to load the other files.
const LOADING: &str = "globalThis.unrolledStarted";

/// The whole page in one file, which runs from a disk and in the strictest sandbox.
fn single(files: &Files) -> Result<String> {
    let part = |begin, end| text(files, named(files, begin, end)?);
    let style = part("tokens-", ".css")? + &part("page-", ".css")?;
    let icon = STANDARD.encode(part("icon-", ".svg")?);
    let wasm = STANDARD.encode(&files[named(files, "unrolled-", "_bg.wasm")?]);
    let start = part("start-", ".js")?;
    // What follows loads the other files, and here there are none.
    let (words, _) = start.split_once(LOADING).context("the start does not say that it loads")?;
    let bindings = part("unrolled-", ".js")?;
    let (bindings, _) = bindings.rsplit_once("export {").context("the bindings export nothing")?;
    let later = parts_of(files).map(|(name, file)| {
        // Within a string of JSON this is the same sign, and ends no element.
        let json = text(files, file)?.replace('<', "\\u003c");
        Ok(format!("<script type=\"application/json\" id=\"{name}\">{json}</script>\n    "))
    });
    let later = later.collect::<Result<String>>()?;
    let script = format!(
        "{bindings}\n{words}\n\
         const parts = [...document.querySelectorAll(\"script[type='application/json']\")]\
         .map(({{ id, textContent }}) => [id, textContent]);\n\
         globalThis.unrolledPart = async (name) => Object.fromEntries(parts)[name];\n\
         if (!globalThis.WebAssembly) fail(\"wasm\");\nelse {{\n  \
         const packed = atob(document.querySelector(\"#wasm\").textContent);\n  \
         __wbg_init({{ module_or_path: Uint8Array.from(packed, (c) => c.charCodeAt(0)) }})\
         .catch((error) => fail(reason(error)));\n}}\n"
    )
    .replace("export function", "function")
    .replace("export class", "class");
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; \
         base-uri 'none'; form-action 'none'",
        source(&script),
        source(&style),
    );
    let mut html = text(files, "index.html")?;
    for (begin, end) in [
        ("<meta http-equiv=\"Content-Security-Policy\"", ">"),
        ("<link rel=\"preload\"", ">"),
        ("<link rel=\"preload\"", ">"),
        ("<link rel=\"preload\"", ">"),
        ("<link rel=\"preload\"", ">"),
        ("<noscript><link", "</noscript>"),
        ("<noscript><link", "</noscript>"),
        ("<link rel=\"icon\"", ">"),
        ("<script type=\"module\"", "</script>"),
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
         {later}\
         <script type=\"module\">{script}</script>\n  </body>"
    );
    filled(&filled(&html, "<title>", &head)?, "</body>", &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Files {
        all.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_manifest_names_every_file_once() {
        let list = manifest("<a>{{files}}</a>", &files(&[("app/x&y.js", ""), ("b", "")])).unwrap();
        assert_eq!(list, "<a><file href=\"app/x&amp;y.js\" />\n      <file href=\"b\" /></a>");
        assert!(manifest("no place", &Files::new()).is_err());
    }

    #[test]
    fn screens_are_counted() {
        let count = |chapter: &str| screens_in(&chapter.parse().unwrap());
        assert_eq!(count("[[screen]]\na = 1\n[[screen]]\n[screen.task]").unwrap(), 2);
        assert!(count("title = \"x\"").is_err());
        assert!(screens().unwrap().iter().all(|&count| count > 0));
    }

    #[test]
    fn one_file_holds_all_parts_and_can_say_why_it_fails() {
        let html = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"x\">\
            <link rel=\"preload\" 1><link rel=\"preload\" 2><link rel=\"preload\" 3>\
            <link rel=\"preload\" 4>\
            <script type=\"module\" src=\"./start-0.js\"></script>\
            <script type=\"module\" src=\"./again.js\"></script><title>U</title>\
            <link rel=\"icon\" href=\"./icon-0.svg\"/><noscript><link 1></noscript>\
            <noscript><link 2></noscript></head><body><p>waits</p></body>";
        let single = single(&files(&[
            ("index.html", html),
            ("icon-0.svg", "<svg/>"),
            ("ko-0.json", "[2]"),
            ("lesson-0.json", "[\"</script>\"]"),
            ("page-0.css", "b{}"),
            ("start-0.js", "function fail() {}\nglobalThis.unrolledStarted = true;\nload();"),
            ("tokens-0.css", "a{}"),
            ("unrolled-0.js", "export function f() {}\nexport { f as default };"),
            ("unrolled-0_bg.wasm", "wasm"),
        ]))
        .unwrap();
        assert!(single.contains("<style>a{}b{}</style>"));
        assert!(single.contains("id=\"wasm\">d2FzbQ==</script>"));
        assert!(single.contains("id=\"lesson\">[\"\\u003c/script>\"]</script>"));
        assert!(single.contains("id=\"ko\">[2]</script>"));
        assert!(single.contains("\nfunction fail() {}\n"));
        for gone in ["load()", "export", "./", "<noscript>"] {
            assert!(!single.contains(gone), "{gone}");
        }
        let script = single.rsplit_once("<script type=\"module\">").unwrap().1;
        let script = script.split_once("</script>").unwrap().0;
        assert!(single.contains(&source(script)));
    }

    #[test]
    fn what_a_host_would_leave_out_is_refused() {
        let folder = std::env::temp_dir().join(format!("unrolled-plain-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "").unwrap();
        assert!(only_plain_files(&folder).is_ok());
        fs::write(folder.join(".nojekyll"), "").unwrap();
        let error = only_plain_files(&folder).unwrap_err().to_string();
        assert!(error.contains(".nojekyll"), "{error}");
        fs::remove_file(folder.join(".nojekyll")).unwrap();
        fs::create_dir(folder.join("more")).unwrap();
        assert!(only_plain_files(&folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_element_becomes_a_module() {
        let element = fs::read_to_string(root().join("static/unrolled-element.js")).unwrap();
        let module = module(&element).unwrap();
        assert!(!module.contains("currentScript") && module.contains("import.meta.url"));
        assert!(module.contains("export const UnrolledElement = "));
        assert!(super::module("(() => {\n})();\n").is_err());
    }

    #[test]
    fn the_same_files_make_the_same_zip() {
        let files = files(&[("a", "1"), ("b", "2")]);
        assert_eq!(folder(&files).unwrap(), folder(&files).unwrap());
    }
}
