//! Subjects, by place and by name without accents.

use procedure::{Date, SubjectId, SubjectKind};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params_from_iter};
use serde::Serialize;
use uuid::Uuid;

use crate::apply::dossier::{text, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Page, Territory, blob, clamp, path};
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

    /// A page of subjects by code: first those whose name is spelled as the text is, or whose code
    /// it is, then those that have it with other accents.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn subjects(
        &self,
        filter: &SubjectsFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<SubjectRow>, ReadError> {
        let limit = clamp(limit);
        let mut after = cursor.map(parse_cursor).transpose()?;
        let first = after.as_ref().map_or(Match::Spelled, |(found, _, _)| *found);
        let mut items = Vec::new();
        for found in [Match::Spelled, Match::Folded] {
            let searched = found == Match::Spelled || filter.text.is_some();
            if found < first || !searched || items.len() > limit {
                continue;
            }
            let after = after.take().map(|(_, id, code)| (id, code));
            let rows = self.matching(filter, found, after, limit + 1 - items.len())?;
            items.extend(rows.into_iter().map(|row| (found, row)));
        }
        let page = Page::of(items, limit, |(found, row)| {
            format!("{}/{}/{}", found.as_str(), row.id, row.code)
        });
        let items = page.items.into_iter().map(|(_, row)| row).collect();
        Ok(Page { items, next: page.next })
    }

    fn matching(
        &self,
        filter: &SubjectsFilter,
        found: Match,
        after: Option<(Uuid, String)>,
        limit: usize,
    ) -> Result<Vec<SubjectRow>, ReadError> {
        let mut sql = filter.sql(found);
        if let Some((id, code)) = after {
            sql.add("(code, id) > (?, ?)", [Value::Text(code), blob(id)]);
        }
        let clause = sql.clause();
        // The inner part can do with an index alone; rows are looked up only for what it finds.
        let text = format!(
            "SELECT * FROM subject WHERE id IN
               (SELECT id FROM subject WHERE {clause} ORDER BY code, id LIMIT {limit})
             ORDER BY code, id"
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        rows.map(|row| row?).collect()
    }
}

/// How a subject matches a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// Accent by accent, or by its code; also where no text is asked for.
    Spelled,
    /// With other accents.
    Folded,
}

impl Match {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Spelled => "s",
            Self::Folded => "f",
        }
    }
}

impl SubjectsFilter {
    fn sql(&self, found: Match) -> Filter {
        let mut sql = Filter::default();
        sql.within("", &self.territory);
        if !self.units.is_empty() {
            sql.within("", &self.units);
        }
        sql.add_some("kind = ?", self.kind);
        if let Some(text) = &self.text {
            let spelled = Value::Text(search::spelled(text));
            let code = Value::Text(text.trim().to_owned());
            match found {
                Match::Spelled => sql.add("(instr(spelled, ?) > 0 OR code = ?)", [spelled, code]),
                Match::Folded => sql.add(
                    "instr(search, ?) > 0 AND instr(spelled, ?) = 0 AND code <> ?",
                    [Value::Text(search::key(text)), spelled, code],
                ),
            }
        }
        sql
    }
}

fn parse_cursor(cursor: &str) -> Result<(Match, Uuid, String), ReadError> {
    let mut parts = cursor.splitn(3, '/');
    let mut part = || parts.next().ok_or(ReadError::BadCursor);
    let found = part()?;
    let all = [Match::Spelled, Match::Folded];
    let found = all.into_iter().find(|one| one.as_str() == found).ok_or(ReadError::BadCursor)?;
    let id = part()?.parse().map_err(|_| ReadError::BadCursor)?;
    Ok((found, id, part()?.to_owned()))
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
