//! How many seeds of twenty learn each data set, and after how many updates: what the settings of the
//! gallery rest on. `cargo run --release --package unrolled-rnn --example shares`; a part of a name as an
//! argument makes only those rows.

use std::env;
use unrolled_rnn::{
    Cell,
    train::{Controls, DataSet, Halt, Network, Optimizer, Run, Training},
};

/// How many seeds each row is made of.
const SEEDS: u64 = 20;

/// A set, its network and how it is trained; and the share and the median that an independent program
/// found, with other initial weights.
struct Row {
    set: &'static str,
    cell: Cell,
    units: usize,
    optimizer: (Optimizer, f64),
    updates: usize,
    change: fn(&mut Network, &mut Controls),
    said: &'static str,
    measured: (u32, &'static str),
}

const fn row(
    set: &'static str,
    (cell, units): (Cell, usize),
    optimizer: (Optimizer, f64),
    updates: usize,
    measured: (u32, &'static str),
) -> Row {
    Row { set, cell, units, optimizer, updates, change: |_, _| {}, said: "", measured }
}

impl Row {
    const fn with(self, said: &'static str, change: fn(&mut Network, &mut Controls)) -> Self {
        Self { change, said, ..self }
    }
}

const SGD: Optimizer = Optimizer::SGD;
const ADAM: Optimizer = Optimizer::ADAM;
const TANH: Cell = Cell::Tanh;
const GRU: Cell = Cell::GruResetAfter;
const LSTM: Cell = Cell::Lstm;

const ROWS: [Row; 38] = [
    row("opinions-en", (TANH, 4), (SGD, 1.0), 400, (100, "110")),
    row("opinions-en", (TANH, 4), (SGD, 0.5), 400, (95, "180")),
    row("opinions-en", (TANH, 4), (SGD, 0.1), 400, (10, "")),
    row("opinions-en", (TANH, 4), (SGD, 5.0), 400, (0, "")),
    row("opinions-en", (TANH, 4), (ADAM, 0.03), 400, (100, "115")),
    row("opinions-en", (TANH, 4), (Optimizer::MOMENTUM, 0.1), 400, (100, "130")),
    row("opinions-en", (LSTM, 4), (SGD, 1.0), 400, (70, "310")),
    row("opinions-en", (TANH, 1), (SGD, 0.5), 400, (0, "")),
    row("opinions-en", (TANH, 2), (SGD, 0.5), 400, (45, "")),
    row("opinions-en", (TANH, 4), (SGD, 0.5), 400, (20, ""))
        .with("batch 1", |_, it| it.batch_size = 1),
    row("opinions-ko", (TANH, 4), (SGD, 1.0), 400, (100, "40")),
    row("own-en", (TANH, 8), (SGD, 0.5), 200, (0, "")),
    row("own-ko", (TANH, 8), (SGD, 0.5), 200, (0, "")),
    row("syllables", (TANH, 6), (SGD, 0.3), 300, (100, "40")),
    row("hello", (TANH, 3), (SGD, 0.5), 300, (100, "30")),
    row("rhyme-en", (TANH, 16), (SGD, 0.5), 400, (100, "140")),
    row("rhyme-ko", (TANH, 16), (SGD, 0.5), 400, (100, "140")),
    row("parity", (TANH, 8), (ADAM, 0.02), 2000, (55, "940")),
    row("parity-every-step", (TANH, 8), (ADAM, 0.02), 1000, (90, "170")),
    row("temporal-xor", (TANH, 4), (SGD, 0.5), 600, (100, "135")),
    row("which-first", (TANH, 8), (SGD, 1.0), 600, (100, "140"))
        .with("ρ 1", |it, _| it.start.spectral_radius = 1.0),
    row("which-first", (TANH, 8), (SGD, 1.0), 600, (30, "205")).with(
        "ρ 1, no clip",
        |it, controls| {
            it.start.spectral_radius = 1.0;
            controls.clip_norm = None;
        },
    ),
    row("which-first", (TANH, 8), (SGD, 1.0), 600, (100, "265")).with("ρ 1.5", |_, _| {}),
    row("which-first", (TANH, 8), (SGD, 1.0), 600, (5, "460"))
        .with("ρ 1.5, no clip", |_, it| it.clip_norm = None),
    row("first-10", (TANH, 8), (SGD, 0.5), 1000, (100, "25")),
    row("first-20", (TANH, 8), (SGD, 0.5), 1000, (80, "238")),
    row("first-20", (TANH, 8), (SGD, 0.5), 1000, (45, "250"))
        .with("ρ 0.7", |it, _| it.start.spectral_radius = 0.7),
    row("first-20", (GRU, 8), (SGD, 0.5), 1000, (0, ""))
        .with("keep 0", |it, _| it.start.keep_bias = 0.0),
    row("first-20", (GRU, 8), (SGD, 0.5), 1000, (80, "388")).with("keep 1", |_, _| {}),
    row("first-20", (LSTM, 8), (SGD, 0.5), 1000, (20, "913"))
        .with("keep 0", |it, _| it.start.keep_bias = 0.0),
    row("first-20", (LSTM, 8), (SGD, 0.5), 1000, (100, "188")).with("keep 1", |_, _| {}),
    row("first-20", (TANH, 8), (ADAM, 0.01), 300, (25, ""))
        .with("w 10", |_, it| it.truncation = Some(10)),
    row("order", (TANH, 8), (SGD, 0.5), 600, (10, "495")),
    row("order", (GRU, 8), (SGD, 0.5), 600, (100, "185"))
        .with("keep 0", |it, _| it.start.keep_bias = 0.0),
    row("order", (LSTM, 8), (SGD, 0.5), 600, (100, "170")),
    row("counting", (LSTM, 2), (ADAM, 0.02), 600, (100, "115")),
    row("brackets", (LSTM, 8), (ADAM, 0.01), 600, (100, "120")),
    row("reber", (LSTM, 12), (ADAM, 0.02), 1000, (100, "200")),
];

fn main() {
    let part = env::args().nth(1).unwrap_or_default();
    println!(
        "{:<18} {:<15} {:>3} {:<13} {:<14} {:>6} {:>7} {:>5} {:>9} {:>7}",
        "set", "cell", "n", "optimizer", "", "share", "median", "p90", "measured", "median"
    );
    for row in ROWS.iter().filter(|row| row.set.contains(&part)) {
        let Some(set) = DataSet::named(row.set) else { continue };
        let mut reached: Vec<usize> =
            (0..SEEDS).filter_map(|seed| reached(&set, row, seed)).collect();
        reached.sort_unstable();
        let at = |share: usize| {
            let place = (reached.len() * share / 100).min(reached.len().saturating_sub(1));
            reached.get(place).map(ToString::to_string).unwrap_or_default()
        };
        let optimizer = format!("{} {}", row.optimizer.0.name(), row.optimizer.1);
        println!(
            "{:<18} {:<15} {:>3} {:<13} {:<14} {:>4} % {:>7} {:>5} {:>7} % {:>7}",
            row.set,
            row.cell.name(),
            row.units,
            optimizer,
            row.said,
            100 * reached.len() / SEEDS as usize,
            at(50),
            at(90),
            row.measured.0,
            row.measured.1
        );
    }
}

/// After how many updates the goal was reached with this seed, if it was.
fn reached(set: &DataSet, row: &Row, seed: u64) -> Option<usize> {
    let mut network = Network { cell: row.cell, units: row.units, ..set.network(seed) };
    let (optimizer, learning_rate) = row.optimizer;
    let mut controls = Controls { optimizer, learning_rate, ..set.controls() };
    (row.change)(&mut network, &mut controls);
    let training = Training::new(set.corpus().clone(), set.split().clone(), network, controls);
    let mut run = Run::new(training, set.goal());
    (run.run_for(row.updates) == Halt::Goal).then(|| run.reached()).flatten()
}
