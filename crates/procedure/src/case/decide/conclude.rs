//! Whether the competent authority can recognise, refuse, or take a title back; and what a case comes
//! to. Deliberately absent: decisions over many cases; what they ask of each case is [`eligible`].

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Power;
use crate::case::command::Context;
use crate::case::decide::Acting;
use crate::case::decide::authority;
use crate::case::decide::obstacles::disputed;
use crate::case::error::Refusal;
use crate::case::event::{
    DecisionReference, Event, RecognitionRefused, TitleRecognised, TitleRevoked,
};
use crate::case::state::{Ended, Phase, Registered, State};
use crate::date::{Date, Period};
use crate::definition::{Definition, Judgement, Shortfall, StepKind};
use crate::name::{BandId, DecisionId};
use crate::refusal::Refused;
use crate::text::{Sealed, number_of_act};

/// What a case comes to when it is decided on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Points of the last review.
    pub total: u32,
    /// The band or level.
    pub band: Option<BandId>,
    /// The days on which the title would be in force.
    pub in_force: Period,
}

pub(super) fn recognise(
    state: &State,
    case: &Registered,
    decision: DecisionReference,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let (decision, power) = signed(state, case, decision, acting)?;
    let standing = standing(state, case, decision.date, acting.context)?;
    Ok(vec![recognised(standing, decision, power, acting.today())])
}

/// The event of a title.
pub(super) fn recognised(
    standing: Standing,
    decision: DecisionReference,
    power: Power,
    on: Date,
) -> Event {
    let Standing { total, band, in_force } = standing;
    let Power { by, in_place_of } = power;
    TitleRecognised { decision, total, band, in_force, by, in_place_of, on }.into()
}

pub(super) fn refuse(
    state: &State,
    case: &Registered,
    (decision, reason): (DecisionReference, Sealed),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let (decision, power) = signed(state, case, decision, acting)?;
    let total = judge(state, acting.definition()).total;
    let (Power { by, in_place_of }, on) = (power, acting.today());
    Ok(vec![RecognitionRefused { decision, total, reason, by, in_place_of, on }.into()])
}

/// What the points of the last review come to on a day, whatever stands in the way; `None` past the
/// calendar.
#[must_use]
pub fn standing_on(state: &State, definition: &Definition, date: Date) -> Option<Standing> {
    let case = state.registered.as_ref()?;
    let judgement = judge(state, definition);
    let in_force = definition.validity.period(date, case.year)?;
    Some(Standing { total: judgement.total, band: judgement.band, in_force })
}

/// Whether a case can be put on the draft of a decision, which the context brings: it is one of
/// those that the decision is about, waits for its decision, stands on no other draft, and could be
/// recognised today.
///
/// # Errors
/// Why not.
pub fn placeable(
    state: &State,
    id: DecisionId,
    context: &Context<'_>,
) -> Result<Standing, Refused> {
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    let drafted = context.also.decision.and_then(|decision| decision.drafted.as_ref());
    let of_it = drafted.is_some_and(|drafted| {
        drafted.procedure == case.procedure
            && drafted.year == case.year
            && context.path.contains(&drafted.unit)
    });
    if !of_it {
        return Err(Refusal::NotOfDecision { decision: id }.into());
    }
    if let Some(other) = state.placed.filter(|placed| *placed != id) {
        return Err(Refusal::OnDecision { decision: other }.into());
    }
    match &state.phase {
        Phase::Open { turn, .. } => {
            let step = context.definition.step(&turn.step);
            if step.is_none_or(|step| step.kind != StepKind::Decision) {
                return Err(Refusal::NotAtThisStep { step: turn.step.clone() }.into());
            }
        }
        Phase::Returned { .. } => return Err(Refusal::AwaitingSupplement.into()),
        _ => return Err(Refusal::Closed.into()),
    }
    standing(state, case, context.today, context)
}

/// Whether the actor of the context can sign for the case, which stands on the decision, on a day,
/// by the first of his rights, which is the one that the decision names; and what it comes to.
///
/// # Errors
/// Why he cannot, or why the case cannot.
pub fn eligible(
    state: &State,
    decision: DecisionId,
    date: Date,
    context: &Context<'_>,
) -> Result<Standing, Refused> {
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    if state.placed != Some(decision) {
        return Err(Refusal::NotOnDecision { decision }.into());
    }
    let mut powers = authority::powers_to_decide(context)?;
    powers.truncate(1);
    authority::power_to_sign(state, case, powers, (context, date))?;
    must_be_timely(state, case, date, context)?;
    standing(state, case, date, context)
}

/// Whether a case at its decision reaches the title on a day, and what it comes to.
fn standing(
    state: &State,
    case: &Registered,
    date: Date,
    context: &Context<'_>,
) -> Result<Standing, Refused> {
    must_be_undisputed(state)?;
    let judgement = judge(state, context.definition);
    if let Some(shortfall) = judgement.shortfalls.first() {
        return Err(below(shortfall).into());
    }
    must_have_waited(judgement.band.as_ref(), date, context)?;
    let in_force = in_force(case, date, context).ok_or(Refusal::ValidityOutOfRange)?;
    Ok(Standing { total: judgement.total, band: judgement.band, in_force })
}

