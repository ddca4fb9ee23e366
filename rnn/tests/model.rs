//! Files of `PyTorch` and Keras, made by `models/make.py`, are read as the networks that they are; what is
//! none is refused, and nothing that is fed in does harm.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use safetensors::{Dtype, SafeTensors, serialize, tensor::TensorView};
use std::{collections::BTreeMap, fs, path::PathBuf};
use unrolled_rnn::{
    Cell, Experiment, Settings, StepUnit, Task, Trace,
    experiment::UNITS,
    model::{Answers, Maker, Model, ModelError, Side, Verdict, write},
    settings::TaskKind,
    weights::Sizes,
};

fn bytes(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/models");
    fs::read(folder.join(name)).unwrap()
}

fn read(name: &str) -> Result<Model, ModelError> {
    Model::read(&bytes(name))
}

/// The sizes of the fixtures.
const SIZES: Sizes = Sizes { inputs: 3, units: 4, outputs: 2 };

#[test]
fn every_file_of_a_framework_is_read_as_its_cell_and_gives_the_output_of_its_model() {
    let tokens = |outputs| Sizes { inputs: 6, units: 4, outputs };
    let all = [
        ("torch-tanh.safetensors", Maker::PyTorch, Cell::Tanh, SIZES, 1e-5, 5),
        ("torch-relu-without-bias.safetensors", Maker::PyTorch, Cell::Relu, SIZES, 1e-5, 5),
        ("torch-lstm.safetensors", Maker::PyTorch, Cell::Lstm, SIZES, 1e-5, 5),
        (
            "torch-lstm-square.safetensors",
            Maker::PyTorch,
            Cell::Lstm,
            Sizes { inputs: 4, ..SIZES },
            1e-5,
            5,
        ),
        ("torch-gru.safetensors", Maker::PyTorch, Cell::GruResetAfter, SIZES, 1e-5, 5),
        (
            "torch-gru-64.safetensors",
            Maker::PyTorch,
            Cell::GruResetAfter,
            Sizes { outputs: 1, ..SIZES },
            1e-12,
            5,
        ),
        ("torch-embedding.safetensors", Maker::PyTorch, Cell::GruResetAfter, tokens(6), 1e-5, 5),
        ("torch-bf16.safetensors", Maker::PyTorch, Cell::Lstm, SIZES, 1e-5, 5),
        ("torch-f16.safetensors", Maker::PyTorch, Cell::Lstm, SIZES, 1e-5, 5),
        ("keras-tanh.npz", Maker::Keras, Cell::Tanh, SIZES, 1e-5, 5),
        ("keras-sigmoid.npz", Maker::Keras, Cell::Sigmoid, SIZES, 1e-5, 5),
        ("keras-lstm.npz", Maker::Keras, Cell::Lstm, SIZES, 1e-5, 5),
        ("keras-gru.npz", Maker::Keras, Cell::GruResetAfter, SIZES, 1e-5, 5),
        ("keras-gru-reset-before.npz", Maker::Keras, Cell::Gru, SIZES, 1e-5, 5),
        ("keras-gru-without-bias.npz", Maker::Keras, Cell::Gru, SIZES, 1e-5, 5),
        (
            "keras-gru-64.npz",
            Maker::Keras,
            Cell::GruResetAfter,
            Sizes { outputs: 3, ..SIZES },
            1e-7,
            5,
        ),
        ("keras-embedding.npz", Maker::Keras, Cell::Lstm, tokens(1), 1e-5, 5),
        (
            "keras-states.npz",
            Maker::Keras,
            Cell::GruResetAfter,
            Sizes { outputs: 4, ..SIZES },
            1e-5,
            5,
        ),
    ];
    for (name, maker, cell, sizes, within, steps) in all {
        let model = read(name).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!(model.maker(), maker, "{name}");
        assert_eq!(model.cells().collect::<Vec<_>>(), [cell], "{name}");
        assert_eq!(model.sizes(), sizes, "{name}");
        assert!(model.left().is_empty(), "{name}: {:?}", model.left());
        let Verdict::Agrees { steps: found, difference } = model.verdict() else {
            panic!("{name} was not checked")
        };
        assert_eq!(found, steps, "{name}");
        assert!(difference < within, "{name}: {difference}");
        assert_eq!(model.has_output(), name != "keras-states.npz", "{name}");
        assert_eq!(model.embedding().is_some(), name.contains("embedding"), "{name}");
        let words = ["a", "b", "c", "d", "e", "f"].map(str::to_owned);
        let answers = Answers { vocabulary: words.to_vec(), ..model.answers() };
        let trace = Trace::of(model.experiment(&answers).unwrap());
        assert_eq!(trace.steps(), steps - usize::from(answers.task == TaskKind::NextToken));
    }
}

