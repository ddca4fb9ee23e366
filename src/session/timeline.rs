//! The order of the stages of a pass, and a place in it.

use crate::rnn::Step;
use std::{fmt, str::FromStr};

/// One thing that happens in a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// H⁽ᵗ⁾ is computed.
    Forward(Step),
    /// The outputs are computed.
    Output,
    /// The loss is computed.
    Loss,
    /// The error at the outputs, and the gradients of the output layer.
    BackwardOutput,
    /// The error arrives at a step, and the step contributes to the gradients.
    Backward(Step),
    /// The weights change.
    Update,
}

/// As the page's `data-moment` says it: `forward:3`, `output`, `backward:2`.
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forward(step) => write!(f, "forward:{}", step.number()),
            Self::Output => f.write_str("output"),
            Self::Loss => f.write_str("loss"),
            Self::BackwardOutput => f.write_str("backward-output"),
            Self::Backward(step) => write!(f, "backward:{}", step.number()),
            Self::Update => f.write_str("update"),
        }
    }
}

/// The inverse of its `Display`.
impl FromStr for Stage {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let step = |number: &str| {
            let number = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            number.map(Step::from_index).ok_or(())
        };
        Ok(match name.split_once(':') {
            Some(("forward", number)) => Self::Forward(step(number)?),
            Some(("backward", number)) => Self::Backward(step(number)?),
            _ => match name {
                "output" => Self::Output,
                "loss" => Self::Loss,
                "backward-output" => Self::BackwardOutput,
                "update" => Self::Update,
                _ => return Err(()),
            },
        })
    }
}

/// A place on a timeline: a stage, and how much of it has happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// The stage, counted from 0.
    pub position: usize,
    /// How much of the stage has happened: 0 nothing, 1 all.
    pub progress: f64,
}

impl Cursor {
    /// The stage at `position`, done.
    pub const fn at(position: usize) -> Self {
        Self { position, progress: 1.0 }
    }

    /// The stage at `position`, about to begin.
    pub const fn beginning(position: usize) -> Self {
        Self { position, progress: 0.0 }
    }

    /// The same stage, done.
    #[must_use]
    pub const fn settled(self) -> Self {
        Self::at(self.position)
    }

    /// Position and progress as one number, which is what a slider has: the count of stages that
    /// have happened, the last one perhaps in part.
    pub fn elapsed(self) -> f64 {
        self.position as f64 + self.progress
    }

    /// The inverse of [`Self::elapsed`]; negative and undefined numbers are the very beginning.
    pub fn from_elapsed(elapsed: f64) -> Self {
        let position = (elapsed.ceil() as usize).saturating_sub(1);
        let progress = (elapsed - position as f64).clamp(0.0, 1.0);
        Self { position, progress: if progress.is_nan() { 0.0 } else { progress } }
    }

    /// How much of the stage at `position` has happened, from 0 to 1.
    pub fn completion(self, position: usize) -> f64 {
        match position.cmp(&self.position) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => self.progress,
            std::cmp::Ordering::Greater => 0.0,
        }
    }
}

/// The stages of one pass over T steps, in order: T forward, output, loss, the output's way back,
/// T backward, update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    steps: usize,
}

impl Timeline {
    /// The timeline of a sequence of `steps` time steps.
    pub const fn of(steps: usize) -> Self {
        Self { steps }
    }

    /// How many time steps there are.
    pub const fn steps(self) -> usize {
        self.steps
    }

    /// How many stages there are.
    pub const fn count(self) -> usize {
        2 * self.steps + 4
    }

    /// The position of the last stage, the update.
    pub const fn last(self) -> usize {
        self.count() - 1
    }

    /// The stage at `position`; past the end it is the last one.
    pub fn stage(self, position: usize) -> Stage {
        let steps = self.steps;
        match position {
            _ if position < steps => Stage::Forward(Step::from_index(position)),
            _ if position == steps => Stage::Output,
            _ if position == steps + 1 => Stage::Loss,
            _ if position == steps + 2 => Stage::BackwardOutput,
            _ if position < self.last() => {
                Stage::Backward(Step::from_index(self.last() - 1 - position))
            }
            _ => Stage::Update,
        }
    }

    /// The position of `stage`; a step past the end counts as the last one.
    pub fn position(self, stage: Stage) -> usize {
        let index = |step: Step| step.index().min(self.steps - 1);
        match stage {
            Stage::Forward(step) => index(step),
            Stage::Output => self.steps,
            Stage::Loss => self.steps + 1,
            Stage::BackwardOutput => self.steps + 2,
            Stage::Backward(step) => self.last() - 1 - index(step),
            Stage::Update => self.last(),
        }
    }

    /// The position of `stage`, if this timeline has it.
    pub fn find(self, stage: Stage) -> Option<usize> {
        let position = self.position(stage);
        (self.stage(position) == stage).then_some(position)
    }

    /// All stages, in order.
    pub fn stages(self) -> impl ExactSizeIterator<Item = Stage> {
        (0..self.count()).map(move |position| self.stage(position))
    }

    /// The nearest cursor that lies on this timeline.
    pub fn clamp(self, cursor: Cursor) -> Cursor {
        if cursor.position > self.last() { Cursor::at(self.last()) } else { cursor }
    }

    /// The place that corresponds to `cursor` on the timeline `before`: the same stage where this
    /// timeline has it. A backward pass that had come to the first steps is there again.
    pub fn corresponding(self, before: Self, cursor: Cursor) -> Cursor {
        let position = self.position(before.stage(cursor.position));
        Cursor { position, ..cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_of_two_steps_come_in_order() {
        let stages: Vec<String> = Timeline::of(2).stages().map(|m| m.to_string()).collect();
        let order = "forward:1 forward:2 output loss backward-output backward:2 backward:1 update";
        assert_eq!(stages.join(" "), order);
    }

    #[test]
    fn a_stage_is_found_where_it_stands() {
        for steps in 1..20 {
            let timeline = Timeline::of(steps);
            for (position, stage) in timeline.stages().enumerate() {
                assert_eq!(timeline.position(stage), position);
            }
        }
    }

    #[test]
    fn a_slider_value_is_a_cursor() {
        let middle = Cursor { position: 3, progress: 0.25 };
        for (value, cursor) in [
            (0.0, Cursor::beginning(0)),
            (0.5, Cursor { position: 0, progress: 0.5 }),
            (1.0, Cursor::at(0)),
            (3.25, middle),
            (8.0, Cursor::at(7)),
        ] {
            assert_eq!(Cursor::from_elapsed(value), cursor);
            assert_eq!(cursor.elapsed(), value);
        }
        // A stage about to begin is where the one before it ended.
        assert_eq!(Cursor::beginning(3).elapsed(), Cursor::at(2).elapsed());
        for undefined in [f64::NAN, -3.0, f64::NEG_INFINITY] {
            assert_eq!(Cursor::from_elapsed(undefined), Cursor::beginning(0));
        }
        let timeline = Timeline::of(2);
        for beyond in [8.5, 1e300, f64::INFINITY] {
            let cursor = timeline.clamp(Cursor::from_elapsed(beyond));
            assert_eq!(cursor, Cursor::at(timeline.last()));
        }
    }
}
