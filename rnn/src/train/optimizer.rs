//! How weights follow a gradient.

use serde::{Deserialize, Serialize};

/// A rule by which weights follow a gradient g, with the learning rate η.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "OptimizerFile", into = "OptimizerFile")]
pub enum Optimizer {
    /// Gradient descent.
    ///
    /// ```text
    /// W ← W − η g
    /// ```
    Sgd,
    /// Gradient descent with momentum (Polyak 1964; in this form Sutskever and others 2013).
    ///
    /// ```text
    /// v ← μ v + g        W ← W − η v
    /// ```
    Momentum {
        /// μ, how much of the velocity is kept.
        momentum: f64,
    },
    /// Adam (Kingma and Ba 2015).
    ///
    /// ```text
    /// v ← β₁ v + (1 − β₁) g        s ← β₂ s + (1 − β₂) g²
    /// W ← W − η (v / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε)
    /// ```
    Adam {
        /// β₁, how much of the mean of the gradients is kept.
        beta1: f64,
        /// β₂, how much of the mean of their squares is kept.
        beta2: f64,
        /// ε, what keeps the quotient small.
        epsilon: f64,
    },
}

impl Optimizer {
    /// Gradient descent.
    pub const SGD: Self = Self::Sgd;
    /// Momentum with the customary number.
    pub const MOMENTUM: Self = Self::Momentum { momentum: 0.9 };
    /// Adam with the numbers of its paper.
    pub const ADAM: Self = Self::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SGD, Self::MOMENTUM, Self::ADAM];

    /// Its name in files and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sgd => "sgd",
            Self::Momentum { .. } => "momentum",
            Self::Adam { .. } => "adam",
        }
    }
}

/// An [`Optimizer`] as a file spells it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptimizerFile {
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    momentum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta1: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epsilon: Option<f64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Sgd,
    Momentum,
    Adam,
}

impl TryFrom<OptimizerFile> for Optimizer {
    type Error = String;

    fn try_from(file: OptimizerFile) -> Result<Self, String> {
        let OptimizerFile { kind, momentum, beta1, beta2, epsilon } = file;
        let (read, takes) = match kind {
            Kind::Sgd => (Self::SGD, ""),
            Kind::Momentum => (Self::Momentum { momentum: momentum.unwrap_or(0.9) }, "momentum"),
            Kind::Adam => {
                let (beta1, beta2) = (beta1.unwrap_or(0.9), beta2.unwrap_or(0.999));
                (
                    Self::Adam { beta1, beta2, epsilon: epsilon.unwrap_or(1e-8) },
                    "beta1 beta2 epsilon",
                )
            }
        };
        let shares = [("momentum", momentum), ("beta1", beta1), ("beta2", beta2)];
        for (name, number) in shares.into_iter().chain([("epsilon", epsilon)]) {
            let Some(number) = number else { continue };
            if !takes.split(' ').any(|taken| taken == name) {
                return Err(format!("`{}` takes no `{name}`; remove it", read.name()));
            }
            if name == "epsilon" && !(number > 0.0 && number <= 1.0) {
                return Err(format!("`{name}` must be more than 0 and at most 1"));
            }
            if name != "epsilon" && !(0.0..1.0).contains(&number) {
                return Err(format!("`{name}` must be at least 0 and less than 1"));
            }
        }
        Ok(read)
    }
}

impl From<Optimizer> for OptimizerFile {
    fn from(optimizer: Optimizer) -> Self {
        let bare = |kind| Self { kind, momentum: None, beta1: None, beta2: None, epsilon: None };
        match optimizer {
            Optimizer::Sgd => bare(Kind::Sgd),
            Optimizer::Momentum { momentum } => {
                Self { momentum: Some(momentum), ..bare(Kind::Momentum) }
            }
            Optimizer::Adam { beta1, beta2, epsilon } => Self {
                beta1: Some(beta1),
                beta2: Some(beta2),
                epsilon: Some(epsilon),
                ..bare(Kind::Adam)
            },
        }
    }
}

