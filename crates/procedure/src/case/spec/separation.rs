//! Nobody takes two separated steps of one case, in whatever order and however often it returns.

use super::*;

fn clash(step: &str, earlier: &str) -> Refusal {
    Refusal::StepsNotSeparate { step: step.parse().unwrap(), earlier: earlier.parse().unwrap() }
}

fn also(by: Officer, role: &str) -> Officer {
    by.with(role, "05158")
}

#[test]
fn who_entered_the_self_assessment_does_not_review() {
    let both = || also(recorder(), "hamlet-reviewer");
    for command in [Command::Claim, review(CLAIMED), send_back()] {
        let refusal = clash("hamlet_review", "self_assessment");
        at_hamlet_review().by(both()).when(command).refused(refusal);
    }
}

#[test]
fn who_reviewed_in_the_hamlet_neither_reviews_in_the_commune_nor_decides() {
    let refusal = clash("commune_review", "hamlet_review");
    let both = also(reviewer(), "commune-reviewer");
    at_commune_review().by(both).when(review(CLAIMED)).refused(refusal);

    let chair_too = || also(reviewer(), "commune-chair");
    for command in [Command::Claim, recognise("2026-11-20"), refuse("2026-11-20"), send_back()] {
        let refusal = clash("decision", "hamlet_review");
        at_decision(CLAIMED).by(chair_too()).when(command).refused(refusal);
    }
}

#[test]
fn the_same_step_is_taken_again_by_the_same_officer() {
    let case = returned().and(supplement("2a", 24)).by(reviewer());
    let Command::Review { mut lines } = review(CLAIMED) else { panic!() };
    lines[2] = review_line("2a", 24, 24);
    case.when(Command::Review { lines }).happens();
}

#[test]
fn who_returned_a_case_does_not_write_the_supplement() {
    let both = also(reviewer(), "hamlet-recorder");
    let refusal = clash("self_assessment", "hamlet_review");
    returned().by(both).when(supplement("2a", 30)).refused(refusal);
}

#[test]
fn not_even_where_the_subject_was_declared_his_own_since() {
    let own = reviewer().owning(family(), officer::Relation::Household);
    let refusal = clash("self_assessment", "hamlet_review");
    returned().by(own).when(supplement("2a", 30)).refused(refusal);
}

#[test]
fn who_wrote_the_supplement_does_not_review() {
    let second = || officer("second").with("hamlet-recorder", "05158");
    let case = returned().by(second()).and(supplement("2a", 30));
    let refusal = clash("hamlet_review", "self_assessment");
    case.by(also(second(), "hamlet-reviewer")).when(review(CLAIMED)).refused(refusal);
}

#[test]
fn who_returned_a_case_in_one_step_does_not_take_a_later_one() {
    let second = officer("second").with("hamlet-reviewer", "05158");
    let case = returned().and(supplement("2a", 24)).by(second);
    let Command::Review { mut lines } = review(CLAIMED) else { panic!() };
    lines[2] = review_line("2a", 24, 24);
    let case = case.and(Command::Review { lines });
    let refusal = clash("commune_review", "hamlet_review");
    case.by(also(reviewer(), "commune-reviewer")).when(Command::Claim).refused(refusal);
}

#[test]
fn who_reviewed_a_case_does_not_withdraw_it_in_the_subjects_name() {
    let both = also(reviewer(), "hamlet-recorder");
    let refusal = clash("self_assessment", "hamlet_review");
    at_commune_review().by(both).when(withdraw()).refused(refusal);
}

#[test]
fn holding_a_case_is_no_step() {
    let case = at_hamlet_review().and(Command::Claim).and(Command::Release);
    assert_eq!(case.state.taken.len(), 1);
}

#[test]
fn steps_that_need_not_be_separate_are_taken_by_one_officer() {
    let mut definition = sample::definition();
    definition.separation.clear();
    let all = || also(also(recorder(), "hamlet-reviewer"), "commune-reviewer");
    given_definition(definition)
        .by(all())
        .and(register())
        .and(self_assess(CLAIMED))
        .and(review(CLAIMED))
        .when(review(CLAIMED))
        .happens();
}
