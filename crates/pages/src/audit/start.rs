//! `/audit`: the way to a case, a decision or a list of acts, and what can be proved today.
//! Deliberately absent: anything outside of the asker's territory; it is not found.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::{IntoResponse as _, Redirect, Response};
use procedure::{CaseId, DecisionId};
use projections::query::cases::CaseRow;
use projections::query::decisions::DecisionRow;
use projections::query::subjects::SubjectsFilter;
use projections::{ReadError, Reader};
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};

/// Subjects whose cases are looked up for a name.
const SUBJECTS: usize = 20;
/// Decisions that bear one number; each unit counts its own.
const DECISIONS: usize = 20;

#[derive(Template)]
#[template(path = "audit/start.html")]
struct Start {
    page: Page,
    /// What was looked for.
    wanted: String,
    found: Found,
}

#[derive(Default)]
struct Found {
    cases: Vec<CaseRow>,
    decisions: Vec<DecisionRow>,
    /// There are more subjects of that name.
    more: bool,
}

/// `GET /audit?q=`.
pub(super) async fn start(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    super::in_office(&desk)?;
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let wanted = asked.get("q").unwrap_or_default().to_owned();
    if let Some(to) = by_id(&desk, &wanted).await {
        return Ok(Redirect::to(&to).into_response());
    }
    let mut found = Found::default();
    if !wanted.is_empty() {
        let (territory, text) = (desk.reading.territory.clone(), wanted.clone());
        found = desk.read(move |reader| search(reader, territory, &text)).await?;
        found.cases.retain(|case| desk.reading.sees(&case.place));
    }
    let page = desk.page(Area::Audit, "Kiểm tra", "Audit");
    Ok(show(&Start { page, wanted, found }))
}

/// The page of the case or decision with that id.
async fn by_id(desk: &Desk, wanted: &str) -> Option<String> {
    if let Ok(id) = wanted.parse::<CaseId>()
        && super::case(desk, &id.to_string()).await.is_ok()
    {
        return Some(format!("/audit/cases/{id}"));
    }
    let id = wanted.parse::<DecisionId>().ok()?;
    let found = super::decision(desk, &id.to_string()).await;
    found.is_ok().then(|| format!("/audit/decisions/{id}"))
}

fn search(
    reader: &Reader<'_>,
    territory: projections::query::Territory,
    text: &str,
) -> Result<Found, ReadError> {
    let decisions = reader.decisions_numbered(&territory, text, DECISIONS)?;
    let wanted = Some(text.to_owned());
    let filter = SubjectsFilter { territory, text: wanted, ..SubjectsFilter::default() };
    let subjects = reader.subjects(&filter, None, SUBJECTS)?;
    let mut cases = Vec::new();
    for subject in &subjects.items {
        cases.extend(reader.cases_of_subject(subject.id)?);
    }
    Ok(Found { cases, decisions, more: subjects.next.is_some() })
}
