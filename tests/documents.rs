//! The documents name what there is: every key of an address, every part, message and module; every
//! link and every example in them works.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};
use unrolled::{
    address::{Address, Alone, Control, Part, is_key},
    lesson::{Progress, chapters},
    page::{Device, Opened, Page},
    rnn::Experiment,
    text::Language,
};

const DOCUMENTS: [&str; 5] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/teaching.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The rows of the table whose head begins with `head`, each as its columns.
fn table<'a>(document: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let head = format!("| {head} |");
    let lines = document.lines().skip_while(|line| !line.starts_with(&head)).skip(2);
    let rows = lines.take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// The names that a list in the source begins its lines with, between two lines of it.
fn listed<'a>(source: &'a str, first: &str, last: &str) -> Vec<&'a str> {
    let (_, rest) = source.split_once(first).unwrap();
    rest.split_once(last).unwrap().0.lines().collect()
}

#[test]
fn an_advisory_is_let_pass_for_a_reason_and_while_its_crate_is_there() {
    let rules: toml::Table = read("deny.toml").parse().unwrap();
    let passed = rules["advisories"]["ignore"].as_array().unwrap();
    let lock = read("Cargo.lock");
    for advisory in passed {
        let (id, reason) = (advisory["id"].as_str().unwrap(), advisory["reason"].as_str().unwrap());
        assert!(id.starts_with("RUSTSEC-"), "{id}");
        let about = code(reason).next().unwrap_or_else(|| panic!("{id}: it names no crate"));
        assert!(lock.contains(&format!("\nname = \"{about}\"\n")), "{id}: {about} is gone");
        assert!(reason.len() > about.len() + 40, "{id}: {reason}");
    }
}

/// A chapter that is added is in the guide, too, and so is the time that it takes.
#[test]
fn the_guide_for_teachers_has_every_chapter_and_only_screens_that_there_are() {
    let guide = read("docs/teaching.md");
    let numbers = table(&guide, "chapter");
    let numbers: Vec<&str> = numbers.iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (1..=chapters().len()).map(|it| it.to_string()).collect();
    assert_eq!(numbers, expected);
    assert_eq!(chapters().len(), 15, "the documents say how many chapters there are");
    for document in ["README.md", "docs/teaching.md", "CHANGELOG.md"] {
        assert!(read(document).contains("fifteen chapters"), "{document}");
    }
    let minutes: usize = chapters().iter().map(|it| it.minutes(Language::default())).sum();
    assert!(
        guide.contains("about four and a half hours") && (250..=285).contains(&minutes),
        "{minutes}"
    );
    let rows = table(&guide, "learners believe");
    assert!(rows.len() >= 6);
    for screen in rows.iter().flat_map(|row| row[1].split([',', ' '])).filter(|it| it.contains('.'))
    {
        let (chapter, number) = screen.split_once('.').unwrap();
        let chapter = &chapters()[chapter.parse::<usize>().unwrap() - 1];
        let number: usize = number.parse().unwrap();
        assert!((1..=chapter.screens.len()).contains(&number), "there is no screen {screen}");
    }
}

#[test]
fn the_guide_for_teachers_has_every_key_of_an_address() {
    let guide = read("docs/teaching.md");
    let rows = table(&guide, "key");
    let documented: Vec<&str> = rows.iter().flat_map(|row| code(row[0])).collect();
    let source = read("src/address.rs");
    let lines = listed(&source, "\nconst KEYS", "\n];");
    let keys: Vec<&str> = lines
        .into_iter()
        .filter_map(|line| line.strip_prefix("    (\"")?.split('"').next())
        .collect();
    assert!(keys.iter().all(|key| is_key(key)) && keys.len() > 20, "{keys:?}");
    // The element has them as its attributes, but for those that it writes by itself.
    let element = read("static/unrolled-element.js");
    let own = ["label", "vocab", "aside", "host", "own", "own.unit", "own.cut", "own.seed"];
    for key in keys.iter().filter(|key| !own.contains(*key)) {
        assert!(element.contains(&format!("\"{key}\"")), "the element has no attribute {key}");
    }
    let (mut sorted, mut there) = (keys, documented);
    sorted.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, sorted);
}

/// What editors read of the element names the attributes that it has.
#[test]
fn the_description_of_the_element_has_every_attribute() {
    let element = read("static/unrolled-element.js");
    let (_, lists) = element.split_once("const experiment").unwrap();
    let (lists, _) = lists.split_once("const keys").unwrap();
    let mut there: Vec<&str> = lists.split('"').skip(1).step_by(2).collect();
    let description: serde_json::Value =
        serde_json::from_str(&read("npm/custom-elements.json")).unwrap();
    let attributes = &description["modules"][0]["declarations"][0]["attributes"];
    let names = attributes.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap());
    let mut described: Vec<&str> =
        names.filter(|name| !["src", "labels", "vocabulary"].contains(name)).collect();
    there.sort_unstable();
    described.sort_unstable();
    assert_eq!(described, there);
}

#[test]
fn the_guide_for_teachers_has_everything_that_can_be_hidden_shown_alone_and_locked() {
    let guide = read("docs/teaching.md");
    let rows = table(&guide, "key");
    let said = |key: &str| -> Vec<&str> {
        let row = rows.iter().find(|row| row[0] == format!("`{key}`")).unwrap();
        code(row[1]).flat_map(|names| names.split(' ')).collect()
    };
    let with_all = |names: Vec<&'static str>| [names, vec!["all"]].concat();
    assert_eq!(said("hide"), with_all(Part::ALL.map(Part::name).to_vec()));
    assert_eq!(said("lock"), with_all(Control::ALL.map(Control::name).to_vec()));
    assert_eq!(said("only"), Alone::all().map(Alone::name).collect::<Vec<_>>());
    let explained: Vec<&str> =
        table(&guide, "locked").iter().map(|row| code(row[0]).next().unwrap()).collect();
    assert_eq!(explained, Control::ALL.map(Control::name));
}

