//! A language is a file: one that is right needs no Rust, and one that is wrong is told where.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../build/language.rs"]
mod language;

use fluent_syntax::{
    ast::{Entry, Expression, Pattern, PatternElement},
    parser, serializer,
};
use language::{Fault, Language, Languages, REFERENCE};
use std::{fs, path::Path};
use unrolled::text::pattern::{
    Value::{self, Number, Text},
    fill,
};

fn file(code: &str) -> String {
    let files = language::files(Path::new("text")).unwrap();
    files.into_iter().find(|(name, _)| *name == format!("text/{code}.ftl")).unwrap().1
}

fn read(files: &[(&str, &str)]) -> Result<Languages, Vec<Fault>> {
    let files: Vec<_> = (files.iter())
        .map(|(code, text)| (format!("text/{code}.ftl"), (*text).to_owned()))
        .collect();
    language::read(&files)
}

/// What is wrong with a language beside an English of four entries.
fn faults(code: &str, text: &str) -> Vec<String> {
    let reference = "\
# The seed.
first-seed = 7

# The button.
go = Go

# At the button.
# $count (Number): how many
# $token (String): the token
said = { $count ->
    [one] { $token } once
   *[other] { $token } { $count } times
}

# The last.
end = The end
";
    read(&[(REFERENCE, reference), (code, text)])
        .map_or_else(|faults| faults.iter().map(ToString::to_string).collect(), |_| vec![])
}

/// What is wrong with a Korean in which `said` is this.
fn said(sentence: &str) -> Vec<String> {
    faults("ko", &format!("first-seed = 7\ngo = 가기\nsaid = {sentence}\nend = 끝\n"))
}

/// What a language says for an entry.
fn say(languages: &Languages, language: &Language, key: &str, values: &[Value]) -> String {
    let at = languages.signatures.iter().position(|signature| signature.key == key).unwrap();
    fill(&language.sentences[at], &language.plurals, values)
}

#[test]
fn the_languages_of_the_page_are_right() {
    let languages = read(&[("ko", &file("ko")), ("en", &file("en"))]).unwrap();
    let codes: Vec<_> = languages.languages.iter().map(|language| &language.code).collect();
    assert_eq!(codes, ["en", "ko"], "English comes first");
    for language in &languages.languages {
        assert_eq!(language.sentences.len(), languages.signatures.len());
        let seed =
            unrolled::text::Language::from_code(&language.code).unwrap().words().first_seed();
        assert_eq!(language.first_seed, seed);
    }
    for signature in &languages.signatures {
        assert!(signature.comment.ends_with(['.', ':']), "{}: a sentence", signature.key);
        for placeholder in &signature.placeholders {
            assert!(!placeholder.comment.is_empty(), "{}: {placeholder:?}", signature.key);
        }
    }
}

#[test]
fn a_file_from_another_editor_is_the_same() {
    let (english, korean) = (file("en"), file("ko"));
    let plain = read(&[("en", &english), ("ko", &korean)]).unwrap();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let other = read(&[("en", &windows(&english)), ("ko", &windows(&korean))]).unwrap();
    for (plain, other) in plain.languages.iter().zip(&other.languages) {
        assert_eq!(plain.sentences, other.sentences);
    }
}

/// English with every vowel accented, and in Polish plurals.
fn pseudo() -> String {
    fn accent(pattern: &mut Pattern<String>) {
        for element in &mut pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    *value = value.replace('a', "á").replace('e', "ë").replace('o', "ø");
                }
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    for variant in variants {
                        accent(&mut variant.value);
                    }
                }
                PatternElement::Placeable { .. } => {}
            }
        }
    }
    let mut resource = parser::parse(file("en")).unwrap();
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry {
            accent(message.value.as_mut().unwrap());
        }
    }
    let few = "    [one] 1 updátë\n    [few] { $count } few\n";
    serializer::serialize(&resource).replace("    [one] 1 updátë\n", few)
}

