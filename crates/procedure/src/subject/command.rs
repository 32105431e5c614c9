//! What may be asked of a subject, and what has to be known to decide.

use alloc::string::String;

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
