//! What holds for every story, whoever tries whatever.
//!
//! The checks do not use what `decide` uses: what is on the annex and who may sign on a day are
//! worked out here a second time from the accepted commands alone.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::spec::*;
use super::*;
use crate::case::spec::{Officer, association, chair, date, officer, reviewer, sample};
use crate::date::Date;
use crate::name::CaseId;
use crate::territory::UnitLevel;

type Checked = Result<(), TestCaseError>;

/// How often each command was accepted, over all stories.
type Accepted = BTreeMap<&'static str, usize>;

const STORIES: u32 = 600;
/// So many families there are; the last is never ready.
const FAMILIES: usize = 8;

#[test]
fn whatever_is_tried_the_rules_hold() {
    let config = Config { cases: STORIES, failure_persistence: None, ..Config::default() };
    let accepted = RefCell::new(Accepted::new());
    let run = TestRunner::new(config).run(&proptest::collection::vec(attempt(), 1..60), |story| {
        tell(&story, &mut accepted.borrow_mut())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    // A generator that hardly gets anywhere would prove nothing.
    let accepted = accepted.into_inner();
    let expected = [
        ("draft_decision", 500),
        ("list_cases", 800),
        ("take_off_case", 200),
        ("sign_decision", 180),
        ("discard_decision", 50),
        ("correct_decision", 350),
        ("cancel_decision", 25),
    ];
    for (command, least) in expected {
        let times = accepted.get(command).copied().unwrap_or(0);
        assert!(times >= least, "{command} was accepted only {times} times: {accepted:?}");
    }
}

/// Officers whose terms and roles overlap in every way that could tempt somebody.
fn cast() -> Vec<Officer> {
    vec![
        association(),
        chair(),
        reviewer(),
        officer("vice").with("vice-chair", "05158"),
        officer("mandarin").with("commune-chair", "VN").with("vice-chair", "25"),
        officer("old").for_term("commune-chair", "05158", "2026-01-01", Some("2026-11-12")),
        officer("new").for_term("commune-chair", "05158", "2026-11-13", None),
        officer("small-king").with("commune-chair", "05158-01").with("vice-chair", "05158-01"),
        officer("elsewhere").with("commune-chair", "05159").with("vice-chair", "05159"),
        officer("nobody"),
    ]
}

/// The commune's chair signs until 19 November 2026, the vice-chair from the 20th.
fn desk() -> Desk {
    let lines = (1..FAMILIES).map(ready).chain([unready(FAMILIES)]);
    let vice = sample::performer("vice-chair", UnitLevel::Commune);
    given().on("2026-11-02").with(lines).passing_to(vice)
}

fn may_sign(by: &Officer, day: Date) -> bool {
    let role = if day < date("2026-11-20") { "commune-chair" } else { "vice-chair" };
    by.state.appointments.iter().any(|held| {
        held.role.as_str() == role
            && ["VN", "25", "05158"].contains(&held.unit.as_str())
            && held.term.contains(day)
    })
}

fn may_prepare(by: &Officer, day: Date) -> bool {
    may_sign(by, day) || by.id == association().id
}

/// One attempt.
#[derive(Clone, Debug)]
struct Attempt {
    by: usize,
    days_later: i32,
    days_back: i32,
    kind: u8,
    numbers: BTreeSet<usize>,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let by = prop_oneof![3 => 0..2usize, 2 => 3..5usize, 2 => 0..cast().len()];
    let days_later = prop_oneof![6 => Just(0), 2 => 0..4, 1 => 0..12];
    let days_back = prop_oneof![5 => Just(0), 2 => 0..8, 1 => -2..20];
    // The family that is never ready is tried less often, or hardly anything would be signed.
    let number = prop_oneof![30 => 1..FAMILIES, 1 => 1..=FAMILIES];
    let numbers = proptest::collection::btree_set(number, 1..4);
    (by, days_later, days_back, 0u8..32, numbers).prop_map(
        |(by, days_later, days_back, kind, numbers)| Attempt {
            by,
            days_later,
            days_back,
            kind,
            numbers,
        },
    )
}

impl Attempt {
    /// What is tried: mostly something that the state asks for, so that stories get far.
    fn command(&self, state: &State, today: Date) -> Command {
        let day = today.plus_days(-self.days_back).unwrap().to_string();
        let number = *self.numbers.first().unwrap();
        match (self.kind, &state.phase) {
            (0..20, Phase::Absent) | (20, _) => draft(),
            (0..12, Phase::Draft) | (21 | 22, _) => list(self.numbers.iter().copied()),
            (12..15, Phase::Draft) | (23..26, _) => sign(&day),
            (0..10, Phase::Signed(_)) | (26, _) => {
                correct(&day, number.is_multiple_of(2).then_some("215/QĐ-UBND"))
            }
            (27, _) if number < 4 => discard(),
            (28, _) => cancel(&day),
            (29, _) => numbered(" ", &day),
            _ => take_off(number),
        }
    }
}

/// What is known of a story without looking at the state.
#[derive(Default)]
struct Told {
    history: Vec<Event>,
    listed: BTreeSet<CaseId>,
    drafted: Option<Date>,
    signed: Option<(Date, BTreeSet<CaseId>)>,
    ended: bool,
}

fn tell(attempts: &[Attempt], accepted: &mut Accepted) -> Checked {
    let cast = cast();
    let mut desk = desk();
    let mut told = Told::default();
    for attempt in attempts {
        desk.today = desk.today.plus_days(attempt.days_later).unwrap();
        desk.by = cast[attempt.by].clone();
        let command = attempt.command(&desk.state, desk.today);
        let before = desk.state.clone();
        let events = desk.answer(command.clone()).unwrap_or_default();
        for event in &events {
            *accepted.entry(command.name()).or_default() += 1;
            rightful(&desk, event)?;
            told.consistent(event, desk.today)?;
            desk.state.evolve(event);
        }
        prop_assert!(events.len() <= 1 && (!events.is_empty() || desk.state == before));
        told.history.extend(events);
        told.agrees_with(&desk.state)?;
    }
    folds(&desk.state, &told.history)
}

/// Whoever signs holds the role that signs, today and on the day that the act bears.
fn rightful(desk: &Desk, event: &Event) -> Checked {
    let (by, today) = (&desk.by, desk.today);
    match event {
        Event::DecisionDrafted(_)
        | Event::CasesListed(_)
        | Event::CaseTakenOff(_)
        | Event::DecisionDiscarded(_) => prop_assert!(may_prepare(by, today)),
        Event::DecisionSigned(DecisionSigned { date, by: hand, .. })
        | Event::DecisionCorrected(DecisionCorrected { date, by: hand, .. })
        | Event::DecisionCancelled(DecisionCancelled { date, by: hand, .. }) => {
            prop_assert!(may_sign(by, today) && may_sign(by, *date));
            prop_assert!(*hand == by.id && *date <= today);
        }
    }
    Ok(())
}

impl Told {
    /// An event does not contradict what went before.
    fn consistent(&mut self, event: &Event, today: Date) -> Checked {
        prop_assert!(!self.ended, "{event:?} after the end");
        let is_draft = self.drafted.is_some() && self.signed.is_none();
        match event {
            Event::DecisionDrafted(_) => {
                prop_assert!(self.drafted.is_none());
                self.drafted = Some(today);
            }
            Event::CasesListed(event) => {
                prop_assert!(is_draft);
                for case in &event.cases {
                    prop_assert!(self.listed.insert(*case), "{case} twice");
                }
            }
            Event::CaseTakenOff(event) => {
                prop_assert!(is_draft && self.listed.remove(&event.case));
            }
            Event::DecisionSigned(event) => {
                prop_assert!(is_draft && self.drafted.is_some_and(|from| from <= event.date));
                prop_assert!(!self.listed.is_empty() && !self.listed.contains(&case(FAMILIES)));
                prop_assert_eq!(event.cases as usize, self.listed.len());
                self.signed = Some((event.date, self.listed.clone()));
            }
            Event::DecisionDiscarded(_) => {
                prop_assert!(is_draft);
                self.ended = true;
            }
            Event::DecisionCorrected(DecisionCorrected { date, .. }) => {
                prop_assert!(self.signed.as_ref().is_some_and(|(signed, _)| signed <= date));
            }
            Event::DecisionCancelled(DecisionCancelled { date, .. }) => {
                prop_assert!(self.signed.as_ref().is_some_and(|(signed, _)| signed <= date));
                self.ended = true;
            }
        }
        Ok(())
    }

    /// The annex is what the commands made of it, and stays what it was when it was signed.
    fn agrees_with(&self, state: &State) -> Checked {
        prop_assert_eq!(&state.listed, &self.listed);
        let signed = self.signed.as_ref().map(|(date, cases)| {
            prop_assert_eq!(cases, &state.listed);
            Ok(*date)
        });
        prop_assert_eq!(state.signed().map(|signed| signed.date), signed.transpose()?);
        prop_assert_eq!(state.number().is_some(), self.signed.is_some());
        Ok(())
    }
}

/// The history says all there is to know, a decision is signed at most once, and no order of
/// events makes the fold fail.
fn folds(state: &State, history: &[Event]) -> Checked {
    let mut again = State::default();
    history.iter().for_each(|event| again.evolve(event));
    prop_assert_eq!(&again, state);
    let signed = history.iter().filter(|event| matches!(event, Event::DecisionSigned(_)));
    prop_assert!(signed.count() <= 1);
    let mut nonsense = State::default();
    history.iter().rev().for_each(|event| nonsense.evolve(event));
    history.iter().step_by(2).for_each(|event| nonsense.evolve(event));
    Ok(())
}
