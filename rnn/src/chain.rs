//! The chain of Jacobians: how a small change of one state moves a later one, and so how an error
//! shrinks or grows on its way back.

use crate::{
    recipe::{Factor, Operand, Parameter, Variable, When},
    tokens::Step,
    trace::Trace,
    way_back::{self, Arrival, How},
    work,
};
use nalgebra::DMatrix;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};
use std::{iter, mem};

/// The product of the Jacobians between two steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// s, the earlier step.
    pub from: Step,
    /// Jₛ₊₁, the last factor of the product: n×n. None where s = t.
    pub jacobian: Option<Array2<f64>>,
    /// ∂Hₜ/∂Hₛ divided by its spectral norm, so that no product of many is lost to rounding: n×n.
    /// Zeros where nothing gets through.
    pub direction: Array2<f64>,
    /// ‖∂Hₜ/∂Hₛ‖, the spectral norm: an error that goes back from t to s is at most so many times
    /// as long.
    pub norm: Norm,
    /// What one part alone would do to the length. In a cell without gates it is W₁ₕ, with no tanh
    /// between: ‖W₁ₕᵗ⁻ˢ‖. In one with gates it is the gate that keeps, with no weights between.
    pub norm_of_weights: Norm,
}

/// The norm of a product of many matrices, which may be far beyond what an `f64` holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Norm {
    /// It is 0, and nothing gets through.
    Zero(Cause),
    /// Its natural logarithm, a finite number.
    Log(f64),
}

/// Why a product of Jacobians is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A power of W₁ₕ is zero, or W₁ₕ itself is.
    Weights {
        /// The least such power.
        power: usize,
    },
    /// Every unit through which the error could pass is saturated exactly: H = ±1, so 1 − H² = 0.
    Saturation {
        /// The step of those units.
        step: Step,
    },
    /// Neither alone: where W₁ₕ leads, 1 − H² is zero, and where it is not, W₁ₕ does not lead.
    Together {
        /// The step whose Jacobian makes the product zero.
        step: Step,
    },
}

impl Norm {
    /// The norm itself; past what an `f64` holds it is 0 or infinite.
    pub fn value(self) -> f64 {
        self.log().map_or(0.0, f64::exp)
    }

    /// Its natural logarithm; 0 has none.
    pub fn log(self) -> Option<f64> {
        match self {
            Self::Zero(_) => None,
            Self::Log(log) => Some(log),
        }
    }
}

impl Link {
    /// ∂Hₜ/∂Hₛ itself; where an entry is beyond what `f64` holds it is 0 or infinite.
    pub fn product(&self) -> Array2<f64> {
        let log = self.norm.log().unwrap_or_default();
        self.direction.mapv(|entry| times_exp(entry, log))
    }

    /// What saturation does, ‖∂Hₜ/∂Hₛ‖ / ‖W₁ₕᵗ⁻ˢ‖: how many times as long (mostly below 1) the
    /// slopes 1 − H² of tanh make the product as W₁ₕ alone would. None where W₁ₕ alone makes it
    /// zero, since then there is nothing to compare with.
    pub fn norm_of_saturation(&self) -> Option<Norm> {
        let alone = self.norm_of_weights.log()?;
        Some(match self.norm {
            Norm::Log(both) => Norm::Log(both - alone),
            zero @ Norm::Zero(_) => zero,
        })
    }
}

impl Trace {
    /// Jₜ = ∂Hₜ/∂Hₜ₋₁: n×n. Where there is a memory H stands for H and C, one behind the other: 2n×2n.
    ///
    /// ```text
    /// Jₜ[i,j] = ∂Hₜ[j]/∂Hₜ₋₁[i] = W₁ₕ[i,j] (1 − Hₜ[j]²)        in the cell `tanh`
    /// ```
    ///
    /// Printed notes write W₁ₕ ⊙ (1 − H²) for it: the matrix product of W₁ₕ with a diagonal matrix.
    pub fn jacobian(&self, step: Step) -> Array2<f64> {
        if self.experiment().recipe().plain().is_some() {
            let weights = self.experiment().weights();
            return &weights.matrix(Parameter::W1H) * &self.slope(step);
        }
        self.transition(step)
    }

