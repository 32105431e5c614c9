//! Counts per administrative unit of every level, added up in memory and written once per batch.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use procedure::{SubjectKind, Title};
use rusqlite::{Connection, params};

use crate::apply::dossier::CaseState;
use crate::apply::place::Place;
use crate::error::ReadError;

/// What a count of cases is kept by, in a place.
type Cases = (Arc<Place>, Title, i16, CaseState);

/// Differences since the last write, by place; the units of a place are counted when written.
#[derive(Default)]
pub(crate) struct Totals {
    cases: HashMap<Cases, i64>,
    subjects: HashMap<(Arc<Place>, SubjectKind), i64>,
}

/// The same by unit, in order.
type ByUnit<'a> = BTreeMap<(&'a str, Title, i16, CaseState), i64>;

impl Totals {
    pub(crate) fn case(
        &mut self,
        place: &Arc<Place>,
        (title, year): (Title, i16),
        state: CaseState,
        difference: i64,
    ) {
        *self.cases.entry((place.clone(), title, year, state)).or_default() += difference;
    }

    pub(crate) fn subject(&mut self, place: &Arc<Place>, kind: SubjectKind, difference: i64) {
        *self.subjects.entry((place.clone(), kind)).or_default() += difference;
    }

    /// Rows that come to nothing are removed, so that the table is the same however the log was
    /// cut into batches.
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), ReadError> {
        self.write_cases(connection)?;
        self.write_subjects(connection)
    }

    fn write_cases(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut add = connection.prepare_cached(
            "INSERT INTO total (unit, title, year, state, cases) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET cases = cases + excluded.cases",
        )?;
        let mut remove = connection.prepare_cached(
            "DELETE FROM total
             WHERE unit = ?1 AND title = ?2 AND year = ?3 AND state = ?4 AND cases = 0",
        )?;
        let mut by_unit = ByUnit::new();
        for ((place, title, year, state), difference) in &self.cases {
            for unit in place.units() {
                *by_unit.entry((unit, *title, *year, *state)).or_default() += difference;
            }
        }
        for ((unit, title, year, state), difference) in by_unit {
            if difference != 0 {
                add.execute(params![unit, title.as_str(), year, state.as_str(), difference])?;
                if difference < 0 {
                    remove.execute(params![unit, title.as_str(), year, state.as_str()])?;
                }
            }
        }
        Ok(())
    }

    fn write_subjects(&self, connection: &Connection) -> Result<(), ReadError> {
        let mut add = connection.prepare_cached(
            "INSERT INTO subject_total (unit, kind, subjects) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET subjects = subjects + excluded.subjects",
        )?;
        let mut remove = connection.prepare_cached(
            "DELETE FROM subject_total WHERE unit = ?1 AND kind = ?2 AND subjects = 0",
        )?;
        let mut by_unit: BTreeMap<(&str, SubjectKind), i64> = BTreeMap::new();
        for ((place, kind), difference) in &self.subjects {
            for unit in place.units() {
                *by_unit.entry((unit, *kind)).or_default() += difference;
            }
        }
        for ((unit, kind), difference) in by_unit {
            if difference != 0 {
                add.execute(params![unit, kind.as_str(), difference])?;
                if difference < 0 {
                    remove.execute(params![unit, kind.as_str()])?;
                }
            }
        }
        Ok(())
    }
}
