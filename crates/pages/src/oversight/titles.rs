//! `GET /oversight/titles`: how many have the title they strive for, unit by unit, beside the targets.
//! Every share names what it is a share of.
//! Deliberately absent: the population; this register knows only who stands in it.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use procedure::{Date, Title, UnitCode};
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::area::Area;
use crate::desk::Desk;
use crate::page::{self, Page, show};
use crate::sheet::csv;
use crate::svg::{About, Bar, bars};

mod targets;

use targets::{Targets, targets};

/// Units that the chart has room for.
const BARS: usize = 40;

/// Numbers of a title in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    subjects: u64,
    registered: u64,
    recognised: u64,
    revoked: u64,
}

impl Count {
    fn read(
        reader: &Reader<'_>,
        unit: &UnitCode,
        (title, year, today): (Title, i16, Date),
    ) -> Result<Self, ReadError> {
        let subjects = reader.subjects_in(unit, title)?;
        let found = reader.totals(std::slice::from_ref(unit), Some(title), Some(year), today)?;
        let Some(row) = found.first() else { return Ok(Self { subjects, ..Self::default() }) };
        let revoked = row.states.get(&projections::query::CaseState::Revoked).copied();
        Ok(Self {
            subjects,
            registered: row.registered,
            recognised: row.recognised,
            revoked: revoked.unwrap_or(0),
        })
    }

    fn each(self, other: Self, both: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            subjects: both(self.subjects, other.subjects),
            registered: both(self.registered, other.registered),
            recognised: both(self.recognised, other.recognised),
            revoked: both(self.revoked, other.revoked),
        }
    }
}

/// A part of the area.
struct Part {
    /// The unit; nothing for what lies in none of the parts.
    unit: Option<UnitCode>,
    name: String,
    /// What it was called at the end of the year, if otherwise.
    then: Option<String>,
    count: Count,
}

/// A title in the whole area.
struct Whole {
    title: Title,
    count: Count,
}

#[derive(Template)]
#[template(path = "oversight/titles.html")]
struct Titles {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    year: i16,
    title: Title,
    wholes: Vec<Whole>,
    /// The whole of the title whose parts are shown.
    whole: Count,
    parts: Vec<Part>,
    targets: Option<&'static Targets>,
    chart: String,
}

/// `GET /oversight/titles`.
pub(super) async fn titles(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let mut area = Area::of(&desk, query.as_deref()).await?;
    let today = desk.reading.today;
    let year = area.filter.year.unwrap_or_else(|| today.year());
    let title = area.filter.title.unwrap_or(Title::Family);
    (area.filter.title, area.filter.year) = (Some(title), Some(year));
    let below: Vec<_> =
        area.below.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    let units = match &area.unit {
        Some(unit) => vec![unit.code.clone()],
        None => below.iter().map(|(code, _)| code.clone()).collect(),
    };
    let is_one = area.unit.is_some();
    let read = desk.read(move |reader| {
        let mut wholes = Vec::new();
        for title in Title::ALL.iter().copied() {
            let mut count = Count::default();
            for unit in &units {
                let more = Count::read(reader, unit, (title, year, today))?;
                count = count.each(more, |one, other| one + other);
            }
            wholes.push(Whole { title, count });
        }
        Ok((wholes, parts(reader, below, (title, year, today))?))
    });
    let (wholes, mut parts) = read.await?;
    let found = wholes.iter().find(|whole| whole.title == title);
    let whole = found.map(|whole| whole.count).unwrap_or_default();
    let page = desk.page(page::Area::Oversight, "Danh hiệu đã công nhận", "Titles recognised");
    if is_one && !parts.is_empty() {
        parts.extend(rest(&page, whole, &parts));
    }
    match area.csv() {
        Some("titles") => whole_file(&page, year, &wholes),
        Some(_) => parts_file(&page, (title, year), &parts),
        None => Ok(show(&Titles {
            chart: chart(&page, &parts),
            page,
            area,
            path: "/oversight/titles",
            tab: "titles",
            year,
            title,
            wholes,
            whole,
            parts,
            targets: targets(),
        })),
    }
}

