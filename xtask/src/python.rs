//! Python with NumPy, in which the programs that a learner takes along are tested.

use crate::program::{Program, apt_install, has_apt, note};
use anyhow::{Result, bail};
use std::{env, path::PathBuf};

/// The interpreters that are asked, in this order, after that of the variable `PYTHON`.
const NAMES: [&str; 4] = ["python3", "python", "/usr/bin/python3", "py"];

fn find() -> Option<PathBuf> {
    let named = env::var_os("PYTHON").map(PathBuf::from);
    let others = NAMES.iter().filter_map(|name| which::which(name).ok());
    named.into_iter().chain(others).find(|python| {
        let import = ["-c", "import numpy; print(numpy.__version__)"];
        Program::new(python).args(import).read().is_some_and(|version| !version.is_empty())
    })
}

/// The interpreter that has NumPy.
pub(crate) fn with_numpy() -> Result<PathBuf> {
    match find() {
        Some(python) => Ok(python),
        None => bail!("there is no Python with NumPy: `python3 -m pip install numpy`"),
    }
}

/// Makes sure that there is one.
pub(crate) fn ensure_numpy() -> Result<()> {
    if find().is_none() && has_apt() {
        note("\nNumPy is missing: programs in it are tested. Installing Debian's …");
        apt_install(&["python3", "python3-numpy"])?;
    }
    with_numpy().map(drop)
}
