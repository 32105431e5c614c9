//! The state of a case after an event, to be read: facts, points by indicator, objections.
//! Deliberately absent: anything that the state does not say.

use procedure::definition::Indicator;
use projections::ReadError;
use projections::timeline::StateView;
use serde_json::{Map, Value};

use super::wording::Wording;
use crate::words;

/// The state in words.
pub(super) struct Shown {
    pub(super) facts: Vec<Fact>,
    pub(super) points: Vec<Points>,
    pub(super) claimed: u32,
    pub(super) reviewed: u32,
    pub(super) objections: Vec<Objection>,
}

/// A field with its value.
pub(super) struct Fact {
    pub(super) field: String,
    pub(super) value: String,
    /// The decision's own history.
    pub(super) link: Option<String>,
}

/// What was said about one indicator.
#[derive(Default)]
pub(super) struct Points {
    pub(super) indicator: String,
    pub(super) text: String,
    pub(super) maximum: Option<u16>,
    pub(super) provisional: bool,
    pub(super) prefilled: Option<u16>,
    pub(super) claimed: Option<u16>,
    pub(super) evidence: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) reviewed: Option<u16>,
    pub(super) finding: Option<String>,
    pub(super) finding_note: Option<String>,
}

/// What somebody said about the posted case.
pub(super) struct Objection {
    pub(super) number: u16,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) found: Option<String>,
    pub(super) answer: Option<String>,
}

/// What stands in lists of its own, or is said by the page's head.
const APART: [&str; 9] = [
    "assessments",
    "claimed",
    "claims",
    "objections",
    "prefill",
    "procedure",
    "reviewed",
    "subject",
    "taken",
];

impl Shown {
    pub(super) fn of(
        wording: &mut Wording<'_, '_, '_>,
        state: &StateView,
    ) -> Result<Self, ReadError> {
        Ok(Self {
            facts: facts(wording, state)?,
            points: points(wording, state),
            claimed: state.claimed,
            reviewed: state.reviewed,
            objections: objections(wording, state)?,
        })
    }
}

fn facts(wording: &mut Wording<'_, '_, '_>, state: &StateView) -> Result<Vec<Fact>, ReadError> {
    let Value::Object(fields) =
        serde_json::to_value(state).map_err(|error| ReadError::Corrupt(error.to_string()))?
    else {
        return Ok(Vec::new());
    };
    let mut facts = Vec::new();
    // In the order in which one asks, and who took which step last.
    let order = ["phase", "title", "year", "turn", "turn_since", "holder"];
    let first = order.iter().filter_map(|name| fields.get_key_value(*name));
    let known = |name: &&String| order.contains(&name.as_str()) || APART.contains(&name.as_str());
    let rest = fields.iter().filter(|(name, _)| !known(name));
    for (name, value) in first.chain(rest).chain(fields.get_key_value("taken")) {
        add(wording, name, value, &mut facts)?;
    }
    Ok(facts)
}

fn add(
    wording: &mut Wording<'_, '_, '_>,
    path: &str,
    value: &Value,
    facts: &mut Vec<Fact>,
) -> Result<(), ReadError> {
    if let Value::Object(parts) = value {
        return add_parts(wording, path, parts, facts);
    }
    if path == "returns" && value.as_u64() == Some(0) {
        return Ok(());
    }
    let link = value.as_str().filter(|_| path == "placed");
    let link = link.map(|id| format!("/audit/decisions/{id}"));
    if let Some(value) = wording.value(path, value)? {
        facts.push(Fact { field: wording.field(path), value, link });
    }
    Ok(())
}

fn add_parts(
    wording: &mut Wording<'_, '_, '_>,
    path: &str,
    parts: &Map<String, Value>,
    facts: &mut Vec<Fact>,
) -> Result<(), ReadError> {
    for (name, value) in parts {
        add(wording, &format!("{path}/{name}"), value, facts)?;
    }
    Ok(())
}

/// Every indicator of the definition, and any other that has points.
fn points(wording: &Wording<'_, '_, '_>, state: &StateView) -> Vec<Points> {
    if state.claims.is_empty() && state.assessments.is_empty() && state.prefill.is_empty() {
        return Vec::new();
    }
    let known: Vec<&Indicator> =
        wording.definition.iter().flat_map(|definition| definition.indicators()).collect();
    let language = wording.names.language;
    let mut lines: Vec<Points> = known
        .iter()
        .map(|indicator| Points {
            indicator: indicator.id.to_string(),
            text: indicator.text.get(language).to_owned(),
            maximum: Some(indicator.maximum.value),
            provisional: indicator.is_provisional(),
            ..Points::default()
        })
        .collect();
    let with_points =
        state.claims.keys().chain(state.assessments.keys()).chain(state.prefill.keys());
    for id in with_points {
        if !lines.iter().any(|line| line.indicator == *id) {
            lines.push(Points { indicator: id.clone(), ..Points::default() });
        }
    }
    for line in &mut lines {
        line.prefilled = state.prefill.get(&line.indicator).map(|claim| claim.points);
        if let Some(claim) = state.claims.get(&line.indicator) {
            line.claimed = Some(claim.points);
            line.evidence.clone_from(&claim.evidence);
            line.note.clone_from(&claim.note);
        }
        if let Some(found) = state.assessments.get(&line.indicator) {
            line.reviewed = Some(found.points);
            line.finding = Some(words::word("finding", found.finding.as_str(), language));
            line.finding_note.clone_from(&found.note);
        }
    }
    lines
}

fn objections(
    wording: &mut Wording<'_, '_, '_>,
    state: &StateView,
) -> Result<Vec<Objection>, ReadError> {
    let mut objections = Vec::new();
    for (number, said) in &state.objections {
        let kind = Value::from(said.kind.as_str());
        let kind = wording.value("objections/kind", &kind)?.unwrap_or_default();
        let found = said.upheld.map(Value::from).unwrap_or_default();
        objections.push(Objection {
            number: *number,
            kind,
            name: said.name.clone(),
            text: said.text.clone(),
            found: wording.value("objections/upheld", &found)?,
            answer: said.answer.clone(),
        });
    }
    Ok(objections)
}
