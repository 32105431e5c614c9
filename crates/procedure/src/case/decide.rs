//! Whether something may be done with a case: first by whom, then in which state, then with what.
//!
//! The three questions about the actor are asked in one place, [`authority`], for every command,
//! so that no path leads around them.

use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::{Command, Context};
use crate::case::error::Refusal;
use crate::case::event::{Assignment, CaseWithdrawn, Claimed, Event, Released};
use crate::case::state::{Phase, State};
use crate::date::Date;
use crate::definition::{Definition, Step, StepKind};
use crate::name::{OfficerId, StepId, UnitCode};
use crate::refusal::Refused;

mod assess;
pub(super) mod authority;
mod conclude;
mod register;
mod review;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    let (by, officer) = context.actor.officer()?;
    let acting = Acting { by, officer, context };
    if let Command::Register { subject, year } = command {
        return register::register(state, subject, year, &acting);
    }
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    let turn = authority::may_act(state, case, &command, &acting)?;
    match command {
        Command::Register { .. } => Err(Refusal::Unknown.into()),
        Command::SelfAssess { lines } => Ok(assess::self_assess(turn, lines, &acting)?),
        Command::Supplement { lines } => Ok(assess::supplement(state, turn, lines, &acting)?),
        Command::Claim => Ok(claim(state, by, context.today)),
        Command::Release => Ok(vec![Released { by, on: context.today }.into()]),
        Command::Review { lines } => Ok(review::review(state, turn, lines, &acting)?),
        Command::Return { reason, indicators } => {
            Ok(review::return_for_supplement(turn, reason, indicators, &acting)?)
        }
        Command::Recognise { decision } => {
            conclude::recognise(state, case, turn, decision, &acting)
        }
        Command::Refuse { decision, reason } => {
            conclude::refuse(state, case, turn, (decision, reason), &acting)
        }
        Command::Withdraw { reason } => {
            Ok(vec![CaseWithdrawn { reason, by, on: context.today }.into()])
        }
    }
}

/// An officer at work: what every part of the decision needs.
pub(super) struct Acting<'a> {
    by: OfficerId,
    officer: &'a crate::officer::State,
    context: &'a Context<'a>,
}

impl Acting<'_> {
    fn today(&self) -> Date {
        self.context.today
    }

    fn definition(&self) -> &Definition {
        self.context.definition
    }

    /// Whose turn a step is on a day, at its level of the case's place.
    fn assignment(&self, step: &Step, day: Date) -> Result<Assignment, Refusal> {
        let nobody = || Refusal::NobodyCompetent { step: step.id.clone(), date: day };
        let performer = step.performer(day).ok_or_else(nobody)?;
        let unit: &UnitCode = match self.context.path.get(performer.level as usize) {
            Some(unit) => unit,
            // What belongs to a commune as a whole has no hamlet; its work lies with the commune.
            None => self.context.path.last().ok_or_else(nobody)?,
        };
        Ok(Assignment { step: step.id.clone(), role: performer.role.clone(), unit: unit.clone() })
    }

    /// Whose turn the step of that name is on a day.
    fn assignment_on(&self, step: &StepId, day: Date) -> Result<Assignment, Refusal> {
        self.assignment(self.definition().step(step).ok_or(Refusal::Closed)?, day)
    }

    /// Whose turn it is after a step.
    fn assignment_after(&self, turn: &Assignment) -> Result<Assignment, Refusal> {
        let step = self.definition().step_after(&turn.step);
        self.assignment(step.ok_or(Refusal::Closed)?, self.today())
    }

    /// Whose turn the first step is, where supplements are made too.
    fn first_assignment(&self) -> Result<Assignment, Refusal> {
        let mut steps = self.definition().steps.iter();
        let first = steps.find(|step| step.kind == StepKind::SelfAssessment);
        self.assignment(first.ok_or(Refusal::Closed)?, self.today())
    }
}

fn claim(state: &State, by: OfficerId, on: Date) -> Vec<Event> {
    match &state.phase {
        Phase::Open { holder: Some(holder), .. } if *holder == by => vec![],
        _ => vec![Claimed { by, on }.into()],
    }
}
