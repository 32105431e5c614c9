//! `POST /queue/{id}/claim` and `/queue/claims`: an officer takes cases to himself.
//! Deliberately absent: all or nothing; of many cases each is taken for itself, and those that cannot be
//! are named.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use procedure::CaseId;
use web::api::cases::claim;
use web::command::Nothing;
use web::params::Segment;
use web::problem::Problem;

use crate::act::Act;
use crate::refusal::PageRefusal;

/// `POST /queue/{id}/claim`: one case, and on to it.
pub(super) async fn claim(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let answer = claim::claim(Segment(id), act.command(Nothing {})).await?;
    let notice = act.desk.t("Đã nhận hồ sơ.", "You hold the case now.");
    Ok(act.done(&answer, &format!("/cases/{id}"), notice))
}

/// `POST /queue/claims`: the cases that were marked in the list.
pub(super) async fn claim_many(act: Act) -> Result<Response, Problem> {
    let mut cases = Vec::new();
    for text in act.fields.all("case") {
        cases.push(text.parse::<CaseId>().map_err(|_| act.bad("case", text))?);
    }
    if cases.is_empty() {
        return Err(PageRefusal::MissingField { field: "case".to_owned() }.into());
    }
    let (mut taken, mut refused, mut last) = (0, Vec::new(), StatusCode::OK.into_response());
    for id in cases {
        match claim::claim(Segment(id), act.part(&id.to_string(), Nothing {})).await {
            Ok(answer) => (taken, last) = (taken + 1, answer),
            Err(problem) => refused.push(problem.explained(act.desk.look.language).1),
        }
    }
    let left_out = refused.len();
    let mut notice = match act.desk.t("vi", "en") {
        "vi" => format!("Đã nhận {taken} hồ sơ."),
        _ => format!("You hold {taken} more cases now."),
    };
    if let Some(reason) = refused.first() {
        notice.push_str(&match act.desk.t("vi", "en") {
            "vi" => format!(" {left_out} hồ sơ không nhận được: {reason}"),
            _ => format!(" {left_out} could not be taken: {reason}"),
        });
    }
    let query = act.fields.get("back").unwrap_or_default();
    Ok(act.done(&last, &crate::home::local(Some(&format!("/queue?{query}"))), &notice))
}
