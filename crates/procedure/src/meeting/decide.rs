//! Whether the minutes of a meeting can be entered.

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Power;
use crate::date::Date;
use crate::definition::{Performer, StepKind};
use crate::meeting::command::{Command, Context, PRESENT_MAX};
use crate::meeting::error::Refusal;
use crate::meeting::event::{Event, MeetingRecorded};
use crate::meeting::state::State;
use crate::name::{StepId, UnitCode};
use crate::refusal::Refused;
use crate::territory::UnitLevel;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    context.actor.officer()?;
    let Command::Record { step, unit, held_on, convened, present, minutes, paper } = command;
    let performer = performer(&step, context)?;
    must_be_its_place(&unit, performer, context)?;
    let power = context.actor.power(&performer.role, context.path, context.today)?;
    if state.recorded.is_some() {
        return Err(Refusal::AlreadyRecorded.into());
    }
    must_be_timely(held_on, context)?;
    must_be_attended(present.len(), convened)?;
    let (procedure, on) = (context.definition.id.clone(), context.today);
    let Power { by, in_place_of } = power;
    Ok(vec![
        MeetingRecorded {
            procedure,
            step,
            unit,
            held_on,
            convened,
            present,
            minutes,
            paper,
            by,
            in_place_of,
            on,
        }
        .into(),
    ])
}

/// Who takes the step today.
fn performer<'a>(step: &StepId, context: &Context<'a>) -> Result<&'a Performer, Refusal> {
    let found = context.definition.step(step).filter(|step| step.kind == StepKind::Meeting);
    let performer = found.and_then(|step| step.performer(context.today));
    performer.ok_or_else(|| Refusal::WrongStep { step: step.clone() })
}

fn must_be_its_place(
    unit: &UnitCode,
    performer: &Performer,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (depth, of_step) = (context.path.len(), performer.level as usize + 1);
    // What belongs to a commune as a whole has no hamlet; its work lies with the commune.
    let instead = performer.level == UnitLevel::Hamlet && depth + 1 == of_step;
    if context.path.last() == Some(unit) && (depth == of_step || instead) {
        return Ok(());
    }
    Err(Refusal::WrongLevel { unit: unit.clone() })
}

fn must_be_timely(date: Date, context: &Context<'_>) -> Result<(), Refusal> {
    let (earliest, latest) = (context.definition.in_force.from, context.today);
    if date < earliest || date > latest {
        return Err(Refusal::BadDate { date, earliest, latest });
    }
    Ok(())
}

fn must_be_attended(present: usize, convened: u32) -> Result<(), Refusal> {
    let called = usize::try_from(convened).unwrap_or(usize::MAX);
    if present == 0 || present > called || present > PRESENT_MAX {
        return Err(Refusal::BadAttendance { present, convened });
    }
    Ok(())
}
