//! `GET /officers/{id}`: an officer with his appointments.

use axum::Json;
use procedure::OfficerId;

use super::{Officer, must_be_visible};
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// Reads an officer with his appointments and interests.
///
/// An officer whose record is kept outside the asker's territory is answered like one that is not
/// there; everybody may read himself.
#[utoipa::path(
    get, path = "/officers/{id}", tag = "officers",
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "The officer", body = Officer))
)]
pub async fn read_officer(
    reading: Reading,
    Segment(id): Segment<OfficerId>,
) -> Result<Json<Officer>, Problem> {
    let row = must_be_visible(&reading, id).await?;
    Ok(Json(Officer::of(row, reading.today)))
}
