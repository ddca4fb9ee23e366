//! Puts the languages and the chapters of the lesson into the program.

#[path = "build/accessors.rs"]
mod accessors;
#[path = "build/language.rs"]
mod language;
#[path = "build/order.rs"]
mod order;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process,
};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("language.rs"), languages()?)?;
    fs::write(out.join("lesson.json"), lesson()?)?;
    Ok(())
}

/// The files of a folder with an extension, in their order: their paths and what is in them.
fn files(folder: &str, extension: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|kind| kind == extension) {
            names.push(name);
        }
    }
    names.sort_by(|one, other| order::place(one).cmp(&order::place(other)));
    let read = |name| {
        let path = format!("{folder}/{name}");
        fs::read_to_string(&path).map(|text| (path, text))
    };
    Ok(names.into_iter().map(read).collect::<Result<_, _>>()?)
}

/// Every file of the folder `text`, which is a language, as Rust.
fn languages() -> Result<String, Box<dyn Error>> {
    match language::read(&files("text", "ftl")?) {
        Ok(languages) => Ok(accessors::source(&languages)?),
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            process::exit(1)
        }
    }
}

/// Every file of the folder `lesson`, which is a chapter, as one JSON text that the page can read
/// already: a list of pairs of a file's name and what is in it.
fn lesson() -> Result<String, Box<dyn Error>> {
    let mut chapters = Vec::new();
    for (path, text) in files("lesson", "toml")? {
        let chapter: toml::Value =
            toml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        chapters.push((path.strip_prefix("lesson/").unwrap_or(&path).to_owned(), chapter));
    }
    Ok(serde_json::to_string(&chapters)?)
}
