//! Where the numbers that are asked about come from, worked out once a run.

use super::{Account, Derived, Expression, Run, Spot, Stage};
use crate::rnn::{Parameter, Place, Trace, Variable};
use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
};

/// Where a number comes from.
#[derive(Debug)]
pub struct Origin {
    /// How it is computed from others; a weight is given, and has no arithmetic.
    pub arithmetic: Option<Expression>,
    /// The sums that it is, or is made of, nearest first.
    pub accounts: Vec<Account>,
    /// The numbers that it is computed from and that the page shows, nearest first.
    pub sources: Vec<Spot>,
}

/// The numbers that a stage computes, of a tensor's contributions.
type Asked = HashMap<(Stage, Parameter), Rc<[Spot]>>;

/// What has been asked of a run so far.
#[derive(Default)]
struct Answers {
    origins: RefCell<HashMap<Spot, Rc<Origin>>>,
    numbers: RefCell<Asked>,
    steepest: OnceCell<Option<Place>>,
}

/// How many answers are kept: more than a page shows at a time.
const MOST: usize = 512;

impl Derived for Answers {
    fn of(_: &Trace) -> Self {
        Self::default()
    }
}

impl Run {
    /// Where a number comes from.
    pub fn origin(&self, spot: Spot) -> Rc<Origin> {
        let answers = self.derived::<Answers>();
        if let Some(known) = answers.origins.borrow().get(&spot) {
            return Rc::clone(known);
        }
        let arithmetic = spot.arithmetic(self);
        let accounts =
            arithmetic.as_ref().map_or_else(Vec::new, |it| it.accounts(Some(spot), self));
        let mut sources = Vec::new();
        for number in arithmetic.iter().flat_map(Expression::numbers) {
            match number {
                // The sums inside tanh, sigmoid and softmax have no place of their own.
                Spot::Value { of: Variable::Sum(_), .. } | Spot::Logit { .. } => {
                    sources.extend_from_slice(&self.origin(number).sources);
                }
                _ => sources.push(number),
            }
        }
        let origin = Rc::new(Origin { arithmetic, accounts, sources });
        let mut origins = answers.origins.borrow_mut();
        if origins.len() >= MOST {
            origins.clear();
        }
        origins.insert(spot, Rc::clone(&origin));
        origin
    }

    /// The numbers that `stage` computes, as [`Stage::numbers`] finds them.
    pub fn numbers_at(&self, stage: Stage, shown: Parameter) -> Rc<[Spot]> {
        let answers = self.derived::<Answers>();
        let known = answers.numbers.borrow().get(&(stage, shown)).map(Rc::clone);
        known.unwrap_or_else(|| {
            let numbers: Rc<[Spot]> = stage.numbers(self, shown).into();
            answers.numbers.borrow_mut().insert((stage, shown), Rc::clone(&numbers));
            numbers
        })
    }

    /// The place of the steepest gradient of W₁ₕ.
    pub(super) fn steepest(&self) -> Option<Place> {
        let answers = self.derived::<Answers>();
        *answers.steepest.get_or_init(|| {
            let main = self.experiment().recipe().main_parameter();
            super::present::steepest(self.gradient(), |place| place.parameter == main)
        })
    }
}
