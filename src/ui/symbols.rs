//! What each letter of the formulas means, with the sizes that it has in the run on the page.

use super::{
    formula::{prose, set},
    surroundings::use_words,
};
use crate::session::Run;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct SymbolsProps {
    pub(super) run: Run,
}

/// Symbol, name, shape, and where it stands.
#[component]
pub(super) fn Symbols(props: &SymbolsProps) -> Html {
    let words = use_words();
    let weights = props.run.experiment.weights();
    let sizes = weights.sizes();
    let (d, n, k) = (sizes.vocabulary, sizes.units, sizes.outputs);
    let steps = props.run.steps();
    let shape = |rows: usize, columns: usize| format!("{rows} × {columns}");
    let number = || "1".to_owned();
    let (rows, matrices) = (words.symbols_in_rows(), words.symbols_in_weights());
    let (card, jacobians) = (words.symbols_in_card(), words.symbols_in_jacobians());
    let laboratory = words.symbols_in_laboratory();
    let table = [
        ("T", words.symbols_steps(), steps.to_string(), rows),
        ("X⁽ᵗ⁾", words.symbols_input(), shape(1, d), rows),
        ("H⁽ᵗ⁾", words.symbols_state(), shape(1, n), rows),
        ("H⁽ᵗ⁻¹⁾", words.symbols_state_before(), shape(1, n), rows),
        ("W₁ₓ", words.symbols_w1x(), shape(d, n), matrices),
        ("W₁ₕ", words.symbols_w1h(), shape(n, n), matrices),
        ("b₁", words.symbols_b1(), shape(1, n), matrices),
        ("Z₁⁽ᵗ⁾", words.symbols_z1(), shape(1, n), rows),
        ("W₂", words.symbols_w2(), shape(n, k), matrices),
        ("b₂", words.symbols_b2(), shape(1, k), matrices),
        ("Z₂", words.symbols_z2(), shape(1, k), card),
        ("A₂", words.symbols_a2(), shape(1, k), card),
        ("y", words.symbols_y(), shape(1, k), card),
        ("L", words.symbols_loss(), number(), card),
        ("∂L/∂Z₂", words.symbols_dz2(), shape(1, k), rows),
        ("∂L/∂H⁽ᵗ⁾", words.symbols_dh(), shape(1, n), rows),
        ("∂L/∂Z₁⁽ᵗ⁾", words.symbols_dz1(), shape(1, n), rows),
        ("‖∂L/∂H⁽ᵗ⁾‖", words.symbols_norm(), number(), rows),
        ("∂L/∂W₁ₕ", words.symbols_dw(), shape(n, n), rows),
        ("J⁽ᵗ⁾", words.symbols_jacobian(), shape(n, n), jacobians),
        ("η", words.symbols_eta(), number(), laboratory),
        ("g", words.symbols_gradient(), weights.values().count().to_string(), laboratory),
        ("w", words.symbols_window(), number(), laboratory),
        ("c", words.symbols_clip(), number(), laboratory),
        ("ε", words.symbols_epsilon(), number(), laboratory),
    ];
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
                    { for table.into_iter().map(|(symbol, name, shape, place)| html! {
                        <tr key={symbol}>
                            <th scope="row">{ set(symbol) }</th>
                            <td>{ prose(name) }</td>
                            <td>{ shape }</td>
                            <td>{ place }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
