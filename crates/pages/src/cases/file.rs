//! Everything that the page of a case is made of, read in one go: the case as the read models have it,
//! its history from the log, names for ids, last year's case, and what the rules say to who looks.
//! Deliberately absent: how it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use procedure::clock::{self, Deadline};
use procedure::{CaseId, Date, Definition, OfficerId, Role, UnitCode};
use projections::query::cases::CaseRow;
use projections::query::decisions::DecisionRow;
use projections::timeline::{Entry, StateView};
use projections::{ReadError, Reader};
use web::HttpRefusal;
use web::problem::Problem;
use web::read::failed;

use crate::cases::ask::{self, Asked};
use crate::cases::known::Known;
use crate::cases::next::Seeker;
use crate::desk::Desk;

/// A case with all that its page says.
pub(super) struct File {
    pub(super) row: CaseRow,
    pub(super) definition: Arc<Definition>,
    pub(super) entries: Vec<Entry>,
    pub(super) known: Known,
    /// Names of the units as filed, from the province down.
    pub(super) filed: Vec<String>,
    /// The same as they are today.
    pub(super) now: Vec<String>,
    /// Days left of the step's limit; negative when it is late.
    pub(super) days_left: Option<i64>,
    pub(super) decision: Option<DecisionRow>,
    pub(super) last: Option<Earlier>,
    pub(super) asked: Asked,
    /// The case to go on to.
    pub(super) next: Option<CaseId>,
    pub(super) today: Date,
}

/// The subject's case of the year before.
pub(super) struct Earlier {
    pub(super) row: CaseRow,
    /// Points of its last review, or the subject's own.
    pub(super) points: BTreeMap<String, u16>,
}

/// What the read models say, in one snapshot.
struct Read {
    definition: Option<Arc<Definition>>,
    officers: BTreeMap<OfficerId, String>,
    units: BTreeMap<String, String>,
    filed: Vec<String>,
    now: Vec<String>,
    days_left: Option<i64>,
    decision: Option<DecisionRow>,
    earlier: Option<CaseRow>,
    /// Officers to whom it might be given.
    candidates: Vec<OfficerId>,
    next: Option<CaseId>,
}

impl File {
    /// Reads it all.
    pub(super) async fn read(desk: &Desk, row: CaseRow) -> Result<Self, Problem> {
        let history = &desk.look.site.app.history;
        let entries = history.timeline(row.id).await.map_err(failed)?;
        let read = desk.read(question(desk, &row, &entries)).await?;
        let definition = read.definition.ok_or(HttpRefusal::Corrupt)?;
        let state = &entries.last().ok_or_else(web::api::cases::unknown)?.state;
        let asked = ask::ask(desk, row.id, (state, &definition), &read.candidates).await?;
        let last = match read.earlier.filter(|earlier| desk.reading.sees(&earlier.place)) {
            Some(earlier) => {
                let points = points(&history.timeline(earlier.id).await.map_err(failed)?);
                Some(Earlier { row: earlier, points })
            }
            None => None,
        };
        let known = Known {
            officers: read.officers,
            units: read.units,
            decision: read.decision.as_ref().map(|decision| title(desk, decision)),
            definition: definition.clone(),
            language: desk.look.language,
        };
        Ok(Self {
            row,
            definition,
            entries,
            known,
            filed: read.filed,
            now: read.now,
            days_left: read.days_left,
            decision: read.decision,
            last,
            asked,
            next: read.next,
            today: desk.reading.today,
        })
    }

    /// The case as the log has it; there is an entry, or there would be no file.
    pub(super) fn state(&self) -> Option<&StateView> {
        self.entries.last().map(|entry| &entry.state)
    }

    /// The revision that is shown.
    pub(super) fn revision(&self) -> u64 {
        self.entries.last().map_or(self.row.revision, |entry| entry.revision)
    }
}

