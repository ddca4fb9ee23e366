//! Runs a recipe forward, and its way back backward, with every number kept.
//!
//! A [`Plan`] has the places of all numbers looked up once for a cell and its sizes; a [`Tape`] has
//! the numbers of one run, and can be filled again without asking for memory. Both passes are loops
//! over rows of numbers, and know no cell.

use crate::{
    elementary::{exp_of_minus, relu, sigmoid, tanh},
    recipe::{Cell, Factor, Function, Operand, Parameter, Right, Summand, Variable, When},
    tokens::Step,
    way_back::{Cause, How, Multiplier, WayBack},
    weights::{Shape, Sizes, Weights},
};
use ndarray::{Array, Array1, Array2, ArrayView2, Axis, Dimension, Slice};
use std::{collections::BTreeMap, ops::Range};

/// What a network reads: of each step the entries of X that are not 0.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Inputs {
    entries: Vec<(usize, f64)>,
    ends: Vec<usize>,
}

impl Inputs {
    /// Adds a step, by the entries of its X and their numbers.
    pub fn push(&mut self, entries: impl IntoIterator<Item = (usize, f64)>) {
        self.entries.extend(entries);
        self.ends.push(self.entries.len());
    }

    /// The number of steps.
    pub fn steps(&self) -> usize {
        self.ends.len()
    }

    /// The entries of X at the step counted from 0.
    pub fn at(&self, index: usize) -> &[(usize, f64)] {
        let begin = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(index).copied().unwrap_or_default();
        self.entries.get(begin.unwrap_or_default()..end).unwrap_or_default()
    }
}

/// How outputs become an answer, and what a wrong one costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Sigmoid and cross-entropy.
    Sigmoid,
    /// Softmax and cross-entropy.
    Softmax,
    /// The outputs themselves, and half the squared distance.
    Identity,
}

/// The weights of each step: the same for all, or copies for some of them.
///
/// It is a type and no function, so that the passes are compiled once, here, for speed.
#[derive(Clone, Copy, Debug)]
pub struct PerStep<'a> {
    /// Those of every step without a copy of its own.
    pub shared: &'a Weights,
    /// The copies, by their step.
    pub copies: Option<&'a BTreeMap<Step, Weights>>,
}

impl<'a> From<&'a Weights> for PerStep<'a> {
    fn from(shared: &'a Weights) -> Self {
        Self { shared, copies: None }
    }
}

impl<'a> PerStep<'a> {
    /// Those of the step at `index`, counted from 0.
    fn at(self, index: usize) -> &'a Weights {
        let copy = self.copies.and_then(|copies| copies.get(&Step::from_index(index)));
        copy.unwrap_or(self.shared)
    }
}

/// What a network is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// How it answers.
    pub head: Head,
    /// Y, a row for each step with a loss: S×k.
    pub wanted: Array2<f64>,
    /// The row of each step with a loss: T.
    pub rows: Vec<Option<usize>>,
    /// What every error is multiplied by: 1, or 1/S for the mean of the losses.
    pub share: f64,
    /// w: a loss at s reaches step t only where s − t < w.
    pub window: usize,
}

/// What the output layer makes of a run: a row for each step with a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Z₂: S×k.
    pub logits: Array2<f64>,
    /// A₂, the answers: S×k.
    pub answers: Array2<f64>,
    /// Lₛ, in nats where it is a cross-entropy: S.
    pub losses: Array1<f64>,
    /// ∂L/∂Z₂: S×k.
    pub errors: Array2<f64>,
}

/// Where a factor's numbers are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Source {
    place: usize,
    before: bool,
    rest: bool,
}

/// A part of an equation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Input(usize),
    Through(Source, usize),
    Bias(usize),
    Product(Source, Source),
    Of(Function, usize),
}

/// An arrival: what an error is multiplied by, and whose error.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Return {
    arrival: usize,
    cause: usize,
    next: bool,
    how: Back,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Back {
    Output,
    Transposed(usize),
    Untransposed(usize),
    Slope(Function),
    Times(bool, Source),
    Flat,
}

