//! Subjects, by place and by name without accents.

use procedure::{Date, SubjectId, SubjectKind};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params_from_iter};
use serde::Serialize;

use crate::apply::dossier::{text, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Page, Territory, clamp, path};
use crate::search;

/// Which subjects are asked for.
#[derive(Clone, Debug, Default)]
pub struct SubjectsFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only of this kind.
    pub kind: Option<SubjectKind>,
    /// Only those whose name holds this, accents or not, or whose code is this.
    pub text: Option<String>,
}

/// A subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectRow {
    /// The subject.
    pub id: SubjectId,
    /// What it is.
    pub kind: SubjectKind,
    /// What the local list calls it.
    pub code: String,
    /// Its name; absent where its key has been destroyed.
    pub name: Option<String>,
    /// Where it is found.
    pub address: Option<String>,
    /// The administrative units where it belongs, from the nation down.
    pub place: Vec<String>,
    /// Made up for demonstration.
    pub sample: bool,
    /// The day of the entry.
    pub entered_on: Date,
}

impl Reader<'_> {
    /// The subject, if there is one.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn subject(&self, id: SubjectId) -> Result<Option<SubjectRow>, ReadError> {
        let mut statement =
            self.connection.prepare_cached("SELECT * FROM subject WHERE id = ?1")?;
        statement.query_row([id.0.as_bytes()], |row| Ok(of_row(row))).optional()?.transpose()
    }

    /// A page of subjects, by code.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn subjects(
        &self,
        filter: &SubjectsFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<SubjectRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = Filter::default();
        sql.within("", &filter.territory);
        if !filter.units.is_empty() {
            sql.within("", &filter.units);
        }
        sql.add_some("kind = ?", filter.kind);
        if let Some(text) = &filter.text {
            let pattern = search::pattern(&search::key(text));
            let values = [Value::Text(pattern), Value::Text(text.trim().to_owned())];
            sql.add("(search LIKE ? ESCAPE '\\' OR code = ?)", values);
        }
        sql.add_some("code > ?", cursor);
        let text = format!(
            "SELECT * FROM subject WHERE {} ORDER BY code LIMIT {}",
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| row.code.clone()))
    }
}

fn of_row(row: &Row<'_>) -> Result<SubjectRow, ReadError> {
    Ok(SubjectRow {
        id: SubjectId(uuid(row, "id")?),
        kind: text(row, "kind")?,
        code: row.get("code")?,
        name: row.get("name")?,
        address: row.get("address")?,
        place: path(row)?,
        sample: row.get("sample")?,
        entered_on: text(row, "entered_on")?,
    })
}
