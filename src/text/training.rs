//! What a training, its sets and its lanes are called.

use super::{LaneWords, Words, numbers};
use crate::{
    figure::{Mark, UpdateLane, updates::MEAN_OF},
    rnn::train::{Optimizer, Score},
    training::{Contest, Data, Entrant, Learning, Outcome, Pace, Race, Rest, Runner},
};

/// What is said of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetWords {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub note: &'static str,
    /// What to predict first.
    pub ask: &'static str,
}

/// A share in percent, with one decimal where it is no whole number.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let whole = (percent - percent.round()).abs() < 0.05;
    if whole { format!("{percent:.0}") } else { format!("{percent:.1}") }
}

impl Words {
    /// A set by its name; none that there is not, which a test rules out.
    pub fn set(&self, name: &str) -> Option<SetWords> {
        let name = if name.starts_with("first-") { "first" } else { name };
        let words = |name, note, ask| Some(SetWords { name, note, ask });
        macro_rules! sets {
            ($($file:literal: $name:ident $note:ident $ask:ident,)*) => {
                match name {
                    $($file => words(self.$name(), self.$note(), self.$ask()),)*
                    _ => None,
                }
            };
        }
        sets! {
            "opinions-en": set_opinions_en set_opinions_en_note set_opinions_en_ask,
            "opinions-ko": set_opinions_ko set_opinions_ko_note set_opinions_ko_ask,
            "syllables": set_syllables set_syllables_note set_syllables_ask,
            "hello": set_hello set_hello_note set_hello_ask,
            "rhyme-en": set_rhyme_en set_rhyme_en_note set_rhyme_en_ask,
            "rhyme-ko": set_rhyme_ko set_rhyme_ko_note set_rhyme_ko_ask,
            "parity": set_parity set_parity_note set_parity_ask,
            "parity-every-step":
                set_parity_every_step set_parity_every_step_note set_parity_every_step_ask,
            "which-first": set_which_first set_which_first_note set_which_first_ask,
            "first": set_first set_first_note set_first_ask,
            "order": set_order set_order_note set_order_ask,
            "counting": set_counting set_counting_note set_counting_ask,
            "own-en": set_own_en set_own_en_note set_own_en_ask,
            "own-ko": set_own_ko set_own_ko_note set_own_ko_ask,
            "temporal-xor": set_temporal_xor set_temporal_xor_note set_temporal_xor_ask,
            "brackets": set_brackets set_brackets_note set_brackets_ask,
            "sentences": set_sentences set_sentences_note set_sentences_ask,
            "reber": set_reber set_reber_note set_reber_ask,
        }
    }

