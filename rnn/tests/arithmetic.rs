//! Every number of both passes of every cell is what its arithmetic makes it, truncated or not.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod random;

use proptest::prelude::*;
use random::truncated;
use unrolled_rnn::{Place, Step, Trace};

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-11 * (1.0 + theirs.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_number_is_what_its_arithmetic_makes_it(experiment in truncated()) {
        let trace = Trace::of(experiment);
        let variables: Vec<_> = trace.experiment().recipe().variables().collect();
        for step in Step::all(trace.steps()) {
            for unit in 0..trace.units() {
                for &of in &variables {
                    let made = trace.arithmetic_of_value(of, step, unit).unwrap();
                    let value = trace.values(of).unwrap()[[step.number(), unit]];
                    prop_assert!(close(made.value(&trace), value), "{of:?}: {made:?}");

                    let made = trace.arithmetic_of_error(of, step, unit);
                    let error = trace.errors(of).unwrap()[[step.index(), unit]];
                    prop_assert!(close(made.value(&trace), error), "error at {of:?}: {made:?}");
                }
                for &arrival in &trace.way_back().arrivals {
                    let made = trace.arithmetic_of_arrival(arrival, step, unit);
                    let arrived = trace.arrivals(arrival).unwrap()[[step.index(), unit]];
                    prop_assert!(close(made.value(&trace), arrived), "{arrival:?}: {made:?}");
                }
            }
            let contribution = trace.contribution(step);
            for place in Place::all(&contribution) {
                let Some(term) = trace.way_back().term(place.parameter) else { continue };
                let made = trace.arithmetic_of_term(term, step, place);
                prop_assert!(close(made.value(&trace), place.of(&contribution)), "{place:?}");
            }
        }
    }
}
