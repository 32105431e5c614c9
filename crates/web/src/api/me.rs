//! `GET /me`: who the token speaks for.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::officers::Officer;
use crate::problem::Problem;
use crate::read::Reading;

/// Who asks, and what he may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The officer.
    officer: Officer,
    /// Codes of the administrative units of his appointments and delegations in force today.
    territory: Vec<String>,
    /// Today in Viet Nam, as the rules count it.
    #[schema(format = Date)]
    today: String,
}

/// Reads whom the token speaks for, and what he may see today.
#[utoipa::path(
    get, path = "/me", tag = "officers",
    responses((status = 200, description = "The officer", body = Me))
)]
pub async fn read_me(reading: Reading) -> Result<Json<Me>, Problem> {
    let territory = reading.territory.iter().map(ToString::to_string).collect();
    let officer = Officer::of(reading.officer, reading.today);
    Ok(Json(Me { officer, territory, today: reading.today.to_string() }))
}
