//! The lanes of the score: each draws one quantity over time, as far as the cursor has come.

use super::{
    brush::{Brush, Drawn, Line},
    layout::{Axis, Lane, Rect},
    palette::Palette,
};
use crate::{
    rnn::{Step, Trace, weights},
    session::{Cursor, Moment, Timeline},
};
use ndarray::{Array2, ArrayView1};
use plotters::prelude::DrawingBackend;
use std::ops::RangeInclusive;

/// What a lane shows, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// How far it has come.
    pub cursor: Cursor,
    /// The columns of the lanes.
    pub axis: Axis,
    /// The colours.
    pub palette: &'a Palette,
}

impl Lane {
    /// The positions on the timeline between which this lane changes.
    pub fn active(self, timeline: Timeline) -> RangeInclusive<usize> {
        match self {
            Self::Hidden => 0..=timeline.position(Moment::Output),
            _ => timeline.position(Moment::BackwardOutput)..=timeline.last() - 1,
        }
    }

    /// The cursor as this lane sees it: all that happens outside of its time is one to it.
    pub fn local(self, timeline: Timeline, cursor: Cursor) -> Cursor {
        let active = self.active(timeline);
        if cursor.position < *active.start() {
            Cursor::beginning(*active.start())
        } else if cursor.position > *active.end() {
            Cursor::at(*active.end())
        } else {
            cursor
        }
    }
}

