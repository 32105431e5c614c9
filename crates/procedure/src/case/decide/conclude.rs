//! Whether the competent authority can recognise or refuse.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::case::decide::Acting;
use crate::case::decide::authority::must_hold_role;
use crate::case::error::Refusal;
use crate::case::event::{
    Assignment, DecisionReference, Event, RecognitionRefused, TitleRecognised,
};
use crate::case::state::{Registered, State};
use crate::definition::{Judgement, Shortfall};
use crate::refusal::Refused;
use crate::text::{Sealed, is_plain};

/// A decision's number is not longer than this, in bytes.
const NUMBER_MAX: usize = 100;

pub(super) fn recognise(
    state: &State,
    case: &Registered,
    turn: &Assignment,
    decision: DecisionReference,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let decision = signed(state, case, turn, decision, acting)?;
    let judgement = judge(state, acting);
    if let Some(shortfall) = judgement.shortfalls.first() {
        return Err(below(shortfall).into());
    }
    let validity = &acting.definition().validity;
    // A decision that comes years late could recognise a title that is over already.
    let in_force = validity
        .period(decision.date, case.year)
        .filter(|period| period.contains(decision.date))
        .ok_or(Refusal::ValidityOutOfRange)?;
    let (total, band) = (judgement.total, judgement.band);
    let (by, on) = (acting.by, acting.today());
    Ok(vec![TitleRecognised { decision, total, band, in_force, by, on }.into()])
}

pub(super) fn refuse(
    state: &State,
    case: &Registered,
    turn: &Assignment,
    (decision, reason): (DecisionReference, Sealed),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let decision = signed(state, case, turn, decision, acting)?;
    let total = judge(state, acting).total;
    let (by, on) = (acting.by, acting.today());
    Ok(vec![RecognitionRefused { decision, total, reason, by, on }.into()])
}

/// The decision, if its number can be one and whoever signs was competent on the day it bears:
/// nobody decides in the name of his predecessor, nor for an authority that was not yet his.
fn signed(
    state: &State,
    case: &Registered,
    turn: &Assignment,
    decision: DecisionReference,
    acting: &Acting<'_>,
) -> Result<DecisionReference, Refused> {
    let number = printable(decision.number)?;
    let decision = DecisionReference { number, ..decision };
    must_be_timely(state, case, &decision, acting)?;
    must_hold_role(&acting.assignment_on(&turn.step, decision.date)?, acting, decision.date)?;
    Ok(decision)
}

fn printable(number: String) -> Result<String, Refusal> {
    let trimmed = number.trim();
    if !is_plain(trimmed, NUMBER_MAX) {
        return Err(Refusal::BadDecisionNumber { number: number.chars().take(80).collect() });
    }
    Ok(trimmed.to_owned())
}

fn judge(state: &State, acting: &Acting<'_>) -> Judgement {
    let lines = state.assessments.iter().map(|line| (line.indicator.clone(), line.points));
    acting.definition().outcome.judge(&lines.collect::<BTreeMap<_, _>>())
}

fn below(shortfall: &Shortfall) -> Refusal {
    match shortfall {
        Shortfall::Total { total, minimum } => {
            Refusal::BelowThreshold { total: *total, minimum: *minimum }
        }
        Shortfall::Indicator { indicator, points, minimum } => Refusal::IndicatorBelowMinimum {
            indicator: indicator.clone(),
            points: *points,
            minimum: *minimum,
        },
    }
}

fn must_be_timely(
    state: &State,
    case: &Registered,
    decision: &DecisionReference,
    acting: &Acting<'_>,
) -> Result<(), Refusal> {
    let season = &acting.definition().season;
    let opens = season.recognition_from.as_ref().and_then(|day| day.of(case.year));
    if let Some(from) = opens.filter(|from| decision.date < *from) {
        return Err(Refusal::TooEarly { from });
    }
    let (earliest, latest) = (state.turn_since.unwrap_or(case.on), acting.today());
    if decision.date < earliest || decision.date > latest {
        return Err(Refusal::BadDecisionDate { date: decision.date, earliest, latest });
    }
    Ok(())
}
