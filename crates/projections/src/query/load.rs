//! Who has how much to do (khối lượng công việc), what a queue comes to in five numbers, and which
//! open cases are the oldest.
//!
//! Deliberately absent: any judgement of officers.

use std::collections::BTreeMap;

use procedure::{Date, OfficerId, UnitCode};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

use crate::apply::act::{AHEAD, DAY};
use crate::apply::deed::MICROS;
use crate::apply::dossier::{text_some, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::queue::{QueueFilter, QueueRow, SOON};
use crate::query::{AreaFilter, CaseState, NATION, clamp, level_column};

/// Days of which deeds are counted, today among them.
const DAYS: i32 = 30;

/// What an officer has to do in an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// The officer.
    pub officer: OfficerId,
    /// His name; absent where its key has been destroyed.
    pub name: Option<String>,
    /// Open cases that he holds.
    pub held: u64,
    /// Days since he took the one that he has held longest.
    pub oldest_held_days: Option<u32>,
    /// Of those held: the last day in time has passed.
    pub breached: u64,
    /// Of those held: due within [`SOON`] working days.
    pub due_soon: u64,
    /// What he did there within 30 days, today among them, cases of any year counted.
    pub acts_30_days: u64,
}

/// What all officers of an area have to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loads {
    /// Whoever holds cases or has done something there, the most held first.
    pub officers: Vec<Load>,
    /// Open cases that nobody holds.
    pub unassigned: u64,
}

/// The queues of an area in five numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Strip {
    /// Open cases.
    pub open: u64,
    /// Of them: the last day in time has passed.
    pub breached: u64,
    /// Of them: due soon.
    pub due_soon: u64,
    /// Of them: nobody holds them.
    pub unassigned: u64,
    /// Of them: they wait for a supplement, their time pausing.
    pub paused: u64,
}

impl Reader<'_> {
    /// Who has how much to do in an area.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn load(&self, filter: &AreaFilter, today: Date) -> Result<Loads, ReadError> {
        let mut officers = BTreeMap::new();
        let soon = self.soon(today, SOON)?;
        for unit in self.area(filter)? {
            self.held_in(filter, &unit, (today, soon), &mut officers)?;
            self.acts_in(filter, &unit, today, &mut officers)?;
        }
        let ids: Vec<OfficerId> = officers.keys().copied().collect();
        let mut names = self.officer_names(&ids)?;
        let mut officers: Vec<Load> = officers.into_values().collect();
        for load in &mut officers {
            load.name = names.remove(&load.officer);
        }
        officers.sort_by_key(|load| (u64::MAX - load.held, u64::MAX - load.acts_30_days));
        Ok(Loads { officers, unassigned: self.strip(filter, today, SOON)?.unassigned })
    }

    /// The queues of an area in five numbers; due soon is what is due within `soon` working days.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn strip(&self, filter: &AreaFilter, today: Date, soon: u32) -> Result<Strip, ReadError> {
        let queues = QueueFilter {
            territory: filter.territory.clone(),
            units: filter.units.clone(),
            title: filter.title,
            year: filter.year,
            ..QueueFilter::default()
        };
        let mut strip = Strip::default();
        for waiting in self.waiting_by_lane(&queues, (today, self.soon(today, soon)?))? {
            strip.open += waiting.cases;
            strip.breached += waiting.breached;
            strip.due_soon += waiting.due_soon;
            strip.unassigned += waiting.unassigned;
            if waiting.lane.state == CaseState::Returned {
                strip.paused += waiting.cases;
            }
        }
        Ok(strip)
    }

    /// The open cases of an area that were filed first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn oldest(
        &self,
        filter: &AreaFilter,
        today: Date,
        limit: usize,
    ) -> Result<Vec<QueueRow>, ReadError> {
        let limit = clamp(limit);
        let mut found: Vec<(String, [u8; 16])> = Vec::new();
        for unit in self.area(filter)? {
            let (text, values) = oldest_of(filter, &unit, limit);
            let mut statement = self.connection.prepare_cached(&text)?;
            let rows = statement
                .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                found.push(row?);
            }
        }
        found.sort_unstable();
        found.truncate(limit);
        self.aged(found.into_iter().map(|(_, id)| id), today)
    }

    fn soon(&self, today: Date, days: u32) -> Result<Date, ReadError> {
        Ok(self.calendar()?.add_working_days(today, days).unwrap_or(today))
    }

    fn held_in(
        &self,
        filter: &AreaFilter,
        unit: &UnitCode,
        (today, soon): (Date, Date),
        officers: &mut BTreeMap<OfficerId, Load>,
    ) -> Result<(), ReadError> {
        let (text, values) = held_of(filter, unit);
        let days = [today, today, soon].map(|day| Value::Text(day.to_string()));
        let mut statement = self.connection.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(days.into_iter().chain(values)))?;
        while let Some(row) = rows.next()? {
            let load = of(officers, OfficerId(uuid(row, "holder")?));
            let oldest: Option<Date> = text_some(row, "oldest")?;
            let days = oldest.and_then(|since| u32::try_from(today.days_since(since)).ok());
            load.held += row.get::<_, i64>("held")? as u64;
            load.breached += row.get::<_, i64>("breached")? as u64;
            load.due_soon += row.get::<_, i64>("due_soon")? as u64;
            load.oldest_held_days = load.oldest_held_days.max(days);
        }
        Ok(())
    }

    fn acts_in(
        &self,
        filter: &AreaFilter,
        unit: &UnitCode,
        today: Date,
        officers: &mut BTreeMap<OfficerId, Load>,
    ) -> Result<(), ReadError> {
        let Some(from) = today.plus_days(1 - DAYS) else { return Ok(()) };
        let Some((first, last)) = self.entries_between(Some(from), Some(today))? else {
            return Ok(());
        };
        let mut sql = crate::query::Filter::default();
        sql.within("p.", std::slice::from_ref(unit));
        let matters = "e.matter IN (SELECT id FROM matter WHERE title = ?)";
        sql.add_some(matters, filter.title);
        let numbers = [first, last, midnight(from)].map(Value::Integer);
        sql.add("e.entry BETWEEN ? AND ? AND e.recorded_at >= ?", numbers);
        // From the smaller side: the posts of a small place, or all deeds of the last days.
        let tables = match level_column(unit) {
            "province" => {
                "matter AS m CROSS JOIN deed AS e ON e.matter = m.id
                 CROSS JOIN post AS p ON p.id = e.post"
            }
            _ => "post AS p CROSS JOIN deed AS e ON e.post = p.id",
        };
        let text = format!(
            "SELECT p.officer, count(*) FROM {tables} WHERE {} GROUP BY p.officer",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(sql.values()))?;
        while let Some(row) = rows.next()? {
            let load = of(officers, OfficerId(uuid(row, "officer")?));
            load.acts_30_days += row.get::<_, i64>(1)? as u64;
        }
        Ok(())
    }
}

