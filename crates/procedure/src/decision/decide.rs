//! Whether something may be done with a decision: first by whom, then in which state, then with
//! what.

use alloc::vec;
use alloc::vec::Vec;

use crate::decision::command::{Command, Context};
use crate::decision::error::Refusal;
use crate::decision::event::{CaseTakenOff, DecisionDiscarded, DecisionDrafted, Event};
use crate::decision::state::{Drafted, Phase, Signed, State};
use crate::name::{CaseId, OfficerId, UnitCode};
use crate::refusal::Refused;
use crate::text::Sealed;

mod act;
mod annex;
mod authority;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    let (by, _) = context.actor.officer()?;
    let acting = Acting { by, context };
    match command {
        Command::Draft { year, unit } => draft(state, year, unit, &acting),
        Command::List { cases } => {
            authority::may_prepare(&existing(state, &acting)?.unit, &acting)?;
            must_be_draft(state)?;
            Ok(annex::list(state, cases, &acting)?)
        }
        Command::TakeOff { case, reason } => {
            authority::may_give_up(existing(state, &acting)?, &acting)?;
            must_be_draft(state)?;
            Ok(take_off(state, case, reason, &acting)?)
        }
        Command::Discard { reason } => {
            authority::may_give_up(existing(state, &acting)?, &acting)?;
            must_be_draft(state)?;
            Ok(vec![DecisionDiscarded { reason, by, on: context.today }.into()])
        }
        Command::Sign { number, date, annex } => {
            let drafted = existing(state, &acting)?;
            authority::may_sign(&drafted.unit, context.today, &acting)?;
            must_be_draft(state)?;
            act::sign(state, drafted, (number, date, annex), &acting)
        }
        Command::Correct { number, date, corrected_number, note } => {
            let drafted = existing(state, &acting)?;
            authority::may_mend(drafted, context.today, &acting)?;
            let after = act::After { drafted, signed: must_be_signed(state)? };
            after.correct((number, date), corrected_number, note, &acting)
        }
        Command::Cancel { number, date, reason } => {
            let drafted = existing(state, &acting)?;
            authority::may_mend(drafted, context.today, &acting)?;
            let after = act::After { drafted, signed: must_be_signed(state)? };
            after.cancel((number, date), reason, &acting)
        }
    }
}

/// An officer at work: what every part of the decision needs.
pub(super) struct Acting<'a> {
    by: OfficerId,
    context: &'a Context<'a>,
}

/// What was drafted, if the context speaks of its unit.
fn existing<'a>(state: &'a State, acting: &Acting<'_>) -> Result<&'a Drafted, Refusal> {
    let drafted = state.drafted.as_ref().ok_or(Refusal::Unknown)?;
    must_exist(&drafted.unit, acting)?;
    Ok(drafted)
}

fn must_exist(unit: &UnitCode, acting: &Acting<'_>) -> Result<(), Refusal> {
    if acting.context.path.last() == Some(unit) {
        return Ok(());
    }
    Err(Refusal::WrongLevel { unit: unit.clone() })
}

fn must_be_draft(state: &State) -> Result<(), Refusal> {
    match &state.phase {
        Phase::Absent => Err(Refusal::Unknown),
        Phase::Draft => Ok(()),
        Phase::Signed(_) => Err(Refusal::AlreadySigned),
        Phase::Discarded { .. } => Err(Refusal::Discarded),
        Phase::Cancelled { .. } => Err(Refusal::Cancelled),
    }
}

fn must_be_signed(state: &State) -> Result<&Signed, Refusal> {
    match &state.phase {
        Phase::Absent => Err(Refusal::Unknown),
        Phase::Draft => Err(Refusal::NotSigned),
        Phase::Signed(signed) => Ok(signed),
        Phase::Discarded { .. } => Err(Refusal::Discarded),
        Phase::Cancelled { .. } => Err(Refusal::Cancelled),
    }
}

fn draft(
    state: &State,
    year: i16,
    unit: UnitCode,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    must_exist(&unit, acting)?;
    let role = authority::may_prepare(&unit, acting)?.clone();
    if state.drafted.is_some() {
        return Err(Refusal::AlreadyDrafted.into());
    }
    let definition = acting.context.definition;
    let (procedure, title) = (definition.id.clone(), definition.title);
    let (by, on) = (acting.by, acting.context.today);
    Ok(vec![DecisionDrafted { procedure, title, year, unit, role, by, on }.into()])
}

fn take_off(
    state: &State,
    case: CaseId,
    reason: Sealed,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !state.lists(case) {
        return Err(Refusal::NotListed { case });
    }
    Ok(vec![CaseTakenOff { case, reason, by: acting.by, on: acting.context.today }.into()])
}