fn question(
    desk: &Desk,
    row: &CaseRow,
    entries: &[Entry],
) -> impl FnOnce(&Reader<'_>) -> Result<Read, ReadError> + use<> {
    let (row, people, today) = (row.clone(), people(row, entries), desk.reading.today);
    let own = (desk.reading.officer.id, desk.name());
    let seeker = Seeker::of(desk);
    let gives = desk.holds(Role::ADMINISTRATOR)
        || row.escalated_to.as_ref().is_some_and(|role| desk.holds(role.as_str()));
    let territory = desk.reading.territory.clone();
    move |reader| {
        let mut officers = BTreeMap::from([own]);
        for id in people {
            if let Some(officer) = reader.officer(id)? {
                officers.insert(id, officer.name.unwrap_or(officer.code));
            }
        }
        let mut candidates = Vec::new();
        if let Some(role) = row.role.as_ref().filter(|_| gives) {
            for officer in reader.officers(&territory, today)? {
                let over = |unit: &UnitCode| row.place.iter().any(|code| code == unit.as_str());
                let mut held = officer.appointments.iter().filter(|held| held.on(today));
                if held.any(|held| held.role == *role && over(&held.unit)) {
                    candidates.push(officer.id);
                    officers.insert(officer.id, officer.name.unwrap_or(officer.code));
                }
            }
        }
        let place = reader.subject(row.subject)?.map_or_else(|| row.place.clone(), |one| one.place);
        let mut units = names(reader, &row.place, today)?;
        units.extend(names(reader, &place, today)?);
        let in_order = |place: &[String], units: &BTreeMap<String, String>| {
            let named = place.iter().skip(1).filter_map(|code| units.get(code));
            named.cloned().collect::<Vec<_>>()
        };
        Ok(Read {
            definition: reader.definition(&row.procedure)?,
            filed: in_order(&row.place, &names(reader, &row.place, row.filed_on)?),
            now: in_order(&place, &units),
            days_left: days_left(reader, &row, today)?,
            decision: row.decision.map(|id| reader.decision(id)).transpose()?.flatten(),
            earlier: reader.case(earlier(&row))?,
            next: seeker.after(reader, row.id, row.role.as_ref())?,
            officers,
            units,
            candidates,
        })
    }
}

/// The case that it renews, or else the subject's of the year before.
fn earlier(row: &CaseRow) -> CaseId {
    row.renews.unwrap_or_else(|| CaseId::of(row.title, row.subject, row.year.saturating_sub(1)))
}

fn names(
    reader: &Reader<'_>,
    place: &[String],
    day: Date,
) -> Result<BTreeMap<String, String>, ReadError> {
    let mut names = BTreeMap::new();
    for code in place {
        let Ok(unit) = code.parse() else { continue };
        let name = reader.unit(&unit, day)?.map_or_else(|| code.clone(), |unit| unit.name);
        names.insert(code.clone(), name);
    }
    Ok(names)
}

fn days_left(reader: &Reader<'_>, row: &CaseRow, today: Date) -> Result<Option<i64>, ReadError> {
    let (Some(due), Some(step)) = (row.due, &row.step) else { return Ok(None) };
    let definition = reader.definition(&row.procedure)?;
    let step = definition.as_deref().and_then(|definition| definition.step(step));
    let Some(limit) = step.and_then(|step| step.limit.as_ref()) else { return Ok(None) };
    let deadline = Deadline { warn_on: None, due };
    Ok(Some(clock::days_left(limit, &deadline, today, &*reader.calendar()?)))
}

/// Everybody who has to do with the case.
fn people(row: &CaseRow, entries: &[Entry]) -> BTreeSet<OfficerId> {
    let mut people: BTreeSet<_> = row.holder.into_iter().collect();
    for entry in entries {
        people.extend(entry.actor.officer);
        people.extend(entry.actor.in_place_of);
        people.extend(entry.state.holder);
    }
    people
}

/// The points of its last review, or before one the subject's own.
fn points(entries: &[Entry]) -> BTreeMap<String, u16> {
    let Some(Entry { state, .. }) = entries.last() else { return BTreeMap::new() };
    if state.assessments.is_empty() {
        return state.claims.iter().map(|(id, line)| (id.clone(), line.points)).collect();
    }
    state.assessments.iter().map(|(id, line)| (id.clone(), line.points)).collect()
}

fn title(desk: &Desk, decision: &DecisionRow) -> String {
    let number = decision.corrected_number.as_ref().or(decision.number.as_ref());
    match number {
        Some(number) => number.clone(),
        None => format!(
            "{} {}",
            desk.t("dự thảo ngày", "draft of"),
            crate::format::day(decision.drafted_on)
        ),
    }
}
