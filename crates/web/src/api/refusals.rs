//! `/refusals`: the page of each code, which every problem points to. No token is needed: whoever
//! was refused one must be able to read why.
//! Deliberately absent: the codes of the command line; the program explains them itself.

use std::sync::Arc;

use axum::Json;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use procedure::refusal::{Page, Section};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::language::{preferred, tag};
use crate::params::Segment;
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list_refusals)).routes(routes!(read_refusal))
}

/// What a code means and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalPage {
    /// The stable code.
    #[schema(example = "case.too_early")]
    code: String,
    /// In Vietnamese.
    vi: RefusalText,
    /// In English.
    en: RefusalText,
}

/// A page in one language.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalText {
    /// A short name of what is wrong.
    title: String,
    /// What is wrong, with `{name}` for each particular.
    message: String,
    /// What to do, in Markdown.
    advice: String,
}

/// All pages, by code.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalPages {
    /// The pages.
    items: Vec<RefusalPage>,
}

impl From<Section<'_>> for RefusalText {
    fn from(section: Section<'_>) -> Self {
        Self {
            title: section.title.to_owned(),
            message: section.message.to_owned(),
            advice: section.advice.to_owned(),
        }
    }
}

impl From<Page<'_>> for RefusalPage {
    fn from(page: Page<'_>) -> Self {
        Self { code: page.code.to_owned(), vi: page.vi.into(), en: page.en.into() }
    }
}

/// Every page that a problem of this API can point to, by code.
fn pages() -> Vec<Page<'static>> {
    let texts = engine::TextError::PAGES.iter().copied();
    let passwords = engine::PasswordError::PAGES.iter().copied();
    let own = HttpRefusal::PAGES.iter().copied();
    let files = engine::EvidenceRefusal::PAGES.iter().copied();
    let sources = procedure::Refused::pages().chain(texts).chain(passwords).chain(files).chain(own);
    let mut pages: Vec<_> = sources.map(Page::parse).collect();
    pages.sort_by_key(|page| page.code);
    pages
}

/// Lists the pages of all codes. Needs no token.
#[utoipa::path(
    get, path = "/refusals", tag = "refusals", security(()),
    responses((status = 200, description = "All pages", body = RefusalPages))
)]
pub async fn list_refusals() -> Json<RefusalPages> {
    Json(RefusalPages { items: pages().into_iter().map(RefusalPage::from).collect() })
}

/// Reads the page of a code. Needs no token.
///
/// With `Accept: text/markdown` as Markdown in the language of `Accept-Language`.
#[utoipa::path(
    get, path = "/refusals/{code}", tag = "refusals", security(()),
    params(("code" = String, Path, description = "The code, such as `case.too_early`")),
    responses((status = 200, description = "The page", content(
        (RefusalPage = "application/json"), (String = "text/markdown")
    )))
)]
pub async fn read_refusal(
    Segment(code): Segment<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = pages().into_iter().find(|page| page.code == code);
    let page =
        found.ok_or_else(|| HttpRefusal::NoSuchCode { code: code.chars().take(80).collect() })?;
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/markdown") {
        return Ok(([(VARY, "accept")], Json(RefusalPage::from(page))).into_response());
    }
    let language = preferred(&headers);
    let Section { title, message, advice } = page.section(language);
    let markdown = format!("# {title}\n\n{message}\n\n{advice}\n");
    let headers = [
        (CONTENT_TYPE, "text/markdown; charset=utf-8"),
        (CONTENT_LANGUAGE, tag(language)),
        (VARY, "accept, accept-language"),
    ];
    Ok((headers, markdown).into_response())
}
