//! `GET /refused-acts`: what was tried and refused for who asked.
//! Deliberately absent: any judgement; an attempt is no offence.

use std::collections::BTreeMap;

use axum::Json;
use procedure::{Date, OfficerId};
use projections::query::refused::{RefusedFilter, RefusedRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which refused acts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RefusedActsQuery {
    /// Only about this case, officer or decision.
    pub about: Option<Uuid>,
    /// Only of this officer.
    #[param(value_type = Option<Uuid>)]
    pub officer: Option<OfficerId>,
    /// Only on this day and later.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Only on this day and before.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// An act that was refused (hành vi bị từ chối).
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedAct {
    /// How many events the log had before it.
    entry: u64,
    /// The case, officer, meeting or decision that it was about.
    about: Uuid,
    /// The officer who asked.
    officer: Uuid,
    /// His name; null where it was erased.
    officer_name: Option<String>,
    /// What he asked, by the command's name.
    #[schema(example = "review")]
    act: String,
    /// The rule, by its code; `/refusals/{code}` explains it.
    #[schema(example = "case.own_subject")]
    code: String,
    /// The particulars by name, as text.
    params: BTreeMap<String, String>,
    /// The day.
    #[schema(format = Date)]
    on: String,
    /// When it was recorded, UTC.
    #[schema(format = DateTime)]
    recorded_at: String,
}

/// A page of refused acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedActsPage {
    /// The lines.
    items: Vec<RefusedAct>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

impl From<RefusedRow> for RefusedAct {
    fn from(row: RefusedRow) -> Self {
        Self {
            entry: row.entry,
            about: row.about,
            officer: row.officer.0,
            officer_name: row.officer_name,
            act: row.act,
            code: row.code,
            params: row.params,
            on: row.on.to_string(),
            recorded_at: row.recorded_at,
        }
    }
}

/// Lists acts that were refused for want of authority, for a conflict of interest, or for steps that
/// must stay separate, the latest first.
///
/// Those about cases and decisions of the asker's territory, and those of officers whose record is
/// kept there.
#[utoipa::path(
    get, path = "/refused-acts", tag = "refusals", params(RefusedActsQuery),
    responses((status = 200, description = "A page", body = RefusedActsPage))
)]
pub async fn list_refused_acts(
    reading: Reading,
    Params(query): Params<RefusedActsQuery>,
) -> Result<Json<RefusedActsPage>, Problem> {
    let RefusedActsQuery { about, officer, from, until, after, limit } = query;
    let territory = reading.territory.clone();
    let (filter, limit) =
        (RefusedFilter { territory, about, officer, from, until }, paging::limit(limit));
    let read = reading.read(move |reader| reader.refused_acts(&filter, after.as_deref(), limit));
    let page = read.await?;
    let items = page.items.into_iter().map(RefusedAct::from).collect();
    Ok(Json(RefusedActsPage { items, next: page.next }))
}
