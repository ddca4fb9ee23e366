//! One whole run, computed once: what the page shows and what `examples/trace.rs` prints.

use crate::{
    check::Place,
    elementary,
    engine::{Engine, Output, PerStep, Plan, Tape},
    experiment::{Experiment, ExperimentError},
    recipe::{Function, Parameter, Variable, When},
    settings::Settings,
    tokens::Step,
    trace_file::TraceFile,
    way_back::{Arrival, Cause, Multiplier, WayBack},
    weights::Weights,
    work,
};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use std::collections::BTreeMap;

/// An experiment with every value of its forward and backward pass.
///
/// Its parts belong together: a trace can only be made by running an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    experiment: Experiment,
    way_back: WayBack,
    engine: Engine,
}

impl Trace {
    /// Runs `experiment` forward and backward.
    pub fn of(experiment: Experiment) -> Self {
        let way_back = experiment.recipe().way_back();
        Self::along(experiment, way_back)
    }

    /// Runs `experiment` forward, and backward along a `way_back` that may be wrong.
    pub(crate) fn along(experiment: Experiment, way_back: WayBack) -> Self {
        work::count();
        let weights = experiment.weights();
        let mut engine = Engine::of(experiment.cell(), weights.sizes(), &way_back);
        engine.run(weights.into(), experiment.start(), experiment.inputs(), experiment.question());
        Self { experiment, way_back, engine }
    }

    /// What was run.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The places of all its numbers.
    pub(crate) fn plan(&self) -> &Plan {
        &self.engine.plan
    }

    pub(crate) fn tape(&self) -> &Tape {
        &self.engine.tape
    }

    /// By which way its errors came back.
    pub fn way_back(&self) -> &WayBack {
        &self.way_back
    }

    /// T, the number of time steps.
    pub fn steps(&self) -> usize {
        self.experiment.steps()
    }

    /// n, the number of units.
    pub fn units(&self) -> usize {
        self.experiment.weights().sizes().units
    }

    /// L, the sum of the losses of all steps, or their mean.
    pub fn loss(&self) -> f64 {
        self.engine.loss
    }

    /// Z₂, A₂, the losses and ∂L/∂Z₂: a row for each step with a loss.
    pub fn output(&self) -> &Output {
        self.tape().output()
    }

