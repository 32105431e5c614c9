//! Who may prepare a decision, give a draft up, and sign.
//!
//! Competence is asked of the definition anew each time, because it can pass to another authority
//! while a draft waits.

use crate::actor::Power;
use crate::date::Date;
use crate::decision::decide::Acting;
use crate::decision::error::Refusal;
use crate::decision::state::Drafted;
use crate::definition::{Performer, StepKind};
use crate::name::{Role, UnitCode};
use crate::refusal::Refused;

/// The list is prepared by those who review at the authority's level (the association), or by the
/// authority itself. Returns the role that signs today.
pub(super) fn may_prepare<'a>(unit: &UnitCode, acting: &Acting<'a>) -> Result<&'a Role, Refused> {
    let signer = signer(unit, acting.context.today, acting)?;
    must_prepare(signer, acting)?;
    Ok(signer)
}

/// The same people, also where competence has passed to an authority of another level: a draft
/// that can no longer be signed must not hold its cases for ever.
pub(super) fn may_give_up(drafted: &Drafted, acting: &Acting<'_>) -> Result<(), Refused> {
    let signer = signer(&drafted.unit, acting.context.today, acting);
    must_prepare(signer.unwrap_or(&drafted.role), acting)
}

/// By what right the officer signs an act that bears `date`: one and the same today and on that day,
/// for the role that signs on each.
pub(super) fn may_sign(unit: &UnitCode, date: Date, acting: &Acting<'_>) -> Result<Power, Refused> {
    let today = signer(unit, acting.context.today, acting)?;
    let then = signer(unit, date, acting)?;
    same_power((today, then), date, acting)
}

/// The same for an act about what was signed, also where competence has passed to an authority of
/// another level since: whoever has the role that signed it mends it.
pub(super) fn may_mend(
    drafted: &Drafted,
    date: Date,
    acting: &Acting<'_>,
) -> Result<Power, Refused> {
    let role = |day| signer(&drafted.unit, day, acting).unwrap_or(&drafted.role);
    same_power((role(acting.context.today), role(date)), date, acting)
}

fn same_power(
    (today, then): (&Role, &Role),
    date: Date,
    acting: &Acting<'_>,
) -> Result<Power, Refused> {
    let context = acting.context;
    context.actor.power(today, context.path, context.today)?;
    let before = context.actor.powers(then, context.path, date);
    let mut now = context.actor.powers(today, context.path, context.today).into_iter();
    match now.find(|power| before.contains(power)) {
        Some(power) => Ok(power),
        None => Err(crate::actor::not_appointed(then.clone(), context.path, date).into()),
    }
}

fn must_prepare(signer: &Role, acting: &Acting<'_>) -> Result<(), Refused> {
    let context = acting.context;
    let holds = |role: &Role| context.actor.must_hold(role, context.path, context.today).is_ok();
    let mut reviewers = performers(StepKind::Review, context.today, acting);
    if reviewers.any(|performer| holds(&performer.role)) {
        return Ok(());
    }
    Ok(context.actor.must_hold(signer, context.path, context.today)?)
}

/// The role that signs for the unit on `day`.
fn signer<'a>(unit: &UnitCode, day: Date, acting: &Acting<'a>) -> Result<&'a Role, Refusal> {
    let performer = performers(StepKind::Decision, day, acting).next();
    let wrong = || Refusal::WrongLevel { unit: unit.clone() };
    performer.map(|performer| &performer.role).ok_or_else(wrong)
}

/// Who takes steps of that kind on `day` at the level of the decision's unit.
fn performers<'a>(
    kind: StepKind,
    day: Date,
    acting: &Acting<'a>,
) -> impl Iterator<Item = &'a Performer> {
    let depth = acting.context.path.len();
    let steps = acting.context.definition.steps.iter().filter(move |step| step.kind == kind);
    steps
        .filter_map(move |step| step.performer(day))
        .filter(move |performer| performer.level as usize + 1 == depth)
}
