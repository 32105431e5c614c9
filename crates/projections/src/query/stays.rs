//! How long cases stay at steps (thời gian lưu hồ sơ ở từng bước): those that have gone on, and those
//! that are there now. Days of the calendar; waiting for a supplement is apart.
//!
//! Percentiles are those of all stays, by nearest rank, not of a sample. Deliberately absent: which
//! cases ([`queue`](super::queue)), and what is too long; the step's limit says that.

use std::collections::BTreeMap;

use procedure::territory::UnitLevel;
use procedure::{Date, StepId, Title, UnitCode};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::apply::counters::month;
use crate::apply::dossier::text;
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::AreaFilter;

mod spread;

use spread::Spread;

/// By what stays are told apart, besides title and step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// By nothing else.
    Step,
    /// By the level at which the work lies.
    Level,
    /// By the units one level below this one.
    UnitBelow(UnitCode),
}

/// Stays at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// The title.
    pub title: Title,
    /// The step.
    pub step: StepId,
    /// Where the work lies; of [`By::Level`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<UnitLevel>,
    /// Where the cases are from; of [`By::UnitBelow`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Stays that have ended.
    pub finished: u64,
    /// Half of them took so many days or fewer; 0 where there is none.
    pub p50: u32,
    /// Nine of ten of them.
    pub p90: u32,
    /// The longest.
    pub longest: u32,
    /// Cases that are there now, their time running.
    pub open: u64,
    /// Half of them have been there so many days or fewer; 0 where there is none.
    pub open_p50: u32,
    /// Nine of ten of them.
    pub open_p90: u32,
    /// The one that has been there longest.
    pub oldest_open: Option<u32>,
    /// Of those that are there: the last day in time has passed.
    pub breached_open: u64,
    /// Cases that wait for a supplement which the step asked for; not among those that are there.
    pub paused: u64,
}

/// What stays are grouped by.
type Group = (Title, StepId, Option<UnitLevel>, Option<UnitCode>);

/// The stays of a group.
#[derive(Default)]
struct Found {
    finished: Spread,
    open: Spread,
    breached: u64,
    paused: u64,
}

/// All groups so far, and how they are made.
struct Grouped {
    by_level: bool,
    unit: Option<UnitCode>,
    groups: BTreeMap<Group, Found>,
}

impl Grouped {
    fn of_row(&mut self, row: &Row<'_>) -> Result<&mut Found, ReadError> {
        let level = if self.by_level { Some(text(row, "level")?) } else { None };
        let group = (text(row, "title")?, text(row, "step")?, level, self.unit.clone());
        Ok(self.groups.entry(group).or_default())
    }
}

impl Reader<'_> {
    /// How long cases stay at the steps of an area. Of stays that have ended, those that did in the
    /// month of `since` or later; ages of open ones are counted to `today`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn stays(
        &self,
        filter: &AreaFilter,
        by: &By,
        since: Option<Date>,
        today: Date,
    ) -> Result<Vec<Stay>, ReadError> {
        let by_level = *by == By::Level;
        let mut grouped = Grouped { by_level, unit: None, groups: BTreeMap::new() };
        let area = self.area(filter)?;
        match by {
            By::Step | By::Level => self.stays_in(filter, &area, (since, today), &mut grouped)?,
            By::UnitBelow(unit) => {
                for below in self.ever_below(unit)? {
                    let part = self.scope(&area, std::slice::from_ref(&below))?;
                    grouped.unit = Some(below);
                    self.stays_in(filter, &part, (since, today), &mut grouped)?;
                }
            }
        }
        Ok(grouped.groups.into_iter().map(stay).collect())
    }

    /// The units one level below, of today or before.
    fn ever_below(&self, unit: &UnitCode) -> Result<Vec<UnitCode>, ReadError> {
        let sql = "SELECT DISTINCT code FROM unit WHERE parent = ?1 ORDER BY code";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([unit.as_str()], |row| Ok(text(row, "code")))?;
        rows.map(|row| row?).collect()
    }

    fn stays_in(
        &self,
        filter: &AreaFilter,
        units: &[UnitCode],
        (since, today): (Option<Date>, Date),
        grouped: &mut Grouped,
    ) -> Result<(), ReadError> {
        for unit in units {
            self.finished(filter, unit, since, grouped)?;
            self.open(filter, unit, today, grouped)?;
        }
        Ok(())
    }

    fn finished(
        &self,
        filter: &AreaFilter,
        unit: &UnitCode,
        since: Option<Date>,
        grouped: &mut Grouped,
    ) -> Result<(), ReadError> {
        let mut sql = filter.sql("");
        sql.add("unit = ?", [Value::Text(unit.to_string())]);
        sql.add_some("month >= ?", since.map(month));
        let text = format!(
            "SELECT title, step, level, days, sum(cases) AS cases FROM stay WHERE {}
             GROUP BY title, step, level, days",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(sql.values()))?;
        while let Some(row) = rows.next()? {
            let cases = row.get::<_, i64>("cases")? as u64;
            grouped.of_row(row)?.finished.add(row.get("days")?, cases);
        }
        Ok(())
    }

    fn open(
        &self,
        filter: &AreaFilter,
        unit: &UnitCode,
        today: Date,
        grouped: &mut Grouped,
    ) -> Result<(), ReadError> {
        let mut sql = filter.sql("");
        sql.add("unit = ?", [Value::Text(unit.to_string())]);
        let query = format!(
            "SELECT title, step, level, paused, since, due, cases FROM standing WHERE {}",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(sql.values()))?;
        while let Some(row) = rows.next()? {
            let cases = row.get::<_, i64>("cases")? as u64;
            let found = grouped.of_row(row)?;
            if row.get("paused")? {
                found.paused += cases;
                continue;
            }
            let (since, due): (Date, Date) = (text(row, "since")?, text(row, "due")?);
            found.open.add(u32::try_from(today.days_since(since)).unwrap_or(0), cases);
            found.breached += if due < today { cases } else { 0 };
        }
        Ok(())
    }
}

fn stay(((title, step, level, unit), found): (Group, Found)) -> Stay {
    let (finished, open) = (&found.finished, &found.open);
    Stay {
        title,
        step,
        level,
        unit,
        finished: finished.count(),
        p50: finished.percentile(50).unwrap_or(0),
        p90: finished.percentile(90).unwrap_or(0),
        longest: finished.longest().unwrap_or(0),
        open: open.count(),
        open_p50: open.percentile(50).unwrap_or(0),
        open_p90: open.percentile(90).unwrap_or(0),
        oldest_open: open.longest(),
        breached_open: found.breached,
        paused: found.paused,
    }
}
