//! An officer: who may act, by which appointments, with which interests of his own.
//! A power that
//! another officer has passed on stands with whoever received it.
//! Deliberately absent: passwords themselves; what they are compared with is sealed, and comparing
//! is the engine's.

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
pub use event::{
    Appointed, Delegated, DelegationEnded, Event, InterestDeclared, OfficerEnrolled, PasswordSet,
    Relation, Relieved, SessionEnded, SessionsEnded, TokenIssued, TokenRevoked,
};
pub use state::{Appointment, Delegation, Enrolled, State};

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "officer";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