    /// How the weights follow the gradient.
    pub fn optimizer(&self, optimizer: Optimizer) -> &'static str {
        match optimizer {
            Optimizer::Sgd => self.optimizer_sgd(),
            Optimizer::Momentum { .. } => self.optimizer_momentum(),
            Optimizer::Adam { .. } => self.optimizer_adam(),
        }
    }

    /// How fast a training goes.
    pub fn pace(&self, pace: Pace) -> &'static str {
        match pace {
            Pace::Slow => self.pace_slow(),
            Pace::Quick => self.pace_quick(),
        }
    }

    /// How many sequences are trained on and how many are not.
    pub fn split(&self, data: &Data) -> String {
        let split = data.split();
        if split.is_by_heart() {
            self.train_by_heart(split.training().len())
        } else {
            self.train_split(split.training().len(), split.held_out().len())
        }
    }

    /// A lane of a training.
    pub fn update_lane(&self, lane: UpdateLane, data: &Data) -> LaneWords {
        let (by_heart, count) = (data.split().is_by_heart(), data.split().held_out().len());
        let (name, note) = match lane {
            UpdateLane::Loss if by_heart => {
                (self.lane_training_loss(), self.lane_training_loss_heart(MEAN_OF))
            }
            UpdateLane::Loss => (self.lane_training_loss(), self.lane_training_loss_note(MEAN_OF)),
            UpdateLane::Accuracy if by_heart => {
                (self.lane_held_out(), self.lane_held_out_heart(count))
            }
            UpdateLane::Accuracy => (self.lane_held_out(), self.lane_held_out_note(count)),
            UpdateLane::Reach => (self.lane_reach(), self.lane_reach_note().to_owned()),
            UpdateLane::Gradient => {
                (self.lane_gradient_norm(), self.lane_gradient_norm_note().to_owned())
            }
            UpdateLane::Weights => (self.lane_weights(), self.lane_weights_note().to_owned()),
        };
        LaneWords { name: name.to_owned(), note }
    }

    /// What a line or a row of a lane stands for.
    pub fn mark(&self, mark: Mark) -> String {
        match mark {
            Mark::Guessing(_) => self.mark_guessing().to_owned(),
            Mark::Floor(_) => self.mark_floor().to_owned(),
            Mark::Zero => "0".to_owned(),
            Mark::Goal(share) => self.mark_goal(&percent(share)),
            Mark::Bag(share) => self.mark_bag(&percent(share)),
            Mark::Clip(norm) => self.mark_clip(&numbers::typed(norm)),
            Mark::Power(power) if (-3..=4).contains(&power) => numbers::typed(10.0_f64.powi(power)),
            Mark::Power(power) => format!("1e{power}").replace('-', "−"),
            Mark::Tensor(of) => of.symbol(),
            Mark::Before(0) => self.mark_last().to_owned(),
            Mark::First(steps) => self.mark_first(steps),
            Mark::Before(steps) => self.mark_before(steps),
        }
    }

    /// Where the cursor of a training stands.
    pub fn training_place(&self, learning: &Learning) -> String {
        match learning.cursor() {
            0 => self.train_at_start().to_owned(),
            updates => self.train_after(updates),
        }
    }

    /// Why a training stopped by itself.
    pub fn rest(&self, learning: &Learning) -> Option<String> {
        let run = learning.run();
        let end = learning.end();
        Some(match learning.rest()? {
            Rest::Goal => {
                let reached = run.reached().unwrap_or(end);
                let look = run.looks().iter().find(|look| look.updates == reached);
                let accuracy = look.and_then(|look| look.held_out.accuracy);
                self.rest_goal(reached, &percent(accuracy.unwrap_or(f64::NAN)))
            }
            Rest::Late if run.goal().is_some() => self.rest_late(end),
            Rest::Late => self.rest_done(end),
            Rest::NoNumber => self.rest_no_number(run.no_number_since().unwrap_or(end)),
            Rest::Full => self.rest_full(end),
        })
    }

    /// How many predictions are right.
    pub fn predictions_right(&self, (right, all): (usize, usize), data: &Data) -> String {
        if data.split().is_by_heart() {
            self.train_right_heart(right, all)
        } else {
            self.train_right(right, all)
        }
    }

    /// How well so many of the sequences are predicted that are trained on.
    pub fn in_training(&self, (count, score): (usize, Score)) -> String {
        let loss = numbers::size(score.loss);
        match score.accuracy {
            Some(share) => self.train_in_training(count, &percent(share), &loss),
            None => self.train_in_training_loss(count, &loss),
        }
    }

    /// What can be compared.
    pub fn contest(&self, contest: Contest) -> &'static str {
        match contest {
            Contest::Rates => self.race_rates(),
            Contest::Cells => self.race_cells(),
            Contest::Seeds => self.race_seeds(),
        }
    }

    /// One of the trainings that are compared.
    pub fn entrant(&self, entrant: Entrant) -> String {
        match entrant {
            Entrant::Rate(rate) => self.race_rate(&numbers::typed(rate)),
            Entrant::Cell(cell) => self.cell(cell).to_owned(),
            Entrant::Seed(seed) => self.initial_random(&seed.to_string()),
        }
    }

    /// What became of it.
    pub fn outcome(&self, runner: &Runner) -> String {
        let updates = runner.updates();
        match runner.outcome() {
            Outcome::Late if runner.has_goal() => self.race_late(updates),
            Outcome::Running | Outcome::Late => self.race_made(updates),
            Outcome::Reached => self.race_reached(updates),
            Outcome::NoNumber => self.race_no_number(updates),
        }
    }

    /// How many of the trainings that are compared have reached the goal.
    pub fn race_share(&self, race: &Race, data: &Data) -> String {
        let (reached, all) = (race.reached(), race.runners().len());
        match reached.get(reached.len() / 2) {
            _ if data.goal().is_none() => String::new(),
            Some(&median) if race.is_over() && race.contest() == Contest::Seeds => {
                self.race_share_over(reached.len(), all, median)
            }
            None if race.is_over() => self.race_share_none(all),
            Some(_) if race.is_over() => self.race_share_few(reached.len(), all),
            _ => self.race_share_now(reached.len(), all),
        }
    }

    /// How well longer sequences are predicted.
    pub fn longer(&self, share: f64) -> String {
        self.train_longer(&percent(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rnn::train::DataSet, text::Language};

    #[test]
    fn every_set_has_its_words() {
        for language in Language::ALL {
            let words = language.words();
            assert!(Data::named(words.first_set()).is_some());
            for name in DataSet::names().chain(["first-7"]) {
                let said = words.set(name).unwrap();
                assert!(!(said.name.is_empty() || said.note.is_empty() || said.ask.is_empty()));
            }
            assert_eq!(words.set("elsewhere"), None);
        }
    }

    #[test]
    fn a_share_is_written_in_percent() {
        assert_eq!(percent(0.95), "95");
        assert_eq!(percent(0.953_125), "95.3");
        assert_eq!(percent(0.0), "0");
    }
}
