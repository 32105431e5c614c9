//! Powers that are passed on for a time: by whom, of what, for how long, and their end.

use super::*;
use crate::case::spec::not_appointed;

const FROM: &str = "2026-03-10";
const UNTIL: &str = "2026-03-20";

fn chair_code() -> OfficerId {
    officer("cb-01").id
}

/// The one who is away: known, and chair of the commune in 2026.
fn chair() -> Officer {
    let (code, name) = ("cb-01".to_string(), words("Lò Văn Pánh"));
    let enrolled = OfficerEnrolled {
        code,
        name,
        unit: self::code("05158"),
        sample: false,
        on: day("2026-01-01"),
    };
    let chair = officer("cb-01").told(enrolled);
    chair.for_term("commune-chair", "05158", "2026-01-01", Some("2026-12-31"))
}

fn delegated(role_: &str, unit: &str, from: &str, until: Option<&str>) -> Command {
    let term = Period { from: day(from), until: until.map(day) };
    let (role, unit) = (role(role_), code(unit));
    Command::Delegate { delegator: chair_code(), role, unit, term }
}

fn delegate() -> Command {
    delegated("commune-chair", "05158", FROM, Some(UNTIL))
}

fn end_from(from: &str) -> Command {
    let (role, unit) = (role("commune-chair"), code("05158"));
    Command::EndDelegation { delegator: chair_code(), role, unit, from: day(from) }
}

pub(super) fn end() -> Command {
    end_from("2026-03-15")
}

fn event() -> Delegated {
    Delegated {
        delegator: chair_code(),
        role: role("commune-chair"),
        unit: code("05158"),
        term: Period { from: day(FROM), until: Some(day(UNTIL)) },
        on: day(DAY),
    }
}

fn when_with(
    state: &State,
    actor: Actor<'_>,
    delegator: Option<&Officer>,
    command: Command,
) -> Result<Vec<Event>, Refused> {
    let path = path_for(state, &command);
    let delegator = delegator.map(|officer| &officer.state);
    state.decide(command, &Context { delegator, ..context(actor, &path) })
}

fn by_operator(state: &State, command: Command) -> Result<Vec<Event>, Refused> {
    when_with(state, Actor::Operator, Some(&chair()), command)
}

fn by_officer(state: &State, by: &Officer, command: Command) -> Result<Vec<Event>, Refused> {
    when_with(state, Actor::officer_alone(by.id, &by.state), Some(&chair()), command)
}

#[track_caller]
fn refused(state: &State, command: Command, refusal: Refusal) {
    assert_eq!(by_operator(state, command), Err(refusal.into()));
}

fn with_delegation() -> State {
    let mut state = known();
    state.evolve(&event().into());
    state
}

fn holds_power(state: &State, day_: &str) -> bool {
    state.delegations_over(&path("05158-01"), day(day_)).next().is_some()
}

#[test]
fn a_power_is_passed_on_for_a_term() {
    assert_eq!(by_operator(&known(), delegate()), Ok(vec![event().into()]));
    let state = with_delegation();
    for day in [FROM, UNTIL] {
        assert!(holds_power(&state, day));
    }
    for day in ["2026-03-09", "2026-03-21"] {
        assert!(!holds_power(&state, day));
    }
    assert!(!holds(&state, "commune-chair", "05158", FROM), "it is no appointment");
}

#[test]
fn whoever_is_away_says_himself_who_stands_in_for_him() {
    assert_eq!(by_officer(&known(), &chair(), delegate()), Ok(vec![event().into()]));
    let ended = by_officer(&with_delegation(), &chair(), end()).unwrap();
    assert_eq!(ended.len(), 1);
}

#[test]
fn or_the_administrator_does_and_nobody_else() {
    for unit in ["05158", "25"] {
        let by = administrator(unit);
        assert!(by_officer(&known(), &by, delegate()).is_ok());
        assert!(by_officer(&with_delegation(), &by, end()).is_ok());
    }
    let delegate_himself = officer("cb-07");
    let colleague = officer("c").with("commune-chair", "05158");
    for by in [delegate_himself, colleague, administrator("05159"), administrator("05158-01")] {
        let refusal = || Err(not_appointed("administrator", "05158", DAY).into());
        assert_eq!(by_officer(&known(), &by, delegate()), refusal());
        assert_eq!(by_officer(&with_delegation(), &by, end()), refusal());
    }
}

#[test]
fn nobody_but_he_himself_is_let_do_other_things_so() {
    let command = || appoint("commune-chair", "05158", DAY, None);
    let refusal = Err(not_appointed("administrator", "05158", DAY).into());
    assert_eq!(by_officer(&known(), &chair(), command()), refusal);
}

#[test]
fn it_is_passed_on_to_somebody_known_and_not_to_oneself() {
    refused(&State::default(), delegate(), Refusal::Unknown);
    refused(&chair().state, delegate(), Refusal::DelegatedToSelf);
}

#[test]
fn roles_that_set_things_up_are_not_passed_on() {
    for name in [Role::ADMINISTRATOR, Role::REGISTRAR] {
        let of_both = chair().with(name, "05158");
        let command = delegated(name, "05158", FROM, Some(UNTIL));
        let answer = when_with(&known(), Actor::Operator, Some(&of_both), command);
        assert_eq!(answer, Err(Refusal::NotDelegable { role: role(name) }.into()));
    }
}

