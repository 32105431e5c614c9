//! The beginning of a draft, and its end without a signature.

use super::*;

#[test]
fn a_draft_says_what_for_and_who_signs() {
    let event = DecisionDrafted {
        procedure: "family.test".parse().unwrap(),
        title: Title::Family,
        year: 2026,
        unit: "05158".parse().unwrap(),
        role: "commune-chair".parse().unwrap(),
        by: association().id,
        on: date("2026-11-10"),
    };
    given().then(draft(), event);
    let state = drafted().state;
    assert_eq!(state.phase, Phase::Draft);
    let kept = state.drafted.unwrap();
    assert_eq!((kept.year, kept.role.as_str(), kept.by), (2026, "commune-chair", association().id));
    assert_eq!((kept.unit.as_str(), kept.on), ("05158", date("2026-11-10")));
}

#[test]
fn nothing_is_done_with_what_was_not_drafted() {
    let day = "2026-11-10";
    let desk = given().by(chair());
    for command in [list([1]), take_off(1), sign(day), discard(), correct(day, None), cancel(day)] {
        desk.refused(command, Refusal::Unknown);
    }
}

#[test]
fn a_decision_is_drafted_once() {
    for desk in [drafted(), listed(), signed(), discarded(), cancelled()] {
        desk.refused(draft(), Refusal::AlreadyDrafted);
    }
}

#[test]
fn a_draft_is_for_a_unit_of_the_level_that_decides() {
    let everywhere = officer("o").with("commune-chair", "VN").with("hamlet-reviewer", "VN");
    let paths: [&[&str]; 3] = [&["VN"], &["VN", "25"], &PLACE];
    for path in paths {
        let unit = path.last().unwrap();
        let refusal = Refusal::WrongLevel { unit: unit.parse().unwrap() };
        given().by(everywhere.clone()).at(path).refused(draft_for(unit), refusal);
    }
    given().by(everywhere).happens(draft());
}

#[test]
fn a_draft_is_for_a_unit_that_exists() {
    let refusal = || Refusal::WrongLevel { unit: "05159".parse().unwrap() };
    given().refused(draft_for("05159"), refusal());
    given().at(&[]).refused(draft_for("05159"), refusal());
}

#[test]
fn a_draft_is_given_up_for_a_reason_and_only_once() {
    let (by, on) = (chair().id, date("2026-11-20"));
    let event = DecisionDiscarded { reason: words("begun by mistake"), by, on };
    listed().then(discard(), event);
    let desk = discarded();
    assert_eq!(desk.state.phase, Phase::Discarded { reason: words("begun by mistake") });
    assert_eq!(desk.state.signed(), None);
    desk.refused(discard(), Refusal::Discarded);
    signed().refused(discard(), Refusal::AlreadySigned);
    cancelled().refused(discard(), Refusal::Cancelled);
}
