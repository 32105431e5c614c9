//! `GET /decisions`: the decisions of the asker's territory.

use std::fmt;

use axum::Json;
use procedure::{Title, UnitCode};
use projections::query::decisions::DecisionsFilter;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Decision;
use crate::api::names;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which decisions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DecisionsQuery {
    /// Only of authorities in this administrative unit or below it, by its code.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// Only for this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
    /// Only of this calendar year.
    pub year: Option<i16>,
    /// Only in this state.
    #[param(value_type = Option<names::DecisionState>)]
    pub state: Option<State>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// Where a decision stands.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Cases come on it and off it.
    Draft,
    /// It has been signed.
    Signed,
    /// It was given up before it was signed.
    Discarded,
    /// A later act undid it.
    Cancelled,
}

impl State {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 4] = [Self::Draft, Self::Signed, Self::Discarded, Self::Cancelled];
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Discarded => "discarded",
            Self::Cancelled => "cancelled",
        })
    }
}

/// A page of decisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionsPage {
    /// The lines.
    items: Vec<Decision>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

/// Lists the decisions of the asker's territory, the latest draft first.
#[utoipa::path(
    get, path = "/decisions", tag = "decisions", params(DecisionsQuery),
    responses((status = 200, description = "A page", body = DecisionsPage))
)]
pub async fn list_decisions(
    reading: Reading,
    Params(query): Params<DecisionsQuery>,
) -> Result<Json<DecisionsPage>, Problem> {
    let filter = DecisionsFilter {
        territory: reading.territory.clone(),
        units: query.unit.into_iter().collect(),
        title: query.title,
        year: query.year,
        state: query.state.map(|state| state.to_string()),
    };
    let (after, limit) = (query.after, paging::limit(query.limit));
    let read = reading.read(move |reader| reader.decisions(&filter, after.as_deref(), limit));
    let page = read.await?;
    let items = page.items.into_iter().map(Decision::from).collect();
    Ok(Json(DecisionsPage { items, next: page.next }))
}
