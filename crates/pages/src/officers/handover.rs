//! `POST /officers/{id}/handover`: the open cases of somebody who leaves go to another, or to the queue.
//! Deliberately absent: single cases; each has that on its own page.

use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::response::Response;
use procedure::{Language, OfficerId};
use serde::Deserialize;
use web::HttpRefusal;
use web::api::officers::handover::{Handover, hand_over as api_hand_over};
use web::params::Segment;
use web::problem::Problem;

use super::acts::after;
use crate::act::Act;

/// The longest answer: two thousand cases with a sentence each.
const ANSWER_MAX: usize = 8_000_000;

/// What each case came to.
#[derive(Deserialize)]
struct Outcome {
    done: Vec<serde::de::IgnoredAny>,
    refused: Vec<RefusedCase>,
}

#[derive(Deserialize)]
struct RefusedCase {
    message_vi: String,
    message_en: String,
}

/// `POST /officers/{id}/handover`.
pub(super) async fn hand_over(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let done = match handover(&act) {
        Ok(input) => api_hand_over(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    let (answer, outcome) = match done {
        Ok(answer) => outcome(answer).await?,
        Err(problem) => return after(id, &act, "handover", Err(problem), ("", "")).await,
    };
    let (moved, left) = (outcome.done.len(), outcome.refused.len());
    let mut notice = match act.desk.look.language {
        Language::Vietnamese => format!("Đã bàn giao {moved} hồ sơ."),
        Language::English => format!("{moved} cases are handed over."),
    };
    if let Some(RefusedCase { message_vi, message_en }) = outcome.refused.first() {
        notice.push_str(&match act.desk.look.language {
            Language::Vietnamese => format!(" {left} hồ sơ chưa bàn giao được: {message_vi}"),
            Language::English => format!(" {left} could not be: {message_en}"),
        });
    }
    Ok(act.done(&answer, &format!("/officers/{id}"), &notice))
}

fn handover(act: &Act) -> Result<Handover, Problem> {
    let to = match act.fields.get("whither") {
        Some("queue") => None,
        _ => Some(OfficerId::of_code(&act.fields.text("code")?)),
    };
    Ok(Handover { to, reason: act.fields.text("reason")? })
}

/// The answer without its body, for its position; and the body, read.
async fn outcome(answer: Response) -> Result<(Response, Outcome), Problem> {
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, ANSWER_MAX).await.map_err(|_| HttpRefusal::Internal)?;
    let outcome = serde_json::from_slice(&bytes).map_err(|_| HttpRefusal::Internal)?;
    Ok((Response::from_parts(parts, Body::empty()), outcome))
}