#[test]
fn a_third_language_is_a_third_file() {
    let languages = read(&[("en", &file("en")), ("ko", &file("ko")), ("pl", &pseudo())]).unwrap();
    let [_, _, pseudo] = &languages.languages[..] else { panic!("{languages:?}") };
    let say = |key, values: &[Value]| say(&languages, pseudo, key, values);
    assert_eq!(pseudo.code, "pl");
    assert_eq!(say("lab-check", &[]), "Grádiënt chëck");
    assert_eq!(say("stage-forward", &[Number(3), Text("foo")]), "Førwárd · stëp 3, “foo”");
    assert_eq!(say("lesson-seen", &[Number(0), Number(9)]), "9 scrëëns");
    assert_eq!(say("lesson-seen", &[Number(4), Number(9)]), "4 øf 9 sëën");
    let updates = [1, 2, 5, 12, 22, 102, 1003].map(|count| say("updates", &[Number(count)]));
    assert_eq!(
        updates,
        ["1 updátë", "2 few", "5 updátës", "12 updátës", "22 few", "102 few", "1003 few"]
    );
}

#[test]
fn a_language_has_the_sentences_of_english() {
    let right = "first-seed = 7\ngo = 가기\nsaid = { $token } { $count }번\nend = 끝\n";
    assert_eq!(faults("ko", right), [""; 0]);
    assert_eq!(
        faults("ko", &right.replace("go = 가기\n", "")),
        ["text/ko.ftl:1: `go` is missing after `first-seed`"]
    );
    assert_eq!(
        faults("ko", &right.replace("end", "ende")),
        [
            "text/ko.ftl:3: `end` is missing after `said`",
            "text/ko.ftl:4: text/en.ftl has no `ende`",
        ]
    );
    assert_eq!(faults("ko", &format!("{right}go = 또\n")), ["text/ko.ftl:5: `go` is there twice"]);
    assert_eq!(
        faults("ko", &right.replace("= 끝", "=")),
        ["text/ko.ftl:4: Expected a message field for \"end\""]
    );
    assert_eq!(
        faults("ko", &right.replace("= 7", "= 칠")),
        ["text/ko.ftl:1: `first-seed` is to be a whole number"]
    );
    assert_eq!(
        faults("ko", &right.replace("= 끝", "= 끝\n    .title = 제목")),
        ["text/ko.ftl:5: a sentence has no attributes here: give it a key"]
    );
    assert_eq!(
        faults("korean_", right),
        ["text/korean_.ftl:1: `korean_` is not the code of a language (BCP 47)"]
    );
}

#[test]
fn a_sentence_has_the_placeholders_of_english() {
    assert_eq!(said("{ $token }"), ["text/ko.ftl:3: `$count` is not in `said`"]);
    assert_eq!(
        said("\n    { $token }\n    { $cuont }번"),
        [
            "text/ko.ftl:3: `$count` is not in `said`",
            "text/ko.ftl:5: `said` has no `$cuont`; by its comment in English it has `$count`, `$token`",
        ]
    );
    assert_eq!(
        faults("ko", "first-seed = 7\ngo = { $go }\nsaid = { $token }{ $count }\nend = 끝"),
        ["text/ko.ftl:2: `go` has no `$go`; by its comment in English it has none"]
    );
}

