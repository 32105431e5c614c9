//! A title that ends is striven for anew: a case opened by the program with last year's points, and
//! reminders of last days.

use alloc::string::String;

use super::full::village;
use super::*;
use crate::definition::Definition;
use crate::name::CaseId;
use crate::title::Title;

fn last_year() -> CaseId {
    CaseId::of(Title::Family, family(), 2026)
}

fn renew_for(year: i16) -> Routine {
    Routine::Renew { subject: family(), year, previous: last_year() }
}

fn renew() -> Routine {
    renew_for(2027)
}

/// Recognised on 20 November 2026 for twelve months.
fn titled() -> Scene {
    at_decision(CLAIMED).and(recognise("2026-11-20"))
}

/// The first day of registration of 2027, under a definition, after such a case.
fn renewing(definition: Definition, previous: State) -> Scene {
    let mut case = given_definition(definition).on("2027-01-15");
    case.previous = Some(previous);
    case
}

fn season_opens() -> Scene {
    renewing(sample::full(), titled().state)
}

fn prefilled(case: &Scene) -> Vec<(String, u16)> {
    let events = case.program(renew()).happens();
    let [Event::CaseRegistered(_), Event::Prefilled(event)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(event.from, last_year());
    event.lines.iter().map(|line| (line.indicator.to_string(), line.points)).collect()
}

fn points(lines: &[(&str, u16)]) -> Vec<(String, u16)> {
    lines.iter().map(|(id, points)| ((*id).to_string(), *points)).collect()
}

#[test]
fn on_the_first_day_of_the_season_a_case_is_opened_for_who_has_a_title_that_ends() {
    let events = season_opens().program(renew()).happens();
    let registered = CaseRegistered {
        title: Title::Family,
        subject: family(),
        year: 2027,
        procedure: "family.test".parse().unwrap(),
        place: PLACE.iter().map(|code| code.parse().unwrap()).collect(),
        renews: Some(last_year()),
        by: None,
        on: date("2027-01-15"),
        next: turn("self_assessment", "hamlet-recorder", "05158-01"),
    };
    assert_eq!(events.first(), Some(&registered.into()));
    let case = season_opens().after(renew());
    case.stands_at("self_assessment");
    case.program(renew()).quiet();
}

#[test]
fn last_years_points_are_a_draft_and_nothing_more() {
    assert_eq!(prefilled(&season_opens()), points(&[("1a", 40), ("1b", 25), ("2a", 25)]));
    let case = season_opens().after(renew());
    assert_eq!((case.state.prefill.len(), case.state.claims.len()), (3, 0));
    assert_eq!(case.state.registered.as_ref().unwrap().renews, Some(last_year()));
    let case = case.on("2027-02-01").and(self_assess([30, 20, 20]));
    assert_eq!((case.state.prefill.len(), case.state.claims.len()), (0, 3));
}

#[test]
fn the_draft_keeps_to_what_the_definition_of_today_asks_for() {
    let mut definition = sample::full();
    definition.criteria[0].indicators[0].maximum.value = 30;
    definition.criteria[1].indicators[0].id = "2b".parse().unwrap();
    let case = renewing(definition, titled().state);
    assert_eq!(prefilled(&case), points(&[("1a", 30), ("1b", 25)]));
}

#[test]
fn on_any_later_day_of_the_season_too() {
    season_opens().on("2027-10-31").program(renew()).happens();
}

#[test]
fn not_outside_the_season_nor_under_a_definition_that_is_over() {
    for day in ["2027-01-14", "2027-11-01"] {
        let refusal = Refusal::OutOfSeason { year: 2027, date: date(day) };
        season_opens().on(day).program(renew()).refused(refusal);
    }
    let mut case = season_opens();
    case.edition.retired = Some(date("2027-01-15"));
    let (procedure, date) = ("family.test".parse().unwrap(), date("2027-01-15"));
    case.program(renew()).refused(edition::Refusal::Retired { procedure, date });
}

#[test]
fn not_without_a_rule_for_it() {
    renewing(sample::definition(), titled().state).program(renew()).quiet();
}

#[test]
fn not_without_a_title_that_ends_within_the_year() {
    let open = at_decision(CLAIMED).state;
    let refused = at_decision(CLAIMED).and(refuse("2026-11-20")).state;
    let mut lasting = at_decision(CLAIMED);
    let mut definition = sample::definition();
    definition.validity.months = 14;
    lasting.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    let lasting = lasting.and(recognise("2026-11-20")).state;
    let ground = Command::Revoke {
        decision: bearing("2026-12-01"),
        from: date("2026-12-01"),
        ground: words("bought"),
    };
    let revoked = titled().on("2026-12-01").and(ground).state;
    for previous in [open, refused, lasting, revoked, State::default()] {
        renewing(sample::full(), previous).program(renew()).quiet();
    }
    let mut nothing = season_opens();
    nothing.previous = None;
    nothing.program(renew()).quiet();
}

#[test]
fn not_once_the_title_is_over() {
    let mut definition = sample::full();
    definition.season.registration_until = None;
    let case = renewing(definition, titled().state);
    case.clone().on("2027-11-19").program(renew()).happens();
    case.on("2027-11-20").program(renew()).quiet();
}

#[test]
fn not_where_there_is_a_case_already() {
    let case =
        season_opens().by(recorder()).and(Command::Register { subject: family(), year: 2027 });
    case.program(renew()).quiet();
    case.and(withdraw()).program(renew()).quiet();
}

fn reminded(about: Reminder, days_before: u16, until: &str, on: &str) -> Event {
    Reminded { about, days_before, until: date(until), on: date(on) }.into()
}

/// Registered; the last day of the self-assessment is 31 October.
fn to_assess() -> Scene {
    village().and(register())
}

#[test]
fn of_the_self_assessment_one_is_reminded_thirty_and_seven_days_before() {
    let about = Reminder::SelfAssessment;
    to_assess().on("2026-09-30").program(Routine::Watch).quiet();
    let first = reminded(about, 30, "2026-10-31", "2026-10-01");
    let case = to_assess().on("2026-10-01");
    case.program(Routine::Watch).then([first]);
    let case = case.after(Routine::Watch);
    for day in ["2026-10-01", "2026-10-23"] {
        case.clone().on(day).program(Routine::Watch).quiet();
    }
    let second = reminded(about, 7, "2026-10-31", "2026-10-24");
    let case = case.on("2026-10-24");
    case.program(Routine::Watch).then([second]);
    let case = case.after(Routine::Watch);
    for day in ["2026-10-24", "2026-10-31", "2026-12-31"] {
        case.clone().on(day).program(Routine::Watch).quiet();
    }
}

#[test]
fn what_was_missed_is_not_made_up_for() {
    let about = Reminder::SelfAssessment;
    for day in ["2026-10-26", "2026-10-31"] {
        let last = reminded(about, 7, "2026-10-31", day);
        let case = to_assess().on(day);
        case.program(Routine::Watch).then([last]);
        case.after(Routine::Watch).program(Routine::Watch).quiet();
    }
    to_assess().on("2026-11-01").program(Routine::Watch).quiet();
}

#[test]
fn of_what_is_handed_in_nobody_is_reminded() {
    let case = to_assess().on("2026-03-10").and(self_assess(CLAIMED));
    case.on("2026-10-30").program(Routine::Watch).quiet();
}

/// Recognised by the four steps, and watched by the definition that renews.
fn holder() -> Scene {
    let mut case = titled();
    case.edition.published.as_mut().unwrap().0 = Arc::new(sample::full());
    case
}

#[test]
fn of_the_end_of_a_title_one_is_reminded_too() {
    let about = Reminder::Renewal;
    holder().on("2027-10-19").program(Routine::Watch).quiet();
    let first = reminded(about, 30, "2027-11-19", "2027-10-20");
    let case = holder().on("2027-10-20");
    case.program(Routine::Watch).then([first]);
    let case = case.after(Routine::Watch).on("2027-11-19");
    case.program(Routine::Watch).then([reminded(about, 7, "2027-11-19", "2027-11-19")]);
    case.after(Routine::Watch).on("2027-11-20").program(Routine::Watch).quiet();
}

#[test]
fn not_of_a_title_that_is_renewed_or_over() {
    let mut renewed = holder().on("2027-11-15");
    renewed.titles = vec![OtherTitle {
        year: 2027,
        band: None,
        decided: date("2027-11-10"),
        in_force: Period { from: date("2027-11-10"), until: Some(date("2028-11-09")) },
    }];
    renewed.program(Routine::Watch).quiet();
    let revoke = Command::Revoke {
        decision: bearing("2027-11-01"),
        from: date("2027-11-01"),
        ground: words("bought"),
    };
    let revoked = holder().on("2027-11-01").and(revoke);
    revoked.on("2027-11-15").program(Routine::Watch).quiet();
}

#[test]
fn without_a_rule_for_renewal_there_are_no_reminders() {
    registered().on("2026-10-31").program(Routine::Watch).quiet();
    titled().on("2027-11-15").program(Routine::Watch).quiet();
}
