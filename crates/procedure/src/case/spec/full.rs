//! The kit for the definition with all kinds of steps: a village on its way from a review through
//! meeting and posting to the commune.

use super::*;
use crate::name::MeetingId;

pub(crate) fn leader() -> Officer {
    officer("leader").with("hamlet-leader", "05158-01")
}

pub(crate) fn village() -> Scene {
    given_definition(sample::full())
}

pub(crate) fn at_first_review() -> Scene {
    let case = village().and(register()).on("2026-03-10").and(self_assess(CLAIMED));
    case.by(reviewer()).on("2026-05-04")
}

/// Reviewed on 4 May; the leader is at work on the 10th.
pub(crate) fn at_meeting() -> Scene {
    at_first_review().and(review(CLAIMED)).by(leader()).on("2026-05-10")
}

/// Voted for on 10 May; the leader is at work on the 11th.
pub(crate) fn at_posting() -> Scene {
    at_meeting().and(vote(25, 3, 2)).on("2026-05-11")
}

/// Hangs out from 11 to 15 May; the leader is at work on the 12th.
pub(crate) fn posted() -> Scene {
    at_posting().and(post("2026-05-11", "2026-05-15")).on("2026-05-12")
}

/// The posting was closed on Monday, 18 May; the association is at work on that day.
pub(crate) fn at_last_review() -> Scene {
    posted().on("2026-05-18").and(Command::ClosePosting).by(association())
}

/// Reviewed on 25 May; the chair is at work on 20 November.
pub(crate) fn at_authority() -> Scene {
    at_last_review().on("2026-05-25").and(review(CLAIMED)).by(chair()).on("2026-11-20")
}

/// The meeting of 8 May, where 30 of 40 households were.
pub(crate) fn meeting() -> Meeting {
    let id = MeetingId(uuid::Uuid::from_u128(1));
    Meeting {
        id,
        procedure: "family.test".parse().unwrap(),
        step: "hamlet_meeting".parse().unwrap(),
        unit: "05158-01".parse().unwrap(),
        held_on: date("2026-05-08"),
        convened: 40,
        present: 30,
    }
}

/// So many for the case, against it, and neither, at that meeting.
pub(crate) fn vote(in_favour: u32, against: u32, abstained: u32) -> Command {
    minutes(meeting(), Votes { in_favour, against, abstained })
}

pub(crate) fn minutes(meeting: Meeting, votes: Votes) -> Command {
    Command::RecordMinutes { meeting, votes }
}

pub(crate) fn hung(from: &str, until: &str) -> Period {
    Period { from: date(from), until: Some(date(until)) }
}

pub(crate) fn post(from: &str, until: &str) -> Command {
    Command::Post { days: hung(from, until), place: "Nhà văn hóa thôn".to_string() }
}

pub(crate) fn say(kind: ObjectionKind) -> Command {
    Command::Object { kind, name: words("a neighbour"), text: words("not so") }
}

pub(crate) fn object() -> Command {
    say(ObjectionKind::Objection)
}

pub(crate) fn resolve(objection: u16, upheld: bool) -> Command {
    Command::ResolveObjection { objection, upheld, reason: words("looked at") }
}
