//! English.

use super::{
    ChainWords, Example, LabWords, LaneWords, LessonWords, ShareWords, TakeWords, Words,
    numbers::{self, exact, size},
};
use crate::{
    figure::{ChainLane, Lane},
    rnn::{
        Bug, Cause, ExperimentError, Link, NoRatio, Norm, Parameter, Place, Silence, Step, Task,
        TextError, Trace, ratio, tokens, weights,
    },
    session::{Moment, Playback, Quantity, Spot, View},
};
use ndarray::Array2;

/// The sentences in English.
pub const WORDS: Words = Words {
    language_name: "English",
    language: "Language",
    tagline: "Step a recurrent network through time, then watch its gradients travel back.",
    first_text: "the film was not good at all",
    first_seed: 1231,
    long_text: "the film began well but in the end it was not good at all",
    letters_text: "hello hello!",
    dark_theme: "Dark page",
    light_theme: "Light page",

    views: "Views",
    view: |view| match view {
        View::Score => "Explore",
        View::Lesson => "Lesson",
        View::Chain => "Chain",
        View::Laboratory => "Laboratory",
    },
    chain: ChainWords {
        name: "Chain of Jacobians",
        lane: chain_lane,
        expansion: LaneWords {
            name: "∂L/∂W₁ₕ, term by term",
            note: "∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·J + …, times the last error; grey has faded",
        },
        both: "whole product",
        by_weights: "W₁ₕ alone",
        by_saturation: "saturation",
        reason: chain_reason,
    },
    lab: LabWords {
        name: "Laboratory",
        tensor: "Weight of",
        row: "row",
        column: "column",
        check: "Check the gradient",
        check_note: "Move one weight by ε to either side and run the network again. The slope between \
                     the outer points should be the tangent that backpropagation computed. A large ε \
                     errs by the bend of the curve, a tiny one by rounding.",
        program: "Program",
        right_program: "this page’s",
        broken: "broken:",
        bug: |bug| match bug {
            Bug::MissingTranspose => "W₁ₕ without its transpose",
            Bug::MissingSlope => "no 1 − H²",
            Bug::NextErrorForgotten => "nothing comes from the next step",
            Bug::NoSumOverTime => "terms replaced, not added",
            Bug::LastInput => "the last X in every term",
        },
        curve: "The loss around this weight, with its tangent",
        relative_error: "relative error",
        check_all: "Check all weights",
        agreeing: |agreeing, done, all| {
            if done < all {
                format!("{done} of {all} checked …")
            } else {
                format!("{agreeing} of {all} agree.")
            }
        },
        worst: "Furthest off, gradient / slope:",
        untie: "Untie the steps",
        untie_note: |place, trace| {
            format!(
                "Every step uses the same {}, {}. Give each step a copy of its own and drag one: the \
                 loss feels it through that step’s term.",
                place.parameter.letter(),
                self::place(place, trace)
            )
        },
        copy_of_weight: "its copy",
        its_term: "∂L/∂copy",
        sum_of_terms: "tied again: the sum",
        loss_tied: "loss, tied",
        loss_untied: "loss, untied",
        loss_by_terms: "as the terms predict",
        tie: "Tie again",
        shorten: "Truncate and clip",
        shorten_note: "Truncation lets a loss reach back only so many steps; what is crossed out is \
                       dropped from ∂L/∂W₁ₕ. Clipping shortens a long gradient and keeps its direction.",
        window: |window, steps| {
            if window == steps {
                format!("A loss reaches back all {steps} steps")
            } else {
                format!("A loss reaches back w = {window} of {steps} steps")
            }
        },
        reach: "What each loss gives by way of each step",
        dropped: "terms dropped",
        cosine: "cosine to the whole gradient",
        length_kept: "its length, of the whole",
        clip: |threshold| match threshold {
            Some(threshold) => format!("Clip at c = {}", size(threshold)),
            None => "Clip: not at all".to_owned(),
        },
        norm: "Norm of the gradient",
        norm_against: |norm, threshold| match threshold {
            _ if !norm.is_finite() => {
                "‖g‖ has overflowed: it is past the largest number there is, about 1.8e308."
                    .to_owned()
            }
            Some(_) if norm == 0.0 => "‖g‖ = 0, nothing to shorten".to_owned(),
            Some(threshold) if norm > threshold => {
                format!("‖g‖ = {}, shortened to {}", size(norm), size(threshold))
            }
            Some(_) => format!("‖g‖ = {}, short enough", size(norm)),
            None => format!("‖g‖ = {}", size(norm)),
        },
        loss_now: "loss now",
        loss_predicted: "after an update, as the slope predicts",
        loss_with: "after an update, as set",
        loss_without: "after one by the whole gradient",
        overflow: "– (past the largest number there is)",
    },
    lesson: LessonWords {
        name: "Lesson",
        chapter: |number| format!("Chapter {number}"),
        screen: |screen, of| format!("screen {screen} of {of}"),
        contents: "All chapters",
        seen: |seen, of| match seen {
            0 => format!("{of} screens"),
            _ => format!("{seen} of {of} seen"),
        },
        forget: "Forget my progress",
        forget_note: "Which screens you saw and what you answered is kept on this device only.",
        back: "Back",
        next: "Next",
        next_chapter: "Next chapter",
        finished: "This was the last screen. The score is yours: take any text in Explore.",
        question: "Predict",
        larger_or_smaller: ["larger", "smaller"],
        positive_or_negative: ["positive", "negative"],
        step: |step, token| format!("step {step}, “{token}”"),
        your_answer: "Your answer",
        answer: "Answer",
        no_number: "That is no number. Write it like 0.5 or -1.2.",
        you_said: |answer| format!("You said: {answer}."),
        right: "Right.",
        wrong: "It is not so.",
        off_by: |off| format!("Close enough, off by {}.", size(off)),
        again: "Answer again",
        task: "Your turn",
        done: "Done: the page sees it.",
        reached: |reached| if reached { "reached" } else { "not reached yet" },
        hint: "A hint",
        show_one_way: "Show one way",
        changed: "The experiment is not the one that this screen speaks of.",
        put_back: "Put it back",
        answer_first: "Answer first; then time goes on.",
        program: "The program against the loss",
        program_norm: "its length",
        measured_norm: "true length",
        difference: "difference",
        guessed: "by your guess",
    },
    share: ShareWords {
        link: "Link to what is on show",
        embed: "Embed it in a page",
        embed_note: "Choose what your learners see and may change, and paste this into your page.",
        way: "As",
        only: "Show alone",
        all: "the whole page",
        hide: "Hide",
        lock: "Fix",
        part: |name| match name {
            "header" => "header",
            "setup" => "controls",
            "explanation" => "explanation",
            "weights" => "weights",
            "transport" => "transport",
            "tables" => "tables",
            "score" => "score",
            "chain" => "chain",
            "laboratory" => "laboratory",
            "hidden" => "hidden state",
            "output" => "outputs",
            "error" => "error",
            "heat-map" => "heat map ∂L/∂H",
            "norm" => "‖∂L/∂H‖",
            "contribution" => "contributions",
            "text" => "text",
            "task" => "question and target",
            "cells" => "cells",
            "start" => "seed and radius",
            "learning" => "learning",
            "play" => "start playing",
            _ => "",
        },
        preview: "Preview",
    },
    take: TakeWords {
        button: "Take along",
        close: "Close",
        open: "Open an experiment from a file (or drop one on the page)",
        download: "Save",
        programs: "This run as a program",
        programs_note: "Each holds this run’s data and computes every number on the page.",
        files: "Files",
        experiment: "Experiment (JSON)",
        trace: "Trace, all numbers (JSON)",
        figures: "Tables and pictures",
    },
    examples: "Example",
    choose: "choose …",
    example: |example| match example {
        Example::First => "A film review",
        Example::NextLetter => "Predict the next letter",
        Example::SmallWeights => "Vanishing: small W₁ₕ",
        Example::Saturated => "Vanishing: saturated tanh",
        Example::Exploding => "Exploding",
    },

    experiment: "Experiment",
    sequence: "Sequence",
    unit: "One step is a",
    word: "word",
    character: "character",
    task: "Question",
    binary: "yes or no",
    classes: "which label",
    next_token: "next token",
    labels: "Labels, by comma",
    first_labels: ["negative", "neutral", "positive"],
    target: "Target y",
    cells: "Cells",
    fewer_cells: "Fewer cells",
    more_cells: "More cells",
    spectral_radius: "Spectral radius of W₁ₕ",
    seed: "Seed of the weights",
    next_seed: "Next seed",
    undo: "Undo",
    redo: "Redo",
    rewind: "Back to the start weights",
    problem,
    address_too_long: "The address of this page is too long to read, so the page begins anew. Ask for the link again.",
    address_value: |key, value| {
        format!(
            "In the address, “{value}” is no value of {key}. It was left out; correct it, or ask for the link again."
        )
    },
    address_experiment: |key, problem| format!("The link’s “{key}” was ignored: {problem}"),
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
    bag: "as a bag",
    bag_note: "What a model answers that sums the words before one tanh: their order cannot matter",
    weights: "Weights",
    weights_note: "Point at a weight to read it, press it to change it.",
    weight: "Value of the weight",
    move_token: "drag it, or press Alt and an arrow, to move it",
    fold: |folded| if folded { "Show this lane" } else { "Fold this lane away" },
    contributions_to: "Contributions to",
    losses_together: "all steps together",
    spot,
    place,
    lane,
    numbers_as_table: "Table",
    cell: |number| format!("cell {number}"),
    sum: "sum",
    logarithmic: "Logarithmic colours: show what has faded",
    scale: "colour scale",

    moment_title,
    moment_story,
    moment_of: |number, count| format!("{number} of {count}"),
    rule: "Rule",
    origin: "Where the number comes from",
    this_number: "Asked:",
    for_example: "For example:",
    given: "It is given, not computed:",
    products: "Down to the last product",
    remark_title: "What printed notes say",
    remark: |quantity| match quantity {
        Quantity::PreActivation => Some(
            "Notes write X·W₁ₓ + Hₚ·W₁ₕ + b₁, with Hₚ for the state of the step before. It is the \
             same; here every letter carries its time step.",
        ),
        Quantity::Error => Some(
            "Notes write W₁ₕ ⊙ (1 − H²) for one step back. “⊙” there stands for the product with \
             a diagonal matrix: each column of W₁ₕ is multiplied by its cell’s own 1 − H². Here the \
             error has already come through W₁ₕᵀ, and ⊙ multiplies cell by cell.",
        ),
        Quantity::HiddenError => Some(
            "The error goes back through the transpose W₁ₕᵀ: what went from cell i to cell j comes \
             back from j to i. A program that leaves the transpose out runs, and is wrong.",
        ),
        Quantity::Term(Parameter::W1x) | Quantity::Gradient(Parameter::W1x) => Some(
            "Printed notes sometimes repeat the last X in every term. In truth each step’s term has \
             that step’s own X: the row of its own token.",
        ),
        Quantity::Term(Parameter::W1h) | Quantity::Gradient(Parameter::W1h) => Some(
            "Notes write ∂Z₁/∂W₁ₕ = Hₚ + Hₚₚ·W₁ₕ ⊙ (1 − Hₚ²) + …. Each of those terms is one step \
             here: the state before it, times the error that has come back to it.",
        ),
        Quantity::Jacobian | Quantity::Chain => {
            Some("W₁ₕ ⊙ (1 − H²) in notes is this matrix: W₁ₕ times a diagonal matrix.")
        }
        _ => None,
    },
    in_numpy: "In NumPy",
    copy: "Copy",
    copied: "Copied",
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

    said_locked: "Locked here: this page lets you look, and not change that.",
    weights_dropped: "The given or trained weights were replaced by new initial weights. Undo brings them back.",
    unreadable: "This could not be read as one text file. Choose or drop a single experiment file (JSON).",
    one_token: "This is one token. Do you want characters as time steps?",
    take_characters: "Use characters",
    copy_refused: "Not allowed: press Ctrl+C",
    address_twice: "The link has settings both after ? and after #. Only those after # were used.",
    link_long: "This link is very long, and some platforms cut links after about 2,000 characters. To be safe, save the experiment as a file and send that.",
    real_radius: |real, start| format!("{} (initial {start:.2})", size(real)),
    address_unknown: |key, nearest| match nearest {
        Some(nearest) => format!(
            "The link contains “{key}”, which is not a setting. It was ignored. Did you mean “{nearest}”?"
        ),
        None => format!("The link contains “{key}”, which is not a setting. It was ignored."),
    },
    address_repeated: |key| {
        format!("The link contains “{key}” more than once. Only the first one was used.")
    },
    address_unused: |key, beside| {
        format!("“{key}” has no effect together with “{beside}” and was ignored.")
    },
    address_beyond: |key, value| {
        format!(
            "The link points at {key} = “{value}”, which this sequence and network do not have."
        )
    },
    address_no_spaces: |sign| {
        format!(
            "The text of the link is one word with “{sign}” in it. If spaces are meant, write + (not %2B) between words in the link."
        )
    },
    silence,
    no_ratio: |reason| match reason {
        NoRatio::BothZero => "– (both are 0)",
        NoRatio::ByZero => "– (one of them is 0)",
        NoRatio::Beyond => "– (a number too large or too small to compute with)",
    },
};

