//! `/register`: the register of titles for everybody, without signing in.
//!
//! What the decision itself publishes is shown: the name, the title, where, which year, the decision with
//! its number and day, and until when it is in force. Deliberately absent: addresses, local codes, points,
//! notes, evidence, and cases without a title.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::get;
use procedure::{CaseId, Date, Title, UnitCode};
use projections::query::Page as Part;
use projections::query::titles::{TitleRow, TitlesFilter};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};
use web::problem::Problem;

use crate::fields::Fields;
use crate::look::Look;
use crate::page::{Page, show};
use crate::site::Site;
use crate::{public, sheet, units, words};

/// Lines of a page.
const LIMIT: usize = 50;
/// Lines of a file.
const FILE_MAX: usize = 20_000;
/// Titles of one subject that are shown.
const YEARS_MAX: usize = 100;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/register", get(list)).route("/register/{case}", get(one))
}

/// A title as the public sees it.
struct Public {
    case: CaseId,
    name: Option<String>,
    title: Title,
    year: i16,
    place: String,
    band: Option<String>,
    number: String,
    corrected: Option<String>,
    date: Date,
    from: Date,
    until: Option<Date>,
    /// How it ended, and the first day without it.
    ended: Option<(String, Option<Date>)>,
    sample: bool,
}

impl Public {
    fn of(reader: &Reader<'_>, row: TitleRow, today: Date) -> Result<Self, ReadError> {
        Ok(Self {
            case: row.case,
            name: row.subject_name,
            title: row.title,
            year: row.year,
            place: units::place(reader, &row.place, today)?,
            band: row.band,
            number: row.decision_number,
            corrected: row.corrected_number,
            date: row.decision_date,
            from: row.valid_from,
            until: row.valid_until,
            ended: row.ended.map(|how| (how, row.ended_from)),
            sample: row.sample,
        })
    }

    /// Whether it ended in this way.
    fn ended_so(&self, how: &str) -> bool {
        self.ended.as_ref().is_some_and(|(ended, _)| ended == how)
    }

    /// Whether it is in force on a day.
    fn holds(&self, today: &Date) -> bool {
        let ended =
            self.ended.as_ref().is_some_and(|(_, from)| from.is_none_or(|from| from <= *today));
        !ended && self.from <= *today && self.until.is_none_or(|until| *today <= until)
    }
}

#[derive(Template)]
#[template(path = "register/list.html")]
struct List {
    page: Page,
    rows: Part<Public>,
    /// The unit with those above it.
    path: Vec<UnitRow>,
    below: Vec<UnitRow>,
    titles: &'static [Title],
    name: String,
    title: String,
    year: String,
    unit: String,
    all: bool,
    today: Date,
    /// The query without the mark of a page, and without the unit.
    query: String,
    others: String,
}

/// `GET /register`.
async fn list(look: Look, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = look.site.app.engine.today();
    let unit: Option<UnitCode> = asked.some("unit")?;
    let all = asked.get("all").is_some();
    let filter = TitlesFilter {
        territory: public::nation().into_iter().collect(),
        units: unit.clone().into_iter().collect(),
        title: asked.some("title")?,
        year: asked.some("year")?,
        on: (!all).then_some(today),
        name: asked.get("name").map(str::to_owned),
        ..TitlesFilter::default()
    };
    let page = public::page(&look, "Sổ danh hiệu", "Register of titles").await?;
    if asked.0.iter().any(|(name, _)| name == "csv") {
        return file(&look, filter, today).await;
    }
    let after = asked.get("after").map(str::to_owned);
    let read = public::read(&look, move |reader| {
        let part = reader.titles(&filter, after.as_deref(), LIMIT)?;
        let rows = part.items.into_iter().map(|row| Public::of(reader, row, today));
        let rows = Part { items: rows.collect::<Result<_, _>>()?, next: part.next };
        let Some(unit) = unit.or_else(public::nation) else { return Ok((rows, vec![], vec![])) };
        Ok((rows, reader.path(&unit, today)?, reader.children(&unit, today)?))
    });
    let (rows, path, below) = read.await?;
    let text = |name: &str| asked.get(name).unwrap_or_default().to_owned();
    let (name, title, year, unit) = (text("name"), text("title"), text("year"), text("unit"));
    let query = asked.clone().without(&["after"]).query();
    let others = asked.without(&["after", "unit"]).query();
    let titles = Title::ALL;
    let list = List {
        page,
        rows,
        path,
        below,
        titles,
        name,
        title,
        year,
        unit,
        all,
        today,
        query,
        others,
    };
    Ok(show(&list))
}

async fn file(look: &Look, filter: TitlesFilter, today: Date) -> Result<Response, Problem> {
    let language = look.language;
    let rows = public::read(look, move |reader| {
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let part = reader.titles(&filter, after.as_deref(), 200)?;
            for row in part.items {
                let row = Public::of(reader, row, today)?;
                let day = |day: Option<Date>| day.map(crate::format::day).unwrap_or_default();
                let title = words::word("title", row.title.as_str(), language);
                let number = row.corrected.unwrap_or(row.number);
                let (date, until) = (day(Some(row.date)), day(row.until));
                let name = row.name.unwrap_or_default();
                lines.push(vec![name, title, row.year.to_string(), row.place, number, date, until]);
            }
            after = part.next;
            if after.is_none() || lines.len() >= FILE_MAX {
                return Ok(lines);
            }
        }
    });
    let header = match look.t("vi", "en") {
        "vi" => ["Tên", "Danh hiệu", "Năm", "Địa bàn", "Số quyết định", "Ngày", "Hiệu lực đến hết"],
        _ => ["Name", "Title", "Year", "Place", "Decision", "Date", "In force until"],
    };
    sheet::csv("so-danh-hieu", &header, rows.await?)
}

#[derive(Template)]
#[template(path = "register/one.html")]
struct One {
    page: Page,
    /// The recognitions by the case, the latest first: a decision can be cancelled and taken anew.
    titles: Vec<Public>,
    /// Other years of the same subject.
    others: Vec<Public>,
    today: Date,
}

/// `GET /register/{case}`: a title that was recognised, whatever became of it.
async fn one(look: Look, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    let today = look.site.app.engine.today();
    let read = public::read(&look, move |reader| {
        let Some(case) = reader.case(id)? else { return Ok(vec![]) };
        let filter = TitlesFilter {
            territory: public::nation().into_iter().collect(),
            subject: Some(case.subject),
            ..TitlesFilter::default()
        };
        let rows = reader.titles(&filter, None, YEARS_MAX)?.items.into_iter();
        rows.rev().map(|row| Public::of(reader, row, today)).collect::<Result<Vec<_>, _>>()
    });
    let (titles, others): (Vec<_>, Vec<_>) =
        read.await?.into_iter().partition(|row| row.case == id);
    let Some(first) = titles.first() else { return Err(web::api::cases::unknown()) };
    let name =
        first.name.clone().unwrap_or_else(|| look.t("(tên đã xóa)", "(name erased)").to_owned());
    let page = public::page(&look, &name, &name).await?;
    Ok(show(&One { page, titles, others, today }))
}
