//! What a published build gets after Trunk has made it: a strict content policy, the hash of each
//! file beside its name, a start that says what went wrong, a worker for offline visits, the lesson and
//! each language but English as files of their own, and beside each file what servers may send in its
//! place.

#[path = "../../build/language.rs"]
#[allow(dead_code, reason = "what is said where is the build script's")]
mod language;
#[path = "../../build/lesson.rs"]
pub(crate) mod lesson;

use crate::{program::root, size};
use anyhow::{Context, Error, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};
use std::{
    collections::BTreeMap,
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

/// The files of a build: their names, and what is in them.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Reads the files of the build in `folder`; where it is sealed, also those that are
/// [compressed](is_compressed).
pub(crate) fn files_of(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// The name of the file that begins and ends so, but for a hash.
pub(crate) fn named<'a>(files: &'a Files, begin: &str, end: &str) -> Result<&'a str> {
    let hashed = |name: &&String| {
        let hash = name.strip_prefix(begin).and_then(|name| name.strip_suffix(end));
        hash.is_some_and(|hash| hash.chars().all(|letter| letter.is_ascii_hexdigit()))
    };
    let name = files.keys().find(hashed);
    name.map(String::as_str).with_context(|| format!("the build has no file {begin}…{end}"))
}

/// The text of a file.
pub(crate) fn text(files: &Files, name: &str) -> Result<String> {
    let bytes = files.get(name).with_context(|| format!("the build has no {name}"))?;
    String::from_utf8(bytes.clone()).with_context(|| format!("{name} is no text"))
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
    let template = |name: &str| {
        let text = fs::read_to_string(root().join("static").join(name))?;
        without_comments(&text).with_context(|| name.to_owned())
    };
    let made = files_of(folder)?;
    let mut files = made.clone();
    let is_code = |name: &String| is_text(name) && name != "index.html";
    for (name, bytes) in files.iter_mut().filter(|(name, _)| is_code(name)) {
        let text = String::from_utf8(std::mem::take(bytes))?;
        *bytes = without_comments(&text).with_context(|| name.clone())?.into_bytes();
    }
    let mut files = by_content(files)?;
    files.insert("again.js".to_owned(), template("again.js")?.into_bytes());
    for (name, text) in later()? {
        files.insert(format!("{name}-{}.json", version(text.as_bytes())), text.into_bytes());
    }
    let files = sealed(files, &template("start.js")?, &template("worker.js")?)?;
    for name in made.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, bytes) in files {
        if size::is_compressed_by_servers(Path::new(&name)) {
            fs::write(folder.join(format!("{name}.br")), size::with_brotli(&bytes)?)?;
            fs::write(folder.join(format!("{name}.gz")), size::with_gzip(&bytes)?)?;
        }
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// A script or a style without what only those who change it read: the comments that have lines of their own.
fn without_comments(text: &str) -> Result<String> {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.lines() {
        let trimmed = line.trim();
        inside = inside || trimmed.starts_with("/*");
        if inside {
            inside = match trimmed.split_once("*/") {
                None => true,
                Some((_, "")) => false,
                Some((_, code)) => bail!("behind a comment, on its line, stands {code}"),
            };
        } else if !trimmed.starts_with("//") {
            kept += line;
            kept.push('\n');
        }
    }
    Ok(kept)
}

/// What the page does not bring along: by their names the texts that it asks for when they are wanted.
fn later() -> Result<Vec<(String, String)>> {
    let chapters = lesson::json(&root().join("lesson")).map_err(Error::msg)?;
    let mut later = vec![("lesson".to_owned(), chapters)];
    let faults = |faults: Vec<language::Fault>| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Error::msg(all.join("\n"))
    };
    let read = language::read(&language::files(&root().join("text"))?).map_err(faults)?;
    for language in read.languages.iter().filter(|it| it.code != language::REFERENCE) {
        let language::Language { code, plurals, first_seed, sentences } = language;
        later.push((code.clone(), serde_json::to_string(&(plurals, first_seed, sentences))?));
    }
    Ok(later)
}