/// What a tensor's gradient is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Outer {
    begin: usize,
    sum: usize,
    by: By,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Input,
    Value(Source),
    One,
}

/// A cell and its way back, with all places looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    sizes: Sizes,
    variables: Vec<Variable>,
    arrivals: usize,
    forward: Vec<Vec<Part>>,
    /// By variable, the last one first.
    backward: Vec<(usize, Vec<Return>)>,
    terms: Vec<Outer>,
    state: usize,
    to_output: usize,
    output_bias: usize,
}

impl Plan {
    /// That of a `cell` of these sizes, whose errors go back by `way_back`.
    pub fn of(cell: Cell, sizes: Sizes, way_back: &WayBack) -> Self {
        let (recipe, shape) = (cell.recipe(), Shape::of(cell, sizes));
        let variables: Vec<Variable> = recipe.variables().collect();
        let place = |of: Variable| variables.iter().position(|it| *it == of).unwrap_or_default();
        let begin = |parameter: Parameter| shape.range(parameter).start;
        let operand = |operand: Operand| Source {
            place: place(operand.of),
            before: operand.when == When::Before,
            rest: false,
        };
        let factor = |factor: Factor| Source {
            rest: matches!(factor, Factor::Rest(_)),
            ..operand(factor.operand())
        };
        let part = |part: &Summand| match *part {
            Summand::Input(tensor) => Part::Input(begin(tensor)),
            Summand::Through(of, tensor) => Part::Through(operand(of), begin(tensor)),
            Summand::Bias(tensor) => Part::Bias(begin(tensor)),
            Summand::Product(one, other) => Part::Product(factor(one), factor(other)),
        };
        let forward = recipe.equations.iter().map(|equation| match equation.is {
            Right::Of(function, of) => vec![Part::Of(function, place(of))],
            Right::Sum(parts) => parts.iter().map(part).collect(),
        });
        let backward = (0..variables.len()).rev().map(|at| {
            let arrivals = way_back.arrivals.iter().enumerate();
            let here = arrivals.filter(|(_, arrival)| arrival.at == variables[at]);
            let returns = here.map(|(index, arrival)| {
                let (cause, next) = match arrival.from {
                    Cause::Output => (0, false),
                    Cause::Here(of) => (place(of), false),
                    Cause::Next(of) => (place(of), true),
                };
                let how = match (arrival.from, arrival.how) {
                    (Cause::Output, _) => Back::Output,
                    (_, How::Transposed(tensor)) => Back::Transposed(begin(tensor)),
                    (_, How::Untransposed(tensor)) => Back::Untransposed(begin(tensor)),
                    (_, How::Slope(function)) => Back::Slope(function),
                    (_, How::Times { negative, other }) => Back::Times(negative, factor(other)),
                    (_, How::Flat) => Back::Flat,
                };
                Return { arrival: index, cause, next, how }
            });
            (at, returns.collect())
        });
        let terms = way_back.terms.iter().map(|term| Outer {
            begin: begin(term.of),
            sum: place(term.sum),
            by: match term.by {
                Multiplier::Input => By::Input,
                Multiplier::Value(of) => By::Value(operand(of)),
                Multiplier::One => By::One,
            },
        });
        Self {
            sizes,
            arrivals: way_back.arrivals.len(),
            forward: forward.collect(),
            backward: backward.collect(),
            terms: terms.collect(),
            state: place(Variable::State),
            to_output: begin(Parameter::ToOutput),
            output_bias: begin(Parameter::OutputBias),
            variables,
        }
    }

    /// The place of `variable` among those of a step.
    pub fn place(&self, variable: Variable) -> Option<usize> {
        self.variables.iter().position(|it| *it == variable)
    }

    /// The place of the hidden state.
    pub(crate) const fn state(&self) -> usize {
        self.state
    }

