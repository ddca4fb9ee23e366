//! A training as a program in `PyTorch`: from the same initial weights, with the same minibatches.

use super::program::{in_torch, matrices, quoted};
use crate::{
    rnn::{
        Parameter,
        train::{Asked, Controls, Example, Optimizer, Target, Training},
    },
    training::Learning,
};
use std::sync::Arc;

/// The fewest updates that the program makes.
const FEWEST: usize = 10;

/// The most: each has its minibatch in the program.
const MOST: usize = 1000;

/// A list of numbers for each step, as Python has it.
fn inputs(example: &Example, d: usize) -> String {
    let places = example.places().get(..example.steps()).unwrap_or_default();
    if places.is_empty() {
        let rows = (0..example.steps()).map(|step| {
            let mut row = vec![0.0; d];
            for &(at, number) in example.inputs().at(step) {
                row[at] = number;
            }
            row
        });
        format!("{:?}", rows.collect::<Vec<_>>())
    } else {
        format!("{places:?}")
    }
}

/// The target of each step, or `None`.
fn targets(example: &Example, _: usize) -> String {
    let all = example.targets().iter().map(|target| match target {
        None => "None".to_owned(),
        Some(Target::Place(place)) => place.to_string(),
        Some(Target::Numbers(numbers)) => format!("{numbers:?}"),
    });
    format!("[{}]", all.collect::<Vec<_>>().join(", "))
}

/// The program of `learning`, with as many updates as have been made, but at least ten and at most a
/// thousand; with the settings on show from the first update on.
///
/// It prints the loss of each update, before its step, and leaves them behind in `found`.
pub fn pytorch(learning: &Learning) -> String {
    let (data, network, controls) = (learning.data(), learning.network(), learning.controls());
    let (corpus, split) = (Arc::clone(data.corpus()), data.split().clone());
    let mut training = Training::new(corpus, split, network, controls);
    let lines = [
        sequences(learning),
        weights(&training, controls),
        network_lines(&training, controls),
        batches(&mut training, learning.end().clamp(FEWEST, MOST)),
        updates(controls),
    ];
    let head = "import torch\nimport torch.nn.functional as functional\n\n\
                torch.set_default_dtype(torch.float64)\n\n";
    head.to_owned() + &lines.concat().join("\n") + "\n"
}

/// What the network reads and is to predict.
fn sequences(learning: &Learning) -> Vec<String> {
    let corpus = learning.data().corpus();
    let d = corpus.inputs().len();
    let mut lines = Vec::new();
    if !corpus.vocabulary().is_empty() {
        lines.push(format!("vocabulary = {}", quoted(corpus.vocabulary())));
    }
    for (name, write) in
        [("sequences", &inputs as &dyn Fn(&Example, usize) -> String), ("targets", &targets)]
    {
        lines.push(format!("{name} = ["));
        lines.extend(corpus.examples().iter().map(|example| format!("    {},", write(example, d))));
        lines.push("]".to_owned());
    }
    lines
}

/// The minibatches, as places in the sequences.
fn batches(training: &mut Training, updates: usize) -> Vec<String> {
    let batches = (0..updates).map(|_| {
        let batch = training.next_batch();
        training.update();
        format!("    {batch:?},")
    });
    let batches: Vec<String> = batches.collect();
    [vec!["batches = [".to_owned()], batches, vec!["]".to_owned()]].concat()
}

/// The sizes, the initial weights, and what updates them.
fn weights(training: &Training, controls: Controls) -> Vec<String> {
    let start = training.weights();
    let sizes = start.sizes();
    let names: Vec<String> = start.parameters().map(Parameter::name).collect();
    let mut lines = vec![format!("d, n, k = {}, {}, {}", sizes.inputs, sizes.units, sizes.outputs)];
    lines.extend(matrices(start, "torch.tensor"));
    lines.push(format!("weights = [{}]", names.join(", ")));
    lines.extend(["for W in weights:", "    W.requires_grad_()"].map(str::to_owned));
    lines.push(format!("optimizer = {}", optimizer(controls)));
    lines
}

