//! `GET /decisions`: decisions by state, and what is ready for one. `POST /decisions`: a draft begins.
//! Deliberately absent: the cases themselves.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use engine::EngineError;
use procedure::{Language, ProcedureId, Title, UnitCode};
use projections::query::Page as Part;
use projections::query::decisions::{DecisionRow, DecisionsFilter, ReadyCount, ReadyFilter};
use projections::query::procedures::ProcedureRow;
use projections::{ReadError, Reader};
use web::api::decisions::draft::{Draft, draft_decision};
use web::problem::Problem;

use super::asker;
use crate::act::Act;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::sheet;

/// Lines of a page.
const LIMIT: usize = 50;
/// Lines of a state, where all states are shown.
const FEW: usize = 10;
/// Most lines of what is ready.
const READY_MAX: usize = 400;
/// Most lines of a table as a file.
const CSV_MAX: usize = 20_000;
/// The states in the order of the page.
const STATES: [&str; 4] = ["draft", "signed", "cancelled", "discarded"];

#[derive(Template)]
#[template(path = "decisions/list.html")]
struct List {
    page: Page,
    asked: Fields,
    /// What the address asks for besides the state, as a query.
    query: String,
    state: String,
    states: [&'static str; 4],
    titles: &'static [Title],
    parts: Vec<Shown>,
    groups: Vec<Group>,
    /// Whether there is more ready than is shown.
    more: bool,
}

/// The decisions in one state.
struct Shown {
    state: &'static str,
    rows: Part<DecisionRow>,
    units: BTreeMap<UnitCode, String>,
}

/// What waits for one decision.
struct Group {
    count: ReadyCount,
    /// The definition's name.
    name: String,
    sample: bool,
    provisional: bool,
    unit: String,
    cases: u64,
    /// Each hamlet with how many.
    hamlets: Vec<(String, u64)>,
    /// A draft that it could go on already.
    draft: Option<String>,
    may_draft: bool,
}

impl List {
    fn is_title(&self, title: &Title) -> bool {
        self.asked.get("title") == Some(title.as_str())
    }

    fn unit<'a>(&self, part: &'a Shown, row: &'a DecisionRow) -> &'a str {
        part.units.get(&row.unit).map_or_else(|| row.unit.as_str(), String::as_str)
    }
}

/// `GET /decisions`.
pub(super) async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let filter = DecisionsFilter {
        territory: desk.reading.territory.clone(),
        units: asked.some("unit")?.into_iter().collect(),
        title: asked.some("title")?,
        year: asked.some("year")?,
        state: asked.get("state").map(str::to_owned),
    };
    if asked.0.iter().any(|(name, _)| name == "csv") {
        return csv(&desk, filter).await;
    }
    let state = STATES.into_iter().find(|state| filter.state.as_deref() == Some(state));
    let after = asked.get("after").map(str::to_owned);
    let today = desk.reading.today;
    let ready = ReadyFilter {
        territory: filter.territory.clone(),
        unit: asked.some("unit")?,
        title: filter.title,
        year: filter.year,
        procedure: None,
    };
    let english = desk.look.language == Language::English;
    let read = desk.read(move |reader| {
        let mut parts = Vec::new();
        for name in STATES.into_iter().filter(|name| state.is_none_or(|state| state == *name)) {
            let filter = DecisionsFilter { state: Some(name.to_owned()), ..filter.clone() };
            let limit = if state.is_some() || name == "draft" { LIMIT } else { FEW };
            let rows = reader.decisions(&filter, after.as_deref(), limit)?;
            let mut units = BTreeMap::new();
            for row in &rows.items {
                if let Some(unit) = reader.unit(&row.unit, today)? {
                    units.insert(row.unit.clone(), unit.name);
                }
            }
            // Where all states are shown, an empty one says nothing.
            if state.is_some() || name == "draft" || !rows.items.is_empty() {
                parts.push(Shown { state: name, rows, units });
            }
        }
        let counts = match state {
            None | Some("draft") => reader.ready_counts(&ready, READY_MAX + 1)?,
            Some(_) => Vec::new(),
        };
        let more = counts.len() > READY_MAX;
        let drafts = parts.iter().find(|part| part.state == "draft");
        let drafts = drafts.map_or(&[][..], |part| &part.rows.items);
        let groups = groups(reader, counts, (drafts, english), today)?;
        Ok((parts, groups, more))
    });
    let (parts, mut groups, more) = read.await?;
    for group in &mut groups {
        group.may_draft = may_draft(&desk, &group.count).await?;
    }
    let query = asked.clone().without(&["state", "after", "csv"]).query();
    let state = state.unwrap_or_default().to_owned();
    let page = desk.page(Area::Decisions, "Quyết định công nhận", "Recognition decisions");
    let (states, titles) = (STATES, Title::ALL);
    Ok(show(&List { page, asked, query, state, states, titles, parts, groups, more }))
}

