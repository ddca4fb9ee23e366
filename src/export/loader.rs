//! The network as a file of weights, and programs that load it: each compares its output with the one
//! in the file.

use crate::rnn::{
    Cell, Experiment, Gate, Parameter,
    model::{self, Maker, ModelError},
};

/// The name of the file, which the programs read.
pub const FILE: &str = "unrolled.safetensors";

/// The network of `experiment` in safetensors, with its input and its output.
///
/// # Errors
///
/// [`ModelError::TooLarge`].
pub fn file(experiment: &Experiment) -> Result<Vec<u8>, ModelError> {
    model::write(experiment)
}

/// The names in the file of a tensor of each of these gates.
fn of_gates(gates: &[Gate], tensor: impl Fn(Gate) -> Parameter) -> String {
    gates.iter().map(|gate| tensor(*gate).field()).collect::<Vec<_>>().join(" ")
}

/// A program that loads the network into the layer that `PyTorch` has for its cell, if it has one.
pub fn pytorch(experiment: &Experiment) -> Option<String> {
    use Gate::{Candidate, Forget, Input, One, Output, Reset, Update};
    let (layer, gates): (_, &[Gate]) = match experiment.cell() {
        Cell::Tanh => ("RNN(d, n", &[One]),
        Cell::Relu => ("RNN(d, n, nonlinearity=\"relu\"", &[One]),
        Cell::Lstm => ("LSTM(d, n", &[Input, Forget, Candidate, Output]),
        Cell::GruResetAfter => ("GRU(d, n", &[Reset, Update, Candidate]),
        Cell::Sigmoid | Cell::Gru => return None,
    };
    let bias = match experiment.cell() {
        Cell::GruResetAfter => "torch.cat([torch.zeros(2 * n), W[\"bgh\"]])",
        _ => "torch.zeros_like(b)",
    };
    Some(format!(
        "# python3 -m pip install torch safetensors\n\
         import torch\n\
         from safetensors.torch import load_file\n\
         \n\
         W = load_file(\"{FILE}\")\n\
         {sizes}\n\
         pack = lambda names: torch.cat([W[name] for name in names.split()], -1)\n\
         rnn = torch.nn.{layer}, dtype=torch.float64)\n\
         rnn.weight_ih_l0.data = pack(\"{from_input}\").T.contiguous()\n\
         rnn.weight_hh_l0.data = pack(\"{from_state}\").T.contiguous()\n\
         rnn.bias_ih_l0.data = b = pack(\"{biases}\")\n\
         rnn.bias_hh_l0.data = {bias}.double()\n\
         head = torch.nn.Linear(n, k, dtype=torch.float64)\n\
         head.weight.data, head.bias.data = W[\"w2\"].T.contiguous(), W[\"b2\"]\n\
         \n\
         X = {input}\n\
         Z2 = head(rnn(X)[0])\n\
         print((Z2 - W[\"unrolled.check.y\"]).abs().max().item(), \"at most between the two\")\n",
        sizes = sizes(experiment),
        from_input = of_gates(gates, Parameter::FromInput),
        from_state = of_gates(gates, Parameter::FromState),
        biases = of_gates(gates, Parameter::Bias),
        input = input(experiment, "torch.eye(d, dtype=torch.float64)"),
    ))
}

/// A program that loads the network into the layer that Keras has for its cell.
pub fn keras(experiment: &Experiment) -> String {
    use Gate::{Candidate, Forget, Input, One, Output, Reset, Update};
    let (layer, gates): (_, &[Gate]) = match experiment.cell() {
        Cell::Tanh => ("SimpleRNN(n", &[One]),
        Cell::Relu => ("SimpleRNN(n, activation=\"relu\"", &[One]),
        Cell::Sigmoid => ("SimpleRNN(n, activation=\"sigmoid\"", &[One]),
        Cell::Lstm => ("LSTM(n", &[Input, Forget, Candidate, Output]),
        Cell::Gru => ("GRU(n, reset_after=False", &[Update, Reset, Candidate]),
        Cell::GruResetAfter => ("GRU(n", &[Update, Reset, Candidate]),
    };
    let biases = of_gates(gates, Parameter::Bias);
    let biases = match experiment.cell() {
        Cell::GruResetAfter => {
            format!("np.stack([pack(\"{biases}\"), np.pad(W[\"bgh\"], (2 * n, 0))])")
        }
        _ => format!("pack(\"{biases}\")"),
    };
    format!(
        "# python3 -m pip install keras safetensors, and what Keras runs on\n\
         import keras\n\
         import numpy as np\n\
         from safetensors.numpy import load_file\n\
         \n\
         W = load_file(\"{FILE}\")\n\
         {sizes}\n\
         pack = lambda names: np.concatenate([W[name] for name in names.split()], -1)\n\
         rnn, head = keras.layers.{layer}, return_sequences=True), keras.layers.Dense(k)\n\
         model = keras.Sequential([keras.Input((None, d)), rnn, head])\n\
         rnn.set_weights([pack(\"{from_input}\"), pack(\"{from_state}\"), {biases}])\n\
         head.set_weights([W[\"w2\"], W[\"b2\"]])\n\
         \n\
         X = {input}\n\
         Z2 = np.asarray(model(X[None]))[0]\n\
         print(np.abs(Z2 - W[\"unrolled.check.y\"]).max(), \"at most between the two\")\n",
        sizes = sizes(experiment),
        from_input = of_gates(gates, Parameter::FromInput),
        from_state = of_gates(gates, Parameter::FromState),
        input = input(experiment, "np.eye(d)"),
    )
}

fn sizes(experiment: &Experiment) -> String {
    let sizes = experiment.weights().sizes();
    format!("d, n, k = {}, {}, {}", sizes.inputs, sizes.units, sizes.outputs)
}

/// The input of the check: its numbers, or the rows of an identity matrix at the places of its tokens.
fn input(experiment: &Experiment, identity: &str) -> String {
    let x = "W[\"unrolled.check.x\"]";
    if experiment.sequence().is_numbers() { x.to_owned() } else { format!("{identity}[{x}]") }
}

/// Saves a network of `PyTorch` with an input and its output.
const SAVE_PYTORCH: &str = "\
from safetensors.torch import save_file

tensors = {name: value.contiguous().clone() for name, value in model.state_dict().items()}
# One sequence, and what the model makes of it: computed on the CPU, for each step or for the last.
tensors |= {\"unrolled.check.x\": x, \"unrolled.check.y\": y.detach().contiguous()}
save_file(tensors, \"model.safetensors\")
";

/// Saves a network of Keras with an input and its output.
const SAVE_KERAS: &str = "\
import numpy as np

arrays = {weight.path: np.asarray(weight.value) for weight in model.weights}
# One sequence, and what the model makes of it.
check = {\"unrolled.check.x\": x, \"unrolled.check.y\": np.asarray(model(x))}
np.savez(\"model.npz\", **arrays, **check)
";

/// How to save a network with what it can be checked with.
pub fn way_to_check(maker: Maker) -> &'static str {
    if maker == Maker::Keras { SAVE_KERAS } else { SAVE_PYTORCH }
}

/// How to save a network whose file is of another format.
pub fn way_out(problem: &ModelError) -> Option<&'static str> {
    match problem {
        ModelError::Pickle => Some(SAVE_PYTORCH),
        ModelError::Hdf5 | ModelError::Unnamed => Some(SAVE_KERAS),
        _ => None,
    }
}