#[test]
fn only_what_the_page_can_say_is_written() {
    let both = "{ $token } { $count }";
    assert_eq!(said(&format!("{both}{{ PARTICLE($token, \"은/는\") }}")), [""; 0]);
    assert_eq!(
        said(&format!("{both}{{ PARTICEL($token, \"은/는\") }}")),
        ["text/ko.ftl:3: there is no function `PARTICEL`, only `PARTICLE`"]
    );
    assert_eq!(
        said(&format!("{both}{{ PARTICLE($token, \"은는\") }}")),
        ["text/ko.ftl:3: write it as `PARTICLE($name, \"은/는\")`"]
    );
    assert_eq!(said(&format!("{both}{{ PARTICLE($tokn, \"은/는\") }}")).len(), 1);
    assert_eq!(
        said(&format!("{both}{{ go }}")),
        ["text/ko.ftl:3: `go`: what sentences share is a term, such as `-go`"]
    );
    assert_eq!(said(&format!("{both}{{ -go }}")), ["text/ko.ftl:3: there is no term `-go`"]);
    assert_eq!(
        said(&format!("{both}{{ -go }}{{ -go }}\n-go = 가 {{ -go }}")),
        ["text/ko.ftl:4: `-go` stands in itself"]
    );
    assert_eq!(
        said(&format!("{both} {{ $token")),
        ["text/ko.ftl:4: Expected a token starting with \"}\""]
    );
}

#[test]
fn a_count_chooses_by_the_categories_of_its_language() {
    let select = |selector: &str, keys: [&str; 2]| {
        let [first, last] = keys;
        said(&format!(
            "{{ $token }} {{ $count }} {{ {selector} ->\n    {first} 하나\n    {last} 여럿\n}}"
        ))
    };
    assert_eq!(select("$count", ["[1]", "*[other]"]), [""; 0]);
    assert_eq!(
        select("$count", ["[one]", "*[other]"]),
        ["text/ko.ftl:4: no count is [one] in this language, only [other]"]
    );
    assert_eq!(
        select("$count", ["[1]", "*[othr]"]),
        ["text/ko.ftl:5: no count is [othr] in this language, only [other]"]
    );
    assert_eq!(select("$count", ["[1]", "[1]\n   *[other]"]).len(), 1);
    assert_eq!(select("$count", ["*[other]", "[1]"]), ["text/ko.ftl:4: *[other] must be the last"]);
    assert_eq!(
        select("$token", ["[1]", "*[other]"]),
        ["text/ko.ftl:3: `$token` is no Number, so it cannot choose"]
    );
    assert_eq!(
        select("NUMBER($count)", ["[1]", "*[other]"]),
        ["text/ko.ftl:3: only a placeholder can choose what is said"]
    );
}

