//! `GET /officers`: the officers whose records are kept in the asker's territory.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Officer;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfficersQuery {
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// A page of officers, by local code.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficersPage {
    /// The lines.
    items: Vec<Officer>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

/// Lists the officers of the asker's territory.
#[utoipa::path(
    get, path = "/officers", tag = "officers", params(OfficersQuery),
    responses((status = 200, description = "A page", body = OfficersPage))
)]
pub async fn list_officers(
    reading: Reading,
    Params(query): Params<OfficersQuery>,
) -> Result<Json<OfficersPage>, Problem> {
    let (territory, today) = (reading.territory.clone(), reading.today);
    let all = reading.read(move |reader| reader.officers(&territory, today)).await?;
    let limit = paging::limit(query.limit);
    let (rows, next) = paging::cut(all, query.after.as_deref(), limit, |row| &row.code);
    let items = rows.into_iter().map(|row| Officer::of(row, today)).collect();
    Ok(Json(OfficersPage { items, next }))
}
