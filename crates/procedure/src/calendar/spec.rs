//! Given a calendar, when somebody publishes one, then events, a refusal, or nothing; and counting
//! agrees with looking at every day.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::actor::Actor;
use crate::case::spec::{Officer, date, not_appointed, officer};
use crate::date::Date;
use crate::definition::{Source, Status};
use crate::name::SourceId;
use crate::text::{Bilingual, Digest};

const DAY: &str = "2025-10-20";

fn source() -> SourceId {
    "announced".parse().unwrap()
}

pub(crate) fn day_off(day: &str) -> DayOff {
    let name = Bilingual { vi: "Ngày nghỉ".to_string(), en: "Day off".to_string() };
    DayOff { date: date(day), name, status: Status::Verified, source: source() }
}

pub(crate) fn swap(off: &str, worked: &str) -> Swap {
    let (off, worked) = (date(off), date(worked));
    Swap { off, worked, status: Status::Provisional, source: source() }
}

/// The first half of 2026 and its National Day, as they were announced.
pub(crate) fn days() -> CalendarDays {
    let days_off = [
        "2026-01-01",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-02-20",
        "2026-04-26",
        "2026-04-27",
        "2026-04-30",
        "2026-05-01",
        "2026-09-01",
        "2026-09-02",
    ];
    let seen = Source { title: "Thông báo".to_string(), url: None, seen: true };
    CalendarDays {
        first_year: 2026,
        last_year: 2026,
        sources: BTreeMap::from([(source(), seen)]),
        days_off: days_off.map(day_off).into(),
        swaps: vec![swap("2026-01-02", "2026-01-10"), swap("2026-08-31", "2026-08-22")],
    }
}

fn digest(digit: &str) -> Digest {
    digit.repeat(64).try_into().unwrap()
}

fn publish(days: CalendarDays, digit: &str) -> Command {
    Command::Publish { days: Box::new(days), digest: digest(digit) }
}

fn administrator() -> Officer {
    officer("administrator").for_term("administrator", "VN", "2025-01-01", None)
}

fn when(state: &State, by: &Officer, command: Command) -> Result<Vec<Event>, Refused> {
    let actor = Actor::officer_alone(by.id, &by.state);
    state.decide(command, &Context { actor, today: date(DAY) })
}

fn given(commands: impl IntoIterator<Item = Command>) -> State {
    let mut state = State::default();
    for command in commands {
        for event in when(&state, &administrator(), command).unwrap() {
            state.evolve(&event);
        }
    }
    state
}

#[test]
fn a_sound_calendar_is_published_with_its_digest() {
    let published = CalendarPublished { days: days(), digest: digest("a"), on: date(DAY) };
    let events = when(&State::default(), &administrator(), publish(days(), "a"));
    assert_eq!(events, Ok(vec![published.into()]));
    let state = given([publish(days(), "a")]);
    assert_eq!(state.published.as_deref(), Some(&Calendar::new(&days())));
    assert_eq!(state.digest, Some(digest("a")));
}

#[test]
fn the_same_again_is_quiet() {
    let state = given([publish(days(), "a")]);
    assert_eq!(when(&state, &administrator(), publish(days(), "a")), Ok(vec![]));
}

#[test]
fn a_newer_announcement_takes_the_place_of_the_calendar() {
    let mut newer = days();
    newer.days_off.push(day_off("2026-11-24"));
    let state = given([publish(days(), "a"), publish(newer, "b")]);
    assert!(!state.published.unwrap().is_working_day(date("2026-11-24")));
    assert_eq!(state.digest, Some(digest("b")));
    // And back again, for instance when the announcement is withdrawn.
    let state = given([publish(days(), "a"), publish(days(), "b"), publish(days(), "a")]);
    assert_eq!(state.digest, Some(digest("a")));
}

#[test]
fn the_calendar_is_published_for_the_nation_by_who_administers_it() {
    let province = officer("o").for_term("administrator", "25", "2025-01-01", None);
    let registrar = officer("o").for_term("registrar", "VN", "2025-01-01", None);
    let former = officer("o").for_term("administrator", "VN", "2025-01-01", Some("2025-10-19"));
    for by in [province, registrar, former] {
        let refusal = not_appointed("administrator", "VN", DAY);
        let refused = when(&State::default(), &by, publish(days(), "a"));
        assert_eq!(refused, Err(refusal.into()));
    }
    let operator = Context { actor: Actor::Operator, today: date(DAY) };
    assert!(State::default().decide(publish(days(), "a"), &operator).is_ok());
}

