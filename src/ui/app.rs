//! The whole page: one value, and the parts that show it.

use super::{
    around::{Now, use_address, use_host, use_keys},
    chain::ChainView,
    chrome::header,
    explanation::Explanation,
    export::{Export, use_dropped_files},
    laboratory::Laboratory,
    lesson::LessonPanel,
    model::ModelDialogue,
    notices::Notices,
    score::Score,
    setup::Setup,
    surroundings::{Surroundings, use_around, use_later, use_memory, use_surroundings},
    term::Glossary,
    train::{
        RaceView, Rivals, Train, TrainPanel, TrainSetup, TrainSetupProps, TrainTransport,
        use_shown, use_training_frames,
    },
    transport::Transport,
    truth,
    weights::Matrices,
};
use crate::{
    address::{Alone, Embed, Part},
    browser::{self, Frames},
    figure::{self, Lane, UpdateLane},
    lesson::{Study, TrainingPart},
    page::{Act, Page},
    session::{Action, Control, Cursor, Focus, Playback, Session, Timeline, View},
    training::{Command, Learning},
};
use std::{cell::RefCell, rc::Rc};
use yew::prelude::*;

/// Gives Yew's reducer trait to a page.
#[derive(Clone)]
struct Store {
    page: Rc<Page>,
    /// The same for whoever asks before it is shown.
    now: Now,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page
    }
}

impl Reducible for Store {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let page = Rc::new(self.page.after(act));
        self.now.replace(Rc::clone(&page));
        Rc::new(Self { page, now: Rc::clone(&self.now) })
    }
}

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AppProps {
    /// All of it.
    pub page: Page,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = use_reducer_eq({
        let page = Rc::new(props.page.clone());
        move || Store { now: Rc::new(RefCell::new(Rc::clone(&page))), page }
    });
    let on_act = use_callback(store.dispatcher(), |act, store| store.dispatch(act));
    let on_action = use_callback(on_act.clone(), |action: Action, act| act.emit(action.into()));
    let (page, now) = (&store.page, &store.now);

    let around = use_surroundings(page, &on_act);
    use_later(page, &on_act);
    use_memory(page, &on_act);
    use_address(page, now, &on_act);
    use_host(page, now, &on_act);
    use_embedding(page.embed(), page.locks(), page.device().embedded);
    use_keys(now, &on_act);
    use_dropped_files(&on_act);
    let session = page.session();
    use_frames(session.playback(), &on_action);
    use_training_frames(page.is_training(), &on_act);
    let learning = use_shown(page.learning(), page.device().still);
    let learning = learning.as_ref().filter(|_| page.is_in_training());
    // Everything listens: from here on no key is lost.
    use_effect_with((), |()| browser::set_root("data-ready", "true"));
    let link = use_callback((), {
        let now = Rc::clone(now);
        move |(): (), ()| now.borrow().link()
    });

    let newest = use_callback((), {
        let now = Rc::clone(now);
        move |(): (), ()| now.borrow().session().focus()
    });

    let cursor = if page.device().still { session.cursor().settled() } else { session.cursor() };
    let export = html! {
        <Export
            run={session.run().clone()}
            {cursor}
            shown={session.shown()}
            scale={session.scale()}
            looks={Rc::clone(page.looks())}
            asks={page.is_in_lesson() && page.lesson().asks()}
            training={learning.cloned()}
            {link}
            on_act={on_act.clone()}
        />
    };
    let stop = if page.is_in_training() {
        on_act.reform(|_: MouseEvent| Command::Pause.into())
    } else {
        on_action.reform(|_: MouseEvent| Action::Pause)
    };
    html! {
        <ContextProvider<Surroundings> context={around}>
            <Within>
            { header(page, export, &on_act) }
            <Notices
                problems={Rc::clone(page.problems())}
                draft={session.draft().clone()}
                said={page.said()}
                fetch={page.fetch()}
                on_act={on_act.clone()}
            />
            <ModelDialogue found={page.model().cloned()} on_act={on_act.clone()} />
            <main
                data-moment={page.stage().to_string()}
                data-overview={truth(page.has_overview())}
                data-lesson={truth(page.is_in_lesson())}
                data-task={truth(page.is_in_lesson() && page.lesson().has_task())}
            >
                if let Some(learning) = learning.filter(|_| page.is_free()) {
                    <TrainSetup ..TrainSetupProps::of(learning, page.locks(), &on_act) />
                } else if learning.is_none() && page.is_free() {
                    <Setup
                        run={session.run().clone()}
                        draft={session.draft().clone()}
                        fixed={page.locks()}
                        on_action={on_action.clone()}
                    />
                }
                { desk(page, learning, cursor, &newest, &on_act, &on_action) }
            </main>
            if let (Some(learning), Some(now)) = (learning, page.learning()) {
                <TrainTransport
                    key="training"
                    learning={learning.clone()}
                    motion={now.motion()}
                    on_act={on_act.clone()}
                />
            } else {
                <Transport
                    key="run"
                    run={session.run().clone()}
                    elapsed={cursor.elapsed()}
                    playback={session.playback()}
                    speed={session.speed()}
                    held={page.held_at().is_some()}
                    on_action={on_action.clone()}
                />
            }
            <Glossary />
            // What moves can be stopped, whatever is hidden.
            <button
                class="stop"
                hidden={page.shows(Part::Transport) || !page.is_moving()}
                onclick={stop}
            >{ page.language().words().playback(Playback::Playing) }</button>
            </Within>
        </ContextProvider<Surroundings>>
    }
}

