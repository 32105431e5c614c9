//! Deeds: every event that an officer caused, a row for each and never changed, told with the role
//! and the territory in which he acted then ([`crate::query::deeds`]).
//!
//! A deed holds the number of its post, who acted as what and where, and of its matter, what was done
//! to what. So a row is narrow, and whatever is asked is asked of these, which are few. Rows wait in
//! memory and are written many at a time. Deliberately absent: what the operator and the program did,
//! and refused acts, which have a table of their own.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use procedure::{Date, OfficerId, Role, StepId, Title, UnitCode};
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, Row, ToSql, params, params_from_iter};
use serde::Deserialize;

use crate::apply::act::{day, seconds};
use crate::apply::dossier::{text_some, uuid, uuid_some};
use crate::apply::place::Place;
use crate::error::ReadError;

mod spot;

pub(super) use spot::Spot;

/// Rows of one statement.
const ROWS: usize = 64;
/// Microseconds of a second.
pub(crate) const MICROS: i64 = 1_000_000;

/// Who acted, in which role and territory, and in whose place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub(crate) struct Actor {
    #[serde(default)]
    pub(crate) officer: Option<OfficerId>,
    #[serde(default)]
    pub(crate) role: Option<Role>,
    #[serde(default)]
    pub(crate) unit: Option<UnitCode>,
    #[serde(default)]
    pub(crate) in_place_of: Option<OfficerId>,
}

/// An officer's part in an event.
pub(crate) struct Hand {
    actor: Arc<Actor>,
    officer: OfficerId,
    /// Microseconds since 1970 in UTC.
    recorded_at: i64,
}

impl Hand {
    /// The part of an officer, if it was one; the detail where its time cannot be read.
    pub(crate) fn of(actor: Actor, recorded_at: &str) -> Result<Option<Self>, String> {
        let Some(officer) = actor.officer else { return Ok(None) };
        let at = micros(recorded_at).ok_or_else(|| format!("no time: {recorded_at:?}"))?;
        Ok(Some(Self { actor: Arc::new(actor), officer, recorded_at: at }))
    }
}

fn micros(text: &str) -> Option<i64> {
    let fraction = text.get(20..26)?.parse::<u32>().ok()?;
    Some(seconds(text)? * MICROS + i64::from(fraction))
}

/// Who acts, and where.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Post {
    actor: Arc<Actor>,
    place: Arc<Place>,
}

/// What is done, to what.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Matter {
    event_type: Arc<str>,
    about: About,
    title: Option<Title>,
    step: Option<StepId>,
}

/// The kind of what a deed is about, as it stands in the table.
type About = std::borrow::Cow<'static, str>;

/// A row that waits to be written.
pub(super) struct Deed {
    entry: i64,
    post: i64,
    matter: i64,
    about: [u8; 16],
    recorded_at: i64,
    position: (u64, u64),
}

/// All posts and matters by now, and the deeds that wait to be written.
pub(super) struct Deeds {
    posts: HashMap<Post, i64>,
    matters: HashMap<Matter, i64>,
    waiting: Vec<Deed>,
}

impl Deeds {
    /// The posts and matters in the file.
    pub(super) fn read(connection: &Connection) -> Result<Self, ReadError> {
        let posts = all(connection, "SELECT * FROM post", post_of_row)?;
        let matters = all(connection, "SELECT * FROM matter", matter_of_row)?;
        Ok(Self { posts, matters, waiting: Vec::new() })
    }

    /// The number of a post; a new one is written at once. Numbers are given in the order of the
    /// log, so that every rebuild gives the same.
    fn post(
        &mut self,
        connection: &Connection,
        post: Post,
        officer: OfficerId,
    ) -> Result<i64, ReadError> {
        if let Some(number) = self.posts.get(&post) {
            return Ok(*number);
        }
        let number = self.posts.len() as i64 + 1;
        let sql = "
            INSERT INTO post (id, officer, role, role_unit, in_place_of, province, commune, hamlet)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        connection.prepare_cached(sql)?.execute(params![
            number,
            officer.0.as_bytes(),
            post.actor.role.as_ref().map(Role::as_str),
            post.actor.unit.as_ref().map(UnitCode::as_str),
            post.actor.in_place_of.map(|other| *other.0.as_bytes()),
            post.place.province,
            post.place.commune,
            post.place.hamlet,
        ])?;
        self.posts.insert(post, number);
        Ok(number)
    }

