//! Addresses: what is written is read again, bit for bit; whatever is read, the page opens.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "random/experiment.rs"]
mod random;

use proptest::prelude::*;
use unrolled::{
    address::{Address, AddressError, Alone, Control, Embed, Part},
    figure::Theme,
    lesson,
    rnn::{Experiment, Parameter, Place, Settings, Step, Task, Trace, Unit},
    session::{Moment, Session, Spot, Timeline, View},
    text::Language,
};

fn settings() -> impl Strategy<Value = Settings> {
    let text =
        prop_oneof!["[a-e]{2,9}", "[가-힣]{1,3} [가-힣 &=#%+]{1,9}[가-힣]", "[ -~]{1,12}[a-z]"];
    (
        random::experiment(),
        text,
        any::<bool>(),
        prop::option::of(1_usize..9),
        prop::option::of(1e-9..1e9),
        prop::option::of(0.0..9.0),
        any::<bool>(),
    )
        .prop_filter_map(
            "it makes no experiment",
            |(experiment, text, character, truncation, clip_norm, learning_rate, learnt)| {
                let unit = if character { Unit::Character } else { Unit::Word };
                let settings = Settings {
                    text,
                    unit,
                    truncation,
                    clip_norm,
                    learning_rate,
                    ..experiment.settings().clone()
                };
                let experiment = Experiment::new(settings).ok()?;
                let experiment =
                    if learnt { Trace::of(experiment).updated().ok()? } else { experiment };
                Some(experiment.settings().clone())
            },
        )
}

