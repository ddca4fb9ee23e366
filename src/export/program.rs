//! The run as a program in `NumPy` and in `PyTorch`, with its data in it: whoever runs it meets
//! every number that the page shows.

use crate::{
    rnn::{
        Parameter, Reduction, Step, Targets, Task, Trace, Variable, Weights,
        engine::Head,
        formula::Row,
        recipe::{Function, When},
        way_back::Cause,
    },
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

/// The name of the gradient of a tensor, or of anything else that is made of each.
fn named(before: &str, parameter: Parameter, after: &str) -> String {
    format!("{before}{}{after}", parameter.name())
}

/// Every tensor of the run, each in its name, with commas between them.
fn listed(trace: &Trace, name: impl Fn(Parameter) -> String) -> String {
    trace.gradient().parameters().map(name).collect::<Vec<_>>().join(", ")
}

/// A row of a step as an array has it, in which time is the first index.
fn in_numpy(row: Row, when: When) -> String {
    let t = match when {
        When::Before => "t - 1",
        When::Now => "t",
        When::Next => "t + 1",
    };
    match row {
        Row::Input => format!("X[{t}]"),
        Row::Value(of) => format!("{}[{t}]", of.name()),
        Row::Error(of) => format!("d{}[{t}]", of.name()),
        Row::OutputError => format!("dZ2[{t}]"),
    }
}

/// Arrays of zeros, a row for each of `rows` steps: their names, and the zeros.
fn zeros(names: &[String], rows: &str) -> String {
    let zeros = format!("np.zeros(({rows}, n))");
    let right = match names.len() {
        0..4 => vec![zeros; names.len()].join(", "),
        count => format!("({zeros} for _ in range({count}))"),
    };
    format!("{} = {right}", names.join(", "))
}

/// The run of `trace` in `NumPy`. Arrays count time as the formulas do: `H[t]` is Hₜ, `H[0]` is the
/// start state.
///
/// It leaves behind every variable of the cell (`Z1`, `H`), `Z2`, `A2`, `L`, `loss`, `dZ2`, the error of
/// every variable (`dH`, `dZ1`), each step's terms `dW1x_t`, `dW1h_t`, `db1_t`, their sums `dW1x` …
/// `db2`, `norm`, and the weights after the update; in a cell without gates the Jacobians `J` and their
/// products `P`, and the answer `bag` of the words without order.
pub fn numpy(trace: &Trace) -> Program {
    let mut program = Program::default();
    let recipe = trace.experiment().recipe();
    program.add("import numpy as np");
    data(trace, &mut program, "np.array");
    let inputs = if trace.experiment().sequence().is_numbers() { "x" } else { "np.eye(d)[inputs]" };
    program.block(&[
        &format!("X = np.vstack([np.zeros(d), {inputs}])"),
        &format!("Y = np.zeros((T + 1, k)); {}", targets(trace, "np.eye(k)", "np.array")),
    ]);

    // An error that comes from the next step may need what was there at that step, even at the last.
    let reads_next = trace.way_back().arrivals.iter().any(|arrival| {
        matches!(arrival.from, Cause::Next(_))
            && arrival.rule().to_string().matches('ₙ').count() > 1
    });
    let rows = if reads_next { "T + 2" } else { "T + 1" };
    let names: Vec<String> = recipe.variables().map(|of| of.name().to_owned()).collect();
    program.block(&[
        &zeros(&names, rows),
        "Z2, A2, L = np.zeros((T + 1, k)), np.zeros((T + 1, k)), np.zeros(T + 1)",
    ]);
    for (of, numbers) in trace.experiment().start() {
        program.add(format!("{}[0] = {numbers:?}", of.name()));
    }
    program.block(&["for t in range(1, T + 1):"]);
    for equation in recipe.equations {
        let rule = equation.rule().in_python("np", &in_numpy);
        let line = format!("    {}[t] = {rule}", equation.of.name());
        program.computes(Quantity::Value(equation.of), line);
    }

    program.block(&["for s in S:"]);
    program.computes(Quantity::Logit, "    Z2[s] = H[s] @ W2 + b2");
    let (output, loss) = match trace.experiment().question().head {
        Head::Sigmoid => (
            "    A2[s] = 1 / (1 + np.exp(-Z2[s]))",
            "    L[s] = np.logaddexp(0, Z2[s, 0]) - Y[s, 0] * Z2[s, 0]",
        ),
        Head::Softmax => (
            "    A2[s] = np.exp(Z2[s] - np.logaddexp.reduce(Z2[s]))",
            "    L[s] = np.logaddexp.reduce(Z2[s]) - Y[s] @ Z2[s]",
        ),
        Head::Identity => ("    A2[s] = Z2[s]", "    L[s] = ((A2[s] - Y[s]) ** 2).sum() / 2"),
    };
    program.computes(Quantity::Output, output);
    program.computes(Quantity::Loss, loss);
    let share = if is_mean(trace) { " / len(S)" } else { "" };
    program.computes(Quantity::WholeLoss, format!("loss = L.sum(){share}"));

    program.block(&[
        "dZ2, dW2, db2 = np.zeros((T + 1, k)), np.zeros((n, k)), np.zeros(k)",
        "for s in S:",
    ]);
    let error = if is_mean(trace) { "(A2[s] - Y[s]) / len(S)" } else { "A2[s] - Y[s]" };
    program.computes(Quantity::OutputError, format!("    dZ2[s] = {error}"));
    program.computes(Quantity::Gradient(Parameter::W2), "    dW2 += np.outer(H[s], dZ2[s])");
    program.computes(Quantity::Gradient(Parameter::B2), "    db2 += dZ2[s]");
    if let Some(last) = program.0.len().checked_sub(2) {
        program.0[last].computes.push(Quantity::Contribution(Parameter::W2));
        program.0[last + 1].computes.push(Quantity::Contribution(Parameter::B2));
    }

    let errors: Vec<String> =
        recipe.variables().rev().map(|of| format!("d{}", of.name())).collect();
    program.block(&[&zeros(&errors, "T + 2")]);
    let terms = &trace.way_back().terms;
    let term_names: Vec<String> = terms.iter().map(|term| named("d", term.of, "_t")).collect();
    let shapes = terms.iter().map(|term| match term.of {
        Parameter::FromInput(_) => "np.zeros((T + 1, d, n))",
        Parameter::FromState(_) => "np.zeros((T + 1, n, n))",
        _ => "np.zeros((T + 1, n))",
    });
    let shapes: Vec<&str> = shapes.collect();
    program.block(&[]);
    if terms.len() == 3 {
        program.add(format!("{} = {}", term_names.join(", "), shapes.join(", ")));
    } else {
        for (name, zeros) in term_names.iter().zip(shapes) {
            program.add(format!("{name} = {zeros}"));
        }
        program.add("");
    }
    backward(trace, &mut program);
    for term in terms {
        let rule = term.rule().in_python("np", &in_numpy);
        let line = format!("    {}[t] = {rule}", named("d", term.of, "_t"));
        program.computes(Quantity::Contribution(term.of), line);
    }
    program.add("");
    for term in terms {
        let name = named("d", term.of, "");
        program.computes(Quantity::Gradient(term.of), format!("{name} = {name}_t.sum(axis=0)"));
    }

    program.add("");
    program.computes(Quantity::Norm(Variable::State), "norm = np.linalg.norm(dH[: T + 1], axis=1)");
    if let Some(function) = recipe.plain() {
        chain(function, &mut program);
        bag(trace, function, &mut program);
    }
    update(trace, &mut program);
    program.block(&["print(\"A2:\", A2[list(S)])", "print(\"loss:\", loss)"]);
    program
}

fn is_mean(trace: &Trace) -> bool {
    trace.experiment().settings().reduction == Some(Reduction::Mean)
}

/// The slope of the state at step `t`, as `NumPy` writes it.
const fn slope(function: Function) -> &'static str {
    match function {
        Function::Tanh => "(1 - H[t] ** 2)",
        Function::Sigmoid => "H[t] * (1 - H[t])",
        Function::Relu => "(H[t] > 0)",
    }
}

