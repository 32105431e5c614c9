//! `POST /cases/{id}/review`: a reviewer's points go to the rules; what they refuse comes back in the
//! form with everything that was typed. What changed meanwhile is shown, and can be sent on.
//! Deliberately absent: any rule about points and findings.

use axum::extract::Path;
use axum::response::Response;
use procedure::{CaseId, Role};
use projections::query::cases::CaseRow;
use web::HttpRefusal;
use web::api::cases::review;
use web::params::Segment;
use web::problem::Problem;

use crate::act::Act;
use crate::cases::next::Seeker;
use crate::cases::view::{Filled, show};
use crate::desk::Desk;

pub(super) mod draft;
pub(super) mod form;

/// `POST /cases/{id}/review`.
pub(super) async fn send(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let row = super::in_office(&act.desk, id).await?;
    match give(&act, &row).await {
        Ok(answer) => go_on(&act, &row, answer).await,
        Err(problem) => show(&act.desk, row, Filled::review(&act, Some(problem))).await,
    }
}

/// `POST /cases/{id}/review/preview`: what the points would come to; nothing is sent.
pub(super) async fn preview(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let row = super::in_office(&act.desk, id).await?;
    show(&act.desk, row, Filled::review(&act, None)).await
}

async fn give(act: &Act, row: &CaseRow) -> Result<Response, Problem> {
    let app = &act.desk.look.site.app;
    let procedure = row.procedure.clone();
    let definition = act.desk.read(move |reader| reader.definition(&procedure)).await?;
    let definition = definition.ok_or(HttpRefusal::Corrupt)?;
    let entries = app.history.timeline(row.id).await.map_err(web::read::failed)?;
    let claims = entries.last().into_iter().flat_map(|entry| &entry.state.claims);
    let claimed = claims.map(|(id, claim)| (id.clone(), claim.points)).collect();
    let input = form::read(&act.fields, &definition, &claimed)?;
    review::review(Segment(row.id), act.command(input)).await
}

/// To the next case of the same queue, or back to this one.
async fn go_on(act: &Act, row: &CaseRow, answer: Response) -> Result<Response, Problem> {
    draft::forget(act, row.id).await;
    let desk = &act.desk;
    if act.fields.get("then") != Some("next") {
        let saved = desk.t("Đã lưu thẩm định.", "The review is saved.");
        return Ok(act.done(&answer, &format!("/cases/{}", row.id), saved));
    }
    match next(desk, row.id, row.role.clone()).await? {
        Some(next) => {
            let saved = desk.t(
                "Đã lưu thẩm định. Đây là hồ sơ tiếp theo.",
                "The review is saved. This is the next case.",
            );
            Ok(act.done(&answer, &format!("/cases/{next}"), saved))
        }
        None => {
            let saved = desk.t(
                "Đã lưu thẩm định. Không còn hồ sơ nào chờ anh chị.",
                "The review is saved. No other case waits for you.",
            );
            Ok(act.done(&answer, "/queue", saved))
        }
    }
}

async fn next(desk: &Desk, case: CaseId, role: Option<Role>) -> Result<Option<CaseId>, Problem> {
    let seeker = Seeker::of(desk);
    desk.read(move |reader| seeker.after(reader, case, role.as_ref())).await
}
