//! What holds for every story, whoever tries whatever.
//!
//! The checks do not use what `decide` uses: who did which step, who may, and what the points come
//! to are worked out here a second time from the accepted commands alone.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use proptest::{prop_assert, prop_assert_eq};

use super::spec::*;
use super::*;
use crate::aggregate::EventSet as _;
use crate::date::Date;
use crate::name::OfficerId;

mod story;
use story::Attempt;

type Checked = Result<(), TestCaseError>;

/// How often each command was accepted, over all stories.
type Accepted = BTreeMap<&'static str, usize>;

const STORIES: u32 = 1500;

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
    let expected = [
        ("register_case", 1200),
        ("self_assess", 900),
        ("supplement", 120),
        ("claim", 120),
        ("release", 40),
        ("review", 600),
        ("return_for_supplement", 200),
        ("recognise", 60),
        ("refuse", 40),
        ("withdraw", 40),
    ];
    for (command, least) in expected {
        let times = accepted.get(command).copied().unwrap_or(0);
        assert!(times >= least, "{command} was accepted only {times} times: {accepted:?}");
    }
}

/// What is known of a story without looking at the state.
#[derive(Default)]
struct Told {
    history: Vec<Event>,
    steps_of: BTreeMap<OfficerId, BTreeSet<String>>,
    ended: bool,
}

fn tell(attempts: &[Attempt], accepted: &mut Accepted) -> Checked {
    let cast = story::cast();
    let mut scene = given_definition(story::definition());
    let mut told = Told::default();
    let mut today = date("2026-02-01");
    for attempt in attempts {
        today = (0..attempt.days_later).fold(today, |day, _| day_after(day));
        let by = &cast[attempt.by];
        let command = attempt.command(&scene.state, today);
        let Ok(events) = scene.decide(by, today, command.clone()) else { continue };
        if events.is_empty() {
            continue;
        }
        *accepted.entry(command.name()).or_default() += 1;
        prop_assert!(!told.ended, "{} after the end", command.name());
        rightful(&scene, by, today, &command, &mut told)?;
        for event in &events {
            consistent(&scene.state, event, today)?;
            scene.state.evolve(event);
        }
        told.history.extend(events);
        told.ended = told.ended || is_end(told.history.last());
        repeated_changes_nothing(&scene, by, today, command)?;
        goes_on(&scene, today)?;
    }
    folds(&scene.state, &told.history)
}

fn day_after(day: Date) -> Date {
    jiff::civil::Date::from(day).tomorrow().unwrap().into()
}

fn is_end(event: Option<&Event>) -> bool {
    let ends = ["TitleRecognised", "RecognitionRefused", "CaseWithdrawn"];
    event.is_some_and(|event| ends.contains(&event.name()))
}

/// The step that a command takes, if it is one.
fn step_taken(state: &State, command: &Command) -> Option<String> {
    match command {
        Command::SelfAssess { .. } | Command::Supplement { .. } => Some("self_assessment".into()),
        Command::Review { .. }
        | Command::Return { .. }
        | Command::Recognise { .. }
        | Command::Refuse { .. } => state.turn().map(|turn| turn.step.to_string()),
        Command::Register { .. } | Command::Claim | Command::Release | Command::Withdraw { .. } => {
            None
        }
    }
}

/// Role and unit of a step on a day, as the definition of the stories has it.
fn competent(step: &str, day: Date) -> (&'static str, usize) {
    match step {
        "self_assessment" => ("hamlet-recorder", 3),
        "hamlet_review" => ("hamlet-reviewer", 3),
        "commune_review" => ("commune-reviewer", 2),
        _ if day < date("2026-11-15") => ("commune-chair", 2),
        _ => ("province-chair", 1),
    }
}

fn may(by: &Officer, step: &str, day: Date) -> bool {
    let (role, depth) = competent(step, day);
    by.state.appointments.iter().any(|held| {
        held.role.as_str() == role
            && PLACE[..=depth].contains(&held.unit.as_str())
            && held.term.contains(day)
    })
}

