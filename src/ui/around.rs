//! The page in its surroundings: its address, and the page that embeds it.

use super::surroundings::use_words;
use crate::{
    address::{Address, AddressError, Notice, Request},
    browser,
    lesson::{self, Progress},
    session::{Action, Playback, Session, View},
};
use std::rc::Rc;
use yew::prelude::*;

/// What the page was opened with: its address, and what is wrong in it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Opened {
    /// What it says.
    pub address: Address,
    /// What it says wrongly.
    pub problems: Vec<AddressError>,
}

impl Opened {
    /// From the text behind the `?` or `#` of an address.
    pub fn with(text: &str) -> Self {
        let (address, problems) = Address::read(text);
        Self { address, problems }
    }
}

/// The address of what is on show now, which opens the same elsewhere.
pub(super) fn present_address(session: &Session, progress: &Progress) -> Address {
    let screen = (session.view() == View::Lesson).then_some(progress.place);
    Address::of(session, screen)
}

/// Keeps the address of the page as the learner changes things, and follows it when it is changed.
#[hook]
pub(super) fn use_address(
    opened: &Opened,
    session: &Session,
    progress: &Progress,
    act: &Callback<Action>,
) -> UseStateHandle<Vec<AddressError>> {
    let problems = use_state_eq(|| opened.problems.clone());
    let now = Address {
        language: opened.address.language,
        theme: opened.address.theme,
        embed: opened.address.embed.clone(),
        ..present_address(session, progress)
    };
    let first = use_memo((), |()| now.clone());
    let still = session.playback() == Playback::Paused;
    let changed = use_mut_ref(|| false);
    use_effect_with((now.clone(), still), move |(now, still)| {
        // A page that nothing has changed keeps the address it was opened with.
        let mut changed = changed.borrow_mut();
        *changed |= *now != *first;
        if *still && *changed {
            browser::set_address(&now.written());
        }
    });
    use_effect_with(act.clone(), {
        let setter = problems.setter();
        move |act| {
            let act = act.clone();
            let subscription = browser::on_address_change(move |text| {
                let Opened { address, problems } = Opened::with(&text);
                for action in address.actions() {
                    act.emit(action);
                }
                setter.set(problems);
            });
            move || drop(subscription)
        }
    });
    problems
}

/// Says what is wrong with the address, until it is put away.
#[component]
pub(super) fn AddressProblems(props: &AddressProblemsProps) -> Html {
    let words = use_words();
    let AddressProblemsProps { problems, on_close } = props;
    html! {
        <div class="AddressProblems" role="alert">
            <ul>
                { for problems.iter().enumerate().map(|(key, problem)| html! {
                    <li {key}>
                        { match problem {
                            AddressError::TooLong => words.address_too_long.to_owned(),
                            AddressError::Value { key, value } => (words.address_value)(key, value),
                            AddressError::Experiment(problem) => {
                                format!("{} {}", words.address_experiment, (words.problem)(problem))
                            }
                        } }
                    </li>
                }) }
            </ul>
            <button onclick={on_close.reform(|_: MouseEvent| ())}>{ words.take.close }</button>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct AddressProblemsProps {
    pub(super) problems: Vec<AddressError>,
    pub(super) on_close: Callback<()>,
}

/// Tells the page around what happens here, and does what it asks.
#[hook]
pub(super) fn use_host(
    opened: &Opened,
    session: &Session,
    progress: &Rc<Progress>,
    act: &Callback<Action>,
) {
    let origin = opened.address.embed.host.clone();
    let tell = use_callback(origin.clone(), |notice: Notice, origin: &Option<String>| {
        browser::tell_host(&notice.written(), origin.as_deref());
    });
    // The newest state, for whoever asks between two frames.
    let state = use_mut_ref(|| (session.clone(), Rc::clone(progress)));
    *state.borrow_mut() = (session.clone(), Rc::clone(progress));
    use_effect_with((), {
        let (tell, act, origin) = (tell.clone(), act.clone(), origin.clone());
        move |()| {
            let answer = tell.clone();
            let messages = browser::on_host_message(origin.clone(), move |json| {
                let Some(request) = Request::read(&json) else { return };
                if let Request::Get { id } = &request {
                    let (session, progress) = &*state.borrow();
                    answer.emit(Notice::State {
                        id: id.clone(),
                        address: present_address(session, progress).written(),
                        moment: session.moment().to_string(),
                        loss: session.run().forward.loss(),
                    });
                }
                for action in request.actions() {
                    act.emit(action);
                }
            });
            tell.emit(Notice::Ready);
            let sizes = browser::on_body_resize(move || {
                let height = browser::height();
                tell.emit(Notice::Height { height });
                // What learning platforms listen to.
                let frame = format!(r#"{{"subject":"lti.frameResize","height":{height}}}"#);
                browser::tell_host(&frame, origin.as_deref());
            });
            move || drop((messages, sizes))
        }
    });
    use_effect_with((session.moment(), tell.clone()), |(moment, tell)| {
        tell.emit(Notice::Moment { moment: moment.to_string() });
    });
    use_effect_with((session.run().clone(), tell.clone()), {
        let address = present_address(session, progress);
        move |(_, tell)| tell.emit(Notice::Experiment { address: address.written() })
    });
    let screen = (session.view() == View::Lesson).then_some(progress.place);
    use_effect_with((screen, tell.clone()), {
        let last = progress.next(lesson::chapters()).is_none();
        move |(screen, tell): &(Option<lesson::Place>, Callback<Notice>)| {
            if let Some(lesson::Place { chapter, screen }) = *screen {
                tell.emit(Notice::Screen { chapter: chapter + 1, screen: screen + 1, last });
            }
        }
    });
    use_effect_with((progress.place, progress.answer(), tell), {
        let right = is_right(progress);
        move |(place, answer, tell): &(lesson::Place, Option<lesson::Answer>, Callback<Notice>)| {
            if let (Some(answer), Some(right)) = (answer, right) {
                tell.emit(Notice::Answer {
                    chapter: place.chapter + 1,
                    screen: place.screen + 1,
                    right,
                    task: *answer == lesson::Answer::Done,
                });
            }
        }
    });
}

/// Whether the open screen is answered rightly; none if it is not answered.
fn is_right(progress: &Progress) -> Option<bool> {
    let answer = progress.answer()?;
    let chapter = lesson::chapters().get(progress.place.chapter)?;
    let screen = chapter.screens.get(progress.place.screen)?;
    let Some(question) = &screen.question else { return Some(true) };
    let language = super::surroundings::preferred_language();
    let experiment = chapter.experiment(progress.place.screen, language).ok()?;
    let run = crate::rnn::Trace::of(experiment);
    Some(question.verdict(screen, &run, answer)? == lesson::Verdict::Right)
}