#[test]
fn english_says_what_each_entry_is() {
    let fault = |text: &str| {
        let faults = read(&[("en", &format!("# The seed.\nfirst-seed = 7\n{text}"))]).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(fault("go = Go"), ["text/en.ftl:3: no comment says where `go` stands"]);
    assert_eq!(
        fault("# The button.\n# $count (Numbr): how many\ngo = Go"),
        ["text/en.ftl:4: it is to be like `$name (Number): what it is`, or (String)"]
    );
    assert_eq!(
        fault("# The button.\n# $count (Number): how many\ngo = Go"),
        ["text/en.ftl:5: `$count` is not in `go`"]
    );
    assert_eq!(
        fault("# The button.\nGo_on = Go"),
        ["text/en.ftl:4: `Go_on`: a key has small letters, digits and hyphens"]
    );
    assert_eq!(
        read(&[("ko", "")]).unwrap_err()[0].to_string(),
        "text/en.ftl:1: there is no such file"
    );
}

#[test]
fn terms_and_literals_and_broken_lines_are_text() {
    let languages = read(&[(
        "en",
        "\
# The seed.
first-seed = 7
-net = neural { -kind }
-kind = network
# A sentence.
go =
    The { -net } has { 3 } {\"{\"}braces{\"}\"}
    \u{20}  on two lines.
",
    )]);
    let languages = languages.unwrap();
    let english = &languages.languages[0];
    assert_eq!(
        say(&languages, english, "go", &[]),
        "The neural network has 3 {braces}    on two lines."
    );
}

#[test]
fn a_formula_stands_between_two_marks() {
    let both = "{ $token } { $count }";
    for right in
        ["`∂L/∂H⁽ᵗ⁾`을", "`‖g‖ = { $count }`", "A I’m Ctrl+C U+{ $token } 1.8e308", "`H`·`t`"]
    {
        assert_eq!(said(&format!("{both} {right}")), [""; 0]);
    }
    for (wrong, sign) in [("∂", '∂'), ("`Z₁` 1²", '²'), ("η", 'η'), ("step t", 't'), ("W₁ₕ", '₁')]
    {
        let reason = format!("`{sign}` belongs to a formula: write it between backticks");
        assert_eq!(said(&format!("{both}\n    {wrong}"))[0], format!("text/ko.ftl:4: {reason}"));
    }
    let half = "a formula begins or ends here: it stands between two backticks";
    assert_eq!(said(&format!("{both} `H")), [format!("text/ko.ftl:3: {half}")]);
    let variants = "{ $count ->\n    [0] `H\n   *[other] H`\n}";
    assert_eq!(said(&format!("{{ $token }} {variants}"))[0], format!("text/ko.ftl:4: {half}"));
}

#[test]
fn a_formula_keeps_its_marks_and_is_plain_without() {
    let languages = read(&[("en", &file("en"))]).unwrap();
    let said = say(&languages, &languages.languages[0], "spot-of-step", &[Text("L`²"), Number(3)]);
    let parts: Vec<_> = unrolled::text::parts(&said).collect();
    assert_eq!(parts, ["", "L`²", ", step 3"], "what is filled in has no marks");
    assert_eq!(unrolled::text::plain(&said), "L`², step 3");
}

/// The words that the glossary has another for, in the files of the languages: a word, and the keys of
/// the entries that may have it, each with its reason.
type Word = (&'static str, &'static [(&'static str, &'static str)]);

const NOT_IN_ENGLISH: &[Word] = &[
    ("recurrent network", &[]),
    ("layer of cells", &[]),
    (
        "cell",
        &[
            ("address-experiment", "a key of the address"),
            ("cell-kind", "the block that is drawn once a step"),
            ("opened", "the block that is drawn once a step"),
            ("problem-no-such-part", "the block that is drawn once a step"),
            ("story-lstm", "the block that is drawn once a step"),
            ("story-gru", "the block that is drawn once a step"),
            ("part-cell", "the block that is drawn once a step"),
            ("lane-memory", "the cell state"),
            ("meaning-cell-state", "the cell state"),
            ("set-counting-ask", "the cell state"),
        ],
    ),
    ("cells", &[("address-experiment", "a key of the address")]),
    ("second layer", &[]),
    ("moment", &[]),
    ("tensor", &[]),
    ("tensors", &[]),
    ("squash", &[]),
    ("squashes", &[]),
    ("answer", &[("lesson-", "a learner’s")]),
    ("answers", &[("lesson-", "a learner’s")]),
    ("yes or no", &[]),
    ("yes-or-no", &[]),
    ("which label", &[]),
    ("as a bag", &[]),
    ("heat map", &[]),
    ("whole gradient", &[]),
    ("whole product", &[]),
    ("length", &[]),
    ("term", &[]),
    ("terms", &[]),
    ("by way of", &[]),
    ("chain", &[]),
    ("fade", &[]),
    ("fades", &[]),
    ("faded", &[]),
    ("fading", &[]),
    ("shortened", &[]),
    ("short enough", &[]),
    ("mistake", &[]),
    ("broken", &[]),
    ("untie the steps", &[]),
    ("down the gradient", &[]),
    ("start weights", &[]),
    ("seed of the weights", &[]),
    ("score", &[]),
    ("take along", &[]),
    ("hear", &[]),
    ("hears", &[]),
    ("feels", &[]),
    ("asked", &[]),
    ("anew", &[]),
    ("errs", &[]),
    ("shall", &[]),
    ("at once", &[]),
    ("stands there", &[]),
    ("last but one", &[]),
    ("printed notes", &[]),
    ("learning_rate", &[]),
];

const NOT_IN_KOREAN: &[Word] = &[
    ("셀의 층", &[]),
    ("둘째 층", &[]),
    ("편향", &[]),
    ("텐서", &[]),
    ("정답", &[("lesson-", "학습자의 답")]),
    ("답", &[("lesson-", "학습자의 답")]),
    (
        "학습",
        &[
            ("learning-rate", "학습률"),
            ("rest-no-number", "학습률"),
            ("race-rate", "학습률"),
            ("race-rates", "학습률"),
            ("story-update", "학습률"),
            ("story-update-clipped", "학습률"),
            ("symbols-eta", "학습률"),
            ("part-learning", "학습률"),
            ("forecast-rises", "학습률"),
            ("forecast-beyond", "학습률"),
            ("meaning-learning-rate", "학습률"),
            ("lesson-forget", "학습자의 기록"),
            ("lesson-forget-note", "학습자의 기록"),
        ],
    ),
    (
        "기울기",
        &[
            ("lab-check-note", "직선과 접선의 기울기"),
            ("forecast-less", "곡선의 기울기"),
            ("forecast-more", "곡선의 기울기"),
            ("meaning-check", "측정한 곡선의 기울기"),
        ],
    ),
    ("질문", &[("lesson-", "수업의 질문")]),
    ("예/아니요", &[]),
    ("순서 없이", &[]),
    ("길이", &[("truncation-window", "스텝의 수"), ("symbols-window", "스텝의 수")]),
    ("몫", &[]),
    ("연쇄", &[]),
    ("희미", &[]),
    ("가위표", &[]),
    ("자르기", &[]),
    ("오류:", &[]),
    ("틀린 프로그램", &[]),
    ("풀어 놓", &[]),
    ("처음 가중치", &[]),
    ("전개도", &[]),
    ("가져가기", &[]),
    ("보기 실험", &[]),
    ("인쇄된", &[]),
    ("도움말", &[]),
    ("이룸", &[]),
    ("앞으로 갈수록", &[]),
    ("을(를)", &[]),
    ("이(가)", &[]),
    ("은(는)", &[]),
    ("(으)로", &[]),
    ("제곱를", &[]),
    ("²`를", &[]),
    ("²`는", &[]),
    ("²`가", &[]),
    ("²`로", &[]),
    ("‖`를", &[]),
    ("‖`는", &[]),
    ("‖`가", &[]),
    ("‖`로", &[]),
    ("₁`를", &[]),
    ("₁`는", &[]),
    ("₁`가", &[]),
];

/// Every line of a language with a word that the glossary has another for, where it is no exception.
fn outside_the_glossary(path: &str, text: &str, words: &[Word], whole: bool) -> Vec<String> {
    let mut key = "";
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((name, _)) = line.split_once(" =") {
            key = if name.starts_with([' ', '#', '-']) { key } else { name };
        }
        let is_comment = line.starts_with('#');
        let entry = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(" ="));
        let lower = entry.unwrap_or(line).to_ascii_lowercase();
        let has = |word: &str| {
            let alone =
                |c: Option<char>| !whole || !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            lower.match_indices(word).any(|(at, _)| {
                alone(lower[..at].chars().next_back())
                    && alone(lower[at + word.len()..].chars().next())
            })
        };
        // A comment stands before its entry, whose key is not known there.
        let excepted = |keys: &[(&str, &str)]| {
            keys.iter().any(|(at, reason)| {
                assert!(!reason.is_empty(), "{at}: an exception has a reason");
                is_comment || key == *at || (at.ends_with('-') && key.starts_with(at))
            })
        };
        for &(word, exceptions) in words {
            if has(word) && !excepted(exceptions) {
                found.push(format!("{path}:{number}: “{word}”"));
            }
        }
    }
    found
}