fn spot(spot: Spot, trace: &Trace) -> String {
    let output = |output: usize| match trace.experiment.outputs().get(output) {
        Some(name) if !name.is_empty() => format!(" of “{name}”"),
        _ => String::new(),
    };
    match spot {
        Spot::PreActivation { step, cell } => {
            format!("Z₁, step {}, cell {}", step.number(), cell + 1)
        }
        Spot::Logit { step, output: at } => format!("Z₂{}, step {}", output(at), step.number()),
        Spot::Loss { step } => format!("L, step {}", step.number()),
        Spot::Updated(at) => format!("New {}, {}", at.parameter.letter(), place(at, trace)),
        Spot::Jacobian { step, row, column } => {
            format!("J, step {}, cell {} → cell {}", step.number(), row + 1, column + 1)
        }
        Spot::Chain { from, to, row, column } => format!(
            "∂H/∂H, step {} → step {}, cell {} → cell {}",
            from.number(),
            to.number(),
            row + 1,
            column + 1
        ),
        Spot::State { step, cell } => format!("H, step {}, cell {}", step.number(), cell + 1),
        Spot::Output { step, output: at } => format!("A₂{}, step {}", output(at), step.number()),
        Spot::OutputError { step, output: at } => {
            format!("∂L/∂Z₂{}, step {}", output(at), step.number())
        }
        Spot::Error { step, cell } => format!("∂L/∂Z₁, step {}, cell {}", step.number(), cell + 1),
        Spot::HiddenError { step, cell } => {
            format!("∂L/∂H, step {}, cell {}", step.number(), cell + 1)
        }
        Spot::Norm { step } => format!("‖∂L/∂H‖, step {}", step.number()),
        Spot::Term { step, place: at } => format!(
            "Term of step {} in ∂L/∂{}, {}",
            step.number(),
            at.parameter.letter(),
            place(at, trace)
        ),
        Spot::Gradient(at) => format!("∂L/∂{}, {}", at.parameter.letter(), place(at, trace)),
        Spot::Weight(at) => format!("{}, {}", at.parameter.letter(), place(at, trace)),
    }
}

