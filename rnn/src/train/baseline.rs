//! What is reached without memory of order, or without reading at all.

use super::corpus::{Corpus, Target};
use std::collections::{BTreeMap, HashMap};

impl Corpus {
    /// The best that any function of the bag of words can do: the share of right answers of one that
    /// gives each bag, what has been heard up to a step in whatever order, its most frequent target
    /// among the sequences at `places`. It knows their targets, so no model without memory of order
    /// answers more of them. Values have no such share.
    pub fn best_bag(&self, places: &[usize]) -> Option<f64> {
        self.best(places, |example, step| {
            let mut bag: BTreeMap<usize, f64> = BTreeMap::new();
            for &(entry, number) in (0..=step).flat_map(|step| example.inputs().at(step)) {
                *bag.entry(entry).or_default() += number;
            }
            bag.into_iter().map(|(entry, number)| (entry, number.to_bits())).collect()
        })
    }

    /// The share of right answers of whoever always gives the most frequent target of the sequences at
    /// `places`. Values have none.
    pub fn most_frequent(&self, places: &[usize]) -> Option<f64> {
        self.best(places, |_, _| Vec::new())
    }

    /// The share of right answers of the best function of what is `known` at a step.
    fn best(
        &self,
        places: &[usize],
        known: impl Fn(&super::Example, usize) -> Vec<(usize, u64)>,
    ) -> Option<f64> {
        let mut counts: HashMap<Vec<(usize, u64)>, HashMap<usize, usize>> = HashMap::new();
        let mut all = 0_usize;
        for example in places.iter().filter_map(|&place| self.examples().get(place)) {
            for (step, target) in example.targets().iter().enumerate() {
                let Some(target) = target.as_ref().filter(|_| example.judged()[step]) else {
                    continue;
                };
                let Target::Place(target) = target else { return None };
                *counts.entry(known(example, step)).or_default().entry(*target).or_default() += 1;
                all += 1;
            }
        }
        let right: usize = counts.values().filter_map(|of| of.values().max()).sum();
        (all > 0).then(|| right as f64 / all as f64)
    }
}
