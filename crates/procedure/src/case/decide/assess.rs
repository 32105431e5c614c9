//! Whether a self-assessment or a supplement is complete and within the maxima.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::ClaimInput;
use crate::case::decide::Acting;
use crate::case::decide::authority::Right;
use crate::case::error::Refusal;
use crate::case::event::{Claim, Event, SelfAssessed, StepCompleted, Supplemented};
use crate::case::state::{Phase, State};
use crate::definition::{Definition, Indicator};
use crate::name::IndicatorId;
use crate::text::Sealed;

/// What was handed in, and who spoke for the subject.
type Handed = (Vec<ClaimInput>, Option<Sealed>);

pub(super) fn self_assess(
    right: &Right<'_>,
    (lines, declarant): Handed,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    must_be_complete(acting.definition(), lines.iter().map(|line| &line.indicator))?;
    let lines = claims(lines, acting.definition())?;
    let step = right.turn.step.clone();
    let (by, on) = (acting.by, acting.today());
    let next = acting.context.assignment_after(&step)?;
    let in_place_of = right.power.in_place_of;
    Ok(vec![
        SelfAssessed { total: sum(&lines), lines, declarant, by, on }.into(),
        StepCompleted { step, by: Some(by), in_place_of, on, next }.into(),
    ])
}

/// What was supplemented is reviewed: the case goes back to the review that asked for it, or to the
/// last one before the step that did; where a meeting voted against it, to the last one before that,
/// or the vote would be passed over.
pub(super) fn supplement(
    state: &State,
    right: &Right<'_>,
    (changed, declarant): Handed,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Phase::Returned { from, .. } = &state.phase else {
        return Err(Refusal::NotAtThisStep { step: right.turn.step.clone() });
    };
    must_be_known_and_single(acting.definition(), changed.iter().map(|line| &line.indicator))?;
    let mut lines = state.claims.clone();
    for line in claims(changed, acting.definition())? {
        match lines.iter_mut().find(|before| before.indicator == line.indicator) {
            Some(before) => *before = line,
            None => lines.push(line),
        }
    }
    if lines == state.claims {
        return Err(Refusal::NothingSupplemented);
    }
    let (by, on, in_place_of) = (acting.by, acting.today(), right.power.in_place_of);
    let against = state.minutes.as_ref().filter(|minutes| !minutes.agreed);
    let next = acting.context.review_before(against.map_or(from, |minutes| &minutes.step))?;
    let total = sum(&lines);
    Ok(vec![Supplemented { total, lines, declarant, by, in_place_of, on, next }.into()])
}

/// Every indicator of the definition once, and no other.
pub(super) fn must_be_complete<'a>(
    definition: &Definition,
    given: impl Iterator<Item = &'a IndicatorId>,
) -> Result<(), Refusal> {
    let given = must_be_known_and_single(definition, given)?;
    match definition.indicators().find(|indicator| !given.contains(&indicator.id)) {
        Some(missing) => Err(Refusal::IndicatorMissing { indicator: missing.id.clone() }),
        None => Ok(()),
    }
}

pub(super) fn must_be_known_and_single<'a>(
    definition: &Definition,
    given: impl Iterator<Item = &'a IndicatorId>,
) -> Result<BTreeSet<&'a IndicatorId>, Refusal> {
    let mut seen = BTreeSet::new();
    for id in given {
        if definition.indicator(id).is_none() {
            return Err(Refusal::UnknownIndicator { indicator: id.clone() });
        }
        if !seen.insert(id) {
            return Err(Refusal::IndicatorTwice { indicator: id.clone() });
        }
    }
    Ok(seen)
}

/// The points, if the indicator can give them.
pub(super) fn points(indicator: &Indicator, points: i64) -> Result<u16, Refusal> {
    let (id, maximum) = (indicator.id.clone(), indicator.maximum.value);
    if points < 0 {
        return Err(Refusal::PointsNegative { indicator: id, points });
    }
    match u16::try_from(points) {
        Ok(points) if points <= maximum => Ok(points),
        _ => Err(Refusal::PointsAboveMaximum { indicator: id, points, maximum }),
    }
}

fn claims(lines: Vec<ClaimInput>, definition: &Definition) -> Result<Vec<Claim>, Refusal> {
    lines.into_iter().map(|line| claim(line, definition)).collect()
}

fn claim(line: ClaimInput, definition: &Definition) -> Result<Claim, Refusal> {
    let ClaimInput { indicator: id, points: given, evidence, note } = line;
    let indicator = definition.indicator(&id);
    let indicator = indicator.ok_or(Refusal::UnknownIndicator { indicator: id.clone() })?;
    let points = points(indicator, given)?;
    if indicator.evidence_required && points > 0 && evidence.is_empty() {
        return Err(Refusal::EvidenceMissing { indicator: id });
    }
    Ok(Claim { indicator: id, points, evidence, note })
}

fn sum(lines: &[Claim]) -> u32 {
    lines.iter().map(|line| u32::from(line.points)).sum()
}
