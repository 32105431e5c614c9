//! Limits across Tết, pauses, reminders, and what holds for all spans.

use proptest::prelude::*;

use super::*;
use crate::calendar::spec::{any_calendar, day_of_2026, days};
use crate::case::spec::date;
use crate::definition::Status;

fn limit() -> Limit {
    Limit {
        working_days: None,
        days: None,
        by: None,
        warn_percent: None,
        escalate_to: None,
        status: Status::Provisional,
        source: "s".parse().unwrap(),
    }
}

fn working(days: u16) -> Limit {
    Limit { working_days: Some(days), ..limit() }
}

fn calendar_days(days: u16) -> Limit {
    Limit { days: Some(days), ..limit() }
}

/// By 30 June of the case's year.
fn by_june() -> Limit {
    let source = "s".parse().unwrap();
    let by = SeasonDay { years_after: 0, month: 6, day: 30, status: Status::Provisional, source };
    Limit { by: Some(by), ..limit() }
}

fn warned(percent: u8, limit: Limit) -> Limit {
    Limit { warn_percent: Some(percent), ..limit }
}

fn calendar() -> Calendar {
    Calendar::new(&days())
}

/// The reminder and the end of a step that came on `since`, in the year 2026.
fn days_of(limit: &Limit, since: &str, used: u32) -> (Option<Date>, Date) {
    let deadline = deadline(limit, 2026, date(since), used, &calendar()).unwrap();
    (deadline.warn_on, deadline.due)
}

fn due(limit: &Limit, since: &str, used: u32) -> Date {
    days_of(limit, since, used).1
}

fn left(limit: &Limit, due: &str, today: &str) -> i64 {
    let deadline = Deadline { warn_on: None, due: date(due) };
    days_left(limit, &deadline, date(today), &calendar())
}

#[test]
fn five_working_days_across_tet() {
    // Tết 2026: off from Monday 16 to Friday 20 February, with the weekends around it.
    let table = [
        ("2026-02-06", "2026-02-13"),
        ("2026-02-09", "2026-02-23"),
        ("2026-02-12", "2026-02-26"),
        ("2026-02-13", "2026-02-27"),
        ("2026-02-15", "2026-02-27"),
        ("2026-02-18", "2026-02-27"),
        ("2026-02-22", "2026-02-27"),
        ("2026-02-23", "2026-03-02"),
    ];
    for (since, expected) in table {
        assert_eq!(due(&working(5), since, 0), date(expected), "{since}");
    }
}

#[test]
fn calendar_days_run_through_tet() {
    assert_eq!(due(&calendar_days(10), "2026-02-13", 0), date("2026-02-23"));
    assert_eq!(due(&calendar_days(10), "2026-02-13", 4), date("2026-02-19"));
}

#[test]
fn the_day_of_arrival_does_not_count() {
    assert_eq!(due(&working(1), "2026-03-02", 0), date("2026-03-03"));
    assert_eq!(spent(&working(1), date("2026-03-02"), date("2026-03-02"), &calendar()), 0);
    assert_eq!(spent(&working(1), date("2026-03-02"), date("2026-03-03"), &calendar()), 1);
}

#[test]
fn a_pause_is_not_charged() {
    // Two working days, then a fortnight with the applicant, then the rest of five.
    let limit = working(5);
    let used = spent(&limit, date("2026-03-02"), date("2026-03-04"), &calendar());
    assert_eq!(used, 2);
    assert_eq!(due(&limit, "2026-03-18", used), date("2026-03-23"));
    let used = used + spent(&limit, date("2026-03-18"), date("2026-03-20"), &calendar());
    assert_eq!(due(&limit, "2026-04-06", used), date("2026-04-07"));
}

#[test]
fn sent_away_and_back_on_one_day_costs_nothing() {
    let limit = working(5);
    let day = date("2026-03-04");
    assert_eq!(spent(&limit, day, day, &calendar()), 0);
    assert_eq!(due(&limit, "2026-03-04", 2), due(&limit, "2026-03-02", 0));
}

