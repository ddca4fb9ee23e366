//! Where the experiment is set up. What cannot be run stays in its box, marked.

use super::{
    choice::Choice,
    emit_some,
    formula::{prose, set},
    surroundings::{use_around, use_words},
    term::{explained, term},
    truth,
};
use crate::{
    address::Control,
    browser,
    rnn::{
        Cell, Parameter, Reduction, Settings, Step, StepUnit, Targets, Task, Variable,
        chain::spectral_radius,
        experiment::{DEFAULT_KEEP_BIAS, DEFAULT_SPECTRAL_RADIUS},
        names::names,
    },
    session::{Action, Draft, Edit, LARGEST_SEED, Run, spliced, written_list},
    text::{Example, Term, Words, numbers, plain},
};
use std::{mem::discriminant, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The most units that the page shows.
const MOST_UNITS: usize = 32;
/// The largest spectral radius that the slider offers.
const LARGEST_RADIUS: f64 = 2.0;

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
    let settings = props.run.experiment().settings();
    let on_edit = use_callback(props.on_action.clone(), |edit, on_action: &Callback<Action>| {
        on_action.emit(Action::Edit(edit));
    });
    let rejected = match &props.draft {
        Draft::Accepted => None,
        Draft::Rejected { edit, .. } => Some(edit),
    };
    let fixed = |control: Control| props.fixed.contains(&control);
    let wrong_text = matches!(rejected, Some(Edit::Text(_)));
    let sequence_box = use_sequence_box(&settings.text, rejected.is_none(), wrong_text, &on_edit);
    html! {
        <section class="Setup" aria-label={words.experiment()}>
            { control(!props.fixed.is_empty(), html! {
                <ExampleChoice run={props.run.clone()} on_edit={on_edit.clone()} />
            }) }
            { control(fixed(Control::Text), html! {
                <>
                    { sequence_box }
                    { one_token(words, &props.run, &on_edit) }
                </>
            }) }
            // Where there is little room, these are one row that scrolls.
            <div class="choices">
                { control(fixed(Control::Text), unit_choice(words, settings.unit, &on_edit)) }
                { control(fixed(Control::Task), html! {
                    <>
                        { task_choice(words, &props.run, &on_edit) }
                        { target_choice(words, settings, rejected, &on_edit) }
                    </>
                }) }
                { control(fixed(Control::Cell), cell_choice(words, settings.cell, &on_edit)) }
                { control(fixed(Control::Units), units_stepper(words, settings.hidden, &on_edit)) }
                { control(fixed(Control::Start), html! {
                    <div class="initial">
                        <span>{ term(Term::InitialWeights, html! { words.initial_weights() }) }</span>
                        <Sheet summary={words.initial_random(&settings.seed.unwrap_or_default().to_string())}>
                            { seed_box(words, settings.seed.unwrap_or_default(), rejected, &on_edit) }
                            <Radius run={props.run.clone()} on_edit={on_edit.clone()} />
                            { keep_bias(words, settings.cell, settings.keep_bias.unwrap_or(DEFAULT_KEEP_BIAS), &on_edit) }
                            { start_state(words, settings, rejected, &on_edit) }
                        </Sheet>
                    </div>
                }) }
            </div>
        </section>
    }
}

/// The initial bias of the gate that keeps, where there is one.
pub(super) fn keep_bias(words: &Words, cell: Cell, bias: f64, on_edit: &Callback<Edit>) -> Html {
    let Some((gate, _)) = cell.recipe().keeps() else { return html! {} };
    let symbol = Parameter::Bias(gate).symbol();
    let label = term(Term::KeepBias, html! { <>{ words.keep_bias() }{ " " }{ set(&symbol) }</> });
    let name = (label, words.keep_bias().to_owned());
    slider(name, numbers::typed(bias), (-3.0, 5.0, 0.5), bias, &on_edit.reform(Edit::KeepBias))
}

