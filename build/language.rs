//! Reads the languages of the page, and checks their files against that of English.
//!
//! A language is a file in the folder `text`, in the syntax of [Project Fluent]. The build script
//! uses this module, and so does a test that gives it files with mistakes.
//!
//! [Project Fluent]: https://projectfluent.org

#[path = "sentence.rs"]
mod sentence;

use fluent_syntax::{
    ast::{Comment, Entry, Message, Pattern},
    parser,
};
use icu_locale_core::Locale;
use icu_plurals::{PluralRuleType, PluralRules};
use sentence::{Encoder, marks::COUNTS};
use std::{
    collections::{HashMap, HashSet},
    fmt, fs, io, mem,
    path::Path,
};

/// The language that says which sentences there are, and what is filled into them.
pub const REFERENCE: &str = "en";

/// The one entry that is a number for the program, not a sentence.
const SEED: &str = "first-seed";

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    file: String,
    line: usize,
    reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// All languages, checked: each has all sentences, with what is to be filled in.
#[derive(Debug)]
pub struct Languages {
    /// What there is to say, in the order of the reference.
    pub signatures: Vec<Signature>,
    /// The languages: the reference, then the others as they were given.
    pub languages: Vec<Language>,
}

/// What can be said: a key of the reference and what its comment tells.
#[derive(Debug)]
pub struct Signature {
    /// The key, such as `lab-check`.
    pub key: String,
    /// Where the sentence stands.
    pub comment: String,
    /// What is filled in, in the order of the comment.
    pub placeholders: Vec<Placeholder>,
}

/// A value that is filled into a sentence.
#[derive(Debug)]
pub struct Placeholder {
    /// Its name, without the dollar sign.
    pub name: String,
    /// Whether it is a whole number, by which a plural can be chosen; else it is a text.
    pub is_number: bool,
    /// What it is.
    pub comment: String,
}

/// A language.
#[derive(Debug)]
pub struct Language {
    /// Its code (BCP 47), from the name of its file.
    pub code: String,
    /// The letter of the plural category of each count below [`COUNTS`].
    pub plurals: String,
    /// The seed of the experiment on the first frame.
    pub first_seed: u64,
    /// A sentence for each signature, with marks for what is filled in.
    pub sentences: Vec<String>,
}

