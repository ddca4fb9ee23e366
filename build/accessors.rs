//! Writes the Rust of the languages: a table for each, and a function for each sentence.

use crate::language::{Languages, Signature};
use std::fmt::{Result, Write};

/// The source of `Language::ALL`, of the tables, and of the functions of `Words`.
pub fn source(languages: &Languages) -> std::result::Result<String, std::fmt::Error> {
    let Languages { signatures, languages } = languages;
    let mut out = String::new();
    let count = languages.len();
    writeln!(out, "const SENTENCES: usize = {};", signatures.len())?;
    writeln!(out, "static LANGUAGES: [Words; {count}] = [")?;
    for language in languages {
        let (code, seed) = (&language.code, language.first_seed);
        let (plurals, sentences) = (&language.plurals, &language.sentences);
        writeln!(
            out,
            "Words {{ code: {code:?}, plurals: {plurals:?}, first_seed: {seed}, sentences: {sentences:#?} }},"
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
