//! A title by levels: the highest of which all targets are met, and the wait between two.

use alloc::string::String;

use super::*;

/// At the decision on 20 November 2026, with these targets met.
fn with_targets(points: [i64; 3]) -> Scene {
    let case = given_definition(sample::levels()).and(register()).and(self_assess(points));
    let review = || review_of(points, points);
    let case = case.by(reviewer()).and(review()).by(association()).and(review());
    case.by(chair()).on("2026-11-20")
}

/// The level that it comes to.
#[track_caller]
fn level(case: &Scene) -> String {
    let events = case.when(recognise("2026-11-20")).happens();
    let [Event::TitleRecognised(event)] = events.as_slice() else { panic!("{events:?}") };
    event.band.as_ref().unwrap().to_string()
}

/// Held at a level since a day of the year before.
fn holding(mut case: Scene, level: &str, since: &str, until: &str) -> Scene {
    case.titles = vec![OtherTitle {
        year: 2025,
        band: Some(level.parse().unwrap()),
        decided: date(since),
        in_force: Period { from: date(since), until: Some(date(until)) },
    }];
    case
}

fn second_after(since: &str) -> Scene {
    holding(with_targets([1, 1, 1]), "level-1", since, "2028-11-30")
}

#[test]
fn the_level_reached_is_the_highest_with_all_targets_met() {
    assert_eq!(level(&with_targets([1, 1, 0])), "level-1");
    assert_eq!(level(&with_targets([1, 1, 1])), "level-2");
}

#[test]
fn a_target_of_the_lowest_level_that_is_not_met_is_refused() {
    for (points, unmet) in [([0, 1, 1], "1a"), ([1, 0, 0], "1b"), ([0, 0, 1], "1a")] {
        let indicator = unmet.parse().unwrap();
        let refusal = Refusal::TargetNotMet { indicator };
        with_targets(points).when(recognise("2026-11-20")).refused(refusal);
        with_targets(points).when(refuse("2026-11-20")).happens();
    }
}

#[test]
fn the_next_level_waits_for_twelve_months_with_the_one_below() {
    assert_eq!(level(&second_after("2025-11-20")), "level-2");
    let (next, from) = ("level-2".parse().unwrap(), date("2026-11-21"));
    let refusal = Refusal::UpgradeTooEarly { level: next, from };
    second_after("2025-11-21").when(recognise("2026-11-20")).refused(refusal);
    let a_day_later = second_after("2025-11-21").on("2026-11-21");
    a_day_later.when(recognise("2026-11-21")).happens();
}

#[test]
fn the_day_of_the_decision_counts_and_not_that_of_its_entry() {
    let (level, from) = ("level-2".parse().unwrap(), date("2026-11-21"));
    let entered_late = second_after("2025-11-21").on("2026-11-30");
    let refusal = Refusal::UpgradeTooEarly { level, from };
    entered_late.when(recognise("2026-11-20")).refused(refusal);
}

#[test]
fn whoever_stays_at_a_level_or_holds_none_waits_for_nothing() {
    let same = holding(with_targets([1, 1, 0]), "level-1", "2026-01-10", "2028-12-31");
    assert_eq!(level(&same), "level-1");
    let above = holding(with_targets([1, 1, 1]), "level-2", "2026-01-10", "2028-12-31");
    assert_eq!(level(&above), "level-2");
    let over = holding(with_targets([1, 1, 1]), "level-1", "2026-01-10", "2026-11-19");
    assert_eq!(level(&over), "level-2");
}

#[test]
fn a_title_by_levels_lasts_as_long_as_the_definition_says() {
    let case = with_targets([1, 1, 1]).and(recognise("2026-11-20"));
    let in_force = case.state.title_in_force().unwrap();
    assert_eq!(in_force, Period { from: date("2026-11-20"), until: Some(date("2029-11-19")) });
}
