//! Finds the entries of a page of deeds. Whatever is asked, is asked of the posts and the matters.
//! Where few posts match, each gives its last deeds, and the page is the last of all these; otherwise
//! each matter does. Either has its deeds in the order of the log.

use std::collections::BTreeSet;

use procedure::{Date, UnitCode};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::deeds::DeedFilter;
use crate::query::load::midnight;
use crate::query::{Filter, blob};

/// An entry with its post: the key of a deed.
type Key = (i64, i64);

/// Posts that are looked at one by one; each takes a few microseconds.
const POSTS: usize = 2_000;

/// Between which entries, and which times, deeds are looked for; both ends included.
#[derive(Clone, Copy)]
struct Stretch {
    first: i64,
    last: i64,
    since: i64,
    until: i64,
}

impl Reader<'_> {
    /// The last `limit` entries that a filter lets through and that come before one, the latest
    /// first; each with its post.
    pub(super) fn entries_of(
        &self,
        filter: &DeedFilter,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Key>, ReadError> {
        let Some(stretch) = self.stretch(filter, before)? else { return Ok(Vec::new()) };
        let scope = self.scope(&filter.territory, filter.unit.as_slice())?;
        if scope.is_empty() {
            return Ok(Vec::new());
        }
        let matters = self.numbers_of("matter", &matters_of(filter), usize::MAX)?;
        let posts = self.numbers_of("post", &posts_of(filter, &scope, ""), POSTS + 1)?;
        if posts.len() <= POSTS {
            self.last_of(&posts, &of_post(&matters, limit), stretch, limit)
        } else {
            self.last_of(&matters, &of_matter(filter, &scope, limit), stretch, limit)
        }
    }

    fn stretch(
        &self,
        filter: &DeedFilter,
        before: Option<i64>,
    ) -> Result<Option<Stretch>, ReadError> {
        let between = self.entries_between(filter.from, filter.until)?;
        let day_after = |day: Date| day.plus_days(1).map(midnight);
        Ok(between.map(|(first, last)| Stretch {
            first,
            last: before.map_or(last, |before| last.min(before.saturating_sub(1))),
            since: filter.from.map_or(i64::MIN, midnight),
            until: filter.until.and_then(day_after).map_or(i64::MAX, |next| next - 1),
        }))
    }

    /// Between which entries the deeds of some days lie; `None` where there are none.
    pub(in crate::query) fn entries_between(
        &self,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Result<Option<(i64, i64)>, ReadError> {
        let mut sql = Filter::default();
        sql.add_some("day >= ?", from);
        sql.add_some("day <= ?", until);
        let text = format!("SELECT min(first), max(last) FROM deed_day WHERE {}", sql.clause());
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let (first, last): (Option<i64>, Option<i64>) =
            statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last))
    }

    /// The numbers of rows, at most so many.
    fn numbers_of(&self, table: &str, sql: &Filter, limit: usize) -> Result<Vec<i64>, ReadError> {
        let limit = i64::try_from(limit).unwrap_or(-1);
        let text = format!("SELECT id FROM {table} WHERE {} LIMIT {limit}", sql.clause());
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values_ref()), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One post or matter after the other; what cannot be on the page any more is not looked at.
    fn last_of(
        &self,
        ids: &[i64],
        tail: &Tail,
        stretch: Stretch,
        limit: usize,
    ) -> Result<Vec<Key>, ReadError> {
        let mut statement = self.connection.prepare_cached(&tail.sql)?;
        let mut page = BTreeSet::new();
        for id in ids {
            let full = page.len() >= limit;
            let least = page.first().filter(|_| full);
            let first = least.map_or(stretch.first, |(entry, _): &Key| entry + 1);
            let Stretch { last, since, until, .. } = stretch;
            let numbers = [*id, first, last, since, until].map(Value::Integer);
            let values = params_from_iter(numbers.iter().chain(&tail.values));
            for key in statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))? {
                page.insert(key?);
            }
            while page.len() > limit {
                page.pop_first();
            }
        }
        Ok(page.into_iter().rev().collect())
    }
}

/// A statement for the last deeds of one post or matter.
struct Tail {
    sql: String,
    /// After the post or matter and the stretch.
    values: Vec<Value>,
}

