//! What a person types or pastes becomes sequences, and what does not is said line by line.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use unrolled_rnn::{
    StepUnit,
    settings::TaskKind,
    train::{Asked, Corpus, Example, MOST_SEQUENCES, Reading, Split, Target, Training},
};

fn complaints(reading: &Reading) -> Vec<String> {
    reading.bad.iter().map(ToString::to_string).collect()
}

fn words(text: &str, kind: Option<TaskKind>) -> (Corpus, Vec<String>) {
    let reading = Corpus::from_lines(text, StepUnit::Word, kind);
    (reading.corpus.clone().unwrap(), complaints(&reading))
}

#[test]
fn bad_lines_are_named_and_the_good_ones_stay() {
    let text = "the film was good\t1\n\nthe film was bad\nno tab 0\nthe plot\t0\t1\n\t1\nthe plot\t\n\
                the plot\t2\na \u{7} b\t1\nthe plot was dull\t- 0 1 0\nthe plot was dull\t0 1\n\
                was it\t- -\n";
    let (corpus, bad) = words(text, Some(TaskKind::Binary));
    let good: Vec<&str> = corpus.examples().iter().map(Example::text).collect();
    assert_eq!(good, ["the film was good", "the plot was dull"]);
    assert_eq!(corpus.vocabulary(), ["the", "film", "was", "good", "plot", "dull"]);
    assert_eq!(corpus.examples()[1].losses(), 3);
    assert_eq!(
        bad,
        [
            "line 3: there is no tab in it; write the sequence, a tab and its target",
            "line 4: there is no tab in it; write the sequence, a tab and its target",
            "line 5: there are 2 tabs in it; leave one, between the sequence and its target",
            "line 6: the sequence: it is empty; type at least one token",
            "line 7: no step has a target; give it at least one",
            "line 8: the target \"2\" is neither 0 nor 1; write one of them",
            "line 9: the sequence: character 3 is the control character U+0007; remove it",
            "line 11: it has 2 targets, but 4 steps; give it one target, or one a step, with - (in JSON null) where there is none",
            "line 12: no step has a target; give it at least one",
        ]
    );
}

#[test]
fn the_kind_of_question_is_what_the_targets_look_like() {
    let asked = |text, unit| Corpus::from_lines(text, unit, None).corpus.unwrap().asked().clone();
    assert_eq!(asked("a b\t1\nb a\t0 -\n", StepUnit::Word), Asked::Binary);
    assert_eq!(asked("a b\t0.5\nb a\t-1 2\n", StepUnit::Word), Asked::Values { numbers: 1 });
    assert_eq!(asked("1 2\t0,1\n3\t−2,2\n", StepUnit::Number), Asked::Values { numbers: 2 });
    assert_eq!(asked("hello\nhallo\n", StepUnit::Character), Asked::NextToken);
    let labels = ["좋음".to_owned(), "나쁨".to_owned()].to_vec();
    assert_eq!(
        asked("좋은 영화\t좋음\n나쁜 영화\t나쁨\n", StepUnit::Word),
        Asked::Classes { labels }
    );
    let (corpus, bad) = words("a\tx\nb\ty\na b\ty x\nb\t3 3\n", None);
    assert_eq!(
        bad,
        [
            "line 4: it has 2 targets, but 1 steps; give it one target, or one a step, with - (in JSON null) where there is none"
        ]
    );
    // What stands in a bad line makes no label.
    assert_eq!(corpus.outputs(), ["x", "y"]);
    assert_eq!(corpus.examples()[2].targets(), [Some(Target::Place(1)), Some(Target::Place(0))]);
    let one = Corpus::from_lines("a\tx\nb\tx\n", StepUnit::Word, None);
    assert_eq!(
        complaints(&one),
        ["line 2: all targets are \"x\"; there must be at least two different ones"]
    );
    assert_eq!(one.corpus, None);
}

#[test]
fn where_the_next_token_is_asked_a_line_is_a_sequence_and_nothing_more() {
    let (corpus, bad) = words("one two\nthree\nfour\tfive\n", Some(TaskKind::NextToken));
    assert_eq!(corpus.examples().len(), 1);
    assert_eq!(
        bad,
        [
            "line 2: the sequence: one token has no next token to predict; type at least two",
            "line 3: there is a tab in it; remove it: each next token is a target already",
        ]
    );
}

#[test]
fn numbers_are_as_many_in_every_line() {
    let text = "0.5 1\t1.5\n1,2\t0.5\n1\t1,2\n1 x\t1.0\n2\tbig\n2\t1e9\n−1 2\t−.5\n";
    let reading = Corpus::from_lines(text, StepUnit::Number, Some(TaskKind::Values));
    assert_eq!(
        complaints(&reading),
        [
            "line 2: its steps have 2 numbers, but those before have 1; give each as many",
            "line 3: a target has 2 numbers, but those before have 1; give each as many",
            "line 4: the sequence: step 2: \"x\" is no number; write each step as numbers joined by commas, as in 0.5 or 1,0",
            "line 5: the target \"big\" is no number from -1000000 to 1000000; write it as 0.5, or several as 0.5,1",
            "line 6: the target \"1e9\" is no number from -1000000 to 1000000; write it as 0.5, or several as 0.5,1",
        ]
    );
    assert_eq!(reading.corpus.as_ref().unwrap().examples().len(), 2);
}

