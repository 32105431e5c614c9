//! `/units`: administrative units as of a day, open to every officer because they are public.
//! Deliberately absent: search by name.

use std::sync::Arc;

use procedure::{Date, UnitCode, territory};
use projections::query::units::UnitRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::names;
use crate::app::App;
use crate::problem::Problem;

pub mod children;
pub mod read;
pub mod reorganisations;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read_unit))
        .routes(routes!(children::list_children))
        .routes(routes!(reorganisations::reorganise))
}

/// What is said of a unit that is not there on a day, or that the asker may not see.
pub fn unknown(unit: UnitCode, date: Date) -> Problem {
    procedure::Refused::from(territory::Refusal::UnknownUnit { unit, date }).into()
}

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OnDay {
    /// As of this day; today by default.
    #[param(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
}

/// An administrative unit as it is on a day (đơn vị hành chính).
#[derive(Debug, Serialize, ToSchema)]
pub struct Unit {
    /// Official code.
    code: String,
    /// Full name, kind included.
    #[schema(example = "Xã Mường Bi")]
    name: String,
    /// Kind.
    #[schema(value_type = names::UnitKind)]
    kind: String,
    /// Level.
    #[schema(value_type = names::UnitLevel)]
    level: String,
    /// Code of the unit that it is part of.
    parent: Option<String>,
    /// First day of this name and kind.
    #[schema(format = Date)]
    valid_from: String,
    /// The instrument that made it so.
    instrument: String,
    /// Made up for demonstration.
    sample: bool,
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self {
            code: row.code.to_string(),
            name: row.name,
            kind: row.kind.to_string(),
            level: row.level.to_string(),
            parent: row.parent.map(|code| code.to_string()),
            valid_from: row.valid_from.to_string(),
            instrument: row.instrument,
            sample: row.sample,
        }
    }
}