/// The stretch, after the post or matter.
const STRETCH: &str = "e.entry BETWEEN ?2 AND ?3 AND e.recorded_at BETWEEN ?4 AND ?5";

/// The last deeds of a post.
fn of_post(matters: &[i64], limit: usize) -> Tail {
    let matters: Vec<_> = matters.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT e.entry, e.post FROM deed AS e
         WHERE e.post = ?1 AND {STRETCH} AND +e.matter IN ({})
         ORDER BY e.entry DESC LIMIT {limit}",
        matters.join(", ")
    );
    Tail { sql, values: Vec::new() }
}

/// The last deeds of a matter.
fn of_matter(filter: &DeedFilter, scope: &[UnitCode], limit: usize) -> Tail {
    let posts = posts_of(filter, scope, "p.");
    let sql = format!(
        "SELECT e.entry, e.post FROM deed AS e CROSS JOIN post AS p ON p.id = e.post
         WHERE e.matter = ?1 AND {STRETCH} AND {} ORDER BY e.entry DESC LIMIT {limit}",
        posts.clause()
    );
    Tail { sql, values: posts.values() }
}

/// The posts that a filter lets through.
fn posts_of(filter: &DeedFilter, scope: &[UnitCode], prefix: &str) -> Filter {
    let mut sql = Filter::default();
    // An officer's posts are few, wherever he acts.
    let sign = if filter.officer.is_some() { "+" } else { "" };
    sql.within(&format!("{sign}{prefix}"), scope);
    if let Some(officer) = filter.officer {
        sql.add(&format!("{prefix}officer = ?"), [blob(officer.0)]);
    }
    sql
}

/// The matters that a filter lets through.
fn matters_of(filter: &DeedFilter) -> Filter {
    let mut sql = Filter::default();
    sql.add_some("event_type = ?", filter.event_type.as_ref());
    sql.add_some("about = ?", filter.about);
    sql.add_some("title = ?", filter.title);
    sql
}

#[cfg(test)]
mod tests {
    use procedure::{OfficerId, Title};
    use rusqlite::{Connection, params};
    use uuid::Uuid;

    use super::*;
    use crate::models::{ReadModels, Readers, make_indexes, open_to_write};
    use crate::query::plan;

    const KINDS: [&str; 3] = ["Reviewed", "StepCompleted", "Claimed"];

    /// 300 posts of ten officers in two communes, and 9,000 deeds of two hundred days, of which one
    /// in fifty was recorded a day before the one that stands before it in the log.
    fn fill(connection: &Connection) {
        connection.execute_batch("BEGIN").unwrap();
        for post in 0..300_i64 {
            let sql = "INSERT INTO post (id, officer, province, commune, hamlet)
                       VALUES (?1, ?2, '25', ?3, ?4)";
            let officer = Uuid::from_u128((post % 10) as u128);
            let commune = ["05158", "05161"][(post / 10 % 2) as usize];
            let hamlet = format!("{commune}-{:02}", post % 15);
            connection.execute(sql, params![post, officer.as_bytes(), commune, hamlet]).unwrap();
        }
        for matter in 0..12_usize {
            let sql =
                "INSERT INTO matter (id, event_type, about, title) VALUES (?1, ?2, 'case', ?3)";
            let values = params![matter as i64, KINDS[matter % 3], Title::ALL[matter % 4].as_str()];
            connection.execute(sql, values).unwrap();
        }
        let first = Date::new(2026, 1, 1).unwrap();
        for entry in 0..9_000_i64 {
            let back = i32::from(entry % 50 == 7);
            let day = first.plus_days((entry / 45) as i32 - back).unwrap();
            let sql = "INSERT INTO deed VALUES (?2, ?1, ?3, x'00', ?4, 0, 0)";
            let (post, matter) = (entry * 7919 % 300, entry * 31 / 7 % 12);
            let values = params![entry, post, matter, midnight(day) + entry];
            connection.execute(sql, values).unwrap();
            let sql = "INSERT INTO deed_day VALUES (?1, ?2, ?2)
                       ON CONFLICT DO UPDATE SET last = excluded.last";
            connection.execute(sql, params![day.to_string(), entry]).unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
    }

    fn questions() -> Vec<DeedFilter> {
        let day = |month, day| Date::new(2026, month, day);
        let all = || DeedFilter { territory: vec!["VN".parse().unwrap()], ..DeedFilter::default() };
        vec![
            all(),
            DeedFilter { officer: Some(OfficerId(Uuid::from_u128(3))), ..all() },
            DeedFilter { territory: vec!["05158".parse().unwrap()], ..all() },
            DeedFilter {
                territory: vec!["05161-10".parse().unwrap(), "05158-02".parse().unwrap()],
                title: Some(Title::Clan),
                ..all()
            },
            DeedFilter { event_type: Some("Claimed".into()), from: day(3, 5), ..all() },
            DeedFilter { from: day(2, 3), until: day(2, 3), ..all() },
            DeedFilter { until: day(2, 3), ..all() },
        ]
    }

    #[test]
    fn both_ways_find_the_same_deeds_and_these_are_those_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("read.db");
        let connection = open_to_write(&path, Readers::Beside).unwrap();
        fill(&connection);
        make_indexes(&connection).unwrap();
        let models = ReadModels::at(&path);
        models.read_now(|reader| check(reader, &connection)).unwrap();
    }

