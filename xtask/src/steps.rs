//! The steps of the tests.

use crate::{
    browser, package,
    program::{Program, missing, note},
    python, setup, size,
};
use anyhow::{Context, Result, bail};
use std::{env, fmt::Write, time::Instant};

/// One step of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Format,
    Clippy,
    Native,
    Wasm,
    Build,
    Size,
    Python,
    Stories,
}

impl Step {
    /// All steps, in the order in which they run.
    pub(crate) const ALL: [Self; 8] = [
        Self::Format,
        Self::Clippy,
        Self::Native,
        Self::Wasm,
        Self::Build,
        Self::Size,
        Self::Python,
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
            Self::Python => "python",
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
            Self::Python => "the package for notebooks shows what PyTorch and Keras compute",
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

    /// Runs the step, and answers what the closing summary says of it.
    fn run(self) -> Result<String> {
        let cargo = |arguments: &str| Program::new("cargo").args(arguments.split(' '));
        match self {
            Self::Format => cargo("fmt --all -- --check").run().map(|()| String::new()),
            Self::Clippy => {
                cargo("clippy --workspace --all-targets -- -D warnings").run()?;
                cargo("clippy --package unrolled --package unrolled-rnn --target wasm32-unknown-unknown --tests --bins --bench browser -- -D warnings").run()?;
                Ok(String::new())
            }
            Self::Native => {
                let python = python::with_libraries()?;
                let told = cargo("test --workspace").env("PYTHON", python).run_told()?;
                told.ended.map(|()| format!("{} passed", passed(&told.text)))
            }
            Self::Wasm => in_every_engine(),
            Self::Build => {
                Program::trunk("build").args(["--release"]).run()?;
                package::of_build().map(|()| String::new())
            }
            Self::Size => size::check(),
            Self::Python => python::test_package(),
            Self::Stories => stories(),
        }
    }
}

/// The learner's stories, in the engines that Playwright drives as they are published.
fn stories() -> Result<String> {
    let chrome = browser::without_screen().context("there is no Chrome on this machine")?;
    let firefox = browser::firefox();
    if firefox.is_none() {
        missing("Firefox")?;
    }
    // Its traces are what the numbers of the page are held against. Nothing is compiled in a story.
    Program::new("cargo").args(["build", "--example", "trace"]).run()?;
    let here = env::current_exe()?;
    let trace = here.with_file_name("examples").join(format!("trace{}", env::consts::EXE_SUFFIX));
    let notebooks = python::with_notebooks();
    if notebooks.is_none() {
        missing("JupyterLab")?;
    }
    let npx = Program::new(if cfg!(windows) { "npx.cmd" } else { "npx" });
    let told = npx
        .args(["--no-install", "playwright", "test"])
        .env("FIREFOX", firefox.unwrap_or_default())
        .env("CHROME", chrome)
        .env("NOTEBOOKS", notebooks.unwrap_or_default())
        .env("PYTHON", python::with_libraries()?)
        .env("TRACE", trace)
        .run_told()?;
    told.ended.map(|()| counted(&told.text))
}

/// The tests of the page in each engine that is on this machine.
fn in_every_engine() -> Result<String> {
    let test = |browser: &str| {
        let told = Program::new("wasm-pack").args(["test", "--headless", browser]).run_told()?;
        told.ended.map(|()| passed(&told.text))
    };
    let mut summary = format!("{} passed in Chromium", test("--chrome")?);
    if browser::firefox().is_some() {
        write!(summary, ", {} in Firefox", test("--firefox")?)?;
    } else {
        missing("Firefox")?;
    }
    let Some(driver) = browser::webkit_driver() else {
        return missing("WebKit").map(|()| summary);
    };
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
            .run_told()
    };
    let (mut told, mut remark) = (webkit()?, "");
    if told.ended.is_err() && !ran_a_test(&told.text) {
        remark = " (at the second try: at the first its driver ended before any test ran)";
        note("\nWebKit's driver ended before any test ran, so no test has failed: once more");
        told = webkit()?;
    } else if told.ended.is_err() {
        // As of a story, a second try is told.
        remark = " (at the second try: at the first one test or its process failed)";
        note("\nA test failed in WebKit, or its process did: once more");
        told = webkit()?;
    }
    told.ended?;
    write!(summary, ", {} in WebKit{remark}", passed(&told.text))?;
    Ok(summary)
}

