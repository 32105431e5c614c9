//! Whether an instrument can be carried out.

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Actor;
use crate::date::Date;
use crate::name::{Role, UnitCode};
use crate::refusal::Refused;
use crate::territory::command::{Command, Context, NAME_MAX};
use crate::territory::commune_of;
use crate::territory::error::Refusal;
use crate::territory::event::{Change, Event, UnitsReorganised};
use crate::territory::level::{UnitKind, UnitLevel};
use crate::territory::state::State;
use crate::text::is_plain;

/// The events that follow; none if the instrument has been carried out already.
pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    let Command::Reorganise { instrument, effective, sample, changes } = command;
    authorise(context)?;
    if instrument.number.trim().is_empty() || changes.is_empty() {
        return Err(Refusal::Empty.into());
    }
    // The same instrument can come in parts; only what is already so is nothing to do.
    if state.has_carried_out(&instrument, effective)
        && changes.iter().all(|change| state.has_changed(change, effective))
    {
        return Ok(vec![]);
    }
    let mut after = state.clone();
    for change in &changes {
        allowed(&after, change, effective, context)?;
        after.apply(change, effective);
    }
    Ok(vec![UnitsReorganised { instrument, effective, sample, changes }.into()])
}

fn authorise(context: &Context<'_>) -> Result<(), Refused> {
    if let Actor::Operator = context.actor {
        return Ok(());
    }
    let mut path = match context.above {
        Some(above) => above.path(context.root, context.today),
        None => vec![],
    };
    if path.is_empty() {
        path.push(context.root.clone());
    }
    Ok(context.actor.must_administer(Role::ADMINISTRATOR, &path, context.today)?)
}

fn allowed(
    state: &State,
    change: &Change,
    effective: Date,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let (name, unit) = match change {
        Change::Founded { code, name, .. } | Change::Retyped { code, name, .. } => (name, code),
    };
    if !is_plain(name, NAME_MAX) {
        return Err(Refusal::BadName { unit: unit.clone(), name: name.chars().take(80).collect() });
    }
    match change {
        Change::Founded { code, kind, parent, .. } => {
            if state.latest(code).is_some() {
                return Err(Refusal::CodeTaken { unit: code.clone() });
            }
            founded_under(state, code, *kind, parent.as_ref(), effective, context)
        }
        Change::Retyped { code, kind, .. } => retyped(state, code, *kind, effective),
    }
}

fn founded_under(
    state: &State,
    code: &UnitCode,
    kind: UnitKind,
    parent: Option<&UnitCode>,
    effective: Date,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    let level = kind.level();
    let wrong = || Refusal::WrongParent { unit: code.clone(), level };
    let Some(parent) = parent else {
        let is_root = level == UnitLevel::Nation && code == context.root;
        return if is_root && context.above.is_none() { Ok(()) } else { Err(wrong()) };
    };
    let above = match context.above {
        // The list of a commune holds its hamlets and nothing else.
        Some(above) if parent == context.root => above.unit(parent, effective),
        Some(_) => return Err(wrong()),
        None => state.unit(parent, effective),
    };
    let above = above.ok_or(Refusal::UnknownUnit { unit: parent.clone(), date: effective })?;
    let own_list = commune_of(code);
    let hamlet_in_own_list = match level {
        UnitLevel::Hamlet => own_list.as_ref() == Some(context.root) && context.above.is_some(),
        _ => own_list.is_none() && context.above.is_none(),
    };
    let one_up = matches!(
        (above.kind.level(), level),
        (UnitLevel::Nation, UnitLevel::Province)
            | (UnitLevel::Province, UnitLevel::Commune)
            | (UnitLevel::Commune, UnitLevel::Hamlet)
    );
    if one_up && hamlet_in_own_list { Ok(()) } else { Err(wrong()) }
}

fn retyped(state: &State, code: &UnitCode, kind: UnitKind, effective: Date) -> Result<(), Refusal> {
    let unknown = || Refusal::UnknownUnit { unit: code.clone(), date: effective };
    let latest = state.latest(code).ok_or_else(unknown)?;
    if latest.from > effective {
        return Err(Refusal::LaterChange { unit: code.clone(), date: latest.from });
    }
    if latest.kind.level() != kind.level() {
        return Err(Refusal::WrongLevel { unit: code.clone(), level: latest.kind.level() });
    }
    Ok(())
}