#[test]
fn a_delegation_has_an_end_not_before_its_beginning_and_not_before_today() {
    let term = |from: &str, until| delegated("commune-chair", "05158", from, until);
    for (from, until) in
        [(FROM, None), (FROM, Some("2026-03-09")), ("2026-02-01", Some("2026-02-28"))]
    {
        refused(&known(), term(from, until), Refusal::BadDelegation { from: day(from) });
    }
    assert!(by_operator(&known(), term(FROM, Some(FROM))).is_ok());
    assert!(by_operator(&known(), term("2026-02-01", Some(DAY))).is_ok());
}

#[test]
fn nobody_passes_on_what_he_does_not_have_on_the_first_day() {
    let not_his = |role_: &str, unit: &str, from: &str| {
        let (role, unit_code, date) = (role(role_), code(unit), day(from));
        let refusal = Refusal::NotAppointed { role, unit: unit_code, date };
        refused(&known(), delegated(role_, unit, from, Some("2027-12-31")), refusal);
    };
    not_his("commune-reviewer", "05158", FROM);
    not_his("commune-chair", "05159", FROM);
    not_his("commune-chair", "25", FROM);
    not_his("commune-chair", "05158", "2027-01-01");
    not_his("commune-chair", "05158", "2025-12-31");
    let below = delegated("commune-chair", "05158-01", FROM, Some(UNTIL));
    assert!(by_operator(&known(), below).is_ok());
    let refusal =
        Refusal::NotAppointed { role: role("commune-chair"), unit: code("05158"), date: day(FROM) };
    let answer = when_with(&known(), Actor::Operator, None, delegate());
    assert_eq!(answer, Err(refusal.into()));
}

#[test]
fn nor_what_was_passed_on_to_him() {
    let term = Period { from: day(FROM), until: Some(day(UNTIL)) };
    let (unit, on) = (code("05158"), day(DAY));
    let only_passed_on = Delegated { delegator: officer("x").id, unit, term, on, ..event() };
    let vice = officer("cb-01").told(only_passed_on);
    let refusal =
        Refusal::NotAppointed { role: role("commune-chair"), unit: code("05158"), date: day(FROM) };
    let answer = when_with(&known(), Actor::Operator, Some(&vice), delegate());
    assert_eq!(answer, Err(refusal.into()));
}

#[test]
fn the_same_power_is_passed_on_once_in_that_time() {
    let state = with_delegation();
    let term = |from: &str, until: &str| delegated("commune-chair", "05158", from, Some(until));
    for (from, until) in [(FROM, UNTIL), (UNTIL, "2026-04-30"), ("2026-03-01", FROM)] {
        let (role, unit) = (role("commune-chair"), code("05158"));
        refused(&state, term(from, until), Refusal::AlreadyDelegated { role, unit });
    }
    assert!(by_operator(&state, term("2026-03-21", "2026-04-30")).is_ok());
    assert!(by_operator(&state, term("2026-03-01", "2026-03-09")).is_ok());
    let below = delegated("commune-chair", "05158-01", FROM, Some(UNTIL));
    assert!(by_operator(&state, below).is_ok());
}

#[test]
fn a_unit_that_does_not_exist_is_refused() {
    let command = delegated("commune-chair", "99999", FROM, Some(UNTIL));
    refused(&known(), command, Refusal::UnknownUnit { unit: code("99999") });
}

#[test]
fn it_ends_before_its_time_on_the_day_before() {
    let mut state = with_delegation();
    let (delegator, role, unit) = (chair_code(), role("commune-chair"), code("05158"));
    let (from, on) = (day("2026-03-15"), day(DAY));
    let ended = DelegationEnded { delegator, role, unit, from, on };
    assert_eq!(by_operator(&state, end()), Ok(vec![ended.clone().into()]));
    state.evolve(&ended.into());
    assert!(holds_power(&state, "2026-03-14") && !holds_power(&state, "2026-03-15"));
    assert!(
        by_operator(&state, delegated("commune-chair", "05158", "2026-03-15", Some(UNTIL))).is_ok()
    );
}

#[test]
fn one_that_ends_before_it_began_never_was() {
    for from in ["2026-03-01", FROM] {
        let mut state = with_delegation();
        for event in by_operator(&state, end_from(from)).unwrap() {
            state.evolve(&event);
        }
        assert_eq!(state.delegations, []);
    }
}

#[test]
fn what_is_over_or_never_was_is_not_ended() {
    let refusal = |from: &str| {
        let (role, unit, date) = (role("commune-chair"), code("05158"), day(from));
        Refusal::NotDelegated { role, unit, date }
    };
    refused(&known(), end(), refusal("2026-03-15"));
    refused(&with_delegation(), end_from("2026-03-21"), refusal("2026-03-21"));
    assert!(by_operator(&with_delegation(), end_from(UNTIL)).is_ok());
    let mut ended = with_delegation();
    ended.evolve(&by_operator(&ended, end()).unwrap()[0]);
    refused(&ended, end(), refusal("2026-03-15"));
}
