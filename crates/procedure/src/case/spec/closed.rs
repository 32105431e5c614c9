//! What is decided or withdrawn accepts nothing more.

use super::*;

fn everything() -> [Command; 9] {
    [
        self_assess(CLAIMED),
        supplement("2a", 30),
        Command::Claim,
        Command::Release,
        review(CLAIMED),
        send_back(),
        recognise("2026-11-20"),
        refuse("2026-11-20"),
        withdraw(),
    ]
}

/// Somebody whom no other rule would stop.
fn anybody() -> Officer {
    let roles = ["hamlet-recorder", "hamlet-reviewer", "commune-reviewer", "commune-chair"];
    roles.iter().fold(officer("anybody"), |by, role| by.with(role, "VN"))
}

#[test]
fn nothing_follows_recognition_refusal_or_withdrawal() {
    let ends = [
        at_decision(CLAIMED).and(recognise("2026-11-20")),
        at_decision(CLAIMED).and(refuse("2026-11-20")),
        at_decision(CLAIMED).by(recorder()).and(withdraw()),
        returned().and(withdraw()),
    ];
    for end in ends {
        for command in everything() {
            end.clone().by(anybody()).when(command).refused(Refusal::Closed);
        }
    }
}

#[test]
fn a_withdrawal_is_possible_as_long_as_the_case_is_open() {
    for open in [registered(), at_hamlet_review(), returned(), at_decision(CLAIMED)] {
        let event =
            CaseWithdrawn { reason: words("moving away"), by: recorder().id, on: open.today };
        open.by(recorder()).when(withdraw()).then([event.into()]);
    }
}
