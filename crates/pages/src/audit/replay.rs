//! `/audit/cases/{id}`: a case event by event. Which events, the state after one of them, and what is
//! different from another, each as it was then.
//! Deliberately absent: the state in the log itself; it is folded again from the events each time.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use procedure::Definition;
use projections::query::cases::CaseRow;
use projections::query::refused::{RefusedFilter, RefusedRow};
use projections::timeline::{Entry, difference};
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::export;
use super::names::Names;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};

mod basis;
mod choice;
pub(super) mod lines;
pub(super) mod paper;
mod state;
mod wording;

use basis::Basis;
use choice::{Choice, Step};
use lines::Line;
use state::Shown;
use wording::{Difference, Wording};

/// Refused acts that are read for one page.
pub(super) const REFUSED_MAX: usize = 500;
/// Lines of the list; of a longer history, those around the event that is looked at.
const WINDOW: usize = 80;

#[derive(Template)]
#[template(path = "audit/replay.html")]
struct Replay {
    page: Page,
    case: CaseRow,
    choice: Choice,
    steps: Vec<Step>,
    seen: Seen,
    /// The event and its envelope as JSON.
    raw: String,
    /// Lines of the whole history.
    all: usize,
}

/// What the read models and the events make of a case.
struct Seen {
    lines: Vec<Line>,
    shown: Shown,
    differences: Vec<Difference>,
    basis: Basis,
    /// The line that is looked at, alone.
    now: Line,
}

/// `GET /audit/cases/{id}?at=&to=`, and the list as a table under `/audit/cases/{id}.csv`.
pub(super) async fn replay(
    desk: Desk,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    if let Some(id) = id.strip_suffix(".csv") {
        return export::case_list(&desk, id).await;
    }
    let case = super::case(&desk, &id).await?;
    let entries = entries(&desk, &case).await?;
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let choice = Choice::of(&asked, &entries)?;
    let language = desk.look.language;
    let steps = choice.steps(&entries, language);
    let raw = raw(choice.entry(&entries));
    let (chosen, known) = (choice.clone(), case.clone());
    let read = desk.read(move |reader| {
        let refused = refused(reader, &known)?;
        let mut names = Names::new(reader, language);
        seen(&mut names, &known, &entries, refused, &chosen)
    });
    let mut seen = read.await?;
    let all = seen.lines.len();
    seen.lines = window(std::mem::take(&mut seen.lines));
    let (vi, en) = match &case.subject_name {
        Some(name) => (format!("Lịch sử hồ sơ: {name}"), format!("History of the case: {name}")),
        None => ("Lịch sử hồ sơ".to_owned(), "History of the case".to_owned()),
    };
    let page = desk.page(Area::Audit, &vi, &en);
    Ok(show(&Replay { page, case, choice, steps, seen, raw, all }))
}

/// Every event of the case.
pub(super) async fn entries(desk: &Desk, case: &CaseRow) -> Result<Vec<Entry>, Problem> {
    let entries = desk.look.site.app.history.timeline(case.id).await;
    let entries = entries.map_err(web::read::failed)?;
    if entries.is_empty() { Err(web::api::cases::unknown()) } else { Ok(entries) }
}

/// What was refused about the case, the latest first.
pub(super) fn refused(reader: &Reader<'_>, case: &CaseRow) -> Result<Vec<RefusedRow>, ReadError> {
    let place = case.place.iter().filter_map(|unit| unit.parse().ok());
    let about = Some(case.id.0);
    let filter = RefusedFilter { territory: place.collect(), about, ..RefusedFilter::default() };
    Ok(super::refused::all(reader, &filter, REFUSED_MAX)?.0)
}

fn seen(
    names: &mut Names<'_, '_>,
    case: &CaseRow,
    entries: &[Entry],
    refused: Vec<RefusedRow>,
    choice: &Choice,
) -> Result<Seen, ReadError> {
    let definition: Option<Arc<Definition>> = names.reader.definition(&case.procedure)?;
    let definition = definition.as_deref();
    let mut lines = lines::of(names, definition, entries, refused)?;
    for line in &mut lines {
        line.current = line.number == Some(choice.at);
        line.compared = line.number == Some(choice.to);
    }
    let now = lines.iter().find(|line| line.current).cloned().unwrap_or_default();
    let entry = choice.entry(entries);
    let (earlier, later) = choice.pair(entries);
    let changes = difference(earlier, later)?;
    let mut wording = Wording::new(names, definition, case, &entry.recorded_at);
    let differences = wording.differences(&changes)?;
    let shown = Shown::of(&mut wording, &entry.state)?;
    let basis = Basis::of(definition, case, names.language);
    Ok(Seen { lines, shown, differences, basis, now })
}

/// The lines around the one that is looked at.
fn window(lines: Vec<Line>) -> Vec<Line> {
    let at = lines.iter().position(|line| line.current).unwrap_or_default();
    let most = lines.len().saturating_sub(WINDOW);
    lines.into_iter().skip(at.saturating_sub(WINDOW / 2).min(most)).take(WINDOW).collect()
}

/// An event with its envelope; the state is shown in words.
fn raw(entry: &Entry) -> String {
    let value = serde_json::json!({
        "revision": entry.revision,
        "position": entry.position,
        "id": entry.id,
        "type": entry.event_type,
        "recorded_at": entry.recorded_at,
        "captured_at": entry.captured_at,
        "actor": entry.actor,
        "command": entry.command,
        "command_name": entry.command_name,
        "event": entry.event,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
