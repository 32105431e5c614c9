//! Writes the differences, unit by unit, in the order of the tables' keys.

use std::collections::BTreeMap;

use procedure::{Date, Title};
use rusqlite::{Connection, params};

use crate::apply::counters::{Counters, Flow, Standing, Station};
use crate::error::ReadError;

/// A stay by the month in which it ended.
type Stay<'a> = (&'a str, &'a Station, String, i32);

impl Counters {
    /// Rows that come to nothing are removed, so that the tables are the same however the log was
    /// cut into batches.
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), ReadError> {
        self.write_flow(connection)?;
        self.write_stays(connection)?;
        self.write_standing(connection)?;
        self.write_marks(connection)
    }

    fn write_flow(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut by_unit: BTreeMap<(&str, Date, Title, i16), Flow> = BTreeMap::new();
        for (place, here) in &self.0 {
            for ((title, year, day), flow) in &here.flow {
                for unit in place.units() {
                    by_unit.entry((unit, *day, *title, *year)).or_default().add(flow);
                }
            }
        }
        let mut add = connection.prepare_cached(
            "INSERT INTO flow (unit, day, title, year, registered, reopened, recognised, refused,
               withdrawn)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET registered = registered + excluded.registered,
               reopened = reopened + excluded.reopened,
               recognised = recognised + excluded.recognised,
               refused = refused + excluded.refused, withdrawn = withdrawn + excluded.withdrawn",
        )?;
        for ((unit, day, title, year), flow) in by_unit {
            add.execute(params![
                unit,
                day.to_string(),
                title.as_str(),
                year,
                flow.registered,
                flow.reopened,
                flow.recognised,
                flow.refused,
                flow.withdrawn,
            ])?;
        }
        Ok(())
    }

    fn write_stays(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut by_unit: BTreeMap<Stay<'_>, i64> = BTreeMap::new();
        for (place, here) in &self.0 {
            for (stay, cases) in &here.stays {
                let month = crate::apply::counters::month(stay.left_on);
                for unit in place.units() {
                    let key = (unit, &stay.station, month.clone(), stay.days);
                    *by_unit.entry(key).or_default() += cases;
                }
            }
        }
        let mut add = connection.prepare_cached(
            "INSERT INTO stay (unit, title, year, step, level, month, days, cases)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET cases = cases + excluded.cases",
        )?;
        for ((unit, station, month, days), cases) in by_unit {
            add.execute(params![
                unit,
                station.title.as_str(),
                station.year,
                station.step.as_str(),
                station.level.as_str(),
                month,
                days,
                cases,
            ])?;
        }
        Ok(())
    }

    fn write_standing(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut by_unit: BTreeMap<(&str, &Standing), i64> = BTreeMap::new();
        for (place, here) in &self.0 {
            for (standing, difference) in &here.standing {
                if *difference != 0 {
                    for unit in place.units() {
                        *by_unit.entry((unit, standing)).or_default() += difference;
                    }
                }
            }
        }
        let mut add = connection.prepare_cached(
            "INSERT INTO standing (unit, title, year, step, level, paused, since, due, cases)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET cases = cases + excluded.cases",
        )?;
        let mut remove = connection.prepare_cached(
            "DELETE FROM standing
             WHERE unit = ?1 AND title = ?2 AND year = ?3 AND step = ?4 AND level = ?5
               AND paused = ?6 AND since = ?7 AND due = ?8 AND cases = 0",
        )?;
        for ((unit, standing), difference) in by_unit {
            if difference == 0 {
                continue;
            }
            let Station { title, year, step, level } = &standing.station;
            let (since, due) = (standing.since.to_string(), standing.due.to_string());
            let (title, step, level) = (title.as_str(), step.as_str(), level.as_str());
            let paused = standing.paused;
            let key = params![unit, title, year, step, level, paused, since, due, difference];
            add.execute(key)?;
            if difference < 0 {
                remove.execute(params![unit, title, year, step, level, paused, since, due])?;
            }
        }
        Ok(())
    }

    fn write_marks(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut by_unit: BTreeMap<&str, u64> = BTreeMap::new();
        for (place, here) in &self.0 {
            for unit in place.units() {
                let last = by_unit.entry(unit).or_default();
                *last = here.last.max(*last);
            }
        }
        let sql = "INSERT OR REPLACE INTO mark (unit, entries) VALUES (?1, ?2)";
        let mut put = connection.prepare_cached(sql)?;
        for (unit, last) in by_unit {
            put.execute(params![unit, last as i64])?;
        }
        Ok(())
    }
}

impl Flow {
    fn add(&mut self, other: &Self) {
        self.registered += other.registered;
        self.reopened += other.reopened;
        self.recognised += other.recognised;
        self.refused += other.refused;
        self.withdrawn += other.withdrawn;
    }
}
