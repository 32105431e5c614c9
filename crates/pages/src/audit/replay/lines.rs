//! The list of a case: its events and, among them at their time, the acts that were refused.
//! Deliberately absent: HTML, and which line is looked at.

use procedure::definition::Status;
use procedure::{Date, Definition, StepId};
use projections::ReadError;
use projections::query::refused::RefusedRow;
use projections::timeline::Entry;
use serde_json::Value;

use crate::audit::names::{Names, Who};
use crate::audit::refused::attempt;
use crate::{format, words};

/// A line.
#[derive(Clone, Debug, Default)]
pub(in crate::audit) struct Line {
    /// Its number in the case, from 1; absent for what was refused.
    pub(in crate::audit) number: Option<usize>,
    pub(in crate::audit) what: String,
    /// The day that the event itself names, such as that of a decision or a meeting.
    pub(in crate::audit) decided: Option<String>,
    /// As in the log, UTC.
    pub(in crate::audit) recorded_at: String,
    /// In Viet Nam.
    pub(in crate::audit) recorded: String,
    /// By the clock of the device.
    pub(in crate::audit) captured: Option<String>,
    pub(in crate::audit) who: Who,
    pub(in crate::audit) reason: Option<String>,
    /// The step at which it happened, and where the definition has it from.
    pub(in crate::audit) step: Option<String>,
    pub(in crate::audit) source: Option<String>,
    pub(in crate::audit) provisional: bool,
    /// What the rule says that refused it.
    pub(in crate::audit) rule: Option<String>,
    pub(in crate::audit) code: Option<String>,
    pub(in crate::audit) current: bool,
    pub(in crate::audit) compared: bool,
}

/// Events and refused acts in the order of time.
pub(in crate::audit) fn of(
    names: &mut Names<'_, '_>,
    definition: Option<&Definition>,
    entries: &[Entry],
    refused: Vec<RefusedRow>,
) -> Result<Vec<Line>, ReadError> {
    let mut lines = Vec::with_capacity(entries.len() + refused.len());
    let mut turn: Option<StepId> = None;
    for (place, entry) in entries.iter().enumerate() {
        let after = entry.state.turn.as_ref().map(|turn| turn.step.clone());
        let step = own_step(&entry.event).or(turn).or_else(|| after.clone());
        let mut line = line(names, entry)?;
        line.number = Some(place + 1);
        stand_on(&mut line, names, definition, step.as_ref());
        lines.push(line);
        turn = after;
    }
    for row in refused {
        lines.push(attempted(names, row)?);
    }
    // Times are of one width; events of one command share theirs and keep their order.
    lines.sort_by(|one, other| one.recorded_at.cmp(&other.recorded_at));
    Ok(lines)
}

fn line(names: &mut Names<'_, '_>, entry: &Entry) -> Result<Line, ReadError> {
    Ok(Line {
        what: words::word("event", &entry.event_type, names.language),
        decided: decided(&entry.event),
        recorded: format::time_exact(&entry.recorded_at),
        recorded_at: entry.recorded_at.clone(),
        captured: entry.captured_at.as_deref().map(format::time_exact),
        who: names.who(&entry.actor, &entry.recorded_at)?,
        reason: reason(&entry.event),
        ..Line::default()
    })
}

fn attempted(names: &mut Names<'_, '_>, row: RefusedRow) -> Result<Line, ReadError> {
    let attempt = attempt(names, row)?;
    Ok(Line {
        what: attempt.act,
        recorded: format::time_exact(&attempt.row.recorded_at),
        recorded_at: attempt.row.recorded_at,
        who: Who { id: Some(attempt.row.officer), name: attempt.who, ..Who::default() },
        rule: Some(attempt.rule),
        code: Some(attempt.row.code),
        ..Line::default()
    })
}

/// The step with its source.
fn stand_on(
    line: &mut Line,
    names: &Names<'_, '_>,
    definition: Option<&Definition>,
    step: Option<&StepId>,
) {
    let Some((definition, step)) = definition.zip(step) else { return };
    let Some(step) = definition.step(step) else { return };
    line.step = Some(step.name.get(names.language).to_owned());
    line.source = definition.sources.get(&step.source).map(|source| source.title.clone());
    line.provisional = step.status == Status::Provisional;
}

fn own_step(event: &Value) -> Option<StepId> {
    event.get("step")?.as_str()?.parse().ok()
}

/// The day that an event names besides that of its entry.
pub(in crate::audit) fn decided(event: &Value) -> Option<String> {
    let decision = event.get("decision").and_then(|decision| decision.get("date"));
    let named = ["held_on", "date", "from"].iter().filter_map(|name| event.get(name));
    let mut days = decision.into_iter().chain(named).filter_map(|day| day.as_str()?.parse().ok());
    let day: Option<Date> = days.next();
    day.map(format::day)
}

/// What the event says in somebody's words.
pub(in crate::audit) fn reason(event: &Value) -> Option<String> {
    let mut texts = ["reason", "ground", "note", "text"].iter().filter_map(|name| event.get(name));
    texts.find_map(|text| text.as_str()).map(ToOwned::to_owned)
}
