//! The lesson: a panel with the text of a screen, its question or its task, beside the score.

mod question;
mod task;

use super::{
    formula::{lesson_prose, set},
    surroundings::{use_around, use_words},
};
use crate::{
    browser,
    lesson::{Answer, Ask, Chapter, Place, Progress, Screen, chapters, distance, filled, is_same},
    page::Act,
    rnn::{Bug, NoRatio, Parameter, Trace},
    session::Run,
    text::{self, Words, numbers},
};
use question::QuestionCard;
use std::rc::Rc;
use task::TaskCard;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The screen at `place`, with its chapter.
fn at(place: Place) -> Option<(&'static Chapter, &'static Screen)> {
    let chapter = chapters().get(place.chapter)?;
    Some((chapter, chapter.screens.get(place.screen)?))
}

#[derive(PartialEq, Properties)]
pub(super) struct LessonPanelProps {
    /// The run on the page.
    pub(super) run: Run,
    pub(super) progress: Rc<Progress>,
    pub(super) on_act: Callback<Act>,
}

/// The panel beside the score.
#[component]
pub(super) fn LessonPanel(props: &LessonPanelProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let LessonPanelProps { run, progress, on_act } = props;
    let place = progress.place;
    let panel = use_node_ref();
    // The text speaks of the run of the screen, whatever became of the one on the page.
    let own = use_memo((place, language), |&(place, language)| {
        let (chapter, _) = at(place)?;
        chapter.experiment(place.screen, language).ok().map(Run::of)
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
    let (Some((chapter, screen)), Some(own)) = (at(place), own.as_ref()) else {
        return Html::default();
    };
    // A guess that is wrong is set beside what is seen.
    let guess = match (screen.question.as_ref().map(|question| &question.kind), progress.answer()) {
        (Some(Ask::WhichBug(_)), Some(Answer::Option(guess))) => Bug::ALL.get(guess).copied(),
        _ => None,
    };
    let guess = guess.filter(|&guess| Some(guess) != screen.bug);
    let changed = run.experiment != own.experiment;
    let key = format!("{}.{}", place.chapter, place.screen);
    html! {
        <section ref={panel} class="Lesson" aria-label={words.lesson_name()}>
            <p class="place">
                { words.lesson_chapter(place.chapter + 1) }
                { ", " }
                { words.lesson_screen(place.screen + 1, chapter.screens.len()) }
            </p>
            <h2 tabindex="-1">{ lesson_prose(chapter.title.of(language)) }</h2>
            <Contents key={key.clone()} progress={progress.clone()} on_act={on_act.clone()} go={go.clone()} />
            <div class="say">{ paragraphs(screen.say.of(language), own) }</div>
            <div hidden={screen.bug.is_none()}>
                { for screen.bug.map(|bug| program_table(bug, guess, own, language.words())) }
            </div>
            <div {key}>
                { for screen.question.as_ref().map(|_| html! {
                    <QuestionCard
                        run={own.clone()}
                        {place}
                        answer={progress.answer()}
                        on_answer={on_answer.clone()}
                    />
                }) }
                { for screen.task.as_ref().map(|_| html! {
                    <TaskCard
                        run={run.clone()}
                        {place}
                        done={progress.answer().is_some()}
                        on_act={on_act.clone()}
                    />
                }) }
            </div>
            <p class="changed" hidden={!changed}>
                if screen.task.is_none() {
                    { words.lesson_changed() }
                    { " " }
                }
                <button onclick={on_act.reform(|_: MouseEvent| Act::PutBack)}>{ words.lesson_put_back() }</button>
            </p>
            { turn(progress, chapter, &go, words) }
        </section>
    }
}

/// Back and on.
fn turn(progress: &Progress, chapter: &Chapter, go: &Callback<Place>, words: &Words) -> Html {
    let button = |label: &'static str, class: &'static str, to: Option<Place>| {
        let onclick = to.map(|to| go.reform(move |_: MouseEvent| to));
        html! { <button {class} disabled={to.is_none()} {onclick}>{ label }</button> }
    };
    let next = progress.next(chapters());
    let ends = progress.place.screen + 1 == chapter.screens.len();
    html! {
        <>
            <p class="finished" hidden={next.is_some()}>{ words.lesson_finished() }</p>
            <div class="turn">
                { button(words.lesson_back(), "back", progress.previous(chapters())) }
                { button(if ends { words.lesson_next_chapter() } else { words.lesson_next() }, "next", next) }
            </div>
        </>
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
    html! {
        <details class="contents">
            <summary>{ words.lesson_contents() }</summary>
            <ol>
                { for chapters().iter().enumerate().map(|(number, chapter)| {
                    let here = number == progress.place.chapter;
                    let onclick =
                        go.reform(move |_: MouseEvent| Place { chapter: number, screen: 0 });
                    let seen = if here { progress.seen(number).max(1) } else { progress.seen(number) };
                    html! {
                        <li key={number}>
                            <button aria-current={here.then_some("step")} {onclick}>
                                <span>{ lesson_prose(chapter.title.of(language)) }</span>
                                <small>{ words.lesson_seen(seen, chapter.screens.len()) }</small>
                            </button>
                        </li>
                    }
                }) }
            </ol>
            <p>{ words.lesson_forget_note() }{ " " }<button onclick={forget}>{ words.lesson_forget() }</button></p>
        </details>
    }
}

/// A text of a chapter with its numbers put in, paragraph by paragraph; one that begins with `> `
/// is a formula.
fn paragraphs(text: &str, run: &Run) -> Html {
    // A test holds that every number of every text is there.
    let text = filled(text, run).unwrap_or_else(|_| text.to_owned());
    text.trim()
        .split("\n\n")
        .map(|paragraph| match paragraph.strip_prefix("> ") {
            Some(formula) => html! { <p class="display">{ lesson_prose(formula) }</p> },
            None => html! { <p>{ emphasised(paragraph) }</p> },
        })
        .collect()
}

/// A sentence with its numbers put in.
fn sentence(text: &str, run: &Run) -> Html {
    emphasised(&filled(text, run).unwrap_or_else(|_| text.to_owned()))
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

/// What a broken program computes, tensor by tensor, against what the loss says.
fn program_table(bug: Bug, guess: Option<Bug>, run: &Trace, words: &Words) -> Html {
    let (program, right) = (bug.gradient(run), run.full_gradient());
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
                    { for guess.map(|_| html! { <th scope="col">{ words.lesson_guessed() }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for Parameter::ALL.into_iter().map(|parameter| {
                    let off = distance(&program, &right, parameter);
                    let agrees = is_same(off);
                    html! {
                        <tr key={parameter.field()} data-agrees={agrees.to_string()}>
                            <th scope="row">{ set(&format!("∂L/∂{}", parameter.letter())) }</th>
                            <td>{ norm(&program, parameter) }</td>
                            <td>{ norm(&right, parameter) }</td>
                            <td class="off">{ share(off) }</td>
                            { for guess.map(|guess| {
                                let off = distance(&guess.gradient(run), &right, parameter);
                                html! { <td>{ share(off) }</td> }
                            }) }
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The name of a quantity: as the page calls it where it stands on the page.
#[hook]
fn use_name_of(run: &Run) -> impl Fn(&crate::lesson::Quantity) -> String + use<> {
    let words = use_words();
    let run = run.clone();
    move |quantity: &crate::lesson::Quantity| match quantity.spot(&run) {
        Some(spot) if quantity.is_plain() => words.spot(spot, &run),
        _ if quantity.is_constant() => quantity.letters(run.steps()),
        _ => text::formula(&quantity.letters(run.steps())),
    }
}
