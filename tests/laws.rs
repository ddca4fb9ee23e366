//! Identities that hold for every run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use ndarray::Array2;
use proptest::prelude::*;
use random::{changed, experiment};
use unrolled::rnn::{
    Experiment, NoRatio, Norm, Place, Step, Task, Trace, Weights, chain::spectral_norm,
    weights::norm,
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

/// Sometimes with a truncation.
fn truncated() -> impl Strategy<Value = Experiment> {
    (experiment(), prop::option::of(1_usize..=12)).prop_map(|(experiment, window)| {
        changed(&experiment, |settings| settings.truncation = window)
    })
}

proptest! {
    #[test]
    fn the_contributions_of_the_steps_add_up(experiment in truncated()) {
        let trace = Trace::of(experiment);
        let mut sum = Weights::zeros(trace.experiment.weights().sizes());
        for step in Step::all(trace.steps()) {
            let contribution = trace.contribution(step);
            for place in Place::all(&contribution) {
                prop_assert!(close(trace.contribution_at(step, place), place.of(&contribution)));
            }
            sum.add_scaled(1.0, &contribution);
        }
        for (sum, gradient) in sum.values().zip(trace.backward.gradient.values()) {
            prop_assert!(close(sum, gradient));
        }
    }

    #[test]
    fn the_two_summands_are_the_error_at_the_state(experiment in truncated()) {
        let backward = Trace::of(experiment).backward;
        let sum = &backward.d_hidden_from_output + &backward.d_hidden_from_next;
        prop_assert!(all_close(&sum, &backward.d_hidden));
    }

    #[test]
    fn the_triangle_sums_to_the_gradient(experiment in truncated()) {
        let trace = Trace::of(experiment);
        let (triangle, first) = (trace.triangle(), trace.experiment.first_loss());
        let mut total = Array2::<f64>::zeros(trace.experiment.weights().w1h.dim());
        for step in Step::all(trace.steps()) {
            let mut sum = Array2::<f64>::zeros(total.dim());
            for loss in Step::all(trace.steps()).skip(first.index()) {
                let size = triangle[[trace.experiment.loss_row(loss).unwrap(), step.index()]];
                let term = trace.term(loss, step);
                prop_assert!(close(norm(term.iter().copied()), size));
                let reached = loss >= step && loss.number() - step.number() < trace.experiment.window();
                prop_assert!(reached || size == 0.0);
                sum += &term;
            }
            prop_assert!(all_close(&sum, &trace.contribution(step).w1h));
            total += &sum;
        }
        prop_assert!(all_close(&total, &trace.backward.gradient.w1h));
    }

    #[test]
    fn the_chain_carries_the_error_back(experiment in experiment()) {
        let last_only = changed(&experiment, |settings| settings.task = Task::Binary { target: true });
        let trace = Trace::of(last_only);
        for to in Step::all(trace.steps()) {
            for link in trace.chain(to) {
                let error = trace.backward.d_hidden.row(to.index());
                let carried = error.dot(&link.product().t());
                prop_assert!(all_close(&carried, trace.backward.d_hidden.row(link.from.index())));
            }
        }
    }

    #[test]
    fn a_link_is_a_product_of_jacobians(experiment in experiment()) {
        let trace = Trace::of(experiment);
        let units = trace.experiment.weights().sizes().units;
        let (mut product, mut power) = (Array2::<f64>::eye(units), Array2::<f64>::eye(units));
        for link in trace.chain(Step::from_index(trace.steps() - 1)) {
            prop_assert!(all_close(&link.product(), &product));
            prop_assert!(close(link.norm.value(), spectral_norm(product.view())));
            prop_assert!(close(link.norm_of_weights.value(), spectral_norm(power.view())));
            let saturation = link.norm_of_saturation().and_then(Norm::log).unwrap();
            let both = link.norm_of_weights.log().unwrap() + saturation;
            prop_assert!(close(both, link.norm.log().unwrap()));
            product = trace.jacobian(link.from).dot(&product);
            power = trace.experiment.weights().w1h.dot(&power);
        }
    }

    #[test]
    fn clipping_keeps_the_direction(experiment in experiment(), threshold in 1e-3..10.0) {
        let experiment = changed(&experiment, |settings| settings.clip_norm = Some(threshold));
        let trace = Trace::of(experiment);
        let (gradient, followed) = (&trace.backward.gradient, trace.followed_gradient());
        prop_assert!(close(followed.norm(), gradient.norm().min(threshold)));
        let along: f64 = gradient.values().zip(followed.values()).map(|(a, b)| a * b).sum();
        prop_assert!(close(along, gradient.norm() * followed.norm()));
    }

    #[test]
    fn truncation_drops_what_is_out_of_reach_and_nothing_else(experiment in truncated()) {
        let trace = Trace::of(experiment.clone());
        let whole = Trace::of(experiment.untruncated());
        let report = trace.truncated();
        prop_assert_eq!(&report.full, &whole.backward.gradient);
        let mut sum = trace.backward.gradient.w1h.clone();
        for &(loss, step) in &report.dropped {
            prop_assert!(loss.number() - step.number() >= experiment.window());
            sum += &whole.term(loss, step);
        }
        prop_assert!(all_close(&sum, &whole.backward.gradient.w1h));
        let (kept, full) = (&trace.backward.gradient, &report.full);
        let along: f64 = kept.values().zip(full.values()).map(|(a, b)| a * b).sum();
        let cosine = report.cosine.unwrap_or_default();
        prop_assert!(close(cosine * kept.norm() * full.norm(), along));
        let zero = whole.backward.gradient.norm() == 0.0;
        let divided = report.size_ratio != Err(NoRatio::BothZero);
        prop_assert_eq!(divided, !zero);
        if let Ok(ratio) = report.size_ratio {
            prop_assert!(close(ratio * full.norm(), kept.norm()));
        }
        if report.dropped.is_empty() && !zero {
            prop_assert_eq!(report.size_ratio, Ok(1.0));
            prop_assert!(report.cosine.is_ok_and(|cosine| close(cosine, 1.0)));
        }
    }

    #[test]
    fn a_bag_of_words_has_no_order(
        experiment in experiment(),
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let last_only = changed(&experiment, |settings| settings.task = Task::Binary { target: true });
        let letters: Vec<char> = last_only.settings().text.chars().collect();
        let shuffled: String = order.iter().filter_map(|&place| letters.get(place)).collect();
        let other = changed(&last_only, |settings| settings.text = shuffled);
        let (one, other) = (Trace::of(last_only), Trace::of(other));
        prop_assert_eq!(one.bag_of_words(), other.bag_of_words());
        if letters.len() == 1 {
            prop_assert_eq!(one.bag_of_words(), one.forward.probabilities);
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
    weights.b2.fill(800.0);
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
    let (forward, backward) = (&trace.forward, &trace.backward);
    same(forward.pre_activation.as_slice().unwrap(), &[s, 0.0, 0.0, s + 0.5]);
    same(forward.hidden.as_slice().unwrap(), &[0.0, 0.0, 0.5, 0.0, 0.0, h]);
    same(&[forward.probabilities[[0, 0]], forward.loss()], &[0.5, 2.0_f64.ln()]);
    same(backward.d_logits.as_slice().unwrap(), &[-0.5]);
    same(backward.d_hidden.as_slice().unwrap(), &[-q / 2.0, -1.0, -0.5, -0.5]);
    same(backward.d_pre_activation.as_slice().unwrap(), &[-0.375 * q, -1.0, -0.5, -q / 2.0]);
    let Weights { w1x, w1h, b1, w2, b2 } = &backward.gradient;
    same(w1x.as_slice().unwrap(), &[-0.375 * q, -1.0, -0.5, -q / 2.0]);
    same(w1h.as_slice().unwrap(), &[-0.25, -q / 4.0, 0.0, 0.0]);
    same(b1.as_slice().unwrap(), &[-0.5 - 0.375 * q, -1.0 - q / 2.0]);
    same(w2.as_slice().unwrap(), &[0.0, -h / 2.0]);
    same(b2.as_slice().unwrap(), &[-0.5]);
    let links = trace.chain(Step::from_index(1));
    same(links[1].product().as_slice().unwrap(), &[0.0, q, 2.0, 0.0]);
    let saturation = links[1].norm_of_saturation().unwrap();
    same(&[links[1].norm.value(), saturation.value()], &[2.0, 1.0]);
}
