//! Who has to do with a case: whoever has office over its place, and the officer whose own subject it
//! is. Asked of every act of a case, and of what is only prepared for one: evidence files, drafts.
//! Deliberately absent: whose turn it is, and what stands in the way of an act; see
//! [`super::authority`].

use crate::actor::not_appointed;
use crate::case::command::Context;
use crate::case::decide::authority::down_to;
use crate::case::error::Refusal;
use crate::case::state::{Registered, State};
use crate::name::OfficerId;
use crate::refusal::Refused;

/// The officer who asks, if he has to do with the case.
///
/// # Errors
/// Those of [`crate::actor`], and [`Refusal::Unknown`].
pub fn concerned(state: &State, context: &Context<'_>) -> Result<OfficerId, Refused> {
    let (by, _) = context.actor.officer()?;
    let case = state.registered.as_ref().ok_or(Refusal::Unknown)?;
    must_be_concerned(state, case, context).map(|()| by)
}

/// The same while the case goes on: only then is there something to prepare.
///
/// # Errors
/// Those of [`concerned`], and [`Refusal::Closed`].
pub fn may_prepare(state: &State, context: &Context<'_>) -> Result<OfficerId, Refused> {
    let by = concerned(state, context)?;
    if state.turn().is_some() { Ok(by) } else { Err(Refusal::Closed.into()) }
}

/// Where a case stands is nobody's business who has no office over its place today and to whom the
/// subject is not his own.
pub(super) fn must_be_concerned(
    state: &State,
    case: &Registered,
    context: &Context<'_>,
) -> Result<(), Refused> {
    let (path, today) = (context.path, context.today);
    let (_, officer) = context.actor.officer()?;
    if context.actor.is_in_office(path, today) || officer.owns(case.subject) {
        return Ok(());
    }
    let turn = match state.turn() {
        Some(turn) => context.assignment_on(&turn.step, today)?,
        None => context.first_assignment()?,
    };
    Err(not_appointed(turn.role, down_to(&turn.unit, path), today).into())
}
