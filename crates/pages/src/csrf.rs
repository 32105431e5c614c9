//! Forms are taken only from our own pages: the browser must not say that the request comes from
//! elsewhere (`Sec-Fetch-Site`, `Origin`), and the form must carry a token of the session.
//!
//! The token has a nonce of its own in every form, so that compressed pages do not give it away bit by
//! bit. Deliberately absent: exceptions.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

const CONTEXT: &[u8] = b"hieuhoc/form/v1";

/// HMAC-SHA-256 with a key.
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key is filled up with zeros to the block of the hash (RFC 2104).
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = *byte);
    Hmac::new(&block.into())
}

/// A token for a form of a session.
pub(crate) fn token(key: &[u8; 32], session: Uuid) -> String {
    let nonce = Uuid::new_v4();
    let signature = mac(key, session, nonce).finalize().into_bytes();
    URL_SAFE_NO_PAD.encode([nonce.as_bytes().as_slice(), &signature].concat())
}

/// Whether a token was made for this session.
pub(crate) fn fits(key: &[u8; 32], session: Uuid, token: &str) -> bool {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let Some((nonce, signature)) = bytes.split_first_chunk::<16>() else { return false };
    mac(key, session, Uuid::from_bytes(*nonce)).verify_slice(signature).is_ok()
}

/// Whether the browser does not say that another site sends the request.
pub(crate) fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(ORIGIN).map(text) {
        None => true,
        Some(origin) => {
            let host = headers.get(HOST).and_then(text);
            let origin = origin.as_deref().and_then(|origin| origin.split_once("://"));
            origin.is_some_and(|(_, origin)| host.as_deref() == Some(origin))
        }
    }
}

fn mac(key: &[u8; 32], session: Uuid, nonce: Uuid) -> Hmac<Sha256> {
    let mut mac = keyed(key);
    mac.update(CONTEXT);
    mac.update(session.as_bytes());
    mac.update(nonce.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_sessions_and_never_twice_the_same() {
        let (key, session) = ([7; 32], Uuid::from_u128(1));
        let made = token(&key, session);
        assert!(fits(&key, session, &made));
        assert_ne!(made, token(&key, session));
        assert!(!fits(&[8; 32], session, &made));
        assert!(!fits(&key, Uuid::from_u128(2), &made));
        assert!(!fits(&key, session, "") && !fits(&key, session, "AAAA"));
    }

    #[test]
    fn other_sites_are_told_apart() {
        let from = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_from_here(&headers)
        };
        let host = ("host", "xa.example:8387");
        assert!(from(&[host]));
        assert!(from(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(from(&[host, ("origin", "https://xa.example:8387")]));
        for foreign in [
            &[host, ("sec-fetch-site", "cross-site")][..],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("origin", "https://evil.example")],
            &[host, ("origin", "null")],
            &[("origin", "https://xa.example:8387")],
            &[host, ("origin", "http://xa.example:8387.evil.example")],
        ] {
            assert!(!from(foreign), "{foreign:?}");
        }
    }
}
