//! The router with its layers, and the API beside it. Deliberately absent: state of its own.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use web::HttpRefusal;
use web::problem::Problem;
use web::read_only::is_safe;

use crate::site::Site;
use crate::{
    account, assessment, assets, audit, calendar, cases, decisions, evidence, failure, hamlet,
    headers, home, keys, live, look, mine, officers, oversight, postings, procedures, queue,
    register, sign_in, subjects,
};

/// The most bytes of a form without files.
pub(crate) const FORM_MAX: usize = 1_000_000;
/// The longest that a page may take.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// The longest that a file may take to arrive: ten megabytes by a poor mobile connection.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(180);

/// Every page, and the API under its own addresses.
pub fn router(site: Arc<Site>, api: Router) -> Router {
    // Files are larger, and take longer to arrive.
    let uploads = evidence::uploads()
        .layer(RequestBodyLimitLayer::new(evidence::UPLOAD_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, UPLOAD_TIMEOUT));
    let pages = Router::new()
        .route("/", get(home::start))
        .route("/language/{tag}", get(home::language))
        .route("/sign-in", get(sign_in::form).post(sign_in::password))
        .route("/sign-in/persona", post(sign_in::persona))
        .route("/sign-out", post(sign_in::out))
        .route("/sign-out/everywhere", post(sign_in::out_everywhere))
        .route("/assets/{name}", get(assets::read))
        .route("/live", get(live::changes))
        .merge(cases::routes())
        .merge(keys::routes())
        .merge(queue::routes())
        .merge(decisions::routes())
        .merge(oversight::routes())
        .merge(assessment::routes())
        .merge(evidence::routes())
        .merge(mine::routes())
        .merge(subjects::routes())
        .merge(register::routes())
        .merge(postings::routes())
        .merge(hamlet::routes())
        .merge(audit::routes())
        .merge(account::routes())
        .merge(officers::routes())
        .merge(procedures::routes())
        .merge(calendar::routes())
        .fallback(nowhere)
        .layer(RequestBodyLimitLayer::new(FORM_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT))
        .merge(uploads)
        .layer(from_fn_with_state(site.clone(), changes))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(failure::present))
        .layer(from_fn_with_state(site.clone(), look::look))
        .layer(from_fn(headers::protect))
        .layer(CompressionLayer::new())
        .layer(from_fn(web::trace::trace))
        .with_state(site);
    // By hand and not as routes: what a wildcard of the outer router matched would be one more
    // parameter to the addresses within the inner one.
    Router::new().fallback(move |request: Request| {
        let chosen = if is_of_api(request.uri().path()) { api.clone() } else { pages.clone() };
        async move {
            let Ok(response) = chosen.oneshot(request).await;
            response
        }
    })
}

fn is_of_api(path: &str) -> bool {
    path.starts_with("/api/") || matches!(path, "/healthz" | "/readyz")
}

/// Refuses forms on a server that only reads.
async fn changes(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    match &site.writer {
        Some(writer) if !is_safe(request.method()) => {
            Problem::from(writer.refusal()).into_response()
        }
        _ => next.run(request).await,
    }
}

async fn nowhere(request: Request) -> Problem {
    HttpRefusal::NoSuchAddress { path: request.uri().path().to_owned() }.into()
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a page panicked");
    Problem::from(HttpRefusal::Internal).into_response()
}
