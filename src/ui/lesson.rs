//! The lesson: a panel with the text of a screen, its question or its task, beside the score.

mod question;
mod task;

use super::{
    formula::prose,
    surroundings::{use_around, use_words},
};
use crate::{
    address::Address,
    browser::{self, Preference},
    lesson::{Answer, Ask, Chapter, Place, Progress, Screen, Tool, chapters, distance, filled},
    rnn::{Bug, Parameter, Trace},
    session::{Action, Cursor, Run, Session, Timeline, View},
    text::{Language, numbers},
};
use question::QuestionCard;
use std::rc::Rc;
use task::TaskCard;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the lesson asks of the page.
pub(super) struct LessonState {
    pub(super) progress: Rc<Progress>,
    pub(super) on_progress: Callback<Progress>,
    /// What may not be seen before an answer.
    pub(super) gate: Option<Gate>,
    /// Whether the experiment is free to be set up.
    pub(super) free: bool,
    /// Whether a question waits for its answer.
    pub(super) asks: bool,
    /// The view on the stage.
    pub(super) stage: View,
    /// The tool of the laboratory that is shown alone.
    pub(super) tool: Option<Tool>,
}

/// The moment beyond which nothing may be seen, since a question asks to predict it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gate {
    timeline: Timeline,
    here: usize,
    last: usize,
}

impl Gate {
    /// What is left of `action`.
    pub(super) fn let_through(self, action: Action) -> Option<Action> {
        match action {
            Action::Play | Action::Update => None,
            Action::StepForward if self.here >= self.last => None,
            Action::GoToEnd => Some(Action::Seek(Cursor::at(self.last))),
            Action::Seek(cursor) if cursor.position > self.last => {
                Some(Action::Seek(Cursor::at(self.last)))
            }
            Action::Point(Some(spot)) | Action::Pin(spot)
                if spot
                    .moment()
                    .is_some_and(|moment| self.timeline.position(moment) > self.last) =>
            {
                None
            }
            action => Some(action),
        }
    }
}

/// The screen at `place`, with its chapter.
fn at(place: Place) -> Option<(&'static Chapter, &'static Screen)> {
    let chapter = chapters().get(place.chapter)?;
    Some((chapter, chapter.screens.get(place.screen)?))
}

/// Shows the screen of `progress`; one that is answered already, with what its answer revealed.
fn enter(progress: &Progress, language: Language, on_action: &Callback<Action>) {
    let Some((chapter, screen)) = at(progress.place) else { return };
    for action in chapter.actions(progress.place.screen, language) {
        on_action.emit(action);
    }
    let reveal = screen.question.as_ref().and_then(|question| question.reveal.as_ref());
    if let (Some(reveal), Some(_)) = (reveal, progress.answer())
        && let Ok(experiment) = chapter.experiment(progress.place.screen, language)
        && let Some(moment) = reveal.in_run(experiment.steps())
    {
        let position = Timeline::of(experiment.steps()).position(moment);
        on_action.emit(Action::Seek(Cursor::at(position)));
    }
}

