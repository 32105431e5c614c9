//! What holds for every story, whoever tries whatever.
//!
//! The checks do not use what `decide` uses: who did which step and in whose place, who may, what
//! the points come to, where the case goes and how many days it has been there are worked out here a
//! second time from the accepted commands alone.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::RefCell;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use proptest::{prop_assert, prop_assert_eq};

use super::spec::*;
use super::*;
use crate::aggregate::EventSet as _;
use crate::date::Date;

mod goes_on;
mod public;
mod rights;
mod story;
mod told;
mod world;

use story::{Attempt, Try};
use told::Told;
use world::World;

type Checked = Result<(), TestCaseError>;

/// How often each command was accepted, and each event came of it, over all stories.
type Accepted = BTreeMap<&'static str, usize>;

const STORIES: u32 = 2000;

#[test]
fn whatever_is_tried_the_rules_hold() {
    let config = Config { cases: STORIES, failure_persistence: None, ..Config::default() };
    let accepted = RefCell::new(Accepted::new());
    let run = TestRunner::new(config)
        .run(&story::story(), |attempts| tell(&attempts, &mut accepted.borrow_mut()));
    if let Err(error) = run {
        panic!("{error}");
    }
    // A generator that hardly gets anywhere would prove nothing.
    let accepted = accepted.into_inner();
    for (what, least) in EXPECTED {
        let times = accepted.get(what).copied().unwrap_or(0);
        assert!(times >= *least, "{what} was accepted only {times} times: {accepted:?}");
    }
}

const EXPECTED: &[(&str, usize)] = &[
    ("register_case", 1500),
    ("self_assess", 1200),
    ("supplement", 800),
    ("claim", 200),
    ("release", 20),
    ("assign", 150),
    ("take_over", 10),
    ("review", 2000),
    ("return_for_supplement", 800),
    ("record_minutes", 1000),
    ("post", 800),
    ("object", 400),
    ("resolve_objection", 200),
    ("close_posting", 100),
    ("recognise", 100),
    ("refuse", 150),
    ("withdraw", 20),
    ("revoke", 60),
    ("watch", 500),
    ("follow_decision", 150),
    ("lapse", 8),
    ("sign_decision", 60),
    ("cancel_decision", 30),
    ("in_anothers_place", 200),
    ("HandedOver", 40),
    ("DeadlineWarned", 25),
    ("DeadlineBreached", 80),
    ("Reminded", 5),
    ("SentBackForReview", 40),
    ("PlacedOnDecision", 80),
    ("RemovedFromDecision", 12),
    ("RecognitionAnnulled", 15),
];

fn tell(attempts: &[Attempt], accepted: &mut Accepted) -> Checked {
    let mut world = World::new();
    let mut told = Told::default();
    for attempt in attempts {
        for _ in 0..attempt.days_later {
            world.pass_a_day();
            told.pass_a_day(world.today);
        }
        world.scene.assignee = Some(world.cast[attempt.assignee(&world)].clone());
        match attempt.choose(&world) {
            Try::Officer { by, command } => {
                officer_tries(&mut world, by, command, &mut told, accepted)?
            }
            Try::Program(routine) => program_tries(&mut world, routine, &mut told, accepted)?,
            Try::Decision { by, number, command } => {
                let (world, told) = (&mut world, &mut told);
                if let Some(name) = world.decision_tries(by, number, command, told)? {
                    *accepted.entry(name).or_default() += 1;
                }
            }
            Try::Appointment { of, event } => world.tell_officer(of, event),
        }
    }
    folds(&world.scene.state, &told.history)
}

fn officer_tries(
    world: &mut World,
    by: usize,
    command: Command,
    told: &mut Told,
    accepted: &mut Accepted,
) -> Checked {
    let officer = world.cast[by].clone();
    let answer = world.scene.decide(&officer, world.today, command.clone());
    let events = answer.unwrap_or_default();
    if events.is_empty() {
        return Ok(());
    }
    *accepted.entry(command.name()).or_default() += 1;
    rights::rightful(world, by, &command, &events, told)?;
    happened(world, events, told, accepted)?;
    // The same words twice are two comments.
    if !matches!(command, Command::Object { .. }) {
        let again = world.scene.decide(&officer, world.today, command.clone());
        changes_nothing(command.name(), again)?;
    }
    goes_on::goes_on(world)
}

