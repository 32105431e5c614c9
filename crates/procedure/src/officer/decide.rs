//! Whether an officer can be enrolled, appointed, relieved, spoken for by a token, or sign in.

use alloc::vec;
use alloc::vec::Vec;

use crate::actor::Placed as Context;
use crate::actor::{self, Actor, not_appointed_text};
use crate::name::{OfficerId, Role, UnitCode};
use crate::officer::command::Command;
use crate::officer::error::Refusal;
use crate::officer::event::{
    Appointed, Delegated, DelegationEnded, Event, InterestDeclared, OfficerEnrolled, PasswordSet,
    Relieved, SessionEnded, SessionsEnded, TokenIssued, TokenRevoked,
};
use crate::officer::state::State;
use crate::refusal::Refused;
use crate::territory::commune_of;
use crate::text::is_plain;

/// A token's label is not longer than this, in bytes.
const LABEL_MAX: usize = 100;
/// A token is good for at most two years.
const TOKEN_MONTHS_MAX: u16 = 24;
/// Place of a commune in a path: after nation and province.
const COMMUNE_DEPTH: usize = 2;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    if let Some(unit) = command.unit()
        && context.path.last() != Some(unit)
    {
        return Err(Refusal::UnknownUnit { unit: unit.clone() }.into());
    }
    if !is_his_own(state, &command, context) {
        context.actor.must_administer(Role::ADMINISTRATOR, context.path, context.today)?;
        if gives_all(&command) {
            must_cover(state, context)?;
        }
    }
    match (&command, &state.enrolled) {
        (Command::Enrol { code, .. }, Some(_)) => {
            Err(Refusal::AlreadyEnrolled { code: code.clone() }.into())
        }
        (Command::Enrol { .. }, None) | (_, Some(_)) => Ok(known(state, command, context)?),
        (_, None) => Err(Refusal::Unknown.into()),
    }
}

/// Whether an officer speaks of what he settles himself, without an administrator: who stands in
/// for him while he is away, and how he signs in.
fn is_his_own(state: &State, command: &Command, context: &Context<'_>) -> bool {
    let Actor::Officer { id, .. } = context.actor else { return false };
    match command {
        Command::SetPassword { .. } | Command::EndSession { .. } | Command::EndSessions => {
            state.enrolled.as_ref().is_some_and(|known| OfficerId::of_code(&known.code) == id)
        }
        other => other.delegator() == Some(id),
    }
}

/// Whether the command decides who can do all that the officer may do.
fn gives_all(command: &Command) -> bool {
    matches!(
        command,
        Command::IssueToken { .. }
            | Command::SetPassword { .. }
            | Command::EndSession { .. }
            | Command::EndSessions
    )
}

/// A token or a password gives whoever has it all that the officer may do. So who sets it must
/// administer the territory of every appointment and every delegation that is not over, or the
/// administrator of a commune could speak for an officer of the province whose record he keeps.
fn must_cover(state: &State, context: &Context<'_>) -> Result<(), actor::Refusal> {
    let (today, path) = (context.today, context.path);
    let Actor::Officer { state: issuer, .. } = context.actor else { return Ok(()) };
    let administers = |unit: &UnitCode| {
        let held = issuer.appointments_over(path, today);
        held.filter(|held| held.role.as_str() == Role::ADMINISTRATOR)
            .any(|held| covers(&held.unit, unit, path))
    };
    let held = state.appointments.iter().map(|held| (&held.unit, held.term));
    let passed = state.delegations.iter().map(|passed| (&passed.unit, passed.term));
    let mut current = held
        .chain(passed)
        .filter(|(_, term)| term.until.is_none_or(|until| today <= until))
        .map(|(unit, _)| unit);
    match current.find(|unit| !administers(unit)) {
        Some(unit) => {
            Err(not_appointed_text(Role::ADMINISTRATOR, core::slice::from_ref(unit), today))
        }
        None => Ok(()),
    }
}

/// Whether `above`, a unit of the path, covers a unit that need not be in the path.
fn covers(above: &UnitCode, unit: &UnitCode, path: &[UnitCode]) -> bool {
    let place = |wanted: &UnitCode| path.iter().position(|unit| unit == wanted);
    match (place(above), place(unit)) {
        (Some(above), Some(unit)) => above <= unit,
        // Which communes a province has is not known here; its administrator is taken at his word.
        (Some(depth), None) if depth < COMMUNE_DEPTH => true,
        _ => commune_of(unit).as_ref() == Some(above),
    }
}

