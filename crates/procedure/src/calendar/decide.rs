//! Whether a calendar can be published.

use alloc::vec;
use alloc::vec::Vec;

use crate::calendar::check;
use crate::calendar::command::{Command, Context};
use crate::calendar::error::Refusal;
use crate::calendar::event::{CalendarPublished, Event};
use crate::calendar::state::State;
use crate::name::{Role, UnitCode};
use crate::refusal::Refused;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    // The holidays are the nation's, so publishing is for whoever administers all of it.
    let nation: Vec<UnitCode> = "VN".parse().into_iter().collect();
    context.actor.must_administer(Role::ADMINISTRATOR, &nation, context.today)?;
    let Command::Publish { days, digest } = command;
    if state.digest.as_ref() == Some(&digest) {
        return Ok(vec![]);
    }
    if let Some(first) = check::check(&days).first() {
        return Err(Refusal::NotSound { finding: alloc::format!("{first}") }.into());
    }
    Ok(vec![CalendarPublished { days: *days, digest, on: context.today }.into()])
}
