//! Whatever a learner does, in whatever order, the page has something true to show.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use random::spot;
use std::time::Duration;
use unrolled::{
    address::Address,
    figure::{Chain, Curve},
    rnn::{
        Cell, Experiment, Gate, Parameter, Place, Reduction, Step, StepUnit, Targets, Task, Trace,
        Variable,
    },
    session::{
        Action, Cursor, Derived, Draft, Edit, Focus, Playback, Run, Scale, Session, Speed, Spot,
        Stage, Timeline,
    },
    text::Language,
};

fn session() -> Session {
    Session::new(Language::default().first_experiment().unwrap())
}

fn after(actions: impl IntoIterator<Item = Action>) -> Session {
    actions.into_iter().fold(session(), |session, action| session.after(action))
}

fn type_text(text: &str) -> Action {
    Action::Edit(Edit::Text(text.into()))
}

fn tick(milliseconds: u64) -> Action {
    Action::Tick { elapsed: Duration::from_millis(milliseconds) }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c ]{0,12}",
        "\\PC{0,6}",
        Just(String::new()),
        Just("\u{7}".to_owned()),
        Just("x ".repeat(201)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (0_usize..12).prop_map(Step::from_index)
}

fn place() -> impl Strategy<Value = Place> {
    (prop::sample::select(&Parameter::ALL[..]), 0_usize..8, 0_usize..8)
        .prop_map(|(parameter, row, column)| Place { parameter, row, column })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        text().prop_map(|text| Edit::Text(text.into())),
        prop_oneof![Just(StepUnit::Word), Just(StepUnit::Character)].prop_map(Edit::StepUnit),
        any::<bool>().prop_map(|target| Edit::Task(Task::binary(target))),
        Just(Edit::Task(Task::NextToken)),
        (0_usize..8).prop_map(Edit::Units),
        prop::sample::select(&Cell::ALL[..]).prop_map(Edit::Cell),
        any::<bool>().prop_map(Edit::EveryStep),
        Just(Edit::StepUnit(StepUnit::Number)),
        Just(Edit::Reduction(Reduction::Mean)),
        Just(Edit::Task(Task::Values { targets: Targets::Last(vec![0.5]) })),
        (step(), "[01x, ]{0,4}")
            .prop_map(|(step, typed)| Edit::Target { step, typed: typed.into() }),
        "[0-9, ]{0,6}".prop_map(|typed| Edit::Start { of: Variable::State, typed: typed.into() }),
        (-3.0..5.0).prop_map(Edit::KeepBias),
        any::<u64>().prop_map(Edit::Seed),
        "[0-9a-f ]{0,18}".prop_map(|typed| Edit::SeedTyped(typed.into())),
        "[a-c,\" ]{0,9}".prop_map(|list| Edit::Labels(list.into())),
        (-1.0..3.0).prop_map(Edit::SpectralRadius),
        (step(), step()).prop_map(|(from, to)| Edit::Move { from, to }),
        (place(), -2e6..2e6).prop_map(|(place, value)| Edit::Weight { place, value }),
        prop::option::of(0_usize..9).prop_map(Edit::Truncation),
        prop::option::of(-1.0..3.0).prop_map(Edit::Clip),
        (-1.0..3.0).prop_map(Edit::LearningRate),
        Just(Edit::Rewind),
        random::experiment()
            .prop_map(|experiment| Edit::Open(Box::new(experiment.settings().clone()))),
        random::experiment()
            .prop_map(|experiment| Edit::File(experiment.settings().to_json().into())),
        Just(Edit::File("{}".into())),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => edit().prop_map(Action::Edit),
        2 => (0_usize..500, 0.0..=1.0)
            .prop_map(|(position, progress)| Action::Seek(Cursor { position, progress })),
        1 => (1_usize..12, any::<prop::sample::Index>()).prop_map(|(steps, position)| {
            let timeline = Timeline::of(steps);
            Action::Go(timeline.stage(position.index(timeline.count())))
        }),
        2 => Just(Action::StepForward),
        1 => Just(Action::StepBack),
        1 => Just(Action::GoToStart),
        1 => Just(Action::GoToEnd),
        1 => Just(Action::Undo),
        1 => Just(Action::Redo),
        1 => prop::sample::select(&Parameter::RECURRENT[..]).prop_map(Action::Show),
        2 => spot().prop_map(|spot| Action::Point(Some(spot))),
        2 => spot().prop_map(Action::Pin),
        1 => Just(Action::LetGo),
        1 => Just(Action::Play),
        1 => Just(Action::Pause),
        1 => prop::sample::select(&Speed::ALL).prop_map(Action::SetSpeed),
        4 => (0_u64..5000).prop_map(tick),
        2 => Just(Action::Update),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_cursor_stays_on_the_timeline(actions in prop::collection::vec(action(), 0..40)) {
        let mut session = session();
        for action in actions {
            session = session.after(action);
            let cursor = session.cursor();
            prop_assert!(cursor.position <= session.timeline().last());
            prop_assert!((0.0..=1.0).contains(&cursor.progress));
        }
    }

    #[test]
    fn the_run_is_that_of_its_settings(actions in prop::collection::vec(action(), 0..20)) {
        let session = after(actions);
        let experiment = session.run().experiment();
        prop_assert_eq!(&Experiment::new(experiment.settings().clone()).unwrap(), experiment);
    }

    #[test]
    fn a_refused_edit_changes_nothing_but_the_draft(
        actions in prop::collection::vec(action(), 0..10),
        edit in edit(),
    ) {
        let before = after(actions);
        let next = before.after(Action::Edit(edit));
        if matches!(next.draft(), Draft::Rejected { .. }) {
            prop_assert_eq!(next.run(), before.run());
            prop_assert_eq!(next.cursor(), before.cursor());
            prop_assert_eq!(next.playback(), before.playback());
            prop_assert_eq!(next.focus(), before.focus());
            prop_assert_eq!(next.updates(), before.updates());
            prop_assert_eq!(next.can_undo(), before.can_undo());
            prop_assert_eq!(next.can_redo(), before.can_redo());
        }
    }

    #[test]
    fn time_only_moves_what_plays(
        position in 0_usize..18,
        progress in 0.0..0.9,
        elapsed in 1_u64..5000,
    ) {
        // In the middle of a stage, which would go on if time ran.
        let paused = after([Action::Seek(Cursor { position, progress })]);
        prop_assert_eq!(paused.after(tick(elapsed)), paused.clone());
        let playing = paused.after(Action::Play);
        prop_assert!(playing.after(tick(elapsed)).cursor().elapsed() > paused.cursor().elapsed());
        let stopped = playing.after(tick(1)).after(Action::Pause);
        prop_assert_eq!(stopped.after(tick(elapsed)), stopped.clone());
    }

    #[test]
    fn a_single_step_ends_with_its_stage(elapsed in prop::collection::vec(1_u64..300, 1..20)) {
        let mut session = after([Action::GoToStart, Action::StepForward]);
        let begun = session.cursor();
        prop_assert_eq!(begun, Cursor::beginning(1));
        let total: u64 = elapsed.iter().sum();
        for elapsed in elapsed {
            session = session.after(tick(elapsed));
        }
        let arrived = total >= 450;
        prop_assert_eq!(session.playback() == Playback::Paused, arrived);
        prop_assert_eq!(session.cursor().position, 1);
        let share = (total as f64 / 450.0).min(1.0);
        prop_assert!((session.cursor().progress - share).abs() < 1e-12);
    }

    #[test]
    fn playing_passes_every_stage_and_stops_at_the_end(
        ticks in prop::collection::vec(1_u64..2500, 400),
    ) {
        let mut session = after([Action::GoToStart, Action::Play]);
        let mut passed = vec![0];
        for elapsed in ticks {
            session = session.after(tick(elapsed));
            let position = session.cursor().position;
            if passed.last() != Some(&position) {
                passed.push(position);
            }
        }
        prop_assert_eq!(passed, (0..session.timeline().count()).collect::<Vec<_>>());
        prop_assert_eq!(session.playback(), Playback::Paused);
        prop_assert_eq!(session.cursor(), Cursor::at(session.timeline().last()));
    }
}

