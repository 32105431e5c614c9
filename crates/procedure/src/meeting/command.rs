//! What may be asked of a meeting, and what has to be known to decide.

use alloc::vec::Vec;

use crate::actor::Actor;
use crate::date::Date;
use crate::definition::Definition;
use crate::name::{StepId, UnitCode};
use crate::text::{Digest, Sealed};

/// The minutes name at most so many people.
pub const PRESENT_MAX: usize = 2_000;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Enter the minutes.
    Record {
        /// The step that the meeting belongs to.
        step: StepId,
        /// The unit that met.
        unit: UnitCode,
        /// The day of the meeting.
        held_on: Date,
        /// How many people were called.
        convened: u32,
        /// Who came, each with name and capacity.
        present: Vec<Sealed>,
        /// What was said.
        minutes: Sealed,
        /// SHA-256 of the scanned minutes, where there are any.
        paper: Option<Digest>,
    },
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Record { .. } => "record_meeting",
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
    /// The definition of the procedure that the meeting belongs to.
    pub definition: &'a Definition,
    /// The units from the nation down to the one that met, as they are today; empty if that does
    /// not exist.
    pub path: &'a [UnitCode],
}
