//! The steps of the tests.

use crate::{
    browser, package,
    program::{Program, note},
    python, setup, size,
};
use anyhow::{Context, Result, bail};
use std::time::Instant;

/// One step of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Format,
    Clippy,
    Native,
    Wasm,
    Build,
    Size,
    Stories,
}

impl Step {
    /// All steps, in the order in which they run.
    pub(crate) const ALL: [Self; 7] = [
        Self::Format,
        Self::Clippy,
        Self::Native,
        Self::Wasm,
        Self::Build,
        Self::Size,
        Self::Stories,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Build => "build",
            Self::Size => "size",
            Self::Stories => "stories",
        }
    }

    const fn aim(self) -> &'static str {
        match self {
            Self::Format => "the code has the house's format",
            Self::Clippy => "the lints find nothing, on this machine and for the page",
            Self::Native => "the tests on this machine",
            Self::Wasm => "the tests in a browser",
            Self::Build => "the page builds as it is published, and its packages",
            Self::Size => "the page is small",
            Self::Stories => "a learner's stories, in a browser, on the published build",
        }
    }

    /// The steps that a list such as `fmt,stories` names, in the order in which they run.
    pub(crate) fn list(names: &str) -> Result<Vec<Self>> {
        for name in names.split(',') {
            if !Self::ALL.iter().any(|step| step.name() == name) {
                let all = Self::ALL.map(Self::name).join(", ");
                bail!("there is no step `{name}`; the steps are {all}");
            }
        }
        let named = |step: &Self| names.split(',').any(|name| name == step.name());
        Ok(Self::ALL.into_iter().filter(named).collect())
    }

    fn run(self) -> Result<()> {
        let cargo = |arguments: &str| Program::new("cargo").args(arguments.split(' '));
        match self {
            Self::Format => cargo("fmt --all -- --check").run(),
            Self::Clippy => {
                cargo("clippy --workspace --all-targets -- -D warnings").run()?;
                cargo("clippy --package unrolled --target wasm32-unknown-unknown --tests --bins --bench browser -- -D warnings").run()
            }
            Self::Native => cargo("test --workspace").env("PYTHON", python::with_numpy()?).run(),
            Self::Wasm => in_every_engine(),
            Self::Build => {
                Program::trunk("build").args(["--release"]).run()?;
                package::of_build()
            }
            Self::Size => size::check(),
            Self::Stories => {
                let chrome = browser::chrome().context("there is no Chrome on this machine")?;
                let npx = Program::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
                let firefox = browser::firefox();
                if firefox.is_none() {
                    missing("Firefox")?;
                }
                npx.args(["--no-install", "playwright", "test"])
                    .env("FIREFOX", firefox.unwrap_or_default())
                    .env("CHROME", chrome)
                    .env("PYTHON", python::with_numpy()?)
                    .run()
            }
        }
    }
}

/// Says that a step is skipped in `engine`; where the tests are to be relied on, it has to be there.
fn missing(engine: &str) -> Result<()> {
    if std::env::var_os("CI").is_some() {
        bail!("{engine} is not on this machine");
    }
    note(&format!("skipped in {engine}, which is not on this machine"));
    Ok(())
}

/// The tests of the page in each engine that is on this machine.
fn in_every_engine() -> Result<()> {
    let test =
        |browser: &str| Program::new("wasm-pack").args(["test", "--headless", browser]).run();
    test("--chrome")?;
    if browser::firefox().is_some() {
        test("--firefox")?;
    } else {
        missing("Firefox")?;
    }
    let Some(driver) = browser::webkit_driver() else { return missing("WebKit") };
    let webkit = || {
        Program::new("xvfb-run")
            .args("-a cargo test --target wasm32-unknown-unknown --test browser".split(' '))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            .env("SAFARIDRIVER", &driver)
            // Without a graphics card, its own process now and then crashes as it starts.
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .run()
    };
    webkit().or_else(|_| {
        note("once more, since WebKit's process may have crashed as it started");
        webkit()
    })
}

/// Sets up what is missing, then runs `steps` until one fails, and says how long each took.
pub(crate) fn run(steps: &[Step]) -> Result<()> {
    let started = Instant::now();
    setup::for_test()?;
    let mut times = vec![("setup", started.elapsed())];
    for step in steps {
        note(&format!("\n── {}: {}", step.name(), step.aim()));
        let started = Instant::now();
        step.run().with_context(|| format!("the step `{}` failed", step.name()))?;
        times.push((step.name(), started.elapsed()));
    }
    note("\n── all steps passed");
    for (name, time) in times {
        note(&format!("{:>7.1} s  {name}", time.as_secs_f64()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_in_their_order_whatever_the_list() {
        assert_eq!(Step::list("stories,fmt").unwrap(), [Step::Format, Step::Stories]);
        assert!(Step::list("fmt,").is_err());
    }
}
