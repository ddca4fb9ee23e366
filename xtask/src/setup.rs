//! What a machine needs, item by item. An item that is there costs a look; one that is missing is
//! said, explained and installed, in the version that is pinned here or in the lock files.

use crate::{
    browser, node,
    program::{Program, has_apt, note, root},
    python, toolchain,
};
use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path, thread, time::Instant};

/// A command-line tool from the Rust registry.
struct Tool {
    command: &'static str,
    package: &'static str,
    version: String,
    /// How it is built: as a rule, with the versions that its own lock file names.
    options: &'static [&'static str],
    /// How far the compiler optimises it: little, where that makes its build shorter and nothing else longer.
    level: &'static str,
    why: &'static str,
}

/// What joins the page's WebAssembly to JavaScript, in the version that the page is built with.
fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        command: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: locked_version(&read_lock()?, "wasm-bindgen")?,
        // Its own lock file has named versions that were taken back.
        options: &[],
        // It reads programs of a hundred megabytes.
        level: "1",
        why: "joins the page's WebAssembly to JavaScript",
    })
}

fn trunk() -> Tool {
    Tool {
        command: "trunk",
        package: "trunk",
        version: "0.21.14".to_owned(),
        // Without the search for a newer version of itself.
        options: &["--locked", "--no-default-features", "--features", "rustls"],
        level: "0",
        why: "builds and serves the page",
    }
}

fn wasm_pack() -> Tool {
    Tool {
        command: "wasm-pack",
        package: "wasm-pack",
        version: "0.15.1".to_owned(),
        options: &["--locked"],
        level: "0",
        why: "runs the tests in a browser",
    }
}

fn mdbook() -> Tool {
    Tool {
        command: "mdbook",
        package: "mdbook",
        version: "0.5.4".to_owned(),
        // Without the server that shows a book while it is written.
        options: &["--locked", "--no-default-features"],
        level: "0",
        why: "makes the course page into which the tests embed Unrolled",
    }
}

fn geckodriver() -> Tool {
    Tool {
        command: "geckodriver",
        package: "geckodriver",
        version: "0.37.1".to_owned(),
        options: &["--locked"],
        level: "0",
        why: "drives Firefox",
    }
}

/// Sets up what building and serving the page needs.
pub(crate) fn for_build(release: bool) -> Result<()> {
    install(vec![wasm_bindgen()?, trunk()], || {
        toolchain::ensure_wasm_target()?;
        if release { node::ensure_wasm_opt() } else { Ok(()) }
    })
}

/// Sets up what the tests need, which is all there is.
pub(crate) fn for_test() -> Result<()> {
    let mut tools = vec![wasm_bindgen()?, trunk(), wasm_pack(), mdbook()];
    if has_apt() {
        tools.push(geckodriver());
    }
    install(tools, || {
        toolchain::ensure_wasm_target()?;
        node::ensure_wasm_opt()?;
        browser::ensure_browsers()?;
        browser::ensure_fonts()?;
        python::ensure()?;
        node::ensure_packages()
    })
}

/// Installs the `tools` that are missing while `rest`, which for the most part waits for a network, sees
/// to everything else.
fn install(mut tools: Vec<Tool>, rest: impl FnOnce() -> Result<()>) -> Result<()> {
    tools.retain(|tool| !tool.is_there());
    for Tool { package, version, why, .. } in &tools {
        note(&format!("\n{package} {version} is missing: it {why}."));
    }
    thread::scope(|scope| {
        let tools = scope.spawn(|| install_tools(&tools));
        let rest = rest();
        let tools = tools.join().unwrap_or_else(|_| bail!("installing the tools came to no end"));
        rest.and(tools)
    })
}

fn install_tools(tools: &[Tool]) -> Result<()> {
    /// What one of them takes on two cores, in minutes.
    const MINUTES: usize = 3;
    let mut left: Vec<&Tool> = tools.iter().collect();
    if which::which("cargo-binstall").is_ok() {
        left.retain(|tool| tool.as_published().run().is_err());
    }
    if left.is_empty() {
        return Ok(());
    }
    note(&format!(
        "\nBuilding {} from source, while the rest is fetched. On two cores that takes about {} minutes; \
         with `cargo binstall` it takes seconds …",
        left.iter().map(|tool| tool.package).collect::<Vec<_>>().join(", "),
        MINUTES * left.len(),
    ));
    // One place for all: what they have in common is built once.
    let workshop = env::temp_dir().join("unrolled-tools");
    for (done, tool) in left.iter().enumerate() {
        let Tool { package, version, .. } = tool;
        let started = Instant::now();
        tool.built(&workshop).run().with_context(|| {
            format!("{package} could not be installed; with a network, `cargo install {package} --version {version}` does it")
        })?;
        note(&format!(
            "{package} {version} is built ({} of {}, {} s)",
            done + 1,
            left.len(),
            started.elapsed().as_secs(),
        ));
    }
    let _ = fs::remove_dir_all(workshop);
    Ok(())
}

impl Tool {
    fn is_there(&self) -> bool {
        let found = Program::new(self.command).args(["--version"]).read();
        found.as_deref().and_then(version_in) == Some(&self.version)
    }

    /// Fetches the program as it was published, built already, and builds nothing.
    fn as_published(&self) -> Program {
        let package = format!("{}@{}", self.package, self.version);
        Program::new("cargo")
            .args(["binstall", &package, "--no-confirm", "--force"])
            .args(["--disable-strategies", "compile"])
            .folder(&env::temp_dir())
    }

    /// Builds it in `workshop`.
    fn built(&self, workshop: &Path) -> Program {
        // Outside of the checkout, so that the machine's ordinary toolchain builds it.
        Program::new("cargo")
            .args(["install", self.package, "--version", &self.version, "--force", "--quiet"])
            .args(self.options)
            .folder(&env::temp_dir())
            .env("CARGO_TARGET_DIR", workshop)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.level)
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
    }
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
