//! An appointment counts on its days, over its territory, at the level of the work.

use super::*;
use crate::definition::Performer;
use crate::territory::UnitLevel;

fn review_on(day: &str, by: Officer) -> Then {
    at_hamlet_review().by(by).on(day).when(review(CLAIMED))
}

#[test]
fn from_the_first_day_of_the_term_to_the_last() {
    let by =
        || officer("r").for_term("hamlet-reviewer", "05158-01", "2026-05-01", Some("2026-05-31"));
    for day in ["2026-05-01", "2026-05-31"] {
        review_on(day, by()).happens();
    }
    for day in ["2026-04-30", "2026-06-01"] {
        review_on(day, by()).refused(not_appointed("hamlet-reviewer", "05158-01", day));
    }
}

#[test]
fn not_from_the_day_of_relief() {
    let by = || reviewer().relieved("hamlet-reviewer", "05158-01", "2026-05-10");
    review_on("2026-05-09", by()).happens();
    let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
    review_on("2026-05-10", by()).refused(refusal);
}

#[test]
fn over_the_place_or_a_unit_that_contains_it() {
    for unit in PLACE {
        review_on("2026-05-10", officer("r").with("hamlet-reviewer", unit)).happens();
    }
    for unit in ["05158-02", "05159", "05159-01", "26"] {
        let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
        review_on("2026-05-10", officer("r").with("hamlet-reviewer", unit)).refused(refusal);
    }
}

#[test]
fn with_the_role_of_the_step_and_no_other() {
    for role in ["commune-reviewer", "commune-chair", "hamlet-recorder", "administrator"] {
        let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
        review_on("2026-05-10", officer("r").with(role, "05158-01")).refused(refusal);
    }
}

#[test]
fn the_power_of_the_commune_is_not_held_over_a_hamlet() {
    let small_chair = officer("c").with("commune-chair", "05158-01");
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    at_decision(CLAIMED).by(small_chair).when(recognise("2026-11-20")).refused(refusal);
    let of_province = officer("c").with("commune-chair", "25");
    at_decision(CLAIMED).by(of_province).when(recognise("2026-11-20")).happens();
}

#[test]
fn every_act_of_office_asks_for_it() {
    for command in [Command::Claim, review(CLAIMED), send_back()] {
        let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
        at_hamlet_review().by(chair()).when(command).refused(refusal);
    }
    for command in [Command::Claim, recognise("2026-11-20"), refuse("2026-11-20"), send_back()] {
        let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
        at_decision(CLAIMED).by(association()).when(command).refused(refusal);
    }
    let refusal = not_appointed("hamlet-recorder", "05158-01", "2026-11-20");
    at_decision(CLAIMED).when(withdraw()).refused(refusal);
}

/// Until 31 October the chair of the commune decides, from 1 November the province.
fn competence_moves() -> Scene {
    let mut definition = sample::definition();
    let commune = Performer {
        until: Some(date("2026-10-31")),
        ..sample::performer("commune-chair", UnitLevel::Commune)
    };
    let province = Performer {
        from: Some(date("2026-11-01")),
        ..sample::performer("province-chair", UnitLevel::Province)
    };
    definition.steps[3].performers = vec![commune, province];
    definition.season.recognition_from = None;
    given_definition(definition)
        .and(register())
        .and(self_assess(CLAIMED))
        .by(reviewer())
        .and(review(CLAIMED))
        .by(association())
        .on("2026-10-10")
        .and(review(CLAIMED))
}

#[test]
fn competence_that_passes_on_while_a_case_waits_passes_on_for_that_case() {
    let case = competence_moves();
    assert_eq!(case.state.turn(), Some(&turn("decision", "commune-chair", "05158")));
    let province = || officer("p").with("province-chair", "25");
    case.clone().by(chair()).on("2026-10-31").when(recognise("2026-10-31")).happens();
    case.clone().by(province()).on("2026-11-01").when(recognise("2026-11-01")).happens();

    let too_late = not_appointed("province-chair", "25", "2026-11-01");
    case.clone().by(chair()).on("2026-11-01").when(recognise("2026-10-31")).refused(too_late);
    let not_yet = not_appointed("commune-chair", "05158", "2026-10-31");
    case.by(province()).on("2026-11-01").when(recognise("2026-10-31")).refused(not_yet);
}

#[test]
fn a_supplemented_case_goes_to_who_is_competent_then() {
    let case = competence_moves().by(chair()).on("2026-10-31").and(send_back());
    let case = case.by(recorder()).on("2026-11-02").and(supplement("2a", 30));
    assert_eq!(case.state.turn(), Some(&turn("commune_review", "commune-reviewer", "05158")));
    let reviewed = review_of([40, 25, 30], [40, 25, 30]);
    let case = case.by(association()).on("2026-11-03").and(reviewed);
    assert_eq!(case.state.turn(), Some(&turn("decision", "province-chair", "25")));
}

#[test]
fn where_the_definition_names_nobody_nobody_acts() {
    let mut definition = sample::definition();
    definition.steps[1].performers[0].until = Some(date("2026-05-09"));
    let case =
        given_definition(definition).and(register()).and(self_assess(CLAIMED)).by(reviewer());
    case.clone().on("2026-05-09").when(review(CLAIMED)).happens();
    let (step, date) = ("hamlet_review".parse().unwrap(), date("2026-05-10"));
    case.on("2026-05-10").when(review(CLAIMED)).refused(Refusal::NobodyCompetent { step, date });
}

#[test]
fn an_outsider_does_not_learn_where_a_case_stands() {
    let stranger = || officer("s").with("commune-chair", "26");
    let day = "2026-11-21";
    let closed = at_decision(CLAIMED).by(chair()).on("2026-11-20").and(recognise("2026-11-20"));
    for (scene, role, unit) in [
        (at_hamlet_review(), "hamlet-reviewer", "05158-01"),
        (at_decision(CLAIMED), "commune-chair", "05158"),
        (closed, "hamlet-recorder", "05158-01"),
    ] {
        let scene = scene.by(stranger()).on(day);
        for command in [Command::Claim, Command::Release, review(CLAIMED), recognise(day)] {
            scene.when(command).refused(not_appointed(role, unit, day));
        }
    }
}
