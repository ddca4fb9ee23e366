//! Trainings side by side: another learning rate, another cell, other seeds, longer gaps.

use super::super::{
    axis::use_width,
    canvas::use_canvas,
    figure::use_table,
    formula::{lesson_prose, prose},
    surroundings::{Surroundings, use_around},
    truth,
};
use crate::{
    browser,
    export::{picture, table},
    figure::{MOST_TOLD_APART, Trail, Trails},
    lesson::{Place, School, chapters},
    page::Act,
    text::{Words, numbers, plain},
    training::{
        COMPARED, Command, Comparison, Contest, Gaps, Learning, Motion, Outcome, Race, Runner,
        Tally,
    },
};
use std::rc::Rc;
use yew::prelude::*;

/// The height of the chart.
const HEIGHT: f64 = 140.0;

/// The widest that the chart gets, and the room beside it.
const WIDTH: (f64, f64) = (760.0, 40.0);

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct RaceViewProps {
    pub(in crate::ui) learning: Learning,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// What can be compared, and what is.
#[component]
pub(in crate::ui) fn RaceView(props: &RaceViewProps) -> Html {
    let around = use_around();
    let words = around.language.words();
    let RaceViewProps { learning, on_act } = props;
    let node = use_node_ref();
    let (race, gaps) = (learning.race(), learning.gaps());
    let moving = learning.motion() == Motion::Racing;
    let button = |label: &'static str, pressed: bool, command: Command| {
        let command = if pressed && moving { Command::Pause } else { command };
        let onclick = on_act.reform(move |_: MouseEvent| command.clone().into());
        html! { <button aria-pressed={truth(pressed)} {onclick}>{ label }</button> }
    };
    let begin = |contest: Contest| {
        let comparison = Comparison::Race(contest);
        let pressed = learning.comparison() == Some(comparison);
        button(words.contest(contest), pressed, Command::Compare(comparison))
    };
    let has_gap = learning.data().set().is_some_and(|set| set.name().starts_with("first"));
    let trails = race.map(|race| trails(race, learning)).or_else(|| gaps.map(|gaps| shares(gaps)));
    let end = trails.as_ref().map_or(0, Trails::span);
    let (title, lines) = if gaps.is_some() {
        (words.gaps_chart(), words.gaps_lines(end))
    } else {
        (words.race_chart(), words.race_lines(end))
    };
    let drawn = trails.clone();
    let canvas = use_trails(&node, title, trails);
    let table = use_table(title, || {
        let (csv, svg) = files(learning, drawn.as_ref(), &around, title);
        html! {
            <>
                <p class="ways">
                    <button onclick={csv}>{ "CSV" }</button>
                    <button onclick={svg}>{ "SVG" }</button>
                </p>
                { for race.map(|race| results(race, words)) }
                { for gaps.map(|gaps| tallies(gaps, words)) }
            </>
        }
    });
    let status = race
        .map(|race| words.race_share(race, learning.data()))
        .or_else(|| gaps.map(|gaps| words.gaps_ended(gaps.ended().0, gaps.ended().1)));
    html! {
        <section class="Race" ref={node} aria-label={words.race_title()}>
            <h2>{ words.race_title() }</h2>
            <p class="note">{ prose(&words.race_note(learning.data().updates())) }</p>
            <div class="ways">
                { for Contest::ALL.into_iter().map(begin) }
                { for has_gap.then(|| button(words.gaps_button(), gaps.is_some(), Command::Compare(Comparison::Gaps))) }
            </div>
            <div hidden={race.is_none() && gaps.is_none()}>
                <h3>{ prose(title) }</h3>
                { canvas }
                <p class="note">{ prose(&lines) }</p>
                <ul class="entrants">{ for entrants(learning, words) }</ul>
                <p role="status">{ for status }</p>
                { table }
            </div>
        </section>
    }
}