/// The same in a build that was sealed: their names, and those of their files.
pub(crate) fn parts_of(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files
        .keys()
        .filter_map(|file| Some((file.strip_suffix(".json")?.rsplit_once('-')?.0, file.as_str())))
}

/// Whether a file of a build is what servers send in place of another.
pub(crate) fn is_compressed(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "br" || kind == "gz")
}

/// The same files, each that has a hash in its name named by what is in it.
///
/// Trunk gives one name to bindings that differ, if only their WebAssembly is the same. Whoever has
/// kept the one would be refused the other.
fn by_content(mut files: Files) -> Result<Files> {
    // Each is named before those that name it.
    for (begin, end) in [
        ("icon-", ".svg"),
        ("tokens-", ".css"),
        ("page-", ".css"),
        ("unrolled-", "_bg.wasm"),
        ("unrolled-", ".js"),
    ] {
        let before = named(&files, begin, end)?.to_owned();
        let bytes = files.remove(&before).with_context(|| format!("{before} is gone"))?;
        let after = format!("{begin}{}{end}", version(&bytes));
        for (_, text) in files.iter_mut().filter(|(name, _)| is_text(name)) {
            *text = String::from_utf8(std::mem::take(text))?.replace(&before, &after).into_bytes();
        }
        files.insert(after, bytes);
    }
    Ok(files)
}

/// Whether a file may name others.
fn is_text(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "html" || kind == "js" || kind == "css")
}

/// The files of a published build, out of those that Trunk has made, and out of the templates of
/// the start and of the worker.
fn sealed(mut files: Files, start: &str, worker: &str) -> Result<Files> {
    let js = named(&files, "unrolled-", ".js")?;
    let wasm = named(&files, "unrolled-", "_bg.wasm")?;
    let styles = [named(&files, "tokens-", ".css")?, named(&files, "page-", ".css")?];
    let part = |name: &str| {
        let bytes = &files[name];
        format!(
            "{{ file: \"./{name}\", integrity: \"{}\", size: {} }}",
            integrity(bytes),
            bytes.len()
        )
    };
    let later: Vec<String> =
        parts_of(&files).map(|(name, file)| format!("  \"{name}\": {},\n", part(file))).collect();
    let parts = format!(
        "{{\n{}  wasm: {},\n  js: {},\n  styles: [{}, {}],\n}}",
        later.concat(),
        part(wasm),
        part(js),
        part(styles[0]),
        part(styles[1]),
    );
    let start = filled(start, "{{parts}}", &parts)?;
    let start_name = format!("start-{}.js", version(start.as_bytes()));

    let mut html = text(&files, "index.html")?;
    html = without(&html, "<script type=\"module\">", "</script>")?;
    for link in ["<link rel=\"modulepreload\"", "<link rel=\"preload\""] {
        html = without(&html, link, ">")?;
    }
    for name in styles {
        html = for_no_script(&html, name, &integrity(&files[name]))?;
    }
    // They are on their way while the start is.
    let ahead = [wasm, js, styles[0], styles[1]].map(|name| {
        format!("<link rel=\"preload\" as=\"fetch\" href=\"./{name}\" crossorigin=\"anonymous\" />\n    ")
    });
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n    {}\
         <script type=\"module\" src=\"./{start_name}\" crossorigin=\"anonymous\" integrity=\"{}\"></script>\n    \
         <script type=\"module\" src=\"./again.js\"></script>\n    \
         <title>",
        ahead.concat(),
        integrity(start.as_bytes()),
    );
    html = filled(&html, "<title>", &head)?;

    files.insert(start_name, start.into_bytes());
    files.insert("index.html".to_owned(), html.into_bytes());
    files.remove("worker.js");
    let worker = worker_of(&files, worker)?;
    files.insert("worker.js".to_owned(), worker.into_bytes());
    Ok(files)
}

