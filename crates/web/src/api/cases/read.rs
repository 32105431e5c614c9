//! `GET /cases/{id}`: a case as it is now.

use axum::Json;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use procedure::CaseId;
use projections::query::cases::CaseRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::visible;
use crate::api::names;
use crate::etag;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// A case as it is now (hồ sơ).
#[derive(Debug, Serialize, ToSchema)]
pub struct Case {
    /// The case.
    pub id: Uuid,
    /// The title.
    #[schema(value_type = names::Title)]
    pub title: String,
    /// The subject.
    pub subject: Uuid,
    /// The subject's name; null where it was erased.
    pub subject_name: Option<String>,
    /// What the local list calls the subject.
    pub subject_code: Option<String>,
    /// Whether the subject is made up for demonstration.
    pub sample: bool,
    /// The calendar year.
    pub year: i16,
    /// The definition stamped on the case.
    pub procedure: String,
    /// Codes of the administrative units as filed, from the nation down.
    #[schema(example = json!(["VN", "25", "05158", "05158-01"]))]
    pub place: Vec<String>,
    /// Where it stands.
    #[schema(value_type = names::CaseState)]
    pub state: String,
    /// The step whose turn it is; null once it is closed.
    pub step: Option<String>,
    /// The role that takes the step.
    pub role: Option<String>,
    /// Code of the administrative unit at whose level the work lies.
    pub unit: Option<String>,
    /// The officer who has taken the case to himself.
    pub holder: Option<Uuid>,
    /// The day of registration.
    #[schema(format = Date)]
    pub filed_on: String,
    /// The day on which it came to whose turn it is, or was closed.
    #[schema(format = Date)]
    pub turn_since: String,
    /// The day on which the holder took it.
    #[schema(format = Date)]
    pub held_since: Option<String>,
    /// How often it was returned for supplement.
    pub returns: u16,
    /// The subject's own points in all.
    pub claimed: Option<u32>,
    /// The points of the last review in all.
    pub reviewed: Option<u32>,
    /// The case whose title it renews.
    pub renews: Option<Uuid>,
    /// The draft of a decision that it stands on, or the decision that it was recognised by.
    pub decision: Option<Uuid>,
    /// The last day of its public posting.
    #[schema(format = Date)]
    pub posted_until: Option<String>,
    /// How many objections wait for an answer.
    pub objections: u16,
    /// The last day in time of the step; null where there is no limit or it pauses.
    #[schema(format = Date)]
    pub due: Option<String>,
    /// Whether a breach of the step's limit has been recorded.
    pub breached: bool,
    /// The role before which the breach was put.
    pub escalated_to: Option<String>,
    /// The step whose time pauses while a supplement is awaited.
    pub paused: Option<String>,
    /// Last revision: send it as `If-Match` with a command decided on this state.
    pub revision: u64,
}

impl From<CaseRow> for Case {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id.0,
            title: row.title.to_string(),
            subject: row.subject.0,
            subject_name: row.subject_name,
            subject_code: row.subject_code,
            sample: row.sample,
            year: row.year,
            procedure: row.procedure.to_string(),
            place: row.place,
            state: row.state.to_string(),
            step: row.step.map(|step| step.to_string()),
            role: row.role.map(|role| role.to_string()),
            unit: row.unit.map(|unit| unit.to_string()),
            holder: row.holder.map(|holder| holder.0),
            filed_on: row.filed_on.to_string(),
            turn_since: row.turn_since.to_string(),
            held_since: row.held_since.map(|day| day.to_string()),
            returns: row.returns,
            claimed: row.claimed,
            reviewed: row.reviewed,
            renews: row.renews.map(|case| case.0),
            decision: row.decision.map(|decision| decision.0),
            posted_until: row.posted_until.map(|day| day.to_string()),
            objections: row.objections,
            due: row.due.map(|day| day.to_string()),
            breached: row.breached,
            escalated_to: row.escalated_to.map(|role| role.to_string()),
            paused: row.paused.map(|step| step.to_string()),
            revision: row.revision,
        }
    }
}

/// Reads a case as it is now.
///
/// The `ETag` is its revision. A case outside the asker's territory is answered like one that is
/// not there.
#[utoipa::path(
    get, path = "/cases/{id}", tag = "cases",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "The case", body = Case))
)]
pub async fn read_case(
    reading: Reading,
    Segment(id): Segment<CaseId>,
) -> Result<Response, Problem> {
    let case = visible(&reading, id).await?;
    let tag = etag::tag(case.revision);
    Ok(([(ETAG, tag)], Json(Case::from(case))).into_response())
}
