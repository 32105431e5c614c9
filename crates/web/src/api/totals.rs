//! `GET /totals`: how many subjects, cases and titles, per administrative unit, title and year.
//! Deliberately absent: rates; three denominators are given and none is preferred.

use std::collections::BTreeMap;

use axum::Json;
use procedure::{Title, UnitCode};
use projections::query::totals::TotalsRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::names;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which totals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TotalsQuery {
    /// Code of the administrative unit; by default those of the asker's appointments.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// Of the units one level below instead.
    #[serde(default)]
    pub children: bool,
    /// Only for this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
    /// Only of this calendar year.
    pub year: Option<i16>,
}

/// Totals of a unit for a title and year (tổng hợp).
#[derive(Debug, Serialize, ToSchema)]
pub struct Total {
    /// Code of the administrative unit.
    unit: String,
    /// Its name today.
    unit_name: Option<String>,
    /// The title.
    #[schema(value_type = names::Title)]
    title: String,
    /// The calendar year.
    year: i16,
    /// Subjects of the kind in the books today.
    subjects: u64,
    /// Cases registered: the sum of all states.
    registered: u64,
    /// Titles recognised.
    recognised: u64,
    /// Cases by state; a state without cases is absent.
    states: BTreeMap<String, u64>,
}

/// The totals asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Totals {
    /// One line for each unit, title and year that has cases.
    items: Vec<Total>,
}

impl From<TotalsRow> for Total {
    fn from(row: TotalsRow) -> Self {
        let states = row.states.into_iter().map(|(state, cases)| (state.to_string(), cases));
        Self {
            unit: row.unit.to_string(),
            unit_name: row.unit_name,
            title: row.title.to_string(),
            year: row.year,
            subjects: row.subjects,
            registered: row.registered,
            recognised: row.recognised,
            states: states.collect(),
        }
    }
}

/// Reads totals of administrative units in the asker's territory.
///
/// A unit outside it is answered like one that is not there.
#[utoipa::path(
    get, path = "/totals", tag = "totals", params(TotalsQuery),
    responses((status = 200, description = "The totals", body = Totals))
)]
pub async fn list_totals(
    reading: Reading,
    Params(query): Params<TotalsQuery>,
) -> Result<Json<Totals>, Problem> {
    let today = reading.today;
    let units = match query.unit {
        Some(unit) if reading.sees_unit(&unit).await? => vec![unit],
        Some(unit) => return Err(super::units::unknown(unit, today)),
        None => reading.territory.clone(),
    };
    let (children, title, year) = (query.children, query.title, query.year);
    let read = reading.read(move |reader| {
        let units = if children {
            let below = units.iter().map(|unit| reader.children(unit, today));
            let below = below.collect::<Result<Vec<_>, _>>()?;
            below.into_iter().flatten().map(|unit| unit.code).collect()
        } else {
            units
        };
        reader.totals(&units, title, year, today)
    });
    Ok(Json(Totals { items: read.await?.into_iter().map(Total::from).collect() }))
}
