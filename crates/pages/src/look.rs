//! What is known of a request before anybody asks who may do what: its language, its session, what the
//! page before left to be said. Cookies are read and written here alone.
//! Deliberately absent: territories and roles; [`crate::desk`] has them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use procedure::Language;
use projections::Position;

use crate::cookies::Cookie;
use crate::csrf;
use crate::session::{Claimed, IDLE, Session};
use crate::site::Site;

/// A request, as far as its cookies tell.
#[derive(Clone)]
pub(crate) struct Look {
    pub(crate) site: Arc<Site>,
    pub(crate) language: Language,
    /// Path and query of this page.
    pub(crate) here: String,
    /// Who is signed in, with the key of his forms.
    pub(crate) signed_in: Option<(Session, [u8; 32])>,
    /// A sentence about what was done on the page before.
    pub(crate) notice: Option<String>,
    /// The position that this page must have read up to.
    pub(crate) seen: Option<Position>,
}

impl Look {
    /// A token for a form; empty for who has not signed in.
    pub(crate) fn token(&self) -> String {
        self.signed_in
            .as_ref()
            .map(|(session, key)| csrf::token(key, session.id))
            .unwrap_or_default()
    }

    /// Whether this browser gets the session's cookie only over HTTPS.
    pub(crate) fn secure(&self) -> bool {
        self.site.settings.secure
    }

    /// One of two texts, in the language of the reader.
    pub(crate) fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Vietnamese => vi,
            Language::English => en,
        }
    }
}

impl FromRequestParts<Arc<Site>> for Look {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let found = parts.extensions.get::<Self>().cloned();
        Ok(found.unwrap_or_else(|| Self {
            site: site.clone(),
            language: Language::Vietnamese,
            here: "/".to_owned(),
            signed_in: None,
            notice: None,
            seen: None,
        }))
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Reads the cookies, and writes those that must be.
pub(crate) async fn look(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let secure = site.settings.secure;
    let headers = request.headers();
    let here = request.uri().path_and_query().map_or("/", |here| here.as_str()).to_owned();
    let look = Look {
        language: language(headers, secure),
        signed_in: session(&site, headers).await,
        notice: notice(headers, secure),
        seen: Cookie::Seen.read(headers, secure).and_then(|text| text.parse().ok()),
        site,
        here,
    };
    let shows_notice = look.notice.is_some() && request.method() == axum::http::Method::GET;
    let renewed = look
        .signed_in
        .as_ref()
        .and_then(|(session, key)| session.renewed(now()).map(|session| session.sign(key)));
    request.extensions_mut().insert(look);
    let mut response = next.run(request).await;
    let sets = |response: &Response, cookie: Cookie| {
        let mut set = response.headers().get_all(axum::http::header::SET_COOKIE).iter();
        set.any(|value| value.to_str().is_ok_and(|text| cookie.is_set_by(text, secure)))
    };
    if shows_notice && response.status().is_success() {
        Cookie::Notice.remove(&mut response, secure);
    }
    if let Some(cookie) = renewed
        && !sets(&response, Cookie::Session)
    {
        Cookie::Session.set(&mut response, secure, &cookie, Some(IDLE));
    }
    response
}

fn language(headers: &HeaderMap, secure: bool) -> Language {
    match Cookie::Language.read(headers, secure).as_deref() {
        Some("en") => Language::English,
        _ => Language::Vietnamese,
    }
}

fn notice(headers: &HeaderMap, secure: bool) -> Option<String> {
    let value = Cookie::Notice.read(headers, secure).filter(|value| !value.is_empty())?;
    form_urlencoded::parse(value.as_bytes()).next().map(|(text, _)| text.into_owned())
}

/// The session of the cookie, if it was signed by us, lasts, and has not been ended.
async fn session(site: &Site, headers: &HeaderMap) -> Option<(Session, [u8; 32])> {
    let claimed = Claimed::read(&Cookie::Session.read(headers, site.settings.secure)?)?;
    let engine = &site.app.engine;
    // Asked of the officer's own stream: a session that was ended a moment ago counts no more.
    let access = engine.access(claimed.officer()).await.ok()??;
    let session = claimed.verify(&access.session_key, now())?;
    access.counts(session.epoch, session.id).then_some((session, access.session_key))
}
