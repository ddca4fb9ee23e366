//! The rules that data sets are made by.

use super::{
    corpus::{Asked, Builder, Corpus, ExampleError, Target},
    fields::{Fields, Read},
    random::SplitMix,
    split::Split,
};
use crate::{settings::Targets, tokens::StepUnit};
use serde_json::Value;

/// A rule with its lists and numbers, as a file in `data/` has it. Random choices are drawn by its seed.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// Every sentence of some patterns, in which S is a subject, A a word and B one of the other
    /// polarity. The label is the polarity of A, or in the patterns that are `turned` the other one.
    Opinions {
        subjects: Vec<String>,
        good: Vec<String>,
        bad: Vec<String>,
        kept: Vec<String>,
        turned: Vec<String>,
        held_out: usize,
        seed: u64,
    },
    /// Sentences, each behind its label, + or −.
    Marked { sentences: Vec<String>, held_out: usize, seed: u64 },
    /// A mark, a gap of fillers, and the end: was it the second mark?
    First {
        marks: String,
        fillers: String,
        gap: usize,
        end: String,
        training: usize,
        held_out: usize,
        seed: u64,
    },
    /// Every string of 0 and 1 up to a length: is the number of ones odd? Asked after the last bit, or
    /// after every one; the last answer is judged. The longer ones are two to three times as long.
    Parity {
        longest: usize,
        every_step: bool,
        held_out: usize,
        seed: u64,
        longer: usize,
        longer_seed: u64,
    },
    /// Two random bits and whether they differ, and so on (Elman 1990): predict the next bit. Every
    /// third one is judged, since the others cannot be known.
    Triples { many: usize, training: usize, held_out: usize, seed: u64 },
    /// Syllables in random order (Elman 1990): predict the next letter. Those after the first of a
    /// syllable are judged, since that one cannot be known.
    Syllables { syllables: Vec<String>, many: usize, training: usize, held_out: usize, seed: u64 },
    /// A line said again and again, from each of its letters on: predict the next letter.
    Line { line: String, window: usize, judged_from: usize },
    /// Sentences of two or three words without a full stop (after Elman 1990): predict the next word.
    Sentences {
        nouns: Vec<Nouns>,
        frames: Vec<Frame>,
        many: usize,
        training: usize,
        held_out: usize,
        seed: u64,
    },
    /// aⁿbⁿ between two ends, for n up to `most`: predict the next letter, judged after the first b. The
    /// longer ones go on up to `longest`.
    Counting { end: String, letters: String, most: usize, longest: usize },
    /// Brackets of up to `most` pairs, in every other string one of them turned: is it balanced?
    Brackets {
        pair: String,
        most: usize,
        training: usize,
        held_out: usize,
        longer: usize,
        seed: u64,
    },
    /// Two marks among fillers, one in each half: which two, in order? (Hochreiter and Schmidhuber 1997,
    /// experiment 6a, shortened.)
    Order {
        fillers: String,
        marks: String,
        length: usize,
        training: usize,
        held_out: usize,
        seed: u64,
    },
    /// Both marks once among fillers: did the first mark come first?
    WhichFirst {
        fillers: String,
        marks: String,
        length: usize,
        training: usize,
        held_out: usize,
        seed: u64,
    },
    /// A walk through a graph between two equal letters (embedded Reber grammar; Hochreiter and
    /// Schmidhuber 1997, experiment 1): predict the next letter. The second of the two is judged.
    Reber {
        /// From each state the letters that can come, and where they lead; the last state is the end.
        states: Vec<Vec<(char, usize)>>,
        most: usize,
        training: usize,
        held_out: usize,
        seed: u64,
    },
}

/// A class of nouns.
#[derive(Clone, Debug)]
pub(super) struct Nouns {
    name: String,
    words: Vec<String>,
}

/// Who does what to what.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    who: Vec<String>,
    verb: String,
    what: Vec<String>,
}

/// A sequence with its targets, and which of its answers are judged if not all.
struct Item {
    text: String,
    targets: Targets<Target>,
    judged: Option<Vec<bool>>,
}

