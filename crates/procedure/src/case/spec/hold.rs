//! Taking a case to oneself and giving it back.

use super::*;

fn colleague() -> Officer {
    officer("colleague").with("hamlet-reviewer", "05158-01")
}

fn held() -> Scene {
    at_hamlet_review().and(Command::Claim)
}

fn held_by_reviewer() -> Refusal {
    Refusal::HeldByOther { holder: reviewer().id }
}

#[test]
fn a_case_is_claimed_and_released() {
    let (by, on) = (reviewer().id, date("2026-05-10"));
    at_hamlet_review().when(Command::Claim).then([Claimed { by, on }.into()]);
    held().when(Command::Release).then([Released { by, on }.into()]);
    held().and(Command::Release).by(colleague()).when(Command::Claim).happens();
}

#[test]
fn claiming_again_is_quiet() {
    held().when(Command::Claim).quiet();
}

#[test]
fn the_holder_goes_on_and_nobody_else() {
    held().when(review(CLAIMED)).happens();
    for command in [Command::Claim, Command::Release, review(CLAIMED), send_back()] {
        held().by(colleague()).when(command).refused(held_by_reviewer());
    }
}

#[test]
fn what_is_not_held_is_not_released() {
    at_hamlet_review().when(Command::Release).refused(Refusal::NotHeld);
    held().and(Command::Release).when(Command::Release).refused(Refusal::NotHeld);
}

#[test]
fn a_step_done_frees_the_case() {
    let case = held().and(review(CLAIMED));
    case.by(association()).when(Command::Claim).happens();
}

#[test]
fn a_withdrawal_does_not_wait_for_the_holder() {
    held().by(recorder()).when(withdraw()).happens();
}

#[test]
fn the_holder_gives_back_even_when_his_term_is_over_or_the_case_became_his_own() {
    let former = reviewer().relieved("hamlet-reviewer", "05158-01", "2026-05-10");
    held().by(former).when(Command::Release).happens();
    let cousin = reviewer().owning(family(), officer::Relation::Clan);
    held().by(cousin).when(Command::Release).happens();
}

#[test]
fn the_administrator_of_the_place_frees_a_case_whose_holder_is_gone() {
    for unit in ["05158", "25"] {
        let administrator = officer("administrator").with("administrator", unit);
        held()
            .by(administrator)
            .and(Command::Release)
            .by(colleague())
            .when(Command::Claim)
            .happens();
    }
    let outside = || not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
    let elsewhere = officer("administrator").with("administrator", "05159");
    held().by(elsewhere).when(Command::Release).refused(outside());
    let former = officer("administrator").for_term(
        "administrator",
        "05158",
        "2026-01-01",
        Some("2026-05-09"),
    );
    held().by(former).when(Command::Release).refused(outside());
}
