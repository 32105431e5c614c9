//! Whether the vote of a meeting counts, and where it leads. Deliberately absent: who was there;
//! the minutes of the meeting are a stream of their own.

use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::Meeting;
use crate::case::decide::authority::Right;
use crate::case::decide::{Acting, hands};
use crate::case::error::Refusal;
use crate::case::event::{Event, MinutesRecorded, StepCompleted, Votes};
use crate::case::state::State;
use crate::definition::MeetingRule;

/// A case that the meeting is for goes on; one that it is not for goes straight to the decision,
/// which can only refuse it, or return it so that it is reviewed and voted on anew.
pub(super) fn record(
    state: &State,
    right: &Right<'_>,
    meeting: &Meeting,
    votes: Votes,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    must_concern(meeting, right, acting)?;
    let Meeting { id, held_on, convened, present, .. } = *meeting;
    let (step, today) = (right.turn.step.clone(), acting.today());
    let rule = acting.definition().step(&step).and_then(|step| step.meeting.as_ref());
    let rule = rule.ok_or_else(|| Refusal::NotAtThisStep { step: step.clone() })?;
    let earliest = state.turn_since.unwrap_or(held_on);
    if held_on < earliest || held_on > today {
        return Err(Refusal::BadMeetingDate { date: held_on, earliest, latest: today });
    }
    must_count(rule, meeting, votes)?;
    let agreed = rule.is_for(votes.in_favour, present);
    let next = match agreed {
        true => acting.context.assignment_after(&step)?,
        false => acting.context.decision_on(today)?,
    };
    let (by, in_place_of) = hands(right.power);
    Ok(vec![
        MinutesRecorded {
            step: step.clone(),
            meeting: id,
            held_on,
            convened,
            present,
            votes,
            agreed,
            by: acting.by,
            on: today,
        }
        .into(),
        StepCompleted { step, by, in_place_of, on: today, next }.into(),
    ])
}

/// Minutes speak of the cases of their own step and place.
fn must_concern(meeting: &Meeting, right: &Right<'_>, acting: &Acting<'_>) -> Result<(), Refusal> {
    let concerns = meeting.step == right.turn.step
        && meeting.procedure == acting.definition().id
        && acting.context.path.contains(&meeting.unit);
    if concerns { Ok(()) } else { Err(Refusal::NotOfMeeting { meeting: meeting.id }) }
}

fn must_count(rule: &MeetingRule, meeting: &Meeting, votes: Votes) -> Result<(), Refusal> {
    let Meeting { convened, present, .. } = *meeting;
    if present == 0 || present > convened || !rule.has_quorum(present, convened) {
        let percent = rule.quorum_percent.value;
        return Err(Refusal::NoQuorum { present, convened, percent });
    }
    let cast = [votes.in_favour, votes.against, votes.abstained];
    let cast = cast.into_iter().map(u64::from).sum::<u64>();
    if cast != u64::from(present) {
        return Err(Refusal::VotesDoNotAddUp { votes: cast, present });
    }
    Ok(())
}