/// One step of the network, and the losses of a sequence.
fn network_lines(training: &Training, controls: Controls) -> Vec<String> {
    let recipe = training.network().cell.recipe();
    let carried: Vec<String> = recipe.carried().iter().map(|of| of.field()).collect();
    let state = carried.iter().position(|of| of == "h").unwrap_or_default();
    // A tuple, of one as well.
    let all = format!("{},", carried.join(", "));
    let equations = recipe.equations.iter().map(|equation| {
        let rule = equation.rule().in_python("torch", &in_torch);
        format!("    {} = {rule}", equation.of.field())
    });
    let equations: Vec<String> = equations.collect();
    let corpus = training.corpus();
    let read = if corpus.vocabulary().is_empty() { "torch.tensor(x)" } else { "torch.eye(d)[x]" };
    let loss = match corpus.asked() {
        Asked::Binary => {
            "functional.binary_cross_entropy_with_logits(z, torch.tensor([float(target)]))"
        }
        Asked::Classes { .. } | Asked::NextToken => {
            "functional.cross_entropy(z[None], torch.tensor([target]))"
        }
        Asked::Values { .. } => "((z - torch.tensor(target)) ** 2).sum() / 2",
    };
    let answer = match controls.truncation {
        None => vec![format!("            h = states[s + 1][{state}]")],
        // Every loss goes back on its own, as far as it may.
        Some(window) => vec![
            format!("            first = max(s + 1 - {window}, 0)"),
            "            state = [part.detach() for part in states[first]]".to_owned(),
            "            for t in range(first, s + 1):".to_owned(),
            "                state = step(X, t, *state)".to_owned(),
            format!("            h = state[{state}]"),
        ],
    };
    [
        vec![String::new(), format!("def step(X, t, {}):", carried.join(", "))],
        equations,
        vec![
            format!("    return ({all})"),
            String::new(),
            "def losses(x, y):".to_owned(),
            format!("    X = {read}"),
            format!("    states = [[torch.zeros(n)] * {}]", carried.len()),
            "    for t in range(len(x)):".to_owned(),
            "        states.append(step(X, t, *states[t]))".to_owned(),
            "    for s, target in enumerate(y):".to_owned(),
            "        if target is not None:".to_owned(),
        ],
        answer,
        vec![
            "            z = h @ W2 + b2".to_owned(),
            format!("            yield {loss}"),
            String::new(),
        ],
    ]
    .concat()
}

/// The loop over the minibatches.
fn updates(controls: Controls) -> Vec<String> {
    let clip = controls.clip_norm.map(|most| {
        format!(
            "    norm = torch.sqrt(sum((W.grad ** 2).sum() for W in weights))\n    \
             for W in weights:\n        W.grad *= {most:?} / max({most:?}, norm)"
        )
    });
    let before = [
        "found = []",
        "for batch in batches:",
        "    optimizer.zero_grad()",
        "    each = [loss for at in batch for loss in losses(sequences[at], targets[at])]",
        "    loss = sum(each) / len(each)",
        "    loss.backward()",
    ];
    let after = [
        "    optimizer.step()",
        "    found.append(loss.item())",
        "    print(len(found), found[-1])",
    ];
    let lines = before.into_iter().map(str::to_owned).chain(clip);
    lines.chain(after.into_iter().map(str::to_owned)).collect()
}

/// The optimizer as `PyTorch` has it.
fn optimizer(controls: Controls) -> String {
    let rate = controls.learning_rate;
    match controls.optimizer {
        Optimizer::Sgd => format!("torch.optim.SGD(weights, lr={rate:?})"),
        Optimizer::Momentum { momentum } => {
            format!("torch.optim.SGD(weights, lr={rate:?}, momentum={momentum:?})")
        }
        Optimizer::Adam { beta1, beta2, epsilon } => format!(
            "torch.optim.Adam(weights, lr={rate:?}, betas=({beta1:?}, {beta2:?}), eps={epsilon:?})"
        ),
    }
}
