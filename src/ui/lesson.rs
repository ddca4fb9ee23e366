//! The lesson: a panel with the text of a screen, its question or its task, beside the network.

mod drawing;
mod question;
mod task;

use super::{
    formula::{lesson_prose, set},
    surroundings::use_around,
    truth,
};
use crate::{
    browser,
    lesson::{
        Answer, Ask, Chapter, Kind, Place, Program, Progress, Prose, School, Scope, Screen,
        chapters, distance, is_same,
    },
    page::Act,
    rnn::{Bug, NoRatio, Parameter, Trace},
    session::Run,
    text::{Language, Words, numbers},
    training::Shared,
};
use drawing::FoldUnroll;
use question::QuestionCard;
use std::rc::Rc;
use task::TaskCard;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct LessonPanelProps {
    /// The run on the page.
    pub(super) run: Run,
    /// The training on the page, where the screen shows one.
    pub(super) training: Option<Shared>,
    /// How many updates of the screen's training have been made, and how many are at most, while it is
    /// made.
    pub(super) study: Option<(usize, usize)>,
    pub(super) progress: Rc<Progress>,
    pub(super) on_act: Callback<Act>,
}

/// The panel beside the network.
#[component]
pub(super) fn LessonPanel(props: &LessonPanelProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let LessonPanelProps { study, progress, on_act, .. } = props;
    let place = progress.place;
    let panel = use_node_ref();
    // The text speaks of the run of the screen, whatever became of the one on the page.
    let own = use_memo((place, language, study.is_some()), |&(place, language, waits)| {
        let (chapter, _) = place.of(chapters()).filter(|_| !waits)?;
        let run = chapter.experiment(place.screen, language).ok().map(Run::of)?;
        Some((run, chapter.schools(place.screen, language)))
    });
    let go = use_callback((on_act.clone(), panel.clone()), |place: Place, (on_act, panel)| {
        on_act.emit(Act::Go(place));
        if let Some(panel) = panel.cast::<HtmlElement>() {
            // Which brings it into view.
            browser::focus_child(&panel, "h2");
        }
    });
    let on_answer = use_callback(on_act.clone(), |answer: Option<Answer>, on_act| {
        on_act.emit(Act::Answer(answer));
    });
    let Some((chapter, screen)) = place.of(chapters()) else { return Html::default() };
    let text = if let Some(own) = own.as_ref() {
        text(props, (chapter, screen), own, &go, &on_answer, language)
    } else {
        let study = study.map(|(made, most)| words.lesson_studying(made, most));
        html! { <p class="study" role="status">{ for study }</p> }
    };
    html! {
        <section ref={panel} class="Lesson" aria-label={words.lesson_name()}>
            <div class="page">
                <h2 tabindex="-1">{ lesson_prose(chapter.title.of(language)) }</h2>
                { text }
            </div>
            { turn(progress, chapter, &go, words) }
        </section>
    }
}

