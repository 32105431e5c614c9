//! Reads a JSON body into its input, and says by line and column what does not fit.
//! Deliberately absent: meaning; the input's own type has it.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::limits::BODY_MAX;
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The bytes of a body, which must be said to be JSON unless there are none.
pub(crate) async fn read(request: Request) -> Result<Bytes, Problem> {
    let content_type = request.headers().get(CONTENT_TYPE).cloned();
    let bytes = Bytes::from_request(request, &()).await.map_err(|rejection| {
        match axum::response::IntoResponse::into_response(rejection).status() {
            StatusCode::PAYLOAD_TOO_LARGE => HttpRefusal::BodyTooLarge { maximum: BODY_MAX },
            _ => HttpRefusal::BodyBroken,
        }
    })?;
    let content_type = content_type.as_ref().map_or(Ok(""), |value| value.to_str());
    let content_type = content_type.unwrap_or("?").to_owned();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if bytes.is_empty() || essence.eq_ignore_ascii_case("application/json") {
        Ok(bytes)
    } else {
        Err(HttpRefusal::NotJson { content_type }.into())
    }
}

/// The input that the bytes stand for. No bytes at all count as an empty object, so that a
/// command without particulars needs no body.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(HttpRefusal::NotUtf8 { place: error.valid_up_to() + 1 }.into());
    }
    serde_json::from_slice(bytes).map_err(|error| {
        // An input that looks at the whole of itself knows no place but the beginning.
        let (line, column) = (error.line().max(1), error.column().max(1));
        let problem = without_place(&error.to_string()).to_owned();
        match error.classify() {
            Category::Data => HttpRefusal::BadField { line, column, problem }.into(),
            Category::Syntax | Category::Eof | Category::Io => {
                HttpRefusal::BadJson { line, column, problem }.into()
            }
        }
    })
}

/// The message without the place at its end, which the page names itself.
fn without_place(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |place| &message[..place])
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        #[expect(dead_code, reason = "only read by serde")]
        points: i64,
    }

    #[test]
    fn the_place_of_a_mistake_is_named() {
        let code = |bytes: &[u8]| parse::<Line>(bytes).unwrap_err().code();
        assert_eq!(code(b"{\"points\": 7"), "http.bad_json");
        assert_eq!(code(b"{\"points\": 7.5}"), "http.bad_field");
        assert_eq!(code(b"{\"points\": 99999999999999999999}"), "http.bad_field");
        assert_eq!(code(b"{\"points\": 7, \"point\": 7}"), "http.bad_field");
        assert_eq!(code(b"{\"points\": \"\xff\"}"), "http.not_utf8");
        assert_eq!(code(b"{\"points\": 7} x"), "http.bad_json");
        assert_eq!(code(b""), "http.bad_field");
        assert!(parse::<Line>(b" {\"points\": -7} ").is_ok());
    }
}
