//! Puts the chapters of the lesson into the program.
//!
//! A chapter is a TOML file in the folder `lesson`; all that are there come in, in the order of
//! their names. Here they become one JSON text, which the page can read already: a list of pairs of a
//! file's name and what is in it.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lesson");
    let mut paths: Vec<_> = fs::read_dir("lesson")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "toml"))
        .collect();
    paths.sort();
    let mut chapters = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        let chapter: toml::Value =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        chapters.push((path.file_name().map(|name| name.to_string_lossy().into_owned()), chapter));
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("lesson.json");
    fs::write(out, serde_json::to_string(&chapters)?)?;
    Ok(())
}
