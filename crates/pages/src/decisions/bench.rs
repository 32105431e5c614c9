//! `GET /decisions/{id}`: the workbench of a decision; and how far its cases have followed.
//! Deliberately absent: more than some lines at once; a long list is read hamlet by hamlet.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{CaseId, DecisionId, UnitCode};
use projections::query::decisions::{DecisionTotal, Lines, ListOf, Place, ReadyCount, ReadyFilter};
use web::problem::Problem;

use super::asker;
use super::view::{ELSEWHERE, Rights, Row, View, officer};
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show, show_as};

/// Lines of a page.
pub(super) const LIMIT: usize = 50;
/// Most lines of the cases that were taken off.
const OFF_MAX: usize = 50;

#[derive(Template)]
#[template(path = "decisions/bench.html")]
struct Bench {
    page: Page,
    view: View,
    rights: Rights,
    told: Option<Told>,
    asked: Fields,
    /// How many cases wait and stand on no draft.
    ready: u64,
    sections: Vec<Section>,
    found: Found,
    off: Vec<Off>,
}

#[derive(Template)]
#[template(path = "decisions/progress.html")]
struct Progress {
    page: Page,
    view: View,
}

/// What came of a search, and where the lines before and after it are.
#[derive(Default)]
struct Found {
    /// How many lines fit, where something was searched.
    total: Option<u64>,
    /// Address of the lines before.
    before: Option<String>,
    /// Address of the lines after.
    after: Option<String>,
}

/// The cases of one hamlet.
struct Section {
    /// The hamlet in addresses.
    key: String,
    name: String,
    cases: u64,
    /// How many more wait.
    ready: u64,
    lowest: Option<u32>,
    highest: Option<u32>,
    /// The lines, if they are shown.
    rows: Vec<Row>,
    open: bool,
}

/// A case that was taken off.
struct Off {
    id: String,
    name: String,
    code: String,
    by: String,
}

/// `GET /decisions/{id}`.
pub(super) async fn read(
    Path(id): Path<DecisionId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    Ok(show(&bench(&desk, id, asked, None).await?))
}

/// The same page again for who could not do what he wanted, with what he filled in.
pub(super) async fn again(
    desk: &Desk,
    id: DecisionId,
    filled: Fields,
    problem: &Problem,
) -> Result<Response, Problem> {
    let told = Some(Told::of(problem, &desk.look));
    let mut page = bench(desk, id, filled, told).await?;
    // The form's own address has nothing to read.
    page.page.here = format!("/decisions/{id}");
    Ok(show_as(problem.status(), &page))
}

/// `GET /decisions/{id}/progress`.
pub(super) async fn progress(Path(id): Path<DecisionId>, desk: Desk) -> Result<Response, Problem> {
    let view = View::of(&desk, id).await?;
    let page = desk.page(Area::Decisions, "Tiến độ", "Progress");
    Ok(show_as(StatusCode::OK, &Progress { page, view }))
}

async fn bench(
    desk: &Desk,
    id: DecisionId,
    asked: Fields,
    told: Option<Told>,
) -> Result<Bench, Problem> {
    let view = View::of(desk, id).await?;
    let rights = Rights::of(desk, &view).await?;
    let ready = if view.state.is_draft() { waiting(desk, &view).await? } else { Vec::new() };
    let mut sections = sections(&view, &ready);
    let found = fill(desk, &view, &asked, &mut sections).await?;
    let off = off(desk, &view).await?;
    let name = view.name();
    let page = desk.page(Area::Decisions, &name, &name);
    let ready = ready.iter().map(|count| count.cases).sum();
    Ok(Bench { page, view, rights, told, asked, ready, sections, found, off })
}

/// What waits and could come on the draft.
async fn waiting(desk: &Desk, view: &View) -> Result<Vec<ReadyCount>, Problem> {
    let filter = ReadyFilter {
        territory: vec![view.row.unit.clone()],
        procedure: Some(view.row.procedure.clone()),
        year: Some(view.row.year),
        ..ReadyFilter::default()
    };
    let read = desk.read(move |reader| reader.ready_counts(&filter, usize::from(u16::MAX)));
    read.await
}

/// A hamlet as addresses write it.
fn key(hamlet: Option<&UnitCode>) -> String {
    hamlet.map_or_else(|| ELSEWHERE.to_owned(), ToString::to_string)
}

/// The place that an address names.
pub(super) fn place(asked: &Fields) -> Result<Place, Problem> {
    Ok(match asked.get("hamlet") {
        None => Place::Any,
        Some(ELSEWHERE) => Place::Elsewhere,
        Some(_) => Place::Hamlet(asked.need("hamlet")?),
    })
}

