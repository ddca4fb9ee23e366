//! Writes the Rust of the languages: a table for each, and a function for each sentence.

use crate::language::{Language, Languages, Signature};
use std::fmt::{Result, Write};

/// The sentence that is the name of its language.
const NAME: &str = "language-name";

/// The source of `Language::ALL`, of the tables, and of the functions of `Words`.
pub fn source(languages: &Languages) -> std::result::Result<String, std::fmt::Error> {
    let Languages { signatures, languages } = languages;
    let mut out = String::new();
    let count = languages.len();
    writeln!(out, "const SENTENCES: usize = {};", signatures.len())?;
    let own = signatures.iter().position(|signature| signature.key == NAME);
    let name = |language: &Language| own.map(|own| language.sentences[own].clone());
    let codes: Vec<&String> = languages.iter().map(|language| &language.code).collect();
    let names: Vec<String> = languages.iter().filter_map(name).collect();
    writeln!(out, "const CODES: [&str; {count}] = {codes:?};")?;
    writeln!(out, "const NAMES: [&str; {count}] = {names:?};")?;
    writeln!(out, "static BUILT_IN: &[Words] = &[")?;
    for (index, language) in languages.iter().enumerate() {
        let (plurals, seed) = (&language.plurals, language.first_seed);
        let sentences = &language.sentences;
        if index > 0 {
            // A published page fetches it.
            writeln!(out, "#[cfg(any(debug_assertions, not(target_arch = \"wasm32\")))]")?;
        }
        writeln!(
            out,
            "Words {{ plurals: {plurals:?}, first_seed: {seed}, sentences: {sentences:#?} }},"
        )?;
    }
    let all: Vec<String> = (0..count).map(|index| format!("Self({index})")).collect();
    writeln!(out, "];\nimpl Language {{")?;
    writeln!(out, "/// All languages: English, then the others by their codes.")?;
    writeln!(out, "pub const ALL: [Self; {count}] = [{}];\n}}", all.join(", "))?;
    writeln!(
        out,
        "#[allow(clippy::doc_markdown, reason = \"a comment in `text/` is no Markdown\")]"
    )?;
    writeln!(out, "impl Words {{")?;
    for (index, signature) in signatures.iter().enumerate() {
        accessor(&mut out, index, signature)?;
    }
    writeln!(out, "}}")?;
    Ok(out)
}

fn accessor(out: &mut String, index: usize, signature: &Signature) -> Result {
    let Signature { key, comment, placeholders } = signature;
    for line in comment.lines() {
        writeln!(out, "/// {line}")?;
    }
    let name = identifier(key);
    if placeholders.is_empty() {
        return writeln!(out, "pub fn {name}(&self) -> &'static str {{ self.sentences[{index}] }}");
    }
    writeln!(out, "///")?;
    let (mut parameters, mut values) = (String::new(), String::new());
    for placeholder in placeholders {
        let name = identifier(&placeholder.name);
        let (kind, value) =
            if placeholder.is_number { ("usize", "Number") } else { ("&str", "Text") };
        writeln!(out, "/// `{name}`: {}", placeholder.comment)?;
        write!(parameters, ", {name}: {kind}")?;
        write!(values, "Value::{value}({name}), ")?;
    }
    writeln!(
        out,
        "pub fn {name}(&self{parameters}) -> String {{ self.filled({index}, &[{values}]) }}"
    )
}

/// The name in Rust of a key.
fn identifier(key: &str) -> String {
    key.replace('-', "_")
}
