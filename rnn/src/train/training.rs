//! The loop: one update after the other, in the same memory.

use super::{
    corpus::{Asked, Corpus, Example, Target},
    optimizer::{Moments, Optimizer},
    random::SplitMix,
    split::Split,
};
use crate::{
    engine::{Head, Plan, Question, Tape},
    experiment::{DEFAULT_KEEP_BIAS, ExperimentError, fitting},
    recipe::Cell,
    weights::{Start, Weights, norm},
};
use ndarray::{Array2, ArrayView2};
use std::sync::Arc;

/// What can be changed while a network is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controls {
    /// How the weights follow the gradient.
    pub optimizer: Optimizer,
    /// η.
    pub learning_rate: f64,
    /// c: the gradient that is followed is at most this long.
    pub clip_norm: Option<f64>,
    /// w: a loss at step s reaches step t only where s − t < w.
    pub truncation: Option<usize>,
    /// How many sequences a minibatch has, as far as there are so many.
    pub batch_size: usize,
}

impl Default for Controls {
    /// Gradient descent by 0.5 over minibatches of 16, clipped at 1.
    fn default() -> Self {
        Self {
            optimizer: Optimizer::SGD,
            learning_rate: 0.5,
            clip_norm: Some(1.0),
            truncation: None,
            batch_size: 16,
        }
    }
}

/// What a training begins with; to change it is to begin anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Network {
    /// The kind of cell.
    pub cell: Cell,
    /// n, the number of units.
    pub units: usize,
    /// What the initial weights are drawn by. The order of the sequences is drawn by its seed too: two
    /// networks with the same seed see the same minibatches.
    pub start: Start,
}

impl Network {
    /// With orthogonal n×n blocks, and the bias of the gate that keeps at 1.
    pub const fn new(cell: Cell, units: usize, seed: u64) -> Self {
        let start = Start { seed, spectral_radius: 1.0, keep_bias: DEFAULT_KEEP_BIAS };
        Self { cell, units, start }
    }
}

/// What an update was, in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Update {
    /// Its number, from 1.
    pub number: usize,
    /// The mean loss over all targets of the minibatch, before the step; in nats where it is a
    /// cross-entropy.
    pub loss: f64,
    /// ‖g‖ over all tensors, before clipping.
    pub gradient_norm: f64,
    /// min(1, c/‖g‖), what the gradient was multiplied by.
    pub clipping: f64,
    /// ‖ΔW‖, how far the weights moved.
    pub step_norm: f64,
    /// ‖W‖ after the step.
    pub weight_norm: f64,
}

impl Update {
    /// Whether all of it is finite. Where it is not, learning has failed: nothing that follows is a
    /// number.
    pub fn is_number(&self) -> bool {
        [self.loss, self.gradient_norm, self.step_norm, self.weight_norm]
            .iter()
            .all(|number| number.is_finite())
    }
}

/// How well sequences are answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The mean loss over all their targets; not a number where there are none.
    pub loss: f64,
    /// The share of the answers that are right, of those that count; values have none.
    pub accuracy: Option<f64>,
}

/// The answers to one sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// A₂, a row for each step with a target: S×k.
    pub answers: Array2<f64>,
    /// The mean loss over its targets.
    pub loss: f64,
    /// How many of the answers that count are right, and how many count; values have none.
    pub right: Option<(usize, usize)>,
}

/// One update taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// Its numbers.
    pub update: Update,
    /// What each sequence of the minibatch adds, in order.
    pub parts: Vec<Part>,
    /// How many targets the minibatch has: what the sum of the parts is divided by.
    pub targets: usize,
    /// g, the sum of the parts' gradients by the number of targets.
    pub gradient: Weights,
    /// ΔW, what is added to the weights.
    pub step: Weights,
    /// W before.
    pub before: Weights,
    /// W after: W + ΔW.
    pub after: Weights,
    /// The loss after the step as the derivative predicts it, L + ⟨∂L/∂W, ΔW⟩, of the same minibatch;
    /// ∂L/∂W is the full gradient, whatever truncation drops of it.
    pub predicted_loss: f64,
    /// The loss of the same minibatch after the step.
    pub loss_after: f64,
}

/// What one sequence adds to an update.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its place in the corpus.
    pub example: usize,
    /// How many targets it has.
    pub targets: usize,
    /// The sum of its losses.
    pub loss: f64,
    /// The gradient of that sum.
    pub gradient: Weights,
}

/// Runs one sequence after the other, in the same memory.
#[derive(Clone, Debug)]
struct Passes {
    plan: Plan,
    tape: Tape,
    question: Question,
}

