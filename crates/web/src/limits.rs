//! How much of a request is read, and for how long it may run. Deliberately absent: rates per
//! officer and a number of connections; the proxy in front has them.

use std::any::Any;
use std::time::Duration;

use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The most bytes of a body. A case of a hundred indicators with long notes has a tenth of it.
pub(crate) const BODY_MAX: usize = 1_000_000;

/// The longest that a request may take, waiting for the read model included.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// The longest that a file may take to arrive: ten megabytes by a poor mobile connection.
pub(crate) const UPLOAD_TIMEOUT: Duration = Duration::from_secs(180);

/// The answer where a handler panicked; the panic itself is in the log by the panic hook.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::from(HttpRefusal::Internal).into_response()
}
