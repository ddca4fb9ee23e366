//! The arithmetic of a number, written out: every operand by its name, its colour and its value, every
//! sum by where its summands come from, each group with its subtotal.

use super::{
    formula::{prose, symbol},
    surroundings::use_around,
    term::explained,
    truth,
};
use crate::{
    figure::{Colours, Palette},
    session::{Account, Action, Cause, Expression, Function, Group, Run, Scale, Spot},
    text::{Term, Words, numbers, plain},
};
use std::rc::Rc;
use yew::prelude::*;

/// The most summands of a sum that stand there at once; where there are more, a group of several waits
/// behind its subtotal.
const MOST_AT_ONCE: usize = 8;

/// The most subtotals that stand in one line; they stand in the table in any case.
const MOST_IN_A_LINE: usize = 4;

/// Which groups a learner has opened or closed.
pub(super) type Chosen = Vec<(Cause, bool)>;

/// Writes expressions with the numbers of a run in them.
pub(super) struct Writing<'a> {
    run: &'a Run,
    words: &'static Words,
    palette: Rc<Palette>,
    scale: Scale,
    on_action: &'a Callback<Action>,
}

#[hook]
pub(super) fn use_writing<'a>(
    run: &'a Run,
    scale: Scale,
    on_action: &'a Callback<Action>,
) -> Writing<'a> {
    let around = use_around();
    let words = around.language.words();
    Writing { run, words, palette: around.palette, scale, on_action }
}

impl Writing<'_> {
    /// One number: its name, its colour in the lanes, its value, and a way to it.
    fn number(&self, spot: Spot) -> Html {
        let value = spot.value(self.run).unwrap_or(f64::NAN);
        let name = plain(&self.words.spot(spot, self.run));
        let look = |spot: Option<Spot>| self.on_action.reform(move |()| Action::Glance(spot));
        let ranges = self.run.derived();
        let (palette, scale) = (&self.palette, self.scale);
        let colour = Colours { trace: self.run, ranges: &ranges, palette, scale }.at(spot, value);
        let fill = format!("rgb({},{},{})", colour.0, colour.1, colour.2);
        html! {
            <button
                class="operand"
                title={name.clone()}
                aria-label={format!("{name}: {}", numbers::exact(value))}
                onclick={self.on_action.reform(move |_: MouseEvent| Action::Pin(spot))}
                onpointerenter={look(Some(spot)).reform(|_: PointerEvent| ())}
                onpointerleave={look(None).reform(|_: PointerEvent| ())}
                onfocus={look(Some(spot)).reform(|_: FocusEvent| ())}
                onblur={look(None).reform(|_: FocusEvent| ())}
            >
                <small>{ symbol(spot) }{ " " }{ self.words.which(spot, self.run) }</small>
                <span>
                    <svg viewBox="0 0 8 8" aria-hidden="true"><rect width="8" height="8" {fill} /></svg>
                    { in_a_line(value) }
                </span>
            </button>
        }
    }

    /// An expression down to its numbers, but for a sum, which has a table of its own.
    /// The rule with numbers in it and the sign of equality, where that is not the table below again.
    pub(super) fn line(&self, expression: &Expression) -> Html {
        let told = match expression {
            Expression::Sum(groups) => !(2..=MOST_IN_A_LINE).contains(&groups.len()),
            _ => false,
        };
        let written = if told {
            html! {}
        } else {
            self.expression(expression)
        };
        html! { <>{ written }{ " = " }</> }
    }

    fn expression(&self, expression: &Expression) -> Html {
        match expression {
            Expression::Number(spot) => self.number(*spot),
            Expression::Constant(value) => html! { <span>{ constant(*value) }</span> },
            Expression::Sum(groups) => html! { self.subtotals(groups) },
            Expression::Product(factors) => joined(" × ", factors.iter().map(|it| self.inside(it))),
            Expression::Of(function, argument) => {
                let (before, after) = match function {
                    Function::Tanh => ("tanh(", ")"),
                    Function::Relu => ("relu(", ")"),
                    Function::Positive => ("[", " > 0]"),
                    Function::Sigmoid => ("sigmoid(", ")"),
                    Function::Square => ("", "²"),
                    Function::Root => ("√(", ")"),
                    Function::OneMinus => ("(1 − ", ")"),
                    Function::Negative => ("−", ""),
                    Function::Logarithm => ("ln ", ""),
                    Function::Exponential => ("exp(", ")"),
                };
                // What has parentheses of its own needs no more.
                let argument = if before.ends_with('(') {
                    self.expression(argument)
                } else {
                    self.inside(argument)
                };
                html! { <>{ before }{ argument }{ after }</> }
            }
            Expression::Softmax { of, .. } => {
                let accounts = expression.accounts(None, self.run);
                let powers = accounts.first().map_or(&[][..], |account| &account.groups);
                let value = |group: &Group| group.value(self.run);
                let all: f64 = powers.iter().map(value).sum();
                let one = powers.get(*of).map_or(f64::NAN, value);
                html! { format!("{} / {}", in_a_line(one), in_a_line(all)) }
            }
        }
    }

    /// An expression as a factor, or as what a function takes: a sum stands in parentheses.
    fn inside(&self, expression: &Expression) -> Html {
        match expression {
            Expression::Sum(groups) if (2..=MOST_IN_A_LINE).contains(&groups.len()) => {
                html! { <>{ "(" }{ self.expression(expression) }{ ")" }</> }
            }
            _ => self.expression(expression),
        }
    }

    /// The subtotals of a sum, or the sum where they are many.
    fn subtotals(&self, groups: &[Group]) -> String {
        let values = groups.iter().map(|group| group.value(self.run));
        if groups.len() > MOST_IN_A_LINE {
            return in_a_line(values.sum());
        }
        values.map(in_a_line).collect::<Vec<_>>().join(" + ")
    }
}