    /// Runs the network with `weights`, from the state in `start`, and answers the loss.
    pub fn forward(
        &self,
        weights: PerStep<'_>,
        start: &[(Variable, Vec<f64>)],
        inputs: &Inputs,
        question: &Question,
        tape: &mut Tape,
    ) -> f64 {
        tape.fit(self, inputs.steps(), question.wanted.nrows());
        let Tape { values, output, .. } = tape;
        let (n, count) = (self.sizes.units, self.variables.len());
        let values = values.as_slice_mut().unwrap_or_default();
        values[..count * n].fill(0.0);
        for (variable, numbers) in start {
            if let Some(place) = self.place(*variable) {
                values[place * n..(place + 1) * n].copy_from_slice(numbers);
            }
        }
        for index in 0..inputs.steps() {
            let numbers = weights.at(index).numbers();
            let this = (index + 1) * count * n;
            for (place, parts) in self.forward.iter().enumerate() {
                let (done, rest) = values.split_at_mut(this + place * n);
                let row = |source: Source| {
                    let begin = if source.before { this - count * n } else { this };
                    &done[begin + source.place * n..begin + (source.place + 1) * n]
                };
                let out = &mut rest[..n];
                for (at, part) in parts.iter().enumerate() {
                    self.add(*part, at == 0, numbers, inputs.at(index), row, out);
                }
            }
            if let Some(row) = question.rows.get(index).copied().flatten() {
                let state = &values[this + self.state * n..this + (self.state + 1) * n];
                self.answer(numbers, state, question, row, output);
            }
        }
        output.losses.sum() * question.share
    }

