//! Running other programs in the repository's root.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

/// Says something to the person at the keyboard.
pub(crate) fn note(text: &str) {
    println!("{text}");
}

/// Says that something is skipped because `what` is not there; where the tests are to be relied on,
/// with the variable `CI`, it has to be.
pub(crate) fn missing(what: &str) -> Result<()> {
    if env::var_os("CI").is_some() {
        bail!("{what} is not on this machine");
    }
    note(&format!("skipped: {what} is not on this machine"));
    Ok(())
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A program to be run, with its arguments.
pub(crate) struct Program {
    command: Command,
    shown: String,
}

impl Program {
    /// The program `name`, to be run in the repository's root.
    ///
    /// Cargo tells the programs it starts which toolchain it belongs to itself. That would hide
    /// from them the toolchain that this checkout is set to, so it is taken away.
    pub(crate) fn new(name: impl AsRef<OsStr>) -> Self {
        let name = name.as_ref();
        let path = which::which(name).unwrap_or_else(|_| name.into());
        let mut command = Command::new(path);
        command.current_dir(root());
        for variable in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "RUSTDOC"] {
            command.env_remove(variable);
        }
        for (variable, _) in env::vars_os() {
            let name = variable.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&variable);
            }
        }
        Self { command, shown: name.to_string_lossy().into_owned() }
    }

    /// Trunk, which finds everything that it needs on this machine and looks nothing up.
    pub(crate) fn trunk(command: &str) -> Self {
        Self::new("trunk").args([command, "--offline", "--skip-version-check"])
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        for argument in arguments {
            self.shown = format!("{} {}", self.shown, argument.as_ref().to_string_lossy());
            self.command.arg(argument);
        }
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it to its end, its output on the screen.
    pub(crate) fn run(mut self) -> Result<()> {
        note(&format!("$ {}", self.shown));
        let status = self.command.status().with_context(|| self.cannot_start())?;
        self.judge(status)
    }

    /// Runs it as [`Self::run`] does, and keeps what it says, on whichever channel.
    pub(crate) fn run_told(mut self) -> Result<Told> {
        note(&format!("$ {}", self.shown));
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| self.cannot_start())?;
        let text = Mutex::new(String::new());
        let (said, complained) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            scope.spawn(|| said.map(|said| pass_on(said, &text)));
            scope.spawn(|| complained.map(|complained| pass_on(complained, &text)));
        });
        let ended = self.judge(child.wait()?);
        Ok(Told { text: text.into_inner().unwrap_or_default(), ended })
    }

    /// Runs it as [`Self::run`] does, but for no longer than `limit`.
    pub(crate) fn run_within(mut self, limit: Duration) -> Result<()> {
        note(&format!("$ {}", self.shown));
        let started = Instant::now();
        let mut child = self.command.spawn().with_context(|| self.cannot_start())?;
        while started.elapsed() < limit {
            if let Some(status) = child.try_wait()? {
                return self.judge(status);
            }
            thread::sleep(Duration::from_millis(50));
        }
        child.kill()?;
        child.wait()?;
        bail!("`{}` gave no answer within {} s", self.shown, limit.as_secs())
    }

    /// What it prints, if it ends well; its complaints are not shown.
    pub(crate) fn read(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }

    fn cannot_start(&self) -> String {
        format!("`{}` cannot be started", self.shown)
    }

    fn judge(&self, status: ExitStatus) -> Result<()> {
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }
}

/// What a program has said, and how it has ended.
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) ended: Result<()>,
}

/// Puts line after line on the screen as it comes, and into `text`.
fn pass_on(channel: impl Read, text: &Mutex<String>) {
    let mut lines = BufReader::new(channel);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let said = String::from_utf8_lossy(&line);
        print!("{said}");
        if let Ok(mut text) = text.lock() {
            text.push_str(&said);
        }
        line.clear();
    }
}

/// A command of the system's package manager, with the rights that it needs.
pub(crate) fn apt(arguments: &[&str]) -> Result<()> {
    let root = Program::new("id").args(["-u"]).read().as_deref() == Some("0");
    let program = if root {
        Program::new("apt-get")
    } else if which::which("sudo").is_ok() {
        Program::new("sudo").args(["apt-get"])
    } else {
        bail!("apt-get needs the rights of root: run `apt-get {}` as root", arguments.join(" "));
    };
    program.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").run()
}

/// Whether this is Debian or one of its kin.
pub(crate) fn has_apt() -> bool {
    cfg!(target_os = "linux") && which::which("apt-get").is_ok()
}

/// Installs Debian packages, after fetching the lists of what there is.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    apt(&["update", "-q"])?;
    apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_kept_and_how_it_ended() {
        let told = Program::new("cargo").args(["--version"]).run_told().unwrap();
        assert!(told.text.starts_with("cargo ") && told.ended.is_ok(), "{}", told.text);
        let told = Program::new("cargo").args(["no-such-command"]).run_told().unwrap();
        assert!(told.text.contains("no-such-command"), "{}", told.text);
        assert!(told.ended.unwrap_err().to_string().contains("`cargo no-such-command` failed"));
    }
}
