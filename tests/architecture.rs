//! The directions of ARCHITECTURE.md, held against every path in the program.
//!
//! What stands under `#[cfg(test)]` is free: a test of a figure may take its run from anywhere.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{fs, path::Path};

/// The crates by which a program speaks with the browser.
const BROWSER: [&str; 8] = [
    "gloo",
    "gloo_events",
    "gloo_render",
    "js_sys",
    "plotters_canvas",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// What changes the page, or asks it where things are, when it is called on an element.
const CALLS: [&str; 14] = [
    "append_child",
    "blur",
    "click",
    "close",
    "closest",
    "dispatch_event",
    "get_bounding_client_rect",
    "insert_before",
    "query_selector",
    "query_selector_all",
    "remove_child",
    "scroll_into_view",
    "show_modal",
    "show_picker",
];

/// The modules as ARCHITECTURE.md writes them: each uses only what stands to its right.
fn order() -> Vec<&'static str> {
    let architecture = include_str!("../ARCHITECTURE.md");
    let line = architecture.lines().find(|line| line.starts_with("`main → ui → ")).unwrap();
    line.split('`').nth(1).unwrap().split(" → ").collect()
}

/// A name that a module takes from elsewhere: of ours, of a crate, or of an element by a call.
#[derive(Debug, PartialEq)]
enum Name {
    Module(String),
    Crate(String, String),
    Call(String),
}

/// The names in `tokens`, which stand `depth` modules below the root of the page, each with its line.
/// Without a depth they stand in another crate, where `crate` and `super` lead nowhere else.
fn names(tokens: TokenStream, depth: Option<usize>, found: &mut Vec<(usize, Name)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let ident = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    };
    let sign = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    let colons = |at: usize| sign(at, ':') && sign(at + 1, ':');
    let group = |at: usize, delimiter: Delimiter| match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    };
    // The names that a path goes on with: one, or several in braces.
    let next = |at: usize| -> Vec<String> {
        let braces = group(at, Delimiter::Brace).into_iter().flatten().collect::<Vec<_>>();
        let starts = |at: &usize| {
            *at == 0 || matches!(&braces[at - 1], TokenTree::Punct(comma) if comma.as_char() == ',')
        };
        let several = (0..braces.len()).filter(starts).map(|at| braces[at].to_string());
        ident(at).into_iter().chain(several).collect()
    };
    let mut at = 0;
    while at < tokens.len() {
        let line = tokens[at].span().start().line;
        let is_test = sign(at, '#')
            && group(at + 1, Delimiter::Bracket)
                .is_some_and(|attribute| attribute.to_string().replace(' ', "") == "cfg(test)");
        if is_test {
            while at < tokens.len() && !sign(at, ';') && group(at, Delimiter::Brace).is_none() {
                at += 1;
            }
            at += 1;
            continue;
        }
        if sign(at, '.')
            && let Some(name) = ident(at + 1)
            && group(at + 2, Delimiter::Parenthesis).is_some()
        {
            found.push((line, Name::Call(name)));
        }
        let begins = at < 2 || !colons(at - 2);
        if begins && let Some(first) = ident(at) {
            let mut end = at;
            let mut above = 0;
            while ident(end).as_deref() == Some("super") && colons(end + 1) {
                (above, end) = (above + 1, end + 3);
            }
            let at_root = first == "unrolled" || first == "crate" && depth.is_some();
            if at_root && colons(at + 1) {
                found.extend(next(at + 3).into_iter().map(|name| (line, Name::Module(name))));
            } else if first == "unrolled_rnn" && colons(at + 1) {
                found.push((line, Name::Module("rnn".to_owned())));
            } else if above > 0 && Some(above) == depth {
                found.extend(next(end).into_iter().map(|name| (line, Name::Module(name))));
            } else if BROWSER.contains(&first.as_str()) && colons(at + 1) {
                let all = next(at + 3).into_iter();
                found.extend(all.map(|name| (line, Name::Crate(first.clone(), name))));
            }
        }
        if let TokenTree::Group(group) = &tokens[at] {
            let is_module = at >= 2 && ident(at - 2).as_deref() == Some("mod");
            names(group.stream(), depth.map(|depth| depth + usize::from(is_module)), found);
        }
        at += 1;
    }
}

