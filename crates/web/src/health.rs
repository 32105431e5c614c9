//! For whoever watches the server: alive, and ready to be read. Deliberately absent: anything
//! about people or cases; these addresses need no token.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use projections::Status;
use serde::Serialize;

use crate::app::App;

/// How far the read models are.
#[derive(Debug, Serialize)]
pub(crate) struct Readiness {
    ready: bool,
    /// The last position counted.
    position: Option<String>,
    /// How many events have been counted.
    entries: u64,
    /// The last position of the log; absent if the store does not answer.
    head: Option<String>,
    /// Whether the log goes on past what was counted.
    behind: bool,
    /// Type of the event at which following stopped.
    stopped_at: Option<String>,
}

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// The store answers and the read models follow it.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> (StatusCode, Json<Readiness>) {
    let head = app.history.head().await;
    let progress = app.runner.progress();
    let stopped_at = match progress.status {
        Status::Following => None,
        Status::Stopped { event_type, .. } => Some(event_type),
    };
    let position = progress.position.map(|position| position.to_string());
    let ready = head.is_ok() && stopped_at.is_none();
    let head = head.unwrap_or_default();
    let behind = head != position;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let entries = progress.entries;
    (status, Json(Readiness { ready, position, entries, head, behind, stopped_at }))
}