#[test]
fn the_first_frame_shows_the_whole_way_back() {
    assert_eq!(session().stage().to_string(), "backward:1");
    assert_eq!(session().cursor().progress, 1.0);
}

#[test]
fn stepping_forward_and_back_is_where_it_was() {
    let start = after([Action::GoToStart]);
    let mut session = start.clone();
    for _ in 1..start.timeline().count() {
        session = session.after(Action::StepForward).after(tick(1000));
        assert_eq!(session.playback(), Playback::Paused);
    }
    assert_eq!(session.stage(), Stage::Update);
    for _ in 1..start.timeline().count() {
        session = session.after(Action::StepBack);
    }
    assert_eq!(session, start);
}

#[test]
fn a_step_past_the_end_updates_and_begins_the_next_pass() {
    let before = after([Action::GoToEnd]);
    let next = before.after(Action::StepForward);
    assert_eq!(next.updates(), 1);
    assert_eq!(next.stage().to_string(), "forward:1");
    assert!(next.run().loss() < before.run().loss());
}

#[test]
fn play_at_the_end_plays_the_pass_again() {
    let session = after([Action::GoToEnd, Action::Play]);
    assert_eq!(session.cursor(), Cursor::beginning(0));
    assert_eq!(session.updates(), 0);
}

#[test]
fn an_edit_keeps_the_stage_where_it_can() {
    let longer = after([type_text("one two three four five six seven eight nine")]);
    assert_eq!(longer.stage().to_string(), "backward:1");
    let middle = Cursor::at(session().timeline().position(Stage::Output));
    let shorter = after([Action::Seek(middle), type_text("one two")]);
    assert_eq!(shorter.stage(), Stage::Output);
}