/// Whether a test ran at all, passed or not, by what its runner said.
fn ran_a_test(said: &str) -> bool {
    said.lines().map(str::trim_start).any(|line| {
        let mut words = line.split(' ');
        match (words.next(), words.next(), words.next()) {
            (Some("running"), Some(count), Some("test" | "tests")) => count != "0",
            (Some("test"), Some(name), Some("...")) => !name.is_empty(),
            _ => false,
        }
    })
}

/// How many tests have passed, by the lines `test result: ok. 3 passed; 0 failed; …`.
fn passed(said: &str) -> usize {
    said.lines()
        .filter_map(|line| line.trim_start().strip_prefix("test result: ok. "))
        .filter_map(|counts| counts.split(' ').next()?.parse::<usize>().ok())
        .sum()
}

/// The counts with which Playwright ends, such as `160 passed (2.1m)`, each on a line.
fn counted(said: &str) -> String {
    let counts = said.lines().map(str::trim).filter(|line| {
        let mut words = line.split(' ');
        words.next().is_some_and(|count| count.parse::<usize>().is_ok())
            && words.next().is_some_and(|what| ["passed", "skipped", "flaky"].contains(&what))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// Sets up what is missing, then runs `steps` until one fails, and says how long each took and what
/// it found.
pub(crate) fn run(steps: &[Step]) -> Result<()> {
    let started = Instant::now();
    setup::for_test()?;
    let mut done = vec![("setup", started.elapsed(), String::new())];
    for step in steps {
        note(&format!("\n── {}: {}", step.name(), step.aim()));
        let started = Instant::now();
        let summary = step.run().with_context(|| format!("the step `{}` failed", step.name()))?;
        note(&format!("── {}: {:.1} s  {summary}", step.name(), started.elapsed().as_secs_f64()));
        done.push((step.name(), started.elapsed(), summary));
    }
    note("\n── all steps passed");
    for (name, time, summary) in done {
        note(format!("{:>7.1} s  {name:<8} {summary}", time.as_secs_f64()).trim_end());
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
    #[test]
    fn a_run_in_which_no_test_ran_is_told_from_one_in_which_one_failed() {
        let crashed = "     Running tests/browser.rs (target/wasm32/x.wasm)\nSet timeout to 180 seconds...\n\
                       Starting new webdriver session...\nError: http status: 500\nno session: failed to run\n\
                       error: test failed, to rerun pass `--test browser`\n";
        assert!(!ran_a_test(crashed) && !ran_a_test("") && !ran_a_test("running 0 tests"));
        let failed = "running 3 tests\ntest browser::a ... FAIL\n";
        assert!(ran_a_test(failed));
        assert!(ran_a_test("error: output div contained:\n    running 1 test\n"));
        assert!(ran_a_test("    test browser::the_buttons ... ok\n"));
    }

    #[test]
    fn tests_and_stories_are_counted() {
        let native = "test result: ok. 34 passed; 0 failed; 0 ignored\nrunning 1 test\n\
                      test result: ok. 1 passed; 0 failed\ntest result: FAILED. 5 passed; 1 failed\n";
        assert_eq!(passed(native), 35);
        let stories = "  ✓  1 [chromium] › a.spec.js:3:1 › 2 passed by (1.2s)\n\n  4 skipped\n  160 passed (2.1m)\n";
        assert_eq!(counted(stories), "4 skipped, 160 passed (2.1m)");
    }
}
