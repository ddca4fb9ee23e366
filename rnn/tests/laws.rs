//! Identities that hold for every run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod random;

use ndarray::Array2;
use proptest::prelude::*;
use random::{changed, experiment, experiment_of, truncated};
use unrolled_rnn::{
    Cell, Experiment, NoRatio, Norm, Parameter, Place, Step, Task, Trace, Variable,
    chain::spectral_norm, way_back::Cause, weights::norm,
};

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-11 * (1.0 + theirs.abs())
}

fn all_close<'a>(
    ours: impl IntoIterator<Item = &'a f64>,
    theirs: impl IntoIterator<Item = &'a f64>,
) -> bool {
    ours.into_iter().zip(theirs).all(|(&ours, &theirs)| close(ours, theirs))
}

proptest! {
    #[test]
    fn the_contributions_of_the_steps_add_up(experiment in truncated()) {
        let trace = Trace::of(experiment);
        let mut sum = trace.gradient().zeros_like();
        for step in Step::all(trace.steps()) {
            let contribution = trace.contribution(step);
            for place in Place::all(&contribution) {
                prop_assert!(close(trace.contribution_at(step, place), place.of(&contribution)));
            }
            sum.add_scaled(1.0, &contribution);
        }
        for (sum, gradient) in sum.values().zip(trace.gradient().values()) {
            prop_assert!(close(sum, gradient));
        }
    }

    #[test]
    fn the_arrivals_are_the_error_at_every_variable(experiment in truncated()) {
        let trace = Trace::of(experiment);
        for variable in trace.experiment().recipe().variables() {
            let error = trace.errors(variable).unwrap();
            let mut sum = Array2::<f64>::zeros(error.dim());
            for arrival in trace.way_back().at(variable) {
                sum += &trace.arrivals(arrival).unwrap();
            }
            prop_assert!(all_close(&sum, error), "{variable:?}");
        }
        let sum = trace.from_output() + trace.from_next();
        prop_assert!(all_close(&sum, trace.state_errors()));
    }

    #[test]
    fn the_triangle_sums_to_the_gradient(experiment in truncated()) {
        let trace = Trace::of(experiment);
        for parameter in trace.experiment().recipe().parameters() {
            if !parameter.is_recurrent() {
                continue;
            }
            let triangle = trace.triangle(parameter);
            let mut total = trace.gradient().matrix(parameter).to_owned() * 0.0;
            for step in Step::all(trace.steps()) {
                let mut sum = Array2::<f64>::zeros(total.dim());
                for loss in trace.experiment().loss_steps() {
                    let row = trace.experiment().loss_row(loss).unwrap();
                    let size = triangle[[row, step.index()]];
                    let term = trace.term(loss, step, parameter);
                    prop_assert!(close(norm(term.iter().copied()), size));
                    let reached =
                        loss >= step && loss.number() - step.number() < trace.experiment().window();
                    prop_assert!(reached || size == 0.0);
                    sum += &term;
                }
                prop_assert!(all_close(&sum, trace.contribution(step).matrix(parameter)));
                total += &sum;
            }
            prop_assert!(all_close(&total, trace.gradient().matrix(parameter)));
        }
    }

    /// What goes back into a step is what came back to the step after it, times the Jacobian: at H the
    /// whole error, at C what comes from the next step alone, since the rest of it is on its way from H.
    #[test]
    fn the_chain_carries_the_error_back(experiment in experiment()) {
        let last_only = changed(&experiment, |settings| {
            (settings.task, settings.weights) = (Task::binary(true), None);
        });
        let trace = Trace::of(last_only);
        let carried = trace.experiment().recipe().carried();
        let (n, steps) = (trace.units(), trace.steps());
        let mut errors = Array2::<f64>::zeros((steps, carried.len() * n));
        for (place, &variable) in carried.iter().enumerate() {
            for arrival in trace.way_back().at(variable) {
                if variable == Variable::State || matches!(arrival.from, Cause::Next(_)) {
                    let arrived = trace.arrivals(arrival).unwrap();
                    for ((step, unit), number) in arrived.indexed_iter() {
                        errors[[step, place * n + unit]] += number;
                    }
                }
            }
        }
        for to in Step::all(steps) {
            for link in trace.chain(to) {
                let back = errors.row(to.index()).dot(&link.product().t());
                prop_assert!(all_close(&back, errors.row(link.from.index())));
            }
        }
    }

    #[test]
    fn a_link_is_a_product_of_jacobians(experiment in experiment()) {
        let trace = Trace::of(experiment);
        let size = trace.experiment().recipe().carried().len() * trace.units();
        let last = Step::from_index(trace.steps() - 1);
        let mut product = Array2::<f64>::eye(size);
        for link in trace.chain(last) {
            prop_assert!(all_close(&link.product(), &product));
            prop_assert!(close(link.norm.value(), spectral_norm(product.view())));
            for row in 0..size {
                prop_assert!(all_close(&trace.link(link.from, last, row), product.row(row)));
            }
            product = trace.jacobian(link.from).dot(&product);
        }
    }

    #[test]
    fn without_gates_a_link_is_split_into_weights_and_saturation(
        experiment in experiment_of(Cell::Tanh),
    ) {
        let trace = Trace::of(experiment);
        let mut power = Array2::<f64>::eye(trace.units());
        for link in trace.chain(Step::from_index(trace.steps() - 1)) {
            prop_assert!(close(link.norm_of_weights.value(), spectral_norm(power.view())));
            let saturation = link.norm_of_saturation().and_then(Norm::log).unwrap();
            let both = link.norm_of_weights.log().unwrap() + saturation;
            prop_assert!(close(both, link.norm.log().unwrap()));
            power = trace.experiment().weights().matrix(Parameter::W1H).dot(&power);
        }
    }

    #[test]
    fn with_gates_the_straight_way_is_the_product_of_the_gate_that_keeps(
        experiment in experiment_of(Cell::Lstm),
    ) {
        let trace = Trace::of(experiment);
        let (gate, _) = trace.experiment().recipe().keeps().unwrap();
        let open = trace.values(Variable::Open(gate)).unwrap();
        let mut kept = vec![1.0_f64; trace.units()];
        for link in trace.chain(Step::from_index(trace.steps() - 1)) {
            if link.norm.value() > 0.0 && link.from.number() < trace.steps() {
                let most = kept.iter().copied().fold(0.0, f64::max);
                prop_assert!(close(link.norm_of_weights.value(), most));
            }
            for (kept, open) in kept.iter_mut().zip(open.row(link.from.number())) {
                *kept *= open;
            }
        }
    }

    #[test]
    fn clipping_keeps_the_direction(experiment in experiment(), threshold in 1e-3..10.0) {
        let experiment = changed(&experiment, |settings| settings.clip_norm = Some(threshold));
        let trace = Trace::of(experiment);
        let (gradient, followed) = (trace.gradient(), trace.followed_gradient());
        prop_assert!(close(followed.norm(), gradient.norm().min(threshold)));
        let along: f64 = gradient.values().zip(followed.values()).map(|(a, b)| a * b).sum();
        prop_assert!(close(along, gradient.norm() * followed.norm()));
    }

    #[test]
    fn truncation_drops_what_is_out_of_reach_and_nothing_else(experiment in truncated()) {
        let trace = Trace::of(experiment.clone());
        let whole = Trace::of(experiment.untruncated());
        let report = trace.truncated();
        prop_assert_eq!(&report.full, whole.gradient());
        for parameter in trace.experiment().recipe().parameters() {
            let mut sum = trace.gradient().matrix(parameter).to_owned();
            for &(loss, step) in &report.dropped {
                prop_assert!(loss.number() - step.number() >= experiment.window());
                sum += &whole.term(loss, step, parameter);
            }
            prop_assert!(all_close(&sum, whole.gradient().matrix(parameter)));
        }
        let (kept, full) = (trace.gradient(), &report.full);
        let along: f64 = kept.values().zip(full.values()).map(|(a, b)| a * b).sum();
        let cosine = report.cosine.unwrap_or_default();
        prop_assert!(close(cosine * kept.norm() * full.norm(), along));
        let zero = whole.gradient().norm() == 0.0;
        let divided = report.size_ratio != Err(NoRatio::BothZero);
        prop_assert_eq!(divided, !zero);
        if let Ok(ratio) = report.size_ratio {
            prop_assert!(close(ratio * full.norm(), kept.norm()));
        }
        if report.dropped.is_empty() && !zero {
            // Each loss has gone back on its own, which rounds in another order.
            prop_assert!(report.size_ratio.is_ok_and(|ratio| close(ratio, 1.0)));
            prop_assert!(report.cosine.is_ok_and(|cosine| close(cosine, 1.0)));
        }
    }

    #[test]
    fn a_bag_of_words_has_no_order(
        experiment in experiment(),
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let last_only = changed(&experiment, |settings| {
            settings.task = Task::binary(true);
            settings.weights = None;
            settings.initial = None;
        });
        let tokens = last_only.sequence().tokens().to_vec();
        let join = if last_only.sequence().is_numbers() { " " } else { "" };
        let shuffled: Vec<&str> =
            order.iter().filter_map(|&place| Some(tokens.get(place)?.as_str())).collect();
        let other = changed(&last_only, |settings| settings.text = shuffled.join(join));
        let words = !last_only.sequence().is_numbers();
        let (one, other) = (Trace::of(last_only), Trace::of(other));
        let (bag, of_other) = (one.bag_of_words(), other.bag_of_words());
        prop_assert!(all_close(&bag, &of_other));
        prop_assert!(!words || bag == of_other, "words are added in the order of their names");
        if tokens.len() == 1 {
            prop_assert_eq!(&bag, &one.output().answers);
        }
    }
}