#[test]
fn what_was_learnt_survives_another_text() {
    let learnt = after([Action::Update, Action::Update]);
    let edited = learnt.after(type_text("all the film was new"));
    assert_eq!(edited.updates(), 2);
    let (old, new) = (learnt.run().experiment().weights(), edited.run().experiment().weights());
    assert_eq!(old.matrix(Parameter::W1H), new.matrix(Parameter::W1H));
    assert_eq!(old.matrix(Parameter::W2), new.matrix(Parameter::W2));
    assert_eq!(
        old.matrix(Parameter::W1X).row(0),
        new.matrix(Parameter::W1X).row(1),
        "the row of `the`"
    );
    assert_eq!(
        old.matrix(Parameter::W1X).row(6),
        new.matrix(Parameter::W1X).row(0),
        "the row of `all`"
    );
}

#[test]
fn another_seed_means_start_weights() {
    let session = after([Action::Update, Action::Edit(Edit::Seed(5))]);
    assert_eq!(session.updates(), 0);
    assert_eq!(session.run().experiment().settings().weights, None);
}

#[test]
fn a_refused_text_is_mended_by_the_next_one() {
    let refused = after([type_text("")]);
    assert!(matches!(refused.draft(), Draft::Rejected { .. }));
    assert_eq!(refused.run().experiment(), session().run().experiment());
    let mended = refused.after(type_text("fine"));
    assert_eq!(mended.draft(), &Draft::Accepted);
    assert_eq!(mended.run().steps(), 1);
}

proptest! {
    #[test]
    fn undoing_everything_brings_the_first_experiment_back(
        actions in prop::collection::vec(action(), 0..40),
    ) {
        let mut session = after(actions);
        let mut path = Vec::new();
        while session.can_undo() {
            // A refused edit is taken back without another run, and is not made again.
            if session.draft() == &Draft::Accepted {
                path.push((session.run().experiment().clone(), session.updates()));
            }
            session = session.after(Action::Undo);
        }
        prop_assert_eq!(session.run().experiment(), &Language::default().first_experiment().unwrap());
        prop_assert_eq!(session.updates(), 0);
        for (experiment, updates) in path.iter().rev() {
            session = session.after(Action::Redo);
            prop_assert_eq!(session.run().experiment(), experiment);
            prop_assert_eq!(session.updates(), *updates);
        }
    }

    #[test]
    fn what_is_pointed_at_is_a_number_of_the_run(
        actions in prop::collection::vec(action(), 0..40),
    ) {
        let mut session = session();
        for action in actions {
            session = session.after(action);
            let run = session.run();
            let asked = session.focus().map(|focus| focus.spot);
            prop_assert!(asked.is_none_or(|spot| spot.value(run).is_some()), "{asked:?}");
            let explained = session.explained();
            prop_assert!(explained.value(run).is_some(), "{explained:?}");
            let weight = Spot::Weight(session.weight_asked());
            prop_assert!(weight.value(run).is_some(), "{weight:?}");
        }
    }
}

/// Numbers of the last step or unit, with an edit that leaves them and one that does not.
#[test]
fn a_number_that_goes_away_is_no_longer_pointed_at() {
    let (last, unit) = (Step::from_index(6), 3);
    let place = Place { parameter: Parameter::W1H, row: 3, column: 3 };
    let next_token = || Action::Edit(Edit::Task(Task::NextToken));
    let yes_or_no = || Action::Edit(Edit::Task(Task::binary(true)));
    let fewer_units = || Action::Edit(Edit::Units(2));
    let two_words = || type_text("the film");
    let shared = Step::from_index(1);
    for (spot, kept, lost) in [
        (Spot::Value { of: Variable::State, step: last, unit }, yes_or_no(), two_words()),
        (Spot::Value { of: Variable::State, step: shared, unit }, two_words(), fewer_units()),
        (Spot::Error { of: Variable::State, step: last, unit }, yes_or_no(), fewer_units()),
        (Spot::Norm { of: Variable::State, step: last }, fewer_units(), two_words()),
        (Spot::Output { step: last, output: 0 }, fewer_units(), two_words()),
        (Spot::Weight(place), two_words(), fewer_units()),
        (Spot::Gradient(place), next_token(), fewer_units()),
        (Spot::Contribution { step: last, place }, yes_or_no(), two_words()),
        (Spot::Jacobian { step: last, row: 3, column: 0 }, yes_or_no(), two_words()),
        (Spot::Chain { from: shared, to: last, row: 0, column: 3 }, yes_or_no(), fewer_units()),
    ] {
        let pinned = session().after(Action::Pin(spot));
        let focus = Some(Focus { spot, pinned: true });
        assert_eq!(pinned.focus(), focus, "{spot:?}");
        assert_eq!(pinned.after(kept).focus(), focus, "{spot:?}");
        assert_eq!(pinned.after(lost).focus(), None, "{spot:?}");
    }
    // An output of another step than the last one is asked about only where every step has some.
    let early = Spot::Output { step: shared, output: 0 };
    assert_eq!(session().after(Action::Pin(early)).focus(), None);
    let everywhere = after([next_token(), Action::Pin(early)]);
    assert_eq!(everywhere.focus().map(|focus| focus.spot), Some(early));
    assert_eq!(everywhere.after(yes_or_no()).focus(), None);
    // An undo takes numbers away as an edit does.
    let grown = after([
        Action::Edit(Edit::Units(6)),
        Action::Pin(Spot::Value { of: Variable::State, step: shared, unit: 5 }),
    ]);
    assert!(grown.focus().is_some());
    assert_eq!(grown.after(Action::Undo).focus(), None);
}

