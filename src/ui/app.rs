//! The whole page: one session, and the parts that show it.

use super::{
    around::{AddressProblems, Opened, present_address, use_address, use_host},
    chain::ChainView,
    chrome::header,
    explanation::Explanation,
    laboratory::Laboratory,
    lesson::{Lesson, use_lesson},
    score::Score,
    setup::Setup,
    surroundings::{Surroundings, use_surroundings},
    take::{Take, use_dropped_files},
    transport::Transport,
    weights::Matrices,
};
use crate::{
    address::{Embed, Part},
    browser::{self, Frames},
    rnn::Experiment,
    session::{Action, Cursor, Playback, Session, View},
};
use std::rc::Rc;
use yew::prelude::*;

/// Gives Yew's reducer trait to a session.
#[derive(Clone, PartialEq)]
struct Store(Session);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AppProps {
    /// The experiment on the first frame.
    pub experiment: Experiment,
    /// What the page was opened with; its experiment comes before the other.
    #[prop_or_default]
    pub opened: Opened,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = use_reducer_eq({
        let (experiment, opened) = (props.experiment.clone(), props.opened.clone());
        move || {
            let session = Session::new(experiment);
            let actions = opened.address.actions().into_iter();
            Store(actions.fold(session, |session, action| session.after(action)).begun())
        }
    });
    let act = use_callback(store.dispatcher(), |action, store| store.dispatch(action));
    let opened = &props.opened;
    let chooser = use_surroundings(&opened.address);
    let session = &store.0;
    let lesson = use_lesson(&opened.address, session, chooser.surroundings.language, &act);
    let problems = use_address(opened, session, &lesson.progress, &act);
    use_host(opened, session, &lesson.progress, &act);
    use_embedding(&opened.address.embed);
    let embed = use_memo(opened.address.embed.clone(), Embed::clone);
    let on_action =
        use_callback((act.clone(), lesson.gate, embed), |action: Action, (act, gate, embed)| {
            if !embed.allows(&action) {
                return;
            }
            let action = match gate {
                Some(gate) => gate.let_through(action),
                None => Some(action),
            };
            if let Some(action) = action {
                act.emit(action);
            }
        });
    use_frames(session.playback(), &on_action);
    use_keys(session.playback(), &on_action);
    use_dropped_files(&on_action);

    let around = &chooser.surroundings;
    let cursor = if around.still { session.cursor().settled() } else { session.cursor() };
    let moment = session.moment();
    html! {
        <ContextProvider<Surroundings> context={around.clone()}>
            { header(
                around,
                session,
                html! {
                    <Take
                        run={session.run().clone()}
                        {cursor}
                        shown={session.shown()}
                        scale={session.scale()}
                        address={present_address(session, &lesson.progress)}
                        on_action={on_action.clone()}
                    />
                },
                &on_action,
                &chooser.on_language,
                &chooser.on_theme,
            ) }
            if !problems.is_empty() {
                <AddressProblems
                    problems={(*problems).clone()}
                    on_close={
                        let setter = problems.setter();
                        Callback::from(move |()| setter.set(Vec::new()))
                    }
                />
            }
            <main data-moment={moment.to_string()}>
                if lesson.free {
                    <Setup
                        run={session.run().clone()}
                        draft={session.draft().clone()}
                        fixed={opened.address.embed.lock.clone()}
                        on_action={on_action.clone()}
                    />
                }
                <div
                    class="Stage"
                    data-view={format!("{:?}", lesson.stage).to_lowercase()}
                    data-lesson={(session.view() == View::Lesson).to_string()}
                    data-asks={lesson.asks.to_string()}
                    data-tool={lesson.tool.map(|tool| format!("{tool:?}").to_lowercase())}
                >
                    <div class="View">
                        { view(session, lesson.stage, cursor, &on_action) }
                        <Matrices
                            run={session.run().clone()}
                            focus={session.focus()}
                            on_action={on_action.clone()}
                        />
                    </div>
                    <div class="Beside">
                        if session.view() == View::Lesson {
                            <Lesson
                                run={session.run().clone()}
                                progress={lesson.progress.clone()}
                                on_progress={lesson.on_progress.clone()}
                                on_action={act}
                            />
                        }
                        if session.view() != View::Lesson || session.focus().is_some() {
                            <Explanation
                                run={session.run().clone()}
                                position={cursor.position}
                                quiet={session.playback() == Playback::Playing}
                                explained={session.explained()}
                                asked={session.focus().is_some()}
                                shown={session.shown()}
                                on_action={on_action.clone()}
                            />
                        }
                    </div>
                </div>
            </main>
            <Transport
                run={session.run().clone()}
                elapsed={cursor.elapsed()}
                playback={session.playback()}
                speed={session.speed()}
                held={lesson.gate.is_some()}
                {on_action}
            />
        </ContextProvider<Surroundings>>
    }
}

/// The view on the stage.
fn view(session: &Session, stage: View, cursor: Cursor, on_action: &Callback<Action>) -> Html {
    let run = session.run().clone();
    let on_action = on_action.clone();
    match stage {
        View::Score | View::Lesson => html! {
            <Score
                key="score"
                {run}
                {cursor}
                shown={session.shown()}
                scale={session.scale()}
                focus={session.focus()}
                glance={session.glance()}
                {on_action}
            />
        },
        View::Chain => html! {
            <ChainView key="chain" {run} moment={session.moment()} focus={session.focus()} {on_action} />
        },
        View::Laboratory => html! {
            <Laboratory key="laboratory" {run} place={session.weight_asked()} {on_action} />
        },
    }
}

/// Tells the page's styles what is hidden and fixed, and whether another page is around.
#[hook]
fn use_embedding(embed: &Embed) {
    use_effect_with(embed.clone(), |embed| {
        let hidden: Vec<&str> = embed.hidden().into_iter().map(Part::name).collect();
        let locked: Vec<&str> = embed.lock.iter().map(|control| control.name()).collect();
        browser::set_root("data-hide", &hidden.join(" "));
        browser::set_root("data-lock", &locked.join(" "));
        browser::set_root("data-embedded", &browser::is_embedded().to_string());
    });
}

/// Asks for animation frames while time runs, and for none while it stands still.
#[hook]
fn use_frames(playback: Playback, on_action: &Callback<Action>) {
    let running = playback != Playback::Paused;
    use_effect_with((running, on_action.clone()), |(running, on_action)| {
        let on_action = on_action.clone();
        let frames =
            running.then(|| Frames::each(move |elapsed| on_action.emit(Action::Tick { elapsed })));
        move || drop(frames)
    });
}

/// The keys that work wherever nothing else wants them.
#[hook]
fn use_keys(playback: Playback, on_action: &Callback<Action>) {
    use_effect_with((playback, on_action.clone()), |(playback, on_action)| {
        let (playback, on_action) = (*playback, on_action.clone());
        let subscription = browser::on_key(move |key| {
            let action = match key {
                " " if playback == Playback::Playing => Action::Pause,
                " " => Action::Play,
                "ArrowRight" => Action::StepForward,
                "ArrowLeft" => Action::StepBack,
                "Home" => Action::GoToStart,
                "End" => Action::GoToEnd,
                "Ctrl+z" => Action::Undo,
                "Ctrl+Shift+z" | "Ctrl+y" => Action::Redo,
                "1" => Action::Turn(View::Score),
                "2" => Action::Turn(View::Lesson),
                "3" => Action::Turn(View::Chain),
                "4" => Action::Turn(View::Laboratory),
                "Escape" => Action::LetGo,
                _ => return false,
            };
            on_action.emit(action);
            true
        });
        move || drop(subscription)
    });
}