impl Scene<'_> {
    /// Draws `lane` with `brush`.
    ///
    /// # Errors
    ///
    /// What the backend answers.
    pub fn draw<DB: DrawingBackend>(self, lane: Lane, brush: &Brush<'_, DB>) -> Drawn<DB> {
        match lane {
            Lane::Hidden => self.hidden(brush),
            Lane::Error => self.error(brush),
            Lane::HiddenError => self.hidden_error(brush),
            Lane::Norm => self.norm(brush),
            Lane::Contribution => self.contribution(brush),
        }
    }

    /// How much of `moment` has happened, from 0 to 1.
    fn completion(self, moment: Moment) -> f64 {
        self.cursor.completion(Timeline::of(self.trace.steps()).position(moment))
    }

    fn cells(self) -> usize {
        self.trace.experiment.weights().sizes().cells
    }

    fn steps(self) -> impl DoubleEndedIterator<Item = Step> {
        Step::all(self.trace.steps())
    }

    /// The state moves along the arrow while the first half of a moment passes; the new state takes
    /// its colour in the second.
    fn hidden<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        for step in self.steps() {
            let block = Lane::Hidden.block(self.axis, self.cells(), step);
            let done = self.completion(Moment::Forward(step));
            let states = self.trace.forward.hidden_after(step);
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            let opacity = if step == Step::FIRST { done } else { second_half(done) };
            brush.cells(block, opacity, |row, _| self.palette.colour(states[row], 1.0))?;
        }
        let line = Line { colour: self.palette.ink, opacity: 1.0, width: 1.5, dashes: None };
        let (_, middle) = Lane::Hidden.block(self.axis, self.cells(), Step::FIRST).rect.center();
        for step in self.steps() {
            let from = Lane::Hidden.block(self.axis, self.cells(), step).rect.right() + 4.0;
            let (to, done) = if step.number() < self.trace.steps() {
                let next = step.next();
                let block = Lane::Hidden.block(self.axis, self.cells(), next);
                (block.rect.x - 4.0, first_half(self.completion(Moment::Forward(next))))
            } else {
                (self.axis.left_of_output() + 6.0, first_half(self.completion(Moment::Output)))
            };
            if to - from >= 10.0 {
                brush.arrow(&[(from, middle), (to, middle)], done, line)?;
            }
        }
        Ok(())
    }

    /// The error flows back along an arrow as wide as the error is large, then passes tanh.
    fn error<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let errors = &self.trace.backward.d_pre_activation;
        self.blocks(Lane::Error, errors, brush)?;
        let arriving = |step: Step| {
            let backward = &self.trace.backward;
            if step.number() == self.trace.steps() {
                length(backward.d_hidden_from_output.row(step.index()))
            } else {
                length(backward.d_hidden_from_next.row(step.index()))
            }
        };
        let most = finite_max(self.steps().map(arriving));
        let (_, middle) = Lane::Error.block(self.axis, self.cells(), Step::FIRST).rect.center();
        for step in self.steps() {
            let share = if most > 0.0 { (arriving(step) / most).min(1.0) } else { 0.0 };
            let line = Line {
                colour: self.palette.error,
                opacity: 0.35 + 0.65 * share.sqrt(),
                width: 1.0 + 5.0 * share,
                dashes: Some((5.0, 3.0)),
            };
            let to = Lane::Error.block(self.axis, self.cells(), step).rect.right() + 4.0;
            let done = first_half(self.completion(Moment::Backward(step)));
            if step.number() == self.trace.steps() {
                let corner = self.axis.left_of_output() + self.axis.output() / 2.0;
                let top = (middle - 14.0).max(0.0);
                brush.arrow(&[(corner, top), (corner, middle), (to, middle)], done, line)?;
                continue;
            }
            let from = Lane::Error.block(self.axis, self.cells(), step.next()).rect.x - 4.0;
            if from - to >= 10.0 {
                brush.arrow(&[(from, middle), (to, middle)], done, line)?;
            }
        }
        Ok(())
    }

    fn hidden_error<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        self.blocks(Lane::HiddenError, &self.trace.backward.d_hidden, brush)
    }

    /// A heat map of a T×n quantity of the backward pass, each step's cells in its column.
    fn blocks<DB: DrawingBackend>(
        self,
        lane: Lane,
        values: &Array2<f64>,
        brush: &Brush<'_, DB>,
    ) -> Drawn<DB> {
        let range = largest(values.iter().copied());
        for step in self.steps() {
            let block = lane.block(self.axis, self.cells(), step);
            let done = self.completion(Moment::Backward(step));
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            let row = values.row(step.index());
            brush
                .cells(block, second_half(done), |cell, _| self.palette.colour(row[cell], range))?;
        }
        Ok(())
    }

    fn norm<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let norms = self.trace.backward.d_hidden.rows().into_iter().map(length);
        let most = finite_max(norms.clone());
        for (step, norm) in self.steps().zip(norms) {
            let full = Lane::Norm.block(self.axis, self.cells(), step).rect;
            let done = second_half(self.completion(Moment::Backward(step)));
            let share = if most > 0.0 { (norm / most).min(1.0) } else { 0.0 };
            let height = full.height * share * done;
            let bar = Rect { y: full.bottom() - height, height, ..full };
            let floor = Rect { y: full.bottom(), height: 1.0, ..full };
            brush.fill(floor, self.palette.outline, 1.0)?;
            if done > 0.0 {
                brush.fill(bar, self.palette.error, 1.0)?;
            }
        }
        Ok(())
    }

    /// Each step's matrix appears in its column; the sum at the right takes it in at once.
    fn contribution<DB: DrawingBackend>(self, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let cells = self.cells();
        let backward = &self.trace.backward;
        let product = |step: Step, row: usize, column: usize| {
            self.trace.forward.hidden_before(step)[row]
                * backward.d_pre_activation.row(step.index())[column]
        };
        let range = contribution_range(self.trace);
        let mut sum = Array2::<f64>::zeros((cells, cells));
        for step in self.steps().rev() {
            let block = Lane::Contribution.block(self.axis, cells, step);
            let done = second_half(self.completion(Moment::Backward(step)));
            if done < 1.0 {
                brush.empty(block, self.palette.outline)?;
            }
            brush.cells(block, done, |row, column| {
                self.palette.colour(product(step, row, column), range)
            })?;
            if done > 0.0 {
                for ((row, column), value) in sum.indexed_iter_mut() {
                    *value += done * product(step, row, column);
                }
            }
        }
        let total = Lane::Contribution.total_block(self.axis, cells);
        if self.completion(Moment::Backward(Step::from_index(self.trace.steps() - 1))) < 0.5 {
            return brush.empty(total, self.palette.outline);
        }
        brush.cells(total, 1.0, |row, column| self.palette.colour(sum[[row, column]], range))
    }
}

/// The largest size of a number in any step's contribution to ∂L/∂W₁ₕ, or in their sum: the range
/// of colours that all of them share.
pub fn contribution_range(trace: &Trace) -> f64 {
    let products = Step::all(trace.steps()).map(|step| {
        let states = largest(trace.forward.hidden_before(step).iter().copied());
        states * largest(trace.backward.d_pre_activation.row(step.index()).iter().copied())
    });
    finite_max(products).max(largest(trace.backward.gradient.w1h.iter().copied()))
}

/// The largest finite size among `values`; 0 if there is none.
pub fn largest(values: impl Iterator<Item = f64>) -> f64 {
    finite_max(values.map(f64::abs))
}

fn finite_max(values: impl Iterator<Item = f64>) -> f64 {
    values.filter(|value| value.is_finite()).fold(0.0, f64::max)
}

fn length(row: ArrayView1<'_, f64>) -> f64 {
    weights::norm(row.iter().copied())
}

fn first_half(done: f64) -> f64 {
    (done * 2.0).min(1.0)
}

fn second_half(done: f64) -> f64 {
    (done * 2.0 - 1.0).max(0.0)
}
