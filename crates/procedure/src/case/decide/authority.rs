//! Who may act on a case now: state, appointment, conflict of interest, separation, holder.
//!
//! The subject's own side (self-assessment, supplement, withdrawal) is open to whoever the
//! definition lets enter it for the subject, and to an officer whose own subject it is; everything
//! else is an act of office and closed to him then. On either side, who took a step does not take
//! one that must stay separate from it, or he could ask for a supplement and write it himself.
//!
//! Whose turn it is was written down when the case came to the step, for whoever reads the queue.
//! Who may act is asked of the definition anew, because competence can pass to another authority
//! while a case waits.

use crate::actor::{Actor, not_appointed};
use crate::case::command::Command;
use crate::case::decide::Acting;
use crate::case::error::Refusal;
use crate::case::event::Assignment;
use crate::case::state::{Phase, Registered, State};
use crate::date::Date;
use crate::name::{OfficerId, Role, StepId, UnitCode};
use crate::refusal::Refused;

/// The turn in which the command acts, if it may.
pub(in crate::case) fn may_act<'a>(
    state: &'a State,
    case: &Registered,
    command: &Command,
    acting: &Acting<'_>,
) -> Result<&'a Assignment, Refused> {
    must_be_of_the_place(state, case, command, acting)?;
    let (turn, holder) = turn_for(state, command, acting)?;
    if let Command::Release = command {
        may_release(holder, acting)?;
        return Ok(turn);
    }
    let own = acting.officer.owns(case.subject);
    if command.is_subjects_side() {
        let entry = acting.first_assignment()?;
        if !own {
            must_hold_role(&entry, acting, acting.today())?;
        }
        must_be_separate(state, &entry.step, acting)?;
    } else {
        must_hold_role(&acting.assignment_on(&turn.step, acting.today())?, acting, acting.today())?;
        if own {
            return Err(Refusal::OwnSubject { officer: acting.by }.into());
        }
        must_be_separate(state, &turn.step, acting)?;
    }
    match holder {
        Some(holder) if holder != acting.by && !matches!(command, Command::Withdraw { .. }) => {
            Err(Refusal::HeldByOther { holder }.into())
        }
        _ => Ok(turn),
    }
}

/// Where a case stands is nobody's business who has no office over its place today and to whom the
/// subject is not his own: he is told that first, whatever he asks. A holder whose term has ended
/// may still give the case back.
fn must_be_of_the_place(
    state: &State,
    case: &Registered,
    command: &Command,
    acting: &Acting<'_>,
) -> Result<(), Refused> {
    let path = acting.context.path;
    let holds = matches!(&state.phase, Phase::Open { holder, .. } if *holder == Some(acting.by));
    let in_office = acting.officer.appointments_over(path, acting.today()).next().is_some();
    let gives_back = holds && matches!(command, Command::Release);
    if in_office || gives_back || acting.officer.owns(case.subject) {
        return Ok(());
    }
    let turn = match state.turn() {
        Some(turn) => acting.assignment_on(&turn.step, acting.today())?,
        None => acting.first_assignment()?,
    };
    Err(not_appointed(turn.role, down_to(&turn.unit, path), acting.today()).into())
}

fn turn_for<'a>(
    state: &'a State,
    command: &Command,
    acting: &Acting<'_>,
) -> Result<(&'a Assignment, Option<OfficerId>), Refusal> {
    match &state.phase {
        Phase::Absent => Err(Refusal::Unknown),
        Phase::Recognised { .. } | Phase::Refused { .. } | Phase::Withdrawn { .. } => {
            Err(Refusal::Closed)
        }
        Phase::Returned { turn, .. } => match command {
            Command::Supplement { .. } | Command::Withdraw { .. } => Ok((turn, None)),
            _ => Err(Refusal::AwaitingSupplement),
        },
        Phase::Open { turn, holder } => {
            let step = acting.definition().step(&turn.step).ok_or(Refusal::Closed)?;
            let here = match command {
                Command::Supplement { .. } => return Err(Refusal::NoSupplementAsked),
                Command::Withdraw { .. } => true,
                other => other.belongs_to(step.kind),
            };
            let elsewhere = || Refusal::NotAtThisStep { step: turn.step.clone() };
            if here { Ok((turn, *holder)) } else { Err(elsewhere()) }
        }
    }
}

/// The holder may always give the case back, even with his appointment at its end. So that a case
/// does not lie for ever with somebody who is away, the administrator of the place can do it too.
fn may_release(holder: Option<OfficerId>, acting: &Acting<'_>) -> Result<(), Refusal> {
    let Some(holder) = holder else { return Err(Refusal::NotHeld) };
    if holder == acting.by {
        return Ok(());
    }
    let actor = Actor::Officer { id: acting.by, state: acting.officer };
    let administers =
        actor.must_administer(Role::ADMINISTRATOR, acting.context.path, acting.today());
    administers.map_err(|_| Refusal::HeldByOther { holder })
}

/// The officer's appointment must be in force on the day over the unit at whose level the work
/// lies. An appointment further down does not do: who administers a hamlet could hand out the
/// commune's powers over it.
pub(in crate::case) fn must_hold_role(
    turn: &Assignment,
    acting: &Acting<'_>,
    day: Date,
) -> Result<(), Refused> {
    let path = down_to(&turn.unit, acting.context.path);
    if acting.officer.holds(&turn.role, path, day) {
        return Ok(());
    }
    Err(not_appointed(turn.role.clone(), path, day).into())
}

fn down_to<'a>(unit: &UnitCode, path: &'a [UnitCode]) -> &'a [UnitCode] {
    let place = path.iter().position(|above| above == unit);
    place.and_then(|place| path.get(..=place)).unwrap_or(path)
}

fn must_be_separate(state: &State, step: &StepId, acting: &Acting<'_>) -> Result<(), Refusal> {
    let clash = state.taken.iter().find(|(taken, by)| {
        *by == acting.by && taken != step && acting.definition().separates(taken, step)
    });
    match clash {
        Some((earlier, _)) => {
            Err(Refusal::StepsNotSeparate { step: step.clone(), earlier: earlier.clone() })
        }
        None => Ok(()),
    }
}
