//! `/cases/{id}/evidence`: files that show what a subject claims. They come with the form that they
//! belong to, so that uploading one saves everything that was typed, and goes back to it.
//! Deliberately absent: names and types that the sender gives a file; its bytes say what it is.

use std::sync::Arc;

use axum::Router;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use engine::{EVIDENCE_MAX, EngineError, EvidenceRefusal, FileKind, Principal};
use procedure::{CaseId, Digest, SubjectId};
use web::HttpRefusal;
use web::params::Segments;
use web::problem::Problem;

use crate::act::{Act, refused};
use crate::assessment::{Form, Saved, again, attach, because, overtaken, save};
use crate::csrf;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::look::Look;
use crate::refusal::PageRefusal;
use crate::router::FORM_MAX;
use crate::site::Site;

/// The most bytes of a form with files. More than one file may have, so that of one that is too large
/// the rest of the form is still read and nothing that was typed is lost; never more than one file is
/// held at a time.
pub(crate) const UPLOAD_MAX: usize = 32 * 1024 * 1024;
/// The longest name of a file that is kept as its label, in characters.
const NAME_MAX: usize = 120;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases/{id}/evidence/{digest}", get(read))
}

/// Those whose bodies have limits of their own.
pub(crate) fn uploads() -> Router<Arc<Site>> {
    Router::new()
        .route("/cases/{id}/evidence", post(upload))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX))
}

/// `GET /cases/{id}/evidence/{digest}`: to be saved; with `?view`, pictures are shown, alone on a page
/// in which nothing runs.
async fn read(
    desk: Desk,
    Segments(id, digest): Segments<CaseId, Digest>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let case = desk.case(id).await?;
    let file = desk.look.site.app.engine.evidence(case.subject, &digest).await?;
    let unknown = || EngineError::Evidence(EvidenceRefusal::Unknown { digest: digest.clone() });
    let file = file.ok_or_else(unknown)?;
    let view = query.is_some_and(|query| query.split('&').any(|part| part == "view"));
    let shown = view && file.kind != FileKind::Pdf;
    let name: String = digest.as_str().chars().take(12).collect();
    let disposition = if shown { "inline" } else { "attachment" };
    let headers: [(HeaderName, String); 3] = [
        (CONTENT_TYPE, file.kind.media_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("{disposition}; filename=\"{name}.{}\"", file.kind.extension()),
        ),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, file.bytes).into_response())
}

/// What came with a form.
#[derive(Default)]
struct Sent {
    fields: Fields,
    /// By indicator: the name that the file had, and under which digest it is kept.
    kept: Vec<(String, String, Digest)>,
    failed: Option<Problem>,
}

