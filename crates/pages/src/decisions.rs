//! `/decisions`: the workbench of the approver, from the list of what is ready to the signature over
//! thousands of cases, what becomes of them, and later acts.
//!
//! What may be listed or signed is asked of the engine before anybody sends a form, by the same
//! functions that decide when he does ([`engine::Rehearsal`]).
//! Deliberately absent: rules, and the text of a decision; the office writes that.
//!
//! Reading order: [`view`], [`list`], [`mod@bench`], [`listing`], [`removals`], [`signature`], [`annex`],
//! [`later`], [`single`].

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use engine::{Principal, Request};
use uuid::Uuid;

use crate::desk::Desk;
use crate::site::Site;

mod annex;
mod bench;
mod changes;
mod later;
mod list;
mod listing;
mod removals;
mod signature;
mod single;
mod view;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/decisions", get(list::list).post(list::draft))
        .route("/decisions/single/{case}", get(single::form))
        .route("/decisions/single/{case}/recognition", post(single::recognise))
        .route("/decisions/single/{case}/refusal", post(single::refuse))
        .route("/decisions/{id}", get(bench::read))
        .route("/decisions/{id}/progress", get(bench::progress))
        .route("/decisions/{id}/ready", get(listing::ready))
        .route("/decisions/{id}/listing", post(listing::list))
        .route("/decisions/{id}/removals", post(removals::take_off))
        .route("/decisions/{id}/signature", get(signature::form).post(signature::sign))
        .route("/decisions/{id}/annex", get(annex::read))
        .route("/decisions/{id}/annex/lines", get(annex::lines))
        .route("/decisions/{id}/correction", get(later::correction).post(later::correct))
        .route("/decisions/{id}/cancellation", get(later::cancellation).post(later::cancel))
        .route("/decisions/{id}/discard", get(later::discard).post(later::give_up))
}

/// Who looks, as the engine asks for him where nothing is written.
fn asker(desk: &Desk) -> Request {
    Request::new(Principal::Officer(desk.session.officer), Uuid::nil())
}
