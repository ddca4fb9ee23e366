//! The lane of the tokens: the ruler of time, and the place where their order is changed.

use super::{
    choice::Choice, emit_some, formula::prose, surroundings::use_words, term::term, truth,
};
use crate::{
    browser,
    rnn::{Step, Targets, Task},
    session::{Edit, Run, Stage},
    text::{Term, Words, numbers},
};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// How far a token must be dragged, in CSS pixels, before it is not just pressed.
const DRAG_BEGINS: f64 = 6.0;

#[derive(PartialEq, Properties)]
pub(super) struct TokensProps {
    pub(super) run: Run,
    pub(super) stage: Stage,
    /// The width of a step's column.
    pub(super) column: f64,
    pub(super) on_edit: Callback<Edit>,
}

/// A token being dragged: from where, and how far.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    from: Step,
    began_at: f64,
    distance: f64,
}

impl Drag {
    /// The step over which the token is.
    fn to(self, column: f64, steps: usize) -> Step {
        let moved = (self.distance / column).round() as isize;
        let index = self.from.index().saturating_add_signed(moved);
        Step::from_index(index.min(steps - 1))
    }

    fn has_begun(self) -> bool {
        self.distance.abs() >= DRAG_BEGINS
    }
}

/// All tokens of the sequence. A token is dragged to another step, or moved with Alt and an arrow.
#[component]
pub(super) fn Tokens(props: &TokensProps) -> Html {
    let words = use_words();
    let sequence = props.run.experiment().sequence();
    let count = sequence.tokens().len();
    let drag = use_state_eq(|| None::<Drag>);
    let row = use_node_ref();
    let present = |step: Step| matches!(props.stage, Stage::Forward(now) | Stage::Backward(now) if now == step);
    let at_output = !matches!(props.stage, Stage::Forward(_) | Stage::Backward(_));
    let onpointermove = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            if let Some(now) = *drag {
                let distance = f64::from(event.client_x()) - now.began_at;
                drag.set(Some(Drag { distance, ..now }));
            }
        })
    };
    let onpointerup = {
        let (drag, on_edit, column) = (drag.clone(), props.on_edit.clone(), props.column);
        Callback::from(move |_: PointerEvent| {
            if let Some(now) = *drag {
                drag.set(None);
                let to = now.to(column, count);
                if now.has_begun() && to != now.from {
                    on_edit.emit(Edit::Move { from: now.from, to });
                }
            }
        })
    };
    let onpointercancel = {
        let drag = drag.setter();
        Callback::from(move |_: PointerEvent| drag.set(None))
    };
    let task = &props.run.experiment().settings().task;
    let token = |step: Step, token: &str| {
        let onpointerdown = {
            let drag = drag.setter();
            Callback::from(move |event: PointerEvent| {
                if let Some(element) = event.target_dyn_into() {
                    browser::capture_pointer(&element, event.pointer_id());
                }
                let began_at = f64::from(event.client_x());
                drag.set(Some(Drag { from: step, began_at, distance: 0.0 }));
            })
        };
        let onkeydown = {
            let row = row.clone();
            emit_some(&props.on_edit, move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowLeft" if event.alt_key() => step.previous()?,
                    "ArrowRight" if event.alt_key() => {
                        (step.number() < count).then(|| step.next())?
                    }
                    _ => return None,
                };
                event.prevent_default();
                if let Some(row) = row.cast::<HtmlElement>() {
                    browser::focus_child(&row, &format!("[data-token='{}']", to.number()));
                }
                Some(Edit::Move { from: step, to })
            })
        };
        let dragged = drag.filter(|drag| drag.from == step && drag.has_begun());
        let target = drag.is_some_and(|drag| {
            drag.has_begun() && drag.from != step && drag.to(props.column, count) == step
        });
        html! {
            <button
                data-token={step.number().to_string()}
                data-letter={truth(token.chars().count() == 1)}
                data-dragged={truth(dragged.is_some())}
                data-target={truth(target)}
                title={format!("{token} · {}", words.move_token())}
                {onpointerdown}
                {onkeydown}
            ><bdi>{ token }</bdi></button>
        }
    };
    html! {
        <div class="Lane" data-lane="tokens">
            <div class="label">
                <h2>{ words.time_step() }</h2>
                if task.asks_each_step() && *task != Task::NextToken {
                    <p class="of-targets">{ term(Term::Target, prose(words.target())) }</p>
                }
            </div>
            <ol ref={row.clone()} class="Tokens" {onpointermove} {onpointerup} {onpointercancel}>
                { for Step::all(props.run.steps()).zip(sequence.token_names()).map(|(step, name)| html! {
                    <li
                        key={step.number()}
                        data-present={truth(present(step))}
                        aria-current={present(step).then_some("step")}
                    >
                        <small>{ "t = " }{ step.number() }</small>
                        { token(step, name) }
                        { for target_of(words, &props.run, step, &props.on_edit) }
                    </li>
                }) }
                <li class="output" data-present={truth(at_output)}>
                    <small>{ words.output() }</small>
                    // The last token of a text whose next tokens are asked for is no input.
                    if props.run.steps() < count {
                        { for sequence.token_names().next_back().map(|name| token(Step::from_index(count - 1), name)) }
                    }
                </li>
            </ol>
        </div>
    }
}

/// The target of a step, where each step may have one: it is changed where it stands.
fn target_of(words: &Words, run: &Run, step: Step, on_edit: &Callback<Edit>) -> Option<Html> {
    let task = &run.experiment().settings().task;
    let edit = on_edit.reform(move |typed: String| Edit::Target { step, typed: typed.into() });
    let choice = |names: Vec<String>, chosen: Option<usize>| {
        let options = [String::new()].into_iter().chain(names.iter().cloned());
        let options: Vec<String> = options.collect();
        let on_choose = emit_some(&edit, move |at: usize| options.get(at).cloned());
        html! {
            <Choice chosen={chosen.map_or(0, |at| at + 1)} {on_choose}>
                <option>{ "–" }</option>
                { for names.into_iter().enumerate().map(|(key, name)| html! {
                    <option {key}>{ name }</option>
                }) }
            </Choice>
        }
    };
    let control = match task {
        Task::Binary { targets: Targets::Each(each) } => {
            let target = each.get(step.index()).copied().flatten();
            choice(vec!["0".to_owned(), "1".to_owned()], target.map(usize::from))
        }
        Task::Classes { labels, targets: Targets::Each(each) } => {
            choice(labels.clone(), each.get(step.index()).copied().flatten())
        }
        Task::Values { targets: Targets::Each(each) } => {
            let target = each.get(step.index())?.as_deref().unwrap_or_default();
            let written: Vec<String> = target.iter().map(|it| numbers::typed(*it)).collect();
            let onchange = emit_some(&edit, |event: Event| {
                let input: HtmlInputElement = event.target_unchecked_into();
                Some(input.value())
            });
            html! { <input type="text" autocomplete="off" value={written.join(", ")} {onchange} /> }
        }
        _ => return None,
    };
    let name = words.target_of_step(step.number());
    Some(html! { <label class="target" title={name.clone()} aria-label={name}>{ control }</label> })
}