impl Passes {
    /// The sum of the losses of `example`, times `share`.
    fn forward(
        &mut self,
        weights: &Weights,
        corpus: &Corpus,
        example: &Example,
        share: f64,
    ) -> f64 {
        let Self { plan, tape, question } = self;
        corpus.ask(example, share, usize::MAX, question);
        plan.forward(weights.into(), &[], example.inputs(), question, tape)
    }

    /// The same, with its gradient added to `gradient`.
    fn both(
        &mut self,
        weights: &Weights,
        corpus: &Corpus,
        example: &Example,
        (share, window): (f64, usize),
        gradient: &mut Weights,
    ) -> f64 {
        let Self { plan, tape, question } = self;
        corpus.ask(example, share, window, question);
        let loss = plan.forward(weights.into(), &[], example.inputs(), question, tape);
        plan.backward_into(weights.into(), example.inputs(), question, tape, gradient);
        loss
    }
}

/// Where a training stands: all that its next update depends on beside what it began with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) weights: Weights,
    moments: Moments,
    pub(crate) updates: usize,
    /// What the present order of the sequences is drawn by.
    random: SplitMix,
    /// How many of them have been seen in this order.
    seen: usize,
}

impl State {
    /// How many numbers it has.
    pub(crate) fn len(&self) -> usize {
        self.weights.numbers().len() + self.moments.len()
    }
}

/// A network that is being trained.
///
/// The sequences are shuffled, and taken from the front in minibatches until too few are left for
/// another; then they are shuffled anew. Equal arguments give equal weights, bit for bit, on every
/// machine.
#[derive(Clone, Debug)]
pub struct Training {
    corpus: Arc<Corpus>,
    split: Arc<Split>,
    network: Network,
    controls: Controls,
    /// Minibatches that are given, by the places of their sequences.
    batches: Option<Arc<Vec<Vec<usize>>>>,
    state: State,
    order: Vec<usize>,
    /// What the next order is drawn by.
    next: SplitMix,
    passes: Passes,
    gradient: Weights,
    step: Weights,
}

impl Training {
    /// One that stands before its first update, with initial weights drawn from the seed.
    pub fn new(corpus: Arc<Corpus>, split: Split, network: Network, controls: Controls) -> Self {
        let Network { cell, units, start } = network;
        let weights = Weights::start(cell, &corpus.inputs(), units, &corpus.outputs(), start);
        let question = Question {
            head: corpus.asked().head(),
            wanted: Array2::default((0, 0)),
            rows: Vec::new(),
            share: 1.0,
            window: 0,
        };
        let plan = Plan::of(cell, weights.sizes(), &cell.recipe().way_back());
        let random = SplitMix::new(start.seed);
        let mut training = Self {
            order: Vec::new(),
            next: random,
            passes: Passes { plan, tape: Tape::default(), question },
            gradient: weights.zeros_like(),
            step: weights.zeros_like(),
            state: State { weights, moments: Moments::default(), updates: 0, random, seen: 0 },
            corpus,
            split: Arc::new(split),
            network,
            controls,
            batches: None,
        };
        training.shuffle();
        training
    }

    /// The same with other initial weights.
    ///
    /// # Errors
    ///
    /// An [`ExperimentError`] that says what of them does not fit.
    pub fn with_weights(mut self, weights: &Weights) -> Result<Self, ExperimentError> {
        let sizes = self.corpus.sizes(self.network.units);
        self.state.weights = fitting(weights, self.network.cell, sizes)?;
        Ok(self)
    }

    /// The same with these minibatches, by the places of their sequences in the corpus, over and over.
    /// Places that there are not are left out.
    #[must_use]
    pub fn with_batches(mut self, batches: Vec<Vec<usize>>) -> Self {
        self.batches = (!batches.is_empty()).then(|| Arc::new(batches));
        self
    }

    /// The sequences.
    pub fn corpus(&self) -> &Arc<Corpus> {
        &self.corpus
    }

    /// Which of them it is trained on.
    pub fn split(&self) -> &Split {
        &self.split
    }

    /// What it began with.
    pub fn network(&self) -> Network {
        self.network
    }

    /// What can be changed now.
    pub fn controls(&self) -> Controls {
        self.controls
    }

    /// Goes on with other controls. Another optimizer begins without memory.
    pub fn set_controls(&mut self, controls: Controls) {
        self.controls = controls;
    }

    /// The weights as they are now.
    pub fn weights(&self) -> &Weights {
        &self.state.weights
    }