#[test]
fn a_stage_takes_its_time_at_each_speed() {
    let begun = after([Action::GoToEnd, Action::Play]);
    for (speed, share) in Speed::ALL.into_iter().zip([0.05, 0.1, 0.2, 0.4, 1.6]) {
        // A tenth of a stage, which takes a little over a second at speed 1.
        let cursor = begun.after(Action::SetSpeed(speed)).after(tick(110)).cursor();
        assert!((cursor.elapsed() - share).abs() < 1e-9, "{speed:?}: {cursor:?}");
    }
}

#[test]
fn typing_is_taken_back_at_once_and_pressing_step_by_step() {
    let typed = after([type_text("a"), type_text("ab"), type_text("abc")]);
    assert_eq!(typed.after(Action::Undo).run().experiment(), session().run().experiment());
    let pressed = after([Action::Edit(Edit::Seed(1)), Action::Edit(Edit::Seed(2))]);
    let back = pressed.after(Action::Undo);
    assert_eq!(back.run().experiment().settings().seed, Some(1));
    let again = back.after(Action::Redo);
    assert_eq!(again.run().experiment(), pressed.run().experiment());
}

#[test]
fn a_refused_text_is_what_undo_takes_back_first() {
    let refused = after([type_text("one two"), type_text("")]);
    let mended = refused.after(Action::Undo);
    assert_eq!(mended.draft(), &Draft::Accepted);
    assert_eq!(mended.run().experiment().settings().text, "one two");
}

#[test]
fn a_moved_token_keeps_its_weights_and_changes_the_answer() {
    let (from, to) = (Step::from_index(3), Step::FIRST);
    let moved = session().after(Action::Edit(Edit::Move { from, to }));
    let experiment = &moved.run().experiment();
    assert_eq!(experiment.settings().text, "not the film was good at all");
    let before = session();
    let row = |session: &Session, token: &str| {
        let experiment = session.run().experiment();
        let names = experiment.sequence().vocabulary();
        let place = names.iter().position(|name| name == token).unwrap();
        experiment.weights().matrix(Parameter::W1X).row(place).to_vec()
    };
    assert_eq!(row(&moved, "not"), row(&before, "not"));
    assert_ne!(moved.run().output().answers, before.run().output().answers);
    assert_eq!(moved.run().bag_of_words(), before.run().bag_of_words());
}

#[test]
fn a_weight_is_changed_alone_and_rewound() {
    let place = Place { parameter: Parameter::W1H, row: 1, column: 2 };
    let changed = session().after(Action::Edit(Edit::Weight { place, value: 0.25 }));
    let (before, after) = (session(), changed.clone());
    for other in Place::all(before.run().experiment().weights()) {
        let value = other.of(after.run().experiment().weights());
        let expected =
            if other == place { 0.25 } else { other.of(before.run().experiment().weights()) };
        assert_eq!(value, expected, "{other:?}");
    }
    let rewound = changed.after(Action::Edit(Edit::Rewind));
    assert_eq!(rewound.run().experiment(), before.run().experiment());
}

#[test]
fn what_is_pinned_stays_until_it_is_let_go() {
    let [one, other] =
        [0, 1].map(|unit| Spot::Value { of: Variable::State, step: Step::FIRST, unit });
    let pinned = session().after(Action::Pin(one));
    assert_eq!(pinned.after(Action::Point(Some(other))).focus(), pinned.focus());
    assert_eq!(pinned.after(Action::Point(None)).focus(), pinned.focus());
    assert_eq!(pinned.after(Action::Pin(one)).focus(), None);
    assert_eq!(pinned.after(Action::LetGo).focus(), None);
    let elsewhere = pinned.after(Action::Pin(other));
    assert_eq!(elsewhere.focus(), Some(Focus { spot: other, pinned: true }));
}

