//! Every screen of every chapter, in every language: each question has an answer, and wrong ones;
//! each number that is spoken of is there; each task can be done, and is not done already.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use unrolled::{
    lesson::{
        Answer, Ask, Chapter, Place, Progress, Quantity, Question, Screen, Task, Verdict, chapters,
        filled, read_chapters,
    },
    rnn::{Bug, Experiment, Settings, Step, Trace},
    session::{Draft, Session},
    text::Language,
};

fn each_screen(mut check: impl FnMut(&str, &Chapter, usize, &Screen, Language, &Trace)) {
    for chapter in read_chapters().unwrap_or_else(|problem| panic!("{problem}")) {
        check_chapter(&chapter, &mut check);
    }
}

fn check_chapter(
    chapter: &Chapter,
    check: &mut impl FnMut(&str, &Chapter, usize, &Screen, Language, &Trace),
) {
    for language in Language::ALL {
        for (number, screen) in chapter.screens.iter().enumerate() {
            let title = chapter.title.of(language);
            let name = format!("“{title}”, screen {}, {}", number + 1, language.code());
            let experiment = chapter.experiment(number, language);
            let experiment = experiment.unwrap_or_else(|problem| panic!("{name}: {problem}"));
            check(&name, chapter, number, screen, language, &Trace::of(experiment));
        }
    }
}

#[test]
fn there_are_eight_chapters_of_three_to_eight_screens() {
    let chapters = chapters();
    assert!(chapters.len() >= 8);
    for chapter in chapters {
        assert!((3..=8).contains(&chapter.screens.len()));
        assert!(chapter.screens.iter().filter(|screen| screen.question.is_some()).count() >= 1);
        assert!(chapter.screens.last().unwrap().task.is_some(), "each ends with something to do");
    }
}

#[test]
fn every_text_is_there_and_every_number_in_it() {
    each_screen(|name, _, _, screen, language, trace| {
        let mut texts = vec![&screen.say];
        if let Some(Question { ask, why, kind, .. }) = &screen.question {
            texts.extend([ask, why]);
            if let Ask::Choice(choices) = kind {
                texts.extend(choices.iter().map(|choice| &choice.text));
            }
        }
        if let Some(Task { text, hint, .. }) = &screen.task {
            texts.extend([text, hint]);
        }
        for text in texts {
            let text = text.of(language);
            assert!(!text.trim().is_empty(), "{name}: a text is empty");
            let filled = filled(text, trace);
            let filled = filled.unwrap_or_else(|number| panic!("{name}: the run has no {number}"));
            assert!(!filled.contains(['{', '}']), "{name}: {filled}");
            let hangul = filled.chars().any(|c| ('가'..='힣').contains(&c));
            assert_eq!(hangul, language.code() == "ko", "{name}: {filled}");
        }
    });
}

#[test]
fn every_screen_brings_the_score_to_its_state() {
    each_screen(|name, chapter, number, screen, language, trace| {
        let session = Session::new(language.first_experiment().unwrap());
        let actions = chapter.actions(number, language);
        assert!(!actions.is_empty(), "{name}");
        let session = actions.into_iter().fold(session, |session, action| session.after(action));
        assert_eq!(session.draft(), &Draft::Accepted, "{name}");
        assert_eq!(&session.run().experiment, &trace.experiment, "{name}");
        if let Some(stage) = &screen.stage {
            let stage = stage.in_run(trace.steps());
            assert_eq!(Some(session.stage()), stage, "{name}: the run has no such moment");
        }
        if let Some(point) = &screen.point {
            let spot = point.spot(trace).filter(|spot| spot.value(trace).is_some());
            assert_eq!(session.focus().map(|focus| focus.spot), spot, "{name}");
            assert!(spot.is_some(), "{name}: there is nothing to point at");
        }
        if let Some(question) = &screen.question
            && let Some(reveal) = &question.reveal
        {
            let (before, after) = (screen.stage.as_ref().unwrap(), reveal.in_run(trace.steps()));
            let position = |stage| session.timeline().position(stage);
            let after = position(after.unwrap_or_else(|| panic!("{name}: no such moment")));
            let before = position(before.in_run(trace.steps()).unwrap());
            assert!(before < after, "{name}: the answer is seen before the question");
        }
    });
}

