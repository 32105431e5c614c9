//! What an auditor takes along: lists as tables, and the stored bytes as lines of JSON.
//! Deliberately absent: proofs that the lines are all there ever were; they come with checkpoints.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use web::HttpRefusal;
use web::problem::Problem;

use super::names::Names;
use super::replay::lines::{self, Line};
use super::replay::{entries, refused};
use crate::desk::Desk;
use crate::sheet;

/// `GET /audit/cases/{id}/events.jsonl`: as `hieuhoc export` writes them.
pub(super) async fn case_lines(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    let case = super::case(&desk, &id).await?;
    let lines = desk.look.site.app.history.case_lines(case.id).await;
    jsonl(&format!("case-{}", case.id), lines.map_err(web::read::failed)?)
}

/// `GET /audit/decisions/{id}/events.jsonl`.
pub(super) async fn decision_lines(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let decision = super::decision(&desk, &id).await?;
    let lines = desk.look.site.app.history.decision_lines(decision.id).await;
    jsonl(&format!("decision-{}", decision.id), lines.map_err(web::read::failed)?)
}

/// `GET /audit/decisions/{id}/annex.jsonl`: the bytes that the signature covers.
pub(super) async fn annex(desk: Desk, Path(id): Path<String>) -> Result<Response, Problem> {
    let decision = super::decision(&desk, &id).await?;
    let (engine, today) = (&desk.look.site.app.engine, desk.reading.today);
    let bytes = engine.decision_annex(decision.id, today).await?;
    jsonl(&format!("annex-{}", decision.id), bytes)
}

/// The list of a case as a table.
pub(super) async fn case_list(desk: &Desk, id: &str) -> Result<Response, Problem> {
    let case = super::case(desk, id).await?;
    let entries = entries(desk, &case).await?;
    let (known, language) = (case.clone(), desk.look.language);
    let read = desk.read(move |reader| {
        let definition = reader.definition(&known.procedure)?;
        let refused = refused(reader, &known)?;
        lines::of(&mut Names::new(reader, language), definition.as_deref(), &entries, refused)
    });
    let lines = read.await?;
    let header = HEADER.map(|(vi, en)| desk.t(vi, en));
    let rows = lines.into_iter().map(|line| row(desk, line));
    sheet::csv(&format!("case-{}", case.id), &header, rows)
}

const HEADER: [(&str, &str); 12] = [
    ("Số", "Number"),
    ("Việc", "Event"),
    ("Ngày văn bản", "Day named"),
    ("Ghi lúc (giờ Việt Nam)", "Recorded (Viet Nam)"),
    ("Ghi lúc (UTC)", "Recorded (UTC)"),
    ("Thiết bị ghi lúc", "Device recorded"),
    ("Người làm", "Who"),
    ("Vai trò, đơn vị khi đó", "Role and unit then"),
    ("Thay", "In place of"),
    ("Lý do", "Reason"),
    ("Bước và nguồn", "Step and source"),
    ("Bị từ chối theo quy tắc", "Refused by the rule"),
];

fn row(desk: &Desk, line: Line) -> Vec<String> {
    let unseen = desk.t("chưa đối chiếu", "provisional");
    let mut step: Vec<String> = line.step.into_iter().chain(line.source).collect();
    step.extend(line.provisional.then(|| unseen.to_owned()));
    let rule = line.rule.zip(line.code).map(|(rule, code)| format!("{rule} ({code})"));
    vec![
        line.number.map(|number| number.to_string()).unwrap_or_default(),
        line.what,
        line.decided.unwrap_or_default(),
        line.recorded,
        line.recorded_at,
        line.captured.unwrap_or_default(),
        line.who.name,
        line.who.office,
        line.who.in_place_of.unwrap_or_default(),
        line.reason.unwrap_or_default(),
        step.join("; "),
        rule.unwrap_or_default(),
    ]
}

fn jsonl(name: &str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let disposition = format!("attachment; filename=\"{name}.jsonl\"");
    let disposition = HeaderValue::try_from(disposition).map_err(|_| HttpRefusal::Internal)?;
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static("application/jsonl")),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}
