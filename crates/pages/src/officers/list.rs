//! `GET /officers`: the officers of a territory, by code, with what they are and what they hold.
//! Deliberately absent: officers whose records are kept outside of it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use procedure::{Date, Language, Role, UnitCode};
use projections::query::officers::OfficerRow;
use projections::query::queue::{Holder, QueueFilter};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader, search};
use web::problem::Problem;

use super::choices;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::{sheet, units, words};

/// Lines of a page.
const LIMIT: usize = 50;

#[derive(Template)]
#[template(path = "officers/list.html")]
struct List {
    page: Page,
    asked: Fields,
    roles: Vec<String>,
    units: Vec<UnitRow>,
    lines: Vec<Line>,
    /// How many there are in all.
    total: usize,
    /// Query of the page after this one.
    next: Option<String>,
    query: String,
}

impl List {
    fn get(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }
}

/// Whether somebody is in office.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    In,
    Coming,
    Ended,
    /// An applicant, or somebody who was never appointed.
    Without,
}

/// A line.
struct Line {
    row: OfficerRow,
    state: State,
    place: String,
    offices: Vec<String>,
    /// The open cases that he holds.
    held: u64,
}

impl Line {
    fn name(&self) -> &str {
        self.row.name.as_deref().unwrap_or("–")
    }

    fn state(&self, page: &Page) -> (String, &'static str) {
        let (vi, en, look) = match self.state {
            State::In => ("Đang giữ nhiệm vụ", "In office", "badge badge--ok"),
            State::Coming => ("Sắp nhận nhiệm vụ", "Office to come", "badge badge--main"),
            State::Ended => ("Đã hết nhiệm kỳ", "Term ended", "badge"),
            State::Without if self.row.interests.is_empty() => {
                ("Chưa giao nhiệm vụ", "No office yet", "badge")
            }
            State::Without => ("Người nộp hồ sơ", "Applicant", "badge"),
        };
        (page.t(vi, en).to_owned(), look)
    }
}

/// What of the list is asked for.
struct Wish {
    text: String,
    role: Option<Role>,
    unit: Option<UnitCode>,
    state: String,
}

impl Wish {
    fn of(asked: &Fields) -> Result<Self, Problem> {
        Ok(Self {
            text: search::key(asked.get("q").unwrap_or_default()),
            role: asked.some("role")?,
            unit: asked.some("unit")?,
            state: asked.get("state").unwrap_or_default().to_owned(),
        })
    }

    fn fits(
        &self,
        reader: &Reader<'_>,
        officer: &OfficerRow,
        today: Date,
    ) -> Result<bool, ReadError> {
        let state = state(officer, today);
        let stands = match self.state.as_str() {
            "in" => state == State::In,
            "ended" => state == State::Ended,
            "without" => state == State::Without,
            _ => true,
        };
        let name = officer.name.as_deref().unwrap_or_default();
        let text = self.text.is_empty()
            || search::key(name).contains(&self.text)
            || search::key(&officer.code).contains(&self.text);
        let role = self.role.as_ref().is_none_or(|role| {
            officer.appointments.iter().any(|held| held.role == *role && held.on(today))
        });
        Ok(stands && text && role && self.is_there(reader, officer, today)?)
    }

    /// Whether his record is kept in the unit that is asked for, or he has an office in it.
    fn is_there(
        &self,
        reader: &Reader<'_>,
        officer: &OfficerRow,
        today: Date,
    ) -> Result<bool, ReadError> {
        let Some(unit) = &self.unit else { return Ok(true) };
        let held = officer.appointments.iter().filter(|held| held.on(today)).map(|held| &held.unit);
        for place in held.chain([&officer.unit]) {
            if reader.path(place, today)?.iter().any(|above| above.code == *unit) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn state(officer: &OfficerRow, today: Date) -> State {
    let mut state = State::Without;
    for held in &officer.appointments {
        if held.on(today) {
            return State::In;
        }
        state =
            if held.from > today || state == State::Coming { State::Coming } else { State::Ended };
    }
    state
}

/// `GET /officers`.
pub(super) async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let territory = desk.must_administer()?;
    let (today, language) = (desk.reading.today, desk.look.language);
    let wish = Wish::of(&asked)?;
    let after = asked.get("after").map(str::to_owned);
    let as_file = asked.0.iter().any(|(name, _)| name == "csv");
    let limit = if as_file { usize::MAX } else { LIMIT };
    let read = desk.read(move |reader| {
        let mut rows = Vec::new();
        for row in reader.officers(&territory, today)? {
            if wish.fits(reader, &row, today)? {
                rows.push(row);
            }
        }
        let total = rows.len();
        rows.retain(|row| after.as_ref().is_none_or(|after| row.code > *after));
        let next = (rows.len() > limit).then(|| rows[limit - 1].code.clone());
        rows.truncate(limit);
        let lines = lines(reader, rows, &territory, (today, language))?;
        let units = units::choices(reader, &territory, today)?;
        Ok((lines, next, total, units, choices::roles(reader)?))
    });
    let (lines, next, total, units, roles) = read.await?;
    if as_file {
        return file(&desk, &lines);
    }
    let asked = asked.without(&["after", "csv"]);
    let query = asked.query();
    let next = next.map(|after| {
        let mut fields = asked.clone();
        fields.0.push(("after".to_owned(), after));
        fields.query()
    });
    let page = desk.page(Area::Administration, "Cán bộ và tài khoản", "Officers and accounts");
    Ok(show(&List { page, asked, roles, units, lines, total, next, query }))
}

fn lines(
    reader: &Reader<'_>,
    rows: Vec<OfficerRow>,
    territory: &[UnitCode],
    (today, language): (Date, Language),
) -> Result<Vec<Line>, ReadError> {
    let mut names: BTreeMap<UnitCode, String> = BTreeMap::new();
    let mut name = |unit: &UnitCode| -> Result<String, ReadError> {
        if let Some(name) = names.get(unit) {
            return Ok(name.clone());
        }
        let name = units::name(reader, unit, today)?;
        names.insert(unit.clone(), name.clone());
        Ok(name)
    };
    let mut lines = Vec::new();
    for row in rows {
        let mut offices = Vec::new();
        for held in row.appointments.iter().filter(|held| held.on(today)) {
            let role = words::role(held.role.as_str(), language);
            offices.push(format!("{role}, {}", name(&held.unit)?));
        }
        let holder = Holder::Officer(row.id);
        let filter =
            QueueFilter { territory: territory.to_vec(), holder, ..QueueFilter::default() };
        let held = reader.queue_counts(&filter, today)?.iter().map(|count| count.cases).sum();
        lines.push(Line { state: state(&row, today), place: name(&row.unit)?, offices, held, row });
    }
    Ok(lines)
}

fn file(desk: &Desk, lines: &[Line]) -> Result<Response, Problem> {
    let page = desk.page(Area::Administration, "", "");
    let header = [
        desk.t("Tài khoản", "Account"),
        desk.t("Họ tên", "Name"),
        desk.t("Nơi giữ hồ sơ", "Unit of the record"),
        desk.t("Nhiệm vụ", "Offices"),
        desk.t("Tình trạng", "State"),
        desk.t("Hồ sơ đang giữ", "Cases held"),
    ];
    let rows = lines.iter().map(|line| {
        let (state, _) = line.state(&page);
        let (name, offices) = (line.name().to_owned(), line.offices.join("; "));
        vec![line.row.code.clone(), name, line.place.clone(), offices, state, line.held.to_string()]
    });
    sheet::csv("officers", &header, rows)
}
