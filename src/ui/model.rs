//! A network out of a file: what was recognised in it, what it does not say, and whether its run agrees.

use super::{
    choice::Choice, explanation::CopyButton, formula::prose, setup::segments,
    surroundings::use_words, truth,
};
use crate::{
    browser,
    export::loader,
    page::Act,
    rnn::{
        Cell, StepUnit,
        model::{Answers, Listed, Model, ModelError, Verdict, list_of},
        settings::TaskKind,
    },
    session::{read_list, written_list},
};
use std::rc::Rc;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ModelDialogueProps {
    /// What was found in the file, if one is open.
    pub(super) found: Option<Rc<Result<Model, ModelError>>>,
    pub(super) on_act: Callback<Act>,
}

/// The dialogue, which opens by itself.
#[component]
pub(super) fn ModelDialogue(props: &ModelDialogueProps) -> Html {
    let words = use_words();
    let ModelDialogueProps { found, on_act } = props;
    let dialog = use_node_ref();
    use_effect_with((dialog.clone(), found.clone()), |(dialog, found)| {
        match dialog.cast::<HtmlDialogElement>() {
            Some(dialog) if found.is_some() => browser::show_modal(&dialog),
            Some(dialog) => browser::close(&dialog),
            None => {}
        }
    });
    let close = on_act.reform(|_: MouseEvent| Act::ShowModel(None));
    let onclose = on_act.reform(|_: Event| Act::ShowModel(None));
    html! {
        <dialog ref={dialog} class="Dialogue Model" aria-label={words.model()} {onclose}>
            <div class="head">
                <h2>{ words.model() }</h2>
                <button class="icon" aria-label={words.export_close()} title={words.export_close()} onclick={close}>
                    { "✕" }
                </button>
            </div>
            { match found.as_deref() {
                None => html! {},
                Some(Ok(model)) => html! { <Recognised model={model.clone()} on_act={on_act.clone()} /> },
                Some(Err(problem)) => html! {
                    <>
                        <p class="refused" role="alert">{ prose(&words.model_problem(problem)) }</p>
                        { for loader::way_out(problem).map(program) }
                    </>
                },
            } }
        </dialog>
    }
}

