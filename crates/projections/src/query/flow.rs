//! How many cases came and went (số hồ sơ tiếp nhận và giải quyết): what was open, what came, what
//! left and what is open then, which always balances.
//!
//! Deliberately absent: who did it ([`deeds`](super::deeds)), and cases by state
//! ([`totals`](super::totals)).

use procedure::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::AreaFilter;

/// What came and went in a stretch of days, both ends included. A case that was reopened because its
/// decision was cancelled came again. Numbers of open cases are signed: they balance even where a
/// clock was once set back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Open before the first day.
    pub opening: i64,
    /// Came: registered or reopened.
    pub entered: i64,
    /// Went, one way or another.
    pub left: i64,
    /// Open after the last day: opening, and what came, less what left.
    pub closing: i64,
    /// Of those that came: reopened by a cancelled decision.
    pub reopened: i64,
    /// Of those that left: the title was recognised.
    pub recognised: i64,
    /// Of those that left: the title was refused.
    pub refused: i64,
    /// Of those that left: withdrawn.
    pub withdrawn: i64,
}

/// What came and went in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub from: Date,
    /// Its Sunday; in the last week the last day asked about.
    pub until: Date,
    /// Came.
    pub entered: i64,
    /// Went.
    pub left: i64,
}

/// Sums of a stretch of days.
#[derive(Default)]
struct Sums {
    registered: i64,
    reopened: i64,
    recognised: i64,
    refused: i64,
    withdrawn: i64,
}

impl Sums {
    fn entered(&self) -> i64 {
        self.registered + self.reopened
    }

    fn left(&self) -> i64 {
        self.recognised + self.refused + self.withdrawn
    }

    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        self.registered += row.get::<_, i64>(0)?;
        self.reopened += row.get::<_, i64>(1)?;
        self.recognised += row.get::<_, i64>(2)?;
        self.refused += row.get::<_, i64>(3)?;
        self.withdrawn += row.get::<_, i64>(4)?;
        Ok(())
    }
}

impl Reader<'_> {
    /// What came and went in an area from one day until another.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn flow(&self, filter: &AreaFilter, from: Date, until: Date) -> Result<Flow, ReadError> {
        let before = match from.day_before() {
            Some(day) => self.sums(filter, None, day)?,
            None => Sums::default(),
        };
        let within = self.sums(filter, Some(from), until)?;
        let opening = before.entered() - before.left();
        Ok(Flow {
            from,
            until,
            opening,
            entered: within.entered(),
            left: within.left(),
            closing: opening + within.entered() - within.left(),
            reopened: within.reopened,
            recognised: within.recognised,
            refused: within.refused,
            withdrawn: within.withdrawn,
        })
    }

    /// The same week by week, the last one that which `until` lies in.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn weekly(
        &self,
        filter: &AreaFilter,
        until: Date,
        weeks: u8,
    ) -> Result<Vec<Week>, ReadError> {
        let back = |days: i32| until.plus_days(-days).unwrap_or(until);
        let since_monday = i32::from(until.days_after_monday());
        let week = |ago: i32| {
            let from = back(since_monday + 7 * ago);
            let until = if ago == 0 { until } else { back(since_monday + 7 * ago - 6) };
            let sums = self.sums(filter, Some(from), until)?;
            Ok(Week { from, until, entered: sums.entered(), left: sums.left() })
        };
        (0..i32::from(weeks)).rev().map(week).collect()
    }

    /// Sums from one day, or the first, until another.
    fn sums(
        &self,
        filter: &AreaFilter,
        from: Option<Date>,
        until: Date,
    ) -> Result<Sums, ReadError> {
        let mut sums = Sums::default();
        for unit in self.area(filter)? {
            let mut sql = filter.sql("");
            sql.add("unit = ?", [Value::Text(unit.to_string())]);
            sql.add_some("day >= ?", from);
            sql.add_some("day <= ?", Some(until));
            let text = format!(
                "SELECT coalesce(sum(registered), 0), coalesce(sum(reopened), 0),
                   coalesce(sum(recognised), 0), coalesce(sum(refused), 0),
                   coalesce(sum(withdrawn), 0) FROM flow WHERE {}",
                sql.clause()
            );
            let mut statement = self.connection.prepare_cached(&text)?;
            statement.query_row(params_from_iter(sql.values()), |row| sums.add(row))?;
        }
        Ok(sums)
    }
}
