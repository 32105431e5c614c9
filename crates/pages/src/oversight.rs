//! `/oversight`: what supervisors look at. How much came and went, where it waits and for how long, who
//! has how much to do, which titles there are, and what calls for a question.
//!
//! A page shows a part of the country within what its reader may see, and the parts below it, which add
//! up to it. Every table can be had as a file.
//! Deliberately absent: deciding; and any judgement of officers.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::site::Site;

mod area;
mod cases;
mod escalated;
mod overview;
mod refusals;
mod signs;
mod titles;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/oversight", get(overview::overview))
        .route("/oversight/cases", get(cases::list))
        .route("/oversight/cases/assign", post(cases::acts::assign))
        .route("/oversight/cases/handover", post(cases::acts::hand_over))
        .route("/oversight/titles", get(titles::titles))
        .route("/oversight/signs", get(signs::signs))
        .route("/oversight/refusals", get(refusals::refusals))
        .route("/oversight/escalated", get(escalated::escalated))
}
