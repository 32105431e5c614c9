//! Everything under `/api/v1`; below here, the tree of modules is the tree of addresses.
//! Deliberately absent: versions other than the first.

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) mod cases;
pub(crate) mod me;
pub(crate) mod names;
pub(crate) mod officers;
pub(crate) mod procedures;
pub(crate) mod queue;
pub(crate) mod refusals;
pub(crate) mod subjects;
pub(crate) mod titles;
pub(crate) mod totals;
pub(crate) mod units;

/// All routes with their documentation.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    let below = OpenApiRouter::new()
        .merge(cases::routes())
        .merge(queue::routes())
        .routes(routes!(titles::list_titles))
        .routes(routes!(totals::list_totals))
        .merge(subjects::routes())
        .merge(officers::routes())
        .merge(procedures::routes())
        .merge(units::routes())
        .routes(routes!(me::read_me))
        .merge(refusals::routes());
    OpenApiRouter::new().nest("/api/v1", below)
}
