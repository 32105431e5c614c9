//! Given an officer, when somebody enrols, appoints, relieves, passes a power on to him, lets a
//! token speak for him or sets how he signs in, then events, a refusal, or nothing.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::Actor;
use crate::case::spec::{Officer, date, family, officer, words};
use crate::date::{Date, Period};
use crate::name::{OfficerId, Role, UnitCode};

mod appointments;
mod authority;
mod delegations;
mod passwords;
mod tokens;

const DAY: &str = "2026-03-01";

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

fn role(text: &str) -> Role {
    text.parse().unwrap()
}

/// The units above a unit of province 25.
fn path(unit: &str) -> Vec<UnitCode> {
    let units: &[&str] = match unit {
        "VN" => &["VN"],
        "25" => &["VN", "25"],
        "05158" => &["VN", "25", "05158"],
        "05158-01" => &["VN", "25", "05158", "05158-01"],
        "05159" => &["VN", "25", "05159"],
        _ => &[],
    };
    units.iter().map(|unit| code(unit)).collect()
}

fn administrator(unit: &str) -> Officer {
    officer("administrator").with("administrator", unit)
}

fn enrol_in(unit: &str) -> Command {
    let (code, name) = ("cb-07".to_string(), words("Bùi Thị Hoa"));
    Command::Enrol { code, name, unit: self::code(unit), sample: false }
}

fn appoint(role: &str, unit: &str, from: &str, until: Option<&str>) -> Command {
    let term = Period { from: date(from), until: until.map(date) };
    Command::Appoint { role: self::role(role), unit: code(unit), term }
}

fn relieve(role: &str, unit: &str, from: &str) -> Command {
    Command::Relieve { role: self::role(role), unit: code(unit), from: date(from) }
}

fn declare() -> Command {
    Command::DeclareInterest { subject: family(), relation: Relation::Household }
}

fn context<'a>(actor: Actor<'a>, path: &'a [UnitCode]) -> Context<'a> {
    Context { actor, today: date(DAY), path, delegator: None }
}

fn path_for(state: &State, command: &Command) -> Vec<UnitCode> {
    let unit = command.unit().or(state.enrolled.as_ref().map(|known| &known.unit));
    path(unit.map_or("", UnitCode::as_str))
}

fn when_by(state: &State, by: &Officer, command: Command) -> Result<Vec<Event>, Refused> {
    let path = path_for(state, &command);
    let actor = Actor::officer_alone(by.id, &by.state);
    state.decide(command, &context(actor, &path))
}

/// By whoever may do everything, so that no question of authority is in the way.
fn when(state: &State, command: Command) -> Result<Vec<Event>, Refused> {
    let path = path_for(state, &command);
    state.decide(command, &context(Actor::Operator, &path))
}

#[track_caller]
fn given(commands: impl IntoIterator<Item = Command>) -> State {
    let mut state = State::default();
    for command in commands {
        for event in when(&state, command).unwrap() {
            state.evolve(&event);
        }
    }
    state
}

#[track_caller]
fn refused(state: &State, command: Command, refusal: impl Into<Refused>) {
    assert_eq!(when(state, command), Err(refusal.into()));
}

fn known() -> State {
    given([enrol_in("05158")])
}

fn holds(state: &State, role: &str, unit: &str, day: &str) -> bool {
    state.holds(&self::role(role), &path(unit), date(day))
}

#[test]
fn an_officer_becomes_known_once() {
    let enrolled = known().enrolled.unwrap();
    assert_eq!((enrolled.code.as_str(), enrolled.unit), ("cb-07", code("05158")));
    let refusal = Refusal::AlreadyEnrolled { code: "cb-07".to_string() };
    refused(&known(), enrol_in("05158"), refusal);
}

#[test]
fn a_code_is_short_plain_text() {
    let long = "9".repeat(65);
    for bad in ["", "Hoà", "a b", long.as_str()] {
        let (name, unit, code) = (words("n"), code("05158"), bad.to_string());
        let shown: String = bad.chars().take(80).collect();
        let command = Command::Enrol { code, name, unit, sample: false };
        refused(&State::default(), command, Refusal::BadCode { code: shown });
    }
}

#[test]
fn nothing_is_given_to_who_is_not_known() {
    for command in [
        appoint("registrar", "05158", DAY, None),
        relieve("registrar", "05158", DAY),
        declare(),
        delegations::end(),
        tokens::issue("a", DAY),
        tokens::revoke("a"),
        passwords::set("a"),
        passwords::end(1),
        Command::EndSessions,
    ] {
        refused(&State::default(), command, Refusal::Unknown);
    }
}

#[test]
fn a_unit_that_does_not_exist_is_refused() {
    let refusal = || Refusal::UnknownUnit { unit: code("99999") };
    refused(&State::default(), enrol_in("99999"), refusal());
    refused(&known(), appoint("registrar", "99999", DAY, None), refusal());
    refused(&known(), relieve("registrar", "99999", DAY), refusal());
}

#[test]
fn an_interest_is_declared_and_the_same_again_is_quiet() {
    let state = given([enrol_in("05158"), declare()]);
    assert!(state.owns(family()) && !known().owns(family()));
    assert_eq!(when(&state, declare()), Ok(vec![]));
    let also = Command::DeclareInterest { subject: family(), relation: Relation::Clan };
    assert_eq!(when(&state, also).unwrap().len(), 1);
}

/// A day of the calendar.
fn day(text: &str) -> Date {
    date(text)
}