    fn check(reader: &Reader<'_>, connection: &Connection) -> Result<(), ReadError> {
        for filter in questions() {
            // The whole table, without any of the means above.
            let scope = filter.territory.clone();
            let mut sql = posts_of(&filter, &scope, "p.");
            sql.add_some("m.event_type = ?", filter.event_type.as_ref());
            sql.add_some("m.title = ?", filter.title);
            sql.add_some("date(e.recorded_at / 1000000 + 25200, 'unixepoch') >= ?", filter.from);
            sql.add_some("date(e.recorded_at / 1000000 + 25200, 'unixepoch') <= ?", filter.until);
            let clause = sql.clause();
            let sql_text = format!(
                "SELECT e.entry, e.post FROM deed AS e, post AS p, matter AS m
                 WHERE p.id = e.post AND m.id = e.matter AND {clause} ORDER BY e.entry DESC"
            );
            let mut statement = connection.prepare(&sql_text).unwrap();
            let rows = statement
                .query_map(params_from_iter(sql.values()), |row| Ok((row.get(0)?, row.get(1)?)));
            let expected: Vec<Key> = rows.unwrap().map(|row| row.unwrap()).collect();
            assert!(expected.len() > 20, "{filter:?}");
            let matters = reader.numbers_of("matter", &matters_of(&filter), usize::MAX)?;
            let posts = reader.numbers_of("post", &posts_of(&filter, &scope, ""), POSTS)?;
            for before in [None, Some(expected[10].0), Some(expected[expected.len() - 2].0)] {
                let stretch = reader.stretch(&filter, before)?.unwrap();
                let fits = |key: &&Key| before.is_none_or(|before| key.0 < before);
                let page: Vec<Key> = expected.iter().filter(fits).copied().take(50).collect();
                let ways = [
                    reader.last_of(&posts, &of_post(&matters, 50), stretch, 50)?,
                    reader.last_of(&matters, &of_matter(&filter, &scope, 50), stretch, 50)?,
                    reader.entries_of(&filter, before, 50)?,
                ];
                for found in ways {
                    assert_eq!(found, page, "{filter:?}");
                }
            }
        }
        Ok(())
    }

    #[test]
    fn no_post_and_no_matter_looks_at_other_deeds_than_its_own() {
        let connection = plan::empty();
        let plan = |tail: Tail| plan::of(&connection, &tail.sql);
        let post = "SEARCH e USING PRIMARY KEY (post=? AND entry>? AND entry<?)";
        assert_eq!(plan(of_post(&[1, 2], 50)), [post]);
        let place = ["25".parse().unwrap()];
        let matter =
            "SEARCH e USING COVERING INDEX deed_by_matter (matter=? AND entry>? AND entry<?)";
        let found = plan(of_matter(&DeedFilter::default(), &place, 50));
        assert_eq!(found, [matter, "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"]);
    }
}
