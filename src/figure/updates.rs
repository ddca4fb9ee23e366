//! The lanes of a training, whose axis is the updates: the loss, the held-out accuracy, how far back
//! the gradient reaches, and its norm.

use super::{
    brush::{Brush, Drawn, Line},
    layout::Rect,
    palette::Palette,
};
use crate::{
    rnn::{
        Parameter, Weights,
        train::{Look, Run, Update},
    },
    session::Scale,
};
use plotters::{prelude::DrawingBackend, style::RGBColor};

/// Of how many updates the line of the loss is the mean.
pub const MEAN_OF: usize = 20;

/// The fewest updates that the axis has room for.
const FEWEST: usize = 50;

/// The room above and below the curves of a lane.
const ROOM: f64 = 6.0;

/// How high the rows of all weights are together at most, in CSS pixels.
const MOST_WEIGHTS: f64 = 280.0;

/// The room between the weights of two tensors.
const GAP: f64 = 6.0;

/// How many powers of ten the norm of the gradient is shown over, at most.
const DECADES: f64 = 8.0;

/// A lane over the updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateLane {
    /// The loss of minibatches, its running mean, and that of the held-out sequences.
    Loss,
    /// The share of held-out predictions that are right.
    Accuracy,
    /// ‖∂L/∂H‖ by the distance from the last step.
    Reach,
    /// ‖g‖.
    Gradient,
    /// Each weight from hidden state to hidden state, of the gate that keeps where there is one, and each of
    /// the output layer.
    Weights,
}

impl UpdateLane {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 5] =
        [Self::Loss, Self::Accuracy, Self::Reach, Self::Gradient, Self::Weights];

    /// Its name in the page's styles and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "training-loss",
            Self::Accuracy => "held-out",
            Self::Reach => "reach",
            Self::Gradient => "gradient-norm",
            Self::Weights => "weights",
        }
    }
}

/// What a horizontal line, or a row, of a lane stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// The loss of whoever guesses evenly.
    Guessing(f64),
    /// The loss of whoever knows the rule.
    Floor(f64),
    /// A loss of 0.
    Zero,
    /// The accuracy to reach.
    Goal(f64),
    /// The accuracy of the best bag of words.
    Bag(f64),
    /// The threshold of clipping.
    Clip(f64),
    /// A power of ten.
    Power(i32),
    /// A row of so many steps before the last.
    Before(usize),
    /// The lowest row, of the first step, so many before the last.
    First(usize),
    /// The rows of the weights of a tensor.
    Tensor(Parameter),
}

/// The lanes of a run.
#[derive(Clone, Debug)]
pub struct Updates<'a> {
    run: &'a Run,
    floor: Option<f64>,
    bag: Option<f64>,
    width: f64,
    /// The running mean of the losses, for each update.
    mean: Vec<f64>,
    /// The largest loss in the picture.
    most_loss: f64,
    /// The powers of ten between which the norms lie.
    decades: (f64, f64),
    /// How many rows the lane of the gradient at the hidden states has, and its largest norm.
    rows: usize,
    largest_reach: f64,
}

impl<'a> Updates<'a> {
    /// Those of `run`, in `width` CSS pixels, beside the loss of whoever knows the rule and the accuracy
    /// of the best bag of words.
    pub fn of(run: &'a Run, floor: Option<f64>, bag: Option<f64>, width: f64) -> Self {
        let mean = running_mean(run.updates());
        let reaches = || run.looks().iter().map(|look| &look.reach);
        let norms = reaches().flatten().copied().filter(|norm| norm.is_finite());
        Self {
            most_loss: most_loss(run, &mean),
            decades: decades(run),
            rows: reaches().map(Vec::len).max().unwrap_or(0).max(1),
            largest_reach: norms.fold(0.0, f64::max),
            run,
            floor,
            bag,
            width,
            mean,
        }
    }

