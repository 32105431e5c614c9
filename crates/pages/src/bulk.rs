//! What a command on many cases came to, as the API's own endpoint said it.
//! Deliberately absent: doing anything to them.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use procedure::{CaseId, Language};
use serde::Deserialize;
use web::HttpRefusal;
use web::problem::Problem;

/// The longest answer: two thousand cases with a sentence each.
const ANSWER_MAX: usize = 8_000_000;

/// What each case came to.
#[derive(Deserialize)]
pub(crate) struct Outcome {
    pub(crate) done: Vec<DoneCase>,
    pub(crate) refused: Vec<RefusedCase>,
}

/// A case that the command was carried out on.
#[derive(Deserialize)]
pub(crate) struct DoneCase {
    pub(crate) case: CaseId,
}

/// A case that it was refused for.
#[derive(Deserialize)]
pub(crate) struct RefusedCase {
    pub(crate) case: CaseId,
    message_vi: String,
    message_en: String,
}

impl RefusedCase {
    /// Why.
    pub(crate) fn why(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.message_vi,
            Language::English => &self.message_en,
        }
    }
}

/// The answer without its body, for its position; and the body, read.
pub(crate) async fn outcome(answer: Response) -> Result<(Response, Outcome), Problem> {
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, ANSWER_MAX).await.map_err(|_| HttpRefusal::Internal)?;
    let outcome = serde_json::from_slice(&bytes).map_err(|error| {
        tracing::error!(%error, "the answer for many cases cannot be read");
        HttpRefusal::Internal
    })?;
    Ok((Response::from_parts(parts, Body::empty()), outcome))
}
