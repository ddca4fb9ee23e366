//! Runs a recurrent network over a sentence and asks where its answer comes from; no training, no
//! page. `cargo run --package unrolled-rnn --example ask`.

use std::{error::Error, process::ExitCode};
use unrolled_rnn::{Experiment, Step, Trace, weights::norm};

/// An experiment as a file has it: the words, the question, the network.
const EXPERIMENT: &str = r#"{
    "format": "unrolled-experiment/1",
    "text": "the film was not good at all",
    "unit": "word",
    "task": { "kind": "binary", "target": 0 },
    "cell": "tanh",
    "hidden": 4,
    "seed": 1231
}"#;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let trace = Trace::of(Experiment::from_json(EXPERIMENT)?);

    // How sure is the network of "yes", and how wrong is that?
    let answer = trace.output().answers[[0, 0]];
    println!("P(yes) = {answer:.3}, loss = {:.3}", trace.loss());

    // How much of the loss arrives at each word, and what does the word add to the gradient?
    println!("\n{:<6} {:>9} {:>13}", "word", "‖∂L/∂H‖", "contribution");
    for (step, word) in Step::all(trace.steps()).zip(trace.experiment().sequence().tokens()) {
        let arrived = norm(trace.state_error(step).iter().copied());
        println!("{word:<6} {arrived:>9.4} {:>13.4}", trace.contribution(step).norm());
    }

    // Would a step down the gradient help?
    let next = Trace::of(trace.updated()?);
    println!("\nloss after one update = {:.3}", next.loss());
    Ok(())
}
