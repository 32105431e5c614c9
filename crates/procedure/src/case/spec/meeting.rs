//! The vote of a meeting: when it counts, when it is for the case, and where a vote against leads.

use super::full::*;
use super::*;

fn with(change: impl FnOnce(&mut Meeting)) -> Meeting {
    let mut meeting = meeting();
    change(&mut meeting);
    meeting
}

/// Everybody who was there is for it.
fn all_for(present: u32, convened: u32) -> Command {
    let meeting = Meeting { present, convened, ..meeting() };
    minutes(meeting, Votes { in_favour: present, against: 0, abstained: 0 })
}

fn refusal_of(case: &Scene) -> Refusal {
    let answer = case.decide(&chair(), date("2026-11-20"), recognise("2026-11-20"));
    match answer {
        Err(crate::Refused::Case(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vote_for_the_case_takes_it_on() {
    let (step, on) = ("hamlet_meeting".parse().unwrap(), date("2026-05-10"));
    let Meeting { id, held_on, convened, present, .. } = meeting();
    let votes = Votes { in_favour: 25, against: 3, abstained: 2 };
    let next = turn("posting", "hamlet-leader", "05158-01");
    at_meeting().when(vote(25, 3, 2)).then([
        MinutesRecorded {
            step,
            meeting: id,
            held_on,
            convened,
            present,
            votes,
            agreed: true,
            by: leader().id,
            on,
        }
        .into(),
        step_completed("hamlet_meeting", &leader(), "2026-05-10", next),
    ]);
}

#[test]
fn minutes_speak_of_their_own_procedure_step_and_place() {
    let votes = Votes { in_favour: 30, against: 0, abstained: 0 };
    let other = |change: fn(&mut Meeting)| {
        let refusal = Refusal::NotOfMeeting { meeting: meeting().id };
        at_meeting().when(minutes(with(change), votes)).refused(refusal);
    };
    other(|meeting| meeting.procedure = "family.other".parse().unwrap());
    other(|meeting| meeting.step = "posting".parse().unwrap());
    other(|meeting| meeting.unit = "05158-02".parse().unwrap());
}

#[test]
fn enough_of_those_convened_have_to_be_there() {
    at_meeting().when(all_for(20, 40)).happens();
    at_meeting().when(all_for(40, 40)).happens();
    for (present, convened) in [(19, 40), (0, 40), (0, 0), (41, 40), (u32::MAX, 40), (1, u32::MAX)]
    {
        let refusal = Refusal::NoQuorum { present, convened, percent: 50 };
        at_meeting().when(all_for(present, convened)).refused(refusal);
    }
}

#[test]
fn the_votes_are_as_many_as_those_who_were_there() {
    for votes in [[25, 3, 1], [25, 3, 3], [0, 0, 0], [30, 30, 30], [u32::MAX, 31, 0]] {
        let [in_favour, against, abstained] = votes;
        let votes = votes.into_iter().map(u64::from).sum();
        let refusal = Refusal::VotesDoNotAddUp { votes, present: 30 };
        at_meeting().when(vote(in_favour, against, abstained)).refused(refusal);
    }
}

#[test]
fn the_meeting_was_held_from_the_day_the_case_came_to_it_until_today() {
    let votes = Votes { in_favour: 30, against: 0, abstained: 0 };
    let on = |day| minutes(with(|meeting| meeting.held_on = date(day)), votes);
    for day in ["2026-05-04", "2026-05-10"] {
        at_meeting().when(on(day)).happens();
    }
    for day in ["2026-05-03", "2026-05-11"] {
        let (earliest, latest) = (date("2026-05-04"), date("2026-05-10"));
        let refusal = Refusal::BadMeetingDate { date: date(day), earliest, latest };
        at_meeting().when(on(day)).refused(refusal);
    }
}

#[test]
fn the_share_of_those_present_makes_the_vote_and_not_that_of_the_voters() {
    // 66 percent of 30 are 19.8.
    at_meeting().and(vote(20, 10, 0)).stands_at("posting");
    at_meeting().and(vote(20, 0, 10)).stands_at("posting");
    at_meeting().and(vote(19, 0, 11)).stands_at("decision");
}

#[test]
fn a_vote_against_leads_to_the_decision_which_can_only_refuse() {
    let against = || at_meeting().and(vote(19, 11, 0)).by(chair()).on("2026-11-20");
    against().stands_at("decision");
    assert_eq!(against().state.turn(), Some(&turn("decision", "commune-chair", "05158")));
    against()
        .when(recognise("2026-11-20"))
        .refused(Refusal::MeetingAgainst { votes: 19, present: 30 });
    against().when(refuse("2026-11-20")).happens();
}

#[test]
fn what_was_voted_against_and_returned_is_reviewed_and_voted_on_anew() {
    let returned = at_meeting().and(vote(0, 30, 0)).by(chair()).on("2026-05-12").and(send_back());
    let case = returned.by(recorder()).on("2026-05-14").and(supplement("2a", 24));
    case.stands_at("hamlet_review");
    assert_eq!(case.state.minutes, None);
    let again = review_of([40, 25, 24], [40, 25, 24]);
    let case = case.by(reviewer()).and(again).by(leader()).on("2026-05-20");
    case.stands_at("hamlet_meeting");
    let later = with(|meeting| meeting.held_on = date("2026-05-19"));
    let votes = Votes { in_favour: 30, against: 0, abstained: 0 };
    case.and(minutes(later, votes)).stands_at("posting");
}

#[test]
fn a_return_by_the_authority_goes_back_over_the_last_review_alone() {
    let case = at_authority().and(send_back()).by(recorder()).and(supplement("2a", 24));
    case.stands_at("commune_review");
    let kept = case.state.minutes.as_ref().map(|minutes| minutes.agreed);
    assert_eq!(kept, Some(true), "the vote came before that review, and stands");
    assert!(case.state.posted.is_some(), "so does the posting");
    let again = review_of([40, 25, 24], [40, 25, 24]);
    let case = case.by(association()).and(again).by(chair()).on("2026-11-21");
    case.when(recognise("2026-11-21")).happens();
}

#[test]
fn nothing_but_a_new_vote_makes_good_for_a_vote_against() {
    let case = at_meeting().and(vote(0, 30, 0));
    assert_eq!(refusal_of(&case), Refusal::MeetingAgainst { votes: 0, present: 30 });
    let case = case.by(chair()).on("2026-05-12").and(send_back());
    let case = case.by(recorder()).and(supplement("2a", 24));
    let again = review_of([40, 25, 24], [40, 25, 24]);
    let case = case.by(reviewer()).and(again).by(leader());
    let later = with(|meeting| meeting.held_on = date("2026-05-12"));
    let votes = Votes { in_favour: 10, against: 20, abstained: 0 };
    let case = case.and(minutes(later, votes));
    case.stands_at("decision");
    assert_eq!(refusal_of(&case), Refusal::MeetingAgainst { votes: 10, present: 30 });
}

#[test]
fn minutes_are_recorded_at_their_step_by_who_takes_it() {
    let refusal = not_appointed("hamlet-leader", "05158-01", "2026-05-10");
    at_meeting().by(reviewer()).when(vote(30, 0, 0)).refused(refusal);
    for (case, step) in [(at_posting(), "posting"), (at_last_review(), "commune_review")] {
        let step = step.parse().unwrap();
        case.when(vote(30, 0, 0)).refused(Refusal::NotAtThisStep { step });
    }
    for command in [review(CLAIMED), post("2026-05-10", "2026-05-20"), Command::ClosePosting] {
        let step = "hamlet_meeting".parse().unwrap();
        at_meeting().when(command).refused(Refusal::NotAtThisStep { step });
    }
}

#[test]
fn who_recorded_the_vote_does_not_decide() {
    let both = leader().with("commune-chair", "05158");
    let (step, earlier) = ("decision".parse().unwrap(), "hamlet_meeting".parse().unwrap());
    let refusal = Refusal::StepsNotSeparate { step, earlier };
    at_authority().by(both).when(recognise("2026-11-20")).refused(refusal);
}
