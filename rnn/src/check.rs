//! The gradient check: what the loss really does when one weight moves.

use crate::{
    engine::Tape,
    ratio::{NoRatio, ratio},
    recipe::Parameter,
    trace::Trace,
    weights::Weights,
    work,
};

/// How far a weight is moved, for a weight of size 1 or less: ∛ε, where ε is the distance from 1 to
/// the next `f64`. A larger move errs by the bend of the loss, a smaller one by rounding (Press and
/// others, Numerical Recipes 2007, section 5.7).
pub const NUDGE: f64 = 6.055_454_452_393_343e-6;

/// One number among the tensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The tensor.
    pub parameter: Parameter,
    /// The row, counted from 0; a bias has one.
    pub row: usize,
    /// The column, counted from 0.
    pub column: usize,
}

impl Place {
    /// All places of `weights`, tensor by tensor and row by row.
    pub fn all(weights: &Weights) -> impl Iterator<Item = Self> + '_ {
        weights.parameters().flat_map(|parameter| {
            let (rows, columns) = weights.matrix(parameter).dim();
            (0..rows).flat_map(move |row| {
                (0..columns).map(move |column| Self { parameter, row, column })
            })
        })
    }

    /// The number at this place; the place exists.
    pub fn of(self, weights: &Weights) -> f64 {
        weights.matrix(self.parameter)[[self.row, self.column]]
    }
}

/// A gradient beside the slope of the loss, for one weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// ε, how far the weight was moved either way.
    pub nudge: f64,
    /// L(w − ε).
    pub loss_below: f64,
    /// L(w + ε).
    pub loss_above: f64,
    /// (L(w + ε) − L(w − ε)) / 2ε.
    pub slope: f64,
    /// ∂L/∂w as the gradient has it.
    pub gradient: f64,
}

impl Check {
    /// |slope − gradient| / max(|slope|, |gradient|).
    ///
    /// About 1e-7 and less is agreement, 1e-2 and more is a mistake. Where both are far below the
    /// loss, rounding of the loss is most of the slope: see [`Self::agrees`].
    ///
    /// # Errors
    ///
    /// Why there is none: both are 0, or the gradient has overflowed.
    pub fn relative_error(&self) -> Result<f64, NoRatio> {
        let size = self.slope.abs().max(self.gradient.abs());
        ratio((self.slope - self.gradient).abs(), size)
    }

    /// By how much slope and gradient disagree, to find the worst of many: 0 where they agree.
    pub fn disagreement(&self) -> f64 {
        if self.agrees() { 0.0 } else { self.relative_error().unwrap_or(f64::INFINITY) }
    }

    /// Whether slope and gradient differ by no more than a thousandth, or than rounding explains.
    pub fn agrees(&self) -> bool {
        let rounding = 1e2 * f64::EPSILON * self.loss_below.abs().max(1.0) / self.nudge;
        let size = self.slope.abs().max(self.gradient.abs());
        size.is_finite() && (self.slope - self.gradient).abs() <= 1e-3 * size + rounding
    }
}

impl Trace {
    /// The loss with another `value` of the weight at `place`.
    pub fn loss_with(&self, place: Place, value: f64) -> f64 {
        work::count();
        let experiment = self.experiment();
        let mut weights = experiment.weights().clone();
        weights.matrix_mut(place.parameter)[[place.row, place.column]] = value;
        let (inputs, question, mut tape) =
            (experiment.inputs(), experiment.question(), Tape::default());
        self.plan().forward((&weights).into(), experiment.start(), inputs, question, &mut tape)
    }

    /// Checks one number of `gradient`, which is that of this run or claims to be.
    pub fn check(&self, gradient: &Weights, place: Place) -> Check {
        let size = place.of(self.experiment().weights()).abs().max(1.0);
        self.check_by(NUDGE * size, gradient, place)
    }

    /// Checks one number of `gradient` by moving its weight by `nudge`, which is more than 0.
    pub fn check_by(&self, nudge: f64, gradient: &Weights, place: Place) -> Check {
        let weight = place.of(self.experiment().weights());
        let loss_below = self.loss_with(place, weight - nudge);
        let loss_above = self.loss_with(place, weight + nudge);
        let slope = (loss_above - loss_below) / (2.0 * nudge);
        Check { nudge, loss_below, loss_above, slope, gradient: place.of(gradient) }
    }

    /// Checks every number of `gradient`, and answers the place where slope and gradient differ
    /// most for their size. Differences that rounding explains come last.
    pub fn worst_check(&self, gradient: &Weights) -> Option<(Place, Check)> {
        Place::all(gradient).map(|place| (place, self.check(gradient, place))).max_by(
            |(_, one), (_, other)| {
                let rank = |check: &Check| check.relative_error().unwrap_or_default();
                let worse = one.disagreement().total_cmp(&other.disagreement());
                worse.then(rank(one).total_cmp(&rank(other)))
            },
        )
    }
}
