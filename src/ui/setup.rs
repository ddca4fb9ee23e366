//! Where the experiment is set up. What cannot be run is answered beside the box that it is in.

use super::{
    emit_some,
    formula::prose,
    surroundings::{use_around, use_words},
};
use crate::{
    address::Control,
    browser,
    rnn::{Settings, Task, Unit, experiment::DEFAULT_SPECTRAL_RADIUS},
    session::{Action, Draft, Edit, Run},
    text::{Example, Language, Words},
};
use std::mem::discriminant;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The most cells that the page shows.
const MOST_CELLS: usize = 32;
/// The largest spectral radius that the slider offers.
const LARGEST_RADIUS: f64 = 2.0;
/// The largest seed: every whole number up to it is exact in JSON everywhere.
const LARGEST_SEED: u64 = (1 << 53) - 1;

#[derive(PartialEq, Properties)]
pub(super) struct SetupProps {
    pub(super) run: Run,
    pub(super) draft: Draft,
    /// What a teacher has fixed.
    pub(super) fixed: Vec<Control>,
    pub(super) on_action: Callback<Action>,
}

/// The controls of the experiment.
#[component]
pub(super) fn Setup(props: &SetupProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let settings = props.run.experiment.settings();
    let on_edit = use_callback(props.on_action.clone(), |edit, on_action: &Callback<Action>| {
        on_action.emit(Action::Edit(edit));
    });
    let problem = match &props.draft {
        Draft::Accepted => None,
        Draft::Rejected { problem, .. } => Some((words.problem)(problem)),
    };
    let fixed = |control: Control| props.fixed.contains(&control);
    let sequence_box = use_sequence_box(&settings.text, problem.is_none(), &on_edit);
    html! {
        <section class="Setup" aria-label={words.experiment}>
            { control(!props.fixed.is_empty(), example_choice(around.language, &on_edit)) }
            { control(fixed(Control::Text), html! {
                <>{ sequence_box }{ unit_choice(words, settings.unit, &on_edit) }</>
            }) }
            { control(fixed(Control::Task), html! {
                <>
                    { task_choice(words, &settings.task, &on_edit) }
                    { target_choice(words, &settings.task, &on_edit) }
                </>
            }) }
            { control(fixed(Control::Cells), cells_stepper(words, settings.hidden, &on_edit)) }
            { control(fixed(Control::Start), html! {
                <>
                    { radius_slider(words, settings, &on_edit) }
                    { seed_box(words, settings.seed.unwrap_or_default(), &on_edit) }
                </>
            }) }
            <p class="problem" id="problem" role="alert" hidden={problem.is_none()}>
                { problem.map(|problem| format!("{problem} {}", words.last_run_stays)) }
            </p>
        </section>
    }
}

/// A control, which can be read and not used where it is fixed.
fn control(fixed: bool, content: Html) -> Html {
    html! { <div class="control" inert={fixed}>{ content }</div> }
}

/// The text box. What stands in it belongs to the person: it is written only when the experiment
/// changed from elsewhere, and never in the middle of a composition.
#[hook]
fn use_sequence_box(text: &str, accepted: bool, on_edit: &Callback<Edit>) -> Html {
    let words = use_words();
    let node = use_node_ref();
    use_effect_with((node.clone(), text.to_owned(), accepted), |(node, text, accepted)| {
        if !accepted {
            return;
        }
        if let Some(input) = node.cast::<HtmlInputElement>()
            && input.value() != *text
        {
            input.set_value(text);
        }
    });
    use_effect_with((node.clone(), on_edit.clone()), |(node, on_edit)| {
        let subscription = node.cast::<HtmlInputElement>().map(|input| {
            let (element, on_edit) = (input.clone(), on_edit.clone());
            browser::on_composition_end(&input, move || {
                on_edit.emit(Edit::Text(element.value().into()));
            })
        });
        move || drop(subscription)
    });
    let oninput = emit_some(on_edit, |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        // Password managers and tests dispatch a plain event, which has no composition.
        let composing = event.dyn_ref().is_some_and(InputEvent::is_composing);
        (!composing).then(|| Edit::Text(input.value().into()))
    });
    html! {
        <label class="sequence">
            <span>{ words.sequence }</span>
            <input
                ref={node}
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid={(!accepted).then_some("true")}
                aria-describedby={(!accepted).then_some("problem")}
                {oninput}
            />
        </label>
    }
}

