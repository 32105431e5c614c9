//! `GET /queue/escalated`: the cases whose delay was put before a superior.
//! Deliberately absent: pages; there are few, or something is wrong that no page mends.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Waiting;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EscalatedQuery {
    /// Lines at most, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// Cases whose delay was put before a superior.
#[derive(Debug, Serialize, ToSchema)]
pub struct EscalatedCases {
    /// The lines, the longest late first.
    items: Vec<Waiting>,
}

/// Lists open cases whose delay was put before a superior (báo cáo cấp trên).
#[utoipa::path(
    get, path = "/queue/escalated", tag = "queue", params(EscalatedQuery),
    responses((status = 200, description = "The cases", body = EscalatedCases))
)]
pub async fn list_escalated(
    reading: Reading,
    Params(query): Params<EscalatedQuery>,
) -> Result<Json<EscalatedCases>, Problem> {
    let (territory, today) = (reading.territory.clone(), reading.today);
    let limit = paging::limit(query.limit);
    let rows = reading.read(move |reader| reader.escalated(&territory, today, limit)).await?;
    Ok(Json(EscalatedCases { items: rows.into_iter().map(Waiting::from).collect() }))
}
