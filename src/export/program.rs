//! The run as a program in `NumPy` and in `PyTorch`, with its data in it: whoever runs it meets
//! every number that the page shows.

use crate::{
    rnn::{Parameter, Step, Task, Trace},
    session::Quantity,
};

/// A line of a program, and what it computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line itself.
    pub text: String,
    /// The kinds of numbers that it computes.
    pub computes: Vec<Quantity>,
}

/// The lines of a program; empty ones part it into blocks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Program(Vec<Line>);

impl Program {
    fn add(&mut self, text: impl Into<String>) {
        self.0.push(Line { text: text.into(), computes: Vec::new() });
    }

    fn computes(&mut self, quantity: Quantity, text: impl Into<String>) {
        self.0.push(Line { text: text.into(), computes: vec![quantity] });
    }

    /// Adds a block: an empty line, then each of `lines`.
    fn block(&mut self, lines: &[&str]) {
        self.add("");
        for line in lines {
            self.add(*line);
        }
    }

    /// The block in which `quantity` is computed.
    pub fn block_of(&self, quantity: Quantity) -> &[Line] {
        let Some(at) = self.0.iter().position(|line| line.computes.contains(&quantity)) else {
            return &[];
        };
        let is_gap = |line: &Line| line.text.is_empty();
        let start = self.0[..at].iter().rposition(is_gap).map_or(0, |gap| gap + 1);
        let end = self.0[at..].iter().position(is_gap).map_or(self.0.len(), |gap| at + gap);
        &self.0[start..end]
    }
}

/// The program as a file.
impl std::fmt::Display for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|line| writeln!(f, "{}", line.text))
    }
}

/// The gradient of each tensor by its name in the programs.
const GRADIENTS: [(Parameter, &str); 5] = [
    (Parameter::W1x, "W1x"),
    (Parameter::W1h, "W1h"),
    (Parameter::B1, "b1"),
    (Parameter::W2, "W2"),
    (Parameter::B2, "b2"),
];