#[test]
fn what_follows_from_a_run_is_made_once() {
    struct Steps(usize);
    impl Derived for Steps {
        fn of(trace: &Trace) -> Self {
            Self(trace.steps())
        }
    }
    struct Units(usize);
    impl Derived for Units {
        fn of(trace: &Trace) -> Self {
            Self(trace.experiment().weights().sizes().units)
        }
    }
    let run = Run::of(Language::default().first_experiment().unwrap());
    let steps = run.derived::<Steps>();
    assert_eq!((steps.0, run.derived::<Units>().0), (7, 4));
    assert!(std::rc::Rc::ptr_eq(&steps, &run.clone().derived::<Steps>()));
    let other = Run::of(run.experiment().clone());
    assert!(!std::rc::Rc::ptr_eq(&steps, &other.derived::<Steps>()));
}

/// What is explained unasked is what happens at the stage, and the largest of its kind.
#[test]
fn a_stage_is_told_by_its_largest_number() {
    let next_token = Action::Edit(Edit::Task(Task::NextToken));
    for session in [session(), session().after(next_token)] {
        let (run, timeline) = (session.run(), session.timeline());
        let units = run.experiment().weights().sizes().units;
        let size = |spot: Spot| spot.value(run).unwrap().abs();
        let last = Step::from_index(run.steps() - 1);
        for stage in timeline.stages() {
            let shown = session.after(Action::Go(stage)).explained();
            let largest = |of: &dyn Fn(usize) -> Spot| {
                (0..units).map(of).all(|other| size(other) <= size(shown))
            };
            let right = match (stage, shown) {
                (Stage::Forward(t), Spot::Value { of: Variable::State, step, .. }) => {
                    step == t && largest(&|unit| Spot::Value { of: Variable::State, step, unit })
                }
                (Stage::Backward(t), Spot::Error { of: Variable::Z1, step, .. }) => {
                    step == t && largest(&|unit| Spot::Error { of: Variable::Z1, step, unit })
                }
                (Stage::Output, Spot::Output { step, output })
                | (Stage::BackwardOutput, Spot::OutputError { step, output }) => {
                    let target = match run.experiment().settings().task {
                        Task::NextToken => run.experiment().target(last),
                        _ => 0,
                    };
                    (step, output) == (last, target)
                }
                (Stage::Loss, Spot::WholeLoss) => {
                    run.experiment().settings().task == Task::NextToken
                }
                (Stage::Loss, Spot::Loss { step }) => step == last,
                (Stage::Update, Spot::Updated(place)) => Place::all(run.experiment().weights())
                    .all(|other| size(Spot::Gradient(other)) <= size(Spot::Gradient(place))),
                _ => false,
            };
            assert!(right, "{stage} is told by {shown:?}");
        }
    }
}

#[test]
fn changes_that_go_on_are_taken_back_together() {
    let undone = |edits: Vec<Edit>| {
        let session = after(edits.into_iter().map(Action::Edit)).after(Action::Undo);
        (session.run().experiment() == self::session().run().experiment(), session.can_undo())
    };
    let weight = |row, value| Edit::Weight {
        place: Place { parameter: Parameter::W1H, row, column: 0 },
        value,
    };
    for together in [
        vec![Edit::Text("a".into()), Edit::Text("a b".into())],
        vec![Edit::SpectralRadius(0.5), Edit::SpectralRadius(0.6)],
        vec![Edit::Truncation(Some(2)), Edit::Truncation(Some(3))],
        vec![Edit::Clip(Some(0.2)), Edit::Clip(Some(0.3))],
        vec![Edit::LearningRate(0.2), Edit::LearningRate(0.3)],
        vec![weight(0, 0.5), weight(0, 0.6)],
    ] {
        assert_eq!(undone(together.clone()), (true, false), "{together:?}");
    }
    for apart in [
        vec![Edit::Seed(1), Edit::Seed(2)],
        vec![Edit::Units(2), Edit::Units(3)],
        vec![weight(0, 0.5), weight(1, 0.6)],
        vec![Edit::Text("a".into()), Edit::Clip(Some(0.2))],
    ] {
        assert_eq!(undone(apart.clone()), (false, true), "{apart:?}");
    }
}

#[test]
fn a_hundred_changes_can_be_taken_back() {
    let mut session =
        (0..150).fold(session(), |session, seed| session.after(Action::Edit(Edit::Seed(seed))));
    let mut undone = 0;
    while session.can_undo() {
        session = session.after(Action::Undo);
        undone += 1;
    }
    assert_eq!((undone, session.run().experiment().settings().seed), (100, Some(49)));
}

#[test]
fn a_page_begins_with_nothing_to_take_back() {
    let begun = after([type_text("one two"), Action::Update, Action::Undo]).begun();
    assert!(!begun.can_undo() && !begun.can_redo());
    assert_eq!(begun.run().experiment().settings().text, "one two");
    // What is typed first can be taken back: it goes on with nothing.
    assert!(begun.after(type_text("one two three")).can_undo());
}

