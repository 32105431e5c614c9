//! The working days of Viet Nam, so that time limits can be counted in them: weekends, public
//! holidays, and the days that the government swaps. Deliberately absent: the lunar calendar (days
//! off come in as data), working hours, and days of a single province.

use alloc::vec::Vec;

use crate::aggregate::Aggregate;
use crate::refusal::Refused;

pub mod check;
pub mod command;
pub mod decide;
pub mod error;
pub mod event;
#[cfg(test)]
pub(crate) mod spec;
pub mod state;

pub use check::{Finding, Place};
pub use command::{Command, Context};
pub use error::Refusal;
pub use event::{CalendarDays, CalendarPublished, DayOff, Event, Swap};
pub use state::{Calendar, State};

impl Aggregate for State {
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;

    const CATEGORY: &'static str = "calendar";

    fn decide(&self, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Refused> {
        decide::decide(self, command, context)
    }

    fn evolve(&mut self, event: &Event) {
        state::evolve(self, event);
    }
}