fn place(place: Place, trace: &Trace) -> String {
    let Place { parameter, row, column } = place;
    let output = || match trace.experiment.outputs().get(column) {
        Some(name) if !name.is_empty() => format!("“{name}”"),
        _ => "output".to_owned(),
    };
    match parameter {
        Parameter::W1x => {
            let token = trace.experiment.sequence().names().get(row);
            format!("“{}” → cell {}", token.map_or("", String::as_str), column + 1)
        }
        Parameter::W1h => format!("cell {} → cell {}", row + 1, column + 1),
        Parameter::B1 => format!("cell {}", column + 1),
        Parameter::W2 => format!("cell {} → {}", row + 1, output()),
        Parameter::B2 => output(),
    }
}

fn lane(lane: Lane, parameter: Parameter) -> LaneWords {
    let (name, note) = match lane {
        Lane::Output => ("Output A₂", "softmax(H·W₂ + b₂), each step’s own loss"),
        Lane::Hidden => ("Hidden state H", "tanh(X·W₁ₓ + Hₚ·W₁ₕ + b₁)"),
        Lane::Error => ("Error ∂L/∂Z₁", "∂L/∂H ⊙ (1 − H²)"),
        Lane::HiddenError => ("∂L/∂H", "heat map: time × cell"),
        Lane::Norm => ("‖∂L/∂H‖", "how much reaches each step"),
        Lane::Contribution => match parameter {
            Parameter::W1x => ("∂L/∂W₁ₓ, step by step", "Xᵀ · ∂L/∂Z₁ at each t, and their sum"),
            Parameter::B1 => ("∂L/∂b₁, step by step", "∂L/∂Z₁ at each t, and their sum"),
            _ => ("∂L/∂W₁ₕ, step by step", "Hₚᵀ · ∂L/∂Z₁ at each t, and their sum"),
        },
    };
    LaneWords { name, note }
}