#[test]
fn what_was_learnt_of_an_output_stays_with_its_name() {
    let classes = |labels: &[&str]| {
        let labels = labels.iter().map(|&label| label.to_owned()).collect();
        Action::Edit(Edit::Task(Task::classes(labels, 0)))
    };
    let learnt = after([classes(&["low", "middle", "high"]), Action::Update]);
    let moved = learnt.after(classes(&["new", "high", "low"]));
    let (old, new) = (learnt.run().experiment().weights(), moved.run().experiment().weights());
    for (before, now) in [(2, 1), (0, 2)] {
        assert_eq!(old.matrix(Parameter::W2).column(before), new.matrix(Parameter::W2).column(now));
        assert_eq!(old.matrix(Parameter::B2).column(before), new.matrix(Parameter::B2).column(now));
    }
    assert_ne!(old.matrix(Parameter::W2).column(1), new.matrix(Parameter::W2).column(0));
    assert_eq!(
        (old.matrix(Parameter::W1H), old.matrix(Parameter::B1)),
        (new.matrix(Parameter::W1H), new.matrix(Parameter::B1))
    );
    assert!(old.matrix(Parameter::B1).iter().any(|&bias| bias != 0.0), "something was learnt");
}

#[test]
fn the_logarithmic_scale_goes_down_a_step_with_each_power_of_ten() {
    for (value, linear, logarithmic) in
        [(2.0, 1.0, 1.0), (-0.2, 0.1, 0.875), (2e-8, 1e-8, 0.0), (0.0, 0.0, 0.0), (9.0, 1.0, 1.0)]
    {
        let near = |scale: Scale, share: f64| (scale.share(value, 2.0) - share).abs() < 1e-12;
        assert!(near(Scale::Linear, linear) && near(Scale::Logarithmic, logarithmic), "{value}");
        assert_eq!(Scale::Linear.share(value, 0.0), 0.0);
    }
}

#[test]
fn every_worked_example_opens_by_its_file_and_by_its_address() {
    let folder = format!("{}/tests/golden-cells", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 11, "{}", files.len());
    for file in files {
        let golden: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let json = golden["experiment"].to_string();
        let opened = session().after(Action::Edit(Edit::File(json.as_str().into())));
        assert_eq!(*opened.draft(), Draft::Accepted, "{}", file.display());
        let recipe = opened.run().experiment().recipe();
        assert!(recipe.parameters().contains(&opened.shown()), "{}", file.display());
        let written = Address::of(&opened).written();
        let (read, problems) = Address::read(&written);
        assert!(problems.is_empty(), "{}: {problems:?}", file.display());
        let again = Experiment::new(read.settings.unwrap()).unwrap();
        assert_eq!(&again, opened.run().experiment(), "{}", file.display());
    }
}

#[test]
fn another_cell_keeps_the_text_the_task_the_seed_and_the_place() {
    let before = session().after(Action::Go(Stage::Backward(Step::from_index(1))));
    let lstm = before.after(Action::Edit(Edit::Cell(Cell::Lstm)));
    let (old, new) = (before.run().experiment().settings(), lstm.run().experiment().settings());
    assert_eq!(
        (&old.text, &old.task, old.seed, old.hidden),
        (&new.text, &new.task, new.seed, new.hidden)
    );
    assert_eq!(before.stage(), lstm.stage());
    assert_eq!(lstm.shown(), Parameter::FromState(Gate::Forget));
    let back = lstm.after(Action::Edit(Edit::Cell(Cell::Tanh)));
    assert_eq!(back.run().experiment(), before.run().experiment());
    assert_eq!(back.shown(), Parameter::W1H);
}

#[test]
fn targets_are_given_to_every_step_changed_where_they_stand_and_follow_the_text() {
    let each = session().after(Action::Edit(Edit::EveryStep(true)));
    let targets = |session: &Session| match &session.run().experiment().settings().task {
        Task::Binary { targets } => targets.clone(),
        other => panic!("{other:?}"),
    };
    let steps = each.run().steps();
    let Targets::Last(first) = targets(&session()) else { panic!("one target") };
    assert_eq!(targets(&each), Targets::Each(vec![Some(first); steps]));
    let typed = |step: usize, typed: &str| {
        Action::Edit(Edit::Target { step: Step::from_index(step), typed: typed.into() })
    };
    let changed = each.after(typed(0, "")).after(typed(1, "1"));
    let mut expected = vec![Some(first); steps];
    (expected[0], expected[1]) = (None, Some(true));
    assert_eq!(targets(&changed), Targets::Each(expected.clone()));
    let wrong = changed.after(typed(1, "maybe"));
    assert!(matches!(wrong.draft(), Draft::Rejected { .. }));
    assert_eq!(targets(&wrong), targets(&changed));
    // One word more has no target yet, one less takes its target along.
    let text = changed.run().experiment().settings().text.clone();
    let longer = changed.after(Action::Edit(Edit::Text(format!("{text} more").into())));
    expected.push(None);
    assert_eq!(targets(&longer), Targets::Each(expected));
    let word = text.split_whitespace().next().unwrap();
    let shorter = changed.after(Action::Edit(Edit::Text(word.into())));
    assert_eq!(targets(&shorter), Targets::Each(vec![Some(first)]));
    assert_eq!(targets(&changed.after(Action::Edit(Edit::EveryStep(false)))), Targets::Last(first));
}