#[test]
fn every_question_can_be_answered_rightly_and_wrongly() {
    each_screen(|name, _, _, screen, _, trace| {
        let Some(question) = &screen.question else { return };
        let verdict = |answer| question.verdict(screen, trace, answer);
        if let Ask::Number { of, within } = &question.kind {
            let value = of.value(trace).unwrap_or_else(|| panic!("{name}: no such number"));
            assert_eq!(verdict(Answer::Number(value)), Some(Verdict::Right), "{name}");
            for off in [value + 1.5 * within, value - 1.5 * within] {
                assert_eq!(verdict(Answer::Number(off)), Some(Verdict::Wrong), "{name}");
            }
            assert!(*within < 0.5 * value.abs(), "{name}: 0 would do");
            return;
        }
        let options = question.options(screen, trace);
        let options = options.unwrap_or_else(|problem| panic!("{name}: {problem}"));
        for (option, right) in options.into_iter().enumerate() {
            let expected = if right { Verdict::Right } else { Verdict::Wrong };
            assert_eq!(verdict(Answer::Option(option)), Some(expected), "{name}");
        }
        assert_eq!(verdict(Answer::Option(999)), None, "{name}");
    });
}

#[test]
fn every_task_can_be_done_and_is_not_done_yet() {
    each_screen(can_be_done);
}

/// A task is not done on the screen as it opens, and is done by its solution.
fn can_be_done(
    name: &str,
    chapter: &Chapter,
    number: usize,
    screen: &Screen,
    language: Language,
    trace: &Trace,
) {
    let Some(task) = &screen.task else { return };
    let done = |trace: &Trace| {
        task.goal.iter().all(|goal| {
            goal.holds(trace).unwrap_or_else(|| panic!("{name}: a goal names no number"))
        })
    };
    assert!(!done(trace), "{name}: it is done before it is begun");
    let before = chapter.experiment(number, language).unwrap();
    let solved = task.solution.applied_to(before, language);
    let solved = solved.unwrap_or_else(|problem| panic!("{name}: {problem}"));
    assert!(done(&Trace::of(solved)), "{name}: the solution does not do it");
}

#[test]
fn progress_goes_through_every_screen_and_back_and_is_remembered() {
    let chapters = chapters();
    let mut progress = Progress::default();
    let mut count = 1;
    while let Some(next) = progress.next(chapters) {
        progress = progress.answered(Some(Answer::Option(0))).at(next);
        count += 1;
    }
    assert_eq!(count, chapters.iter().map(|chapter| chapter.screens.len()).sum::<usize>());
    assert_eq!(Progress::read(&progress.written(), chapters), progress);
    while let Some(previous) = progress.previous(chapters) {
        progress = progress.at(previous);
        assert_eq!(progress.answer(), Some(Answer::Option(0)));
    }
    assert_eq!(progress.place, Place::default());
    assert_eq!(progress.seen(0), chapters[0].screens.len());
    for broken in ["", "{}", "[1]", r#"{"place":{"chapter":99,"screen":0}}"#] {
        assert_eq!(Progress::read(broken, chapters).place, Place::default());
    }
}

/// The chapter that CONTRIBUTING.md gives as an example.
#[test]
fn the_example_for_teachers_is_a_chapter() {
    let guide = include_str!("../CONTRIBUTING.md");
    let example = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let example: toml::Value = toml::from_str(example).unwrap();
    let chapter: Chapter = serde_json::from_value(serde_json::to_value(example).unwrap())
        .unwrap_or_else(|problem| panic!("the example in CONTRIBUTING.md: {problem}"));
    check_chapter(&chapter, &mut |name, chapter, number, screen, language, trace| {
        can_be_done(name, chapter, number, screen, language, trace);
        let Some(question) = &screen.question else { return };
        assert!(question.options(screen, trace).is_ok(), "{name}");
    });
}