fn must_be_undisputed(state: &State) -> Result<(), Refusal> {
    match disputed(state).into_iter().next() {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

/// Whoever holds a lower level has to have held it for some time.
pub(super) fn must_have_waited(
    next: Option<&BandId>,
    date: Date,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let Some(next) = next else { return Ok(()) };
    let held = context.also.titles.iter().filter(|title| title.in_force.contains(date));
    let from = held.filter_map(|title| {
        context.definition.outcome.upgrade_from(title.band.as_ref()?, title.decided, next)
    });
    match from.max().filter(|from| date < *from) {
        Some(from) => Err(Refusal::UpgradeTooEarly { level: next.clone(), from }),
        None => Ok(()),
    }
}

/// A decision that comes years late could recognise a title that is over already.
fn in_force(case: &Registered, date: Date, context: &Context<'_>) -> Option<Period> {
    let period = context.definition.validity.period(date, case.year);
    period.filter(|period| period.contains(date))
}

/// Whoever is competent to recognise the title takes it back, from a day of its time.
pub(super) fn revoke(
    state: &State,
    case: &Registered,
    (decision, from, ground): (DecisionReference, Date, Sealed),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let today = acting.today();
    let turn = acting.context.decision_on(today)?;
    let at = (acting.context, today);
    authority::power_in_office(state, case, &turn, acting.context.actor, at)?;
    let Phase::Recognised { in_force, ended, decision: recognised, .. } = &state.phase else {
        return Err(Refusal::NotRecognised.into());
    };
    match ended {
        Some(Ended::Lapsed { from } | Ended::Revoked { from, .. }) => {
            return Err(Refusal::TitleEnded { from: *from }.into());
        }
        None => {}
    }
    let number = printable(decision.number)?;
    let decision = DecisionReference { number, date: decision.date, id: None };
    must_bear(&decision, recognised.date, today)?;
    let powers = authority::powers_to_decide(acting.context)?;
    let power = authority::power_to_sign(state, case, powers, (acting.context, decision.date))?;
    if !in_force.contains(from) {
        return Err(Refusal::BadRevocation { from, earliest: in_force.from }.into());
    }
    let Power { by, in_place_of } = power;
    Ok(vec![TitleRevoked { decision, ground, from, by, in_place_of, on: today }.into()])
}

/// The decision, if its number can be one and whoever signs was competent on the day it bears:
/// nobody decides in the name of his predecessor, nor for an authority that was not yet his.
fn signed(
    state: &State,
    case: &Registered,
    decision: DecisionReference,
    acting: &Acting<'_>,
) -> Result<(DecisionReference, Power), Refused> {
    let number = printable(decision.number)?;
    // Only the program speaks for a decision over many cases.
    let decision = DecisionReference { number, date: decision.date, id: None };
    must_be_timely(state, case, decision.date, acting.context)?;
    let powers = authority::powers_to_decide(acting.context)?;
    let power = authority::power_to_sign(state, case, powers, (acting.context, decision.date))?;
    Ok((decision, power))
}

fn printable(number: String) -> Result<String, Refusal> {
    let bad = || Refusal::BadDecisionNumber { number: number.chars().take(80).collect() };
    number_of_act(&number).ok_or_else(bad)
}

/// What the points of the last review come to.
pub(super) fn judge(state: &State, definition: &Definition) -> Judgement {
    let lines = state.assessments.iter().map(|line| (line.indicator.clone(), line.points));
    definition.outcome.judge(&lines.collect::<BTreeMap<_, _>>())
}

/// What is said of something that is missing.
pub(super) fn below(shortfall: &Shortfall) -> Refusal {
    match shortfall {
        Shortfall::Total { total, minimum } => {
            Refusal::BelowThreshold { total: *total, minimum: *minimum }
        }
        Shortfall::Target { indicator } => Refusal::TargetNotMet { indicator: indicator.clone() },
        Shortfall::Indicator { indicator, points, minimum } => Refusal::IndicatorBelowMinimum {
            indicator: indicator.clone(),
            points: *points,
            minimum: *minimum,
        },
    }
}

/// The first day on which the case can be decided, where the season sets one.
pub(super) fn opens(case: &Registered, context: &Context<'_>) -> Option<Date> {
    let first = context.definition.season.recognition_from.as_ref()?;
    first.of(case.year)
}

fn must_be_timely(
    state: &State,
    case: &Registered,
    date: Date,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    if let Some(from) = opens(case, context).filter(|from| date < *from) {
        return Err(Refusal::TooEarly { from });
    }
    let (earliest, latest) = (state.turn_since.unwrap_or(case.on), context.today);
    if date < earliest || date > latest {
        return Err(Refusal::BadDecisionDate { date, earliest, latest });
    }
    Ok(())
}

fn must_bear(decision: &DecisionReference, earliest: Date, latest: Date) -> Result<(), Refusal> {
    let date = decision.date;
    if date < earliest || date > latest {
        return Err(Refusal::BadDecisionDate { date, earliest, latest });
    }
    Ok(())
}