#[derive(PartialEq, Properties)]
struct WithinProps {
    children: Children,
}

/// All of the page's nodes, within the surroundings: made by a component that asks for them.
#[component]
fn Within(props: &WithinProps) -> Html {
    use_around();
    html! { <>{ props.children.clone() }</> }
}

/// What is looked at, and what stands beside it.
fn desk(
    page: &Page,
    learning: Option<&Learning>,
    cursor: Cursor,
    newest: &Callback<(), Option<Focus>>,
    on_act: &Callback<Act>,
    on_action: &Callback<Action>,
) -> Html {
    let in_lesson = page.is_in_lesson();
    let (kind, name) = match learning {
        Some(_) => ("train", "train".to_owned()),
        None => ("run", format!("{:?}", page.view_on_show()).to_ascii_lowercase()),
    };
    let (seen, beside) = match learning {
        Some(learning) => training(page, learning, on_act),
        None => network(page, cursor, newest, on_act, on_action),
    };
    let tool = page.lesson().tool().filter(|_| in_lesson);
    let veils = if in_lesson { page.lesson().veils() } else { &[] };
    let veils: Vec<&str> = veils.iter().map(|veil| veil.name()).collect();
    // The text of the lesson is one and the same whatever it stands beside: what of it has the
    // keyboard's focus keeps it.
    html! {
        <div
            class="Desk"
            data-view={name}
            data-lesson={truth(in_lesson)}
            data-asks={truth(in_lesson && page.lesson().asks())}
            data-curtain={veils.join(" ")}
            data-tool={tool.map(|tool| format!("{tool:?}").to_ascii_lowercase())}
        >
            <div key={kind} class="View">{ seen }</div>
            <div key={format!("beside {}", if in_lesson { "lesson" } else { kind })} class="Beside">
                <div class="panel">
                    { if in_lesson { lesson(page, on_act) } else { Html::default() } }
                    { beside }
                </div>
            </div>
        </div>
    }
}

/// The view of a run and the weights below it, and what stands beside them besides the lesson's text.
fn network(
    page: &Page,
    cursor: Cursor,
    newest: &Callback<(), Option<Focus>>,
    on_act: &Callback<Act>,
    on_action: &Callback<Action>,
) -> (Html, Html) {
    let session = page.session();
    let seen = html! {
        <>
            { view(page, cursor, newest, on_act, on_action) }
            <Matrices
                run={session.run().clone()}
                focus={session.focus()}
                light={if page.is_in_lesson() { page.lesson().light() } else { &[] }}
                on_action={on_action.clone()}
            />
        </>
    };
    let beside = html! {
        <>
            <Explanation
                run={session.run().clone()}
                before_update={session.before_update().cloned()}
                position={cursor.position}
                turn={turn(session, cursor)}
                quiet={session.playback() == Playback::Playing}
                explained={session.explained()}
                focus={session.focus()}
                overview={page.has_overview()}
                alone={page.is_in_lesson()}
                updates={session.updates()}
                shown={session.shown()}
                scale={session.scale()}
                on_act={on_act.clone()}
                on_action={on_action.clone()}
            />
        </>
    };
    (seen, beside)
}

