//! Totals per administrative unit, title and year. Three denominators are kept apart: all subjects,
//! those registered, those recognised; published rates have mixed the first two.

use std::collections::BTreeMap;

use procedure::{Date, Title, UnitCode};
use rusqlite::params;
use serde::Serialize;

use crate::apply::dossier::text;
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::CaseState;

/// Totals of a unit for a title and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TotalsRow {
    /// The administrative unit.
    pub unit: UnitCode,
    /// Its name today.
    pub unit_name: Option<String>,
    /// The title.
    pub title: Title,
    /// The calendar year.
    pub year: i16,
    /// Subjects of the kind in the books, today's figure.
    pub subjects: u64,
    /// Cases registered: the sum of all states.
    pub registered: u64,
    /// Titles recognised.
    pub recognised: u64,
    /// Cases by state.
    pub states: BTreeMap<CaseState, u64>,
}

impl Reader<'_> {
    /// The totals of units, in the order given; a unit without cases has no row.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn totals(
        &self,
        units: &[UnitCode],
        title: Option<Title>,
        year: Option<i16>,
        today: Date,
    ) -> Result<Vec<TotalsRow>, ReadError> {
        let mut rows = Vec::new();
        for unit in units {
            rows.extend(self.totals_of(unit, title, year, today)?);
        }
        Ok(rows)
    }

    fn totals_of(
        &self,
        unit: &UnitCode,
        title: Option<Title>,
        year: Option<i16>,
        today: Date,
    ) -> Result<Vec<TotalsRow>, ReadError> {
        let sql = "SELECT title, year, state, cases FROM total
                   WHERE unit = ?1 AND (?2 IS NULL OR title = ?2) AND (?3 IS NULL OR year = ?3)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let title = title.map(Title::as_str);
        let mut found: BTreeMap<(i16, Title), BTreeMap<CaseState, u64>> = BTreeMap::new();
        let mut rows = statement.query(params![unit.as_str(), title, year])?;
        while let Some(row) = rows.next()? {
            let states = found.entry((row.get("year")?, text(row, "title")?)).or_default();
            states.insert(text(row, "state")?, row.get::<_, i64>("cases")? as u64);
        }
        let unit_name = self.unit(unit, today)?.map(|unit| unit.name);
        let row = |((year, title), states): ((i16, Title), BTreeMap<CaseState, u64>)| {
            Ok(TotalsRow {
                unit: unit.clone(),
                unit_name: unit_name.clone(),
                title,
                year,
                subjects: self.subjects_in(unit, title)?,
                registered: states.values().sum(),
                recognised: states.get(&CaseState::Recognised).copied().unwrap_or(0),
                states,
            })
        };
        found.into_iter().map(row).collect()
    }

    /// Subjects in a unit of the kind that a title is for, today's figure.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn subjects_in(&self, unit: &UnitCode, title: Title) -> Result<u64, ReadError> {
        let sql = "SELECT coalesce(sum(subjects), 0) FROM subject_total
                   WHERE unit = ?1 AND kind = ?2";
        let values = params![unit.as_str(), title.subject_kind().as_str()];
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(values, |row| row.get::<_, i64>(0))? as u64)
    }
}
