//! `/procedures`: published definitions, open to every officer because they are the law at work.
//! Deliberately absent: TOML; the program's command line reads and checks it.

use std::sync::Arc;

use projections::query::procedures::ProcedureRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::names;
use crate::app::App;

pub mod list;
pub mod publish;
pub mod read;
pub mod retirement;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_procedures, publish::publish_procedure))
        .routes(routes!(read::read_procedure))
        .routes(routes!(retirement::retire_procedure))
}

/// A published definition (quy trình).
#[derive(Debug, Serialize, ToSchema)]
pub struct Procedure {
    /// Its id.
    id: String,
    /// The title that it leads to.
    #[schema(value_type = names::Title)]
    title: String,
    /// Its name in Vietnamese.
    name_vi: String,
    /// Its name in English.
    name_en: String,
    /// A sample, not law.
    sample: bool,
    /// Whether parts of it were not seen in their source; show it wherever the definition is.
    provisional: bool,
    /// First day on which cases are registered under it.
    #[schema(format = Date)]
    in_force_from: String,
    /// Last day; null if none is set.
    #[schema(format = Date)]
    in_force_until: Option<String>,
    /// The day of publishing.
    #[schema(format = Date)]
    published_on: String,
    /// The day from which no case is registered under it.
    #[schema(format = Date)]
    retired_on: Option<String>,
    /// SHA-256 of the definition's JSON.
    digest: String,
}

impl From<ProcedureRow> for Procedure {
    fn from(row: ProcedureRow) -> Self {
        Self {
            id: row.id.to_string(),
            title: row.title.to_string(),
            name_vi: row.name_vi,
            name_en: row.name_en,
            sample: row.sample,
            provisional: row.provisional,
            in_force_from: row.in_force_from.to_string(),
            in_force_until: row.in_force_until.map(|day| day.to_string()),
            published_on: row.published_on.to_string(),
            retired_on: row.retired_on.map(|day| day.to_string()),
            digest: row.digest,
        }
    }
}