    /// The Jacobian by the way back of one step, along which not one error goes but a matrix: of each
    /// variable V the derivatives of all that the step hands on, by V.
    fn transition(&self, step: Step) -> Array2<f64> {
        let recipe = self.experiment().recipe();
        let (carried, n) = (recipe.carried(), self.units());
        let size = carried.len() * n;
        let block = |place: usize| Slice::from(place * n..(place + 1) * n);
        let mut by: Vec<(Variable, Array2<f64>)> = Vec::new();
        let arriving = |by: &[(Variable, Array2<f64>)], at: Variable, next: bool| {
            let mut sum = Array2::zeros((n, size));
            for arrival in self.way_back().at(at) {
                let cause = match arrival.from {
                    way_back::Cause::Here(of) if !next => of,
                    way_back::Cause::Next(of) if next => of,
                    _ => continue,
                };
                if let Some((_, derivative)) = by.iter().find(|(of, _)| *of == cause) {
                    sum += &self.through(arrival, cause, derivative, step);
                }
            }
            sum
        };
        for variable in recipe.variables().rev() {
            let mut derivative = arriving(&by, variable, false);
            if let Some(place) = carried.iter().position(|it| *it == variable) {
                let mut block = derivative.slice_axis_mut(Axis(1), block(place));
                block.diag_mut().mapv_inplace(|entry| entry + 1.0);
            }
            by.push((variable, derivative));
        }
        let mut jacobian = Array2::zeros((size, size));
        for (place, &variable) in carried.iter().enumerate() {
            let rows = arriving(&by, variable, true);
            jacobian.slice_axis_mut(Axis(0), block(place)).assign(&rows);
        }
        jacobian
    }

    /// What becomes of the `derivative` by `cause` on the way of an arrival, at the step of the cause.
    fn through(
        &self,
        arrival: Arrival,
        cause: Variable,
        derivative: &Array2<f64>,
        step: Step,
    ) -> Array2<f64> {
        let weights = self.experiment().weights();
        let scaled = |factors: Option<Array1<f64>>| match factors {
            Some(factors) => derivative * &factors.insert_axis(Axis(1)),
            None => derivative.clone(),
        };
        match arrival.how {
            How::Transposed(matrix) => weights.matrix(matrix).dot(derivative),
            How::Untransposed(matrix) => weights.matrix(matrix).t().dot(derivative),
            How::Slope(function) => scaled(
                self.values(cause)
                    .map(|values| values.row(step.number()).mapv(|value| function.slope(value))),
            ),
            How::Flat => derivative.clone(),
            How::Times { negative, other } => {
                let factors = self.factor_at(other, step);
                scaled(factors.map(|factors| if negative { -factors } else { factors }))
            }
        }
    }

    /// The numbers of one side of ⊙ at `step`.
    fn factor_at(&self, factor: Factor, step: Step) -> Option<Array1<f64>> {
        let Operand { of, when } = factor.operand();
        let values = self.values(of)?;
        let row = values.row(step.number() - usize::from(when == When::Before));
        Some(match factor {
            Factor::Is(_) => row.to_owned(),
            Factor::Rest(_) => row.mapv(|value| 1.0 - value),
        })
    }

    /// The part of the Jacobian that [`Link::norm_of_weights`] follows.
    fn part_of_jacobian(&self, step: Step) -> Array2<f64> {
        let recipe = self.experiment().recipe();
        if recipe.plain().is_some() {
            return self.experiment().weights().matrix(Parameter::W1H).to_owned();
        }
        let (carried, n) = (recipe.carried(), self.units());
        let mut part = Array2::zeros((carried.len() * n, carried.len() * n));
        let keeper = recipe.keeps().and_then(|(_, factor)| self.factor_at(factor, step));
        if let Some(keeper) = keeper {
            // What it keeps is the last that is carried: C, or H where there is no memory.
            let mut kept = part.diag_mut();
            kept.slice_axis_mut(Axis(0), Slice::from((carried.len() - 1) * n..)).assign(&keeper);
        }
        part
    }

    /// One row of ∂Hₜ/∂Hₛ, from s = `from` to t = `to`: how the unit `row` of step s moves every
    /// unit of step t; n. It is that unit's unit vector times Jₛ₊₁ ⋯ Jₜ. An entry beyond what `f64`
    /// holds is 0 or infinite.
    pub fn link(&self, from: Step, to: Step, row: usize) -> Array1<f64> {
        work::count();
        let size = self.experiment().recipe().carried().len() * self.units();
        let mut moved = Array1::<f64>::zeros(size);
        moved[row] = 1.0;
        let mut log = 0.0;
        for step in Step::all(to.number()).skip(from.number()) {
            moved = moved.dot(&self.jacobian(step));
            let most = moved.fold(0.0_f64, |most, entry| most.max(entry.abs()));
            if most > 0.0 {
                moved /= most;
                log += most.ln();
            }
        }
        moved.mapv(|entry| times_exp(entry, log))
    }

