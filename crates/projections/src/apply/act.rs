//! Acts: who reviewed or decided what, when, and how his points stand to those claimed, a row for
//! each and never changed. The signs of formalism are counted from them ([`crate::query::signs`]).
//!
//! An act holds the number of its desk: one officer with one kind of act at one step for one title
//! in one place. Rows of a desk lie together, so that a reader goes through them in one pass, and
//! no index is needed. Deliberately absent: what is striking; that is asked when somebody looks.

use std::collections::HashMap;
use std::sync::Arc;

use codec::AnyEvent;
use procedure::case::{Event, Reviewed};
use procedure::{CaseId, Date, Definition, IndicatorId, OfficerId, StepId, Title};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};

use crate::apply::Applier;
use crate::apply::dossier::{Dossier, text, uuid};
use crate::apply::place::Place;
use crate::decode::Decoded;
use crate::error::ReadError;

/// Seconds that the civil time of Viet Nam is ahead of UTC, all year and since 1975.
pub(crate) const AHEAD: i64 = 7 * 3600;
pub(crate) const DAY: i64 = 24 * 3600;

/// Points, one for each indicator of a definition in the order of the indicators' names: two
/// bytes each. Of one definition, those of a claim, of a review and the maxima can be compared
/// place by place, because each has every indicator once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Points(Arc<[u8]>);

impl Points {
    fn of(lines: &[(&str, u16)]) -> Self {
        Self(lines.iter().flat_map(|(_, points)| points.to_be_bytes()).collect())
    }

    /// The most that a definition can give.
    pub(super) fn maxima(definition: &Definition) -> Self {
        let maximum = |indicator: &procedure::definition::Indicator| indicator.maximum.value;
        let lines = definition.indicators().map(|indicator| (&indicator.id, maximum(indicator)));
        Self::of(&sorted(lines))
    }

    fn values(&self) -> impl Iterator<Item = u16> {
        self.0.as_chunks().0.iter().map(|bytes| u16::from_be_bytes(*bytes))
    }

    /// How many of them are higher than claimed, and how many lower.
    fn changed(&self, claims: Option<&Self>) -> (i64, i64) {
        let Some(claims) = claims.filter(|claims| *claims != self) else { return (0, 0) };
        self.values().zip(claims.values()).fold((0, 0), |(raised, lowered), (own, claimed)| {
            (raised + i64::from(own > claimed), lowered + i64::from(own < claimed))
        })
    }
}

impl ToSql for Points {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Points {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(value.as_blob()?.into()))
    }
}

/// What an act or a claim leaves, taken from its event before the lines are let go.
#[derive(Default)]
pub(crate) struct Mark {
    /// Of a claim or a review.
    pub(super) points: Option<Points>,
    /// Of a review: equal for equal points line by line.
    fingerprint: i64,
    /// Of an act: the second in which it was recorded, in UTC since 1970.
    recorded_at: i64,
}

impl Mark {
    /// The mark of any event; the detail where its time cannot be read.
    pub(crate) fn of(event: &AnyEvent, recorded_at: &str) -> Result<Self, String> {
        let AnyEvent::Case(event) = event else { return Ok(Self::default()) };
        let at = || seconds(recorded_at).ok_or_else(|| format!("no time: {recorded_at:?}"));
        Ok(match event {
            Event::SelfAssessed(event) => Self::claims(&event.lines),
            Event::Supplemented(event) => Self::claims(&event.lines),
            Event::Reviewed(event) => {
                let lines = sorted(event.lines.iter().map(|line| (&line.indicator, line.points)));
                let points = Some(Points::of(&lines));
                Self { points, fingerprint: fingerprint(&lines), recorded_at: at()? }
            }
            Event::TitleRecognised(_) | Event::RecognitionRefused(_) => {
                Self { recorded_at: at()?, ..Self::default() }
            }
            _ => Self::default(),
        })
    }

    fn claims(lines: &[procedure::case::Claim]) -> Self {
        let lines = sorted(lines.iter().map(|line| (&line.indicator, line.points)));
        Self { points: Some(Points::of(&lines)), ..Self::default() }
    }
}

fn sorted<'a>(lines: impl Iterator<Item = (&'a IndicatorId, u16)>) -> Vec<(&'a str, u16)> {
    let mut lines: Vec<_> = lines.map(|(indicator, points)| (indicator.as_str(), points)).collect();
    lines.sort_unstable();
    lines
}

