//! `GET /titles`: the register of titles, in force on a day, as known at a point of the log.
//! Deliberately absent: an open register for the public; it needs its own rules.

use axum::Json;
use procedure::{Date, SubjectId, Title, UnitCode};
use projections::query::titles::{TitleRow, TitlesFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::names;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which titles.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TitlesQuery {
    /// Only in this administrative unit or below it, by its code.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// Only this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
    /// Only of this calendar year.
    pub year: Option<i16>,
    /// Only those in force on this day.
    #[param(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// Only those known when the log had so many events: an earlier answer's `known_at` gives the
    /// same register again, whatever was entered since.
    pub as_known_at: Option<u64>,
    /// Only those of this subject.
    #[param(value_type = Option<Uuid>)]
    pub subject: Option<SubjectId>,
    /// Only subjects whose name holds this, accents and case or not.
    pub name: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// A title in the register (danh hiệu được công nhận).
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredTitle {
    /// How many events the log had before the recognition.
    entry: u64,
    /// The case.
    case: Uuid,
    /// The title.
    #[schema(value_type = names::Title)]
    title: String,
    /// The subject.
    subject: Uuid,
    /// The subject's name; null where it was erased.
    subject_name: Option<String>,
    /// What the local list calls the subject.
    subject_code: Option<String>,
    /// Whether the subject is made up for demonstration.
    sample: bool,
    /// The calendar year.
    year: i16,
    /// Codes of the administrative units as filed, from the nation down.
    place: Vec<String>,
    /// The band, where the definition has any.
    band: Option<String>,
    /// Points in all.
    total: u32,
    /// The decision over many cases that it stands on; null where it was decided alone.
    decision: Option<Uuid>,
    /// Number of the decision, as it was signed.
    decision_number: String,
    /// Its number by a later correction.
    corrected_number: Option<String>,
    /// The day that the decision bears.
    #[schema(format = Date)]
    decision_date: String,
    /// First day in force.
    #[schema(format = Date)]
    valid_from: String,
    /// Last day in force; null for one without end.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// How it ended; null while nothing has ended it.
    #[schema(value_type = Option<names::TitleEnd>)]
    ended: Option<String>,
    /// The first day without it.
    #[schema(format = Date)]
    ended_from: Option<String>,
    /// The officer who signed.
    signed_by: Uuid,
    /// When it was recorded, UTC.
    #[schema(format = DateTime)]
    recorded_at: String,
}

/// A page of the register, in the order of recognition.
#[derive(Debug, Serialize, ToSchema)]
pub struct TitlesPage {
    /// The lines.
    items: Vec<RegisteredTitle>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
    /// How many events this answer knows, for `as_known_at`.
    known_at: u64,
}

impl From<TitleRow> for RegisteredTitle {
    fn from(row: TitleRow) -> Self {
        Self {
            entry: row.entry,
            case: row.case.0,
            title: row.title.to_string(),
            subject: row.subject.0,
            subject_name: row.subject_name,
            subject_code: row.subject_code,
            sample: row.sample,
            year: row.year,
            place: row.place,
            band: row.band,
            total: row.total,
            decision: row.decision.map(|decision| decision.0),
            decision_number: row.decision_number,
            corrected_number: row.corrected_number,
            decision_date: row.decision_date.to_string(),
            valid_from: row.valid_from.to_string(),
            valid_until: row.valid_until.map(|day| day.to_string()),
            ended: row.ended,
            ended_from: row.ended_from.map(|day| day.to_string()),
            signed_by: row.signed_by.0,
            recorded_at: row.recorded_at,
        }
    }
}

/// Lists the titles of the asker's territory, in the order of recognition.
#[utoipa::path(
    get, path = "/titles", tag = "titles", params(TitlesQuery),
    responses((status = 200, description = "A page", body = TitlesPage))
)]
pub async fn list_titles(
    reading: Reading,
    Params(query): Params<TitlesQuery>,
) -> Result<Json<TitlesPage>, Problem> {
    let filter = TitlesFilter {
        territory: reading.territory.clone(),
        units: query.unit.into_iter().collect(),
        title: query.title,
        year: query.year,
        on: query.on,
        known_at: query.as_known_at.map(|known_at| known_at.min(i64::MAX as u64)),
        subject: query.subject,
        name: query.name,
    };
    let (after, limit, asked) = (query.after, paging::limit(query.limit), query.as_known_at);
    let read = reading.read(move |reader| {
        Ok((reader.entries()?, reader.titles(&filter, after.as_deref(), limit)?))
    });
    let (entries, page) = read.await?;
    let items = page.items.into_iter().map(RegisteredTitle::from).collect();
    let known_at = asked.map_or(entries, |asked| asked.min(entries));
    Ok(Json(TitlesPage { items, next: page.next, known_at }))
}
