//! What a training says of its sequences at the cursor.

use super::{DataKind, Learning};
use crate::rnn::train::{Answered, Asked, Corpus, Example, Score, Target};

/// The predictions of a network at one place of its training.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Of each held-out sequence: its place in the corpus, and its predictions.
    pub answered: Vec<(usize, Answered)>,
    /// Their mean loss.
    pub score: Score,
    /// How many training sequences were asked as well, as many as are held out, and how they are predicted;
    /// nothing where none is held out.
    pub trained: Option<(usize, Score)>,
    /// The accuracy for sequences that are longer than any in training, where there are such.
    pub longer: Option<f64>,
}

/// The prediction for one sequence, in short.
#[derive(Clone, Debug, PartialEq)]
pub enum Said<'a> {
    /// The probability of 1 at the one step with a target, and the target.
    Probability(f64, usize),
    /// The most probable label there with its probability, and the right one.
    Label(&'a str, f64, &'a str),
    /// The numbers there, and the right ones.
    Numbers(Vec<f64>, &'a [f64]),
    /// So many targets, each with a prediction.
    Several,
}

impl Learning {
    /// What it says of the held-out sequences at the cursor, and of longer ones.
    pub fn moment(&self) -> Moment {
        let mut training = self.training();
        let places = self.data().split().held_out();
        let answered = places.iter().filter_map(|&place| Some((place, training.answered(place)?)));
        let answered = answered.collect();
        let score = training.held_out();
        let split = self.data().split();
        let trained = (!split.is_by_heart()).then(|| {
            let some = &split.training()[..split.training().len().min(places.len())];
            (some.len(), training.score(some))
        });
        let longer = match self.data().kind() {
            DataKind::Set(set) => training.score(set.longer()).accuracy,
            DataKind::Own(_) => None,
        };
        Moment { answered, score, trained, longer }
    }
}

impl Moment {
    /// How many of the predictions that count are right, and how many count; values have none.
    pub fn right(&self) -> Option<(usize, usize)> {
        let mut each = self.answered.iter().map(|(_, answered)| answered.right);
        each.try_fold((0, 0), |(right, all), one| {
            let (more, of) = one?;
            Some((right + more, all + of))
        })
    }
}

/// The prediction for `example` in short.
pub fn said<'a>(corpus: &'a Corpus, example: &'a Example, answered: &Answered) -> Said<'a> {
    let mut targets = example.targets().iter().flatten();
    let (Some(target), None) = (targets.next(), targets.next()) else { return Said::Several };
    let row = || answered.answers.row(0);
    match (corpus.asked(), target) {
        (Asked::Binary, Target::Place(target)) => Said::Probability(row()[0], *target),
        (Asked::Classes { labels }, Target::Place(target)) => {
            let most = row().iter().enumerate().fold((0, f64::NEG_INFINITY), |most, (at, &p)| {
                if p > most.1 { (at, p) } else { most }
            });
            let label = |at: usize| labels.get(at).map_or("", String::as_str);
            Said::Label(label(most.0), most.1, label(*target))
        }
        (_, Target::Numbers(target)) => Said::Numbers(row().to_vec(), target),
        _ => Said::Several,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{Command, Data};

    #[test]
    fn the_predictions_are_those_of_the_run_at_the_cursor() {
        let mut learning = Learning::new(Data::named("opinions-en").unwrap());
        for _ in 0..30 {
            learning = learning.after(Command::StepForward);
        }
        for (at, look) in [(0, 0), (10, 1), (30, 3)] {
            let moment = learning.after(Command::Seek(at)).moment();
            let (right, all) = moment.right().unwrap();
            assert_eq!((all, moment.answered.len()), (64, 64));
            let looked = learning.run().looks()[look].held_out;
            assert_eq!(moment.score, looked);
            // Of as many that it is trained on.
            let (count, trained) = moment.trained.unwrap();
            assert_eq!(count, 64);
            assert_ne!(trained, looked);
            assert_eq!(Some(right as f64 / all as f64), looked.accuracy);
            for (place, answered) in &moment.answered {
                let corpus = learning.data().corpus();
                let Said::Probability(p, target) =
                    said(corpus, &corpus.examples()[*place], answered)
                else {
                    panic!("a binary prediction is a probability");
                };
                assert_eq!(answered.right, Some((usize::from((p > 0.5) == (target == 1)), 1)));
            }
        }
    }

    #[test]
    fn longer_sequences_have_an_accuracy_of_their_own() {
        let of = |name: &str| Learning::new(Data::named(name).unwrap()).moment();
        assert!(of("brackets").longer.is_some());
        assert_eq!(of("opinions-en").longer, None);
        assert!(of("hello").right().unwrap().1 > 0);
        assert_eq!(of("hello").trained, None);
    }
}
