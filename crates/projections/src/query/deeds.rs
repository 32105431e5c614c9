//! Deeds (việc đã làm): every event that an officer caused, by officer, place and period, each told
//! with the role and the territory in which he acted then.
//!
//! Deliberately absent: what the operator and the program did, and refused acts
//! ([`refused`](super::refused)).

use std::fmt;
use std::str::FromStr;

use procedure::{CaseId, Date, OfficerId, Role, StepId, SubjectId, Title, UnitCode};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use uuid::Uuid;

use crate::apply::act::{DAY, day};
use crate::apply::deed::MICROS;
use crate::apply::dossier::{text_some, uuid, uuid_some};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Page, Territory, clamp, path};

mod find;

/// Which deeds are asked for.
#[derive(Clone, Debug, Default)]
pub struct DeedFilter {
    /// What the asker may see. A deed lies where its case was filed, in the unit of its decision,
    /// meeting or subject, or in that which keeps the record of the officer that it is about.
    pub territory: Territory,
    /// Only of this officer.
    pub officer: Option<OfficerId>,
    /// Only in this unit.
    pub unit: Option<UnitCode>,
    /// Only recorded on this day and later.
    pub from: Option<Date>,
    /// Only recorded on this day and before.
    pub until: Option<Date>,
    /// Only events of this type.
    pub event_type: Option<String>,
    /// Only about something of this kind.
    pub about: Option<AboutKind>,
    /// Only for this title.
    pub title: Option<Title>,
}

/// What a deed can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AboutKind {
    /// A case (hồ sơ).
    Case,
    /// A decision (quyết định).
    Decision,
    /// A meeting (cuộc họp).
    Meeting,
    /// A subject (đối tượng).
    Subject,
    /// An officer (cán bộ).
    Officer,
}

impl AboutKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Case, Self::Decision, Self::Meeting, Self::Subject, Self::Officer];

    /// The name in tables and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Decision => "decision",
            Self::Meeting => "meeting",
            Self::Subject => "subject",
            Self::Officer => "officer",
        }
    }
}

impl fmt::Display for AboutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names nothing that a deed can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a deed is about a case, decision, meeting, subject or officer")]
pub struct UnknownAbout;

impl FromStr for AboutKind {
    type Err = UnknownAbout;

    fn from_str(text: &str) -> Result<Self, UnknownAbout> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownAbout)
    }
}

/// What a deed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its kind.
    pub kind: AboutKind,
    /// Which one.
    pub id: Uuid,
}

/// An event that an officer caused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// How many events had been counted before it.
    pub entry: u64,
    /// Place in the log.
    pub position: String,
    /// When it was recorded, UTC.
    pub recorded_at: String,
    /// Type of the event.
    pub event_type: String,
    /// Who.
    pub officer: OfficerId,
    /// His name; absent where its key has been destroyed.
    pub officer_name: Option<String>,
    /// The role in which he acted.
    pub role: Option<Role>,
    /// The territory of the appointment.
    pub role_unit: Option<UnitCode>,
    /// In whose place.
    pub in_place_of: Option<OfficerId>,
    /// What it is about.
    pub about: About,
    /// The case that it is about.
    pub case: Option<CaseId>,
    /// The subject that it is about, or that the case is of.
    pub subject: Option<SubjectId>,
    /// Its name; absent where its key has been destroyed.
    pub subject_name: Option<String>,
    /// The title.
    pub title: Option<Title>,
    /// The step at which the case stood when he acted, or that a meeting was for.
    pub step: Option<StepId>,
    /// Where it lies, from the nation down.
    pub place: Vec<String>,
}

const SELECT: &str = "
SELECT e.entry, e.major, e.minor, e.recorded_at, e.about AS id, m.event_type, p.officer, p.role,
  p.role_unit, p.in_place_of, m.about AS kind, m.title, m.step, p.province, p.commune, p.hamlet,
  o.name AS officer_name, s.id AS subject, s.name AS subject_name
FROM deed AS e JOIN post AS p ON p.id = e.post JOIN matter AS m ON m.id = e.matter
  LEFT JOIN officer AS o ON o.id = p.officer
  LEFT JOIN dossier AS d ON m.about = 'case' AND d.id = e.about
  LEFT JOIN subject AS s ON s.id = coalesce(d.subject, e.about)
WHERE e.post = ?1 AND e.entry = ?2";

impl Reader<'_> {
    /// A page of deeds, the latest first.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn deeds(
        &self,
        filter: &DeedFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Deed>, ReadError> {
        let limit = clamp(limit);
        let before = match after {
            Some(cursor) => Some(cursor.parse().map_err(|_| ReadError::BadCursor)?),
            None => None,
        };
        let mut items = Vec::new();
        for (entry, post) in self.entries_of(filter, before, limit + 1)? {
            items.extend(self.deed(entry, post)?);
        }
        Ok(Page::of(items, limit, |deed| deed.entry.to_string()))
    }

    fn deed(&self, entry: i64, post: i64) -> Result<Option<Deed>, ReadError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        statement.query_row(params![post, entry], |row| Ok(of_row(row))).optional()?.transpose()
    }
}

fn of_row(row: &Row<'_>) -> Result<Deed, ReadError> {
    let kind: String = row.get("kind")?;
    let about = About { kind: kind.parse().map_err(ReadError::corrupt)?, id: uuid(row, "id")? };
    let (major, minor): (i64, i64) = (row.get("major")?, row.get("minor")?);
    let position = event_store::Position::new(major as u64, minor as u64);
    Ok(Deed {
        entry: row.get::<_, i64>("entry")? as u64,
        position: position.to_string(),
        recorded_at: time(row.get("recorded_at")?)?,
        event_type: row.get("event_type")?,
        officer: OfficerId(uuid(row, "officer")?),
        officer_name: row.get("officer_name")?,
        role: text_some(row, "role")?,
        role_unit: text_some(row, "role_unit")?,
        in_place_of: uuid_some(row, "in_place_of")?.map(OfficerId),
        case: (about.kind == AboutKind::Case).then_some(CaseId(about.id)),
        about,
        subject: uuid_some(row, "subject")?.map(SubjectId),
        subject_name: row.get("subject_name")?,
        title: text_some(row, "title")?,
        step: text_some(row, "step")?,
        place: path(row)?,
    })
}

/// Microseconds since 1970 as the log writes times.
fn time(micros: i64) -> Result<String, ReadError> {
    let seconds = micros.div_euclid(MICROS);
    let (fraction, second) = (micros.rem_euclid(MICROS), seconds.rem_euclid(DAY));
    // A day in UTC begins when it is seven o'clock in Viet Nam on the same day.
    let day = day(seconds - second)?;
    let (hours, minutes, second) = (second / 3600, second / 60 % 60, second % 60);
    Ok(format!("{day}T{hours:02}:{minutes:02}:{second:02}.{fraction:06}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_the_log_writes_it() {
        assert_eq!(time(0).unwrap(), "1970-01-01T00:00:00.000000Z");
        let evening = DAY * 2 - 1;
        assert_eq!(time(evening * MICROS + 7).unwrap(), "1970-01-02T23:59:59.000007Z");
        assert_eq!(time(-MICROS).unwrap(), "1969-12-31T23:59:59.000000Z");
    }

    #[test]
    fn kinds_have_one_name() {
        for kind in AboutKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("deed".parse::<AboutKind>(), Err(UnknownAbout));
    }
}