/// The curves, as wide as there is room in `node`.
#[hook]
fn use_trails(node: &NodeRef, title: &'static str, trails: Option<Trails>) -> Html {
    let size = ((use_width(node) - WIDTH.1).clamp(200.0, WIDTH.0).floor(), HEIGHT);
    let (_, canvas) =
        use_canvas(plain(title).into(), size, (trails, size), |(trails, size), palette, brush| {
            if let Some(trails) = trails {
                // A canvas that was lost draws nothing; the numbers beside it stay.
                let _ = trails.draw(brush, palette, *size);
            }
        });
    canvas
}

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct RivalsProps {
    pub(in crate::ui) place: Place,
}

/// The trainings that a screen of the lesson compares, in one chart: those that it has a name for.
#[component]
pub(in crate::ui) fn Rivals(props: &RivalsProps) -> Html {
    let language = use_around().language;
    let words = language.words();
    let node = use_node_ref();
    let rivals = use_memo((props.place, language), |&(place, language)| {
        let (chapter, _) = place.of(chapters())?;
        let schools = chapter.schools(place.screen, language);
        let named: Vec<_> = schools
            .iter()
            .filter_map(|school| Some((school, school.name()?.of(language))))
            .collect();
        let curve = |(school, _): &(&School, &str)| {
            let points = school.run().looks().iter().map(|look| (look.updates, look.held_out.loss));
            Trail { points: points.collect(), mark: school.run().reached() }
        };
        let trails = Trails {
            trails: named.iter().map(curve).collect(),
            line: schools.first()?.set().corpus().guessing(),
            least_span: 50,
        };
        let outcome = |(school, name): &(&School, &str)| {
            let made = school.run().updates().len();
            let outcome = match school.run().reached() {
                Some(updates) => words.race_reached(updates),
                None if school.set().goal().is_some() => words.race_late(made),
                None => words.race_made(made),
            };
            ((*name).to_owned(), outcome)
        };
        (named.len() > 1).then(|| (trails, named.iter().map(outcome).collect::<Vec<_>>()))
    });
    let trails = rivals.as_ref().as_ref().map(|(trails, _)| trails.clone());
    let end = trails.as_ref().map_or(0, Trails::span);
    let canvas = use_trails(&node, words.race_chart(), trails);
    html! {
        <section class="Race" ref={node} hidden={rivals.is_none()} aria-label={words.race_title()}>
            <h3>{ prose(words.race_chart()) }</h3>
            { canvas }
            <p class="note">{ prose(&words.race_lines(end)) }</p>
            <ul class="entrants">
                { for rivals.iter().flat_map(|(_, outcomes)| outcomes).enumerate().map(|(key, (name, outcome))| html! {
                    <li {key} data-trail={key.to_string()}><b>{ lesson_prose(name) }</b>{ ": " }{ outcome }</li>
                }) }
            </ul>
        </section>
    }
}

/// The curves of a comparison as files: as numbers, and as a picture.
fn files(
    learning: &Learning,
    trails: Option<&Trails>,
    around: &Surroundings,
    title: &'static str,
) -> (Callback<MouseEvent>, Callback<MouseEvent>) {
    let words = around.language.words();
    let names: Vec<String> = match (learning.race(), learning.gaps()) {
        (Some(race), _) => {
            race.runners().iter().map(|runner| plain(&words.entrant(runner.entrant()))).collect()
        }
        (None, Some(gaps)) => gaps.tallies().map(|(cell, _)| words.cell(cell).to_owned()).collect(),
        (None, None) => Vec::new(),
    };
    let file = learning.comparison().map_or("comparison", Comparison::name);
    let is_gaps = learning.gaps().is_some();
    let head = plain(if is_gaps { words.gaps_gap() } else { words.train_number() });
    let csv = {
        let (trails, names) = (trails.cloned(), names.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(trails) = &trails {
                let text = table::trails_csv(trails, &names, &head);
                browser::download(&format!("unrolled-{file}.csv"), "text/csv", text.as_bytes());
            }
        })
    };
    let (trails, palette) = (trails.cloned(), Rc::clone(&around.palette));
    let svg = Callback::from(move |_: MouseEvent| {
        if let Some(trails) = &trails {
            let size = (WIDTH.0, 2.0 * HEIGHT);
            let (text, _) = picture::trails_svg(trails, &names, title, &palette, size);
            browser::download(&format!("unrolled-{file}.svg"), "image/svg+xml", text.as_bytes());
        }
    });
    (csv, svg)
}