fn chain_lane(lane: ChainLane) -> LaneWords {
    let (name, note) = match lane {
        ChainLane::Jacobian => ("Jacobian Jₜ", "∂H/∂Hₚ = W₁ₕ diag(1 − H²): one step’s own matrix"),
        ChainLane::Product => {
            ("Product of all later J", "how this state moves the last one; below it its norm")
        }
        ChainLane::Norm => {
            ("Its norm, by powers of ten", "what W₁ₕ does and what saturation does: they multiply")
        }
        ChainLane::Triangle => {
            ("Loss step × cell step", "how much each loss gives to ∂L/∂W₁ₕ by way of each step")
        }
    };
    LaneWords { name, note }
}

fn chain_reason(link: Option<&Link>, trace: &Trace) -> String {
    let Some(link) = link.filter(|_| trace.steps() > 1) else {
        return "One step has no chain: type a second token.".to_owned();
    };
    let steps = trace.steps();
    let alone = numbers::norm(link.norm_of_weights);
    let weights_alone = match link.norm_of_weights {
        Norm::Log(_) => format!(" W₁ₕ alone would make the norm {alone}."),
        Norm::Zero(_) => String::new(),
    };
    let reason = match (link.norm, link.norm_of_weights, link.norm_of_saturation()) {
        (Norm::Zero(cause), ..) => format!(
            "From step {steps} back to step 1 nothing of an error is left: the product is exactly 0, \
             because {}.{weights_alone}",
            match cause {
                Cause::Weights { power } => format!("{} is 0", power_of_weights(power)),
                Cause::Saturation { step } => format!(
                    "every unit of step {} through which it could pass is saturated exactly: H = ±1, \
                     so 1 − H² = 0",
                    step.number()
                ),
                Cause::Together { step } =>
                    format!("at step {} W₁ₕ and 1 − H² together let nothing through", step.number()),
            }
        ),
        (Norm::Log(both), Norm::Log(weights), Some(saturation)) => {
            let sizes = format!(
                "From step {steps} back to step 1 an error can keep at most {} of its length: W₁ₕ alone \
                 would make it {alone}, saturation (1 − H² below 1) another {}.",
                numbers::norm(link.norm),
                numbers::norm(saturation)
            );
            let reason = if both > 0.7 {
                "So it grows on its way back: W₁ₕ stretches more than saturation takes away."
            } else if both > -0.7 {
                "So it neither vanishes nor explodes."
            } else if weights < both - weights {
                "So it fades mostly because W₁ₕ is small."
            } else {
                "So it fades mostly because tanh is saturated."
            };
            format!("{sizes} {reason}")
        }
        (Norm::Log(_), ..) => {
            let power = match link.norm_of_weights {
                Norm::Zero(Cause::Weights { power }) => power,
                _ => steps - 1,
            };
            format!(
                "From step {steps} back to step 1 an error can keep at most {} of its length. W₁ₕ alone \
                 would leave nothing of it, since {} is 0; that something gets through is due to \
                 1 − H², which is not the same in every unit.",
                numbers::norm(link.norm),
                power_of_weights(power)
            )
        }
    };
    let last = Step::from_index(steps - 1);
    let silences = trace.silences(last);
    if silences.is_empty() {
        return reason;
    }
    format!(
        "{reason} In this run there is no error to begin with: ∂L/∂H of step {steps} is 0. {}",
        silence(&silences, last)
    )
}

