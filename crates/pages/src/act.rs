//! A form that changes something: checked to be ours, read, and turned into a command of the API.
//!
//! Who is no longer signed in keeps what he wrote: he gets the page to sign in with the fields in it, and
//! can send them again afterwards.
//! Deliberately absent: deciding, and what each form means.

use std::fmt::Display;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Principal;
use uuid::Uuid;
use web::App;
use web::command::Command;
use web::idempotency::command_id;
use web::problem::Problem;
use web::read::POSITION;

use crate::cookies::Cookie;
use crate::csrf;
use crate::desk::Desk;
use crate::fields::{Fields, bad};
use crate::look::Look;
use crate::refusal::PageRefusal;
use crate::sign_in;
use crate::site::Site;

/// Fields that are about the form and not about its matter.
pub(crate) const OWN_FIELDS: [&str; 3] = ["csrf", "command", "revision"];
/// Seconds for which the next pages wait for what was written.
const SEEN: u64 = 60;

/// A form that somebody who is signed in sent from one of our pages.
pub(crate) struct Act {
    pub(crate) desk: Desk,
    /// What he filled in.
    pub(crate) fields: Fields,
    /// The address that it was sent to.
    pub(crate) path: String,
    /// The revision that he saw, if the form is about one.
    pub(crate) revision: Option<u64>,
    key: Uuid,
}

impl FromRequest<Arc<Site>> for Act {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(look) =
            <Look as axum::extract::FromRequestParts<_>>::from_request_parts(&mut parts, site)
                .await;
        let from_here = csrf::is_from_here(&parts.headers);
        let path = parts.uri.path().to_owned();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), site).await;
        let bytes = bytes.map_err(IntoResponse::into_response)?;
        if !from_here {
            return Err(refused(PageRefusal::CrossSite));
        }
        Self::of(look, path, Fields::parse(&bytes)).await
    }
}

impl Act {
    /// The act that a form of ours asks for.
    pub(crate) async fn of(look: Look, path: String, fields: Fields) -> Result<Self, Response> {
        let Some((session, secret)) = look.signed_in.clone() else {
            return Err(sign_in::keep(&look, &path, fields));
        };
        if !fields.get("csrf").is_some_and(|token| csrf::fits(&secret, session.id, token)) {
            // The form was made in a session before this one, perhaps by somebody else.
            return Err(sign_in::confirm(&look, &path, fields).await);
        }
        let failed = IntoResponse::into_response;
        let key = fields.need("command").map_err(failed)?;
        let revision = fields.some("revision").map_err(failed)?;
        let desk = Desk::of(look).await.map_err(failed)?;
        let desk = desk.ok_or_else(|| refused(PageRefusal::ForeignForm))?;
        Ok(Self { desk, fields: fields.without(&OWN_FIELDS), path, revision, key })
    }

    /// The command that the form is, with the input that was read from it.
    pub(crate) fn command<T>(&self, input: T) -> Command<T> {
        self.command_part("", input)
    }

    /// One of several commands that the form is; each part has a name of its own, and no revision.
    pub(crate) fn part<T>(&self, part: &str, input: T) -> Command<T> {
        let mut command = self.command_part(part, input);
        command.request.expected = None;
        command
    }

    fn command_part<T>(&self, part: &str, input: T) -> Command<T> {
        let app: Arc<App> = self.desk.look.site.app.clone();
        let officer = self.desk.session.officer;
        let address = format!("{}#{part}", self.path);
        let id = command_id(self.key, officer, &Method::POST, &address);
        let mut request = engine::Request::new(Principal::Officer(officer), id);
        request.expected = self.revision;
        request.body = format!("{address}\n{}", self.fields.query()).into_bytes();
        Command { app, officer, request, input }
    }

    /// Goes on to another page, which will show what was written, with a sentence about it.
    pub(crate) fn done(&self, answer: &Response, to: &str, notice: &str) -> Response {
        let mut response = Redirect::to(to).into_response();
        self.remember(answer, &mut response);
        if !notice.is_empty() {
            let notice: String = notice.chars().take(300).collect();
            let notice: String = form_urlencoded::byte_serialize(notice.as_bytes()).collect();
            Cookie::Notice.set(&mut response, self.desk.look.secure(), &notice, Some(SEEN));
        }
        response
    }

    /// Lets the next pages of this browser wait for what an answer says was written.
    pub(crate) fn remember(&self, answer: &Response, response: &mut Response) {
        let position = answer.headers().get(POSITION).and_then(|value| value.to_str().ok());
        if let Some(position) = position {
            Cookie::Seen.set(response, self.desk.look.secure(), position, Some(SEEN));
        }
    }

    /// Says that a field cannot be read.
    pub(crate) fn bad(&self, field: &str, value: impl Display) -> Problem {
        bad(field, &value.to_string())
    }
}

/// The answer to what is not taken.
pub(crate) fn refused(refusal: PageRefusal) -> Response {
    Problem::from(refusal).into_response()
}
