//! `/queue`: the cases that wait, those with the fewest days left first; and taking them to oneself.
//!
//! Who comes without a wish sees what waits for his own role; the rest of his territory is a choice away.
//! Deliberately absent: a case itself; `/cases/{id}` has it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::RawQuery;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use projections::query::queue::QueueFilter;
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::site::Site;

mod choice;
mod claim;
mod rows;

use choice::Choice;
use rows::{Line, Tally};

/// Lines of a page.
const LIMIT: usize = 50;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/queue", get(list))
        .route("/queue/next", get(next))
        .route("/queue/claims", post(claim::claim_many))
        .route("/queue/{id}/claim", post(claim::claim))
}

#[derive(Template)]
#[template(path = "queue/list.html")]
struct List {
    page: Page,
    choice: Choice,
    tally: Tally,
    lines: Vec<Line>,
    /// Whether the lines are at different steps.
    steps_differ: bool,
    /// Query of the page after this one.
    next: Option<String>,
    /// Query of this list from its beginning.
    query: String,
}

/// `GET /queue`.
async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let choice = Choice::of(&desk, &asked).await?;
    let (today, language) = (desk.reading.today, desk.look.language);
    let (filter, whole) = (choice.filter.clone(), choice.whole());
    let (after, officer) = (asked.get("after").map(str::to_owned), desk.session.officer);
    let read = desk.read(move |reader| {
        let tally = Tally::of(reader, &whole, officer, today, language)?;
        let part = reader.queue(&filter, today, after.as_deref(), LIMIT)?;
        let lines = rows::lines(reader, part.items, officer, today, language)?;
        Ok((tally, lines, part.next))
    });
    let (tally, lines, next) = read.await?;
    let query = choice.query(&[]);
    let steps_differ = lines.windows(2).any(|two| two[0].step != two[1].step);
    let next = next.map(|after| choice.query(&[("after", &after)]));
    let page = desk.page(Area::Queue, "Hàng chờ", "Queue");
    Ok(show(&List { page, choice, tally, lines, steps_differ, next, query }))
}

/// `GET /queue/next`: the case that is due first of those that nobody else holds.
async fn next(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let choice = Choice::of(&desk, &asked).await?;
    let (today, officer) = (desk.reading.today, desk.session.officer);
    let skip = asked.get("skip").map(str::to_owned);
    let filter: QueueFilter = choice.filter;
    let rows = desk.read(move |reader| reader.queue(&filter, today, None, LIMIT)).await?;
    let free = rows.items.iter().map(|row| &row.case).find(|case| {
        case.holder.is_none_or(|holder| holder == officer)
            && case.paused.is_none()
            && skip.as_ref().is_none_or(|skip| case.id.to_string() != *skip)
    });
    let to = free.map_or_else(|| "/queue".to_owned(), |case| format!("/cases/{}", case.id));
    Ok(Redirect::to(&to).into_response())
}
