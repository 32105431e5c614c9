//! A title that was not renewed ends on the day after its last.

use super::*;

/// Recognised on 20 November 2026, until 19 November 2027.
fn titled() -> Scene {
    at_decision(CLAIMED).and(recognise("2026-11-20"))
}

fn with_title(mut case: Scene, from: &str, until: &str) -> Scene {
    let in_force = Period { from: date(from), until: Some(date(until)) };
    let title = OtherTitle { year: 2027, band: None, decided: in_force.from, in_force };
    case.titles.push(title);
    case
}

#[test]
fn a_title_lapses_on_the_day_after_its_last() {
    titled().on("2027-11-19").program(Routine::Lapse).quiet();
    for day in ["2027-11-20", "2028-02-01"] {
        let event = TitleLapsed { from: date("2027-11-20"), on: date(day) };
        titled().on(day).program(Routine::Lapse).then([event.into()]);
    }
    let case = titled().on("2027-11-20").after(Routine::Lapse);
    case.program(Routine::Lapse).quiet();
    let until = case.state.title_in_force().unwrap().until;
    assert_eq!(until, Some(date("2027-11-19")));
}

#[test]
fn a_title_that_another_goes_on_from_does_not_lapse() {
    for from in ["2027-01-20", "2027-11-19", "2027-11-20"] {
        let case = with_title(titled(), from, "2028-11-19").on("2028-02-01");
        case.program(Routine::Lapse).quiet();
    }
}

#[test]
fn one_that_begins_after_a_gap_or_ends_no_later_does_not_take_its_place() {
    for (from, until) in [("2027-11-21", "2028-11-20"), ("2026-11-10", "2027-11-19")] {
        let case = with_title(titled(), from, until).on("2028-02-01");
        let event = TitleLapsed { from: date("2027-11-20"), on: date("2028-02-01") };
        case.program(Routine::Lapse).then([event.into()]);
    }
}

#[test]
fn a_title_that_was_taken_back_does_not_lapse() {
    let revoke = Command::Revoke {
        decision: bearing("2027-03-01"),
        from: date("2027-03-01"),
        ground: words("bought"),
    };
    let case = titled().on("2027-03-01").and(revoke);
    case.on("2028-02-01").program(Routine::Lapse).quiet();
}

#[test]
fn what_has_no_title_does_not_lapse() {
    at_decision(CLAIMED).on("2028-02-01").program(Routine::Lapse).quiet();
    let refused = at_decision(CLAIMED).and(refuse("2026-11-20"));
    refused.on("2028-02-01").program(Routine::Lapse).quiet();
    given().program(Routine::Lapse).refused(Refusal::Unknown);
}
