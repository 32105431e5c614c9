//! One published version of a procedure definition, so that the log carries its own rules.
//! Deliberately absent: changing one. A correction is a new edition with an id of its own.

use alloc::vec::Vec;

use crate::aggregate::Aggregate;
use crate::refusal::Refused;

pub mod command;
pub mod decide;
pub mod error;
pub mod event;
#[cfg(test)]
mod spec;
pub mod state;

pub use command::{Command, Context};
pub use error::Refusal;
pub use event::{Event, ProcedurePublished, ProcedureRetired};
pub use state::State;

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "procedure";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
