//! Findings at lines, and small helps for reading words. Deliberately absent: what the words mean.

use procedure::text::unprintable;

use crate::definition::Located;

/// Messages quote what stands in the file, which may be long.
const QUOTE_MAX: usize = 120;

/// What is wrong: rule, Vietnamese text, English text.
pub(super) type Said = (&'static str, String, String);

/// Line and column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Spot {
    /// A finding here.
    pub(super) fn say(self, file: &str, (rule, vi, en): Said) -> Located {
        let Self { line, column } = self;
        Located { file: quote(file), line, column, rule, vi, en }
    }
}

/// A file under its name.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Page<'_> {
    /// The place of a byte offset.
    pub(super) fn spot(self, offset: usize) -> Spot {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Spot { line, column }
    }

    /// A finding at a byte offset.
    pub(super) fn at(self, offset: usize, said: Said) -> Located {
        self.spot(offset).say(self.file, said)
    }
}

/// A text that can be printed on one line of a terminal, whatever was in the file.
pub(super) fn quote(text: &str) -> String {
    let shown = text.chars().map(|c| if unprintable(c) { '\u{fffd}' } else { c });
    let mut shown: String = shown.take(QUOTE_MAX + 1).collect();
    if shown.chars().count() > QUOTE_MAX {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// Words with one blank between them and none around them.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What comes after whole words at the start of a text.
pub(super) fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(words)?;
    let whole = rest.is_empty() || rest.starts_with([' ', ':', ',']);
    whole.then(|| rest.trim_start_matches(' '))
}

/// The first word of a text and what comes after it.
pub(super) fn word(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

/// The option that a text is most likely meant to be, if any is near.
pub(super) fn nearest<'a>(
    text: &str,
    options: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let near = options.into_iter().map(|option| (distance(text, option), option));
    let (far, option) = near.min_by_key(|(far, _)| *far)?;
    (far <= (option.chars().count() / 3).max(1)).then_some(option)
}

/// The end of a phrase: the question whether that option was meant, in both languages.
pub(super) fn meant(option: Option<&str>) -> (String, String) {
    match option {
        Some(option) => {
            (format!("; có phải ý là “{option}”?"), format!("; did you mean “{option}”?"))
        }
        None => (".".to_owned(), ".".to_owned()),
    }
}

/// How many letters have to be put in, taken out or changed to make one text the other.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, a) in one.chars().enumerate() {
        let mut left = above + 1;
        let mut next = vec![left];
        for (b, (corner, up)) in other.iter().zip(row.iter().zip(row.iter().skip(1))) {
            left = (corner + usize::from(a != *b)).min(up + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
