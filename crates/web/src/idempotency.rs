//! `Idempotency-Key`: the client's name for one act, so that repeating it has no second effect.
//!
//! The command's id is derived from the key, the officer, and the address, so that nobody can
//! meet another officer's command by his key, and one key does not stand for acts in two streams.
//! Deliberately absent: stored answers; the events themselves remember their command.

use axum::http::{HeaderMap, Method};
use procedure::OfficerId;
use uuid::Uuid;

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The header.
pub(crate) const HEADER: &str = "idempotency-key";

/// The client's key; a fresh one if he gave none.
pub(crate) fn key(headers: &HeaderMap) -> Result<Uuid, Problem> {
    let Some(value) = headers.get(HEADER) else { return Ok(Uuid::now_v7()) };
    let bad = || HttpRefusal::BadHeader { header: "Idempotency-Key", expected: "a UUID" };
    let text = value.to_str().map_err(|_| bad())?;
    // The draft standard writes the key as a quoted string; most clients write it bare.
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    Uuid::try_parse(bare).map_err(|_| bad().into())
}

/// The id of the command that an officer sends to an address under a key.
pub fn command_id(key: Uuid, officer: OfficerId, method: &Method, path: &str) -> Uuid {
    Uuid::new_v5(&key, format!("{officer}\n{method} {path}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_officers_at_one_address() {
        let (key, one, other) =
            (Uuid::from_u128(1), OfficerId(Uuid::from_u128(2)), OfficerId(key_of(3)));
        let id = command_id(key, one, &Method::POST, "/a");
        assert_eq!(id, command_id(key, one, &Method::POST, "/a"));
        assert_ne!(id, command_id(key, other, &Method::POST, "/a"));
        assert_ne!(id, command_id(key, one, &Method::POST, "/b"));
        assert_ne!(id, command_id(key_of(9), one, &Method::POST, "/a"));
    }

    fn key_of(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn a_key_is_a_uuid() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, text.parse().unwrap());
            key(&headers)
        };
        let text = "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01";
        assert_eq!(read(text).unwrap().to_string(), text);
        assert_eq!(read(&format!("\"{text}\"")).unwrap().to_string(), text);
        assert_eq!(read("abc").unwrap_err().code(), "http.bad_header");
        assert_ne!(key(&HeaderMap::new()).unwrap(), key(&HeaderMap::new()).unwrap());
    }
}
