//! `GET /queue`: the cases that wait for somebody, the one with the fewest days left first.
//! Deliberately absent: closed cases.

use std::sync::Arc;

use axum::Json;
use procedure::{Date, OfficerId, Role, StepId, Title, UnitCode};
use projections::query::CaseState;
use projections::query::queue::{Holder, QueueFilter, QueueRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::cases::read::Case;
use crate::api::names;
use crate::app::App;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;
use crate::refusal::HttpRefusal;

pub mod counts;
pub mod escalated;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_queue))
        .routes(routes!(counts::count_queue))
        .routes(routes!(escalated::list_escalated))
}

/// Which cases.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QueueQuery {
    /// Only in this administrative unit or below it, by its code.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// Only those that wait for this role.
    #[param(value_type = Option<String>)]
    pub role: Option<Role>,
    /// Only at this step.
    #[param(value_type = Option<String>)]
    pub step: Option<StepId>,
    /// Only in this state.
    #[param(value_type = Option<names::CaseState>)]
    pub state: Option<String>,
    /// Only for this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
    /// Only of this calendar year.
    pub year: Option<i16>,
    /// Only those that `me`, `nobody` or this officer holds.
    pub holder: Option<String>,
    /// Only those that are late today.
    #[serde(default)]
    pub breached: bool,
    /// Only those whose last day in time is before this day.
    #[param(value_type = Option<String>, format = Date)]
    pub due_before: Option<Date>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

impl QueueQuery {
    fn filter(self, reading: &Reading) -> Result<QueueFilter, Problem> {
        let bad = |problem: &dyn ToString| HttpRefusal::BadQuery { problem: problem.to_string() };
        let state = self.state.map(|text| text.parse::<CaseState>().map_err(|error| bad(&error)));
        let holder = match self.holder.as_deref() {
            None => Holder::Any,
            Some("me") => Holder::Officer(reading.officer.id),
            Some("nobody") => Holder::Nobody,
            Some(text) => Holder::Officer(
                text.parse::<OfficerId>()
                    .map_err(|_| bad(&"holder is me, nobody or the id of an officer"))?,
            ),
        };
        // Late is what had to be done before today.
        let due_by =
            self.due_before.into_iter().chain(self.breached.then_some(reading.today)).min();
        Ok(QueueFilter {
            territory: reading.territory.clone(),
            units: self.unit.into_iter().collect(),
            role: self.role,
            step: self.step,
            state: state.transpose()?,
            title: self.title,
            year: self.year,
            holder,
            due_by: due_by.and_then(Date::day_before),
            ..QueueFilter::default()
        })
    }
}

/// A case that waits (hàng chờ).
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The case.
    #[serde(flatten)]
    case: Case,
    /// Days since it was registered.
    days_since_filing: i32,
    /// Days since it came to whose turn it is.
    days_in_step: i32,
    /// Days since its holder took it; null if nobody holds it.
    days_with_holder: Option<i32>,
    /// Days left of the step's limit, in working days where the limit counts them; negative when it
    /// is late, null where there is no limit or it pauses.
    days_left: Option<i64>,
}

impl From<QueueRow> for Waiting {
    fn from(row: QueueRow) -> Self {
        Self {
            case: row.case.into(),
            days_since_filing: row.days_since_filing,
            days_in_step: row.days_in_step,
            days_with_holder: row.days_with_holder,
            days_left: row.days_left,
        }
    }
}

/// A page of waiting cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueuePage {
    /// The lines.
    items: Vec<Waiting>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

/// Lists the open cases of the asker's territory, the one that is due first at the top.
///
/// Of those due alike, and of those without a limit, the one that waits longest comes first.
#[utoipa::path(
    get, path = "/queue", tag = "queue", params(QueueQuery),
    responses((status = 200, description = "A page", body = QueuePage))
)]
pub async fn list_queue(
    reading: Reading,
    Params(query): Params<QueueQuery>,
) -> Result<Json<QueuePage>, Problem> {
    let (after, limit, today) = (query.after.clone(), paging::limit(query.limit), reading.today);
    let filter = query.filter(&reading)?;
    let read = reading.read(move |reader| reader.queue(&filter, today, after.as_deref(), limit));
    let page = read.await?;
    let items = page.items.into_iter().map(Waiting::from).collect();
    Ok(Json(QueuePage { items, next: page.next }))
}
