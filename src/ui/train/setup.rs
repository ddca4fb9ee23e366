//! Where a training is set up: what it is trained on and begins with, and the controls that count from the
//! present update on.

use super::super::{
    choice::Choice,
    emit_some,
    formula::prose,
    setup::{Sheet, cell_choice, control, keep_bias, radius, seed_box, units_stepper},
    surroundings::use_words,
    term::term,
};
use super::own::OwnLines;
use crate::{
    address::Control,
    page::Act,
    rnn::train::{Controls, DataSet, GAPS, Network, Optimizer},
    session::{Edit, LARGEST_SEED},
    text::{Term, Words, numbers, plain},
    training::{Command, Data, Learning},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The learning rates that the slider offers.
const RATES: [f64; 16] =
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0];
/// The thresholds of clipping that can be chosen.
const CLIPS: [f64; 7] = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// The sizes of a minibatch.
const BATCHES: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/// Over how many steps a loss can be backpropagated.
const WINDOWS: [usize; 8] = [1, 2, 3, 5, 8, 10, 15, 20];

#[derive(PartialEq, Properties)]
pub(in crate::ui) struct TrainSetupProps {
    pub(in crate::ui) data: Data,
    pub(in crate::ui) network: Network,
    pub(in crate::ui) controls: Controls,
    /// What a teacher has fixed.
    pub(in crate::ui) fixed: Vec<Control>,
    pub(in crate::ui) on_act: Callback<Act>,
}

impl TrainSetupProps {
    pub(in crate::ui) fn of(
        learning: &Learning,
        fixed: Vec<Control>,
        on_act: &Callback<Act>,
    ) -> Self {
        Self {
            data: learning.data().clone(),
            network: learning.network(),
            controls: learning.controls(),
            fixed,
            on_act: on_act.clone(),
        }
    }
}

/// The controls of a training.
#[component]
pub(in crate::ui) fn TrainSetup(props: &TrainSetupProps) -> Html {
    let words = use_words();
    let TrainSetupProps { data, network, controls, fixed, on_act } = props;
    let fixed = |control: Control| fixed.contains(&control);
    let sequences = fixed(Control::Text) || fixed(Control::Task);
    let (network, controls) = (*network, *controls);
    let on_edit =
        emit_some(on_act, move |edit: Edit| Some(Command::Build(edited(network, &edit)?).into()));
    let steer = use_callback(on_act.clone(), |controls: Controls, on_act: &Callback<Act>| {
        on_act.emit(Command::Steer(controls).into());
    });
    let named = data.set().map(DataSet::name);
    let said = named.and_then(|name| words.set(name));
    html! {
        <section class="Setup TrainSetup" aria-label={words.train_setup()}>
            { control(sequences, html! {
                <>
                    { set_choice(words, named, on_act) }
                    <OwnLines data={data.clone()} on_act={on_act.clone()} />
                </>
            }) }
            <div class="choices">
                { control(sequences, gap(words, named, on_act)) }
                { control(fixed(Control::Cell), cell_choice(words, network.cell, &on_edit)) }
                { control(fixed(Control::Units), units_stepper(words, network.units, &on_edit)) }
                { control(fixed(Control::Start), start(words, network, &on_edit)) }
                <div class="control live" title={words.train_live()} inert={fixed(Control::Learning)}>
                    { optimizer(words, controls, &steer) }
                    { rate(words, controls, &steer) }
                    { clip(words, controls, &steer) }
                    { batch(words, controls, &steer) }
                    { window(words, controls, data.longest(), &steer) }
                </div>
            </div>
            <p class="purpose">
                <b>{ words.split(data) }</b>
                { for said.map(|said| html! {
                    <>
                        { " · " }{ prose(said.note) }{ " " }
                        <em><b>{ words.train_ask() }</b>{ " " }{ prose(said.ask) }</em>
                    </>
                }) }
            </p>
        </section>
    }
}

