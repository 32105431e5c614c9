//! Whether something may be done with a case: first by whom, then in which state, then with what.
//!
//! The questions about the actor are asked in one place, [`authority`], for every command of an
//! officer, so that no path leads around them. What follows from a rule and a day alone is the
//! program's, in [`routine`].

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::{Actor, Power, Refusal as Nobody};
use crate::case::command::{Command, Context};
use crate::case::error::Refusal;
use crate::case::event::{Assigned, CaseWithdrawn, Claimed, Event, Released, TakenOver};
use crate::case::state::State;
use crate::date::Date;
use crate::definition::Definition;
use crate::name::OfficerId;
use crate::refusal::Refused;
use crate::text::Sealed;

mod assess;
pub(super) mod authority;
mod concern;
mod conclude;
mod meet;
mod obstacles;
mod post;
mod register;
mod review;
mod routine;
mod turn;

pub use concern::{concerned, may_prepare};
pub use conclude::{Standing, eligible, placeable, standing_on};
pub use obstacles::obstacles;

use authority::Right;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if let Command::Program(routine) = command {
        return match context.actor {
            Actor::Program => routine::decide(state, routine, context),
            Actor::Operator | Actor::Officer { .. } => Err(Nobody::NotTheProgram.into()),
        };
    }
    let (by, officer) = context.actor.officer()?;
    let acting = Acting { by, officer, context };
    if let Command::Register { subject, year } = command {
        return register::register(state, subject, year, &acting);
    }
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    if let Command::Revoke { decision, from, ground } = command {
        return conclude::revoke(state, case, (decision, from, ground), &acting);
    }
    let right = authority::may_act(state, case, &command, &acting)?;
    let on = context.today;
    match command {
        Command::Register { .. } | Command::Revoke { .. } | Command::Program(_) => {
            Err(Refusal::Unknown.into())
        }
        Command::SelfAssess { lines, declarant } => {
            Ok(assess::self_assess(&right, (lines, declarant), &acting)?)
        }
        Command::Supplement { lines, declarant } => {
            Ok(assess::supplement(state, &right, (lines, declarant), &acting)?)
        }
        Command::Claim => Ok(claim(state, by, on)),
        Command::Release => Ok(vec![Released { by, on }.into()]),
        Command::Assign { reason } => assign(state, case, &right, reason, &acting),
        Command::TakeOver { reason } => Ok(take_over(state, by, reason, on)?),
        Command::Review { lines } => Ok(review::review(state, &right, lines, &acting)?),
        Command::Return { reason, indicators } => {
            Ok(review::return_for_supplement(&right, reason, indicators, &acting)?)
        }
        Command::RecordMinutes { meeting, votes } => {
            Ok(meet::record(state, &right, &meeting, votes, &acting)?)
        }
        Command::Post { days, place } => Ok(post::post(state, &right, days, place, &acting)?),
        Command::Object { kind, name, text } => {
            Ok(post::object(state, &right, kind, (name, text), &acting)?)
        }
        Command::ResolveObjection { objection, upheld, reason } => {
            Ok(post::resolve(state, &right, (objection, upheld, reason), &acting)?)
        }
        Command::ClosePosting => {
            let hands = (Some(by), right.power.in_place_of);
            Ok(post::close(state, right.turn, hands, context)?)
        }
        Command::Recognise { decision } => conclude::recognise(state, case, decision, &acting),
        Command::Refuse { decision, reason } => {
            conclude::refuse(state, case, (decision, reason), &acting)
        }
        Command::Withdraw { reason } => Ok(vec![CaseWithdrawn { reason, by, on }.into()]),
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
}

fn claim(state: &State, by: OfficerId, on: Date) -> Vec<Event> {
    if state.holder() == Some(by) { vec![] } else { vec![Claimed { by, on }.into()] }
}

fn take_over(
    state: &State,
    by: OfficerId,
    reason: Sealed,
    on: Date,
) -> Result<Vec<Event>, Refusal> {
    match state.holder() {
        None => Err(Refusal::NotHeld),
        Some(holder) if holder == by => Ok(vec![]),
        Some(from) => Ok(vec![TakenOver { from, reason, by, on }.into()]),
    }
}

/// Whoever is given the case must be able to act on it.
fn assign(
    state: &State,
    case: &crate::case::state::Registered,
    right: &Right<'_>,
    reason: Option<Sealed>,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let assignee = acting.context.also.assignee.ok_or(Nobody::NotAnOfficer)?;
    let (to, _) = assignee.officer()?;
    let turn = acting.context.assignment_on(&right.turn.step, acting.today())?;
    authority::power_in_office(state, case, &turn, assignee, (acting.context, acting.today()))?;
    if state.holder() == Some(to) {
        return Ok(vec![]);
    }
    Ok(vec![Assigned { to, reason, by: acting.by, on: acting.today() }.into()])
}

/// By whom a step is taken.
fn hands(power: Power) -> (Option<OfficerId>, Option<OfficerId>) {
    (Some(power.by), power.in_place_of)
}