fn power_of_weights(power: usize) -> String {
    if power == 1 {
        "W₁ₕ".to_owned()
    } else {
        format!("W₁ₕ{}", numbers::superscript(power))
    }
}

fn silence(silences: &[Silence], step: Step) -> String {
    let next = step.number() + 1;
    let reasons: Vec<String> = silences
        .iter()
        .map(|silence| match silence {
            Silence::NoOutputError => "∂L/∂Z₂ is exactly 0: the prediction equals the target in every \
                                       digit that a computer keeps"
                .to_owned(),
            Silence::OutputWeights => {
                "every weight of W₂ that could carry ∂L/∂Z₂ back is 0".to_owned()
            }
            Silence::NothingLater => format!("∂L/∂H of step {next} is 0 itself"),
            Silence::Saturation => format!(
                "every unit of step {next} to which the gradient comes is saturated exactly: H = ±1, \
                 so 1 − H² = 0"
            ),
            Silence::Truncation => format!("truncation stops the loss at step {next}"),
            Silence::Weights => "every weight of W₁ₕ that could carry it back is 0".to_owned(),
            Silence::Cancelled => "what comes by different paths cancels out exactly".to_owned(),
            Silence::Underflow => "it is smaller than the smallest number that a computer keeps, \
                                   about 5e−324"
                .to_owned(),
        })
        .collect();
    format!("That is because {}.", reasons.join(", and because "))
}

