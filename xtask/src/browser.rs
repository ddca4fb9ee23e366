//! The browser of the tests, its driver, and the fonts of the pictures.

use crate::{
    program::{Program, apt_install, has_apt, note},
    setup,
};
use anyhow::{Result, bail};
use std::{env, path::PathBuf};

/// The names of Chromium and its kin.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

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

/// Makes sure that the other engines are there, where the system can be asked for them.
pub(crate) fn ensure_other_engines() -> Result<()> {
    if !has_apt() {
        return Ok(());
    }
    if !(found("firefox") || found("firefox-esr")) || webkit_driver().is_none() {
        note(
            "\nFirefox or WebKit is missing: the browser tests run in them too. Installing Debian's …",
        );
        apt_install(&["firefox-esr", "webkit2gtk-driver", "xvfb", "xauth"])?;
    }
    setup::ensure_geckodriver()
}

/// Makes sure that there are a browser and a driver that fit each other.
pub(crate) fn ensure_browser() -> Result<()> {
    if chrome().is_some() && has_driver() {
        return Ok(());
    }
    if has_apt() {
        note("\nChromium or its driver is missing: tests run in it. Installing Debian's …");
        return apt_install(&["chromium", "chromium-driver"]);
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
