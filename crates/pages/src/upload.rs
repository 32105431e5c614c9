//! A form in which a text is pasted or a file with it is chosen: either becomes the field `text`, and the
//! rest is a form like any other. Who has to sign in first sends the text again as it was.
//! Deliberately absent: what the text means, and files of people (evidence).

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use web::problem::Problem;

use crate::act::{Act, refused};
use crate::csrf;
use crate::fields::Fields;
use crate::look::Look;
use crate::refusal::PageRefusal;
use crate::site::Site;

/// The field with the text.
pub(crate) const TEXT: &str = "text";
/// The largest text.
pub(crate) const TEXT_MAX: usize = 256 * 1024;

/// A form with a text in it.
pub(crate) struct Upload(pub(crate) Act);

impl FromRequest<Arc<Site>> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Response> {
        if !is_multipart(request.headers()) {
            return Act::from_request(request, site).await.map(Self);
        }
        let (mut parts, body) = request.into_parts();
        let Ok(look) = Look::from_request_parts(&mut parts, site).await;
        if !csrf::is_from_here(&parts.headers) {
            return Err(refused(PageRefusal::CrossSite));
        }
        let path = parts.uri.path().to_owned();
        let request = Request::from_parts(parts, body);
        let multipart = Multipart::from_request(request, site).await;
        let multipart = multipart.map_err(|_| refused(PageRefusal::NotAForm))?;
        let fields = fields(multipart).await.map_err(|problem| problem.into_response())?;
        Act::of(look, path, fields).await.map(Self)
    }
}

impl Upload {
    /// The text, if it is not too large.
    pub(crate) fn text(&self) -> Result<&str, Problem> {
        let text = self.0.fields.raw(TEXT);
        if text.len() > TEXT_MAX {
            return Err(PageRefusal::FileTooLarge { maximum: TEXT_MAX }.into());
        }
        if text.trim().is_empty() {
            return Err(PageRefusal::MissingField { field: TEXT.to_owned() }.into());
        }
        Ok(text)
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The fields; a file that was chosen takes the place of the pasted text.
async fn fields(mut multipart: Multipart) -> Result<Fields, Problem> {
    let (mut fields, mut chosen) = (Fields::default(), None);
    let broken = |_| PageRefusal::NotAForm;
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.file_name().is_some();
        let bytes = field.bytes().await.map_err(broken)?;
        if bytes.len() > TEXT_MAX {
            return Err(PageRefusal::FileTooLarge { maximum: TEXT_MAX }.into());
        }
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| PageRefusal::NotText)?;
        match is_file {
            true if text.is_empty() => {}
            true => chosen = Some(text),
            false => fields.0.push((name, text)),
        }
    }
    if let Some(text) = chosen {
        fields = fields.without(&[TEXT]);
        fields.0.push((TEXT.to_owned(), text));
    }
    Ok(fields)
}