#[test]
fn what_the_check_finds_keeps_a_calendar_out() {
    let mut wrong = days();
    wrong.swaps.push(swap("2026-03-07", "2026-03-14"));
    let refusal = Refusal::NotSound {
        finding: "swaps[2]: swap-off: the swapped day off 2026-03-07 is not a Monday to Friday"
            .to_string(),
    };
    let state = given([publish(days(), "a")]);
    let refused = when(&state, &administrator(), publish(wrong, "b"));
    assert_eq!(refused, Err(refusal.into()));
}

/// The place and rule of each finding once `change` is made.
fn findings(change: impl FnOnce(&mut CalendarDays)) -> Vec<(Place, &'static str)> {
    let mut days = days();
    change(&mut days);
    check::check(&days).into_iter().map(|finding| (finding.place, finding.rule)).collect()
}

#[test]
fn a_sound_calendar_has_no_findings() {
    assert_eq!(findings(|_| {}), []);
}

#[test]
fn days_lie_within_the_years() {
    assert_eq!(findings(|days| days.first_year = 2027), [(Place::Years, "year-order")]);
    let found = findings(|days| days.days_off.push(day_off("2027-01-01")));
    assert_eq!(found, [(Place::DayOff(12), "outside-years")]);
    let found = findings(|days| days.swaps.push(swap("2025-12-31", "2026-01-03")));
    assert_eq!(found, [(Place::Swap(2), "outside-years")]);
}

#[test]
fn no_day_stands_twice() {
    let found = findings(|days| days.days_off.push(day_off("2026-01-01")));
    assert_eq!(found, [(Place::DayOff(12), "duplicate-date")]);
    // Free by law and by a swap: then the day worked instead would be too many.
    let found = findings(|days| days.swaps.push(swap("2026-04-30", "2026-04-25")));
    assert_eq!(found, [(Place::Swap(2), "duplicate-date")]);
    // Worked, and a day off.
    let found = findings(|days| days.swaps.push(swap("2026-04-28", "2026-04-26")));
    assert_eq!(found, [(Place::Swap(2), "duplicate-date")]);
    let found = findings(|days| days.swaps.push(swap("2026-04-28", "2026-08-22")));
    assert_eq!(found, [(Place::Swap(2), "duplicate-date")]);
}

#[test]
fn a_swap_is_a_weekday_for_a_day_of_a_weekend() {
    let found = findings(|days| days.swaps.push(swap("2026-03-07", "2026-03-15")));
    assert_eq!(found, [(Place::Swap(2), "swap-off")]);
    let found = findings(|days| days.swaps.push(swap("2026-03-06", "2026-03-13")));
    assert_eq!(found, [(Place::Swap(2), "swap-worked")]);
}

#[test]
fn names_are_there_in_both_languages() {
    let found = findings(|days| days.days_off[0].name.vi.clear());
    assert_eq!(found, [(Place::DayOff(0), "empty-text")]);
    let found = findings(|days| days.days_off[3].name.en = " ".to_string());
    assert_eq!(found, [(Place::DayOff(3), "empty-text")]);
    let found = findings(|days| days.sources.get_mut(&source()).unwrap().title.clear());
    assert_eq!(found, [(Place::Source(source()), "empty-text")]);
}

#[test]
fn sources_are_listed_used_and_seen() {
    let other: SourceId = "other".parse().unwrap();
    let found = findings(|days| days.swaps[1].source = other.clone());
    assert_eq!(found, [(Place::Swap(1), "unknown-source")]);
    let seen = |seen, url: Option<&str>| Source {
        title: "x".to_string(),
        url: url.map(ToString::to_string),
        seen,
    };
    let found = findings(|days| {
        days.sources.insert(other.clone(), seen(true, None));
    });
    assert_eq!(found, [(Place::Source(other.clone()), "unused-source")]);
    let unseen = |status| {
        findings(|days| {
            days.sources.insert(other.clone(), seen(false, None));
            days.days_off[0].source = other.clone();
            days.days_off[0].status = status;
        })
    };
    assert_eq!(unseen(Status::Verified), [(Place::DayOff(0), "unseen-source")]);
    assert_eq!(unseen(Status::Provisional), []);
    let found = findings(|days| {
        days.sources.insert(source(), seen(true, Some("ftp://example.org/")));
    });
    assert_eq!(found, [(Place::Source(source()), "source-url")]);
}

#[test]
fn working_days_are_monday_to_friday_but_for_what_is_listed() {
    let calendar = Calendar::new(&days());
    for working in ["2026-02-13", "2026-02-23", "2026-01-10", "2026-08-22"] {
        assert!(calendar.is_working_day(date(working)), "{working}");
    }
    for free in ["2026-02-14", "2026-02-15", "2026-02-17", "2026-01-02", "2026-08-31"] {
        assert!(!calendar.is_working_day(date(free)), "{free}");
    }
}

