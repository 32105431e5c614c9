//! `GET /oversight/refusals`: acts that were refused for want of authority, for a conflict of interest, or
//! for steps that must stay separate, each with its rule in words.
//! Deliberately absent: any judgement; an attempt is no offence.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use procedure::refusal::Page as Rule;
use procedure::{CaseId, DecisionId, Language, OfficerId, UnitCode};
use projections::query::LIMIT_MAX;
use projections::query::refused::{RefusedFilter, RefusedRow};
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::area::Area;
use crate::desk::Desk;
use crate::page::{self, Page, show};
use crate::{format, sheet};

/// Lines of a page.
const LIMIT: usize = 50;
/// The most lines of a file.
const FILE_MAX: usize = 50_000;
const PATH: &str = "/oversight/refusals";

/// What an act was about.
struct About {
    /// Its page; empty where the reader may not open it.
    path: String,
    name: String,
}

/// A refused act in words.
struct Line {
    row: RefusedRow,
    about: About,
    /// The rule, with its particulars.
    title: String,
    message: String,
}

#[derive(Template)]
#[template(path = "oversight/refusals.html")]
struct Refusals {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    lines: Vec<Line>,
    next: Option<String>,
    from: String,
    until: String,
    officer: Option<OfficerId>,
}

/// `GET /oversight/refusals`.
pub(super) async fn refusals(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let area = Area::of(&desk, query.as_deref()).await?;
    let asked = &area.asked;
    let officer: Option<OfficerId> = asked.some("officer")?;
    let filter = RefusedFilter {
        // A unit that was asked for lies in what the reader sees.
        territory: match &area.unit {
            Some(unit) => vec![unit.code.clone()],
            None => area.filter.territory.clone(),
        },
        about: None,
        officer,
        from: asked.day("from")?,
        until: asked.day("until")?,
    };
    let page = desk.page(page::Area::Oversight, "Việc bị từ chối", "Refused acts");
    if area.csv().is_some() {
        return file(&desk, &page, filter).await;
    }
    let after = asked.get("after").map(str::to_owned);
    let (own, language) = (desk.reading.territory.clone(), page.language);
    let read = desk.read(move |reader| {
        let found = reader.refused_acts(&filter, after.as_deref(), LIMIT)?;
        let rules = Rules::new();
        let told = |row| line(reader, row, (&own, &rules), language);
        let lines = found.items.into_iter().map(told);
        Ok((lines.collect::<Result<Vec<_>, _>>()?, found.next))
    });
    let (lines, next) = read.await?;
    let text = |name: &str| asked.get(name).unwrap_or_default().to_owned();
    Ok(show(&Refusals {
        from: text("from"),
        until: text("until"),
        officer,
        next: next.map(|next| area.here(PATH, "after", next)),
        page,
        path: PATH,
        tab: "refusals",
        lines,
        area,
    }))
}

fn line(
    reader: &Reader<'_>,
    row: RefusedRow,
    (territory, rules): (&[UnitCode], &Rules),
    language: Language,
) -> Result<Line, ReadError> {
    let (title, message) = rules.told(&row, language);
    Ok(Line { about: about(reader, &row, territory)?, row, title, message })
}

/// A case, a decision or an officer, by its name where the reader may know it.
fn about(
    reader: &Reader<'_>,
    row: &RefusedRow,
    territory: &[UnitCode],
) -> Result<About, ReadError> {
    let id = row.about;
    let sees = |place: &[String]| {
        territory.iter().any(|own| place.iter().any(|unit| unit == own.as_str()))
    };
    if let Some(case) = reader.case(CaseId(id))? {
        let seen = sees(&case.place);
        let name = case.subject_name.filter(|_| seen).unwrap_or_else(|| id.to_string());
        let path = if seen { format!("/cases/{id}") } else { String::new() };
        return Ok(About { path, name });
    }
    if let Some(decision) = reader.decision(DecisionId(id))? {
        let seen = sees(&decision.place);
        let name = decision.number.filter(|_| seen).unwrap_or_else(|| id.to_string());
        let path = if seen { format!("/decisions/{id}") } else { String::new() };
        return Ok(About { path, name });
    }
    let name = reader.officer_names(&[OfficerId(id)])?.into_values().next();
    Ok(About { path: String::new(), name: name.unwrap_or_else(|| id.to_string()) })
}

/// The rules by their codes.
struct Rules(BTreeMap<&'static str, Rule<'static>>);

impl Rules {
    fn new() -> Self {
        let pages = procedure::Refused::pages().map(Rule::parse);
        Self(pages.map(|page| (page.code, page)).collect())
    }

    /// A rule in words; the code itself where the program no longer knows it.
    fn told(&self, row: &RefusedRow, language: Language) -> (String, String) {
        let Some(page) = self.0.get(row.code.as_str()) else {
            return (row.code.clone(), String::new());
        };
        let section = page.section(language);
        let fill = |text: String, (name, value): (&String, &String)| {
            text.replace(&format!("{{{name}}}"), value)
        };
        (section.title.to_owned(), row.params.iter().fold(section.message.to_owned(), fill))
    }
}

async fn file(desk: &Desk, page: &Page, filter: RefusedFilter) -> Result<Response, Problem> {
    let (own, language) = (desk.reading.territory.clone(), page.language);
    let read = desk.read(move |reader| {
        let (mut rows, mut after, rules) = (Vec::new(), None::<String>, Rules::new());
        loop {
            let found = reader.refused_acts(&filter, after.as_deref(), LIMIT_MAX)?;
            for row in found.items {
                rows.push(cells(&line(reader, row, (&own, &rules), language)?, language));
            }
            after = found.next;
            if after.is_none() || rows.len() >= FILE_MAX {
                return Ok((rows, after.is_some()));
            }
        }
    });
    let (mut rows, cut) = read.await?;
    if cut {
        let said = page.t(
            "Tệp chỉ có 50.000 dòng mới nhất; hãy lọc theo ngày để có phần còn lại.",
            "The file has the latest 50,000 lines only; filter by day for the rest.",
        );
        rows.push(vec![said.to_owned()]);
    }
    let header = [
        page.t("thời điểm", "time"),
        page.t("cán bộ", "officer"),
        page.t("việc", "act"),
        page.t("về", "about"),
        page.t("mã", "code"),
        page.t("lý do từ chối", "rule"),
        page.t("nội dung", "particulars"),
    ];
    sheet::csv("refused-acts", &header, rows)
}

fn cells(line: &Line, language: Language) -> Vec<String> {
    let row = &line.row;
    vec![
        format::time_exact(&row.recorded_at),
        row.officer_name.clone().unwrap_or_else(|| row.officer.to_string()),
        crate::words::word("act", &row.act, language),
        line.about.name.clone(),
        row.code.clone(),
        line.title.clone(),
        line.message.clone(),
    ]
}
