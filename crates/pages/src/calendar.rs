//! `/calendar`: the working days by which time limits are counted, a year at a time, open to everybody; and
//! counting so many working days on.
//! Deliberately absent: the lunar calendar and days of a single province.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use procedure::{Calendar, Date};
use projections::query::calendar::CalendarRow;
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;
use crate::format;
use crate::look::Look;
use crate::page::{Area, Page, show};
use crate::public;
use crate::site::Site;

mod changes;
mod months;
mod publish;

use months::{Listed, Month};

/// The most working days that are counted on.
const DAYS_MAX: u32 = 2_000;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/calendar", get(read))
        .route("/calendar/publish", get(publish::form).post(publish::publish))
        .route("/calendar/publish/preview", get(publish::form).post(publish::preview))
        .route("/calendar/publish/edit", get(publish::form).post(publish::edit))
}

#[derive(Template)]
#[template(path = "calendar/read.html")]
struct Read {
    page: Page,
    year: i16,
    before: Option<i16>,
    after: Option<i16>,
    /// Whether the days off of the year are listed.
    covered: bool,
    published_on: Option<Date>,
    months: Vec<Month>,
    listed: Vec<Listed>,
    counted: Counted,
    may_publish: bool,
}

/// What the little reckoner says.
struct Counted {
    from: String,
    days: String,
    /// What is wrong with what was typed, or the last day.
    said: Option<Result<String, String>>,
}

/// `GET /calendar`.
async fn read(look: Look, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = look.site.app.engine.today();
    let read = public::read(&look, |reader| Ok((reader.published_calendar()?, reader.calendar()?)));
    let (published, calendar) = read.await?;
    // Dates beyond a thousand years either way have no holidays that anybody knows.
    let year = asked.some::<i16>("year")?.filter(|year| (1000..=9998).contains(year));
    let year = year.unwrap_or(today.year());
    let may_publish = Desk::of(look.clone()).await?.is_some_and(|desk| desk.administers_nation());
    let mut page = public::page(&look, "Lịch ngày làm việc", "Working days").await?;
    page.area = Some(Area::Procedures);
    let days = published.as_ref().map(|row| &row.days);
    let template = Read {
        counted: counted(&page, &asked, &calendar, today),
        months: months::of(year, days, &calendar, &page),
        listed: days.map(|days| months::listed(year, days, &page)).unwrap_or_default(),
        covered: covers(published.as_ref(), year),
        published_on: published.map(|row| row.published_on),
        before: Some(year - 1).filter(|year| *year >= 1000),
        after: Some(year + 1).filter(|year| *year <= 9998),
        year,
        page,
        may_publish,
    };
    Ok(show(&template))
}

fn covers(published: Option<&CalendarRow>, year: i16) -> bool {
    published.is_some_and(|row| (row.days.first_year..=row.days.last_year).contains(&year))
}

/// The day that comes so many working days after another.
fn counted(page: &Page, asked: &Fields, calendar: &Calendar, today: Date) -> Counted {
    let from = asked.get("from").map_or_else(|| today.to_string(), str::to_owned);
    let days = asked.get("days").unwrap_or_default().to_owned();
    let said = (!days.is_empty()).then(|| {
        let start = format::read_day(&from);
        let start = start.ok_or_else(|| {
            page.t("Ngày bắt đầu không đọc được.", "The first day cannot be read.").to_owned()
        })?;
        let number = days.parse::<u32>().ok().filter(|number| *number <= DAYS_MAX);
        let wrong =
            page.t("Số ngày là số nguyên từ 0 đến 2000.", "The number of days is 0 to 2000.");
        let number = number.ok_or_else(|| wrong.to_owned())?;
        let end = calendar.add_working_days(start, number).ok_or_else(|| wrong.to_owned())?;
        let (start, last) = (format::day(start), format::day(end));
        let mut said = match page.is_english() {
            false => format!("{number} ngày làm việc sau ngày {start} là ngày {last}."),
            true => format!("{number} working days after {start} is {last}."),
        };
        if !calendar.covers(end) {
            said.push_str(page.t(
                " Ngày nghỉ lễ của năm này chưa có trong lịch: mới trừ thứ bảy, chủ nhật.",
                " The holidays of that year are not in the calendar: only weekends are left out.",
            ));
        }
        Ok(said)
    });
    Counted { from, days, said }
}
