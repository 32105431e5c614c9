//! `GET /reminders`: who is to be told that a day comes near.
//! Deliberately absent: sending; whoever reads this tells the subject.

use axum::Json;
use projections::query::public::ReminderRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::names;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RemindersQuery {
    /// Lines at most, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// A reminder whose last day is not over (nhắc việc).
#[derive(Debug, Serialize, ToSchema)]
pub struct SentReminder {
    /// The case.
    case: Uuid,
    /// What it is about.
    #[schema(value_type = names::Reminder)]
    about: String,
    /// How many days before the last one it was due.
    days_before: u16,
    /// The last day.
    #[schema(format = Date)]
    until: String,
    /// The day on which it was recorded.
    #[schema(format = Date)]
    sent_on: String,
}

/// Reminders whose last day is not over.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentReminders {
    /// The lines, the most urgent first.
    items: Vec<SentReminder>,
}

impl From<ReminderRow> for SentReminder {
    fn from(row: ReminderRow) -> Self {
        Self {
            case: row.case.0,
            about: row.about,
            days_before: row.days_before,
            until: row.until.to_string(),
            sent_on: row.sent_on.to_string(),
        }
    }
}

/// Lists reminders of the asker's territory whose last day is not over.
#[utoipa::path(
    get, path = "/reminders", tag = "queue", params(RemindersQuery),
    responses((status = 200, description = "The reminders", body = SentReminders))
)]
pub async fn list_reminders(
    reading: Reading,
    Params(query): Params<RemindersQuery>,
) -> Result<Json<SentReminders>, Problem> {
    let (territory, today) = (reading.territory.clone(), reading.today);
    let limit = paging::limit(query.limit);
    let rows = reading.read(move |reader| reader.reminders(&territory, today, limit)).await?;
    Ok(Json(SentReminders { items: rows.into_iter().map(SentReminder::from).collect() }))
}
