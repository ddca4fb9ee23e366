//! Every rule, name and note of the tanh cell as a learner reads them, in one file.
//!
//! `UPDATE_EXPECT=1 cargo test --lib golden` writes the file anew: read what changed in it.

use super::{prose, rule};
use crate::{
    export::program,
    figure::{ChainLane, Lane},
    rnn::{Cell, Experiment, Parameter, Place, Step, Trace, Variable},
    session::{Quantity, Spot},
    text::{LaneWords, Language},
};
use expect_test::expect_file;
use roxmltree::{Document, Node};
use std::fmt::{self, Write};
use yew::{LocalServerRenderer, prelude::*};

const HEAD: &str = "\
Every rule, name and note of the tanh cell, as the page shows them.

Rules are MathML on the page, and written in one line here: a_{b}^{c} has an index and an exponent,
[a / b] is a fraction, √{a} a root, ∑↓t a sum over t, ⟨a⟩ a formula in a sentence.
";

#[derive(PartialEq, Properties)]
struct ShownProps {
    html: Html,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    props.html.clone()
}

/// What the page shows, in letters.
fn read(html: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let rendered =
        LocalServerRenderer::<Shown>::with_props(ShownProps { html }).hydratable(false).render();
    let rendered = tokio::task::LocalSet::new().block_on(&runtime, rendered);
    let document = format!("<all>{rendered}</all>");
    let letters = letters(Document::parse(&document).unwrap().root_element());
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `MathML`, and the sentences around it, in one line.
fn letters(node: Node<'_, '_>) -> String {
    if node.is_text() {
        return node.text().unwrap_or_default().to_owned();
    }
    let parts: Vec<Node<'_, '_>> =
        node.children().filter(|child| child.is_element() || child.is_text()).collect();
    let all = || parts.iter().map(|&part| letters(part)).collect::<String>();
    let part = |place: usize| letters(parts[place]);
    // One letter needs no braces around it.
    let braced = |text: String| match text.chars().count() {
        1 => text,
        _ => format!("{{{text}}}"),
    };
    // What has an index itself needs them.
    let base = || if part(0).ends_with('}') { format!("{{{}}}", part(0)) } else { part(0) };
    match (node.tag_name().name(), parts.len()) {
        // A name of several letters is that of a function.
        ("mi", _) if all().chars().count() > 1 && all().chars().all(char::is_alphabetic) => {
            format!(" {}", all())
        }
        ("all" | "math" | "mrow" | "mn" | "mi", _) => all(),
        ("mo", 1) => match part(0).as_str() {
            // A function is applied.
            "\u{2061}" => " ".to_owned(),
            sign @ ("(" | ")" | "∂" | "‖" | "∑") => sign.to_owned(),
            sign => format!(" {sign} "),
        },
        ("msub", 2) => format!("{}_{}", base(), braced(part(1))),
        ("msup", 2) => format!("{}^{}", base(), braced(part(1))),
        ("msubsup", 3) => format!("{}_{}^{}", base(), braced(part(1)), braced(part(2))),
        ("munder", 2) => format!("{}↓{} ", part(0), part(1)),
        ("mfrac", 2) => format!("[{} / {}]", part(0), part(1)),
        ("msqrt", _) => format!("√{{{}}}", all()),
        ("span", _) => format!("⟨{}⟩", all()),
        ("sub", _) => format!("_{}", braced(all())),
        ("sup", _) => format!("^{}", braced(all())),
        (name, count) => panic!("no way to write <{name}> with {count} parts"),
    }
}

fn trace(task: &str, settings: &str) -> Trace {
    let json = format!(
        r#"{{"format": "unrolled-experiment/1", "text": "not so bad so", "unit": "word",
            "task": {task}, "cell": "tanh", "hidden": 2, "seed": 5{settings}}}"#
    );
    Trace::of(Experiment::from_json(&json).unwrap())
}

/// What is said of each number, and once of each kind of number.
fn numbers(out: &mut String, title: &str, task: &str, spots: &[Spot]) -> fmt::Result {
    let trace = trace(task, "");
    let program = program::numpy(&trace);
    let mut remarked: Vec<Quantity> = Vec::new();
    writeln!(out, "\n\n== {title}")?;
    for &spot in spots {
        assert!(spot.value(&trace).is_some(), "the run has no {spot:?}");
        let quantity = spot.quantity();
        writeln!(out)?;
        for language in Language::ALL {
            let name = language.words().spot(spot, &trace);
            writeln!(out, "{}      {}", language.code(), read(prose(&name)))?;
        }
        let rule = read(rule(spot, &trace));
        writeln!(out, "  rule  {}", if rule.is_empty() { "none" } else { &rule })?;
        let block = program.block_of(quantity);
        for line in block.iter().filter(|line| line.computes.contains(&quantity)) {
            writeln!(out, "  code  {}", line.text.trim())?;
        }
        if remarked.contains(&quantity) {
            continue;
        }
        remarked.push(quantity);
        for language in Language::ALL {
            if let Some(remark) = language.words().remark(quantity) {
                writeln!(out, "  {}    {}", language.code(), read(prose(remark)))?;
            }
        }
    }
    Ok(())
}