/// What is wrong with `name` in `module`.
fn problem(module: &str, name: &Name, order: &[&str]) -> Option<String> {
    let place = |module: &str| order.iter().position(|other| *other == module);
    match name {
        Name::Module(other) if other == module || other == "self" => None,
        Name::Module(other) if other == "browser" => {
            (!["main", "ui"].contains(&module)).then(|| format!("{module} uses browser"))
        }
        Name::Module(other) => {
            let right = place(module) < place(other) && place(module).is_some();
            (!right).then(|| format!("{module} uses {other}"))
        }
        _ if module == "browser" => None,
        Name::Crate(from, name) => {
            let element = |name: &str| name.ends_with("Element") || name.starts_with("Event");
            let allowed = match module {
                // It reads values out of the events that Yew hands to it.
                "ui" => {
                    from == "web_sys" && element(name) || from == "wasm_bindgen" && name == "JsCast"
                }
                // It asks JavaScript for Unicode normalization.
                "rnn" => from == "js_sys" && name == "JsString",
                _ => false,
            };
            (!allowed).then(|| format!("{module} calls the browser: {from}::{name}"))
        }
        Name::Call(name) => {
            let calls =
                module == "ui" && (name.starts_with("set_") || CALLS.contains(&name.as_str()));
            calls.then(|| format!("{module} calls the browser: .{name}()"))
        }
    }
}

/// All that is wrong in a file of `module`, which stands `depth` modules below the root of the page.
fn problems(module: &str, depth: Option<usize>, source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    names(source.parse().unwrap(), depth, &mut found);
    let order = order();
    let named = |(line, name): (usize, Name)| Some((line, problem(module, &name, &order)?));
    found.into_iter().filter_map(named).collect()
}

fn walk(folder: &Path, check: &mut impl FnMut(&Path)) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, check);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            check(&path);
        }
    }
}

