//! The lesson: chapters of screens, each with a text, a state of the score, and a question or a
//! task. The chapters themselves are files in the folder `lesson`.
//!
//! Nothing here is typed in as an answer: what is right follows from the run, whatever it is.

mod chapter;
mod progress;
mod quantity;

pub use chapter::{
    Ask, Chapter, Choice, Question, Screen, State, Task, Text, Tool, chapters, read_chapters,
};
pub use progress::{Answer, Place, Progress, Verdict};
pub use quantity::{Condition, Quantity, distance, filled, is_same};
