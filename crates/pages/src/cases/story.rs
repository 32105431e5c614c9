//! What has happened to a case, in short, and what it changed where somebody has to decide anew.
//! Deliberately absent: the whole record; `/audit/cases/{id}` has it.

use projections::timeline::{Change, Entry};
use serde_json::Value;

use crate::cases::known::Known;
use crate::{format, words};

/// One event in a line.
pub(super) struct Line {
    pub(super) what: String,
    /// A particular of it, such as the points or the step.
    pub(super) detail: Option<String>,
    pub(super) who: String,
    pub(super) when: String,
    pub(super) reason: Option<String>,
    /// What it changed about points and notes.
    pub(super) changes: Vec<String>,
}

/// The lines of some entries.
pub(super) fn lines<'a>(entries: impl IntoIterator<Item = &'a Entry>, known: &Known) -> Vec<Line> {
    entries.into_iter().map(|entry| line(entry, known)).collect()
}

fn line(entry: &Entry, known: &Known) -> Line {
    let event = &entry.event;
    let text = |name: &str| event[name].as_str().map(str::to_owned);
    Line {
        what: words::word("event", &entry.event_type, known.language),
        detail: detail(entry, known),
        who: who(entry, known),
        when: format::time(&entry.recorded_at),
        reason: text("reason").or_else(|| text("ground")).or_else(|| text("text")),
        changes: entry.changed.iter().filter_map(|change| changed(change, known)).collect(),
    }
}

fn detail(entry: &Entry, known: &Known) -> Option<String> {
    let event = &entry.event;
    let vi = known.language == procedure::Language::Vietnamese;
    match entry.event_type.as_str() {
        "SelfAssessed" | "Supplemented" | "Reviewed" => {
            let total = event["total"].as_u64()?;
            Some(format!("{total} {}", if vi { "điểm" } else { "points" }))
        }
        "StepCompleted" | "PostedPublicly" | "ReturnedForSupplement" => {
            event["step"].as_str().map(|step| known.step(step))
        }
        "SentBackForReview" | "HandedOver" => {
            event["next"]["step"].as_str().map(|step| known.step(step))
        }
        "Assigned" => event["to"].as_str()?.parse().ok().map(|to| known.officer(to)),
        "TitleRecognised" | "RecognitionRefused" | "TitleRevoked" => {
            event["decision"]["number"].as_str().map(str::to_owned)
        }
        "MinutesRecorded" => {
            let votes = |name: &str| event["votes"][name].as_u64().unwrap_or(0);
            Some(format!("{}/{}", votes("for"), event["present"].as_u64().unwrap_or(0)))
        }
        _ => None,
    }
}

fn who(entry: &Entry, known: &Known) -> String {
    let vi = known.language == procedure::Language::Vietnamese;
    let actor = &entry.actor;
    let Some(officer) = actor.officer else {
        let program = if vi { "Chương trình" } else { "The program" };
        return actor.operator.clone().unwrap_or_else(|| program.to_owned());
    };
    let mut who = known.officer(officer);
    if let Some(role) = &actor.role {
        who = format!("{who}, {}", words::role(role.as_str(), known.language));
    }
    if let Some(other) = actor.in_place_of {
        let for_him = if vi { "thay" } else { "for" };
        who = format!("{who} ({for_him} {})", known.officer(other));
    }
    who
}

/// What has changed about the points, the evidence and the notes of an indicator.
fn changed(change: &Change, known: &Known) -> Option<String> {
    let mut parts = change.path.splitn(3, '/');
    let (list, indicator, field) = (parts.next()?, parts.next()?, parts.next()?);
    let vi = known.language == procedure::Language::Vietnamese;
    let list = match list {
        "claims" if vi => "tự chấm",
        "claims" => "claimed",
        "assessments" if vi => "thẩm định",
        "assessments" => "reviewed",
        _ => return None,
    };
    let field = match field {
        "points" => list,
        "evidence" if vi => "minh chứng",
        "evidence" => "evidence",
        "note" if vi => "ghi chú",
        "note" => "note",
        _ => return None,
    };
    let (before, after) = (value(&change.before), value(&change.after));
    (before != after).then(|| format!("{indicator}, {field}: {before} → {after}"))
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => {
            let items = items.iter().map(|item| item.as_str().unwrap_or_default().to_owned());
            items.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
