//! Return and supplement: the case waits for its subject and comes back to be reviewed.

use super::*;

#[test]
fn the_case_comes_back_to_the_same_step_and_forgets_its_holder() {
    let case = at_commune_review().and(Command::Claim).and(send_back()).by(recorder());
    assert!(matches!(case.state.phase, Phase::Returned { .. }));
    let case = case.and(supplement("2a", 30));
    let next = turn("commune_review", "commune-reviewer", "05158");
    assert_eq!(case.state.phase, Phase::Open { turn: next, holder: None });
    assert_eq!(case.state.claimed(&"2a".parse().unwrap()), Some(30));
    assert_eq!(case.state.claimed(&"1a".parse().unwrap()), Some(40));
}

#[test]
fn the_total_is_that_of_all_lines() {
    let events = returned().when(supplement("2a", 30)).happens();
    let [Event::Supplemented(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.total, event.lines.len()), (95, 3));
}

#[test]
fn returns_are_counted() {
    let mut case = returned();
    for points in [10, 11, 12] {
        case = case.by(recorder()).and(supplement("2a", points)).by(reviewer()).and(send_back());
    }
    assert_eq!(case.state.returns, 4);
}

#[test]
fn what_changes_nothing_is_no_supplement() {
    returned().when(supplement("2a", 25)).refused(Refusal::NothingSupplemented);
    returned().when(supplements(vec![])).refused(Refusal::NothingSupplemented);
}

#[test]
fn a_supplement_keeps_to_the_rules_of_a_self_assessment() {
    let indicator = || "2a".parse().unwrap();
    let above = Refusal::PointsAboveMaximum { indicator: indicator(), points: 31, maximum: 30 };
    returned().when(supplement("2a", 31)).refused(above);
    let unknown = Refusal::UnknownIndicator { indicator: "9z".parse().unwrap() };
    returned().when(supplement("9z", 1)).refused(unknown);
    let lines = vec![claim_line("2a", 1), claim_line("2a", 2)];
    let twice = Refusal::IndicatorTwice { indicator: indicator() };
    returned().when(supplements(lines)).refused(twice);
    let mut bare = claim_line("1b", 20);
    bare.evidence.clear();
    let missing = Refusal::EvidenceMissing { indicator: "1b".parse().unwrap() };
    returned().when(supplements(vec![bare])).refused(missing);
}

#[test]
fn nothing_else_happens_while_the_case_waits() {
    for command in [Command::Claim, Command::Release, review(CLAIMED), send_back()] {
        returned().by(reviewer()).when(command).refused(Refusal::AwaitingSupplement);
    }
    returned().when(self_assess(CLAIMED)).refused(Refusal::AwaitingSupplement);
}

#[test]
fn nobody_supplements_what_was_not_asked_for() {
    at_hamlet_review()
        .by(recorder())
        .when(supplement("2a", 30))
        .refused(Refusal::NoSupplementAsked);
}

#[test]
fn only_known_indicators_are_asked_for_and_each_once() {
    let ask = |ids: &[&str]| Command::Return {
        reason: words("why"),
        indicators: ids.iter().map(|id| id.parse().unwrap()).collect(),
    };
    at_hamlet_review().when(ask(&["1a", "2a"])).happens();
    let unknown = Refusal::UnknownIndicator { indicator: "9z".parse().unwrap() };
    at_hamlet_review().when(ask(&["1a", "9z"])).refused(unknown);
    let twice = Refusal::IndicatorTwice { indicator: "1a".parse().unwrap() };
    at_hamlet_review().when(ask(&["1a", "1a"])).refused(twice);
}

#[test]
fn what_the_authority_returned_is_reviewed_again_by_the_last_review_before_it() {
    let case = at_decision([10, 10, 10]).and(send_back()).by(recorder()).and(supplement("2a", 30));
    assert_eq!(case.state.turn(), Some(&turn("commune_review", "commune-reviewer", "05158")));
    let case = case.by(association()).and(review_of([40, 25, 30], [40, 25, 30]));
    let case = case.by(chair()).on("2026-11-21");
    assert_eq!(case.state.turn(), Some(&turn("decision", "commune-chair", "05158")));
    case.when(recognise("2026-11-21")).happens();
}

#[test]
fn who_spoke_for_the_subject_is_kept() {
    let spoken = |lines| Command::Supplement { lines, declarant: Some(words("a name")) };
    let events = returned().when(spoken(vec![claim_line("2a", 30)])).happens();
    let [Event::Supplemented(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.declarant, Some(words("a name")));
}

#[test]
fn the_subject_supplements_its_own_case_and_strangers_do_not() {
    let head = officer("head").owning(family(), officer::Relation::Household);
    returned().by(head).when(supplement("2a", 30)).happens();
    let refusal = not_appointed("hamlet-recorder", "05158-01", "2026-05-20");
    returned().by(chair()).when(supplement("2a", 30)).refused(refusal);
}