/// What an optimizer remembers of the gradients so far.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Moments {
    /// v, of momentum and Adam.
    velocity: Vec<f64>,
    /// s, of Adam.
    squares: Vec<f64>,
    /// β₁ᵗ and β₂ᵗ, multiplied up: a library's power has other last bits on other machines.
    powers: (f64, f64),
    /// Whose memory it is.
    of: Option<&'static str>,
}

impl Moments {
    /// Forgets what another optimizer remembered, and has room for what this one does.
    fn belong_to(&mut self, optimizer: Optimizer, numbers: usize) {
        if self.of == Some(optimizer.name()) {
            return;
        }
        let (velocity, squares) = match optimizer {
            Optimizer::Sgd => (0, 0),
            Optimizer::Momentum { .. } => (numbers, 0),
            Optimizer::Adam { .. } => (numbers, numbers),
        };
        *self = Self {
            velocity: vec![0.0; velocity],
            squares: vec![0.0; squares],
            powers: (1.0, 1.0),
            of: Some(optimizer.name()),
        };
    }

    /// How many numbers are remembered.
    pub(crate) fn len(&self) -> usize {
        self.velocity.len() + self.squares.len()
    }

    /// Makes `step` what is added to the weights for the gradient `factor` · `gradient`.
    pub(crate) fn step(
        &mut self,
        optimizer: Optimizer,
        rate: f64,
        factor: f64,
        gradient: &[f64],
        step: &mut [f64],
    ) {
        self.belong_to(optimizer, gradient.len());
        let followed = gradient.iter().map(|g| factor * g);
        match optimizer {
            Optimizer::Sgd => {
                for (step, g) in step.iter_mut().zip(followed) {
                    *step = -rate * g;
                }
            }
            Optimizer::Momentum { momentum } => {
                for ((step, g), v) in step.iter_mut().zip(followed).zip(&mut self.velocity) {
                    *v = momentum * *v + g;
                    *step = -rate * *v;
                }
            }
            Optimizer::Adam { beta1, beta2, epsilon } => {
                self.powers.0 *= beta1;
                self.powers.1 *= beta2;
                let (first, second) = (1.0 - self.powers.0, 1.0 - self.powers.1);
                let moments = self.velocity.iter_mut().zip(&mut self.squares);
                for ((step, g), (v, s)) in step.iter_mut().zip(followed).zip(moments) {
                    *v = beta1 * *v + (1.0 - beta1) * g;
                    *s = beta2 * *s + (1.0 - beta2) * (g * g);
                    *step = -rate * ((*v / first) / ((*s / second).sqrt() + epsilon));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps for a gradient of 2 and then of −1, by η = 0.1.
    fn steps(optimizer: Optimizer) -> [f64; 2] {
        let (mut moments, mut step) = (Moments::default(), [0.0]);
        [2.0, -1.0].map(|g| {
            moments.step(optimizer, 0.1, 1.0, &[g], &mut step);
            step[0]
        })
    }

    #[test]
    fn each_steps_as_worked_out_by_hand() {
        let close = |ours: [f64; 2], by_hand: [f64; 2]| {
            assert!(ours.iter().zip(by_hand).all(|(a, b)| (a - b).abs() < 1e-9), "{ours:?}");
        };
        close(steps(Optimizer::SGD), [-0.2, 0.1]);
        // v = 2, then 0.9 · 2 − 1 = 0.8.
        close(steps(Optimizer::MOMENTUM), [-0.2, -0.08]);
        // The first step is −η · 2 / (√4 + 1e-8); then v = 0.18 − 0.1 = 0.08, s = 0.004 · 0.999 + 0.001.
        let second = -0.1 * (0.08 / 0.19) / (0.004_996_f64 / 0.001_999).sqrt();
        close(steps(Optimizer::ADAM), [-0.1, second]);
    }

    #[test]
    fn another_optimizer_begins_without_memory() {
        let (mut moments, mut step) = (Moments::default(), [0.0]);
        moments.step(Optimizer::MOMENTUM, 0.1, 1.0, &[2.0], &mut step);
        moments.step(Optimizer::ADAM, 0.1, 1.0, &[2.0], &mut step);
        assert!((step[0] + 0.1).abs() < 1e-9);
        assert_eq!(moments.len(), 2);
    }
}
