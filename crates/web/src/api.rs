//! Everything under `/api/v1`; below here, the tree of modules is the tree of addresses.
//! Deliberately absent: versions other than the first.

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub mod assignments;
pub mod calendar;
pub mod cases;
pub mod decisions;
pub mod me;
pub mod meetings;
pub mod minutes;
pub(crate) mod names;
pub mod objections;
pub mod officers;
pub mod posting_closures;
pub mod postings;
pub mod procedures;
pub mod queue;
pub mod refusals;
pub mod refused_acts;
pub mod reminders;
pub mod signs;
pub mod subjects;
pub mod titles;
pub mod totals;
pub mod units;

/// The routes that take in files, with their documentation: they have limits of their own.
pub(crate) fn uploads() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().nest("/api/v1", cases::uploads())
}

/// All other routes with their documentation.
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