    /// Adds a part of an equation to `out`; the first is all there is so far.
    fn add<'a>(
        &self,
        part: Part,
        first: bool,
        weights: &[f64],
        input: &[(usize, f64)],
        row: impl Fn(Source) -> &'a [f64],
        out: &mut [f64],
    ) {
        let n = self.sizes.units;
        match part {
            Part::Input(begin) => {
                if first {
                    out.fill(0.0);
                }
                for &(entry, number) in input {
                    add_scaled(out, number, &weights[begin + entry * n..begin + (entry + 1) * n]);
                }
            }
            Part::Bias(begin) => put(out, first, weights[begin..begin + n].iter().copied()),
            Part::Through(source, begin) => {
                if first {
                    out.fill(0.0);
                }
                add_product(out, row(source), &weights[begin..begin + n * n]);
            }
            Part::Product(one, other) => {
                let (a, b) = (row(one), row(other));
                let pairs = a.iter().zip(b);
                match (one.rest, other.rest) {
                    (false, false) => put(out, first, pairs.map(|(a, b)| a * b)),
                    (true, false) => put(out, first, pairs.map(|(a, b)| (1.0 - a) * b)),
                    (false, true) => put(out, first, pairs.map(|(a, b)| a * (1.0 - b))),
                    (true, true) => put(out, first, pairs.map(|(a, b)| (1.0 - a) * (1.0 - b))),
                }
            }
            Part::Of(function, place) => {
                let of = row(Source { place, before: false, rest: false }).iter().copied();
                match function {
                    Function::Tanh => put(out, true, of.map(tanh)),
                    Function::Relu => put(out, true, of.map(relu)),
                    Function::Sigmoid => put(out, true, of.map(sigmoid)),
                }
            }
        }
    }

    /// The outputs of one step, their loss and their error.
    fn answer(
        &self,
        weights: &[f64],
        state: &[f64],
        question: &Question,
        row: usize,
        output: &mut Output,
    ) {
        let (n, k) = (self.sizes.units, self.sizes.outputs);
        let at = row * k..(row + 1) * k;
        let logits = &mut output.logits.as_slice_mut().unwrap_or_default()[at.clone()];
        logits.copy_from_slice(&weights[self.output_bias..self.output_bias + k]);
        add_product(logits, state, &weights[self.to_output..self.to_output + n * k]);
        let answers = &mut output.answers.as_slice_mut().unwrap_or_default()[at.clone()];
        let wanted = &question.wanted.as_slice().unwrap_or_default()[at.clone()];
        output.losses[row] = question.head.answer(logits, wanted, answers);
        let errors = &mut output.errors.as_slice_mut().unwrap_or_default()[at];
        for ((error, answer), wanted) in errors.iter_mut().zip(answers).zip(wanted) {
            *error = (*answer - wanted) * question.share;
        }
    }

    /// Carries the losses back through `weights`, and makes `gradient` the sum of what all steps
    /// contribute. `tape` is as [`Self::forward`] left it.
    pub fn backward(
        &self,
        weights: PerStep<'_>,
        inputs: &Inputs,
        question: &Question,
        tape: &mut Tape,
        gradient: &mut Weights,
    ) {
        gradient.numbers_mut().fill(0.0);
        self.backward_into(weights, inputs, question, tape, gradient);
    }

    /// As [`Self::backward`], but adds to what `gradient` is already.
    pub fn backward_into(
        &self,
        weights: PerStep<'_>,
        inputs: &Inputs,
        question: &Question,
        tape: &mut Tape,
        gradient: &mut Weights,
    ) {
        let steps = inputs.steps();
        let Tape { values, errors, output, once } = tape;
        if question.window >= steps {
            self.sweep(weights, question, values, output, 0..steps, 0, errors);
        } else {
            errors.clear();
            for loss in
                (0..steps).filter(|&index| question.rows.get(index).copied().flatten().is_some())
            {
                let earliest = (loss + 1).saturating_sub(question.window);
                once.clear();
                self.sweep(weights, question, values, output, loss..loss + 1, earliest, once);
                errors.add(once);
            }
        }
        self.contribute(tape, inputs, question, 0..steps, |index| index, gradient);
    }

    /// Carries the losses of the steps `losses` back to the step `earliest`, all counted from 0,
    /// into `errors`: their rows from `earliest` to the last loss.
    ///
    /// As all vectors here are rows, (∂Z·Wᵀ)[i] = Σⱼ W[i,j] ∂Z[j]: the matrix times the error as a
    /// column.
    #[allow(clippy::too_many_arguments, reason = "each is another kind of number")]
    fn sweep(
        &self,
        weights: PerStep<'_>,
        question: &Question,
        values: &Array2<f64>,
        output: &Output,
        losses: Range<usize>,
        earliest: usize,
        errors: &mut Errors,
    ) {
        crate::work::count();
        let (n, k, count) = (self.sizes.units, self.sizes.outputs, self.variables.len());
        let values = values.as_slice().unwrap_or_default();
        let output = output.errors.as_slice().unwrap_or_default();
        let arrivals = errors.arrivals.as_slice_mut().unwrap_or_default();
        let errors = errors.at.as_slice_mut().unwrap_or_default();
        for index in (earliest..losses.end).rev() {
            let here = weights.at(index).numbers();
            let later = if index + 1 < losses.end { weights.at(index + 1).numbers() } else { &[] };
            let loss = question.rows.get(index).copied().flatten();
            let loss = loss.filter(|_| losses.contains(&index));
            // Values have a row more, that of the start state.
            let value = |source: Source, next: bool| {
                let step = index + 1 + usize::from(next) - usize::from(source.before);
                let begin = (step * count + source.place) * n;
                &values[begin..begin + n]
            };
            for (place, returns) in &self.backward {
                let end = (index * count + place + 1) * n;
                let (head, tail) = errors.split_at_mut(end);
                let error = &mut head[end - n..];
                if returns.is_empty() {
                    error.fill(0.0);
                }
                for (at, back) in returns.iter().enumerate() {
                    let row = (index * self.arrivals + back.arrival) * n;
                    let out = &mut arrivals[row..row + n];
                    if back.next && index + 1 >= losses.end {
                        out.fill(0.0);
                    } else {
                        let step = index + usize::from(back.next);
                        let weights = if back.next { later } else { here };
                        let cause = || {
                            let begin = (step * count + back.cause) * n - end;
                            &tail[begin..begin + n]
                        };
                        match back.how {
                            Back::Output => match loss {
                                Some(loss) => {
                                    let matrix = &weights[self.to_output..self.to_output + n * k];
                                    times_transposed(
                                        out,
                                        &output[loss * k..(loss + 1) * k],
                                        matrix,
                                    );
                                }
                                None => out.fill(0.0),
                            },
                            Back::Transposed(begin) => {
                                times_transposed(out, cause(), &weights[begin..begin + n * n]);
                            }
                            Back::Untransposed(begin) => {
                                out.fill(0.0);
                                add_product(out, cause(), &weights[begin..begin + n * n]);
                            }
                            Back::Slope(function) => {
                                let of = Source { place: back.cause, before: false, rest: false };
                                times_slope(out, function, cause(), value(of, false));
                            }
                            Back::Flat => out.copy_from_slice(cause()),
                            Back::Times(negative, source) => {
                                let factor = value(source, back.next);
                                times(out, negative, source.rest, cause(), factor);
                            }
                        }
                    }
                    put(error, at == 0, out.iter().copied());
                }
            }
        }
    }

    /// The errors that the loss of one step alone, counted from 0, sends to every step.
    pub(crate) fn errors_of(
        &self,
        weights: &Weights,
        inputs: &Inputs,
        question: &Question,
        tape: &Tape,
        loss: usize,
    ) -> Errors {
        let mut errors = Errors::default();
        errors.fit(self, inputs.steps());
        let earliest = (loss + 1).saturating_sub(question.window);
        let Tape { values, output, .. } = tape;
        self.sweep(weights.into(), question, values, output, loss..loss + 1, earliest, &mut errors);
        errors
    }

    /// Adds to `gradient` what each of `steps`, counted from 0, contributes; each with the input of
    /// the step that `heard` names, which is its own.
    pub(crate) fn contribute(
        &self,
        tape: &Tape,
        inputs: &Inputs,
        question: &Question,
        steps: Range<usize>,
        heard: impl Fn(usize) -> usize,
        gradient: &mut Weights,
    ) {
        let (n, k, count) = (self.sizes.units, self.sizes.outputs, self.variables.len());
        let values = tape.values.as_slice().unwrap_or_default();
        let errors = tape.errors.at.as_slice().unwrap_or_default();
        let output = tape.output.errors.as_slice().unwrap_or_default();
        let gradient = gradient.numbers_mut();
        for term in &self.terms {
            let error = |index: usize| &errors[(index * count + term.sum) * n..][..n];
            match term.by {
                By::Input => {
                    for index in steps.clone() {
                        for &(entry, number) in inputs.at(heard(index)) {
                            let begin = term.begin + entry * n;
                            add_scaled(&mut gradient[begin..begin + n], number, error(index));
                        }
                    }
                }
                By::Value(source) => {
                    let value = |index: usize| {
                        let step = index + 1 - usize::from(source.before);
                        &values[(step * count + source.place) * n..][..n]
                    };
                    let matrix = &mut gradient[term.begin..term.begin + n * n];
                    add_outers(matrix, steps.clone(), |index| (value(index), error(index)));
                }
                By::One => {
                    for index in steps.clone() {
                        add_scaled(&mut gradient[term.begin..term.begin + n], 1.0, error(index));
                    }
                }
            }
        }
        for index in steps {
            if let Some(row) = question.rows.get(index).copied().flatten() {
                let pair = |row: usize| {
                    let state = &values[((index + 1) * count + self.state) * n..][..n];
                    (state, &output[row * k..(row + 1) * k])
                };
                let matrix = &mut gradient[self.to_output..self.to_output + n * k];
                add_outers(matrix, row..row + 1, pair);
                let bias = &mut gradient[self.output_bias..self.output_bias + k];
                add_scaled(bias, 1.0, pair(row).1);
            }
        }
    }
}