fn sections(view: &View, ready: &[ReadyCount]) -> Vec<Section> {
    let mut hamlets: Vec<Option<&UnitCode>> =
        view.totals.iter().map(|total| total.hamlet.as_ref()).collect();
    hamlets.extend(ready.iter().map(|count| count.hamlet.as_ref()));
    hamlets.sort_unstable();
    hamlets.dedup();
    let section = |hamlet: Option<&UnitCode>| {
        let none = DecisionTotal { hamlet: None, cases: 0, lowest: None, highest: None };
        let total = view.totals.iter().find(|total| total.hamlet.as_ref() == hamlet);
        let DecisionTotal { cases, lowest, highest, .. } = total.cloned().unwrap_or(none);
        let waiting = ready.iter().filter(|count| count.hamlet.as_ref() == hamlet);
        Section {
            key: key(hamlet),
            name: view.hamlet(hamlet),
            cases,
            ready: waiting.map(|count| count.cases).sum(),
            lowest,
            highest,
            rows: Vec::new(),
            open: false,
        }
    };
    hamlets.into_iter().map(section).collect()
}

/// Fills the sections that are open with lines.
async fn fill(
    desk: &Desk,
    view: &View,
    asked: &Fields,
    sections: &mut [Section],
) -> Result<Found, Problem> {
    let place = place(asked)?;
    let search = asked.get("q").map(str::to_owned);
    let on: u64 = view.totals.iter().map(|total| total.cases).sum();
    if matches!(place, Place::Any) && search.is_none() && on > LIMIT as u64 {
        return Ok(Found::default());
    }
    let from: usize = asked.some("from")?.unwrap_or(0);
    let (list, searched) = (ListOf::Decision(view.row.id), search.is_some());
    let read = desk.read(move |reader| {
        reader.decision_lines((&list, &place), search.as_deref(), (from, LIMIT))
    });
    let lines = read.await?;
    let turned = turned(&format!("/decisions/{}", view.row.id), asked, from, &lines);
    let found = Found { total: searched.then_some(lines.total), ..turned };
    let ids: Vec<CaseId> = lines.items.iter().map(|line| line.case.id).collect();
    let engine = &desk.reading.app.engine;
    let date = view.row.date.unwrap_or(desk.reading.today);
    let looked = engine.look_at_cases(&asker(desk), view.row.id, date, &ids).await?;
    for (line, looked) in lines.items.into_iter().zip(looked) {
        let hamlet = line.case.place.get(3).cloned().unwrap_or_else(|| ELSEWHERE.to_owned());
        let mut row = view.line(line);
        let band = looked.standing.and_then(|standing| standing.band);
        row.band = view.band(band.as_ref().map(procedure::BandId::as_str));
        row.obstacle = looked.obstacle.map(|why| why.get().message(desk.look.language));
        row.checked = asked.all("case").any(|case| case == row.id);
        if let Some(section) = sections.iter_mut().find(|section| section.key == hamlet) {
            section.open = true;
            section.rows.push(row);
        }
    }
    Ok(found)
}

/// The lines before and after those from `from` on.
fn turned(path: &str, asked: &Fields, from: usize, lines: &Lines) -> Found {
    let to = |from: usize| {
        let mut query = Fields(Vec::new());
        for name in ["hamlet", "q"] {
            query.0.extend(asked.get(name).map(|value| (name.to_owned(), value.to_owned())));
        }
        query.0.push(("from".to_owned(), from.to_string()));
        format!("{path}?{}", query.query())
    };
    let next = from + lines.items.len();
    Found {
        total: None,
        before: (from > 0).then(|| to(from.saturating_sub(LIMIT))),
        after: ((next as u64) < lines.total).then(|| to(next)),
    }
}

/// The cases that were taken off, as far as they fit on the page.
async fn off(desk: &Desk, view: &View) -> Result<Vec<Off>, Problem> {
    let taken: Vec<_> =
        view.state.taken_off.iter().take(OFF_MAX).map(|(case, off)| (*case, off.by)).collect();
    let read = desk.read(move |reader| {
        let mut found = Vec::new();
        for (id, by) in taken {
            let Some(case) = reader.case(id)? else { continue };
            found.push(Off {
                id: id.to_string(),
                name: case.subject_name.unwrap_or_else(|| "–".to_owned()),
                code: case.subject_code.unwrap_or_default(),
                by: officer(reader, by)?,
            });
        }
        Ok(found)
    });
    read.await
}
