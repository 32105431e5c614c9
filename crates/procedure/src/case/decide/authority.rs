//! Who may act on a case now: state, appointment, conflict of interest, separation, holder.
//!
//! The subject's own side (self-assessment, supplement, withdrawal) is open to whoever the
//! definition lets enter it for the subject, and to an officer whose own subject it is; everything
//! else is an act of office and closed to him then. On either side, who took a step does not take
//! one that must stay separate from it, or he could ask for a supplement and write it himself.
//!
//! Who acts in another's place answers for both: a conflict or an earlier step of either of them
//! stands in the way, or a delegation would lead around the rule.
//!
//! Whose turn it is was written down when the case came to the step, for whoever reads the queue.
//! Who may act is asked of the definition anew, because competence can pass to another authority
//! while a case waits.

use alloc::vec::Vec;

use crate::actor::{Actor, Power, not_appointed};
use crate::case::command::{Command, Context};
use crate::case::decide::Acting;
use crate::case::decide::concern::must_be_concerned;
use crate::case::error::Refusal;
use crate::case::event::Assignment;
use crate::case::state::{Phase, Registered, State};
use crate::date::Date;
use crate::name::{OfficerId, Role, StepId, UnitCode};
use crate::refusal::Refused;

/// The turn in which a command acts, and by what right.
pub(in crate::case) struct Right<'a> {
    pub(in crate::case) turn: &'a Assignment,
    pub(in crate::case) power: Power,
}

/// By what right the command acts, if it may.
pub(in crate::case) fn may_act<'a>(
    state: &'a State,
    case: &Registered,
    command: &Command,
    acting: &Acting<'_>,
) -> Result<Right<'a>, Refused> {
    must_be_of_the_place(state, case, command, acting)?;
    let (turn, holder) = turn_for(state, command, acting)?;
    let power = match command {
        Command::Release => return may_release(turn, holder, acting),
        // Anybody in office writes down what people say, whomever it is about.
        Command::Object { .. } => Power::own(acting.by),
        Command::Assign { .. } => may_assign(state, case, turn, acting)?,
        _ if command.is_subjects_side() => on_the_subjects_side(state, case, acting)?,
        _ => {
            let day = acting.today();
            let turn = acting.context.assignment_on(&turn.step, day)?;
            power_in_office(state, case, &turn, acting.context.actor, (acting.context, day))?
        }
    };
    let held_by_others = matches!(
        command,
        Command::Withdraw { .. }
            | Command::Object { .. }
            | Command::Assign { .. }
            | Command::TakeOver { .. }
    );
    match holder {
        Some(holder) if holder != acting.by && !held_by_others => {
            Err(Refusal::HeldByOther { holder }.into())
        }
        _ => Ok(Right { turn, power }),
    }
}