/// `POST /cases/{id}/evidence`: keeps the files and the draft of the form that they came with.
async fn upload(
    State(site): State<Arc<Site>>,
    Path(id): Path<CaseId>,
    look: Look,
    headers: HeaderMap,
    multipart: Multipart,
) -> Response {
    if !csrf::is_from_here(&headers) {
        return refused(PageRefusal::CrossSite);
    }
    let sent = match take(&site, &look, id, multipart).await {
        Ok(sent) => sent,
        Err(problem) => return problem.into_response(),
    };
    let form = Form::named(sent.fields.get("form").unwrap_or_default());
    // Who is not signed in any more finds what he typed in the form itself, as a draft to be saved.
    let act = match Act::of(look, form.path(id), sent.fields).await {
        Ok(act) => act,
        Err(response) => return response,
    };
    finish(act, form, id, (sent.kept, sent.failed))
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

async fn finish(
    mut act: Act,
    form: Form,
    id: CaseId,
    (kept, failed): (Vec<(String, String, Digest)>, Option<Problem>),
) -> Result<Response, Problem> {
    for (indicator, name, digest) in &kept {
        attach(&mut act.fields, indicator, name, digest);
    }
    if let Some(problem) = failed {
        return again(&act, form, id, because(&problem, &act.desk)).await;
    }
    let answer = match save(&act, form, id).await {
        Ok(Saved::Kept(answer)) => answer,
        Ok(Saved::Overtaken) => return overtaken(&act, form, id).await,
        Err(problem) => return again(&act, form, id, because(&problem, &act.desk)).await,
    };
    let notice = match kept.len() {
        0 => {
            act.desk.t("Chưa chọn tệp nào. Đã lưu nháp.", "No file was chosen. The draft is saved.")
        }
        _ => act.desk.t("Đã tải tệp lên và lưu nháp.", "The file is uploaded and the draft saved."),
    };
    let place = kept.first().map(|(indicator, _, _)| format!("#i-{indicator}")).unwrap_or_default();
    Ok(act.done(&answer, &format!("{}{place}", form.path(id)), notice))
}

/// Reads the form to its end. Files are kept as they come, if the form is of this session and its sender
/// may hand in files for the case; the token stands before them.
async fn take(
    site: &Site,
    look: &Look,
    id: CaseId,
    mut multipart: Multipart,
) -> Result<Sent, Problem> {
    let (mut sent, mut read, mut subject) = (Sent::default(), 0, None);
    while let Some(mut field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(indicator) = name.strip_prefix("file.").map(str::to_owned) else {
            let text = limited(&mut field, FORM_MAX.saturating_sub(read)).await?;
            let text = text.ok_or(HttpRefusal::BodyTooLarge { maximum: FORM_MAX })?;
            read += name.len() + text.len();
            let text = String::from_utf8(text).map_err(|_| PageRefusal::NotAForm)?;
            sent.fields.0.push((name, text));
            continue;
        };
        let label = label(field.file_name().unwrap_or_default());
        let bytes = limited(&mut field, EVIDENCE_MAX).await?;
        if label.is_empty() && bytes.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        match keep(site, look, (id, &mut subject), (&sent.fields, bytes)).await {
            Ok(Some(digest)) => sent.kept.push((indicator, label, digest)),
            Ok(None) => {}
            Err(problem) => sent.failed = sent.failed.or(Some(problem)),
        }
    }
    Ok(sent)
}

/// Keeps one file; nothing where the form is not of this session, which is said at its end.
async fn keep(
    site: &Site,
    look: &Look,
    (id, subject): (CaseId, &mut Option<SubjectId>),
    (fields, bytes): (&Fields, Option<Vec<u8>>),
) -> Result<Option<Digest>, Problem> {
    let Some((session, secret)) = &look.signed_in else { return Ok(None) };
    if !fields.get("csrf").is_some_and(|token| csrf::fits(secret, session.id, token)) {
        return Ok(None);
    }
    let engine = &site.app.engine;
    let too_large = EvidenceRefusal::TooLarge { maximum: EVIDENCE_MAX };
    let bytes = bytes.ok_or(EngineError::Evidence(too_large))?;
    let owner = match *subject {
        Some(owner) => owner,
        None => engine.may_attach(&Principal::Officer(session.officer), id).await?,
    };
    *subject = Some(owner);
    Ok(Some(engine.keep_evidence(owner, bytes).await?.digest))
}

/// The bytes of a part; nothing if they are more than so many, all of which are read past.
async fn limited(field: &mut Field<'_>, maximum: usize) -> Result<Option<Vec<u8>>, Problem> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        fits = fits && bytes.len() + chunk.len() <= maximum;
        if fits {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

fn broken(error: MultipartError) -> Problem {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            EngineError::Evidence(EvidenceRefusal::TooLarge { maximum: EVIDENCE_MAX }).into()
        }
        _ => HttpRefusal::BodyBroken.into(),
    }
}

/// What a file is called until somebody names it better: the last part of its name, if it can be read.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = last.chars().filter(|letter| !procedure::text::unprintable(*letter));
    plain.take(NAME_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_label_is_the_plain_name_of_a_file() {
        assert_eq!(label("C:\\Ảnh\\giấy khen.jpg"), "giấy khen.jpg");
        assert_eq!(label("../../etc/passwd"), "passwd");
        assert_eq!(label("a\u{202e}gpj.exe\r\n"), "agpj.exe");
        assert_eq!(label(&"x".repeat(500)).len(), 120);
    }
}
