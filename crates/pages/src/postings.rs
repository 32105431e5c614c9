//! `/postings`: lists that hang out for comments, for everybody, and the sheet of a hamlet to be printed
//! and hung up. What such a sheet has is shown: names and sums of points, the days, the place.
//! Deliberately absent: addresses, single points, notes and evidence; and what is over.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use futures_util::{StreamExt as _, stream};
use procedure::{CaseId, Date, Title, UnitCode};
use projections::ReadError;
use projections::query::cases::CaseRow;
use projections::query::postings::PostedList;
use projections::query::queue::QueueFilter;
use projections::query::units::UnitRow;
use projections::query::{CaseState, Page as Part};
use web::params::Segment;
use web::problem::Problem;
use web::read::failed;

use crate::fields::Fields;
use crate::look::Look;
use crate::page::{Page, show};
use crate::public;
use crate::site::Site;

/// Lists of a page.
const LIMIT: usize = 50;
/// Cases of a page of a sheet: a hamlet has fewer, most of the time.
const SHEET: usize = 200;
/// Timelines that are read at the same time.
const AT_ONCE: usize = 16;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/postings", get(list)).route("/postings/{unit}", get(one))
}

/// A list with the names of its units.
struct Named {
    list: PostedList,
    unit: String,
    left: i32,
}

#[derive(Template)]
#[template(path = "postings/list.html")]
struct Lists {
    page: Page,
    rows: Part<Named>,
    path: Vec<UnitRow>,
    below: Vec<UnitRow>,
    query: String,
}

/// `GET /postings`.
async fn list(look: Look, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = look.site.app.engine.today();
    let unit: Option<UnitCode> = asked.some("unit")?;
    let after = asked.get("after").map(str::to_owned);
    let page = public::page(&look, "Đang niêm yết lấy ý kiến", "Posted for comments").await?;
    let read = public::read(&look, move |reader| {
        let (nation, units) =
            (public::nation().into_iter().collect(), unit.clone().into_iter().collect());
        let part = reader.posted_lists((&nation, &units), today, after.as_deref(), LIMIT)?;
        let named = part.items.into_iter().map(|list| {
            let path: Vec<_> =
                reader.path(&list.unit, today)?.into_iter().map(|unit| unit.name).collect();
            let unit = path.iter().rev().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
            let unit = if unit.is_empty() { list.unit.to_string() } else { unit };
            Ok(Named { left: list.until.days_since(today) + 1, unit, list })
        });
        let rows = Part { items: named.collect::<Result<_, ReadError>>()?, next: part.next };
        let Some(unit) = unit.or_else(public::nation) else { return Ok((rows, vec![], vec![])) };
        Ok((rows, reader.path(&unit, today)?, reader.children(&unit, today)?))
    });
    let (rows, path, below) = read.await?;
    let query = asked.without(&["after"]).query();
    Ok(show(&Lists { page, rows, path, below, query }))
}

/// A case on a sheet.
struct Line {
    number: usize,
    case: CaseId,
    name: Option<String>,
    title: Title,
    year: i16,
    points: Option<u32>,
    sample: bool,
}

/// What hangs in one place for the same days.
struct Hung {
    from: Option<Date>,
    until: Date,
    place: String,
    left: i32,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "postings/sheet.html")]
struct Sheet {
    page: Page,
    names: Vec<String>,
    sheets: Vec<Hung>,
    /// Mark of the next part.
    next: Option<String>,
    unit: UnitCode,
    /// Whether the reader can write comments down here.
    in_office: bool,
}

/// `GET /postings/{unit}`.
async fn one(
    look: Look,
    Segment(unit): Segment<UnitCode>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = look.site.app.engine.today();
    let (code, after) = (unit.clone(), asked.get("after").map(str::to_owned));
    let read = public::read(&look, move |reader| {
        let filter = QueueFilter {
            territory: vec![code.clone()],
            state: Some(CaseState::Posted),
            ..QueueFilter::default()
        };
        let part = reader.queue(&filter, today, after.as_deref(), SHEET)?;
        let hangs = |case: &CaseRow| case.posted_until.is_some_and(|until| until >= today);
        let cases = part.items.into_iter().map(|row| row.case).filter(hangs);
        Ok((reader.path(&code, today)?, cases.collect::<Vec<_>>(), part.next))
    });
    let (path, cases, next) = read.await?;
    if path.is_empty() {
        return Err(web::HttpRefusal::NoSuchAddress { path: look.here.clone() }.into());
    }
    let names = path.iter().rev().take(3).map(|unit| unit.name.clone()).collect();
    let sheets = sheets(&look, cases, today).await?;
    let desk = crate::desk::Desk::of(look.clone()).await?;
    let path: Vec<_> = path.iter().map(|unit| unit.code.as_str()).collect();
    let in_office = desk.is_some_and(|desk| desk.reading.sees(&path));
    let page = public::page(&look, "Danh sách niêm yết", "Posted list").await?;
    Ok(show(&Sheet { page, names, sheets, next, unit, in_office }))
}

/// The cases by the days and the place of their posting.
async fn sheets(look: &Look, cases: Vec<CaseRow>, today: Date) -> Result<Vec<Hung>, Problem> {
    let read = stream::iter(cases).map(|case| async move {
        let posted = posting(look, case.id).await?;
        Ok::<_, Problem>((case, posted))
    });
    let mut read = read.buffered(AT_ONCE);
    let mut sheets: BTreeMap<(Date, Option<Date>, String), Vec<Line>> = BTreeMap::new();
    while let Some(read) = read.next().await {
        let (case, (from, place)) = read?;
        let Some(until) = case.posted_until else { continue };
        let lines = sheets.entry((until, from, place)).or_default();
        lines.push(Line {
            number: lines.len() + 1,
            case: case.id,
            name: case.subject_name,
            title: case.title,
            year: case.year,
            points: case.reviewed.or(case.claimed),
            sample: case.sample,
        });
    }
    let hung = sheets.into_iter().map(|((until, from, place), lines)| {
        let left = until.days_since(today) + 1;
        Hung { from, until, place, left, lines }
    });
    Ok(hung.collect())
}

/// The first day and the place of the last posting of a case.
async fn posting(look: &Look, id: CaseId) -> Result<(Option<Date>, String), Problem> {
    let entries = look.site.app.history.timeline(id).await.map_err(failed)?;
    let posted = entries.iter().rev().find(|entry| entry.event_type == "PostedPublicly");
    let text = |field: &str| posted.and_then(|entry| entry.event.get(field)?.as_str());
    let from = text("from").and_then(|day| day.parse().ok());
    Ok((from, text("place").unwrap_or_default().to_owned()))
}
