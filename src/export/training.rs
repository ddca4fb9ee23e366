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
/// thousand; where the controls were changed on the way, with those changes.
///
/// It prints the loss of each update, before its step, and leaves them behind in `found`.
pub fn pytorch(learning: &Learning) -> String {
    let (data, network) = (learning.data(), learning.network());
    let (corpus, split) = (Arc::clone(data.corpus()), data.split().clone());
    let changes = learning.run().changes();
    let controls = changes.first().map_or_else(|| learning.controls(), |(_, first)| *first);
    let mut training = Training::new(corpus, split, network, controls);
    let lines = [
        sequences(learning),
        weights(&training, controls),
        network_lines(&training, changes),
        batches(&mut training, changes, learning.end().clamp(FEWEST, MOST)),
        updates(changes),
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
fn batches(training: &mut Training, changes: &[(usize, Controls)], updates: usize) -> Vec<String> {
    let batches = (0..updates).map(|made| {
        for (_, controls) in changes.iter().filter(|(since, _)| *since == made && made > 0) {
            training.set_controls(*controls);
        }
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
fn network_lines(training: &Training, changes: &[(usize, Controls)]) -> Vec<String> {
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
    let is_cut = changes.iter().any(|(_, controls)| controls.truncation.is_some());
    let answer = if is_cut {
        // Every loss goes back on its own, as far as it may.
        vec![
            "            first = max(s + 1 - window, 0)".to_owned(),
            "            state = [part.detach() for part in states[first]]".to_owned(),
            "            for t in range(first, s + 1):".to_owned(),
            "                state = step(X, t, *state)".to_owned(),
            format!("            h = state[{state}]"),
        ]
    } else {
        vec![format!("            h = states[s + 1][{state}]")]
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
fn updates(changes: &[(usize, Controls)]) -> Vec<String> {
    let has = |part: fn(&Controls) -> bool| changes.iter().any(|(_, controls)| part(controls));
    let (is_cut, is_clipped) =
        (has(|it| it.truncation.is_some()), has(|it| it.clip_norm.is_some()));
    // What the loop is told of, and what in the optimizer is set anew.
    let set = |controls: &Controls, before: Option<&Controls>| -> Vec<String> {
        let window = controls.truncation.map_or("10 ** 9".to_owned(), |steps| steps.to_string());
        let clip =
            controls.clip_norm.map_or("float(\"inf\")".to_owned(), |most| format!("{most:?}"));
        let optimizer = match before {
            Some(before) if before.optimizer != controls.optimizer => {
                Some(format!("optimizer = {}", optimizer(*controls)))
            }
            Some(before) if before.learning_rate.to_bits() != controls.learning_rate.to_bits() => {
                let rate = controls.learning_rate;
                Some(format!("optimizer.param_groups[0][\"lr\"] = {rate:?}"))
            }
            _ => None,
        };
        let lines = [
            is_cut.then(|| format!("window = {window}")),
            is_clipped.then(|| format!("clip = {clip}")),
            optimizer,
        ];
        lines.into_iter().flatten().collect()
    };
    let mut lines = vec!["found = []".to_owned()];
    lines.extend(changes.first().into_iter().flat_map(|(_, controls)| set(controls, None)));
    lines.push("for batch in batches:".to_owned());
    for pair in changes.windows(2) {
        let [(_, before), (since, after)] = pair else { continue };
        let what = set(after, Some(before));
        if !what.is_empty() {
            lines.push(format!("    if len(found) == {since}:"));
            lines.extend(what.into_iter().map(|line| format!("        {line}")));
        }
    }
    let clipping = [
        "    norm = torch.sqrt(sum((W.grad ** 2).sum() for W in weights))",
        "    for W in weights:",
        "        W.grad *= min(1.0, clip / norm)",
    ];
    let each = [
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
    let clipping = clipping.into_iter().filter(|_| is_clipped);
    lines.extend(each.into_iter().chain(clipping).chain(after).map(str::to_owned));
    lines
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
