//! `POST /decisions/{id}/listing`: cases come on the draft.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use engine::Done;
use procedure::{CaseId, DecisionId, UnitCode, case};
use projections::query::decisions::DecisionRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::must_exist;
use crate::bulk::{RefusedCase, must_be_few_and_distinct};
use crate::command::Command;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// Which cases are to come on the draft (đưa vào danh sách): by one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// These, at most 2000, each once.
    #[schema(value_type = Option<Vec<uuid::Uuid>>)]
    pub cases: Option<Vec<CaseId>>,
    /// All that are ready in these administrative units, by their codes.
    #[schema(value_type = Option<Vec<String>>)]
    pub units: Option<Vec<UnitCode>>,
    /// All that are ready in the whole unit of the decision.
    #[serde(default)]
    pub all: bool,
}

/// The one of the three that was given.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Listing")]
pub enum Wanted {
    /// These.
    Cases(Vec<CaseId>),
    /// All that are ready in these units.
    Units(BTreeSet<UnitCode>),
    /// All that are ready.
    All,
}

impl TryFrom<Listing> for Wanted {
    type Error = &'static str;

    fn try_from(listing: Listing) -> Result<Self, &'static str> {
        match listing {
            Listing { cases: Some(cases), units: None, all: false } => Ok(Self::Cases(cases)),
            Listing { cases: None, units: Some(units), all: false } => {
                Ok(Self::Units(units.into_iter().collect()))
            }
            Listing { cases: None, units: None, all: true } => Ok(Self::All),
            _ => Err("one of `cases`, `units` and `all: true`, and no more"),
        }
    }
}

/// What putting cases on a draft came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    /// How many cases stand on the draft now and did not before.
    placed: usize,
    /// The cases that cannot be put on it, with the reason of each.
    left_out: Vec<RefusedCase>,
    /// Position in the log to wait for before reading; also `Hieuhoc-Position`. Null if nothing
    /// was written.
    position: Option<String>,
}

/// Puts cases on the draft of a decision.
///
/// Those that could be recognised today are placed and change no more until the draft is signed,
/// discarded, or they are taken off it. The others are named with the reason. Repeated, it places
/// nothing twice.
#[utoipa::path(
    post, path = "/decisions/{id}/listing", tag = "decisions", request_body = Listing,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "What it came to", body = Listed))
)]
pub async fn list_on_decision(
    Segment(id): Segment<DecisionId>,
    command: Command<Wanted>,
) -> Result<Response, Problem> {
    command.must_expect_nothing()?;
    let decision = must_exist(&command, id).await?;
    let reading = command.reading().await?;
    let wanted = match &command.input {
        Wanted::Cases(cases) => {
            must_be_few_and_distinct(cases.iter().copied())?;
            cases.clone()
        }
        Wanted::Units(units) => ready(&reading, &decision, units.clone()).await?,
        Wanted::All => {
            let units = BTreeSet::from([decision.unit.clone()]);
            ready(&reading, &decision, units).await?
        }
    };
    let listed = command.engine().list_on_decision(&command.request, id, &wanted).await?;
    let refused = listed.left_out.into_iter().map(|(case, error)| (case, error.into()));
    let left_out = refused.map(|(case, problem)| RefusedCase::new(case, &problem));
    let body = Listed {
        placed: listed.placed,
        left_out: left_out.collect(),
        position: listed.position.map(|position| position.to_string()),
    };
    let (events, position) = (listed.placed, listed.position);
    let done = Done { revision: None, position, events, repeated: false };
    Ok(command.answer(StatusCode::OK, done, body).await)
}

/// The cases that wait for the decision and stand on no draft, in units of the decision's own.
async fn ready(
    reading: &Reading,
    decision: &DecisionRow,
    units: BTreeSet<UnitCode>,
) -> Result<Vec<CaseId>, Problem> {
    let today = reading.today;
    for unit in &units {
        let asked = unit.clone();
        let path = reading.read(move |reader| reader.path(&asked, today)).await?;
        if !path.iter().any(|above| above.code == decision.unit) {
            let elsewhere = case::Refusal::NotOfDecision { decision: decision.id };
            return Err(procedure::Refused::from(elsewhere).into());
        }
    }
    let (procedure, year) = (decision.procedure.clone(), decision.year);
    let units = units.into_iter().collect();
    reading.read(move |reader| reader.ready_cases(&procedure, year, &units)).await
}