    /// The mean of the losses of the last [`MEAN_OF`] minibatches, for each update.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The width, in CSS pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The run.
    pub fn run(&self) -> &'a Run {
        self.run
    }

    /// How many updates there is room for: it doubles as the run grows.
    pub fn span(&self) -> usize {
        let end = self.run.updates().len();
        let mut span = FEWEST;
        while span < end {
            span *= 2;
        }
        span
    }

    /// Where the training after so many updates stands.
    pub fn x_of(&self, updates: usize) -> f64 {
        updates as f64 / self.span() as f64 * self.width
    }

    /// After how many updates the training stands that is nearest to `x`.
    pub fn updates_at(&self, x: f64) -> usize {
        (x / self.width * self.span() as f64).round().max(0.0) as usize
    }

    /// The height of a lane.
    pub fn height(&self, lane: UpdateLane) -> f64 {
        match lane {
            UpdateLane::Loss => 150.0,
            UpdateLane::Accuracy => 76.0,
            UpdateLane::Reach => self.row() * self.rows as f64,
            UpdateLane::Gradient => 84.0,
            UpdateLane::Weights => {
                let rows: usize = self.weights_of().map(|(_, count)| count).sum();
                (rows as f64 * self.weight_row()).min(MOST_WEIGHTS) + GAP
            }
        }
    }

    /// The tensors whose weights are shown, and how many each has.
    pub fn weights_of(&self) -> impl Iterator<Item = (Parameter, usize)> + '_ {
        let training = self.run.training();
        let main = training.network().cell.recipe().main_parameter();
        [main, Parameter::W2].into_iter().map(|of| (of, training.weights().matrix(of).len()))
    }

    /// The height of a weight's row.
    fn weight_row(&self) -> f64 {
        let rows: usize = self.weights_of().map(|(_, count)| count).sum();
        (MOST_WEIGHTS / 2.0 / rows as f64).floor().clamp(1.0, 6.0)
    }

    /// Of how many weights one has a row: of each, where there is room.
    pub fn every_weight(&self) -> usize {
        let rows: usize = self.weights_of().map(|(_, count)| count).sum();
        (rows as f64 / MOST_WEIGHTS).ceil().max(1.0) as usize
    }

    /// How many rows the lane of the gradient at the hidden states has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn row(&self) -> f64 {
        (112.0 / self.rows as f64).clamp(3.0, 16.0).floor()
    }

    /// Whether there is anything to show in a lane.
    pub fn has(&self, lane: UpdateLane) -> bool {
        let first = self.run.looks().first();
        lane != UpdateLane::Accuracy || first.is_none_or(|look| look.held_out.accuracy.is_some())
    }

    /// The lines of a lane with the height at which each stands, from top to bottom.
    pub fn marks(&self, lane: UpdateLane) -> Vec<(f64, Mark)> {
        let training = self.run.training();
        let mut marks: Vec<(f64, Mark)> = match lane {
            UpdateLane::Loss => {
                let guessing = training.corpus().guessing();
                let guessing = guessing.map(|loss| (self.y_of_loss(loss), Mark::Guessing(loss)));
                let floor = self.floor.map(|loss| (self.y_of_loss(loss), Mark::Floor(loss)));
                let zero = (self.y_of_loss(0.0), Mark::Zero);
                guessing.into_iter().chain(floor).chain([zero]).collect()
            }
            UpdateLane::Accuracy => {
                let goal = self.run.goal().map(|goal| (self.y_of_share(goal), Mark::Goal(goal)));
                let bag = self.bag.map(|share| (self.y_of_share(share), Mark::Bag(share)));
                goal.into_iter().chain(bag).collect()
            }
            UpdateLane::Reach => {
                let last = self.rows - 1;
                let middle = (last > 3).then_some(last / 2);
                let rows = [0].into_iter().chain(middle).map(Mark::Before);
                let rows = rows.chain((last > 0).then_some(Mark::First(last)));
                let y = |mark| match mark {
                    Mark::Before(at) | Mark::First(at) => (at as f64 + 0.5) * self.row(),
                    _ => 0.0,
                };
                rows.map(|mark| (y(mark), mark)).collect()
            }
            UpdateLane::Gradient => {
                let (least, most) = self.decades;
                let clip = training.controls().clip_norm;
                let clip = clip.map(|norm| (self.y_of_norm(norm), Mark::Clip(norm)));
                let powers = [most, least]
                    .map(|power| (self.y_of_norm(10.0_f64.powf(power)), Mark::Power(power as i32)));
                powers.into_iter().chain(clip).collect()
            }
            UpdateLane::Weights => {
                let mut top = 0.0;
                let middle = |(of, count): (Parameter, usize)| {
                    let height = count.div_ceil(self.every_weight()) as f64 * self.weight_row();
                    let mark = (top + height / 2.0, Mark::Tensor(of));
                    top += height + GAP;
                    mark
                };
                self.weights_of().map(middle).collect()
            }
        };
        marks.sort_by(|one, other| one.0.total_cmp(&other.0));
        marks
    }

    /// The same, moved apart as far as their labels need it; what then has no room is left out.
    pub fn labels(&self, lane: UpdateLane) -> Vec<(f64, Mark)> {
        const LINE: f64 = 14.0;
        let mut marks = self.marks(lane);
        // What says more goes before a power of ten.
        if let Some(&(clip, _)) = marks.iter().find(|(_, mark)| matches!(mark, Mark::Clip(_))) {
            marks.retain(|&(y, mark)| !matches!(mark, Mark::Power(_)) || (y - clip).abs() >= LINE);
        }
        let mut lowest = f64::NEG_INFINITY;
        for (y, _) in &mut marks {
            *y = y.max(lowest + LINE).max(7.0);
            lowest = *y;
        }
        let mut highest = self.height(lane) + LINE / 2.0;
        for (y, _) in marks.iter_mut().rev() {
            *y = y.min(highest - LINE);
            highest = *y;
        }
        marks
    }

    /// Where the goal was reached.
    pub fn reached(&self) -> Option<(f64, f64)> {
        let updates = self.run.reached()?;
        let look = self.run.looks().iter().find(|look| look.updates == updates)?;
        Some((self.x_of(updates), self.y_of_share(look.held_out.accuracy?)))
    }

    /// Draws a lane.
    ///
    /// # Errors
    ///
    /// What the backend answers.
    pub fn draw<DB: DrawingBackend>(
        &self,
        lane: UpdateLane,
        brush: &Brush<'_, DB>,
        palette: &Palette,
    ) -> Drawn<DB> {
        match lane {
            UpdateLane::Loss => self.loss(brush, palette),
            UpdateLane::Accuracy => self.accuracy(brush, palette),
            UpdateLane::Reach => self.reach(brush, palette),
            UpdateLane::Gradient => self.gradient(brush, palette),
            UpdateLane::Weights => self.weights(brush, palette),
        }
    }

    fn loss<DB: DrawingBackend>(&self, brush: &Brush<'_, DB>, palette: &Palette) -> Drawn<DB> {
        self.lines(UpdateLane::Loss, brush, palette)?;
        let updates = self.run.updates();
        let every = self.every();
        for update in updates.iter().step_by(every) {
            let (x, y) = (self.x_of(update.number), self.y_of_loss(update.loss));
            let dot = 2.5;
            let rect = Rect { x: x - dot / 2.0, y: y - dot / 2.0, width: dot, height: dot };
            let is_number = update.loss.is_finite();
            let colour = if is_number { palette.weak } else { palette.undefined };
            brush.fill(rect, colour, 1.0)?;
        }
        let held_out = self.looks(|look| Some(self.y_of_loss(look.held_out.loss)));
        brush.dashed_curve(&held_out, palette.error, 1.5)?;
        let mean = updates.iter().zip(&self.mean).step_by(every);
        let mean: Vec<(f64, f64)> = mean
            .filter(|(_, mean)| mean.is_finite())
            .map(|(update, &mean)| (self.x_of(update.number), self.y_of_loss(mean)))
            .collect();
        brush.curve(&mean, palette.colour(1.0, 1.0), 2.0)?;
        self.failure(UpdateLane::Loss, brush, palette)
    }

    fn accuracy<DB: DrawingBackend>(&self, brush: &Brush<'_, DB>, palette: &Palette) -> Drawn<DB> {
        self.lines(UpdateLane::Accuracy, brush, palette)?;
        let shares = self.looks(|look| Some(self.y_of_share(look.held_out.accuracy?)));
        brush.curve(&shares, palette.ink, 2.0)?;
        if let Some((x, y)) = self.reached() {
            let dot = 8.0;
            let rect = Rect { x: x - dot / 2.0, y: y - dot / 2.0, width: dot, height: dot };
            brush.fill(rect, palette.ink, 1.0)?;
        }
        self.failure(UpdateLane::Accuracy, brush, palette)
    }

    /// A column for each look, a row for each distance from the last step.
    fn reach<DB: DrawingBackend>(&self, brush: &Brush<'_, DB>, palette: &Palette) -> Drawn<DB> {
        let looks = self.run.looks();
        let largest = self.largest_reach;
        let row = self.row();
        let every = (looks.len() as f64 / self.width.max(1.0)).ceil().max(1.0) as usize;
        let shown: Vec<&Look> = looks.iter().step_by(every).collect();
        for (at, look) in shown.iter().enumerate() {
            let end = shown.get(at + 1).map_or(self.run.updates().len(), |next| next.updates);
            let x = self.x_of(look.updates);
            let width = (self.x_of(end) - x).max(1.0);
            for (before, &norm) in look.reach.iter().enumerate() {
                let gap = if row >= 6.0 { 1.0 } else { 0.0 };
                let y = before as f64 * row;
                let rect = Rect { x, y, width, height: row - gap };
                brush.fill(rect, palette.scaled(-norm, largest, Scale::Logarithmic), 1.0)?;
            }
        }
        Ok(())
    }

    /// A column for each snapshot, a row for each weight; each tensor on its own scale.
    fn weights<DB: DrawingBackend>(&self, brush: &Brush<'_, DB>, palette: &Palette) -> Drawn<DB> {
        let (every, row) = (self.every_weight(), self.weight_row());
        let kept: Vec<(usize, &Weights)> = self.run.weights().collect();
        let ends = kept.iter().skip(1).map(|(updates, _)| *updates);
        let columns = || kept.iter().zip(ends.clone().chain([self.run.updates().len()]));
        let mut top = 0.0;
        for (of, count) in self.weights_of() {
            let largest = kept.iter().flat_map(|(_, weights)| weights.matrix(of).into_iter());
            let largest = largest.map(|weight| weight.abs()).filter(|size| size.is_finite());
            let largest = largest.fold(0.0, f64::max);
            for ((updates, weights), end) in columns() {
                let x = self.x_of(*updates);
                let width = (self.x_of(end) - x).max(1.0);
                let shown = weights.matrix(of).into_iter().step_by(every);
                for (weight, at) in shown.zip(0_u32..) {
                    let rect = Rect { x, y: top + f64::from(at) * row, width, height: row };
                    brush.fill(rect, palette.colour(*weight, largest), 1.0)?;
                }
            }
            top += count.div_ceil(every) as f64 * row + GAP;
        }
        self.failure(UpdateLane::Weights, brush, palette)
    }

    fn gradient<DB: DrawingBackend>(&self, brush: &Brush<'_, DB>, palette: &Palette) -> Drawn<DB> {
        self.lines(UpdateLane::Gradient, brush, palette)?;
        let norms = self.run.updates().iter().step_by(self.every());
        let norms: Vec<(f64, f64)> = norms
            .filter(|update| update.gradient_norm.is_finite())
            .map(|update| (self.x_of(update.number), self.y_of_norm(update.gradient_norm)))
            .collect();
        brush.curve(&norms, palette.ink, 1.5)?;
        self.failure(UpdateLane::Gradient, brush, palette)
    }

    /// The horizontal lines.
    fn lines<DB: DrawingBackend>(
        &self,
        lane: UpdateLane,
        brush: &Brush<'_, DB>,
        palette: &Palette,
    ) -> Drawn<DB> {
        for (y, mark) in self.marks(lane) {
            let strong = matches!(mark, Mark::Clip(_) | Mark::Goal(_));
            let colour = match mark {
                Mark::Clip(_) => palette.error,
                Mark::Goal(_) => palette.ink,
                _ => palette.weak,
            };
            let whole = matches!(mark, Mark::Zero | Mark::Power(_));
            let dashes = (!whole).then_some(if strong { (5.0, 3.0) } else { (2.0, 3.0) });
            self.line(y, Line { colour, opacity: 1.0, width: 1.0, dashes }, brush)?;
        }
        Ok(())
    }

    fn line<DB: DrawingBackend>(&self, y: f64, line: Line, brush: &Brush<'_, DB>) -> Drawn<DB> {
        let (dash, gap) = line.dashes.unwrap_or((self.width, 1.0));
        let mut x = 0.0;
        while x < self.width {
            let width = dash.min(self.width - x);
            brush.fill(Rect { x, y: y - 0.5, width, height: 1.0 }, line.colour, line.opacity)?;
            x += dash + gap;
        }
        Ok(())
    }

    /// A line where there is no number any more.
    fn failure<DB: DrawingBackend>(
        &self,
        lane: UpdateLane,
        brush: &Brush<'_, DB>,
        palette: &Palette,
    ) -> Drawn<DB> {
        let Some(since) = self.run.no_number_since() else { return Ok(()) };
        let colour: RGBColor = palette.undefined;
        let x = self.x_of(since) - 1.0;
        brush.fill(Rect { x, y: 0.0, width: 2.0, height: self.height(lane) }, colour, 1.0)
    }

    /// Of how many updates one is drawn, so that there are two to a pixel at most.
    fn every(&self) -> usize {
        (self.run.updates().len() as f64 / (2.0 * self.width.max(1.0))).ceil().max(1.0) as usize
    }

    fn looks(&self, y: impl Fn(&Look) -> Option<f64>) -> Vec<(f64, f64)> {
        let looks = self.run.looks().iter();
        looks.filter_map(|look| Some((self.x_of(look.updates), y(look)?))).collect()
    }

    fn y_of_loss(&self, loss: f64) -> f64 {
        let share = if loss.is_nan() { 1.0 } else { (loss / self.most_loss).clamp(0.0, 1.0) };
        ROOM + (1.0 - share) * (self.height(UpdateLane::Loss) - 2.0 * ROOM)
    }

    fn y_of_share(&self, share: f64) -> f64 {
        ROOM + (1.0 - share) * (self.height(UpdateLane::Accuracy) - 2.0 * ROOM)
    }

    fn y_of_norm(&self, norm: f64) -> f64 {
        let (least, most) = self.decades;
        let share = ((norm.log10() - least) / (most - least)).clamp(0.0, 1.0);
        ROOM + (1.0 - share) * (self.height(UpdateLane::Gradient) - 2.0 * ROOM)
    }
}