#[test]
fn modules_use_only_what_stands_to_their_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut wrong) = ([0, 0], Vec::new());
    let mut check = |path: &Path, module: &str, depth: Option<usize>| {
        files[usize::from(depth.is_none())] += 1;
        for (line, problem) in problems(module, depth, &fs::read_to_string(path).unwrap()) {
            wrong.push(format!("{}:{line}: {problem}", path.strip_prefix(root).unwrap().display()));
        }
    };
    walk(&root.join("src"), &mut |path| {
        let place = path.strip_prefix(root.join("src")).unwrap().with_extension("");
        let modules: Vec<_> = place.iter().map(|part| part.to_string_lossy()).collect();
        // The list of modules, and what is compiled for tests alone.
        if modules[0] != "lib" && modules.last().unwrap() != "golden" {
            check(path, &modules[0], Some(modules.len()));
        }
    });
    walk(&root.join("rnn/src"), &mut |path| check(path, "rnn", None));
    assert!(files[0] > 50 && files[1] > 15, "only {files:?} files were found");
    assert!(wrong.is_empty(), "against ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

/// The mathematics knows no page: not by a path, and not by what it could take from elsewhere.
#[test]
fn the_crate_of_the_mathematics_takes_nothing_that_draws_or_speaks_with_a_browser() {
    let manifest: toml::Value = toml::from_str(include_str!("../rnn/Cargo.toml")).unwrap();
    let mut taken: Vec<String> = Vec::new();
    let mut take = |table: &toml::Value| {
        let all = ["dependencies", "build-dependencies"].map(|kind| table.get(kind));
        let tables = all.into_iter().flatten().filter_map(toml::Value::as_table);
        taken.extend(tables.flat_map(|crates| crates.keys().cloned()));
    };
    take(&manifest);
    manifest["target"].as_table().unwrap().values().for_each(&mut take);
    let page = |name: &&String| {
        let name = name.replace('-', "_");
        // JavaScript is a language, with or without a browser around it.
        let browser = BROWSER.contains(&name.as_str()) && name != "js_sys";
        browser || ["yew", "gloo", "plotters", "unrolled"].iter().any(|it| name.starts_with(it))
    };
    assert!(taken.len() > 5, "{taken:?}");
    assert_eq!(taken.iter().find(page), None);
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let order = order();
    for line in include_str!("../src/lib.rs").lines() {
        if let Some(module) = line.strip_prefix("pub mod ") {
            let module = module.trim_end_matches(';');
            assert!(order.contains(&module) || module == "browser", "{module}");
        }
    }
    assert!(include_str!("../src/lib.rs").contains("pub use unrolled_rnn as rnn;"));
    assert_eq!((order.first(), order.last()), (Some(&"main"), Some(&"rnn")));
}

#[test]
fn what_points_the_wrong_way_is_found_with_its_line() {
    let found = |module, source| -> Vec<(usize, String)> {
        problems(module, (module != "rnn").then_some(2), source)
    };
    let one = |line, text: &str| vec![(line, text.to_owned())];
    assert_eq!(
        found("session", "use crate::{\n    rnn::{Step, figure::X}, figure::Lane,\n};"),
        one(1, "session uses figure")
    );
    assert_eq!(found("rnn", "fn f() {\n\n g(&unrolled::text::Words) }"), one(3, "rnn uses text"));
    assert_eq!(found("figure", "use super::super::ui::App;"), one(1, "figure uses ui"));
    assert_eq!(
        found("session", "mod inner { use super::super::super::ui::App; }"),
        one(1, "session uses ui")
    );
    assert_eq!(
        found("ui", "fn f() -> Html { html! { <p>{ crate::main::x() }</p> } }"),
        one(1, "ui uses main")
    );
    assert_eq!(found("browser", "use crate::rnn::Step;"), one(1, "browser uses rnn"));
    assert_eq!(found("figure", "use crate::browser;"), one(1, "figure uses browser"));
    assert_eq!(found("main", "use unrolled::{browser, ui::App};"), []);
    assert_eq!(found("ui", "use crate::{browser::{self, Frames}, ui::x, text};"), []);
    assert_eq!(found("rnn", "use crate::forward::Forward; use super::text::Of;"), []);
    assert_eq!(
        found(
            "session",
            "/// [x](crate::ui)\n#[cfg(test)] mod tests { use crate::text::X; } // crate::ui"
        ),
        []
    );
    assert_eq!(found("text", "#[cfg(test)] mod golden; use crate::ui;"), one(1, "text uses ui"));

    assert_eq!(found("session", "use unrolled_rnn::Step;"), []);
    assert_eq!(found("browser", "use unrolled_rnn::Step;"), one(1, "browser uses rnn"));

    let window = "ui calls the browser: web_sys::window";
    assert_eq!(found("ui", "fn f() { web_sys::window(); }"), one(1, window));
    assert_eq!(found("ui", "use web_sys::{HtmlElement, Window, EventTarget};").len(), 1);
    assert_eq!(
        found("ui", "fn f() { input.set_value(text); }"),
        one(1, "ui calls the browser: .set_value()")
    );
    assert_eq!(found("ui", "fn f() { input.value(); setter.set(1); }"), []);
    assert_eq!(
        found("session", "use js_sys::Date;"),
        one(1, "session calls the browser: js_sys::Date")
    );
    assert_eq!(found("browser", "use web_sys::Window; fn f() { dialog.close(); }"), []);
}

#[test]
fn every_component_says_that_the_changes_of_its_nodes_are_the_pages_own() {
    let (mut asked, mut silent) = (0, Vec::new());
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut |path: &Path| {
        let source = fs::read_to_string(path).unwrap();
        for component in source.split("#[component]\n").skip(1) {
            let body = component.split("\n}\n").next().unwrap();
            let name = body.split("fn ").nth(1).unwrap().split('(').next().unwrap();
            // The whole page makes no nodes itself, and a test of formulas watches none.
            if ["App", "Shown"].contains(&name) {
                continue;
            }
            if body.contains("use_words()") || body.contains("use_around()") {
                asked += 1;
            } else {
                silent.push(name.to_owned());
            }
        }
    });
    assert!(asked > 40, "{asked}");
    assert_eq!(silent, Vec::<String>::new());
}
