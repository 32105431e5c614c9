//! Parts of addresses: identifiers in the path, and the query.
//! Deliberately absent: lenience; what cannot be read is refused, never ignored.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use procedure::{CaseId, OfficerId, ProcedureId, SubjectId, UnitCode};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The query parameter that stands for the header `Hieuhoc-Position`, on every read.
pub(crate) const AFTER_POSITION: &str = "after_position";

/// A kind of identifier in a path.
pub(crate) trait Identifier: FromStr + Send {
    /// What it should be, for the error.
    const EXPECTED: &'static str;
}

macro_rules! identifiers {
    ($($type:ty = $expected:literal;)*) => {
        $(impl Identifier for $type { const EXPECTED: &'static str = $expected; })*
    };
}

identifiers! {
    CaseId = "the id of a case (a UUID)";
    SubjectId = "the id of a subject (a UUID)";
    OfficerId = "the id of an officer (a UUID)";
    ProcedureId = "the id of a procedure, such as family.sample-2026";
    UnitCode = "the code of an administrative unit, such as 05158";
    String = "text";
}

/// The one identifier in the path.
pub(crate) struct Segment<T>(pub(crate) T);

impl<T: Identifier, S: Send + Sync> FromRequestParts<S> for Segment<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let expected = T::EXPECTED;
        let bad = |value: String| HttpRefusal::BadPath { value, expected };
        let text = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = text.map_err(|_| bad("%…".to_owned()))?;
        text.parse().map(Self).map_err(|_| bad(text.chars().take(80).collect()).into())
    }
}

/// The query, read into its parameters.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let own: Vec<_> = query.split('&').filter(|pair| !is(pair, AFTER_POSITION)).collect();
        let bad = |problem: String| Problem::from(HttpRefusal::BadQuery { problem });
        let uri = Uri::try_from(format!("/?{}", own.join("&")));
        let uri = uri.map_err(|error| bad(error.to_string()))?;
        match Query::try_from_uri(&uri) {
            Ok(Query(params)) => Ok(Self(params)),
            Err(rejection) => Err(bad(cause(&rejection))),
        }
    }
}

/// The innermost reason; the outer ones only say that it is about a query.
fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}

fn is(pair: &str, name: &str) -> bool {
    pair.split('=').next() == Some(name)
}

/// The plain value of a query parameter.
pub(crate) fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pair = uri.query()?.split('&').find(|pair| is(pair, name))?;
    pair.split_once('=').map(|(_, value)| value)
}