    /// The values of a `variable`, with its start in row 0, if the cell has it: (T+1)×n.
    pub fn values(&self, variable: Variable) -> Option<ArrayView2<'_, f64>> {
        Some(self.tape().values(self.plan(), self.plan().place(variable)?))
    }

    /// ∂L/∂V of a `variable` V, if the cell has it: T×n.
    pub fn errors(&self, variable: Variable) -> Option<ArrayView2<'_, f64>> {
        Some(self.tape().errors(self.plan(), self.plan().place(variable)?))
    }

    /// One summand of the error of a variable, if the cell has it: T×n.
    pub fn arrivals(&self, arrival: Arrival) -> Option<ArrayView2<'_, f64>> {
        let place = self.way_back.arrivals.iter().position(|it| *it == arrival)?;
        Some(self.tape().arrivals(self.plan(), place))
    }

    /// H, the hidden states, with H₀ in row 0: (T+1)×n.
    pub fn states(&self) -> ArrayView2<'_, f64> {
        self.tape().values(self.plan(), self.plan().state())
    }

    /// Hₜ₋₁, the state that `step` starts from: n.
    pub fn state_before(&self, step: Step) -> ArrayView1<'_, f64> {
        self.states().index_axis_move(Axis(0), step.index())
    }

    /// Hₜ, the state that `step` ends in: n.
    pub fn state_after(&self, step: Step) -> ArrayView1<'_, f64> {
        self.states().index_axis_move(Axis(0), step.number())
    }

    /// ∂L/∂H: T×n.
    pub fn state_errors(&self) -> ArrayView2<'_, f64> {
        self.tape().errors(self.plan(), self.plan().state())
    }

    /// ∂L/∂Hₜ: n.
    pub fn state_error(&self, step: Step) -> ArrayView1<'_, f64> {
        self.state_errors().index_axis_move(Axis(0), step.index())
    }

    /// What reaches H from the output of its own step, ∂L/∂Z₂ W₂ᵀ: T×n.
    pub fn from_output(&self) -> Array2<f64> {
        self.arriving(|cause| cause == Cause::Output)
    }

    /// What reaches H from the next step: T×n.
    pub fn from_next(&self) -> Array2<f64> {
        self.arriving(|cause| matches!(cause, Cause::Next(_)))
    }

    fn arriving(&self, counts: impl Fn(Cause) -> bool) -> Array2<f64> {
        let mut sum = Array2::zeros((self.steps(), self.units()));
        let arrivals = self.way_back.at(Variable::State).filter(|arrival| counts(arrival.from));
        for arrived in arrivals.filter_map(|arrival| self.arrivals(arrival)) {
            sum += &arrived;
        }
        sum
    }

    /// The slope in each unit at `step` of the function by which H follows from Z₁, in a cell without
    /// gates; 1 in one with gates, where there is no such function: n.
    pub fn slope(&self, step: Step) -> Array1<f64> {
        let state = self.state_after(step);
        match self.experiment.recipe().plain() {
            Some(function) => state.mapv(|state| function.slope(state)),
            None => Array1::ones(state.len()),
        }
    }

    /// ∂L/∂ of every weight: the sum of the steps' contributions.
    pub fn gradient(&self) -> &Weights {
        &self.engine.gradient
    }

    /// What `step` adds to the gradient of each tensor; the sum over all steps is the gradient.
    ///
    /// ```text
    /// (what the tensor is multiplied by)ᵀ · (the error of the sum that it stands in)
    /// Xₜᵀ ∂L/∂Z₁ₜ to W₁ₓ     Hₜ₋₁ᵀ ∂L/∂Z₁ₜ to W₁ₕ     ∂L/∂Z₁ₜ to b₁
    /// Hₜᵀ ∂L/∂Z₂ₜ to W₂      ∂L/∂Z₂ₜ to b₂            where the step has a loss
    /// ```
    ///
    /// Each is the product of two vectors that the trace keeps, so the product itself is not kept.
    pub fn contribution(&self, step: Step) -> Weights {
        work::count();
        self.contributions(step, |index| index)
    }

    /// What `step` would add with the input of the step that `heard` names for it.
    pub(crate) fn contributions(&self, step: Step, heard: impl Fn(usize) -> usize) -> Weights {
        let mut contribution = self.engine.gradient.zeros_like();
        let (inputs, question) = (self.experiment.inputs(), self.experiment.question());
        let steps = step.index()..step.number();
        self.plan().contribute(self.tape(), inputs, question, steps, heard, &mut contribution);
        contribution
    }

    /// One number of a step's [`contribution`](Self::contribution); the place exists.
    pub fn contribution_at(&self, step: Step, place: Place) -> f64 {
        let Place { parameter, row, column } = place;
        let output = self.output();
        let at_output = || match self.experiment.loss_row(step) {
            Some(loss) => output.errors[[loss, column]],
            None => 0.0,
        };
        match parameter {
            Parameter::ToOutput => self.state_after(step)[row] * at_output(),
            Parameter::OutputBias => at_output(),
            _ => {
                let Some(term) = self.way_back.term(parameter) else { return 0.0 };
                let error =
                    self.errors(term.sum).map_or(0.0, |errors| errors[[step.index(), column]]);
                match term.by {
                    Multiplier::One => error,
                    Multiplier::Input => {
                        let heard = self.experiment.inputs().at(step.index()).iter();
                        let mut heard = heard.filter(|(entry, _)| *entry == row);
                        heard.next().map_or(0.0, |(_, number)| number * error)
                    }
                    Multiplier::Value(operand) => {
                        let at = step.number() - usize::from(operand.when == When::Before);
                        self.values(operand.of).map_or(0.0, |values| values[[at, row]] * error)
                    }
                }
            }
        }
    }

    /// The gradient that an update follows: clipped where the experiment clips.
    pub fn followed_gradient(&self) -> Weights {
        match self.experiment.settings().clip_norm {
            Some(threshold) => self.engine.gradient.clipped(threshold),
            None => self.engine.gradient.clone(),
        }
    }

    /// The same experiment after one step of gradient descent, W ← W − η g.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::OutOfRange`] where a weight would grow past what is possible.
    pub fn updated(&self) -> Result<Experiment, ExperimentError> {
        let mut weights = self.experiment.weights().clone();
        weights.add_scaled(-self.experiment.learning_rate(), &self.followed_gradient());
        Experiment::new(Settings { weights: Some(weights), ..self.experiment.settings().clone() })
    }

    /// The loss after an update, as the derivative predicts it: L − η ⟨∂L/∂W, g⟩ to first order,
    /// where g is the [`followed_gradient`](Self::followed_gradient). A long step finds another.
    pub fn predicted_loss(&self) -> f64 {
        let (full, followed) = (self.full_gradient(), self.followed_gradient());
        let products = full.values().zip(followed.values()).map(|(a, b)| a * b);
        self.loss() - self.experiment.learning_rate() * products.sum::<f64>()
    }

    /// The trace as JSON in the format `unrolled-trace/1`, indented.
    ///
    /// # Errors
    ///
    /// [`ExperimentError::Overflow`] where a number of the run is infinite or not a number: JSON
    /// cannot say it.
    #[inline]
    pub fn to_json(&self) -> Result<String, ExperimentError> {
        let recipe = self.experiment.recipe();
        let finite = |numbers: Option<ArrayView2<'_, f64>>| {
            numbers.iter().flatten().all(|value| value.is_finite())
        };
        let numbers = [
            self.loss().is_finite(),
            self.output().losses.iter().all(|value| value.is_finite()),
            self.output().logits.iter().all(|value| value.is_finite()),
            recipe.variables().all(|of| finite(self.values(of)) && finite(self.errors(of))),
            self.engine.gradient.values().all(f64::is_finite),
            self.engine.gradient.norm().is_finite(),
        ];
        if numbers.contains(&false) {
            return Err(ExperimentError::Overflow { plain: recipe.plain().is_some() });
        }
        Ok(serde_json::to_string_pretty(&TraceFile::of(self)).unwrap_or_default())
    }
}