/// How far the lesson has come, remembered on this device.
#[hook]
pub(super) fn use_lesson(
    opened: &Address,
    session: &Session,
    language: Language,
    act: &Callback<Action>,
) -> LessonState {
    let progress = use_state_eq(|| {
        let remembered = Preference::Lesson.read().unwrap_or_default();
        let progress = Progress::read(&remembered, chapters());
        Rc::new(opened.screen.map_or(progress.clone(), |place| progress.at(place)))
    });
    let on_progress = use_callback(progress.setter(), |next: Progress, progress| {
        if next == Progress::default() {
            Preference::Lesson.forget();
        } else {
            Preference::Lesson.write(&next.written());
        }
        progress.set(Rc::new(next));
    });
    let open = session.view() == View::Lesson;
    // A screen that comes with an experiment has it already.
    let entered =
        use_mut_ref(|| Some((opened.screen?, language)).filter(|_| opened.settings.is_some()));
    use_effect_with((open, progress.place, language), {
        let (progress, act) = (Rc::clone(&progress), act.clone());
        move |&(open, place, language)| {
            if open && *entered.borrow() != Some((place, language)) {
                *entered.borrow_mut() = Some((place, language));
                enter(&progress, language, &act);
            }
        }
    });
    let screen = at(progress.place).map(|(_, screen)| screen).filter(|_| open);
    let question =
        screen.and_then(|screen| screen.question.as_ref()).filter(|_| progress.answer().is_none());
    let timeline = session.timeline();
    let gate = question.and_then(|question| {
        question.reveal.as_ref()?;
        let moment = screen?.moment.as_ref()?.in_run(session.run().steps())?;
        let last = timeline.position(moment);
        Some(Gate { timeline, here: session.cursor().position.min(last), last })
    });
    LessonState {
        gate,
        asks: question.is_some(),
        tool: screen.and_then(|screen| screen.tool),
        free: screen.is_none_or(|screen| screen.task.is_some()),
        stage: match screen {
            Some(screen) => screen.view.unwrap_or_default(),
            None => session.view(),
        },
        progress: Rc::clone(&progress),
        on_progress,
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct LessonProps {
    /// The run on the page.
    pub(super) run: Run,
    pub(super) progress: Rc<Progress>,
    pub(super) on_progress: Callback<Progress>,
    pub(super) on_action: Callback<Action>,
}

/// The panel beside the score.
#[component]
pub(super) fn Lesson(props: &LessonProps) -> Html {
    let language = use_around().language;
    let words = &language.words().lesson;
    let LessonProps { run, progress, on_progress, on_action } = props;
    let place = progress.place;
    let panel = use_node_ref();
    // The text speaks of the run of the screen, whatever became of the one on the page.
    let own = use_memo((place, language), |&(place, language)| {
        let (chapter, _) = at(place)?;
        chapter.experiment(place.screen, language).ok().map(Run::of)
    });
    let go = {
        let (progress, on_progress, panel) =
            (Rc::clone(progress), on_progress.clone(), panel.clone());
        Callback::from(move |place: Place| {
            on_progress.emit(progress.at(place));
            if let Some(panel) = panel.cast::<HtmlElement>() {
                browser::bring_into_view(&panel);
                browser::focus_child(&panel, "h2");
            }
        })
    };
    let (Some((chapter, screen)), Some(own)) = (at(place), own.as_ref()) else {
        return Html::default();
    };
    let on_answer = {
        let (progress, on_progress) = (Rc::clone(progress), on_progress.clone());
        Callback::from(move |answer: Option<Answer>| on_progress.emit(progress.answered(answer)))
    };
    let put_back = {
        let (progress, on_action) = (Rc::clone(progress), on_action.clone());
        Callback::from(move |_: MouseEvent| enter(&progress, language, &on_action))
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
        <section ref={panel} class="Lesson" aria-label={words.name}>
            <p class="place">
                { (words.chapter)(place.chapter + 1) }
                { ", " }
                { (words.screen)(place.screen + 1, chapter.screens.len()) }
            </p>
            <h2 tabindex="-1">{ prose(chapter.title.of(language)) }</h2>
            <Contents key={key.clone()} progress={progress.clone()} on_progress={on_progress.clone()} go={go.clone()} />
            <div class="say">{ paragraphs(screen.say.of(language), own) }</div>
            <div hidden={screen.bug.is_none()}>
                { for screen.bug.map(|bug| program_table(bug, guess, own, words)) }
            </div>
            <div {key}>
                { for screen.question.as_ref().map(|_| html! {
                    <QuestionCard
                        run={own.clone()}
                        {place}
                        answer={progress.answer()}
                        on_answer={on_answer.clone()}
                        on_action={on_action.clone()}
                    />
                }) }
                { for screen.task.as_ref().map(|_| html! {
                    <TaskCard
                        run={run.clone()}
                        {place}
                        done={progress.answer().is_some()}
                        on_answer={on_answer.clone()}
                        on_action={on_action.clone()}
                    />
                }) }
            </div>
            <p class="changed" hidden={!changed}>
                if screen.task.is_none() {
                    { words.changed }
                    { " " }
                }
                <button onclick={put_back}>{ words.put_back }</button>
            </p>
            { turn(progress, chapter, &go, words) }
        </section>
    }
}

/// Back and on.
fn turn(
    progress: &Progress,
    chapter: &Chapter,
    go: &Callback<Place>,
    words: &crate::text::LessonWords,
) -> Html {
    let button = |label: &'static str, class: &'static str, to: Option<Place>| {
        let onclick = to.map(|to| go.reform(move |_: MouseEvent| to));
        html! { <button {class} disabled={to.is_none()} {onclick}>{ label }</button> }
    };
    let next = progress.next(chapters());
    let ends = progress.place.screen + 1 == chapter.screens.len();
    html! {
        <>
            <p class="finished" hidden={next.is_some()}>{ words.finished }</p>
            <div class="turn">
                { button(words.back, "back", progress.previous(chapters())) }
                { button(if ends { words.next_chapter } else { words.next }, "next", next) }
            </div>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct ContentsProps {
    progress: Rc<Progress>,
    on_progress: Callback<Progress>,
    go: Callback<Place>,
}

/// The list of the chapters, folded away.
#[component]
fn Contents(props: &ContentsProps) -> Html {
    let language = use_around().language;
    let words = &language.words().lesson;
    let ContentsProps { progress, on_progress, go } = props;
    let forget = on_progress.reform(|_: MouseEvent| Progress::default());
    html! {
        <details class="contents">
            <summary>{ words.contents }</summary>
            <ol>
                { for chapters().iter().enumerate().map(|(number, chapter)| {
                    let here = number == progress.place.chapter;
                    let onclick =
                        go.reform(move |_: MouseEvent| Place { chapter: number, screen: 0 });
                    let seen = if here { progress.seen(number).max(1) } else { progress.seen(number) };
                    html! {
                        <li key={number}>
                            <button aria-current={here.then_some("step")} {onclick}>
                                <span>{ prose(chapter.title.of(language)) }</span>
                                <small>{ (words.seen)(seen, chapter.screens.len()) }</small>
                            </button>
                        </li>
                    }
                }) }
            </ol>
            <p>{ words.forget_note }{ " " }<button onclick={forget}>{ words.forget }</button></p>
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
            Some(formula) => html! { <p class="display">{ prose(formula) }</p> },
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
            0 => prose(part),
            _ => html! { <b>{ prose(part) }</b> },
        })
        .collect()
}

/// What a broken program computes, tensor by tensor, against what the loss says.
fn program_table(
    bug: Bug,
    guess: Option<Bug>,
    run: &Trace,
    words: &crate::text::LessonWords,
) -> Html {
    let (program, right) = (bug.gradient(run), run.whole_gradient());
    let share =
        |off: f64| if off < 1e-9 { "✓".to_owned() } else { format!("{:.0} %", 100.0 * off) };
    let norm = |weights: &crate::rnn::Weights, parameter| {
        numbers::size(crate::rnn::weights::norm(weights.matrix(parameter).iter().copied()))
    };
    html! {
        <table class="program">
            <caption>{ words.program }</caption>
            <thead>
                <tr>
                    <td />
                    <th scope="col">{ words.program_norm }</th>
                    <th scope="col">{ words.measured_norm }</th>
                    <th scope="col">{ words.difference }</th>
                    { for guess.map(|_| html! { <th scope="col">{ words.guessed }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for Parameter::ALL.into_iter().map(|parameter| {
                    let off = distance(&program, &right, parameter);
                    let agrees = off < 1e-9;
                    html! {
                        <tr key={parameter.field()} data-agrees={agrees.to_string()}>
                            <th scope="row">{ prose(&format!("∂L/∂{}", parameter.letter())) }</th>
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
        Some(spot) if quantity.is_plain() => (words.spot)(spot, &run),
        _ => quantity.letters(run.steps()),
    }
}
