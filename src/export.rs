//! What a learner takes along: programs that compute the same run, tables, pictures.
//!
//! Everything here is made of a run and nothing else: text, and the one file of weights.

pub mod loader;
pub mod picture;
pub mod program;
pub mod table;
pub mod training;
