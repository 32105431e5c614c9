//! Given an edition, when somebody publishes or retires it, then events, a refusal, or nothing.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::Actor;
use crate::case::spec::{Officer, date, not_appointed, officer, sample};
use crate::definition::Definition;
use crate::text::Digest;

const DAY: &str = "2026-03-01";

fn digest(digit: &str) -> Digest {
    digit.repeat(64).try_into().unwrap()
}

fn publish_as(definition: Definition, digit: &str) -> Command {
    Command::Publish { definition: Box::new(definition), digest: digest(digit) }
}

fn publish() -> Command {
    publish_as(sample::definition(), "a")
}

fn administrator() -> Officer {
    officer("administrator").with("administrator", "VN")
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

fn refused(state: &State, command: Command, refusal: impl Into<Refused>) {
    assert_eq!(when(state, &administrator(), command), Err(refusal.into()));
}

#[test]
fn a_sound_definition_is_published_with_its_digest() {
    let published = ProcedurePublished {
        definition: Box::new(sample::definition()),
        digest: digest("a"),
        on: date(DAY),
    };
    assert_eq!(when(&State::default(), &administrator(), publish()), Ok(vec![published.into()]));
    let (definition, kept) = given([publish()]).published.unwrap();
    assert_eq!((&*definition, kept), (&sample::definition(), digest("a")));
}

#[test]
fn the_same_again_is_quiet() {
    assert_eq!(when(&given([publish()]), &administrator(), publish()), Ok(vec![]));
}

#[test]
fn other_content_under_the_same_id_is_refused() {
    let refusal = Refusal::ContentDiffers { procedure: "family.test".parse().unwrap() };
    let mut other = sample::definition();
    other.outcome.minimum_total.as_mut().unwrap().value = 49;
    refused(&given([publish()]), publish_as(other, "b"), refusal);
}

#[test]
fn what_the_linter_finds_keeps_a_definition_out() {
    let mut unsound = sample::definition();
    unsound.separation.clear();
    let refusal = when(&State::default(), &administrator(), publish_as(unsound, "b")).unwrap_err();
    let Refused::Edition(Refusal::NotSound { procedure, findings, first }) = refusal else {
        panic!("{refusal}")
    };
    assert_eq!(procedure.as_str(), "family.test");
    assert!(findings >= 1 && first.starts_with("separation: "), "{findings}: {first}");
}

#[test]
fn an_edition_is_retired_from_today_and_only_once() {
    let retired = vec![ProcedureRetired { on: date(DAY) }.into()];
    assert_eq!(when(&given([publish()]), &administrator(), Command::Retire), Ok(retired));
    let state = given([publish(), Command::Retire]);
    assert_eq!(state.retired, Some(date(DAY)));
    assert_eq!(when(&state, &administrator(), Command::Retire), Ok(vec![]));
    assert!(state.published.is_some(), "cases under it still need it");
}

#[test]
fn what_was_not_published_is_not_retired() {
    refused(&State::default(), Command::Retire, Refusal::Unknown);
}

#[test]
fn law_is_published_for_the_nation_by_who_administers_it() {
    let province = officer("o").with("administrator", "25");
    let registrar = officer("o").with("registrar", "VN");
    let former = officer("o").for_term("administrator", "VN", "2026-01-01", Some("2026-02-28"));
    for by in [province, registrar, former] {
        let refusal = not_appointed("administrator", "VN", DAY);
        for command in [publish(), Command::Retire] {
            let state = given([publish()]);
            assert_eq!(when(&state, &by, command), Err(refusal.clone().into()));
        }
    }
    let operator = Context { actor: Actor::Operator, today: date(DAY) };
    assert!(State::default().decide(publish(), &operator).is_ok());
}
