//! `/hamlet`: what whoever keeps meetings and postings of a hamlet has to do: vote on cases, hang them
//! out, write down what people say, and end the posting.
//! Deliberately absent: reviews; they are the queue's.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use procedure::{Date, ProcedureId, StepId, Title, UnitCode};
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use projections::query::queue::QueueFilter;
use projections::{ReadError, Reader};
use web::problem::Problem;

use crate::desk::Desk;
use crate::page::{Area, Page, show};
use crate::site::Site;
use crate::units;

mod meeting;
mod objection;
mod posting;
mod votes;

/// The most cases that one form has, as many as one command takes.
const CASES_MAX: usize = 2_000;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/hamlet", get(overview))
        .route("/meetings/new", get(meeting::form).post(meeting::record))
        .route("/postings/new", get(posting::form).post(posting::hang))
        .route("/postings/closures", post(posting::close))
        .route("/cases/{id}/objections", get(objection::form).post(objection::file))
        .route("/cases/{id}/objections/{number}/resolution", post(objection::resolve))
}

/// Cases that wait for the same thing in the same place.
struct Batch {
    unit: UnitCode,
    place: String,
    title: Title,
    procedure: ProcedureId,
    step: StepId,
    cases: usize,
    /// Of those, how many have an objection that is open.
    disputed: usize,
    until: Option<Date>,
}

#[derive(Template)]
#[template(path = "hamlet/overview.html")]
struct Overview {
    page: Page,
    meetings: Vec<Batch>,
    waiting: Vec<Batch>,
    posted: Vec<Batch>,
    over: Vec<Batch>,
}

/// `GET /hamlet`.
async fn overview(desk: Desk) -> Result<Response, Problem> {
    let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
    let read = desk.read(move |reader| {
        let find = |state| cases(reader, territory.clone(), (state, today));
        let (meeting, posting) = (find(CaseState::InMeeting)?, find(CaseState::Posted)?);
        let (hung, waits): (Vec<_>, Vec<_>) =
            posting.into_iter().partition(|case| case.posted_until.is_some());
        let (posted, over): (Vec<_>, Vec<_>) =
            hung.into_iter().partition(|case| case.posted_until.is_some_and(|day| day >= today));
        let batch = |cases| batches(reader, cases, today);
        Ok((batch(meeting)?, batch(waits)?, batch(posted)?, batch(over)?))
    });
    let (meetings, waiting, posted, over) = read.await?;
    let page = desk.page(Area::Hamlet, "Họp và niêm yết", "Meetings and postings");
    Ok(show(&Overview { page, meetings, waiting, posted, over }))
}

/// Every case of some units in a state, as far as one form goes.
fn cases(
    reader: &Reader<'_>,
    territory: Vec<UnitCode>,
    (state, today): (CaseState, Date),
) -> Result<Vec<CaseRow>, ReadError> {
    let filter = QueueFilter { territory, state: Some(state), ..QueueFilter::default() };
    let (mut cases, mut after) = (Vec::new(), None);
    loop {
        let part = reader.queue(&filter, today, after.as_deref(), 200)?;
        cases.extend(part.items.into_iter().map(|row| row.case));
        after = part.next;
        if after.is_none() || cases.len() >= CASES_MAX {
            cases.truncate(CASES_MAX);
            return Ok(cases);
        }
    }
}

fn batches(reader: &Reader<'_>, cases: Vec<CaseRow>, today: Date) -> Result<Vec<Batch>, ReadError> {
    let mut found: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let (Some(unit), Some(step)) = (case.unit, case.step) else { continue };
        let key = (unit, case.posted_until, case.title, case.procedure, step);
        let counted = found.entry(key).or_default();
        counted.0 += 1;
        counted.1 += usize::from(case.objections > 0);
    }
    let batch = |((unit, until, title, procedure, step), (cases, disputed))| {
        let place = units::name(reader, &unit, today)?;
        Ok(Batch { unit, place, title, procedure, step, cases, disputed, until })
    };
    found.into_iter().map(batch).collect()
}
