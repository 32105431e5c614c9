//! What stands between a case and its title today, whoever asks: for a page that says why a case does
//! not go on. By the same rules that decide; all that is missing at once, where a decision names only
//! the first of it.
//! Deliberately absent: the officer who asks; whether he may act, his commands say when they are tried
//! on the case without effect.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::case::command::Context;
use crate::case::decide::conclude::{below, judge, must_have_waited, opens};
use crate::case::error::Refusal;
use crate::case::event::ObjectionKind;
use crate::case::state::{Phase, State};
use crate::definition::{Definition, Judgement, StepKind};
use crate::name::StepId;

/// Everything that stands in the way; nothing for a case that is closed or not registered.
#[must_use]
pub fn obstacles(state: &State, context: &Context<'_>) -> Vec<Refusal> {
    let step = match &state.phase {
        Phase::Open { turn, .. } => &turn.step,
        Phase::Returned { .. } => return [Refusal::AwaitingSupplement].into(),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    found.extend(state.placed.map(|decision| Refusal::OnDecision { decision }));
    found.extend(context.assignment_on(step, context.today).err());
    found.extend(unshown(state, context.definition));
    found.extend(hanging_out(state, step, context));
    found.extend(disputed(state));
    found.extend(short(state, context));
    found.extend(too_early(state, step, context));
    found
}

/// Points without the evidence that the definition asks for: in the draft of a renewal, too.
fn unshown(state: &State, definition: &Definition) -> Vec<Refusal> {
    let lines = if state.claims.is_empty() { &state.prefill } else { &state.claims };
    let unshown = lines.iter().filter(|line| {
        let required = definition.indicator(&line.indicator);
        required.is_some_and(|indicator| indicator.evidence_required)
            && line.points > 0
            && line.evidence.is_empty()
    });
    unshown.map(|line| Refusal::EvidenceMissing { indicator: line.indicator.clone() }).collect()
}

fn hanging_out(state: &State, step: &StepId, context: &Context<'_>) -> Option<Refusal> {
    let kind = context.definition.step(step)?.kind;
    if kind != StepKind::Posting {
        return None;
    }
    let Some(until) = state.posted_in(step).and_then(|days| days.until) else {
        return Some(Refusal::NotPosted);
    };
    (context.today <= until).then_some(Refusal::PostingNotOver { until })
}

/// A vote against it, and objections that nobody has answered.
pub(super) fn disputed(state: &State) -> Vec<Refusal> {
    let against = state.minutes.as_ref().filter(|minutes| !minutes.agreed);
    let against = against.map(|minutes| Refusal::MeetingAgainst {
        votes: minutes.votes.in_favour,
        present: minutes.present,
    });
    let open = state
        .objections
        .iter()
        .filter(|one| one.kind == ObjectionKind::Objection && one.answer.is_none());
    let open = open.map(|one| Refusal::ObjectionOpen { objection: one.number });
    against.into_iter().chain(open).collect()
}

/// What the points of the last review lack; before the first one, what the subject's own lack.
fn short(state: &State, context: &Context<'_>) -> Vec<Refusal> {
    if state.assessments.is_empty() && state.claims.is_empty() {
        return Vec::new();
    }
    let judgement = judged(state, context.definition);
    let mut short: Vec<_> = judgement.shortfalls.iter().map(below).collect();
    short.extend(must_have_waited(judgement.band.as_ref(), context.today, context).err());
    short
}

fn judged(state: &State, definition: &Definition) -> Judgement {
    if !state.assessments.is_empty() {
        return judge(state, definition);
    }
    let lines = state.claims.iter().map(|line| (line.indicator.clone(), line.points));
    definition.outcome.judge(&lines.collect::<BTreeMap<_, _>>())
}

fn too_early(state: &State, step: &StepId, context: &Context<'_>) -> Option<Refusal> {
    let kind = context.definition.step(step)?.kind;
    let from = opens(state.registered.as_ref()?, context)?;
    (kind == StepKind::Decision && context.today < from).then_some(Refusal::TooEarly { from })
}
