//! Enrolling, appointing and relieving officers, and their tokens. Their passwords are in
//! [`crate::password`].

use procedure::officer::{Command, State};
use procedure::{Digest, OfficerId, UnitCode};
use uuid::Uuid;

use super::placed::Settled;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::request::{Done, Principal, Request};

impl Settled for State {
    fn home(&self) -> Option<&UnitCode> {
        self.enrolled.as_ref().map(|known| &known.unit)
    }

    fn name(command: &Command) -> &'static str {
        command.name()
    }

    fn unit(command: &Command) -> Option<&UnitCode> {
        command.unit()
    }

    fn delegator(command: &Command) -> Option<OfficerId> {
        command.delegator()
    }
}

impl Engine {
    /// Carries out a command about an officer. His name in it is sealed with [`Engine::sealer`]
    /// of the officer.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn officer(
        &self,
        request: &Request,
        id: OfficerId,
        command: Command,
    ) -> Result<Done, EngineError> {
        self.settle(&self.officers, (&id, id.0), request, command).await
    }

    /// Decides the command without carrying it out.
    pub(crate) async fn try_officer(
        &self,
        request: &Request,
        id: OfficerId,
        command: Command,
    ) -> Result<(), EngineError> {
        self.try_settling(&self.officers, (&id, id.0), request, command).await
    }

    /// Whether a secret with this digest speaks for the officer today, asked of his own stream: a
    /// token that was revoked a moment ago counts no more, however far the read models are.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn token_counts(&self, id: OfficerId, digest: &Digest) -> Result<bool, EngineError> {
        let state = self.officers.state(&stream::<State>(&id)?).await?;
        Ok(state.tokens.get(digest).is_some_and(|until| self.today() <= *until))
    }

    /// Whether commands, carried out one after the other with these command ids, would be
    /// accepted; writes nothing.
    ///
    /// # Errors
    /// The place of the first that would not, and why.
    pub async fn rehearse_officer(
        &self,
        principal: &Principal,
        id: OfficerId,
        commands: &[(Uuid, Command)],
    ) -> Result<(), (usize, EngineError)> {
        self.rehearse_settling(&self.officers, &id, principal, commands).await
    }
}