#[test]
fn what_is_used_up_is_due_at_once() {
    for limit in [working(5), calendar_days(5)] {
        for used in [5, 6, u32::MAX] {
            assert_eq!(due(&limit, "2026-03-04", used), date("2026-03-04"), "{used}");
        }
        assert_eq!(left(&limit, "2026-03-04", "2026-03-04"), 0);
        assert_eq!(left(&limit, "2026-03-04", "2026-03-05"), -1);
    }
}

#[test]
fn the_reminder_comes_when_its_share_is_used() {
    let day = |text| Some(date(text));
    // 80 % of five days are four; 50 % are three, rounded up.
    let monday = "2026-03-02";
    assert_eq!(days_of(&warned(80, working(5)), monday, 0).0, day("2026-03-06"));
    assert_eq!(days_of(&warned(50, working(5)), monday, 0).0, day("2026-03-05"));
    assert_eq!(days_of(&warned(50, calendar_days(10)), monday, 0).0, day("2026-03-07"));
    assert_eq!(days_of(&working(5), monday, 0).0, None);
    // What was used before counts.
    assert_eq!(days_of(&warned(80, working(5)), monday, 3).0, day("2026-03-03"));
    assert_eq!(days_of(&warned(80, working(5)), monday, 4).0, day("2026-03-02"));
    assert_eq!(days_of(&warned(80, working(5)), monday, 9).0, day("2026-03-02"));
    // A share of more than all is no reason to be reminded late.
    assert_eq!(days_of(&warned(255, working(5)), monday, 0).0, day("2026-03-09"));
    assert_eq!(days_of(&warned(0, working(5)), monday, 0).0, day(monday));
}

#[test]
fn a_limit_by_date_is_that_date() {
    let limit = warned(75, by_june());
    // From 1 April to 30 June are 90 days; three quarters are 67.5.
    assert_eq!(days_of(&limit, "2026-04-01", 0), (Some(date("2026-06-08")), date("2026-06-30")));
    assert_eq!(days_of(&limit, "2026-04-01", 40).1, date("2026-06-30"));
    assert_eq!(spent(&limit, date("2026-04-01"), date("2026-05-01"), &calendar()), 0);
    for late in ["2026-06-30", "2026-07-15"] {
        assert_eq!(days_of(&limit, late, 0), (Some(date("2026-06-30")), date("2026-06-30")));
    }
    let next_year = deadline(&limit, 2027, date("2026-04-01"), 0, &calendar()).unwrap();
    assert_eq!(next_year.due, date("2027-06-30"));
}

#[test]
fn days_are_left_in_the_measure_of_the_limit() {
    let friday = "2026-02-27";
    assert_eq!(left(&working(5), friday, "2026-02-13"), 5);
    assert_eq!(left(&calendar_days(5), friday, "2026-02-13"), 14);
    assert_eq!(left(&by_june(), friday, "2026-02-13"), 14);
    assert_eq!(left(&working(5), friday, friday), 0);
    // Late on the weekend, before a working day has passed.
    for (today, expected) in [("2026-02-28", -1), ("2026-03-02", -1), ("2026-03-03", -2)] {
        assert_eq!(left(&working(5), friday, today), expected, "{today}");
    }
    assert_eq!(left(&calendar_days(5), friday, "2026-03-03"), -4);
}

#[test]
fn what_the_calendar_lacks_has_no_deadline() {
    let deadline = |limit: &Limit, year, since| deadline(limit, year, since, 0, &calendar());
    let last = date("9999-12-31");
    assert_eq!(deadline(&limit(), 2026, date("2026-01-01")), None);
    assert_eq!(deadline(&working(1), 2026, last), None);
    assert_eq!(deadline(&calendar_days(1), 2026, last), None);
    let mut leap_day = by_june();
    if let Some(day) = &mut leap_day.by {
        (day.month, day.day) = (2, 29);
    }
    assert_eq!(deadline(&leap_day, 2026, date("2026-01-01")), None);
    assert!(deadline(&leap_day, 2028, date("2026-01-01")).is_some());
}

