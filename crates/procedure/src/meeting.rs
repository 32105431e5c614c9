//! A meeting of a hamlet or body that gives its opinion on cases, known by its minutes: one
//! meeting, one event.
//!
//! Deliberately absent: the points that the meeting gave, which stand in each case; mending the
//! minutes, which takes a meeting of its own; and any readable name or word.

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

pub use command::{Command, Context, PRESENT_MAX};
pub use error::Refusal;
pub use event::{Event, MeetingRecorded};
pub use state::State;

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "meeting";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