impl Item {
    /// With one target, at the last step.
    fn last(text: impl Into<String>, target: usize) -> Self {
        Self { text: text.into(), targets: Targets::Last(Target::Place(target)), judged: None }
    }

    /// Whose targets are the next tokens; `judged` says which of them count, by the place of the token
    /// before, from 0.
    fn next(text: String, judged: impl Fn(usize) -> bool) -> Self {
        let count = text.chars().count() - 1;
        Self {
            text,
            targets: Targets::Each(Vec::new()),
            judged: Some((0..count).map(judged).collect()),
        }
    }

    /// A binary target at each step.
    fn each(text: String, targets: &[usize], judged: impl Fn(usize) -> bool) -> Self {
        let each = targets.iter().map(|&target| Some(Target::Place(target))).collect();
        let judged = (0..targets.len()).map(judged).collect();
        Self { text, targets: Targets::Each(each), judged: Some(judged) }
    }
}

/// What a rule makes.
pub(super) struct Made {
    pub(super) corpus: Corpus,
    pub(super) split: Split,
    /// The places of sequences that are longer than any in training.
    pub(super) longer: Vec<usize>,
}

impl SplitMix {
    fn choice<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    fn string(&mut self, letters: &[char], length: usize) -> Vec<char> {
        (0..length).map(|_| self.choice(letters)).collect()
    }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The one of `$($name => $variant)*` that `$kind` names, with its fields taken out of `$fields`.
macro_rules! taken {
    ($kind:expr, $fields:ident, $($name:literal => $variant:ident { $($field:ident),* $(,)? },)*) => {
        match $kind {
            $($name => Self::$variant { $($field: $fields.take(stringify!($field))?),* },)*
            _ => return None,
        }
    };
}

impl Read for Rule {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let mut fields = Fields::read(value)?;
        let kind: String = fields.take("kind")?;
        let rule = taken!(kind.as_str(), fields,
            "opinions" => Opinions { subjects, good, bad, kept, turned, held_out, seed },
            "marked" => Marked { sentences, held_out, seed },
            "first" => First { marks, fillers, gap, end, training, held_out, seed },
            "parity" => Parity { longest, every_step, held_out, seed, longer, longer_seed },
            "triples" => Triples { many, training, held_out, seed },
            "syllables" => Syllables { syllables, many, training, held_out, seed },
            "line" => Line { line, window, judged_from },
            "sentences" => Sentences { nouns, frames, many, training, held_out, seed },
            "counting" => Counting { end, letters, most, longest },
            "brackets" => Brackets { pair, most, training, held_out, longer, seed },
            "order" => Order { fillers, marks, length, training, held_out, seed },
            "which-first" => WhichFirst { fillers, marks, length, training, held_out, seed },
            "reber" => Reber { states, most, training, held_out, seed },
        );
        fields.end()?;
        Some(rule)
    }
}

impl Read for Nouns {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let mut fields = Fields::read(value)?;
        let nouns = Self { name: fields.take("name")?, words: fields.take("words")? };
        fields.end()?;
        Some(nouns)
    }
}

impl Read for Frame {
    #[inline]
    fn read(value: Value) -> Option<Self> {
        let mut fields = Fields::read(value)?;
        let frame = Self {
            who: fields.take("who")?,
            verb: fields.take("verb")?,
            what: fields.take("what")?,
        };
        fields.end()?;
        Some(frame)
    }
}

impl Rule {
    /// The same rule with another gap, if it has one.
    pub(super) fn with_gap(self, new: usize) -> Self {
        match self {
            Self::First { marks, fillers, end, training, held_out, seed, .. } => {
                Self::First { marks, fillers, gap: new, end, training, held_out, seed }
            }
            other => other,
        }
    }

