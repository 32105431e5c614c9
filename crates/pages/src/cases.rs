//! `/cases/{id}`: one case as its reviewers work on it: how it stands, what stands in its way, its
//! criteria with what was claimed, shown and found, and the acts that are open to who looks.
//! Deliberately absent: lists (`/queue`), the full record (`/audit/cases/{id}`), and the subject's own
//! forms.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use procedure::CaseId;
use web::problem::Problem;

use crate::desk::Desk;
use crate::site::Site;

mod acts;
mod ask;
mod blocks;
mod criteria;
mod file;
mod known;
mod next;
mod review;
mod story;
mod sum;
mod view;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/cases/{id}", get(case))
        .route("/cases/{id}/claim", post(acts::claim))
        .route("/cases/{id}/release", post(acts::release))
        .route("/cases/{id}/takeover", post(acts::take_over))
        .route("/cases/{id}/return", post(acts::return_for_supplement))
        .route("/cases/{id}/assignment", post(acts::assign))
        .route("/cases/{id}/review", post(review::send))
        .route("/cases/{id}/review/preview", post(review::preview))
        .route("/cases/{id}/review/draft", post(review::draft::keep))
        .route("/cases/{id}/review/draft/discard", post(review::draft::discard))
}

/// `GET /cases/{id}`.
async fn case(desk: Desk, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    let row = desk.case(id).await?;
    if !desk.reading.sees(&row.place) {
        // His own, and no business of his office: he has a page of his own for it.
        return Ok(Redirect::to("/mine").into_response());
    }
    let draft = review::draft::of(&desk, id).await?;
    view::show(&desk, row, view::Filled::from_draft(draft)).await
}

/// The case of somebody in office; one outside his territory is answered like one that is not there.
async fn in_office(desk: &Desk, id: CaseId) -> Result<projections::query::cases::CaseRow, Problem> {
    let row = desk.case(id).await?;
    if desk.reading.sees(&row.place) { Ok(row) } else { Err(web::api::cases::unknown()) }
}
