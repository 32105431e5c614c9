//! Acts that were refused for who asked.

use std::collections::BTreeMap;

use procedure::{Date, OfficerId};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;
use uuid::Uuid;

use crate::apply::dossier::{text, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Page, Territory, blob, clamp};

/// Which refused acts are asked for.
#[derive(Clone, Debug, Default)]
pub struct RefusedFilter {
    /// What the asker may see: acts of officers whose record is kept there, or about cases and
    /// decisions there.
    pub territory: Territory,
    /// Only about this case, officer or decision.
    pub about: Option<Uuid>,
    /// Only of this officer.
    pub officer: Option<OfficerId>,
    /// Only on this day and later.
    pub from: Option<Date>,
    /// Only on this day and before.
    pub until: Option<Date>,
}

/// An act that was refused (hành vi bị từ chối).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// How many events had been counted before it: its place in the log.
    pub entry: u64,
    /// The case, officer or decision that it was about.
    pub about: Uuid,
    /// Who asked.
    pub officer: OfficerId,
    /// His name; absent where its key has been destroyed.
    pub officer_name: Option<String>,
    /// What he asked, by the command's name.
    pub act: String,
    /// The rule, by its code.
    pub code: String,
    /// The particulars.
    pub params: BTreeMap<String, String>,
    /// The day.
    pub on: Date,
    /// When it was recorded, UTC.
    pub recorded_at: String,
}

impl Reader<'_> {
    /// A page of refused acts, the latest first.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn refused_acts(
        &self,
        filter: &RefusedFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<RefusedRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = Filter::default();
        self.keep_to(&filter.territory, &mut sql);
        if let Some(about) = filter.about {
            sql.add("a.about = ?", [blob(about)]);
        }
        if let Some(officer) = filter.officer {
            sql.add("a.officer = ?", [blob(officer.0)]);
        }
        sql.add_some("a.refused_on >= ?", filter.from);
        sql.add_some("a.refused_on <= ?", filter.until);
        if let Some(cursor) = cursor {
            let entry: i64 = cursor.parse().map_err(|_| ReadError::BadCursor)?;
            sql.add("a.entry < ?", [Value::Integer(entry)]);
        }
        let text = format!(
            "SELECT a.*, o.name AS officer_name FROM refused_act AS a
               LEFT JOIN officer AS o ON o.id = a.officer
               LEFT JOIN dossier AS d ON d.id = a.about
               LEFT JOIN decision AS n ON n.id = a.about
             WHERE {} ORDER BY a.entry DESC LIMIT {}",
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| row.entry.to_string()))
    }

    fn keep_to(&self, territory: &Territory, sql: &mut Filter) {
        let mut parts = [Filter::default(), Filter::default()];
        parts[0].within("d.", territory);
        parts[1].within("n.", territory);
        let mut clauses: Vec<String> = parts.iter().map(Filter::clause).collect();
        let mut values: Vec<Value> = parts.into_iter().flat_map(Filter::values).collect();
        for unit in territory {
            // By the form of official codes a unit's code begins with its commune's.
            clauses.push("(o.unit = ? OR o.unit LIKE ? || '-%')".to_owned());
            values.extend([unit, unit].map(|unit| Value::Text(unit.to_string())));
        }
        sql.add(&format!("({})", clauses.join(" OR ")), values);
    }
}

fn of_row(row: &Row<'_>) -> Result<RefusedRow, ReadError> {
    let params: String = row.get("params")?;
    Ok(RefusedRow {
        entry: row.get::<_, i64>("entry")? as u64,
        about: uuid(row, "about")?,
        officer: OfficerId(uuid(row, "officer")?),
        officer_name: row.get("officer_name")?,
        act: row.get("act")?,
        code: row.get("code")?,
        params: serde_json::from_str(&params).map_err(ReadError::corrupt)?,
        on: text(row, "refused_on")?,
        recorded_at: row.get("recorded_at")?,
    })
}
