//! Entering, moving and correcting subjects.

use procedure::subject::{Command, Context, State};
use procedure::{Aggregate, SubjectId};
use uuid::Uuid;

use super::context::setting_up;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Principal, Request};

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
        let today = self.today();
        let acting = self.acting(request).await?;
        let stream = stream::<State>(&id)?;
        let path = match command.unit() {
            Some(unit) => self.path(unit, today).await?,
            None => match &self.subjects.state(&stream).await?.registered {
                Some(subject) => self.path(&subject.unit, today).await?,
                None => Vec::new(),
            },
        };
        let attempt = Attempt {
            request,
            name: command.name(),
            actor: acting.record(&setting_up(&path), today, None),
            fingerprint: self.fingerprint(Some(id.0), command.name(), request)?,
        };
        self.execute(&self.subjects, &stream, &attempt, |state| {
            let context = Context { actor: acting.actor(), today, path: &path };
            state.decide(command.clone(), &context)
        })
        .await
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
        self.rehearse(&self.subjects, &stream, ids, |state, index| {
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