fn parts(
    reader: &Reader<'_>,
    below: Vec<(UnitCode, String)>,
    (title, year, today): (Title, i16, Date),
) -> Result<Vec<Part>, ReadError> {
    let then = Date::new(year, 12, 31).unwrap_or(today).min(today);
    let part = |(code, name): (UnitCode, String)| {
        let old = reader.unit(&code, then)?.map(|unit| unit.name).filter(|old| *old != name);
        let count = Count::read(reader, &code, (title, year, today))?;
        Ok(Part { unit: Some(code), name, then: old, count })
    };
    below.into_iter().map(part).collect()
}

/// What lies in the whole and in none of its parts.
fn rest(page: &Page, whole: Count, parts: &[Part]) -> Option<Part> {
    let count = parts.iter().fold(whole, |rest, part| rest.each(part.count, u64::saturating_sub));
    let name = page.t("Trực thuộc cấp này", "At this level itself").to_owned();
    (count != Count::default()).then_some(Part { unit: None, name, then: None, count })
}

/// So many of a thousand.
fn permille(part: u64, whole: u64) -> u64 {
    (part * 1000 + whole / 2).checked_div(whole).unwrap_or(0)
}

fn chart(page: &Page, parts: &[Part]) -> String {
    if parts.is_empty() || parts.len() > BARS {
        return String::new();
    }
    let about = About {
        id: "titles",
        title: page.t("Tỷ lệ trên số đối tượng trong sổ", "Share of the subjects in the register"),
        text: page.t(
            "Thanh sáng là tỷ lệ đăng ký, phần sẫm là tỷ lệ được công nhận. Số liệu ở bảng bên dưới.",
            "Light bars are the share registered, the dark part the share recognised. The numbers are in the table below.",
        ),
        language: page.language,
    };
    let bar = |part: &Part| {
        let Count { subjects, registered, recognised, .. } = part.count;
        Bar {
            label: part.name.clone(),
            value: permille(registered, subjects),
            part: permille(recognised, subjects),
            said: page.percent(&recognised, &subjects),
        }
    };
    bars(&about, &parts.iter().map(bar).collect::<Vec<_>>(), 1000)
}

fn heads(page: &Page) -> [&str; 5] {
    [
        page.t("đối tượng trong sổ", "subjects in the register"),
        page.t("đăng ký", "registered"),
        page.t("công nhận", "recognised"),
        page.t("thu hồi", "revoked"),
        page.t("tỷ lệ công nhận trên đối tượng trong sổ", "recognised of subjects in the register"),
    ]
}

fn cells(page: &Page, count: &Count) -> Vec<String> {
    let Count { subjects, registered, recognised, revoked } = *count;
    let mut cells: Vec<_> =
        [subjects, registered, recognised, revoked].iter().map(ToString::to_string).collect();
    cells.push(page.percent(&recognised, &subjects));
    cells
}

fn whole_file(page: &Page, year: i16, wholes: &[Whole]) -> Result<Response, Problem> {
    let first = [page.t("danh hiệu", "title"), page.t("năm", "year")];
    let rows = wholes.iter().map(|whole| {
        let mut row = vec![page.word("title", whole.title), year.to_string()];
        row.extend(cells(page, &whole.count));
        row
    });
    csv("titles", &[first.as_slice(), &heads(page)].concat(), rows)
}

fn parts_file(
    page: &Page,
    (title, year): (Title, i16),
    parts: &[Part],
) -> Result<Response, Problem> {
    let first = [
        page.t("mã", "code"),
        page.t("đơn vị", "unit"),
        page.t("tên cuối năm", "name at the end of the year"),
        page.t("danh hiệu", "title"),
        page.t("năm", "year"),
    ];
    let rows = parts.iter().map(|part| {
        let code = part.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        let then = part.then.clone().unwrap_or_else(|| part.name.clone());
        let mut row =
            vec![code, part.name.clone(), then, page.word("title", title), year.to_string()];
        row.extend(cells(page, &part.count));
        row
    });
    csv("titles-by-unit", &[first.as_slice(), &heads(page)].concat(), rows)
}