/// The spectral radius of the initial weights; `shown` is what is written beside it.
pub(super) fn radius(
    words: &Words,
    cell: Cell,
    radius: f64,
    shown: String,
    on_edit: &Callback<Edit>,
) -> Html {
    let label = match cell.recipe().plain() {
        Some(_) => words.spectral_radius(),
        None => words.spectral_radius_gated(),
    };
    let name = (term(Term::SpectralRadius, prose(label)), plain(label));
    let on_change = on_edit.reform(Edit::SpectralRadius);
    slider(name, shown, (0.0, LARGEST_RADIUS, 0.05), radius, &on_change)
}

/// A slider with its label, which may explain itself, its name for a screen reader, and what it says; from
/// the least to the most in steps.
pub(super) fn slider(
    (label, name): (Html, String),
    shown: String,
    (least, most, step): (f64, f64, f64),
    value: f64,
    on_change: &Callback<f64>,
) -> Html {
    let oninput = on_change.reform(|event: InputEvent| {
        event.target_unchecked_into::<HtmlInputElement>().value_as_number()
    });
    html! {
        <label class="radius">
            <span>{ label }<output>{ shown }</output></span>
            <input
                type="range"
                aria-label={name}
                min={least.to_string()}
                max={most.to_string()}
                step={step.to_string()}
                value={value.to_string()}
                {oninput}
            />
        </label>
    }
}

/// The state with which the first step begins.
fn start_state(
    words: &Words,
    settings: &Settings,
    rejected: Option<&Edit>,
    on_edit: &Callback<Edit>,
) -> Html {
    let initial = settings.initial.clone().unwrap_or_default();
    let carried = settings.cell.recipe().carried();
    let of_variable = |of: Variable| {
        let numbers = if of == Variable::Memory { &initial.c } else { &initial.h };
        let refused = match rejected {
            Some(Edit::Start { of: other, typed }) if *other == of => Some(typed),
            _ => None,
        };
        let id = if of == Variable::Memory { "start-c" } else { "start-h" };
        let on_typed = on_edit.reform(move |typed| Edit::Start { of, typed });
        html! {
            <label class="start-state" key={id}>
                <span>{ words.start_state() }{ " " }{ set(&format!("{}⁽⁰⁾", of.symbol())) }</span>
                { typed_box(
                    id,
                    numbers.as_deref().map(listed).unwrap_or_default(),
                    refused,
                    Some(words.zeros()),
                    &on_typed,
                ) }
            </label>
        }
    };
    html! { { for carried.into_iter().map(of_variable) } }
}

/// Numbers as they are typed into a box.
fn listed(numbers: &[f64]) -> String {
    numbers.iter().map(|value| numbers::typed(*value)).collect::<Vec<_>>().join(", ")
}