fn token(trace: &Trace, step: Step) -> &str {
    trace.experiment.sequence().token_names().nth(step.index()).unwrap_or_default()
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
    let target = trace.experiment.target(Step::from_index(trace.steps() - 1));
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
        Moment::Output => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "The last state holds what the network remembers of the whole sequence. One \
                 weighted sum and a sigmoid turn it into the answer {}.",
                size(forward.probabilities[[0, 0]])
            ),
            Task::Classes { .. } => format!(
                "The last state holds what the network remembers of the whole sequence. A weighted \
                 sum for each label and a softmax turn it into probabilities; the right label gets \
                 {}.",
                size(forward.probabilities[[0, target]])
            ),
            Task::NextToken => {
                "At every step a softmax over the vocabulary says which token comes \
                                next. The dark bar is the one that really comes."
                    .to_owned()
            }
        },
        Moment::Loss => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "The answer is compared with the target {target}. The further off it is, the \
                 larger the loss: here {}.",
                size(forward.loss())
            ),
            Task::Classes { .. } => format!(
                "Only the probability of the right label counts: the smaller it is, the larger the \
                 loss. Here it is {}.",
                size(forward.loss())
            ),
            Task::NextToken => format!(
                "Every step has a loss of its own: the less it expected the token that comes, the \
                 larger. Together they are {}.",
                size(forward.loss())
            ),
        },
        Moment::BackwardOutput => match trace.experiment.settings().task {
            Task::Binary { .. } => format!(
                "The way back begins. At the output the error is the answer minus the target, {}. \
                 It gives the gradients of W₂ and b₂ at once.",
                exact(backward.d_logits[[0, 0]])
            ),
            Task::Classes { .. } => "The way back begins. At each output the error is its \
                                     probability minus 1 for the right label, minus 0 for the \
                                     others. It gives the gradients of W₂ and b₂ at once."
                .to_owned(),
            Task::NextToken => "The way back begins, at every step at once: the error of each \
                                output is its probability, minus 1 for the token that comes. \
                                Summed over the steps it gives the gradients of W₂ and b₂."
                .to_owned(),
        },
        Moment::Backward(step) => story_of_error(step, trace),
        Moment::Update => story_of_update(trace),
    }
}