fn program_tries(
    world: &mut World,
    routine: Routine,
    told: &mut Told,
    accepted: &mut Accepted,
) -> Checked {
    let command = Command::Program(routine);
    let events = world.program(routine).unwrap_or_default();
    if !events.is_empty() {
        *accepted.entry(command.name()).or_default() += 1;
        told.by_program(&events)?;
        happened(world, events, told, accepted)?;
        changes_nothing(command.name(), world.program(routine))?;
        goes_on::goes_on(world)?;
    }
    match routine {
        Routine::Watch => told.was_watched(world),
        Routine::Lapse => told.was_asked_for_its_end(world),
        _ => Ok(()),
    }
}

fn happened(
    world: &mut World,
    events: Vec<Event>,
    told: &mut Told,
    accepted: &mut Accepted,
) -> Checked {
    for event in &events {
        *accepted.entry(event.name()).or_default() += 1;
        if rights::hands_of(event).is_some_and(|(_, in_place_of)| in_place_of.is_some()) {
            *accepted.entry("in_anothers_place").or_default() += 1;
        }
        consistent(&world.scene.state, event, world.today)?;
        told.hears(event, world.today)?;
        world.scene.state.evolve(event);
    }
    told.history.extend(events);
    Ok(())
}

fn changes_nothing(name: &str, again: Answer) -> Checked {
    prop_assert!(again.as_ref().is_ok_and(Vec::is_empty) || again.is_err(), "{name}: {again:?}");
    Ok(())
}

fn maximum(indicator: &crate::IndicatorId) -> u16 {
    let found = sample::INDICATORS.iter().find(|(id, _)| *id == indicator.as_str());
    found.expect("an indicator of the definition").1
}

fn points<'a>(lines: impl Iterator<Item = (&'a crate::IndicatorId, u16)>, total: u32) -> Checked {
    let mut sum = 0;
    let mut seen = alloc::collections::BTreeSet::new();
    for (indicator, points) in lines {
        prop_assert!(points <= maximum(indicator));
        prop_assert!(seen.insert(indicator));
        sum += u32::from(points);
    }
    prop_assert_eq!(seen.len(), sample::INDICATORS.len());
    prop_assert_eq!(sum, total);
    Ok(())
}

/// An event does not contradict itself, nor the points that went before.
fn consistent(before: &State, event: &Event, today: Date) -> Checked {
    match event {
        Event::SelfAssessed(SelfAssessed { lines, total, .. })
        | Event::Supplemented(Supplemented { lines, total, .. }) => {
            points(lines.iter().map(|line| (&line.indicator, line.points)), *total)
        }
        Event::Reviewed(event) => {
            points(event.lines.iter().map(|line| (&line.indicator, line.points)), event.total)
        }
        Event::TitleRecognised(event) => {
            let given: u32 = before.assessments.iter().map(|line| u32::from(line.points)).sum();
            prop_assert_eq!(given, event.total);
            prop_assert!(given >= 50 && before.assessments.iter().all(|line| line.points >= 5));
            prop_assert!(event.decision.date <= today);
            prop_assert!(event.in_force.contains(event.decision.date));
            Ok(())
        }
        Event::TitleRevoked(event) => {
            let in_force = before.title_in_force();
            prop_assert!(in_force.is_some_and(|days| days.contains(event.from)));
            Ok(())
        }
        Event::TitleLapsed(event) => {
            let until = before.title_in_force().and_then(|days| days.until);
            prop_assert_eq!(until.and_then(|until| until.plus_days(1)), Some(event.from));
            prop_assert!(event.from <= today);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The history says all there is to know, and no order of events makes the fold fail.
fn folds(state: &State, history: &[Event]) -> Checked {
    let mut again = State::default();
    history.iter().for_each(|event| again.evolve(event));
    prop_assert_eq!(&again, state);
    let mut nonsense = State::default();
    history.iter().rev().for_each(|event| nonsense.evolve(event));
    history.iter().step_by(2).for_each(|event| nonsense.evolve(event));
    Ok(())
}
