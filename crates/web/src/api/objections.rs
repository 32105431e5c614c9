//! `GET /objections`: what has been said about posted cases and waits for an answer.
//! Deliberately absent: names and words; they stand opened in the timeline of the case. And pages:
//! what is answered makes room for what comes after.

use axum::Json;
use projections::query::public::ObjectionRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::names;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ObjectionsQuery {
    /// Lines at most, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// An objection or comment that waits for an answer (ý kiến, kiến nghị).
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenObjection {
    /// The case.
    case: Uuid,
    /// Its number in the case.
    number: u16,
    /// Whether the case waits for the answer.
    #[schema(value_type = names::ObjectionKind)]
    kind: String,
    /// The day on which it was written down.
    #[schema(format = Date)]
    filed_on: String,
}

/// Objections and comments that wait for an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenObjections {
    /// The lines, the oldest first.
    items: Vec<OpenObjection>,
}

impl From<ObjectionRow> for OpenObjection {
    fn from(row: ObjectionRow) -> Self {
        let filed_on = row.filed_on.to_string();
        Self { case: row.case.0, number: row.number, kind: row.kind, filed_on }
    }
}

/// Lists objections and comments of the asker's territory that wait for an answer.
#[utoipa::path(
    get, path = "/objections", tag = "queue", params(ObjectionsQuery),
    responses((status = 200, description = "The objections", body = OpenObjections))
)]
pub async fn list_objections(
    reading: Reading,
    Params(query): Params<ObjectionsQuery>,
) -> Result<Json<OpenObjections>, Problem> {
    let (territory, limit) = (reading.territory.clone(), paging::limit(query.limit));
    let rows = reading.read(move |reader| reader.open_objections(&territory, limit)).await?;
    Ok(Json(OpenObjections { items: rows.into_iter().map(OpenObjection::from).collect() }))
}
