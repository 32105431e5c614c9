//! `GET /oversight/escalated`: late cases that were put before a superior (báo cáo cấp trên).
//! Deliberately absent: pages; there are few, or something is wrong that no page mends.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use projections::query::LIMIT_MAX;
use web::problem::Problem;

use super::area::Area;
use super::cases::line::{self, Line, Lines};
use crate::desk::Desk;
use crate::page::{self, Page, show};
use crate::sheet::csv;

/// Lines of a page; the file has more.
const LIMIT: usize = 50;

#[derive(Template)]
#[template(path = "oversight/escalated.html")]
struct Escalated {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    rows: Vec<Line>,
    /// The roles that the reader has.
    own: Vec<String>,
    more: bool,
}

impl Escalated {
    /// Whether it was put before a role of the reader's own.
    fn is_own(&self, line: &Line) -> bool {
        let before = line.row.case.escalated_to.as_ref();
        before.is_some_and(|role| self.own.iter().any(|own| own == role.as_str()))
    }
}

/// `GET /oversight/escalated`.
pub(super) async fn escalated(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let area = Area::of(&desk, query.as_deref()).await?;
    let (today, language) = (desk.reading.today, desk.look.language);
    // A unit that was asked for lies in what the reader sees.
    let units = match &area.unit {
        Some(unit) => vec![unit.code.clone()],
        None => area.filter.territory.clone(),
    };
    let (title, year) = (area.filter.title, area.filter.year);
    let read = desk.read(move |reader| {
        let mut found = reader.escalated(&units, today, LIMIT_MAX)?;
        let is_whole = found.len() < LIMIT_MAX;
        found.retain(|row| title.is_none_or(|title| row.case.title == title));
        found.retain(|row| year.is_none_or(|year| row.case.year == year));
        Ok((Lines::new(language, today).of(reader, found)?, is_whole))
    });
    let (mut rows, is_whole) = read.await?;
    let page =
        desk.page(page::Area::Oversight, "Hồ sơ báo cáo cấp trên", "Cases put before a superior");
    if area.csv().is_some() {
        return csv("escalated", &line::header(&page), rows.iter().map(|line| line.cells(&page)));
    }
    let more = !is_whole || rows.len() > LIMIT;
    rows.truncate(LIMIT);
    let own = desk.roles().map(|role| role.as_str().to_owned()).collect();
    let (path, tab) = ("/oversight/escalated", "escalated");
    Ok(show(&Escalated { page, area, path, tab, rows, own, more }))
}
