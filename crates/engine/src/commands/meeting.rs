//! The minutes of meetings; how a meeting voted on a case stands on the case.

use procedure::meeting::{Command, Context, State};
use procedure::{Aggregate, MeetingId, ProcedureId};

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

impl Engine {
    /// Enters the minutes of a meeting on cases of a procedure. Names and texts in them are sealed
    /// with [`Engine::sealer`] of the meeting.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn meeting(
        &self,
        request: &Request,
        id: MeetingId,
        procedure: &ProcedureId,
        command: Command,
    ) -> Result<Done, EngineError> {
        let today = self.today();
        let acting = self.acting(request).await?;
        let (_, definition) = self.edition(procedure).await?;
        let Command::Record { step, unit, .. } = &command;
        let path = self.path(unit, today).await?;
        let performer = definition.step(step).and_then(|step| step.performer(today));
        let right = performer.map(|performer| (performer.role.as_str(), path.as_slice()));
        let attempt = Attempt {
            request,
            name: command.name(),
            about: Some(id.0),
            actor: acting.record(right.as_slice(), today, None),
            fingerprint: self.fingerprint(Some(id.0), command.name(), request)?,
        };
        self.execute(&self.meetings, &stream::<State>(&id)?, &attempt, |state| {
            let (actor, definition) = (acting.actor(), &*definition);
            let context = Context { actor, today, definition, path: &path };
            state.decide(command.clone(), &context)
        })
        .await
    }
}
