//! `/audit/decisions/{id}`: what happened to a decision, what was refused about it, and how to check its
//! annex.
//! Deliberately absent: the annex itself; `annex.jsonl` beside it has it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use codec::digest::digest_text;
use procedure::CaseId;
use projections::query::decisions::DecisionRow;
use projections::query::refused::RefusedFilter;
use projections::timeline::DecisionEntry;
use projections::{ReadError, Reader};
use serde_json::Value;
use web::problem::Problem;

use super::names::{Names, Who};
use super::refused::attempt;
use super::replay::REFUSED_MAX;
use super::replay::lines::{decided, reason};
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::{format, words};

/// Lines of the page: the latest of a longer history.
const WINDOW: usize = 100;
/// Cases that are named of those listed at once.
const NAMED: usize = 10;

#[derive(Template)]
#[template(path = "audit/decision.html")]
struct History {
    page: Page,
    decision: DecisionRow,
    unit: String,
    lines: Vec<Line>,
    /// Lines of the whole history.
    all: usize,
    /// SHA-256 of the annex as it is drawn up again now, where that was asked for.
    checked: Option<String>,
}

/// An event, or an act that was refused.
#[derive(Default)]
struct Line {
    number: Option<u64>,
    position: String,
    what: String,
    decided: Option<String>,
    recorded_at: String,
    recorded: String,
    captured: Option<String>,
    who: Who,
    reason: Option<String>,
    facts: Vec<(String, String)>,
    cases: Vec<(CaseId, String)>,
    /// Cases that are not named.
    besides: usize,
    rule: Option<(String, String)>,
    raw: String,
}

/// `GET /audit/decisions/{id}`; with `?check` the annex is drawn up again.
pub(super) async fn read(
    desk: Desk,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let decision = super::decision(&desk, &id).await?;
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let app = &desk.look.site.app;
    let checked = match asked.0.iter().any(|(name, _)| name == "check") {
        true => Some(app.engine.decision_annex(decision.id, desk.reading.today).await?),
        false => None,
    };
    let entries = app.history.decision(decision.id).await.map_err(web::read::failed)?;
    let entries: Arc<[DecisionEntry]> = entries.into();
    let (language, today, known) = (desk.look.language, desk.reading.today, decision.clone());
    let read = desk.read(move |reader| {
        let mut names = Names::new(reader, language);
        Ok((lines(&mut names, reader, &known, &entries)?, names.unit(&known.unit, today)?))
    });
    let (mut lines, unit) = read.await?;
    let all = lines.len();
    lines.drain(..all.saturating_sub(WINDOW));
    let number = decision.number.clone();
    let (vi, en) = match &number {
        Some(number) => (format!("Lịch sử quyết định {number}"), format!("History of {number}")),
        None => ("Lịch sử dự thảo quyết định".into(), "History of a draft decision".into()),
    };
    let page = desk.page(Area::Audit, &vi, &en);
    let checked = checked.map(|bytes| digest_text(&bytes));
    Ok(show(&History { page, decision, unit, lines, all, checked }))
}

fn lines(
    names: &mut Names<'_, '_>,
    reader: &Reader<'_>,
    decision: &DecisionRow,
    entries: &[DecisionEntry],
) -> Result<Vec<Line>, ReadError> {
    let place = decision.place.iter().filter_map(|unit| unit.parse().ok());
    let about = Some(decision.id.0);
    let filter = RefusedFilter { territory: place.collect(), about, ..RefusedFilter::default() };
    let refused = super::refused::all(reader, &filter, REFUSED_MAX)?.0;
    let mut lines = Vec::with_capacity(entries.len() + refused.len());
    for entry in entries {
        lines.push(line(names, entry)?);
    }
    for row in refused {
        let attempt = attempt(names, row)?;
        lines.push(Line {
            what: attempt.act,
            recorded: format::time_exact(&attempt.row.recorded_at),
            recorded_at: attempt.row.recorded_at,
            who: Who { id: Some(attempt.row.officer), name: attempt.who, ..Who::default() },
            rule: Some((attempt.rule, attempt.row.code)),
            ..Line::default()
        });
    }
    lines.sort_by(|one, other| one.recorded_at.cmp(&other.recorded_at));
    Ok(lines)
}

fn line(names: &mut Names<'_, '_>, entry: &DecisionEntry) -> Result<Line, ReadError> {
    let ids = listed(&entry.event);
    let mut cases = Vec::new();
    for id in ids.iter().take(NAMED) {
        let name = names.reader.case(*id)?.and_then(|case| case.subject_name);
        cases.push((*id, name.unwrap_or_else(|| id.to_string())));
    }
    Ok(Line {
        number: Some(entry.revision + 1),
        position: entry.position.clone(),
        what: words::word("event", &entry.event_type, names.language),
        decided: decided(&entry.event),
        recorded: format::time_exact(&entry.recorded_at),
        recorded_at: entry.recorded_at.clone(),
        captured: entry.captured_at.as_deref().map(format::time_exact),
        who: names.who(&entry.actor, &entry.recorded_at)?,
        reason: reason(&entry.event),
        facts: facts(names, &entry.event, ids.len()),
        besides: ids.len() - cases.len(),
        cases,
        rule: None,
        raw: serde_json::to_string_pretty(entry).unwrap_or_default(),
    })
}

/// The cases that an event names.
fn listed(event: &Value) -> Vec<CaseId> {
    let many = event.get("cases").and_then(Value::as_array);
    let all = many.into_iter().flatten().chain(event.get("case"));
    all.filter_map(|id| id.as_str()?.parse().ok()).collect()
}

fn facts(names: &Names<'_, '_>, event: &Value, listed: usize) -> Vec<(String, String)> {
    let text = |name: &str| match event.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let many = (listed > 1).then(|| listed.to_string());
    let all = [
        (names.t("Số văn bản", "Number of the act"), text("number")),
        (names.t("Số đúng", "Corrected number"), text("corrected_number")),
        (names.t("Số hồ sơ", "Cases"), text("cases").or(many)),
        (names.t("SHA-256 của danh sách", "SHA-256 of the annex"), text("annex")),
    ];
    let some = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    some.collect()
}