/// The run of `trace` in `NumPy`. Arrays count time as the formulas do: `H[t]` is H⁽ᵗ⁾, `H[0]` is
/// zero.
///
/// It leaves behind `Z1`, `H`, `Z2`, `A2`, `L`, `loss`, `dZ2`, `dH`, `dZ1`, each step's
/// contributions `dW1x_t`, `dW1h_t`, `db1_t`, their sums `dW1x` … `db2`, `norm`, the Jacobians `J` and
/// their products `P`, the prediction `bag` of the bag of words, and the weights after the update.
pub fn numpy(trace: &Trace) -> Program {
    let mut program = Program::default();
    program.add("import numpy as np");
    data(trace, &mut program, "np.array");
    program.block(&[
        "X = np.vstack([np.zeros(d), np.eye(d)[inputs]])",
        &format!("Y = np.zeros((T + 1, k)); {}", targets(trace, "np.eye(k)")),
    ]);

    program.block(&[
        "Z1, H = np.zeros((T + 1, n)), np.zeros((T + 1, n))",
        "Z2, A2, L = np.zeros((T + 1, k)), np.zeros((T + 1, k)), np.zeros(T + 1)",
    ]);
    program.block(&["for t in range(1, T + 1):"]);
    program.computes(Quantity::PreActivation, "    Z1[t] = X[t] @ W1x + H[t - 1] @ W1h + b1");
    program.computes(Quantity::State, "    H[t] = np.tanh(Z1[t])");

    program.block(&["for s in S:"]);
    program.computes(Quantity::Logit, "    Z2[s] = H[s] @ W2 + b2");
    let (output, loss) = match trace.experiment.settings().task {
        Task::Binary { .. } => (
            "    A2[s] = 1 / (1 + np.exp(-Z2[s]))",
            "    L[s] = np.logaddexp(0, Z2[s, 0]) - Y[s, 0] * Z2[s, 0]",
        ),
        Task::Classes { .. } | Task::NextToken => (
            "    A2[s] = np.exp(Z2[s] - np.logaddexp.reduce(Z2[s]))",
            "    L[s] = np.logaddexp.reduce(Z2[s]) - Y[s] @ Z2[s]",
        ),
    };
    program.computes(Quantity::Output, output);
    program.computes(Quantity::Loss, loss);
    program.computes(Quantity::WholeLoss, "loss = L.sum()");

    program.block(&[
        "dZ2, dW2, db2 = np.zeros((T + 1, k)), np.zeros((n, k)), np.zeros(k)",
        "for s in S:",
    ]);
    program.computes(Quantity::OutputError, "    dZ2[s] = A2[s] - Y[s]");
    program.computes(Quantity::Gradient(Parameter::W2), "    dW2 += np.outer(H[s], dZ2[s])");
    program.computes(Quantity::Gradient(Parameter::B2), "    db2 += dZ2[s]");
    if let Some(last) = program.0.len().checked_sub(2) {
        program.0[last].computes.push(Quantity::Contribution(Parameter::W2));
        program.0[last + 1].computes.push(Quantity::Contribution(Parameter::B2));
    }

    program.block(&["dH, dZ1 = np.zeros((T + 2, n)), np.zeros((T + 2, n))"]);
    program.block(&[
        "dW1x_t, dW1h_t, db1_t = np.zeros((T + 1, d, n)), np.zeros((T + 1, n, n)), np.zeros((T + 1, n))",
    ]);
    backward(trace, &mut program);
    program
        .computes(Quantity::Contribution(Parameter::W1x), "    dW1x_t[t] = np.outer(X[t], dZ1[t])");
    program.computes(
        Quantity::Contribution(Parameter::W1h),
        "    dW1h_t[t] = np.outer(H[t - 1], dZ1[t])",
    );
    program.computes(Quantity::Contribution(Parameter::B1), "    db1_t[t] = dZ1[t]");
    program.add("");
    for (parameter, name) in GRADIENTS.into_iter().take(3) {
        program.computes(Quantity::Gradient(parameter), format!("d{name} = d{name}_t.sum(axis=0)"));
    }

    program.add("");
    program.computes(Quantity::Norm, "norm = np.linalg.norm(dH[: T + 1], axis=1)");
    program.add("");
    program.add("J, P = np.zeros((T + 1, n, n)), np.zeros((T + 1, n, n)); P[T] = np.eye(n)");
    program.add("for t in range(T, 1, -1):");
    program.computes(Quantity::Jacobian, "    J[t] = W1h * (1 - H[t] ** 2)");
    program.computes(Quantity::Chain, "    P[t - 1] = J[t] @ P[t]");

    bag(trace, &mut program);
    update(trace, &mut program);
    program.block(&["print(\"A2:\", A2[list(S)])", "print(\"loss:\", loss)"]);
    program
}

/// What follows from the experiment: the tokens, the sizes and the weights.
fn data(trace: &Trace, program: &mut Program, array: &str) {
    let experiment = &trace.experiment;
    let sizes = experiment.weights().sizes();
    let sequence = experiment.sequence();
    let inputs = sequence.indices().get(..trace.steps()).unwrap_or_default();
    let quoted = |names: &[String]| {
        let names: Vec<String> =
            names.iter().map(|name| serde_json::Value::from(name.as_str()).to_string()).collect();
        format!("[{}]", names.join(", "))
    };
    program.add("");
    program.add(format!("tokens = {}", quoted(sequence.tokens())));
    program.add(format!("vocabulary = {}", quoted(sequence.vocabulary())));
    program.add(format!("inputs = {inputs:?}"));
    program.add(format!(
        "T, d, n, k = {}, {}, {}, {}",
        trace.steps(),
        sizes.vocabulary,
        sizes.units,
        sizes.outputs
    ));
    program.add(format!("S = range({}, T + 1)", experiment.first_loss().number()));
    program.add("");
    for (parameter, name) in GRADIENTS {
        let matrix = experiment.weights().matrix(parameter);
        let rows: Vec<String> =
            matrix.rows().into_iter().map(|row| format!("{:?}", row.to_vec())).collect();
        let biases = matches!(parameter, Parameter::B1 | Parameter::B2);
        let list = if biases { rows.concat() } else { format!("[{}]", rows.join(",\n    ")) };
        program.add(format!("{name} = {array}({list})"));
    }
    program.add(format!("eta = {:?}", experiment.learning_rate()));
}

