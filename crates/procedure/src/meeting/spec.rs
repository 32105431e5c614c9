//! Given a meeting, when somebody enters its minutes, then an event or a refusal.

use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::Digest;
use crate::actor::Actor;
use crate::case::spec::{
    Officer, PLACE, association, chair, date, not_appointed, officer, recorder, reviewer, sample,
    words,
};
use crate::definition::{Definition, StepKind};
use crate::name::UnitCode;

const DAY: &str = "2026-05-10";

/// The reviews of hamlet and commune as meetings.
fn definition() -> Definition {
    let mut definition = sample::definition();
    definition.steps[1..3].iter_mut().for_each(|step| step.kind = StepKind::Meeting);
    definition
}

fn digest() -> Digest {
    "a".repeat(64).try_into().unwrap()
}

/// Minutes of the hamlet's meeting of 8 May: 30 of 40 households came.
fn minutes() -> MeetingRecorded {
    MeetingRecorded {
        procedure: "family.test".parse().unwrap(),
        step: "hamlet_review".parse().unwrap(),
        unit: "05158-01".parse().unwrap(),
        held_on: date("2026-05-08"),
        convened: 40,
        present: vec![words("a name"); 30],
        minutes: words("what was said"),
        paper: Some(digest()),
        by: reviewer().id,
        in_place_of: None,
        on: date(DAY),
    }
}

/// What is asked for when these minutes are to be entered.
fn record(minutes: MeetingRecorded) -> Command {
    let MeetingRecorded { step, unit, held_on, convened, present, minutes, paper, .. } = minutes;
    Command::Record { step, unit, held_on, convened, present, minutes, paper }
}

fn when_at(state: &State, by: &Officer, path: &[&str], command: Command) -> Answer {
    let path: Vec<UnitCode> = path.iter().map(|code| code.parse().unwrap()).collect();
    let actor = Actor::officer_alone(by.id, &by.state);
    let definition = &definition();
    state.decide(command, &Context { actor, today: date(DAY), definition, path: &path })
}

type Answer = Result<Vec<Event>, Refused>;

fn when(minutes: MeetingRecorded) -> Answer {
    when_at(&State::default(), &reviewer(), &PLACE, record(minutes))
}

#[track_caller]
fn refused(minutes: MeetingRecorded, refusal: Refusal) {
    assert_eq!(when(minutes), Err(refusal.into()));
}

#[test]
fn minutes_are_entered_with_who_came_and_what_was_said() {
    assert_eq!(when(minutes()), Ok(vec![minutes().into()]));
    let bare = MeetingRecorded { paper: None, ..minutes() };
    assert_eq!(when(bare.clone()), Ok(vec![bare.into()]));
}

#[test]
fn a_meeting_has_its_minutes_once() {
    let mut state = State::default();
    assert_eq!(state.recorded, None);
    state.evolve(&minutes().into());
    assert_eq!(state.recorded, Some(minutes()));
    for again in [minutes(), MeetingRecorded { convened: 41, ..minutes() }] {
        let answer = when_at(&state, &reviewer(), &PLACE, record(again));
        assert_eq!(answer, Err(Refusal::AlreadyRecorded.into()));
    }
}

#[test]
fn minutes_belong_to_a_step_in_which_people_meet() {
    for step in ["self_assessment", "decision", "no_such_step"] {
        let step: crate::StepId = step.parse().unwrap();
        refused(MeetingRecorded { step: step.clone(), ..minutes() }, Refusal::WrongStep { step });
    }
}

#[test]
fn the_meeting_lies_between_the_first_day_of_the_rules_and_today() {
    for day in ["2026-01-01", DAY] {
        assert!(when(MeetingRecorded { held_on: date(day), ..minutes() }).is_ok(), "{day}");
    }
    for day in ["2025-12-31", "2026-05-11"] {
        let (earliest, latest) = (date("2026-01-01"), date(DAY));
        let refusal = Refusal::BadDate { date: date(day), earliest, latest };
        refused(MeetingRecorded { held_on: date(day), ..minutes() }, refusal);
    }
}

