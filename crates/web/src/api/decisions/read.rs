//! `GET /decisions/{id}`: a decision with what it comes to in each hamlet.

use axum::Json;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use procedure::DecisionId;
use projections::query::decisions::DecisionTotal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Decision, visible};
use crate::etag;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// A decision with its totals.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionWithTotals {
    /// The decision.
    decision: Decision,
    /// One line for each hamlet that has cases on it.
    totals: Vec<HamletTotal>,
}

/// What a decision comes to in one hamlet (tổng hợp theo thôn, tổ dân phố).
#[derive(Debug, Serialize, ToSchema)]
pub struct HamletTotal {
    /// Code of the hamlet; null for what belongs to the unit as a whole.
    hamlet: Option<String>,
    /// How many cases.
    cases: u64,
    /// The fewest points of a case.
    lowest: Option<u32>,
    /// The most points of a case.
    highest: Option<u32>,
}

impl From<DecisionTotal> for HamletTotal {
    fn from(row: DecisionTotal) -> Self {
        let hamlet = row.hamlet.map(|hamlet| hamlet.to_string());
        Self { hamlet, cases: row.cases, lowest: row.lowest, highest: row.highest }
    }
}

/// Reads a decision with what it comes to in each hamlet.
///
/// The `ETag` is its revision. A decision outside the asker's territory is answered like one that
/// is not there.
#[utoipa::path(
    get, path = "/decisions/{id}", tag = "decisions",
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "The decision", body = DecisionWithTotals))
)]
pub async fn read_decision(
    reading: Reading,
    Segment(id): Segment<DecisionId>,
) -> Result<Response, Problem> {
    let decision = visible(&reading, id).await?;
    let totals = reading.read(move |reader| reader.decision_totals(id)).await?;
    let tag = etag::tag(decision.revision);
    let totals = totals.into_iter().map(HamletTotal::from).collect();
    let body = DecisionWithTotals { decision: decision.into(), totals };
    Ok(([(ETAG, tag)], Json(body)).into_response())
}