/// The statement that puts the targets into `Y`, where `unit_matrix` makes one-hot rows.
fn targets(trace: &Trace, unit_matrix: &str) -> String {
    let experiment = &trace.experiment;
    let last = Step::from_index(trace.steps() - 1);
    match experiment.settings().task {
        Task::Binary { .. } => format!("Y[T, 0] = {}", experiment.target(last)),
        Task::Classes { .. } => format!("Y[T] = {unit_matrix}[{}]", experiment.target(last)),
        Task::NextToken => {
            let targets: Vec<usize> =
                Step::all(trace.steps()).map(|step| experiment.target(step)).collect();
            format!("Y[1:] = {unit_matrix}[{targets:?}]")
        }
    }
}

/// The errors of every step, in the loop that goes on with the contributions.
fn backward(trace: &Trace, program: &mut Program) {
    let window = trace.experiment.window();
    if window == trace.steps() {
        program.add("for t in range(T, 0, -1):");
        program.computes(Quantity::HiddenError, "    dH[t] = dZ2[t] @ W2.T + dZ1[t + 1] @ W1h.T");
        program.computes(Quantity::Error, "    dZ1[t] = dH[t] * (1 - H[t] ** 2)");
    } else {
        // Every loss goes back on its own, as far as it may.
        program.add(format!("w = {window}"));
        program.add("for s in S:");
        program.add("    back = np.zeros((T + 2, n))");
        program.add("    for t in range(s, max(s - w, 0), -1):");
        program.add("        from_next = dZ2[s] @ W2.T if t == s else back[t + 1] @ W1h.T");
        program.add("        back[t] = from_next * (1 - H[t] ** 2)");
        program.computes(Quantity::HiddenError, "        dH[t] += from_next");
        program.computes(Quantity::Error, "        dZ1[t] += back[t]");
        program.add("");
        program.add("for t in range(1, T + 1):");
    }
}

/// The answer to the same words without their order, whose rows are added by name.
fn bag(trace: &Trace, program: &mut Program) {
    let squash = match trace.experiment.settings().task {
        Task::Binary { .. } => "1 / (1 + np.exp(-z))",
        Task::Classes { .. } | Task::NextToken => "np.exp(z - np.logaddexp.reduce(z))",
    };
    program.block(&[
        "bag = np.zeros((T + 1, k))",
        "for s in S:",
        "    z = np.tanh(X[1 : s + 1].sum(axis=0) @ W1x + b1) @ W2 + b2",
        &format!("    bag[s] = {squash}"),
    ]);
}

fn update(trace: &Trace, program: &mut Program) {
    let norm = "np.sqrt(sum((g ** 2).sum() for g in (dW1x, dW1h, db1, dW2, db2)))";
    program.block(&[&format!("gradient_norm = {norm}")]);
    let share = match trace.experiment.settings().clip_norm {
        Some(threshold) => format!("{threshold:?} / max({threshold:?}, gradient_norm)"),
        None => "1".to_owned(),
    };
    program.add(format!("step = eta * {share}"));
    for (parameter, name) in GRADIENTS {
        program.computes(
            Quantity::Updated(parameter),
            format!("new_{name} = {name} - step * d{name}"),
        );
    }
}

