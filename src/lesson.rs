//! The lesson: chapters of screens, each with a text, a state of the page, and a question or a
//! task. The chapters themselves are files in the folder `lesson`.
//!
//! Nothing here is typed in as an answer: what is right follows from the run, whatever it is.

mod chapter;
mod curtain;
mod expression;
mod file;
mod progress;
mod prose;
mod quantity;
mod question;
mod school;
mod state;

pub use chapter::{
    Chapter, Claim, Drawing, Fold, Goal, Kind, PageClaim, Program, Screen, StageName, Task, Tool,
    TrainingPart, bring_chapters, chapters, has_chapters, read_chapters, read_files,
};
pub use curtain::{Curtain, Veil};
pub use expression::{Condition, Expression, Sign};
pub use progress::{Answer, Place, Progress};
pub use prose::Prose;
pub use quantity::{Quantity, Scope, distance, is_same};
pub use question::{Ask, Called, Choice, Evidence, Question, Verdict};
pub use school::{Course, School, Schooling, Study};
pub use state::{State, Text};

/// What was probably meant by `word`, for the end of a sentence that says it is wrong.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let away =
        |name: &str| strsim::osa_distance(&word.to_ascii_lowercase(), &name.to_ascii_lowercase());
    let near = known.into_iter().min_by_key(|name| away(name));
    match near.filter(|name| away(name) <= 2.max(name.len() / 3)) {
        Some(name) => format!(": did you mean `{name}`?"),
        None => String::new(),
    }
}
