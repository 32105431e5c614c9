//! What may be asked of a subject, and what has to be known to decide.

use alloc::string::String;

use crate::actor::Actor;
use crate::date::Date;
use crate::name::UnitCode;
use crate::text::Sealed;
use crate::title::SubjectKind;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Enter it in the books.
    Register {
        /// What it is.
        kind: SubjectKind,
        /// What the local list calls it.
        code: String,
        /// The unit where it belongs.
        unit: UnitCode,
        /// Its name.
        name: Sealed,
        /// Where it is found.
        address: Option<Sealed>,
        /// Made up for demonstration.
        sample: bool,
    },
    /// It belongs elsewhere from today.
    Move {
        /// The new unit.
        unit: UnitCode,
    },
    /// Its name or address is another.
    Correct {
        /// The right name.
        name: Sealed,
        /// The right address.
        address: Option<Sealed>,
    },
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Register { .. } => "register_subject",
            Self::Move { .. } => "move_subject",
            Self::Correct { .. } => "correct_personal_data",
        }
    }

    /// The unit that the command names, whose path the context must bring.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitCode> {
        match self {
            Self::Register { unit, .. } | Self::Move { unit } => Some(unit),
            Self::Correct { .. } => None,
        }
    }
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
    /// The units from the nation down to the one that the command names, or else to the one where
    /// the subject belongs; empty if that does not exist today.
    pub path: &'a [UnitCode],
}
