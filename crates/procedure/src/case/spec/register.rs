//! Who can be registered for what, under which definition, and when.

use super::*;
use crate::title::Title;

fn for_year(year: i16) -> Command {
    Command::Register { subject: family(), year }
}

#[test]
fn on_the_first_and_the_last_day_of_the_season() {
    given().on("2026-01-15").when(register()).happens();
    given().on("2026-10-31").when(register()).happens();
}

#[test]
fn not_outside_the_season() {
    for day in ["2026-01-14", "2026-11-01"] {
        let refusal = Refusal::OutOfSeason { year: 2026, date: date(day) };
        given().on(day).when(register()).refused(refusal);
    }
}

#[test]
fn a_year_that_has_not_begun_or_was_over_before_the_rules_is_refused_without_any_season() {
    let mut definition = sample::definition();
    definition.season = crate::definition::Season::default();
    let case = given_definition(definition);
    case.when(for_year(2026)).happens();
    for year in [2027, i16::MAX] {
        let refusal = Refusal::OutOfSeason { year, date: date("2026-03-01") };
        case.when(for_year(year)).refused(refusal);
    }
    for year in [2025, 1926, i16::MIN] {
        let procedure = "family.test".parse().unwrap();
        case.when(for_year(year)).refused(Refusal::NotForYear { procedure, year });
    }
}

#[test]
fn a_definition_with_a_rule_of_transition_leaves_earlier_years_to_the_one_before() {
    let mut definition = sample::definition();
    definition.season = crate::definition::Season::default();
    definition.transition = Some(crate::definition::Transition {
        first_year: 2027,
        about: definition.name.clone(),
        status: crate::definition::Status::Verified,
        source: definition.in_force.source.clone(),
    });
    let case = given_definition(definition).on("2027-03-01");
    let procedure = "family.test".parse().unwrap();
    case.when(for_year(2026)).refused(Refusal::NotForYear { procedure, year: 2026 });
    case.when(for_year(2027)).happens();
}

#[test]
fn a_year_past_is_registered_only_in_its_season() {
    let refusal = Refusal::OutOfSeason { year: 2026, date: date("2027-03-01") };
    given().on("2027-03-01").when(for_year(2026)).refused(refusal);
}

#[test]
fn twice_is_refused_even_after_the_end() {
    let again = Refusal::AlreadyRegistered { title: Title::Family, year: 2026 };
    registered().when(register()).refused(again.clone());
    registered().and(withdraw()).when(register()).refused(again);
}

#[test]
fn another_kind_of_subject_is_refused() {
    let mut case = given();
    case.subject.registered.as_mut().unwrap().kind = SubjectKind::Clan;
    let kind = SubjectKind::Clan;
    case.when(register()).refused(Refusal::WrongKind { title: Title::Family, kind });
}

#[test]
fn a_subject_that_is_not_in_the_books_is_refused() {
    let mut case = given();
    case.subject = subject::State::default();
    case.when(register()).refused(Refusal::UnknownSubject { subject: family() });
}

#[test]
fn on_the_last_day_in_force_and_not_on_the_next() {
    let mut definition = sample::definition();
    definition.in_force.from = date("2026-03-01");
    definition.in_force.until = Some(date("2026-04-30"));
    let case = given_definition(definition);
    case.clone().on("2026-03-01").when(register()).happens();
    case.clone().on("2026-04-30").when(register()).happens();
    for day in ["2026-02-28", "2026-05-01"] {
        let (procedure, date) = ("family.test".parse().unwrap(), date(day));
        let refusal = Refusal::NotInForce { procedure, date };
        case.clone().on(day).when(register()).refused(refusal);
    }
}

#[test]
fn a_retired_edition_takes_no_new_case_and_keeps_those_it_has() {
    let (procedure, day) = ("family.test".parse().unwrap(), date("2026-03-01"));
    let mut case = given();
    case.edition.retired = Some(day);
    case.clone().on("2026-02-28").when(register()).happens();
    case.when(register()).refused(edition::Refusal::Retired { procedure, date: day });

    let mut open = registered();
    open.edition.retired = Some(day);
    open.on("2026-03-10").when(self_assess(CLAIMED)).happens();
}

#[test]
fn only_by_who_enters_things_there_or_for_oneself() {
    let refusal = not_appointed("hamlet-recorder", "05158-01", "2026-03-01");
    given().by(reviewer()).when(register()).refused(refusal);
    let head = officer("head").owning(family(), officer::Relation::Household);
    given().by(head).when(register()).happens();
}

#[test]
fn the_operator_of_the_machine_is_no_officer() {
    let answer = given().ask(Actor::Operator, date("2026-03-01"), register());
    assert_eq!(answer, Err(crate::actor::Refusal::NotAnOfficer.into()));
}

#[test]
fn what_is_not_registered_accepts_nothing() {
    for command in [self_assess(CLAIMED), Command::Claim, Command::Release, withdraw()] {
        given().when(command).refused(Refusal::Unknown);
    }
}

#[test]
fn what_belongs_to_the_commune_as_a_whole_starts_there() {
    let mut case = given();
    case.path.pop();
    let event = case.by(officer("r").with("hamlet-recorder", "05158")).when(register()).happens();
    let [Event::CaseRegistered(event)] = event.as_slice() else { panic!("{event:?}") };
    assert_eq!(event.next, turn("self_assessment", "hamlet-recorder", "05158"));
}
