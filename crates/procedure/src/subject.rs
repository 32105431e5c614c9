//! A subject: who strives for titles, and where it belongs.
//! Deliberately absent: splits, mergers and dissolution; and any readable name.

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

pub use crate::actor::Placed as Context;
pub use command::Command;
pub use error::Refusal;
pub use event::{Event, PersonalDataCorrected, SubjectMoved, SubjectRegistered};
pub use state::{Registered, State};

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "subject";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
