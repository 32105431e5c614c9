//! Who may: by his own appointment or in the place of somebody who has one, on nobody's own, and
//! never two steps that must stay separate. Worked out from appointments and events alone.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::prop_assert;
use proptest::test_runner::TestCaseError;

use super::Checked;
use super::told::Told;
use super::world::World;
use crate::case::spec::*;
use crate::case::{Command, Event, Phase};
use crate::date::Date;
use crate::name::OfficerId;

/// Who did it, in whose place.
pub(super) type Hands = (OfficerId, Option<OfficerId>);

/// Role and depth of a step on a day, as the definition of the stories has it.
pub(super) fn competent(step: &str, day: Date) -> (&'static str, usize) {
    match step {
        "self_assessment" => ("hamlet-recorder", 3),
        "hamlet_review" => ("hamlet-reviewer", 3),
        "hamlet_meeting" | "posting" => ("hamlet-leader", 3),
        "commune_review" => ("commune-reviewer", 2),
        "decision" if day < date("2026-07-01") => ("commune-chair", 2),
        "decision" => ("province-chair", 1),
        other => panic!("{other}"),
    }
}

/// Whether nobody may take both: the meeting and the posting stay apart from the decision alone.
fn separate(one: &str, other: &str) -> bool {
    let public = |step: &str| ["hamlet_meeting", "posting"].contains(&step);
    one != other && (!public(one) || other == "decision") && (!public(other) || one == "decision")
}

fn appointed(officer: &Officer, role: &str, depth: usize, day: Date) -> bool {
    officer.state.appointments.iter().any(|held| {
        held.role.as_str() == role
            && PLACE[..=depth].contains(&held.unit.as_str())
            && held.term.contains(day)
    })
}

fn owns(officer: &Officer) -> bool {
    officer.state.interests.iter().any(|(subject, _)| *subject == family())
}

/// Whether these hands hold the power of a step on a day.
fn hold(world: &World, (by, in_place_of): Hands, step: &str, day: Date) -> bool {
    let (role, depth) = competent(step, day);
    let officer = world.officer(by);
    let Some(delegator) = in_place_of else { return appointed(officer, role, depth, day) };
    let passed_on = officer.state.delegations.iter().any(|passed| {
        passed.delegator == delegator
            && passed.role.as_str() == role
            && PLACE[..=depth].contains(&passed.unit.as_str())
            && passed.term.contains(day)
    });
    passed_on && appointed(world.officer(delegator), role, depth, day)
}

fn disinterested(world: &World, hands: Hands) -> bool {
    people(hands).all(|officer| !owns(world.officer(officer)))
}

pub(super) fn people((by, in_place_of): Hands) -> impl Iterator<Item = OfficerId> {
    core::iter::once(by).chain(in_place_of)
}

/// Every way in which somebody could act.
fn ways(world: &World, by: OfficerId) -> Vec<Hands> {
    let others = world.cast.iter().map(|officer| (by, Some(officer.id)));
    core::iter::once((by, None)).chain(others).collect()
}

/// Whether somebody could take the step today, as an act of office.
fn could(world: &World, by: OfficerId, step: &str, told: &Told) -> bool {
    ways(world, by).into_iter().any(|hands| {
        hold(world, hands, step, world.today)
            && disinterested(world, hands)
            && people(hands).all(|officer| told.is_free_for(officer, step))
    })
}

fn administers(officer: &Officer, day: Date) -> bool {
    appointed(officer, "administrator", 3, day)
}

fn is_in_office(world: &World, by: OfficerId) -> bool {
    let today = world.today;
    let over = |unit: &crate::UnitCode| PLACE.contains(&unit.as_str());
    let officer = world.officer(by);
    let held = officer.state.appointments.iter();
    held.clone().any(|held| over(&held.unit) && held.term.contains(today))
        || officer.state.delegations.iter().any(|passed| {
            let delegator = world.officer(passed.delegator);
            let role = passed.role.as_str();
            over(&passed.unit)
                && passed.term.contains(today)
                && appointed(delegator, role, 3, today)
        })
}

/// Who takes a step by the event, if it is one by an officer.
pub(super) fn hands_of(event: &Event) -> Option<Hands> {
    match event {
        Event::StepCompleted(event) => event.by.map(|by| (by, event.in_place_of)),
        Event::ReturnedForSupplement(event) => Some((event.by, event.in_place_of)),
        Event::Supplemented(event) => Some((event.by, event.in_place_of)),
        Event::PostedPublicly(event) => Some((event.by, event.in_place_of)),
        Event::ObjectionResolved(event) => Some((event.by, event.in_place_of)),
        Event::TitleRecognised(event) => Some((event.by, event.in_place_of)),
        Event::RecognitionRefused(event) => Some((event.by, event.in_place_of)),
        Event::TitleRevoked(event) => Some((event.by, event.in_place_of)),
        _ => None,
    }
}

