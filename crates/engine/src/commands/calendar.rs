//! The calendar of working days.

use procedure::calendar::{Command, Context, State};
use procedure::{Aggregate, CalendarId};

use super::context::{nation, setting_up};
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

impl Engine {
    /// Carries out a command on the calendar.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn set_calendar(
        &self,
        request: &Request,
        command: Command,
    ) -> Result<Done, EngineError> {
        let (today, nation) = (self.today(), nation()?);
        let acting = self.acting(request).await?;
        let attempt = Attempt {
            request,
            name: command.name(),
            about: None,
            actor: acting.record(&setting_up(std::slice::from_ref(&nation)), today, None),
            fingerprint: self.fingerprint(None, command.name(), request)?,
        };
        self.execute(&self.calendars, &stream::<State>(&CalendarId)?, &attempt, |state| {
            let context = Context { actor: acting.actor(), today };
            state.decide(command.clone(), &context)
        })
        .await
    }
}
