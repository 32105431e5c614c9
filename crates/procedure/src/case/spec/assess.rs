//! A self-assessment is complete, within the maxima, and shown where it has to be.

use super::*;

fn case() -> Scene {
    registered().on("2026-03-10")
}

fn with(change: impl FnOnce(&mut Vec<ClaimInput>)) -> Command {
    let Command::SelfAssess { mut lines, declarant } = self_assess(CLAIMED) else { panic!() };
    change(&mut lines);
    Command::SelfAssess { lines, declarant }
}

#[test]
fn the_maxima_and_zero_are_accepted() {
    case().when(self_assess([40, 30, 30])).happens();
    case().when(self_assess([0, 0, 0])).happens();
}

#[test]
fn every_indicator_has_one_line() {
    let indicator = || "2a".parse().unwrap();
    let refused =
        |change: fn(&mut Vec<ClaimInput>), refusal| case().when(with(change)).refused(refusal);
    refused(|lines| drop(lines.pop()), Refusal::IndicatorMissing { indicator: indicator() });
    refused(Vec::clear, Refusal::IndicatorMissing { indicator: "1a".parse().unwrap() });
    let twice = |lines: &mut Vec<ClaimInput>| lines.push(claim_line("2a", 1));
    refused(twice, Refusal::IndicatorTwice { indicator: indicator() });
    let unknown = Refusal::UnknownIndicator { indicator: "9z".parse().unwrap() };
    refused(|lines| lines.push(claim_line("9z", 1)), unknown);
}

#[test]
fn points_outside_the_indicator_are_refused_whatever_their_size() {
    for points in [41, 65_576, i64::MAX] {
        let indicator = "1a".parse().unwrap();
        let refusal = Refusal::PointsAboveMaximum { indicator, points, maximum: 40 };
        case().when(self_assess([points, 0, 0])).refused(refusal);
    }
    for points in [-1, -65_536, i64::MIN] {
        let refusal = Refusal::PointsNegative { indicator: "1a".parse().unwrap(), points };
        case().when(self_assess([points, 0, 0])).refused(refusal);
    }
}

#[test]
fn evidence_is_needed_for_points_where_the_indicator_says_so() {
    let refusal = Refusal::EvidenceMissing { indicator: "1b".parse().unwrap() };
    case().when(with(|lines| lines[1].evidence.clear())).refused(refusal);
    case().when(with(|lines| lines[0].evidence.clear())).happens();
    let nothing_claimed = with(|lines| {
        lines[1].points = 0;
        lines[1].evidence.clear();
    });
    case().when(nothing_claimed).happens();
}

#[test]
fn once_handed_in_it_is_not_handed_in_again() {
    let refusal = Refusal::NotAtThisStep { step: "hamlet_review".parse().unwrap() };
    at_hamlet_review().by(recorder()).when(self_assess(CLAIMED)).refused(refusal);
}

#[test]
fn the_own_subject_is_entered_without_a_role_and_nobody_elses() {
    let owner = || officer("head").owning(family(), officer::Relation::Household);
    case().by(owner()).when(self_assess(CLAIMED)).happens();

    let neighbour = officer("n").owning(SubjectId::of_code("x"), officer::Relation::Household);
    let refusal = not_appointed("hamlet-recorder", "05158-01", "2026-03-10");
    case().by(neighbour).when(self_assess(CLAIMED)).refused(refusal);
}

#[test]
fn a_recorder_may_enter_his_own_family_too() {
    let own = recorder().owning(family(), officer::Relation::Household);
    case().by(own).when(self_assess(CLAIMED)).happens();
}

#[test]
fn office_work_does_not_begin_before_it() {
    let refusal = || Refusal::NotAtThisStep { step: "self_assessment".parse().unwrap() };
    for command in [Command::Claim, Command::Release, review(CLAIMED), send_back()] {
        case().by(reviewer()).when(command).refused(refusal());
    }
    case().by(chair()).when(recognise("2026-11-02")).refused(refusal());
}
