//! What an update is predicted to do to the loss, and what it does.

use super::{formula::prose, term::term};
use crate::{
    session::{Forecast, Run, Verdict},
    text::{Term, Words, numbers},
};
use yew::prelude::*;

/// The loss before an update of `run`, its predicted change and its actual one, and how they compare.
pub(super) fn forecast(words: &Words, run: &Run) -> Html {
    let forecast = run.derived::<Forecast>();
    let change =
        |change: Option<f64>| change.map_or(words.forecast_overflow().to_owned(), numbers::exact);
    let row = |name: Html, value: String| html! { <tr><th scope="row">{ name }</th><td>{ value }</td></tr> };
    let formula = forecast.plain.then(|| prose(words.forecast_formula()));
    html! {
        <section class="Forecast" aria-label={words.forecast()}>
            <h3>{ words.forecast() }</h3>
            <table>
                <tbody>
                    { row(term(Term::Loss, html! { words.forecast_before() }),
                        numbers::size(forecast.before)) }
                    { row(html! { <>{ words.forecast_predicted() }{ " " }{ for formula }</> },
                        change(forecast.predicted_change())) }
                    { row(html! { words.forecast_real() }, change(forecast.change())) }
                    { row(html! { words.forecast_after() },
                        forecast.after.map_or(words.forecast_overflow().to_owned(), numbers::size)) }
                </tbody>
            </table>
            <p>{ for forecast.verdict().map(|verdict| prose(said(words, verdict))) }</p>
        </section>
    }
}

fn said(words: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Nothing => words.forecast_nothing(),
        Verdict::Agrees => words.forecast_agrees(),
        Verdict::Less => words.forecast_less(),
        Verdict::More => words.forecast_more(),
        Verdict::Beyond => words.forecast_beyond(),
        Verdict::Rises => words.forecast_rises(),
        Verdict::Uphill => words.forecast_uphill(),
    }
}