/// The first microsecond of a day in Viet Nam, since 1970 in UTC.
pub(super) fn midnight(day: Date) -> i64 {
    let epoch = Date::new(1970, 1, 1).unwrap_or(day);
    (i64::from(day.days_since(epoch)) * DAY - AHEAD) * MICROS
}

fn of(officers: &mut BTreeMap<OfficerId, Load>, officer: OfficerId) -> &mut Load {
    officers.entry(officer).or_insert(Load {
        officer,
        name: None,
        held: 0,
        oldest_held_days: None,
        breached: 0,
        due_soon: 0,
        acts_30_days: 0,
    })
}

/// What each officer holds in a unit: one pass over an index, whatever the unit.
fn held_of(filter: &AreaFilter, unit: &UnitCode) -> (String, Vec<Value>) {
    let mut sql = filter.sql("+d.");
    sql.within("+d.", std::slice::from_ref(unit));
    let text = format!(
        "SELECT d.holder, count(*) AS held, min(d.held_since) AS oldest, sum(d.due < ?) AS breached,
           sum(d.due BETWEEN ? AND ?) AS due_soon
         FROM dossier AS d WHERE d.holder IS NOT NULL AND {} GROUP BY d.holder",
        sql.clause()
    );
    (text, sql.values())
}

/// The first cases of a unit by the day of filing: of a large one out of the index that has them in
/// this order, of a small one out of its own queue.
fn oldest_of(filter: &AreaFilter, unit: &UnitCode, limit: usize) -> (String, Vec<Value>) {
    let large = unit.as_str() == NATION || level_column(unit) == "province";
    let (place, order) = if large { ("+d.", "d.filed_on") } else { ("d.", "+d.filed_on") };
    let mut sql = filter.sql("+d.");
    sql.within(place, std::slice::from_ref(unit));
    let text = format!(
        "SELECT d.filed_on, d.id FROM dossier AS d WHERE d.lane IS NOT NULL AND {}
         ORDER BY {order}, d.id LIMIT {limit}",
        sql.clause()
    );
    (text, sql.values())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::plan;

    #[test]
    fn loads_and_the_oldest_of_a_large_unit_are_read_out_of_one_index() {
        let connection = plan::empty();
        let plan = |sql: &str| plan::of(&connection, sql);
        let filter = AreaFilter { year: Some(2026), ..AreaFilter::default() };
        for unit in ["VN", "25", "05158", "05158-01"] {
            let found = plan(&held_of(&filter, &unit.parse().unwrap()).0);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("d USING COVERING INDEX queue_by_holder"), "{found:?}");
        }
        for (unit, index) in [
            ("VN", "SCAN d USING COVERING INDEX dossier_by_filing"),
            ("25", "SCAN d USING COVERING INDEX dossier_by_filing"),
            ("05158", "SEARCH d USING INDEX queue_by_commune (commune=? AND lane>?)"),
            ("05158-01", "SEARCH d USING INDEX queue_by_hamlet (hamlet=? AND lane>?)"),
        ] {
            let found = plan(&oldest_of(&filter, &unit.parse().unwrap(), 50).0);
            assert_eq!(found[0], index);
        }
    }
}
