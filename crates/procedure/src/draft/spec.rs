//! Given a draft about a case, when somebody keeps it or lets it go, then an event, a refusal, or
//! nothing.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::{Actor, Refusal as Nobody};
use crate::case::spec::{
    Officer, Scene, at_hamlet_review, date, family, given, not_appointed, officer, recorder,
    registered, reviewer, withdraw, words,
};
use crate::case::{self};
use crate::name::{CaseId, SubjectId};
use crate::officer::Relation;
use crate::title::Title;

type Answer = Result<Vec<Event>, Refused>;

const DAY: &str = "2026-03-01";

fn about() -> CaseId {
    CaseId::of(Title::Family, family(), 2026)
}

fn shared() -> DraftOf {
    DraftOf::shared(about(), "self-assessment".parse().unwrap())
}

fn own(by: &Officer) -> DraftOf {
    DraftOf::own(about(), "review".parse().unwrap(), by.id)
}

fn save(content: &str) -> Command {
    Command::Save { content: words(content) }
}

fn saved(of: &DraftOf, content: &str, by: &Officer) -> DraftSaved {
    let (form, content) = (of.form.clone(), words(content));
    DraftSaved { about: of.case, form, by: by.id, content, on: date(DAY) }
}

fn holding(content: &str, by: &Officer) -> State {
    State { saved: Some(saved(&shared(), content, by)) }
}

fn when_of(
    of: &DraftOf,
    state: &State,
    (scene, actor): (&Scene, Actor<'_>),
    act: Command,
) -> Answer {
    scene.told(actor, scene.today, |around| {
        state.decide(act, &Context { of, case: &scene.state, around: *around })
    })
}

fn when(state: &State, by: &Officer, act: Command) -> Answer {
    let scene = registered();
    when_of(&shared(), state, (&scene, scene.actor(by)), act)
}

#[test]
fn what_stands_in_the_form_is_kept_and_then_what_stands_in_it_later() {
    let first = saved(&shared(), "one", &recorder());
    assert_eq!(when(&State::default(), &recorder(), save("one")), Ok(vec![first.clone().into()]));
    let mut state = State::default();
    state.evolve(&first.clone().into());
    assert_eq!(state.saved, Some(first));
    let second = saved(&shared(), "two", &reviewer());
    assert_eq!(when(&state, &reviewer(), save("two")), Ok(vec![second.into()]));
}

#[test]
fn the_same_content_again_changes_nothing() {
    assert_eq!(when(&holding("one", &recorder()), &reviewer(), save("one")), Ok(vec![]));
}

#[test]
fn it_is_let_go_once_and_can_be_begun_anew() {
    let mut state = holding("one", &recorder());
    let gone = DraftDiscarded { on: date(DAY) };
    assert_eq!(when(&state, &reviewer(), Command::Discard), Ok(vec![gone.clone().into()]));
    state.evolve(&gone.into());
    assert_eq!(state, State::default());
    assert_eq!(when(&state, &reviewer(), Command::Discard), Ok(vec![]));
    assert!(when(&state, &recorder(), save("one")).is_ok_and(|events| events.len() == 1));
}

#[test]
fn it_is_the_business_of_who_has_to_do_with_the_case() {
    let (state, child) = (holding("one", &recorder()), officer("child"));
    for act in [save("two"), Command::Discard] {
        let owner = child.clone().owning(family(), Relation::Household);
        assert!(when(&state, &owner, act.clone()).is_ok());
        let stranger = child.clone().owning(SubjectId::of_code("another"), Relation::Household);
        let neighbour = child.clone().with("hamlet-recorder", "05158-02");
        for by in [stranger, neighbour] {
            let refusal = not_appointed("hamlet-recorder", "05158-01", DAY);
            assert_eq!(when(&state, &by, act.clone()), Err(refusal.into()));
        }
    }
}

#[test]
fn only_officers_keep_drafts_and_only_about_cases() {
    for act in [save("one"), Command::Discard] {
        for actor in [Actor::Operator, Actor::Program] {
            let answer = when_of(&shared(), &State::default(), (&registered(), actor), act.clone());
            assert_eq!(answer, Err(Nobody::NotAnOfficer.into()));
        }
        let (scene, by) = (given(), recorder());
        let answer = when_of(&shared(), &State::default(), (&scene, scene.actor(&by)), act);
        assert_eq!(answer, Err(case::Refusal::Unknown.into()));
    }
}

#[test]
fn about_a_closed_case_a_draft_is_only_let_go() {
    let (scene, by) = (registered().and(withdraw()), recorder());
    let ask = |act| when_of(&shared(), &holding("one", &by), (&scene, scene.actor(&by)), act);
    assert_eq!(ask(save("two")), Err(case::Refusal::Closed.into()));
    assert_eq!(ask(Command::Discard).map(|events| events.len()), Ok(1));
}

#[test]
fn a_draft_of_ones_own_is_nobody_elses() {
    let (scene, of) = (at_hamlet_review(), own(&reviewer()));
    let ask = |by: &Officer, act| when_of(&of, &State::default(), (&scene, scene.actor(by)), act);
    let kept = DraftSaved { on: scene.today, ..saved(&of, "one", &reviewer()) };
    assert_eq!(ask(&reviewer(), save("one")), Ok(vec![kept.into()]));
    for act in [save("one"), Command::Discard] {
        let refusal = Refusal::OfAnother { officer: reviewer().id };
        assert_eq!(ask(&recorder(), act), Err(refusal.into()));
    }
}

#[test]
fn each_form_of_a_case_has_one_draft_and_each_reviewer_his_own() {
    let review = own(&reviewer());
    assert_eq!(shared().id(), shared().id());
    let others = [
        review.id(),
        own(&recorder()).id(),
        DraftOf::shared(about(), review.form.clone()).id(),
        DraftOf::shared(CaseId::of(Title::Family, family(), 2027), shared().form).id(),
    ];
    assert!(!others.contains(&shared().id()));
    assert!(!others[1..].contains(&review.id()));
    let pinned = "e6c781b5-1d85-542b-a320-82e3c69b9a4b";
    assert_eq!(shared().id().to_string(), pinned, "a changed id would orphan stored drafts");
}
