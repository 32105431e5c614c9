//! Questions to the read models, one module for each kind of answer. SQL stands here and in
//! [`crate::apply`] alone.
//!
//! Deliberately absent: who may ask; callers pass the territory that an officer may see.

use procedure::UnitCode;
use rusqlite::Row;
use rusqlite::types::Value;
use serde::Serialize;

pub mod agenda;
mod area;
pub mod calendar;
pub mod cases;
pub mod decisions;
pub mod deeds;
pub mod flow;
pub mod history;
pub mod load;
mod mark;
mod names;
pub mod officers;
#[cfg(test)]
mod plan;
pub mod postings;
pub mod procedures;
pub mod public;
pub mod queue;
pub mod refused;
mod scope;
pub mod signs;
pub mod stays;
pub mod subjects;
pub mod titles;
pub mod totals;
pub mod units;

pub use area::AreaFilter;

pub use crate::apply::dossier::{CaseState, UnknownState};

/// Longest page.
pub const LIMIT_MAX: usize = 200;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The lines.
    pub items: Vec<T>,
    /// Where the next page begins; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of one line more than asked for, which only shows that there is more.
    pub(crate) fn of(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

/// The units that somebody may see, or asks about: everything at or below one of them.
pub type Territory = Vec<UnitCode>;

/// The code of the nation, which no column holds: everything is in it.
pub(crate) const NATION: &str = "VN";

/// A part of a `WHERE` clause with its values.
#[derive(Default)]
pub(crate) struct Filter {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a clause with `?` for each value.
    pub(crate) fn add(&mut self, clause: &str, values: impl IntoIterator<Item = Value>) {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
    }

    /// Adds a comparison if there is something to compare with.
    pub(crate) fn add_some(&mut self, clause: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.add(clause, [Value::Text(value.to_string())]);
        }
    }

    /// Keeps to a territory, by the column of each unit's level. An empty one holds nothing.
    pub(crate) fn within(&mut self, prefix: &str, territory: &[UnitCode]) {
        if territory.iter().any(|unit| unit.as_str() == NATION) {
            return;
        }
        let clauses: Vec<_> =
            territory.iter().map(|unit| format!("{prefix}{} = ?", level_column(unit))).collect();
        let clause = if clauses.is_empty() { "0".to_owned() } else { clauses.join(" OR ") };
        let values = territory.iter().map(|unit| Value::Text(unit.to_string()));
        self.add(&format!("({clause})"), values.collect::<Vec<_>>());
    }

    /// The whole clause; true if nothing was added.
    pub(crate) fn clause(&self) -> String {
        if self.clauses.is_empty() { "1".to_owned() } else { self.clauses.join(" AND ") }
    }

    pub(crate) fn values_ref(&self) -> &[Value] {
        &self.values
    }

    pub(crate) fn values(self) -> Vec<Value> {
        self.values
    }
}

/// The column that holds units of this one's level, by the form of official codes: two digits for
/// a province, five for a commune, a commune's with hyphen for its hamlets.
pub(crate) fn level_column(unit: &UnitCode) -> &'static str {
    match unit.as_str() {
        code if code.contains('-') => "hamlet",
        code if code.len() <= 2 => "province",
        _ => "commune",
    }
}

/// The units of a row from the nation down, out of the columns of its place.
pub(crate) fn path(row: &Row<'_>) -> rusqlite::Result<Vec<String>> {
    let place = crate::apply::place::Place::of_row(row)?;
    Ok(place.units().map(ToOwned::to_owned).collect())
}

/// Ids are stored as 16 bytes.
pub(crate) fn blob(id: uuid::Uuid) -> Value {
    Value::Blob(id.as_bytes().to_vec())
}

/// At least one line, at most [`LIMIT_MAX`].
pub(crate) fn clamp(limit: usize) -> usize {
    limit.clamp(1, LIMIT_MAX)
}
