//! `GET /oversight/cases`: every open case of an area, the one with the fewest days left first.
//! Deliberately absent: closed cases; the register has the titles.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{Date, OfficerId, Role};
use projections::query::queue::{Holder, QueueFilter, SOON, WaitingOn};
use projections::query::{CaseState, LIMIT_MAX};
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::area::Area;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::names::Steps;
use crate::page::{self, Page, show_as};
use crate::sheet::csv;

pub(super) mod acts;
pub(super) mod line;

use line::{Line, Lines};

/// Lines of a page.
const LIMIT: usize = 50;
/// The most lines of a file.
const FILE_MAX: usize = 50_000;
/// Officers who are proposed for an assignment.
const PROPOSED: usize = 60;
const PATH: &str = "/oversight/cases";

/// An officer who can be given cases.
struct Proposed {
    code: String,
    name: String,
}

/// What was filled in and not taken.
pub(super) struct Typed {
    problem: Problem,
    /// The field that is in error.
    wrong: &'static str,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "oversight/cases.html")]
struct List {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    rows: Vec<Line>,
    next: Option<String>,
    /// The step that is asked for, by its name.
    step: Option<String>,
    /// The officer whose cases are asked for.
    holder: Option<String>,
    waiting: String,
    due: String,
    /// Whether its reader may give cases to officers.
    gives: bool,
    proposed: Vec<Proposed>,
    told: Option<Told>,
    wrong: &'static str,
    typed: Fields,
}

impl List {
    fn is_waiting(&self, name: &str) -> bool {
        self.waiting == name
    }

    fn is_due(&self, name: &str) -> bool {
        self.due == name
    }

    /// What was filled in before.
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).unwrap_or_default()
    }

    fn was_chosen(&self, line: &Line) -> bool {
        let id = line.row.case.id.to_string();
        self.typed.all("case").any(|chosen| chosen == id)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong == name
    }

    /// What is wrong, for the field that is in error.
    fn wrong_words(&self) -> &str {
        self.told.as_ref().map_or("", |told| &told.message)
    }

    /// The query of this list, for the way back to it.
    fn query(&self) -> String {
        self.area.asked.query()
    }
}

/// `GET /oversight/cases`.
pub(super) async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    page_of(desk, asked, None).await
}

/// The list, with what was typed into it and not taken.
async fn page_of(desk: Desk, asked: Fields, typed: Option<Typed>) -> Result<Response, Problem> {
    let area = Area::asked(&desk, asked).await?;
    let page = desk.page(page::Area::Oversight, "Hồ sơ đang giải quyết", "Open cases");
    if area.csv().is_some() {
        return file(&desk, &area, &page).await;
    }
    let (today, after) = (desk.reading.today, area.asked.get("after").map(str::to_owned));
    let wanted = Wanted::of(&area)?;
    let (title, step) = (area.filter.title, wanted.filter.step.clone());
    let (language, units) = (desk.look.language, area.filter.units.clone());
    let gives = desk.holds(Role::ADMINISTRATOR);
    let small = area.unit.as_ref().is_some_and(|unit| unit.code.as_str().len() >= 5);
    let holder = match wanted.filter.holder {
        Holder::Officer(officer) => Some(officer),
        Holder::Any | Holder::Nobody => None,
    };
    let read = desk.read(move |reader| {
        let filter = wanted.on(reader, today)?;
        let found = reader.queue(&filter, today, after.as_deref(), LIMIT)?;
        let rows = Lines::new(language, today).of(reader, found.items)?;
        let step = match step {
            Some(step) => {
                let steps = Steps::read(reader)?;
                Some(title.map_or_else(
                    || steps.any(&step, language),
                    |title| steps.name(title, &step, language),
                ))
            }
            None => None,
        };
        let names = reader.officer_names(&holder.into_iter().collect::<Vec<_>>())?;
        let proposed = if gives && small { reader.officers(&units, today)? } else { Vec::new() };
        Ok((rows, found.next, step, names.into_values().next(), proposed))
    });
    let (rows, next, step, name, proposed) = read.await?;
    let proposed = proposed.into_iter().take(PROPOSED).map(|officer| Proposed {
        name: officer.name.unwrap_or_else(|| officer.code.clone()),
        code: officer.code,
    });
    let status = typed.as_ref().map_or(StatusCode::OK, |typed| typed.problem.status());
    let told = typed.as_ref().map(|typed| Told::of(&typed.problem, &desk.look));
    let (wrong, typed) = typed.map_or(("", Fields::default()), |typed| (typed.wrong, typed.fields));
    let asked = |name: &str| area.asked.get(name).unwrap_or_default().to_owned();
    Ok(show_as(
        status,
        &List {
            waiting: asked("waiting"),
            due: asked("due"),
            holder: holder.map(|officer| name.unwrap_or_else(|| officer.to_string())),
            proposed: proposed.collect(),
            page,
            path: PATH,
            tab: "cases",
            rows,
            next: next.map(|next| area.here(PATH, "after", next)),
            step,
            gives,
            told,
            wrong,
            typed,
            area,
        },
    ))
}

