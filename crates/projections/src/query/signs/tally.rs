//! Counts the acts of a territory in one pass, desk by desk, for all signs at once.
//! Deliberately absent: how many are too many.

use std::collections::{BTreeMap, HashMap};

use procedure::{CaseId, Date, OfficerId, StepId, Title, UnitCode};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use uuid::Uuid;

use crate::apply::act::day;
use crate::apply::dossier::{text, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::signs::{CASES, SignName, SignsFilter};
use crate::query::{Filter, NATION, path};

/// Whose acts are counted together: one officer's at one step in one unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) officer: OfficerId,
    pub(super) unit: UnitCode,
    pub(super) step: StepId,
}

/// Acts, or lines of them, that a rule speaks of.
#[derive(Default)]
pub(super) struct Found {
    pub(super) count: u64,
    first: i64,
    last: i64,
    pub(super) cases: Vec<CaseId>,
}

impl Found {
    fn add(&mut self, act: &Act, count: u64) {
        if count == 0 {
            return;
        }
        let at = act.recorded_at;
        self.first = if self.count == 0 { at } else { self.first.min(at) };
        self.last = if self.count == 0 { at } else { self.last.max(at) };
        self.count += count;
        if self.cases.len() < CASES && !self.cases.contains(&act.case) {
            self.cases.push(act.case);
        }
    }

    pub(super) fn first_day(&self) -> Result<Date, ReadError> {
        day(self.first)
    }

    pub(super) fn last_day(&self) -> Result<Date, ReadError> {
        day(self.last)
    }
}

/// The reviews of a group.
#[derive(Default)]
struct Reviews {
    count: u64,
    /// By title and fingerprint: names of indicators mean nothing across titles.
    alike: HashMap<(Title, i64), Found>,
    in_seconds: Found,
    at_maximum: Found,
    raised: Found,
    lowered: u64,
}

/// The decisions of a group. Reviews on days off are no sign: who reviews in a hamlet does it after
/// work.
#[derive(Default)]
struct Acts {
    count: u64,
    on_days_off: Found,
}

/// What has been counted so far.
pub(super) struct Tally<'a> {
    seconds: i64,
    is_working_day: &'a dyn Fn(Date) -> bool,
    /// Days asked about already.
    working_days: HashMap<Date, bool>,
    by_hamlet: BTreeMap<Group, Reviews>,
    /// Whoever decides, decides for the commune, in whichever hamlets the cases lie.
    by_commune: BTreeMap<Group, Acts>,
}

/// What the acts of a desk have in common.
struct Desk {
    title: Title,
    hamlet: Group,
    commune: Group,
}

struct Act {
    case: CaseId,
    recorded_at: i64,
    /// Of a review.
    review: Option<Review>,
}

struct Review {
    since: Option<i64>,
    fingerprint: i64,
    at_maximum: bool,
    raised: i64,
    lowered: i64,
}

impl<'a> Tally<'a> {
    pub(super) fn new(seconds: u32, is_working_day: &'a dyn Fn(Date) -> bool) -> Self {
        Self {
            seconds: seconds.into(),
            is_working_day,
            working_days: HashMap::new(),
            by_hamlet: BTreeMap::new(),
            by_commune: BTreeMap::new(),
        }
    }

    /// Counts one desk.
    fn desk(
        &mut self,
        desk: Desk,
        acts: impl Iterator<Item = rusqlite::Result<Act>>,
    ) -> Result<(), ReadError> {
        let Self { seconds, is_working_day, working_days, .. } = self;
        let all = self.by_commune.entry(desk.commune).or_default();
        let reviews = self.by_hamlet.entry(desk.hamlet).or_default();
        for act in acts {
            let act = act?;
            let day = day(act.recorded_at)?;
            let works = *working_days.entry(day).or_insert_with(|| is_working_day(day));
            match &act.review {
                Some(review) => reviews.add(&act, review, desk.title, *seconds),
                None => {
                    all.count += 1;
                    all.on_days_off.add(&act, u64::from(!works));
                }
            }
        }
        Ok(())
    }

