//! `GET /procedures`: all published definitions.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::Procedure;
use crate::problem::Problem;
use crate::read::Reading;

/// All published definitions, by id.
#[derive(Debug, Serialize, ToSchema)]
pub struct Procedures {
    /// The lines.
    items: Vec<Procedure>,
}

/// Lists the published procedures, retired ones included.
#[utoipa::path(
    get, path = "/procedures", tag = "procedures",
    responses((status = 200, description = "All procedures", body = Procedures))
)]
pub async fn list_procedures(reading: Reading) -> Result<Json<Procedures>, Problem> {
    let rows = reading.read(|reader| reader.procedures()).await?;
    Ok(Json(Procedures { items: rows.into_iter().map(Procedure::from).collect() }))
}