/// The network after an edit of what it begins with.
fn edited(network: Network, edit: &Edit) -> Option<Network> {
    let start = network.start;
    let with = |start| Some(Network { start, ..network });
    let seeded = |seed| {
        let mut start = start;
        start.seed = seed;
        with(start)
    };
    match edit {
        Edit::Cell(cell) => Some(Network { cell: *cell, ..network }),
        Edit::Units(units) => Some(Network { units: *units, ..network }),
        Edit::Seed(seed) => seeded(*seed),
        Edit::SeedTyped(typed) => {
            seeded(typed.trim().parse().ok().filter(|&seed| seed <= LARGEST_SEED)?)
        }
        Edit::KeepBias(keep_bias) => {
            let mut start = start;
            start.keep_bias = *keep_bias;
            with(start)
        }
        Edit::SpectralRadius(radius) => {
            let mut start = start;
            start.spectral_radius = *radius;
            with(start)
        }
        _ => None,
    }
}

fn set_choice(words: &Words, named: Option<&str>, on_act: &Callback<Act>) -> Html {
    let names: Vec<&'static str> = DataSet::names().collect();
    let is = |name: &&str| {
        named.is_some_and(|it| it == *name || it.starts_with("first-") && *name == "first")
    };
    let chosen = names.iter().position(is).unwrap_or(names.len());
    let on_choose = emit_some(on_act, {
        let names = names.clone();
        move |index: usize| Some(Command::Choose(Data::named(names.get(index)?)?).into())
    });
    html! {
        <label class="example">
            <span>{ words.train_data() }</span>
            <Choice {chosen} {on_choose}>
                { for names.into_iter().map(|name| html! {
                    <option key={name}>{ words.set(name).map(|said| plain(said.name)) }</option>
                }) }
                // Nothing to choose: it is there to be seen where own sequences are trained on.
                <option key="own" disabled=true hidden={named.is_some()}>{ words.own_title() }</option>
            </Choice>
        </label>
    }
}

/// The gap of the set that has one.
fn gap(words: &Words, named: Option<&str>, on_act: &Callback<Act>) -> Html {
    let gap = match named {
        Some("first") => Some(20),
        Some(name) => name.strip_prefix("first-").and_then(|gap| gap.parse::<usize>().ok()),
        None => None,
    };
    let onchange = emit_some(on_act, |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let name = format!("first-{}", input.value_as_number() as usize);
        Some(Command::Choose(Data::named(&name)?).into())
    });
    html! {
        <>
            { for gap.map(|gap| html! {
                <label class="radius">
                    <span>{ words.train_gap(gap) }</span>
                    <input
                        type="range"
                        aria-label={words.train_gap(gap)}
                        min={GAPS.start().to_string()}
                        max={GAPS.end().to_string()}
                        step="1"
                        value={gap.to_string()}
                        {onchange}
                    />
                </label>
            }) }
        </>
    }
}

/// What the weights begin with.
fn start(words: &Words, network: Network, on_edit: &Callback<Edit>) -> Html {
    let start = network.start;
    let seed = start.seed.to_string();
    let summary = words.initial_random(&seed);
    html! {
        <div class="initial">
            <span>{ term(Term::InitialWeights, html! { words.initial_weights() }) }</span>
            <Sheet {summary}>
                { seed_box(words, start.seed, None, on_edit) }
                { radius(words, network.cell, start.spectral_radius, numbers::typed(start.spectral_radius), on_edit) }
                { keep_bias(words, network.cell, start.keep_bias, on_edit) }
            </Sheet>
        </div>
    }
}

fn optimizer(words: &Words, controls: Controls, steer: &Callback<Controls>) -> Html {
    let all = Optimizer::ALL;
    let chosen = all.iter().position(|it| it.name() == controls.optimizer.name());
    let on_choose = emit_some(steer, move |index: usize| {
        Some(Controls { optimizer: *all.get(index)?, ..controls })
    });
    html! {
        <label>
            <span>{ words.train_optimizer() }</span>
            <Choice chosen={chosen.unwrap_or_default()} {on_choose}>
                { for all.into_iter().map(|it| html! {
                    <option key={it.name()}>{ words.optimizer(it) }</option>
                }) }
            </Choice>
        </label>
    }
}