    /// Makes its sequences of tokens that are `unit`s.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them: then so is the rule.
    #[inline]
    pub(super) fn make(&self, unit: StepUnit) -> Result<Made, ExampleError> {
        let (asked, items, split) = self.items();
        let longer = self.longer();
        let held_out = items.len();
        let mut builder = Builder::of(Corpus::new(unit, asked, Vec::new()), true);
        for item in items.into_iter().chain(longer) {
            builder.add(&item.text, item.targets)?;
            if let Some(judged) = item.judged {
                builder.judge(judged);
            }
        }
        let corpus = builder.corpus;
        let longer = (held_out..corpus.examples().len()).collect();
        Ok(Made { corpus, split, longer })
    }

    #[allow(clippy::too_many_lines, reason = "an arm for each rule")]
    #[inline]
    fn items(&self) -> (Asked, Vec<Item>, Split) {
        match self {
            Self::Opinions { subjects, good, bad, kept, turned, held_out, seed } => {
                let items = opinions(subjects, (good, bad), (kept, turned));
                let split = Split::drawn(items.len(), *held_out, *seed);
                (Asked::Binary, items, split)
            }
            Self::Marked { sentences, held_out, seed } => {
                let items = sentences.iter().filter_map(|sentence| {
                    let (label, text) = sentence.split_once(' ')?;
                    Some(Item::last(text, usize::from(label == "+")))
                });
                let items: Vec<Item> = items.collect();
                let split = Split::without(items.len(), *held_out, *seed);
                (Asked::Binary, items, split)
            }
            Self::First { marks, fillers, gap, end, training, held_out, seed } => {
                let (marks, fillers) = (letters(marks), letters(fillers));
                drawn(Asked::Binary, (*training, *held_out), *seed, |at, random| {
                    let mut text = vec![marks[at % 2]];
                    text.extend(random.string(&fillers, *gap));
                    Item::last(text.into_iter().collect::<String>() + end, at % 2)
                })
            }
            Self::Parity { longest, every_step, held_out, seed, .. } => {
                let all = (1..=*longest).flat_map(|length| {
                    (0..1 << length).map(move |bits: usize| format!("{bits:0length$b}"))
                });
                let items: Vec<Item> = all.map(|bits| parity(bits, *every_step)).collect();
                let split = Split::drawn(items.len(), *held_out, *seed);
                (Asked::Binary, items, split)
            }
            Self::Triples { many, training, held_out, seed } => {
                drawn(Asked::Binary, (*training, *held_out), *seed, |_, random| {
                    let triples = (0..*many).flat_map(|_| {
                        let (a, b) = (random.below(2), random.below(2));
                        [a, b, a ^ b]
                    });
                    let bits: Vec<usize> = triples.collect();
                    let text = bits[..bits.len() - 1].iter().map(usize::to_string).collect();
                    Item::each(text, &bits[1..], |step| step % 3 == 1)
                })
            }
            Self::Syllables { syllables, many, training, held_out, seed } => {
                let first: Vec<char> =
                    syllables.iter().filter_map(|it| it.chars().next()).collect();
                drawn(Asked::NextToken, (*training, *held_out), *seed, |_, random| {
                    let all: Vec<usize> = (0..=*many).map(|_| random.below(first.len())).collect();
                    let whole = all[..*many].iter().map(|&at| syllables[at].as_str());
                    let mut text: String = whole.collect();
                    text.push(first[all[*many]]);
                    let letters = letters(&text);
                    Item::next(text, |at| !first.contains(&letters[at + 1]))
                })
            }
            Self::Line { line, window, judged_from } => {
                let letters = letters(line);
                let items = (0..letters.len()).map(|begin| {
                    let endless = letters.iter().cycle().skip(begin);
                    Item::next(endless.take(window + 1).collect(), |at| at + 1 >= *judged_from)
                });
                let items: Vec<Item> = items.collect();
                let split = Split::by_heart(items.len());
                (Asked::NextToken, items, split)
            }
            Self::Sentences { nouns, frames, many, training, held_out, seed } => {
                let subjects: Vec<Vec<&str>> = frames.iter().map(|it| it.subjects(nouns)).collect();
                drawn(Asked::NextToken, (*training, *held_out), *seed, |_, random| {
                    let mut words: Vec<&str> = Vec::new();
                    for _ in 0..*many {
                        let at = random.below(frames.len());
                        words.extend([random.choice(&subjects[at]), frames[at].verb.as_str()]);
                        if !frames[at].what.is_empty() {
                            words.push(&frames[at].what[random.below(frames[at].what.len())]);
                        }
                    }
                    Item { text: words.join(" "), targets: Targets::Each(Vec::new()), judged: None }
                })
            }
            Self::Counting { end, letters, most, .. } => {
                let items: Vec<Item> = (1..=*most).map(|n| counting(end, letters, n)).collect();
                let split = Split::by_heart(items.len());
                (Asked::NextToken, items, split)
            }
            Self::Brackets { pair, most, training, held_out, longer, seed } => {
                let short = training + held_out;
                let (items, _) = brackets(pair, *most, (short, *longer), *seed);
                (Asked::Binary, items, Split::at(*training, short))
            }
            Self::Order { fillers, marks, length, training, held_out, seed } => {
                let (fillers, marks) = (letters(fillers), letters(marks));
                let pairs = marks.iter().flat_map(|a| marks.iter().map(move |b| [*a, *b]));
                let labels = pairs.map(String::from_iter).collect();
                let asked = Asked::Classes { labels };
                drawn(asked, (*training, *held_out), *seed, |at, random| {
                    let (one, two) = (at % 2, at / 2 % 2);
                    let mut text = random.string(&fillers, *length);
                    text[1 + random.below(length / 4)] = marks[one];
                    text[length / 2 + random.below(length / 4)] = marks[two];
                    Item::last(text.into_iter().collect::<String>(), 2 * one + two)
                })
            }
            Self::WhichFirst { fillers, marks, length, training, held_out, seed } => {
                let (fillers, marks) = (letters(fillers), letters(marks));
                drawn(Asked::Binary, (*training, *held_out), *seed, |at, random| {
                    let mut text = random.string(&fillers, *length);
                    let p = random.below(*length);
                    let q = (p + 1 + random.below(length - 1)) % length;
                    let odd = at % 2;
                    (text[p.min(q)], text[p.max(q)]) = (marks[1 - odd], marks[odd]);
                    Item::last(text.into_iter().collect::<String>(), odd)
                })
            }
            Self::Reber { states, most, training, held_out, seed } => {
                drawn(Asked::NextToken, (*training, *held_out), *seed, |at, random| {
                    let outer = ["T", "P"][at % 2];
                    let inner = loop {
                        let (mut word, mut state) = ("B".to_owned(), 0);
                        while let Some(edges) = states.get(state) {
                            let (letter, next) = random.choice(edges);
                            word.push(letter);
                            state = next;
                        }
                        if word.len() + 5 <= *most {
                            break word + "E";
                        }
                    };
                    let text = format!("B{outer}{inner}{outer}E");
                    let judged = text.len() - 3;
                    Item::next(text, |at| at == judged)
                })
            }
        }
    }

