//! A task on the free score: the page sees from the run whether it is done.

use super::{at, sentence, use_name_of};
use crate::{
    lesson::Place,
    page::Act,
    session::{Action, Edit, Run},
    ui::{formula::prose, surroundings::use_around},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TaskProps {
    /// The run on the page.
    pub(super) run: Run,
    pub(super) place: Place,
    pub(super) done: bool,
    pub(super) on_act: Callback<Act>,
}

/// The task of a screen.
#[component]
pub(super) fn TaskCard(props: &TaskProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let TaskProps { run, place, done, on_act } = props;
    let name_of = use_name_of(run);
    let task = at(*place).and_then(|(_, screen)| screen.task.as_ref());
    let goals = task.map(|task| task.goal.as_slice()).unwrap_or_default();
    let Some(task) = task else { return Html::default() };
    let show = {
        let (run, on_act) = (run.clone(), on_act.clone());
        Callback::from(move |_: MouseEvent| {
            let solved = task.solution.applied_to(run.experiment.clone(), language);
            // A test holds that the solution can be made of the screen's own experiment.
            if let Ok(solved) = solved {
                let solved = Edit::Open(Box::new(solved.settings().clone()));
                on_act.emit(Action::Edit(solved).into());
            }
        })
    };
    let valued = |quantity: &crate::lesson::Quantity| {
        let name = name_of(quantity);
        match quantity.value(run).filter(|_| !quantity.is_constant()) {
            Some(value) => {
                html! { <>{ prose(&name) }{ " = " }<b>{ quantity.written(value) }</b></> }
            }
            None => html! { <b>{ prose(&name) }</b> },
        }
    };
    html! {
        <section class="Task" aria-label={words.lesson_task()}>
            <h3>{ words.lesson_task() }</h3>
            <p class="ask">{ sentence(task.text.of(language), run) }</p>
            <ul class="goals">
                { for goals.iter().enumerate().map(|(key, goal)| {
                    let reached = goal.holds(run) == Some(true);
                    html! {
                        <li {key} data-reached={reached.to_string()}>
                            <span role="img" aria-label={if reached { words.lesson_reached() } else { words.lesson_not_reached() }}>
                                { if reached { "✓" } else { "○" } }
                            </span>
                            <span>
                                { valued(&goal.left) }
                                { format!(" {} ", goal.sign) }
                                { valued(&goal.right) }
                            </span>
                        </li>
                    }
                }) }
            </ul>
            <p class="verdict" role="status" data-right="true">
                <b>{ if *done { words.lesson_done() } else { "" } }</b>
            </p>
            <details>
                <summary>{ words.lesson_hint() }</summary>
                <p>{ sentence(task.hint.of(language), run) }</p>
                <button onclick={show}>{ words.lesson_show_one_way() }</button>
            </details>
        </section>
    }
}
