//! Who acts, and by what right: an appointment in force on the day, over the place.
//! Deliberately absent: sign-in; that the officer is who he says was settled before.

use crate::date::Date;
use crate::name::{OfficerId, Role, UnitCode};
use crate::officer;
use crate::refusals;

/// Who asks for something to be done.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Whoever holds the machine and its data folder, by the command line.
    Operator,
    /// An officer, with his history.
    Officer {
        /// Who.
        id: OfficerId,
        /// What his stream says.
        state: &'a officer::State,
    },
}

/// What has to be known to decide about something that belongs to an administrative unit and is
/// set up by those who administer it: a subject, an officer.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
    /// The units from the nation down to the one that the command names, or else to the one where
    /// the thing belongs; empty if that does not exist today.
    pub path: &'a [UnitCode],
}

refusals! {
    /// Why somebody may not act.
    Refusal {
        /// No appointment for the role over the place on the day.
        NotAppointed { role: Role, unit: UnitCode, date: Date } = "actor.not_appointed", Authority;
        /// Only officers take part in cases; the machine's holder does not.
        NotAnOfficer = "actor.not_an_officer", Authority;
    }
}

impl<'a> Actor<'a> {
    /// The officer, where an officer it must be.
    ///
    /// # Errors
    /// [`Refusal::NotAnOfficer`].
    pub fn officer(self) -> Result<(OfficerId, &'a officer::State), Refusal> {
        match self {
            Self::Officer { id, state } => Ok((id, state)),
            Self::Operator => Err(Refusal::NotAnOfficer),
        }
    }

    /// Checks that the actor may do what `role` does in the last unit of `path` (from the nation
    /// down) on `date`. The operator may set up everything.
    ///
    /// # Errors
    /// [`Refusal::NotAppointed`].
    pub fn must_hold(self, role: &Role, path: &[UnitCode], date: Date) -> Result<(), Refusal> {
        match self {
            Self::Operator => Ok(()),
            Self::Officer { state, .. } if state.holds(role, path, date) => Ok(()),
            Self::Officer { .. } => Err(not_appointed(role.clone(), path, date)),
        }
    }

    /// The same for either of the two roles that the program itself knows.
    ///
    /// # Errors
    /// [`Refusal::NotAppointed`].
    pub fn must_administer(self, role: &str, path: &[UnitCode], date: Date) -> Result<(), Refusal> {
        let Self::Officer { state, .. } = self else { return Ok(()) };
        let may = state.appointments_over(path, date).any(|appointment| {
            appointment.role.as_str() == role || appointment.role.as_str() == Role::ADMINISTRATOR
        });
        if may { Ok(()) } else { Err(not_appointed_text(role, path, date)) }
    }
}

/// The same with the role as text, for the roles that the program itself knows.
pub(crate) fn not_appointed_text(role: &str, path: &[UnitCode], date: Date) -> Refusal {
    match role.parse() {
        Ok(role) => not_appointed(role, path, date),
        Err(_) => Refusal::NotAnOfficer,
    }
}

/// The refusal that names the place by its last unit.
pub(crate) fn not_appointed(role: Role, path: &[UnitCode], date: Date) -> Refusal {
    match path.last() {
        Some(unit) => Refusal::NotAppointed { role, unit: unit.clone(), date },
        None => Refusal::NotAnOfficer,
    }
}
