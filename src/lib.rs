//! Unrolled teaches recurrent neural networks: a learner types a sequence, steps a real network forward
//! through time, and watches the gradients of the backward pass travel back, step by step.
//!
//! The modules stand in reading order; `ARCHITECTURE.md` has the map. The mathematics is a crate of its
//! own, for any program: [`rnn`].

pub mod address;
pub mod browser;
pub mod export;
pub mod figure;
pub mod lesson;
pub mod page;
pub mod pieces;
pub mod session;
pub mod text;
pub mod training;
pub mod ui;

pub use unrolled_rnn as rnn;