/// Lines of Python to be taken along.
fn program(text: &'static str) -> Html {
    html! {
        <>
            <pre>{ text }</pre>
            <CopyButton text={text.to_owned()} />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct RecognisedProps {
    model: Model,
    on_act: Callback<Act>,
}

/// What was recognised, and the questions that are left.
#[component]
fn Recognised(props: &RecognisedProps) -> Html {
    let words = use_words();
    let RecognisedProps { model, on_act } = props;
    let answers = use_state_eq(|| model.answers());
    let problem = use_state_eq(|| None::<ModelError>);
    let (tokens, labels) = (use_node_ref(), use_node_ref());
    let set = |change: fn(&mut Answers, usize, &Model)| {
        let (answers, model) = (answers.clone(), model.clone());
        Callback::from(move |chosen: usize| {
            let mut next = Answers::clone(&answers);
            change(&mut next, chosen, &model);
            answers.set(next);
        })
    };
    let on_unit = {
        let answers = answers.clone();
        Callback::from(move |unit| answers.set(Answers { unit, ..Answers::clone(&answers) }))
    };
    let pick = {
        let tokens = tokens.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let tokens = tokens.clone();
            browser::picked_file(&input, move |bytes| {
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                if let Some((area, text)) = tokens.cast::<HtmlTextAreaElement>().zip(text) {
                    browser::write_into(&area, &text);
                }
            });
        })
    };
    let show = {
        let (answers, model, problem) = (answers.clone(), model.clone(), problem.clone());
        let (tokens, labels, on_act) = (tokens.clone(), labels.clone(), on_act.clone());
        Callback::from(move |_: MouseEvent| {
            let mut given = Answers::clone(&answers);
            if let Some(area) = tokens.cast::<HtmlTextAreaElement>() {
                given.vocabulary = list_of(&area.value());
            }
            if let Some(area) = labels.cast::<HtmlTextAreaElement>() {
                given.labels = read_list(&area.value());
            }
            match model.experiment(&given) {
                Ok(experiment) => {
                    let settings = experiment.settings().clone();
                    on_act.emit(Act::ShowModel(Some(Box::new(settings))));
                }
                Err(wrong) => problem.set(Some(wrong)),
            }
        })
    };
    let units: Vec<_> = [
        (StepUnit::Word, html! { words.word() }),
        (StepUnit::Character, html! { words.character() }),
        (StepUnit::Number, html! { words.number() }),
    ]
    .into_iter()
    .filter(|(unit, _)| *unit != StepUnit::Number || model.embedding().is_none())
    .collect();
    let cells: Vec<Cell> = model.cells().collect();
    let tasks = model.tasks();
    let sizes = model.sizes();
    html! {
        <>
            <p>{ prose(&words.model_recognised(model, answers.cell)) }</p>
            <p class="verdict" data-checked={truth(model.verdict() != Verdict::NotChecked)}>
                { prose(&words.model_verdict(model.verdict())) }
            </p>
            { for model.embedding().map(|it| html! { <p>{ prose(&words.model_embedding(&it.name)) }</p> }) }
            if !model.has_output() {
                <p>{ prose(words.model_no_output()) }</p>
            }
            { tensors(words.model_taken(), model.taken()) }
            if !model.left().is_empty() {
                { tensors(words.model_left(), model.left()) }
            }
            if !model.is_complete() {
                <div class="questions">
                    if cells.len() > 1 {
                        <label>
                            <span>{ words.cell_kind() }</span>
                            <Choice
                                chosen={cells.iter().position(|cell| *cell == answers.cell).unwrap_or_default()}
                                on_choose={set(|answers, chosen, model| {
                                    answers.cell = model.cells().nth(chosen).unwrap_or(answers.cell);
                                })}
                            >
                                { for cells.iter().map(|cell| html! { <option key={cell.name()}>{ words.cell(*cell) }</option> }) }
                            </Choice>
                        </label>
                    }
                    { segments((words.time_step_is(), None), "model-unit", &units, &answers.unit, &on_unit) }
                    if answers.unit != StepUnit::Number {
                        <label>
                            <span>{ words.model_vocabulary(sizes.inputs) }</span>
                            <textarea
                                ref={tokens}
                                rows="4"
                                spellcheck="false"
                                autocomplete="off"
                                autocapitalize="off"
                                defaultvalue={answers.vocabulary.join("\n")}
                            />
                        </label>
                        <label>
                            <span>{ words.model_vocabulary_file() }</span>
                            <input type="file" accept=".txt,.json,text/plain,application/json" onchange={pick} />
                        </label>
                    }
                    <label>
                        <span>{ words.task() }</span>
                        <Choice
                            chosen={tasks.iter().position(|task| *task == answers.task).unwrap_or_default()}
                            on_choose={set(|answers, chosen, model| {
                                answers.task = model.tasks().get(chosen).copied().unwrap_or(answers.task);
                            })}
                        >
                            { for tasks.iter().map(|task| {
                                let name = words.kind_of_task(*task);
                                html! { <option key={name}>{ name }</option> }
                            }) }
                        </Choice>
                    </label>
                    if answers.task == TaskKind::Classes {
                        <label>
                            <span>{ words.labels() }</span>
                            <textarea
                                ref={labels}
                                rows="1"
                                spellcheck="false"
                                autocomplete="off"
                                defaultvalue={written_list(&answers.labels)}
                            />
                        </label>
                    }
                </div>
            }
            <p class="refused" role="alert" hidden={problem.is_none()}>
                { for problem.as_ref().map(|problem| prose(&words.model_problem(problem))) }
            </p>
            <button class="show" onclick={show}>{ words.model_show() }</button>
            if model.verdict() == Verdict::NotChecked {
                <details>
                    <summary>{ words.model_how_to_check() }</summary>
                    { program(loader::way_to_check(model.maker())) }
                </details>
            }
        </>
    }
}

/// A list of tensors, folded.
fn tensors(title: &'static str, all: &[Listed]) -> Html {
    let shape = |listed: &Listed| {
        let sides: Vec<String> = listed.shape.iter().map(ToString::to_string).collect();
        sides.join("×")
    };
    html! {
        <details>
            <summary>{ format!("{title} ({})", all.len()) }</summary>
            <ul>
                { for all.iter().map(|listed| html! {
                    <li key={listed.name.clone()}><code>{ &listed.name }</code>{ " " }{ shape(listed) }</li>
                }) }
            </ul>
        </details>
    }
}
