//! What a learner takes along: programs that compute the same run, tables, pictures.
//!
//! Everything here is text, made of a run and nothing else.

pub mod picture;
pub mod program;
pub mod table;
pub mod training;
