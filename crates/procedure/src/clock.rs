//! The one place where the days of a step are counted.
//!
//! The day on which a step comes to whose turn it is counts as day 0: of a span, the first day is
//! left out and the last one counts. So spans that follow each other add up, and a step that pauses
//! is charged for its stays and not for what lies between. Deliberately absent: today, and which
//! stays a case has had; both come in.

use crate::calendar::Calendar;
use crate::date::Date;
use crate::definition::{Limit, SeasonDay};

#[cfg(test)]
mod spec;

/// When a step has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The first day on which a reminder is due, where the limit asks for one.
    pub warn_on: Option<Date>,
    /// The last day that is still in time: the limit is broken (quá hạn) on the day after.
    pub due: Date,
}

/// What a limit is measured in.
enum Measure<'a> {
    WorkingDays(u32),
    Days(u32),
    By(&'a SeasonDay),
}

impl<'a> Measure<'a> {
    /// `None` for a limit that says nothing, which the linter refuses.
    fn of(limit: &'a Limit) -> Option<Self> {
        let working = limit.working_days.map(|days| Self::WorkingDays(days.into()));
        let days = limit.days.map(|days| Self::Days(days.into()));
        working.or(days).or(limit.by.as_ref().map(Self::By))
    }
}

/// Days of a limit used between two days, in the limit's own measure: working or calendar days,
/// and 0 for a limit by date.
#[must_use]
pub fn spent(limit: &Limit, since: Date, until: Date, calendar: &Calendar) -> u32 {
    match Measure::of(limit) {
        Some(Measure::WorkingDays(_)) => calendar.working_days(since, until),
        Some(Measure::Days(_)) => u32::try_from(until.days_since(since)).unwrap_or(0),
        Some(Measure::By(_)) | None => 0,
    }
}

/// When a step is due that came to whose turn it is on `since`, after `used` days in earlier stays.
/// A step that has used more than its limit was due on `since`, so it is late from the next day on.
///
/// `None` for a limit that says nothing, and for a day that the calendar does not have.
#[must_use]
pub fn deadline(
    limit: &Limit,
    year: i16,
    since: Date,
    used: u32,
    calendar: &Calendar,
) -> Option<Deadline> {
    let (warn_on, due) = match Measure::of(limit)? {
        Measure::WorkingDays(all) => {
            counted(limit, all, used, |days| calendar.add_working_days(since, days))?
        }
        Measure::Days(all) => {
            counted(limit, all, used, |days| since.plus_days(i32::try_from(days).ok()?))?
        }
        Measure::By(day) => {
            let due = day.of(year)?;
            let all = u32::try_from(due.days_since(since)).unwrap_or(0);
            let start = since.min(due);
            let warn = |share| start.plus_days(i32::try_from(share).ok()?);
            (share(limit, all).and_then(warn), due)
        }
    };
    Some(Deadline { warn_on: warn_on.map(|day| day.min(due)), due })
}

/// Days left on a day, in the limit's measure; for a limit by date in calendar days. Negative from
/// the day after `due` on, at least by 1: a Saturday after a Friday is late, though no working day
/// has passed.
#[must_use]
pub fn days_left(limit: &Limit, deadline: &Deadline, today: Date, calendar: &Calendar) -> i64 {
    let due = deadline.due;
    match Measure::of(limit) {
        Some(Measure::WorkingDays(_)) if today > due => {
            let late = calendar.working_days(due, today).max(1);
            -i64::from(late)
        }
        Some(Measure::WorkingDays(_)) => calendar.working_days(today, due).into(),
        Some(Measure::Days(_) | Measure::By(_)) | None => due.days_since(today).into(),
    }
}

/// The days of the reminder and of the end, of `all` days of which `used` are gone.
fn counted(
    limit: &Limit,
    all: u32,
    used: u32,
    later: impl Fn(u32) -> Option<Date>,
) -> Option<(Option<Date>, Date)> {
    let due = later(all.saturating_sub(used))?;
    let warn_on = share(limit, all).and_then(|share| later(share.saturating_sub(used)));
    Some((warn_on, due))
}

/// As many of `all` days as make the reminder due, rounded up.
fn share(limit: &Limit, all: u32) -> Option<u32> {
    let percent = u64::from(limit.warn_percent?);
    u32::try_from((u64::from(all) * percent).div_ceil(100)).ok()
}