#[test]
fn a_step_can_become_a_number_and_nothing_is_lost() {
    let before = session();
    let numbers = before.after(Action::Edit(Edit::StepUnit(StepUnit::Number)));
    assert_eq!(*numbers.draft(), Draft::Accepted);
    assert!(numbers.run().experiment().sequence().is_numbers());
    assert_eq!(numbers.after(Action::Undo).run().experiment(), before.run().experiment());
    let typed = before
        .after(Action::Edit(Edit::Text("0.5,1.0 -1.5,0".into())))
        .after(Action::Edit(Edit::StepUnit(StepUnit::Number)));
    assert_eq!(typed.run().experiment().settings().text, "0.5,1.0 -1.5,0");
    let values =
        typed.after(Action::Edit(Edit::Task(Task::Values { targets: Targets::Last(vec![1.0]) })));
    let target =
        values.after(Action::Edit(Edit::Target { step: Step::FIRST, typed: "0.25, −1".into() }));
    let wanted = target.run().experiment().wanted(Step::from_index(1));
    assert_eq!(wanted.to_vec(), [0.25, -1.0]);
}

#[test]
fn a_start_state_is_typed_and_keeps_its_length() {
    let typed = |session: &Session, typed: &str| {
        session.after(Action::Edit(Edit::Start { of: Variable::State, typed: typed.into() }))
    };
    let started = typed(&session(), "1, 0, -1, 0.5");
    assert_eq!(started.run().state_before(Step::FIRST).to_vec(), [1.0, 0.0, -1.0, 0.5]);
    let spot = Spot::Start { of: Variable::State, unit: 2 };
    assert_eq!(spot.value(started.run()), Some(-1.0));
    assert!(matches!(typed(&started, "1, two").draft(), Draft::Rejected { .. }));
    assert!(matches!(typed(&started, "1").draft(), Draft::Rejected { .. }));
    let fewer = started.after(Action::Edit(Edit::Units(2)));
    assert_eq!(fewer.run().state_before(Step::FIRST).to_vec(), [1.0, 0.0]);
    assert_eq!(typed(&started, " ").run().experiment().settings().initial, None);
}

#[test]
fn what_is_expected_after_the_text_is_what_the_next_step_predicts() {
    for cell in Cell::ALL {
        let task = Action::Edit(Edit::Task(Task::NextToken));
        let session = session().after(task).after(Action::Edit(Edit::Cell(cell)));
        let next = session.run().continuation(0.0, 1).unwrap();
        let sum: f64 = next.expected.iter().map(|(_, share)| share).sum();
        assert!((sum - 1.0).abs() < 1e-12 && next.expected.is_sorted_by(|a, b| a.1 >= b.1));
        assert_eq!(next.drawn, next.expected[0].0, "temperature 0 takes the likeliest");
        let longer = session.after(Action::Edit(Edit::Text(next.text.as_str().into())));
        let run = longer.run();
        assert_eq!(run.steps(), session.run().steps() + 1);
        let row = run.output().answers.row(run.steps() - 1).to_vec();
        for (place, share) in next.expected {
            assert!((row[place] - share).abs() < 1e-12, "{cell:?}");
        }
        assert_eq!(run.experiment().target(Step::from_index(run.steps() - 1)), next.drawn);
    }
    let hot = session().after(Action::Edit(Edit::Task(Task::NextToken)));
    let drawn: std::collections::HashSet<usize> =
        (0..40).map(|seed| hot.run().continuation(2.0, seed).unwrap().drawn).collect();
    assert!(drawn.len() > 2, "a high temperature draws many: {drawn:?}");
    assert!(session().run().continuation(0.0, 1).is_none(), "no token is asked for");
}

#[test]
fn the_chain_of_another_cell_stands_on_the_same_scale() {
    let run = session().run().clone();
    let other = run.with_cell(Cell::Lstm).unwrap();
    assert_eq!(other.experiment().settings().text, run.experiment().settings().text);
    let (alone, both) = (Chain::of(&run), Chain::beside(&run, Some(Cell::Lstm)).finish().unwrap());
    assert_eq!(both.kinds().count(), alone.kinds().count() + 1);
    assert_eq!(Chain::beside(&run, None).finish().unwrap(), alone);
    for step in Step::all(run.steps()).skip(1) {
        assert_eq!(alone.jacobian(step), Some(&run.jacobian(step)));
    }
    let norms = both.norms(Curve::Other);
    let own = Chain::of(&other);
    assert_eq!(norms.len(), run.steps());
    for (norm, link) in norms.into_iter().zip(&own.links) {
        assert_eq!(norm, Some(link.norm));
        let log = link.norm.log().unwrap() / std::f64::consts::LN_10;
        let (least, most) = both.decades();
        assert!((least..=most).contains(&log));
    }
    assert!(own.kinds().all(|kind| kind != Curve::Saturation), "gates have no saturation of tanh");
}

