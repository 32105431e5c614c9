//! The time of a step: warned of, broken and put before somebody once each, paused while the
//! subject is asked, and kept when somebody else becomes competent.
//!
//! The commune's review has ten working days from Monday, 18 May 2026: a warning is due after seven,
//! on Wednesday the 27th, and the last day is Monday, 1 June.

use super::full::*;
use super::*;
use crate::calendar::CalendarDays;
use crate::definition::Definition;
use crate::territory::UnitLevel;

fn watched(day: &str) -> Then {
    at_last_review().on(day).program(Routine::Watch)
}

fn step() -> crate::name::StepId {
    "commune_review".parse().unwrap()
}

fn warned(due: &str, on: &str) -> Event {
    DeadlineWarned { step: step(), due: date(due), on: date(on) }.into()
}

fn breached(due: &str, on: &str) -> [Event; 2] {
    let to = turn("commune_review", "commune-chair", "05158");
    let (due, on) = (date(due), date(on));
    [DeadlineBreached { step: step(), due, on }.into(), Escalated { to, on }.into()]
}

#[test]
fn a_warning_comes_once_from_its_day_to_the_last() {
    watched("2026-05-26").quiet();
    for day in ["2026-05-27", "2026-05-31", "2026-06-01"] {
        watched(day).then([warned("2026-06-01", day)]);
    }
    let case = at_last_review().on("2026-05-27").after(Routine::Watch);
    for day in ["2026-05-27", "2026-06-01"] {
        case.clone().on(day).program(Routine::Watch).quiet();
    }
}

#[test]
fn a_breach_is_said_once_and_put_before_whom_the_definition_names() {
    for day in ["2026-06-02", "2026-07-01"] {
        watched(day).then(breached("2026-06-01", day));
    }
    let case = at_last_review().on("2026-05-27").after(Routine::Watch);
    case.on("2026-06-02").program(Routine::Watch).then(breached("2026-06-01", "2026-06-02"));
    let case = at_last_review().on("2026-06-02").after(Routine::Watch);
    let told = turn("commune_review", "commune-chair", "05158");
    let alarm = Alarm { warned: true, breached: true, escalated: Some(told) };
    assert_eq!(case.state.alarm, alarm);
    for day in ["2026-06-02", "2026-12-31"] {
        case.clone().on(day).program(Routine::Watch).quiet();
    }
}

#[test]
fn a_breach_that_is_put_before_nobody_is_said_all_the_same() {
    let mut definition = sample::full();
    definition.steps[4].limit.as_mut().unwrap().escalate_to = None;
    let case = under(at_last_review(), definition).on("2026-06-02");
    let [breach, _] = breached("2026-06-01", "2026-06-02");
    case.program(Routine::Watch).then([breach]);
}

#[test]
fn days_off_do_not_count() {
    let mut case = at_last_review();
    let holiday = crate::calendar::spec::day_off("2026-05-20");
    let days = crate::calendar::spec::days();
    case.calendar = Calendar::new(&CalendarDays { days_off: vec![holiday], ..days });
    case.clone()
        .on("2026-06-02")
        .program(Routine::Watch)
        .then([warned("2026-06-02", "2026-06-02")]);
    case.on("2026-06-03").program(Routine::Watch).then(breached("2026-06-02", "2026-06-03"));
}

#[test]
fn a_step_without_limit_is_never_late() {
    at_meeting().on("2027-12-31").program(Routine::Watch).quiet();
    at_authority().on("2027-12-31").program(Routine::Watch).quiet();
}

#[test]
fn done_in_time_nothing_is_said() {
    at_authority().on("2026-06-30").program(Routine::Watch).quiet();
}

/// Returned on 25 May after five working days, supplemented on a day.
fn supplemented_on(day: &str) -> Scene {
    let case = at_last_review().on("2026-05-25").and(send_back());
    case.by(recorder()).on(day).and(supplement("2a", 24)).by(association())
}

#[test]
fn the_time_does_not_run_while_the_subject_is_asked() {
    let returned = at_last_review().on("2026-05-25").and(send_back());
    returned.on("2026-12-31").program(Routine::Watch).quiet();
}

#[test]
fn back_at_the_same_step_it_runs_on_and_does_not_begin_anew() {
    // Five of ten days are gone; the seventh is 16 June, and the tenth the 19th.
    let case = supplemented_on("2026-06-12");
    case.stands_at("commune_review");
    case.clone().on("2026-06-15").program(Routine::Watch).quiet();
    let warning = warned("2026-06-19", "2026-06-16");
    case.clone().on("2026-06-16").program(Routine::Watch).then([warning]);
    case.on("2026-06-20").program(Routine::Watch).then(breached("2026-06-19", "2026-06-20"));
}

