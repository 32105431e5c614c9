//! Where each text and number of a definition was seen: a number in brackets that leads to the list of
//! sources, and a mark where it was not seen.
//! Deliberately absent: the rule that what is verified was seen; the linter has it.

use std::fmt;

use askama::filters::HtmlSafe;
use procedure::definition::{Definition, Status};
use procedure::{Language, SourceId};

/// A reference to a source. Written as HTML: it is made of numbers and of our own words alone.
#[derive(Clone, Copy)]
pub(crate) struct Cite {
    number: usize,
    unseen: bool,
    english: bool,
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unseen {
            let text = if self.english { "Provisional" } else { "Chưa đối chiếu" };
            write!(f, " <span class=\"badge badge--provisional\">{text}</span>")?;
        }
        let label = if self.english { "Source" } else { "Nguồn" };
        let number = self.number;
        write!(
            f,
            "<sup class=\"cite\"><a href=\"#source-{number}\" title=\"{label} {number}\">[{number}]</a></sup>"
        )
    }
}

impl HtmlSafe for Cite {}

/// A sentence with where it was seen.
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) cite: Cite,
}

/// A source in the list.
pub(crate) struct Note {
    pub(crate) number: usize,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: bool,
}

/// Numbers the sources in the order in which they are first cited, and counts what was not seen.
pub(super) struct Sources<'a> {
    definition: &'a Definition,
    pub(super) language: Language,
    order: Vec<&'a SourceId>,
    unseen: usize,
}

impl<'a> Sources<'a> {
    pub(super) fn new(definition: &'a Definition, language: Language) -> Self {
        Self { definition, language, order: Vec::new(), unseen: 0 }
    }

    /// One of two texts.
    pub(super) fn t<'b>(&self, vi: &'b str, en: &'b str) -> &'b str {
        if self.language == Language::English { en } else { vi }
    }

    pub(super) fn cite(&mut self, status: Status, source: &'a SourceId) -> Cite {
        let place = self.order.iter().position(|known| *known == source);
        let place = place.unwrap_or_else(|| {
            self.order.push(source);
            self.order.len() - 1
        });
        let unseen = status == Status::Provisional;
        self.unseen += usize::from(unseen);
        Cite { number: place + 1, unseen, english: self.language == Language::English }
    }

    pub(super) fn said(&mut self, text: String, status: Status, source: &'a SourceId) -> Said {
        Said { text, cite: self.cite(status, source) }
    }

    /// How many texts and numbers were not seen, and the list of sources.
    pub(super) fn finish(self) -> (usize, Vec<Note>) {
        let notes = self.order.iter().enumerate().map(|(place, id)| {
            let source = self.definition.sources.get(*id);
            let url = source.and_then(|source| source.url.clone());
            Note {
                number: place + 1,
                title: source.map_or_else(|| id.to_string(), |source| source.title.clone()),
                url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
                seen: source.is_some_and(|source| source.seen),
            }
        });
        (self.unseen, notes.collect())
    }
}
