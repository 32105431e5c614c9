//! A case: one subject, one title, one year, from registration to the title and its end.
//!
//! Deliberately absent: which cases stand on a decision and who was at a meeting, which have streams of
//! their own; and any readable note, name or reason.

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

pub use command::{Also, ClaimInput, Command, Context, Meeting, OtherTitle, ReviewInput, Routine};
pub use decide::{Standing, concerned, eligible, may_prepare, obstacles, placeable, standing_on};
pub use error::Refusal;
pub use event::{
    Assessment, Assigned, Assignment, CaseRegistered, CaseWithdrawn, Claim, Claimed,
    DeadlineBreached, DeadlineWarned, DecisionReference, Escalated, Event, Evidence, Finding,
    HandedOver, MinutesRecorded, ObjectionFiled, ObjectionKind, ObjectionResolved,
    PlacedOnDecision, PostedPublicly, Prefilled, RecognitionAnnulled, RecognitionRefused, Released,
    Reminded, Reminder, RemovedFromDecision, ReturnedForSupplement, Reviewed, SelfAssessed,
    SentBackForReview, StepCompleted, Supplemented, TakenOver, TitleLapsed, TitleRecognised,
    TitleRevoked, Votes,
};
pub use state::{Alarm, Ended, Objection, Phase, Registered, State};

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