/// Every error of a run, or of one of its losses; time outermost.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Errors {
    /// ∂L/∂V, a row for each step and variable.
    at: Array2<f64>,
    /// The summands of which they are made, a row for each step and arrival.
    arrivals: Array2<f64>,
}

impl Errors {
    fn fit(&mut self, plan: &Plan, steps: usize) {
        let n = plan.sizes.units;
        fit(&mut self.at, steps * plan.variables.len(), n);
        fit(&mut self.arrivals, steps * plan.arrivals, n);
    }

    fn clear(&mut self) {
        self.at.fill(0.0);
        self.arrivals.fill(0.0);
    }

    fn add(&mut self, other: &Self) {
        self.at += &other.at;
        self.arrivals += &other.arrivals;
    }

    /// ∂L/∂V of the variable at `place`: T×n.
    pub(crate) fn of(&self, plan: &Plan, place: usize) -> ArrayView2<'_, f64> {
        every(&self.at, place, plan.variables.len())
    }
}

/// Every number of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// A row for each step, that of the start state first, and variable.
    values: Array2<f64>,
    errors: Errors,
    output: Output,
    /// The errors of one loss at a time, where truncation asks for that.
    once: Errors,
}

impl Default for Tape {
    fn default() -> Self {
        Self {
            values: Array2::default((0, 0)),
            errors: Errors::default(),
            output: Output {
                logits: Array2::default((0, 0)),
                answers: Array2::default((0, 0)),
                losses: Array1::default(0),
                errors: Array2::default((0, 0)),
            },
            once: Errors::default(),
        }
    }
}

