//! The router with its layers, the outermost first: log, problems, panics, time, size. Files come in
//! beside the last two, which are made for forms; whoever takes a file in limits it himself.
//! Deliberately absent: state of its own.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::limits::{BODY_MAX, TIMEOUT, panicked};
use crate::problem::{Problem, present};
use crate::read_only::{self, Writer};
use crate::refusal::HttpRefusal;
use crate::{api, health, openapi, trace};

/// Everything that is served, ready to be bound to a socket.
pub fn router(app: Arc<App>) -> Router {
    layered(app, |router| router)
}

/// The same for a server that only reads: commands are refused, and told where to go.
pub fn read_only_router(app: Arc<App>, writer: &Writer) -> Router {
    layered(app, |router| router.layer(from_fn_with_state(writer.clone(), read_only::refuse)))
}

fn layered(app: Arc<App>, inmost: impl FnOnce(Router<Arc<App>>) -> Router<Arc<App>>) -> Router {
    let (api, _) = api::routes().split_for_parts();
    let (uploads, _) = api::uploads().split_for_parts();
    let routes = Router::new()
        .merge(api)
        .route("/api/v1/openapi.json", get(document))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(nowhere)
        .layer(RequestBodyLimitLayer::new(BODY_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT))
        .merge(uploads);
    inmost(routes)
        .with_state(app)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(present))
        .layer(from_fn(private))
        .layer(from_fn(trace::trace))
}

async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi()).into_response()
}

async fn nowhere(request: Request) -> Problem {
    HttpRefusal::NoSuchAddress { path: request.uri().path().to_owned() }.into()
}

/// Answers hold personal data: nothing between here and the reader keeps them, and no browser
/// guesses what they are.
async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let values = [(header::CACHE_CONTROL, "no-store"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    for (name, value) in values {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}
