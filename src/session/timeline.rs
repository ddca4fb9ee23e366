//! The order of the moments of a pass, and a place in it.

use crate::rnn::Step;
use std::{fmt, str::FromStr};

/// One thing that happens in a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Hₜ is computed.
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
impl fmt::Display for Moment {
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
impl FromStr for Moment {
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

/// A place on a timeline: a moment, and how much of it has happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    /// The moment, counted from 0.
    pub position: usize,
    /// How much of the moment has happened: 0 nothing, 1 all.
    pub progress: f64,
}

impl Cursor {
    /// The moment at `position`, done.
    pub const fn at(position: usize) -> Self {
        Self { position, progress: 1.0 }
    }

    /// The moment at `position`, about to begin.
    pub const fn beginning(position: usize) -> Self {
        Self { position, progress: 0.0 }
    }

    /// The same moment, done.
    #[must_use]
    pub const fn settled(self) -> Self {
        Self::at(self.position)
    }

    /// Position and progress as one number, which is what a slider has: the count of moments that
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

    /// How much of the moment at `position` has happened, from 0 to 1.
    pub fn completion(self, position: usize) -> f64 {
        match position.cmp(&self.position) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => self.progress,
            std::cmp::Ordering::Greater => 0.0,
        }
    }
}

/// The moments of one pass over T steps, in order: T forward, output, loss, the output's way back,
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

    /// How many moments there are.
    pub const fn count(self) -> usize {
        2 * self.steps + 4
    }

    /// The position of the last moment, the update.
    pub const fn last(self) -> usize {
        self.count() - 1
    }

    /// The moment at `position`; past the end it is the last one.
    pub fn moment(self, position: usize) -> Moment {
        let steps = self.steps;
        match position {
            _ if position < steps => Moment::Forward(Step::from_index(position)),
            _ if position == steps => Moment::Output,
            _ if position == steps + 1 => Moment::Loss,
            _ if position == steps + 2 => Moment::BackwardOutput,
            _ if position < self.last() => {
                Moment::Backward(Step::from_index(self.last() - 1 - position))
            }
            _ => Moment::Update,
        }
    }

    /// The position of `moment`; a step past the end counts as the last one.
    pub fn position(self, moment: Moment) -> usize {
        let index = |step: Step| step.index().min(self.steps - 1);
        match moment {
            Moment::Forward(step) => index(step),
            Moment::Output => self.steps,
            Moment::Loss => self.steps + 1,
            Moment::BackwardOutput => self.steps + 2,
            Moment::Backward(step) => self.last() - 1 - index(step),
            Moment::Update => self.last(),
        }
    }

    /// The position of `moment`, if this timeline has it.
    pub fn find(self, moment: Moment) -> Option<usize> {
        let position = self.position(moment);
        (self.moment(position) == moment).then_some(position)
    }

    /// All moments, in order.
    pub fn moments(self) -> impl ExactSizeIterator<Item = Moment> {
        (0..self.count()).map(move |position| self.moment(position))
    }

    /// The nearest cursor that lies on this timeline.
    pub fn clamp(self, cursor: Cursor) -> Cursor {
        if cursor.position > self.last() { Cursor::at(self.last()) } else { cursor }
    }

    /// The place that corresponds to `cursor` on the timeline `before`: the same moment where this
    /// timeline has it. A backward pass that had come to the first steps is there again.
    pub fn corresponding(self, before: Self, cursor: Cursor) -> Cursor {
        let position = self.position(before.moment(cursor.position));
        Cursor { position, ..cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_of_two_steps_come_in_order() {
        let moments: Vec<String> = Timeline::of(2).moments().map(|m| m.to_string()).collect();
        let order = "forward:1 forward:2 output loss backward-output backward:2 backward:1 update";
        assert_eq!(moments.join(" "), order);
    }

    #[test]
    fn a_moment_is_found_where_it_stands() {
        for steps in 1..20 {
            let timeline = Timeline::of(steps);
            for (position, moment) in timeline.moments().enumerate() {
                assert_eq!(timeline.position(moment), position);
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
        // A moment about to begin is where the one before it ended.
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
