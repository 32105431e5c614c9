//! When a decision can be signed: its annex, its day and its number.

use super::*;
use crate::text::Language;

fn not_ready(number: usize, why: impl Into<Refused>) -> Refusal {
    let why = why.into();
    Refusal::CaseNotReady {
        case: case(number),
        code: why.get().code(),
        vi: why.get().message(Language::Vietnamese),
        en: why.get().message(Language::English),
    }
}

#[test]
fn signing_is_one_event_with_count_and_digest() {
    let event = DecisionSigned {
        number: "125/QĐ-UBND".to_string(),
        date: date("2026-11-18"),
        cases: 3,
        annex: digest(),
        by: chair().id,
        in_place_of: None,
        on: date("2026-11-20"),
    };
    listed().then(sign("2026-11-18"), event);
    let state = signed().state;
    let kept = state.signed().unwrap();
    assert_eq!((kept.number.as_str(), kept.date), ("125/QĐ-UBND", date("2026-11-18")));
    assert_eq!((kept.cases, &kept.annex, kept.by), (3, &digest(), chair().id));
    assert_eq!(state.number(), Some("125/QĐ-UBND"));
}

#[test]
fn a_decision_is_signed_once() {
    let day = "2026-11-20";
    signed().refused(sign(day), Refusal::AlreadySigned);
    discarded().refused(sign(day), Refusal::Discarded);
    cancelled().refused(sign(day), Refusal::Cancelled);
}

#[test]
fn an_empty_annex_is_not_signed() {
    let desk = drafted().by(chair());
    desk.refused(sign("2026-11-10"), Refusal::Empty);
    let emptied = listed().and(take_off(1)).and(take_off(2)).and(take_off(3));
    emptied.refused(sign("2026-11-18"), Refusal::Empty);
}

#[test]
fn one_bad_line_among_a_thousand_refuses_all_and_names_the_case() {
    let mut desk = drafted().and(list(0..500)).and(list(500..1000)).by(chair());
    desk.lines = (0..1000).map(ready).collect();
    let events = desk.happens(sign("2026-11-10"));
    assert!(matches!(events.as_slice(), [Event::DecisionSigned(event)] if event.cases == 1000));
    desk.lines[700] = unready(700);
    let why = crate::case::Refusal::BelowThreshold { total: 49, minimum: 50 };
    let refusal = Refused::from(not_ready(700, why));
    desk.refused(sign("2026-11-10"), refusal.clone());
    for (language, words) in [(Language::Vietnamese, "điểm"), (Language::English, "points")] {
        let message = refusal.get().message(language);
        let code = "case.below_threshold";
        for part in [case(700).to_string().as_str(), code, "49", "50", words] {
            assert!(message.contains(part), "{part} is not in: {message}");
        }
        assert!(!message.contains('{'), "{message}");
    }
}

#[test]
fn a_case_that_nothing_is_known_of_is_not_ready() {
    let desk = listed().with([ready(3), ready(1)]);
    desk.refused(sign("2026-11-18"), not_ready(2, crate::case::Refusal::Unknown));
}

#[test]
fn a_case_that_is_ready_by_one_line_and_not_by_another_is_not_ready() {
    let why = || crate::case::Refusal::BelowThreshold { total: 49, minimum: 50 };
    for lines in [[ready(1), unready(1)], [unready(1), ready(1)]] {
        let desk = listed().with(lines.into_iter().chain([ready(2), ready(3)]));
        desk.refused(sign("2026-11-18"), not_ready(1, why()));
    }
}

#[test]
fn only_what_is_listed_counts() {
    let desk = listed().with([unready(9), ready(1), ready(2), ready(3), ready(4)]);
    let desk = desk.and(sign("2026-11-18"));
    assert_eq!(desk.state.signed().unwrap().cases, 3);
    let desk = listed().and(take_off(2)).with([ready(1), unready(2), ready(3)]);
    let desk = desk.and(sign("2026-11-18"));
    assert_eq!(desk.state.signed().unwrap().cases, 2);
}

#[test]
fn the_decision_bears_a_day_from_the_draft_to_today() {
    for day in ["2026-11-10", "2026-11-20"] {
        listed().happens(sign(day));
    }
    for day in ["2026-11-09", "2026-11-21"] {
        let (earliest, latest) = (date("2026-11-10"), date("2026-11-20"));
        let refusal = Refusal::BadDate { date: date(day), earliest, latest };
        listed().refused(sign(day), refusal);
    }
}

#[test]
fn not_before_its_time_in_the_year() {
    let early = || given().on("2026-10-20").and(draft()).and(list([1])).with([ready(1)]);
    let desk = early().by(chair()).on("2026-11-20");
    desk.refused(sign("2026-10-31"), Refusal::TooEarly { from: date("2026-11-01") });
    desk.happens(sign("2026-11-01"));
    let mut unlimited = desk;
    unlimited.definition.season.recognition_from = None;
    unlimited.happens(sign("2026-10-20"));
}

#[test]
fn the_number_is_there_short_and_printable() {
    let long = "9".repeat(101);
    for number in ["", "  ", "12\u{7}5", "12\n5", "521\u{202E}/QĐ", long.as_str()] {
        let shown = number.chars().take(80).collect();
        listed().refused(numbered(number, "2026-11-18"), Refusal::BadNumber { number: shown });
    }
    listed().happens(numbered(&"9".repeat(100), "2026-11-18"));
}

#[test]
fn the_number_is_kept_without_the_space_around_it() {
    let desk = listed().and(numbered(" 125/QĐ-UBND \n", "2026-11-18"));
    assert_eq!(desk.state.number(), Some("125/QĐ-UBND"));
}