/// What each curve is, where they are told apart.
fn entrants(learning: &Learning, words: &Words) -> Vec<Html> {
    let item = |(key, (name, outcome)): (usize, (String, String))| {
        html! {
            <li {key} data-trail={key.to_string()}><b>{ prose(&name) }</b>{ outcome }</li>
        }
    };
    let few = learning.race().filter(|race| race.runners().len() <= MOST_TOLD_APART);
    let runners = few.into_iter().flat_map(|race| race.runners());
    let runners = runners
        .map(|runner| (words.entrant(runner.entrant()), format!(": {}", words.outcome(runner))));
    let cells = learning.gaps().into_iter().flat_map(|gaps| gaps.tallies());
    let cells = cells.map(|(cell, _)| (words.cell(cell).to_owned(), String::new()));
    runners.chain(cells).enumerate().map(item).collect()
}

/// The curves of a race.
fn trails(race: &Race, learning: &Learning) -> Trails {
    let curve = |runner: &Runner| {
        let points = runner.looks().iter().map(|(updates, score)| (*updates, score.loss));
        let reached = runner.outcome() == Outcome::Reached;
        Trail { points: points.collect(), mark: reached.then(|| runner.updates()) }
    };
    Trails {
        trails: race.runners().iter().map(curve).collect(),
        line: learning.data().corpus().guessing(),
        least_span: 50,
    }
}

/// The curves of the shares against the gap.
fn shares(gaps: &Gaps) -> Trails {
    let curve = |(_, tallies): (_, &[Tally])| {
        let points = COMPARED.into_iter().zip(tallies);
        let points: Vec<_> =
            points.filter_map(|(gap, tally)| Some((gap, tally.share()?))).collect();
        let mark = points.last().map(|(gap, _)| *gap);
        Trail { points, mark }
    };
    Trails {
        trails: gaps.tallies().map(curve).collect(),
        line: Some(1.0),
        least_span: COMPARED[COMPARED.len() - 1],
    }
}

/// The table of the shares: a row for each gap, a column for each cell.
fn tallies(gaps: &Gaps, words: &Words) -> Html {
    html! {
        <table>
            <caption>{ prose(words.gaps_chart()) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.gaps_gap() }</th>
                    { for gaps.tallies().map(|(cell, _)| html! { <th scope="col">{ words.cell(cell) }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for COMPARED.into_iter().enumerate().map(|(at, gap)| html! {
                    <tr key={gap}>
                        <th scope="row">{ gap }</th>
                        { for gaps.tallies().map(|(_, tallies)| html! {
                            <td>{ words.train_some_right(tallies[at].reached, tallies[at].ended) }</td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// The table of a race: where each training stands.
fn results(race: &Race, words: &Words) -> Html {
    html! {
        <table>
            <caption>{ prose(words.race_chart()) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.race_training() }</th>
                    <th scope="col">{ words.race_outcome() }</th>
                    <th scope="col">{ words.train_held_out_loss() }</th>
                    <th scope="col">{ words.lane_held_out() }</th>
                </tr>
            </thead>
            <tbody>
                { for race.runners().iter().enumerate().map(|(key, runner)| {
                    let score = runner.looks().last().map(|(_, score)| *score);
                    let accuracy = score.and_then(|score| score.accuracy);
                    html! {
                        <tr {key}>
                            <th scope="row">{ prose(&words.entrant(runner.entrant())) }</th>
                            <td>{ words.outcome(runner) }</td>
                            <td>{ for score.map(|score| numbers::size(score.loss)) }</td>
                            <td>{ for accuracy.map(numbers::size) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}
