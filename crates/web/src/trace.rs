//! One line in the log for each request: method, route, status, milliseconds, code, officer.
//! Deliberately absent: addresses with their queries (people search for names), bodies, headers.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, field};

use crate::problem::Problem;

/// Logs a request when it has been answered.
pub async fn trace(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let method = request.method().as_str();
    let span = tracing::info_span!("request", method, route, officer = field::Empty);
    let begun = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let milliseconds = begun.elapsed().as_millis() as u64;
    let status = response.status().as_u16();
    let code = response.extensions().get::<Problem>().map_or("", Problem::code);
    span.in_scope(|| tracing::info!(status, milliseconds, code, "answered"));
    response
}
