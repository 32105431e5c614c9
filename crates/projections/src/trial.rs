//! What a draft definition would make of a year that has happened: who would gain the title, and
//! who would lose it.
//!
//! The log is read once. Of each case of the draft's title and the year the last points are kept;
//! then they are judged twice, by the definition that the case is under and by the draft.
//! Indicators are the same where their ids are. Deliberately absent: the draft's steps, seasons and
//! competence, for only points are judged; names, for no sealed text is opened; and writing.
//!
//! Reading order: [`gather`], [`place`], [`judge`], [`compare`], [`difference`].

use event_store::EventStore;
use procedure::{BandId, CaseId, Definition, ProcedureId, Title, UnitCode};
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::error::ReadError;

mod compare;
mod difference;
mod gather;
mod judge;
mod place;

pub use difference::{Difference, Maximum, MaximumChange, Threshold};
use gather::Gathered;

/// Most events of a page.
const PAGE: usize = 4096;

/// On which cases a draft is tried.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The calendar year.
    pub year: i16,
    /// Only in this administrative unit and below.
    pub unit: UnitCode,
    /// How many of the cases that change are listed.
    pub listed: usize,
}

/// What a draft would make of a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// The draft.
    pub procedure: ProcedureId,
    /// Its title.
    pub title: Title,
    /// The year.
    pub year: i16,
    /// What is different from each definition that cases are under.
    pub differences: Vec<Difference>,
    /// The unit that was asked for, with those below.
    pub unit: Unit,
    /// The cases that change, by place and id, as many as were asked for.
    pub cases: Vec<Changed>,
}

/// An administrative unit as it stood on the places of cases (đơn vị hành chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its code.
    pub unit: UnitCode,
    /// Its cases, with those of all units below.
    #[serde(flatten)]
    pub counts: Counts,
    /// Its cases that lie in no unit below.
    #[serde(skip_serializing_if = "Counts::is_empty")]
    pub here: Counts,
    /// The units one level below that have cases, by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<Unit>,
}

/// Numbers of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub cases: u32,
    /// Recognised in fact.
    pub recognised: u32,
    /// Refused in fact.
    pub refused: u32,
    /// Withdrawn; they strive for nothing any more and are not judged.
    pub withdrawn: u32,
    /// Without any points yet, and not judged.
    pub unjudged: u32,
    /// Judged.
    pub judged: u32,
    /// Of those judged: by the subject's own points, because nobody has reviewed them yet.
    pub on_claims: u32,
    /// With points above a maximum of the draft, which were cut to it.
    pub cut: u32,
    /// That reach the title by the definition that they are under.
    pub reached_old: u32,
    /// That reach it by the draft, whatever points its new indicators would have got.
    pub reached_new: u32,
    /// That reach it by the draft only.
    pub gain: u32,
    /// That reach it by the definition that they are under only.
    pub lose: u32,
    /// Of which the draft's new indicators would decide.
    pub unknown: u32,
}

impl Counts {
    /// Whether there are no cases.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cases == 0
    }
}

/// A case that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The case.
    pub case: CaseId,
    /// Its administrative units, from the one that was asked for down.
    pub place: Vec<UnitCode>,
    /// The definition that it is under.
    pub procedure: ProcedureId,
    /// Where it stands in fact.
    pub end: End,
    /// Whose points were judged.
    pub basis: Basis,
    /// How it changes.
    pub change: Change,
    /// Its total by the definition that it is under.
    pub total_old: u32,
    /// Its total by the draft, nothing given for new indicators.
    pub total_new: u32,
    /// The same with all that new indicators can give.
    pub total_new_most: u32,
    /// The band by the definition that it is under.
    pub band_old: Option<BandId>,
    /// The band by the draft; none where new indicators would decide.
    pub band_new: Option<BandId>,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// On its way.
    Open,
    /// Recognised (công nhận).
    Recognised,
    /// Refused (không công nhận).
    Refused,
    /// Withdrawn (rút hồ sơ).
    Withdrawn,
}

/// Whose points were judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Those of the last review (thẩm định).
    Review,
    /// The subject's own (tự chấm điểm).
    Claims,
}

/// How a case changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It would reach the title, and does not now.
    Gain,
    /// It would not reach the title, and does now.
    Lose,
    /// New indicators would decide.
    Unknown,
}

/// Tries a draft on the cases of a year. `tell` hears how many events have been read.
///
/// # Errors
/// [`ReadError::Store`] where the log cannot be read, [`ReadError::Stopped`] at an event that
/// cannot be understood, [`ReadError::Corrupt`] if a case is under a definition that is not there.
pub async fn trial(
    store: &dyn EventStore,
    draft: Definition,
    scope: Scope,
    mut tell: impl FnMut(u64),
) -> Result<Trial, ReadError> {
    let mut gathered = Gathered::new(draft.title, &scope);
    let mut events = store.read_all(None, PAGE).await?;
    let mut read = 0;
    while let Some(last) = events.last() {
        let place = last.position;
        read += events.len() as u64;
        // The next page is fetched while this one is decoded.
        let gathering = spawn_blocking(move || gathered.page(&events).map(|()| gathered));
        let next = store.read_all(Some(place), PAGE).await;
        gathered = gathering.await.map_err(|_| ReadError::Ended)??;
        events = next?;
        tell(read);
    }
    let comparing = spawn_blocking(move || compare::compare(gathered, &draft, &scope));
    comparing.await.map_err(|_| ReadError::Ended)?
}
