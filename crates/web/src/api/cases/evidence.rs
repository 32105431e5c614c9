//! `/cases/{id}/evidence`: the files that show what a subject claims. A claim names one by its digest.
//! Deliberately absent: names and headers of the sender, which could say anything; and showing a file
//! in the page, where it could act in the reader's name.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::{EVIDENCE_MAX, EngineError, EvidenceRefusal, FileKind, Principal};
use futures_util::StreamExt as _;
use procedure::{CaseId, Digest};
use serde::Serialize;
use utoipa::ToSchema;

use super::visible;
use crate::app::App;
use crate::auth::signed_in;
use crate::limits::UPLOAD_TIMEOUT;
use crate::params::{Segment, Segments};
use crate::problem::{Document, Problem};
use crate::read::Reading;
use crate::refusal::HttpRefusal;

/// An evidence file that was taken in (tệp minh chứng).
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceKept {
    /// SHA-256 of its bytes: what a line of a self-assessment names it by.
    digest: String,
    /// What it is: `jpeg`, `png`, `webp` or `pdf`.
    #[schema(example = "jpeg")]
    kind: &'static str,
    /// How many bytes it has.
    size: u64,
}

/// Hands in an evidence file.
///
/// The bytes themselves are the body, at most 10 MiB, under any content type: whether they are a JPEG,
/// PNG or WebP picture or a PDF document, their beginning says. The file is kept sealed for the subject
/// of the case; sending it again changes nothing. It shows a claim once a line of a self-assessment or
/// of a supplement names its digest. For whoever has office over the place of the case or has the
/// subject for his own, while the case goes on.
#[utoipa::path(
    post, path = "/cases/{id}/evidence", tag = "cases",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("id" = Uuid, Path, description = "The case")),
    responses(
        (status = 201, description = "Kept", body = EvidenceKept),
        (status = 413, description = "The file has more than 10 MiB.",
            body = Document, content_type = "application/problem+json"),
        (status = 415, description = "Neither a JPEG, PNG or WebP picture nor a PDF document.",
            body = Document, content_type = "application/problem+json")
    )
)]
pub async fn keep_evidence(
    State(app): State<Arc<App>>,
    Segment(id): Segment<CaseId>,
    request: Request,
) -> Result<Response, Problem> {
    let officer = signed_in(&app, request.headers()).await?;
    // Before a byte of the file is read.
    let subject = app.engine.may_attach(&Principal::Officer(officer), id).await?;
    must_fit(request.headers())?;
    let arrived = tokio::time::timeout(UPLOAD_TIMEOUT, read(request.into_body())).await;
    let bytes =
        arrived.map_err(|_| HttpRefusal::Timeout { seconds: UPLOAD_TIMEOUT.as_secs() })??;
    let kept = app.engine.keep_evidence(subject, bytes).await?;
    let location = [(LOCATION, format!("/api/v1/cases/{id}/evidence/{}", kept.digest))];
    let (digest, kind, size) = (kept.digest.to_string(), kept.kind.as_str(), kept.size);
    Ok((StatusCode::CREATED, location, Json(EvidenceKept { digest, kind, size })).into_response())
}

/// Reads an evidence file.
///
/// To be saved, never to be shown in place: it was made outside. For whoever may see the case; files
/// are those of its subject.
#[utoipa::path(
    get, path = "/cases/{id}/evidence/{digest}", tag = "cases",
    params(
        ("id" = Uuid, Path, description = "The case"),
        ("digest" = String, Path, description = "SHA-256 of the file")
    ),
    responses((status = 200, description = "The file", content(
        (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"),
        (Vec<u8> = "application/pdf")
    )))
)]
pub async fn read_evidence(
    reading: Reading,
    Segments(id, digest): Segments<CaseId, Digest>,
) -> Result<Response, Problem> {
    let case = visible(&reading, id).await?;
    let file = reading.app.engine.evidence(case.subject, &digest).await?;
    let unknown = EvidenceRefusal::Unknown { digest: digest.clone() };
    let file = file.ok_or(EngineError::Evidence(unknown))?;
    Ok((headers(&digest, file.kind), file.bytes).into_response())
}

/// What a file is, and that it is only to be saved: nothing in it runs or is loaded.
fn headers(digest: &Digest, kind: FileKind) -> [(HeaderName, String); 3] {
    let name: String = digest.as_str().chars().take(12).collect();
    let saved_as = format!("attachment; filename=\"{name}.{}\"", kind.extension());
    [
        (CONTENT_TYPE, kind.media_type().to_owned()),
        (CONTENT_DISPOSITION, saved_as),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ]
}

fn too_large() -> Problem {
    EngineError::Evidence(EvidenceRefusal::TooLarge { maximum: EVIDENCE_MAX }).into()
}

/// Refuses what is said to be too large before it is read.
fn must_fit(headers: &HeaderMap) -> Result<(), Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    match announced.and_then(|length| length.parse::<u64>().ok()) {
        Some(length) if length > EVIDENCE_MAX as u64 => Err(too_large()),
        _ => Ok(()),
    }
}

/// The whole body, which may turn out to be too large all the same.
async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let (mut chunks, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| HttpRefusal::BodyBroken)?;
        if bytes.len() + chunk.len() > EVIDENCE_MAX {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
