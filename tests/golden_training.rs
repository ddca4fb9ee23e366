//! The reference trainings in `tests/golden-training`, computed by automatic differentiation elsewhere, agree with ours
//! number by number, and a seed gives the same curve to the last bit: on this machine, and as WebAssembly
//! in a browser.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../rnn/tests/bits/mod.rs"]
mod bits;

use bits::{CASES, bits, controls, training};
use serde_json::Value;
use unrolled::rnn::train::Training;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Whether two JSON trees are the same but for 1e-9 relative and 1e-11 absolute.
fn agree(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= 1e-11 + 1e-9 * b.abs()
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agree(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.keys().eq(b.keys()) && a.iter().all(|(key, value)| agree(value, &b[key]))
        }
        _ => ours == theirs,
    }
}

macro_rules! golden {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("golden-training/", $name, ".json")))),*]
    };
}

const GOLDEN: [(&str, &str); 4] =
    golden!["gru-adam-classes", "lstm-momentum-next", "tanh-adam-parity", "tanh-sgd-opinions",];

#[wasm_bindgen_test(unsupported = test)]
fn every_golden_training_agrees() {
    for (name, json) in GOLDEN {
        let golden: Value = serde_json::from_str(json).unwrap();
        let (mut training, updates) = Training::from_json(&golden["training"].to_string()).unwrap();
        let ours: Value = serde_json::from_str(&training.trained_json(updates).unwrap()).unwrap();
        assert!(agree(&ours, &golden["result"]), "{name}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_seed_gives_the_same_bits() {
    for (cell, optimizer, expected) in CASES {
        let training = training(cell, controls(optimizer, 0.05, 4));
        assert_eq!(format!("{:016x}", bits(training, 50)), expected, "{cell:?}");
    }
}