fn joined(sign: &'static str, parts: impl Iterator<Item = Html>) -> Html {
    let signed = |(at, part)| html! { <>{ if at > 0 { sign } else { "" } }{ part }</> };
    parts.enumerate().map(signed).collect()
}

impl Writing<'_> {
    /// The sums that a number is or is made of, down to the last summand; `chosen` are the groups that a
    /// learner has opened or closed.
    pub(super) fn accounts(&self, accounts: &[Account], chosen: &UseStateHandle<Chosen>) -> Html {
        let Self { run, words, .. } = self;
        let toggle = |cause: Cause, open: bool| {
            let (before, setter) = (Chosen::clone(chosen), chosen.setter());
            Callback::from(move |_: MouseEvent| {
                let mut chosen = before.clone();
                chosen.retain(|(other, _)| *other != cause);
                chosen.push((cause, !open));
                setter.set(chosen);
            })
        };
        let account = |(key, account): (usize, &Account)| {
            let count: usize = account.groups.iter().map(|group| group.summands.len()).sum();
            let title = match account.of {
                Some(of) => prose(&words.spot(of, run)),
                None => html! { words.sum() },
            };
            html! {
                <div {key} class="frame" tabindex="0" role="region" aria-label={words.products()}>
                    <table>
                        { for account.groups.iter().map(|group| {
                            let open = chosen.iter().find(|(cause, _)| *cause == group.from);
                            let open = open.map_or(count <= MOST_AT_ONCE, |(_, open)| *open);
                            self.group(group, open, toggle(group.from, open))
                        }) }
                        <tbody class="total">
                            <tr>
                                <th scope="row" colspan="2">{ title }</th>
                                <td>{ numbers::exact(account.value(run)) }</td>
                            </tr>
                        </tbody>
                    </table>
                </div>
            }
        };
        html! { <div class="Accounts">{ for accounts.iter().enumerate().map(account) }</div> }
    }

    /// The summands that come from one place, under their subtotal; a single one stands beside it.
    fn group(&self, group: &Group, open: bool, toggle: Callback<MouseEvent>) -> Html {
        let Self { run, words, .. } = self;
        let name = match (group.from, group.summands.as_slice()) {
            // A step's contribution is a number itself.
            (Cause::Step(_), &[Expression::Number(spot)]) => {
                let onclick = self.on_action.reform(move |_: MouseEvent| Action::Pin(spot));
                html! {
                    <button class="step" title={plain(&words.spot(spot, run))} {onclick}>
                        { words.summed_from(group.from, run) }
                    </button>
                }
            }
            _ => explained(Term::of_cause(group.from), prose(&words.summed_from(group.from, run))),
        };
        let subtotal = numbers::exact(group.value(run));
        if let [summand] = group.summands.as_slice() {
            return html! {
                <tbody>
                    <tr>
                        <th scope="row">{ name }</th>
                        <td>{ self.summand(summand) }</td>
                        <td>{ subtotal }</td>
                    </tr>
                </tbody>
            };
        }
        let count = words.group_summands(group.summands.len());
        html! {
            <tbody class="group">
                <tr>
                    <th scope="rowgroup" colspan="2">
                        { name }
                        <button class="count" aria-expanded={truth(open)} onclick={toggle}>{ count }</button>
                    </th>
                    <td>{ subtotal }</td>
                </tr>
                if open {
                    { for group.summands.iter().map(|summand| html! {
                        <tr class="summand">
                            <td colspan="2">{ self.summand(summand) }</td>
                            <td>{ numbers::exact(summand.value(run)) }</td>
                        </tr>
                    }) }
                }
            </tbody>
        }
    }

    /// A summand; the contribution of a step is a product itself.
    fn summand(&self, summand: &Expression) -> Html {
        match summand {
            Expression::Number(term @ Spot::Contribution { .. }) => {
                let origin = self.run.origin(*term);
                self.expression(origin.arithmetic.as_ref().unwrap_or(summand))
            }
            _ => self.expression(summand),
        }
    }
}

/// A number in a formula: three digits, the minus sign but no plus.
fn in_a_line(value: f64) -> String {
    let size = numbers::short_size(value.abs());
    if value < 0.0 { format!("(−{size})") } else { size }
}

/// A number that the rule brings along.
fn constant(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e6 {
        if value < 0.0 { format!("(−{})", -value) } else { value.to_string() }
    } else {
        in_a_line(value)
    }
}
