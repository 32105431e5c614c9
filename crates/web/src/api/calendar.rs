//! `GET /calendar`: the working days by which time limits are counted, open to every officer.
//! Deliberately absent: publishing; whoever holds the machine does that.

use std::collections::BTreeMap;

use axum::Json;
use procedure::calendar::{DayOff, Swap};
use procedure::definition::{Source, Status};
use projections::query::calendar::CalendarRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::problem::Problem;
use crate::read::Reading;
use crate::refusal::HttpRefusal;

/// The working days as last published (lịch nghỉ lễ, tết).
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkingDays {
    /// The day of publishing.
    #[schema(format = Date)]
    published_on: String,
    /// SHA-256 of the calendar's JSON.
    digest: String,
    /// First year of which all days off are listed.
    first_year: i16,
    /// Last year of which all days off are listed.
    last_year: i16,
    /// Where the days were seen, by the names used below.
    sources: BTreeMap<String, CalendarSource>,
    /// The days off, besides weekends.
    days_off: Vec<FreeDay>,
    /// The days that changed places.
    swaps: Vec<SwappedDays>,
}

/// Where days were seen (nguồn).
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarSource {
    /// Name of the page, list or assumption.
    title: String,
    /// Address.
    url: Option<String>,
    /// Whether the text itself was read there.
    seen: bool,
}

/// A day without work (ngày nghỉ lễ, tết).
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeDay {
    /// The day.
    #[schema(format = Date)]
    date: String,
    /// What it is, in Vietnamese.
    name_vi: String,
    /// What it is, in English.
    name_en: String,
    /// Whether the day was seen in the source.
    #[schema(value_type = names::SourceStatus)]
    status: Status,
    /// Where, by the name of the source.
    source: String,
}

/// A weekday and a day of a weekend that changed places (hoán đổi ngày làm việc).
#[derive(Debug, Serialize, ToSchema)]
pub struct SwappedDays {
    /// The weekday that is free.
    #[schema(format = Date)]
    off: String,
    /// The Saturday or Sunday on which work is done instead.
    #[schema(format = Date)]
    worked: String,
    /// Whether the swap was seen in the source.
    #[schema(value_type = names::SourceStatus)]
    status: Status,
    /// Where, by the name of the source.
    source: String,
}

impl From<Source> for CalendarSource {
    fn from(source: Source) -> Self {
        Self { title: source.title, url: source.url, seen: source.seen }
    }
}

impl From<DayOff> for FreeDay {
    fn from(day: DayOff) -> Self {
        Self {
            date: day.date.to_string(),
            name_vi: day.name.vi,
            name_en: day.name.en,
            status: day.status,
            source: day.source.to_string(),
        }
    }
}

impl From<Swap> for SwappedDays {
    fn from(swap: Swap) -> Self {
        Self {
            off: swap.off.to_string(),
            worked: swap.worked.to_string(),
            status: swap.status,
            source: swap.source.to_string(),
        }
    }
}

impl From<CalendarRow> for WorkingDays {
    fn from(row: CalendarRow) -> Self {
        let CalendarRow { published_on, digest, days } = row;
        let sources = days.sources.into_iter();
        Self {
            published_on: published_on.to_string(),
            digest: digest.to_string(),
            first_year: days.first_year,
            last_year: days.last_year,
            sources: sources.map(|(name, source)| (name.to_string(), source.into())).collect(),
            days_off: days.days_off.into_iter().map(FreeDay::from).collect(),
            swaps: days.swaps.into_iter().map(SwappedDays::from).collect(),
        }
    }
}

/// Reads the working days by which time limits are counted.
///
/// Before any are published, limits leave out Saturdays and Sundays alone, and this is not found.
#[utoipa::path(
    get, path = "/calendar", tag = "procedures",
    responses((status = 200, description = "The working days", body = WorkingDays))
)]
pub async fn read_calendar(reading: Reading) -> Result<Json<WorkingDays>, Problem> {
    let found = reading.read(|reader| reader.published_calendar()).await?;
    Ok(Json(found.ok_or(HttpRefusal::NoCalendar)?.into()))
}
