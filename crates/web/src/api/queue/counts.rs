//! `GET /queue/counts`: how many cases wait, by title, step and role.

use axum::Json;
use projections::query::queue::QueueCount;
use serde::Serialize;
use utoipa::ToSchema;

use super::QueueQuery;
use crate::api::names;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// How many cases wait for a role at a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct Count {
    /// The title.
    #[schema(value_type = names::Title)]
    title: String,
    /// The step.
    step: String,
    /// The role.
    role: String,
    /// How many cases.
    cases: u64,
    /// How many of them nobody holds.
    unassigned: u64,
    /// Since when the one waits that waits longest.
    #[schema(format = Date)]
    oldest: String,
    /// How many are late.
    breached: u64,
    /// How many are due within three working days.
    due_soon: u64,
    /// How many wait for a supplement while their time pauses.
    paused: u64,
}

/// All counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// One line for each title, step and role.
    items: Vec<Count>,
}

impl From<QueueCount> for Count {
    fn from(row: QueueCount) -> Self {
        Self {
            title: row.title,
            step: row.step,
            role: row.role,
            cases: row.cases,
            unassigned: row.unassigned,
            oldest: row.oldest.to_string(),
            breached: row.breached,
            due_soon: row.due_soon,
            paused: row.paused,
        }
    }
}

/// Counts the open cases of the asker's territory, by title, step and role.
///
/// Takes the same parameters as the queue; `after` and `limit` change nothing.
#[utoipa::path(
    get, path = "/queue/counts", tag = "queue", params(QueueQuery),
    responses((status = 200, description = "The counts", body = Counts))
)]
pub async fn count_queue(
    reading: Reading,
    Params(query): Params<QueueQuery>,
) -> Result<Json<Counts>, Problem> {
    let filter = query.filter(&reading)?;
    let today = reading.today;
    let rows = reading.read(move |reader| reader.queue_counts(&filter, today)).await?;
    Ok(Json(Counts { items: rows.into_iter().map(Count::from).collect() }))
}
