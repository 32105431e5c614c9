//! `decision`: decisions over many cases. Deliberately absent: drafting and signing, which officers
//! do over the API (`hieuhoc call`).

use std::io::Write as _;
use std::sync::Arc;

use anyhow::Result;
use engine::{Engine, OsEntropy, SystemClock};
use procedure::{DecisionId, UnitCode};
use projections::query::decisions::{DecisionRow, DecisionTotal, DecisionsFilter};
use serde_json::json;

use crate::args::{Decision, Page, Place};
use crate::commands::read;
use crate::failure::CliError;
use crate::home::Reading;
use crate::output::{answer, table};

pub(crate) async fn run(place: &Place, command: Decision) -> Result<()> {
    match command {
        Decision::List { unit, year, state, page } => {
            let filter = DecisionsFilter {
                territory: vec!["VN".parse::<UnitCode>()?],
                units: unit.into_iter().collect(),
                title: None,
                year,
                state,
            };
            list(place, filter, page).await
        }
        Decision::Show { decision, json } => show(place, decision, json.json).await,
        Decision::Annex { decision } => annex(place, decision).await,
    }
}

async fn list(place: &Place, filter: DecisionsFilter, page: Page) -> Result<()> {
    let (cursor, limit) = (page.cursor, page.limit as usize);
    let look =
        move |reader: &projections::Reader<'_>| reader.decisions(&filter, cursor.as_deref(), limit);
    let found = read::with(place, look).await?;
    answer(page.json.json, &found, |found| {
        let more = match &found.next {
            Some(next) => format!("\nmore: --cursor {next}"),
            None => String::new(),
        };
        let header = ["decision", "title", "unit", "state", "number", "date", "cases"];
        table(&header, found.items.iter().map(line)) + &more
    })
}

fn line(row: &DecisionRow) -> [String; 7] {
    let number = row.corrected_number.as_ref().or(row.number.as_ref());
    [
        row.id.to_string(),
        format!("{} {}", row.title, row.year),
        row.unit.to_string(),
        row.state.clone(),
        number.cloned().unwrap_or_default(),
        row.date.map(|date| date.to_string()).unwrap_or_default(),
        format!("{}{}", row.listed, if row.settled { "" } else { " (following)" }),
    ]
}

async fn show(place: &Place, id: DecisionId, as_json: bool) -> Result<()> {
    let found =
        read::with(place, move |reader| Ok((reader.decision(id)?, reader.decision_totals(id)?)));
    let (Some(row), totals) = found.await? else { return Err(unknown(id).into()) };
    let value = json!({ "decision": row, "totals": totals });
    answer(as_json, &value, |_| told(&row, &totals))
}

fn unknown(id: DecisionId) -> CliError {
    CliError::UnknownDecision { decision: id.to_string() }
}

fn told(row: &DecisionRow, totals: &[DecisionTotal]) -> String {
    let some = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let lines = [
        ("decision", row.id.to_string()),
        ("about", format!("{} {} by {}", row.title, row.year, row.procedure)),
        ("unit", row.place.join(" / ")),
        ("state", row.state.clone()),
        ("drafted", format!("{} by {}", row.drafted_on, row.drafted_by)),
        ("number", some(row.number.clone())),
        ("corrected", some(row.corrected_number.clone())),
        ("date", some(row.date.map(|date| date.to_string()))),
        ("annex", some(row.annex.clone())),
        ("cancelled", some(row.cancelled_number.clone())),
        (
            "cases",
            format!("{} listed, {} placed, {} recognised", row.listed, row.placed, row.concluded),
        ),
    ];
    let lines: Vec<_> = lines.iter().map(|(name, value)| format!("{name:10} {value}")).collect();
    let rows = totals.iter().map(|total| {
        let points = |points: Option<u32>| points.map(|points| points.to_string());
        [
            some(total.hamlet.as_ref().map(ToString::to_string)),
            total.cases.to_string(),
            some(points(total.lowest)),
            some(points(total.highest)),
        ]
    });
    format!("{}\n{}", lines.join("\n"), table(&["hamlet", "cases", "lowest", "highest"], rows))
}

async fn annex(place: &Place, id: DecisionId) -> Result<()> {
    let (store, keyring) = Reading::open(place).await?.sources();
    // It only reads: the store was opened to read where a server has the folder.
    let engine = Engine::new(store, keyring, Arc::new(SystemClock), Arc::new(OsEntropy));
    let annex = engine.decision_annex(id, engine.today()).await?;
    Ok(std::io::stdout().write_all(&annex)?)
}
