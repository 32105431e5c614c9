//! Parts of addresses: identifiers in the path, and the query.
//! Deliberately absent: lenience; what cannot be read is refused, never ignored.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use procedure::{CaseId, DecisionId, Digest, OfficerId, ProcedureId, SubjectId, UnitCode};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The query parameter that stands for the header `Hieuhoc-Position`, on every read.
pub const AFTER_POSITION: &str = "after_position";

/// A kind of identifier in a path.
pub trait Identifier: FromStr + Send {
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
    DecisionId = "the id of a decision (a UUID)";
    SubjectId = "the id of a subject (a UUID)";
    OfficerId = "the id of an officer (a UUID)";
    ProcedureId = "the id of a procedure, such as family.sample-2026";
    UnitCode = "the code of an administrative unit, such as 05158";
    Digest = "a SHA-256 digest: 64 hexadecimal digits in lower case";
    String = "text";
    u16 = "the number of an objection, from 1";
}

/// The one identifier in the path.
pub struct Segment<T>(pub T);

impl<T: Identifier, S: Send + Sync> FromRequestParts<S> for Segment<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = text.map_err(|_| bad::<T>("%…"))?;
        identifier(&text).map(Self)
    }
}

/// The two identifiers in the path, in their order.
pub struct Segments<T, U>(pub T, pub U);

impl<T: Identifier, U: Identifier, S: Send + Sync> FromRequestParts<S> for Segments<T, U> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let texts = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((one, other)) = texts.map_err(|_| bad::<T>("%…"))?;
        Ok(Self(identifier(&one)?, identifier(&other)?))
    }
}

fn identifier<T: Identifier>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| bad::<T>(text))
}

fn bad<T: Identifier>(text: &str) -> Problem {
    HttpRefusal::BadPath { value: text.chars().take(80).collect(), expected: T::EXPECTED }.into()
}

/// The query, read into its parameters.
pub struct Params<T>(pub T);

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
pub fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pair = uri.query()?.split('&').find(|pair| is(pair, name))?;
    pair.split_once('=').map(|(_, value)| value)
}