/// The Jacobians and their products.
fn chain(function: Function, program: &mut Program) {
    program.add("");
    program.add("J, P = np.zeros((T + 1, n, n)), np.zeros((T + 1, n, n)); P[T] = np.eye(n)");
    program.add("for t in range(T, 1, -1):");
    program.computes(Quantity::Jacobian, format!("    J[t] = W1h * {}", slope(function)));
    program.computes(Quantity::Chain, "    P[t - 1] = J[t] @ P[t]");
}

/// What follows from the experiment: the tokens, the sizes and the weights.
fn data(trace: &Trace, program: &mut Program, array: &str) {
    let experiment = trace.experiment();
    let sizes = experiment.weights().sizes();
    let sequence = experiment.sequence();
    program.add("");
    program.add(format!("tokens = {}", quoted(sequence.tokens())));
    if sequence.is_numbers() {
        let steps = Step::all(trace.steps());
        let rows: Vec<String> =
            steps.map(|step| format!("{:?}", sequence.input(step).to_vec())).collect();
        program.add(format!("x = {array}([{}])", rows.join(", ")));
    } else {
        let inputs = sequence.indices().get(..trace.steps()).unwrap_or_default();
        program.add(format!("vocabulary = {}", quoted(sequence.vocabulary())));
        program.add(format!("inputs = {inputs:?}"));
    }
    program.add(format!(
        "T, d, n, k = {}, {}, {}, {}",
        trace.steps(),
        sizes.inputs,
        sizes.units,
        sizes.outputs
    ));
    program.add(format!("S = {}", losses(trace)));
    program.add("");
    for line in matrices(experiment.weights(), array) {
        program.add(line);
    }
    program.add(format!("eta = {:?}", experiment.learning_rate()));
}

