//! `/decisions/{id}/annex`: the list as it is printed beside the decision, as a table file, and as the
//! bytes that the signature covers.
//!
//! Its points, results and days are those of these bytes, and only the names come from elsewhere, so
//! what is printed is what is signed.
//! Deliberately absent: the wording of the decision itself.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::Response;
use codec::annex::{AnnexLine, annex_digest};
use procedure::{CaseId, DecisionId};
use web::HttpRefusal;
use web::api::decisions::annex::{AnnexQuery, read_annex};
use web::params::{Params, Segment};
use web::problem::Problem;

use super::view::{ELSEWHERE, View};
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::{format, sheet};

/// Most lines of a page.
const LIMIT: usize = 500;

#[derive(Template)]
#[template(path = "decisions/annex.html")]
struct Annex {
    page: Page,
    view: View,
    /// All lines.
    total: usize,
    groups: Vec<Group>,
    /// SHA-256 of the bytes as they are now.
    digest: String,
    /// The hamlet, if the page is one's only.
    asked: Option<String>,
    /// Address of the lines before.
    before: Option<String>,
    /// Address of the lines after.
    after: Option<String>,
}

impl Annex {
    /// Whether the bytes are those that were signed.
    fn is_signed(&self) -> bool {
        self.view.row.annex.as_deref() == Some(self.digest.as_str())
    }
}

/// The lines of one hamlet.
struct Group {
    key: String,
    name: String,
    cases: usize,
    /// Those of this page; none where the list is too long for one page.
    lines: Vec<Line>,
}

/// A line as it is printed.
#[derive(Clone)]
struct Line {
    place: String,
    number: usize,
    name: String,
    code: String,
    points: u32,
    band: String,
    from: String,
    until: String,
    sample: bool,
}

/// `GET /decisions/{id}/annex`.
pub(super) async fn read(
    Path(id): Path<DecisionId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let view = View::of(&desk, id).await?;
    let date = asked.day("date")?.unwrap_or(desk.reading.today);
    let bytes = desk.reading.app.engine.decision_annex(id, date).await?;
    let digest = annex_digest(&bytes).map_err(|_| HttpRefusal::Internal)?.to_string();
    let lines = printed(&desk, &view, &bytes).await?;
    if asked.0.iter().any(|(name, _)| name == "csv") {
        return csv(&desk, &view, lines);
    }
    let from: usize = asked.some("from")?.unwrap_or(0);
    let hamlet = asked.get("hamlet").map(str::to_owned);
    let part: usize = match &hamlet {
        Some(hamlet) => lines.iter().filter(|line| line.place == *hamlet).count(),
        None => lines.len(),
    };
    let to = |from: usize| {
        let hamlet = hamlet.as_deref().unwrap_or_default();
        format!("/decisions/{id}/annex?hamlet={hamlet}&from={from}")
    };
    let paged = hamlet.is_some();
    let before = (paged && from > 0).then(|| to(from.saturating_sub(LIMIT)));
    let after = (paged && from + LIMIT < part).then(|| to(from + LIMIT));
    let total = lines.len();
    let groups = groups(&view, lines, hamlet.as_deref(), from);
    let page = desk.page(Area::Decisions, "Danh sách kèm theo quyết định", "Annex of the decision");
    let asked = hamlet;
    Ok(show(&Annex { page, view, total, groups, digest, asked, before, after }))
}

/// `GET /decisions/{id}/annex/lines`: the bytes that the signature covers.
pub(super) async fn lines(
    Path(id): Path<DecisionId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let date = asked.day("date")?;
    let query = AnnexQuery { date };
    let mut answer = read_annex(desk.reading, Segment(id), Params(query)).await?;
    let name = HeaderValue::from_static("attachment; filename=\"annex.jsonl\"");
    answer.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(answer)
}

/// The lines of the annex with names, by place and the code of the local list.
async fn printed(desk: &Desk, view: &View, bytes: &[u8]) -> Result<Vec<Line>, Problem> {
    let parsed = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let parsed = parsed.map(serde_json::from_slice).collect::<Result<Vec<AnnexLine>, _>>();
    let parsed = parsed.map_err(|error| {
        tracing::error!(%error, "an annex cannot be read");
        HttpRefusal::Internal
    })?;
    let ids: Vec<CaseId> = parsed.iter().map(|line| line.case).collect();
    let cases = desk.read(move |reader| reader.cases_by_id(&ids)).await?;
    let cases: BTreeMap<CaseId, _> = cases.into_iter().map(|case| (case.id, case)).collect();
    let mut lines: Vec<Line> = parsed
        .into_iter()
        .map(|line| {
            let case = cases.get(&line.case);
            let name = case.and_then(|case| case.subject_name.clone());
            let place = line.place.get(3).map_or_else(|| ELSEWHERE.to_owned(), ToString::to_string);
            Line {
                place,
                number: 0,
                name: name.unwrap_or_else(|| "–".to_owned()),
                code: case.and_then(|case| case.subject_code.clone()).unwrap_or_default(),
                points: line.total,
                band: view.band(line.band.as_ref().map(procedure::BandId::as_str)),
                from: format::day(line.from),
                until: line.until.map(format::day).unwrap_or_default(),
                sample: case.is_some_and(|case| case.sample),
            }
        })
        .collect();
    lines.sort_by(|one, other| {
        (&one.place, &one.code, &one.name).cmp(&(&other.place, &other.code, &other.name))
    });
    lines.iter_mut().enumerate().for_each(|(index, line)| line.number = index + 1);
    Ok(lines)
}

/// The lines by hamlet; only those of the page, if the list is too long for one.
fn groups(view: &View, lines: Vec<Line>, hamlet: Option<&str>, from: usize) -> Vec<Group> {
    let whole = lines.len() <= LIMIT;
    let mut groups: Vec<Group> = Vec::new();
    for line in lines {
        if groups.last().is_none_or(|group| group.key != line.place) {
            let code = (line.place != ELSEWHERE).then(|| line.place.parse().ok()).flatten();
            let name = view.hamlet(code.as_ref());
            groups.push(Group { key: line.place.clone(), name, cases: 0, lines: Vec::new() });
        }
        let Some(group) = groups.last_mut() else { continue };
        let shown = match hamlet {
            None => whole,
            Some(hamlet) => hamlet == group.key && (from..from + LIMIT).contains(&group.cases),
        };
        group.cases += 1;
        if shown {
            group.lines.push(line);
        }
    }
    groups.retain(|group| hamlet.is_none_or(|hamlet| hamlet == group.key));
    groups
}

fn csv(desk: &Desk, view: &View, lines: Vec<Line>) -> Result<Response, Problem> {
    let header = [
        desk.t("STT", "No."),
        desk.t("Mã", "Code"),
        desk.t("Tên đối tượng", "Subject"),
        desk.t("Thôn, tổ dân phố", "Hamlet"),
        desk.t("Điểm", "Points"),
        desk.t("Danh hiệu", "Title"),
        desk.t("Mức", "Level"),
        desk.t("Từ ngày", "From"),
        desk.t("Đến ngày", "Until"),
    ];
    let title = view.name();
    let rows = lines.into_iter().map(|line| {
        let hamlet = (line.place != ELSEWHERE).then(|| line.place.parse().ok()).flatten();
        let hamlet = view.hamlet(hamlet.as_ref());
        let Line { number, name, code, points, band, from, until, .. } = line;
        let (number, points) = (number.to_string(), points.to_string());
        vec![number, code, name, hamlet, points, title.clone(), band, from, until]
    });
    sheet::csv("annex", &header, rows)
}