/// What a screen says and asks below its heading.
fn text(
    props: &LessonPanelProps,
    (chapter, screen): (&Chapter, &Screen),
    (own, schools): &(Run, Vec<School>),
    go: &Callback<Place>,
    on_answer: &Callback<Option<Answer>>,
    language: Language,
) -> Html {
    let LessonPanelProps { run, training, progress, on_act, .. } = props;
    let (words, place) = (language.words(), progress.place);
    let scope = Scope::of(own, language).with(schools);
    let answer = progress.answer(chapters());
    let trained = training.as_ref().zip(schools.first());
    let changed = match trained {
        Some((training, school)) => screen.task().is_some() && training != school.run(),
        None => run.experiment() != own.experiment(),
    };
    let key = screen.name.clone();
    html! {
        <>
            <Contents key={key.clone()} progress={progress.clone()} on_act={on_act.clone()} go={go.clone()} />
            <p class="goal" hidden={place.screen > 0}>{ goal(chapter, language) }</p>
            <p class="recap" hidden={!screen.recap}>{ words.lesson_recap() }</p>
            <div class="say">{ paragraphs(&screen.say, &scope) }</div>
            <div hidden={screen.more.is_empty()}>
                { for screen.more.iter().enumerate().map(|(number, more)| html! {
                    <details class="fold-out" key={format!("{key}.{number}")}>
                        <summary>{ sentence(&more.title, &scope) }</summary>
                        <div class="say">{ paragraphs(&more.say, &scope) }</div>
                    </details>
                }) }
            </div>
            <div hidden={screen.figure.is_none()}>
                { for screen.figure.map(|_| html! { <FoldUnroll key={key.clone()} run={own.clone()} /> }) }
            </div>
            <div class="frame" hidden={screen.program.is_none()}>
                { for screen.program.map(|program| program_table(program, guess(screen, answer), own, words)) }
            </div>
            <div key={key.clone()}>
                { match screen.kind {
                    Kind::Look => Html::default(),
                    Kind::Answer(_) => html! {
                        <QuestionCard run={own.clone()} schools={schools.clone()} {place} {answer} on_answer={on_answer.clone()} />
                    },
                    Kind::Do(_) => html! {
                        <TaskCard
                            run={run.clone()}
                            schools={trained.map_or_else(Vec::new, |(training, school)| vec![school.with(training.clone())])}
                            {place} done={answer.is_some()} on_act={on_act.clone()} />
                    },
                } }
            </div>
            <p class="changed" hidden={!changed}>
                if screen.task().is_none() {
                    { words.lesson_changed() }
                    { " " }
                }
                <button onclick={on_act.reform(|_: MouseEvent| Act::PutBack)}>{ words.lesson_put_back() }</button>
            </p>
            <p class="finished" hidden={progress.next(chapters()).is_some()}>{ words.lesson_finished() }</p>
        </>
    }
}

/// What one can do after a chapter.
fn goal(chapter: &Chapter, language: Language) -> Html {
    lesson_prose(&language.words().lesson_goal(chapter.goal.of(language)))
}

/// The wrong guess at the bug of a program, which is set beside what is seen.
fn guess(screen: &Screen, answer: Option<Answer>) -> Option<Program> {
    let Ask::WhichBug(which) = &screen.question()?.kind else { return None };
    let Answer::Option(option) = answer? else { return None };
    let guess = Program(*which.offers().get(option)?);
    (Some(guess) != screen.program).then_some(guess)
}

