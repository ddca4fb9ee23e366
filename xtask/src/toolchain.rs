//! The compiler's wasm32 target: from rustup where its server answers, else, on Debian and its kin,
//! from the distribution's own compiler, whose standard library is built here for wasm32.

use crate::program::{Program, apt_install, has_apt, note, root};
use anyhow::{Context, Result, anyhow, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows the distribution's compiler.
const LINKED: &str = "unrolled-debian";

/// How long rustup may take to fetch the target.
const PATIENCE: Duration = Duration::from_mins(3);

/// The distribution's compiler and the sources of its standard library.
const PACKAGES: [&str; 5] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web"];

/// Where those packages put the compiler.
const PREFIX: &str = "/usr";

const BY_HAND: &str =
    "set it up by hand: `rustup target add wasm32-unknown-unknown`, with a network";

/// Makes sure that the compiler of this checkout can build for wasm32.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_std(Program::new("rustc")) {
        return Ok(());
    }
    note(
        "\nThe compiler's wasm32 target is missing: the page is WebAssembly. Asking rustup for it …",
    );
    if which::which("rustup").is_err() {
        bail!("rustup is not on this machine; install it, then {BY_HAND}");
    }
    let problem = match Program::new("rustup").args(["target", "add", TARGET]).run_within(PATIENCE)
    {
        Ok(()) if has_std(Program::new("rustc")) => return Ok(()),
        Ok(()) => anyhow!("it says that the target is there, but it is not"),
        Err(problem) => problem,
    };
    if !has_apt() {
        bail!("rustup could not fetch the target ({problem}); {BY_HAND}");
    }
    note(&format!("\nrustup cannot help ({problem}). Taking Debian's compiler instead."));
    use_distribution().with_context(|| BY_HAND)
}

/// Whether a compiler has the standard library for wasm32.
fn has_std(rustc: Program) -> bool {
    let folder = rustc.args(["--print", "target-libdir", "--target", TARGET]).read();
    folder.is_some_and(|folder| holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Installs the distribution's compiler, builds its standard library for wasm32, and sets this
/// checkout to it.
fn use_distribution() -> Result<()> {
    let rustc = Path::new(PREFIX).join("bin/rustc");
    let described = || Program::new(&rustc).args(["-vV"]).read();
    let has_linker = |version: &str| which::which(linker(version).unwrap_or_default()).is_ok();
    if !described().is_some_and(|version| has_linker(&version)) || !has_sources() {
        apt_install(&PACKAGES)?;
        let version = described().context("rustc-web installed no compiler")?;
        let linker = linker(&version).context("the compiler does not say its LLVM version")?;
        apt_install(&[&linker])?;
    }
    let version = described().context("the distribution's compiler does not run")?;
    let sysroot = Program::new(&rustc).args(["--print", "sysroot"]).read();
    let rustlib =
        PathBuf::from(sysroot.context("the compiler names no sysroot")?).join("lib/rustlib");
    let folder = rustlib.join(TARGET).join("lib");
    let stamp = rustlib.join(TARGET).join("built-by");
    if !holds_std(&folder) || fs::read_to_string(&stamp).ok().as_deref() != Some(&version) {
        link_linker(&rustlib, &version)?;
        build_std(&folder)?;
        write(&stamp, &version)?;
    }
    Program::new("rustup").args(["toolchain", "link", LINKED, PREFIX]).run()?;
    Program::new("rustup").args(["override", "set", LINKED]).run()
}

fn has_sources() -> bool {
    ["cargo", "clippy-driver", "rustfmt"]
        .iter()
        .all(|program| Path::new(PREFIX).join("bin").join(program).exists())
        && Path::new(PREFIX).join("lib/rustlib/src/rust/library/std").exists()
}

/// LLVM's linker of the version that a compiler was made with, as Debian names it.
fn linker(version: &str) -> Option<String> {
    let llvm = version.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
    Some(format!("lld-{}", llvm.split('.').next()?))
}

/// The compiler looks for its linker under a name and in a folder of its own.
fn link_linker(rustlib: &Path, version: &str) -> Result<()> {
    let linker = linker(version).context("the compiler does not say its LLVM version")?;
    let target = which::which(&linker).with_context(|| format!("{linker} is not installed"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let folder = rustlib.join(host.context("the compiler names no host")?).join("bin");
    let link = folder.join("rust-lld");
    as_root("mkdir", &["-p".as_ref(), folder.as_ref()])?;
    as_root("ln", &["-sf".as_ref(), target.as_ref(), link.as_ref()])
}

/// Builds the standard library for wasm32 with the help of an empty crate, and puts its parts where
/// the compiler looks for them. They carry bitcode, for optimisation across crates, and the test
/// library, for tests in the browser.
fn build_std(folder: &Path) -> Result<()> {
    note("\nBuilding the standard library for wasm32 …");
    let workshop = env::temp_dir().join("unrolled-std");
    let _ = fs::remove_dir_all(&workshop);
    fs::create_dir_all(workshop.join("src"))?;
    fs::write(workshop.join("src/lib.rs"), "")?;
    let manifest =
        "[package]\nname = \"empty\"\nedition = \"2021\"\n[lib]\ncrate-type = [\"cdylib\"]\n";
    fs::write(workshop.join("Cargo.toml"), manifest)?;
    Program::new(Path::new(PREFIX).join("bin/cargo"))
        .args(["build", "--release", "--target", TARGET])
        .args(["-Zbuild-std=std,panic_abort,panic_unwind,test"])
        .folder(&workshop)
        .env("RUSTC", Path::new(PREFIX).join("bin/rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", workshop.join("target"))
        .run()?;
    as_root("mkdir", &["-p".as_ref(), folder.as_ref()])?;
    for old in fs::read_dir(folder)? {
        as_root("rm", &["-f".as_ref(), old?.path().as_ref()])?;
    }
    for part in fs::read_dir(workshop.join("target").join(TARGET).join("release/deps"))? {
        let part = part?.path();
        let name = part.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if part.extension().is_some_and(|kind| kind == "rlib") && !name.starts_with("libempty") {
            as_root("cp", &[part.as_ref(), folder.as_ref()])?;
        }
    }
    fs::remove_dir_all(&workshop)?;
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<()> {
    let draft = env::temp_dir().join("unrolled-built-by");
    fs::write(&draft, text)?;
    as_root("cp", &[draft.as_ref(), file.as_ref()])
}

/// Runs a program of the system with the rights that writing below /usr needs.
fn as_root(name: &str, arguments: &[&std::ffi::OsStr]) -> Result<()> {
    let root = Program::new("id").args(["-u"]).read().as_deref() == Some("0");
    let program = if root { Program::new(name) } else { Program::new("sudo").args([name]) };
    program.args(arguments).folder(&self::root()).read().map(drop).with_context(|| {
        format!("`{name}` could not write below {PREFIX}: run this once with the rights of root")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_has_the_version_of_llvm() {
        let version = "rustc 1.96.0\nhost: x86_64-unknown-linux-gnu\nLLVM version: 22.1.8";
        assert_eq!(linker(version).as_deref(), Some("lld-22"));
        assert_eq!(linker("rustc"), None);
    }
}
