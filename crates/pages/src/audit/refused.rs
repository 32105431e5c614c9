//! Acts that were refused for who asked, in the words of the rule.
//! Deliberately absent: any judgement; an attempt is no offence.

use procedure::refusal::Page;
use projections::query::refused::{RefusedFilter, RefusedRow};
use projections::{ReadError, Reader};

use super::names::Names;
use crate::{format, words};

/// A refused act, in words.
pub(super) struct Attempt {
    pub(super) row: RefusedRow,
    pub(super) who: String,
    /// What he asked.
    pub(super) act: String,
    /// What the rule says.
    pub(super) rule: String,
}

/// Puts it in words.
pub(super) fn attempt(names: &mut Names<'_, '_>, row: RefusedRow) -> Result<Attempt, ReadError> {
    let who = names.officer(row.officer)?;
    let act = words::word("act", &row.act, names.language);
    let rule = rule(names, &row)?;
    Ok(Attempt { row, who, act, rule })
}

/// The page of the code with the particulars filled in; ids and codes by their names.
fn rule(names: &mut Names<'_, '_>, row: &RefusedRow) -> Result<String, ReadError> {
    let found = procedure::Refused::pages().map(Page::parse).find(|page| page.code == row.code);
    let Some(page) = found else { return Ok(row.code.clone()) };
    let mut text = page.section(names.language).message.to_owned();
    for (name, value) in &row.params {
        let value = match name.as_str() {
            "role" => words::role(value, names.language),
            "unit" => names.unit_text(value, row.on)?,
            "officer" | "delegator" => match value.parse() {
                Ok(officer) => names.officer(officer)?,
                Err(_) => value.clone(),
            },
            _ => format::date_text(value),
        };
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    Ok(text)
}

/// The first `most` refused acts, the latest first, and whether there are more.
pub(super) fn all(
    reader: &Reader<'_>,
    filter: &RefusedFilter,
    most: usize,
) -> Result<(Vec<RefusedRow>, bool), ReadError> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let part = reader.refused_acts(filter, after.as_deref(), (most - rows.len()).min(200))?;
        rows.extend(part.items);
        after = part.next;
        if after.is_none() || rows.len() >= most {
            return Ok((rows, after.is_some()));
        }
    }
}
