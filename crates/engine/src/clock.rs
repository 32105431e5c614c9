//! What time it is, as an argument. Deliberately absent: time zones beyond Viet Nam's, which has
//! been UTC+7 without summer time since 1975.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use procedure::Date;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is set; for tests and for playing a year in seconds.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `time`.
    #[must_use]
    pub fn new(time: Timestamp) -> Self {
        Self(AtomicI64::new(time.as_microsecond()))
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: Timestamp) {
        self.0.store(time.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// The civil date in Viet Nam.
#[must_use]
pub fn civil_date(time: Timestamp) -> Date {
    TimeZone::fixed(Offset::constant(7)).to_datetime(time).date().into()
}

/// Hands out times that never stand still or go back, whatever the clock does: the order of a
/// process's events in time is the order in which it decided them.
#[derive(Debug, Default)]
pub(crate) struct Monotonic(AtomicI64);

impl Monotonic {
    /// The clock's time, or a microsecond after the last one handed out.
    pub(crate) fn next(&self, now: Timestamp) -> Timestamp {
        let now = now.as_microsecond();
        let later = |last: i64| Some(now.max(last + 1));
        let before = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, later);
        let last = before.unwrap_or_else(|last| last);
        Timestamp::from_microsecond(now.max(last + 1)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_seventeen_hours_utc() {
        let date = |text: &str| civil_date(text.parse().unwrap()).to_string();
        assert_eq!(date("2026-11-23T16:59:59Z"), "2026-11-23");
        assert_eq!(date("2026-11-23T17:00:00Z"), "2026-11-24");
    }

    #[test]
    fn time_never_goes_back() {
        let monotonic = Monotonic::default();
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let first = monotonic.next(at(100));
        let second = monotonic.next(at(90));
        let third = monotonic.next(at(90));
        assert_eq!(first, at(100));
        assert!(first < second && second < third && third < at(101));
        assert_eq!(monotonic.next(at(200)), at(200));
    }
}