    /// The same of a matter.
    fn matter(&mut self, connection: &Connection, matter: Matter) -> Result<i64, ReadError> {
        if let Some(number) = self.matters.get(&matter) {
            return Ok(*number);
        }
        let number = self.matters.len() as i64 + 1;
        let sql = "INSERT INTO matter (id, event_type, about, title, step)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        connection.prepare_cached(sql)?.execute(params![
            number,
            &*matter.event_type,
            &*matter.about,
            matter.title.map(Title::as_str),
            matter.step.as_ref().map(StepId::as_str),
        ])?;
        self.matters.insert(matter, number);
        Ok(number)
    }

    /// A deed whose event has been applied.
    pub(super) fn done(&mut self, deed: Option<Deed>) {
        self.waiting.extend(deed);
    }

    /// Writes those that wait, and between which entries those of each day lie.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), ReadError> {
        let mut days: BTreeMap<Date, (i64, i64)> = BTreeMap::new();
        for deed in &self.waiting {
            let day = day(deed.recorded_at.div_euclid(MICROS))?;
            days.entry(day).or_insert((deed.entry, deed.entry)).1 = deed.entry;
        }
        // In the order of the table's key; rows of a post lie together.
        self.waiting.sort_unstable_by_key(|deed| (deed.post, deed.entry));
        let (whole, rest) = self.waiting.as_chunks::<ROWS>();
        let mut many = connection.prepare_cached(&insert(ROWS))?;
        for deeds in whole {
            many.execute(params_from_iter(deeds.iter().flat_map(Deed::values)))?;
        }
        let mut one = connection.prepare_cached(&insert(1))?;
        for deed in rest {
            one.execute(params_from_iter(deed.values()))?;
        }
        let mut put = connection.prepare_cached(
            "INSERT INTO deed_day (day, first, last) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET first = min(first, excluded.first),
               last = max(last, excluded.last)",
        )?;
        for (day, (first, last)) in days {
            put.execute(params![day.to_string(), first, last])?;
        }
        self.waiting.clear();
        Ok(())
    }
}

/// The statement that writes so many rows.
fn insert(rows: usize) -> String {
    let rows = vec!["(?, ?, ?, ?, ?, ?, ?)"; rows].join(", ");
    format!(
        "INSERT INTO deed (post, entry, matter, about, recorded_at, major, minor) VALUES {rows}"
    )
}

impl Deed {
    fn values(&self) -> [Field<'_>; 7] {
        let (major, minor) = self.position;
        [
            Field::Number(self.post),
            Field::Number(self.entry),
            Field::Number(self.matter),
            Field::Bytes(&self.about),
            Field::Number(self.recorded_at),
            Field::Number(major as i64),
            Field::Number(minor as i64),
        ]
    }
}

/// A column of a row, borrowed.
enum Field<'a> {
    Number(i64),
    Bytes(&'a [u8]),
}

impl ToSql for Field<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed((*bytes).into()),
        })
    }
}

/// The numbers of all rows of a table.
fn all<T: Eq + std::hash::Hash>(
    connection: &Connection,
    sql: &str,
    of_row: fn(&Row<'_>) -> Result<T, ReadError>,
) -> Result<HashMap<T, i64>, ReadError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(())?;
    let mut numbers = HashMap::new();
    while let Some(row) = rows.next()? {
        numbers.insert(of_row(row)?, row.get("id")?);
    }
    Ok(numbers)
}

fn post_of_row(row: &Row<'_>) -> Result<Post, ReadError> {
    let actor = Actor {
        officer: Some(OfficerId(uuid(row, "officer")?)),
        role: text_some(row, "role")?,
        unit: text_some(row, "role_unit")?,
        in_place_of: uuid_some(row, "in_place_of")?.map(OfficerId),
    };
    Ok(Post { actor: Arc::new(actor), place: Arc::new(Place::of_row(row)?) })
}

fn matter_of_row(row: &Row<'_>) -> Result<Matter, ReadError> {
    Ok(Matter {
        event_type: row.get("event_type")?,
        about: row.get::<_, String>("about")?.into(),
        title: text_some(row, "title")?,
        step: text_some(row, "step")?,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_time_is_read_to_the_microsecond() {
        assert_eq!(micros("1970-01-01T00:00:01.000007Z"), Some(MICROS + 7));
        for text in ["1970-01-01T00:00:01Z", "1970-01-01T00:00:01.0000xxZ", ""] {
            assert_eq!(micros(text), None, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_told_of_what_no_officer_did() {
        let operator = Actor::default();
        assert!(Hand::of(operator, "").unwrap().is_none());
        let officer = Actor { officer: Some(OfficerId(Uuid::nil())), ..Actor::default() };
        assert!(Hand::of(officer, "").is_err());
    }
}
