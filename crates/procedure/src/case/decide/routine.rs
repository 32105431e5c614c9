//! What the program does where a rule and a day leave nothing to judge. Every part answers with
//! nothing where there is nothing to do, so that it can be asked again at any time.
//!
//! Deliberately absent: when it is asked; the clerk goes through what a day may change.

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Power;
use crate::case::command::{Context, Routine};
use crate::case::decide::{conclude, post, register};
use crate::case::error::Refusal;
use crate::case::event::{
    Assignment, DeadlineBreached, DeadlineWarned, DecisionReference, Escalated, Event, HandedOver,
    PlacedOnDecision, RecognitionAnnulled, Reminded, Reminder, RemovedFromDecision, TitleLapsed,
};
use crate::case::state::{Phase, Registered, State};
use crate::clock;
use crate::date::Date;
use crate::decision;
use crate::definition::{Step, StepKind};
use crate::name::{CaseId, DecisionId};
use crate::refusal::Refused;

pub(super) fn decide(
    state: &State,
    routine: Routine,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if let Routine::Renew { subject, year, previous } = routine {
        return register::renew(state, (subject, year, previous), context);
    }
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    match routine {
        Routine::Renew { .. } => Ok(vec![]),
        Routine::FollowDecision { decision } => follow(state, case, decision, context),
        Routine::Watch => watch(state, case, context),
        Routine::Lapse => Ok(lapse(state, context)),
    }
}

/// Brings the case to where the decision says it is.
fn follow(
    state: &State,
    case: &Registered,
    id: DecisionId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    let Some(decision) = context.also.decision else { return Ok(vec![]) };
    let this = CaseId::of(case.title, case.subject, case.year);
    let listed = decision.lists(this);
    match decision.signed() {
        None if listed && decision.is_draft() => place(state, id, context),
        None => Ok(take_off(state, id, decision.taken_off(this), context.today)),
        Some(signed) if listed && !decision.is_cancelled() => {
            conclude_signed(state, (id, signed), context)
        }
        Some(_) if decision.is_cancelled() => annul(state, id, context),
        Some(_) => Ok(take_off(state, id, decision.taken_off(this), context.today)),
    }
}

fn place(
    state: &State,
    decision: DecisionId,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if state.placed == Some(decision) {
        return Ok(vec![]);
    }
    conclude::placeable(state, decision, context)?;
    Ok(vec![PlacedOnDecision { decision, on: context.today }.into()])
}

fn take_off(
    state: &State,
    decision: DecisionId,
    why: Option<&decision::TakenOff>,
    on: Date,
) -> Vec<Event> {
    if state.placed != Some(decision) {
        return vec![];
    }
    let reason = why.map(|why| why.reason.clone());
    let by = why.map(|why| why.by);
    vec![RemovedFromDecision { decision, reason, by, on }.into()]
}

/// What was signed is done: nothing about the case is judged again.
fn conclude_signed(
    state: &State,
    (id, signed): (DecisionId, &decision::Signed),
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if state.placed != Some(id) {
        return Ok(vec![]);
    }
    let standing = conclude::standing_on(state, context.definition, signed.date);
    let standing = standing.ok_or(Refusal::ValidityOutOfRange)?;
    let power = Power { by: signed.by, in_place_of: signed.in_place_of };
    let (number, date) = (signed.number.clone(), signed.date);
    let reference = DecisionReference { number, date, id: Some(id) };
    Ok(vec![conclude::recognised(standing, reference, power, context.today)])
}

/// A case that a cancelled decision recognised is to be decided anew.
fn annul(state: &State, id: DecisionId, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
    let on = context.today;
    match &state.phase {
        Phase::Recognised { decision, .. } if decision.id == Some(id) => {
            let next = context.decision_on(on)?;
            Ok(vec![RecognitionAnnulled { decision: id, on, next }.into()])
        }
        _ => Ok(take_off(state, id, None, on)),
    }
}

fn watch(state: &State, case: &Registered, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
    let mut events = remind(state, case, context);
    if state.placed.is_some() {
        return Ok(events);
    }
    if let Some(turn) = state.turn() {
        let now = context.assignment_on(&turn.step, context.today)?;
        if now != *turn {
            events.push(HandedOver { on: context.today, next: now }.into());
        }
    }
    if let Phase::Open { turn, .. } = &state.phase
        && let Some(step) = context.definition.step(&turn.step)
    {
        let closed = close(state, step, turn, context)?;
        if closed.is_empty() {
            events.extend(alarm(state, case, step, context)?);
        }
        events.extend(closed);
    }
    Ok(events)
}