    /// The sequences that are longer than any in training.
    fn longer(&self) -> Vec<Item> {
        match self {
            Self::Parity { longest, every_step, longer, longer_seed, .. } => {
                let mut random = SplitMix::new(*longer_seed);
                let lengths: Vec<usize> =
                    (0..*longer).map(|_| 2 * longest + random.below(longest + 1)).collect();
                let bits = lengths.into_iter().map(|length| random.string(&['0', '1'], length));
                bits.map(|bits| parity(bits.into_iter().collect(), *every_step)).collect()
            }
            Self::Counting { end, letters, most, longest } => {
                (most + 1..=*longest).map(|n| counting(end, letters, n)).collect()
            }
            Self::Brackets { pair, most, training, held_out, longer, seed } => {
                brackets(pair, *most, (training + held_out, *longer), *seed).1
            }
            _ => Vec::new(),
        }
    }
}

impl Frame {
    /// Who can do it.
    fn subjects<'a>(&self, nouns: &'a [Nouns]) -> Vec<&'a str> {
        let classes = self.who.iter().filter_map(|who| nouns.iter().find(|it| it.name == *who));
        classes.flat_map(|class| class.words.iter().map(String::as_str)).collect()
    }
}

/// Items drawn one after the other, of which the last are held out.
fn drawn(
    asked: Asked,
    (training, held_out): (usize, usize),
    seed: u64,
    mut item: impl FnMut(usize, &mut SplitMix) -> Item,
) -> (Asked, Vec<Item>, Split) {
    let (all, mut random) = (training + held_out, SplitMix::new(seed));
    let items = (0..all).map(|at| item(at, &mut random)).collect();
    (asked, items, Split::at(training, all))
}