fn known(state: &State, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let on = context.today;
    match command {
        Command::Enrol { code, name, unit, sample } => {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
            if code.is_empty() || code.len() > 64 || !code.bytes().all(fits) {
                return Err(Refusal::BadCode { code: code.chars().take(80).collect() });
            }
            Ok(vec![OfficerEnrolled { code, name, unit, sample, on }.into()])
        }
        Command::Appoint { role, unit, term } => appoint(state, Appointed { role, unit, term }),
        Command::Relieve { role, unit, from } => relieve(state, Relieved { role, unit, from }),
        Command::DeclareInterest { subject, relation } => {
            if state.interests.contains(&(subject, relation)) {
                return Ok(vec![]);
            }
            Ok(vec![InterestDeclared { subject, relation, on }.into()])
        }
        Command::Delegate { delegator, role, unit, term } => {
            delegate(state, Delegated { delegator, role, unit, term, on }, context)
        }
        Command::EndDelegation { delegator, role, unit, from } => {
            end_delegation(state, DelegationEnded { delegator, role, unit, from, on })
        }
        Command::IssueToken { digest, label, until } => {
            if !is_plain(&label, LABEL_MAX) {
                return Err(Refusal::BadLabel { label: label.chars().take(80).collect() });
            }
            let latest = on.plus_months(TOKEN_MONTHS_MAX);
            if until < on || latest.is_none_or(|latest| until > latest) {
                return Err(Refusal::BadTokenEnd { until });
            }
            if state.tokens.contains_key(&digest) {
                return Ok(vec![]);
            }
            Ok(vec![TokenIssued { digest, label, until, on }.into()])
        }
        Command::RevokeToken { digest } => {
            if !state.tokens.contains_key(&digest) {
                return Err(Refusal::UnknownToken);
            }
            Ok(vec![TokenRevoked { digest, on }.into()])
        }
        Command::SetPassword { verifier } => Ok(vec![PasswordSet { verifier, on }.into()]),
        Command::EndSession { session } => {
            if state.ended_sessions.contains_key(&session) {
                return Ok(vec![]);
            }
            Ok(vec![SessionEnded { session, on }.into()])
        }
        Command::EndSessions => Ok(vec![SessionsEnded { on }.into()]),
    }
}

fn appoint(state: &State, event: Appointed) -> Result<Vec<Event>, Refusal> {
    if let Some(until) = event.term.until
        && until < event.term.from
    {
        return Err(Refusal::BadTerm { from: event.term.from, until });
    }
    let overlaps = state.appointments.iter().any(|appointment| {
        appointment.role == event.role
            && appointment.unit == event.unit
            && appointment.term.overlaps(&event.term)
    });
    if overlaps {
        return Err(Refusal::AlreadyAppointed { role: event.role, unit: event.unit });
    }
    Ok(vec![event.into()])
}

fn relieve(state: &State, event: Relieved) -> Result<Vec<Event>, Refusal> {
    let holds = state.appointments.iter().any(|appointment| {
        appointment.role == event.role
            && appointment.unit == event.unit
            && appointment.term.contains(event.from)
    });
    if holds {
        return Ok(vec![event.into()]);
    }
    Err(Refusal::NotAppointed { role: event.role, unit: event.unit, date: event.from })
}

fn delegate(state: &State, event: Delegated, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Delegated { delegator, role, unit, term, on } = &event;
    if [Role::ADMINISTRATOR, Role::REGISTRAR].contains(&role.as_str()) {
        return Err(Refusal::NotDelegable { role: role.clone() });
    }
    let code = |state: &State| state.enrolled.as_ref().map(|known| known.code.clone());
    let same = context.delegator.is_some_and(|other| code(other) == code(state));
    if same {
        return Err(Refusal::DelegatedToSelf);
    }
    if term.until.is_none_or(|until| until < term.from || until < *on) {
        return Err(Refusal::BadDelegation { from: term.from });
    }
    let held = context.delegator.is_some_and(|other| other.holds(role, context.path, term.from));
    if !held {
        let (role, unit) = (role.clone(), unit.clone());
        return Err(Refusal::NotAppointed { role, unit, date: term.from });
    }
    let overlaps = state.delegations.iter().any(|passed| {
        passed.delegator == *delegator
            && passed.role == *role
            && passed.unit == *unit
            && passed.term.overlaps(term)
    });
    if overlaps {
        return Err(Refusal::AlreadyDelegated { role: role.clone(), unit: unit.clone() });
    }
    Ok(vec![event.into()])
}

fn end_delegation(state: &State, event: DelegationEnded) -> Result<Vec<Event>, Refusal> {
    let holds = state.delegations.iter().any(|passed| {
        passed.delegator == event.delegator
            && passed.role == event.role
            && passed.unit == event.unit
            && passed.term.until.is_none_or(|until| event.from <= until)
    });
    if holds {
        return Ok(vec![event.into()]);
    }
    Err(Refusal::NotDelegated { role: event.role, unit: event.unit, date: event.from })
}
