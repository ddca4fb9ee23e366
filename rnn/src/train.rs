//! Training: many sequences, and weights that follow their mean gradient.
//!
//! A [`Corpus`] has the sequences and their targets, a [`Split`] says which of them are held out, a
//! [`Network`] what the weights begin with, and [`Controls`] how they follow the gradient. Together
//! they are a [`Training`], whose [`update`](Training::update) is one step; a [`Run`] keeps where it has
//! been, so that every update can be gone back to. A [`Sampler`] writes text, a [`Projection`] shows many
//! states in a plane.
//!
//! **The loss of an update is the mean over all targets of its minibatch**, so that a learning rate
//! means the same for short sequences and long ones, for small minibatches and large ones. That of a
//! single [`Experiment`](crate::Experiment) is the sum over its steps, unless it asks for the mean.
//!
//! Nothing here reads a clock or draws a number that does not come from a seed, and all arithmetic is
//! `+ − × ÷ √`, [`elementary`](crate::elementary), and for a loss the logarithm of `libm`, which is made of
//! these: equal settings give equal curves, bit for bit, on every machine.
//!
//! ```
//! use unrolled_rnn::train::{DataSet, Halt, Run};
//!
//! let set = DataSet::named("opinions-en").unwrap();
//! let mut run = Run::new(set.training(1), set.goal());
//! assert_eq!(run.run_for(400), Halt::Goal);
//!
//! // Back to the beginning: what did the first update do, and what was the network like before?
//! let first = run.explained(1);
//! assert_eq!(first.parts.len(), 16);
//! assert!(first.loss_after < first.update.loss);
//! assert!(run.at(0).held_out().accuracy < run.training_mut().held_out().accuracy);
//! ```

mod baseline;
mod corpus;
mod fields;
mod file;
mod gallery;
mod lines;
mod optimizer;
mod projection;
mod random;
mod rules;
mod run;
mod sampler;
mod split;
mod training;

pub use corpus::{Asked, Corpus, Example, ExampleError, Target};
pub use file::{MOST_UPDATES, TrainingError};
pub use gallery::{DataSet, GAPS};
pub use lines::{BadLine, MOST_SEQUENCES, Reading};
pub use optimizer::Optimizer;
pub use projection::Projection;
pub use run::{Halt, LOOK_EVERY, Look, MOST_NUMBERS, MOST_SNAPSHOTS, Run};
pub use sampler::Sampler;
pub use split::Split;
pub use training::{Answered, Controls, Explained, Network, Part, Score, Training, Update};