fn parity(bits: String, every_step: bool) -> Item {
    let ones = bits.chars().scan(0, |ones, bit| {
        *ones ^= usize::from(bit == '1');
        Some(*ones)
    });
    let odd: Vec<usize> = ones.collect();
    let last = odd.len() - 1;
    if every_step { Item::each(bits, &odd, |at| at == last) } else { Item::last(bits, odd[last]) }
}

fn counting(end: &str, letters: &str, n: usize) -> Item {
    let half = |letter: Option<char>| letter.map(String::from).unwrap_or_default().repeat(n);
    let mut letters = letters.chars();
    let text = format!("{end}{}{}{end}", half(letters.next()), half(letters.next()));
    Item::next(text, |at| at > n)
}

/// The sentences of [`Rule::Opinions`]: first those without B, then those with each B.
fn opinions(
    subjects: &[String],
    (good, bad): (&[String], &[String]),
    (kept, turned): (&[String], &[String]),
) -> Vec<Item> {
    let patterns = |with_b: bool| {
        let kept = kept.iter().map(|pattern| (pattern, false));
        let all = kept.chain(turned.iter().map(|pattern| (pattern, true)));
        all.filter(move |(pattern, _)| pattern.split(' ').any(|word| word == "B") == with_b)
    };
    let said = |pattern: &str, s: &str, a: &str, b: &str| {
        let words = pattern.split(' ').map(|word| match word {
            "S" => s,
            "A" => a,
            "B" => b,
            word => word,
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let mut items = Vec::new();
    for s in subjects {
        for (at, a) in good.iter().chain(bad).enumerate() {
            let is_good = at < good.len();
            let label = |turns: bool| usize::from(is_good != turns);
            for (pattern, turns) in patterns(false) {
                items.push(Item::last(said(pattern, s, a, ""), label(turns)));
            }
            for b in if is_good { bad } else { good } {
                for (pattern, turns) in patterns(true) {
                    items.push(Item::last(said(pattern, s, a, b), label(turns)));
                }
            }
        }
    }
    items
}

/// The strings of [`Rule::Brackets`], so many of up to `most` pairs, and so many longer ones.
fn brackets(
    pair: &str,
    most: usize,
    (short, longer): (usize, usize),
    seed: u64,
) -> (Vec<Item>, Vec<Item>) {
    let (pair, mut random) = (letters(pair), SplitMix::new(seed));
    let mut item = |at: usize, low: usize, high: usize| {
        let half = low + random.below(high - low + 1);
        let (mut text, mut open, mut left) = (Vec::new(), 0, half);
        while text.len() < 2 * half {
            if open == 0 || left > 0 && random.below(2) > 0 {
                text.push(pair[0]);
                (open, left) = (open + 1, left - 1);
            } else {
                text.push(pair[1]);
                open -= 1;
            }
        }
        if at % 2 == 1 {
            let turned = random.below(text.len());
            text[turned] = if text[turned] == pair[0] { pair[1] } else { pair[0] };
        }
        Item::last(text.into_iter().collect::<String>(), 1 - at % 2)
    };
    let short = (0..short).map(|at| item(at, 1, most)).collect();
    (short, (0..longer).map(|at| item(at, most + 1, 2 * most)).collect())
}
