//! Experiments whose numbers are 0, saturated, or past the largest there is: what the page says of
//! them is true, and is said in numbers that can be read.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use ndarray::{Array2, array};
use proptest::prelude::*;
use random::{changed, experiment};
use unrolled::{
    address::Address,
    figure::{Chain, Theme, numbers},
    lesson::{Expression, Progress, Scope},
    page::{Device, Opened, Page},
    rnn::{
        Bug, Cause, Cell, Check, Experiment, ExperimentError, NoRatio, Norm, Parameter, Place,
        Silence, Step, Task, Trace, Variable, Weights,
    },
    session::{Spot, Stage, Timeline, View},
    text::{Language, plain},
    ui::{App, AppProps},
};

/// How an experiment is driven to an extreme.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Extreme {
    /// As it is.
    None,
    /// W₁ₕ leads only from a unit to later ones: a power of it is zero.
    Nilpotent,
    /// W₁ₕ² = 0, though every unit leads to every other.
    Cancelling,
    /// W₁ₕ = 0.
    Zero,
    /// W₁ₕ = 1.
    Identity,
    /// Every H is ±1 exactly.
    Saturated,
    /// H of the first unit is ±1 exactly.
    OneSaturated,
    /// W₂ = 0.
    NoOutput,
    /// A₂ is the target exactly.
    Right,
    /// Nothing but the first number: W₁ₕ of 1e−300, whose powers are below every `f64`.
    Tiny,
    /// All weights are 0.
    AllZero,
}

impl Extreme {
    const ALL: [Self; 11] = [
        Self::None,
        Self::Nilpotent,
        Self::Cancelling,
        Self::Zero,
        Self::Identity,
        Self::Saturated,
        Self::OneSaturated,
        Self::NoOutput,
        Self::Right,
        Self::Tiny,
        Self::AllZero,
    ];

    fn of(self, experiment: &Experiment) -> Experiment {
        let mut weights = experiment.weights().clone();
        let units = weights.sizes().units;
        let target = experiment.target(Step::from_index(experiment.steps() - 1));
        let huge = |weight: &f64| if *weight < 0.0 { -1e6 } else { 1e6 };
        match self {
            Self::None => {}
            Self::Nilpotent => {
                for ((row, column), weight) in weights.matrix_mut(Parameter::W1H).indexed_iter_mut()
                {
                    if row >= column {
                        *weight = 0.0;
                    }
                }
            }
            Self::Cancelling => {
                // Columns of opposite sign in pairs; a unit that is left alone has none.
                let pairs = Array2::from_shape_fn((units, units), |(row, column)| {
                    let paired = units / 2 * 2;
                    let sign = if column % 2 == 0 { 0.6 } else { -0.6 };
                    if row < paired && column < paired { sign } else { 0.0 }
                });
                weights.matrix_mut(Parameter::W1H).assign(&pairs);
            }
            Self::Zero => weights.matrix_mut(Parameter::W1H).fill(0.0),
            Self::Identity => weights.matrix_mut(Parameter::W1H).assign(&Array2::eye(units)),
            Self::Saturated => {
                weights.matrix_mut(Parameter::W1X).mapv_inplace(|weight| huge(&weight));
            }
            Self::OneSaturated => weights
                .matrix_mut(Parameter::W1X)
                .column_mut(0)
                .mapv_inplace(|weight| huge(&weight)),
            Self::NoOutput => weights.matrix_mut(Parameter::W2).fill(0.0),
            Self::Right => {
                weights.matrix_mut(Parameter::W2).fill(0.0);
                let binary = matches!(experiment.settings().task, Task::Binary { .. });
                let mut bias = weights.matrix_mut(Parameter::B2);
                bias[[0, if binary { 0 } else { target }]] =
                    if binary && target == 0 { -1e3 } else { 1e3 };
            }
            Self::Tiny => weights.matrix_mut(Parameter::W1H).mapv_inplace(|weight| weight * 1e-300),
            Self::AllZero => weights = weights.zeros_like(),
        }
        changed(experiment, |settings| settings.weights = Some(weights))
    }
}

