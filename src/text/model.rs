//! What is said of a network out of a file.

use super::{Words, numbers};
use crate::rnn::{
    Cell,
    experiment::LARGEST_WEIGHT,
    model::{Maker, Model, ModelError, Side, Verdict},
    settings::TaskKind,
};

impl Words {
    /// What it is, in one sentence; `cell` is the one that is chosen.
    pub fn model_recognised(&self, model: &Model, cell: Cell) -> String {
        let sizes = model.sizes();
        let maker = match model.maker() {
            Maker::PyTorch => "PyTorch",
            Maker::Keras => "Keras",
            Maker::Unrolled => "Unrolled",
        };
        self.model_is(maker, self.cell(cell), sizes.inputs, sizes.units, sizes.outputs)
    }

    /// Whether its run agrees with its own output.
    pub fn model_verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::NotChecked => self.model_not_checked().to_owned(),
            Verdict::Agrees { steps, difference } => {
                self.model_agrees(&numbers::size(difference), steps)
            }
        }
    }

    /// The name of a kind of task.
    pub fn kind_of_task(&self, kind: TaskKind) -> &'static str {
        match kind {
            TaskKind::Binary => self.binary(),
            TaskKind::Classes => self.classes(),
            TaskKind::Values => self.values(),
            TaskKind::NextToken => self.next_token(),
        }
    }

    /// What is wrong with a file of weights, and the way out.
    pub fn model_problem(&self, problem: &ModelError) -> String {
        match problem {
            ModelError::Unknown => self.unreadable().to_owned(),
            ModelError::Pickle => self.model_pickle().to_owned(),
            ModelError::Hdf5 => self.model_hdf5().to_owned(),
            ModelError::TooLarge => self.model_too_large().to_owned(),
            ModelError::Damaged => self.model_damaged().to_owned(),
            ModelError::Repeated { name } => self.model_repeated(name),
            ModelError::Note { key } => self.model_note(key),
            ModelError::Unnamed => self.model_unnamed().to_owned(),
            ModelError::NoLayer { names } => self.model_no_layer(&names.join(", ")),
            ModelError::Layers { names } => self.model_layers(&names.join(", ")),
            ModelError::Backward { name } => self.model_backward(name),
            ModelError::Projection { name } => self.model_projection(name),
            ModelError::Parts { name } => self.model_parts(name),
            ModelError::Outputs { names } => self.model_outputs(&names.join(", ")),
            ModelError::Blocks { name, rows, columns } => self.model_blocks(name, *rows, *columns),
            ModelError::Missing { name } => self.model_missing(name),
            ModelError::Shape { name, found, expected } => {
                self.model_shape(&shape(expected), &shape(found), name)
            }
            ModelError::Kind { name, kind } => self.model_kind(kind, name),
            ModelError::Number { name } => self.model_number(&numbers::plain(LARGEST_WEIGHT), name),
            ModelError::TooMany { of, found, most } => match of {
                Side::Inputs => self.model_many_inputs(*found, *most),
                Side::Units => self.model_many_units(*found, *most),
                Side::Outputs => self.model_many_outputs(*found, *most),
            },
            ModelError::OtherCell { cell } => self.model_other_cell(cell),
            ModelError::CheckShape => self.model_check_shape().to_owned(),
            ModelError::CheckFailed { step, found, expected } => {
                self.model_check_failed(&numbers::plain(*expected), &numbers::plain(*found), *step)
            }
            ModelError::ListLength { of: Side::Inputs, found, expected } => {
                self.model_list_inputs(*expected, *found)
            }
            ModelError::ListLength { found, expected, .. } => {
                self.model_list_outputs(*expected, *found)
            }
            ModelError::Experiment(problem) => self.problem(problem),
        }
    }
}

/// The sides of a tensor, as in 12×4.
fn shape(sides: &[usize]) -> String {
    sides.iter().map(ToString::to_string).collect::<Vec<_>>().join("×")
}