#[test]
fn the_guide_for_teachers_has_every_message() {
    let guide = read("docs/teaching.md");
    let source = read("src/address/message.rs");
    let variants = |of: &str| -> Vec<String> {
        let lines = listed(&source, &format!("pub enum {of} {{\n"), "\n}");
        let name = |line: &str| {
            let name = line.strip_prefix("    ")?.trim_end_matches([' ', '{', ',']);
            name.chars().all(char::is_alphabetic).then(|| name.to_ascii_lowercase())
        };
        lines.into_iter().filter_map(name).collect()
    };
    let mut events = variants("Notice");
    assert!(events.contains(&"key".to_owned()), "{events:?}");
    let rows = table(&guide, "from the page, `event`");
    let mut documented: Vec<String> = Vec::new();
    for row in rows {
        let event = code(row[0]).next().unwrap();
        assert_eq!(row[1], format!("`unrolled-{event}`"));
        documented.push(event.to_owned());
    }
    documented.sort_unstable();
    events.sort_unstable();
    assert_eq!(documented, events);
    let asked: String = table(&guide, "to the page").iter().map(|row| row[0]).collect();
    for request in variants("Request") {
        assert!(asked.contains(&format!("\"{request}\"")), "{request}");
    }
}

#[test]
fn every_address_in_the_documents_opens_without_a_complaint() {
    let mut found = 0;
    for document in DOCUMENTS {
        let text = read(document);
        // An address begins with `#`, behind a quote, a backtick or the address of the page.
        for (before, _) in text
            .match_indices('#')
            .filter(|(at, _)| text[*at + 1..].split_once('=').is_some_and(|(key, _)| is_key(key)))
        {
            let end = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '`');
            let address = text[before + 1..].split(end).next().unwrap();
            // It stands for the code of any language.
            if address == "lang=xx" {
                continue;
            }
            let (address_read, problems) = Address::read(address);
            assert_eq!(problems, [], "{document}: #{address}");
            let opened = Opened { address: address_read, problems };
            let page = Page::new(Device::default(), Progress::default(), &opened).unwrap();
            assert_eq!(page.problems().len(), 0, "{document}: #{address}");
            found += 1;
        }
    }
    assert!(found >= 12, "only {found} addresses were found");
}

#[test]
fn every_number_that_a_focus_is_explained_with_is_read() {
    let guide = read("docs/teaching.md");
    let paragraph = guide.split("\n\n").find(|text| text.starts_with("`focus` names")).unwrap();
    let names: Vec<&str> = code(paragraph).filter(|name| name.contains('.')).collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let (address, problems) = Address::read(&format!("focus={name}"));
        assert_eq!(problems, [], "{name}");
        assert!(address.focus.is_some(), "{name}");
    }
}

#[test]
fn the_experiment_of_the_readme_is_one() {
    let readme = read("README.md");
    let json = readme.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    Experiment::from_json(json).unwrap_or_else(|problem| panic!("{problem}"));
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let ours = !matches!(name.as_str(), "target" | "node_modules" | "dist" | "packages");
            if ours && !name.starts_with('.') {
                files(&path, found);
            }
        } else {
            found.push(path.strip_prefix(root()).unwrap().to_owned());
        }
    }
}

#[test]
fn the_map_names_files_that_there_are_and_every_module_of_the_logic() {
    let mut all = Vec::new();
    files(root(), &mut all);
    let architecture = read("ARCHITECTURE.md");
    let (_, map) = architecture.split_once("## The map").unwrap();
    let (map, _) = map.split_once("## Letters and names").unwrap();
    let is_path = |name: &&str| {
        let kinds = [".rs", ".js", ".css", ".ftl", ".md", "/"];
        kinds.iter().any(|kind| name.ends_with(kind)) && !name.contains(' ')
    };
    let named: Vec<&str> = code(map).filter(is_path).collect();
    assert!(named.len() > 50, "{named:?}");
    for name in &named {
        let there = all.iter().any(|path| path.ends_with(name)) || root().join(name).is_dir();
        assert!(there || Path::new("static").join(name).is_dir(), "there is no {name}");
    }
    let logic = ["session", "figure", "lesson", "address", "page", "browser"];
    for path in &all {
        let folder = path.parent().unwrap();
        let is_logic = logic.iter().any(|module| folder == Path::new("src").join(module))
            || folder == Path::new("rnn/src") && !path.ends_with("lib.rs");
        let is_test = folder == Path::new("tests") && path.extension().is_some_and(|it| it == "rs");
        if is_logic || is_test {
            let name = |name: &&&str| path.ends_with(name);
            assert!(named.iter().any(|it| name(&it)), "the map has no {}", path.display());
        }
    }
}

/// How a heading is linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_ascii_lowercase();
    let kept = kept.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().replace(' ', "-")
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    for document in DOCUMENTS {
        let text = read(document);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let path = root().join(document).parent().unwrap().join(file);
            assert!(path.exists(), "{document} links to {link}");
            if !heading.is_empty() {
                let target = fs::read_to_string(path).unwrap();
                let mut headings = target.lines().filter(|line| line.starts_with('#'));
                let found = headings.any(|line| anchor(line.trim_start_matches('#')) == heading);
                assert!(found, "{document} links to {link}");
            }
        }
    }
}
