//! `/audit`: what has happened, to whoever has to check it: a case event by event, a decision, every
//! act of an officer, a place or a period, and the acts that were refused.
//!
//! Who has an office over the place sees it; being a subject's own is not enough.
//! Deliberately absent: judging, and changing anything.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use procedure::{CaseId, DecisionId, decision};
use projections::query::cases::CaseRow;
use projections::query::decisions::DecisionRow;
use web::HttpRefusal;
use web::problem::Problem;

use crate::desk::Desk;
use crate::site::Site;

mod acts;
mod decision_history;
mod export;
mod names;
mod refused;
mod replay;
mod start;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/audit", get(start::start))
        .route("/audit/acts", get(acts::list))
        .route("/audit/cases/{id}", get(replay::replay))
        .route("/audit/cases/{id}/paper", get(replay::paper::paper))
        .route("/audit/cases/{id}/events.jsonl", get(export::case_lines))
        .route("/audit/decisions/{id}", get(decision_history::read))
        .route("/audit/decisions/{id}/annex.jsonl", get(export::annex))
        .route("/audit/decisions/{id}/events.jsonl", get(export::decision_lines))
}

/// Lets pass who has an office anywhere; to others the address is not there.
fn in_office(desk: &Desk) -> Result<(), Problem> {
    let path = "/audit".to_owned();
    if desk.in_office() { Ok(()) } else { Err(HttpRefusal::NoSuchAddress { path }.into()) }
}

/// The case, if an office of the asker's is over its place.
async fn case(desk: &Desk, id: &str) -> Result<CaseRow, Problem> {
    let id: CaseId = id.parse().map_err(|_| web::api::cases::unknown())?;
    let case = desk.case(id).await?;
    if desk.reading.sees(&case.place) { Ok(case) } else { Err(web::api::cases::unknown()) }
}

/// The decision, if an office of the asker's is over its place.
async fn decision(desk: &Desk, id: &str) -> Result<DecisionRow, Problem> {
    let unknown = || procedure::Refused::from(decision::Refusal::Unknown);
    let id: DecisionId = id.parse().map_err(|_| unknown())?;
    let found = desk.read(move |reader| reader.decision(id)).await?;
    let seen = found.filter(|decision| desk.reading.sees(&decision.place));
    seen.ok_or_else(|| unknown().into())
}