/// FNV-1a over names and points, written out so that it is the same on every machine.
fn fingerprint(lines: &[(&str, u16)]) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (indicator, points) in lines {
        // No name has a zero, so nothing else gives these bytes.
        for byte in indicator.bytes().chain([0]).chain(points.to_be_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash.cast_signed()
}

/// Seconds since 1970 of `2026-11-23T08:00:00.000000Z`, without the fraction.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let number = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok().map(i64::from);
    let day: Date = text.get(..10)?.parse().ok()?;
    let days = i64::from(day.days_since(Date::new(1970, 1, 1)?));
    let time = number(11)? * 3600 + number(14)? * 60 + number(17)?;
    text.ends_with('Z').then_some(days * DAY + time)
}

/// The civil day in Viet Nam of a second in UTC since 1970.
pub(crate) fn day(seconds: i64) -> Result<Date, ReadError> {
    let days = i32::try_from((seconds + AHEAD).div_euclid(DAY)).ok();
    let day = days.and_then(|days| Date::new(1970, 1, 1)?.plus_days(days));
    day.ok_or_else(|| ReadError::corrupt("a time outside of the calendar"))
}

/// What an officer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Gave points.
    Review,
    /// Recognised the title.
    Recognition,
    /// Refused the title.
    Refusal,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Review, Self::Recognition, Self::Refusal];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Recognition => "recognition",
            Self::Refusal => "refusal",
        }
    }
}

/// What the acts of a desk have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Desk {
    officer: OfficerId,
    kind: Kind,
    title: Title,
    step: StepId,
    place: Arc<Place>,
}

/// All desks by now, and the last review of each officer.
pub(super) struct Desks {
    numbers: HashMap<Desk, i64>,
    /// The second in which it was recorded.
    last: HashMap<OfficerId, i64>,
}

impl Desks {
    /// Those in the file.
    pub(super) fn read(connection: &Connection) -> Result<Self, ReadError> {
        let sql = "SELECT entry, recorded_at FROM act WHERE desk = ?1 ORDER BY entry DESC LIMIT 1";
        let mut latest = connection.prepare(sql)?;
        let mut statement = connection.prepare("SELECT * FROM desk")?;
        let mut rows = statement.query(())?;
        let mut numbers = HashMap::new();
        let mut last: HashMap<OfficerId, (i64, i64)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (number, desk): (i64, Desk) = (row.get("id")?, desk_of_row(row)?);
            if desk.kind == Kind::Review {
                let mut latest = latest.query([number])?;
                while let Some(row) = latest.next()? {
                    let of_desk = (row.get(0)?, row.get(1)?);
                    let of_officer = last.entry(desk.officer).or_insert(of_desk);
                    *of_officer = of_desk.max(*of_officer);
                }
            }
            numbers.insert(desk, number);
        }
        let last = last.into_iter().map(|(officer, (_, at))| (officer, at)).collect();
        Ok(Self { numbers, last })
    }

    /// The number of a desk; a new one is written at once. Numbers are given in the order of the
    /// log, so that every rebuild gives the same.
    fn number(&mut self, connection: &Connection, desk: Desk) -> Result<i64, ReadError> {
        if let Some(number) = self.numbers.get(&desk) {
            return Ok(*number);
        }
        let number = self.numbers.len() as i64 + 1;
        let sql = "
            INSERT INTO desk (id, officer, kind, title, step, province, commune, hamlet)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        connection.prepare_cached(sql)?.execute(params![
            number,
            desk.officer.0.as_bytes(),
            desk.kind.as_str(),
            desk.title.as_str(),
            desk.step.as_str(),
            desk.place.province,
            desk.place.commune,
            desk.place.hamlet,
        ])?;
        self.numbers.insert(desk, number);
        Ok(number)
    }
}

fn desk_of_row(row: &rusqlite::Row<'_>) -> Result<Desk, ReadError> {
    let kind: String = row.get("kind")?;
    let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind);
    Ok(Desk {
        officer: OfficerId(uuid(row, "officer")?),
        kind: kind.ok_or_else(|| ReadError::corrupt("an act of an unknown kind"))?,
        title: text(row, "title")?,
        step: text(row, "step")?,
        place: Arc::new(Place::of_row(row)?),
    })
}

const WRITE: &str = "
INSERT INTO act (desk, entry, dossier, year, recorded_at, since, fingerprint, at_maximum, raised,
  lowered)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

