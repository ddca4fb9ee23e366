//! Experiment files that are wrong: one clear line that names the field, never a panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    env,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use unrolled::rnn::{Experiment, ExperimentError, Settings, Trace};

fn good() -> Value {
    json!({
        "format": "unrolled-experiment/1",
        "text": "a b",
        "unit": "word",
        "task": { "kind": "binary", "target": 1 },
        "cell": "tanh",
        "hidden": 2,
        "weights": {
            "w1x": [[1, 2], [3, 4]], "w1h": [[1, 0], [0, 1]], "b1": [0, 0],
            "w2": [[1], [2]], "b2": [0],
        },
    })
}

const TARGET: &str = "a whole number, 0 or more, or for `values` a list of numbers";

/// The complaint about a good experiment in which the field at `pointer` is `value`.
fn complaint(pointer: &str, value: Value) -> String {
    let mut experiment = good();
    match (experiment.pointer_mut(pointer), pointer[1..].split_once('/')) {
        (Some(place), _) => *place = value,
        (None, Some((outer, inner))) => experiment[outer][inner] = value,
        (None, None) => experiment[&pointer[1..]] = value,
    }
    answer(&experiment.to_string())
}

fn answer(json: &str) -> String {
    match Experiment::from_json(json) {
        Ok(_) => "it is accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_field_of_the_wrong_kind_is_named_with_what_it_must_be() {
    let wrong = [json!({}), json!([{}]), json!(true), json!("x"), json!(-1.5)];
    for (pointer, field, must_be) in [
        ("/format", "format", r#""unrolled-experiment/1""#),
        ("/text", "text", "a text"),
        ("/unit", "unit", r#""word", "character" or "number""#),
        ("/vocabulary", "vocabulary", "a list of texts"),
        ("/task", "task", "an object with `kind` (and `target`, `targets`, `labels`)"),
        ("/task/kind", "task.kind", r#""binary", "classes", "values" or "next-token""#),
        ("/task/target", "task.target", TARGET),
        ("/task/targets", "task.targets", "a list with a target or null for each step"),
        ("/cell", "cell", r#""tanh", "relu", "sigmoid", "lstm", "gru" or "gru-reset-after""#),
        ("/reduction", "reduction", r#""sum" or "mean""#),
        ("/initial", "initial", "an object with `h` (and `c`)"),
        ("/initial/h", "initial.h", "a list of numbers"),
        ("/keep_bias", "keep_bias", "a number"),
        ("/hidden", "hidden", "a whole number, 0 or more"),
        ("/seed", "seed", "a whole number, 0 or more"),
        ("/truncation", "truncation", "a whole number, 0 or more"),
        ("/spectral_radius", "spectral_radius", "a number"),
        ("/learning_rate", "learning_rate", "a number"),
        ("/clip_norm", "clip_norm", "a number"),
        ("/weights", "weights", "an object with a list for each of the cell's weights"),
        ("/weights/w1x", "weights.w1x", "a list of rows, each a list of numbers"),
        ("/weights/w1h/1", "weights.w1h[1]", "a list of numbers"),
        ("/weights/w1h/1/0", "weights.w1h[1][0]", "a number"),
        ("/weights/b1", "weights.b1", "a list of numbers"),
        ("/weights/b2/0", "weights.b2[0]", "a number"),
    ] {
        for value in &wrong {
            let fits = match must_be {
                "a text" => value.is_string(),
                "a number" => value.is_number(),
                // Every field of it may be missing.
                "an object with `h` (and `c`)" => *value == json!({}),
                _ => false,
            };
            // An object in place of an object, or a list in place of a list, is wrong further in.
            let further = (must_be == TARGET && value.is_array())
                || (must_be.starts_with("an object") && (value.is_object() || value.is_array()))
                || (must_be.starts_with("a list") && value.is_array());
            let said = complaint(pointer, value.clone());
            if further && !fits {
                assert!(said.starts_with(field), "{pointer} = {value}: {said}");
            } else if !fits {
                let start = format!("{field}: it must be {must_be} (line 1, column ");
                assert!(said.starts_with(&start), "{pointer} = {value}: {said}");
            }
        }
    }
}

#[test]
fn a_value_out_of_its_bounds_is_named_with_the_bounds() {
    for (pointer, value, expected) in [
        ("/text", json!(""), "text: it is empty; type at least one token"),
        (
            "/text",
            json!("a \u{7}b"),
            "text: character 3 is the control character U+0007; remove it",
        ),
        (
            "/text",
            json!("\u{301}a"),
            "text: character 1 (U+0301) modifies a character, but none stands before it; remove it",
        ),
        ("/text", json!("a ".repeat(201)), "text: it has more than 200 tokens; shorten it"),
        ("/text", json!("a".repeat(20_001)), "text: it is longer than 20000 bytes; shorten it"),
        ("/vocabulary", json!([]), "vocabulary: its length is 0; it must be between 1 and 1000"),
        (
            "/vocabulary",
            json!((0..1001).map(|n| n.to_string()).collect::<Vec<_>>()),
            "vocabulary: its length is 1001; it must be between 1 and 1000",
        ),
        (
            "/vocabulary",
            json!(["a", "b", "a"]),
            r#"vocabulary: "a" stands in it twice; each entry must be different"#,
        ),
        (
            "/vocabulary",
            json!(["e\u{301}", "\u{e9}"]),
            "vocabulary: \"\u{e9}\" stands in it twice; each entry must be different",
        ),
        ("/vocabulary", json!(["a", ""]), "vocabulary: entry 2 is empty"),
        (
            "/vocabulary",
            json!(["a"]),
            r#"text: the token "b" is not in the vocabulary; add it there or change the text"#,
        ),
        (
            "/task",
            json!({"kind": "classes", "labels": ["a"], "target": 0}),
            "task.labels: its length is 1; it must be between 2 and 1000",
        ),
        (
            "/task",
            json!({"kind": "classes", "labels": ["a", "b"], "target": 2}),
            "task.target: 2 is not possible; it must be between 0 and 1",
        ),
        ("/hidden", json!(0), "hidden: 0 is not possible; it must be between 1 and 128"),
        (
            "/hidden",
            json!(u64::MAX),
            "hidden: 1.8446744073709552e19 is not possible; it must be between 1 and 128",
        ),
        (
            "/spectral_radius",
            json!(-1),
            "spectral_radius: -1 is not possible; it must be between 0 and 10",
        ),
        (
            "/learning_rate",
            json!(1e9),
            "learning_rate: 1000000000 is not possible; it must be between 0 and 1000",
        ),
        ("/truncation", json!(0), "truncation: 0 is not possible; it must be at least 1"),
        ("/clip_norm", json!(0), "clip_norm: 0 is not possible; it must be more than 0"),
        (
            "/clip_norm",
            json!(-1e-300),
            "clip_norm: -1e-300 is not possible; it must be more than 0",
        ),
        ("/weights/w1x", json!([]), "weights.w1x: it is 0 by 0; the other fields make it 2 by 2"),
        (
            "/weights/w2",
            json!([[1, 2], [3, 4]]),
            "weights.w2: it is 2 by 2; the other fields make it 2 by 1",
        ),
        ("/weights/b1", json!([1]), "weights.b1: it is 1 long; the other fields make it 2 long"),
        (
            "/weights/w1h/1/0",
            json!(-1e300),
            "weights.w1h row 2 column 1: -1e300 is not possible; it must be between -1000000 and 1000000",
        ),
    ] {
        assert_eq!(complaint(pointer, value), expected);
    }
}

#[test]
fn what_is_missing_unknown_or_twice_is_named() {
    for field in ["format", "text", "unit", "task", "cell", "hidden"] {
        let mut experiment = good();
        experiment.as_object_mut().unwrap().remove(field);
        let said = answer(&experiment.to_string());
        assert!(said.starts_with(&format!("{field}: it is missing; it must be ")), "{said}");
    }
    let mut experiment = good();
    experiment["weights"].as_object_mut().unwrap().remove("w1h");
    let said = answer(&experiment.to_string());
    assert!(said.starts_with("weights.w1h: it is missing; it must be a list of rows"), "{said}");
    for (change, expected) in [
        ("\"hiden\": 3", "hiden: there is no such field; remove it"),
        ("\"hid\\nden\": 3", "hid\u{fffd}den: there is no such field; remove it"),
        ("\"text\": \"b\"", "text: it stands there twice; remove one"),
        ("\"clip_norm\": 1e999", "clip_norm: the number is larger than a 64-bit float can be"),
        ("\"clip_norm\": NaN", "clip_norm: it must be a number"),
        ("\"clip_norm\": -Infinity", "clip_norm: it must be a number"),
    ] {
        let json = good().to_string().replacen('{', &format!("{{ {change}, "), 1);
        let said = answer(&json);
        assert!(said.starts_with(&format!("{expected} (line 1, column ")), "{change}: {said}");
    }
    let said = complaint("/weights/w1x", json!([[1, 2], [3]]));
    assert!(said.starts_with("weights.w1x: row 2 has 1 numbers, but row 1 has 2"), "{said}");
}

#[test]
fn tasks_that_contradict_themselves_are_named() {
    for (task, expected) in [
        (
            json!({"kind": "binary", "target": 1, "targets": [0, 1]}),
            "task: it has `target` and `targets`; remove one",
        ),
        (
            json!({"kind": "binary", "targets": [0, 2]}),
            "task: entry 2 of `targets` must be 0 or 1, or null",
        ),
        (
            json!({"kind": "values", "target": 1}),
            "task: `target` must be a list of numbers, one for each output",
        ),
        (
            json!({"kind": "next-token", "targets": [1]}),
            "task: `next-token` takes no `targets`: the text holds the targets",
        ),
        (json!({"kind": "binary"}), "task: `target` must be 0 or 1"),
        (json!({"kind": "binary", "target": 2}), "task: `target` must be 0 or 1"),
        (
            json!({"kind": "binary", "target": 1, "labels": []}),
            "task: only `classes` takes `labels`",
        ),
        (json!({"kind": "classes", "target": 1}), "task: `classes` needs `labels`"),
        (json!({"kind": "classes", "labels": ["a", "b"]}), "task: `classes` needs a `target`"),
        (
            json!({"kind": "next-token", "target": 1}),
            "task: `next-token` takes no `target`: the text holds the targets",
        ),
        (json!({"target": 1}), "task.kind: it is missing"),
        (json!({"kind": "binary", "goal": 1}), "task.goal: there is no such field"),
    ] {
        let said = complaint("/task", task);
        assert!(said.starts_with(expected), "{said}");
    }
    let mut one = good();
    one["task"] = json!({"kind": "next-token"});
    one["text"] = json!("a");
    assert_eq!(
        answer(&one.to_string()),
        "text: one token has no next token to predict; type at least two"
    );
}

/// A good experiment over numbers, for the cell `lstm`, with one of its fields another.
fn of_numbers(change: impl FnOnce(&mut Value)) -> String {
    let mut experiment = json!({
        "format": "unrolled-experiment/1",
        "text": "0.5,1 −1,2",
        "unit": "number",
        "task": { "kind": "values", "targets": [null, [0.5, 1.5]] },
        "cell": "lstm",
        "hidden": 2,
        "initial": { "h": [0.1, 0.2], "c": [0.3, -0.4] },
        "reduction": "mean",
        "keep_bias": 2,
    });
    change(&mut experiment);
    answer(&experiment.to_string())
}

#[test]
fn numbers_targets_and_start_states_that_do_not_fit_are_named_with_the_mend() {
    assert_eq!(of_numbers(|_| ()), "it is accepted");
    for (pointer, value, expected) in [
        (
            "/text",
            json!("1,2 3"),
            "text: step 2: it has 1 numbers, but step 1 has 2; give every step as many",
        ),
        ("/text", json!("1,2, 3,4"), "text: step 1: \"1,2,\" has a comma too many; remove it"),
        ("/text", json!("1,2 3,,4"), "text: step 2: \"3,,4\" has a comma too many; remove it"),
        (
            "/text",
            json!("1e999,1 1,1"),
            "text: step 1: 1e999 is not possible; it must be between -1000000 and 1000000",
        ),
        (
            "/text",
            json!("1,1 inf,1"),
            "text: step 2: \"inf\" is no number; write each step as numbers joined by commas, as in 0.5 or 1,0",
        ),
        ("/vocabulary", json!(["1"]), "text: numbers have no vocabulary; remove it"),
        (
            "/task",
            json!({"kind": "next-token"}),
            "text: numbers have no next token to predict; use the task `values`, or another `unit`",
        ),
        (
            "/task/targets",
            json!([[1, 2]]),
            "task.targets: it has 1 entries, but there are 2 steps; give each step a target, or null where it has none",
        ),
        (
            "/task/targets",
            json!([null, [1], [1]]),
            "task.targets: it has 3 entries, but there are 2 steps; give each step a target, or null where it has none",
        ),
        (
            "/task/targets",
            json!([null, null]),
            "task.targets: every entry is null; give at least one step a target",
        ),
        (
            "/task/targets",
            json!([[1], [1, 2]]),
            "task.targets: entry 2 has 2 numbers, but the first target has 1; give each as many",
        ),
        (
            "/task/targets",
            json!([[1], [1e7]]),
            "task.targets entry 2 number 1: 10000000 is not possible; it must be between -1000000 and 1000000",
        ),
        (
            "/initial",
            json!({"h": [1, 2, 3]}),
            "initial.h: it has 3 numbers; it must have 2, one for each hidden unit",
        ),
        (
            "/initial",
            json!({"c": []}),
            "initial.c: it has 0 numbers; it must have 2, one for each hidden unit",
        ),
        (
            "/initial/h/1",
            json!(-1e7),
            "initial.h number 2: -10000000 is not possible; it must be between -1000000 and 1000000",
        ),
        (
            "/keep_bias",
            json!(1000),
            "keep_bias: 1000 is not possible; it must be between -100 and 100",
        ),
        ("/cell", json!("gru"), "initial.c: the cell \"gru\" has no memory C; remove it"),
    ] {
        let said = of_numbers(|experiment| match experiment.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => experiment[&pointer[1..]] = value,
        });
        assert_eq!(said, expected, "{pointer}");
    }
    for (pointer, json, expected) in [
        ("/initial/d", "[1, 2]", "initial.d: there is no such field; remove it"),
        (
            "/initial/h",
            "[1, 1e999]",
            "initial.h[1]: the number is larger than a 64-bit float can be",
        ),
        ("/keep_bias", "1e999", "keep_bias: the number is larger than a 64-bit float can be"),
        ("/task/targets", "[[1, 1e999], null]", "task.targets[0][1]: the number is larger than"),
        ("/task/targets", "[[1, \"x\"], null]", "task.targets[0][1]: it must be a number"),
    ] {
        // Such a number is none in a JSON tree.
        let said = of_numbers_in_text(pointer, json);
        assert!(said.starts_with(expected), "{pointer}: {said}");
    }
    assert_eq!(
        complaint("/keep_bias", json!(1)),
        "keep_bias: the cell \"tanh\" has no gate that keeps; remove it"
    );
}

/// The complaint where the field at `pointer` is written as `json`.
fn of_numbers_in_text(pointer: &str, json: &str) -> String {
    let mut text = String::new();
    of_numbers(|experiment| {
        let mark = json!("\u{1}");
        match pointer[1..].split_once('/') {
            Some((outer, inner)) => experiment[outer][inner] = mark,
            None => experiment[&pointer[1..]] = mark,
        }
        text = experiment.to_string().replace("\"\\u0001\"", json);
    });
    answer(&text)
}

#[test]
fn a_cell_that_there_is_not_and_weights_of_another_are_named() {
    let all = r#"it must be "tanh", "relu", "sigmoid", "lstm", "gru" or "gru-reset-after""#;
    for (cell, expected) in [
        ("lstn", format!("cell: {all}; the nearest is \"lstm\" (line 1,")),
        ("LSTM", format!("cell: {all}; the nearest is \"lstm\" (line 1,")),
        ("perceptron", format!("cell: {all} (line 1,")),
    ] {
        let said = complaint("/cell", json!(cell));
        assert!(said.starts_with(&expected), "{cell}: {said}");
    }
    let said = complaint("/cell", json!("gru"));
    let expected = "weights.w1x: the cell \"gru\" has no such weights; it has `wrx`, `wrh`, `br`, ";
    assert!(
        said.starts_with(expected) || said.contains("has no such weights; it has `wrx`"),
        "{said}"
    );
    let said = complaint("/weights/wfx", json!([[1, 2], [3, 4]]));
    let expected =
        "weights.wfx: the cell \"tanh\" has no such weights; it has `w1x`, `w1h`, `b1`, `w2`, `b2`";
    assert_eq!(said, expected);
    let said = complaint("/weights/w1y", json!([[1, 2], [3, 4]]));
    let expected = "weights.w1y: no cell has such weights; remove them; the nearest is `w1";
    assert!(said.starts_with(expected), "{said}");
    let mut twice = good().to_string();
    twice = twice.replacen("\"b1\":", "\"b1\": [1, 1], \"b1\":", 1);
    assert!(answer(&twice).starts_with("weights.b1: it stands there twice; remove one"));
}

/// An experiment of any kind, with every field.
fn any_kind() -> impl Strategy<Value = Value> {
    let cell = prop::sample::select(vec!["relu", "sigmoid", "lstm", "gru", "gru-reset-after"]);
    (cell, any::<bool>(), 0_usize..4).prop_map(|(cell, each, kind)| {
        let target = [json!(1), json!(0), json!([0.5, 1]), Value::Null][kind].clone();
        let name = ["binary", "classes", "values", "next-token"][kind];
        let mut task = json!({ "kind": name });
        if kind == 1 {
            task["labels"] = json!(["a", "b"]);
        }
        match (kind, each) {
            (3, _) => {}
            (_, true) => task["targets"] = json!([null, target]),
            (_, false) => task["target"] = target,
        }
        json!({
            "format": "unrolled-experiment/1",
            "text": if kind == 3 { "a b" } else { "1,2 3,4" },
            "unit": if kind == 3 { "word" } else { "number" },
            "task": task,
            "cell": cell,
            "hidden": 2,
            "initial": { "h": [0.5, 1] },
            "reduction": "mean",
            "truncation": 1,
            "clip_norm": 0.5,
        })
    })
}

#[test]
fn what_is_not_json_is_said_to_be_so() {
    let end = "the experiment: the JSON ends too early";
    let not = "the experiment: it is not JSON";
    let object = "the experiment: it must be an object";
    for (text, expected) in [
        ("", end),
        (" \n", end),
        ("{\"text\": ", "text: the JSON ends too early"),
        ("hello", not),
        ("{'text': 1}", not),
        ("// a comment\n{}", not),
        ("\0", not),
        ("[]", object),
        ("3", object),
        ("null", object),
    ] {
        let said = answer(text);
        assert!(said.starts_with(expected), "{text:?}: {said}");
    }
    let twice = good().to_string().repeat(2);
    assert!(answer(&twice).starts_with("the experiment: more follows after its end"));
    for deep in ["[".repeat(1_000_000), "{\"task\":".repeat(1_000_000)] {
        assert_ne!(answer(&deep), "it is accepted");
    }
    let marked = format!("\u{feff}{}", good());
    assert_eq!(answer(&marked), "it is accepted");
}

/// Something that can stand anywhere in a JSON tree.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-3_i64..300).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "[a-c ]{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "word",
            "character",
            "number",
            "binary",
            "classes",
            "values",
            "next-token",
            "tanh",
            "lstm",
            "gru",
            "mean",
            "1,2 3,4",
            "0.5 −1",
            "1,,2",
            "1e999",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Value::from))
}

/// The paths of all values in a tree.
fn pointers(tree: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match tree {
        Value::Array(entries) => (entries.iter().enumerate())
            .for_each(|(index, entry)| pointers(entry, &format!("{path}/{index}"), found)),
        Value::Object(fields) => (fields.iter())
            .for_each(|(key, entry)| pointers(entry, &format!("{path}/{key}"), found)),
        _ => {}
    }
}

/// Whatever is read makes a whole trace, or one line.
fn runs_or_complains(json: &str) -> Result<(), TestCaseError> {
    let done = Experiment::from_json(json).and_then(|experiment| Trace::of(experiment).to_json());
    if let Err(error) = done {
        let said = error.to_string();
        prop_assert!(!said.contains(char::is_control) && said.contains(": "), "{said:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        runs_or_complains(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_json_is_read_or_refused(value in value()) {
        runs_or_complains(&value.to_string())?;
    }

    #[test]
    fn a_mutated_experiment_is_read_or_refused(
        mutations in prop::collection::vec((any::<prop::sample::Index>(), value()), 1..4),
    ) {
        let mut experiment = good();
        for (place, value) in mutations {
            let mut places = Vec::new();
            pointers(&experiment, "", &mut places);
            *experiment.pointer_mut(place.get::<String>(&places)).unwrap() = value;
        }
        runs_or_complains(&experiment.to_string())?;
    }

    #[test]
    fn a_mutated_experiment_of_any_kind_is_read_or_refused(
        good in any_kind(),
        mutations in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..3),
    ) {
        let mut experiment = good;
        if mutations.is_empty() {
            let settings = Settings::from_json(&experiment.to_string()).unwrap();
            prop_assert_eq!(Settings::from_json(&settings.to_json()), Ok(settings.clone()));
            prop_assert!(Trace::of(Experiment::new(settings).unwrap()).to_json().is_ok());
        }
        for (place, value) in mutations {
            let mut places = Vec::new();
            pointers(&experiment, "", &mut places);
            *experiment.pointer_mut(place.get::<String>(&places)).unwrap() = value;
        }
        runs_or_complains(&experiment.to_string())?;
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = good().to_string().into_bytes();
        for (place, byte) in damages {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        runs_or_complains(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn what_is_written_is_read_again(experiment in random::experiment()) {
        let weights = experiment.weights().clone();
        for settings in [
            experiment.settings().clone(),
            random::changed(&experiment, |settings| settings.weights = Some(weights)).settings().clone(),
        ] {
            prop_assert_eq!(Settings::from_json(&settings.to_json()), Ok(settings));
        }
    }
}

#[test]
fn a_run_that_overflows_is_refused_in_json() {
    let mut experiment = good();
    experiment["text"] = json!("a b ".repeat(100));
    experiment["weights"]["w1x"] = json!([[0, 0], [0, 0]]);
    experiment["weights"]["w1h"] = json!([[1e6, 1e6], [1e6, 1e6]]);
    let trace = Trace::of(Experiment::from_json(&experiment.to_string()).unwrap());
    assert_eq!(trace.to_json(), Err(ExperimentError::Overflow { plain: true }));
}

/// Runs `examples/trace.rs`, which `cargo test` has built beside this test.
fn program(input: &[u8]) -> Output {
    let mut folder: PathBuf = env::current_exe().unwrap();
    folder.pop();
    folder.pop();
    let program = folder.join("examples").join(format!("trace{}", env::consts::EXE_SUFFIX));
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn the_trace_program_prints_a_trace_or_one_line_and_code_2() {
    let output = program(good().to_string().as_bytes());
    assert!(output.status.success());
    let trace: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(trace["format"], "unrolled-trace/1");
    let experiment = Experiment::from_json(&good().to_string()).unwrap();
    assert_eq!(trace["loss"].as_f64(), Some(Trace::of(experiment).loss()));

    for input in [&b""[..], b"{}", b"\xff\xfe{", b"{\"text\": \"\n\"}", b"[[[["] {
        let output = program(input);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!((said.lines().count(), output.stdout.len()), (1, 0), "{said}");
    }
}