impl Tape {
    /// Lays out the memory for a run of `steps` with `losses`, unless it is so already. More is asked
    /// for only where the run is longer than every one before.
    fn fit(&mut self, plan: &Plan, steps: usize, losses: usize) {
        let (n, k) = (plan.sizes.units, plan.sizes.outputs);
        fit(&mut self.values, (steps + 1) * plan.variables.len(), n);
        self.errors.fit(plan, steps);
        self.once.fit(plan, steps);
        for array in [&mut self.output.logits, &mut self.output.answers, &mut self.output.errors] {
            fit(array, losses, k);
        }
        if self.output.losses.len() != losses {
            let numbers = zeros(std::mem::take(&mut self.output.losses), losses);
            self.output.losses = Array1::from_vec(numbers);
        }
    }

    /// The values of the variable at `place`, with its start in row 0: (T+1)×n.
    pub fn values(&self, plan: &Plan, place: usize) -> ArrayView2<'_, f64> {
        every(&self.values, place, plan.variables.len())
    }

    /// ∂L/∂V of the variable at `place`: T×n.
    pub fn errors(&self, plan: &Plan, place: usize) -> ArrayView2<'_, f64> {
        self.errors.of(plan, place)
    }

    /// The arrival at `place` among those of the way back: T×n.
    pub fn arrivals(&self, plan: &Plan, place: usize) -> ArrayView2<'_, f64> {
        every(&self.errors.arrivals, place, plan.arrivals)
    }

    /// What the output layer made of it.
    pub fn output(&self) -> &Output {
        &self.output
    }
}

/// A plan with a tape and a gradient that it fills, once or again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Engine {
    pub(crate) plan: Plan,
    pub(crate) tape: Tape,
    pub(crate) gradient: Weights,
    pub(crate) loss: f64,
}

impl Engine {
    /// For a `cell` of these sizes, whose errors go back by `way_back`.
    pub fn of(cell: Cell, sizes: Sizes, way_back: &WayBack) -> Self {
        Self {
            plan: Plan::of(cell, sizes, way_back),
            tape: Tape::default(),
            gradient: Weights::zeros(cell, sizes),
            loss: 0.0,
        }
    }