/// The names in the table of CONTRIBUTING.md, with what each is in a run of four steps and two units.
#[test]
fn a_quantity_is_the_number_of_its_name() {
    let trace = four_steps();
    let (forward, backward) = (&trace.forward, &trace.backward);
    let weights = trace.experiment.weights();
    let (gradient, last) = (&backward.gradient, Step::from_index(3));
    let term = trace.contribution(Step::from_index(2)).w1h;
    let links = trace.chain(last);
    let link = links.iter().find(|link| link.from == Step::from_index(1)).unwrap();
    let of_text = |text: &str| {
        let settings = trace.experiment.settings().clone();
        // The same weights by name, in the order of another vocabulary.
        let vocabulary = Some(trace.experiment.sequence().vocabulary().to_vec());
        let weights = Some(weights.clone());
        Trace::of(
            Experiment::new(Settings { text: text.to_owned(), vocabulary, weights, ..settings })
                .unwrap(),
        )
    };
    let reversed = of_text("d b b a");
    let broken = Bug::NoSumOverTime.gradient(&trace);
    let off = |wrong: &[f64], right: &[f64]| {
        let square = |values: &mut dyn Iterator<Item = f64>| values.map(|x| x * x).sum::<f64>();
        let difference = square(&mut wrong.iter().zip(right).map(|(wrong, right)| wrong - right));
        (difference / square(&mut right.iter().copied())).sqrt()
    };
    let (norm, of_weights) = (link.norm.value(), link.norm_of_weights.value());
    let (whole, followed) = (trace.full_gradient(), trace.followed_gradient());
    let along: f64 = whole.values().zip(followed.values()).map(|(a, b)| a * b).sum();
    for (name, expected) in [
        ("Z1 3 2", forward.pre_activation[[2, 1]]),
        ("H 3 2", forward.hidden[[3, 1]]),
        ("H last 1", forward.hidden[[4, 0]]),
        ("H last-1 1", forward.hidden[[3, 0]]),
        ("slope 3 2", 1.0 - forward.hidden[[3, 1]].powi(2)),
        ("dH 2 1", backward.d_hidden[[1, 0]]),
        ("dZ1 2 1", backward.d_pre_activation[[1, 0]]),
        ("norm 2", backward.d_hidden[[1, 0]].hypot(backward.d_hidden[[1, 1]])),
        ("Z2", forward.logits[[0, 0]]),
        ("A2", forward.probabilities[[0, 0]]),
        ("A2 last 1", forward.probabilities[[0, 0]]),
        ("dZ2", backward.d_logits[[0, 0]]),
        ("L", forward.loss()),
        ("L last", forward.losses[0]),
        // The token of step 3 is that of step 2; the one of step 4 is the third of the vocabulary.
        ("W1x 3 2", weights.w1x[[1, 1]]),
        ("W1x 4 2", weights.w1x[[2, 1]]),
        ("W1h 2 1", weights.w1h[[1, 0]]),
        ("b1 2", weights.b1[1]),
        ("W2 2 1", weights.w2[[1, 0]]),
        ("b2 1", weights.b2[0]),
        ("dW1x 4 2", gradient.w1x[[2, 1]]),
        ("dW1h 2 1", gradient.w1h[[1, 0]]),
        ("db1 2", gradient.b1[1]),
        ("dW2 2 1", gradient.w2[[1, 0]]),
        ("db2 1", gradient.b2[0]),
        ("term 3 2 1", term[[1, 0]]),
        ("term 3", term.iter().map(|entry| entry * entry).sum::<f64>().sqrt()),
        ("J 3 2 1", weights.w1h[[1, 0]] * (1.0 - forward.hidden[[3, 0]].powi(2))),
        ("chain 2", norm),
        ("chain_weights 2", of_weights),
        ("chain_saturation 2", norm / of_weights),
        ("gradient", gradient.norm()),
        ("followed", 0.01),
        ("cosine", trace.truncated().cosine.unwrap()),
        ("bag", trace.bag_of_words()[[0, 0]]),
        ("reversed_A2", reversed.forward.probabilities[[0, 0]]),
        ("reversed_bag", reversed.bag_of_words()[[0, 0]]),
        ("predicted_loss", forward.loss() - 0.1 * along),
        ("next_loss", Trace::of(trace.updated().unwrap()).forward.loss()),
        (
            "bug sum w1h",
            off(broken.w1h.as_slice().unwrap(), trace.full_gradient().w1h.as_slice().unwrap()),
        ),
        ("T", 4.0),
        ("0.5", 0.5),
        ("10 x norm 1", 10.0 * backward.d_hidden[[0, 0]].hypot(backward.d_hidden[[0, 1]])),
    ] {
        let found = Quantity::read(name).unwrap().value(&trace);
        let found = found.unwrap_or_else(|| panic!("there is no {name}"));
        let near = (found - expected).abs() <= 1e-12 * (1.0 + expected.abs());
        assert!(near, "{name} is {found} instead of {expected}");
    }
    for missing in
        ["H 5 1", "H 0 1", "H last-4 1", "H 1 3", "W1h 3 1", "A2 1 1", "J 1 1 1", "h 1 1"]
    {
        assert_eq!(Quantity::read(missing).unwrap().value(&trace), None, "{missing}");
    }
}