fn rate(words: &Words, controls: Controls, steer: &Callback<Controls>) -> Html {
    let rate = controls.learning_rate;
    let nearest = RATES.iter().enumerate().min_by(|(_, one), (_, other)| {
        let away = |it: f64| (it.ln() - rate.ln()).abs();
        away(**one).total_cmp(&away(**other))
    });
    // It counts when it is let go: every change forgets what came after.
    let onchange = emit_some(steer, move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let learning_rate = *RATES.get(input.value_as_number() as usize)?;
        Some(Controls { learning_rate, ..controls })
    });
    html! {
        <label class="radius rate">
            <span>
                { term(Term::LearningRate, prose(words.learning_rate())) }
                <output>{ numbers::typed(rate) }</output>
            </span>
            <input
                type="range"
                aria-label={plain(words.learning_rate())}
                min="0"
                max={(RATES.len() - 1).to_string()}
                step="1"
                value={nearest.map_or(0, |(at, _)| at).to_string()}
                aria-valuetext={numbers::typed(rate)}
                {onchange}
            />
        </label>
    }
}

/// A list of numbers of which one is chosen, with that one even if it is not among them.
fn list<T: Copy + PartialEq + 'static>(
    label: Html,
    offered: impl IntoIterator<Item = T>,
    chosen: T,
    name: impl Fn(T) -> String,
    on_choose: &Callback<T>,
) -> Html {
    let mut offered: Vec<T> = offered.into_iter().collect();
    if !offered.contains(&chosen) {
        offered.push(chosen);
    }
    let place = offered.iter().position(|it| *it == chosen);
    let names: Vec<String> = offered.iter().map(|it| name(*it)).collect();
    let on_choose = emit_some(on_choose, move |index: usize| offered.get(index).copied());
    html! {
        <label>
            <span>{ label }</span>
            <Choice chosen={place.unwrap_or_default()} {on_choose}>
                { for names.into_iter().map(|name| html! { <option key={name.clone()}>{ name }</option> }) }
            </Choice>
        </label>
    }
}

fn clip(words: &Words, controls: Controls, steer: &Callback<Controls>) -> Html {
    let offered = CLIPS.into_iter().map(Some).chain([None]);
    let name =
        |clip: Option<f64>| clip.map_or_else(|| words.train_clip_none().to_owned(), numbers::typed);
    let label = term(Term::Clipping, prose(words.train_clip()));
    let steer = steer.reform(move |clip_norm| Controls { clip_norm, ..controls });
    list(label, offered, controls.clip_norm, name, &steer)
}

fn batch(words: &Words, controls: Controls, steer: &Callback<Controls>) -> Html {
    let label = html! { words.train_batch() };
    let steer = steer.reform(move |batch_size| Controls { batch_size, ..controls });
    list(label, BATCHES, controls.batch_size, |size| size.to_string(), &steer)
}

fn window(words: &Words, controls: Controls, longest: usize, steer: &Callback<Controls>) -> Html {
    let offered = WINDOWS.into_iter().filter(|&window| window < longest).map(Some);
    let name = |window: Option<usize>| {
        let said = window.map(|window| words.train_window(window));
        plain(&said.unwrap_or_else(|| words.train_window_all().to_owned()))
    };
    let label = term(Term::TruncatedBptt, html! { words.train_truncation() });
    let steer = steer.reform(move |truncation| Controls { truncation, ..controls });
    list(label, [None].into_iter().chain(offered), controls.truncation, name, &steer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rnn::Cell;

    #[test]
    fn an_edit_changes_what_it_names() {
        let network = Network::new(Cell::Tanh, 4, 1);
        let after = |edit| edited(network, &edit);
        assert_eq!(after(Edit::Units(5)), Some(Network { units: 5, ..network }));
        assert_eq!(after(Edit::Cell(Cell::Gru)), Some(Network { cell: Cell::Gru, ..network }));
        assert_eq!(after(Edit::SeedTyped(" 7 ".into())), after(Edit::Seed(7)));
        assert_eq!(after(Edit::SeedTyped("x".into())), None);
        assert_eq!(after(Edit::KeepBias(2.0)).unwrap().start.keep_bias, 2.0);
        assert_eq!(after(Edit::SpectralRadius(0.5)).unwrap().start.spectral_radius, 0.5);
        assert_eq!(after(Edit::Rewind), None);
    }
}
