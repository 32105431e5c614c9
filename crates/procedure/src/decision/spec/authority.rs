//! Who may prepare, give up, sign, correct and cancel.

use super::*;
use crate::territory::UnitLevel;

fn preparing() -> [Command; 4] {
    [draft(), list([4]), take_off(1), discard()]
}

fn of_the_chair() -> [Command; 3] {
    [sign("2026-11-20"), correct("2026-11-20", None), cancel("2026-11-20")]
}

/// Where the command can be accepted, on 20 November.
fn before(command: &Command) -> Desk {
    match command {
        Command::Draft { .. } => given().on("2026-11-20"),
        Command::Correct { .. } | Command::Cancel { .. } => {
            listed().and(sign("2026-11-18")).on("2026-11-20")
        }
        _ => listed(),
    }
}

#[test]
fn the_association_and_the_chair_prepare_the_list() {
    for by in [association(), chair(), officer("o").with("commune-reviewer", "25")] {
        for command in preparing() {
            before(&command).by(by.clone()).happens(command);
        }
    }
}

#[test]
fn only_the_chair_signs_corrects_and_cancels() {
    for command in of_the_chair() {
        before(&command).by(chair()).happens(command.clone());
        let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
        before(&command).by(association()).refused(command, refusal);
    }
}

#[test]
fn nobody_else_does_anything() {
    let others = [
        reviewer(),
        officer("o").with("hamlet-reviewer", "05158"),
        officer("o").with("commune-chair", "05158-01"),
        officer("o").with("commune-chair", "05159").with("commune-reviewer", "05159"),
        officer("o").for_term("commune-chair", "05158", "2026-01-01", Some("2026-11-19")),
        officer("o").for_term("commune-reviewer", "05158", "2026-11-21", None),
        officer("o").with("administrator", "VN").with("registrar", "VN"),
        officer("o"),
    ];
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    for by in others {
        for command in preparing().into_iter().chain(of_the_chair()) {
            before(&command).by(by.clone()).refused(command, refusal.clone());
        }
    }
}

#[test]
fn the_machines_holder_does_not_decide() {
    for command in preparing().into_iter().chain(of_the_chair()) {
        let desk = before(&command);
        let answer = desk.state.decide(command, &desk.context(Actor::Operator));
        assert_eq!(answer, Err(crate::actor::Refusal::NotAnOfficer.into()));
    }
}

#[test]
fn who_may_not_act_is_not_told_where_the_decision_stands() {
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    for desk in [listed(), signed().on("2026-11-20"), discarded()] {
        for command in [list([4]), discard(), sign("2026-11-20"), cancel("2026-11-20")] {
            desk.clone().by(reviewer()).refused(command, refusal.clone());
        }
    }
}

#[test]
fn nobody_signs_in_the_name_of_his_predecessor() {
    let successor = officer("new").for_term("commune-chair", "05158", "2026-11-15", None);
    let refusal = not_appointed("commune-chair", "05158", "2026-11-14");
    let desk = listed().by(successor.clone());
    desk.refused(sign("2026-11-14"), refusal);
    desk.happens(sign("2026-11-15"));
    let predecessor = officer("old").for_term("commune-chair", "05158", "2026-01-01", None);
    let later = listed().by(predecessor).and(sign("2026-11-14")).by(successor);
    let refusal = || not_appointed("commune-chair", "05158", "2026-11-14");
    later.refused(correct("2026-11-14", None), refusal());
    later.refused(cancel("2026-11-14"), refusal());
    later.happens(correct("2026-11-15", None));
    later.happens(cancel("2026-11-15"));
}

#[test]
fn nobody_signs_after_his_term() {
    let former =
        officer("old").for_term("commune-chair", "05158", "2026-01-01", Some("2026-11-19"));
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    listed().by(former).refused(sign("2026-11-18"), refusal);
}

#[test]
fn a_role_signs_for_the_days_on_which_the_definition_names_it() {
    let vice = || sample::performer("vice-chair", UnitLevel::Commune);
    let desk = || listed().passing_to(vice());
    let refusal = not_appointed("vice-chair", "05158", "2026-11-20");
    desk().refused(sign("2026-11-18"), refusal);
    let by = officer("vice").with("vice-chair", "05158");
    let refusal = not_appointed("commune-chair", "05158", "2026-11-19");
    desk().by(by.clone()).refused(sign("2026-11-19"), refusal);
    desk().by(by.clone()).happens(sign("2026-11-20"));
    desk().by(by.with("commune-chair", "05158")).happens(sign("2026-11-19"));
}

#[test]
fn where_competence_has_passed_to_another_level_a_draft_can_only_be_given_up() {
    let province = || sample::performer("province-chair", UnitLevel::Province);
    let desk = listed().passing_to(province());
    let wrong = || Refusal::WrongLevel { unit: "05158".parse().unwrap() };
    let all = chair().with("province-chair", "VN").with("commune-reviewer", "05158");
    for command in [list([4]), sign("2026-11-20"), sign("2026-11-18")] {
        desk.clone().by(all.clone()).refused(command, wrong());
    }
    for by in [chair(), association()] {
        desk.clone().by(by.clone()).happens(take_off(1));
        desk.clone().by(by).happens(discard());
    }
    let by = officer("o").with("province-chair", "25");
    let refusal = not_appointed("commune-chair", "05158", "2026-11-20");
    desk.clone().by(by).refused(discard(), refusal);
    // Nor does a new authority sign for a day on which it was another level's to decide.
    let there = given().passing_to(province()).at(&PLACE[..2]);
    let there = there.by(all).on("2026-11-20");
    there
        .clone()
        .on("2026-11-19")
        .refused(draft_for("25"), Refusal::WrongLevel { unit: "25".parse().unwrap() });
    there.happens(draft_for("25"));
}