    /// How many updates have been made.
    pub fn updates(&self) -> usize {
        self.state.updates
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Goes to where this training, or one that began alike, has stood.
    pub(crate) fn go_to(&mut self, state: &State) {
        self.state.clone_from(state);
        self.shuffle();
    }

    /// Draws the order of the sequences.
    fn shuffle(&mut self) {
        self.order.clear();
        self.order.extend_from_slice(self.split.training());
        self.next = self.state.random;
        self.next.shuffle(&mut self.order);
    }

    /// Shuffles if too few sequences are left for another minibatch.
    fn prepare(&mut self) {
        if self.batches.is_none() && self.state.seen + self.batch_size() > self.order.len() {
            self.state.random = self.next;
            self.state.seen = 0;
            self.shuffle();
        }
    }

    /// How many sequences a minibatch has.
    fn batch_size(&self) -> usize {
        self.controls.batch_size.clamp(1, self.order.len().max(1))
    }

    /// The places in the corpus of the sequences of the next minibatch, once it is prepared.
    fn batch(&self) -> &[usize] {
        if let Some(batches) = &self.batches {
            return &batches[self.state.updates % batches.len()];
        }
        let end = (self.state.seen + self.batch_size()).min(self.order.len());
        &self.order[self.state.seen..end]
    }

    /// The places in the corpus of the sequences of the next minibatch.
    pub fn next_batch(&mut self) -> Vec<usize> {
        self.prepare();
        self.batch().to_vec()
    }

    /// Makes one update: the mean gradient over all targets of a minibatch, clipped, and a step along
    /// it. Nothing is asked from memory, but in the first updates.
    ///
    /// ```text
    /// L = Σ Lₛ / S        over all S targets of the minibatch
    /// g = ∂L/∂W · min(1, c/‖∂L/∂W‖)
    /// W ← W + ΔW          ΔW as the optimizer makes it of g
    /// ```
    pub fn update(&mut self) -> Update {
        self.prepare();
        self.gradient.numbers_mut().fill(0.0);
        let share = 1.0 / self.targets(self.batch()) as f64;
        let window = self.controls.truncation.unwrap_or(usize::MAX);
        let mut loss = 0.0;
        for index in 0..self.batch().len() {
            let place = self.batch()[index];
            let Self { corpus, state, passes, gradient, .. } = self;
            if let Some(example) = corpus.examples().get(place) {
                loss += passes.both(&state.weights, corpus, example, (share, window), gradient);
            }
        }
        let Controls { optimizer, learning_rate, clip_norm, .. } = self.controls;
        let gradient_norm = self.gradient.norm();
        // A gradient of 0 is not divided by.
        let clipping = clip_norm.map_or(1.0, |most| most / gradient_norm.max(most));
        let (gradient, step) = (self.gradient.numbers(), self.step.numbers_mut());
        self.state.moments.step(optimizer, learning_rate, clipping, gradient, step);
        self.state.weights.add_scaled(1.0, &self.step);
        self.state.seen += self.batch_size();
        self.state.updates += 1;
        Update {
            number: self.state.updates,
            loss,
            gradient_norm,
            clipping,
            step_norm: self.step.norm(),
            weight_norm: self.state.weights.norm(),
        }
    }

    /// How many targets these sequences have.
    fn targets(&self, batch: &[usize]) -> usize {
        let examples = batch.iter().filter_map(|&place| self.corpus.examples().get(place));
        examples.map(Example::losses).sum()
    }

    /// The next update taken apart. The training stays where it is.
    pub fn explained(&self) -> Explained {
        let mut this = self.clone();
        this.prepare();
        let (batch, before) = (this.batch().to_vec(), this.state.weights.clone());
        let window = this.controls.truncation.unwrap_or(usize::MAX);
        let corpus = &self.corpus;
        let examples = || batch.iter().filter_map(|&at| Some((at, corpus.examples().get(at)?)));
        let parts = examples().map(|(at, example)| {
            let mut gradient = before.zeros_like();
            let loss = this.passes.both(&before, corpus, example, (1.0, window), &mut gradient);
            Part { example: at, targets: example.losses(), loss, gradient }
        });
        let parts: Vec<Part> = parts.collect();
        let targets = this.targets(&batch);
        let share = 1.0 / targets as f64;
        let mut full = before.zeros_like();
        for (_, example) in examples() {
            this.passes.both(&before, corpus, example, (share, usize::MAX), &mut full);
        }
        let update = this.update();
        let (gradient, step, after) = (this.gradient, this.step, this.state.weights);
        let loss_after = examples()
            .map(|(_, example)| this.passes.forward(&after, corpus, example, share))
            .sum();
        let products = full.values().zip(step.values()).map(|(g, step)| g * step);
        let predicted_loss = update.loss + products.sum::<f64>();
        Explained {
            update,
            parts,
            targets,
            gradient,
            step,
            before,
            after,
            predicted_loss,
            loss_after,
        }
    }

    /// How well the sequences at `places` of the corpus are answered.
    pub fn score(&mut self, places: &[usize]) -> Score {
        let (mut loss, mut targets, mut right, mut judged) = (0.0, 0_usize, 0_usize, 0_usize);
        for &place in places {
            let Self { corpus, state, passes, .. } = self;
            let Some(example) = corpus.examples().get(place) else { continue };
            loss += passes.forward(&state.weights, corpus, example, 1.0);
            targets += example.losses();
            for (row, target) in example.judged_rows() {
                judged += 1;
                let logits = passes.tape.output().logits.row(row);
                right += usize::from(is_right(corpus.asked(), logits.iter().copied(), target));
            }
        }
        let accuracy = match self.corpus.asked().head() {
            Head::Identity => None,
            Head::Sigmoid | Head::Softmax => (judged > 0).then(|| right as f64 / judged as f64),
        };
        Score { loss: loss / targets as f64, accuracy }
    }

    /// How well the held-out sequences are answered.
    pub fn held_out(&mut self) -> Score {
        let split = Arc::clone(&self.split);
        self.score(split.held_out())
    }

    /// The answers to the sequence at `place` of the corpus, if there is one.
    pub fn answered(&mut self, place: usize) -> Option<Answered> {
        let Self { corpus, state, passes, .. } = self;
        let example = corpus.examples().get(place)?;
        let loss = passes.forward(&state.weights, corpus, example, 1.0 / example.losses() as f64);
        let output = passes.tape.output();
        let right = example.judged_rows().map(|(row, target)| {
            is_right(corpus.asked(), output.logits.row(row).iter().copied(), target)
        });
        let right = right.fold((0, 0), |(right, all), is| (right + usize::from(is), all + 1));
        let counts = corpus.asked().head() != Head::Identity;
        Some(Answered { answers: output.answers.clone(), loss, right: counts.then_some(right) })
    }

    /// H of the sequence at `place` of the corpus, without the start state, if there is one: T×n.
    pub fn states(&mut self, place: usize) -> Option<ArrayView2<'_, f64>> {
        let Self { corpus, state, passes, .. } = self;
        let example = corpus.examples().get(place)?;
        passes.forward(&state.weights, corpus, example, 1.0);
        let states = passes.tape.values(&passes.plan, passes.plan.state());
        Some(states.split_at(ndarray::Axis(0), 1).1)
    }

