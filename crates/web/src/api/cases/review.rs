//! `POST /cases/{id}/review`: a body gives its own points.

use axum::response::Response;
use procedure::{CaseId, IndicatorId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A review (thẩm định).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// One line per indicator of the definition.
    pub lines: Vec<ReviewLine>,
}

/// A reviewer's points and finding for one indicator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewLine {
    /// The indicator.
    #[schema(value_type = String, example = "1.1")]
    pub indicator: IndicatorId,
    /// Whole points, from 0 to the indicator's maximum.
    #[schema(example = 8)]
    pub points: i64,
    /// What was found about the subject's claim.
    #[schema(value_type = names::Finding)]
    pub finding: case::Finding,
    /// In the reviewer's words, at most 4000 characters; kept sealed.
    pub note: Option<String>,
}

/// Gives own points and forwards the case.
///
/// One line for each indicator. `confirmed` keeps the subject's points, `adjusted` gives others,
/// `unsupported` gives no more; the last two need a note.
#[utoipa::path(
    post, path = "/cases/{id}/review", tag = "cases", request_body = Review,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn review(
    Segment(id): Segment<CaseId>,
    command: Command<Review>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let sealer = engine.sealer(engine.subject_of(id).await?.0)?;
    let seal = |(index, line): (usize, &ReviewLine)| {
        let field = format!("lines[{index}].note");
        Ok(case::ReviewInput {
            indicator: line.indicator.clone(),
            points: line.points,
            finding: line.finding,
            note: sealer.seal_some(&field, line.note.as_deref())?,
        })
    };
    let lines = command.input.lines.iter().enumerate().map(seal);
    let lines = lines.collect::<Result<_, Problem>>()?;
    let done = engine.case(&command.request, id, case::Command::Review { lines }).await?;
    command.done(id, done).await
}