    /// Runs forward and backward, and answers the loss and the gradient. Memory is asked for only
    /// where a run is longer than every one before.
    pub fn run(
        &mut self,
        weights: PerStep<'_>,
        start: &[(Variable, Vec<f64>)],
        inputs: &Inputs,
        question: &Question,
    ) -> (f64, &Weights) {
        let Self { plan, tape, gradient, loss } = self;
        *loss = plan.forward(weights, start, inputs, question, tape);
        plan.backward(weights, inputs, question, tape, gradient);
        (*loss, gradient)
    }
}

/// Every `count`th row, from that at `place` on.
fn every(array: &Array2<f64>, place: usize, count: usize) -> ArrayView2<'_, f64> {
    array.slice_axis(Axis(0), Slice::from(place..).step_by(count.cast_signed()))
}

/// Makes `array` one of zeros with these sizes, in the memory that it has, unless it has them already.
pub(crate) fn fit(array: &mut Array2<f64>, rows: usize, columns: usize) {
    if array.dim() != (rows, columns) {
        let numbers = zeros(std::mem::take(array), rows * columns);
        *array = Array2::from_shape_vec((rows, columns), numbers).unwrap_or_default();
    }
}

/// So many zeros, in the memory of `array`.
fn zeros<D: Dimension>(array: Array<f64, D>, length: usize) -> Vec<f64> {
    let (mut numbers, _) = array.into_raw_vec_and_offset();
    numbers.clear();
    numbers.resize(length, 0.0);
    numbers
}

impl Head {
    /// Turns a row of Z₂ into one of A₂, and answers its loss.
    ///
    /// ```text
    /// sigmoid     −Y ln A − (1 − Y) ln(1 − A) = max(Z, 0) − Y Z + ln(1 + e^−|Z|)
    /// softmax     −Y · ln A                   = m + ln Σ e^(Z − m) − Y · Z, with m the largest Z
    /// identity    ½ ‖A − Y‖²
    /// ```
    ///
    /// From Z the losses are finite for every finite Z; an answer itself may round to 0 or 1.
    pub fn answer(self, logits: &[f64], wanted: &[f64], answers: &mut [f64]) -> f64 {
        match self {
            Self::Sigmoid => {
                let mut loss = 0.0;
                for ((answer, &z), &y) in answers.iter_mut().zip(logits).zip(wanted) {
                    *answer = sigmoid(z);
                    loss += z.max(0.0) - y * z + libm::log1p(exp_of_minus(z.abs()));
                }
                loss
            }
            Self::Softmax => {
                let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let mut sum = 0.0;
                for (answer, z) in answers.iter_mut().zip(logits) {
                    *answer = exp_of_minus(largest - z);
                    sum += *answer;
                }
                for answer in answers {
                    *answer /= sum;
                }
                // Not a product with the others, which may be infinite.
                let asked = logits.iter().zip(wanted).filter(|&(_, &wanted)| wanted != 0.0);
                let asked: f64 = asked.map(|(z, wanted)| z * wanted).sum();
                largest + libm::log(sum) - asked
            }
            Self::Identity => {
                answers.copy_from_slice(logits);
                let squares = logits.iter().zip(wanted).map(|(a, y)| (a - y) * (a - y));
                0.5 * squares.sum::<f64>()
            }
        }
    }
}

/// Puts `numbers` into `out`, or adds them to it.
#[inline]
fn put(out: &mut [f64], first: bool, numbers: impl Iterator<Item = f64>) {
    if first {
        for (out, number) in out.iter_mut().zip(numbers) {
            *out = number;
        }
    } else {
        for (out, number) in out.iter_mut().zip(numbers) {
            *out += number;
        }
    }
}

#[inline]
fn add_scaled(out: &mut [f64], factor: f64, row: &[f64]) {
    for (out, number) in out.iter_mut().zip(row) {
        *out += factor * number;
    }
}

