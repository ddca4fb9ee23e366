//! English.

use super::{
    LaneWords, Words,
    numbers::{exact, size},
};
use crate::{
    figure::Lane,
    rnn::{ExperimentError, Step, TextError, Trace, tokens, weights},
    session::{Moment, Playback},
};

/// The sentences in English.
pub const WORDS: Words = Words {
    language_name: "English",
    language: "Language",
    tagline: "Step a recurrent network through time, then watch its gradients travel back.",
    first_text: "the film was not good at all",
    first_seed: 1231,
    dark_theme: "Dark page",
    light_theme: "Light page",

    experiment: "Experiment",
    sequence: "Sequence",
    unit: "One step is a",
    word: "word",
    character: "character",
    target: "Target y",
    cells: "Cells",
    fewer_cells: "Fewer cells",
    more_cells: "More cells",
    spectral_radius: "Spectral radius of W₁ₕ",
    seed: "Seed of the weights",
    next_seed: "Next seed",
    problem,
    last_run_stays: "Below is still the last run that worked.",

    score: "Score",
    time_step: "Time step",
    output: "output",
    loss: "loss",
    sum_of_steps: |first, last| {
        if first == last {
            format!("sum: step {first}")
        } else {
            format!("sum: steps {first}–{last}")
        }
    },
    sum_not_begun: "the sum is empty",
    lane,
    numbers_as_table: "Table",
    cell: |number| format!("cell {number}"),
    sum: "sum",
    scale: "colour scale",

    moment_title,
    moment_story,
    moment_of: |number, count| format!("{number} of {count}"),
    rule: "Rule",
    present_moment: "Present moment",

    transport: "Transport",
    go_to_start: "Go to start",
    step_back: "Step back",
    play: |playback| match playback {
        Playback::Playing => "Pause",
        Playback::Paused | Playback::Stepping => "Play",
    },
    step_forward: "Step forward",
    go_to_end: "Go to end",
    timeline: "Timeline",
    speed: "Speed",
    update: "Update",
    update_note: "Take one step down the gradient, then begin the next pass",
    updates: |count| if count == 1 { "1 update".to_owned() } else { format!("{count} updates") },
    forward: "Forward",
    backward: "Backward",
};

fn lane(lane: Lane) -> LaneWords {
    let (name, note) = match lane {
        Lane::Hidden => ("Hidden state H", "tanh(X·W₁ₓ + Hₚ·W₁ₕ + b₁)"),
        Lane::Error => ("Error ∂L/∂Z₁", "∂L/∂H ⊙ (1 − H²)"),
        Lane::HiddenError => ("∂L/∂H", "heat map: time × cell"),
        Lane::Norm => ("‖∂L/∂H‖", "how much reaches each step"),
        Lane::Contribution => ("∂L/∂W₁ₕ, step by step", "Hₚᵀ · ∂L/∂Z₁ at each t, and their sum"),
    };
    LaneWords { name, note }
}

fn token(trace: &Trace, step: Step) -> &str {
    trace.experiment.sequence().tokens().get(step.index()).map_or("", String::as_str)
}

fn moment_title(moment: Moment, trace: &Trace) -> String {
    match moment {
        Moment::Forward(step) => {
            format!("Forward · step {}, “{}”", step.number(), token(trace, step))
        }
        Moment::Output => "Forward · the output".to_owned(),
        Moment::Loss => "Forward · the loss".to_owned(),
        Moment::BackwardOutput => "Backward · the output layer".to_owned(),
        Moment::Backward(step) => {
            format!("Backward · step {}, “{}”", step.number(), token(trace, step))
        }
        Moment::Update => "Update · one step down the gradient".to_owned(),
    }
}

fn moment_story(moment: Moment, trace: &Trace) -> String {
    let (forward, backward) = (&trace.forward, &trace.backward);
    match moment {
        Moment::Forward(Step::FIRST) => {
            "The first token enters. There is no earlier state, so the cells hear the token alone."
                .to_owned()
        }
        Moment::Forward(step) => format!(
            "The cells mix the token with the state of step {}, and tanh keeps the result between \
             −1 and 1. The same weights serve at every step.",
            step.number() - 1
        ),
        Moment::Output => format!(
            "The last state holds what the network remembers of the whole sequence. One weighted \
             sum and a sigmoid turn it into the answer {}.",
            size(forward.probabilities[[0, 0]])
        ),
        Moment::Loss => format!(
            "The answer is compared with the target {}. The further off it is, the larger the \
             loss: here {}.",
            trace.experiment.target(Step::from_index(trace.steps() - 1)),
            size(forward.loss())
        ),
        Moment::BackwardOutput => format!(
            "The way back begins. At the output the error is the answer minus the target, {}. It \
             gives the gradients of W₂ and b₂ at once.",
            exact(backward.d_logits[[0, 0]])
        ),
        Moment::Backward(step) => {
            let norm =
                |step: Step| weights::norm(backward.d_hidden.row(step.index()).iter().copied());
            let arrives = if step.number() == trace.steps() {
                format!(
                    "The error arrives from the output through W₂ᵀ: ‖∂L/∂H‖ = {}.",
                    size(norm(step))
                )
            } else {
                format!(
                    "The error arrives from step {} through W₁ₕᵀ: ‖∂L/∂H‖ = {}, {} times that of \
                     step {0}.",
                    step.number() + 1,
                    size(norm(step)),
                    size(norm(step) / norm(step.next())),
                )
            };
            let adds = if step == Step::FIRST {
                "No state came before this step, so it adds nothing to ∂L/∂W₁ₕ."
            } else {
                "Times the state before it, it is this step's term of ∂L/∂W₁ₕ."
            };
            format!("{arrives} {adds}")
        }
        Moment::Update => format!(
            "Every weight moves against its gradient, {} times as far. The gradient is {} long over \
             all five tensors.",
            trace.experiment.learning_rate(),
            size(trace.backward.gradient.norm())
        ),
    }
}

fn problem(problem: &ExperimentError) -> String {
    match problem {
        ExperimentError::Text(text) => match text {
            TextError::Empty => "Type at least one token.".to_owned(),
            TextError::NothingToPredict => {
                "One token has no next token to predict. Type at least two.".to_owned()
            }
            TextError::TooLong => {
                "This text is too long to read. Shorten it to a few sentences.".to_owned()
            }
            TextError::TooManyTokens => format!(
                "At most {} steps fit on the page. Shorten the text, or take words as steps.",
                tokens::MOST_TOKENS
            ),
            TextError::ControlCharacter { code, position } => {
                format!("Character {position} is the control character U+{code:04X}. Remove it.")
            }
            TextError::LoneModifier { code, position } => format!(
                "Character {position} (U+{code:04X}) only changes the character before it, and \
                 there is none. Type that character first, or remove this one."
            ),
            TextError::UnknownToken { token } => {
                format!("“{token}” is not in the vocabulary that was given. Use another token.")
            }
        },
        ExperimentError::Overflow | ExperimentError::OutOfRange { .. } => {
            format!("This would make a number too large: {problem}. Choose a smaller one.")
        }
        other => format!("This is no experiment: {other}."),
    }
}
