//! What may be asked of administrative units, and what has to be known to decide.

use alloc::vec::Vec;

use crate::actor::Actor;
use crate::date::Date;
use crate::name::UnitCode;
use crate::territory::event::{Change, Instrument};
use crate::territory::state::State;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Carry out an instrument.
    Reorganise {
        /// By what right.
        instrument: Instrument,
        /// First day on which it holds.
        effective: Date,
        /// Made up for demonstration.
        sample: bool,
        /// What changes, in order.
        changes: Vec<Change>,
    },
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reorganise { .. } => "reorganise_units",
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
    /// The unit at the root of this stream: `VN`, or a commune with its hamlets.
    pub root: &'a UnitCode,
    /// The units above, where the root is a commune.
    pub above: Option<&'a State>,
}

/// A name of a unit is not longer than this, in bytes.
pub const NAME_MAX: usize = 200;
