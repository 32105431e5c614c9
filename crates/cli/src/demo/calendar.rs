//! When people work: sittings of an office, of volunteers in the evening and on weekends.
//! Deliberately absent: a full calendar of holidays; the longer ones of 2026 are enough here.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan as _};

use super::dice::Dice;

/// A moment, in milliseconds since 1970.
pub(super) type Moment = i64;

const MINUTE: Moment = 60_000;
const DAY: Moment = 24 * 60 * MINUTE;

/// The moment at which the demonstration stops: 8 December 2026, nine o'clock.
pub(super) const NOW: (Date, i8) = (date(2026, 12, 8), 9);

/// A time of day in Viet Nam.
pub(super) fn moment(day: Date, hour: i8, minute: i8) -> Moment {
    let vietnam = TimeZone::fixed(Offset::constant(7));
    let time = vietnam.to_timestamp(day.at(hour, minute, 0, 0));
    time.map_or(0, Timestamp::as_millisecond)
}

fn is_holiday(day: Date) -> bool {
    let tet = date(2026, 2, 14)..=date(2026, 2, 22);
    let spring = date(2026, 4, 30)..=date(2026, 5, 3);
    let autumn = date(2026, 9, 1)..=date(2026, 9, 2);
    tet.contains(&day) || spring.contains(&day) || autumn.contains(&day)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn days(from: Date, until: Date) -> Vec<Date> {
    from.series(1.day()).take_while(|day| *day <= until).filter(|day| !is_holiday(*day)).collect()
}

/// The stretches of time in which somebody does one kind of work.
#[derive(Clone)]
pub(super) struct Desk {
    sittings: Vec<(Moment, Moment)>,
}

impl Desk {
    /// An office: mornings and afternoons of every working day.
    pub(super) fn office(from: Date, until: Date) -> Self {
        let working = days(from, until).into_iter().filter(|day| !is_weekend(*day));
        let halves = |day| {
            [(moment(day, 7, 30), moment(day, 11, 30)), (moment(day, 13, 30), moment(day, 17, 0))]
        };
        Self { sittings: working.flat_map(halves).collect() }
    }

    /// A volunteer: so many sittings, spread evenly, mostly in the evening and at weekends.
    pub(super) fn volunteer(dice: &mut Dice, from: Date, until: Date, count: usize) -> Self {
        let days = days(from, until);
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

    /// The beginning of the first sitting.
    pub(super) fn starts(&self) -> Option<Moment> {
        self.sittings.first().map(|(start, _)| *start)
    }

    /// A moment at the desk, at least a minute after another; `None` if there is no sitting left.
    pub(super) fn after(&self, dice: &mut Dice, after: Moment) -> Option<Moment> {
        let ready = after + MINUTE;
        let first = self.sittings.partition_point(|(_, end)| *end <= ready);
        let left = &self.sittings[first..];
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

    #[test]
    fn an_office_is_closed_at_weekends_on_holidays_and_at_night() {
        let desk = Desk::office(date(2026, 2, 9), date(2026, 2, 25));
        let mut dice = Dice::new(1, "test");
        let first = moment(date(2026, 2, 9), 0, 0);
        for _ in 0..500 {
            let millisecond = desk.after(&mut dice, first).unwrap();
            let time = Timestamp::from_millisecond(millisecond).unwrap();
            let local = TimeZone::fixed(Offset::constant(7)).to_datetime(time);
            assert!(!is_weekend(local.date()) && !is_holiday(local.date()), "{local}");
            assert!((7..17).contains(&local.hour()), "{local}");
        }
    }

    #[test]
    fn what_comes_after_something_comes_after_it() {
        let mut dice = Dice::new(2, "test");
        let desk = Desk::volunteer(&mut dice, date(2026, 10, 1), date(2026, 10, 31), 8);
        assert_eq!(desk.sittings.len(), 8);
        let mut last = moment(date(2026, 10, 10), 12, 0);
        while let Some(next) = desk.after(&mut dice, last) {
            assert!(next > last);
            last = next;
        }
        assert!(last > moment(date(2026, 10, 28), 0, 0));
        assert!(at_one_of(&[&desk], &mut dice, last) > last);
    }
}