    /// Whatever can be a sign: of which group, how much, and of how many.
    pub(super) fn findings(&self) -> impl Iterator<Item = (SignName, &Group, &Found, u64)> {
        let by_hamlet = self.by_hamlet.iter().flat_map(|(group, reviews)| {
            let most_alike = reviews.most_alike().map(|found| (SignName::IdenticalPoints, found));
            let shares = [
                most_alike,
                Some((SignName::ReviewInSeconds, &reviews.in_seconds)),
                Some((SignName::EverythingAtMaximum, &reviews.at_maximum)),
            ];
            let shares = shares.into_iter().flatten();
            let shares = shares.map(move |(name, found)| (name, group, found, reviews.count));
            let raised = Some(&reviews.raised).filter(|_| reviews.lowered == 0);
            shares.chain(raised.map(|found| (SignName::OnlyUpward, group, found, found.count)))
        });
        let days_off = SignName::DecisionsOnDaysOff;
        let by_commune = self.by_commune.iter();
        by_hamlet.chain(
            by_commune.map(move |(group, acts)| (days_off, group, &acts.on_days_off, acts.count)),
        )
    }
}

impl Reviews {
    fn add(&mut self, act: &Act, review: &Review, title: Title, seconds: i64) {
        self.count += 1;
        self.alike.entry((title, review.fingerprint)).or_default().add(act, 1);
        let at_once = review.since.is_some_and(|since| (0..seconds).contains(&since));
        self.in_seconds.add(act, at_once.into());
        self.at_maximum.add(act, review.at_maximum.into());
        self.raised.add(act, review.raised.unsigned_abs());
        self.lowered += review.lowered.unsigned_abs();
    }

    /// The most frequent points.
    fn most_alike(&self) -> Option<&Found> {
        let most = self.alike.iter().max_by_key(|(points, found)| (found.count, **points));
        most.map(|(_, found)| found)
    }
}

impl Reader<'_> {
    /// Counts the acts of a unit.
    pub(super) fn tally(
        &self,
        tally: &mut Tally<'_>,
        unit: &UnitCode,
        filter: &SignsFilter,
    ) -> Result<(), ReadError> {
        let (sql, values) = desks_of(unit, filter.title);
        let mut desks = self.connection.prepare_cached(&sql)?;
        let mut acts = self.connection.prepare_cached(ACTS)?;
        let mut rows = desks.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get("id")?;
            let acts = acts.query_map(params![number, filter.year], act_of_row)?;
            tally.desk(desk_of_row(row)?, acts)?;
        }
        Ok(())
    }
}

/// The desks of a unit, in the order of their numbers.
fn desks_of(unit: &UnitCode, title: Option<Title>) -> (String, Vec<Value>) {
    let mut filter = Filter::default();
    filter.within("", std::slice::from_ref(unit));
    filter.add_some("title = ?", title);
    let sql = format!(
        "SELECT id, officer, title, step, province, commune, hamlet FROM desk WHERE {} ORDER BY id",
        filter.clause()
    );
    (sql, filter.values())
}

const ACTS: &str = "
SELECT dossier, recorded_at, since, fingerprint, at_maximum, raised, lowered FROM act
WHERE desk = ?1 AND (?2 IS NULL OR year = ?2) ORDER BY entry";

fn desk_of_row(row: &Row<'_>) -> Result<Desk, ReadError> {
    let path = path(row)?;
    let group = |level: usize| -> Result<Group, ReadError> {
        let unit = path.iter().take(level + 1).next_back().map_or(NATION, String::as_str);
        Ok(Group {
            officer: OfficerId(uuid(row, "officer")?),
            unit: unit.parse().map_err(ReadError::corrupt)?,
            step: text(row, "step")?,
        })
    };
    Ok(Desk { title: text(row, "title")?, hamlet: group(3)?, commune: group(2)? })
}

fn act_of_row(row: &Row<'_>) -> rusqlite::Result<Act> {
    let review = match row.get(3)? {
        Some(fingerprint) => Some(Review {
            since: row.get(2)?,
            fingerprint,
            at_maximum: row.get(4)?,
            raised: row.get(5)?,
            lowered: row.get(6)?,
        }),
        None => None,
    };
    let case = CaseId(Uuid::from_bytes(row.get(0)?));
    Ok(Act { case, recorded_at: row.get(1)?, review })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::plan;

    #[test]
    fn nothing_outside_of_the_unit_is_looked_at() {
        let connection = plan::empty();
        let plan = |sql: &str| plan::of(&connection, sql);
        let places = [("25", "province"), ("05158", "commune"), ("05158-01", "hamlet")];
        for (unit, level) in places {
            for title in [None, Some(Title::Family)] {
                let found = plan(&desks_of(&unit.parse().unwrap(), title).0);
                let expected = format!("SEARCH desk USING INDEX desk_by_{level} ({level}=?)");
                assert_eq!(found, [expected]);
            }
        }
        assert_eq!(plan(ACTS), ["SEARCH act USING PRIMARY KEY (desk=?)"]);
    }
}