fn spot() -> impl Strategy<Value = Spot> {
    let step = || (0_usize..9).prop_map(Step::from_index);
    let place = || {
        (0_usize..5, 0_usize..9, 0_usize..9).prop_map(|(tensor, row, column)| Place {
            parameter: Parameter::ALL[tensor],
            row,
            column,
        })
    };
    prop_oneof![
        (step(), 0_usize..9).prop_map(|(step, cell)| Spot::PreActivation { step, cell }),
        (step(), 0_usize..9).prop_map(|(step, cell)| Spot::State { step, cell }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Logit { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::Output { step, output }),
        (step(), 0_usize..9).prop_map(|(step, output)| Spot::OutputError { step, output }),
        (step(), 0_usize..9).prop_map(|(step, cell)| Spot::Error { step, cell }),
        (step(), 0_usize..9).prop_map(|(step, cell)| Spot::HiddenError { step, cell }),
        step().prop_map(|step| Spot::Loss { step }),
        step().prop_map(|step| Spot::Norm { step }),
        (step(), place()).prop_map(|(step, place)| Spot::Term { step, place }),
        place().prop_map(Spot::Gradient),
        place().prop_map(Spot::Weight),
        place().prop_map(Spot::Updated),
        (step(), 0_usize..9, 0_usize..9).prop_map(|(step, row, column)| Spot::Jacobian {
            step,
            row,
            column
        }),
        (step(), step(), 0_usize..9, 0_usize..9).prop_map(|(from, to, row, column)| Spot::Chain {
            from,
            to,
            row,
            column
        }),
    ]
}

fn embed() -> impl Strategy<Value = Embed> {
    let alone: Vec<Alone> = Alone::all().collect();
    (
        prop::sample::subsequence(Part::ALL.to_vec(), 0..=Part::ALL.len()),
        prop::option::of(prop::sample::select(alone)),
        prop::sample::subsequence(Control::ALL.to_vec(), 0..=Control::ALL.len()),
        any::<bool>(),
        prop::option::of("https?://[a-z]{1,9}\\.org(:[0-9]{2,4})?"),
        any::<bool>(),
    )
        .prop_map(|(hide, only, lock, play, host, offline)| Embed {
            hide,
            only,
            lock,
            play,
            host,
            offline,
        })
}

fn address() -> impl Strategy<Value = Address> {
    let moment = (1_usize..9, 0_usize..99).prop_map(|(steps, position)| {
        let timeline = Timeline::of(steps);
        timeline.moment(position % timeline.count())
    });
    let screen = prop::sample::select(
        (lesson::chapters().iter().enumerate())
            .flat_map(|(chapter, it)| {
                (0..it.screens.len()).map(move |screen| lesson::Place { chapter, screen })
            })
            .collect::<Vec<_>>(),
    );
    (
        prop::option::of(settings()),
        prop::option::of(moment),
        prop::option::of(spot()),
        prop::sample::select(View::ALL.to_vec()),
        prop::option::of(screen),
        prop::option::of(prop::sample::select(Language::ALL.to_vec())),
        prop::option::of(prop::sample::select(vec![Theme::Light, Theme::Dark])),
        embed(),
    )
        .prop_map(|(settings, moment, focus, view, screen, language, theme, embed)| Address {
            settings,
            moment,
            focus,
            view: Some(view),
            screen,
            language,
            theme,
            embed,
        })
}

/// Opens the page as an address says it.
fn open(address: &Address) -> Session {
    let first = address.language.unwrap_or_default().first_experiment().unwrap();
    address.actions().into_iter().fold(Session::new(first), |session, action| session.after(action))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(address in address()) {
        let (read, problems) = Address::read(&address.written());
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(read, address);
    }

    #[test]
    fn what_a_session_shows_comes_back_bit_for_bit(settings in settings(), position in 0_usize..30) {
        let session = open(&Address { settings: Some(settings), ..Address::default() });
        let moment = session.timeline().moment(position);
        let session = session.after(unrolled::session::Action::Go(moment));
        let (read, problems) = Address::read(&Address::of(&session, None).written());
        prop_assert_eq!(problems, vec![]);
        let again = open(&read);
        prop_assert_eq!(&again.run().experiment, &session.run().experiment);
        prop_assert_eq!(again.moment(), session.moment());
        let bits = |session: &Session| session.run().forward.loss().to_bits();
        prop_assert_eq!(bits(&again), bits(&session));
    }

    #[test]
    fn whatever_is_read_the_page_opens(text in "\\PC{0,200}") {
        let (address, _) = Address::read(&text);
        let session = open(&address);
        prop_assert!(session.focus().is_none_or(|focus| focus.spot.value(session.run()).is_some()));
    }

    #[test]
    fn damage_is_survived(address in address(), at in any::<prop::sample::Index>(), with in "\\PC{0,3}") {
        let mut written: Vec<char> = address.written().chars().collect();
        if !written.is_empty() {
            let at = at.index(written.len());
            written.splice(at..=at, with.chars());
        }
        let (address, _) = Address::read(&written.into_iter().collect::<String>());
        let session = open(&address);
        prop_assert!(session.focus().is_none_or(|focus| focus.spot.value(session.run()).is_some()));
    }
}

#[test]
fn short_addresses_are_readable() {
    let first = Language::English.first_experiment().unwrap();
    let session = Session::new(first);
    assert_eq!(
        Address::of(&session, None).written(),
        "text=the+film+was+not+good+at+all&seed=1231&radius=0.95&at=backward.1"
    );
    let (address, problems) = Address::read("#text=a b c&cells=6&task=next-token&lang=ko");
    assert!(problems.is_empty());
    let settings = address.settings.unwrap();
    assert_eq!(
        (settings.text.as_str(), settings.hidden, settings.task),
        ("a b c", 6, Task::NextToken)
    );
    assert_eq!(address.language, Some(Language::Korean));
}

#[test]
fn what_is_wrong_is_left_out_and_said() {
    let wrong = |text: &str| {
        let (address, problems) = Address::read(text);
        assert_eq!(address.settings, None, "{text}");
        assert_eq!(problems.len(), 1, "{text}");
        problems.into_iter().next().unwrap()
    };
    let value = |key, value: &str| AddressError::Value { key, value: value.to_owned() };
    assert_eq!(wrong("cells=many"), value("cells", "many"));
    assert_eq!(wrong("text=hello&target=2"), value("target", "2"));
    assert_eq!(wrong("text=hello&weights=AAAA"), value("weights", "AAAA"));
    assert_eq!(wrong("at=sideways.2"), value("at", "sideways.2"));
    assert_eq!(wrong("screen=99.1"), value("screen", "99.1"));
    assert_eq!(wrong("hide=header+nothing"), value("hide", "header nothing"));
    assert_eq!(wrong("host=javascript:alert(1)"), value("host", "javascript:alert(1)"));
    assert!(matches!(wrong("text=+++"), AddressError::Experiment(_)));
    assert!(matches!(wrong("text=hi&cells=100000000"), AddressError::Experiment(_)));
    assert_eq!(wrong(&format!("text={}", "a".repeat(2 << 20))), AddressError::TooLong);
    // What is right beside it is kept.
    let (address, _) = Address::read("cells=many&view=chain&theme=dark");
    assert_eq!((address.view, address.theme), (Some(View::Chain), Some(Theme::Dark)));
    // Keys that are not ours are nobody's mistake.
    assert_eq!(Address::read("utm_source=course&_=1").1, vec![]);
}

#[test]
fn what_is_fixed_stays_and_what_is_alone_hides_the_rest() {
    use unrolled::{
        rnn::Task::NextToken,
        session::{Action, Edit},
    };
    let (address, problems) = Address::read("lock=text+weights&only=norm");
    assert_eq!(problems, vec![]);
    for (action, allowed) in [
        (Action::Edit(Edit::Text("x".into())), false),
        (Action::Edit(Edit::Unit(Unit::Character)), false),
        (Action::Update, false),
        (Action::Edit(Edit::Cells(2)), true),
        (Action::Edit(Edit::Task(NextToken)), true),
        (Action::Play, true),
    ] {
        assert_eq!(address.embed.allows(&action), allowed, "{action:?}");
    }
    let hidden = address.embed.hidden();
    assert!(hidden.contains(&Part::Header) && hidden.contains(&Part::Error));
    assert!(!hidden.contains(&Part::Norm) && !hidden.contains(&Part::Tokens));
    assert_eq!(Address::read("only=chain").0.view, Some(View::Chain));
    let all = Address::read("lock=all").0.embed;
    assert_eq!(all.lock, Control::ALL);
    assert_eq!(Moment::Output.to_string().parse(), Ok(Moment::Output));
}
