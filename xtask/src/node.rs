//! Node.js, the optimiser of WebAssembly that it runs, and the packages of the browser stories.

use crate::program::{Program, apt_install, has_apt, note, root};
use anyhow::{Context, Result, bail};
use std::{env, fs, path::PathBuf};

/// The version of wasm-opt, from the npm package `binaryen`.
const BINARYEN: &str = "132.0.0";

/// The oldest wasm-opt that reads what today's compiler writes.
const OLDEST_WASM_OPT: u32 = 120;

/// The oldest Node.js that the packages run on.
const OLDEST_NODE: u32 = 18;

/// npm, which has another name on Windows.
fn npm() -> Program {
    Program::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn ensure_node() -> Result<()> {
    let version = Program::new("node").args(["--version"]).read();
    let major = version.as_deref().and_then(major_version);
    if major.is_some_and(|major| major >= OLDEST_NODE) && npm().args(["--version"]).read().is_some()
    {
        return Ok(());
    }
    if !has_apt() {
        bail!(
            "Node.js {OLDEST_NODE} or newer is missing: install it from nodejs.org, then try again"
        );
    }
    note("\nNode.js is missing: it runs wasm-opt and the browser stories. Installing Debian's …");
    apt_install(&["nodejs", "npm"])
}

/// Makes sure that wasm-opt, which makes the released page small, is on the path.
///
/// Trunk would fetch it from a server that not every network reaches, and Debian's is too old. The
/// npm package goes beside cargo's own programs, which are on the path already.
pub(crate) fn ensure_wasm_opt() -> Result<()> {
    let version = Program::new("wasm-opt").args(["--version"]).read();
    let number = version.as_deref().and_then(wasm_opt_version);
    if number.is_some_and(|number| number >= OLDEST_WASM_OPT) {
        return Ok(());
    }
    ensure_node()?;
    note("\nwasm-opt is missing: it makes the released page small. Installing it from npm …");
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut prefix = home.context("this machine has no home folder")?;
    if cfg!(windows) {
        // There npm puts programs into the prefix itself, elsewhere into its `bin`.
        prefix.push("bin");
    }
    npm()
        .args(["install", "--global", "--no-audit", "--no-fund", "--prefix"])
        .args([prefix])
        .args([format!("binaryen@{BINARYEN}")])
        .run()
        .context("wasm-opt could not be installed; with a network, `npm install --global binaryen` does it")
}

/// Makes sure that the packages of `package-lock.json` are there.
pub(crate) fn ensure_packages() -> Result<()> {
    ensure_node()?;
    let changed =
        |file: &str| fs::metadata(root().join(file)).and_then(|data| data.modified()).ok();
    if changed("node_modules/.package-lock.json") >= changed("package-lock.json") {
        return Ok(());
    }
    note("\nThe node packages are missing: they drive the browser in the stories. Fetching them …");
    npm()
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()
        .context("the packages could not be fetched; with a network, `npm ci` does it")
}

/// The first number in what `node --version` says, as in `v20.20.2`.
fn major_version(line: &str) -> Option<u32> {
    line.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The number in what `wasm-opt --version` says, as in `wasm-opt version 132 (version_132)`.
fn wasm_opt_version(line: &str) -> Option<u32> {
    line.split_whitespace().find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("?"), None);
        assert_eq!(wasm_opt_version("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(wasm_opt_version("wasm-opt"), None);
    }
}
