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
    export::{loader, program, training},
    rnn::{Cell, Experiment, Parameter, Place, Settings, Step, Task, Trace, Variable},
    rnn::{
        StepUnit,
        model::{Maker, Model, Verdict},
        train::{Controls, Network, Optimizer},
    },
    session::{Stage, Timeline},
    text::{Example, Language},
    training::{Command as Do, Data, Learning, Own},
};

/// What Keras runs on.
const BACKEND: (&str, &str) = ("KERAS_BACKEND", "jax");

fn python() -> String {
    env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Whether Python has `library`. `NumPy` must be there where `PYTHON` names an interpreter, and each
/// library with the variable `CI`.
fn has(library: &str) -> bool {
    let import = format!("import {library}");
    let import = Command::new(python()).env(BACKEND.0, BACKEND.1).args(["-c", &import]).output();
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
        .env(BACKEND.0, BACKEND.1)
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
    let classes = Task::classes(["a", "b", "c"].map(str::to_owned).to_vec(), 2);
    let text = "나는 \"그\" \\ it's 나는 👩‍👩‍👧 \u{e000} end".to_owned();
    [
        first.clone(),
        Settings { task: Task::binary(true), truncation: Some(3), ..first.clone() },
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
    let sums = trace.values(Variable::Z1).unwrap();
    agree("Z1", found, sums.iter().skip(sums.ncols()));
    agree("H", found, trace.states().iter().skip(trace.units()));
    agree("Z2", found, &trace.output().logits);
    agree("A2", found, &trace.output().answers);
    agree("L", found, &trace.output().losses);
    agree("loss", found, [&trace.loss()]);
    agree("dH", found, trace.state_errors());
    agree("dZ1", found, trace.errors(Variable::Z1).unwrap());
    let updated = trace.updated().unwrap();
    agree("new", found, &updated.weights().values().collect::<Vec<_>>());
    let gradient = trace.gradient().values().collect::<Vec<_>>();
    agree("gradient", found, &gradient);
    agree("gradient_norm", found, [&trace.gradient().norm()]);
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
        agree("dZ2", &found, &trace.output().errors);
        agree("bag", &found, &trace.bag_of_words());
        let mut terms = Vec::new();
        let (mut jacobians, mut products, mut norms) = (Vec::new(), Vec::new(), Vec::new());
        let last = Step::from_index(trace.steps() - 1);
        for step in Step::all(trace.steps()) {
            let term = trace.contribution(step);
            for parameter in Parameter::RECURRENT {
                terms.extend(term.matrix(parameter).iter().copied());
            }
            norms.push(
                unrolled::session::Spot::Norm { of: Variable::State, step }.value(&trace).unwrap(),
            );
            if step > Step::FIRST {
                jacobians.extend(trace.jacobian(step));
            }
            for row in 0..trace.experiment().weights().sizes().units {
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

/// Runs of every cell, over words and numbers, with every kind of target, start state and truncation.
fn cells() -> Vec<(String, Trace)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden-cells");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let golden: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let experiment = Experiment::from_json(&golden["experiment"].to_string()).unwrap();
        let truncated = Settings { truncation: Some(2), ..experiment.settings().clone() };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        all.push((format!("{name}, truncated"), Trace::of(Experiment::new(truncated).unwrap())));
        all.push((name, Trace::of(experiment)));
    }
    assert!(all.len() >= 22);
    all
}

/// What a program of any cell leaves behind, as `write` says it.
fn dump(trace: &Trace, library: &str) -> String {
    let torch = library == "torch";
    let mut fields = Vec::new();
    for of in trace.experiment().recipe().variables() {
        let name = of.name();
        for name in [name.to_owned(), format!("d{name}")] {
            let steps = if torch {
                "torch.stack([NAME[t] for t in range(1, T + 1)])"
            } else {
                "NAME[1 : T + 1]"
            };
            fields.push(format!("\"{name}\": {}.tolist()", steps.replace("NAME", &name)));
        }
    }
    for parameter in trace.gradient().parameters() {
        let name = parameter.name();
        let gradient = if torch { format!("{name}.grad") } else { format!("d{name}") };
        fields.push(format!("\"gradient {name}\": {gradient}.tolist()"));
        fields.push(format!("\"new {name}\": new_{name}.tolist()"));
        if !torch && parameter.is_recurrent() {
            fields.push(format!("\"terms {name}\": d{name}_t[1:].tolist()"));
        }
    }
    let answers = if torch { "[A2[s].tolist() for s in S]" } else { "A2[list(S)].tolist()" };
    fields.push(format!("\"A2\": {answers}, \"loss\": [float(loss)]"));
    format!("\nimport json\nprint(json.dumps({{{}}}))\n", fields.join(", "))
}

/// Expects that a program has left behind what the run of `trace` has.
fn same_run(trace: &Trace, found: &Value) {
    for of in trace.experiment().recipe().variables() {
        let name = of.name();
        agree(name, found, trace.values(of).unwrap().iter().skip(trace.units()));
        agree(&format!("d{name}"), found, trace.errors(of).unwrap());
    }
    let updated = trace.updated().unwrap();
    for parameter in trace.gradient().parameters() {
        let name = parameter.name();
        agree(&format!("gradient {name}"), found, trace.gradient().matrix(parameter));
        agree(&format!("new {name}"), found, updated.weights().matrix(parameter));
        if found.get(format!("terms {name}")).is_some() {
            let terms: Vec<f64> = Step::all(trace.steps())
                .flat_map(|step| {
                    trace.contribution(step).matrix(parameter).iter().copied().collect::<Vec<_>>()
                })
                .collect();
            agree(&format!("terms {name}"), found, &terms);
        }
    }
    agree("A2", found, &trace.output().answers);
    agree("loss", found, [&trace.loss()]);
}

#[test]
fn the_numpy_program_of_every_cell_computes_every_number() {
    if !has("numpy") {
        return;
    }
    for (name, trace) in cells() {
        println!("{name}");
        same_run(&trace, &run(&format!("{}{}", program::numpy(&trace), dump(&trace, "np"))));
    }
}

/// The same run by the module that `PyTorch` has for the cell, where it has one.
fn by_module(trace: &Trace) -> String {
    let (module, gates) = match trace.experiment().cell() {
        Cell::Tanh => ("RNN(d, n)", "1"),
        Cell::Relu => ("RNN(d, n, nonlinearity=\"relu\")", "1"),
        Cell::Lstm => ("LSTM(d, n)", "ifgo"),
        Cell::GruResetAfter => ("GRU(d, n)", "rug"),
        Cell::Sigmoid | Cell::Gru => return String::new(),
    };
    let all = |before: &str, after: &str| {
        let names: Vec<String> =
            gates.chars().map(|gate| format!("{before}{gate}{after}")).collect();
        format!("torch.cat([{}], dim=-1).detach()", names.join(", "))
    };
    let state_bias = match trace.experiment().cell() {
        Cell::GruResetAfter => "torch.cat([torch.zeros(2 * n), bgh]).detach()",
        _ => "torch.zeros_like(module.bias_ih_l0)",
    };
    let start = match trace.experiment().cell() {
        Cell::Lstm => "(H[0].view(1, 1, n), C[0].view(1, 1, n))",
        _ => "H[0].view(1, 1, n)",
    };
    format!(
        "\nmodule = torch.nn.{module}\nmodule.weight_ih_l0.data = {}.T.contiguous()\n\
         module.weight_hh_l0.data = {}.T.contiguous()\nmodule.bias_ih_l0.data = {}\n\
         module.bias_hh_l0.data = {state_bias}\nstates = module(X[1:].view(T, 1, d), {start})[0]\n\
         for t in range(1, T + 1):\n    assert (states[t - 1, 0] - H[t]).abs().max() < 1e-12\n",
        all("W", "x"),
        all("W", "h"),
        all("b", ""),
    )
}

#[test]
fn the_pytorch_program_of_every_cell_finds_the_same_gradients_and_its_module_the_same_states() {
    if !has("torch") {
        return;
    }
    for (name, trace) in cells() {
        println!("{name}");
        let (program, module) = (program::pytorch(&trace), by_module(&trace));
        same_run(&trace, &run(&format!("{program}{module}{}", dump(&trace, "torch"))));
    }
}

#[test]
fn every_stage_has_its_lines() {
    for trace in traces() {
        let program = program::numpy(&trace);
        for stage in Timeline::of(trace.steps()).stages() {
            for spot in stage.numbers(&trace, unrolled::rnn::Parameter::W1H) {
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

#[test]
fn the_pytorch_program_of_a_training_finds_its_first_losses() {
    if !has("torch") {
        return;
    }
    let set = |name: &str, change: fn(&mut Network, &mut Controls)| {
        let data = Data::named(name).unwrap();
        let (mut network, mut controls) = (data.network(3), data.controls());
        change(&mut network, &mut controls);
        Learning::with(data, network, controls)
    };
    let numbers = "1 2 3\t0.5\n-1 0.25 2\t1.5\n0 1\t-0.5\n2 2 2 2\t0\n";
    let own = Data::own(Own::read(numbers, StepUnit::Number, None, None, 1).unwrap());
    let trainings = [
        set("opinions-en", |_, _| {}),
        set("counting", |network, controls| {
            network.units = 3;
            controls.optimizer = Optimizer::MOMENTUM;
            controls.learning_rate = 0.1;
        }),
        set("order", |network, controls| {
            (network.cell, network.units) = (Cell::GruResetAfter, 3);
            (controls.optimizer, controls.truncation) = (Optimizer::ADAM, Some(4));
        }),
        set("parity-every-step", |network, controls| {
            network.cell = Cell::Gru;
            (controls.clip_norm, controls.truncation) = (Some(0.05), Some(2));
        }),
        Learning::new(own),
    ];
    // One whose controls were changed on the way.
    let steered = (0..10).fold(set("opinions-ko", |_, _| {}), |learning, made| {
        let now = learning.controls();
        let learning = match made {
            3 => learning.after(Do::Steer(Controls { learning_rate: 0.3, batch_size: 5, ..now })),
            5 => learning.after(Do::Steer(Controls {
                optimizer: Optimizer::ADAM,
                truncation: Some(2),
                ..now
            })),
            8 => learning.after(Do::Steer(Controls {
                clip_norm: Some(0.2),
                truncation: None,
                ..now
            })),
            _ => learning,
        };
        learning.after(Do::StepForward)
    });
    for learning in trainings.into_iter().chain([steered]) {
        let mut made = learning.clone();
        while made.end() < 10 {
            made = made.after(Do::StepForward);
        }
        let losses: Vec<f64> = made.run().updates().iter().map(|update| update.loss).collect();
        let program = training::pytorch(&learning);
        let found =
            run(&format!("{program}\nimport json\nprint(json.dumps({{'found': found}}))\n"));
        agree("found", &found, &losses);
    }
}

/// Runs `load` for each cell in one process, in a folder that has its file of weights. It must leave
/// `Z2` behind; `save`, which is run after it, a file `name`.
fn loaded(
    folder: &str,
    load: impl Fn(&Experiment) -> Option<String>,
    save: &str,
    name: &str,
    within: f64,
) -> Vec<(Trace, Vec<u8>)> {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let mut program = "import json, os\nall = {}\n".to_owned();
    let mut traces = Vec::new();
    for (at, (_, trace)) in cells().into_iter().enumerate() {
        let Some(load) = load(trace.experiment()) else { continue };
        let own = folder.join(at.to_string());
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join(loader::FILE), loader::file(trace.experiment()).unwrap()).unwrap();
        let text = serde_json::to_string(&format!("{load}\n{save}")).unwrap();
        let place = serde_json::to_string(&own.display().to_string()).unwrap();
        writeln!(
            program,
            "os.chdir({place})\nscope = {{}}\nexec({text}, scope)\nall[\"{at}\"] = scope[\"Z2\"].tolist()"
        )
        .unwrap();
        traces.push((at, trace, own));
    }
    let found = run(&format!("{program}\nprint(json.dumps(all))\n"));
    traces
        .into_iter()
        .map(|(at, trace, own)| {
            // Without a start state, as the file is checked.
            let settings = Settings {
                initial: None,
                truncation: None,
                ..trace.experiment().settings().clone()
            };
            let trace = Trace::of(Experiment::new(settings).unwrap());
            let rows = trace.experiment().loss_steps().map(Step::index);
            let found = &found[at.to_string()];
            for (row, index) in rows.enumerate() {
                for (found, expected) in
                    flat(&found[index]).iter().zip(trace.output().logits.row(row))
                {
                    let near = (found - expected).abs() <= within * (1.0 + expected.abs());
                    assert!(near, "{:?}: {found} and {expected}", trace.experiment().cell());
                }
            }
            (trace, std::fs::read(own.join(name)).unwrap())
        })
        .collect()
}

/// Expects that what a framework saved of a network is the same network here.
fn comes_back(trace: &Trace, file: &[u8], maker: Maker, within: f64) {
    let model = Model::read(file).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(model.maker(), maker);
    let Verdict::Agrees { difference, .. } = model.verdict() else { panic!("it was not checked") };
    let cells: Vec<Cell> = model.cells().collect();
    assert_eq!(cells, [trace.experiment().cell()]);
    assert!(difference <= within, "{cells:?}: {difference}");
    assert_eq!(model.sizes(), trace.experiment().weights().sizes());
}

#[test]
fn a_network_that_is_taken_along_gives_the_same_output_in_pytorch_and_comes_back() {
    if !has("torch") || !has("safetensors") {
        return;
    }
    let save = r#"
from safetensors.torch import save_file
tensors = {**rnn.state_dict(prefix="rnn."), **head.state_dict(prefix="head.")}
tensors |= {"unrolled.check.x": W["unrolled.check.x"], "unrolled.check.y": Z2.detach()}
save_file({name: value.contiguous().clone() for name, value in tensors.items()}, "back.safetensors")"#;
    let all = loaded("torch", loader::pytorch, save, "back.safetensors", 1e-9);
    assert!(all.len() >= 12, "{}", all.len());
    for (trace, file) in all {
        comes_back(&trace, &file, Maker::PyTorch, 1e-12);
    }
}

#[test]
fn a_network_that_is_taken_along_gives_the_same_output_in_keras_and_comes_back() {
    if !has("keras") || !has("safetensors") {
        return;
    }
    let save = r#"
arrays = {weight.path: np.asarray(weight.value) for weight in model.weights}
np.savez_compressed("back.npz", **arrays, **{"unrolled.check.x": W["unrolled.check.x"], "unrolled.check.y": Z2})"#;
    let all = loaded("keras", |it| Some(loader::keras(it)), save, "back.npz", 1e-5);
    assert!(all.len() >= 22, "{}", all.len());
    for (trace, file) in all {
        comes_back(&trace, &file, Maker::Keras, 1e-5);
    }
}
