//! Administrative units: a dated tree, changed only by instruments.
//!
//! One stream holds the units from the nation down to the communes, and one more for each commune
//! holds its hamlets, so that a case needs two short histories to know its place.
//!
//! Deliberately absent: mergers, splits and abolitions; they come with their lineage.

use alloc::vec::Vec;

use crate::aggregate::Aggregate;
use crate::name::UnitCode;
use crate::refusal::Refused;

pub mod command;
pub mod decide;
pub mod error;
pub mod event;
pub mod level;
#[cfg(test)]
mod spec;
pub mod state;

pub use command::{Command, Context};
pub use error::Refusal;
pub use event::{Change, Event, Instrument, UnitsReorganised};
pub use level::{UnitKind, UnitLevel};
pub use state::{State, Unit};

/// The commune in whose list a hamlet stands: the part of its code before the hyphen. `None` for a
/// unit of the national list.
#[must_use]
pub fn commune_of(unit: &UnitCode) -> Option<UnitCode> {
    let (commune, _) = unit.as_str().split_once('-')?;
    commune.parse().ok()
}

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "units";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
