//! The states of a training at its cursor, and the text that it writes there.

use super::Learning;
use crate::rnn::{
    StepUnit,
    train::{Asked, Example, Projection, Sampler, Target, Training},
};

/// How many sequences are shown.
const SEQUENCES: usize = 40;

/// How long a text is.
const WRITTEN: usize = 60;

/// How often the directions are looked for while a training goes on, in updates.
const EVERY: usize = 50;

/// The ways of some sequences through the two directions in which states differ most.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    /// Of each sequence: its place in the corpus, and its state after each step.
    pub ways: Vec<(usize, Vec<[f64; 2]>)>,
    /// How much of the variance the two directions have, of 1.
    pub shares: [f64; 2],
    /// How far the states of the network go whose directions they are.
    pub reach: f64,
}

impl Learning {
    /// After how many updates the network has stood whose directions are shown: the last ones, or while
    /// it goes on those of a while ago, so that the picture does not turn at every frame.
    pub fn directions_at(&self) -> usize {
        match self.motion() {
            super::Motion::Still | super::Motion::Racing => self.end(),
            _ => self.end() - self.end() % EVERY,
        }
    }

    /// The states at the cursor, in the directions of the network after so many updates.
    pub fn states(&self, directions_at: usize) -> Option<States> {
        let places = self.data().split().held_out();
        let places = &places[..places.len().min(SEQUENCES)];
        let found = states_of(&mut self.run().at(directions_at), places);
        let projection =
            Projection::of(found.iter().flat_map(|(_, states)| states.iter().map(Vec::as_slice)))?;
        let ways = |states: Vec<(usize, Vec<Vec<f64>>)>| -> Vec<(usize, Vec<[f64; 2]>)> {
            let way =
                |states: Vec<Vec<f64>>| states.iter().map(|state| projection.at(state)).collect();
            states.into_iter().map(|(place, states)| (place, way(states))).collect()
        };
        let there = ways(found);
        let numbers = there.iter().flat_map(|(_, way)| way).flatten();
        let reach = numbers.map(|number| number.abs()).fold(0.0, f64::max) * 1.1;
        let now = ways(states_of(&mut self.training(), places));
        Some(States { ways: now, shares: projection.shares(), reach })
    }

    /// What the network at the cursor writes, where it was asked for next tokens.
    pub fn written(&self, temperature: f64) -> Option<String> {
        let training = self.training();
        let corpus = training.corpus();
        if *corpus.asked() != Asked::NextToken {
            return None;
        }
        let first = *corpus.examples().first()?.places().first()?;
        let network = training.network();
        let weights = training.weights().clone();
        let mut sampler = Sampler::new(network.cell, weights, temperature, network.start.seed);
        sampler.read(first);
        let written = (0..WRITTEN).map(|_| sampler.write());
        let token = |place: usize| corpus.vocabulary().get(place).map_or("", String::as_str);
        let tokens: Vec<&str> = [first].into_iter().chain(written).map(token).collect();
        Some(tokens.join(if corpus.unit() == StepUnit::Character { "" } else { " " }))
    }
}

/// The states of some sequences, after each step.
fn states_of(training: &mut Training, places: &[usize]) -> Vec<(usize, Vec<Vec<f64>>)> {
    let states = |&place: &usize| {
        let states = training.states(place)?;
        Some((place, states.rows().into_iter().map(|row| row.to_vec()).collect()))
    };
    places.iter().filter_map(states).collect()
}

/// The side of the target of `example`, from −1 to 1: what is asked at its last step, of two targets or more.
pub fn side(example: &Example, asked: &Asked) -> Option<f64> {
    let Some(Target::Place(target)) = example.targets().last()?.as_ref() else { return None };
    match asked {
        Asked::Binary => Some(*target as f64 * 2.0 - 1.0),
        Asked::Classes { labels } => {
            Some(*target as f64 / (labels.len().max(2) - 1) as f64 * 2.0 - 1.0)
        }
        Asked::Values { .. } | Asked::NextToken => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{Command, Data};

    #[test]
    fn the_directions_stay_while_the_cursor_moves() {
        let mut learning = Learning::new(Data::named("opinions-en").unwrap());
        for _ in 0..12 {
            learning = learning.after(Command::StepForward);
        }
        assert_eq!(learning.directions_at(), 12);
        let (end, start) =
            (learning.states(12).unwrap(), learning.after(Command::GoToStart).states(12).unwrap());
        assert_eq!(end.shares, start.shares);
        assert_eq!((end.ways.len(), end.reach), (40, start.reach));
        assert_ne!(end.ways, start.ways);
        let corpus = learning.data().corpus();
        for (place, way) in &end.ways {
            assert_eq!(way.len(), corpus.examples()[*place].steps());
            assert!(way.iter().flatten().all(|number| number.abs() <= end.reach));
        }
        assert_eq!(learning.after(Command::Play).directions_at(), 0);
    }

    #[test]
    fn what_is_learnt_by_heart_is_written() {
        let learning = Learning::new(Data::named("hello").unwrap());
        let mut learnt = learning.after(Command::PlayUntil(200));
        while learnt.motion() != crate::training::Motion::Still {
            let more = crate::training::More::new(|| true);
            learnt = learnt.after(Command::Tick { elapsed: std::time::Duration::ZERO, more });
        }
        let text = learnt.written(0.0).unwrap();
        assert!(text.matches("hello").count() >= 5, "{text}");
        assert_ne!(learnt.after(Command::GoToStart).written(0.0), Some(text));
        assert_eq!(Learning::new(Data::named("parity").unwrap()).written(0.0), None);
    }
}