#[test]
fn a_language_uses_the_words_of_the_glossary() {
    let english = outside_the_glossary("text/en.ftl", &file("en"), NOT_IN_ENGLISH, true);
    let korean = outside_the_glossary("text/ko.ftl", &file("ko"), NOT_IN_KOREAN, false);
    assert_eq!([english, korean].concat(), [""; 0], "the glossary has another word");
    let one = "# A part.\npart-score = score\nlesson-again = Answer again\nstory = The answer\n";
    assert_eq!(
        outside_the_glossary("text/xx.ftl", one, NOT_IN_ENGLISH, true),
        ["text/xx.ftl:2: “score”", "text/xx.ftl:4: “answer”"]
    );
}

/// Words that the lesson may have nevertheless: anywhere, or on the screens named, each with its reason.
const IN_THE_LESSON: &[(&str, &[&str], &str)] = &[
    ("length", &[], "of a text; of a vector, by which its norm is introduced"),
    ("chain", &[], "the chain rule"),
    (
        "cell",
        &["cell-state-sum", "whole-lstm", "straight-back", "end-what-to-read"],
        "the cell state; “Inside the cell”, the name of a drawing",
    ),
    ("cell", &["its-own-errors"], "a line of the rhyme that is learnt by heart"),
    ("cells", &["its-own-errors"], "the same"),
    ("길이", &[], "글의 길이, 벡터의 길이"),
    ("연쇄", &[], "연쇄 법칙"),
    ("학습", &[], "학습률"),
    ("기울기", &["through-tanh", "measure-the-loss"], "곡선과 직선의 기울기"),
    ("편향", &["truncation"], "그레이디언트의 치우침"),
];