impl Function {
    /// Its value at `z`.
    pub fn at(self, z: f64) -> f64 {
        match self {
            Self::Tanh => elementary::tanh(z),
            Self::Sigmoid => elementary::sigmoid(z),
            Self::Relu => elementary::relu(z),
        }
    }

    /// Its slope, by its value: 1 − a² of tanh, a(1 − a) of σ, and 1 or 0 of relu.
    pub fn slope(self, value: f64) -> f64 {
        match self {
            Self::Tanh => 1.0 - value * value,
            Self::Sigmoid => value * (1.0 - value),
            Self::Relu => f64::from(u8::from(value > 0.0)),
        }
    }
}

/// A network of which some steps have copies of the weights of their own.
///
/// Each step of a recurrent network uses the same weights. Give step t a copy of its own, and that
/// step's [`contribution`](Trace::contribution) is the gradient of the copy: the derivative of the
/// loss with respect to what step t alone does with the weights. A change of one copy is felt by the
/// loss, to first order, through that one term. (Goodfellow, Bengio and Courville, Deep Learning
/// 2016, section 10.2.2, derive the gradient in just this way.)
#[derive(Clone, Debug)]
pub struct Untied {
    experiment: Experiment,
    engine: Engine,
}

impl Untied {
    /// Runs `experiment` with `copies` of its weights, which have the same sizes.
    pub fn of(experiment: Experiment, copies: &BTreeMap<Step, Weights>) -> Self {
        work::count();
        let own = experiment.weights();
        let weights = PerStep { shared: own, copies: Some(copies) };
        let way_back = experiment.recipe().way_back();
        let mut engine = Engine::of(experiment.cell(), own.sizes(), &way_back);
        engine.run(weights, experiment.start(), experiment.inputs(), experiment.question());
        Self { experiment, engine }
    }

    /// L.
    pub fn loss(&self) -> f64 {
        self.engine.loss
    }

    /// One number of what `step` contributes: of the gradient of its copy.
    pub fn contribution_at(&self, step: Step, place: Place) -> f64 {
        place.of(&self.contribution(step))
    }

    /// The gradient of the copy that `step` has, or would have.
    pub fn contribution(&self, step: Step) -> Weights {
        let mut gradient = self.experiment.weights().zeros_like();
        let (inputs, question) = (self.experiment.inputs(), self.experiment.question());
        let steps = step.index()..step.number();
        let Engine { plan, tape, .. } = &self.engine;
        plan.contribute(tape, inputs, question, steps, |index| index, &mut gradient);
        gradient
    }
}
