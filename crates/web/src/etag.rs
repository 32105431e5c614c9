//! Revisions as entity tags: `ETag: "5"` says which revision was read, `If-Match: "5"` that the
//! command was decided on it. Deliberately absent: weak tags and lists; a revision is exact.

use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::IF_MATCH;

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The revision that the caller decided on; none if he does not say, or says `*`.
pub(crate) fn expected(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let bad = || HttpRefusal::BadHeader {
        header: "If-Match",
        expected: "\"<revision>\", as the ETag of an earlier answer, such as \"5\"",
    };
    let text = value.to_str().map_err(|_| bad())?.trim();
    if text == "*" {
        return Ok(None);
    }
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).ok_or_else(bad)?;
    if !inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad().into());
    }
    inner.parse().map(Some).map_err(|_| bad().into())
}

/// The tag of a revision.
pub(crate) fn tag(revision: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{revision}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<u64>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MATCH, text.parse().unwrap());
        expected(&headers)
    }

    #[test]
    fn one_strong_tag_or_a_star() {
        assert_eq!(read("\"5\"").unwrap(), Some(5));
        assert_eq!(read("*").unwrap(), None);
        assert_eq!(expected(&HeaderMap::new()).unwrap(), None);
        assert_eq!(tag(5), "\"5\"");
        for text in
            ["5", "W/\"5\"", "\"5\", \"6\"", "\"\"", "\"-1\"", "\"+1\"", "\"99999999999999999999\""]
        {
            assert_eq!(read(text).unwrap_err().code(), "http.bad_header", "{text}");
        }
    }
}
