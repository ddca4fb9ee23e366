//! The mathematics: recurrent networks, their loss, and the whole backward pass through time, with
//! every intermediate value kept.
//!
//! # From above
//!
//! A **cell** is given once, as its equations: a [`Recipe`](recipe::Recipe), a constant that reads
//! like the notes. Everything else reads it. The [way back](way_back) is derived from it: ∂L/∂V of a
//! variable V is a sum of *arrivals*, one from each place where V is used. The [engine] looks the
//! places of all numbers up once and runs both passes. [`Settings`] that hold together are an
//! [`Experiment`], and an experiment that has been run is a [`Trace`]: every number that there is, and
//! the questions that a run can be asked.
//!
//! ```
//! use unrolled_rnn::{Experiment, Settings, Step, StepUnit, Task, Trace, Variable};
//!
//! let settings = Settings::new("the film was not good", StepUnit::Word, Task::binary(false));
//! let trace = Trace::of(Experiment::new(settings)?);
//! let first = trace.state_after(Step::FIRST);
//! assert_eq!(first.len(), 4);
//! assert!(trace.loss() > 0.0 && trace.gradient().norm() > 0.0);
//! # Ok::<(), unrolled_rnn::ExperimentError>(())
//! ```
//!
//! # The letters
//!
//! Row vectors throughout. T time steps, d inputs, n units, k outputs; all numbers are `f64`. A
//! variable with ₚ behind it is its value at the step before. A `d_` in front of a name, or `d` in a
//! file, is always ∂L/∂ of that quantity.
//!
//! | letter | name in code | shape |
//! |---|---|---|
//! | Xₜ | [`Sequence::input`] | d |
//! | Z₁, `Z_f`, …, the weighted sum of a gate | [`Variable::Sum`] | n |
//! | I, F, G, O, R, U, the gates | [`Variable::Open`] | n |
//! | C, the memory; tanh(C) | [`Variable::Memory`], [`Variable::Squashed`] | n |
//! | K = R ⊙ Hₚ; Q = `Hₚ·W_gh + b_gh` | [`Variable::Kept`], [`Variable::Recalled`] | n |
//! | H, the hidden state | [`Variable::State`] | n |
//! | W₁ₓ, W₁ₕ, b₁; `W_fx`, `W_fh`, `b_f`, … | [`Parameter`], in [`Weights`] | d×n, n×n, n |
//! | W₂, b₂ | [`Parameter::W2`], [`Parameter::B2`] | n×k, k |
//! | Z₂ = H·W₂ + b₂; A₂ = σ(Z₂), softmax(Z₂) or Z₂ | [`Trace::output`] | k |
//! | L, the sum or the mean of the steps' losses | [`Trace::loss`] | 1 |
//! | ∂L/∂V; one arrival of it | [`Trace::errors`], [`Trace::arrivals`] | n |
//!
//! # Reading order
//!
//! [`recipe`], the cells; [`way_back`], what follows from them; [`elementary`] and [`engine`], which
//! run both; [`tokens`] turns a text into a sequence of inputs; [`weights`] holds the parameters and
//! their gradients in one type; [`settings`] and [`experiment`] are everything a run depends on;
//! [`trace`] is one whole run; [`formula`] and [`arithmetic`] write down how each of its numbers is made.
//!
//! Then the questions that a run can be asked: [`chain`], how an error shrinks or grows between two
//! steps; [`silence`], why exactly nothing of it arrives; [`reach`], which loss sends what to which
//! step, and what truncation drops; [`mod@ratio`], one size by another, where there is such a number;
//! [`check`], whether a gradient is right; [`bugs`], gradients that are not; [`bag`], what a model without
//! order would answer.
//!
//! And [`train`], many sequences and the weights that learn them.
//!
//! Everything that can be wrong is refused while an [`Experiment`] is made. Past that point
//! nothing here fails, and nothing here knows of time, pixels or a browser.

pub mod arithmetic;
pub mod bag;
pub mod bugs;
pub mod chain;
pub mod check;
pub mod elementary;
pub mod engine;
pub mod experiment;
pub mod formula;
mod json_place;
pub mod model;
pub mod names;
mod number;
pub mod ratio;
pub mod reach;
pub mod recipe;
pub mod settings;
pub mod silence;
pub mod tokens;
pub mod trace;
mod trace_file;
pub mod train;
pub mod way_back;
pub mod weights;
pub mod work;

pub use bugs::Bug;
pub use chain::{Cause, Link, Links, Norm};
pub use check::{Check, Place};
pub use experiment::{Experiment, ExperimentError};
pub use number::number;
pub use ratio::{NoRatio, ratio};
pub use reach::Truncated;
pub use recipe::{Cell, Gate, Parameter, Variable};
pub use settings::{Reduction, Settings, Targets, Task};
pub use silence::Silence;
pub use tokens::{Sequence, Step, StepUnit, TextError};
pub use trace::{Trace, Untied};
pub use weights::Weights;
