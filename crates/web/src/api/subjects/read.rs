//! `GET /subjects/{id}`: a subject with its cases.

use axum::Json;
use procedure::SubjectId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Subject, unknown};
use crate::api::cases::read::Case;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// A subject with its cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectWithCases {
    /// The subject.
    subject: Subject,
    /// Its cases in the asker's territory, the latest year first.
    cases: Vec<Case>,
}

/// Reads a subject with its cases.
///
/// A subject outside the asker's territory is answered like one that is not there.
#[utoipa::path(
    get, path = "/subjects/{id}", tag = "subjects",
    params(("id" = Uuid, Path, description = "The subject")),
    responses((status = 200, description = "The subject", body = SubjectWithCases))
)]
pub async fn read_subject(
    reading: Reading,
    Segment(id): Segment<SubjectId>,
) -> Result<Json<SubjectWithCases>, Problem> {
    let found = reading.read(move |reader| Ok((reader.subject(id)?, reader.cases_of_subject(id)?)));
    let (subject, cases) = found.await?;
    let subject = subject.filter(|subject| reading.sees(&subject.place)).ok_or_else(unknown)?;
    let cases = cases.into_iter().filter(|case| reading.sees(&case.place));
    let cases = cases.map(Case::from).collect();
    Ok(Json(SubjectWithCases { subject: subject.into(), cases }))
}
