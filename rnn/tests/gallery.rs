//! The data sets are those of their rules, item by item, and each can be learnt.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use unrolled_rnn::train::{Asked, DataSet, GAPS, Target};

/// The FNV-1a hash of `inputs TAB targets NEWLINE` of every sequence in training, then of those held
/// out; `-` where a step has no target.
fn fingerprint(set: &DataSet) -> String {
    let corpus = set.corpus();
    let outputs = corpus.outputs();
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for &place in set.split().training().iter().chain(set.split().held_out()) {
        let example = &corpus.examples()[place];
        let inputs = example.places()[..example.steps()].iter();
        let inputs: Vec<&str> = inputs.map(|&at| corpus.vocabulary()[at].as_str()).collect();
        let targets = example.targets().iter().map(|target| match (target, corpus.asked()) {
            (None, _) => "-".to_owned(),
            (Some(Target::Place(place)), Asked::Binary) => place.to_string(),
            (Some(Target::Place(place)), _) => outputs[*place].clone(),
            (Some(Target::Numbers(numbers)), _) => format!("{numbers:?}"),
        });
        let targets: Vec<String> = targets.collect();
        for byte in format!("{}\t{}\n", inputs.join(" "), targets.join(" ")).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    format!("{hash:016x}")
}

#[test]
fn every_set_is_the_one_that_was_measured() {
    let known = [
        ("opinions-en", 16, 256, 64, "ff1d72763ddb79cd"),
        ("opinions-ko", 17, 256, 64, "e45b0c8a7ba0563b"),
        ("own-en", 23, 34, 12, "5a39beb6ae461166"),
        ("own-ko", 24, 36, 12, "d278e7d9e095fda6"),
        ("first-10", 7, 200, 100, "3d5710ffc1ce7f51"),
        ("first-20", 7, 200, 100, "cd3cdce9c668c9d5"),
        ("first", 7, 200, 100, "cd3cdce9c668c9d5"),
        ("parity", 2, 410, 100, "91c785d87b708291"),
        ("parity-every-step", 2, 410, 100, "4c931aaa0fd798c9"),
        ("temporal-xor", 2, 100, 50, "f85e1a9a09e4bc0d"),
        ("syllables", 6, 100, 50, "b166e34110c1c744"),
        ("hello", 5, 6, 6, "5345edcaabf51325"),
        ("rhyme-en", 20, 67, 67, "ae25a4991e7f95a5"),
        ("rhyme-ko", 25, 54, 54, "a63ec17b2c4e876d"),
        ("sentences", 14, 120, 60, "b54ca68441cd6d21"),
        ("counting", 3, 8, 8, "5ac01d89eada37e5"),
        ("brackets", 2, 300, 100, "5dfb335987d8ac65"),
        ("order", 6, 400, 100, "73ecfcaef6f29f0f"),
        ("which-first", 6, 300, 100, "6613fb995414bd29"),
        ("reber", 7, 300, 100, "a7968c5bb4e86535"),
    ];
    for (name, vocabulary, training, held_out, expected) in known {
        let set = DataSet::named(name).unwrap();
        assert_eq!((set.name(), fingerprint(&set).as_str()), (name, expected));
        let sizes = (
            set.corpus().vocabulary().len(),
            set.split().training().len(),
            set.split().held_out().len(),
        );
        assert_eq!(sizes, (vocabulary, training, held_out), "{name}");
    }
    assert!(DataSet::names().all(|name| known.iter().any(|(known, ..)| *known == name)));
}

#[test]
fn a_gap_is_part_of_a_name() {
    for gap in GAPS {
        let set = DataSet::named(&format!("first-{gap}")).unwrap();
        assert!(set.corpus().examples().iter().all(|example| example.steps() == gap + 2));
    }
    for wrong in ["first-1", "first-29", "first-", "first-x", "first--3", "order-20", ""] {
        assert!(DataSet::named(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn the_longer_sequences_are_longer_than_any_in_training() {
    let longer = |name: &str| {
        let set = DataSet::named(name).unwrap();
        let steps = |places: &[usize]| -> Vec<usize> {
            places.iter().map(|&place| set.corpus().examples()[place].steps()).collect()
        };
        let longest = steps(set.split().training()).into_iter().max().unwrap();
        assert!(steps(set.longer()).into_iter().all(|steps| steps > longest), "{name}");
        set.longer().len()
    };
    let counts = ["parity", "parity-every-step", "counting", "brackets", "order"].map(longer);
    assert_eq!(counts, [100, 100, 4, 100, 0]);
}

#[test]
fn what_cannot_be_known_is_not_judged() {
    let judged = |name: &str| {
        let set = DataSet::named(name).unwrap();
        let example = &set.corpus().examples()[set.split().training()[0]];
        let tokens = example.places().iter().skip(1).zip(example.judged());
        tokens
            .filter(|(_, judged)| **judged)
            .map(|(&at, _)| set.corpus().vocabulary()[at].clone())
            .collect::<String>()
    };
    assert!(judged("syllables").chars().all(|letter| "aiu".contains(letter)));
    assert_eq!(judged("counting"), ".");
    assert_eq!(judged("reber"), "T");
    let xor = DataSet::named("temporal-xor").unwrap();
    let example = &xor.corpus().examples()[0];
    for (at, judged) in example.judged().iter().enumerate() {
        let bit =
            |at: usize| xor.corpus().vocabulary()[example.places()[at]].parse::<usize>().unwrap();
        if *judged {
            assert_eq!(example.targets()[at], Some(Target::Place(bit(at - 1) ^ bit(at))));
        }
    }
    assert_eq!(example.judged().iter().filter(|judged| **judged).count(), 8);
}

#[test]
fn the_best_bag_of_words_of_opinions_is_not_much_better_than_guessing() {
    for name in ["opinions-en", "opinions-ko"] {
        let set = DataSet::named(name).unwrap();
        let all: Vec<usize> = (0..set.corpus().examples().len()).collect();
        assert_eq!(set.corpus().best_bag(&all), Some(0.6), "{name}");
    }
}

#[test]
fn some_sets_are_learnt_in_a_moment() {
    for name in ["opinions-en", "opinions-ko", "syllables", "hello", "counting"] {
        let set = DataSet::named(name).unwrap();
        let mut run = unrolled_rnn::train::Run::new(set.training(1), set.goal());
        run.run_for(set.updates());
        assert!(run.reached().is_some(), "{name}: {:?}", run.looks().last());
        let last = run.looks().last().unwrap().held_out;
        assert!(set.floor().is_none_or(|floor| last.loss > floor), "{name}");
        assert!(set.corpus().guessing().is_none_or(|guess| last.loss < guess), "{name}");
    }
}