    /// The products of Jacobians that end at step `to`, from s = `to` (the identity) back to s = 1.
    ///
    /// ```text
    /// ∂Hₜ/∂Hₛ = Jₛ₊₁ Jₛ₊₂ ⋯ Jₜ
    /// ∂L/∂Hₛ  = ∂L/∂Hₜ (∂Hₜ/∂Hₛ)ᵀ      where no loss lies between
    /// ```
    ///
    /// Its norm vanishes or explodes with the distance (Bengio, Simard and Frasconi 1994; Pascanu,
    /// Mikolov and Bengio 2013).
    pub fn chain(&self, to: Step) -> Vec<Link> {
        let mut links = self.links(to);
        iter::from_fn(|| links.next(self)).collect()
    }

    /// The same, to be computed link by link: a long chain of a large network takes long.
    pub fn links(&self, to: Step) -> Links {
        work::count();
        let recipe = self.experiment().recipe();
        let plain = recipe.plain().is_some();
        let identity = Scaled::of(Array2::eye(recipe.carried().len() * self.units()));
        Links {
            to,
            next: Some(to),
            product: identity.clone(),
            power: identity,
            norm: Norm::Log(0.0),
            norm_of_weights: Norm::Log(0.0),
            weights: plain.then(|| Scaled::of(self.part_of_jacobian(to))),
        }
    }
}

/// The links of a chain, one after another from the last step back: see [`Trace::links`].
#[derive(Clone, Debug)]
pub struct Links {
    to: Step,
    next: Option<Step>,
    product: Scaled,
    power: Scaled,
    norm: Norm,
    norm_of_weights: Norm,
    /// W₁ₕ in a cell without gates, where it is the same at each step.
    weights: Option<Scaled>,
}

impl Links {
    /// The next link of the chain of `trace`, from which these links are; none after that of step 1.
    pub fn next(&mut self, trace: &Trace) -> Option<Link> {
        let from = self.next?;
        self.next = from.previous();
        let jacobian = (from != self.to).then(|| self.go_back(trace, from));
        Some(Link {
            from,
            jacobian,
            direction: self.product.direction.clone(),
            norm: self.norm,
            norm_of_weights: self.norm_of_weights,
        })
    }

    /// Multiplies by the Jacobian of the step after `from`, which it answers.
    fn go_back(&mut self, trace: &Trace, from: Step) -> Array2<f64> {
        let (step, slope) = (from.next(), trace.slope(from.next()));
        let plain = self.weights.is_some();
        let part = match &self.weights {
            Some(weights) => weights.clone(),
            None => Scaled::of(trace.part_of_jacobian(step)),
        };
        self.power = part.times(&self.power);
        let power = self.to.number() - from.number();
        self.norm_of_weights = after(self.norm_of_weights, &self.power, || {
            if plain { Cause::Weights { power } } else { Cause::Saturation { step } }
        });
        let jacobian = trace.jacobian(step);
        let scaled = if plain {
            Scaled { direction: &part.direction * &slope, log: part.log }
        } else {
            Scaled::by_largest(jacobian.clone())
        };
        let product = scaled.times(&self.product);
        let later = mem::replace(&mut self.product, product);
        self.norm = after(self.norm, &self.product, || match self.norm_of_weights {
            Norm::Zero(cause) if plain => cause,
            Norm::Log(_) if plain && is_blocked(&slope, &later.direction) => {
                Cause::Saturation { step }
            }
            _ => Cause::Together { step },
        });
        jacobian
    }
}

/// The norm of the next product of a chain: what is zero once stays so, for the same reason.
fn after(before: Norm, product: &Scaled, cause: impl FnOnce() -> Cause) -> Norm {
    match before {
        Norm::Log(_) if product.is_zero() => Norm::Zero(cause()),
        Norm::Log(_) => Norm::Log(product.log),
        zero @ Norm::Zero(_) => zero,
    }
}

/// Whether every unit that has a row in `later`, which is not zero, has a slope of exactly 0.
fn is_blocked(slope: &Array1<f64>, later: &Array2<f64>) -> bool {
    slope
        .iter()
        .zip(later.rows())
        .all(|(&slope, row)| slope == 0.0 || row.iter().all(|&x| x == 0.0))
}

/// `entry` eˡᵒᵍ, where 0 stays 0 whatever the logarithm.
fn times_exp(entry: f64, log: f64) -> f64 {
    // In two halves: one alone may be beyond an `f64` where the result is not.
    if entry == 0.0 { 0.0 } else { entry * (log / 2.0).exp() * (log / 2.0).exp() }
}