/// A list of texts as Python has it.
pub(super) fn quoted(names: &[String]) -> String {
    let names: Vec<String> =
        names.iter().map(|name| serde_json::Value::from(name.as_str()).to_string()).collect();
    format!("[{}]", names.join(", "))
}

/// A statement for each of the weights.
pub(super) fn matrices(weights: &Weights, array: &str) -> Vec<String> {
    let line = |parameter: Parameter| {
        let matrix = weights.matrix(parameter);
        let rows: Vec<String> =
            matrix.rows().into_iter().map(|row| format!("{:?}", row.to_vec())).collect();
        let list =
            if parameter.is_bias() { rows.concat() } else { format!("[{}]", rows.join(",\n    ")) };
        format!("{} = {array}({list})", parameter.name())
    };
    weights.parameters().map(line).collect()
}

/// The steps with a loss: all from one on, or a list.
fn losses(trace: &Trace) -> String {
    let steps: Vec<usize> = trace.experiment().loss_steps().map(Step::number).collect();
    let first = steps.first().copied().unwrap_or(1);
    if steps.len() == trace.steps() + 1 - first {
        format!("range({first}, T + 1)")
    } else {
        format!("{steps:?}")
    }
}

/// The statement that puts the targets into `Y`, where `unit_matrix` makes one-hot rows.
fn targets(trace: &Trace, unit_matrix: &str, array: &str) -> String {
    let experiment = trace.experiment();
    let last = Step::from_index(trace.steps() - 1);
    match &experiment.settings().task {
        Task::Binary { targets: Targets::Last(target) } => {
            format!("Y[T, 0] = {}", u8::from(*target))
        }
        Task::Classes { targets: Targets::Last(target), .. } => {
            format!("Y[T] = {unit_matrix}[{target}]")
        }
        Task::Values { targets: Targets::Last(_) } => {
            format!("Y[T] = {array}({:?})", experiment.wanted(last).to_vec())
        }
        Task::NextToken => {
            let targets: Vec<usize> =
                Step::all(trace.steps()).map(|step| experiment.target(step)).collect();
            format!("Y[1:] = {unit_matrix}[{targets:?}]")
        }
        Task::Binary { .. } | Task::Classes { .. } | Task::Values { .. } => {
            let rows = experiment.loss_steps().map(|step| experiment.wanted(step).to_vec());
            format!("Y[list(S)] = {array}({:?})", rows.collect::<Vec<_>>())
        }
    }
}

