//! The crate can be used by a program that has no page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{env, process::Command};

#[test]
fn the_example_runs_asks_and_prints() {
    // `cargo test` has built it beside this test.
    let mut program = env::current_exe().unwrap();
    program.pop();
    program.pop();
    program.extend(["examples", &format!("ask{}", env::consts::EXE_SUFFIX)]);
    let output = Command::new(program).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let loss = |line: &str| -> f64 { line.rsplit_once(' ').unwrap().1.parse().unwrap() };
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.starts_with("not ")).count(), 1, "{said}");
    assert!(loss(lines.last().unwrap()) < loss(lines[0]), "{said}");
}
