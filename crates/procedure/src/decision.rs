//! A recognition decision: one act of a competent authority over any number of cases, from the
//! draft and its annex to the signature, and what later acts do to it.
//!
//! Signing is one event however long the annex is, so a crash cannot leave half of it decided.
//! Deliberately absent: the titles themselves, which follow case by case from the signed decision;
//! the text of the decision; and delegated signatures.

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
mod spec;
pub mod state;

pub use command::{Command, Context, LISTED_MAX, Line};
pub use error::Refusal;
pub use event::{
    CaseTakenOff, CasesListed, DecisionCancelled, DecisionCorrected, DecisionDiscarded,
    DecisionDrafted, DecisionSigned, Event,
};
pub use state::{Correction, Drafted, Phase, Signed, State, TakenOff};

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "decision";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
