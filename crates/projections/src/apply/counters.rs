//! What supervisors ask: how many cases come and go, how long they stay at steps and since when those
//! stand there that are open, per administrative unit of every level; and which event was the last to
//! touch a case there. Added up in memory by place and written once per transaction.
//!
//! Deliberately absent: cases by state ([`super::totals`]), and percentiles; a reader has the numbers
//! to work them out exactly.

use std::collections::HashMap;
use std::sync::Arc;

use procedure::case::Event;
use procedure::territory::UnitLevel;
use procedure::{Date, Definition, StepId, Title, UnitCode};

use crate::apply::dossier::Dossier;
use crate::apply::place::Place;

mod write;

/// Differences since the last write, by place; the units of a place are counted when written.
#[derive(Default)]
pub(crate) struct Counters(HashMap<Arc<Place>, Here>);

/// Those of one place.
#[derive(Default)]
struct Here {
    flow: HashMap<(Title, i16, Date), Flow>,
    stays: HashMap<Stay, i64>,
    standing: HashMap<Standing, i64>,
    /// How many events had been counted with the last that touched a case.
    last: u64,
}

/// How many cases came and went.
#[derive(Clone, Copy, Default)]
struct Flow {
    registered: i64,
    reopened: i64,
    recognised: i64,
    refused: i64,
    withdrawn: i64,
}

/// A step as it is counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Station {
    title: Title,
    year: i16,
    step: StepId,
    /// Where the work lies.
    level: UnitLevel,
}

/// A stay at a step that has ended.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Stay {
    station: Station,
    left_on: Date,
    /// Whole days at the step; those of waiting for a supplement are not among them.
    days: i32,
}

/// Where an open case stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Standing {
    station: Station,
    /// Waits for a supplement that this step asked for.
    paused: bool,
    /// Today less the days at the step so far; the first day of the pause where it pauses.
    since: Date,
    due: Date,
}

impl Standing {
    /// Where a case stands, if it is open.
    pub(super) fn of(dossier: &Dossier, definition: Option<&Definition>) -> Option<Self> {
        let turn = dossier.turn.as_ref()?;
        let (title, year) = (dossier.title, dossier.year);
        let station = |step: &StepId, level| Station { title, year, step: step.clone(), level };
        let since = dossier.turn_since;
        let Some(step) = &dossier.clock.paused else {
            let since = since.plus_days(-earlier(dossier)).unwrap_or(since);
            let station = station(&turn.step, level_of(&turn.unit));
            return Some(Self { station, paused: false, since, due: dossier.clock.due });
        };
        // The turn is that of whoever supplements; the definition says where the step is taken.
        let performers = definition.and_then(|definition| definition.step(step));
        let mut performers = performers.into_iter().flat_map(|step| &step.performers);
        let performer = performers.find(|performer| performer.on(since));
        let level = performer.map_or_else(|| level_of(&turn.unit), |performer| performer.level);
        Some(Self { station: station(step, level), paused: true, since, due: Date::MAX })
    }
}

/// Days of earlier stays at the step.
fn earlier(dossier: &Dossier) -> i32 {
    dossier.clock.stays.iter().map(|(from, until)| until.days_since(*from)).sum()
}

/// The level of a unit by the form of official codes.
fn level_of(unit: &UnitCode) -> UnitLevel {
    match unit.as_str() {
        crate::query::NATION => UnitLevel::Nation,
        code if code.contains('-') => UnitLevel::Hamlet,
        code if code.len() <= 2 => UnitLevel::Province,
        _ => UnitLevel::Commune,
    }
}

/// The month of a day, as `2026-11`.
pub(crate) fn month(day: Date) -> String {
    let mut text = day.to_string();
    text.truncate(7);
    text
}

/// A case before an event: where it stands, and how long it has been there.
pub(super) struct Before {
    standing: Option<Standing>,
    /// The stay that the event ends.
    ends: Option<(Date, i32)>,
}

impl Before {
    /// No case yet.
    pub(super) const NOTHING: Self = Self { standing: None, ends: None };

    pub(super) fn of(dossier: &Dossier, definition: Option<&Definition>, event: &Event) -> Self {
        let standing = Standing::of(dossier, definition);
        let ends = ended_on(dossier, event).map(|on| {
            let paused = dossier.clock.paused.is_some();
            let now = if paused { 0 } else { on.days_since(dossier.turn_since) };
            (on, (earlier(dossier) + now).max(0))
        });
        Self { standing, ends }
    }

    /// Before something that is no event of the case's own.
    pub(super) fn standing(dossier: &Dossier, definition: Option<&Definition>) -> Self {
        Self { standing: Standing::of(dossier, definition), ends: None }
    }
}

/// The day on which an event ends the stay at the step, if it does.
fn ended_on(dossier: &Dossier, event: &Event) -> Option<Date> {
    match event {
        Event::StepCompleted(event) => Some(event.on),
        Event::SentBackForReview(event) => Some(event.on),
        Event::TitleRecognised(event) => Some(event.on),
        Event::RecognitionRefused(event) => Some(event.on),
        Event::CaseWithdrawn(event) => Some(event.on),
        // It goes on with another step than the one that asked for the supplement.
        Event::Supplemented(event) => {
            (dossier.clock.paused.as_ref() != Some(&event.next.step)).then_some(event.on)
        }
        _ => None,
    }
}

impl Counters {
    /// An event of a case; `entries` counts it already.
    pub(super) fn case(
        &mut self,
        dossier: &Dossier,
        definition: Option<&Definition>,
        (before, event, entries): (Before, &Event, u64),
    ) {
        let here = self.moved(dossier, definition, &before, entries);
        if let Some((left_on, days)) = before.ends
            && let Some(standing) = before.standing
        {
            let stay = Stay { station: standing.station, left_on, days };
            *here.stays.entry(stay).or_default() += 1;
        }
        here.flow(dossier, event);
    }

    /// A case that may stand elsewhere than before.
    pub(super) fn stands(
        &mut self,
        dossier: &Dossier,
        definition: Option<&Definition>,
        (before, entries): (Before, u64),
    ) {
        self.moved(dossier, definition, &before, entries);
    }

    fn moved(
        &mut self,
        dossier: &Dossier,
        definition: Option<&Definition>,
        before: &Before,
        entries: u64,
    ) -> &mut Here {
        let here = self.0.entry(dossier.place.clone()).or_default();
        here.last = entries;
        let after = Standing::of(dossier, definition);
        if before.standing != after {
            if let Some(before) = &before.standing {
                *here.standing.entry(before.clone()).or_default() -= 1;
            }
            if let Some(after) = after {
                *here.standing.entry(after).or_default() += 1;
            }
        }
        here
    }
}

impl Here {
    fn flow(&mut self, dossier: &Dossier, event: &Event) {
        let (on, count): (Date, fn(&mut Flow) -> &mut i64) = match event {
            Event::CaseRegistered(event) => (event.on, |flow| &mut flow.registered),
            Event::RecognitionAnnulled(event) => (event.on, |flow| &mut flow.reopened),
            Event::TitleRecognised(event) => (event.on, |flow| &mut flow.recognised),
            Event::RecognitionRefused(event) => (event.on, |flow| &mut flow.refused),
            Event::CaseWithdrawn(event) => (event.on, |flow| &mut flow.withdrawn),
            _ => return,
        };
        let key = (dossier.title, dossier.year, on);
        *count(self.flow.entry(key).or_default()) += 1;
    }
}
