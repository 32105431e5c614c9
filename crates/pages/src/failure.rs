//! Failures as pages: what is wrong, what to do about it, and the way back.
//!
//! A handler or a layer fails with the same [`Problem`] as in the API; it rides along in the response,
//! and [`present`] writes the page, because only there the language is known.
//! Deliberately absent: what failed inside; that goes to the log.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::middleware::Next;
use axum::response::Response;
use web::HttpRefusal;
use web::problem::Problem;

use crate::desk::Desk;
use crate::look::Look;
use crate::page::{Page, show_as};

#[derive(Template)]
#[template(path = "failure.html")]
struct Failure {
    page: Page,
    told: Told,
}

/// What is said about a failure.
pub(crate) struct Told {
    pub(crate) code: &'static str,
    pub(crate) title: String,
    pub(crate) message: String,
    /// What to do about it, without marks.
    pub(crate) advice: String,
}

impl Told {
    /// In the language of who looks.
    pub(crate) fn of(problem: &Problem, look: &Look) -> Self {
        let (title, message, advice) = problem.explained(look.language);
        let advice = advice.replace("**", "").replace('`', "");
        Self { code: problem.code(), title: title.to_owned(), message, advice }
    }
}

/// Writes the page of a failure.
pub(crate) async fn present(request: Request, next: Next) -> Response {
    let look = request.extensions().get::<Look>().cloned();
    let path = request.uri().path().to_owned();
    let method = request.method().to_string();
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if response.headers().contains_key(CONTENT_TYPE) && is_written(&response) => {
            return response;
        }
        None => match by_status(response.status(), path, method) {
            Some(problem) => problem,
            None => return response,
        },
    };
    let Some(look) = look else { return response };
    let mut page = Page::new(&look, problem.explained(look.language).0);
    // With his menu, where somebody is signed in and it can be read.
    if let Ok(Some(desk)) = Desk::of(look.clone()).await {
        page = desk.page(crate::page::Area::Home, page.title.as_str(), page.title.as_str());
        page.area = None;
    }
    let told = Told::of(&problem, &look);
    let mut written = show_as(problem.status(), &Failure { page, told });
    for cookie in response.headers().get_all(SET_COOKIE) {
        written.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    written.extensions_mut().insert(problem);
    written
}

/// Whether a page of ours stands in it already; layers of libraries answer in plain text.
fn is_written(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    !kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

fn by_status(status: StatusCode, path: String, method: String) -> Option<Problem> {
    let refusal = match status {
        StatusCode::NOT_FOUND => HttpRefusal::NoSuchAddress { path },
        StatusCode::METHOD_NOT_ALLOWED => HttpRefusal::MethodNotAllowed { method },
        StatusCode::PAYLOAD_TOO_LARGE => {
            HttpRefusal::BodyTooLarge { maximum: crate::router::FORM_MAX }
        }
        StatusCode::REQUEST_TIMEOUT => {
            HttpRefusal::Timeout { seconds: crate::router::TIMEOUT.as_secs() }
        }
        status if status.is_client_error() => HttpRefusal::BodyBroken,
        status if status.is_server_error() => HttpRefusal::Internal,
        _ => return None,
    };
    Some(refusal.into())
}
