//! What each letter of the formulas means, with the sizes that it has in the run on the page.

use super::{
    formula::{prose, set},
    surroundings::use_words,
    term::explained,
};
use crate::{
    figure::Lane,
    rnn::{Parameter, Variable},
    session::Run,
    text::Term,
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct SymbolsProps {
    pub(super) run: Run,
}

/// Symbol, name, shape, and where it stands.
#[component]
pub(super) fn Symbols(props: &SymbolsProps) -> Html {
    let words = use_words();
    let weights = props.run.experiment().weights();
    let sizes = weights.sizes();
    let (d, n, k) = (sizes.inputs, sizes.units, sizes.outputs);
    let steps = props.run.steps();
    let carried = props.run.experiment().recipe().carried().len() * n;
    let shape = |rows: usize, columns: usize| format!("{rows} × {columns}");
    let number = || "1".to_owned();
    let (rows, matrices) = (words.symbols_in_rows(), words.symbols_in_weights());
    let (card, jacobians) = (words.symbols_in_card(), words.symbols_in_jacobians());
    let laboratory = words.symbols_in_laboratory();
    let cell = props.run.experiment().cell();
    let recipe = cell.recipe();
    let plain = recipe.plain().is_some();
    // The variables of a cell with gates, and the tensors of each of its gates.
    let of_gates = || {
        let variables = recipe.variables().filter(|of| *of != Variable::State).map(|of| {
            let lane = Lane::Value(of);
            let name = words.lane(lane, cell, recipe.main_parameter()).name;
            (format!("{}⁽ᵗ⁾", of.symbol()), name, Term::of_lane(lane), shape(1, n), rows)
        });
        let tensors = recipe.parameters().into_iter().filter(|it| it.is_recurrent());
        let tensors = tensors.map(|parameter| {
            let (name, term) = match parameter {
                Parameter::FromInput(_) => (words.symbols_w1x(), Term::Shared),
                Parameter::FromState(_) => (words.symbols_w1h(), Term::Shared),
                _ => (words.symbols_b1(), Term::Bias),
            };
            let (high, wide) = sizes.of(parameter);
            (parameter.symbol(), name.to_owned(), Some(term), shape(high, wide), matrices)
        });
        variables.chain(tensors).collect::<Vec<_>>()
    };
    let of_tanh = ["W₁ₓ", "W₁ₕ", "b₁", "Z₁⁽ᵗ⁾", "∂L/∂Z₁⁽ᵗ⁾", "∂L/∂W₁ₕ"];
    let (input, one_hot) = if props.run.experiment().sequence().is_numbers() {
        (words.symbols_input_numbers(), None)
    } else {
        (words.symbols_input(), Some(Term::OneHot))
    };
    let general = [
        ("T", words.symbols_steps(), Some(Term::TimeStep), steps.to_string(), rows),
        ("X⁽ᵗ⁾", input, one_hot, shape(1, d), rows),
        ("H⁽ᵗ⁾", words.symbols_state(), Some(Term::HiddenState), shape(1, n), rows),
        ("H⁽ᵗ⁻¹⁾", words.symbols_state_before(), Some(Term::HiddenState), shape(1, n), rows),
        ("W₁ₓ", words.symbols_w1x(), Some(Term::Shared), shape(d, n), matrices),
        ("W₁ₕ", words.symbols_w1h(), Some(Term::Shared), shape(n, n), matrices),
        ("b₁", words.symbols_b1(), Some(Term::Bias), shape(1, n), matrices),
        ("Z₁⁽ᵗ⁾", words.symbols_z1(), Some(Term::WeightedSum), shape(1, n), rows),
        ("W₂", words.symbols_w2(), None, shape(n, k), matrices),
        ("b₂", words.symbols_b2(), Some(Term::Bias), shape(1, k), matrices),
        ("Z₂", words.symbols_z2(), Some(Term::Logit), shape(1, k), card),
        ("A₂", words.symbols_a2(), Some(Term::Prediction), shape(1, k), card),
        ("y", words.symbols_y(), Some(Term::Target), shape(1, k), card),
        ("L", words.symbols_loss(), Some(Term::Loss), number(), card),
        ("∂L/∂Z₂", words.symbols_dz2(), Some(Term::Error), shape(1, k), rows),
        ("∂L/∂H⁽ᵗ⁾", words.symbols_dh(), Some(Term::HiddenGradient), shape(1, n), rows),
        ("∂L/∂Z₁⁽ᵗ⁾", words.symbols_dz1(), Some(Term::Error), shape(1, n), rows),
        ("‖∂L/∂H⁽ᵗ⁾‖", words.symbols_norm(), Some(Term::Norm), number(), rows),
        ("∂L/∂W₁ₕ", words.symbols_dw(), Some(Term::Gradient), shape(n, n), rows),
        (
            "J⁽ᵗ⁾",
            words.symbols_jacobian(),
            Some(Term::Jacobian),
            shape(carried, carried),
            jacobians,
        ),
        ("η", words.symbols_eta(), Some(Term::LearningRate), number(), laboratory),
        (
            "g",
            words.symbols_gradient(),
            Some(Term::Gradient),
            weights.values().count().to_string(),
            laboratory,
        ),
        ("w", words.symbols_window(), Some(Term::TruncatedBptt), number(), laboratory),
        ("c", words.symbols_clip(), Some(Term::Clipping), number(), laboratory),
        ("ε", words.symbols_epsilon(), Some(Term::Check), number(), laboratory),
    ];
    let general = general.into_iter().filter(|(symbol, ..)| plain || !of_tanh.contains(symbol));
    let mut table: Vec<(String, String, Option<Term>, String, &str)> = general
        .map(|(symbol, name, term, shape, place)| {
            (symbol.to_owned(), name.to_owned(), term, shape, place)
        })
        .collect();
    if !plain {
        let behind = table.iter().position(|(symbol, ..)| symbol == "W₂").unwrap_or(table.len());
        table.splice(behind..behind, of_gates());
    }
    html! {
        <div class="frame" tabindex="0" role="region" aria-label={words.symbols_title()}>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ words.symbols_symbol() }</th>
                        <th scope="col">{ words.symbols_name() }</th>
                        <th scope="col">{ words.symbols_shape() }</th>
                        <th scope="col">{ words.symbols_where() }</th>
                    </tr>
                </thead>
                <tbody>
                    { for table.into_iter().map(|(symbol, name, term, shape, place)| html! {
                        <tr key={symbol.clone()}>
                            <th scope="row">{ set(&symbol) }</th>
                            <td>{ explained(term, prose(&name)) }</td>
                            <td>{ shape }</td>
                            <td>{ place }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
