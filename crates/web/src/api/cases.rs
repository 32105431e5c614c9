//! `/cases`: everything that happens to a case, and how it stands.
//! Deliberately absent: lists; `/queue` has the open cases, `/titles` the recognised ones.

use std::sync::Arc;

use procedure::case::Evidence;
use procedure::{CaseId, Digest, IndicatorId, SubjectId, case};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;
use crate::read::Reading;

pub mod assignment;
pub mod claim;
pub mod evidence;
pub mod minutes;
pub mod objections;
pub mod posting;
pub mod read;
pub mod recognition;
pub mod refusal;
pub mod register;
pub mod release;
pub mod return_for_supplement;
pub mod review;
pub mod revocation;
pub mod self_assessment;
pub mod supplement;
pub mod takeover;
pub mod timeline;
pub mod withdrawal;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(register::register_case))
        .routes(routes!(read::read_case))
        .routes(routes!(timeline::read_timeline))
        .routes(routes!(evidence::read_evidence))
        .routes(routes!(self_assessment::self_assess))
        .routes(routes!(supplement::supplement))
        .routes(routes!(claim::claim))
        .routes(routes!(release::release))
        .routes(routes!(assignment::assign))
        .routes(routes!(takeover::take_over))
        .routes(routes!(review::review))
        .routes(routes!(return_for_supplement::return_for_supplement))
        .routes(routes!(minutes::record_minutes))
        .routes(routes!(posting::post))
        .routes(routes!(posting::closure::close_posting))
        .routes(routes!(objections::object))
        .routes(routes!(objections::resolution::resolve_objection))
        .routes(routes!(recognition::recognise))
        .routes(routes!(refusal::refuse))
        .routes(routes!(withdrawal::withdraw))
        .routes(routes!(revocation::revoke))
}

pub(crate) fn uploads() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(evidence::keep_evidence))
}

/// What a case outside the territory answers, the same as one that is not there.
pub fn unknown() -> Problem {
    procedure::Refused::from(case::Refusal::Unknown).into()
}

/// The case, if the asker may see it.
async fn visible(
    reading: &Reading,
    id: CaseId,
) -> Result<projections::query::cases::CaseRow, Problem> {
    let found = reading.read(move |reader| reader.case(id)).await?;
    found.filter(|case| reading.sees(&case.place)).ok_or_else(unknown)
}

/// A text about a case, sealed by the key of its subject.
pub async fn sealed(
    engine: &engine::Engine,
    id: CaseId,
    (field, text): (&str, &str),
) -> Result<procedure::Sealed, engine::EngineError> {
    engine::personal::check(field, text)?;
    engine.sealer(engine.subject_of(id).await?.0)?.seal(field, text)
}

/// The votes of a meeting on one case (biểu quyết).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VotesInput {
    /// For it.
    #[serde(rename = "for")]
    #[schema(example = 41)]
    pub in_favour: u32,
    /// Against it.
    #[schema(example = 2)]
    pub against: u32,
    /// Neither.
    #[schema(example = 1)]
    pub abstained: u32,
}

impl From<VotesInput> for case::Votes {
    fn from(input: VotesInput) -> Self {
        let VotesInput { in_favour, against, abstained } = input;
        Self { in_favour, against, abstained }
    }
}

/// Points that a subject gives itself for one indicator (tự chấm điểm).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimLine {
    /// The indicator, by its id in the procedure's definition.
    #[schema(value_type = String, example = "1.1")]
    pub indicator: IndicatorId,
    /// Whole points, from 0 to the indicator's maximum.
    #[schema(example = 8)]
    pub points: i64,
    /// What shows it; needed for points where the definition says so.
    #[serde(default)]
    pub evidence: Vec<EvidenceInput>,
    /// In the subject's own words, at most 4000 characters; kept sealed.
    pub note: Option<String>,
}

/// A reference to something that shows a claim (minh chứng).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceInput {
    /// What it is and where it is kept, at most 4000 characters; kept sealed.
    #[schema(example = "Giấy khen của trường, lưu tại thôn")]
    pub label: String,
    /// SHA-256 of the file in lower-case hexadecimal digits, where there is a file.
    #[schema(value_type = Option<String>)]
    pub digest: Option<Digest>,
}

/// The lines, and who spoke for the subject, as they were handed in.
type Declared = (Vec<case::ClaimInput>, Option<procedure::Sealed>);

/// The lines and the declarant sealed by the key of the subject.
fn declared(
    engine: &engine::Engine,
    subject: SubjectId,
    lines: &[ClaimLine],
    declarant: Option<&str>,
) -> Result<Declared, Problem> {
    let lines = sealed_lines(engine, subject, lines)?;
    let declarant = engine.sealer(subject.0)?.seal_some("declarant", declarant)?;
    Ok((lines, declarant))
}

/// The lines with their texts sealed by the key of the subject.
fn sealed_lines(
    engine: &engine::Engine,
    subject: SubjectId,
    lines: &[ClaimLine],
) -> Result<Vec<case::ClaimInput>, Problem> {
    let sealer = engine.sealer(subject.0)?;
    let seal = |(index, line): (usize, &ClaimLine)| {
        let field = |name: &str| format!("lines[{index}].{name}");
        let evidence = line.evidence.iter().map(|evidence| {
            let label = sealer.seal(&field("evidence"), &evidence.label)?;
            Ok(Evidence { label, digest: evidence.digest.clone() })
        });
        Ok(case::ClaimInput {
            indicator: line.indicator.clone(),
            points: line.points,
            evidence: evidence.collect::<Result<_, Problem>>()?,
            note: sealer.seal_some(&field("note"), line.note.as_deref())?,
        })
    };
    lines.iter().enumerate().map(seal).collect()
}

/// The decision of the competent authority (quyết định).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionInput {
    /// Number and sign, at most 100 bytes.
    #[schema(example = "125/QĐ-UBND")]
    pub number: String,
    /// The day that it bears, not after today and not before the case came to this step.
    #[schema(value_type = String, format = Date, example = "2026-11-23")]
    pub date: procedure::Date,
}

impl From<&DecisionInput> for case::DecisionReference {
    fn from(input: &DecisionInput) -> Self {
        Self { number: input.number.clone(), date: input.date, id: None }
    }
}