#[test]
fn the_output_after_its_function_says_the_task() {
    let answers = |name| read(name).unwrap().answers();
    assert_eq!(answers("torch-gru-64.safetensors").task, TaskKind::Binary);
    assert_eq!(answers("keras-gru-64.npz").task, TaskKind::Classes);
    assert_eq!(answers("keras-states.npz").task, TaskKind::Values);
    let tokens = answers("torch-embedding.safetensors");
    assert_eq!((tokens.task, tokens.unit), (TaskKind::NextToken, StepUnit::Word));
    let experiment = read("torch-embedding.safetensors").unwrap().experiment(&tokens).unwrap();
    assert_eq!(experiment.settings().text, "the film was not good");
}

#[test]
fn names_in_wrappers_are_read_and_what_is_not_taken_is_said() {
    let model = read("torch-lstm-cell.safetensors").unwrap();
    assert_eq!(model.verdict(), Verdict::NotChecked);
    assert_eq!(model.taken().len(), 6);
    let left: Vec<&str> = model.left().iter().map(|tensor| tensor.name.as_str()).collect();
    assert_eq!(left, ["_orig_mod.module.norm.bias", "_orig_mod.module.norm.weight"]);
    let experiment = model.experiment(&model.answers()).unwrap();
    assert_eq!(experiment.settings().text, "1,0,0 0,0,0 0,0,0 0,0,0");
    assert_eq!(experiment.cell(), Cell::Lstm);
}

#[test]
fn what_is_not_shown_is_named() {
    let problem = |name: &str| read(name).unwrap_err().to_string();
    for (name, expected) in [
        (
            "torch-two-layers.safetensors",
            "there are several recurrent layers: rnn.weight_hh_l0, rnn.weight_hh_l1",
        ),
        ("torch-both-directions.safetensors", "rnn.bias_hh_l0_reverse reads backward"),
        ("torch-projection.safetensors", "rnn.weight_hr_l0 projects the state"),
        ("torch-weight-norm.safetensors", "rnn.weight_hh_l0_g is a part of a tensor"),
        (
            "torch-linear.safetensors",
            "no recurrent layer was found among a.bias, a.weight, b.bias, b.weight",
        ),
        ("torch.pt", "the file is a pickle; save the weights as safetensors"),
        (
            "keras-both-directions.npz",
            "sequential_10/bidirectional/backward_lstm_2/lstm_cell/recurrent_kernel reads backward",
        ),
        (
            "keras-two-layers.npz",
            "there are several recurrent layers: \
             sequential_11/lstm_3/lstm_cell/recurrent_kernel, \
             sequential_11/lstm_4/lstm_cell/recurrent_kernel",
        ),
        ("keras-unnamed.npz", "the arrays have no names; save them with names"),
    ] {
        assert_eq!(problem(name), expected, "{name}");
    }
    // Its unit is linear, which no cell here is.
    assert!(matches!(read("keras-linear-unit.npz"), Err(ModelError::CheckFailed { step: 1, .. })));
    let magic = |bytes: &[u8]| Model::read(bytes).unwrap_err();
    assert_eq!(magic(b"\x89HDF\r\n\x1a\n"), ModelError::Hdf5);
    assert_eq!(magic(b"\x80\x02}q\x00."), ModelError::Pickle);
    for nothing in [&b""[..], b"{}", b"PK", b"a text", &[0; 4096]] {
        assert_eq!(magic(nothing), ModelError::Unknown);
    }
}