/// A choice of one out of a few, as buttons side by side.
fn segments<T: Clone + PartialEq + 'static>(
    label: &'static str,
    name: &'static str,
    choices: &[(T, Html)],
    chosen: &T,
    on_choose: &Callback<T>,
) -> Html {
    html! {
        <fieldset class="segments">
            <legend>{ label }</legend>
            <div>
                { for choices.iter().enumerate().map(|(index, (value, label))| {
                    let onchange = on_choose.reform({
                        let value = value.clone();
                        move |_: Event| value.clone()
                    });
                    html! {
                        <label key={index}>
                            <input type="radio" {name} checked={value == chosen} {onchange} />
                            <span>{ label.clone() }</span>
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}

/// The choice of an example, which begins anew; the box always reads as its own label.
fn example_choice(language: Language, on_edit: &Callback<Edit>) -> Html {
    let words = language.words();
    let onchange = emit_some(on_edit, move |event: Event| {
        let select = event.target_unchecked_into::<HtmlSelectElement>();
        let index = usize::try_from(select.selected_index()).ok()?.checked_sub(1)?;
        select.set_selected_index(0);
        let experiment = Example::ALL.get(index)?.experiment(language).ok()?;
        Some(Edit::Open(Box::new(experiment.settings().clone())))
    });
    html! {
        <label class="example">
            <span>{ words.examples }</span>
            <select {onchange}>
                <option selected={true}>{ words.choose }</option>
                { for Example::ALL.into_iter().map(|example| html! {
                    <option key={(words.example)(example)}>{ (words.example)(example) }</option>
                }) }
            </select>
        </label>
    }
}

fn unit_choice(words: &Words, unit: Unit, on_edit: &Callback<Edit>) -> Html {
    let choices =
        [(Unit::Word, html! { words.word }), (Unit::Character, html! { words.character })];
    segments(words.unit, "unit", &choices, &unit, &on_edit.reform(Edit::Unit))
}

/// The choice of what the network is asked.
fn task_choice(words: &'static Words, task: &Task, on_edit: &Callback<Edit>) -> Html {
    let kinds = [
        (words.binary, Task::Binary { target: false }),
        (
            words.classes,
            Task::Classes { labels: words.first_labels.map(str::to_owned).to_vec(), target: 0 },
        ),
        (words.next_token, Task::NextToken),
    ];
    let onchange = {
        let tasks = kinds.clone().map(|(_, task)| task);
        emit_some(on_edit, move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            tasks.get(usize::try_from(index).ok()?).cloned().map(Edit::Task)
        })
    };
    html! {
        <label class="task">
            <span>{ words.task }</span>
            <select {onchange}>
                { for kinds.into_iter().map(|(name, kind)| html! {
                    <option key={name} selected={discriminant(&kind) == discriminant(task)}>
                        { name }
                    </option>
                }) }
            </select>
        </label>
    }
}

/// The right answer, and the labels where there are some.
fn target_choice(words: &Words, task: &Task, on_edit: &Callback<Edit>) -> Html {
    let parts = match task {
        Task::Binary { .. } => {
            let choices =
                [false, true].map(|target| (Task::Binary { target }, html! { u8::from(target) }));
            segments(words.target, "target", &choices, task, &on_edit.reform(Edit::Task))
        }
        Task::Classes { labels, target } => classes(words, labels, *target, on_edit),
        Task::NextToken => html! {},
    };
    html! { <div class="targets">{ parts }</div> }
}

/// The list of labels, and the choice of the right one.
fn classes(words: &Words, labels: &[String], target: usize, on_edit: &Callback<Edit>) -> Html {
    let on_labels = emit_some(on_edit, move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let labels: Vec<String> =
            input.value().split(',').map(|label| label.trim().to_owned()).collect();
        let target = target.min(labels.len() - 1);
        Some(Edit::Task(Task::Classes { labels, target }))
    });
    let on_target = {
        let labels = labels.to_vec();
        emit_some(on_edit, move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let target = usize::try_from(index).ok()?;
            Some(Edit::Task(Task::Classes { labels: labels.clone(), target }))
        })
    };
    html! {
        <>
            <label>
                <span>{ words.labels }</span>
                <input type="text" value={labels.join(", ")} onchange={on_labels} />
            </label>
            <label>
                <span>{ words.target }</span>
                <select onchange={on_target}>
                    { for labels.iter().enumerate().map(|(index, label)| html! {
                        <option key={index} selected={index == target}>{ label.clone() }</option>
                    }) }
                </select>
            </label>
        </>
    }
}

fn cells_stepper(words: &Words, cells: usize, on_edit: &Callback<Edit>) -> Html {
    let step = |cells: usize| on_edit.reform(move |_: MouseEvent| Edit::Cells(cells));
    html! {
        <div class="stepper" role="group" aria-label={words.cells}>
            <span>{ words.cells }</span>
            <div>
                <button
                    aria-label={words.fewer_cells}
                    title={words.fewer_cells}
                    disabled={cells <= 1}
                    onclick={step(cells.saturating_sub(1))}
                >{ "−" }</button>
                <output>{ cells }</output>
                <button
                    aria-label={words.more_cells}
                    title={words.more_cells}
                    disabled={cells >= MOST_CELLS}
                    onclick={step(cells + 1)}
                >{ "+" }</button>
            </div>
        </div>
    }
}

fn radius_slider(words: &Words, settings: &Settings, on_edit: &Callback<Edit>) -> Html {
    let radius = settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS);
    let oninput = emit_some(on_edit, |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Some(Edit::SpectralRadius(input.value_as_number()))
    });
    html! {
        <label class="radius">
            <span><span>{ prose(words.spectral_radius) }</span><output>{ format!("{radius:.2}") }</output></span>
            <input
                type="range"
                min="0"
                max={LARGEST_RADIUS.to_string()}
                step="0.05"
                value={radius.to_string()}
                {oninput}
            />
        </label>
    }
}

fn seed_box(words: &Words, seed: u64, on_edit: &Callback<Edit>) -> Html {
    let onchange = emit_some(on_edit, |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let seed = input.value().trim().parse().ok();
        seed.filter(|&seed| seed <= LARGEST_SEED).map(Edit::Seed)
    });
    let next = on_edit.reform(move |_: MouseEvent| Edit::Seed((seed + 1) % (LARGEST_SEED + 1)));
    html! {
        <div class="seed">
            <label for="seed">{ words.seed }</label>
            <div>
                <input
                    id="seed"
                    type="number"
                    min="0"
                    max={LARGEST_SEED.to_string()}
                    step="1"
                    value={seed.to_string()}
                    {onchange}
                />
                <button aria-label={words.next_seed} title={words.next_seed} onclick={next}>
                    { "↻" }
                </button>
            </div>
        </div>
    }
}
