//! What a machine needs, item by item. An item that is there costs a look; one that is missing is
//! said, explained and installed, in the version that is pinned here or in the lock files.

use crate::{
    browser, node,
    program::{Program, note, root},
    python, toolchain,
};
use anyhow::{Context, Result, bail};
use std::{env, fs};

/// A command-line tool from the Rust registry.
struct Tool {
    command: &'static str,
    package: &'static str,
    version: String,
    /// How it is built: as a rule, with the versions that its own lock file names.
    options: &'static [&'static str],
    why: &'static str,
}

/// Sets up what building and serving the page needs.
pub(crate) fn for_build(release: bool) -> Result<()> {
    toolchain::ensure_wasm_target()?;
    ensure_tool(&Tool {
        command: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: locked_version(&read_lock()?, "wasm-bindgen")?,
        // Its own lock file has named versions that were taken back.
        options: &[],
        why: "joins the page's WebAssembly to JavaScript",
    })?;
    ensure_tool(&Tool {
        command: "trunk",
        package: "trunk",
        version: "0.21.14".to_owned(),
        options: &["--locked"],
        why: "builds and serves the page",
    })?;
    if release {
        node::ensure_wasm_opt()?;
    }
    Ok(())
}

/// Sets up what the tests need, which is all there is.
pub(crate) fn for_test() -> Result<()> {
    for_build(true)?;
    ensure_tool(&Tool {
        command: "wasm-pack",
        package: "wasm-pack",
        version: "0.15.1".to_owned(),
        options: &["--locked"],
        why: "runs the tests in a browser",
    })?;
    browser::ensure_browser()?;
    browser::ensure_other_engines()?;
    browser::ensure_fonts()?;
    ensure_tool(&Tool {
        command: "mdbook",
        package: "mdbook",
        version: "0.5.4".to_owned(),
        // Without the server that shows a book while it is written.
        options: &["--locked", "--no-default-features"],
        why: "makes the course page into which the tests embed Unrolled",
    })?;
    python::ensure()?;
    node::ensure_packages()
}

/// Makes sure that Firefox can be driven.
pub(crate) fn ensure_geckodriver() -> Result<()> {
    ensure_tool(&Tool {
        command: "geckodriver",
        package: "geckodriver",
        version: "0.37.1".to_owned(),
        options: &["--locked"],
        why: "drives Firefox",
    })
}

fn ensure_tool(tool: &Tool) -> Result<()> {
    let Tool { command, package, version, why, .. } = tool;
    let found = Program::new(command).args(["--version"]).read();
    if found.as_deref().and_then(version_in) == Some(version) {
        return Ok(());
    }
    note(&format!("\n{package} {version} is missing: it {why}."));
    if which::which("cargo-binstall").is_ok() && as_published(tool).run().is_ok() {
        return Ok(());
    }
    note(
        "Installing it from source, which takes some minutes; with `cargo binstall` it takes seconds …",
    );
    from_source(tool).run().with_context(|| {
        format!("{package} could not be installed; with a network, `cargo install {package} --version {version}` does it")
    })
}

/// Fetches the program as it was published, built already, and builds nothing.
fn as_published(tool: &Tool) -> Program {
    let package = format!("{}@{}", tool.package, tool.version);
    Program::new("cargo")
        .args(["binstall", &package, "--no-confirm", "--force"])
        .args(["--disable-strategies", "compile"])
        .folder(&env::temp_dir())
}

/// Builds it.
fn from_source(tool: &Tool) -> Program {
    // Outside of the checkout, so that the machine's ordinary toolchain builds it; without the
    // slow optimisations across crates, which a tool run now and then does not need.
    Program::new("cargo")
        .args(["install", tool.package, "--version", &tool.version, "--force"])
        .args(tool.options)
        .folder(&env::temp_dir())
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
}

/// The version in the line that a tool says of itself, as in `trunk 0.21.14` or `mdbook v0.5.4`.
fn version_in(line: &str) -> Option<&str> {
    line.split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn read_lock() -> Result<String> {
    fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock cannot be read")
}

/// The version of `package` in a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = lock.parse().context("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let field = |entry: &toml::Value, name: &str| Some(entry.get(name)?.as_str()?.to_owned());
    let entry = packages
        .into_iter()
        .flatten()
        .find(|entry| field(entry, "name").as_deref() == Some(package));
    match entry.and_then(|entry| field(entry, "version")) {
        Some(version) => Ok(version),
        None => bail!("Cargo.lock names no {package}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_say() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("mdbook v0.5.4"), Some("0.5.4"));
        assert_eq!(version_in("nothing"), None);
    }

    #[test]
    fn the_locked_version_is_read() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
        assert_eq!(locked_version(lock, "a").unwrap(), "1.2.3");
        assert!(locked_version(lock, "b").is_err());
    }
}
