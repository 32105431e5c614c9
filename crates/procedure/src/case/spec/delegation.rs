//! Acting in another's place: for his term and his office, and answering for both.

use super::full::{leader, object, posted};
use super::*;
use crate::officer::Relation;

const CHAIR: (&str, &str) = ("commune-chair", "05158");
const REVIEWER: (&str, &str) = ("hamlet-reviewer", "05158-01");
const NOVEMBER: [&str; 2] = ["2026-11-10", "2026-11-30"];

fn vice() -> Officer {
    officer("vice").in_place_of(&chair(), CHAIR, NOVEMBER)
}

/// At the decision, with the vice at work; the chair is as the context knows him.
fn absent(chair: Officer) -> Scene {
    at_decision(CLAIMED).with_delegators([chair]).by(vice())
}

fn acts() -> [Command; 4] {
    [Command::Claim, recognise("2026-11-20"), refuse("2026-11-20"), send_back()]
}

/// Who did it, in whose place.
fn hands(event: &Event) -> (OfficerId, Option<OfficerId>) {
    match event {
        Event::StepCompleted(event) => (event.by.unwrap(), event.in_place_of),
        Event::ReturnedForSupplement(event) => (event.by, event.in_place_of),
        Event::Supplemented(event) => (event.by, event.in_place_of),
        Event::TitleRecognised(event) => (event.by, event.in_place_of),
        Event::RecognitionRefused(event) => (event.by, event.in_place_of),
        other => panic!("{other:?}"),
    }
}

fn last_hands(events: &[Event]) -> (OfficerId, Option<OfficerId>) {
    hands(events.last().unwrap())
}

fn clash(step: &str, earlier: &str) -> Refusal {
    Refusal::StepsNotSeparate { step: step.parse().unwrap(), earlier: earlier.parse().unwrap() }
}

#[test]
fn the_delegate_acts_and_the_event_names_both() {
    let both = (vice().id, Some(chair().id));
    for command in [recognise("2026-11-20"), refuse("2026-11-20"), send_back()] {
        assert_eq!(last_hands(&absent(chair()).when(command).happens()), both);
    }
    let case = absent(chair()).and(Command::Claim);
    assert_eq!(case.state.holder(), Some(vice().id));
}

#[test]
fn so_does_who_enters_or_reviews_in_anothers_place() {
    let days = ["2026-03-01", "2026-12-31"];
    let entering = officer("e").in_place_of(&recorder(), ("hamlet-recorder", "05158-01"), days);
    let case = given().with_delegators([recorder(), reviewer()]).by(entering.clone());
    let case = case.and(register()).on("2026-03-10");
    let both = (entering.id, Some(recorder().id));
    assert_eq!(last_hands(&case.when(self_assess(CLAIMED)).happens()), both);
    let reviewing = officer("r").in_place_of(&reviewer(), REVIEWER, days);
    let case = case.and(self_assess(CLAIMED)).by(reviewing.clone());
    let events = case.when(review(CLAIMED)).happens();
    assert_eq!(last_hands(&events), (reviewing.id, Some(reviewer().id)));
    let case = case.and(send_back()).by(entering);
    assert_eq!(last_hands(&case.when(supplement("2a", 24)).happens()), both);
}

#[test]
fn from_the_first_day_of_the_term_to_the_last() {
    for day in NOVEMBER {
        absent(chair()).on(day).when(recognise(day)).happens();
    }
    for day in ["2026-11-09", "2026-12-01"] {
        for command in acts() {
            let refusal = not_appointed("commune-chair", "05158", day);
            absent(chair()).on(day).when(command).refused(refusal);
        }
    }
}

#[test]
fn no_longer_than_the_office_of_whom_he_stands_in_for() {
    let relieved = || chair().relieved("commune-chair", "05158", "2026-11-20");
    absent(relieved()).on("2026-11-19").when(recognise("2026-11-19")).happens();
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    for command in acts() {
        absent(relieved()).when(command).refused(refusal.clone());
    }
    let nobody_known = at_decision(CLAIMED).by(vice());
    nobody_known.when(recognise("2026-11-20")).refused(refusal);
}

#[test]
fn not_after_the_delegation_was_ended() {
    let ended = vice().told(officer::DelegationEnded {
        delegator: chair().id,
        role: CHAIR.0.parse().unwrap(),
        unit: CHAIR.1.parse().unwrap(),
        from: date("2026-11-20"),
        on: date("2026-11-12"),
    });
    let case = absent(chair()).by(ended);
    case.clone().on("2026-11-19").when(recognise("2026-11-19")).happens();
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    case.when(recognise("2026-11-20")).refused(refusal);
}

#[test]
fn over_the_place_and_in_the_role_that_was_passed_on() {
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    let elsewhere = chair().with("commune-chair", "05159").with("commune-reviewer", "05158");
    for power in
        [("commune-chair", "05159"), ("commune-chair", "05158-01"), ("commune-reviewer", "05158")]
    {
        let vice = officer("vice").in_place_of(&elsewhere, power, NOVEMBER);
        let case = absent(elsewhere.clone()).by(vice);
        case.when(recognise("2026-11-20")).refused(refusal.clone());
    }
    let of_province = officer("chair").with("commune-chair", "25");
    let vice = officer("vice").in_place_of(&of_province, CHAIR, NOVEMBER);
    absent(of_province).by(vice).when(recognise("2026-11-20")).happens();
}