/// What is ready, by definition, year and unit.
fn groups(
    reader: &Reader<'_>,
    counts: Vec<ReadyCount>,
    (drafts, english): (&[DecisionRow], bool),
    today: procedure::Date,
) -> Result<Vec<Group>, ReadError> {
    let procedures: Vec<ProcedureRow> = reader.procedures()?;
    let mut groups: Vec<Group> = Vec::new();
    for count in counts {
        let hamlet = match &count.hamlet {
            Some(code) => {
                reader.unit(code, today)?.map_or_else(|| code.to_string(), |unit| unit.name)
            }
            None => "–".to_owned(),
        };
        let same = |group: &&mut Group| {
            (&group.count.procedure, group.count.year, &group.count.unit)
                == (&count.procedure, count.year, &count.unit)
        };
        if let Some(group) = groups.last_mut().filter(same) {
            group.cases += count.cases;
            group.hamlets.push((hamlet, count.cases));
            continue;
        }
        let procedure = procedures.iter().find(|row| row.id == count.procedure);
        let named =
            |row: &ProcedureRow| if english { row.name_en.clone() } else { row.name_vi.clone() };
        let draft = drafts.iter().find(|draft| {
            (&draft.procedure, draft.year, &draft.unit)
                == (&count.procedure, count.year, &count.unit)
        });
        let unit = reader.unit(&count.unit, today)?;
        groups.push(Group {
            name: procedure.map_or_else(|| count.procedure.to_string(), named),
            sample: procedure.is_some_and(|row| row.sample),
            provisional: procedure.is_some_and(|row| row.provisional),
            unit: unit.map_or_else(|| count.unit.to_string(), |unit| unit.name),
            cases: count.cases,
            hamlets: vec![(hamlet, count.cases)],
            draft: draft.map(|draft| draft.id.to_string()),
            may_draft: false,
            count,
        });
    }
    Ok(groups)
}

async fn may_draft(desk: &Desk, count: &ReadyCount) -> Result<bool, Problem> {
    let engine = &desk.reading.app.engine;
    let at = (count.unit.clone(), count.year);
    match engine.rehearse_draft(&asker(desk), &count.procedure, at).await {
        Ok(()) => Ok(true),
        Err(EngineError::Refused(_)) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

async fn csv(desk: &Desk, filter: DecisionsFilter) -> Result<Response, Problem> {
    let read = desk.read(move |reader| {
        let (mut rows, mut mark) = (Vec::new(), None);
        loop {
            let part = reader.decisions(&filter, mark.as_deref(), 200)?;
            rows.extend(part.items);
            mark = part.next;
            if mark.is_none() || rows.len() >= CSV_MAX {
                return Ok(rows);
            }
        }
    });
    let header = [
        desk.t("Danh hiệu", "Title"),
        desk.t("Năm", "Year"),
        desk.t("Đơn vị", "Unit"),
        desk.t("Trạng thái", "State"),
        desk.t("Số", "Number"),
        desk.t("Số đính chính", "Corrected number"),
        desk.t("Ngày", "Date"),
        desk.t("Số hồ sơ", "Cases"),
        desk.t("Đã công nhận", "Recognised"),
        "SHA-256",
    ];
    let language = desk.look.language;
    let rows = read.await?.into_iter().map(|row| {
        vec![
            crate::words::word("title", row.title.as_str(), language),
            row.year.to_string(),
            row.unit.to_string(),
            crate::words::word("decision", &row.state, language),
            row.number.unwrap_or_default(),
            row.corrected_number.unwrap_or_default(),
            row.date.map(crate::format::day).unwrap_or_default(),
            row.listed.to_string(),
            row.concluded.to_string(),
            row.annex.unwrap_or_default(),
        ]
    });
    sheet::csv("decisions", &header, rows)
}

/// `POST /decisions`.
pub(super) async fn draft(act: Act) -> Result<Response, Problem> {
    let procedure: ProcedureId = act.fields.need("procedure")?;
    let (year, unit) = (act.fields.need("year")?, act.fields.need("unit")?);
    let command = act.command(Draft { procedure, year, unit });
    let id = command.new_id("decision");
    let answer = draft_decision(command).await?;
    let notice = act.desk.t(
        "Đã lập dự thảo. Hãy đưa hồ sơ vào danh sách.",
        "The draft is there. Put cases on its list.",
    );
    Ok(act.done(&answer, &format!("/decisions/{id}"), notice))
}