/// The errors of every step, in the loop that goes on with the contributions.
fn backward(trace: &Trace, program: &mut Program) {
    let recipe = trace.experiment().recipe();
    let rule = |of: Variable, write: &dyn Fn(Row, When) -> String| {
        trace.way_back().rule(of).in_python("np", &|row, when| write(row, when))
    };
    let window = trace.experiment().window();
    if window == trace.steps() {
        program.add("for t in range(T, 0, -1):");
        for of in recipe.variables().rev() {
            let line = format!("    d{}[t] = {}", of.name(), rule(of, &in_numpy));
            program.computes(Quantity::Error(of), line);
        }
        return;
    }
    program.add(format!("w = {window}"));
    program.add("for s in S:");
    if let Some(function) = recipe.plain() {
        // Every loss goes back on its own, as far as it may.
        program.add("    back = np.zeros((T + 2, n))");
        program.add("    for t in range(s, max(s - w, 0), -1):");
        program.add("        from_next = dZ2[s] @ W2.T if t == s else back[t + 1] @ W1h.T");
        program.add(format!("        back[t] = from_next * {}", slope(function)));
        program.computes(Quantity::Error(Variable::State), "        dH[t] += from_next");
        program.computes(Quantity::Error(Variable::Z1), "        dZ1[t] += back[t]");
    } else {
        let own = |row: Row, when: When| match row {
            Row::Error(_) | Row::OutputError => format!("own_{}", in_numpy(row, when)),
            Row::Input | Row::Value(_) => in_numpy(row, when),
        };
        let names: Vec<String> =
            recipe.variables().rev().map(|of| format!("own_d{}", of.name())).collect();
        program.add("    own_dZ2 = np.zeros((T + 1, k)); own_dZ2[s] = dZ2[s]");
        program.add(format!("    {}", zeros(&names, "T + 2")));
        program.add("    for t in range(s, max(s - w, 0), -1):");
        for of in recipe.variables().rev() {
            program.add(format!("        own_d{}[t] = {}", of.name(), rule(of, &own)));
        }
        for of in recipe.variables().rev() {
            let name = of.name();
            program.computes(Quantity::Error(of), format!("    d{name} += own_d{name}"));
        }
    }
    program.add("");
    program.add("for t in range(1, T + 1):");
}

/// The answer to the same words without their order, whose rows are added by name.
fn bag(trace: &Trace, function: Function, program: &mut Program) {
    let squash = match trace.experiment().question().head {
        Head::Sigmoid => "1 / (1 + np.exp(-z))",
        Head::Softmax => "np.exp(z - np.logaddexp.reduce(z))",
        Head::Identity => "z",
    };
    let sum = "X[1 : s + 1].sum(axis=0) @ W1x + b1";
    let state = match function {
        Function::Tanh => format!("np.tanh({sum})"),
        Function::Sigmoid => format!("1 / (1 + np.exp(-({sum})))"),
        Function::Relu => format!("np.maximum({sum}, 0)"),
    };
    program.block(&[
        "bag = np.zeros((T + 1, k))",
        "for s in S:",
        &format!("    z = {state} @ W2 + b2"),
        &format!("    bag[s] = {squash}"),
    ]);
}

