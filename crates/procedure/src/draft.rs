//! A half-filled form about a case, which its author comes back to and which is gone once it is handed
//! in (bản nháp).
//!
//! Deliberately absent: what the form asks, and any judgement about what stands in it; a draft counts
//! for nothing. Its content is sealed with the key of the case's subject.

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

pub use command::{Command, Context, DraftOf};
pub use error::Refusal;
pub use event::{DraftDiscarded, DraftSaved, Event};
pub use state::State;

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "draft";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