/// The choice of the cell: the three that courses teach first, and the others behind a button.
pub(super) fn cell_choice(words: &Words, cell: Cell, on_edit: &Callback<Edit>) -> Html {
    let first = [Cell::Tanh, Cell::Lstm, Cell::Gru];
    let choices = first.map(|cell| (cell, html! { words.cell(cell) }));
    let on_cell = on_edit.reform(Edit::Cell);
    let others = Cell::ALL.into_iter().filter(|cell| !first.contains(cell));
    let more = if first.contains(&cell) { words.more_cells() } else { words.cell(cell) };
    html! {
        <div class="cells">
            { segments((words.cell_kind(), None), "cell", &choices, &cell, &on_cell) }
            <Sheet summary={more.to_owned()} lit={!first.contains(&cell)}>
                { for first.into_iter().chain(others).map(|other| html! {
                    <button
                        key={other.name()}
                        class="cell"
                        aria-pressed={truth(other == cell)}
                        onclick={on_cell.reform(move |_: MouseEvent| other)}
                    >
                        <b>{ words.cell(other) }</b>
                        <span>{ prose(words.cell_note(other)) }</span>
                    </button>
                }) }
            </Sheet>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct SheetProps {
    /// What the button says.
    pub(super) summary: String,
    /// Whether what is chosen is in it.
    #[prop_or_default]
    pub(super) lit: bool,
    pub(super) children: Children,
}

/// Controls that are rarely needed, behind a button that says what they are set to.
#[component]
pub(super) fn Sheet(props: &SheetProps) -> Html {
    // What is looked up in the surroundings says that the page renders.
    let _ = use_words();
    let node = use_node_ref();
    let fold = use_callback(node.clone(), |(), node| {
        if let Some(details) = node.cast::<Element>() {
            browser::fold(&details);
        }
    });
    let onfocusout = emit_some(&fold, {
        let node = node.clone();
        move |event: FocusEvent| {
            let gone_to = event.related_target().and_then(|it| it.dyn_into::<Element>().ok());
            (!node.get()?.contains(gone_to.as_deref())).then_some(())
        }
    });
    let onkeydown =
        emit_some(&fold, |event: KeyboardEvent| (event.key() == "Escape").then_some(()));
    html! {
        <details ref={node} {onfocusout} {onkeydown} data-lit={truth(props.lit)}>
            <summary>{ props.summary.clone() }</summary>
            // What has no focus of its own gives it to the sheet, which so stays.
            <div class="sheet" tabindex="-1">{ props.children.clone() }</div>
        </details>
    }
}

/// A control, which can be read and not used where it is fixed.
pub(super) fn control(fixed: bool, content: Html) -> Html {
    html! { <div class="control" inert={fixed}>{ content }</div> }
}

/// The text box. What stands in it belongs to the person: it is written only when the experiment
/// changed from elsewhere, and never in the middle of a composition.
#[hook]
fn use_sequence_box(text: &str, accepted: bool, wrong: bool, on_edit: &Callback<Edit>) -> Html {
    let words = use_words();
    let node = use_node_ref();
    use_effect_with((node.clone(), text.to_owned(), accepted), |(node, text, accepted)| {
        if !accepted {
            return;
        }
        if let Some(area) = node.cast::<HtmlTextAreaElement>()
            && spliced(text, &area.value()) != *text
        {
            browser::write_into(&area, text);
        }
    });
    let typed = use_callback((text.to_owned(), on_edit.clone()), {
        |shown: String, (text, on_edit): &(String, Callback<Edit>)| {
            on_edit.emit(Edit::Text(spliced(text, &shown).into()));
        }
    });
    use_effect_with((node.clone(), typed.clone()), |(node, typed)| {
        let subscription = node.cast::<HtmlTextAreaElement>().map(|area| {
            let (element, typed) = (area.clone(), typed.clone());
            browser::on_composition_end(&area, move || typed.emit(element.value()))
        });
        move || drop(subscription)
    });
    let oninput = emit_some(&typed, |event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        // Password managers and tests dispatch a plain event, which has no composition.
        let composing = event.dyn_ref().is_some_and(InputEvent::is_composing);
        (!composing).then(|| area.value())
    });
    // Enter is no token: who wants a line end types it with Shift.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
        }
    });
    html! {
        <label class="sequence">
            <span>{ words.sequence() }</span>
            <textarea
                ref={node}
                rows="1"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid={wrong.then_some("true")}
                aria-describedby={wrong.then_some("problem")}
                {oninput}
                {onkeydown}
            />
        </label>
    }
}

/// What to do with a text that is one word, as one without spaces is.
fn one_token(words: &Words, run: &Run, on_edit: &Callback<Edit>) -> Html {
    let settings = run.experiment().settings();
    let tokens = run.experiment().sequence().tokens();
    let long = tokens.len() == 1
        && settings.unit == StepUnit::Word
        && StepUnit::Character.split(&settings.text).nth(1).is_some();
    html! {
        <p class="hint" hidden={!long}>
            { words.one_token() }
            { " " }
            <button onclick={on_edit.reform(|_: MouseEvent| Edit::StepUnit(StepUnit::Character))}>
                { words.take_characters() }
            </button>
        </p>
    }
}