/// The mean of the losses of the last [`MEAN_OF`] minibatches, for each update.
fn running_mean(updates: &[Update]) -> Vec<f64> {
    let mean = |at: usize| {
        let last = &updates[(at + 1).saturating_sub(MEAN_OF)..=at];
        last.iter().map(|update| update.loss).sum::<f64>() / last.len() as f64
    };
    (0..updates.len()).map(mean).collect()
}

/// The largest loss in the picture: at most a few times that of guessing. What is beyond stands at the top.
fn most_loss(run: &Run, mean: &[f64]) -> f64 {
    let held_out = run.looks().iter().map(|look| look.held_out.loss);
    let finite = held_out.chain(mean.iter().copied()).filter(|loss| loss.is_finite());
    let largest = finite.fold(0.0, f64::max);
    top(largest, run.training().corpus().guessing())
}

/// The loss at the top of a chart: the largest, as far as guessing can still be told from 0 beside it.
pub(super) fn top(largest: f64, guessing: Option<f64>) -> f64 {
    let most = guessing.map_or(largest, |loss| largest.clamp(loss * 1.15, loss * 6.0));
    if most > 0.0 { most } else { 1.0 }
}

/// The powers of ten between which the norms of the gradient lie; never an empty range.
fn decades(run: &Run) -> (f64, f64) {
    let norms = run.updates().iter().map(|update| update.gradient_norm);
    let clip = run.training().controls().clip_norm;
    let powers = norms.chain(clip).map(f64::log10).filter(|power| power.is_finite());
    let range = powers.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), power| {
        (least.min(power), most.max(power))
    });
    let (least, most) = if range.0 <= range.1 { range } else { (0.0, 0.0) };
    let most = most.ceil().max(least.floor() + 1.0);
    (least.floor().max(most - DECADES), most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::train::{DataSet, Network, Training};
    use std::sync::Arc;

    fn run(name: &str, updates: usize) -> Run {
        let set = DataSet::named(name).unwrap();
        let mut run = Run::new(set.training(1), set.goal());
        for _ in 0..2 {
            run.run_for(updates - run.updates().len());
        }
        run
    }

    fn updates(run: &Run) -> Updates<'_> {
        Updates::of(run, Some(0.3), Some(0.5), 600.0)
    }

    #[test]
    fn an_update_is_found_where_it_stands() {
        for made in [0, 1, 50, 51, 173] {
            let run = run("opinions-en", made.max(1));
            let shown = updates(&run);
            assert!(shown.span() >= made);
            for at in [0, 1, made] {
                assert_eq!(shown.updates_at(shown.x_of(at)), at);
            }
            assert_eq!(shown.updates_at(-20.0), 0);
        }
    }

    #[test]
    fn labels_stand_in_their_lane_and_not_over_one_another() {
        for (name, made) in [("opinions-en", 120), ("first", 1), ("syllables", 60)] {
            let run = run(name, made);
            let shown = updates(&run);
            for lane in UpdateLane::ALL {
                let labels = shown.labels(lane);
                assert!(!labels.is_empty(), "{lane:?}");
                for pair in labels.windows(2) {
                    assert!(pair[1].0 - pair[0].0 >= 13.9, "{name} {lane:?}: {labels:?}");
                }
                for (y, _) in labels {
                    assert!((-8.0..=shown.height(lane) + 8.0).contains(&y), "{name} {lane:?} {y}");
                }
            }
        }
    }

    #[test]
    fn there_is_a_row_for_each_weight_as_far_as_there_is_room() {
        for (units, every) in [(4, 1), (16, 1), (32, 4)] {
            let set = DataSet::named("opinions-en").unwrap();
            let network = Network { units, ..set.network(1) };
            let (corpus, split) = (Arc::clone(set.corpus()), set.split().clone());
            let training = Training::new(corpus, split, network, set.controls());
            let mut run = Run::new(training, None);
            run.run_for(3);
            let shown = updates(&run);
            assert_eq!(shown.every_weight(), every);
            let count: usize = shown.weights_of().map(|(_, count)| count).sum();
            assert_eq!(count, units * units + units);
            let height = shown.height(UpdateLane::Weights);
            assert!(height <= MOST_WEIGHTS + GAP && height >= count.min(200) as f64, "{height}");
            let marks = shown.marks(UpdateLane::Weights);
            assert!(marks.iter().all(|(y, _)| (0.0..height).contains(y)), "{marks:?} {height}");
        }
    }

    #[test]
    fn the_line_of_the_loss_is_the_mean_of_the_last_minibatches() {
        let run = run("opinions-en", 45);
        let mean = running_mean(run.updates());
        assert_eq!(mean[0].to_bits(), run.updates()[0].loss.to_bits());
        let last: f64 = run.updates()[25..45].iter().map(|update| update.loss).sum();
        assert!((mean[44] - last / 20.0).abs() < 1e-12);
    }
}
