//! `/decisions`: one act of a competent authority over any number of cases, from the draft and its
//! annex to the signature and what later acts do to it.
//! Deliberately absent: the text of the decision; and how the cases follow, which is the clerk's.

use std::sync::Arc;

use procedure::{DecisionId, decision};
use projections::query::decisions::DecisionRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::names;
use crate::app::App;
use crate::command::Command;
use crate::problem::Problem;
use crate::read::Reading;

pub mod annex;
pub mod cancellation;
pub mod cases;
pub mod correction;
pub mod discard;
pub mod draft;
pub mod list;
pub mod listing;
pub mod read;
pub mod removals;
pub mod signature;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_decisions, draft::draft_decision))
        .routes(routes!(read::read_decision))
        .routes(routes!(annex::read_annex))
        .routes(routes!(cases::list_decision_cases))
        .routes(routes!(listing::list_on_decision))
        .routes(routes!(removals::take_off))
        .routes(routes!(discard::discard_decision))
        .routes(routes!(signature::sign_decision))
        .routes(routes!(correction::correct_decision))
        .routes(routes!(cancellation::cancel_decision))
}

/// What a decision outside the territory answers, the same as one that is not there.
pub fn unknown() -> Problem {
    procedure::Refused::from(decision::Refusal::Unknown).into()
}

/// The decision, if the asker may see it.
async fn visible(reading: &Reading, id: DecisionId) -> Result<DecisionRow, Problem> {
    let found = reading.read(move |reader| reader.decision(id)).await?;
    found.filter(|decision| reading.sees(&decision.place)).ok_or_else(unknown)
}

/// Refuses a decision that is not there, before a text is sealed and makes a key for it. Who may act
/// on one that is there, the engine says, and keeps what it refuses.
async fn must_exist<T>(command: &Command<T>, id: DecisionId) -> Result<DecisionRow, Problem> {
    let reading = command.reading().await?;
    reading.read(move |reader| reader.decision(id)).await?.ok_or_else(unknown)
}

/// Number and day of an act of the authority (số, ngày văn bản).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Number and sign, at most 100 bytes.
    #[schema(example = "125/QĐ-UBND")]
    pub number: String,
    /// The day that it bears, not after today and not before what it rests on.
    #[schema(value_type = String, format = Date, example = "2026-11-23")]
    pub date: procedure::Date,
}

/// A decision over many cases (quyết định công nhận).
#[derive(Debug, Serialize, ToSchema)]
pub struct Decision {
    /// The decision.
    id: Uuid,
    /// The definition of its cases.
    procedure: String,
    /// The title.
    #[schema(value_type = names::Title)]
    title: String,
    /// The calendar year of its cases.
    year: i16,
    /// Code of the administrative unit whose authority decides.
    unit: String,
    /// Codes of the administrative units from the nation down to it.
    place: Vec<String>,
    /// Where it stands.
    #[schema(value_type = names::DecisionState)]
    state: String,
    /// The officer who drafted it.
    drafted_by: Uuid,
    /// The day of the draft.
    #[schema(format = Date)]
    drafted_on: String,
    /// Its number, as it was signed.
    number: Option<String>,
    /// Its number by a later correction.
    corrected_number: Option<String>,
    /// The day that it bears.
    #[schema(format = Date)]
    date: Option<String>,
    /// The officer who signed.
    signed_by: Option<Uuid>,
    /// SHA-256 of the annex as it was signed.
    annex: Option<String>,
    /// Number of the act that cancelled it.
    cancelled_number: Option<String>,
    /// The day that this act bears.
    #[schema(format = Date)]
    cancelled_date: Option<String>,
    /// How many cases are on the annex.
    listed: u64,
    /// How many cases stand on the draft and change no more.
    placed: u64,
    /// How many cases have been recognised by it.
    concluded: u64,
    /// Whether every case has followed.
    settled: bool,
    /// Last revision: send it as `If-Match` with a command decided on this state.
    revision: u64,
}

impl From<DecisionRow> for Decision {
    fn from(row: DecisionRow) -> Self {
        Self {
            id: row.id.0,
            procedure: row.procedure.to_string(),
            title: row.title.to_string(),
            year: row.year,
            unit: row.unit.to_string(),
            place: row.place,
            state: row.state,
            drafted_by: row.drafted_by.0,
            drafted_on: row.drafted_on.to_string(),
            number: row.number,
            corrected_number: row.corrected_number,
            date: row.date.map(|day| day.to_string()),
            signed_by: row.signed_by.map(|officer| officer.0),
            annex: row.annex,
            cancelled_number: row.cancelled_number,
            cancelled_date: row.cancelled_date.map(|day| day.to_string()),
            listed: row.listed,
            placed: row.placed,
            concluded: row.concluded,
            settled: row.settled,
            revision: row.revision,
        }
    }
}
