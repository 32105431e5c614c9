//! How an officer signs in: his password, and the end of his sessions.

use uuid::Uuid;

use super::*;
use crate::case::spec::not_appointed;

pub(super) fn set(verifier: &str) -> Command {
    Command::SetPassword { verifier: words(verifier) }
}

pub(super) fn end(session: u128) -> Command {
    Command::EndSession { session: Uuid::from_u128(session) }
}

fn with_password() -> State {
    given([enrol_in("05158"), set("a")])
}

/// The session, ended on a day.
fn ended(session: u128, on: &str) -> Event {
    SessionEnded { session: Uuid::from_u128(session), on: day(on) }.into()
}

fn everything() -> [Command; 3] {
    [set("b"), end(1), Command::EndSessions]
}

#[test]
fn a_password_is_set_and_the_last_one_counts() {
    assert_eq!(known().password, None);
    let event = PasswordSet { verifier: words("a"), on: day(DAY) };
    assert_eq!(when(&known(), set("a")), Ok(vec![event.into()]));
    let state = given([enrol_in("05158"), set("a"), set("b")]);
    assert_eq!(state.password, Some(words("b")));
}

#[test]
fn a_session_counts_until_it_ends() {
    let state = given([enrol_in("05158"), set("a"), end(1)]);
    let epoch = with_password().session_epoch;
    assert_eq!(state.session_epoch, epoch);
    let counts = |session: u128| state.session_counts(epoch, Uuid::from_u128(session));
    assert_eq!((counts(1), counts(2)), (false, true));
    assert_eq!(when(&state, end(1)), Ok(vec![]));
    assert_eq!(when(&state, end(2)), Ok(vec![ended(2, DAY)]));
}

#[test]
fn all_sessions_end_at_once_and_with_a_new_password() {
    let before = given([enrol_in("05158"), set("a"), end(1)]);
    for command in [Command::EndSessions, set("b"), set("a")] {
        let mut state = before.clone();
        for event in when(&state, command).unwrap() {
            state.evolve(&event);
        }
        let session = Uuid::from_u128(2);
        assert!(!state.session_counts(before.session_epoch, session));
        assert!(state.session_counts(before.session_epoch + 1, session));
        assert!(state.ended_sessions.is_empty());
    }
}

#[test]
fn nobody_who_is_not_known_has_a_session() {
    assert!(!State::default().session_counts(0, Uuid::from_u128(1)));
}

#[test]
fn ended_sessions_are_remembered_for_longer_than_any_lives() {
    let mut state = with_password();
    state.evolve(&ended(1, "2026-02-26"));
    state.evolve(&ended(2, "2026-02-27"));
    state.evolve(&ended(3, DAY));
    let left: Vec<_> = state.ended_sessions.keys().map(|session| session.as_u128()).collect();
    assert_eq!(left, [2, 3]);
}

#[test]
fn an_officer_settles_it_himself_wherever_he_is_appointed() {
    let himself = officer("cb-07");
    let over = given([enrol_in("05158"), appoint("province-chair", "25", "2026-01-01", None)]);
    for state in [known(), over] {
        for command in everything() {
            assert_eq!(when_by(&state, &himself, command).unwrap().len(), 1);
        }
    }
    // That does not reach beyond it.
    let refusal = || Err(not_appointed("administrator", "05158", DAY).into());
    for command in [declare(), tokens::issue("a", DAY), appoint("registrar", "05158", DAY, None)] {
        assert_eq!(when_by(&known(), &himself, command), refusal());
    }
}

#[test]
fn an_administrator_does_where_he_administers_all_that_the_officer_may_do() {
    let state =
        |unit: &str| given([enrol_in("05158"), appoint("reviewer", unit, "2026-01-01", None)]);
    for command in everything() {
        for (administers, over) in [("05158", "05158-01"), ("25", "05159"), ("VN", "VN")] {
            let by = administrator(administers);
            assert!(when_by(&state(over), &by, command.clone()).is_ok(), "{administers} {over}");
        }
        for (administers, over) in [("05158", "25"), ("05158", "05159"), ("25", "VN")] {
            let by = administrator(administers);
            let refusal = Err(not_appointed("administrator", over, DAY).into());
            assert_eq!(when_by(&state(over), &by, command.clone()), refusal);
        }
    }
}

#[test]
fn nobody_else_does() {
    let other = officer("cb-08").with("commune-chair", "05158");
    for by in [administrator("05159"), other, officer("nobody")] {
        for command in everything() {
            let refusal = Err(not_appointed("administrator", "05158", DAY).into());
            assert_eq!(when_by(&with_password(), &by, command), refusal);
        }
    }
    let path = path("05158");
    let result = known().decide(set("a"), &context(Actor::Program, &path));
    assert_eq!(result, Err(crate::actor::Refusal::NotAnOfficer.into()));
}