type Part = (Dtype, Vec<usize>, Vec<u8>);

/// The tensors of a file, to be changed and written again.
fn parts(name: &str) -> BTreeMap<String, Part> {
    let bytes = bytes(name);
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let all = file.tensors().into_iter();
    all.map(|(name, view)| (name, (view.dtype(), view.shape().to_vec(), view.data().to_vec())))
        .collect()
}

fn written(parts: &BTreeMap<String, Part>) -> Vec<u8> {
    let views = parts.iter().map(|(name, (kind, shape, data))| {
        (name, TensorView::new(*kind, shape.clone(), data).unwrap())
    });
    serialize(views, None).unwrap()
}

fn floats(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

#[test]
fn the_check_refuses_gates_that_are_swapped_and_matrices_that_are_transposed() {
    for name in ["torch-lstm.safetensors", "torch-gru.safetensors"] {
        let whole = parts(name);
        assert!(Model::read(&written(&whole)).is_ok());
        let (_, shape, data) = &whole["rnn.weight_hh_l0"];
        let (blocks, block) = (shape[0] / shape[1], data.len() * shape[1] / shape[0]);
        for (one, other) in (0..blocks).flat_map(|one| (0..one).map(move |other| (one, other))) {
            let mut swapped = whole.clone();
            for (key, (_, _, data)) in &mut swapped {
                if key.starts_with("rnn.") {
                    let block = data.len() / blocks;
                    for at in 0..block {
                        data.swap(one * block + at, other * block + at);
                    }
                }
            }
            let read = Model::read(&written(&swapped));
            assert!(matches!(read, Err(ModelError::CheckFailed { .. })), "{name} {one} {other}");
        }
        let mut transposed = whole.clone();
        let recurrent = &mut transposed.get_mut("rnn.weight_hh_l0").unwrap().2;
        for begin in (0..recurrent.len()).step_by(block) {
            for (row, column) in (0..4).flat_map(|row| (0..row).map(move |column| (row, column))) {
                for byte in 0..4_usize {
                    let place = |row: usize, column: usize| begin + 4 * (4 * row + column) + byte;
                    recurrent.swap(place(row, column), place(column, row));
                }
            }
        }
        let read = Model::read(&written(&transposed));
        assert!(matches!(read, Err(ModelError::CheckFailed { .. })), "{name}");
    }
    // The two biases of n belong to different places.
    let mut added = parts("torch-gru.safetensors");
    let (input, state) = (added["rnn.bias_ih_l0"].2.clone(), added["rnn.bias_hh_l0"].2.clone());
    added.get_mut("rnn.bias_ih_l0").unwrap().2 = [&input[..32], &state[32..]].concat();
    added.get_mut("rnn.bias_hh_l0").unwrap().2 = [&state[..32], &input[32..]].concat();
    assert!(matches!(Model::read(&written(&added)), Err(ModelError::CheckFailed { .. })));
}

#[test]
fn what_does_not_fit_is_said_by_its_name() {
    let changed = |change: &dyn Fn(&mut BTreeMap<String, Part>)| {
        let mut all = parts("torch-tanh.safetensors");
        change(&mut all);
        Model::read(&written(&all)).unwrap_err()
    };
    let name = |name: &str| name.to_owned();
    let zeros = |shape: &[usize]| {
        let numbers = vec![0.5; shape.iter().product()];
        (Dtype::F32, shape.to_vec(), floats(&numbers))
    };
    assert_eq!(
        changed(&|all| drop(all.insert(name("rnn.bias_hh_l0"), zeros(&[5])))),
        ModelError::Shape { name: name("rnn.bias_hh_l0"), found: vec![5], expected: vec![4] }
    );
    assert_eq!(
        changed(&|all| drop(all.insert(name("rnn.weight_hh_l0"), zeros(&[8, 4])))),
        ModelError::Blocks { name: name("rnn.weight_hh_l0"), rows: 8, columns: 4 }
    );
    assert_eq!(
        changed(&|all| drop(all.remove("rnn.weight_ih_l0"))),
        ModelError::Missing { name: name("weight_ih_l0") }
    );
    assert_eq!(
        changed(&|all| drop(all.insert(name("attention.weight"), zeros(&[7, 4])))),
        ModelError::Outputs { names: vec![name("attention.weight"), name("head.weight")] }
    );
    assert_eq!(
        changed(&|all| all.get_mut("head.weight").unwrap().0 = Dtype::I32),
        ModelError::Kind { name: name("head.weight"), kind: name("I32") }
    );
    assert_eq!(
        changed(&|all| all.get_mut("head.bias").unwrap().2 = floats(&[f32::NAN, 0.0])),
        ModelError::Number { name: name("head.bias") }
    );
    let wide = UNITS.end() + 1;
    assert_eq!(
        changed(&|all| drop(all.insert(name("rnn.weight_hh_l0"), zeros(&[wide, wide])))),
        ModelError::TooMany { of: Side::Units, found: wide, most: wide - 1 }
    );
    assert_eq!(
        changed(&|all| drop(all.insert(name("tok_emb.weight"), zeros(&[1001, 3])))),
        ModelError::TooMany { of: Side::Inputs, found: 1001, most: 1000 }
    );
    assert_eq!(changed(&|all| drop(all.remove("unrolled.check.x"))), ModelError::CheckShape);
    assert_eq!(
        changed(&|all| drop(all.insert(name("unrolled.check.y"), zeros(&[4, 2])))),
        ModelError::CheckShape
    );
    assert_eq!(
        changed(&|all| {
            let bias = all["rnn.bias_hh_l0"].clone();
            all.insert(name("module.rnn.bias_hh_l0"), bias);
        }),
        ModelError::Repeated { name: name("rnn.bias_hh_l0") }
    );
}

#[test]
fn a_list_of_another_length_is_said() {
    let model = read("torch-embedding.safetensors").unwrap();
    let vocabulary = ["a", "b"].map(str::to_owned).to_vec();
    let problem = model.experiment(&Answers { vocabulary, ..model.answers() }).unwrap_err();
    assert_eq!(problem, ModelError::ListLength { of: Side::Inputs, found: 2, expected: 6 });
}

/// A file with this header and so many zeros.
fn with_header(header: &str, zeros: usize) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length[..], header.as_bytes(), &vec![0; zeros]].concat()
}