#[test]
fn several_stays_add_up() {
    let case = supplemented_on("2026-06-12").on("2026-06-17").and(send_back());
    let case = case.by(recorder()).on("2026-07-01").and(supplement("2a", 23)).by(association());
    // Five and three are gone: the last two are 2 and 3 July.
    let warning = warned("2026-07-03", "2026-07-01");
    case.clone().program(Routine::Watch).then([warning]);
    case.on("2026-07-04").program(Routine::Watch).then(breached("2026-07-03", "2026-07-04"));
}

#[test]
fn what_was_said_before_the_pause_is_not_said_again() {
    let late = at_last_review().on("2026-06-02").after(Routine::Watch).and(send_back());
    let case = late.by(recorder()).on("2026-06-10").and(supplement("2a", 24));
    case.on("2026-12-31").program(Routine::Watch).quiet();
}

#[test]
fn it_begins_anew_where_the_case_went_back_to_the_review() {
    let late = at_last_review().on("2026-06-02").after(Routine::Watch).and(review(CLAIMED));
    let returned = late.by(chair()).on("2026-11-20").and(send_back());
    // From Monday, 23 November.
    let case = returned.by(recorder()).on("2026-11-23").and(supplement("2a", 24));
    case.stands_at("commune_review");
    assert_eq!(case.state.alarm, Alarm::default());
    case.clone().on("2026-12-01").program(Routine::Watch).quiet();
    let warning = warned("2026-12-07", "2026-12-02");
    case.clone().on("2026-12-02").program(Routine::Watch).then([warning]);
    case.on("2026-12-08").program(Routine::Watch).then(breached("2026-12-07", "2026-12-08"));
}

/// The same case under another definition.
fn under(mut case: Scene, definition: Definition) -> Scene {
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    case
}

/// The commune's review passes to the province on 1 June.
fn passing() -> Scene {
    let mut definition = sample::full();
    let commune = sample::performer("commune-reviewer", UnitLevel::Commune);
    let province = sample::performer("province-reviewer", UnitLevel::Province);
    definition.steps[4].performers = sample::passing(commune, date("2026-05-31"), province);
    definition.steps[4].limit.as_mut().unwrap().escalate_to = None;
    under(at_last_review(), definition)
}

fn handed(on: &str) -> Event {
    let next = turn("commune_review", "province-reviewer", "25");
    HandedOver { on: date(on), next }.into()
}

#[test]
fn a_case_is_handed_over_when_competence_passes_on() {
    let held = passing().and(Command::Claim).on("2026-05-27").after(Routine::Watch);
    held.clone().on("2026-05-31").program(Routine::Watch).quiet();
    let case = held.on("2026-06-01");
    case.program(Routine::Watch).then([handed("2026-06-01")]);
    let case = case.after(Routine::Watch);
    assert_eq!((case.state.holder(), case.state.turn_since), (None, Some(date("2026-05-18"))));
    case.program(Routine::Watch).quiet();
    let province = officer("p").with("province-reviewer", "25");
    case.by(province).when(review(CLAIMED)).happens();
}

#[test]
fn its_time_goes_on_with_whoever_has_it() {
    let case = passing().on("2026-06-02");
    let [breach, _] = breached("2026-06-01", "2026-06-02");
    case.program(Routine::Watch).then([handed("2026-06-02"), breach]);
    case.after(Routine::Watch).program(Routine::Watch).quiet();
}

#[test]
fn a_case_goes_to_the_successor_of_its_unit() {
    let mut case = at_last_review();
    case.path = ["VN", "25", "05170", "05170-01"].map(|code| code.parse().unwrap()).to_vec();
    let next = turn("commune_review", "commune-reviewer", "05170");
    let event = HandedOver { on: date("2026-05-18"), next };
    case.program(Routine::Watch).then([event.into()]);
    case.after(Routine::Watch).program(Routine::Watch).quiet();
}

#[test]
fn so_does_one_that_waits_for_its_subject() {
    let mut case = at_last_review().and(send_back());
    case.path = ["VN", "25", "05170", "05170-01"].map(|code| code.parse().unwrap()).to_vec();
    let next = turn("self_assessment", "hamlet-recorder", "05170-01");
    let event = HandedOver { on: date("2026-05-18"), next };
    case.program(Routine::Watch).then([event.into()]);
    let case = case.after(Routine::Watch);
    assert!(matches!(case.state.phase, Phase::Returned { .. }));
    case.program(Routine::Watch).quiet();
}

#[test]
fn what_is_not_registered_is_not_watched() {
    village().program(Routine::Watch).refused(Refusal::Unknown);
}

#[test]
fn what_is_over_is_not_watched() {
    let closed = at_authority().and(refuse("2026-11-20")).on("2027-12-31");
    closed.program(Routine::Watch).quiet();
    let withdrawn = at_last_review().by(recorder()).and(withdraw()).on("2027-12-31");
    withdrawn.program(Routine::Watch).quiet();
}
