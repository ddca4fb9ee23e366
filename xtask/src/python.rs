//! Python with NumPy and PyTorch, in which the programs that a learner takes along are tested.

use crate::program::{Program, apt_install, has_apt, missing, note};
use anyhow::{Result, bail};
use std::{env, path::PathBuf};

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

/// The interpreter that has NumPy, and PyTorch as well if one has both.
pub(crate) fn with_libraries() -> Result<PathBuf> {
    match find(WITH_TORCH).or_else(|| find(WITH_NUMPY)) {
        Some(python) => Ok(python),
        None => bail!("there is no Python with NumPy: `python3 -m pip install numpy`"),
    }
}

/// Makes sure that there is one with both, where the system can be asked.
pub(crate) fn ensure_libraries() -> Result<()> {
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
