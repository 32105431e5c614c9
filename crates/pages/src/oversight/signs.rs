//! `GET /oversight/signs`: signs of formalism, each with its rule in words. A sign is a question.
//! Deliberately absent: anything that follows from one.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use procedure::Language;
use projections::query::signs::{
    QUESTION_EN, QUESTION_VI, Sign, SignName, SignsFilter, Thresholds,
};
use web::problem::Problem;

use super::area::Area;
use crate::desk::Desk;
use crate::names::{Steps, Units};
use crate::page::{self, Page, show};
use crate::{format, sheet};

/// Lines of a page; the file has all.
const LIMIT: usize = 50;

/// A sign with the names that belong to it.
struct Line {
    sign: Sign,
    unit: String,
    step: String,
}

impl Line {
    fn question(&self, language: &Language) -> &'static str {
        let (vi, en) = match self.sign.name {
            SignName::IdenticalPoints => (
                "Vì sao nhiều hồ sơ có điểm giống hệt nhau?",
                "Why do so many cases have the very same points?",
            ),
            SignName::ReviewInSeconds => (
                "Các hồ sơ này đã được xem trước khi ghi nhận chưa?",
                "Had these cases been looked at before they were entered?",
            ),
            SignName::EverythingAtMaximum => (
                "Vì sao hầu hết hồ sơ đạt điểm tối đa?",
                "Why do nearly all cases have the most points?",
            ),
            SignName::DecisionsOnDaysOff => (
                "Vì sao nhiều quyết định được ghi vào ngày nghỉ?",
                "Why were so many decisions recorded on days off?",
            ),
            SignName::OnlyUpward => (
                "Vì sao điểm chỉ được nâng lên, không lần nào hạ xuống?",
                "Why were points only ever raised?",
            ),
        };
        if *language == Language::English { en } else { vi }
    }

    fn rule(&self, language: &Language) -> &str {
        if *language == Language::English { &self.sign.rule_en } else { &self.sign.rule_vi }
    }
}

#[derive(Template)]
#[template(path = "oversight/signs.html")]
struct Signs {
    page: Page,
    area: Area,
    path: &'static str,
    tab: &'static str,
    lines: Vec<Line>,
    hidden: usize,
    /// What a sign is.
    what: &'static str,
}

/// `GET /oversight/signs`.
pub(super) async fn signs(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let area = Area::of(&desk, query.as_deref()).await?;
    let filter = SignsFilter {
        territory: area.filter.territory.clone(),
        units: area.filter.units.clone(),
        title: area.filter.title,
        year: area.filter.year,
    };
    let (today, language) = (desk.reading.today, desk.look.language);
    let read = desk.read(move |reader| {
        let (calendar, steps, mut units) =
            (reader.calendar()?, Steps::read(reader)?, Units::default());
        let works = |day| calendar.is_working_day(day);
        let mut lines = Vec::new();
        for sign in reader.signs(&filter, &Thresholds::default(), &works)? {
            let unit = units.name(reader, &sign.unit, today)?;
            lines.push(Line { unit, step: steps.any(&sign.step, language), sign });
        }
        Ok(lines)
    });
    let mut lines = read.await?;
    let page = desk.page(page::Area::Oversight, "Dấu hiệu hình thức", "Signs of formalism");
    if area.csv().is_some() {
        return file(&page, &lines);
    }
    let hidden = lines.len().saturating_sub(LIMIT);
    lines.truncate(LIMIT);
    let what = if language == Language::English { QUESTION_EN } else { QUESTION_VI };
    Ok(show(&Signs { page, area, path: "/oversight/signs", tab: "signs", lines, hidden, what }))
}

fn file(page: &Page, lines: &[Line]) -> Result<Response, Problem> {
    let header = [
        page.t("câu hỏi", "question"),
        page.t("cán bộ", "officer"),
        page.t("mã đơn vị", "unit code"),
        page.t("đơn vị", "unit"),
        page.t("bước", "step"),
        page.t("số lượt", "count"),
        page.t("trên", "of"),
        "%",
        page.t("từ mức", "from"),
        page.t("từ ngày", "first day"),
        page.t("đến ngày", "last day"),
        page.t("quy tắc", "rule"),
    ];
    let rows = lines.iter().map(|line| {
        let sign = &line.sign;
        let name = sign.officer_name.clone().unwrap_or_else(|| sign.officer.to_string());
        vec![
            line.question(&page.language).to_owned(),
            name,
            sign.unit.to_string(),
            line.unit.clone(),
            line.step.clone(),
            sign.count.to_string(),
            sign.of.to_string(),
            sign.percent.to_string(),
            sign.at_least.to_string(),
            format::day(sign.first_day),
            format::day(sign.last_day),
            line.rule(&page.language).to_owned(),
        ]
    });
    sheet::csv("signs", &header, rows)
}
