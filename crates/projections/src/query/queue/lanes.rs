//! Reads a queue lane by lane: within one unit and one lane an index has the cases in the order of
//! waiting, so each gives its first few, and the page is the first of all these.
//!
//! Deliberately absent: an officer's own cases; they are few, and an index of their own has them.

use procedure::{Date, UnitCode};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use crate::apply::lane::{self, Lane};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::queue::{Holder, QueueFilter, WaitingOn};
use crate::query::{NATION, level_column};

/// The place of a case in the order of waiting: last day in time, day of arrival, id.
pub(super) type Key = (String, String, [u8; 16]);

/// What waits in one lane.
pub(in crate::query) struct Waiting {
    pub(in crate::query) lane: Lane,
    pub(in crate::query) cases: u64,
    pub(in crate::query) unassigned: u64,
    pub(in crate::query) oldest: String,
    pub(in crate::query) breached: u64,
    pub(in crate::query) due_soon: u64,
}

/// One lane of one unit, with the rest of a filter.
struct Stretch {
    clause: String,
    values: Vec<Value>,
}

impl Stretch {
    fn new(unit: &UnitCode, lane: i64, filter: &QueueFilter) -> Self {
        let mut stretch = Self { clause: "lane = ?".to_owned(), values: vec![lane.into()] };
        if unit.as_str() != NATION {
            stretch.and(&format!("{} = ?", level_column(unit)), unit.to_string());
        }
        if let Some(year) = filter.year {
            stretch.and("year = ?", i64::from(year));
        }
        if filter.holder == Holder::Nobody {
            stretch.clause.push_str(" AND holder IS NULL");
        }
        if let Some(day) = filter.due_by {
            stretch.and("due <= ?", day.to_string());
        }
        stretch
    }

    /// The first cases of it.
    fn first(&self, limit: usize) -> String {
        let clause = &self.clause;
        format!(
            "SELECT due, turn_since, id FROM dossier WHERE {clause}
             ORDER BY due, turn_since, id LIMIT {limit}"
        )
    }

    /// How many cases it has, how many are late and how many are due by a day; no row for none.
    fn count(&self) -> String {
        let clause = &self.clause;
        format!(
            "SELECT count(*), sum(holder IS NULL), min(turn_since), sum(due < ?),
               sum(due BETWEEN ? AND ?) FROM dossier
             WHERE {clause} HAVING count(*) > 0"
        )
    }

    /// Only what comes after a place in the order of waiting.
    fn after(&mut self, (due, since, id): &Key) {
        self.and("(due, turn_since, id) > (?, ?, ?)", due.clone());
        self.values.extend([Value::Text(since.clone()), Value::Blob(id.to_vec())]);
    }

    fn and(&mut self, clause: &str, value: impl Into<Value>) {
        self.clause.push_str(" AND ");
        self.clause.push_str(clause);
        self.values.push(value.into());
    }
}

impl Reader<'_> {
    /// The first `limit` cases after a place in the order of waiting.
    pub(super) fn waiting(
        &self,
        filter: &QueueFilter,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Key>, ReadError> {
        let lanes = self.lanes(filter)?;
        let mut found = Vec::new();
        for unit in self.scope(&filter.territory, &filter.units)? {
            for (lane, _) in &lanes {
                let mut stretch = Stretch::new(&unit, *lane, filter);
                if let Some(after) = after {
                    stretch.after(after);
                }
                self.first(&stretch, limit, &mut found)?;
            }
        }
        found.sort_unstable();
        found.truncate(limit);
        Ok(found)
    }

    fn first(
        &self,
        stretch: &Stretch,
        limit: usize,
        found: &mut Vec<Key>,
    ) -> Result<(), ReadError> {
        let mut statement = self.connection.prepare_cached(&stretch.first(limit))?;
        let values = params_from_iter(&stretch.values);
        for key in statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
            found.push(key?);
        }
        Ok(())
    }

    /// How much waits in each lane of each unit.
    pub(in crate::query) fn waiting_by_lane(
        &self,
        filter: &QueueFilter,
        (today, soon): (Date, Date),
    ) -> Result<Vec<Waiting>, ReadError> {
        let lanes = self.lanes(filter)?;
        let mut found = Vec::new();
        for unit in self.scope(&filter.territory, &filter.units)? {
            for (number, lane) in &lanes {
                let stretch = Stretch::new(&unit, *number, filter);
                let mut statement = self.connection.prepare_cached(&stretch.count())?;
                let days = [today, today, soon].map(|day| Value::Text(day.to_string()));
                let values = days.into_iter().chain(stretch.values);
                let mut rows = statement.query(params_from_iter(values))?;
                if let Some(row) = rows.next()? {
                    found.push(Waiting {
                        lane: lane.clone(),
                        cases: row.get::<_, i64>(0)? as u64,
                        unassigned: row.get::<_, i64>(1)? as u64,
                        oldest: row.get(2)?,
                        breached: row.get::<_, i64>(3)? as u64,
                        due_soon: row.get::<_, i64>(4)? as u64,
                    });
                }
            }
        }
        Ok(found)
    }

    /// The lanes that a filter lets through.
    fn lanes(&self, filter: &QueueFilter) -> Result<Vec<(i64, Lane)>, ReadError> {
        let sql = "SELECT * FROM lane
                   WHERE (?1 IS NULL OR title = ?1) AND (?2 IS NULL OR role = ?2)
                     AND (?3 IS NULL OR step = ?3) AND (?4 IS NULL OR state = ?4)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = params![
            filter.title.map(procedure::Title::as_str),
            filter.role.as_ref().map(procedure::Role::as_str),
            filter.step.as_ref().map(procedure::StepId::as_str),
            filter.state.map(crate::query::CaseState::as_str),
        ];
        let rows = statement.query_map(values, |row| Ok((row.get("id")?, lane::of_row(row))))?;
        let mut lanes = Vec::new();
        for row in rows {
            let (number, lane) = row?;
            let lane: Lane = lane?;
            if filter.waiting_on.is_none_or(|side| WaitingOn::of(lane.state) == Some(side)) {
                lanes.push((number, lane));
            }
        }
        Ok(lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::plan;

    #[test]
    fn no_page_and_no_count_looks_at_more_than_its_own_stretch_of_an_index() {
        let connection = plan::empty();
        let plain = QueueFilter::default();
        let unclaimed =
            QueueFilter { year: Some(2026), holder: Holder::Nobody, ..QueueFilter::default() };
        let places = [
            ("VN", "queue_by_nation"),
            ("25", "queue_by_province"),
            ("05158", "queue_by_commune"),
            ("05158-01", "queue_by_hamlet"),
        ];
        for (unit, index) in places {
            for filter in [&plain, &unclaimed] {
                let mut stretch = Stretch::new(&unit.parse().unwrap(), 1, filter);
                let mut statements = vec![stretch.first(50), stretch.count()];
                let day = || "2026-11-01".to_owned();
                stretch.after(&(day(), day(), [7; 16]));
                statements.push(stretch.first(50));
                for sql in statements {
                    let lines = plan::of(&connection, &sql);
                    assert_eq!(lines.len(), 1, "{sql}: {lines:?}");
                    let searches = format!("SEARCH dossier USING COVERING INDEX {index} (");
                    assert!(lines[0].starts_with(&searches), "{sql}: {lines:?}");
                }
            }
        }
    }
}
