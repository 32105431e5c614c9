//! Enrolling, appointing and relieving officers, and their tokens.

use procedure::officer::{Command, Context, State};
use procedure::{Aggregate, Digest, OfficerId};
use uuid::Uuid;

use super::context::setting_up;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Principal, Request};

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
        let today = self.today();
        let acting = self.acting(request).await?;
        let stream = stream::<State>(&id)?;
        let path = match command.unit() {
            Some(unit) => self.path(unit, today).await?,
            None => match &self.officers.state(&stream).await?.enrolled {
                Some(officer) => self.path(&officer.unit, today).await?,
                None => Vec::new(),
            },
        };
        let attempt = Attempt {
            request,
            name: command.name(),
            actor: acting.record(&setting_up(&path), today, None),
            fingerprint: self.fingerprint(Some(id.0), command.name(), request)?,
        };
        self.execute(&self.officers, &stream, &attempt, |state| {
            let context = Context { actor: acting.actor(), today, path: &path };
            state.decide(command.clone(), &context)
        })
        .await
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
        let today = self.today();
        let at_first = |error| (0, error);
        let asked = Request::new(principal.clone(), Uuid::nil());
        let acting = self.acting(&asked).await.map_err(at_first)?;
        let mut paths = Vec::with_capacity(commands.len());
        for (index, (_, command)) in commands.iter().enumerate() {
            paths.push(match command.unit() {
                Some(unit) => self.path(unit, today).await.map_err(|error| (index, error))?,
                // What names no unit follows a command that does.
                None => paths.last().cloned().unwrap_or_default(),
            });
        }
        let stream = stream::<State>(&id).map_err(at_first)?;
        let ids = commands.iter().map(|(id, _)| *id);
        self.rehearse(&self.officers, &stream, ids, |state, index| {
            let path = paths.get(index).map_or(&[][..], Vec::as_slice);
            let context = Context { actor: acting.actor(), today, path };
            match commands.get(index) {
                Some((_, command)) => state.decide(command.clone(), &context),
                None => Ok(Vec::new()),
            }
        })
        .await
    }
}
