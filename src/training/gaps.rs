//! How often a network remembers its first token, against the gap that it has to bridge: each cell with the
//! same seeds, and the settings on show.

use super::{
    Data,
    race::{CELLS, Entrant, Outcome, Runner, SEEDS},
};
use crate::rnn::{
    Cell,
    train::{Controls, Network},
};

/// The gaps that are compared.
pub const COMPARED: [usize; 5] = [5, 10, 15, 20, 28];

/// How many trainings have reached the goal, and how many have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many have reached it.
    pub reached: usize,
    /// Of how many.
    pub ended: usize,
}

impl Tally {
    /// The share that has reached it, once one has ended.
    pub fn share(self) -> Option<f64> {
        (self.ended > 0).then(|| self.reached as f64 / self.ended as f64)
    }
}

/// Trainings with each seed, each gap and each cell, one after the other: all gaps and cells of a seed before
/// the next seed.
#[derive(Clone, Debug)]
pub struct Gaps {
    begun: (Network, Controls),
    sets: Vec<Data>,
    /// By cell, then by gap.
    tallies: [[Tally; COMPARED.len()]; CELLS.len()],
    /// How many trainings have ended.
    ended: usize,
    now: Option<Runner>,
}

impl Gaps {
    /// Those of networks and trainings like these.
    pub fn new(network: Network, controls: Controls) -> Self {
        let sets = COMPARED.iter().filter_map(|gap| Data::named(&format!("first-{gap}"))).collect();
        let tallies = [[Tally::default(); COMPARED.len()]; CELLS.len()];
        Self { begun: (network, controls), sets, tallies, ended: 0, now: None }
    }

    /// Whether these would begin it.
    pub fn is_of(&self, network: Network, controls: Controls) -> bool {
        self.begun == (network, controls)
    }

    /// Each cell with its tallies, in the order of [`COMPARED`].
    pub fn tallies(&self) -> impl Iterator<Item = (Cell, &[Tally])> {
        CELLS.into_iter().zip(self.tallies.iter().map(<[Tally; COMPARED.len()]>::as_slice))
    }

    /// How many trainings have ended, and of how many.
    pub fn ended(&self) -> (usize, usize) {
        (self.ended, CELLS.len() * self.sets.len() * SEEDS as usize)
    }

    /// Whether all have ended.
    pub fn is_over(&self) -> bool {
        let (ended, all) = self.ended();
        ended >= all
    }

    /// Makes updates as long as `more` says so, which is asked before each.
    pub fn run_while(&mut self, mut more: impl FnMut() -> bool) {
        while !self.is_over() && more() {
            let cell = self.ended % CELLS.len();
            let gap = self.ended / CELLS.len() % self.sets.len();
            let seed = (self.ended / CELLS.len() / self.sets.len()) as u64;
            let Some(data) = self.sets.get(gap) else { return };
            let (network, controls) = self.begun;
            let runner = self.now.get_or_insert_with(|| {
                let mut network = Network { cell: CELLS[cell], ..network };
                network.start.seed = network.start.seed.saturating_add(seed);
                Runner::new(Entrant::Cell(network.cell), data, network, controls)
            });
            runner.update(data.goal(), data.updates());
            if runner.outcome() != Outcome::Running {
                let tally = &mut self.tallies[cell][gap];
                tally.ended += 1;
                tally.reached += usize::from(runner.outcome() == Outcome::Reached);
                self.ended += 1;
                self.now = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_is_tried_with_each_gap_and_each_cell() {
        let data = Data::named("first").unwrap();
        let mut gaps = Gaps::new(data.network(1), data.controls());
        // Enough for the first seeds.
        let mut left = 8_000;
        gaps.run_while(|| {
            left -= 1;
            left > 0
        });
        let (ended, all) = gaps.ended();
        assert_eq!(all, 300);
        assert!((16..300).contains(&ended), "{ended}");
        let tallies: Vec<Tally> =
            gaps.tallies().flat_map(|(_, tallies)| tallies.to_vec()).collect();
        assert_eq!(tallies.iter().map(|tally| tally.ended).sum::<usize>(), ended);
        let most = tallies.iter().map(|tally| tally.ended).max().unwrap();
        assert!(
            tallies.iter().all(|tally| tally.reached <= tally.ended && tally.ended + 1 >= most)
        );
        // TRAINING.md: over a gap of 5 every cell learns it.
        for (cell, tallies) in gaps.tallies() {
            assert_eq!(tallies[0].share(), Some(1.0), "{cell:?}");
        }
    }
}