/// A choice of one out of a few, as buttons side by side.
pub(super) fn segments<T: Clone + PartialEq + 'static>(
    (label, term): (&'static str, Option<Term>),
    name: &'static str,
    choices: &[(T, Html)],
    chosen: &T,
    on_choose: &Callback<T>,
) -> Html {
    html! {
        <fieldset class="segments">
            <legend>{ explained(term, prose(label)) }</legend>
            <div>
                { for choices.iter().enumerate().map(|(index, (value, label))| {
                    let onchange = on_choose.reform({
                        let value = value.clone();
                        move |event: Event| {
                            browser::leave_unseen(&event);
                            value.clone()
                        }
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

#[derive(PartialEq, Properties)]
struct ExampleChoiceProps {
    run: Run,
    on_edit: Callback<Edit>,
}

/// The choice of an example, which begins anew, and the name of the one that is on show as it was.
#[component]
fn ExampleChoice(props: &ExampleChoiceProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let shown = use_memo((props.run.clone(), language), |(run, language)| {
        let settings = run.experiment().settings();
        Example::ALL.into_iter().position(|example| {
            example.experiment(*language).is_ok_and(|example| example.settings() == settings)
        })
    });
    let on_choose = emit_some(&props.on_edit, move |index: usize| {
        let experiment = Example::ALL.get(index.checked_sub(1)?)?.experiment(language).ok()?;
        Some(Edit::Open(Box::new(experiment.settings().clone())))
    });
    html! {
        <label class="example">
            <span>{ words.examples() }</span>
            <Choice chosen={shown.map_or(0, |at| at + 1)} {on_choose}>
                <option>{ words.choose() }</option>
                { for Example::ALL.into_iter().map(|example| html! {
                    <option key={words.example(example)}>{ plain(words.example(example)) }</option>
                }) }
            </Choice>
        </label>
    }
}

fn unit_choice(words: &'static Words, unit: StepUnit, on_edit: &Callback<Edit>) -> Html {
    let units = [
        (words.word(), StepUnit::Word),
        (words.character(), StepUnit::Character),
        (words.number(), StepUnit::Number),
    ];
    let chosen = units.iter().position(|(_, other)| *other == unit).unwrap_or_default();
    let on_choose = emit_some(on_edit, move |at: usize| Some(Edit::StepUnit(units.get(at)?.1)));
    html! {
        <label class="unit">
            <span>{ term(Term::TimeStep, html! { words.time_step_is() }) }</span>
            <Choice {chosen} {on_choose}>
                { for units.into_iter().map(|(name, _)| html! { <option key={name}>{ name }</option> }) }
            </Choice>
        </label>
    }
}

/// The choice of what the network is asked, and whether at the last step or at each.
fn task_choice(words: &'static Words, run: &Run, on_edit: &Callback<Edit>) -> Html {
    let task = &run.experiment().settings().task;
    let kinds = [
        (words.binary(), words.binary_each(), Task::binary(false)),
        (words.classes(), words.classes_each(), Task::classes(words.first_labels(), 0)),
        (words.values(), words.values_each(), Task::Values { targets: Targets::Last(vec![1.0]) }),
    ];
    let steps = run.experiment().sequence().tokens().len();
    let own = |kind: &Task| discriminant(kind) == discriminant(task);
    // What this task has already stays; another begins with targets of its own.
    let edit = |kind: &Task, each: bool| match (own(kind), each) {
        (true, each) => Edit::EveryStep(each),
        (false, false) => Edit::Task(kind.clone()),
        (false, true) => Edit::Task(kind.at_each(steps)),
    };
    let next = (words.next_token(), Edit::Task(Task::NextToken), *task == Task::NextToken);
    let asked = |kind: &Task, each: bool| own(kind) && task.asks_each_step() == each;
    let mut choices: Vec<(&str, Edit, bool)> = kinds
        .iter()
        .map(|(at_last, _, kind)| (*at_last, edit(kind, false), asked(kind, false)))
        .collect();
    choices.push(next);
    choices.extend(
        kinds.iter().map(|(_, at_each, kind)| (*at_each, edit(kind, true), asked(kind, true))),
    );
    // The tasks that ask one question stand first, regression behind the next token.
    choices.swap(2, 3);
    let chosen = choices.iter().position(|(.., is_asked)| *is_asked).unwrap_or_default();
    let on_choose = {
        let edits: Vec<Edit> = choices.iter().map(|(_, edit, _)| edit.clone()).collect();
        emit_some(on_edit, move |index: usize| edits.get(index).cloned())
    };
    html! {
        <label class="task">
            <span>{ words.task() }</span>
            <Choice {chosen} {on_choose}>
                { for choices.iter().map(|(name, ..)| html! { <option key={*name}>{ *name }</option> }) }
            </Choice>
        </label>
    }
}

/// The right answer, and the labels where there are some; how the losses of all steps become one.
fn target_choice(
    words: &Words,
    settings: &Settings,
    rejected: Option<&Edit>,
    on_edit: &Callback<Edit>,
) -> Html {
    let task = &settings.task;
    let question = words.question(settings);
    let parts = match task {
        Task::Binary { targets: Targets::Last(_) } => {
            let choices = [false, true].map(|target| {
                let meaning = words.target_meaning(settings, usize::from(target));
                let meaning = meaning.map(|meaning| format!(" {meaning}"));
                (Task::binary(target), html! { <>{ u8::from(target) }{ for meaning }</> })
            });
            let label = (question, Some(Term::Target));
            segments(label, "target", &choices, task, &on_edit.reform(Edit::Task))
        }
        Task::Classes { labels, targets } => {
            let target = match targets {
                Targets::Last(target) => Some(*target),
                Targets::Each(_) => None,
            };
            classes(words, question, labels, target, rejected, on_edit)
        }
        Task::Values { targets: Targets::Last(target) } => {
            let refused = match rejected {
                Some(Edit::Target { typed, .. }) => Some(typed),
                _ => None,
            };
            let on_typed = on_edit.reform(|typed| Edit::Target { step: Step::FIRST, typed });
            html! {
                <label>
                    <span>{ term(Term::Target, prose(question)) }</span>
                    { typed_box("value-target", listed(target), refused, None, &on_typed) }
                </label>
            }
        }
        Task::Binary { .. } | Task::Values { .. } => html! {},
        Task::NextToken => html! {
            <p class="asked"><span>{ prose(question) }</span>{ " " }<b>{ words.every_step() }</b></p>
        },
    };
    html! {
        <div class="targets">
            { parts }
            if task.asks_each_step() {
                { reduction(words, settings, on_edit) }
            }
        </div>
    }
}

/// Whether L is the sum of the losses of all steps, or their mean.
fn reduction(words: &Words, settings: &Settings, on_edit: &Callback<Edit>) -> Html {
    let choices = [
        (Reduction::Sum, html! { words.reduction_sum() }),
        (Reduction::Mean, html! { words.reduction_mean() }),
    ];
    segments(
        (words.reduction(), Some(Term::Loss)),
        "reduction",
        &choices,
        &settings.reduction.unwrap_or(Reduction::Sum),
        &on_edit.reform(Edit::Reduction),
    )
}

/// A box whose text becomes an edit when it is left; what was refused stays in it.
pub(super) fn typed_box(
    id: &'static str,
    accepted: String,
    refused: Option<&Rc<str>>,
    placeholder: Option<&'static str>,
    on_typed: &Callback<Rc<str>>,
) -> Html {
    let onchange = emit_some(on_typed, |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Some(input.value().into())
    });
    html! {
        <input
            {id}
            type="text"
            autocomplete="off"
            {placeholder}
            value={refused.map_or(accepted, ToString::to_string)}
            aria-invalid={refused.is_some().then_some("true")}
            aria-describedby={refused.is_some().then_some("problem")}
            {onchange}
        />
    }
}

/// The list of labels, and the choice of the right one.
fn classes(
    words: &Words,
    question: &str,
    labels: &[String],
    target: Option<usize>,
    rejected: Option<&Edit>,
    on_edit: &Callback<Edit>,
) -> Html {
    let refused = match rejected {
        Some(Edit::Labels(list)) => Some(list),
        _ => None,
    };
    let on_choose = {
        let labels = labels.to_vec();
        on_edit.reform(move |target| Edit::Task(Task::classes(labels.clone(), target)))
    };
    html! {
        <>
            <label>
                <span>{ words.labels() }</span>
                { typed_box("labels", written_list(labels), refused, None, &on_edit.reform(Edit::Labels)) }
            </label>
            if let Some(target) = target {
                <label>
                    <span>{ term(Term::Target, prose(question)) }</span>
                    <Choice chosen={target} {on_choose}>
                        { for names(labels).into_iter().enumerate().map(|(index, label)| html! {
                            <option key={index}>{ label }</option>
                        }) }
                    </Choice>
                </label>
            }
        </>
    }
}

pub(super) fn units_stepper(words: &Words, units: usize, on_edit: &Callback<Edit>) -> Html {
    let step = |units: usize| on_edit.reform(move |_: MouseEvent| Edit::Units(units));
    html! {
        <div class="stepper" role="group" aria-label={words.units()}>
            <span>{ term(Term::HiddenUnit, html! { words.units() }) }</span>
            <div>
                <button
                    aria-label={words.fewer_units()}
                    title={words.fewer_units()}
                    disabled={units <= 1}
                    onclick={step(units.saturating_sub(1))}
                >{ "−" }</button>
                <output>{ units }</output>
                <button
                    aria-label={words.more_units()}
                    title={words.more_units()}
                    disabled={units >= MOST_UNITS}
                    onclick={step(units + 1)}
                >{ "+" }</button>
            </div>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RadiusProps {
    run: Run,
    on_edit: Callback<Edit>,
}

/// The spectral radius that W₁ₕ has, and the slider of the one that it begins with.
#[component]
fn Radius(props: &RadiusProps) -> Html {
    let words = use_words();
    let settings = props.run.experiment().settings();
    let radius = settings.spectral_radius.unwrap_or(DEFAULT_SPECTRAL_RADIUS);
    // Weights that were given or learnt have one of their own.
    let real = use_memo(props.run.clone(), |run| {
        let given = run.experiment().settings().weights.as_ref();
        given.map(|weights| {
            spectral_radius(weights.matrix(run.experiment().recipe().main_parameter()))
        })
    });
    let shown = match *real {
        Some(real) => words.real_radius(&numbers::size(real), &format!("{radius:.2}")),
        None => format!("{radius:.2}"),
    };
    self::radius(words, settings.cell, radius, shown, &props.on_edit)
}

pub(super) fn seed_box(
    words: &Words,
    seed: u64,
    rejected: Option<&Edit>,
    on_edit: &Callback<Edit>,
) -> Html {
    let refused = match rejected {
        Some(Edit::SeedTyped(typed)) => Some(typed),
        _ => None,
    };
    let next = on_edit.reform(move |_: MouseEvent| Edit::Seed((seed + 1) % (LARGEST_SEED + 1)));
    html! {
        <div class="seed">
            <label for="seed">{ words.seed() }</label>
            <div>
                { typed_box("seed", seed.to_string(), refused, None, &on_edit.reform(Edit::SeedTyped)) }
                <button aria-label={words.next_seed()} title={words.next_seed()} onclick={next}>
                    { "↻" }
                </button>
            </div>
        </div>
    }
}
