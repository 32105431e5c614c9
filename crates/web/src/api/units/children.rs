//! `GET /units/{code}/children`: the units one level below.

use axum::Json;
use procedure::UnitCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnDay, Unit, unknown};
use crate::params::{Params, Segment};
use crate::problem::Problem;
use crate::read::Reading;

/// The units one level below, by code.
#[derive(Debug, Serialize, ToSchema)]
pub struct Children {
    /// The lines; at most some hundreds.
    items: Vec<Unit>,
}

/// Lists the administrative units one level below, as of a day.
#[utoipa::path(
    get, path = "/units/{code}/children", tag = "units",
    params(("code" = String, Path, description = "Official code, such as `VN`"), OnDay),
    responses((status = 200, description = "The units below", body = Children))
)]
pub async fn list_children(
    reading: Reading,
    Segment(code): Segment<UnitCode>,
    Params(query): Params<OnDay>,
) -> Result<Json<Children>, Problem> {
    let (on, wanted) = (query.on.unwrap_or(reading.today), code.clone());
    let found = reading.read(move |reader| {
        Ok((reader.unit(&wanted, on)?.is_some(), reader.children(&wanted, on)?))
    });
    match found.await? {
        (false, _) => Err(unknown(code, on)),
        (true, rows) => Ok(Json(Children { items: rows.into_iter().map(Unit::from).collect() })),
    }
}
