//! Who acts, and by what right: an appointment in force on the day, over the place.
//! Deliberately absent: sign-in; that the officer is who he says was settled before.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::date::Date;
use crate::name::{OfficerId, Role, UnitCode};
use crate::officer::{self, Delegation};
use crate::refusals;

/// Who asks for something to be done.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Whoever holds the machine and its data folder, by the command line.
    Operator,
    /// The program itself, where a rule and a day leave nothing to judge.
    Program,
    /// An officer, with his history.
    Officer {
        /// Who.
        id: OfficerId,
        /// What his stream says.
        state: &'a officer::State,
        /// Those who have passed a power on to him.
        delegators: &'a [Delegator],
    },
}

/// An officer who has passed a power on to another (người ủy quyền).
#[derive(Clone, Debug)]
pub struct Delegator {
    /// Who.
    pub id: OfficerId,
    /// What his stream says.
    pub state: Arc<officer::State>,
}

/// By what right an officer acts: his own appointment, or that of another in whose place he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Power {
    /// Who acts.
    pub by: OfficerId,
    /// In whose place.
    pub in_place_of: Option<OfficerId>,
}

impl Power {
    /// In nobody's place.
    #[must_use]
    pub const fn own(by: OfficerId) -> Self {
        Self { by, in_place_of: None }
    }

    /// Everybody whose conflicts and earlier steps count: who acts, and in whose place.
    pub fn hands(self) -> impl Iterator<Item = OfficerId> {
        core::iter::once(self.by).chain(self.in_place_of)
    }
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
    /// The officer whose power a command passes on; needed by that command alone.
    pub delegator: Option<&'a officer::State>,
}

refusals! {
    /// Why somebody may not act.
    Refusal {
        /// No appointment for the role over the place on the day.
        NotAppointed { role: Role, unit: UnitCode, date: Date } = "actor.not_appointed", Authority;
        /// Only officers take part in cases; the machine's holder does not.
        NotAnOfficer = "actor.not_an_officer", Authority;
        /// What follows from a rule and a day alone is done by the program.
        NotTheProgram = "actor.not_the_program", Authority;
    }
}

impl<'a> Actor<'a> {
    /// An officer who acts by his own appointments alone.
    #[must_use]
    pub const fn officer_alone(id: OfficerId, state: &'a officer::State) -> Self {
        Self::Officer { id, state, delegators: &[] }
    }

    /// The officer, where an officer it must be.
    ///
    /// # Errors
    /// [`Refusal::NotAnOfficer`].
    pub fn officer(self) -> Result<(OfficerId, &'a officer::State), Refusal> {
        match self {
            Self::Officer { id, state, .. } => Ok((id, state)),
            Self::Operator | Self::Program => Err(Refusal::NotAnOfficer),
        }
    }

    /// Every right by which the actor can do on `day` what `role` does in the last unit of `path`
    /// (from the nation down), his own first. A power that was passed on ends with the office of
    /// whoever passed it on, and cannot be passed on again.
    #[must_use]
    pub fn powers(self, role: &Role, path: &[UnitCode], day: Date) -> Vec<Power> {
        let Self::Officer { id, state, .. } = self else { return Vec::new() };
        let mut powers = Vec::new();
        if state.holds(role, path, day) {
            powers.push(Power::own(id));
        }
        let passed = state.delegations_over(path, day).filter(|passed| passed.role == *role);
        let backed = passed.filter(|passed| self.is_backed(passed, path, day));
        let in_place_of = backed.map(|passed| Some(passed.delegator));
        powers.extend(in_place_of.map(|in_place_of| Power { by: id, in_place_of }));
        powers
    }

    /// Whether the actor has any role on `day` over the last unit of `path`, his own or one that was
    /// passed on to him.
    #[must_use]
    pub fn is_in_office(self, path: &[UnitCode], day: Date) -> bool {
        let Self::Officer { state, .. } = self else { return false };
        let passed = || state.delegations_over(path, day);
        state.appointments_over(path, day).next().is_some()
            || passed().any(|passed| self.is_backed(passed, path, day))
    }

    /// Whether whoever passed a power on has it himself.
    fn is_backed(self, passed: &Delegation, path: &[UnitCode], day: Date) -> bool {
        let Self::Officer { delegators, .. } = self else { return false };
        let mut delegators = delegators.iter().filter(|from| from.id == passed.delegator);
        delegators.any(|from| from.state.holds(&passed.role, path, day))
    }

    /// The first of these rights.
    ///
    /// # Errors
    /// [`Refusal::NotAppointed`], or [`Refusal::NotAnOfficer`].
    pub fn power(self, role: &Role, path: &[UnitCode], day: Date) -> Result<Power, Refusal> {
        self.officer()?;
        let first = self.powers(role, path, day).into_iter().next();
        first.ok_or_else(|| not_appointed(role.clone(), path, day))
    }

    /// Checks that the actor may do what `role` does in the last unit of `path` (from the nation
    /// down) on `date`. The operator may set up everything.
    ///
    /// # Errors
    /// [`Refusal::NotAppointed`].
    pub fn must_hold(self, role: &Role, path: &[UnitCode], date: Date) -> Result<(), Refusal> {
        match self {
            Self::Operator => Ok(()),
            Self::Program | Self::Officer { .. } => self.power(role, path, date).map(drop),
        }
    }

    /// The same for either of the two roles that the program itself knows, which nobody passes on.
    ///
    /// # Errors
    /// [`Refusal::NotAppointed`].
    pub fn must_administer(self, role: &str, path: &[UnitCode], date: Date) -> Result<(), Refusal> {
        let state = match self {
            Self::Operator => return Ok(()),
            Self::Program => return Err(Refusal::NotAnOfficer),
            Self::Officer { state, .. } => state,
        };
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