/// Nobody takes two steps, or acts in office on his own subject, or without an appointment.
fn rightful(
    scene: &Scene,
    by: &Officer,
    today: Date,
    command: &Command,
    told: &mut Told,
) -> Checked {
    let own = by.state.owns(family());
    let turn = scene.state.turn().map(|turn| turn.step.to_string()).unwrap_or_default();
    match command {
        Command::Register { .. }
        | Command::SelfAssess { .. }
        | Command::Supplement { .. }
        | Command::Withdraw { .. } => {
            prop_assert!(own || may(by, "self_assessment", today), "no right to enter");
        }
        // Giving back what one holds needs nothing; freeing another's needs an administrator.
        Command::Release => {
            let administers = by.state.appointments.iter().any(|held| {
                held.role.as_str() == "administrator" && PLACE.contains(&held.unit.as_str())
            });
            let Phase::Open { holder: Some(holder), .. } = &scene.state.phase else {
                return Err(TestCaseError::fail("released what nobody held"));
            };
            prop_assert!(*holder == by.id || administers);
        }
        Command::Claim | Command::Review { .. } | Command::Return { .. } => {
            prop_assert!(!own && may(by, &turn, today), "{} at {turn}", command.name());
        }
        Command::Recognise { decision } | Command::Refuse { decision, .. } => {
            prop_assert!(!own && may(by, &turn, today) && may(by, &turn, decision.date));
        }
    }
    if let Some(step) = step_taken(&scene.state, command) {
        let steps = told.steps_of.entry(by.id).or_default();
        steps.insert(step);
        prop_assert!(steps.len() == 1, "one officer took {steps:?}");
    }
    Ok(())
}

fn maximum(indicator: &crate::IndicatorId) -> u16 {
    let found = sample::INDICATORS.iter().find(|(id, _)| *id == indicator.as_str());
    found.expect("an indicator of the definition").1
}

fn points<'a>(lines: impl Iterator<Item = (&'a crate::IndicatorId, u16)>, total: u32) -> Checked {
    let mut sum = 0;
    let mut seen = BTreeSet::new();
    for (indicator, points) in lines {
        prop_assert!(points <= maximum(indicator));
        prop_assert!(seen.insert(indicator));
        sum += u32::from(points);
    }
    prop_assert_eq!(seen.len(), sample::INDICATORS.len());
    prop_assert_eq!(sum, total);
    Ok(())
}

/// An event does not contradict itself, nor what went before.
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
        Event::CaseRegistered(_)
        | Event::Claimed(_)
        | Event::Released(_)
        | Event::ReturnedForSupplement(_)
        | Event::StepCompleted(_)
        | Event::RecognitionRefused(_)
        | Event::CaseWithdrawn(_) => Ok(()),
    }
}

fn repeated_changes_nothing(scene: &Scene, by: &Officer, today: Date, command: Command) -> Checked {
    let name = command.name();
    let again = scene.decide(by, today, command);
    prop_assert!(again.as_ref().is_ok_and(Vec::is_empty) || again.is_err(), "{name}: {again:?}");
    Ok(())
}

/// Whoever has done what before, fresh officers can bring an open case one step further.
fn goes_on(scene: &Scene, today: Date) -> Checked {
    let mut scene = scene.clone();
    let fresh = |role: &str| officer(role).for_term(role, "VN", "2026-01-01", None);
    if let Phase::Open { holder: Some(_), .. } = scene.state.phase {
        let freed = scene.decide(&fresh("administrator"), today, Command::Release);
        prop_assert!(freed.is_ok(), "held for ever: {freed:?}");
        scene.evolve(&freed.unwrap_or_default());
    }
    let Some(turn) = scene.state.turn() else { return Ok(()) };
    let by = fresh(competent(turn.step.as_str(), today).0);
    let command = match turn.step.as_str() {
        "self_assessment" if matches!(scene.state.phase, Phase::Returned { .. }) => {
            let changed =
                if scene.state.claimed(&"2a".parse().unwrap()) == Some(7) { 8 } else { 7 };
            supplement("2a", changed)
        }
        "self_assessment" => self_assess(CLAIMED),
        "decision" => {
            let decision = DecisionReference { number: "1".into(), date: today };
            Command::Refuse { decision, reason: words("why") }
        }
        _ => {
            let line = |claim: &Claim| {
                review_line(claim.indicator.as_str(), claim.points.into(), claim.points.into())
            };
            Command::Review { lines: scene.state.claims.iter().map(line).collect() }
        }
    };
    let answer = scene.decide(&by, today, command);
    prop_assert!(answer.as_ref().is_ok_and(|events| !events.is_empty()), "stuck: {answer:?}");
    Ok(())
}

/// The history says all there is to know, and no order of events makes the fold fail.
fn folds(state: &State, history: &[Event]) -> Checked {
    let mut again = State::default();
    history.iter().for_each(|event| again.evolve(event));
    prop_assert_eq!(&again, state);
    let mut nonsense = State::default();
    history.iter().rev().for_each(|event| nonsense.evolve(event));
    history.iter().step_by(2).for_each(|event| nonsense.evolve(event));
    let ends = history.iter().filter(|event| is_end(Some(event))).count();
    prop_assert!(ends <= 1);
    Ok(())
}
