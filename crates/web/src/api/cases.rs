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

pub(crate) mod claim;
pub(crate) mod read;
pub(crate) mod recognition;
pub(crate) mod refusal;
pub(crate) mod register;
pub(crate) mod release;
pub(crate) mod return_for_supplement;
pub(crate) mod review;
pub(crate) mod self_assessment;
pub(crate) mod supplement;
pub(crate) mod timeline;
pub(crate) mod withdrawal;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(register::register_case))
        .routes(routes!(read::read_case))
        .routes(routes!(timeline::read_timeline))
        .routes(routes!(self_assessment::self_assess))
        .routes(routes!(supplement::supplement))
        .routes(routes!(claim::claim))
        .routes(routes!(release::release))
        .routes(routes!(review::review))
        .routes(routes!(return_for_supplement::return_for_supplement))
        .routes(routes!(recognition::recognise))
        .routes(routes!(refusal::refuse))
        .routes(routes!(withdrawal::withdraw))
}

/// What a case outside the territory answers, the same as one that is not there.
pub(crate) fn unknown() -> Problem {
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

/// Points that a subject gives itself for one indicator (tự chấm điểm).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimLine {
    /// The indicator, by its id in the procedure's definition.
    #[schema(value_type = String, example = "1.1")]
    indicator: IndicatorId,
    /// Whole points, from 0 to the indicator's maximum.
    #[schema(example = 8)]
    points: i64,
    /// What shows it; needed for points where the definition says so.
    #[serde(default)]
    evidence: Vec<EvidenceInput>,
    /// In the subject's own words, at most 4000 characters; kept sealed.
    note: Option<String>,
}

/// A reference to something that shows a claim (minh chứng).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceInput {
    /// What it is and where it is kept, at most 4000 characters; kept sealed.
    #[schema(example = "Giấy khen của trường, lưu tại thôn")]
    label: String,
    /// SHA-256 of the file in lower-case hexadecimal digits, where there is a file.
    #[schema(value_type = Option<String>)]
    digest: Option<Digest>,
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
pub(crate) struct DecisionInput {
    /// Number and sign, at most 100 bytes.
    #[schema(example = "125/QĐ-UBND")]
    number: String,
    /// The day that it bears, not after today and not before the case came to this step.
    #[schema(value_type = String, format = Date, example = "2026-11-23")]
    date: procedure::Date,
}

impl From<&DecisionInput> for case::DecisionReference {
    fn from(input: &DecisionInput) -> Self {
        Self { number: input.number.clone(), date: input.date }
    }
}
