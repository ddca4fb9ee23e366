//! What the page's code consists of: how many bytes each module has in the WebAssembly.

use crate::program::{Program, note, root};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, fs};

/// Prints what weighs most in the build that is there: the parts of its WebAssembly, then its crates,
/// then their modules.
pub(crate) fn print() -> Result<()> {
    let built = root().join("target/wasm-bindgen/release/unrolled_bg.wasm");
    if !built.exists() {
        bail!("there is no published build: run `cargo xtask test --only build` first");
    }
    let named = root().join("target/size.wasm");
    // What is published has no names; this is the same with them.
    Program::new("wasm-opt")
        .args(["-Oz", "-g"])
        .args([&built])
        .args(["-o"])
        .args([&named])
        .run()?;
    let parts = Parts::read(&fs::read(named)?).context("what wasm-opt made is no WebAssembly")?;
    for (bytes, part) in [(parts.code, "code"), (parts.data, "data")] {
        note(&format!("{bytes:>9} bytes  {part}"));
    }
    for (depth, most, what) in [(1, 25, "crate"), (3, 80, "module")] {
        note(&format!("\n── code by {what}"));
        for (module, (bytes, count)) in parts.largest(depth).into_iter().take(most) {
            note(&format!("{bytes:>9} bytes {count:>5} functions  {module}"));
        }
    }
    Ok(())
}

/// What of a WebAssembly file is looked at.
#[derive(Debug, PartialEq)]
struct Parts {
    code: usize,
    data: usize,
    /// The name and the length of each function.
    functions: Vec<(String, usize)>,
}

impl Parts {
    fn read(file: &[u8]) -> Option<Self> {
        let mut rest = Bytes(file.strip_prefix(b"\0asm\x01\0\0\0")?);
        let (mut imported, mut lengths, mut names, mut data) = (0, Vec::new(), BTreeMap::new(), 0);
        let mut code = 0;
        while let Some(kind) = rest.byte() {
            let length = rest.number()?;
            let section = rest.take(length)?;
            match kind {
                0 => names.append(&mut names_in(Bytes(section)).unwrap_or_default()),
                2 => imported = imports_in(Bytes(section))?,
                10 => {
                    code = length;
                    let mut section = Bytes(section);
                    for _ in 0..section.number()? {
                        let length = section.number()?;
                        section.take(length)?;
                        lengths.push(length);
                    }
                }
                11 => data = length,
                _ => {}
            }
        }
        let named =
            |(index, length)| (names.get(&(imported + index)).cloned().unwrap_or_default(), length);
        Some(Self { code, data, functions: lengths.into_iter().enumerate().map(named).collect() })
    }

    /// The modules, so many names deep, that have most: their bytes and functions.
    fn largest(&self, depth: usize) -> Vec<(String, (usize, usize))> {
        let mut modules = BTreeMap::<String, (usize, usize)>::new();
        for (name, length) in &self.functions {
            let sum = modules.entry(module(name, depth)).or_default();
            *sum = (sum.0 + length, sum.1 + 1);
        }
        let mut modules: Vec<_> = modules.into_iter().collect();
        modules.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
        modules
    }
}

/// The module that a function stands in: of `<a::B as c::D>::e` it is that of `a::B`, unless that is
/// a type of the language, or of any crate; then it is that of `c::D`.
fn module(function: &str, depth: usize) -> String {
    let path = |text: &str| -> String {
        let text = text.trim_start_matches(['<', '&', '*', '[', '(']);
        let text = ["mut ", "const ", "dyn "]
            .iter()
            .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
        let is_inside = |letter: char| letter.is_alphanumeric() || "_:".contains(letter);
        text.chars().take_while(|&letter| is_inside(letter)).collect()
    };
    let ours = |path: &str| {
        path.contains("::") && !["core::", "alloc::", "std::"].iter().any(|it| path.starts_with(it))
    };
    let own = path(function);
    let stands = match function.split_once(" as ") {
        Some((_, of)) if function.starts_with('<') && !ours(&own) => path(of),
        _ => own,
    };
    let names: Vec<&str> = stands.split("::").filter(|name| !name.is_empty()).collect();
    // The last name is that of the function or of the type.
    let modules = names.len().saturating_sub(1).max(1);
    names[..names.len().min(modules).min(depth)].join("::")
}

/// The names in a section of its own.
fn names_in(mut section: Bytes<'_>) -> Option<BTreeMap<usize, String>> {
    if section.text()? != "name" {
        return None;
    }
    let mut names = BTreeMap::new();
    while let Some(kind) = section.byte() {
        let length = section.number()?;
        let mut list = Bytes(section.take(length)?);
        if kind == 1 {
            for _ in 0..list.number()? {
                names.insert(list.number()?, list.text()?);
            }
        }
    }
    Some(names)
}

/// How many functions are imported: they are counted first.
fn imports_in(mut section: Bytes<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                functions += 1;
                section.number()?;
            }
            kind @ (1 | 2) => {
                if kind == 1 {
                    section.byte()?;
                }
                let has_most = section.byte()? & 1 == 1;
                section.number()?;
                if has_most {
                    section.number()?;
                }
            }
            3 => drop(section.take(2)?),
            _ => return None,
        }
    }
    Some(functions)
}

/// The rest of a file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number, seven bits a byte.
    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 127).checked_shl(shift)?;
            if byte < 128 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        self.take(length).map(|text| String::from_utf8_lossy(text).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_stands_in_a_module() {
        for (function, at) in [
            ("unrolled::ui::score::Score::h0123", "unrolled::ui::score"),
            ("<unrolled::text::Words as core::cmp::PartialEq>::eq::h0", "unrolled::text"),
            ("<&mut T as core::fmt::Write>::write_str", "core::fmt"),
            ("<alloc::vec::Vec<T> as serde_core::de::Deserialize>::f", "serde_core::de"),
            ("memcpy", "memcpy"),
            ("", ""),
        ] {
            assert_eq!(module(function, 3), at, "{function}");
        }
        assert_eq!(module("a::b::c::d", 1), "a");
    }

    #[test]
    fn functions_are_found_with_their_names() {
        let file = b"\0asm\x01\0\0\0\x02\x07\x01\x01e\x01f\0\0\
            \x0a\x06\x01\x04\0\x41\x01\x0b\x0b\x02\0\0\0\x0b\x04name\x01\x04\x01\x01\x01g";
        let parts = Parts::read(file).unwrap();
        let functions = vec![("g".to_owned(), 4)];
        assert_eq!(parts, Parts { code: 6, data: 2, functions });
        assert_eq!(Parts::read(b"\0asm"), None);
        assert_eq!(Parts::read(&file[..20]), None);
    }
}
