//! Everything under `/api/v1`; below here, the tree of modules is the tree of addresses.
//! Deliberately absent: versions other than the first.

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) mod assignments;
pub(crate) mod calendar;
pub(crate) mod cases;
pub(crate) mod decisions;
pub(crate) mod me;
pub(crate) mod meetings;
pub(crate) mod minutes;
pub(crate) mod names;
pub(crate) mod objections;
pub(crate) mod officers;
pub(crate) mod posting_closures;
pub(crate) mod postings;
pub(crate) mod procedures;
pub(crate) mod queue;
pub(crate) mod refusals;
pub(crate) mod refused_acts;
pub(crate) mod reminders;
pub(crate) mod signs;
pub(crate) mod subjects;
pub(crate) mod titles;
pub(crate) mod totals;
pub(crate) mod units;

/// All routes with their documentation.
pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    let below = OpenApiRouter::new()
        .merge(cases::routes())
        .routes(routes!(meetings::record_meeting))
        .routes(routes!(minutes::record_many_minutes))
        .routes(routes!(postings::post_many))
        .routes(routes!(posting_closures::close_many_postings))
        .routes(routes!(assignments::assign_many))
        .merge(decisions::routes())
        .merge(queue::routes())
        .routes(routes!(objections::list_objections))
        .routes(routes!(reminders::list_reminders))
        .routes(routes!(signs::list_signs))
        .routes(routes!(titles::list_titles))
        .routes(routes!(totals::list_totals))
        .merge(subjects::routes())
        .merge(officers::routes())
        .merge(procedures::routes())
        .merge(units::routes())
        .routes(routes!(me::read_me))
        .routes(routes!(calendar::read_calendar))
        .routes(routes!(refused_acts::list_refused_acts))
        .merge(refusals::routes());
    OpenApiRouter::new().nest("/api/v1", below)
}