/// A matrix as the matrix of norm 1 and the logarithm of its norm; zeros, and 0, where it is zero.
#[derive(Clone, Debug)]
struct Scaled {
    direction: Array2<f64>,
    log: f64,
}

impl Scaled {
    fn of(matrix: Array2<f64>) -> Self {
        let norm = spectral_norm(matrix.view());
        Self::by(norm, matrix)
    }

    /// Not the matrix of norm 1 but that whose largest entry is 1: as good as a factor of a product, and
    /// found without its eigenvalues.
    fn by_largest(matrix: Array2<f64>) -> Self {
        let largest = matrix.fold(0.0_f64, |most, entry| most.max(entry.abs()));
        Self::by(largest, matrix)
    }

    fn by(size: f64, mut matrix: Array2<f64>) -> Self {
        if size > 0.0 {
            matrix /= size;
            Self { direction: matrix, log: size.ln() }
        } else {
            Self { direction: matrix, log: 0.0 }
        }
    }

    fn is_zero(&self) -> bool {
        self.direction.iter().all(|&entry| entry == 0.0)
    }

    /// This matrix times `other`. Summands that cancel out leave a residue of rounding, which is
    /// taken for the zero that it stands for.
    fn times(&self, other: &Self) -> Self {
        /// How many units in the last place the residue may have, for each summand.
        const ROUNDING: f64 = 8.0;
        let mut product = self.direction.dot(&other.direction);
        let sizes = self.direction.mapv(f64::abs).dot(&other.direction.mapv(f64::abs));
        let share = ROUNDING * f64::EPSILON * product.nrows() as f64;
        product.zip_mut_with(&sizes, |entry, &size| {
            if entry.abs() <= share * size {
                *entry = 0.0;
            }
        });
        let product = Self::of(product);
        Self { log: product.log + self.log + other.log, ..product }
    }
}

/// ‖M‖₂, the largest factor by which `matrix` stretches a vector: the root of the largest
/// eigenvalue of M Mᵀ. It is not a number where an entry is none.
pub fn spectral_norm(matrix: ArrayView2<'_, f64>) -> f64 {
    let largest = matrix.fold(0.0_f64, |most, entry| most.max(entry.abs()));
    let total = matrix.sum();
    if largest == 0.0 || !total.is_finite() {
        return total.abs();
    }
    let is_diagonal =
        |((row, column), &entry): ((usize, usize), &f64)| row == column || entry == 0.0;
    if matrix.indexed_iter().all(is_diagonal) {
        return largest;
    }
    let entries = matrix.axis_iter(Axis(0)).flatten().map(|entry| entry / largest);
    let scaled = DMatrix::from_row_iterator(matrix.nrows(), matrix.ncols(), entries);
    let square = &scaled * scaled.transpose();
    largest * square.symmetric_eigenvalues().max().max(0.0).sqrt()
}

/// ρ(M), the largest modulus of an eigenvalue of the square `matrix`; not a number where an entry is
/// none.
pub fn spectral_radius(matrix: ArrayView2<'_, f64>) -> f64 {
    let largest = matrix.fold(0.0_f64, |most, entry| most.max(entry.abs()));
    if largest == 0.0 || !matrix.sum().is_finite() {
        return largest;
    }
    let entries = matrix.axis_iter(Axis(0)).flatten().map(|entry| entry / largest);
    let scaled = DMatrix::from_row_iterator(matrix.nrows(), matrix.ncols(), entries);
    largest * scaled.complex_eigenvalues().iter().map(|value| value.norm()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_spectral_norm_is_the_largest_stretch() {
        let close = |matrix: Array2<f64>, norm: f64| {
            let found = spectral_norm(matrix.view());
            assert!((found - norm).abs() <= 1e-14 * norm, "{found} instead of {norm}");
        };
        close(array![[3.0, 0.0], [4.0, 5.0]], 45.0_f64.sqrt());
        close(array![[0.0, -2.0], [0.5, 0.0]], 2.0);
        close(array![[1e-200, 0.0], [0.0, 3e-200]], 3e-200);
        close(array![[1e200, 0.0], [0.0, -3e200]], 3e200);
        close(array![[0.0]], 0.0);
        close(array![[0.5, 0.0], [0.0, -3.0]], 3.0);
        assert!(spectral_norm(array![[f64::NAN, 1.0], [0.0, 1.0]].view()).is_nan());
        assert_eq!(spectral_norm(array![[f64::INFINITY, 1.0]].view()), f64::INFINITY);
    }
}
