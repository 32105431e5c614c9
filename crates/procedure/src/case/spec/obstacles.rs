//! What stands between a case and its title, whoever asks.

use super::full::{at_authority, at_meeting, at_posting, object, posted, resolve, vote};
use super::*;
use crate::name::DecisionId;

#[track_caller]
fn stands_in_the_way(scene: &Scene, expected: &[Refusal]) {
    let by = officer("anybody");
    let found = scene
        .told(scene.actor(&by), scene.today, |context| decide::obstacles(&scene.state, context));
    assert_eq!(found, expected);
}

fn low(indicator: &str, points: u16) -> Refusal {
    let indicator = indicator.parse().unwrap();
    Refusal::IndicatorBelowMinimum { indicator, points, minimum: 5 }
}

#[test]
fn nothing_where_only_somebody_has_to_act() {
    for scene in [given(), registered(), at_hamlet_review(), at_decision(CLAIMED), at_meeting()] {
        stands_in_the_way(&scene, &[]);
    }
    stands_in_the_way(&at_decision(CLAIMED).and(recognise("2026-11-20")), &[]);
    stands_in_the_way(&registered().and(withdraw()), &[]);
}

#[test]
fn all_that_the_points_lack_and_not_only_the_first_of_it() {
    let short = Refusal::BelowThreshold { total: 43, minimum: 50 };
    let scene = at_decision([40, 3, 0]);
    stands_in_the_way(&scene, &[short, low("1b", 3), low("2a", 0)]);
    let claimed = registered().on("2026-03-10").and(self_assess([40, 25, 4]));
    stands_in_the_way(&claimed, &[low("2a", 4)]);
}

#[test]
fn the_last_review_counts_and_not_the_claims() {
    let claimed = [40, 25, 4];
    let case = registered().on("2026-03-10").and(self_assess(claimed)).by(reviewer());
    let case = case.on("2026-05-10").and(review_of(claimed, [40, 25, 5]));
    stands_in_the_way(&case, &[]);
}

#[test]
fn a_supplement_that_is_awaited_is_all() {
    stands_in_the_way(&returned(), &[Refusal::AwaitingSupplement]);
}

#[test]
fn a_posting_that_is_not_there_or_not_over_and_every_open_objection() {
    stands_in_the_way(&at_posting(), &[Refusal::NotPosted]);
    let runs = Refusal::PostingNotOver { until: date("2026-05-15") };
    stands_in_the_way(&posted(), core::slice::from_ref(&runs));
    stands_in_the_way(&posted().on("2026-05-16"), &[]);
    let open = |objection| Refusal::ObjectionOpen { objection };
    let disputed = posted().and(object()).and(object());
    stands_in_the_way(&disputed, &[runs, open(1), open(2)]);
    stands_in_the_way(&disputed.on("2026-05-16").and(resolve(1, false)), &[open(2)]);
}

#[test]
fn a_vote_against_it() {
    let against = Refusal::MeetingAgainst { votes: 3, present: 30 };
    let case = at_meeting().and(vote(3, 25, 2));
    stands_in_the_way(&case.on("2026-11-20"), &[against]);
}

#[test]
fn a_decision_before_its_time_and_a_draft_that_it_stands_on() {
    let early = Refusal::TooEarly { from: date("2026-11-01") };
    stands_in_the_way(&at_decision(CLAIMED).on("2026-10-20"), &[early]);
    stands_in_the_way(&at_commune_review(), &[]);
    let mut scene = at_authority();
    let decision = DecisionId(uuid::Uuid::from_u128(7));
    scene.state.placed = Some(decision);
    stands_in_the_way(&scene, &[Refusal::OnDecision { decision }]);
}

#[test]
fn evidence_that_a_draft_of_a_renewal_lacks() {
    let mut scene = registered();
    let line = |indicator: &str, points| Claim {
        indicator: indicator.parse().unwrap(),
        points,
        evidence: vec![],
        note: None,
    };
    scene.state.prefill = vec![line("1a", 10), line(sample::EVIDENCED, 5)];
    let indicator = sample::EVIDENCED.parse().unwrap();
    stands_in_the_way(&scene, &[Refusal::EvidenceMissing { indicator }]);
    scene.state.prefill = vec![line(sample::EVIDENCED, 0)];
    stands_in_the_way(&scene, &[]);
}
