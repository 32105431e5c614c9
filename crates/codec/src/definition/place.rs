//! From a place in a definition to a line and column of its file.
//! Deliberately absent: reading values; only their positions matter here.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Located;
use super::wording::{Wording, clean};

/// The lines of a file.
pub(super) struct Places<'a> {
    file: &'a str,
    text: &'a str,
    /// Byte offset of the first character of each line.
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = core::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// A finding at a byte offset.
    pub(super) fn at(&self, offset: usize, (rule, vi, en): Wording) -> Located {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let file = clean(self.file);
        Located { file, line, column: before.chars().count() + 1, rule, vi, en }
    }

    /// A finding where the parser met an error; at the end of the file if it does not say.
    pub(super) fn at_error(&self, wording: Wording, error: &toml::de::Error) -> Located {
        self.at(error.span().map_or(self.text.len(), |span| span.start), wording)
    }
}

/// Offsets of dates without quotes, which TOML allows and the format does not.
pub(super) fn bare_dates(table: &DeTable<'_>) -> Vec<usize> {
    let mut found: Vec<usize> = table.values().flat_map(bare_dates_in).collect();
    found.sort_unstable();
    found
}

/// The parser has bounded the depth.
fn bare_dates_in(value: &Spanned<DeValue<'_>>) -> Vec<usize> {
    match value.get_ref() {
        DeValue::Datetime(_) => vec![value.span().start],
        DeValue::Table(table) => bare_dates(table),
        DeValue::Array(array) => array.iter().flat_map(bare_dates_in).collect(),
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
            vec![]
        }
    }
}

/// The offset of a path such as `criteria[1].indicators[0].maximum`; of the nearest part around
/// it that is in the file, if it is not.
pub(super) fn start_of(root: &DeTable<'_>, path: &str) -> usize {
    in_table(root, path, 0)
}

fn in_table(table: &DeTable<'_>, path: &str, around: usize) -> usize {
    // A key may have dots in it, so the longest that fits is meant.
    let fits = table.iter().filter_map(|(key, value)| {
        let rest = path.strip_prefix(key.get_ref().as_ref())?;
        let whole = rest.is_empty() || rest.starts_with(['.', '[']);
        whole.then_some((key, value, rest))
    });
    match fits.min_by_key(|(_, _, rest)| rest.len()) {
        Some((key, value, rest)) => in_value(value, rest, key.span().start),
        None => around,
    }
}

/// `around` is where the value is announced: its key, or its header for an item of a list.
fn in_value(value: &Spanned<DeValue<'_>>, rest: &str, around: usize) -> usize {
    if rest.is_empty() {
        return match value.get_ref() {
            DeValue::Table(_) | DeValue::Array(_) => around,
            _ => value.span().start,
        };
    }
    match (value.get_ref(), rest.strip_prefix('.'), rest.strip_prefix('[')) {
        (DeValue::Table(table), Some(rest), _) => in_table(table, rest, around),
        (DeValue::Array(array), _, Some(rest)) => {
            let Some((index, rest)) = rest.split_once(']') else { return around };
            let item = index.parse().ok().and_then(|index: usize| array.get(index));
            item.map_or(around, |item| in_value(item, rest, item.span().start))
        }
        _ => around,
    }
}
