//! `/audit/cases/{id}/paper`: the whole history on paper, each event with what it changed, and the
//! digest of the file that says the same.
//! Deliberately absent: the state after each event; the changes make it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use codec::digest::digest_text;
use projections::query::cases::CaseRow;
use web::problem::Problem;

use super::lines::{self, Line};
use super::wording::{Difference, Wording};
use super::{entries, refused};
use crate::audit::names::Names;
use crate::desk::Desk;
use crate::page::{Area, Page, show};

#[derive(Template)]
#[template(path = "audit/paper.html")]
struct Paper {
    page: Page,
    case: CaseRow,
    events: Vec<(Line, Vec<Difference>)>,
    /// SHA-256 of the lines as they are stored.
    digest: String,
}

/// `GET /audit/cases/{id}/paper`.
pub(in crate::audit) async fn paper(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let case = crate::audit::case(&desk, &id).await?;
    let stored = desk.look.site.app.history.case_lines(case.id).await;
    let digest = digest_text(&stored.map_err(web::read::failed)?);
    let entries = entries(&desk, &case).await?;
    let (known, language) = (case.clone(), desk.look.language);
    let read = desk.read(move |reader| {
        let mut names = Names::new(reader, language);
        let definition = reader.definition(&known.procedure)?;
        let definition = definition.as_deref();
        let refused = refused(reader, &known)?;
        let mut events = Vec::new();
        for line in lines::of(&mut names, definition, &entries, refused)? {
            let entry = line.number.and_then(|number| entries.get(number - 1));
            let changed = entry.map(|entry| {
                Wording::new(&mut names, definition, &known, &entry.recorded_at)
                    .differences(&entry.changed)
            });
            events.push((line, changed.transpose()?.unwrap_or_default()));
        }
        Ok(events)
    });
    let events = read.await?;
    let page = desk.page(Area::Audit, "Lịch sử hồ sơ (bản in)", "History of the case (to print)");
    Ok(show(&Paper { page, case, events, digest }))
}
