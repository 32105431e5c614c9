//! Entering, moving and correcting subjects.

use procedure::subject::{Command, State};
use procedure::{SubjectId, UnitCode};
use uuid::Uuid;

use super::placed::Settled;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::request::{Done, Principal, Request};

impl Settled for State {
    fn home(&self) -> Option<&UnitCode> {
        self.registered.as_ref().map(|known| &known.unit)
    }

    fn name(command: &Command) -> &'static str {
        command.name()
    }

    fn unit(command: &Command) -> Option<&UnitCode> {
        command.unit()
    }
}

impl Engine {
    /// Carries out a command on a subject. Texts in it are sealed with [`Engine::sealer`] of the
    /// subject.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn subject(
        &self,
        request: &Request,
        id: SubjectId,
        command: Command,
    ) -> Result<Done, EngineError> {
        self.settle(&self.subjects, (&id, id.0), request, command).await
    }

    /// Whether commands, carried out one after the other with these command ids, would be
    /// accepted; writes nothing.
    ///
    /// # Errors
    /// The place of the first that would not, and why.
    pub async fn rehearse_subject(
        &self,
        principal: &Principal,
        id: SubjectId,
        commands: &[(Uuid, Command)],
    ) -> Result<(), (usize, EngineError)> {
        self.rehearse_settling(&self.subjects, &id, principal, commands).await
    }
}
