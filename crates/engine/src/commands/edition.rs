//! Publishing and retiring procedure definitions.

use procedure::edition::{Command, Context, State};
use procedure::{Aggregate, ProcedureId};

use super::context::{nation, setting_up};
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

impl Engine {
    /// Publishes or retires the definition `id`.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn procedure(
        &self,
        request: &Request,
        id: &ProcedureId,
        command: Command,
    ) -> Result<Done, EngineError> {
        let today = self.today();
        let acting = self.acting(request).await?;
        let attempt = Attempt {
            request,
            name: command.name(),
            about: None,
            actor: acting.record(&setting_up(&[nation()?]), today, None),
            fingerprint: self.fingerprint(None, command.name(), request)?,
        };
        self.execute(&self.editions, &stream::<State>(id)?, &attempt, |state| {
            let context = Context { actor: acting.actor(), today };
            state.decide(command.clone(), &context)
        })
        .await
    }
}
