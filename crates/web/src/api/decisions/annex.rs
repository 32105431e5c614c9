//! `GET /decisions/{id}/annex`: the bytes that the signature covers.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use codec::annex::annex_digest;
use procedure::{Date, DecisionId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::visible;
use crate::params::{Params, Segment};
use crate::problem::Problem;
use crate::read::Reading;
use crate::refusal::HttpRefusal;

/// Has SHA-256 of the bytes.
const DIGEST: HeaderName = HeaderName::from_static("hieuhoc-annex-digest");

/// As of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AnnexQuery {
    /// The day that a draft is to bear, which its titles are counted from; today by default. A
    /// signed decision has its own.
    #[param(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
}

/// Reads the annex of a decision (phụ lục danh sách), byte for byte as it is signed.
///
/// One line of JSON for each case, in the order of place and case, each ended by a line feed. The
/// header has SHA-256 of these bytes; of a signed decision it is what its `annex` says.
#[utoipa::path(
    get, path = "/decisions/{id}/annex", tag = "decisions",
    params(("id" = Uuid, Path, description = "The decision"), AnnexQuery),
    responses((
        status = 200, description = "The annex", body = String, content_type = "application/jsonl",
        headers(("Hieuhoc-Annex-Digest" = String, description = "SHA-256 of the bytes"))
    ))
)]
pub async fn read_annex(
    reading: Reading,
    Segment(id): Segment<DecisionId>,
    Params(query): Params<AnnexQuery>,
) -> Result<Response, Problem> {
    visible(&reading, id).await?;
    let date = query.date.unwrap_or(reading.today);
    let bytes = reading.app.engine.decision_annex(id, date).await?;
    let digest = annex_digest(&bytes).map_err(|_| HttpRefusal::Internal)?;
    let digest = HeaderValue::try_from(digest.as_str()).map_err(|_| HttpRefusal::Internal)?;
    let kind = HeaderValue::from_static("application/jsonl");
    Ok(([(CONTENT_TYPE, kind), (DIGEST, digest)], bytes).into_response())
}