    /// ‖∂L/∂H⁽ᵗ⁾‖ by the distance of t from the last step, the mean over the sequences at `places`
    /// that are so long: the last step first. L is the mean loss of each sequence.
    pub fn reach(&mut self, places: &[usize]) -> Vec<f64> {
        let window = self.controls.truncation.unwrap_or(usize::MAX);
        let mut sums: Vec<(f64, usize)> = Vec::new();
        let mut unused = self.gradient.zeros_like();
        for &place in places {
            let Self { corpus, state, passes, .. } = self;
            let Some(example) = corpus.examples().get(place) else { continue };
            let share = 1.0 / example.losses() as f64;
            passes.both(&state.weights, corpus, example, (share, window), &mut unused);
            let errors = passes.tape.errors(&passes.plan, passes.plan.state());
            sums.resize(sums.len().max(example.steps()), (0.0, 0));
            for (sum, error) in sums.iter_mut().zip(errors.rows().into_iter().rev()) {
                sum.0 += norm(error.iter().copied());
                sum.1 += 1;
            }
        }
        sums.into_iter().map(|(sum, count)| sum / count as f64).collect()
    }
}

/// Whether the largest output, or the side of 1/2, is that of the target.
fn is_right(asked: &Asked, logits: impl Iterator<Item = f64>, target: &Target) -> bool {
    let Target::Place(place) = target else { return false };
    let mut best = (0, f64::NEG_INFINITY);
    for (at, z) in logits.enumerate() {
        if *asked == Asked::Binary {
            return z.is_finite() && usize::from(z > 0.0) == *place;
        }
        if z > best.1 {
            best = (at, z);
        }
    }
    best.0 == *place && best.1.is_finite()
}
