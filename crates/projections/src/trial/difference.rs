//! What is different between two definitions for whoever is judged: indicators, maxima and the
//! rule of the outcome. Deliberately absent: texts, sources, steps and seasons.

use std::collections::BTreeMap;

use procedure::definition::{Indicator, Outcome};
use procedure::{Definition, IndicatorId, ProcedureId};
use serde::Serialize;
use serde_json::Value;

use super::judge::most;
use crate::error::ReadError;

/// Fields of an outcome that judge nothing.
const SAID: [&str; 6] = ["id", "name", "text", "about", "status", "source"];

/// How a draft differs from a definition that cases are under.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The definition.
    pub procedure: ProcedureId,
    /// How many cases are under it.
    pub cases: u32,
    /// Indicators that only the draft has.
    pub added: Vec<Maximum>,
    /// Indicators that the draft has no more.
    pub removed: Vec<Maximum>,
    /// Indicators that give more or less.
    pub maxima: Vec<MaximumChange>,
    /// What has to be reached, where that is different.
    pub thresholds: Vec<Threshold>,
}

impl Difference {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.maxima.is_empty()
            && self.thresholds.is_empty()
    }
}

/// An indicator (chỉ tiêu) and the most points that it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Maximum {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The points.
    pub maximum: u16,
}

/// An indicator that gives more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MaximumChange {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The most points before.
    pub before: u16,
    /// The most points by the draft.
    pub after: u16,
}

/// A number of the outcome's rule that is different (ngưỡng).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Threshold {
    /// Which, such as `minimum_total` or `bands/good/from`.
    pub what: String,
    /// What it was; null if it was not there.
    pub before: Value,
    /// What it is by the draft; null if it is not there any more.
    pub after: Value,
}

/// How `draft` differs from `old`.
pub(super) fn between(
    old: &Definition,
    draft: &Definition,
    cases: u32,
) -> Result<Difference, ReadError> {
    let only = |one: &Definition, other: &Definition| {
        let only = one.indicators().filter(|indicator| other.indicator(&indicator.id).is_none());
        let maximum = |indicator: &Indicator| Maximum {
            indicator: indicator.id.clone(),
            maximum: most(indicator),
        };
        only.map(maximum).collect()
    };
    Ok(Difference {
        procedure: old.id.clone(),
        cases,
        added: only(draft, old),
        removed: only(old, draft),
        maxima: draft.indicators().filter_map(|indicator| maximum(old, indicator)).collect(),
        thresholds: thresholds(&old.outcome, &draft.outcome)?,
    })
}

fn maximum(old: &Definition, indicator: &Indicator) -> Option<MaximumChange> {
    let (before, after) = (most(old.indicator(&indicator.id)?), most(indicator));
    let indicator = indicator.id.clone();
    (before != after).then_some(MaximumChange { indicator, before, after })
}

fn thresholds(old: &Outcome, draft: &Outcome) -> Result<Vec<Threshold>, ReadError> {
    let (before, after) = (leaves(old)?, leaves(draft)?);
    let mut names: Vec<_> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let of = |leaves: &BTreeMap<String, Value>, name| leaves.get(name).cloned().unwrap_or_default();
    let both = names.into_iter().map(|name| Threshold {
        what: name.clone(),
        before: of(&before, name),
        after: of(&after, name),
    });
    Ok(both.filter(|threshold| threshold.before != threshold.after).collect())
}

/// The numbers of a rule by where they stand, whatever fields rules come to have.
fn leaves(outcome: &Outcome) -> Result<BTreeMap<String, Value>, ReadError> {
    let value = serde_json::to_value(outcome).map_err(ReadError::corrupt)?;
    let mut leaves = BTreeMap::new();
    walk(String::new(), value, &mut leaves);
    Ok(leaves)
}

fn walk(path: String, value: Value, leaves: &mut BTreeMap<String, Value>) {
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.into_iter().filter(|(name, _)| !SAID.contains(&&**name)) {
                // A number with its source is told by the number.
                let path = if name == "value" { path.clone() } else { below(&name) };
                walk(path, value, leaves);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.get("id").is_some()) => {
            for item in items {
                let id = item.get("id").and_then(Value::as_str).map(below);
                walk(id.unwrap_or_default(), item, leaves);
            }
        }
        leaf => {
            leaves.insert(path, leaf);
        }
    }
}
