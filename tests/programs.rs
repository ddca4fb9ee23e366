//! The programs that a learner takes along compute what the page shows.
//!
//! They run where Python has the library: `PYTHON` names the interpreter, which must then have
//! `NumPy`. Without it a missing library is said and passed over; with the variable `CI` none may be
//! missing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use expect_test::expect_file;
use serde_json::Value;
use std::{
    env,
    fmt::Write as _,
    io::Write,
    process::{Command, Stdio},
};
use unrolled::{
    export::program,
    rnn::{Experiment, Place, Settings, Step, Task, Trace},
    session::{Stage, Timeline},
    text::{Example, Language},
};

fn python() -> String {
    env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Whether Python has `library`. `NumPy` must be there where `PYTHON` names an interpreter, and each
/// library with the variable `CI`.
fn has(library: &str) -> bool {
    let import = Command::new(python()).args(["-c", &format!("import {library}")]).output();
    let found = import.is_ok_and(|output| output.status.success());
    let named = library == "numpy" && env::var_os("PYTHON").is_some();
    let needed = named || env::var_os("CI").is_some();
    assert!(found || !needed, "{} has no {library}", python());
    if !found {
        println!("skipped: {} has no {library}", python());
    }
    found
}

/// Runs `program`, and answers the last line that it prints, as JSON.
fn run(program: &str) -> Value {
    let mut child = Command::new(python())
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(program.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}\n{program}");
    let printed = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(printed.lines().last().unwrap()).unwrap()
}

/// The numbers of a nested list, in order.
fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(entries) => entries.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

fn agree<'a>(name: &str, found: &Value, expected: impl IntoIterator<Item = &'a f64>) {
    let (found, expected): (Vec<f64>, Vec<&f64>) =
        (flat(&found[name]), expected.into_iter().collect());
    assert_eq!(found.len(), expected.len(), "{name}");
    for (&found, &expected) in found.iter().zip(expected) {
        let near = (found - expected).abs() <= 1e-11 + 1e-9 * expected.abs();
        assert!(near, "{name}: {found} instead of {expected}");
    }
}

/// Runs of every task, whole and truncated, clipped and not, with difficult tokens.
fn traces() -> Vec<Trace> {
    let first = Language::default().first_experiment().unwrap().settings().clone();
    let korean = Language::from_code("ko").unwrap();
    let classes = Task::Classes { labels: ["a", "b", "c"].map(str::to_owned).to_vec(), target: 2 };
    let text = "나는 \"그\" \\ it's 나는 👩‍👩‍👧 \u{e000} end".to_owned();
    [
        first.clone(),
        Settings { task: Task::Binary { target: true }, truncation: Some(3), ..first.clone() },
        Settings { task: classes, text, clip_norm: Some(0.1), ..first.clone() },
        Settings { task: Task::NextToken, clip_norm: Some(1e6), ..first.clone() },
        Settings { task: Task::NextToken, truncation: Some(2), hidden: 1, ..first },
        Example::Exploding.experiment(korean).unwrap().settings().clone(),
    ]
    .into_iter()
    .map(|settings| Trace::of(Experiment::new(settings).unwrap()))
    .collect()
}

fn same_passes(trace: &Trace, found: &Value) {
    agree("Z1", found, &trace.forward.pre_activation);
    agree("H", found, trace.forward.hidden.iter().skip(trace.forward.hidden.ncols()));
    agree("Z2", found, &trace.forward.logits);
    agree("A2", found, &trace.forward.probabilities);
    agree("L", found, &trace.forward.losses);
    agree("loss", found, [&trace.forward.loss()]);
    agree("dH", found, &trace.backward.d_hidden);
    agree("dZ1", found, &trace.backward.d_pre_activation);
    let updated = trace.updated().unwrap();
    agree("new", found, &updated.weights().values().collect::<Vec<_>>());
    let gradient = trace.backward.gradient.values().collect::<Vec<_>>();
    agree("gradient", found, &gradient);
    agree("gradient_norm", found, [&trace.backward.gradient.norm()]);
}