/// The files of all languages in `folder`, as their paths and what is in them.
///
/// # Errors
///
/// Those of the file system.
pub fn files(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "ftl") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((format!("text/{name}"), fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// Reads the files of all languages, given as their paths and what is in them.
///
/// # Errors
///
/// Everything that is wrong, by file and line.
pub fn read(files: &[(String, String)]) -> Result<Languages, Vec<Fault>> {
    let mut files: Vec<File> = files.iter().map(|(path, text)| File::parse(path, text)).collect();
    files.sort_by_key(|file| file.code() != REFERENCE);
    let mut signatures = match files.first_mut() {
        Some(file) if file.code() == REFERENCE => file.signatures(),
        _ => {
            let file = format!("text/{REFERENCE}.ftl");
            return Err(vec![Fault { file, line: 1, reason: "there is no such file".to_owned() }]);
        }
    };
    let languages = files.iter_mut().map(|file| file.language(&signatures)).collect();
    let mut faults: Vec<Fault> = files.into_iter().flat_map(|file| file.faults).collect();
    faults.sort();
    faults.dedup();
    signatures.retain(|signature| signature.key != SEED);
    if faults.is_empty() { Ok(Languages { signatures, languages }) } else { Err(faults) }
}

/// A file while it is read.
struct File<'s> {
    path: &'s str,
    source: &'s str,
    messages: Vec<Message<&'s str>>,
    terms: HashMap<&'s str, Pattern<&'s str>>,
    faults: Vec<Fault>,
}

impl<'s> File<'s> {
    fn parse(path: &'s str, source: &'s str) -> Self {
        // Some editors begin a file with a byte-order mark, which says nothing in UTF-8.
        let source = source.trim_start_matches('\u{feff}');
        let (resource, errors) = match parser::parse(source) {
            Ok(resource) => (resource, vec![]),
            Err((resource, errors)) => (resource, errors),
        };
        let mut file =
            Self { path, source, messages: vec![], terms: HashMap::new(), faults: vec![] };
        for error in errors {
            file.fault(source.get(error.pos.start..).unwrap_or_default(), error.kind.to_string());
        }
        for entry in resource.body {
            let (id, attributes) = match &entry {
                Entry::Message(message) => (message.id.name, &message.attributes),
                Entry::Term(term) => (term.id.name, &term.attributes),
                _ => continue,
            };
            if !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                file.fault(id, format!("`{id}`: a key has small letters, digits and hyphens"));
            }
            for attribute in attributes {
                file.fault(attribute.id.name, "a sentence has no attributes here: give it a key");
            }
            let is_new = match entry {
                Entry::Term(term) => file.terms.insert(id, term.value).is_none(),
                Entry::Message(message) => {
                    let is_new = file.messages.iter().all(|known| known.id.name != id);
                    file.messages.push(message);
                    is_new
                }
                _ => true,
            };
            if !is_new {
                file.fault(id, format!("`{id}` is there twice"));
            }
        }
        file
    }

    /// The code of the language: `ko` of `text/ko.ftl`.
    fn code(&self) -> &'s str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".ftl").unwrap_or(name)
    }

    /// Notes what is wrong at `place`, which is a piece of the source.
    fn fault(&mut self, place: &str, reason: impl Into<String>) {
        let offset = (place.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        let before = self.source.get(..offset).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        self.faults.push(Fault { file: self.path.to_owned(), line, reason: reason.into() });
    }

    /// What can be said, by the file of the reference.
    fn signatures(&mut self) -> Vec<Signature> {
        let messages = mem::take(&mut self.messages);
        let signatures = messages.iter().map(|message| self.signature(message)).collect();
        self.messages = messages;
        signatures
    }

    fn signature(&mut self, message: &Message<&'s str>) -> Signature {
        let key = message.id.name;
        let (mut comment, mut placeholders) = (Vec::new(), Vec::new());
        for line in message.comment.iter().flat_map(|Comment { content }| content) {
            match line.trim().strip_prefix('$') {
                None => comment.push(line.trim()),
                Some(variable) => match Placeholder::read(variable) {
                    Some(placeholder) => placeholders.push(placeholder),
                    None => self
                        .fault(line, "it is to be like `$name (Number): what it is`, or (String)"),
                },
            }
        }
        if comment.concat().is_empty() {
            self.fault(key, format!("no comment says where `{key}` stands"));
        }
        Signature { key: key.to_owned(), comment: comment.join("\n"), placeholders }
    }

    /// The language of the file, as far as it is right.
    fn language(&mut self, signatures: &[Signature]) -> Language {
        let code = self.code();
        let mut language = Language {
            code: code.to_owned(),
            plurals: String::new(),
            first_seed: 0,
            sentences: vec![],
        };
        let locale = code.parse::<Locale>().ok();
        let rules = locale.and_then(|locale| {
            PluralRules::try_new(locale.into(), PluralRuleType::Cardinal.into()).ok()
        });
        let Some(rules) = rules else {
            self.fault(self.source, format!("`{code}` is not the code of a language (BCP 47)"));
            return language;
        };
        language.plurals = (0..COUNTS).map(|n| sentence::letter(rules.category_for(n))).collect();
        let categories: Vec<_> = rules.categories().collect();
        // What is missing because it could not be read would be said twice.
        let complete = self.faults.is_empty();
        let messages = mem::take(&mut self.messages);
        let mut before = "";
        for signature in signatures {
            let Some(message) = messages.iter().find(|message| message.id.name == signature.key)
            else {
                if complete {
                    let at = if before.is_empty() { self.source } else { before };
                    self.fault(at, format!("`{}` is missing after `{before}`", signature.key));
                }
                continue;
            };
            before = message.id.name;
            let mut encoder = Encoder::new(signature, &self.terms, &categories);
            let sentence = encoder.sentence(message);
            for (place, reason) in encoder.faults {
                self.fault(place, reason);
            }
            if signature.key == SEED {
                match sentence.parse() {
                    Ok(seed) => language.first_seed = seed,
                    Err(_) => self.fault(before, format!("`{before}` is to be a whole number")),
                }
            } else {
                language.sentences.push(sentence);
            }
        }
        let known: HashSet<&str> = signatures.iter().map(|signature| &*signature.key).collect();
        for Message { id, .. } in messages.iter().filter(|message| !known.contains(message.id.name))
        {
            self.fault(id.name, format!("text/{REFERENCE}.ftl has no `{}`", id.name));
        }
        language
    }
}

impl Placeholder {
    /// Reads `step (Number): the step`.
    fn read(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once(" (")?;
        let (kind, comment) = rest.split_once("): ")?;
        let is_number = match kind {
            "Number" => true,
            "String" => false,
            _ => return None,
        };
        Some(Self { name: name.to_owned(), is_number, comment: comment.to_owned() })
    }
}