#[test]
fn somebody_came_and_no_more_than_were_called() {
    let attended = |present: usize, convened: u32| MeetingRecorded {
        present: vec![words("a name"); present],
        convened,
        ..minutes()
    };
    for (present, convened) in [(1, 1), (40, 40), (PRESENT_MAX, 2_000), (1, u32::MAX)] {
        assert!(when(attended(present, convened)).is_ok(), "{present} of {convened}");
    }
    for (present, convened) in [(0, 0), (0, 40), (41, 40), (PRESENT_MAX + 1, 5_000)] {
        let refusal = Refusal::BadAttendance { present, convened };
        refused(attended(present, convened), refusal);
    }
}

#[test]
fn minutes_are_entered_by_who_takes_the_step_there_today() {
    let others = [
        recorder(),
        association(),
        chair(),
        officer("o").with("hamlet-reviewer", "05158-02"),
        officer("o").for_term("hamlet-reviewer", "05158-01", "2026-01-01", Some("2026-05-09")),
        officer("o").for_term("hamlet-reviewer", "05158-01", "2026-05-11", None),
        officer("o").with("administrator", "VN"),
        officer("o"),
    ];
    let refusal = not_appointed("hamlet-reviewer", "05158-01", DAY);
    let mut recorded = State::default();
    recorded.evolve(&minutes().into());
    for by in others {
        for state in [&State::default(), &recorded] {
            let answer = when_at(state, &by, &PLACE, record(minutes()));
            assert_eq!(answer, Err(refusal.clone().into()));
        }
    }
    let of_the_commune = officer("o").with("hamlet-reviewer", "05158");
    assert!(when_at(&State::default(), &of_the_commune, &PLACE, record(minutes())).is_ok());
}

#[test]
fn the_machines_holder_enters_no_minutes() {
    let path: Vec<UnitCode> = PLACE.iter().map(|code| code.parse().unwrap()).collect();
    let definition = &definition();
    let context = Context { actor: Actor::Operator, today: date(DAY), definition, path: &path };
    let answer = State::default().decide(record(minutes()), &context);
    assert_eq!(answer, Err(crate::actor::Refusal::NotAnOfficer.into()));
}

#[test]
fn the_unit_is_of_the_level_that_meets() {
    let by = officer("o").with("hamlet-reviewer", "VN").with("commune-reviewer", "VN");
    let meet = |step: &str, depth: usize| {
        let (step, unit) = (step.parse().unwrap(), PLACE[depth - 1].parse().unwrap());
        let minutes = MeetingRecorded { step, unit, ..minutes() };
        when_at(&State::default(), &by, &PLACE[..depth], record(minutes))
    };
    // A step of the hamlet lies with the commune for what belongs to the commune as a whole.
    for (step, fitting) in [("hamlet_review", [3, 4].as_slice()), ("commune_review", &[3])] {
        for depth in 1..=4 {
            if fitting.contains(&depth) {
                assert!(meet(step, depth).is_ok(), "{step} at {depth}");
            } else {
                let refusal = Refusal::WrongLevel { unit: PLACE[depth - 1].parse().unwrap() };
                assert_eq!(meet(step, depth), Err(refusal.into()));
            }
        }
    }
}

#[test]
fn the_unit_exists() {
    let elsewhere: UnitCode = "05158-09".parse().unwrap();
    let refusal = Refusal::WrongLevel { unit: elsewhere.clone() };
    let minutes = MeetingRecorded { unit: elsewhere, ..minutes() };
    for path in [PLACE.as_slice(), &[]] {
        let answer = when_at(&State::default(), &reviewer(), path, record(minutes.clone()));
        assert_eq!(answer, Err(refusal.clone().into()));
    }
}