fn extreme() -> impl Strategy<Value = Extreme> {
    prop::sample::select(&Extreme::ALL[..])
}

/// What the page says, its attributes too, for a reader of the markup.
fn page(opened: &Opened) -> String {
    let device = Device {
        language: Language::default(),
        theme: Theme::Light,
        still: false,
        no_keys: false,
        embedded: false,
        printing: false,
        ..Device::default()
    };
    let props = AppProps { page: Page::new(device, Progress::default(), opened).unwrap() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let renderer = yew::LocalServerRenderer::<App>::with_props(props);
        renderer.hydratable(false).render().await
    })
}

fn opened(experiment: &Experiment, language: Language, view: View) -> Opened {
    let address = Address {
        settings: Some(experiment.settings().clone()),
        language: Some(language),
        view: Some(view),
        ..Address::default()
    };
    Opened { address, problems: Vec::new() }
}

/// The words of a markup that are no numbers though numbers should stand there, or are a 0 with a
/// sign.
fn strange(markup: &str) -> Vec<String> {
    let words = markup.split(|c: char| c.is_whitespace() || "<>=\"'();:,/".contains(c));
    words
        .filter(|word| {
            let bare = word.trim_start_matches(['+', '-', '−']);
            let none = matches!(bare, "NaN" | "nan" | "inf" | "infinity" | "?");
            none || bare.contains('∞') || (bare == "0" && bare.len() < word.len())
        })
        .map(str::to_owned)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The whole page in every view, at every stage of the way back.
    #[test]
    fn the_page_says_no_number_that_is_none(
        experiment in experiment(),
        extreme in extreme(),
        truncation in prop::option::of(1_usize..3),
        clip in prop::option::of(1e-3..1.0),
        (at, row, asked) in (0_usize..64, 0_usize..6, 0_usize..8),
    ) {
        let experiment = changed(&extreme.of(&experiment), |settings| {
            settings.truncation = truncation;
            settings.clip_norm = clip;
        });
        let timeline = Timeline::of(experiment.steps());
        let (row, to) =
            (row % experiment.weights().matrix(Parameter::B1).len(), Step::from_index(experiment.steps() - 1));
        let place = Place { parameter: Parameter::W1H, row, column: 0 };
        let focus = [
            None,
            Some(Spot::Loss { step: to }),
            Some(Spot::Output { step: to, output: 0 }),
            Some(Spot::OutputError { step: to, output: 0 }),
            Some(Spot::Norm { of: Variable::State, step: Step::FIRST }),
            Some(Spot::Chain { from: Step::FIRST, to, row, column: 0 }),
            Some(Spot::Updated(place)),
            Some(Spot::Gradient(place)),
        ][asked];
        for language in Language::ALL {
            for view in [View::Score, View::Chain, View::Laboratory] {
                let mut opened = opened(&experiment, language, view);
                opened.address.stage = Some(timeline.stage(at % timeline.count()));
                opened.address.focus = focus;
                let markup = page(&opened);
                // The head of the page has no numbers, but a question mark for the list of keys.
                let main = markup.find("<main").map(|start| &markup[start..]);
                prop_assert!(main.is_some());
                let strange = strange(main.unwrap_or_default());
                prop_assert!(strange.is_empty(), "{extreme:?}, {view:?}: {strange:?}");
            }
        }
    }

    /// Every sentence with numbers in it, in every language.
    #[test]
    fn every_sentence_has_numbers_that_can_be_read(
        experiment in experiment(),
        extreme in extreme(),
        truncation in prop::option::of(1_usize..3),
    ) {
        let experiment =
            changed(&extreme.of(&experiment), |settings| settings.truncation = truncation);
        let trace = Trace::of(experiment);
        let chain = Chain::of(&trace);
        for language in Language::ALL {
            let words = language.words();
            let mut sentences = vec![words.chain_reason(chain.links.last(), &trace)];
            for stage in Timeline::of(trace.steps()).stages() {
                sentences.extend([
                    words.stage_title(stage, &trace),
                    words.stage_story(stage, &trace),
                ]);
            }
            for threshold in [None, Some(0.5)] {
                let norm = trace.gradient().norm();
                sentences.push(words.lab_norm_against(norm, threshold));
            }
            for sentence in sentences {
                let strange = strange(&sentence);
                prop_assert!(strange.is_empty(), "{extreme:?}: {sentence}");
            }
        }
    }

    /// Whoever says why nothing arrives says it of a step at which nothing arrives, and there alone.
    #[test]
    fn a_step_at_which_nothing_arrives_has_a_reason(
        experiment in experiment(),
        extreme in extreme(),
        truncation in prop::option::of(1_usize..3),
    ) {
        let experiment =
            changed(&extreme.of(&experiment), |settings| settings.truncation = truncation);
        let trace = Trace::of(experiment);
        let weights = trace.experiment().weights();
        for step in Step::all(trace.steps()) {
            let silences = trace.silences(step);
            let zero = |row: ndarray::ArrayView1<'_, f64>| row.iter().all(|&value| value == 0.0);
            let arrives = |step: Step| !zero(trace.state_error(step));
            prop_assert_eq!(silences.is_empty(), arrives(step));
            let next = step.next();
            for silence in silences {
                let holds = match silence {
                    Silence::NoOutputError => {
                        let row = trace.experiment().loss_row(step).unwrap();
                        zero(trace.output().errors.row(row))
                    }
                    Silence::OutputWeights => weights.matrix(Parameter::W2).iter().any(|&weight| weight == 0.0),
                    Silence::NothingLater => !arrives(next),
                    Silence::Saturation => {
                        arrives(next) && trace.slope(next).iter().any(|&slope| slope == 0.0)
                    }
                    Silence::Truncation => truncation.is_some(),
                    Silence::Weights => weights.matrix(Parameter::W1H).iter().any(|&weight| weight == 0.0),
                    Silence::Cancelled => true,
                    Silence::Underflow => extreme == Extreme::Tiny,
                };
                prop_assert!(holds, "{extreme:?}, {step:?}: {silence:?}");
            }
        }
    }

    /// The norms of the chain are those of the products, and what is zero has a cause that holds.
    #[test]
    fn a_chain_is_zero_where_its_product_is(experiment in experiment(), extreme in extreme()) {
        let trace = Trace::of(extreme.of(&experiment));
        let last = Step::from_index(trace.steps() - 1);
        for link in trace.chain(last) {
            let product = link.product();
            let zero = product.iter().all(|&entry| entry == 0.0);
            match link.norm {
                Norm::Zero(cause) => {
                    prop_assert!(zero && link.direction.iter().all(|&entry| entry == 0.0));
                    match cause {
                        Cause::Weights { power } => {
                            let mut of_weights = Array2::eye(product.nrows());
                            for _ in 0..power {
                                of_weights = trace.experiment().weights().matrix(Parameter::W1H).dot(&of_weights);
                            }
                            prop_assert!(of_weights.iter().all(|entry: &f64| entry.abs() < 1e-12));
                        }
                        Cause::Saturation { step } => {
                            let slope = trace.slope(step);
                            prop_assert!(slope.iter().any(|&slope| slope == 0.0));
                        }
                        Cause::Together { step } => prop_assert!(step > link.from),
                    }
                }
                Norm::Log(log) => prop_assert!(log.is_finite() && (!zero || log < -700.0)),
            }
            match (link.norm_of_weights, link.norm_of_saturation()) {
                (Norm::Zero(Cause::Weights { power }), None) => {
                    prop_assert!(power <= last.number() - link.from.number());
                }
                (Norm::Log(weights), Some(saturation)) => {
                    if let (Some(both), Some(saturation)) = (link.norm.log(), saturation.log()) {
                        prop_assert!((weights + saturation - both).abs() < 1e-9);
                    }
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}

/// An experiment of `units` units over the tokens `text`, with these weights.
fn experiment_of(text: &str, weights: Weights) -> Experiment {
    let first = Language::default().first_experiment().unwrap();
    changed(&first, |settings| {
        text.clone_into(&mut settings.text);
        settings.hidden = weights.matrix(Parameter::B1).len();
        settings.weights = Some(weights);
    })
}

fn weights_of(tokens: usize, w1h: Array2<f64>) -> Weights {
    let units = w1h.nrows();
    Weights::from_tensors([
        (Parameter::W1X, Array2::zeros((tokens, units))),
        (Parameter::W1H, w1h),
        (Parameter::B1, Array2::zeros((1, units))),
        (Parameter::W2, Array2::ones((units, 1))),
        (Parameter::B2, Array2::zeros((1, 1))),
    ])
}

fn norms(trace: &Trace) -> Vec<(Norm, Norm, Option<Norm>)> {
    let last = Step::from_index(trace.steps() - 1);
    let links = trace.chain(last);
    links.iter().map(|link| (link.norm, link.norm_of_weights, link.norm_of_saturation())).collect()
}

#[test]
fn a_nilpotent_weight_matrix_lets_nothing_through_from_some_step_on() {
    let trace = Trace::of(experiment_of("a b c d", weights_of(4, array![[0.0, 2.0], [0.0, 0.0]])));
    let zero = Norm::Zero(Cause::Weights { power: 2 });
    let found = norms(&trace);
    assert_eq!(found[0].0, Norm::Log(0.0));
    assert!((found[1].0.value() - 2.0).abs() < 1e-12);
    assert_eq!(found[2..], [(zero, zero, None), (zero, zero, None)]);
    let reason =
        Language::default().words().chain_reason(trace.chain(Step::from_index(3)).last(), &trace);
    let reason = plain(&reason);
    assert!(reason.contains("exactly 0, because W₁ₕ² = 0"), "{reason}");
}

#[test]
fn one_step_of_no_weights_is_zero_at_once() {
    let trace = Trace::of(experiment_of("a b", weights_of(2, Array2::zeros((2, 2)))));
    let zero = Norm::Zero(Cause::Weights { power: 1 });
    assert_eq!(norms(&trace)[1..], [(zero, zero, None)]);
    let story = Language::default().words().stage_story(Stage::Backward(Step::FIRST), &trace);
    let story = plain(&story);
    assert!(story.contains("‖∂L/∂H‖ = 0"), "{story}");
    assert!(story.contains("every weight of W₁ₕ"), "{story}");
}

#[test]
fn a_saturated_step_lets_nothing_through_and_its_cause_stays() {
    let mut weights = weights_of(4, Array2::eye(2) * 3.0);
    // The token of step 3 saturates both units to 1 exactly.
    weights.matrix_mut(Parameter::W1X).row_mut(2).fill(1e6);
    weights.matrix_mut(Parameter::W1X).row_mut(3).fill(-3.0);
    let trace = Trace::of(experiment_of("a b c d", weights));
    assert_eq!(trace.state_after(Step::from_index(2)).to_vec(), [1.0, 1.0]);
    let third = Step::from_index(2);
    let zero = Norm::Zero(Cause::Saturation { step: third });
    let found = norms(&trace);
    assert!(found[1].0.log().is_some());
    for (distance, (norm, of_weights, saturation)) in found.iter().enumerate().skip(2) {
        assert_eq!(*norm, zero);
        let expected = distance as f64 * 3.0_f64.ln();
        assert!((of_weights.log().unwrap() - expected).abs() < 1e-12);
        assert_eq!(*saturation, Some(zero));
    }
    assert_eq!(trace.silences(Step::from_index(1)), [Silence::Saturation]);
    assert_eq!(trace.silences(Step::FIRST), [Silence::NothingLater]);
    let reason =
        Language::default().words().chain_reason(trace.chain(Step::from_index(3)).last(), &trace);
    assert!(reason.contains("every unit of step 3") && reason.contains("27.00"), "{reason}");
}

#[test]
fn what_passes_where_the_weights_alone_let_nothing_through_has_no_share() {
    // W₁ₕ² = 0 by cancelling; the slopes of the two units differ, and so the product is not 0.
    let mut weights = weights_of(3, array![[0.7, -0.7], [0.7, -0.7]]);
    weights.matrix_mut(Parameter::W1X).column_mut(0).fill(1.0);
    let trace = Trace::of(experiment_of("a b c", weights));
    let found = norms(&trace);
    assert!(found[2].0.log().is_some_and(|log| log > -5.0));
    assert_eq!((found[2].1, found[2].2), (Norm::Zero(Cause::Weights { power: 2 }), None));
    for language in Language::ALL {
        let chain = trace.chain(Step::from_index(2));
        let reason = language.words().chain_reason(chain.last(), &trace);
        assert!(reason.contains("W₁ₕ²") && strange(&reason).is_empty(), "{reason}");
    }
}

#[test]
fn a_power_that_rounding_alone_keeps_from_zero_is_zero() {
    let w1h = array![[0.6, -0.9], [0.4, -0.6]] * 1.1;
    assert!(w1h.dot(&w1h).iter().any(|&entry| entry != 0.0), "rounding leaves something");
    let trace = Trace::of(experiment_of("a b c", weights_of(3, w1h)));
    let zero = Norm::Zero(Cause::Weights { power: 2 });
    assert_eq!(norms(&trace)[2], (zero, zero, None));
}

/// The error grows a millionfold at each of a hundred steps.
fn exploding() -> Trace {
    let text: Vec<String> = (0..100).map(|at| format!("t{at}")).collect();
    Trace::of(experiment_of(&text.join(" "), weights_of(100, Array2::eye(3) * 1e6)))
}

#[test]
fn an_exploding_chain_has_a_norm_beyond_every_number_and_no_share_that_is_none() {
    let trace = exploding();
    let last = norms(&trace).pop().unwrap();
    assert_eq!(numbers::norm(last.0), "1.000e594");
    assert_eq!(numbers::norm(last.1), "1.000e594");
    assert_eq!(numbers::norm(last.2.unwrap()), "1.000");
    let link = trace.chain(Step::from_index(99)).pop().unwrap();
    for product in [
        link.product(),
        Array2::from_shape_fn((3, 3), |(row, column)| {
            trace.link(Step::FIRST, Step::from_index(99), row)[column]
        }),
    ] {
        for ((row, column), &entry) in product.indexed_iter() {
            assert_eq!(entry, if row == column { f64::INFINITY } else { 0.0 });
        }
    }
    for language in Language::ALL {
        let words = language.words();
        let mut sentences = vec![words.chain_reason(Some(&link), &trace)];
        for stage in Timeline::of(100).stages() {
            sentences.push(words.stage_story(stage, &trace));
        }
        sentences.push(words.lab_norm_against(trace.gradient().norm(), Some(1.0)));
        for sentence in sentences {
            assert!(strange(&sentence).is_empty(), "{sentence}");
        }
    }
}

#[test]
fn an_overflowed_gradient_is_compared_with_nothing() {
    let trace = exploding();
    let truncated = trace.truncated();
    assert_eq!(truncated.cosine, Err(NoRatio::Beyond));
    assert_eq!(truncated.size_ratio, Err(NoRatio::Beyond));
    for gradient in [f64::INFINITY, f64::NAN] {
        let check = Check { nudge: 1e-5, loss_below: 1.0, loss_above: 1.0, slope: 0.0, gradient };
        assert!(!check.agrees());
        assert_eq!(check.relative_error(), Err(NoRatio::Beyond));
    }
    assert!(trace.to_json().is_err());
    assert!(trace.updated().is_err());
}

#[test]
fn gradients_of_zero_have_no_quotient_and_agree() {
    let experiment = Extreme::AllZero.of(&Language::default().first_experiment().unwrap());
    let answered = changed(&experiment, |settings| {
        settings.weights.as_mut().unwrap().matrix_mut(Parameter::B2).fill(-1e3);
    });
    let trace = Trace::of(answered);
    assert_eq!(trace.gradient().norm(), 0.0);
    let place = Place { parameter: Parameter::W1H, row: 0, column: 0 };
    let check = trace.check(trace.gradient(), place);
    assert_eq!(check.relative_error(), Err(NoRatio::BothZero));
    assert!(check.agrees());
    assert_eq!(trace.truncated().cosine, Err(NoRatio::BothZero));
    assert_eq!(trace.truncated().size_ratio, Err(NoRatio::BothZero));
    assert_eq!(&trace.gradient().clipped(1.0), trace.gradient());
    for (name, value) in [
        ("cosine", None),
        ("bug sum W1h", Some(0.0)),
        ("chain 1", Some(0.0)),
        ("chain_weights 1", Some(0.0)),
        ("chain_saturation 1", None),
        ("followed", Some(0.0)),
    ] {
        let scope = Scope::of(&trace, Language::default());
        assert_eq!(Expression::read(name).unwrap().value(&scope), value, "{name}");
    }
    for bug in Bug::ALL {
        let gradient = bug.gradient(&trace);
        assert!(trace.worst_check(&gradient).is_some_and(|(_, check)| check.agrees()));
    }
}

#[test]
fn one_step_has_no_chain_and_nothing_to_divide() {
    let first = Language::default().first_experiment().unwrap();
    let trace = Trace::of(changed(&first, |settings| settings.text = "alone".to_owned()));
    let chain = Chain::of(&trace);
    assert_eq!(chain.links.len(), 1);
    assert_eq!(norms(&trace), [(Norm::Log(0.0), Norm::Log(0.0), Some(Norm::Log(0.0)))]);
    assert_eq!(chain.decades(), (0.0, 1.0));
    assert!(!chain.has_zero());
    for (_, norms) in chain.curves() {
        assert_eq!(norms, [Some(Norm::Log(0.0))]);
    }
    assert_eq!(chain.kinds().count(), 3);
    let spot = Spot::Chain { from: Step::FIRST, to: Step::FIRST, row: 0, column: 0 };
    assert_eq!(spot.value(&trace), Some(1.0));
}

#[test]
fn an_update_that_is_clipped_is_told_as_one() {
    let said = |clip_norm: Option<f64>, language: Language| {
        let experiment = language.first_experiment().unwrap();
        let trace = Trace::of(changed(&experiment, |settings| settings.clip_norm = clip_norm));
        plain(&language.words().stage_story(Stage::Update, &trace))
    };
    for language in Language::ALL {
        let norm = Trace::of(language.first_experiment().unwrap()).gradient().norm();
        let story = said(None, language);
        assert_eq!(said(Some(2.0 * norm), language), story, "the threshold is not reached");
        let clipped = said(Some(0.5), language);
        assert!(clipped.contains("c = 0.5") && clipped.contains(&numbers::size(norm)), "{clipped}");
        assert!(!story.contains("c = "), "{story}");
    }
}

#[test]
fn a_number_out_of_range_is_named_as_the_page_names_its_control() {
    let words = Language::default().words();
    let said = |field: &str| {
        let problem = ExperimentError::OutOfRange {
            field: field.to_owned(),
            found: 9.0,
            least: 0.0,
            most: 1.0,
        };
        plain(&words.problem(&problem))
    };
    assert_eq!(said("learning_rate"), "Learning rate η must be between 0 and 1.");
    assert_eq!(said("hidden"), "Hidden units must be between 0 and 1.");
    assert_eq!(
        said("weights.w1h row 2 column 3"),
        "Weight W₁ₕ, row 2, column 3 must be between 0 and 1."
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_said_of_a_stage_is_said_of_its_own_cell(experiment in random::any_experiment()) {
        let trace = Trace::of(experiment);
        let experiment = trace.experiment();
        let plain = experiment.recipe().plain().is_some();
        let last = trace.chain(Step::from_index(trace.steps() - 1));
        for language in Language::ALL {
            let words = language.words();
            let stages = Timeline::of(trace.steps()).stages();
            let mut said: Vec<String> =
                stages.map(|stage| words.stage_story(stage, &trace)).collect();
            said.push(words.chain_reason(last.last(), &trace));
            for sentence in said {
                if experiment.cell() != Cell::Tanh {
                    prop_assert!(!sentence.contains("1 − H²"), "{sentence}");
                }
                if !plain {
                    let of_plain = ["W₁", "Z₁"].iter().any(|symbol| sentence.contains(symbol));
                    prop_assert!(!of_plain, "{sentence}");
                }
                if !experiment.start().is_empty() {
                    prop_assert!(!sentence.contains("H⁽⁰⁾ = 0"), "{sentence}");
                }
            }
        }
    }
}