/// An answer that has rounded to what was wanted leaves nothing to learn, and no direction.
#[test]
fn a_gradient_of_zero_has_no_direction() {
    let json = r#"{"format": "unrolled-experiment/1", "text": "a b c", "unit": "word",
        "task": {"kind": "binary", "target": 1}, "cell": "tanh", "hidden": 2, "seed": 1, "truncation": 2}"#;
    let experiment = Experiment::from_json(json).unwrap();
    let mut weights = experiment.weights().clone();
    weights.matrix_mut(Parameter::B2).fill(800.0);
    let certain = changed(&experiment, |settings| settings.weights = Some(weights));
    let report = Trace::of(certain).truncated();
    assert_eq!(report.full.norm(), 0.0);
    assert_eq!(
        (report.cosine, report.size_ratio),
        (Err(NoRatio::BothZero), Err(NoRatio::BothZero))
    );
}

/// Two units and two steps, worked out by hand.
///
/// The tokens are `a b`, one-hot (1, 0) and (0, 1); the task is `binary` with y = 1. Let
/// W₁ₓ = [[s, 0], [0, s]], W₁ₕ = [[0, 1], [2, 0]], b₁ = 0, W₂ = [[1], [1]], b₂ = −r, where
/// s = artanh ½, so that tanh s = ½, and r is chosen below to make the output ½.
///
/// ```text
/// forward    Z₁⁽¹⁾ = (s, 0)                      H⁽¹⁾ = (½, 0)
///            H⁽¹⁾ W₁ₕ = (0, ½)
///            Z₁⁽²⁾ = (0, s + ½)                  H⁽²⁾ = (0, h),  h = tanh(s + ½)
///            Z₂ = h − r, with r = h: 0           A₂ = ½,  L = −ln ½ = ln 2
///
/// backward   ∂L/∂Z₂ = −(1 − ½) = −½
///            ∂L/∂W₂ = (0, −h/2)ᵀ                 ∂L/∂b₂ = −½
///            ∂L/∂H⁽²⁾ = −½ (1, 1)
///            ∂L/∂Z₁⁽²⁾ = −½ (1, q),  q = 1 − h²
///            ∂L/∂H⁽¹⁾ = ∂L/∂Z₁⁽²⁾ W₁ₕᵀ = −½ (q, 2)   (without the transpose: −½ (2q, 1))
///            ∂L/∂Z₁⁽¹⁾ = −½ (¾ q, 2)
///
/// terms      W₁ₕ: step 2 gives H⁽¹⁾ᵀ ∂L/∂Z₁⁽²⁾ = [[−¼, −q/4], [0, 0]]; step 1 gives 0
///            W₁ₓ: step 1 gives its row a, −½ (¾ q, 2); step 2 its row b, −½ (1, q)
///            b₁:  −½ (1 + ¾ q, 2 + q)
/// chain      J⁽²⁾ = [[0, q], [2, 0]], of norm 2: ∂H⁽²⁾/∂H⁽¹⁾; W₁ₕ alone has norm 2 as well
/// ```
#[test]
fn two_units_and_two_steps_by_hand() {
    let s = 0.5_f64.atanh();
    let h = (s + 0.5).tanh();
    let q = 1.0 - h * h;
    let json = format!(
        r#"{{"format": "unrolled-experiment/1", "text": "a b", "unit": "word", "cell": "tanh",
            "task": {{"kind": "binary", "target": 1}}, "hidden": 2,
            "weights": {{"w1x": [[{s}, 0], [0, {s}]], "w1h": [[0, 1], [2, 0]], "b1": [0, 0],
                        "w2": [[1], [1]], "b2": [{}]}}}}"#,
        -h
    );
    let trace = Trace::of(Experiment::from_json(&json).unwrap());
    let same = |ours: &[f64], theirs: &[f64]| {
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() < 1e-15, "{ours} instead of {theirs}");
        }
    };
    let flat =
        |numbers: ndarray::ArrayView2<'_, f64>| numbers.iter().copied().collect::<Vec<f64>>();
    let output = trace.output();
    same(&flat(trace.values(Variable::Z1).unwrap())[2..], &[s, 0.0, 0.0, s + 0.5]);
    same(&flat(trace.states()), &[0.0, 0.0, 0.5, 0.0, 0.0, h]);
    same(&[output.answers[[0, 0]], trace.loss()], &[0.5, 2.0_f64.ln()]);
    same(&flat(output.errors.view()), &[-0.5]);
    same(&flat(trace.state_errors()), &[-q / 2.0, -1.0, -0.5, -0.5]);
    let errors = [-0.375 * q, -1.0, -0.5, -q / 2.0];
    same(&flat(trace.errors(Variable::Z1).unwrap()), &errors);
    let gradient = |parameter| flat(trace.gradient().matrix(parameter));
    same(&gradient(Parameter::W1X), &errors);
    same(&gradient(Parameter::W1H), &[-0.25, -q / 4.0, 0.0, 0.0]);
    same(&gradient(Parameter::B1), &[-0.5 - 0.375 * q, -1.0 - q / 2.0]);
    same(&gradient(Parameter::W2), &[0.0, -h / 2.0]);
    same(&gradient(Parameter::B2), &[-0.5]);
    let links = trace.chain(Step::from_index(1));
    same(&flat(links[1].product().view()), &[0.0, q, 2.0, 0.0]);
    let saturation = links[1].norm_of_saturation().unwrap();
    same(&[links[1].norm.value(), saturation.value()], &[2.0, 1.0]);
}