#[test]
fn a_file_that_claims_too_much_is_refused_before_anything_is_made_of_it() {
    let read = |header: &str, zeros| Model::read(&with_header(header, zeros)).unwrap_err();
    let tensor = |name: &str, shape: &str, from: u64, to: u64| {
        format!(r#""{name}":{{"dtype":"F32","shape":{shape},"data_offsets":[{from},{to}]}}"#)
    };
    let one = tensor("a", "[1]", 0, 4);
    let twice = format!("{{{one},{}}}", tensor("a", "[1]", 4, 8));
    assert_eq!(read(&twice, 8), ModelError::Repeated { name: "a".to_owned() });
    for (shape, to) in [
        ("[18446744073709551615,18446744073709551615]", 4),
        ("[4611686018427387904]", 4),
        ("[1000000000]", 4_000_000_000),
        ("[2]", 4),
        ("[-1]", 4),
    ] {
        assert_eq!(read(&format!("{{{}}}", tensor("a", shape, 0, to)), 4), ModelError::Damaged);
    }
    let mut long = with_header("{}", 0);
    long[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    assert_eq!(Model::read(&long), Err(ModelError::TooLarge));
    long[..8].copy_from_slice(&(1_u64 << 19).to_le_bytes());
    assert_eq!(Model::read(&long), Err(ModelError::Damaged));
    let name = tensor(&"a".repeat(600), "[1]", 0, 4);
    assert_eq!(read(&format!("{{{name}}}"), 4), ModelError::TooLarge);
    let deep = format!("{{\"a\":{}", "[".repeat(100_000));
    assert_eq!(read(&deep, 0), ModelError::Damaged);
}

#[test]
fn an_archive_that_claims_another_size_than_it_has_is_refused() {
    let whole = bytes("keras-gru-64.npz");
    // In the central directory, each entry begins with PK\1\2 and has its size at 24.
    let entry = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    for size in [0, 1, 100, 10_000, 1 << 30, u32::MAX - 1] {
        let mut changed = whole.clone();
        changed[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
        let problem = Model::read(&changed).unwrap_err();
        let expected = if size > 64 << 20 { ModelError::TooLarge } else { ModelError::Damaged };
        assert_eq!(problem, expected, "{size}");
    }
    let mut changed = whole.clone();
    changed[entry + 16] ^= 1;
    assert_eq!(Model::read(&changed), Err(ModelError::Damaged), "another checksum");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// A real file with bytes changed, cut or put in is read or refused, and never more than that.
    #[test]
    fn a_file_with_errors_does_no_harm(
        file in prop::sample::select(vec![
            "torch-gru.safetensors", "torch-embedding.safetensors", "torch-f16.safetensors",
            "keras-gru.npz", "keras-gru-64.npz", "keras-embedding.npz",
        ]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
        more in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = bytes(file);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            let at = cut.index(bytes.len());
            bytes.splice(at..at, more);
        }
        if let Ok(model) = Model::read(&bytes) {
            let vocabulary = vec!["a".to_owned(); model.sizes().inputs];
            let _ = model.experiment(&Answers { vocabulary, ..model.answers() });
        }
    }

    /// Any header in front of any bytes.
    #[test]
    fn any_header_does_no_harm(
        shape in prop::collection::vec(any::<u64>(), 0..4),
        offsets in any::<(u64, u64)>(),
        kind in prop::sample::select(vec!["F32", "F64", "F4", "I64", "BOOL", "X"]),
        zeros in 0_usize..64,
    ) {
        let (from, to) = offsets;
        let header = format!(
            r#"{{"weight_hh_l0":{{"dtype":"{kind}","shape":{shape:?},"data_offsets":[{from},{to}]}}}}"#
        );
        prop_assert!(Model::read(&with_header(&header, zeros)).is_err());
    }
}

#[test]
fn a_network_that_is_written_is_read_again_with_its_whole_experiment() {
    for cell in Cell::ALL {
        for (text, unit, task) in [
            ("the film was good", StepUnit::Word, Task::binary(true)),
            ("1,0.5 -1,0.25", StepUnit::Number, Task::classes(vec!["a".into(), "b".into()], 1)),
            ("hello", StepUnit::Character, Task::NextToken),
        ] {
            let settings = Settings { cell, seed: Some(5), ..Settings::new(text, unit, task) };
            let experiment = Experiment::new(settings).unwrap();
            let file = write(&experiment).unwrap();
            let model = Model::read(&file).unwrap();
            assert_eq!(model.maker(), Maker::Unrolled);
            assert!(model.is_complete() && model.left().is_empty());
            let agrees = Verdict::Agrees { steps: experiment.steps(), difference: 0.0 };
            assert_eq!(model.verdict(), agrees);
            let again = model.experiment(&model.answers()).unwrap();
            assert_eq!(again.weights(), experiment.weights());
            assert_eq!(again.settings().text, text);
            assert_eq!(again.settings().task, experiment.settings().task);
        }
    }
}
