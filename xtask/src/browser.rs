//! The browser of the tests, its driver, and the fonts of the pictures.

use crate::program::{Program, apt_install, has_apt, note};
use anyhow::{Result, bail};
use std::{env, path::PathBuf};

/// The names of Chromium and its kin.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// The name of Debian's Chromium without a screen.
const SHELL: &str = "chromium-headless-shell";

/// Where installers put it.
const PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

/// The browser's program: that of the variable `CHROME`, or the first that is found.
pub(crate) fn chrome() -> Option<PathBuf> {
    env::var_os("CHROME")
        .map(PathBuf::from)
        .or_else(|| NAMES.iter().find_map(|name| which::which(name).ok()))
        .or_else(|| PLACES.iter().map(PathBuf::from).find(|place| place.exists()))
}

/// The same browser without what only a screen needs, where it is installed, in which a page opens in half
/// the time; else the browser itself.
pub(crate) fn without_screen() -> Option<PathBuf> {
    let shell = || which::which(SHELL).ok();
    env::var_os("CHROME").is_none().then(shell).flatten().or_else(chrome)
}

fn has_driver() -> bool {
    env::var_os("CHROMEDRIVER").is_some() || which::which("chromedriver").is_ok()
}

fn found(name: &str) -> bool {
    which::which(name).is_ok()
}

/// Firefox's program, where the tests can run in it too.
pub(crate) fn firefox() -> Option<PathBuf> {
    let program = ["firefox", "firefox-esr"].into_iter().find_map(|name| which::which(name).ok());
    program.filter(|_| found("geckodriver"))
}

/// The driver of `WebKit`, where the tests can run in it too; it wants a screen, if only a virtual one.
pub(crate) fn webkit_driver() -> Option<PathBuf> {
    which::which("WebKitWebDriver").ok().filter(|_| found("xvfb-run"))
}

/// Makes sure that there are a browser and a driver that fit each other and, where the system can be asked
/// for them, the other engines.
pub(crate) fn ensure_browsers() -> Result<()> {
    let has_chrome = chrome().is_some() && has_driver();
    if has_apt() {
        let mut missing = Vec::new();
        if !has_chrome {
            missing.extend(["chromium", "chromium-driver"]);
        }
        if !(found("firefox") || found("firefox-esr")) {
            missing.push("firefox-esr");
        }
        if webkit_driver().is_none() {
            missing.extend(["webkit2gtk-driver", "xvfb", "xauth"]);
        }
        if !missing.is_empty() {
            note("\nA browser or its driver is missing: tests run in three. Installing Debian's …");
            apt_install(&missing)?;
        }
        // Not every system of this kind has it.
        if !found(SHELL) && Program::new("apt-cache").args(["show", SHELL]).read().is_some() {
            note("\nChromium without a screen is missing: stories take half the time in it …");
            apt_install(&[SHELL])?;
        }
        return Ok(());
    }
    if has_chrome {
        return Ok(());
    }
    let hint = if cfg!(target_os = "macos") {
        "`brew install --cask google-chrome chromedriver`"
    } else if cfg!(windows) {
        "`winget install Google.Chrome Chromium.ChromeDriver`"
    } else {
        "install chromium and chromedriver with the system's package manager"
    };
    bail!("Chrome or its driver (`chromedriver`, of the same version) is missing: {hint}");
}

/// Makes sure that pictures of the page show Korean and emoji, where the system can be asked.
pub(crate) fn ensure_fonts() -> Result<()> {
    if !has_apt() {
        return Ok(());
    }
    let has = |pattern: &str| {
        let found = Program::new("fc-list").args([pattern, "family"]).read();
        found.is_some_and(|families| !families.is_empty())
    };
    if has(":lang=ko") && has(":charset=1f600") && has("DejaVu Math TeX Gyre") {
        return Ok(());
    }
    note(
        "\nFonts are missing: pictures of the page show Korean, emoji and formulas. Installing them …",
    );
    apt_install(&["fontconfig", "fonts-nanum", "fonts-noto-color-emoji", "fonts-dejavu-extra"])
}