/// The run of `trace` in `PyTorch`, whose automatic differentiation finds the same gradients.
///
/// It leaves behind what [`numpy`] does of both passes: dictionaries by step for `Z1`, `H`, `Z2`,
/// `A2`, `L`, `dZ1`, `dH`, and `W1x.grad` … `b2.grad`.
pub fn pytorch(trace: &Trace) -> Program {
    let mut program = Program::default();
    for line in [
        "import torch",
        "import torch.nn.functional as F",
        "",
        "torch.set_default_dtype(torch.float64)",
    ] {
        program.add(line);
    }
    data(trace, &mut program, "torch.tensor");
    program.block(&[
        "for W in (W1x, W1h, b1, W2, b2):",
        "    W.requires_grad_()",
        "X = torch.cat([torch.zeros(1, d), torch.eye(d)[inputs]])",
        &format!("Y = torch.zeros(T + 1, k); {}", targets(trace, "torch.eye(k)")),
    ]);
    let (output, loss) = match trace.experiment.settings().task {
        Task::Binary { .. } => ("torch.sigmoid", "F.binary_cross_entropy_with_logits(Z2[s], Y[s])"),
        Task::Classes { .. } | Task::NextToken => {
            ("torch.softmax", "F.cross_entropy(Z2[s][None], Y[s][None])")
        }
    };
    let squash = if output.ends_with("softmax") { ", dim=0" } else { "" };
    program.block(&[
        "def step(t, h):",
        "    z1 = X[t] @ W1x + h @ W1h + b1",
        "    h = torch.tanh(z1)",
        "    z1.retain_grad(); h.retain_grad()",
        "    return z1, h",
    ]);
    program.block(&[
        "def answer(s, h):",
        "    Z2[s] = h @ W2 + b2",
        &format!("    A2[s] = {output}(Z2[s]{squash})"),
        &format!("    L[s] = {loss}"),
    ]);
    program.block(&[
        "Z1, H, Z2, A2, L = {}, {0: torch.zeros(n)}, {}, {}, {}",
        "for t in range(1, T + 1):",
        "    Z1[t], H[t] = step(t, H[t - 1])",
    ]);
    let window = trace.experiment.window();
    if window == trace.steps() {
        program.block(&[
            "for s in S:",
            "    answer(s, H[s])",
            "loss = sum(L.values())",
            "loss.backward()",
            "dZ1 = {t: Z1[t].grad for t in Z1}",
            "dH = {t: H[t].grad for t in Z1}",
        ]);
    } else {
        program.block(&[
            &format!("w = {window}"),
            "dZ1 = {t: torch.zeros(n) for t in Z1}",
            "dH = {t: torch.zeros(n) for t in Z1}",
            "for s in S:",
            "    h, seen = H[max(s - w, 0)].detach(), {}",
            "    for t in range(max(s - w, 0) + 1, s + 1):",
            "        seen[t] = step(t, h)",
            "        h = seen[t][1]",
            "    answer(s, h)",
            "    L[s].backward()",
            "    for t, (z1, h) in seen.items():",
            "        dZ1[t] += z1.grad",
            "        dH[t] += h.grad",
            "loss = sum(L.values())",
        ]);
    }
    let share = match trace.experiment.settings().clip_norm {
        Some(threshold) => format!("{threshold:?} / max({threshold:?}, gradient_norm)"),
        None => "1".to_owned(),
    };
    program.block(&[
        "gradient_norm = torch.sqrt(sum((W.grad ** 2).sum() for W in (W1x, W1h, b1, W2, b2)))",
        &format!("step_size = eta * {share}"),
        "new_W1x, new_W1h, new_b1, new_W2, new_b2 = (",
        "    (W - step_size * W.grad).detach() for W in (W1x, W1h, b1, W2, b2)",
        ")",
    ]);
    program
        .block(&["print(\"A2:\", [A2[s].tolist() for s in S])", "print(\"loss:\", loss.item())"]);
    program
}
