//! Whether a review is complete and consistent, and whether a case can be returned.

use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::ReviewInput;
use crate::case::decide::assess::{must_be_complete, must_be_known_and_single, points};
use crate::case::decide::authority::Right;
use crate::case::decide::{Acting, hands};
use crate::case::error::Refusal;
use crate::case::event::{
    Assessment, Event, Finding, ReturnedForSupplement, Reviewed, StepCompleted,
};
use crate::case::state::State;
use crate::name::IndicatorId;
use crate::text::Sealed;

pub(super) fn review(
    state: &State,
    right: &Right<'_>,
    lines: Vec<ReviewInput>,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    must_be_complete(acting.definition(), lines.iter().map(|line| &line.indicator))?;
    let assess = |line| assessment(state, line, acting);
    let lines = lines.into_iter().map(assess).collect::<Result<Vec<_>, _>>()?;
    let total = lines.iter().map(|line| u32::from(line.points)).sum();
    let (step, on) = (right.turn.step.clone(), acting.today());
    let next = acting.context.assignment_after(&step)?;
    let (by, in_place_of) = hands(right.power);
    Ok(vec![
        Reviewed { step: step.clone(), lines, total, by: acting.by, on }.into(),
        StepCompleted { step, by, in_place_of, on, next }.into(),
    ])
}

fn assessment(
    state: &State,
    line: ReviewInput,
    acting: &Acting<'_>,
) -> Result<Assessment, Refusal> {
    let ReviewInput { indicator: id, points: given, finding, note } = line;
    let indicator = acting.definition().indicator(&id);
    let indicator = indicator.ok_or(Refusal::UnknownIndicator { indicator: id.clone() })?;
    let points = points(indicator, given)?;
    let claimed = state.claimed(&id).unwrap_or(0);
    let agrees = match finding {
        Finding::Confirmed => points == claimed,
        Finding::Adjusted => points != claimed,
        Finding::Unsupported => points <= claimed,
    };
    if !agrees {
        return Err(Refusal::FindingContradictsPoints { indicator: id, claimed, points });
    }
    if finding != Finding::Confirmed && note.is_none() {
        return Err(Refusal::NoteMissing { indicator: id });
    }
    Ok(Assessment { indicator: id, points, finding, note })
}

pub(super) fn return_for_supplement(
    right: &Right<'_>,
    reason: Sealed,
    indicators: Vec<IndicatorId>,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    must_be_known_and_single(acting.definition(), indicators.iter())?;
    let next = acting.context.first_assignment()?;
    let (step, by, on) = (right.turn.step.clone(), acting.by, acting.today());
    let in_place_of = right.power.in_place_of;
    Ok(vec![ReturnedForSupplement { step, reason, indicators, by, in_place_of, on, next }.into()])
}
