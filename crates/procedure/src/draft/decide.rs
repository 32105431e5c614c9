//! Whether a draft can be kept or let go.

use alloc::vec;
use alloc::vec::Vec;

use crate::case;
use crate::draft::command::{Command, Context};
use crate::draft::error::Refusal;
use crate::draft::event::{DraftDiscarded, DraftSaved, Event};
use crate::draft::state::State;
use crate::name::OfficerId;
use crate::refusal::Refused;
use crate::text::Sealed;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    match command {
        Command::Save { content } => save(state, content, context),
        Command::Discard => discard(state, context),
    }
}

fn save(state: &State, content: Sealed, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
    let by = case::may_prepare(context.case, &context.around)?;
    must_be_his(by, context)?;
    if state.saved.as_ref().is_some_and(|saved| saved.content == content) {
        return Ok(vec![]);
    }
    let (about, form, on) = (context.of.case, context.of.form.clone(), context.around.today);
    Ok(vec![DraftSaved { about, form, by, content, on }.into()])
}

/// A draft about a case that is closed can still be let go.
fn discard(state: &State, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
    let by = case::concerned(context.case, &context.around)?;
    must_be_his(by, context)?;
    let on = context.around.today;
    Ok(state.saved.iter().map(|_| DraftDiscarded { on }.into()).collect())
}

fn must_be_his(by: OfficerId, context: &Context<'_>) -> Result<(), Refusal> {
    match context.of.officer {
        Some(officer) if officer != by => Err(Refusal::OfAnother { officer }),
        _ => Ok(()),
    }
}
