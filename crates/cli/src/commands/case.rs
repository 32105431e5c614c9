//! `case show` and `case replay`.

use std::collections::BTreeMap;

use anyhow::Result;
use procedure::{CaseId, OfficerId};
use projections::query::cases::CaseRow;
use projections::timeline::{Entry, timeline};

use crate::args::{Case, Place};
use crate::commands::read;
use crate::failure::CliError;
use crate::home::Reading;
use crate::output::{answer, subject, table};

pub(crate) async fn run(place: &Place, command: Case) -> Result<()> {
    match command {
        Case::Show { case, json } => {
            let found = read::with(place, move |reader| reader.case(case)).await?;
            let row = found.ok_or_else(|| unknown(case))?;
            answer(json.json, &row, show)
        }
        Case::Replay { case, json } => {
            let reading = Reading::open(place).await?;
            let (store, keyring) = reading.sources();
            let entries = timeline(&*store, &*keyring, case).await?;
            if entries.is_empty() {
                return Err(unknown(case).into());
            }
            let names = names(&reading, &entries).await?;
            answer(json.json, &entries, |entries| replay(entries, &names))
        }
    }
}

fn unknown(case: CaseId) -> CliError {
    CliError::UnknownCase { case: case.to_string() }
}

fn show(row: &CaseRow) -> String {
    let some = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let lines = [
        ("case", row.id.to_string()),
        ("title", format!("{} {}", row.title, row.year)),
        (
            "subject",
            format!(
                "{}, {}",
                subject(row.subject_name.as_deref(), row.sample),
                some(row.subject_code.clone())
            ),
        ),
        ("place", row.place.join(" / ")),
        ("procedure", row.procedure.to_string()),
        ("state", row.state.to_string()),
        ("step", some(row.step.as_ref().map(ToString::to_string))),
        ("waits for", some(row.role.as_ref().map(ToString::to_string))),
        ("holder", some(row.holder.map(|holder| holder.to_string()))),
        ("filed on", row.filed_on.to_string()),
        ("since", row.turn_since.to_string()),
        ("returned", format!("{} times", row.returns)),
        ("points", format!("{} claimed, {} reviewed", points(row.claimed), points(row.reviewed))),
        ("revision", row.revision.to_string()),
    ];
    lines.iter().map(|(name, value)| format!("{name:10} {value}")).collect::<Vec<_>>().join("\n")
}

fn points(points: Option<u32>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.to_string())
}

/// Names of the officers who acted.
async fn names(reading: &Reading, entries: &[Entry]) -> Result<BTreeMap<OfficerId, String>> {
    let acting = entries.iter().filter_map(|entry| entry.actor.officer);
    let replaced = entries.iter().filter_map(|entry| entry.actor.in_place_of);
    let ids: Vec<_> = acting.chain(replaced).chain(entries.iter().filter_map(signatory)).collect();
    read::with_open(reading, move |reader| {
        let mut names = BTreeMap::new();
        for id in ids {
            if let Some(name) = reader.officer(id)?.and_then(|officer| officer.name) {
                names.insert(id, name);
            }
        }
        Ok(names)
    })
    .await
}

/// Whose decision an act of the program follows.
fn signatory(entry: &Entry) -> Option<OfficerId> {
    entry.event.get("by")?.as_str()?.parse().ok()
}

/// Who acted, in whose place, or whose decision the program follows.
fn who(entry: &Entry, names: &BTreeMap<OfficerId, String>) -> String {
    let name = |id: &OfficerId| names.get(id).cloned().unwrap_or_else(|| id.to_string());
    let actor = &entry.actor;
    let told = match (actor.officer, &actor.operator) {
        (Some(id), _) => name(&id),
        (None, Some(operator)) => operator.clone(),
        (None, None) => "chương trình / program".to_owned(),
    };
    match (actor.in_place_of, actor.program.then(|| signatory(entry)).flatten()) {
        (Some(absent), _) => format!("{told}\nin place of {}", name(&absent)),
        (None, Some(signatory)) => format!("{told}\nas decided by {}", name(&signatory)),
        (None, None) => told,
    }
}

fn replay(entries: &[Entry], names: &BTreeMap<OfficerId, String>) -> String {
    let rows = entries.iter().map(|entry| {
        let actor = &entry.actor;
        let who = who(entry, names);
        let role = actor.role.as_ref().map(ToString::to_string).unwrap_or_default();
        let unit = actor.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        [
            entry.revision.to_string(),
            entry.recorded_at.chars().take(19).collect(),
            entry.event_type.clone(),
            format!("{who}\n{role} {unit}"),
            entry.state.phase.to_owned(),
            changes(entry),
        ]
    });
    table(&["#", "recorded (UTC)", "event", "who", "then", "changed"], rows)
}

/// At most six changes; `--json` has all.
fn changes(entry: &Entry) -> String {
    let line = |change: &projections::timeline::Change| {
        format!("{}: {} → {}", change.path, change.before, change.after)
    };
    let mut lines: Vec<_> = entry.changed.iter().take(6).map(line).collect();
    if entry.changed.len() > lines.len() {
        lines.push(format!("… {} more", entry.changed.len() - lines.len()));
    }
    lines.join("\n")
}