/// Leaves a style to pages without scripts. Otherwise the start loads it, so that a page can be
/// seen even if its styles never arrive.
fn for_no_script(html: &str, name: &str, hash: &str) -> Result<String> {
    let link = format!("<link rel=\"stylesheet\" href=\"./{name}\" data-integrity=\"none\"");
    let from = html.find(&link).with_context(|| format!("index.html has no {link}"))?;
    let length = html[from..].find('>').context("index.html ends in a link")? + 1;
    Ok(format!(
        "{}<noscript><link rel=\"stylesheet\" href=\"./{name}\" crossorigin=\"anonymous\" integrity=\"{hash}\" /></noscript>{}",
        &html[..from],
        &html[from + length..],
    ))
}

/// The worker of a build: the hash of each of its files, and a name for all of it together.
fn worker_of(files: &Files, template: &str) -> Result<String> {
    let mut everything = template.as_bytes().to_vec();
    let mut hashes = Vec::new();
    for (name, bytes) in files {
        everything.extend(name.bytes().chain(bytes.iter().copied()));
        hashes.push(format!("\n  \"./{name}\": \"{}\",", integrity(bytes)));
    }
    let worker = filled(template, "{{files}}", &format!("{{{}\n}}", hashes.concat()))?;
    filled(&worker, "{{version}}", &version(&everything))
}

