//! A review that is half done: kept when its author says so, found again when he comes back, gone once
//! the review is sent. It is his alone.
//! Deliberately absent: keeping it by itself; every keeping stays in the log for ever.

use axum::extract::Path;
use axum::response::Response;
use engine::{Draft, EngineError};
use procedure::CaseId;
use procedure::draft::DraftOf;
use web::HttpRefusal;
use web::problem::Problem;

use crate::act::Act;
use crate::cases::view::{Filled, show};
use crate::desk::Desk;

/// The form's name.
const FORM: &str = "review";

fn of_officer(desk: &Desk, case: CaseId) -> Result<DraftOf, Problem> {
    let form = FORM.parse().map_err(|_| HttpRefusal::Internal)?;
    Ok(DraftOf::own(case, form, desk.session.officer))
}

/// His own draft, if he has one.
pub(in crate::cases) async fn of(desk: &Desk, case: CaseId) -> Result<Option<Draft>, Problem> {
    Ok(desk.look.site.app.engine.draft(&of_officer(desk, case)?).await?)
}

/// `POST /cases/{id}/review/draft`.
pub(in crate::cases) async fn keep(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let row = crate::cases::in_office(&act.desk, id).await?;
    match save(&act, id).await {
        Ok(answer) => {
            let saved = act.desk.t("Đã lưu nháp.", "The draft is saved.");
            Ok(act.done(&answer, &format!("/cases/{id}"), saved))
        }
        Err(problem) => show(&act.desk, row, Filled::review(&act, Some(problem))).await,
    }
}

/// The fields with the revision on which they were typed.
async fn save(act: &Act, id: CaseId) -> Result<Response, Problem> {
    let mut fields = act.fields.clone().without(&["then"]);
    fields.0.push(("revision".to_owned(), act.revision.unwrap_or_default().to_string()));
    let command = act.part("draft", ());
    let of = of_officer(&act.desk, id)?;
    let done = command.engine().save_draft(&command.request, &of, &fields.query()).await?;
    command.done(id, done).await
}

/// `POST /cases/{id}/review/draft/discard`.
pub(in crate::cases) async fn discard(
    Path(id): Path<CaseId>,
    act: Act,
) -> Result<Response, Problem> {
    crate::cases::in_office(&act.desk, id).await?;
    let command = act.part("discard", ());
    let of = of_officer(&act.desk, id)?;
    let done = command.engine().discard_draft(&command.request, &of).await?;
    let answer = command.done(id, done).await?;
    Ok(act.done(
        &answer,
        &format!("/cases/{id}"),
        act.desk.t("Đã bỏ bản nháp.", "The draft is gone."),
    ))
}

/// Lets the draft go after the review was sent; the review stands even if that fails.
pub(super) async fn forget(act: &Act, id: CaseId) {
    let forgotten = async {
        let command = act.part("forget", ());
        let of = of_officer(&act.desk, id)?;
        let done = command.engine().discard_draft(&command.request, &of).await;
        done.map_err(|error: EngineError| Problem::from(error))
    };
    if let Err(problem) = forgotten.await {
        tracing::warn!(code = problem.code(), case = %id, "a draft of a review is left over");
    }
}
