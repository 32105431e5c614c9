//! `GET /units/{code}`: a unit and all above it.

use axum::Json;
use procedure::UnitCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnDay, Unit, unknown};
use crate::params::{Params, Segment};
use crate::problem::Problem;
use crate::read::Reading;

/// A unit and all above it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitWithPath {
    /// The unit.
    unit: Unit,
    /// The unit and all above it, from the nation down.
    path: Vec<Unit>,
}

/// Reads an administrative unit with all above it, as of a day.
#[utoipa::path(
    get, path = "/units/{code}", tag = "units",
    params(("code" = String, Path, description = "Official code, such as `05158`"), OnDay),
    responses((status = 200, description = "The unit", body = UnitWithPath))
)]
pub async fn read_unit(
    reading: Reading,
    Segment(code): Segment<UnitCode>,
    Params(query): Params<OnDay>,
) -> Result<Json<UnitWithPath>, Problem> {
    let (on, wanted) = (query.on.unwrap_or(reading.today), code.clone());
    let found =
        reading.read(move |reader| Ok((reader.unit(&wanted, on)?, reader.path(&wanted, on)?)));
    let (unit, path) = found.await?;
    let unit = unit.ok_or_else(|| unknown(code, on))?.into();
    Ok(Json(UnitWithPath { unit, path: path.into_iter().map(Unit::from).collect() }))
}