fn note(out: &mut String, words: impl Fn(Language) -> LaneWords) -> fmt::Result {
    writeln!(out)?;
    Language::ALL.into_iter().try_for_each(|language| {
        let LaneWords { name, note } = words(language);
        writeln!(out, "{}      {}", language.code(), read(prose(&name)))?;
        writeln!(out, "        {}", read(prose(&note)))
    })
}

/// The numbers of the first, a middle and the last of four steps, where the rule knows a difference.
fn of_binary_classification() -> Vec<Spot> {
    let [first, second, third, last] = [0, 1, 2, 3].map(Step::from_index);
    let (unit, output) = (1, 0);
    let mut spots = vec![
        Spot::Value { of: Variable::Z1, step: first, unit },
        Spot::Value { of: Variable::Z1, step: third, unit },
        Spot::Value { of: Variable::State, step: third, unit },
        Spot::Logit { step: last, output },
        Spot::Output { step: last, output },
        Spot::Loss { step: last },
        Spot::OutputError { step: last, output },
        Spot::Error { of: Variable::State, step: last, unit },
        Spot::Error { of: Variable::State, step: second, unit },
        Spot::Error { of: Variable::Z1, step: second, unit },
        Spot::Norm { of: Variable::State, step: second },
        Spot::Jacobian { step: third, row: 0, column: 1 },
        Spot::Chain { from: first, to: last, row: 0, column: 1 },
        Spot::Chain { from: second, to: third, row: 0, column: 1 },
        Spot::Chain { from: last, to: last, row: 0, column: 1 },
    ];
    for parameter in Parameter::ALL {
        let place = Place { parameter, row: 0, column: 0 };
        let steps: &[Step] = match parameter {
            Parameter::W1X | Parameter::W1H | Parameter::B1 => &[first, third],
            _ => &[last],
        };
        spots.extend(steps.iter().map(|&step| Spot::Contribution { step, place }));
        spots.extend([Spot::Gradient(place), Spot::Weight(place), Spot::Updated(place)]);
    }
    spots
}

fn everything() -> Result<String, fmt::Error> {
    let mut out = HEAD.to_owned();
    let (third, last) = (Step::from_index(2), Step::from_index(3));
    numbers(
        &mut out,
        "Binary classification",
        r#"{"kind": "binary", "target": 1}"#,
        &of_binary_classification(),
    )?;
    let outputs = |step| {
        [
            Spot::Logit { step, output: 1 },
            Spot::Output { step, output: 1 },
            Spot::Loss { step },
            Spot::OutputError { step, output: 1 },
        ]
    };
    let labels = r#"{"kind": "classes", "labels": ["low", "middle", "high"], "target": 2}"#;
    numbers(&mut out, "Multi-class classification", labels, &outputs(last))?;
    let mut spots = outputs(third).to_vec();
    spots.extend([0, 1, 2].map(|step| Spot::Error {
        of: Variable::State,
        step: Step::from_index(step),
        unit: 0,
    }));
    for parameter in [Parameter::W2, Parameter::B2] {
        let place = Place { parameter, row: 0, column: 2 };
        spots.extend([Spot::Contribution { step: Step::FIRST, place }, Spot::Gradient(place)]);
    }
    numbers(&mut out, "Next-token prediction", r#"{"kind": "next-token"}"#, &spots)?;

    writeln!(out, "\n\n== Gradient clipping\n")?;
    let clipped = trace(r#"{"kind": "binary", "target": 1}"#, r#", "clip_norm": 0.5"#);
    let updated = Spot::Updated(Place { parameter: Parameter::W1H, row: 0, column: 0 });
    writeln!(out, "  rule  {}", read(rule(updated, &clipped)))?;

    writeln!(out, "\n\n== Lanes")?;
    for lane in Lane::told(Cell::Tanh) {
        let parameters = match lane {
            Lane::Contribution => &Parameter::RECURRENT[..],
            _ => &[Parameter::W1H],
        };
        for &parameter in parameters {
            note(&mut out, |language| language.words().lane(lane, Cell::Tanh, parameter))?;
        }
    }
    for lane in ChainLane::ALL {
        note(&mut out, |language| language.words().chain_lane(lane, Cell::Tanh))?;
    }
    note(&mut out, |language| {
        let words = language.words();
        LaneWords {
            name: words.chain_expansion().to_owned(),
            note: words.chain_expansion_note().to_owned(),
        }
    })?;
    note(&mut out, |language| {
        let words = language.words();
        LaneWords {
            name: words.chain_expansion_written().to_owned(),
            note: words.chain_expansion_each().to_owned(),
        }
    })?;
    Ok(out)
}

#[test]
fn every_rule_name_and_note_is_as_it_was_agreed() {
    expect_file!["../../../tests/golden/tanh-rules.txt"].assert_eq(&everything().unwrap());
}
