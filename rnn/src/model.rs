//! A network that was made elsewhere: from the bytes of its file to the weights of a cell, and back.
//!
//! A file of [`safetensors`] or an archive of `NumPy` has tensors with names. The names say which layer
//! there is, the shapes must then fit exactly, and [`layout`] packs the blocks of `PyTorch` and of Keras
//! apart into the tensors of a cell. Names and shapes are no proof that the cell is the right one: an
//! input and an output of the model are, so a file may carry them, and a [`Model`] whose own run does not
//! agree with them is none.
//!
//! | | order of the gates | matrices | biases |
//! |---|---|---|---|
//! | `PyTorch` `RNN`, `LSTM`, `GRU`, and their cells | i f g o; r z n | transposed: (g·n, d), (g·n, n) | two that are added, but for n of the GRU |
//! | Keras `SimpleRNN`, `LSTM`, `GRU` | i f c o; z r h | (d, g·n), (n, g·n) | one; of `GRU(reset_after=True)` two |
//! | ours | each gate apart | (d, n), (n, n) | one; and `bgh` |
//!
//! The update gate U is the z of both: where it is 1, the old state stays.

mod check;
mod file;
mod layout;
mod npz;
mod safe;

pub use safe::write;

use crate::{
    experiment::{Experiment, ExperimentError, LARGEST_WEIGHT},
    recipe::Cell,
    settings::{Settings, Targets, Task, TaskKind},
    tokens::{LONGEST_TEXT, StepUnit},
    weights::{Sizes, Weights},
};
use thiserror::Error;

/// The largest file that is read, in bytes, and the most that an archive may hold unpacked.
pub const MOST_BYTES: usize = 64 << 20;

/// Who made a file, as its names say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// `PyTorch`.
    PyTorch,
    /// Keras.
    Keras,
    /// This program.
    Unrolled,
}

/// A tensor of a file, as a person is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in the file.
    pub name: String,
    /// Its shape.
    pub shape: Vec<usize>,
}

/// What was found out by the input and the output in a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// There are none.
    NotChecked,
    /// The run gives the same output.
    Agrees {
        /// The number of time steps that were compared.
        steps: usize,
        /// The largest difference of two numbers.
        difference: f64,
    },
}

/// A network out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    maker: Maker,
    candidates: Vec<(Cell, Weights)>,
    taken: Vec<Listed>,
    left: Vec<Listed>,
    embedding: Option<Listed>,
    has_output: bool,
    verdict: Verdict,
    task: Option<TaskKind>,
    inputs: Vec<Vec<(usize, f64)>>,
    vocabulary: Option<Vec<String>>,
    labels: Option<Vec<String>>,
    experiment: Option<Settings>,
}

/// What a person says of a model that its file does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// One of [`Model::cells`].
    pub cell: Cell,
    /// What a step of the input is.
    pub unit: StepUnit,
    /// The token of each input, unless the steps are numbers.
    pub vocabulary: Vec<String>,
    /// What the outputs are.
    pub task: TaskKind,
    /// The label of each output, of [`TaskKind::Classes`].
    pub labels: Vec<String>,
}