/// Whoever has nothing to do with the case is told that first, whatever he asks. A holder whose term
/// has ended may still give the case back.
fn must_be_of_the_place(
    state: &State,
    case: &Registered,
    command: &Command,
    acting: &Acting<'_>,
) -> Result<(), Refused> {
    let gives_back = state.holder() == Some(acting.by) && matches!(command, Command::Release);
    if gives_back { Ok(()) } else { must_be_concerned(state, case, acting.context) }
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
            if let Some(decision) = state.placed {
                return Err(Refusal::OnDecision { decision });
            }
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

/// The subject's side is open to whoever enters for it, and to an officer whose own it is.
fn on_the_subjects_side(
    state: &State,
    case: &Registered,
    acting: &Acting<'_>,
) -> Result<Power, Refused> {
    let entry = acting.context.first_assignment()?;
    if acting.officer.owns(case.subject) {
        let own = Power::own(acting.by);
        must_be_separate(state, &entry.step, own, acting.context)?;
        return Ok(own);
    }
    let powers = powers_of(&entry, acting.context.actor, (acting.context, acting.today()));
    first_of(&entry, powers, (acting.context, acting.today()), |power| {
        Ok(must_be_separate(state, &entry.step, power, acting.context)?)
    })
}

/// By what right somebody takes a step as an act of office on a day.
///
/// The appointment must be in force over the unit at whose level the work lies. One further down
/// does not do: who administers a hamlet could hand out the commune's powers over it.
pub(in crate::case) fn power_in_office(
    state: &State,
    case: &Registered,
    turn: &Assignment,
    actor: Actor<'_>,
    at: (&Context<'_>, Date),
) -> Result<Power, Refused> {
    first_of(turn, powers_of(turn, actor, at), at, |power| {
        must_be_disinterested(case, power, actor)?;
        Ok(must_be_separate(state, &turn.step, power, at.0)?)
    })
}

fn powers_of(
    turn: &Assignment,
    actor: Actor<'_>,
    (context, day): (&Context<'_>, Date),
) -> Vec<Power> {
    actor.powers(&turn.role, down_to(&turn.unit, context.path), day)
}

/// The first right that nothing stands in the way of; else what stands in the way of the first.
fn first_of(
    turn: &Assignment,
    powers: Vec<Power>,
    (context, day): (&Context<'_>, Date),
    check: impl Fn(Power) -> Result<(), Refused>,
) -> Result<Power, Refused> {
    let mut first = None;
    for power in powers {
        match check(power) {
            Ok(()) => return Ok(power),
            Err(refused) => first = first.or(Some(refused)),
        }
    }
    let path = down_to(&turn.unit, context.path);
    Err(first.unwrap_or_else(|| not_appointed(turn.role.clone(), path, day).into()))
}

/// Every right by which the actor can decide today, his own first.
pub(in crate::case) fn powers_to_decide(context: &Context<'_>) -> Result<Vec<Power>, Refused> {
    let (turn, today) = (context.decision_on(context.today)?, context.today);
    let powers = powers_of(&turn, context.actor, (context, today));
    if powers.is_empty() {
        return Err(not_appointed(turn.role, down_to(&turn.unit, context.path), today).into());
    }
    Ok(powers)
}

/// By which of these rights somebody signs what bears a day. It must hold on that day too, or he
/// would sign in the name of his predecessor, or for somebody in whose place he was not yet.
pub(in crate::case) fn power_to_sign(
    state: &State,
    case: &Registered,
    mut powers: Vec<Power>,
    (context, date): (&Context<'_>, Date),
) -> Result<Power, Refused> {
    let (then, at) = (context.decision_on(date)?, (context, date));
    let held = powers_of(&then, context.actor, at);
    powers.retain(|power| held.contains(power));
    first_of(&then, powers, at, |power| {
        must_be_disinterested(case, power, context.actor)?;
        Ok(must_be_separate(state, &then.step, power, context)?)
    })
}

/// Checks that the actor has the role of a turn on a day, whatever case it is about.
pub(in crate::case) fn must_hold_role(
    turn: &Assignment,
    acting: &Acting<'_>,
    day: Date,
) -> Result<(), Refused> {
    let path = down_to(&turn.unit, acting.context.path);
    Ok(acting.context.actor.power(&turn.role, path, day).map(drop)?)
}

pub(super) fn down_to<'a>(unit: &UnitCode, path: &'a [UnitCode]) -> &'a [UnitCode] {
    let place = path.iter().position(|above| above == unit);
    place.and_then(|place| path.get(..=place)).unwrap_or(path)
}

/// The holder may always give the case back, even with his appointment at its end. So that a case
/// does not lie for ever with somebody who is away, the administrator of the place can do it too.
fn may_release<'a>(
    turn: &'a Assignment,
    holder: Option<OfficerId>,
    acting: &Acting<'_>,
) -> Result<Right<'a>, Refused> {
    let Some(holder) = holder else { return Err(Refusal::NotHeld.into()) };
    let right = Right { turn, power: Power::own(acting.by) };
    if holder == acting.by || administers(acting) {
        return Ok(right);
    }
    Err(Refusal::HeldByOther { holder }.into())
}

fn administers(acting: &Acting<'_>) -> bool {
    let (path, today) = (acting.context.path, acting.today());
    acting.context.actor.must_administer(Role::ADMINISTRATOR, path, today).is_ok()
}

/// A case is given to somebody by who could take it himself, by the administrator, or by whom its
/// delay was put before. Nobody chooses who acts on his own.
fn may_assign(
    state: &State,
    case: &Registered,
    turn: &Assignment,
    acting: &Acting<'_>,
) -> Result<Power, Refused> {
    let own = Power::own(acting.by);
    must_be_disinterested(case, own, acting.context.actor)?;
    let told = state.alarm.escalated.as_ref().and_then(|_| told_of_delay(turn, acting));
    let is_told = told.is_some_and(|to| must_hold_role(&to, acting, acting.today()).is_ok());
    if is_told || administers(acting) {
        return Ok(own);
    }
    let turn = acting.context.assignment_on(&turn.step, acting.today())?;
    let path = down_to(&turn.unit, acting.context.path);
    let power = acting.context.actor.power(&turn.role, path, acting.today())?;
    must_be_disinterested(case, power, acting.context.actor)?;
    Ok(power)
}

/// Before whom the delay of a step is put, in the units of today.
fn told_of_delay(turn: &Assignment, acting: &Acting<'_>) -> Option<Assignment> {
    let step = acting.definition().step(&turn.step)?;
    let to = step.limit.as_ref()?.escalate_to.as_ref()?;
    acting.context.at_level(step, &to.role, to.level)
}

/// Neither who acts nor in whose place he acts has the subject for his own.
fn must_be_disinterested(case: &Registered, power: Power, actor: Actor<'_>) -> Result<(), Refused> {
    let Actor::Officer { id, state, delegators } = actor else { return Ok(()) };
    let owns = |officer: OfficerId| {
        let delegator = delegators.iter().find(|delegator| delegator.id == officer);
        (officer == id && state.owns(case.subject))
            || delegator.is_some_and(|delegator| delegator.state.owns(case.subject))
    };
    match power.hands().find(|officer| owns(*officer)) {
        Some(officer) => Err(Refusal::OwnSubject { officer }.into()),
        None => Ok(()),
    }
}

fn must_be_separate(
    state: &State,
    step: &StepId,
    power: Power,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let clash = state.taken.iter().find(|(taken, by)| {
        power.hands().any(|hand| hand == *by)
            && taken != step
            && context.definition.separates(taken, step)
    });
    match clash {
        Some((earlier, _)) => {
            Err(Refusal::StepsNotSeparate { step: step.clone(), earlier: earlier.clone() })
        }
        None => Ok(()),
    }
}
