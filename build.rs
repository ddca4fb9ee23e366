//! Puts the languages and the chapters of the lesson into the program.

#[path = "build/accessors.rs"]
mod accessors;
#[path = "build/language.rs"]
mod language;
#[path = "build/lesson.rs"]
mod lesson;

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
    println!("cargo::rerun-if-changed=lesson");
    fs::write(out.join("lesson.json"), lesson::json(Path::new("lesson"))?)?;
    Ok(())
}

/// Every file of the folder `text`, which is a language, as Rust.
fn languages() -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=text");
    match language::read(&language::files(Path::new("text"))?) {
        Ok(languages) => Ok(accessors::source(&languages)?),
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            process::exit(1)
        }
    }
}
