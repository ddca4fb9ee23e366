//! The mathematics: a recurrent network of tanh cells, its loss, and the whole backward pass
//! through time, with every intermediate value kept.
//!
//! # The letters
//!
//! Row vectors throughout. T time steps, d vocabulary entries, n units, k outputs; all numbers are
//! `f64`. A `d_` in front of a name is always ∂L/∂ of that quantity.
//!
//! | letter | name in code | shape | formula |
//! |---|---|---|---|
//! | Xₜ | [`Sequence::input`] | d | one-hot |
//! | W₁ₓ, W₁ₕ, b₁ | [`Weights`] `w1x`, `w1h`, `b1` | d×n, n×n, n | |
//! | W₂, b₂ | [`Weights`] `w2`, `b2` | n×k, k | |
//! | Z₁ₜ | `pre_activation` | n | Xₜ W₁ₓ + Hₜ₋₁ W₁ₕ + b₁ |
//! | Hₜ | `hidden` | n | tanh(Z₁ₜ), H₀ = 0 |
//! | Z₂ₛ | `logits` | k | Hₛ W₂ + b₂ |
//! | A₂ₛ | `probabilities` | k | sigmoid(Z₂ₛ) or softmax(Z₂ₛ) |
//! | L | `loss` | 1 | Σₛ Lₛ, the cross-entropy of A₂ₛ |
//!
//! # Reading order
//!
//! [`tokens`] turns a text into a sequence of inputs; [`weights`] holds the parameters and their
//! gradients in one type; [`settings`] and [`experiment`] are everything a run depends on; [`forward`] and
//! [`backward`] are the two passes; [`trace`] is one whole run.
//!
//! Then the questions that a run can be asked: [`chain`], how an error shrinks or grows between two
//! steps; [`silence`], why exactly nothing of it arrives; [`reach`], which loss sends what to which
//! step, and what truncation drops; [`ratio`], one size by another, where there is such a number;
//! [`check`], whether a gradient is right; [`bugs`], gradients that are not; [`bag`], what a model without
//! order would answer.
//!
//! Everything that can be wrong is refused while an [`Experiment`] is made. Past that point
//! nothing here fails, and nothing here knows of time, pixels or a browser.

pub mod backward;
pub mod bag;
pub mod bugs;
pub mod chain;
pub mod check;
pub mod experiment;
pub mod forward;
pub mod names;
pub mod ratio;
pub mod reach;
pub mod settings;
pub mod silence;
pub mod tokens;
pub mod trace;
mod trace_file;
pub mod weights;
pub mod work;

pub use backward::Backward;
pub use bugs::Bug;
pub use chain::{Cause, Link, Norm};
pub use check::{Check, Place};
pub use experiment::{Experiment, ExperimentError};
pub use forward::Forward;
pub use ratio::{NoRatio, ratio};
pub use reach::Truncated;
pub use settings::{Settings, Task};
pub use silence::Silence;
pub use tokens::{Sequence, Step, StepUnit, TextError};
pub use trace::Trace;
pub use weights::{Parameter, Weights};
