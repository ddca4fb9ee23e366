//! The chores of the project: `cargo xtask serve` and `cargo xtask test`, which set up whatever
//! they miss. They work the same on every system: no shell, no script.

mod browser;
mod node;
mod package;
mod program;
mod python;
mod report;
mod seal;
mod setup;
mod size;
mod steps;
mod toolchain;
mod version;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use program::{Program, note};
use std::{path::PathBuf, process::ExitCode};
use steps::Step;

const HELP: &str = "\
The chores of Unrolled. Each sets up what it misses first.

cargo xtask serve   build the page and serve it on this machine
    --open          open it in the browser
    --release       the small, quick build that is published
    --port NUMBER   the port (8080)

cargo xtask test    check and test everything
    --only STEPS    only these, by comma: fmt, clippy, native, wasm, build, size,
                    python, stories

cargo xtask package build the page, and pack it: a zip, one for learning platforms, one file,
                    one for npm; and put it where the package for notebooks is made of

cargo xtask version [TAG]
                    say the version, which all manifests and the tag must have

cargo xtask size    say what the page's code consists of, by module

cargo xtask bench   measure a run, on this machine and in a browser beside plain JavaScript; then
                    the page in the folder `dist`, from opening it to each frame
    --beside FOLDER measure another build of the page in the same run
    --page          measure the page alone

cargo xtask setup   only set up what the others need";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Command {
    Help,
    Setup,
    Bench {
        beside: Vec<PathBuf>,
        page: bool,
    },
    Package,
    Version {
        tag: Option<String>,
    },
    Size,
    /// What Trunk calls after a build.
    Seal,
    Serve {
        open: bool,
        release: bool,
        port: u16,
    },
    Test {
        steps: Vec<Step>,
    },
}

fn parse(mut arguments: lexopt::Parser) -> Result<Command> {
    let mut command = match arguments.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(Value(name)) => match name.string()?.as_str() {
            "serve" => Command::Serve { open: false, release: false, port: 8080 },
            "test" => Command::Test { steps: Step::ALL.to_vec() },
            "setup" => Command::Setup,
            "bench" => Command::Bench { beside: Vec::new(), page: false },
            "package" => Command::Package,
            "version" => Command::Version { tag: None },
            "seal" => Command::Seal,
            "size" => Command::Size,
            other => bail!("there is no chore `{other}`; see `cargo xtask --help`"),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(argument) = arguments.next()? {
        match (&mut command, argument) {
            (_, Long("help") | Short('h')) => return Ok(Command::Help),
            (Command::Serve { open, .. }, Long("open")) => *open = true,
            (Command::Serve { release, .. }, Long("release")) => *release = true,
            (Command::Serve { port, .. }, Long("port")) => *port = arguments.value()?.parse()?,
            (Command::Test { steps }, Long("only")) => {
                *steps = Step::list(&arguments.value()?.string()?)?;
            }
            (Command::Bench { beside, .. }, Long("beside")) => {
                beside.push(arguments.value()?.into());
            }
            (Command::Bench { page, .. }, Long("page")) => *page = true,
            (Command::Version { tag }, Value(name)) => *tag = Some(name.string()?),
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(command)
}

fn main() -> ExitCode {
    let done = parse(lexopt::Parser::from_env()).and_then(|command| match command {
        Command::Help => {
            note(HELP);
            Ok(())
        }
        Command::Setup => setup::for_test(),
        Command::Bench { beside, page } => bench(&beside, page),
        Command::Package => package::all(),
        Command::Version { tag } => version::check(tag.as_deref()).map(|version| note(&version)),
        Command::Seal => seal::after_trunk(),
        Command::Size => report::print(),
        Command::Serve { open, release, port } => serve(open, release, port),
        Command::Test { steps } => steps::run(&steps),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(beside: &[PathBuf], page: bool) -> Result<()> {
    setup::for_test()?;
    let cargo = |arguments: &str| Program::new("cargo").args(arguments.split(' '));
    if !page {
        cargo("bench --bench run").run()?;
        cargo("test --release --target wasm32-unknown-unknown --bench browser -- --nocapture")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .run()?;
    }
    let build = program::root().join("dist");
    if !build.join("worker.js").exists() {
        bail!("there is no published build in `dist`: run `cargo xtask package` first");
    }
    let chrome = browser::chrome().context("there is no Chrome on this machine")?;
    Program::new("node")
        .args(["benches/frames.js"])
        .args([&build])
        .args(beside)
        .env("CHROME", chrome)
        .run()
}

fn serve(open: bool, release: bool, port: u16) -> Result<()> {
    setup::for_build(release)?;
    note(&format!("\nThe page will be at http://127.0.0.1:{port}/ (Ctrl+C ends it)\n"));
    let mut trunk = Program::trunk("serve").args(["--port", &port.to_string()]);
    if release {
        // The published page runs no script but its own.
        trunk = trunk.args(["--no-autoreload"]);
    }
    for (wanted, flag) in [(open, "--open"), (release, "--release")] {
        if wanted {
            trunk = trunk.args([flag]);
        }
    }
    trunk.run()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn chores_and_their_options_are_read() {
        let serve = |open, release, port| Command::Serve { open, release, port };
        assert_eq!(read("").unwrap(), Command::Help);
        assert_eq!(read("test --help").unwrap(), Command::Help);
        assert_eq!(read("setup").unwrap(), Command::Setup);
        assert_eq!(read("bench").unwrap(), Command::Bench { beside: Vec::new(), page: false });
        let beside = vec!["a".into(), "b".into()];
        assert_eq!(
            read("bench --page --beside a --beside b").unwrap(),
            Command::Bench { beside, page: true }
        );
        assert_eq!(read("size").unwrap(), Command::Size);
        assert_eq!(read("serve").unwrap(), serve(false, false, 8080));
        assert_eq!(read("serve --open --release --port=9").unwrap(), serve(true, true, 9));
        assert_eq!(read("version").unwrap(), Command::Version { tag: None });
        let tag = Some("v1.2.3".to_owned());
        assert_eq!(read("version v1.2.3").unwrap(), Command::Version { tag });
        assert_eq!(read("test").unwrap(), Command::Test { steps: Step::ALL.to_vec() });
        assert_eq!(
            read("test --only size,fmt").unwrap(),
            Command::Test { steps: vec![Step::Format, Step::Size] }
        );
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        for line in ["sevre", "serve --port x", "serve --only fmt", "test --only nothing"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
