//! `/officers`: whoever administers a territory keeps its officers: who they are, what they may do, and
//! how they sign in.
//!
//! The rules decide each act; the pages only leave out what cannot be meant.
//! Deliberately absent: officers whose records are kept elsewhere, and erasing anybody.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use procedure::{OfficerId, UnitCode, officer};
use projections::query::officers::OfficerRow;
use projections::{ReadError, Reader};
use web::problem::Problem;

use crate::site::Site;

mod access;
mod acts;
mod choices;
mod enrol;
mod handover;
mod list;
mod read;
pub(crate) mod record;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/officers", get(list::list))
        .route("/officers/new", get(enrol::form))
        .route("/officers/new/officer", get(enrol::form).post(enrol::enrol))
        .route("/officers/new/applicant", get(enrol::form).post(enrol::applicant))
        .route("/officers/{id}", get(read::read))
        .route("/officers/{id}/appointments", get(read::back).post(acts::appoint))
        .route("/officers/{id}/relief", get(read::back).post(acts::relieve))
        .route("/officers/{id}/delegations/end", get(read::back).post(acts::end_delegation))
        .route("/officers/{id}/interests", get(read::back).post(acts::declare_interest))
        .route("/officers/{id}/sessions/end", get(read::back).post(acts::end_sessions))
        .route("/officers/{id}/tokens", get(read::back).post(access::issue_token))
        .route("/officers/{id}/tokens/revocation", get(read::back).post(access::revoke_token))
        .route("/officers/{id}/password", get(read::back).post(access::set_password))
        .route("/officers/{id}/handover", get(read::back).post(handover::hand_over))
}

/// What is said of an officer who is not there, or is not kept in the territory.
fn unknown() -> Problem {
    procedure::Refused::from(officer::Refusal::Unknown).into()
}

/// The officer, if his record is kept in one of the units or below.
fn kept(
    reader: &Reader<'_>,
    id: OfficerId,
    (territory, today): (&[UnitCode], procedure::Date),
) -> Result<Option<OfficerRow>, ReadError> {
    let Some(row) = reader.officer(id)? else { return Ok(None) };
    let path = reader.path(&row.unit, today)?;
    Ok(path.iter().any(|unit| territory.contains(&unit.code)).then_some(row))
}