fn update(trace: &Trace, program: &mut Program) {
    let gradients = listed(trace, |parameter| named("d", parameter, ""));
    let norm = format!("np.sqrt(sum((g ** 2).sum() for g in ({gradients})))");
    program.block(&[&format!("gradient_norm = {norm}")]);
    let share = match trace.experiment().settings().clip_norm {
        Some(threshold) => format!("{threshold:?} / max({threshold:?}, gradient_norm)"),
        None => "1".to_owned(),
    };
    program.add(format!("step = eta * {share}"));
    for parameter in trace.gradient().parameters() {
        let name = parameter.name();
        program.computes(
            Quantity::Updated(parameter),
            format!("new_{name} = {name} - step * d{name}"),
        );
    }
}

/// A row of a step as a function of one step has it, in names of its own.
pub(super) fn in_torch(row: Row, _: When) -> String {
    match row {
        Row::Input => "X[t]".to_owned(),
        Row::Value(of) => of.field(),
        Row::Error(of) => format!("d{}", of.field()),
        Row::OutputError => "dz2".to_owned(),
    }
}

/// The run of `trace` in `PyTorch`, whose automatic differentiation finds the same gradients.
///
/// It leaves behind what [`numpy`] does of both passes: dictionaries by step for every variable of the
/// cell (`Z1`, `H`), `Z2`, `A2`, `L`, the errors (`dZ1`, `dH`), and `W1x.grad` … `b2.grad`.
pub fn pytorch(trace: &Trace) -> Program {
    let mut program = Program::default();
    let recipe = trace.experiment().recipe();
    let variables: Vec<Variable> = recipe.variables().collect();
    // F is a gate.
    let functional = if variables.iter().any(|of| of.name() == "F") { "functional" } else { "F" };
    for line in [
        "import torch",
        &format!("import torch.nn.functional as {functional}"),
        "",
        "torch.set_default_dtype(torch.float64)",
    ] {
        program.add(line);
    }
    data(trace, &mut program, "torch.tensor");
    let weights = listed(trace, Parameter::name);
    let inputs =
        if trace.experiment().sequence().is_numbers() { "x" } else { "torch.eye(d)[inputs]" };
    program.block(&[
        &format!("for W in ({weights}):"),
        "    W.requires_grad_()",
        &format!("X = torch.cat([torch.zeros(1, d), {inputs}])"),
        &format!("Y = torch.zeros(T + 1, k); {}", targets(trace, "torch.eye(k)", "torch.tensor")),
    ]);
    let (output, loss) = match trace.experiment().question().head {
        Head::Sigmoid => (
            "torch.sigmoid(Z2[s])",
            format!("{functional}.binary_cross_entropy_with_logits(Z2[s], Y[s])"),
        ),
        Head::Softmax => (
            "torch.softmax(Z2[s], dim=0)",
            format!("{functional}.cross_entropy(Z2[s][None], Y[s][None])"),
        ),
        Head::Identity => ("Z2[s]", "((Z2[s] - Y[s]) ** 2).sum() / 2".to_owned()),
    };
    let fields: Vec<String> = variables.iter().map(|of| of.field()).collect();
    let carried: Vec<Variable> = recipe.carried();
    let before: Vec<String> = carried.iter().map(|of| of.field()).collect();
    program.block(&[&format!("def step(t, {}):", before.join(", "))]);
    for equation in recipe.equations {
        let rule = equation.rule().in_python("torch", &in_torch);
        program.add(format!("    {} = {rule}", equation.of.field()));
    }
    let kept: Vec<String> = fields.iter().map(|of| format!("{of}.retain_grad()")).collect();
    program.add(format!("    {}", kept.join("; ")));
    program.add(format!("    return {}", fields.join(", ")));
    program.block(&[
        "def answer(s, h):",
        "    Z2[s] = h @ W2 + b2",
        &format!("    A2[s] = {output}"),
        &format!("    L[s] = {loss}"),
    ]);
    let names: Vec<&str> = variables.iter().map(|of| of.name()).collect();
    let start = |of: &Variable| {
        let numbers = trace.experiment().start().iter().find(|(start, _)| start == of);
        numbers.map_or("torch.zeros(n)".to_owned(), |(_, it)| format!("torch.tensor({it:?})"))
    };
    let empty = variables.iter().map(|of| {
        if carried.contains(of) { format!("{{0: {}}}", start(of)) } else { "{}".to_owned() }
    });
    let empty: Vec<String> = empty.collect();
    let arguments: Vec<String> = carried.iter().map(|of| format!("{}[t - 1]", of.name())).collect();
    let results: Vec<String> = names.iter().map(|name| format!("{name}[t]")).collect();
    program.block(&[
        &format!("{}, Z2, A2, L = {}, {{}}, {{}}, {{}}", names.join(", "), empty.join(", ")),
        "for t in range(1, T + 1):",
        &format!("    {} = step(t, {})", results.join(", "), arguments.join(", ")),
    ]);
    torch_backward(trace, &mut program);
    let share = match trace.experiment().settings().clip_norm {
        Some(threshold) => format!("{threshold:?} / max({threshold:?}, gradient_norm)"),
        None => "1".to_owned(),
    };
    let news = listed(trace, |parameter| named("new_", parameter, ""));
    program.block(&[
        &format!("gradient_norm = torch.sqrt(sum((W.grad ** 2).sum() for W in ({weights})))"),
        &format!("step_size = eta * {share}"),
        &format!("{news} = ("),
        &format!("    (W - step_size * W.grad).detach() for W in ({weights})"),
        ")",
    ]);
    program
        .block(&["print(\"A2:\", [A2[s].tolist() for s in S])", "print(\"loss:\", loss.item())"]);
    program
}

