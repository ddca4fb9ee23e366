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

/// Says `True` where there is Keras as well, and what reads safetensors.
const WITH_KERAS: &str = "import importlib.util as u; \
    print(all(u.find_spec(name) for name in ['torch', 'keras', 'jax', 'safetensors']))";

/// The first interpreter in which `question` is true.
fn find(question: &str) -> Option<PathBuf> {
    let named = env::var_os("PYTHON").map(PathBuf::from);
    let others = NAMES.iter().filter_map(|name| which::which(name).ok());
    named.into_iter().chain([with_keras()]).chain(others).find(|python| {
        Program::new(python).args(["-c", question]).read().as_deref() == Some("True")
    })
}

/// The interpreter of the environment into which Keras is installed.
fn with_keras() -> PathBuf {
    let interpreter = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    root().join("target/frameworks").join(interpreter)
}

/// The interpreter that has NumPy, and as many of the others as one has together.
pub(crate) fn with_libraries() -> Result<PathBuf> {
    match find(WITH_KERAS).or_else(|| find(WITH_TORCH)).or_else(|| find(WITH_NUMPY)) {
        Some(python) => Ok(python),
        None => bail!("there is no Python with NumPy: `python3 -m pip install numpy`"),
    }
}

/// Makes sure that there is one with all of them, where the system and the registry of Python can be asked.
pub(crate) fn ensure_libraries() -> Result<()> {
    ensure_torch()?;
    if find(WITH_KERAS).is_some() {
        return Ok(());
    }
    note(
        "\nKeras is missing: networks that are taken along are loaded into it. Installing it into \
         target/frameworks (150 MB to load, 600 MB on the disk) …",
    );
    if let Err(problem) = install_keras() {
        note(&format!("{problem:#}"));
    }
    if find(WITH_KERAS).is_none() { missing("Keras") } else { Ok(()) }
}

fn install_keras() -> Result<()> {
    let system = with_libraries()?;
    let folder = root().join("target/frameworks");
    let make = || {
        let options = ["-m", "venv", "--clear", "--system-site-packages"];
        Program::new(&system).args(options).args([&folder]).run()
    };
    if make().is_err() {
        if !has_apt() {
            bail!("Python has no module `venv`");
        }
        apt_install(&["python3-venv"])?;
        make()?;
    }
    let install = "-m pip install --quiet --disable-pip-version-check -r tests/requirements.txt";
    Program::new(with_keras()).args(install.split(' ')).run()
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

/// What Jupyter and the package's tests are installed into, and nothing else.
fn environment() -> PathBuf {
    root().join("target/notebooks")
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

/// The interpreter that has Jupyter, where there is one.
pub(crate) fn with_notebooks() -> Option<PathBuf> {
    let (wanted, installed) = wanted().ok()?;
    (fs::read_to_string(installed).ok()? == wanted).then(|| interpreter(&environment()))
}

/// Makes sure that there is one, where the registry of Python can be reached.
pub(crate) fn ensure_notebooks() -> Result<()> {
    if with_notebooks().is_some() {
        return Ok(());
    }
    note(
        "\nJupyterLab is missing: the package for notebooks is tested in it, with Keras besides. \
         Installing them into target/notebooks (300 MB to load, 1 GB on the disk) …",
    );
    if install_notebooks().is_err() {
        return missing("JupyterLab");
    }
    Ok(())
}

fn install_notebooks() -> Result<()> {
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
        return missing("JupyterLab").map(|()| String::new());
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
