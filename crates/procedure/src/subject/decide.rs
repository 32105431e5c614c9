//! Whether a subject can be entered, moved or corrected.

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Placed as Context;
use crate::name::{Role, UnitCode};
use crate::refusal::Refused;
use crate::subject::command::Command;
use crate::subject::error::Refusal;
use crate::subject::event::{Event, PersonalDataCorrected, SubjectMoved, SubjectRegistered};
use crate::subject::state::State;

/// Nation, province, commune: nobody lives higher up than in the third.
const LIVABLE_DEPTH: usize = 3;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if let Some(unit) = command.unit() {
        must_be_livable(unit, context.path)?;
    }
    context.actor.must_administer(Role::REGISTRAR, context.path, context.today)?;
    let on = context.today;
    match (command, &state.registered) {
        (Command::Register { code, .. }, Some(_)) => {
            Err(Refusal::AlreadyRegistered { code }.into())
        }
        (Command::Register { kind, code, unit, name, address, sample }, None) => {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
            if code.is_empty() || code.len() > 64 || !code.bytes().all(fits) {
                return Err(Refusal::BadCode { code: code.chars().take(80).collect() }.into());
            }
            let event = SubjectRegistered { kind, code, unit, name, address, sample, on };
            Ok(vec![event.into()])
        }
        (Command::Move { unit }, Some(subject)) => {
            if subject.unit == unit {
                return Ok(vec![]);
            }
            Ok(vec![SubjectMoved { unit, on }.into()])
        }
        (Command::Correct { name, address }, Some(subject)) => {
            if subject.name == name && subject.address == address {
                return Ok(vec![]);
            }
            Ok(vec![PersonalDataCorrected { name, address, on }.into()])
        }
        (Command::Move { .. } | Command::Correct { .. }, None) => Err(Refusal::Unknown.into()),
    }
}

fn must_be_livable(unit: &UnitCode, path: &[UnitCode]) -> Result<(), Refusal> {
    if path.len() < LIVABLE_DEPTH || path.last() != Some(unit) {
        return Err(Refusal::UnknownUnit { unit: unit.clone() });
    }
    Ok(())
}
