//! A review looks at every indicator, and its findings go with its points.

use super::*;

/// A review in which the line of indicator 1a (40 points claimed) is another.
fn with(points: i64, finding: Finding, note: Option<&str>) -> Command {
    let Command::Review { mut lines } = review(CLAIMED) else { panic!() };
    let note = note.map(words);
    lines[0] = ReviewInput { indicator: "1a".parse().unwrap(), points, finding, note };
    Command::Review { lines }
}

#[test]
fn findings_that_go_with_their_points() {
    let accepted = |command| at_hamlet_review().when(command).happens();
    accepted(with(40, Finding::Confirmed, None));
    accepted(with(39, Finding::Adjusted, Some("one child is not at school")));
    accepted(with(0, Finding::Unsupported, Some("nothing shown")));
    accepted(with(12, Finding::Unsupported, Some("shown in part")));
}

#[test]
fn a_review_may_give_more_than_was_claimed_but_not_as_unsupported() {
    let Command::Review { mut lines } = review(CLAIMED) else { panic!() };
    lines[1] = review_line("1b", 25, 30);
    at_hamlet_review().when(Command::Review { lines: lines.clone() }).happens();
    lines[1].finding = Finding::Unsupported;
    let indicator = "1b".parse().unwrap();
    at_hamlet_review().when(Command::Review { lines }).refused(Refusal::FindingContradictsPoints {
        indicator,
        claimed: 25,
        points: 30,
    });
}

#[test]
fn findings_that_contradict_their_points_are_refused() {
    for (points, finding) in [(39, Finding::Confirmed), (40, Finding::Adjusted)] {
        let indicator = "1a".parse().unwrap();
        let points_given = u16::try_from(points).unwrap();
        at_hamlet_review().when(with(points, finding, Some("note"))).refused(
            Refusal::FindingContradictsPoints { indicator, claimed: 40, points: points_given },
        );
    }
}

#[test]
fn what_is_not_confirmed_needs_a_word() {
    for finding in [Finding::Adjusted, Finding::Unsupported] {
        let indicator = "1a".parse().unwrap();
        at_hamlet_review().when(with(0, finding, None)).refused(Refusal::NoteMissing { indicator });
    }
}

#[test]
fn every_indicator_is_looked_at_once_and_within_its_maximum() {
    let with_lines = |change: fn(&mut Vec<ReviewInput>)| {
        let Command::Review { mut lines } = review(CLAIMED) else { panic!() };
        change(&mut lines);
        at_hamlet_review().when(Command::Review { lines })
    };
    let indicator = || "2a".parse().unwrap();
    with_lines(|lines| drop(lines.pop()))
        .refused(Refusal::IndicatorMissing { indicator: indicator() });
    with_lines(|lines| lines.push(review_line("2a", 25, 25)))
        .refused(Refusal::IndicatorTwice { indicator: indicator() });
    with_lines(|lines| lines.push(review_line("9z", 0, 0)))
        .refused(Refusal::UnknownIndicator { indicator: "9z".parse().unwrap() });
    with_lines(|lines| lines[2] = review_line("2a", 25, 31)).refused(Refusal::PointsAboveMaximum {
        indicator: indicator(),
        points: 31,
        maximum: 30,
    });
    with_lines(|lines| lines[2] = review_line("2a", 25, -1))
        .refused(Refusal::PointsNegative { indicator: indicator(), points: -1 });
}

#[test]
fn the_last_review_counts() {
    let case = at_commune_review().and(review([20, 20, 20])).by(chair()).on("2026-11-20");
    assert_eq!(case.state.assessments.iter().map(|line| line.points).sum::<u16>(), 60);
}

#[test]
fn the_decision_is_not_made_at_a_review() {
    let refusal = Refusal::NotAtThisStep { step: "commune_review".parse().unwrap() };
    at_commune_review().by(chair()).when(recognise("2026-10-10")).refused(refusal);
}
