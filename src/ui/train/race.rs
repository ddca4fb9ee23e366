//! Trainings side by side: another learning rate, another cell, other seeds, longer gaps.

use super::super::{
    axis::use_width, canvas::use_canvas, figure::use_table, formula::prose, surroundings::use_words,
};
use crate::{
    figure::{MOST_TOLD_APART, Trails},
    page::Act,
    text::{Words, numbers, plain},
    training::{COMPARED, Command, Contest, Gaps, Learning, Motion, Outcome, Race, Runner, Tally},
};
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
    let words = use_words();
    let RaceViewProps { learning, on_act } = props;
    let node = use_node_ref();
    let size = ((use_width(&node) - WIDTH.1).clamp(200.0, WIDTH.0).floor(), HEIGHT);
    let (race, gaps) = (learning.race(), learning.gaps());
    let moving = learning.motion() == Motion::Racing;
    let button = |label: &'static str, pressed: bool, command: Command| {
        let command = if pressed && moving { Command::Pause } else { command };
        let onclick = on_act.reform(move |_: MouseEvent| command.clone().into());
        html! { <button aria-pressed={pressed.to_string()} {onclick}>{ label }</button> }
    };
    let begin = |contest: Contest| {
        let pressed = race.is_some_and(|race| race.contest() == contest);
        button(words.contest(contest), pressed, Command::Race(contest))
    };
    let has_gap = learning.data().set().is_some_and(|set| set.name().starts_with("first"));
    let trails = race.map(|race| trails(race, learning)).or_else(|| gaps.map(|gaps| shares(gaps)));
    let end = trails.as_ref().map_or(0, Trails::span);
    let (title, lines) = if gaps.is_some() {
        (words.gaps_chart(), words.gaps_lines(end))
    } else {
        (words.race_chart(), words.race_lines(end))
    };
    let (_, canvas) =
        use_canvas(plain(title).into(), size, (trails, size), |(trails, size), palette, brush| {
            if let Some(trails) = trails {
                // A canvas that was lost draws nothing; the numbers beside it stay.
                let _ = trails.draw(brush, palette, *size);
            }
        });
    let table = use_table(title, || {
        html! {
            <>
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
                { for has_gap.then(|| button(words.gaps_button(), gaps.is_some(), Command::CompareGaps)) }
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
        (points.collect(), runner.outcome() == Outcome::Reached)
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
        (points.filter_map(|(gap, tally)| Some((gap, tally.share()?))).collect(), true)
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
