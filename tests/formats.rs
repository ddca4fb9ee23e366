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

/// The complaint about a good experiment in which the field at `pointer` is `value`.
fn complaint(pointer: &str, value: Value) -> String {
    let mut experiment = good();
    match experiment.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => experiment[pointer.trim_start_matches('/')] = value,
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
        ("/unit", "unit", r#""word" or "character""#),
        ("/vocabulary", "vocabulary", "a list of texts"),
        ("/task", "task", "an object with `kind` (and `target`, `labels`)"),
        ("/task/kind", "task.kind", r#""binary", "classes" or "next-token""#),
        ("/task/target", "task.target", "a whole number, 0 or more"),
        ("/cell", "cell", r#""tanh""#),
        ("/hidden", "hidden", "a whole number, 0 or more"),
        ("/seed", "seed", "a whole number, 0 or more"),
        ("/truncation", "truncation", "a whole number, 0 or more"),
        ("/spectral_radius", "spectral_radius", "a number"),
        ("/learning_rate", "learning_rate", "a number"),
        ("/clip_norm", "clip_norm", "a number"),
        ("/weights", "weights", "an object with `w1x`, `w1h`, `b1`, `w2` and `b2`"),
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
                _ => false,
            };
            // An object in place of an object, or a list in place of a list, is wrong further in.
            let further = (must_be.starts_with("an object")
                && (value.is_object() || value.is_array()))
                || (must_be.starts_with("a list") && value.is_array());
            let said = complaint(pointer, value.clone());
            if further {
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
        prop::sample::select(vec!["word", "character", "binary", "classes", "next-token", "tanh"])
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
    assert_eq!(trace.to_json(), Err(ExperimentError::Overflow));
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
    assert_eq!(trace["loss"].as_f64(), Some(Trace::of(experiment).forward.loss()));

    for input in [&b""[..], b"{}", b"\xff\xfe{", b"{\"text\": \"\n\"}", b"[[[["] {
        let output = program(input);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!((said.lines().count(), output.stdout.len()), (1, 0), "{said}");
    }
}
