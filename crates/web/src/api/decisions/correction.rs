//! `POST /decisions/{id}/correction`: a new act mends a clerical error.

use axum::response::Response;
use procedure::{Date, DecisionId, decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_exist;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A correction of a signed decision (đính chính quyết định).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionCorrection {
    /// Number and sign of the correcting act, at most 100 bytes.
    #[schema(example = "130/QĐ-UBND")]
    pub number: String,
    /// The day that the correcting act bears, not after today and not before the decision's.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// What the decision's number should have been, if that was the error.
    #[schema(example = "125/QĐ-UBND")]
    pub corrected_number: Option<String>,
    /// What is mended, at most 4000 characters; kept sealed.
    pub note: String,
}

/// Mends a clerical error of a signed decision by a new act.
///
/// The decision stays as it was signed; the register shows the corrected number beside it.
#[utoipa::path(
    post, path = "/decisions/{id}/correction", tag = "decisions",
    request_body = DecisionCorrection,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn correct_decision(
    Segment(id): Segment<DecisionId>,
    command: Command<DecisionCorrection>,
) -> Result<Response, Problem> {
    must_exist(&command, id).await?;
    let DecisionCorrection { number, date, corrected_number, note } = &command.input;
    let engine = command.engine();
    let note = engine.sealer(id.0)?.seal("note", note)?;
    let act = decision::Command::Correct {
        number: number.clone(),
        date: *date,
        corrected_number: corrected_number.clone(),
        note,
    };
    let done = engine.decision(&command.request, id, act).await?;
    command.done(id, done).await
}
