//! Taking a title back: by whom, by what, and from which day.

use super::*;
use crate::officer::Relation;

/// Recognised on 20 November 2026, until 19 November 2027; the chair is at work on 10 March.
fn titled() -> Scene {
    at_decision(CLAIMED).and(recognise("2026-11-20")).on("2027-03-10")
}

fn revoke_by(decision: DecisionReference, from: &str) -> Command {
    Command::Revoke { decision, from: date(from), ground: words("points bought") }
}

fn revoke() -> Command {
    revoke_by(bearing("2027-03-08"), "2027-03-09")
}

fn revoked() -> Scene {
    titled().and(revoke())
}

#[test]
fn the_authority_takes_a_title_back() {
    titled().when(revoke()).then([TitleRevoked {
        decision: bearing("2027-03-08"),
        ground: words("points bought"),
        from: date("2027-03-09"),
        by: chair().id,
        in_place_of: None,
        on: date("2027-03-10"),
    }
    .into()]);
    let in_force = revoked().state.title_in_force().unwrap();
    assert_eq!(in_force, Period { from: date("2026-11-20"), until: Some(date("2027-03-08")) });
}

#[test]
fn from_a_day_of_its_time() {
    for day in ["2026-11-20", "2027-03-10", "2027-11-19"] {
        titled().when(revoke_by(bearing("2027-03-08"), day)).happens();
    }
    for day in ["2026-11-19", "2027-11-20"] {
        let refusal = Refusal::BadRevocation { from: date(day), earliest: date("2026-11-20") };
        titled().when(revoke_by(bearing("2027-03-08"), day)).refused(refusal);
    }
}

#[test]
fn by_a_decision_of_a_day_from_its_recognition_until_today() {
    for day in ["2026-11-20", "2027-03-10"] {
        titled().when(revoke_by(bearing(day), "2027-03-09")).happens();
    }
    for day in ["2026-11-19", "2027-03-11"] {
        let (earliest, latest) = (date("2026-11-20"), date("2027-03-10"));
        let refusal = Refusal::BadDecisionDate { date: date(day), earliest, latest };
        titled().when(revoke_by(bearing(day), "2027-03-09")).refused(refusal);
    }
    let unnumbered = DecisionReference { number: " ".to_string(), ..bearing("2027-03-08") };
    let refusal = Refusal::BadDecisionNumber { number: " ".to_string() };
    titled().when(revoke_by(unnumbered, "2027-03-09")).refused(refusal);
}

#[test]
fn once_and_not_after_it_lapsed() {
    revoked().when(revoke()).refused(Refusal::TitleEnded { from: date("2027-03-09") });
    let lapsed = titled().on("2027-11-20").after(Routine::Lapse);
    let late = revoke_by(bearing("2027-11-20"), "2027-11-19");
    lapsed.when(late).refused(Refusal::TitleEnded { from: date("2027-11-20") });
}

#[test]
fn only_what_there_is() {
    let command = || revoke_by(bearing("2026-11-20"), "2026-11-20");
    at_decision(CLAIMED).when(command()).refused(Refusal::NotRecognised);
    let refused = at_decision(CLAIMED).and(refuse("2026-11-20"));
    refused.when(command()).refused(Refusal::NotRecognised);
    given().by(chair()).when(command()).refused(Refusal::Unknown);
}

#[test]
fn by_who_decides_then_and_has_no_interest() {
    let refusal = not_appointed("commune-chair", "05158", "2027-03-10");
    for by in [association(), recorder(), officer("c").with("commune-chair", "05159")] {
        titled().by(by).when(revoke()).refused(refusal.clone());
    }
    let own = chair().owning(family(), Relation::Clan);
    let refusal = Refusal::OwnSubject { officer: own.id };
    titled().by(own).when(revoke()).refused(refusal);
    let (step, earlier) = ("decision".parse().unwrap(), "commune_review".parse().unwrap());
    let both = association().with("commune-chair", "05158");
    titled().by(both).when(revoke()).refused(Refusal::StepsNotSeparate { step, earlier });
    let new = officer("n").for_term("commune-chair", "05158", "2027-03-09", None);
    let refusal = not_appointed("commune-chair", "05158", "2027-03-08");
    titled().by(new).when(revoke()).refused(refusal);
}

#[test]
fn in_anothers_place_on_the_day_and_today() {
    let vice = |until| {
        let days = ["2027-03-08", until];
        officer("vice").in_place_of(&chair(), ("commune-chair", "05158"), days)
    };
    let case = titled().with_delegators([chair()]);
    let events = case.clone().by(vice("2027-03-10")).when(revoke()).happens();
    let [Event::TitleRevoked(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.in_place_of, Some(chair().id));
    let over = not_appointed("commune-chair", "05158", "2027-03-10");
    case.clone().by(vice("2027-03-09")).when(revoke()).refused(over);
    let before = not_appointed("commune-chair", "05158", "2027-03-07");
    let early = revoke_by(bearing("2027-03-07"), "2027-03-09");
    case.by(vice("2027-03-10")).when(early).refused(before);
}

#[test]
fn a_revocation_bears_no_decision_over_many_cases() {
    let decision = DecisionReference {
        id: Some(crate::name::DecisionId(uuid::Uuid::from_u128(1))),
        ..bearing("2027-03-08")
    };
    let events = titled().when(revoke_by(decision, "2027-03-09")).happens();
    let [Event::TitleRevoked(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.decision.id, None);
}