#[test]
fn a_text_is_cut_so_that_each_token_is_predicted_once() {
    let reading =
        Corpus::from_text("one two three\nfour five six \u{7}\nseven eight\n", StepUnit::Word, 2);
    assert_eq!(
        complaints(&reading),
        ["line 2: the sequence: character 15 is the control character U+0007; remove it"]
    );
    let corpus = reading.corpus.as_ref().unwrap();
    let texts: Vec<&str> = corpus.examples().iter().map(Example::text).collect();
    assert_eq!(texts, ["one two three", "three seven eight"]);
    let reading = Corpus::from_text("ab\nab", StepUnit::Character, 3);
    let texts: Vec<String> =
        reading.corpus.as_ref().unwrap().examples().iter().map(|it| it.text().to_owned()).collect();
    assert_eq!(texts, ["ab\na", "ab"]);
    assert_eq!(Corpus::from_text("x", StepUnit::Character, 3).corpus, None);
    // Two long words are too long together, and the others stay.
    let long = "x".repeat(12_000);
    let text = format!("one two three\nfour {long} {long}\nfive six\n");
    let reading = Corpus::from_text(&text, StepUnit::Word, 2);
    let said = "the sequence: it is longer than 20000 bytes; shorten it";
    assert_eq!(complaints(&reading), [format!("line 2: {said}")]);
    assert_eq!(reading.corpus.as_ref().unwrap().examples().len(), 3);
}

#[test]
fn what_is_too_much_is_said() {
    let many = "a b\t1\n".repeat(MOST_SEQUENCES + 20);
    let (corpus, bad) = words(&many, None);
    assert_eq!(corpus.examples().len(), MOST_SEQUENCES);
    assert_eq!(
        bad,
        ["line 501: it and what follows is left out: more than 500 sequences are too many"]
    );
    let long = format!("a b\t1\n{}\t0\n", "a ".repeat(201));
    assert_eq!(
        words(&long, None).1,
        ["line 2: the sequence: it has more than 200 tokens; shorten it"]
    );
    let new: Vec<String> = (0..1100).map(|at| format!("w{at}\t1\n")).collect();
    assert_eq!(words(&new.concat(), None).0.vocabulary().len(), 500);
    let wide: Vec<String> = (0..8)
        .map(|line| {
            let words: Vec<String> = (0..190).map(|at| format!("w{line}-{at}")).collect();
            format!("{}\t1\n", words.join(" "))
        })
        .collect();
    let (corpus, bad) = words(&wide.concat(), None);
    assert_eq!((corpus.examples().len(), corpus.vocabulary().len()), (5, 950));
    assert_eq!(bad[0], "line 6: with it there are more than 1000 different tokens; use fewer");
    let text = "word ".repeat(101_000);
    let reading = Corpus::from_text(&text, StepUnit::Word, 199);
    assert_eq!(reading.corpus.as_ref().unwrap().examples().len(), MOST_SEQUENCES);
    assert_eq!(
        complaints(&reading),
        ["line 1: it and what follows is left out: more than 500 sequences are too many"]
    );
}

#[test]
fn a_split_is_redrawn_by_its_seed_and_its_doubles_are_told() {
    let (one, other) = (Split::drawn(20, 5, 1), Split::drawn(20, 5, 2));
    assert_eq!(one, Split::drawn(20, 5, 1));
    assert_ne!(one, other);
    let mut all = [one.training(), one.held_out()].concat();
    all.sort_unstable();
    assert_eq!(all, (0..20).collect::<Vec<_>>());
    assert_eq!(
        (Split::drawn(3, 9, 1).training().len(), Split::drawn(3, 9, 1).held_out().len()),
        (1, 2)
    );
    let (corpus, _) = words("a b\t1\nb a\t0\na b\t0\nb b\t1\nb a\t0\n", None);
    assert_eq!(Split::at(3, 5).in_both(&corpus), [(4, 1)]);
    assert_eq!(Split::by_heart(5).in_both(&corpus), []);
    let numbers = Corpus::from_lines("1 2\t1\n2 1\t0\n1 2\t1\n", StepUnit::Number, None);
    assert_eq!(Split::at(2, 3).in_both(&numbers.corpus.unwrap()), [(2, 0)]);
}

#[test]
fn no_bag_of_words_tells_twins_apart() {
    let (corpus, _) = words("good not bad\t1\nbad not good\t0\ngood\t1\nbad\t0\nbad\t0\n", None);
    assert_eq!(corpus.best_bag(&[0, 1, 2, 3, 4]), Some(0.8));
    assert_eq!(corpus.most_frequent(&[0, 1, 2, 3, 4]), Some(0.6));
    assert_eq!(corpus.best_bag(&[]), None);
    let values = Corpus::from_lines("1\t0.5\n", StepUnit::Number, None).corpus.unwrap();
    assert_eq!((values.best_bag(&[0]), values.guessing()), (None, None));
    assert_eq!(corpus.guessing(), Some(std::f64::consts::LN_2));
}