/// What is written in a language anywhere in a part of a chapter, without the numbers in it.
fn written(part: &toml::Value, code: &str, texts: &mut Vec<String>) {
    match part {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value.as_str() {
                    Some(text) if key == code => {
                        let pieces = text.split('{').map(|it| it.rsplit('}').next().unwrap_or(it));
                        texts.push(pieces.collect::<Vec<_>>().join("0"));
                    }
                    _ => written(value, code, texts),
                }
            }
        }
        toml::Value::Array(parts) => parts.iter().for_each(|part| written(part, code, texts)),
        _ => {}
    }
}

/// Every word of a screen that the glossary has another for.
fn outside_in_screen(screen: &toml::Value, code: &str, words: &[Word], whole: bool) -> Vec<String> {
    let name = screen.get("name").and_then(toml::Value::as_str).unwrap_or("head");
    let mut texts = Vec::new();
    written(screen, code, &mut texts);
    let excepted = |word: &str| {
        IN_THE_LESSON.iter().any(|(known, screens, _)| {
            *known == word && (screens.is_empty() || screens.contains(&name))
        })
    };
    let words: Vec<Word> = words
        .iter()
        .filter(|(word, _)| !excepted(word))
        .map(|(word, _)| (*word, &[][..]))
        .collect();
    let texts = texts.join("\n").replace(" = ", " ");
    outside_the_glossary(name, &texts, &words, whole)
}

#[test]
fn the_lesson_uses_the_words_of_the_glossary() {
    let mut found = Vec::new();
    for entry in fs::read_dir("lesson").unwrap() {
        let mut chapter: toml::Table =
            toml::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let screens = chapter.remove("screen").unwrap();
        let head = toml::Value::Table(chapter);
        for screen in screens.as_array().unwrap().iter().chain([&head]) {
            found.extend(outside_in_screen(screen, "en", NOT_IN_ENGLISH, true));
            found.extend(outside_in_screen(screen, "ko", NOT_IN_KOREAN, false));
        }
    }
    assert_eq!(found, [""; 0], "the glossary has another word");
    let screen = "name = 'a'\nsay.en = 'The {token 2} fades.'\nsay.ko = '단어의 몫'";
    let screen = toml::from_str(screen).unwrap();
    assert_eq!(outside_in_screen(&screen, "en", NOT_IN_ENGLISH, true), ["a:1: “fades”"]);
    assert_eq!(outside_in_screen(&screen, "ko", NOT_IN_KOREAN, false), ["a:1: “몫”"]);
}