/// Puts `value` where `template` has `place`, which it has once.
pub(crate) fn filled(template: &str, place: &str, value: &str) -> Result<String> {
    match template.matches(place).count() {
        1 => Ok(template.replacen(place, value, 1)),
        count => bail!("there are {count} {place} where one was expected"),
    }
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
    fn comments_that_have_lines_of_their_own_are_not_sent() {
        let style = "/* Of\n   a. */\na {\n  /* One. */\n  b: \"// c\"; /* d */\n}\n";
        assert_eq!(without_comments(style).unwrap(), "a {\n  b: \"// c\"; /* d */\n}\n");
        let script = "/** Of a. */\nconst a = 1; // b\n  // c\nconst d = \"http://e\";\n";
        let sent = "const a = 1; // b\nconst d = \"http://e\";\n";
        assert_eq!(without_comments(script).unwrap(), sent);
        assert!(without_comments("/* a */ const b = 1;\n").is_err());
    }

    /// What Trunk makes, in small.
    fn build() -> Files {
        let html = "<html><head><title>U</title>\
            <link rel=\"stylesheet\" href=\"./tokens-1a.css\" data-integrity=\"none\"/>\
            <link rel=\"stylesheet\" href=\"./page-2b.css\" data-integrity=\"none\"/>\
            <script type=\"module\">init()</script>\
            <link rel=\"icon\" href=\"./icon-4d.svg\"/>\
            <link rel=\"modulepreload\" href=\"./unrolled-3c.js\"><link rel=\"preload\" as=\"fetch\">\
            </head><body></body></html>";
        let file = |(name, text): (&str, &str)| (name.to_owned(), text.as_bytes().to_vec());
        let files = [
            ("index.html", html),
            ("tokens-1a.css", "a"),
            ("page-2b.css", "b"),
            ("icon-4d.svg", "i"),
            ("lesson-5e.json", "[]"),
            ("ko-6f.json", "[1]"),
            ("unrolled-3c.js", "load(\"unrolled-3c_bg.wasm\")"),
            ("unrolled-3c_bg.wasm", "d"),
            ("unrolled-element.js", "e"),
        ];
        files.map(file).into()
    }

    #[test]
    fn every_file_is_named_by_what_is_in_it_and_by_nothing_else() {
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        let before = by_content(build()).unwrap();
        assert_eq!(names(&before), names(&by_content(build()).unwrap()));
        let html = text(&before, "index.html").unwrap();
        for (name, bytes) in before.iter().filter(|(name, _)| name.contains('-')) {
            let hashed = name.contains(&version(bytes));
            assert!(
                hashed
                    || ["lesson-5e.json", "ko-6f.json", "unrolled-element.js"]
                        .contains(&name.as_str()),
                "{name}"
            );
        }
        let js = named(&before, "unrolled-", ".js").unwrap();
        let wasm = named(&before, "unrolled-", "_bg.wasm").unwrap();
        assert!(html.contains(js) && text(&before, js).unwrap().contains(wasm));
        // Other bindings to the same WebAssembly, which Trunk gives the same name.
        let mut glue = build();
        glue.insert("unrolled-3c.js".to_owned(), b"other".to_vec());
        let after = by_content(glue).unwrap();
        assert_ne!(named(&after, "unrolled-", ".js").unwrap(), js);
        assert_eq!(named(&after, "unrolled-", "_bg.wasm").unwrap(), wasm);
    }

    const WORKER: &str = "const files = {{files}}; const name = \"{{version}}\";";

    #[test]
    fn a_sealed_page_runs_nothing_but_its_start_which_knows_all_other_parts() {
        let files = sealed(build(), "const parts = {{parts}};", WORKER).unwrap();
        let html = text(&files, "index.html").unwrap();
        let start = named(&files, "start-", ".js").unwrap();
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        // And what opens another version, should the start be gone.
        assert_eq!(scripts.len(), 2);
        assert!(scripts[1].contains("src=\"./again.js\""));
        assert!(scripts[0].contains(&format!("src=\"./{start}\"")));
        assert!(scripts[0].contains(&integrity(&files[start])));
        assert!(html.contains("<noscript><link rel=\"stylesheet\" href=\"./tokens-1a.css\""));
        for part in ["tokens-1a.css", "page-2b.css", "unrolled-3c.js", "unrolled-3c_bg.wasm"] {
            assert!(html.contains(&format!("as=\"fetch\" href=\"./{part}\"")), "{part}");
        }
        let start = text(&files, start).unwrap();
        for part in ["\"lesson\": ", "\"ko\": "] {
            assert!(start.contains(part), "{part}");
        }
        for part in [
            "lesson-5e.json",
            "ko-6f.json",
            "tokens-1a.css",
            "page-2b.css",
            "unrolled-3c.js",
            "unrolled-3c_bg.wasm",
        ] {
            let hash = integrity(&files[part]);
            let size = files[part].len();
            let part = format!("{{ file: \"./{part}\", integrity: \"{hash}\", size: {size} }}");
            assert!(start.contains(&part));
        }
    }

    #[test]
    fn the_worker_knows_the_hash_of_every_file_but_its_own() {
        let files = sealed(build(), "{{parts}}", WORKER).unwrap();
        let worker = text(&files, "worker.js").unwrap();
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "worker.js") {
            assert!(worker.contains(&format!("\"./{name}\": \"{}\"", integrity(bytes))), "{name}");
        }
        assert!(!worker.contains("./worker.js"));
    }

    #[test]
    fn a_change_of_any_file_and_of_the_worker_makes_another_version() {
        let name = |files: Files, worker: &str| {
            let files = sealed(files, "{{parts}}", worker).unwrap();
            let worker = text(&files, "worker.js").unwrap();
            worker.rsplit_once("name = ").unwrap().1.to_owned()
        };
        let before = name(build(), WORKER);
        assert_eq!(name(build(), WORKER), before);
        assert_ne!(name(build(), &format!("//\n{WORKER}")), before);
        for file in build().into_keys().filter(|file| file != "index.html") {
            let mut changed = build();
            changed.insert(file, b"x".to_vec());
            assert_ne!(name(changed, WORKER), before);
        }
    }

    #[test]
    fn sealing_twice_or_what_trunk_did_not_make_is_refused() {
        let once = sealed(build(), "{{parts}}", WORKER).unwrap();
        assert!(sealed(once, "{{parts}}", WORKER).is_err());
        assert!(sealed(Files::new(), "{{parts}}", WORKER).is_err());
        assert!(sealed(build(), "no place", WORKER).is_err());
        let mut without_style = build();
        without_style.remove("page-2b.css");
        assert!(sealed(without_style, "{{parts}}", WORKER).is_err());
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