/// The complaint about a training file in which `good` is `wrong`.
fn complaint(good: &str, wrong: &str) -> String {
    const FILE: &str = r#"{"format": "unrolled-training/1", "unit": "word", "task": {"kind": "binary"},
        "cell": "tanh", "hidden": 2, "sequences": [{"text": "a b", "target": 1}, {"text": "b", "target": 0}],
        "optimizer": {"kind": "adam", "beta1": 0.9}, "batches": [[0, 1], [1]], "updates": 3}"#;
    assert!(FILE.contains(good), "{good}");
    match Training::from_json(&FILE.replacen(good, wrong, 1)) {
        Ok((mut training, updates)) => match training.trained_json(updates) {
            Ok(_) => "it is accepted".to_owned(),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    }
}

/// A message without the line and the column of a file.
fn without_place(said: &str) -> String {
    match said.split_once(" (line ") {
        Some((before, after)) => [before, after.split_once(')').unwrap().1].concat(),
        None => said.to_owned(),
    }
}

#[test]
fn a_wrong_training_file_is_answered_in_one_line() {
    assert_eq!(complaint("", ""), "it is accepted");
    for (good, wrong, said) in [
        (
            "\"hidden\"",
            "\"hiden\": 1, \"hidden\"",
            "hiden: there is no such field; remove it; the nearest is `hidden`",
        ),
        (
            "\"beta1\"",
            "\"beta3\"",
            "optimizer.beta3: there is no such field; remove it; the nearest is `beta1`",
        ),
        (
            "\"updates\": 3",
            "\"batch\": 3",
            "batch: there is no such field; remove it; the nearest is `batches`",
        ),
        (
            "unrolled-training/1",
            "unrolled-experiment/1",
            "format: it must be \"unrolled-training/1\"",
        ),
        ("\"adam\"", "\"adagrad\"", "optimizer.kind: it must be \"sgd\", \"momentum\" or \"adam\""),
        ("\"adam\"", "\"sgd\"", "optimizer: `sgd` takes no `beta1`; remove it"),
        ("0.9", "1.5", "optimizer: `beta1` must be at least 0 and less than 1"),
        (
            "\"target\": 1",
            "\"targets\": [1]",
            "sequences entry 1: it has 1 targets, but 2 steps; give it one target, or one a step, with - (in JSON null) where there is none",
        ),
        ("\"target\": 1", "\"target\": 2", "sequences entry 1: `target` must be 0 or 1"),
        (
            "\"target\": 0",
            "\"target\": \"x\"",
            "sequences[1].target: it must be a whole number, 0 or more, or for `values` a list of numbers",
        ),
        (", \"target\": 0", "", "sequences entry 2: `target` must be 0 or 1"),
        (
            "\"a b\"",
            "\"\"",
            "sequences entry 1: the sequence: it is empty; type at least one token",
        ),
        ("[1]]", "[2]]", "batches entry 2: there is no sequence 2; the last one is 1"),
        (
            "[1]]",
            "[]]",
            "batches entry 2: it is empty; name at least one sequence by its place, from 0",
        ),
        ("[1]]", "[-1]]", "batches[1][0]: it must be a whole number, 0 or more"),
        (
            "\"hidden\": 2",
            "\"hidden\": 0",
            "hidden: 0 is not possible; it must be between 1 and 128",
        ),
        ("\"updates\": 3", "\"updates\": 1e9", "updates: it must be a whole number, 0 or more"),
        (
            "\"updates\": 3",
            "\"updates\": 200000",
            "updates: 200000 is not possible; it must be between 0 and 100000",
        ),
        (
            "\"updates\": 3",
            "\"keep_bias\": 1",
            "keep_bias: the cell \"tanh\" has no gate that keeps; remove it",
        ),
        (
            "\"updates\": 3",
            "\"weights\": {\"w1x\": [[1]]}",
            "weights.w1x: it is 1 by 1; the other fields make it 2 by 2",
        ),
        (
            "\"updates\": 3",
            "\"vocabulary\": [\"a\"]",
            "sequences entry 1: the sequence: the token \"b\" is not in the vocabulary; add it there or change the text",
        ),
        ("\"binary\"", "\"classes\"", "task: `classes` needs `labels`"),
        (
            "\"binary\"",
            "\"next-token\"",
            "sequences entry 1: `next-token` takes no `target`: the text holds the targets",
        ),
        (
            "\"updates\": 3",
            "\"learning_rate\": 1001",
            "learning_rate: 1001 is not possible; it must be between 0 and 1000",
        ),
        ("3}", "3} x", "the training: more follows after its end; remove that"),
        (
            "{\"format\"",
            "[{\"format\"",
            "the training: it must be an object with the fields of a training",
        ),
    ] {
        assert_eq!(without_place(&complaint(good, wrong)), said, "{good} → {wrong}");
    }
}
