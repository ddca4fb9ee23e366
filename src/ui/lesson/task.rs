//! A task on the page: it sees from the run whether it is done.

use super::{filled, sentence};
use crate::{
    lesson::{Expression, Goal, Place, School, Scope, Screen, Sign, chapters},
    page::Act,
    session::{Action, Edit, Run},
    text::Words,
    ui::{formula::lesson_prose, surroundings::use_around, truth},
};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TaskProps {
    /// The run on the page.
    pub(super) run: Run,
    /// The training on the page, where it is one.
    pub(super) schools: Vec<School>,
    pub(super) place: Place,
    pub(super) done: bool,
    pub(super) on_act: Callback<Act>,
}

/// The task of a screen.
#[component]
pub(super) fn TaskCard(props: &TaskProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let TaskProps { run, schools, place, done, on_act } = props;
    let place = *place;
    let scope = Scope::of(run, language).with(schools);
    let screen = place.of(chapters()).map(|(_, screen)| screen);
    let Some(task) = screen.and_then(Screen::task) else { return Html::default() };
    let show = {
        let (run, on_act) = (run.clone(), on_act.clone());
        Callback::from(move |_: MouseEvent| {
            let course = place
                .of(chapters())
                .and_then(|(chapter, _)| chapter.solution(place.screen, language));
            if let Some(course) = course {
                for command in course.commands() {
                    on_act.emit(command.into());
                }
                return;
            }
            let solved = task.solution.applied_to(run.experiment().clone(), language);
            // A test holds that the solution can be made of the screen's own experiment.
            if let Ok(solved) = solved {
                let solved = Edit::Open(Box::new(solved.settings().clone()));
                on_act.emit(Action::Edit(solved).into());
            }
        })
    };
    html! {
        <section class="Task" aria-label={words.lesson_task()}>
            <h3>{ words.lesson_task() }</h3>
            <p class="ask">{ sentence(&task.text, &scope) }</p>
            <ul class="goals">
                { for task.goal.iter().enumerate().map(|(key, goal)| {
                    let reached = goal.is.holds(&scope) == Some(true);
                    html! {
                        <li {key} data-reached={truth(reached)}>
                            <span role="img" aria-label={if reached { words.lesson_reached() } else { words.lesson_not_reached() }}>
                                { if reached { "✓" } else { "○" } }
                            </span>
                            <span>
                                { sentence(&goal.label, &scope) }
                                { " — " }
                                <b>{ words.lesson_now(&value(&goal.is.left, &scope)) }</b>
                                { " · " }
                                { lesson_prose(&wanted(goal, &scope, words)) }
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
                <p>{ sentence(&task.hint, &scope) }</p>
                <button onclick={show}>{ words.lesson_show_one_way() }</button>
            </details>
        </section>
    }
}

/// A number of the run as it is now; a dash where the run has none, as where a goal was not reached.
fn value(of: &Expression, scope: &Scope<'_>) -> String {
    let value = of.value(scope).filter(|value| value.is_finite());
    value.map_or_else(|| "–".to_owned(), |value| of.written(value))
}

/// What a number must become: “wanted: more than at step 3 (0.35)”.
fn wanted(goal: &Goal, scope: &Scope<'_>, words: &Words) -> String {
    let Some((sign, right)) = goal.is.wanted() else { return String::new() };
    let number = value(right, scope);
    let bound = match &goal.than {
        Some(than) => format!("{} ({number})", filled(than, scope)),
        None => number,
    };
    match sign {
        Sign::More => words.lesson_wanted_more(&bound),
        Sign::Less => words.lesson_wanted_less(&bound),
        Sign::AtLeast => words.lesson_wanted_at_least(&bound),
        Sign::AtMost => words.lesson_wanted_at_most(&bound),
        Sign::Equal => words.lesson_wanted_equal(&bound),
        Sign::About => words.lesson_wanted_about(&bound),
        Sign::Different => words.lesson_wanted_other(&bound),
    }
}