/// Adds four rows, each multiplied by its factor, one after another: the same bits as four times
/// [`add_scaled`], while `out` is read and written once.
#[inline]
fn add_four_scaled(out: &mut [f64], factors: [f64; 4], rows: [&[f64]; 4]) {
    let [a, b, c, d] = rows.map(|row| &row[..out.len()]);
    for (at, out) in out.iter_mut().enumerate() {
        let sum = *out + factors[0] * a[at] + factors[1] * b[at];
        *out = sum + factors[2] * c[at] + factors[3] * d[at];
    }
}

/// Adds the row `vector` times `matrix`.
#[inline]
fn add_product(out: &mut [f64], vector: &[f64], matrix: &[f64]) {
    let (width, fours) = (out.len(), vector.len() / 4 * 4);
    for at in (0..fours).step_by(4) {
        let row = |by: usize| &matrix[(at + by) * width..][..width];
        let factors = [vector[at], vector[at + 1], vector[at + 2], vector[at + 3]];
        add_four_scaled(out, factors, [row(0), row(1), row(2), row(3)]);
    }
    for at in fours..vector.len() {
        add_scaled(out, vector[at], &matrix[at * width..][..width]);
    }
}

/// The row `vector` times the transpose of `matrix`.
#[inline]
fn times_transposed(out: &mut [f64], vector: &[f64], matrix: &[f64]) {
    for (out, row) in out.iter_mut().zip(matrix.chunks_exact(vector.len())) {
        *out = dot(row, vector);
    }
}

/// An error times the slope of a function, by its value.
#[inline]
fn times_slope(out: &mut [f64], function: Function, error: &[f64], value: &[f64]) {
    let pairs = error.iter().zip(value);
    match function {
        Function::Tanh => put(out, true, pairs.map(|(d, a)| d * (1.0 - a * a))),
        Function::Relu => put(out, true, pairs.map(|(&d, &a)| if a > 0.0 { d } else { 0.0 })),
        Function::Sigmoid => put(out, true, pairs.map(|(d, a)| d * (a * (1.0 - a)))),
    }
}

/// An error times a factor or what is left of it to 1, with a minus or without.
#[inline]
fn times(out: &mut [f64], negative: bool, rest: bool, error: &[f64], factor: &[f64]) {
    let pairs = error.iter().zip(factor);
    match (negative, rest) {
        (false, false) => put(out, true, pairs.map(|(d, b)| d * b)),
        (true, false) => put(out, true, pairs.map(|(d, b)| -d * b)),
        (false, true) => put(out, true, pairs.map(|(d, b)| d * (1.0 - b))),
        (true, true) => put(out, true, pairs.map(|(d, b)| -d * (1.0 - b))),
    }
}

/// Adds a column times a row for each of `steps`, one after another.
#[inline]
fn add_outers<'a>(
    matrix: &mut [f64],
    steps: Range<usize>,
    pair: impl Fn(usize) -> (&'a [f64], &'a [f64]),
) {
    let behind = steps.start + steps.len() / 4 * 4;
    for at in (steps.start..behind).step_by(4) {
        let pairs = [pair(at), pair(at + 1), pair(at + 2), pair(at + 3)];
        let rows = pairs.map(|(_, row)| row);
        for (row, out) in matrix.chunks_exact_mut(rows[0].len()).enumerate() {
            add_four_scaled(out, pairs.map(|(column, _)| column[row]), rows);
        }
    }
    for (column, row) in (behind..steps.end).map(pair) {
        for (&number, out) in column.iter().zip(matrix.chunks_exact_mut(row.len())) {
            add_scaled(out, number, row);
        }
    }
}

/// Σ a b, in four sums side by side for the vector unit.
#[inline]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (fours, others) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest = fours.remainder().iter().zip(others.remainder());
    let rest: f64 = rest.map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 4];
    for (a, b) in fours.zip(others) {
        for lane in 0..4 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