#[test]
fn a_task_that_comes_back_has_its_targets_again() {
    let edit = |session: Session, edit: Edit| session.after(Action::Edit(edit));
    let kinds = [
        Task::binary(false),
        Task::classes(vec!["a".to_owned(), "b".to_owned()], 0),
        Task::Values { targets: Targets::Last(vec![1.0]) },
        Task::NextToken,
    ];
    let made = [
        Task::Binary { targets: Targets::Each(vec![Some(true), None, Some(false)]) },
        Task::Classes {
            labels: vec!["x".to_owned(), "y".to_owned(), "z".to_owned()],
            targets: Targets::Each(vec![None, Some(2), Some(1)]),
        },
        Task::Values { targets: Targets::Each(vec![Some(vec![0.5]), None, Some(vec![2.0])]) },
    ];
    for task in made {
        let given =
            edit(edit(session(), Edit::Text("one two three".into())), Edit::Task(task.clone()));
        assert_eq!(given.run().experiment().settings().task, task);
        for other in &kinds {
            let away = edit(given.clone(), Edit::Task(other.clone()));
            let kind = kinds
                .iter()
                .find(|kind| std::mem::discriminant(*kind) == std::mem::discriminant(&task));
            let back = edit(away.clone(), Edit::Task(kind.unwrap().clone()));
            let same = std::mem::discriminant(other) == std::mem::discriminant(&task);
            // Another task of the same kind is a choice and no detour.
            let wanted = if same { kind.unwrap() } else { &task };
            assert_eq!(&back.run().experiment().settings().task, wanted);
            if !same {
                // With more steps the targets stay at theirs.
                let longer = edit(away, Edit::Text("one two three four".into()));
                let back = edit(longer, Edit::Task(kind.unwrap().clone()));
                assert_eq!(*back.draft(), Draft::Accepted);
                let ends_without = match &back.run().experiment().settings().task {
                    Task::Binary { targets: Targets::Each(each) } => each[3].is_none(),
                    Task::Classes { targets: Targets::Each(each), .. } => each[3].is_none(),
                    Task::Values { targets: Targets::Each(each) } => each[3].is_none(),
                    _ => false,
                };
                assert!(ends_without, "{task:?}");
            }
        }
    }
}

#[test]
fn a_text_comes_back_from_a_detour_over_numbers() {
    let edit = |session: Session, edit: Edit| session.after(Action::Edit(edit));
    let text = |session: &Session| session.run().experiment().settings().text.clone();
    let words = edit(session(), Edit::Text("so it goes".into()));
    let numbers = edit(words.clone(), Edit::StepUnit(StepUnit::Number));
    assert_ne!(text(&numbers), "so it goes");
    let typed = edit(numbers, Edit::Text("3 2 1 0".into()));
    for unit in [StepUnit::Word, StepUnit::Character] {
        let back = edit(typed.clone(), Edit::StepUnit(unit));
        assert_eq!(text(&back), "so it goes");
        let again = edit(back, Edit::StepUnit(StepUnit::Number));
        assert_eq!(text(&again), "3 2 1 0");
    }
}

#[test]
fn a_cell_that_comes_back_has_its_parts_again() {
    let edit = |session: Session, edit: Edit| session.after(Action::Edit(edit));
    let start = |numbers: &str| Edit::Start { of: Variable::Memory, typed: numbers.into() };
    let lstm = edit(edit(session(), Edit::Units(2)), Edit::Cell(Cell::Lstm));
    let given = edit(edit(lstm, Edit::KeepBias(3.0)), start("1, -1"));
    for way in [vec![Cell::Tanh], vec![Cell::Gru], vec![Cell::Gru, Cell::Relu, Cell::Tanh]] {
        let away =
            way.into_iter().fold(given.clone(), |session, cell| edit(session, Edit::Cell(cell)));
        assert!(away.run().experiment().settings().initial.is_none());
        let back = edit(away.clone(), Edit::Cell(Cell::Lstm));
        assert_eq!(back.run().experiment().settings(), given.run().experiment().settings());
        // With other units there is no place for the start of C.
        let other = edit(edit(away, Edit::Units(3)), Edit::Cell(Cell::Lstm));
        assert!(other.run().experiment().settings().initial.is_none());
        assert_eq!(other.run().experiment().settings().keep_bias, Some(3.0));
    }
}