/// A posting that is over and undisputed is closed.
fn close(
    state: &State,
    step: &Step,
    turn: &Assignment,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if step.kind != StepKind::Posting {
        return Ok(vec![]);
    }
    match post::close(state, turn, (None, None), context) {
        Err(
            Refusal::NotPosted | Refusal::PostingNotOver { .. } | Refusal::ObjectionOpen { .. },
        ) => Ok(vec![]),
        other => other,
    }
}

/// Says once that a share of a step's time is over, and once that it is over.
fn alarm(
    state: &State,
    case: &Registered,
    step: &Step,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (today, calendar) = (context.today, context.calendar);
    let Some((limit, since)) = step.limit.as_ref().zip(state.turn_since) else {
        return Ok(vec![]);
    };
    let stays = state.stays.iter();
    let used = stays.map(|(from, until)| clock::spent(limit, *from, *until, calendar)).sum();
    let Some(deadline) = clock::deadline(limit, case.year, since, used, calendar) else {
        return Ok(vec![]);
    };
    let (on, due) = (today, deadline.due);
    let mut events = Vec::new();
    let warn = deadline.warn_on.is_some_and(|day| day <= today);
    if warn && !state.alarm.warned && today <= due {
        events.push(DeadlineWarned { step: step.id.clone(), due, on }.into());
    }
    if due < today && !state.alarm.breached {
        events.push(DeadlineBreached { step: step.id.clone(), due, on }.into());
        if let Some(to) = &limit.escalate_to {
            let nobody = || Refusal::NobodyCompetent { step: step.id.clone(), date: on };
            let to = context.at_level(step, &to.role, to.level).ok_or_else(nobody)?;
            events.push(Escalated { to, on }.into());
        }
    }
    Ok(events)
}

/// Of the reminders that are due, the last one, unless it was sent.
fn remind(state: &State, case: &Registered, context: &Context<'_>) -> Vec<Event> {
    let Some(renewal) = &context.definition.renewal else { return vec![] };
    let Some((about, until)) = last_day(state, case, context) else { return vec![] };
    let left = until.days_since(context.today);
    let due = renewal.remind_days_before.iter().filter(|days| left <= i32::from(**days)).min();
    match due {
        Some(days) if left >= 0 && !state.reminders.contains(&(about, *days)) => {
            vec![Reminded { about, days_before: *days, until, on: context.today }.into()]
        }
        _ => vec![],
    }
}

/// What a case is to be done with next, and the last day for it.
fn last_day(state: &State, case: &Registered, context: &Context<'_>) -> Option<(Reminder, Date)> {
    match &state.phase {
        Phase::Open { turn, .. } => {
            let step = context.definition.step(&turn.step)?;
            let until = context.definition.season.registration_until.as_ref()?.of(case.year)?;
            (step.kind == StepKind::SelfAssessment).then_some((Reminder::SelfAssessment, until))
        }
        Phase::Recognised { in_force, ended: None, .. } => {
            let until = in_force.until?;
            (!is_renewed(until, context)).then_some((Reminder::Renewal, until))
        }
        _ => None,
    }
}

/// Whether another title goes on after a day. One that begins after a gap does not, or it would
/// depend on when this is asked whether a title lapsed.
fn is_renewed(until: Date, context: &Context<'_>) -> bool {
    let after = until.plus_days(1);
    let mut titles = context.also.titles.iter();
    after.is_some_and(|after| titles.any(|title| title.in_force.contains(after)))
}

/// A title whose last day is over lapses, unless a later one has taken its place.
fn lapse(state: &State, context: &Context<'_>) -> Vec<Event> {
    let Phase::Recognised { in_force, ended: None, .. } = &state.phase else { return vec![] };
    let Some(until) = in_force.until.filter(|until| *until < context.today) else { return vec![] };
    match until.plus_days(1) {
        Some(from) if !is_renewed(until, context) => {
            vec![TitleLapsed { from, on: context.today }.into()]
        }
        _ => vec![],
    }
}