fn story_of_error(step: Step, trace: &Trace) -> String {
    let backward = &trace.backward;
    let norm_of = |step: Step| weights::norm(backward.d_hidden.row(step.index()).iter().copied());
    let norm = norm_of(step);
    let arrives = if norm == 0.0 {
        return format!(
            "Nothing arrives at this step, and it adds nothing to ∂L/∂W₁ₕ: ‖∂L/∂H‖ = 0. {}",
            silence(&trace.silences(step), step)
        );
    } else if !norm.is_finite() {
        "What arrives is past the largest number that a computer keeps, about 1.8e308: \
         ‖∂L/∂H‖ has overflowed."
            .to_owned()
    } else if step.number() == trace.steps() {
        format!("The error arrives from the output through W₂ᵀ: ‖∂L/∂H‖ = {}.", size(norm))
    } else {
        let flows = |summand: &Array2<f64>| summand.row(step.index()).iter().any(|&x| x != 0.0);
        let own = if flows(&backward.d_hidden_from_output) {
            " and from this step’s own output"
        } else {
            ""
        };
        let next = step.number() + 1;
        let size_of = size(norm);
        match ratio(norm, norm_of(step.next())) {
            _ if !flows(&backward.d_hidden_from_next) => format!(
                "The error arrives from this step’s own output alone: ‖∂L/∂H‖ = {size_of}. Nothing \
                 comes from step {next}."
            ),
            Ok(times) => format!(
                "The error arrives from step {next} through W₁ₕᵀ{own}: ‖∂L/∂H‖ = {size_of}, {} \
                 times that of step {next}.",
                size(times)
            ),
            Err(_) => format!(
                "The error arrives from step {next} through W₁ₕᵀ{own}: ‖∂L/∂H‖ = {size_of}."
            ),
        }
    };
    let adds = if step == Step::FIRST {
        "No state came before this step, so it adds nothing to ∂L/∂W₁ₕ."
    } else {
        "Times the state before it, it is this step's term of ∂L/∂W₁ₕ."
    };
    format!("{arrives} {adds}")
}

fn story_of_update(trace: &Trace) -> String {
    let norm = trace.backward.gradient.norm();
    let moves = format!(
        "Every weight moves against its gradient, {} times as far.",
        size(trace.experiment.learning_rate())
    );
    if norm == 0.0 {
        "The gradient is 0 in all five tensors, so no weight moves.".to_owned()
    } else if norm.is_finite() {
        format!("{moves} The gradient is {} long over all five tensors.", size(norm))
    } else {
        "The gradient has overflowed: it is past the largest number that a computer keeps, \
         about 1.8e308. No weight can follow it."
            .to_owned()
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
        ExperimentError::ListLength { least, most, .. } => {
            format!("Give {least} to {most} labels, with a comma between them.")
        }
        ExperimentError::RepeatedEntry { entry, .. } => {
            format!("“{entry}” stands there twice. Make each one different.")
        }
        ExperimentError::EmptyEntry { number, .. } => {
            format!("Number {number} is empty. Type something, or take a comma away.")
        }
        ExperimentError::OutOfRange { field, least, most, .. } => format!(
            "This would make a number too large or too small ({field}): it must be between {} and \
             {}.",
            size(*least),
            size(*most)
        ),
        ExperimentError::Overflow => {
            "A number of this run grows past the largest there is. Choose smaller weights."
                .to_owned()
        }
        ExperimentError::NotWhole { most, .. } => {
            format!("The seed must be a whole number from 0 to {most}.")
        }
        ExperimentError::Malformed { .. } | ExperimentError::Shape { .. } => {
            format!("This is no experiment: {problem}.")
        }
    }
}
