//! The case, the officers around it, and the decisions that may list it.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prop_assert;
use proptest::test_runner::TestCaseError;

use super::told::Told;
use super::{rights, story};
use crate::actor::Actor;
use crate::aggregate::Aggregate as _;
use crate::case::spec::*;
use crate::case::{Command, Context, Routine, eligible};
use crate::date::Date;
use crate::decision::{self, Line};
use crate::name::{CaseId, DecisionId, UnitCode};
use crate::officer;
use crate::title::Title;

pub(super) struct World {
    pub(super) scene: Scene,
    pub(super) cast: Vec<Officer>,
    /// By their number, from 0. The last one is new or being prepared.
    pub(super) decisions: Vec<decision::State>,
    pub(super) today: Date,
}

pub(super) fn decision_id(number: usize) -> DecisionId {
    DecisionId(uuid::Uuid::from_u128(number as u128 + 1))
}

pub(super) fn this_case() -> CaseId {
    CaseId::of(Title::Family, family(), 2026)
}

impl World {
    pub(super) fn new() -> Self {
        let scene = given_definition(story::definition());
        let decisions = vec![decision::State::default()];
        let mut world = Self { scene, cast: story::cast(), decisions, today: date("2026-02-01") };
        world.introduce();
        world
    }

    pub(super) fn pass_a_day(&mut self) {
        self.today = self.today.plus_days(1).unwrap();
    }

    /// Lets everybody's power be looked up.
    fn introduce(&mut self) {
        self.scene.delegators = self.cast.iter().map(Officer::as_delegator).collect();
    }

    pub(super) fn tell_officer(&mut self, of: usize, event: officer::Event) {
        self.cast[of] = self.cast[of].clone().told(event);
        self.introduce();
    }

    pub(super) fn officer(&self, id: crate::OfficerId) -> &Officer {
        self.cast.iter().find(|officer| officer.id == id).expect("an officer of the story")
    }

    pub(super) fn program(&mut self, routine: Routine) -> Answer {
        if let Routine::FollowDecision { decision } = routine {
            let mut all = self.decisions.iter().enumerate();
            let found = all.find(|(number, _)| decision_id(*number) == decision);
            self.scene.decision = found.map(|(_, decision)| decision.clone());
        }
        self.scene.ask(Actor::Program, self.today, Command::Program(routine))
    }

    /// The unit whose authority decides today.
    pub(super) fn deciding_unit(&self) -> UnitCode {
        let (_, depth) = rights::competent("decision", self.today);
        PLACE[depth].parse().unwrap()
    }

    /// What the signer would be told of the case.
    fn line(&self, by: &Officer, number: usize, date: Date) -> Line {
        let scene = &self.scene;
        let context = Context {
            actor: scene.actor(by),
            today: self.today,
            definition: &scene.edition.published.as_ref().unwrap().0,
            edition: &scene.edition,
            path: &scene.path,
            calendar: &scene.calendar,
            also: crate::case::Also::default(),
        };
        let ready = eligible(&scene.state, decision_id(number), date, &context).map(drop);
        Line { case: this_case(), ready }
    }

    /// A command on a decision; its name if it was accepted.
    pub(super) fn decision_tries(
        &mut self,
        by: usize,
        number: usize,
        command: decision::Command,
        told: &mut Told,
    ) -> Result<Option<&'static str>, TestCaseError> {
        let (by, state) = (&self.cast[by], &self.decisions[number]);
        let drafted = state.drafted.as_ref().map(|drafted| drafted.unit.clone());
        let unit = drafted.unwrap_or_else(|| self.deciding_unit());
        let mut path = self.scene.path.clone();
        path.truncate(path.iter().position(|above| *above == unit).unwrap() + 1);
        let lines = match &command {
            decision::Command::Sign { date, .. } => vec![self.line(by, number, *date)],
            _ => vec![],
        };
        let context = decision::Context {
            actor: self.scene.actor(by),
            today: self.today,
            definition: &self.scene.edition.published.as_ref().unwrap().0,
            path: &path,
            lines: &lines,
        };
        let name = command.name();
        let events = state.decide(command, &context).unwrap_or_default();
        for event in &events {
            if let decision::Event::DecisionSigned(event) = event {
                prop_assert!(state.lists(this_case()), "signed without a case");
                prop_assert_eq_id(event.by, by.id)?;
                rights::may_decide(self, (event.by, event.in_place_of), event.date)?;
                told.was_signed(decision_id(number), event);
            }
        }
        for event in &events {
            self.decisions[number].evolve(event);
        }
        let last = self.decisions.last().unwrap();
        if !last.is_draft() && last.phase != decision::Phase::Absent {
            self.decisions.push(decision::State::default());
        }
        Ok((!events.is_empty()).then_some(name))
    }
}

fn prop_assert_eq_id(one: crate::OfficerId, other: crate::OfficerId) -> Result<(), TestCaseError> {
    prop_assert!(one == other, "signed by {} and not by {}", one.to_string(), other.to_string());
    Ok(())
}
