//! `GET /subjects/{id}/titles`: what a subject strove for, got and lost, year by year.

use std::collections::BTreeSet;

use axum::Json;
use procedure::{SubjectId, Title};
use projections::query::history::TitleYear;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::unknown;
use crate::api::names;
use crate::params::{Params, Segment};
use crate::problem::Problem;
use crate::read::Reading;

/// Which titles.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct HistoryQuery {
    /// Only this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
}

/// A title's years (quá trình công nhận).
#[derive(Debug, Serialize, ToSchema)]
pub struct TitleHistory {
    /// One line for each year, by title and year; a year that was decided twice, because the first
    /// decision was cancelled, stands there twice.
    items: Vec<HistoryYear>,
}

/// One year of a subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryYear {
    /// The calendar year.
    year: i16,
    /// The case.
    case: Uuid,
    /// The title.
    #[schema(value_type = names::Title)]
    title: String,
    /// The definition stamped on the case.
    procedure: String,
    /// How the case stands.
    #[schema(value_type = names::CaseState)]
    state: String,
    /// The case whose title it renews.
    renews: Option<Uuid>,
    /// The band or level, where the definition has any.
    band: Option<String>,
    /// Points in all.
    total: Option<u32>,
    /// Number of the decision.
    decision_number: Option<String>,
    /// The day that the decision bears.
    #[schema(format = Date)]
    decision_date: Option<String>,
    /// First day in force.
    #[schema(format = Date)]
    valid_from: Option<String>,
    /// Last day in force, had nothing ended it.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// How it ended; null while nothing has ended it.
    #[schema(value_type = Option<names::TitleEnd>)]
    ended: Option<String>,
    /// The first day without it.
    #[schema(format = Date)]
    ended_from: Option<String>,
}

impl From<TitleYear> for HistoryYear {
    fn from(row: TitleYear) -> Self {
        Self {
            year: row.year,
            case: row.case.0,
            title: row.title.to_string(),
            procedure: row.procedure.to_string(),
            state: row.state.to_string(),
            renews: row.renews.map(|case| case.0),
            band: row.band,
            total: row.total,
            decision_number: row.decision_number,
            decision_date: row.decision_date.map(|day| day.to_string()),
            valid_from: row.valid_from.map(|day| day.to_string()),
            valid_until: row.valid_until.map(|day| day.to_string()),
            ended: row.ended,
            ended_from: row.ended_from.map(|day| day.to_string()),
        }
    }
}

/// Reads what a subject strove for, got and lost, year by year.
///
/// A subject outside the asker's territory is answered like one that is not there; of its cases,
/// those in the territory are shown.
#[utoipa::path(
    get, path = "/subjects/{id}/titles", tag = "subjects",
    params(("id" = Uuid, Path, description = "The subject"), HistoryQuery),
    responses((status = 200, description = "The years", body = TitleHistory))
)]
pub async fn read_history(
    reading: Reading,
    Segment(id): Segment<SubjectId>,
    Params(query): Params<HistoryQuery>,
) -> Result<Json<TitleHistory>, Problem> {
    let found = reading.read(move |reader| {
        let cases = reader.cases_of_subject(id)?;
        Ok((reader.subject(id)?, cases, reader.title_history(id, query.title)?))
    });
    let (subject, cases, years) = found.await?;
    subject.filter(|subject| reading.sees(&subject.place)).ok_or_else(unknown)?;
    let seen = cases.into_iter().filter(|case| reading.sees(&case.place));
    let seen: BTreeSet<_> = seen.map(|case| case.id).collect();
    let years = years.into_iter().filter(|year| seen.contains(&year.case));
    Ok(Json(TitleHistory { items: years.map(HistoryYear::from).collect() }))
}