/// A run of four steps and two units, truncated and clipped.
fn four_steps() -> Trace {
    let json = r#"{"format": "unrolled-experiment/1", "text": "a b b d", "unit": "word",
        "task": {"kind": "binary", "target": 1}, "cell": "tanh", "hidden": 2, "seed": 5,
        "spectral_radius": 1.2, "truncation": 3, "clip_norm": 0.01}"#;
    Trace::of(Experiment::from_json(json).unwrap())
}

#[test]
fn a_particle_goes_by_the_number_before_it() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    assert_eq!(filled("{0.5}{이/가} **{0.6}**{이/가}", &trace).unwrap(), "0.5000이 **0.6000**이");
    assert_eq!(filled("‘{token 2}’{을/를}, {T}{으로/로}", &trace).unwrap(), "‘film’을, 7로");
}

#[test]
fn what_is_right_is_what_the_numbers_say() {
    let trace = Trace::of(Language::default().first_experiment().unwrap());
    let text = Language::ALL.map(|language| format!(r#""{}": """#, language.code())).join(", ");
    let text = format!("{{ {text} }}");
    let right = |kind: &str| {
        let json = format!(
            r#"{{ "say": {text}, "bug": "sum", "question": {{ "ask": {text}, "why": {text}, {kind} }} }}"#
        );
        let screen: Screen = serde_json::from_str(&json).unwrap();
        let question = screen.question.as_ref().unwrap();
        question.options(&screen, &trace).map(|options| {
            options.iter().map(|&right| if right { '+' } else { '-' }).collect::<String>()
        })
    };
    assert_eq!(right(r#""compare": ["2", "1"]"#).unwrap(), "+-");
    assert_eq!(right(r#""compare": ["1", "3 x norm last"]"#).unwrap(), "-+");
    assert_eq!(right(r#""sign": "0.5""#).unwrap(), "+-");
    assert_eq!(right(r#""sign": "-0.5""#).unwrap(), "-+");
    // The error of the first example fades on its way back.
    assert_eq!(right(r#""which-step": "norm""#).unwrap(), "------+");
    assert_eq!(right(r#""which-bug": true"#).unwrap(), "---+-");
    let choice = |condition: &str| {
        right(&format!(
            r#""choice": [{{ "text": {text}, "right": "{condition}" }}, {{ "text": {text}, "right": "T != 7" }}]"#
        ))
    };
    assert_eq!(choice("T = 7").unwrap(), "+-");
    assert_eq!(choice("norm 1 < norm last").unwrap(), "+-");
    // Without a right answer, or with right ones only, there is nothing to ask.
    assert!(choice("1 > 2").is_err());
    assert!(right(r#""compare": ["1", "1"]"#).is_err());
    assert!(right(r#""sign": "norm 99""#).is_err());
}
