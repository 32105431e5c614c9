//! A server that only reads, beside the one that writes: whatever would change something is refused
//! with the address of the other. Deliberately absent: passing it on; a proxy in front does that by
//! the method of the request, and sees who asked.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// Where the server is that writes, if it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer(Option<String>);

impl Writer {
    /// A server at an address, such as `http://127.0.0.1:8387`.
    #[must_use]
    pub fn at(address: Option<String>) -> Self {
        Self(address)
    }

    /// What whoever would change something is told.
    #[must_use]
    pub fn refusal(&self) -> HttpRefusal {
        HttpRefusal::ReadOnly { writer: self.0.clone().unwrap_or_else(|| "–".to_owned()) }
    }
}

/// Whether a request can change nothing, by its method (RFC 9110, 9.2.1).
#[must_use]
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Refuses what could change something.
pub(crate) async fn refuse(State(writer): State<Writer>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) {
        return next.run(request).await;
    }
    Problem::from(writer.refusal()).into_response()
}
