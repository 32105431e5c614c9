//! `/procedures`: the published definitions as people read them, open to everybody because they are the law
//! at work; and publishing and retiring them, for administrators of the nation.
//! Deliberately absent: editing; a definition is written in a file and never changed once published.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use procedure::{ProcedureId, Refused, edition};
use web::api::procedures::retirement::retire_procedure;
use web::command::Nothing;
use web::params::Segment;
use web::problem::Problem;

use crate::act::Act;
use crate::site::Site;

mod cite;
mod compare;
mod difference;
mod lines;
mod list;
mod outcome;
mod publish;
mod read;
mod steps;
mod view;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/procedures", get(list::list))
        .route("/procedures/publish", get(publish::form).post(publish::publish))
        .route("/procedures/publish/preview", get(publish::form).post(publish::preview))
        .route("/procedures/publish/edit", get(publish::form).post(publish::edit))
        .route("/procedures/{id}", get(read::read))
        .route("/procedures/{id}/retire", post(retire))
        .route("/procedures/{id}/compare/{other}", get(compare::compare))
}

/// What is said of a definition that nobody published.
fn unknown() -> Problem {
    Refused::from(edition::Refusal::Unknown).into()
}

/// `POST /procedures/{id}/retire`.
async fn retire(Path(id): Path<ProcedureId>, act: Act) -> Result<Response, Problem> {
    let answer = retire_procedure(Segment(id.clone()), act.command(Nothing {})).await?;
    let notice = act.desk.t(
        "Đã ngừng áp dụng cho hồ sơ mới. Hồ sơ đã đăng ký vẫn theo thủ tục này đến cùng.",
        "No new case is registered under it. Cases under it keep it to their end.",
    );
    Ok(act.done(&answer, &format!("/procedures/{id}"), notice))
}
