//! The calendar of working days: from TOML with every finding at its line, and to the one JSON
//! that a digest is taken of. Deliberately absent: files (bytes come in as arguments), writing
//! TOML, and the rules, which are [`procedure::calendar::check`]'s.

use std::collections::BTreeMap;

use procedure::calendar::{CalendarDays, DayOff, Place, Swap, check};
use procedure::definition::Source;
use procedure::text::{InvalidDigest, unprintable};
use procedure::{Digest, SourceId};
use serde::Deserialize;
use toml::Spanned;

use crate::definition::{Located, SIZE_MAX};

#[cfg(test)]
mod spec;

/// Messages quote what stands in the file, which may be long.
const QUOTE_MAX: usize = 300;

/// [`CalendarDays`] with the place of each part in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    first_year: Spanned<i16>,
    last_year: i16,
    sources: BTreeMap<SourceId, Spanned<Source>>,
    days_off: Vec<Spanned<DayOff>>,
    #[serde(default)]
    swaps: Vec<Spanned<Swap>>,
}

impl File {
    /// The byte offset of a part.
    fn start_of(&self, place: &Place) -> usize {
        let span = match place {
            Place::Years => Some(self.first_year.span()),
            Place::Source(id) => self.sources.get(id).map(Spanned::span),
            Place::DayOff(at) => self.days_off.get(*at).map(Spanned::span),
            Place::Swap(at) => self.swaps.get(*at).map(Spanned::span),
        };
        span.map_or(0, |span| span.start)
    }

    fn days(&self) -> CalendarDays {
        let sources = self.sources.iter();
        CalendarDays {
            first_year: *self.first_year.get_ref(),
            last_year: self.last_year,
            sources: sources.map(|(id, source)| (id.clone(), source.get_ref().clone())).collect(),
            days_off: self.days_off.iter().map(|day| day.get_ref().clone()).collect(),
            swaps: self.swaps.iter().map(|swap| swap.get_ref().clone()).collect(),
        }
    }
}

/// Reads and checks a calendar. `file` only names the findings.
///
/// # Errors
/// Everything that is wrong, from the top of the file down. A file that is not a whole calendar is
/// reported for the first thing that keeps it from being one.
pub fn parse(file: &str, bytes: &[u8]) -> Result<CalendarDays, Vec<Located>> {
    let text = decode(file, bytes)?;
    let read: File = toml::from_str(text).map_err(|error| {
        let said = printable(error.message());
        let vi = format!("không đọc được lịch ({said}); hãy sửa chỗ này");
        let at = error.span().map_or(text.len(), |span| span.start);
        vec![located(file, text, at, "not-a-calendar", (vi, said))]
    })?;
    let days = read.days();
    let mut findings = check::check(&days);
    if findings.is_empty() {
        return Ok(days);
    }
    findings.sort_by_key(|finding| read.start_of(&finding.place));
    let findings = findings.into_iter().map(|finding| {
        let at = read.start_of(&finding.place);
        located(file, text, at, finding.rule, (finding.vi, finding.en))
    });
    Err(findings.collect())
}

/// The text of a file, without the mark that some editors put before it.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Located>> {
    if bytes.len() > SIZE_MAX {
        let said = (
            format!("tệp có {} byte; lịch không được quá {SIZE_MAX} byte", bytes.len()),
            format!("the file has {} bytes; a calendar has at most {SIZE_MAX}", bytes.len()),
        );
        return Err(vec![located(file, "", 0, "too-large", said)]);
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let before = core::str::from_utf8(before).unwrap_or_default();
            let said = (
                "tệp không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8".to_owned(),
                "the file is not UTF-8; save it as UTF-8".to_owned(),
            );
            Err(vec![located(file, before, before.len(), "not-utf8", said)])
        }
    }
}

/// A finding at a byte offset of the text.
fn located(
    file: &str,
    text: &str,
    at: usize,
    rule: &'static str,
    (vi, en): (String, String),
) -> Located {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Located { file: printable(file), line, column, rule, vi, en }
}

/// A text that can be printed on one line of a terminal, whatever was in the file.
fn printable(text: &str) -> String {
    let shown = text.chars().map(|c| if unprintable(c) { '\u{fffd}' } else { c });
    shown.take(QUOTE_MAX).collect()
}

/// A calendar has no JSON or no digest. Never in practice: every field has a JSON form.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// From the serialiser.
    #[error("the calendar cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// From the digest.
    #[error(transparent)]
    Digest(#[from] InvalidDigest),
}

/// The calendar as JSON: fields in the order of the types, no blanks, absent fields left out.
/// The same calendar gives the same bytes, on every machine and in every run.
///
/// # Errors
/// [`EncodeError::Json`].
pub fn canonical_json(days: &CalendarDays) -> Result<Vec<u8>, EncodeError> {
    Ok(serde_json::to_vec(days)?)
}

/// SHA-256 of [`canonical_json`]: two files that differ only in blanks, comments or order of
/// fields are the same calendar.
///
/// # Errors
/// [`EncodeError`].
pub fn digest(days: &CalendarDays) -> Result<Digest, EncodeError> {
    Ok(crate::digest::digest(&canonical_json(days)?)?)
}
