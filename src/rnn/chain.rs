//! The chain of Jacobians: how a small change of one state moves a later one, and so how an error
//! shrinks or grows on its way back.

use super::{tokens::Step, trace::Trace};
use nalgebra::DMatrix;
use ndarray::{Array1, Array2, ArrayView2, Axis};

/// The product of the Jacobians between two steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// s, the earlier step.
    pub from: Step,
    /// ∂Hₜ/∂Hₛ divided by its spectral norm, so that no product of many is lost to rounding: n×n.
    /// Zeros where nothing gets through.
    pub direction: Array2<f64>,
    /// ln ‖∂Hₜ/∂Hₛ‖, the logarithm of the spectral norm: an error that goes back from t to s is at
    /// most this much longer.
    pub log_norm: f64,
    /// ln ‖W₁ₕᵗ⁻ˢ‖: what W₁ₕ alone, with no tanh between, would do to the length.
    pub log_norm_of_weights: f64,
}

impl Link {
    /// ∂Hₜ/∂Hₛ itself; where the norm is beyond what `f64` holds it is 0 or infinite.
    pub fn product(&self) -> Array2<f64> {
        &self.direction * self.log_norm.exp()
    }

    /// What saturation does, ln ‖∂Hₜ/∂Hₛ‖ − ln ‖W₁ₕᵗ⁻ˢ‖: how much shorter (mostly below 0) the
    /// slopes 1 − H² of tanh make the product than W₁ₕ alone would.
    pub fn log_norm_of_saturation(&self) -> f64 {
        self.log_norm - self.log_norm_of_weights
    }
}

impl Trace {
    /// Jₜ = ∂Hₜ/∂Hₜ₋₁: n×n.
    ///
    /// ```text
    /// Jₜ[i,j] = ∂Hₜ[j]/∂Hₜ₋₁[i] = W₁ₕ[i,j] (1 − Hₜ[j]²)
    /// ```
    ///
    /// Printed notes write W₁ₕ ⊙ (1 − H²) for it: the matrix product of W₁ₕ with a diagonal matrix.
    pub fn jacobian(&self, step: Step) -> Array2<f64> {
        &self.experiment.weights().w1h * &self.forward.slope(step)
    }

    /// One row of ∂Hₜ/∂Hₛ, from s = `from` to t = `to`: how the cell `row` of step s moves every
    /// cell of step t; n. It is that cell's unit vector times Jₛ₊₁ ⋯ Jₜ.
    pub fn link(&self, from: Step, to: Step, row: usize) -> Array1<f64> {
        let mut moved = Array1::zeros(self.experiment.weights().sizes().cells);
        moved[row] = 1.0;
        for step in Step::all(to.number()).skip(from.number()) {
            moved = moved.dot(&self.jacobian(step));
        }
        moved
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
        let identity = Scaled::of(Array2::eye(self.experiment.weights().sizes().cells));
        let (mut product, mut power) = (identity.clone(), identity);
        let mut links = Vec::with_capacity(to.number());
        for from in Step::all(to.number()).rev() {
            if from != to {
                product = product.after(&self.jacobian(from.next()));
                power = power.after(&self.experiment.weights().w1h);
            }
            links.push(Link {
                from,
                direction: product.direction.clone(),
                log_norm: product.log_norm,
                log_norm_of_weights: power.log_norm,
            });
        }
        links
    }
}

/// A matrix as its norm and the matrix of norm 1.
#[derive(Clone)]
struct Scaled {
    direction: Array2<f64>,
    log_norm: f64,
}

impl Scaled {
    fn of(mut matrix: Array2<f64>) -> Self {
        let norm = spectral_norm(matrix.view());
        if norm > 0.0 {
            matrix /= norm;
        }
        Self { direction: matrix, log_norm: norm.ln() }
    }

    /// `matrix` times this one.
    fn after(&self, matrix: &Array2<f64>) -> Self {
        let product = Self::of(matrix.dot(&self.direction));
        Self { log_norm: product.log_norm + self.log_norm, ..product }
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
        assert!(spectral_norm(array![[f64::NAN, 1.0], [0.0, 1.0]].view()).is_nan());
        assert_eq!(spectral_norm(array![[f64::INFINITY, 1.0]].view()), f64::INFINITY);
    }
}
