//! Public postings: hanging out, what people say, answers, and the end. Deliberately absent: who may
//! speak; whatever somebody says is written down with his name.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::Context;
use crate::case::decide::Acting;
use crate::case::decide::authority::Right;
use crate::case::error::Refusal;
use crate::case::event::{
    Assignment, Event, ObjectionFiled, ObjectionKind, ObjectionResolved, PostedPublicly,
    SentBackForReview, StepCompleted,
};
use crate::case::state::State;
use crate::date::Period;
use crate::name::OfficerId;
use crate::text::{Sealed, is_plain};

/// The name of a place is not longer than this, in bytes.
const PLACE_MAX: usize = 300;

pub(super) fn post(
    state: &State,
    right: &Right<'_>,
    days: Period,
    place: String,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = right.turn.step.clone();
    if let Some(until) = state.posted_in(&step).and_then(|days| days.until) {
        return Err(Refusal::AlreadyPosted { until });
    }
    let rule = acting.definition().step(&step).and_then(|step| step.posting.as_ref());
    let fewest = rule.map_or(1, |rule| rule.days.value);
    let earliest = state.turn_since.unwrap_or(days.from);
    let hangs = days.until.map_or(0, |until| until.days_since(days.from).saturating_add(1));
    if days.from < earliest || hangs < i32::from(fewest) {
        return Err(Refusal::BadPosting { from: days.from, earliest, days: fewest });
    }
    let trimmed = place.trim();
    if !is_plain(trimmed, PLACE_MAX) {
        return Err(Refusal::BadPlace { place: place.chars().take(80).collect() });
    }
    let (by, on, in_place_of) = (acting.by, acting.today(), right.power.in_place_of);
    Ok(vec![PostedPublicly { step, days, place: trimmed.to_owned(), by, in_place_of, on }.into()])
}

pub(super) fn object(
    state: &State,
    right: &Right<'_>,
    kind: ObjectionKind,
    (name, text): (Sealed, Sealed),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    if state.posted_in(&right.turn.step).is_none() {
        return Err(Refusal::NotPosted);
    }
    let before = state.objections.iter().map(|one| one.number).max().unwrap_or(0);
    let (objection, by, on) = (before.saturating_add(1), acting.by, acting.today());
    Ok(vec![ObjectionFiled { objection, kind, name, text, by, on }.into()])
}

/// An objection that is right sends the case back to the last review.
pub(super) fn resolve(
    state: &State,
    right: &Right<'_>,
    (objection, upheld, reason): (u16, bool, Sealed),
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut all = state.objections.iter();
    if !all.any(|one| one.number == objection && one.answer.is_none()) {
        return Err(Refusal::UnknownObjection { objection });
    }
    let (by, on, in_place_of) = (acting.by, acting.today(), right.power.in_place_of);
    let answered = ObjectionResolved { objection, upheld, reason, by, in_place_of, on };
    let mut events = vec![answered.into()];
    if upheld {
        let next = acting.context.review_before(&right.turn.step)?;
        events.push(SentBackForReview { objection, by, on, next }.into());
    }
    Ok(events)
}

/// The posting ends after its last day, when no objection is open.
pub(super) fn close(
    state: &State,
    turn: &Assignment,
    (by, in_place_of): (Option<OfficerId>, Option<OfficerId>),
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let days = state.posted_in(&turn.step).ok_or(Refusal::NotPosted)?;
    let until = days.until.ok_or(Refusal::NotPosted)?;
    let on = context.today;
    if on <= until {
        return Err(Refusal::PostingNotOver { until });
    }
    if let Some(open) = state.open_objection() {
        return Err(Refusal::ObjectionOpen { objection: open.number });
    }
    let next = context.assignment_after(&turn.step)?;
    Ok(vec![StepCompleted { step: turn.step.clone(), by, in_place_of, on, next }.into()])
}
