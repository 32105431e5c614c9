//! Which event is looked at and with which other one it is compared, as the address says it. Events are
//! counted from 1; 0 stands for before the first.
//! Deliberately absent: events that are not there; whoever names one is told.

use procedure::Language;
use projections::timeline::Entry;
use web::problem::Problem;

use crate::fields::{Fields, bad};
use crate::words;

/// The two events.
#[derive(Clone)]
pub(super) struct Choice {
    pub(super) at: usize,
    pub(super) to: usize,
    /// Whether `to` was asked for.
    pub(super) explicit: bool,
    pub(super) last: usize,
}

/// An event to compare with.
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) words: String,
    pub(super) chosen: bool,
}

impl Choice {
    /// The last event, unless the address says otherwise; by its number, or by its place in the log.
    pub(super) fn of(asked: &Fields, entries: &[Entry]) -> Result<Self, Problem> {
        let last = entries.len();
        let by_place = asked.get("position").map(|position| {
            let found = entries.iter().position(|entry| entry.position == position);
            found.map(|place| place + 1).ok_or_else(|| bad("position", position))
        });
        let at = match by_place {
            Some(found) => found?,
            None => number(asked, "at", 1..=last)?.unwrap_or(last),
        };
        let to = number(asked, "to", 0..=last)?;
        Ok(Self { at, to: to.unwrap_or(at - 1), explicit: to.is_some(), last })
    }

    /// The event that is looked at.
    pub(super) fn entry<'e>(&self, entries: &'e [Entry]) -> &'e Entry {
        &entries[self.at - 1]
    }

    /// The earlier of the two, nothing for before the first; and the later.
    pub(super) fn pair<'e>(&self, entries: &'e [Entry]) -> (Option<&'e Entry>, &'e Entry) {
        let (earlier, later) = (self.at.min(self.to), self.at.max(self.to));
        (earlier.checked_sub(1).and_then(|place| entries.get(place)), &entries[later - 1])
    }

    /// The earlier of the two numbers.
    pub(super) fn earlier(&self) -> usize {
        self.at.min(self.to)
    }

    /// The later of the two numbers.
    pub(super) fn later(&self) -> usize {
        self.at.max(self.to)
    }

    /// The number before this one.
    pub(super) fn before(&self) -> usize {
        self.at.saturating_sub(1).max(1)
    }

    /// The number after this one.
    pub(super) fn after(&self) -> usize {
        (self.at + 1).min(self.last)
    }

    /// Everything that can be compared with.
    pub(super) fn steps(&self, entries: &[Entry], language: Language) -> Vec<Step> {
        let step = |(place, entry): (usize, &Entry)| Step {
            number: place + 1,
            words: words::word("event", &entry.event_type, language),
            chosen: self.explicit && self.to == place + 1,
        };
        entries.iter().enumerate().map(step).collect()
    }
}

fn number(
    asked: &Fields,
    name: &str,
    range: std::ops::RangeInclusive<usize>,
) -> Result<Option<usize>, Problem> {
    let found: Option<usize> = asked.some(name)?;
    match found {
        Some(found) if !range.contains(&found) => Err(bad(name, &found.to_string())),
        found => Ok(found),
    }
}