#[test]
fn the_interests_of_both_count() {
    for relation in Relation::ALL {
        for command in acts() {
            let own = chair().owning(family(), *relation);
            let refusal = Refusal::OwnSubject { officer: own.id };
            absent(own).when(command.clone()).refused(refusal);
            let own = vice().owning(family(), *relation);
            let refusal = Refusal::OwnSubject { officer: own.id };
            absent(chair()).by(own).when(command).refused(refusal);
        }
    }
}

#[test]
fn the_earlier_steps_of_both_count() {
    for command in acts() {
        let reviewed = association().in_place_of(&chair(), CHAIR, NOVEMBER);
        let refusal = clash("decision", "commune_review");
        absent(chair()).by(reviewed).when(command.clone()).refused(refusal.clone());
        let both = association().with("commune-chair", "05158");
        let vice = officer("vice").in_place_of(&both, CHAIR, NOVEMBER);
        absent(both).by(vice).when(command).refused(refusal);
    }
}

#[test]
fn what_he_did_counts_for_both_afterwards() {
    let days = ["2026-05-01", "2026-12-31"];
    let deputy = || officer("deputy").in_place_of(&reviewer(), REVIEWER, days);
    let case = at_hamlet_review().with_delegators([reviewer()]).by(deputy()).and(review(CLAIMED));
    assert!(case.state.taken.iter().any(|(_, by)| *by == reviewer().id));
    for by in [deputy(), reviewer()] {
        let by = by.with("commune-reviewer", "05158");
        let refusal = clash("commune_review", "hamlet_review");
        case.clone().by(by).when(review(CLAIMED)).refused(refusal);
    }
    case.by(association()).when(review(CLAIMED)).happens();
}

#[test]
fn what_was_passed_on_is_not_passed_on_again() {
    let third = officer("third").in_place_of(&vice(), CHAIR, NOVEMBER);
    let case = at_decision(CLAIMED).with_delegators([vice(), chair()]).by(third);
    for command in acts() {
        let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
        case.when(command).refused(refusal);
    }
}

#[test]
fn ones_own_office_comes_first() {
    let second = vice().with("commune-chair", "05158");
    let events = absent(chair()).by(second.clone()).when(recognise("2026-11-20")).happens();
    assert_eq!(last_hands(&events), (second.id, None));
}

#[test]
fn where_one_right_is_barred_another_may_serve() {
    let own = chair().owning(family(), Relation::Clan);
    let other = officer("other").with("commune-chair", "25");
    let by = vice().in_place_of(&other, CHAIR, NOVEMBER);
    let case = at_decision(CLAIMED).with_delegators([own, other.clone()]).by(by.clone());
    let events = case.when(recognise("2026-11-20")).happens();
    assert_eq!(last_hands(&events), (by.id, Some(other.id)));
}

#[test]
fn a_decision_bears_a_day_of_the_same_delegation() {
    absent(chair()).when(recognise("2026-11-10")).happens();
    let before = not_appointed("commune-chair", "05158", "2026-11-09");
    absent(chair()).when(recognise("2026-11-09")).refused(before.clone());
    absent(chair()).when(refuse("2026-11-09")).refused(before);
}

/// The vice stood in for the old chair until 14 November, and stands in for the new one.
fn between_two(old: Officer) -> Scene {
    let new = officer("new").for_term("commune-chair", "05158", "2026-11-15", None);
    let vice = officer("vice").in_place_of(&old, CHAIR, ["2026-11-01", "2026-11-14"]).in_place_of(
        &new,
        CHAIR,
        ["2026-11-15", "2026-11-30"],
    );
    at_decision(CLAIMED).with_delegators([old, new]).by(vice)
}

#[test]
fn nobody_signs_in_a_place_where_he_did_not_stand_on_that_day() {
    let old =
        || officer("old").for_term("commune-chair", "05158", "2026-01-01", Some("2026-11-14"));
    let refusal = not_appointed("commune-chair", "05158", "2026-11-14");
    between_two(old()).when(recognise("2026-11-14")).refused(refusal.clone());
    between_two(old()).when(recognise("2026-11-15")).happens();
    // Or he could sign for the very one whose own it was.
    let own = old().owning(family(), Relation::Household);
    between_two(own).when(recognise("2026-11-14")).refused(refusal.clone());
    let risen = vice().for_term("commune-chair", "05158", "2026-11-15", None);
    let gone = chair().relieved("commune-chair", "05158", "2026-11-15");
    absent(gone).by(risen).when(recognise("2026-11-14")).refused(refusal);
}

#[test]
fn setting_things_up_is_not_passed_on() {
    let administrator = officer("a").with("administrator", "05158");
    let power = ("administrator", "05158");
    let deputy = officer("deputy").in_place_of(&administrator, power, ["2026-01-01", "2026-12-31"]);
    let case = at_hamlet_review().and(Command::Claim).with_delegators([administrator]).by(deputy);
    let refusal = Refusal::HeldByOther { holder: reviewer().id };
    case.when(Command::Release).refused(refusal);
}

#[test]
fn who_stands_in_for_nobody_in_office_is_told_nothing() {
    let days = ["2026-05-01", "2026-05-31"];
    let deputy = || officer("d").in_place_of(&leader(), ("hamlet-leader", "05158-01"), days);
    let by_deputy = posted().with_delegators([leader()]).by(deputy());
    by_deputy.when(object()).happens();
    let relieved = leader().relieved("hamlet-leader", "05158-01", "2026-05-12");
    let refusal = not_appointed("hamlet-leader", "05158-01", "2026-05-12");
    posted().with_delegators([relieved]).by(deputy()).when(object()).refused(refusal.clone());
    posted().by(deputy()).when(object()).refused(refusal);
}
