//! The chapters of the lesson as one JSON text, which the page can read already. The build script puts
//! it into the program, and a published build has it as a file of its own.

#[path = "order.rs"]
pub(crate) mod order;

use std::{fs, path::Path};

/// The chapters in `folder`, each a file, in their order: the name of the file and what is in it.
///
/// # Errors
///
/// Which file is wrong, and why.
pub(crate) fn chapters(folder: &Path) -> Result<Vec<(String, toml::Table)>, String> {
    let wrong = |at: &Path, why: &dyn ToString| format!("{}: {}", at.display(), why.to_string());
    let mut chapters = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        let path = entry.map_err(|error| wrong(folder, &error))?.path();
        if path.extension().is_some_and(|kind| kind == "toml") {
            let text = fs::read_to_string(&path).map_err(|error| wrong(&path, &error))?;
            let chapter = text.parse().map_err(|error: toml::de::Error| wrong(&path, &error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            chapters.push((name, chapter));
        }
    }
    chapters.sort_by(|(one, _), (other, _)| order::place(one).cmp(&order::place(other)));
    Ok(chapters)
}

/// All of them as a list of pairs.
///
/// # Errors
///
/// As [`chapters`].
pub(crate) fn json(folder: &Path) -> Result<String, String> {
    serde_json::to_string(&chapters(folder)?).map_err(|error| error.to_string())
}
