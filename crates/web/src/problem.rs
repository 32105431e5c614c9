//! Every failure as `application/problem+json` (RFC 9457), in the reader's language.
//!
//! A handler or layer fails with a [`Problem`], which rides along in the response; [`present`],
//! outside of all, writes the body, because only there are language and address known. Whatever
//! failed without one (a layer of a library) gets one there by its status.
//! Deliberately absent: what failed inside; that goes to the log, with no personal text.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Request;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::{EngineError, EvidenceRefusal};
use procedure::refusal::{Class, Page, Section};
use procedure::{Language, Refusal, Refused};
use serde::Serialize;
use utoipa::ToSchema;

use crate::language::{preferred, tag};
use crate::limits::{BODY_MAX, TIMEOUT};
use crate::refusal::HttpRefusal;

const JSON: &str = "application/json";

/// A failure, in both languages until somebody reads it.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    source: &'static str,
    params: Vec<(&'static str, String)>,
    revision: Option<u64>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What went wrong and what to do about it (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Document {
    /// Address of the page that explains the code and says what to do.
    #[serde(rename = "type")]
    kind: String,
    /// A short name of what is wrong, in the language of `Accept-Language`.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong, with the particulars, in the language of `Accept-Language`.
    detail: String,
    /// The address that was called.
    instance: String,
    /// The stable code.
    code: &'static str,
    /// `detail` in Vietnamese.
    detail_vi: String,
    /// `detail` in English.
    detail_en: String,
    /// The particulars by name, as text.
    params: BTreeMap<&'static str, String>,
    /// Where the thing is now, if the caller expected another revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
}

impl Problem {
    /// The problem that a refusal is.
    #[must_use]
    pub fn new(refusal: &dyn Refusal, status: StatusCode) -> Self {
        Self {
            status,
            code: refusal.code(),
            source: refusal.source(),
            params: refusal.params(),
            revision: None,
            headers: Vec::new(),
        }
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// The stable code, for the log.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The stable code with the message in Vietnamese and in English, for lists of failures.
    pub fn told(&self) -> (&'static str, String, String) {
        let page = Page::parse(self.source);
        (self.code, self.fill(page.vi), self.fill(page.en))
    }

    /// One of its particulars, such as the field that is wrong.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The revision of the thing now, if the caller expected another one.
    #[must_use]
    pub fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// A short name of what is wrong, what it is in particular, and what to do about it.
    #[must_use]
    pub fn explained(&self, language: Language) -> (&'static str, String, &'static str) {
        let section = Page::parse(self.source).section(language);
        (section.title, self.fill(section), section.advice)
    }

    fn fill(&self, section: Section<'_>) -> String {
        section.fill(&self.params)
    }

    fn document(&self, instance: String, language: Language) -> Document {
        let page = Page::parse(self.source);
        let (_, detail_vi, detail_en) = self.told();
        let detail = match language {
            Language::Vietnamese => detail_vi.clone(),
            Language::English => detail_en.clone(),
        };
        Document {
            kind: format!("/api/v1/refusals/{}", self.code),
            title: page.section(language).title,
            status: self.status.as_u16(),
            detail,
            instance,
            code: self.code,
            detail_vi,
            detail_en,
            params: self.params.iter().cloned().collect(),
            revision: self.revision,
        }
    }
}

impl From<HttpRefusal> for Problem {
    fn from(refusal: HttpRefusal) -> Self {
        let problem = Self::new(&refusal, refusal.status());
        match refusal {
            HttpRefusal::NoToken => problem.with(WWW_AUTHENTICATE, "Bearer realm=\"hieuhoc\""),
            HttpRefusal::BadToken => {
                problem.with(WWW_AUTHENTICATE, "Bearer realm=\"hieuhoc\", error=\"invalid_token\"")
            }
            HttpRefusal::Contended
            | HttpRefusal::Unavailable
            | HttpRefusal::MaybeDone
            | HttpRefusal::ReadBehind { .. } => problem.with(RETRY_AFTER, "1"),
            _ => problem,
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let refusal = refused.get();
        Self::new(refusal, status_of(refusal.class()))
    }
}

/// The status for a class of rules.
fn status_of(class: Class) -> StatusCode {
    match class {
        Class::Authority | Class::Conflict | Class::Separation => StatusCode::FORBIDDEN,
        Class::State => StatusCode::CONFLICT,
        Class::Input => StatusCode::UNPROCESSABLE_ENTITY,
        Class::Absent => StatusCode::NOT_FOUND,
    }
}

/// The status for what is wrong with an evidence file.
fn status_of_file(refusal: &EvidenceRefusal) -> StatusCode {
    match refusal {
        EvidenceRefusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        EvidenceRefusal::BadKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        EvidenceRefusal::Damaged { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        other => status_of(other.class()),
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refused) => refused.into(),
            EngineError::Text(text) => Self::new(&text, status_of(text.class())),
            EngineError::Password(refusal) => Self::new(&refusal, status_of(refusal.class())),
            EngineError::Evidence(refusal) => Self::new(&refusal, status_of_file(&refusal)),
            EngineError::Stale { expected, actual } => {
                let at = actual.map_or_else(|| "–".to_owned(), |revision| revision.to_string());
                let problem = Self::from(HttpRefusal::Stale { expected, actual: at });
                Self { revision: actual, ..problem }
            }
            EngineError::CommandIdReused => HttpRefusal::KeyReused.into(),
            EngineError::Contended { attempts } => {
                tracing::warn!(attempts, "gave up on a stream that kept changing");
                HttpRefusal::Contended.into()
            }
            EngineError::Unavailable { maybe_done, detail } => {
                tracing::error!(maybe_done, detail, "the store is not available");
                if maybe_done { HttpRefusal::MaybeDone } else { HttpRefusal::Unavailable }.into()
            }
            EngineError::Corrupt(detail) => {
                tracing::error!(detail, "stored data cannot be read");
                HttpRefusal::Corrupt.into()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the problem that rides along in a response, or one for a failure that has none.
pub async fn present(request: Request, next: Next) -> Response {
    let language = preferred(request.headers());
    let path = request.uri().path().to_owned();
    let method = request.method().to_string();
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        // Who wrote JSON wrote it on purpose: `/readyz` says more than a problem would.
        None if response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == JSON) => {
            return response;
        }
        None => match by_status(response.status(), &path, method) {
            Some(problem) => problem,
            None => return response,
        },
    };
    let headers = response.headers().clone();
    render(&problem, path, language, headers)
}

fn render(problem: &Problem, path: String, language: Language, before: HeaderMap) -> Response {
    let mut response = (problem.status, Json(problem.document(path, language))).into_response();
    let headers = response.headers_mut();
    if let Some(allow) = before.get(axum::http::header::ALLOW) {
        headers.insert(axum::http::header::ALLOW, allow.clone());
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag(language)));
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    headers.extend(problem.headers.iter().cloned());
    response.extensions_mut().insert(problem.clone());
    response
}

/// What a status of a library's layer means.
fn by_status(status: StatusCode, path: &str, method: String) -> Option<Problem> {
    let refusal = match status {
        StatusCode::NOT_FOUND => HttpRefusal::NoSuchAddress { path: path.to_owned() },
        StatusCode::METHOD_NOT_ALLOWED => HttpRefusal::MethodNotAllowed { method },
        StatusCode::PAYLOAD_TOO_LARGE => HttpRefusal::BodyTooLarge { maximum: BODY_MAX },
        StatusCode::REQUEST_TIMEOUT => HttpRefusal::Timeout { seconds: TIMEOUT.as_secs() },
        StatusCode::UNSUPPORTED_MEDIA_TYPE => HttpRefusal::NotJson { content_type: String::new() },
        status if status.is_client_error() => HttpRefusal::BodyBroken,
        status if status.is_server_error() => HttpRefusal::Internal,
        _ => return None,
    };
    Some(refusal.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_says_has_its_status() {
        let away = |maybe_done| EngineError::Unavailable { maybe_done, detail: "x".to_owned() };
        let table = [
            (EngineError::Contended { attempts: 32 }, 409, "http.contended", true),
            (away(false), 503, "http.unavailable", true),
            (away(true), 503, "http.maybe_done", true),
            (EngineError::Corrupt("x".to_owned()), 500, "http.corrupt", false),
            (EngineError::CommandIdReused, 422, "http.key_reused", false),
            (EngineError::Stale { expected: 3, actual: None }, 412, "http.stale", false),
        ];
        let digest = codec::digest::digest(b"").unwrap();
        let files = [
            (EvidenceRefusal::Empty, 422, "evidence.empty", false),
            (EvidenceRefusal::TooLarge { maximum: 1 }, 413, "evidence.too_large", false),
            (EvidenceRefusal::BadKind, 415, "evidence.bad_kind", false),
            (EvidenceRefusal::NotKept, 409, "evidence.not_kept", false),
            (EvidenceRefusal::Damaged { digest: digest.clone() }, 500, "evidence.damaged", false),
            (EvidenceRefusal::Unknown { digest }, 404, "evidence.unknown", false),
        ];
        let files = files.map(|(file, status, code, again)| (file.into(), status, code, again));
        for (error, status, code, again) in table.into_iter().chain(files) {
            let problem = Problem::from(error);
            assert_eq!((problem.status.as_u16(), problem.code), (status, code));
            let names: Vec<_> = problem.headers.iter().map(|(name, _)| name).collect();
            assert_eq!(names.contains(&&RETRY_AFTER), again, "{code}");
        }
    }

    #[test]
    fn no_particular_of_a_page_is_left_open() {
        let stale = Problem::from(HttpRefusal::Stale { expected: 3, actual: "–".to_owned() });
        let document = stale.document("/api/v1/cases".to_owned(), Language::English);
        assert_eq!(document.kind, "/api/v1/refusals/http.stale");
        assert!(!document.detail_vi.contains('{') && !document.detail_en.contains('{'));
        assert_eq!(document.params["expected"], "3");
    }
}