#[test]
fn years_that_are_not_covered_have_weekends_only() {
    let calendar = Calendar::new(&days());
    assert!(calendar.covers(date("2026-01-01")) && calendar.covers(date("2026-12-31")));
    assert!(!calendar.covers(date("2025-12-31")) && !calendar.covers(date("2027-01-01")));
    assert!(!Calendar::default().covers(date("2026-01-01")));
    assert!(calendar.is_working_day(date("2027-01-01")));
    assert_eq!(Calendar::default().working_days(date("2026-02-13"), date("2026-02-22")), 5);
}

#[test]
fn tet_is_not_worked() {
    // The Friday before Tết 2026, and the days that follow it.
    let calendar = Calendar::new(&days());
    let friday = date("2026-02-13");
    let table = [
        ("2026-02-12", 0),
        ("2026-02-13", 0),
        ("2026-02-14", 0),
        ("2026-02-20", 0),
        ("2026-02-22", 0),
        ("2026-02-23", 1),
        ("2026-02-27", 5),
        ("2026-02-28", 5),
        ("2026-03-02", 6),
    ];
    for (until, expected) in table {
        assert_eq!(calendar.working_days(friday, date(until)), expected, "{until}");
    }
    let table = [(0, "2026-02-13"), (1, "2026-02-23"), (5, "2026-02-27"), (6, "2026-03-02")];
    for (n, expected) in table {
        assert_eq!(calendar.add_working_days(friday, n), Some(date(expected)), "{n}");
    }
}

#[test]
fn a_swapped_saturday_counts() {
    let calendar = Calendar::new(&days());
    let (new_year, saturday) = (date("2026-01-01"), date("2026-01-10"));
    assert_eq!(calendar.working_days(new_year, saturday), 6);
    assert_eq!(calendar.add_working_days(new_year, 6), Some(saturday));
    assert_eq!(calendar.add_working_days(new_year, 7), Some(date("2026-01-12")));
}

#[test]
fn the_calendar_ends_in_the_year_9999() {
    let calendar = Calendar::default();
    assert_eq!(calendar.add_working_days(date("9999-12-30"), 1), Some(date("9999-12-31")));
    assert_eq!(calendar.add_working_days(date("9999-12-30"), 2), None);
    assert_eq!(calendar.add_working_days(date("2026-01-01"), u32::MAX), None);
    let all = calendar.working_days(date("0001-01-01"), date("9999-12-31"));
    assert_eq!(all, 2_608_614);
}

#[test]
fn a_hundred_thousand_questions_take_no_time() {
    // Spans of four thousand years: day by day this would not end within a test's patience.
    let calendar = Calendar::new(&days());
    let (first, n) = (date("0001-01-01"), 1_000_000);
    for day in (0..100_000).map(|days| first.plus_days(days).unwrap()) {
        let end = calendar.add_working_days(day, n).unwrap();
        assert_eq!(calendar.working_days(day, end), n);
    }
}

pub(crate) fn day_of_2026() -> impl Strategy<Value = Date> {
    (-60i32..430).prop_map(|days| date("2026-01-01").plus_days(days).unwrap())
}

/// Calendars with any days off and swaps, sound or not: counting is total.
pub(crate) fn any_calendar() -> impl Strategy<Value = Calendar> {
    let dates = || prop::collection::vec(day_of_2026(), 0..40);
    let swaps = prop::collection::vec((day_of_2026(), day_of_2026()), 0..8);
    (dates(), swaps).prop_map(|(days_off, swaps)| {
        let days_off = days_off.into_iter().map(|date| DayOff { date, ..day_off("2026-01-01") });
        let swaps = swaps.into_iter().map(|(off, worked)| {
            let example = swap("2026-01-02", "2026-01-10");
            Swap { off, worked, ..example }
        });
        Calendar::new(&CalendarDays {
            days_off: days_off.collect(),
            swaps: swaps.collect(),
            ..days()
        })
    })
}

/// Every day after one and not after the other.
fn each(after: Date, until: Date) -> impl Iterator<Item = Date> {
    (1..).map_while(move |n| after.plus_days(n).filter(|day| *day <= until))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_agrees_with_looking_at_every_day(
        calendar in any_calendar(),
        after in day_of_2026(),
        until in day_of_2026(),
    ) {
        let counted = each(after, until).filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.working_days(after, until) as usize, counted);
    }

    #[test]
    fn adding_is_the_inverse_of_counting(
        calendar in any_calendar(),
        after in day_of_2026(),
        n in 0u32..300,
    ) {
        let day = calendar.add_working_days(after, n).unwrap();
        prop_assert_eq!(calendar.working_days(after, day), n);
        prop_assert!(n == 0 || calendar.is_working_day(day), "{} is not the first", day);
        prop_assert!(n > 0 || day == after);
    }
}
