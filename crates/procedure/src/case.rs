//! A case: one subject, one title, one year, from registration to the title and its end.
//!
//! Deliberately absent: meetings, postings, decisions over many cases, lapse and revocation; and
//! any readable note, name or reason.

use alloc::vec::Vec;

use crate::aggregate::Aggregate;
use crate::refusal::Refused;

pub mod command;
pub mod decide;
pub mod error;
pub mod event;
#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod spec;
pub mod state;

pub use command::{ClaimInput, Command, Context, ReviewInput};
pub use error::Refusal;
pub use event::{
    Assessment, Assignment, CaseRegistered, CaseWithdrawn, Claim, Claimed, DecisionReference,
    Event, Evidence, Finding, RecognitionRefused, Released, ReturnedForSupplement, Reviewed,
    SelfAssessed, StepCompleted, Supplemented, TitleRecognised,
};
pub use state::{Phase, Registered, State};

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "case";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