/// The losses, and what automatic differentiation finds of them: from all at once, or from each over
/// its own distance.
fn torch_backward(trace: &Trace, program: &mut Program) {
    let recipe = trace.experiment().recipe();
    let variables: Vec<Variable> = recipe.variables().collect();
    let names: Vec<&str> = variables.iter().map(|of| of.name()).collect();
    let fields: Vec<String> = variables.iter().map(|of| of.field()).collect();
    let carried: Vec<Variable> = recipe.carried();
    let before: Vec<String> = carried.iter().map(|of| of.field()).collect();
    let share = if is_mean(trace) { " / len(S)" } else { "" };
    let window = trace.experiment().window();
    if window == trace.steps() {
        program.block(&[
            "for s in S:",
            "    answer(s, H[s])",
            &format!("loss = sum(L.values()){share}"),
            "loss.backward()",
        ]);
        for name in &names {
            program.add(format!("d{name} = {{t: {name}[t].grad for t in {}}}", names[0]));
        }
    } else {
        program.block(&[&format!("w = {window}")]);
        for name in &names {
            program.add(format!("d{name} = {{t: torch.zeros(n) for t in {}}}", names[0]));
        }
        let first: Vec<String> =
            carried.iter().map(|of| format!("{}[max(s - w, 0)].detach()", of.name())).collect();
        program.add("for s in S:");
        program.add(format!("    {}, seen = {}, {{}}", before.join(", "), first.join(", ")));
        program.add("    for t in range(max(s - w, 0) + 1, s + 1):");
        program.add(format!("        seen[t] = step(t, {})", before.join(", ")));
        let handed = carried.iter().filter_map(|of| variables.iter().position(|it| it == of));
        let handed: Vec<String> = handed.map(|place| format!("seen[t][{place}]")).collect();
        program.add(format!("        {} = {}", before.join(", "), handed.join(", ")));
        program.add("    answer(s, h)");
        program.add(if is_mean(trace) {
            "    (L[s] / len(S)).backward()"
        } else {
            "    L[s].backward()"
        });
        program.add(format!("    for t, ({}) in seen.items():", fields.join(", ")));
        for (name, field) in names.iter().zip(&fields) {
            program.add(format!("        d{name}[t] += {field}.grad"));
        }
        program.add(format!("loss = sum(L.values()){share}"));
    }
}
