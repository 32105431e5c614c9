//! Who asks: a bearer token (RFC 6750) that speaks for an officer.
//!
//! A token is `hh_` and 43 characters of base64url: 256 random bits. Only its SHA-256 is stored
//! and looked up, so neither the log nor the time of an answer tells anything about the secret.
//! Deliberately absent: passwords, cookies and sessions; and what the officer may do, which the
//! rules decide on his appointments.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use procedure::text::InvalidDigest;
use procedure::{Digest, OfficerId};

use crate::app::App;
use crate::problem::Problem;
use crate::read::failed;
use crate::refusal::HttpRefusal;

/// What every token begins with, so that people and scanners know one when they see it.
pub const TOKEN_PREFIX: &str = "hh_";

/// Characters of a whole token.
const TOKEN_LENGTH: usize = 46;

/// The token of 256 random bits, as it is handed out once.
#[must_use]
pub fn secret_text(bytes: [u8; 32]) -> String {
    format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a token.
///
/// # Errors
/// Never in practice: SHA-256 always has its form.
pub fn token_digest(secret: &str) -> Result<Digest, InvalidDigest> {
    codec::digest::digest(secret.as_bytes())
}

/// The officer for whom the request's token speaks today.
pub(crate) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<OfficerId, Problem> {
    let digest = token_digest(bearer(headers)?).map_err(|_| HttpRefusal::BadToken)?;
    let today = app.engine.today();
    let asked = digest.clone();
    let read = app.runner.models().read(move |reader| reader.officer_by_token(&asked, today));
    let officer = read.await.map_err(failed)?.ok_or(HttpRefusal::BadToken)?;
    // The read models say whose token it is; whether it counts this moment, his own stream says.
    if !app.engine.token_counts(officer, &digest).await? {
        return Err(HttpRefusal::BadToken.into());
    }
    tracing::Span::current().record("officer", tracing::field::display(officer));
    Ok(officer)
}

/// The secret, if it has the form of one.
fn bearer(headers: &HeaderMap) -> Result<&str, HttpRefusal> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(HttpRefusal::NoToken)?;
    if values.next().is_some() {
        return Err(HttpRefusal::BadToken);
    }
    let value = value.to_str().map_err(|_| HttpRefusal::BadToken)?;
    let (scheme, secret) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(HttpRefusal::NoToken);
    }
    let secret = secret.trim();
    if secret.starts_with(TOKEN_PREFIX) && secret.len() == TOKEN_LENGTH {
        Ok(secret)
    } else {
        Err(HttpRefusal::BadToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, HttpRefusal> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, text.parse().unwrap());
        bearer(&headers).map(ToOwned::to_owned)
    }

    #[test]
    fn a_token_has_one_form() {
        let secret = secret_text([7; 32]);
        assert_eq!(secret.len(), TOKEN_LENGTH);
        assert_eq!(read(&format!("Bearer {secret}")), Ok(secret.clone()));
        assert_eq!(read(&format!("bearer  {secret}")), Ok(secret.clone()));
        assert_eq!(read("Basic YTpi"), Err(HttpRefusal::NoToken));
        assert_eq!(read("Bearer"), Err(HttpRefusal::BadToken));
        assert_eq!(read("Bearer hh_short"), Err(HttpRefusal::BadToken));
        assert_eq!(bearer(&HeaderMap::new()), Err(HttpRefusal::NoToken));
        assert_ne!(token_digest(&secret), token_digest(&secret_text([8; 32])));
    }
}