/// Back and on, with the place between; they stay where they are whatever the text is.
fn turn(progress: &Progress, chapter: &Chapter, go: &Callback<Place>, words: &Words) -> Html {
    let place = progress.place;
    let button = |label: &'static str, class: &'static str, to: Option<Place>| {
        let onclick = to.map(|to| go.reform(move |_: MouseEvent| to));
        html! { <button {class} disabled={to.is_none()} {onclick}>{ label }</button> }
    };
    let next = progress.next(chapters());
    let ends = place.screen + 1 == chapter.screens.len();
    html! {
        <div class="turn">
            { button(words.lesson_back(), "back", progress.previous(chapters())) }
            <p class="place">
                { words.lesson_chapter(place.chapter + 1) }
                { ", " }
                { words.lesson_screen(place.screen + 1, chapter.screens.len()) }
            </p>
            { button(if ends { words.lesson_next_chapter() } else { words.lesson_next() }, "next", next) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct ContentsProps {
    progress: Rc<Progress>,
    on_act: Callback<Act>,
    go: Callback<Place>,
}

/// The list of the chapters, folded away.
#[component]
fn Contents(props: &ContentsProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let ContentsProps { progress, on_act, go } = props;
    let forget = on_act.reform(|_: MouseEvent| Act::Forget);
    let minutes: usize = chapters().iter().map(|chapter| chapter.minutes(language)).sum();
    html! {
        <details class="contents">
            <summary>{ words.lesson_contents() }</summary>
            <ol>
                { for chapters().iter().enumerate().map(|(number, chapter)| {
                    let here = number == progress.place.chapter;
                    let onclick =
                        go.reform(move |_: MouseEvent| Place { chapter: number, screen: 0 });
                    let seen = progress.seen(chapter);
                    let seen = if here { seen.max(1) } else { seen };
                    html! {
                        <li key={number}>
                            <button aria-current={here.then_some("step")} {onclick}>
                                <span>{ lesson_prose(chapter.title.of(language)) }</span>
                                <small>
                                    { words.lesson_minutes(chapter.minutes(language)) }
                                    { " · " }
                                    { words.lesson_seen(seen, chapter.screens.len()) }
                                </small>
                                <small class="goal">{ goal(chapter, language) }</small>
                            </button>
                        </li>
                    }
                }) }
            </ol>
            <p>{ words.lesson_minutes_all(minutes) }</p>
            <p hidden={!progress.lost}>{ words.lesson_lost() }</p>
            <p>{ words.lesson_forget_note() }{ " " }<button onclick={forget}>{ words.lesson_forget() }</button></p>
        </details>
    }
}

/// A text of a chapter with its numbers put in, paragraph by paragraph; one that begins with `> `
/// is a formula.
fn paragraphs(text: &Prose, scope: &Scope<'_>) -> Html {
    filled(text, scope)
        .trim()
        .split("\n\n")
        .map(|paragraph| match paragraph.strip_prefix("> ") {
            Some(formula) => html! { <p class="display">{ lesson_prose(formula) }</p> },
            None => html! { <p>{ emphasised(paragraph) }</p> },
        })
        .collect()
}

/// A text with its numbers put in. A test holds that every number of every text is there.
fn filled(text: &Prose, scope: &Scope<'_>) -> String {
    text.filled(scope).unwrap_or_default()
}

/// A sentence with its numbers put in.
fn sentence(text: &Prose, scope: &Scope<'_>) -> Html {
    emphasised(&filled(text, scope))
}

/// A sentence in which what stands between double asterisks is bold.
fn emphasised(sentence: &str) -> Html {
    sentence
        .split("**")
        .enumerate()
        .map(|(at, part)| match at % 2 {
            0 => lesson_prose(part),
            _ => html! { <b>{ lesson_prose(part) }</b> },
        })
        .collect()
}

/// What a program computes, tensor by tensor, against what the loss says.
fn program_table(program: Program, guess: Option<Program>, run: &Trace, words: &Words) -> Html {
    let right = run.full_gradient();
    let computed =
        |program: Program| program.0.map_or_else(|| right.clone(), |bug: Bug| bug.gradient(run));
    let (program, guess) = (computed(program), guess.map(computed));
    let share = |off: Result<f64, NoRatio>| match off {
        _ if is_same(off) => "✓".to_owned(),
        Ok(off) => format!("{} %", numbers::short_size(100.0 * off)),
        Err(reason) => words.no_ratio(reason).to_owned(),
    };
    let norm = |weights: &crate::rnn::Weights, parameter| {
        numbers::size(crate::rnn::weights::norm(weights.matrix(parameter).iter().copied()))
    };
    html! {
        <table class="program">
            <caption>{ words.lesson_program() }</caption>
            <thead>
                <tr>
                    <td />
                    <th scope="col">{ words.lesson_program_norm() }</th>
                    <th scope="col">{ words.lesson_measured_norm() }</th>
                    <th scope="col">{ words.lesson_difference() }</th>
                    { for guess.as_ref().map(|_| html! { <th scope="col">{ words.lesson_guessed() }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for Parameter::ALL.into_iter().map(|parameter| {
                    let off = distance(&program, &right, parameter);
                    let agrees = is_same(off);
                    html! {
                        <tr key={parameter.field()} data-agrees={truth(agrees)}>
                            <th scope="row">{ set(&format!("∂L/∂{}", parameter.symbol())) }</th>
                            <td>{ norm(&program, parameter) }</td>
                            <td>{ norm(&right, parameter) }</td>
                            <td class="off">{ share(off) }</td>
                            { for guess.as_ref().map(|guess| {
                                let off = distance(guess, &right, parameter);
                                html! { <td>{ share(off) }</td> }
                            }) }
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
