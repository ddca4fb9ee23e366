//! A trace as a file has it.

use crate::{
    recipe::{Parameter, Variable},
    tokens::Step,
    trace::Trace,
    weights::Weights,
};
use ndarray::{Array2, ArrayView2};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// The format `unrolled-trace/1`.
#[derive(Serialize)]
pub(crate) struct TraceFile<'a> {
    format: &'static str,
    tokens: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    vocabulary: Option<&'a [String]>,
    forward: Vec<Entry<'a>>,
    loss: f64,
    backward: Vec<Entry<'a>>,
    gradients: &'a Weights,
    gradient_norm: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    clipped_gradients: Option<Weights>,
}

/// What a step has in one of the passes, by name.
struct Entry<'a>(Vec<(String, Field<'a>)>);

/// A field of a step.
#[derive(Serialize)]
#[serde(untagged)]
enum Field<'a> {
    Whole(usize),
    Text(&'a str),
    Number(f64),
    Row(Vec<f64>),
    Rows(Vec<Vec<f64>>),
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, field) in &self.0 {
            map.serialize_entry(name, field)?;
        }
        map.end()
    }
}

impl<'a> TraceFile<'a> {
    pub(crate) fn of(trace: &'a Trace) -> Self {
        let (experiment, gradient) = (trace.experiment(), trace.gradient());
        let sequence = experiment.sequence();
        let tokens = sequence.tokens().get(..trace.steps()).unwrap_or_default();
        let steps = || Step::all(trace.steps());
        Self {
            format: "unrolled-trace/1",
            tokens,
            vocabulary: (!sequence.is_numbers()).then(|| sequence.vocabulary()),
            forward: steps().zip(tokens).map(|(step, token)| forward(trace, step, token)).collect(),
            loss: trace.loss(),
            backward: steps().map(|step| backward(trace, step)).collect(),
            gradients: gradient,
            gradient_norm: gradient.norm(),
            clipped_gradients: (experiment.settings().clip_norm)
                .map(|threshold| gradient.clipped(threshold)),
        }
    }
}

fn forward<'a>(trace: &'a Trace, step: Step, token: &'a str) -> Entry<'a> {
    let (experiment, output) = (trace.experiment(), trace.output());
    let mut entry = vec![
        ("t".to_owned(), Field::Whole(step.number())),
        ("token".to_owned(), Field::Text(token)),
        ("x".to_owned(), Field::Row(experiment.sequence().input(step).to_vec())),
    ];
    for variable in experiment.recipe().variables() {
        entry.push((variable.field(), row(trace.values(variable), step.number())));
    }
    if let Some(loss) = experiment.loss_row(step) {
        let row = |array: &Array2<f64>| Field::Row(array.row(loss).to_vec());
        entry.push(("z2".to_owned(), row(&output.logits)));
        entry.push(("a2".to_owned(), row(&output.answers)));
        entry.push(("loss".to_owned(), Field::Number(output.losses[loss])));
    }
    Entry(entry)
}

fn backward<'a>(trace: &Trace, step: Step) -> Entry<'a> {
    let experiment = trace.experiment();
    let mut entry = vec![("t".to_owned(), Field::Whole(step.number()))];
    if let Some(loss) = experiment.loss_row(step) {
        entry.push(("dz2".to_owned(), Field::Row(trace.output().errors.row(loss).to_vec())));
    }
    let name = |variable: Variable| format!("d{}", variable.field());
    for variable in experiment.recipe().variables().rev() {
        entry.push((name(variable), row(trace.errors(variable), step.index())));
    }
    let contribution = trace.contribution(step);
    for parameter in contribution.parameters().filter(|parameter| parameter.is_recurrent()) {
        let rows = contribution.matrix(parameter);
        entry.push((format!("d{}", parameter.field()), matrix(parameter, rows)));
    }
    Entry(entry)
}

fn row<'a>(numbers: Option<ArrayView2<'_, f64>>, row: usize) -> Field<'a> {
    Field::Row(numbers.map(|numbers| numbers.row(row).to_vec()).unwrap_or_default())
}

/// A matrix as its rows; a bias as its one row.
fn matrix<'a>(parameter: Parameter, matrix: ArrayView2<'_, f64>) -> Field<'a> {
    let rows: Vec<Vec<f64>> = matrix.rows().into_iter().map(|row| row.to_vec()).collect();
    if parameter.is_bias() { Field::Row(rows.concat()) } else { Field::Rows(rows) }
}
