//! `/subjects`: who strives for titles, and where they belong.
//! Deliberately absent: erasure; it comes with its own records.

use std::sync::Arc;

use procedure::{SubjectId, subject};
use projections::query::subjects::SubjectRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::names;
use crate::app::App;
use crate::problem::Problem;
use crate::read::failed;

pub mod correction;
pub mod list;
pub mod moving;
pub mod read;
pub mod register;
pub mod titles;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_subjects, register::register_subject))
        .routes(routes!(read::read_subject))
        .routes(routes!(titles::read_history))
        .routes(routes!(correction::correct_subject))
        .routes(routes!(moving::move_subject))
}

fn unknown() -> Problem {
    procedure::Refused::from(subject::Refusal::Unknown).into()
}

/// Refuses a subject that is not in the books, before a key is made for it.
async fn must_exist(app: &App, id: SubjectId) -> Result<(), Problem> {
    let found = app.runner.models().read(move |reader| reader.subject(id)).await;
    found.map_err(failed)?.map(|_| ()).ok_or_else(unknown)
}

/// A subject (đối tượng).
#[derive(Debug, Serialize, ToSchema)]
pub struct Subject {
    /// The subject.
    id: Uuid,
    /// What it is.
    #[schema(value_type = names::SubjectKind)]
    kind: String,
    /// What the local list calls it.
    code: String,
    /// Its name, for a household that of its head; null where it was erased.
    name: Option<String>,
    /// Where it is found.
    address: Option<String>,
    /// Codes of the administrative units where it belongs, from the nation down.
    place: Vec<String>,
    /// Made up for demonstration.
    sample: bool,
    /// The day of the entry.
    #[schema(format = Date)]
    entered_on: String,
}

impl From<SubjectRow> for Subject {
    fn from(row: SubjectRow) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.to_string(),
            code: row.code,
            name: row.name,
            address: row.address,
            place: row.place,
            sample: row.sample,
            entered_on: row.entered_on.to_string(),
        }
    }
}
