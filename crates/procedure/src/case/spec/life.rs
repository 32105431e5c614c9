//! A whole life, event by event, from registration to a title in force.

use super::*;
use crate::date::Period;
use crate::title::Title;

fn claims(points: [i64; 3]) -> Vec<Claim> {
    let Command::SelfAssess { lines, .. } = self_assess(points) else { return vec![] };
    let claim = |line: ClaimInput| Claim {
        indicator: line.indicator,
        points: u16::try_from(line.points).unwrap(),
        evidence: line.evidence,
        note: line.note,
    };
    lines.into_iter().map(claim).collect()
}

fn assessments(points: [i64; 3]) -> Vec<Assessment> {
    let Command::Review { lines } = review(points) else { return vec![] };
    let assessment = |line: ReviewInput| Assessment {
        indicator: line.indicator,
        points: u16::try_from(line.points).unwrap(),
        finding: line.finding,
        note: line.note,
    };
    lines.into_iter().map(assessment).collect()
}

#[test]
fn from_registration_to_a_title() {
    given().when(register()).then([CaseRegistered {
        title: Title::Family,
        subject: family(),
        year: 2026,
        procedure: "family.test".parse().unwrap(),
        place: PLACE.iter().map(|code| code.parse().unwrap()).collect(),
        renews: None,
        by: Some(recorder().id),
        on: date("2026-03-01"),
        next: turn("self_assessment", "hamlet-recorder", "05158-01"),
    }
    .into()]);

    let (by, on) = (recorder().id, date("2026-03-10"));
    registered().on("2026-03-10").when(self_assess(CLAIMED)).then([
        SelfAssessed { lines: claims(CLAIMED), total: 90, declarant: None, by, on }.into(),
        step_completed(
            "self_assessment",
            &recorder(),
            "2026-03-10",
            turn("hamlet_review", "hamlet-reviewer", "05158-01"),
        ),
    ]);

    let (step, day) = ("hamlet_review".parse().unwrap(), date("2026-05-10"));
    at_hamlet_review().when(review([30, 25, 20])).then([
        Reviewed { step, lines: assessments([30, 25, 20]), total: 75, by: reviewer().id, on: day }
            .into(),
        step_completed(
            "hamlet_review",
            &reviewer(),
            "2026-05-10",
            turn("commune_review", "commune-reviewer", "05158"),
        ),
    ]);

    let to_chair = at_commune_review().when(review([38, 24, 24])).happens();
    let next = turn("decision", "commune-chair", "05158");
    let forwarded = step_completed("commune_review", &association(), "2026-10-10", next);
    assert_eq!(to_chair.last(), Some(&forwarded));

    at_decision([38, 24, 24]).when(recognise("2026-11-18")).then([TitleRecognised {
        decision: bearing("2026-11-18"),
        total: 86,
        band: Some("good".parse().unwrap()),
        in_force: Period { from: date("2026-11-18"), until: Some(date("2027-11-17")) },
        by: chair().id,
        in_place_of: None,
        on: date("2026-11-20"),
    }
    .into()]);
}

#[test]
fn the_state_remembers_who_took_which_step() {
    let case = at_decision(CLAIMED).and(recognise("2026-11-20")).state;
    let taken = |step: &str, by: Officer| (step.parse().unwrap(), by.id);
    assert_eq!(
        case.taken,
        [
            taken("self_assessment", recorder()),
            taken("hamlet_review", reviewer()),
            taken("commune_review", association()),
            taken("decision", chair()),
        ]
    );
    assert!(matches!(case.phase, Phase::Recognised { .. }));
    assert_eq!((case.turn(), case.returns), (None, 0));
}

#[test]
fn a_refusal_keeps_the_points_and_the_decision() {
    let events = at_decision([10, 10, 10]).when(refuse("2026-11-20")).happens();
    let refused = RecognitionRefused {
        decision: bearing("2026-11-20"),
        total: 30,
        reason: words("not enough"),
        by: chair().id,
        in_place_of: None,
        on: date("2026-11-20"),
    };
    assert_eq!(events, [refused.into()]);
}
