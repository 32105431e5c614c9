//! Points for indicators: `1a 8 (<note>), 1b như tự chấm, còn lại 7`. Deliberately absent: whether
//! the points can be; more than the maximum can be written, to see it refused.

use std::collections::BTreeSet;

use procedure::IndicatorId;
use procedure::definition::Indicator;

use super::place::{after, meant, nearest, quote, word};
use super::sentence::{Read, Reading, Wrong};

/// The points for one indicator.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) indicator: IndicatorId,
    pub(super) points: Points,
    pub(super) note: Option<String>,
}

/// How many.
#[derive(Clone, Copy, Debug)]
pub(super) enum Points {
    Given(i64),
    /// As many as the subject gave itself.
    AsClaimed,
}

/// How points are written before it is known for which indicator.
#[derive(Clone, Copy)]
enum Written {
    Points(Points),
    Most,
}

/// The lines of a self-assessment or a supplement.
pub(super) fn claims(text: &str, reading: Reading<'_>) -> Read<Vec<Line>> {
    let lines = all(text, reading)?;
    let is_given = |line: &Line| matches!(line.points, Points::Given(_));
    if lines.iter().all(is_given) { Ok(lines) } else { Err(Wrong::Form) }
}

/// The lines of a review.
pub(super) fn review(text: &str, reading: Reading<'_>) -> Read<Vec<Line>> {
    all(text, reading)
}

fn all(text: &str, reading: Reading<'_>) -> Read<Vec<Line>> {
    let items = items(text)?;
    let mut lines = Vec::new();
    let mut rest = None;
    for item in &items {
        let (head, note) = with_note(item)?;
        match for_all(head, items.len() == 1)? {
            Some(_) if rest.is_some() => return Err(Wrong::Form),
            Some(points) => rest = Some((written(points, reading)?, note)),
            None => {
                let (id, points) = word(head);
                lines.push(line(indicator(id, reading)?, written(points, reading)?, note));
            }
        }
    }
    let named: Vec<_> = lines.iter().map(|line| line.indicator.clone()).collect();
    must_be_single(&named)?;
    if let Some((points, note)) = rest {
        let others = reading.definition.indicators().filter(|one| !named.contains(&one.id));
        lines.extend(others.map(|indicator| line(indicator, points, note)));
    }
    Ok(lines)
}

/// What is written for every indicator that is not named; or for all of them, which nothing else
/// goes with.
fn for_all(head: &str, is_only: bool) -> Read<Option<&str>> {
    if let Some(rest) = after(head, "còn lại") {
        return Ok(Some(rest));
    }
    let whole = after(head, "tất cả").or((head == AS_CLAIMED).then_some(head));
    if whole.is_some() && !is_only { Err(Wrong::Form) } else { Ok(whole) }
}

const AS_CLAIMED: &str = "như tự chấm";

fn written(text: &str, reading: Reading<'_>) -> Read<Written> {
    let is_levels = !reading.definition.outcome.levels.is_empty();
    match text {
        AS_CLAIMED => Ok(Written::Points(Points::AsClaimed)),
        "tối đa" => Ok(Written::Most),
        // A target of a level is met or not.
        "đạt" if is_levels => Ok(Written::Points(Points::Given(1))),
        "không đạt" if is_levels => Ok(Written::Points(Points::Given(0))),
        number => {
            let points = number.parse().map_err(|_| Wrong::Form)?;
            Ok(Written::Points(Points::Given(points)))
        }
    }
}

fn line(indicator: &Indicator, written: Written, note: Option<&str>) -> Line {
    let points = match written {
        Written::Points(points) => points,
        Written::Most => Points::Given(indicator.maximum.value.into()),
    };
    Line { indicator: indicator.id.clone(), points, note: note.map(str::to_owned) }
}

/// The parts between commas that no bracket holds.
fn items(text: &str) -> Read<Vec<&str>> {
    let mut depth = 0_u32;
    let is_end = |c: char| {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ',' | ';')
    };
    let items: Vec<_> = text.split(is_end).map(str::trim).collect();
    if items.iter().any(|item| item.is_empty()) { Err(Wrong::Form) } else { Ok(items) }
}

/// An item without its note in brackets, and the note.
fn with_note(item: &str) -> Read<(&str, Option<&str>)> {
    let Some((head, note)) = item.split_once('(') else { return Ok((item, None)) };
    let note = note.strip_suffix(')').map(str::trim).filter(|note| !note.is_empty());
    Ok((head.trim(), Some(note.ok_or(Wrong::Form)?)))
}

/// The indicator of that name.
pub(super) fn indicator<'a>(id: &str, reading: Reading<'a>) -> Read<&'a Indicator> {
    let mut all = reading.definition.indicators();
    if let Some(indicator) = all.find(|indicator| indicator.id.as_str() == id) {
        return Ok(indicator);
    }
    let known = || reading.definition.indicators().map(|indicator| indicator.id.as_str());
    let (vi, en) = meant(nearest(id, known()));
    let (id, known) = (quote(id), known().collect::<Vec<_>>().join(", "));
    let said = (
        "unknown-indicator",
        format!("không có chỉ tiêu “{id}”{vi} Có: {known}"),
        format!("there is no indicator “{id}”{en} There are: {known}"),
    );
    Err(said.into())
}

/// No indicator twice in one list.
pub(super) fn must_be_single(ids: &[IndicatorId]) -> Read<()> {
    let mut seen = BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(*id)) {
        None => Ok(()),
        Some(id) => {
            let said = (
                "indicator-twice",
                format!("chỉ tiêu “{id}” có hai lần trong câu"),
                format!("indicator “{id}” is twice in the sentence"),
            );
            Err(said.into())
        }
    }
}
