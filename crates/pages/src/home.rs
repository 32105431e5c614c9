//! `/`: where each finds what he came for; and the switch of the language.
//! Deliberately absent: a page between somebody and his work.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::cookies::Cookie;
use crate::desk::Desk;
use crate::look::Look;

/// A year.
const YEAR: u64 = 365 * 24 * 3600;

/// `GET /`: the queue for officers, their own cases for applicants, the register for the public.
pub(crate) async fn start(look: Look) -> Response {
    let to = match Desk::of(look).await {
        Ok(Some(desk)) if desk.in_office() => "/queue",
        Ok(Some(_)) => "/mine",
        Ok(None) => "/register",
        Err(problem) => return problem.into_response(),
    };
    Redirect::to(to).into_response()
}

#[derive(Deserialize)]
pub(crate) struct Back {
    back: Option<String>,
}

/// `GET /language/{tag}`: this browser reads the language from now on.
pub(crate) async fn language(
    look: Look,
    Path(tag): Path<String>,
    Query(back): Query<Back>,
) -> Response {
    let mut response = Redirect::to(&local(back.back.as_deref())).into_response();
    let tag = if tag == "en" { "en" } else { "vi" };
    Cookie::Language.set(&mut response, look.secure(), tag, Some(YEAR));
    response
}

/// An address on this site; the start for anything else.
pub(crate) fn local(address: Option<&str>) -> String {
    let plain = |address: &&str| {
        address.starts_with('/')
            && !address.starts_with("//")
            && !address.contains('\\')
            && address.bytes().all(|byte| byte.is_ascii_graphic())
    };
    address.filter(plain).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local(Some("/queue?unit=05158")), "/queue?unit=05158");
        for address in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", ""]
        {
            assert_eq!(local(Some(address)), "/", "{address}");
        }
        assert_eq!(local(None), "/");
    }
}
