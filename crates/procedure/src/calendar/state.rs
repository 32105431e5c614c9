//! What the history of the calendar means, and counting in working days.

use alloc::collections::BTreeSet;
use alloc::sync::Arc;
use core::ops::Bound::{Excluded, Included};

use crate::calendar::event::{CalendarDays, Event};
use crate::date::Date;
use crate::text::Digest;

const DAYS_OF_A_WEEK: u32 = 7;
const WEEKDAYS_OF_A_WEEK: u32 = 5;

/// The calendar as it was last published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The days, once published. Shared, because every case needs them.
    pub published: Option<Arc<Calendar>>,
    /// Their digest.
    pub digest: Option<Digest>,
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    let Event::CalendarPublished(event) = event;
    state.published = Some(Calendar::new(&event.days).into());
    state.digest = Some(event.digest.clone());
}

/// Which days are working days (ngày làm việc). Before anything is published, and in years that
/// are not covered, all days from Monday to Friday are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// First and last year of which all days off are known.
    years: Option<(i16, i16)>,
    /// Weekdays without work.
    off: BTreeSet<Date>,
    /// Days of weekends with work.
    worked: BTreeSet<Date>,
}

impl Calendar {
    /// The calendar of these days.
    #[must_use]
    pub fn new(days: &CalendarDays) -> Self {
        let off = days.days_off.iter().map(|day| day.date);
        let swapped = days.swaps.iter().map(|swap| swap.off);
        let worked = days.swaps.iter().map(|swap| swap.worked);
        Self {
            years: Some((days.first_year, days.last_year)),
            off: off.chain(swapped).filter(|date| !date.is_weekend()).collect(),
            worked: worked.filter(|date| date.is_weekend()).collect(),
        }
    }

    /// Whether work is done on `day`.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        if day.is_weekend() { self.worked.contains(&day) } else { !self.off.contains(&day) }
    }

    /// Whether all days off of the year of `day` are known.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.years.is_some_and(|(first, last)| (first..=last).contains(&day.year()))
    }

    /// How many working days come after `after` and not after `until`; 0 if `until` is not later.
    #[must_use]
    pub fn working_days(&self, after: Date, until: Date) -> u32 {
        if until <= after {
            return 0;
        }
        let exceptions = (Excluded(after), Included(until));
        let off = self.off.range(exceptions).count();
        let worked = self.worked.range(exceptions).count();
        weekdays(after, until)
            .saturating_add(u32::try_from(worked).unwrap_or(u32::MAX))
            .saturating_sub(u32::try_from(off).unwrap_or(u32::MAX))
    }

    /// The first day by which `n` working days have come after `after`; `after` itself for none.
    /// `None` past the year 9999.
    #[must_use]
    pub fn add_working_days(&self, after: Date, n: u32) -> Option<Date> {
        let (mut day, mut left) = (after, n);
        while left > 0 {
            // So many days hold at most so many working days, and all of them only if the last
            // one is a working day: the jump never goes too far.
            let next = day.plus_days(i32::try_from(left).ok()?)?;
            left = left.saturating_sub(self.working_days(day, next));
            day = next;
        }
        Some(day)
    }
}

/// Days from Monday to Friday after `after` and not after `until`, which is later.
fn weekdays(after: Date, until: Date) -> u32 {
    let days = u32::try_from(until.days_since(after)).unwrap_or(0);
    let (weeks, rest) = (days / DAYS_OF_A_WEEK, days % DAYS_OF_A_WEEK);
    let monday_based = u32::from(after.days_after_monday());
    let in_rest = (1..=rest)
        .filter(|step| (monday_based + step) % DAYS_OF_A_WEEK < WEEKDAYS_OF_A_WEEK)
        .map(|_| 1);
    weeks * WEEKDAYS_OF_A_WEEK + in_rest.sum::<u32>()
}