/// Which cases an address asks for; the days are known only to whoever has the calendar.
struct Wanted {
    filter: QueueFilter,
    due: Option<Due>,
}

enum Due {
    Late,
    Soon,
}

impl Wanted {
    fn of(area: &Area) -> Result<Self, Problem> {
        let asked = &area.asked;
        let waiting = asked.get("waiting");
        let paused = waiting == Some("paused");
        let holder = match asked.get("holder") {
            None => Holder::Any,
            Some("nobody") => Holder::Nobody,
            Some(_) => Holder::Officer(asked.need::<OfficerId>("holder")?),
        };
        let filter = QueueFilter {
            territory: area.filter.territory.clone(),
            units: area.filter.units.clone(),
            title: area.filter.title,
            year: area.filter.year,
            step: asked.some("step")?,
            state: paused.then_some(CaseState::Returned),
            waiting_on: if paused { None } else { asked.some::<WaitingOn>("waiting")? },
            holder,
            ..QueueFilter::default()
        };
        let due = match asked.get("due") {
            None => None,
            Some("late") => Some(Due::Late),
            Some("soon") => Some(Due::Soon),
            Some(other) => return Err(crate::fields::bad("due", other)),
        };
        Ok(Self { filter, due })
    }

    fn on(&self, reader: &Reader<'_>, today: Date) -> Result<QueueFilter, ReadError> {
        let due_by = match self.due {
            None => None,
            Some(Due::Late) => today.day_before(),
            Some(Due::Soon) => reader.calendar()?.add_working_days(today, SOON),
        };
        Ok(QueueFilter { due_by, ..self.filter.clone() })
    }
}

/// The whole list as a file; what is over the most says so in a last line.
async fn file(desk: &Desk, area: &Area, page: &Page) -> Result<Response, Problem> {
    let (wanted, today, language) = (Wanted::of(area)?, desk.reading.today, desk.look.language);
    let mut lines = Lines::new(language, today);
    let cells = line::Words::of(page);
    let read = desk.read(move |reader| {
        let filter = wanted.on(reader, today)?;
        let (mut rows, mut after) = (Vec::new(), None::<String>);
        loop {
            let found = reader.queue(&filter, today, after.as_deref(), LIMIT_MAX)?;
            let more = lines.of(reader, found.items)?;
            rows.extend(more.iter().map(|line| line.cells_with(&cells)));
            after = found.next;
            if after.is_none() || rows.len() >= FILE_MAX {
                return Ok((rows, after.is_some()));
            }
        }
    });
    let (mut rows, cut) = read.await?;
    if cut {
        let said = page.t(
            "Tệp chỉ có 50.000 hồ sơ đầu; hãy lọc hẹp hơn để có phần còn lại.",
            "The file has the first 50,000 cases only; filter more narrowly for the rest.",
        );
        rows.push(vec![said.to_owned()]);
    }
    csv("cases", &line::header(page), rows)
}
