//! When people work: sittings of an office, of volunteers in the evening and on weekends.
//! Deliberately absent: which days are off; the shipped calendar of working days says so.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};
use procedure::Calendar;

use super::dice::Dice;

/// A moment, in milliseconds since 1970.
pub(super) type Moment = i64;

pub(super) const MINUTE: Moment = 60_000;
pub(super) const DAY: Moment = 24 * 60 * MINUTE;

/// The moment at which the demonstration stops: 8 December 2026, nine o'clock.
pub(super) const NOW: (Date, i8) = (date(2026, 12, 8), 9);

/// A time of day in Viet Nam.
pub(super) fn moment(day: Date, hour: i8, minute: i8) -> Moment {
    let vietnam = TimeZone::fixed(Offset::constant(7));
    let time = vietnam.to_timestamp(day.at(hour, minute, 0, 0));
    time.map_or(0, Timestamp::as_millisecond)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn is_holiday(calendar: &Calendar, day: Date) -> bool {
    !is_weekend(day) && !calendar.is_working_day(day.into())
}

fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |day| *day <= until)
}

/// The stretches of time in which somebody does one kind of work.
#[derive(Clone)]
pub(super) struct Desk {
    sittings: Vec<(Moment, Moment)>,
}

impl Desk {
    /// An office: mornings and afternoons of every working day.
    pub(super) fn office(calendar: &Calendar, from: Date, until: Date) -> Self {
        let working = days(from, until).filter(|day| calendar.is_working_day((*day).into()));
        let halves = |day| {
            [(moment(day, 7, 30), moment(day, 11, 30)), (moment(day, 13, 30), moment(day, 17, 0))]
        };
        Self { sittings: working.flat_map(halves).collect() }
    }

    /// A volunteer: so many sittings, spread evenly, mostly in the evening and at weekends.
    pub(super) fn volunteer(
        (calendar, dice): (&Calendar, &mut Dice),
        from: Date,
        until: Date,
        count: usize,
    ) -> Self {
        let days: Vec<_> = days(from, until).filter(|day| !is_holiday(calendar, *day)).collect();
        let count = count.clamp(1, days.len().max(1));
        let place = |index: usize| index * days.len() / count;
        let mut sittings = Vec::with_capacity(count);
        for index in 0..count {
            let slice = &days[place(index)..place(index + 1)];
            if slice.is_empty() {
                continue;
            }
            let day = dice.pick(slice);
            let (hour, length) = match (is_weekend(day), dice.below(10)) {
                (true, 0..5) => (8, 210),
                (true, _) => (14, 180),
                (false, 0..5) => (19, 150),
                (false, 5..8) => (8, 180),
                (false, _) => (14, 150),
            };
            let start = moment(day, hour, 0) + dice.between(0, 30) * MINUTE;
            sittings.push((start, start + length * MINUTE));
        }
        Self { sittings }
    }

    /// One sitting.
    pub(super) fn once(start: Moment, end: Moment) -> Self {
        Self { sittings: vec![(start, end)] }
    }

    /// A moment at the desk, at least a minute after another; `None` if there is no sitting left.
    pub(super) fn after(&self, dice: &mut Dice, after: Moment) -> Option<Moment> {
        self.within(dice, after, Moment::MAX)
    }

    /// The same in a sitting that begins before `until`, if there is one, or else in the next.
    pub(super) fn within(&self, dice: &mut Dice, after: Moment, until: Moment) -> Option<Moment> {
        let ready = after + MINUTE;
        let first = self.sittings.partition_point(|(_, end)| *end <= ready);
        let last = self.sittings.partition_point(|(start, _)| *start < until).max(first + 1);
        let left = self.sittings.get(first..last.min(self.sittings.len()))?;
        if left.is_empty() {
            return None;
        }
        let (start, end) = dice.pick(left);
        let start = start.max(ready);
        Some(start + dice.between(0, end - start - 1))
    }
}

/// A moment at the first of the desks that has one left, or else on the next day.
pub(super) fn at_one_of(desks: &[&Desk], dice: &mut Dice, after: Moment) -> Moment {
    let found = desks.iter().find_map(|desk| desk.after(dice, after));
    found.unwrap_or_else(|| after + DAY + dice.between(0, 30) * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::new(&crate::official::calendar().unwrap())
    }

    #[test]
    fn an_office_is_closed_at_weekends_on_holidays_and_at_night() {
        let calendar = calendar();
        let desk = Desk::office(&calendar, date(2026, 2, 9), date(2026, 2, 25));
        let mut dice = Dice::new(1, "test");
        let first = moment(date(2026, 2, 9), 0, 0);
        for _ in 0..500 {
            let millisecond = desk.after(&mut dice, first).unwrap();
            let time = Timestamp::from_millisecond(millisecond).unwrap();
            let local = TimeZone::fixed(Offset::constant(7)).to_datetime(time);
            let new_year = date(2026, 2, 16)..=date(2026, 2, 20);
            assert!(!is_weekend(local.date()) && !new_year.contains(&local.date()), "{local}");
            assert!((7..17).contains(&local.hour()), "{local}");
        }
    }

    #[test]
    fn what_comes_after_something_comes_after_it() {
        let mut dice = Dice::new(2, "test");
        let people = (&calendar(), &mut dice);
        let desk = Desk::volunteer(people, date(2026, 10, 1), date(2026, 10, 31), 8);
        assert_eq!(desk.sittings.len(), 8);
        let mut last = moment(date(2026, 10, 10), 12, 0);
        while let Some(next) = desk.after(&mut dice, last) {
            assert!(next > last);
            last = next;
        }
        assert!(last > moment(date(2026, 10, 28), 0, 0));
        assert!(at_one_of(&[&desk], &mut dice, last) > last);
    }

    #[test]
    fn what_is_done_soon_is_done_in_the_next_sittings() {
        let mut dice = Dice::new(3, "test");
        let desk = Desk::office(&calendar(), date(2026, 11, 2), date(2026, 11, 30));
        let from = moment(date(2026, 11, 6), 18, 0);
        for _ in 0..100 {
            let soon = desk.within(&mut dice, from, from + 4 * DAY).unwrap();
            assert!((moment(date(2026, 11, 9), 7, 30)..from + 4 * DAY).contains(&soon));
            // Nothing so soon: the next sitting.
            let next = desk.within(&mut dice, from, from + DAY).unwrap();
            assert!(next < moment(date(2026, 11, 9), 11, 30));
        }
        assert_eq!(desk.within(&mut dice, moment(date(2026, 12, 1), 0, 0), Moment::MAX), None);
    }
}