impl Applier {
    /// A review, before the case goes on.
    pub(super) fn reviewed(
        &mut self,
        id: CaseId,
        dossier: &Dossier,
        decoded: &Decoded,
        event: &Reviewed,
    ) -> Result<(), ReadError> {
        let desk = self.desk((Kind::Review, event.by), &event.step, dossier)?;
        let Mark { points, fingerprint, recorded_at } = &decoded.mark;
        let maxima = self.definitions.get(&dossier.procedure).map(|known| &known.maxima);
        let at_maximum = points.is_some() && points.as_ref() == maxima;
        let changed = points.as_ref().map(|points| points.changed(dossier.claims.as_ref()));
        let (raised, lowered) = changed.unwrap_or_default();
        let since = self.desks.last.get(&event.by).map(|last| recorded_at - last);
        self.connection.prepare_cached(WRITE)?.execute(params![
            desk,
            self.entries as i64,
            id.0.as_bytes(),
            dossier.year,
            recorded_at,
            since,
            fingerprint,
            at_maximum,
            raised,
            lowered,
        ])?;
        self.desks.last.insert(event.by, *recorded_at);
        Ok(())
    }

    /// A decision, before the case is closed.
    pub(super) fn decided(
        &mut self,
        id: CaseId,
        dossier: &Dossier,
        decoded: &Decoded,
        act: (Kind, OfficerId),
    ) -> Result<(), ReadError> {
        let turn = dossier.turn.as_ref();
        let turn = turn.ok_or_else(|| ReadError::corrupt(format!("case {id} had been closed")))?;
        let desk = self.desk(act, &turn.step, dossier)?;
        let none = None::<i64>;
        self.connection.prepare_cached(WRITE)?.execute(params![
            desk,
            self.entries as i64,
            id.0.as_bytes(),
            dossier.year,
            decoded.mark.recorded_at,
            none,
            none,
            none,
            none,
            none,
        ])?;
        Ok(())
    }

    fn desk(
        &mut self,
        (kind, officer): (Kind, OfficerId),
        step: &StepId,
        dossier: &Dossier,
    ) -> Result<i64, ReadError> {
        let (title, step, place) = (dossier.title, step.clone(), dossier.place.clone());
        let desk = Desk { officer, kind, title, step, place };
        self.desks.number(&self.connection, desk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<IndicatorId> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    fn lines<'a>(ids: &'a [IndicatorId], points: &'a [u16]) -> Vec<(&'a str, u16)> {
        sorted(ids.iter().zip(points.iter().copied()))
    }

    #[test]
    fn a_fingerprint_says_which_points_whatever_the_order_of_the_lines() {
        let (there, back) = (ids(&["1a", "1b", "2a"]), ids(&["2a", "1b", "1a"]));
        let one = fingerprint(&lines(&there, &[10, 9, 8]));
        assert_eq!(one, fingerprint(&lines(&back, &[8, 9, 10])));
        assert_ne!(one, fingerprint(&lines(&there, &[10, 8, 9])));
        assert_ne!(one, fingerprint(&lines(&ids(&["1a", "1b", "2b"]), &[10, 9, 8])));
        // Files hold it: it must not change with the machine or the compiler.
        assert_eq!(fingerprint(&lines(&ids(&["1a"]), &[10])), fnv(b"1a\0\0\x0a"));
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c_u64.cast_signed());
    }

    fn fnv(bytes: &[u8]) -> i64 {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(1_099_511_628_211);
        bytes.iter().fold(14_695_981_039_346_656_037, step).cast_signed()
    }

    #[test]
    fn lines_are_compared_by_their_indicator() {
        let names = ids(&["1a", "1b", "2a", "2b"]);
        let back = ids(&["2b", "2a", "1b", "1a"]);
        let claims = Points::of(&lines(&names, &[10, 5, 5, 300]));
        let review = Points::of(&lines(&back, &[299, 7, 6, 10]));
        assert_eq!(review.changed(Some(&claims)), (2, 1));
        assert_eq!(claims.changed(Some(&claims)), (0, 0));
        assert_eq!(claims.changed(None), (0, 0));
    }

    #[test]
    fn a_time_is_a_second_and_a_civil_day_in_viet_nam() {
        assert_eq!(seconds("1970-01-02T00:00:01.999999Z"), Some(DAY + 1));
        let day_of = |text: &str| day(seconds(text).unwrap()).unwrap().to_string();
        assert_eq!(day_of("2026-11-23T16:59:59.999999Z"), "2026-11-23");
        assert_eq!(day_of("2026-11-23T17:00:00.000000Z"), "2026-11-24");
        for text in ["2026", "2026-11-23T08:00:00", "2026-11-23Txx:00:00Z", ""] {
            assert_eq!(seconds(text), None, "{text:?}");
        }
    }
}