/// The lanes of a training, and what stands beside them besides the lesson's text.
fn training(page: &Page, learning: &Learning, on_act: &Callback<Act>) -> (Html, Html) {
    let lanes = match page.embed().only {
        Some(Alone::LossCurve) => vec![UpdateLane::Loss],
        _ if page.is_in_lesson() => page.lesson().curves(),
        _ => UpdateLane::ALL.to_vec(),
    };
    let parts = if page.is_in_lesson() { page.lesson().parts() } else { &TrainingPart::ALL };
    let panel = html! {
        <TrainPanel learning={learning.clone()} parts={parts.to_vec()} on_act={on_act.clone()} />
    };
    let (below, beside) = match page.is_in_lesson() {
        true if page.lesson().asks() => (Html::default(), Html::default()),
        true => {
            let rivals = html! { <Rivals place={page.lesson().progress().place} /> };
            (html! { <>{ panel }{ rivals }</> }, Html::default())
        }
        false => {
            let race = html! {
                <div hidden={page.embed().only.is_some()}>
                    <RaceView learning={learning.clone()} on_act={on_act.clone()} />
                </div>
            };
            (race, panel)
        }
    };
    let seen = html! {
        <>
            <Train learning={learning.clone()} {lanes} on_act={on_act.clone()} />
            { below }
        </>
    };
    (seen, beside)
}

/// The text of the lesson's screen.
fn lesson(page: &Page, on_act: &Callback<Act>) -> Html {
    html! {
        <LessonPanel
            run={page.session().run().clone()}
            training={page.learning().map(|learning| learning.run().clone())}
            study={page.lesson().study().map(Study::progress)}
            progress={Rc::clone(page.lesson().progress())}
            on_act={on_act.clone()}
        />
    }
}

/// Which of the numbers of the present stage is being computed.
fn turn(session: &Session, cursor: Cursor) -> Option<usize> {
    let run = session.run();
    let stage = Timeline::of(run.steps()).stage(cursor.position);
    let done = cursor.completion(cursor.position);
    figure::turn(run.experiment().recipe(), &run.numbers_at(stage, session.shown()), done)
}

/// The view on show.
fn view(
    page: &Page,
    cursor: Cursor,
    newest: &Callback<(), Option<Focus>>,
    on_act: &Callback<Act>,
    on_action: &Callback<Action>,
) -> Html {
    let session = page.session();
    let run = session.run().clone();
    let on_action = on_action.clone();
    let (looks, on_look) = (Rc::clone(page.looks()), on_act.reform(Act::Look));
    match page.view_on_show() {
        // Of a training there is always one where it is turned to.
        View::Score | View::Lesson | View::Train => html! {
            <Score
                key="score"
                {run}
                {cursor}
                shown={session.shown()}
                scale={session.scale()}
                updates={session.updates()}
                focus={session.focus()}
                newest={newest.clone()}
                glance={session.glance()}
                open={if page.is_in_lesson() { page.lesson().lanes() } else { Lane::told(page.session().run().experiment().cell()).collect() }}
                {looks}
                {on_look}
                {on_action}
            />
        },
        View::Chain => html! {
            <ChainView
                key="chain"
                {run}
                stage={session.stage()}
                scale={session.scale()}
                focus={session.focus()}
                {looks}
                {on_look}
                {on_action}
            />
        },
        View::Laboratory => html! {
            <Laboratory key="laboratory" {run} place={session.weight_asked()} {on_action} />
        },
    }
}

/// Tells the page's styles what is hidden and fixed, and whether another page is around.
#[hook]
fn use_embedding(embed: &Rc<Embed>, locks: Vec<Control>, embedded: bool) {
    use_effect_with((Rc::clone(embed), locks, embedded), |(embed, locks, embedded)| {
        let hidden: Vec<&str> = embed.hidden().into_iter().map(Part::name).collect();
        let locked: Vec<&str> = locks.iter().map(|control| control.name()).collect();
        browser::set_root("data-hide", &hidden.join(" "));
        browser::set_root("data-lock", &locked.join(" "));
        browser::set_root("data-embedded", truth(*embedded));
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
