//! Whoever has done what before, fresh officers and the program can bring an open case one step
//! further.

use alloc::vec::Vec;

use proptest::prop_assert;

use super::Checked;
use super::rights::competent;
use super::world::World;
use crate::actor::Actor;
use crate::case::spec::full::{meeting, minutes, resolve};
use crate::case::spec::*;
use crate::case::{Claim, Command, DecisionReference, Event, Meeting, Phase, Routine, Votes};
use crate::date::{Date, Period};
use crate::decision;

fn fresh(role: &str) -> Officer {
    officer("fresh").for_term(role, "VN", "2026-01-01", None)
}

pub(super) fn goes_on(world: &World) -> Checked {
    let (mut scene, today) = (world.scene.clone(), world.today);
    is_taken_off(&mut scene, today)?;
    if let Phase::Open { holder: Some(_), .. } = scene.state.phase {
        does(&mut scene, &fresh("administrator"), today, Command::Release)?;
    }
    let Some(turn) = scene.state.turn() else { return Ok(()) };
    let step = turn.step.clone();
    let by = fresh(competent(step.as_str(), today).0);
    let command = match step.as_str() {
        "self_assessment" if matches!(scene.state.phase, Phase::Returned { .. }) => {
            let changed =
                if scene.state.claimed(&"2a".parse().unwrap()) == Some(7) { 8 } else { 7 };
            supplement("2a", changed)
        }
        "self_assessment" => self_assess(CLAIMED),
        "hamlet_meeting" => {
            let votes = Votes { in_favour: 30, against: 0, abstained: 0 };
            minutes(Meeting { held_on: today, ..meeting() }, votes)
        }
        "posting" => return posting_goes_on(scene, &by, today),
        "decision" => {
            let decision = DecisionReference { number: "1".into(), date: today, id: None };
            Command::Refuse { decision, reason: words("why") }
        }
        _ => {
            let line = |claim: &Claim| {
                review_line(claim.indicator.as_str(), claim.points.into(), claim.points.into())
            };
            Command::Review { lines: scene.state.claims.iter().map(line).collect() }
        }
    };
    does(&mut scene, &by, today, command)
}

/// A draft that is given up does not keep its cases.
fn is_taken_off(scene: &mut Scene, today: Date) -> Checked {
    let Some(id) = scene.state.placed else { return Ok(()) };
    scene.decision = Some(decision::State::default());
    let command = Command::Program(Routine::FollowDecision { decision: id });
    let events = scene.ask(Actor::Program, today, command);
    prop_assert!(events.as_ref().is_ok_and(|events| !events.is_empty()), "kept: {events:?}");
    scene.evolve(&events.unwrap_or_default());
    Ok(())
}

/// Objections are answered, the list hangs out, and the program ends it.
fn posting_goes_on(mut scene: Scene, by: &Officer, today: Date) -> Checked {
    while let Some(open) = scene.state.open_objection().map(|open| open.number) {
        does(&mut scene, by, today, resolve(open, false))?;
    }
    let turn = scene.state.turn().cloned().expect("a turn");
    if scene.state.posted_in(&turn.step).is_none() {
        let days = Period { from: today, until: today.plus_days(10) };
        does(&mut scene, by, today, Command::Post { days, place: "x".into() })?;
    }
    let until = scene.state.posted_in(&turn.step).and_then(|days| days.until).expect("an end");
    let after = today.max(until.plus_days(1).expect("a day"));
    let events = scene.ask(Actor::Program, after, Command::Program(Routine::Watch));
    let closes =
        |events: &Vec<Event>| events.iter().any(|event| matches!(event, Event::StepCompleted(_)));
    prop_assert!(events.as_ref().is_ok_and(closes), "never ends: {events:?}");
    Ok(())
}

fn does(scene: &mut Scene, by: &Officer, today: Date, command: Command) -> Checked {
    let name = command.name();
    let events = scene.decide(by, today, command);
    prop_assert!(events.as_ref().is_ok_and(|events| !events.is_empty()), "{name}: {events:?}");
    scene.evolve(&events.unwrap_or_default());
    Ok(())
}