/// Whether these hands may sign today what bears a day.
pub(super) fn may_decide(world: &World, hands: Hands, day: Date) -> Checked {
    prop_assert!(day <= world.today);
    for day in [day, world.today] {
        prop_assert!(hold(world, hands, "decision", day), "{hands:?} signs for {day}");
    }
    prop_assert!(disinterested(world, hands), "decided on his own");
    Ok(())
}

/// Whether the officer may do what he did.
pub(super) fn rightful(
    world: &World,
    by: usize,
    command: &Command,
    events: &[Event],
    told: &Told,
) -> Checked {
    let officer = &world.cast[by];
    let step = told.step();
    let hands: BTreeSet<Hands> = events.iter().filter_map(hands_of).collect();
    prop_assert!(hands.len() <= 1, "{command:?}: {hands:?}");
    let hands = hands.into_iter().next();
    prop_assert!(hands.is_none_or(|(by, _)| by == officer.id));
    prop_assert!(told.on_draft().is_none(), "{} of a case on a draft", command.name());
    match command {
        Command::Program(_) => return Err(TestCaseError::fail("an officer as the program")),
        Command::Register { .. } | Command::Withdraw { .. } => {
            let may = |hands| hold(world, hands, "self_assessment", world.today);
            prop_assert!(owns(officer) || ways(world, officer.id).into_iter().any(may));
        }
        Command::SelfAssess { .. } | Command::Supplement { .. } => {
            let own = owns(officer) && hands == Some((officer.id, None));
            let right = |hands| hold(world, hands, "self_assessment", world.today);
            prop_assert!(own || hands.is_some_and(right), "no right to enter");
        }
        Command::Release => release(world, officer)?,
        Command::Claim | Command::TakeOver { .. } => {
            prop_assert!(could(world, officer.id, &step, told), "{} at {step}", command.name());
        }
        Command::Assign { .. } => assign(world, officer, events, &step, told)?,
        Command::Object { .. } => {
            prop_assert!(owns(officer) || is_in_office(world, officer.id));
        }
        Command::Review { .. }
        | Command::Return { .. }
        | Command::RecordMinutes { .. }
        | Command::Post { .. }
        | Command::ResolveObjection { .. }
        | Command::ClosePosting => {
            let hands = hands.ok_or_else(|| TestCaseError::fail("nobody did it"))?;
            prop_assert!(hold(world, hands, &step, world.today), "{} at {step}", command.name());
            prop_assert!(disinterested(world, hands), "{} of his own", command.name());
        }
        Command::Recognise { decision }
        | Command::Refuse { decision, .. }
        | Command::Revoke { decision, .. } => {
            let hands = hands.ok_or_else(|| TestCaseError::fail("nobody signed"))?;
            may_decide(world, hands, decision.date)?;
        }
    }
    Ok(())
}

/// Giving back what one holds needs nothing; freeing another's needs an administrator.
fn release(world: &World, officer: &Officer) -> Checked {
    let Phase::Open { holder: Some(holder), .. } = &world.scene.state.phase else {
        return Err(TestCaseError::fail("released what nobody held"));
    };
    prop_assert!(*holder == officer.id || administers(officer, world.today));
    Ok(())
}

fn assign(world: &World, officer: &Officer, events: &[Event], step: &str, told: &Told) -> Checked {
    let [Event::Assigned(event)] = events else {
        return Err(TestCaseError::fail("assigned without an assignment"));
    };
    prop_assert!(could(world, event.to, step, told), "given to who cannot take it");
    prop_assert!(!owns(officer), "he chooses who acts on his own");
    let today = world.today;
    let peers = ways(world, officer.id).into_iter();
    let mut peers = peers.filter(|hands| hold(world, *hands, step, today));
    let (role, depth) = ("commune-chair", 2);
    let mut told_of_it = world.cast.iter().filter(|other| appointed(other, role, depth, today));
    let is_told = told.was_put_before_the_chair()
        && told_of_it.any(|other| {
            let passed = |passed: &crate::officer::Delegation| {
                passed.delegator == other.id
                    && passed.role.as_str() == role
                    && PLACE[..=depth].contains(&passed.unit.as_str())
                    && passed.term.contains(today)
            };
            other.id == officer.id || officer.state.delegations.iter().any(passed)
        });
    let may =
        administers(officer, today) || is_told || peers.any(|hands| disinterested(world, hands));
    prop_assert!(may, "given away by who has no say in it");
    Ok(())
}

/// Nobody takes two steps that must stay separate.
pub(super) fn apart(steps: &BTreeSet<String>) -> bool {
    steps.iter().all(|one| steps.iter().all(|other| !separate(one, other)))
}

pub(super) fn is_apart(steps: Option<&BTreeSet<String>>, step: &str) -> bool {
    steps.is_none_or(|steps| steps.iter().all(|taken| !separate(taken, step)))
}
