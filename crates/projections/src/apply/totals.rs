//! Counts per administrative unit of every level, added up in memory and written once per batch.

use std::collections::BTreeMap;

use procedure::{SubjectKind, Title};
use rusqlite::{Connection, params};

use crate::apply::dossier::CaseState;
use crate::apply::place::Place;
use crate::error::ReadError;

/// Differences since the last write.
#[derive(Default)]
pub(crate) struct Totals {
    cases: BTreeMap<(Box<str>, Title, i16, CaseState), i64>,
    subjects: BTreeMap<(Box<str>, SubjectKind), i64>,
}

impl Totals {
    pub(crate) fn case(
        &mut self,
        place: &Place,
        (title, year): (Title, i16),
        state: CaseState,
        difference: i64,
    ) {
        for unit in place.units() {
            *self.cases.entry((unit.into(), title, year, state)).or_default() += difference;
        }
    }

    pub(crate) fn subject(&mut self, place: &Place, kind: SubjectKind, difference: i64) {
        for unit in place.units() {
            *self.subjects.entry((unit.into(), kind)).or_default() += difference;
        }
    }

    /// Rows that come to nothing are removed, so that the table is the same however the log was
    /// cut into batches.
    pub(crate) fn write(self, connection: &Connection) -> Result<(), ReadError> {
        let mut add = connection.prepare_cached(
            "INSERT INTO total (unit, title, year, state, cases) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET cases = cases + excluded.cases",
        )?;
        let mut remove = connection.prepare_cached(
            "DELETE FROM total
             WHERE unit = ?1 AND title = ?2 AND year = ?3 AND state = ?4 AND cases = 0",
        )?;
        for ((unit, title, year, state), difference) in self.cases {
            if difference != 0 {
                add.execute(params![unit, title.as_str(), year, state.as_str(), difference])?;
                if difference < 0 {
                    remove.execute(params![unit, title.as_str(), year, state.as_str()])?;
                }
            }
        }
        let mut add = connection.prepare_cached(
            "INSERT INTO subject_total (unit, kind, subjects) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET subjects = subjects + excluded.subjects",
        )?;
        let mut remove = connection.prepare_cached(
            "DELETE FROM subject_total WHERE unit = ?1 AND kind = ?2 AND subjects = 0",
        )?;
        for ((unit, kind), difference) in self.subjects {
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
