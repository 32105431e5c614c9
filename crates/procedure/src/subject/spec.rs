//! Given a subject, when somebody enters, moves or corrects it, then events, a refusal, or nothing.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::{self, Actor};
use crate::case::spec::{Officer, date, not_appointed, officer, words};
use crate::name::UnitCode;
use crate::title::SubjectKind;

const DAY: &str = "2026-03-01";

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

/// The units above a unit of province 25, or of none.
fn path(unit: &str) -> Vec<UnitCode> {
    match unit {
        "VN" => vec![code("VN")],
        "25" => vec![code("VN"), code("25")],
        "05158" | "05159" => vec![code("VN"), code("25"), code(unit)],
        "05158-01" | "05158-02" => vec![code("VN"), code("25"), code("05158"), code(unit)],
        _ => vec![],
    }
}

fn registrar() -> Officer {
    officer("registrar").with("registrar", "05158")
}

fn register_in(unit: &str) -> Command {
    Command::Register {
        kind: SubjectKind::Household,
        code: "05158-01-0001".to_string(),
        unit: code(unit),
        name: words("Nguyễn Văn An"),
        address: None,
        sample: false,
    }
}

fn coded(text: &str) -> Command {
    let Command::Register { kind, unit, name, address, sample, .. } = register_in("05158-01")
    else {
        panic!()
    };
    Command::Register { kind, code: text.to_string(), unit, name, address, sample }
}

fn move_to(unit: &str) -> Command {
    Command::Move { unit: code(unit) }
}

fn correct(name: &str) -> Command {
    Command::Correct { name: words(name), address: None }
}

fn when(state: &State, by: &Officer, command: Command) -> Result<Vec<Event>, Refused> {
    let unit = command.unit().or(state.registered.as_ref().map(|subject| &subject.unit));
    let path = path(unit.map_or("", UnitCode::as_str));
    let actor = Actor::officer_alone(by.id, &by.state);
    let context = Context { actor, today: date(DAY), path: &path, delegator: None };
    state.decide(command, &context)
}

fn given(commands: impl IntoIterator<Item = Command>) -> State {
    let mut state = State::default();
    for command in commands {
        for event in when(&state, &registrar(), command).unwrap() {
            state.evolve(&event);
        }
    }
    state
}

fn known() -> State {
    given([register_in("05158-01")])
}

fn refused(state: &State, by: &Officer, command: Command, refusal: impl Into<Refused>) {
    assert_eq!(when(state, by, command), Err(refusal.into()));
}

#[test]
fn a_subject_is_entered_in_a_hamlet_or_in_a_commune() {
    for unit in ["05158-01", "05158"] {
        let events = when(&State::default(), &registrar(), register_in(unit)).unwrap();
        let [Event::SubjectRegistered(event)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((event.unit.as_str(), event.on), (unit, date(DAY)));
    }
}

#[test]
fn nobody_lives_in_a_province_or_in_a_unit_that_does_not_exist() {
    for unit in ["VN", "25", "99999"] {
        let refusal = Refusal::UnknownUnit { unit: code(unit) };
        refused(&State::default(), &registrar(), register_in(unit), refusal.clone());
        refused(&known(), &registrar(), move_to(unit), refusal);
    }
}

#[test]
fn only_by_the_registrar_or_the_administrator_of_the_place() {
    for role in ["registrar", "administrator"] {
        for unit in ["VN", "25", "05158", "05158-01"] {
            let by = officer("o").with(role, unit);
            assert!(when(&State::default(), &by, register_in("05158-01")).is_ok());
        }
        let elsewhere = officer("o").with(role, "05159");
        let refusal = not_appointed("registrar", "05158-01", DAY);
        refused(&State::default(), &elsewhere, register_in("05158-01"), refusal.clone());
        refused(&known(), &elsewhere, correct("B"), refusal);
    }
    let reviewer = officer("o").with("hamlet-reviewer", "05158");
    let refusal = not_appointed("registrar", "05158-01", DAY);
    refused(&State::default(), &reviewer, register_in("05158-01"), refusal);
}

#[test]
fn only_on_the_days_of_the_appointment() {
    let term = |from, until| officer("o").for_term("registrar", "05158", from, Some(until));
    let enter = |by: &Officer| when(&State::default(), by, register_in("05158-01"));
    assert!(enter(&term(DAY, DAY)).is_ok());
    assert!(enter(&term("2026-01-01", "2026-02-28")).is_err());
    assert!(enter(&term("2026-03-02", "2026-12-31")).is_err());
}

#[test]
fn the_operator_of_the_machine_sets_everything_up() {
    let path = path("05158-01");
    let context =
        Context { actor: Actor::Operator, today: date(DAY), path: &path, delegator: None };
    assert!(State::default().decide(register_in("05158-01"), &context).is_ok());
}

#[test]
fn twice_is_refused() {
    let refusal = Refusal::AlreadyRegistered { code: "05158-01-0001".to_string() };
    refused(&known(), &registrar(), register_in("05158-01"), refusal);
}

#[test]
fn a_code_is_short_plain_text() {
    let long = "9".repeat(65);
    for bad in ["", "ô-1", "a b", "a\n", long.as_str()] {
        let shown = bad.chars().take(80).collect();
        refused(&State::default(), &registrar(), coded(bad), Refusal::BadCode { code: shown });
    }
    assert!(when(&State::default(), &registrar(), coded("HGD_05158/01.7-b")).is_ok());
}

#[test]
fn a_subject_moves_and_moving_to_where_it_is_is_quiet() {
    let state = known();
    let events = when(&state, &registrar(), move_to("05158-02")).unwrap();
    assert_eq!(events, [SubjectMoved { unit: code("05158-02"), on: date(DAY) }.into()]);
    assert_eq!(when(&state, &registrar(), move_to("05158-01")), Ok(vec![]));
    let moved = given([register_in("05158-01"), move_to("05158-02")]);
    assert_eq!(moved.registered.unwrap().unit, code("05158-02"));
}

#[test]
fn nobody_moves_a_subject_to_where_he_has_no_say() {
    refused(&known(), &registrar(), move_to("05159"), not_appointed("registrar", "05159", DAY));
}

#[test]
fn a_name_is_corrected_and_the_same_name_is_quiet() {
    let state = known();
    assert_eq!(when(&state, &registrar(), correct("Nguyễn Văn An")), Ok(vec![]));
    let corrected = given([register_in("05158-01"), correct("Nguyễn Văn Ân")]);
    assert_eq!(corrected.registered.unwrap().name, words("Nguyễn Văn Ân"));
}

#[test]
fn what_is_not_in_the_books_is_neither_moved_nor_corrected() {
    refused(&State::default(), &registrar(), move_to("05158-02"), Refusal::Unknown);
    let operator = Context { actor: Actor::Operator, today: date(DAY), path: &[], delegator: None };
    let nobody = State::default().decide(correct("B"), &operator);
    assert_eq!(nobody, Err(Refusal::Unknown.into()));
    // An officer is not even told whether it exists: there is no place that he could administer.
    refused(&State::default(), &registrar(), correct("B"), actor::Refusal::NotAnOfficer);
}

#[test]
fn an_event_of_a_subject_that_is_not_in_the_books_changes_nothing() {
    let mut state = State::default();
    state.evolve(&SubjectMoved { unit: code("05158"), on: date(DAY) }.into());
    assert_eq!(state, State::default());
}
