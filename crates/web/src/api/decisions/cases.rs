//! `GET /decisions/{id}/cases`: the cases of a decision.

use axum::Json;
use procedure::{DecisionId, UnitCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::visible;
use crate::api::cases::read::Case;
use crate::paging;
use crate::params::{Params, Segment};
use crate::problem::Problem;
use crate::read::Reading;

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DecisionCasesQuery {
    /// Only of this hamlet, by its code.
    #[param(value_type = Option<String>)]
    pub hamlet: Option<UnitCode>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// A page of cases, by hamlet.
#[derive(Debug, Serialize, ToSchema)]
pub struct CasesPage {
    /// The lines.
    items: Vec<Case>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

/// Lists the cases that stand on a draft, or that were recognised by a decision.
///
/// A case that has not followed yet is not among them.
#[utoipa::path(
    get, path = "/decisions/{id}/cases", tag = "decisions",
    params(("id" = Uuid, Path, description = "The decision"), DecisionCasesQuery),
    responses((status = 200, description = "A page", body = CasesPage))
)]
pub async fn list_decision_cases(
    reading: Reading,
    Segment(id): Segment<DecisionId>,
    Params(query): Params<DecisionCasesQuery>,
) -> Result<Json<CasesPage>, Problem> {
    visible(&reading, id).await?;
    let (hamlet, after, limit) = (query.hamlet, query.after, paging::limit(query.limit));
    let read = reading
        .read(move |reader| reader.decision_cases(id, hamlet.as_ref(), after.as_deref(), limit));
    let page = read.await?;
    Ok(Json(CasesPage { items: page.items.into_iter().map(Case::from).collect(), next: page.next }))
}
