//! What the history of an officer means.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use uuid::Uuid;

use crate::date::{Date, Period};
use crate::name::{OfficerId, Role, SubjectId, UnitCode};
use crate::officer::event::{DelegationEnded, Event, Relation, Relieved, SessionEnded};
use crate::text::{Digest, Sealed};

/// No session lives for so many days, so that an ended one need not be remembered for longer. It
/// lives for hours, and they may lie on two days.
const SESSION_DAYS: i32 = 2;

/// An officer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is known, once he is.
    pub enrolled: Option<Enrolled>,
    /// All appointments, past, present and to come.
    pub appointments: Vec<Appointment>,
    /// Powers that others have passed on to him, past, present and to come.
    pub delegations: Vec<Delegation>,
    /// The subjects that are his own.
    pub interests: BTreeSet<(SubjectId, Relation)>,
    /// Digests of secrets that speak for him, with their last day.
    pub tokens: BTreeMap<Digest, Date>,
    /// What a password is compared with; absent while he has none.
    pub password: Option<Sealed>,
    /// How often all his sessions have ended. A session bears the number from its beginning, and
    /// counts only while it is still this one.
    pub session_epoch: u32,
    /// Sessions of this epoch that have ended by themselves, with the day; those of long ago are
    /// left out.
    pub ended_sessions: BTreeMap<Uuid, Date>,
}

/// What is known of an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// What the local list calls him.
    pub code: String,
    /// His name.
    pub name: Sealed,
    /// The unit that keeps his record.
    pub unit: UnitCode,
    /// Made up for demonstration.
    pub sample: bool,
}

/// A role over a territory for a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The term of office.
    pub term: Period,
}

/// Another officer's power, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Whose.
    pub delegator: OfficerId,
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The days.
    pub term: Period,
}

impl State {
    /// The powers passed on to him that hold on `day` over the last unit of `path`.
    pub fn delegations_over<'a>(
        &'a self,
        path: &'a [UnitCode],
        day: Date,
    ) -> impl Iterator<Item = &'a Delegation> {
        self.delegations
            .iter()
            .filter(move |passed| passed.term.contains(day) && path.contains(&passed.unit))
    }

    /// His appointments in force on `day` over the last unit of `path`.
    pub fn appointments_over<'a>(
        &'a self,
        path: &'a [UnitCode],
        day: Date,
    ) -> impl Iterator<Item = &'a Appointment> {
        self.appointments.iter().filter(move |appointment| {
            appointment.term.contains(day) && path.contains(&appointment.unit)
        })
    }

    /// Whether he has the role on `day` over the last unit of `path`.
    #[must_use]
    pub fn holds(&self, role: &Role, path: &[UnitCode], day: Date) -> bool {
        self.appointments_over(path, day).any(|appointment| appointment.role == *role)
    }

    /// Whether a session that began in `epoch` still counts, its age apart.
    #[must_use]
    pub fn session_counts(&self, epoch: u32, session: Uuid) -> bool {
        self.enrolled.is_some()
            && self.session_epoch == epoch
            && !self.ended_sessions.contains_key(&session)
    }

    /// Whether the subject is his own.
    #[must_use]
    pub fn owns(&self, subject: SubjectId) -> bool {
        self.interests.iter().any(|(own, _)| *own == subject)
    }
}

/// A term ends on the day before; one that would end before it begins was never held.
fn relieved(state: &mut State, event: &Relieved) {
    let his = |appointment: &Appointment| {
        appointment.role == event.role
            && appointment.unit == event.unit
            && appointment.term.contains(event.from)
    };
    state.appointments.retain(|held| !his(held) || held.term.from < event.from);
    for appointment in state.appointments.iter_mut().filter(|held| his(held)) {
        appointment.term.until = event.from.day_before();
    }
}

/// A delegation ends on the day before; one that would end before it begins never was.
fn delegation_ended(state: &mut State, event: &DelegationEnded) {
    let this = |passed: &Delegation| {
        passed.delegator == event.delegator
            && passed.role == event.role
            && passed.unit == event.unit
            && passed.term.until.is_none_or(|until| event.from <= until)
    };
    state.delegations.retain(|passed| !this(passed) || passed.term.from < event.from);
    for passed in state.delegations.iter_mut().filter(|passed| this(passed)) {
        passed.term.until = event.from.day_before();
    }
}

fn session_ended(state: &mut State, event: &SessionEnded) {
    state.ended_sessions.retain(|_, ended| event.on.days_since(*ended) <= SESSION_DAYS);
    state.ended_sessions.insert(event.session, event.on);
}

fn sessions_ended(state: &mut State) {
    state.session_epoch = state.session_epoch.saturating_add(1);
    state.ended_sessions.clear();
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::OfficerEnrolled(event) => {
            state.enrolled = Some(Enrolled {
                code: event.code.clone(),
                name: event.name.clone(),
                unit: event.unit.clone(),
                sample: event.sample,
            });
        }
        Event::Appointed(event) => state.appointments.push(Appointment {
            role: event.role.clone(),
            unit: event.unit.clone(),
            term: event.term,
        }),
        Event::Relieved(event) => relieved(state, event),
        Event::InterestDeclared(event) => {
            state.interests.insert((event.subject, event.relation));
        }
        Event::Delegated(event) => state.delegations.push(Delegation {
            delegator: event.delegator,
            role: event.role.clone(),
            unit: event.unit.clone(),
            term: event.term,
        }),
        Event::DelegationEnded(event) => delegation_ended(state, event),
        Event::TokenIssued(event) => {
            state.tokens.insert(event.digest.clone(), event.until);
        }
        Event::TokenRevoked(event) => {
            state.tokens.remove(&event.digest);
        }
        Event::PasswordSet(event) => {
            state.password = Some(event.verifier.clone());
            sessions_ended(state);
        }
        Event::SessionEnded(event) => session_ended(state, event),
        Event::SessionsEnded(_) => sessions_ended(state),
    }
}