/// Why a file is no network that can be shown.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelError {
    /// Its first bytes are those of no file with weights.
    #[error("the file is neither safetensors nor npz")]
    Unknown,
    /// It is a pickle of `PyTorch`, which is not opened, since that can run code.
    #[error("the file is a pickle; save the weights as safetensors")]
    Pickle,
    /// Its numbers are packed as HDF5.
    #[error("the file is HDF5 or .keras; save the weights as npz or safetensors")]
    Hdf5,
    /// It is larger than [`MOST_BYTES`], or has more tensors or longer names than a network needs.
    #[error("the file is too large")]
    TooLarge,
    /// It is not as its format says.
    #[error("the file is damaged")]
    Damaged,
    /// A name is there twice.
    #[error("the name {name:?} is in the file twice")]
    Repeated {
        /// The name.
        name: String,
    },
    /// What the file says of itself under a key cannot be read.
    #[error("what the file says of its {key} cannot be read")]
    Note {
        /// The key.
        key: &'static str,
    },
    /// The arrays have no names of their own: `arr_0`, `arr_1`.
    #[error("the arrays have no names; save them with names")]
    Unnamed,
    /// There is no recurrent layer.
    #[error("no recurrent layer was found among {}", names.join(", "))]
    NoLayer {
        /// The first names that there are.
        names: Vec<String>,
    },
    /// There are several recurrent layers.
    #[error("there are several recurrent layers: {}", names.join(", "))]
    Layers {
        /// Their names.
        names: Vec<String>,
    },
    /// It reads the sequence in both directions.
    #[error("{name} reads backward")]
    Backward {
        /// A tensor of the backward direction.
        name: String,
    },
    /// It is an LSTM that projects its state.
    #[error("{name} projects the state")]
    Projection {
        /// The tensor that does.
        name: String,
    },
    /// A tensor is stored in parts, as weight normalization does.
    #[error("{name} is a part of a tensor")]
    Parts {
        /// The part.
        name: String,
    },
    /// Several tensors can be the output layer.
    #[error("several tensors can be the output layer: {}", names.join(", "))]
    Outputs {
        /// Their names.
        names: Vec<String>,
    },
    /// The recurrent matrix is of no known cell.
    #[error("{name} is {rows} by {columns}; one side must be 1, 3 or 4 times the other")]
    Blocks {
        /// Its name.
        name: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// A tensor that belongs to the layer is missing.
    #[error("{name} is missing")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A tensor has another shape than the others ask for.
    #[error("{name} has the shape {found:?}; with the others it would be {expected:?}")]
    Shape {
        /// Its name.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// What it must be.
        expected: Vec<usize>,
    },
    /// A tensor is not of floating-point numbers.
    #[error("{name} is of type {kind}; read are F16, BF16, F32 and F64")]
    Kind {
        /// Its name.
        name: String,
        /// Its type.
        kind: String,
    },
    /// A tensor has a number that is not finite, or too large.
    #[error("{name} has a number that is not finite or beyond {LARGEST_WEIGHT}")]
    Number {
        /// Its name.
        name: String,
    },
    /// There are more units, inputs or outputs than are shown.
    #[error("there are {found}; at most {most} are shown")]
    TooMany {
        /// Of what.
        of: Side,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// The file names a cell that its tensors are not of.
    #[error("the file says that its cell is {cell:?}, but its tensors are of another")]
    OtherCell {
        /// The cell that it names.
        cell: String,
    },
    /// The input and the output in the file are of other sizes than the network.
    #[error("the input or the output to check with does not fit the network")]
    CheckShape,
    /// The run does not give the output in the file.
    #[error("at step {step} the run gives {found}, where the model gave {expected}")]
    CheckFailed {
        /// The first step that differs, from 1.
        step: usize,
        /// What the run gives.
        found: f64,
        /// What is in the file.
        expected: f64,
    },
    /// The list of tokens or of labels is of another length than there are inputs or outputs.
    #[error("the list has {found} entries; it must have {expected}")]
    ListLength {
        /// Of what.
        of: Side,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// What comes of it is no experiment.
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
}

/// A side of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The inputs, d.
    Inputs,
    /// The units, n.
    Units,
    /// The outputs, k.
    Outputs,
}

impl Model {
    /// Reads a file of safetensors or an npz, and compares its run with what the file carries to check it.
    ///
    /// Nothing is allocated by what a file claims: only by what it holds, up to [`MOST_BYTES`].
    ///
    /// # Errors
    ///
    /// What is wrong with the file, or what is in it that is not shown; a run that does not agree.
    #[inline]
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = file::read(bytes)?;
        let note = |key: &str| file.note(key);
        let list = |key: &'static str| -> Result<Option<Vec<String>>, ModelError> {
            let read = |json| serde_json::from_str(json).map_err(|_| ModelError::Note { key });
            note(key).map(read).transpose()
        };
        let experiment = note("experiment").map(Settings::from_json).transpose()?;
        let named = experiment.as_ref().map(|settings| settings.cell.name()).or(note("cell"));
        let found = layout::recognise(&file, named)?;
        let agreed = check::compare(&file, &found)?;
        let candidates = match &agreed {
            Some(agreed) => {
                found.candidates.into_iter().filter(|(cell, _)| *cell == agreed.cell).collect()
            }
            None => found.candidates,
        };
        let verdict = agreed.as_ref().map_or(Verdict::NotChecked, |agreed| Verdict::Agrees {
            steps: agreed.inputs.len(),
            difference: agreed.difference,
        });
        Ok(Self {
            maker: found.maker,
            candidates,
            taken: found.taken,
            left: found.left,
            embedding: found.embedding,
            has_output: found.has_output,
            verdict,
            task: agreed.as_ref().and_then(|agreed| agreed.task),
            inputs: agreed.map(|agreed| agreed.inputs).unwrap_or_default(),
            vocabulary: list("vocabulary")?,
            labels: list("labels")?,
            experiment,
        })
    }

    /// Who made it.
    pub fn maker(&self) -> Maker {
        self.maker
    }

    /// The cells that it may be of: more than one where neither the shapes nor a check say which.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.candidates.iter().map(|(cell, _)| *cell)
    }

    /// d, n and k; with an embedding d is the number of its tokens.
    pub fn sizes(&self) -> Sizes {
        let weights = self.candidates.first().map(|(_, weights)| weights.sizes());
        weights.unwrap_or(Sizes { inputs: 0, units: 0, outputs: 0 })
    }

    /// The tensors that became weights.
    pub fn taken(&self) -> &[Listed] {
        &self.taken
    }

    /// The tensors that did not.
    pub fn left(&self) -> &[Listed] {
        &self.left
    }

    /// The embedding whose product with the weights of the input took their place.
    pub fn embedding(&self) -> Option<&Listed> {
        self.embedding.as_ref()
    }

    /// Whether there is an output layer. Where there is none the outputs are the states themselves.
    pub fn has_output(&self) -> bool {
        self.has_output
    }

    /// What its own input and output say of it.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether everything was said in the file, which is then one of ours.
    pub fn is_complete(&self) -> bool {
        self.experiment.is_some()
    }

    /// The answers that the file itself gives or that are likely, to begin with.
    #[inline]
    pub fn answers(&self) -> Answers {
        let Sizes { inputs, outputs, .. } = self.sizes();
        let tokens = self.vocabulary.is_some() || self.embedding.is_some();
        let likely = match outputs {
            _ if !self.has_output => TaskKind::Values,
            1 => TaskKind::Binary,
            _ if tokens && outputs == inputs => TaskKind::NextToken,
            _ => TaskKind::Classes,
        };
        let same = |task: &TaskKind| *task == TaskKind::Classes && likely == TaskKind::NextToken;
        Answers {
            cell: self.cells().next().unwrap_or(Cell::Tanh),
            unit: if tokens { StepUnit::Word } else { StepUnit::Number },
            vocabulary: self.vocabulary.clone().unwrap_or_default(),
            task: self.task.filter(|task| !same(task)).unwrap_or(likely),
            labels: self
                .labels
                .clone()
                .unwrap_or_else(|| (1..=outputs).map(|output| output.to_string()).collect()),
        }
    }

    /// The tasks that its outputs can be of.
    pub fn tasks(&self) -> Vec<TaskKind> {
        let Sizes { inputs, outputs, .. } = self.sizes();
        let mut tasks = match outputs {
            1 => vec![TaskKind::Binary],
            _ => vec![TaskKind::Classes],
        };
        if outputs == inputs && outputs > 1 {
            tasks.push(TaskKind::NextToken);
        }
        tasks.push(TaskKind::Values);
        tasks
    }

    /// The experiment of the file itself, or the one that `answers` make of it. Its text is the input that
    /// the model was checked with, or the first tokens, or a 1 and then zeros.
    ///
    /// # Errors
    ///
    /// A list of another length than there are inputs or outputs, and whatever makes no experiment.
    #[inline]
    pub fn experiment(&self, answers: &Answers) -> Result<Experiment, ModelError> {
        let mut candidates = self.candidates.iter();
        let chosen = candidates.find(|(cell, _)| *cell == answers.cell);
        let Some((cell, weights)) = chosen.or(self.candidates.first()) else {
            return Err(ModelError::Damaged);
        };
        if let Some(settings) = &self.experiment {
            let settings = Settings { weights: Some(weights.clone()), ..settings.clone() };
            return Ok(Experiment::new(settings)?);
        }
        let Sizes { inputs, units, outputs } = weights.sizes();
        let Answers { unit, vocabulary, task, labels, .. } = answers;
        let must_have = |of: Side, list: &[String], expected: usize| {
            let found = list.len();
            if found == expected {
                Ok(())
            } else {
                Err(ModelError::ListLength { of, found, expected })
            }
        };
        if *unit != StepUnit::Number {
            must_have(Side::Inputs, vocabulary, inputs)?;
        }
        let task = match task {
            TaskKind::Binary => Task::binary(true),
            TaskKind::Classes => {
                must_have(Side::Outputs, labels, outputs)?;
                Task::classes(labels.clone(), 0)
            }
            TaskKind::Values => Task::Values { targets: Targets::Last(vec![0.0; outputs]) },
            TaskKind::NextToken => Task::NextToken,
        };
        let text = match unit {
            StepUnit::Number => self.numbers(inputs),
            unit => self.words(*unit, vocabulary),
        };
        let settings = Settings {
            vocabulary: (*unit != StepUnit::Number).then(|| vocabulary.clone()),
            cell: *cell,
            hidden: units,
            weights: Some(weights.clone()),
            ..Settings::new(text, *unit, task)
        };
        Ok(Experiment::new(settings)?)
    }

    /// The steps of the check as numbers, or a 1 and then zeros, as far as a text may be long.
    fn numbers(&self, inputs: usize) -> String {
        let first = [vec![(0, 1.0)], Vec::new(), Vec::new(), Vec::new()];
        let steps = if self.inputs.is_empty() { &first[..] } else { &self.inputs };
        let mut text = String::new();
        for step in steps {
            let mut row = vec![0.0; inputs];
            for &(entry, number) in step {
                row[entry] = number;
            }
            let row: Vec<String> = row.iter().map(f64::to_string).collect();
            let row = row.join(",");
            if text.len() + row.len() >= LONGEST_TEXT {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&row);
        }
        text
    }

    /// The tokens of the check, or the first that the text can be split into again.
    fn words(&self, unit: StepUnit, vocabulary: &[String]) -> String {
        const FIRST: usize = 6;
        let one = |step: &Vec<(usize, f64)>| match step[..] {
            [(entry, 1.0)] => vocabulary.get(entry),
            _ => None,
        };
        let whole = |token: &&String| unit.split(token).eq([token.as_str()]);
        let checked: Option<Vec<&String>> = self.inputs.iter().map(one).collect();
        let checked = checked.filter(|tokens| !tokens.is_empty() && tokens.iter().all(whole));
        let tokens =
            checked.unwrap_or_else(|| vocabulary.iter().filter(whole).take(FIRST).collect());
        let between = if unit == StepUnit::Character { "" } else { " " };
        tokens.into_iter().map(String::as_str).collect::<Vec<_>>().join(between)
    }
}

/// The entries of a vocabulary as a person has it: a list in JSON, or one entry a line.
pub fn list_of(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).unwrap_or_else(|_| {
        let lines = text.lines().map(|line| line.strip_suffix('\r').unwrap_or(line));
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    })
}