fn any_limit() -> impl Strategy<Value = Limit> {
    let measure = prop_oneof![
        (0u16..90).prop_map(working),
        (0u16..120).prop_map(calendar_days),
        Just(by_june()),
    ];
    (measure, prop::option::of(0u8..=100))
        .prop_map(|(limit, warn_percent)| Limit { warn_percent, ..limit })
}

/// How many days a limit has; none if it is one by date.
fn all(limit: &Limit) -> Option<u32> {
    limit.working_days.or(limit.days).map(u32::from)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_add_up(
        calendar in any_calendar(),
        limit in any_limit(),
        mut ends in prop::array::uniform3(day_of_2026()),
    ) {
        ends.sort();
        let [a, b, c] = ends;
        let spent = |since, until| spent(&limit, since, until, &calendar);
        prop_assert_eq!(spent(a, b) + spent(b, c), spent(a, c));
        prop_assert_eq!(spent(c, a), 0);
    }

    #[test]
    fn the_clock_never_fires_early(
        calendar in any_calendar(),
        limit in any_limit(),
        since in day_of_2026(),
        used in 0u32..100,
    ) {
        let deadline = deadline(&limit, 2026, since, used, &calendar).unwrap();
        prop_assert_eq!(deadline.warn_on.is_some(), limit.warn_percent.is_some());
        prop_assert!(deadline.warn_on.is_none_or(|warn_on| warn_on <= deadline.due));
        let spent = |until| spent(&limit, since, until, &calendar);
        if let Some(all) = all(&limit) {
            prop_assert!(since <= deadline.due);
            prop_assert_eq!(spent(deadline.due) + used.min(all), all);
            if let (Some(percent), Some(warn_on)) = (limit.warn_percent, deadline.warn_on) {
                prop_assert!((spent(warn_on) + used) * 100 >= all * u32::from(percent));
            }
        }
    }

    #[test]
    fn who_has_used_more_is_due_no_later(
        calendar in any_calendar(),
        limit in any_limit(),
        since in day_of_2026(),
        used in 0u32..100,
        more in 0u32..100,
    ) {
        let deadline = |used| deadline(&limit, 2026, since, used, &calendar).unwrap();
        prop_assert!(deadline(used + more).due <= deadline(used).due);
        prop_assert!(deadline(used + more).warn_on <= deadline(used).warn_on);
    }

    #[test]
    fn days_left_are_negative_exactly_after_the_last_day(
        calendar in any_calendar(),
        limit in any_limit(),
        since in day_of_2026(),
        today in day_of_2026(),
    ) {
        let deadline = deadline(&limit, 2026, since, 0, &calendar).unwrap();
        let left = days_left(&limit, &deadline, today, &calendar);
        prop_assert_eq!(left < 0, today > deadline.due);
        let tomorrow = today.plus_days(1).unwrap();
        prop_assert!(days_left(&limit, &deadline, tomorrow, &calendar) <= left);
    }

    #[test]
    fn a_pause_moves_the_end_and_changes_no_total(
        calendar in any_calendar(),
        days in 1u16..60,
        since in day_of_2026(),
        stay in 0i32..30,
        pause in 0i32..60,
    ) {
        let limit = working(days);
        let paused = since.plus_days(stay).unwrap();
        let resumed = paused.plus_days(pause).unwrap();
        let used = spent(&limit, since, paused, &calendar);
        prop_assume!(used <= u32::from(days));
        let due = deadline(&limit, 2026, resumed, used, &calendar).unwrap().due;
        prop_assert_eq!(used + spent(&limit, resumed, due, &calendar), u32::from(days));
        let without = deadline(&limit, 2026, since, 0, &calendar).unwrap().due;
        prop_assert!(due >= without || used == u32::from(days));
    }
}
