//! The reference traces in `tests/golden` and `tests/golden-cells`, computed by automatic differentiation elsewhere, agree
//! with ours number by number: on this machine, and as WebAssembly in a browser.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use unrolled::rnn::{Experiment, Trace};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The first path at which two JSON trees differ by more than 1e-9 relative and 1e-11 absolute.
fn difference(ours: &Value, theirs: &Value, path: &str) -> Option<String> {
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64()?, b.as_f64()?);
            let close = (a - b).abs() <= 1e-11 + 1e-9 * b.abs();
            (!close).then(|| format!("{path}: {a} instead of {b}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => (a.iter().zip(b))
            .enumerate()
            .find_map(|(index, (a, b))| difference(a, b, &format!("{path}[{index}]"))),
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => (a.iter())
            .find_map(|(key, value)| difference(value, b.get(key)?, &format!("{path}.{key}"))),
        _ => (ours != theirs).then(|| format!("{path}: {ours} instead of {theirs}")),
    }
}

macro_rules! golden {
    ($folder:literal: $($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!($folder, "/", $name, ".json")))),*]
    };
}

const GOLDEN: [(&str, &str); 9] = golden!["golden":
    "clipped",
    "given-vocabulary",
    "graphemes",
    "hello-deep-learning",
    "hello-next-character",
    "korean-words",
    "one-cell",
    "three-classes",
    "truncated-to-2",
];

/// Every cell; numbers, targets at some of the steps, values, start states, means.
const CELLS: [(&str, &str); 11] = golden!["golden-cells":
    "gru-reset-after-next",
    "gru-words",
    "lstm-hello-deep-learning",
    "lstm-next-character",
    "lstm-start-state",
    "lstm-truncated-clipped",
    "relu-numbers",
    "sigmoid-elman",
    "tanh-parity-mean",
    "tanh-start-state",
    "values-each-step",
];

#[wasm_bindgen_test(unsupported = test)]
fn every_golden_trace_agrees() {
    for (name, json) in GOLDEN.into_iter().chain(CELLS) {
        let golden: Value = serde_json::from_str(json).unwrap();
        let experiment = Experiment::from_json(&golden["experiment"].to_string()).unwrap();
        let ours: Value = serde_json::from_str(&Trace::of(experiment).to_json().unwrap()).unwrap();
        assert_eq!(difference(&ours, &golden["trace"], "trace"), None, "{name}");
    }
}