#[test]
fn the_numpy_program_computes_every_number_of_the_page() {
    if !has("numpy") {
        return;
    }
    for trace in traces() {
        let dump = r#"
import json
flat = lambda *parts: [x for part in parts for x in np.ravel(part).tolist()]
print(json.dumps({
    "Z1": Z1[1:].tolist(), "H": H[1:].tolist(), "Z2": Z2[list(S)].tolist(), "A2": A2[list(S)].tolist(),
    "L": L[list(S)].tolist(), "loss": [float(loss)], "dZ2": dZ2[list(S)].tolist(),
    "dH": dH[1:T+1].tolist(), "dZ1": dZ1[1:T+1].tolist(), "norm": norm[1:].tolist(),
    "terms": [flat(dW1x_t[t], dW1h_t[t], db1_t[t]) for t in range(1, T + 1)],
    "gradient": flat(dW1x, dW1h, db1, dW2, db2), "gradient_norm": [float(gradient_norm)],
    "new": flat(new_W1x, new_W1h, new_b1, new_W2, new_b2),
    "J": J[2:].tolist(), "P": P[1:].tolist(), "bag": bag[list(S)].tolist()}))"#;
        let found = run(&format!("{}{dump}", program::numpy(&trace)));
        same_passes(&trace, &found);
        agree("dZ2", &found, &trace.backward.d_logits);
        agree("bag", &found, &trace.bag_of_words());
        let mut terms = Vec::new();
        let (mut jacobians, mut products, mut norms) = (Vec::new(), Vec::new(), Vec::new());
        let last = Step::from_index(trace.steps() - 1);
        for step in Step::all(trace.steps()) {
            let term = trace.contribution(step);
            terms.extend(term.w1x.iter().chain(&term.w1h).chain(&term.b1).copied());
            norms.push(unrolled::session::Spot::Norm { step }.value(&trace).unwrap());
            if step > Step::FIRST {
                jacobians.extend(trace.jacobian(step));
            }
            for row in 0..trace.experiment.weights().sizes().units {
                products.extend(trace.link(step, last, row));
            }
        }
        agree("terms", &found, &terms);
        agree("norm", &found, &norms);
        agree("J", &found, &jacobians);
        agree("P", &found, &products);
    }
}

#[test]
fn the_pytorch_program_finds_the_same_gradients() {
    if !has("torch") {
        return;
    }
    for trace in traces() {
        let dump = r#"
import json
stack = lambda steps: [steps[t].tolist() for t in sorted(steps)]
flat = lambda *parts: [x for part in parts for x in part.flatten().tolist()]
del H[0]
print(json.dumps({
    "Z1": stack(Z1), "H": stack(H), "Z2": stack(Z2), "A2": stack(A2), "L": stack(L),
    "loss": [loss.item()], "dH": stack(dH), "dZ1": stack(dZ1),
    "gradient": flat(W1x.grad, W1h.grad, b1.grad, W2.grad, b2.grad),
    "gradient_norm": [gradient_norm.item()],
    "new": flat(new_W1x, new_W1h, new_b1, new_W2, new_b2)}))"#;
        let found = run(&format!("{}{dump}", program::pytorch(&trace)));
        same_passes(&trace, &found);
    }
}

#[test]
fn every_stage_has_its_lines() {
    for trace in traces() {
        let program = program::numpy(&trace);
        for stage in Timeline::of(trace.steps()).stages() {
            for spot in stage.numbers(&trace, unrolled::rnn::Parameter::W1h) {
                let block = program.block_of(spot.quantity());
                let lit = block.iter().filter(|line| line.computes.contains(&spot.quantity()));
                assert_eq!(lit.count(), 1, "{spot:?}");
                if !matches!(stage, Stage::Update) {
                    assert!(block.len() <= 12, "{block:#?}");
                }
            }
        }
    }
}

/// The programs themselves, of a run small enough to be read.
#[test]
fn the_programs_are_as_they_were_agreed() {
    let trace = |task: &str, options: &str| {
        let json = format!(
            r#"{{"format": "unrolled-experiment/1", "text": "a b a b", "unit": "word", "cell": "tanh",
                "task": {task}, "hidden": 1, "seed": 5{options}}}"#
        );
        let experiment = Experiment::from_json(&json).unwrap();
        let mut weights = experiment.weights().clone();
        for (number, place) in Place::all(experiment.weights()).enumerate() {
            let mut matrix = weights.matrix_mut(place.parameter);
            matrix[[place.row, place.column]] = 0.25 * (number as f64 + 1.0);
        }
        let settings = Settings { weights: Some(weights), ..experiment.settings().clone() };
        Trace::of(Experiment::new(settings).unwrap())
    };
    let labels = r#"{"kind": "classes", "labels": ["low", "middle", "high"], "target": 2}"#;
    let mut all = String::new();
    for (title, trace) in [
        ("Yes or no", trace(r#"{"kind": "binary", "target": 1}"#, "")),
        ("Which label", trace(labels, "")),
        (
            "The next token at every step, truncated and clipped",
            trace(r#"{"kind": "next-token"}"#, r#", "truncation": 2, "clip_norm": 0.5"#),
        ),
    ] {
        for (library, program) in
            [("NumPy", program::numpy(&trace)), ("PyTorch", program::pytorch(&trace))]
        {
            write!(all, "# {title}: {library}\n\n{program}\n\n").unwrap();
        }
    }
    expect_file!["golden/tanh-programs.txt"].assert_eq(all.trim_end());
}
