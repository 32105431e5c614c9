//! What may be asked of the calendar, and what has to be known to decide.

use alloc::boxed::Box;

use crate::actor::Actor;
use crate::calendar::event::CalendarDays;
use crate::date::Date;
use crate::text::Digest;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Put a calendar into the log, in place of the one before.
    Publish {
        /// The whole calendar.
        days: Box<CalendarDays>,
        /// SHA-256 of its JSON.
        digest: Digest,
    },
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Publish { .. } => "publish_calendar",
        }
    }
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
}
