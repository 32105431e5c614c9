//! The four cookies: the session, the language, a sentence to be shown once, and the position in the
//! log up to which the next page must have read.
//! Deliberately absent: anything about people.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    Session,
    Language,
    Notice,
    Seen,
}

impl Cookie {
    /// Its name. Browsers take one with the prefix only over HTTPS and from this very host.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-hieuhoc",
            (Self::Session, false) => "hieuhoc",
            (Self::Language, _) => "hieuhoc-language",
            (Self::Notice, _) => "hieuhoc-notice",
            (Self::Seen, _) => "hieuhoc-seen",
        }
    }

    /// Its value in a request.
    pub(crate) fn read(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        let wanted = self.name(secure);
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name.trim() == wanted).then(|| value.trim().to_owned())
        });
        pairs.next()
    }

    /// Puts it into a response, for so many seconds; none for as long as the browser is open.
    pub(crate) fn set(
        self,
        response: &mut Response,
        secure: bool,
        value: &str,
        seconds: Option<u64>,
    ) {
        let name = self.name(secure);
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let only = if secure { "; Secure" } else { "" };
        // Signing in from a link in a mail must work, so the session is not `Strict`; what changes
        // something asks for a token of its own.
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{only}");
        if let Ok(value) = HeaderValue::try_from(text) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }

    /// Whether a `Set-Cookie` line is about it.
    pub(crate) fn is_set_by(self, line: &str, secure: bool) -> bool {
        line.split_once('=').is_some_and(|(name, _)| name == self.name(secure))
    }

    /// Takes it away.
    pub(crate) fn remove(self, response: &mut Response, secure: bool) {
        self.set(response, secure, "", Some(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "xhieuhoc=1; hieuhoc=abc;hieuhoc-seen=7".parse().unwrap());
        assert_eq!(Cookie::Session.read(&headers, false).as_deref(), Some("abc"));
        assert_eq!(Cookie::Seen.read(&headers, false).as_deref(), Some("7"));
        assert_eq!(Cookie::Session.read(&headers, true), None);
        assert_eq!(Cookie::Language.read(&headers, false), None);
    }

    #[test]
    fn the_session_is_out_of_reach_of_scripts_and_of_other_hosts() {
        let mut response = Response::default();
        Cookie::Session.set(&mut response, true, "v", Some(5));
        let text = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        let expected = "__Host-hieuhoc=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=5; Secure";
        assert_eq!(text, expected);
    }
}
