//! Python with NumPy, PyTorch and Keras, in which the programs that a learner takes along are tested; and
//! the same with Jupyter, for the package that puts the page into notebooks.

use crate::program::{Program, apt_install, has_apt, missing, note, root};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The interpreters that are asked, in this order, after that of the variable `PYTHON`.
const NAMES: [&str; 4] = ["python3", "python", "/usr/bin/python3", "py"];

/// Says `True` where there is a PyTorch, which is not loaded: that alone takes seconds.
const WITH_TORCH: &str = "import numpy, importlib.util as u; print(bool(u.find_spec('torch')))";

const WITH_NUMPY: &str = "import numpy; print(True)";

/// The first interpreter in which `question` is true.
fn find(question: &str) -> Option<PathBuf> {
    let named = env::var_os("PYTHON").map(PathBuf::from);
    let others = NAMES.iter().filter_map(|name| which::which(name).ok());
    named.into_iter().chain(others).find(|python| {
        Program::new(python).args(["-c", question]).read().as_deref() == Some("True")
    })
}

/// The interpreter that has as much as one has together of NumPy, PyTorch and Keras.
pub(crate) fn with_libraries() -> Result<PathBuf> {
    match with_notebooks().or_else(|| find(WITH_TORCH)).or_else(|| find(WITH_NUMPY)) {
        Some(python) => Ok(python),
        None => bail!("there is no Python with NumPy: `python3 -m pip install numpy`"),
    }
}

/// Makes sure that there is one with all of them, and with Jupyter, where the system and the registry
/// of Python can be asked.
pub(crate) fn ensure() -> Result<()> {
    ensure_torch()?;
    if with_notebooks().is_some() {
        return Ok(());
    }
    note(
        "\nKeras and JupyterLab are missing: networks are taken from and to the one, and the package for \
         notebooks is tested in the other. Installing them into target/python (300 MB to load, 1 GB on \
         the disk) …",
    );
    if let Err(problem) = install() {
        note(&format!("{problem:#}"));
        return missing("Keras and JupyterLab");
    }
    Ok(())
}

fn ensure_torch() -> Result<()> {
    if find(WITH_TORCH).is_some() {
        return Ok(());
    }
    if find(WITH_NUMPY).is_none() && has_apt() {
        note("\nNumPy is missing: programs in it are tested. Installing Debian's …");
        apt_install(&["python3", "python3-numpy"])?;
    }
    with_libraries()?;
    if has_apt() {
        note(
            "\nPyTorch is missing: programs in it are tested. Installing Debian's, which needs no \
             graphics card (140 MB to load, 600 MB on the disk) …",
        );
        if let Err(problem) = apt_install(&["python3-numpy", "python3-torch"]) {
            note(&format!("{problem:#}"));
        }
    }
    if find(WITH_TORCH).is_none() { missing("PyTorch") } else { Ok(()) }
}

/// What all of it is installed into, and nothing else.
fn environment() -> PathBuf {
    root().join("target/python")
}

/// The interpreter of an environment.
fn interpreter(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// What is to be installed, and beside it a copy of what has been.
fn wanted() -> Result<(String, PathBuf)> {
    let list = root().join("python/requirements.txt");
    Ok((fs::read_to_string(list)?, environment().join("requirements.txt")))
}

/// The interpreter that has Keras and Jupyter, where there is one.
pub(crate) fn with_notebooks() -> Option<PathBuf> {
    let (wanted, installed) = wanted().ok()?;
    (fs::read_to_string(installed).ok()? == wanted).then(|| interpreter(&environment()))
}

fn install() -> Result<()> {
    let folder = environment();
    let python = with_libraries()?;
    let make = || {
        let options = ["-m", "venv", "--clear", "--system-site-packages"];
        Program::new(&python).args(options).args([&folder]).run()
    };
    if make().is_err() {
        if !has_apt() {
            bail!("Python has no module `venv`");
        }
        apt_install(&["python3-venv"])?;
        make()?;
    }
    let (wanted, installed) = wanted()?;
    Program::new(interpreter(&folder))
        .args(
            "-m pip install --quiet --disable-pip-version-check -r python/requirements.txt"
                .split(' '),
        )
        .run()?;
    Ok(fs::write(installed, wanted)?)
}

/// Makes the package for notebooks out of the page that was packed, installs it where Jupyter is,
/// and tests it as it is installed; answers what pytest says at its end.
pub(crate) fn test_package() -> Result<String> {
    let Some(python) = with_notebooks() else {
        return missing("Keras and JupyterLab").map(|()| String::new());
    };
    let packages = root().join("packages");
    for old in fs::read_dir(&packages)?.flatten().map(|entry| entry.path()) {
        if old.extension().is_some_and(|kind| kind == "whl") {
            fs::remove_file(old)?;
        }
    }
    let folder = root().join("python");
    let of = |arguments: &str| Program::new(&python).args(arguments.split(' ')).folder(&folder);
    of("-m hatchling build -d ../packages").run()?;
    let wheel = fs::read_dir(&packages)?.flatten().map(|entry| entry.path());
    let wheel = wheel.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "whl"));
    of("-m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall")
        .args([wheel.context("no wheel was made")?])
        .run()?;
    let told = of("-m pytest -q -rs -p no:cacheprovider").run_told()?;
    told.ended?;
    let last = told.text.lines().rev().find(|line| line.contains(" passed"));
    Ok(last.unwrap_or_default().trim_matches(['=', ' ']).to_owned())
}
