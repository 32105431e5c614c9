//! `GET /oversight`: what came and went, where it waits, for how long, and with whom.
//! Deliberately absent: single cases but the oldest; `/oversight/cases` has them all.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use procedure::{Date, StepId, Title};
use projections::query::AreaFilter;
use projections::query::flow::{Flow, Week};
use projections::query::load::{Load, Loads, Strip};
use projections::query::queue::{QueueFilter, SOON, WaitingOn};
use projections::query::stays::{By, Stay};
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::area::Area;
use super::cases::line::{Line, Lines};
use crate::desk::Desk;
use crate::names::Steps;
use crate::page::{self, Page, show};

mod below;
mod charts;
mod files;
mod heat;

use below::Below;
use heat::Cell;

/// Days of the period that is shown where none is asked for, today among them.
const DAYS: i32 = 30;
/// Weeks of the chart.
const WEEKS: u8 = 12;
/// How far back stays that have ended are counted, in days.
const STAYS: i32 = 365;
/// How many of the oldest cases are shown.
const OLDEST: usize = 20;
/// How many officers are shown; the file has all.
const OFFICERS: usize = 50;

/// How many cases wait on one side.
struct Side {
    side: WaitingOn,
    cases: u64,
    breached: u64,
}

/// A week, with what was open at its end.
struct WeekEnd {
    week: Week,
    open: i64,
}

/// All that is read, in one look.
struct Found {
    flow: Flow,
    strip: Strip,
    sides: Vec<Side>,
    weeks: Vec<WeekEnd>,
    stays: Vec<Stay>,
    by_unit: Vec<Stay>,
    below: Vec<Below>,
    loads: Loads,
    oldest: Vec<Line>,
    steps: Steps,
}

/// What is asked, besides the area.
#[derive(Clone)]
struct Asked {
    from: Date,
    until: Date,
    today: Date,
    /// The step whose stays are shown unit by unit.
    step: Option<(Title, StepId)>,
}

#[derive(Template)]
#[template(path = "oversight/overview.html")]
struct Overview {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    asked: Asked,
    found: Found,
    /// The step that is shown unit by unit, by its name.
    step: Option<String>,
    heat: Vec<Cell>,
    by_unit: Vec<Cell>,
    flow_chart: String,
    open_chart: String,
    load_chart: String,
}

impl Overview {
    fn shown_officers(&self) -> impl Iterator<Item = &Load> {
        self.found.loads.officers.iter().take(OFFICERS)
    }

    /// Officers that are not shown.
    fn hidden_officers(&self) -> usize {
        self.found.loads.officers.len().saturating_sub(OFFICERS)
    }

    /// Whether the period ends today, so that what is open then is what is open.
    fn is_now(&self) -> bool {
        self.asked.until == self.asked.today
    }
}

/// `GET /oversight`.
pub(super) async fn overview(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let area = Area::of(&desk, query.as_deref()).await?;
    let asked = asked(&area, desk.reading.today)?;
    let (filter, below, wanted) = (area.filter.clone(), area.below.clone(), asked.clone());
    let (unit, language) = (area.unit.clone(), desk.look.language);
    let read = desk.read(move |reader| {
        let today = wanted.today;
        let steps = Steps::read(reader)?;
        let oldest = reader.oldest(&filter, today, OLDEST)?;
        let by_unit = match (&wanted.step, &unit) {
            (Some((title, step)), Some(unit)) => {
                let by = By::UnitBelow(unit.code.clone());
                let filter = AreaFilter { title: Some(*title), ..filter.clone() };
                let mut stays = reader.stays(&filter, &by, today.plus_days(-STAYS), today)?;
                stays.retain(|stay| stay.step == *step);
                stays
            }
            _ => Vec::new(),
        };
        Ok(Found {
            flow: reader.flow(&filter, wanted.from, wanted.until)?,
            strip: reader.strip(&filter, today, SOON)?,
            sides: sides(reader, &filter, today)?,
            weeks: weeks(reader, &filter, today)?,
            stays: reader.stays(&filter, &By::Level, today.plus_days(-STAYS), today)?,
            by_unit,
            below: below::read(reader, &filter, &below, (wanted.from, wanted.until, today))?,
            loads: reader.load(&filter, today)?,
            oldest: Lines::new(language, today).of(reader, oldest)?,
            steps,
        })
    });
    let found = read.await?;
    let page =
        desk.page(page::Area::Oversight, "Theo dõi giải quyết hồ sơ", "How cases are getting on");
    let heat = heat::by_level(&found.stays, &found.steps, &page);
    let by_unit = heat::by_unit(&found.by_unit, &area.below, &page);
    if let Some(which) = area.csv() {
        return files::file(which, &page, &found, &heat, &by_unit);
    }
    let step =
        asked.step.as_ref().map(|(title, step)| found.steps.name(*title, step, page.language));
    Ok(show(&Overview {
        flow_chart: charts::flow(&page, &found.weeks),
        open_chart: charts::open(&page, &found.weeks),
        load_chart: charts::load(&page, &found.loads),
        path: "/oversight",
        tab: "overview",
        page,
        area,
        asked,
        found,
        step,
        heat,
        by_unit,
    }))
}

fn asked(area: &Area, today: Date) -> Result<Asked, Problem> {
    let fields = &area.asked;
    let until = fields.day("until")?.unwrap_or(today).min(today);
    let from = fields.day("from")?;
    let from = from.or_else(|| until.plus_days(1 - DAYS)).unwrap_or(until).min(until);
    let step: Option<StepId> = fields.some("step")?;
    Ok(Asked { from, until, today, step: area.filter.title.zip(step) })
}

/// What waits on each side; together all that is open.
fn sides(reader: &Reader<'_>, filter: &AreaFilter, today: Date) -> Result<Vec<Side>, ReadError> {
    let mut sides = Vec::new();
    for side in WaitingOn::ALL {
        let queue = QueueFilter {
            territory: filter.territory.clone(),
            units: filter.units.clone(),
            title: filter.title,
            year: filter.year,
            waiting_on: Some(side),
            ..QueueFilter::default()
        };
        let counts = reader.queue_counts(&queue, today)?;
        let cases = counts.iter().map(|count| count.cases).sum();
        let breached = counts.iter().map(|count| count.breached).sum();
        sides.push(Side { side, cases, breached });
    }
    Ok(sides)
}

/// The last weeks, with what was open at the end of each: what is open now, less what came since and
/// with what went since.
fn weeks(reader: &Reader<'_>, filter: &AreaFilter, today: Date) -> Result<Vec<WeekEnd>, ReadError> {
    let mut open = reader.flow(filter, today, today)?.closing;
    let mut weeks = Vec::new();
    for week in reader.weekly(filter, today, WEEKS)?.into_iter().rev() {
        let before = open - week.entered + week.left;
        weeks.push(WeekEnd { week, open });
        open = before;
    }
    weeks.reverse();
    Ok(weeks)
}
