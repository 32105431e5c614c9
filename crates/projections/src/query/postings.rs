//! What hangs out for objections, list by list. Deliberately absent: names; `queue` has the cases, and
//! where a list hangs stands in the timeline.

use procedure::{Date, Title, UnitCode};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::apply::dossier::text;
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Page, Territory, clamp};

/// The cases of a unit that hang out until the same day (danh sách niêm yết).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PostedList {
    /// The hamlet, or the commune for what belongs to none.
    pub unit: UnitCode,
    /// The title.
    pub title: Title,
    /// The last day.
    pub until: Date,
    /// How many cases.
    pub cases: u64,
}

impl Reader<'_> {
    /// Lists that hang out on a day, those with the fewest days left first.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn posted_lists(
        &self,
        (territory, units): (&Territory, &Territory),
        today: Date,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<PostedList>, ReadError> {
        let (limit, mut filter) = (clamp(limit), Filter::default());
        filter.add("d.posted_until >= ?", [Value::Text(today.to_string())]);
        filter.add("d.state = 'posted'", []);
        filter.within("d.", territory);
        if !units.is_empty() {
            filter.within("d.", units);
        }
        if let Some(cursor) = cursor {
            let parts: Vec<_> =
                cursor.split('/').map(|part| Value::Text(part.to_owned())).collect();
            let [_, _, _] = parts.as_slice() else { return Err(ReadError::BadCursor) };
            let place = "coalesce(d.hamlet, d.commune, d.province)";
            filter.add(&format!("(d.posted_until, {place}, d.title) > (?, ?, ?)"), parts);
        }
        let sql = format!(
            "SELECT coalesce(d.hamlet, d.commune, d.province) AS place, d.title,
               d.posted_until AS until, count(*) AS cases
             FROM dossier AS d WHERE {} GROUP BY until, place, d.title
             ORDER BY until, place, d.title LIMIT {}",
            filter.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(filter.values()), |row| Ok(of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |list| format!("{}/{}/{}", list.until, list.unit, list.title)))
    }
}

fn of_row(row: &Row<'_>) -> Result<PostedList, ReadError> {
    Ok(PostedList {
        unit: text(row, "place")?,
        title: text(row, "title")?,
        until: text(row, "until")?,
        cases: row.get::<_, i64>("cases")? as u64,
    })
}
