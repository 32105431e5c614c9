//! Everything that happens to a case.

use std::sync::Arc;

use procedure::case::{Command, Context, State};
use procedure::{Aggregate, CaseId, Date, ProcedureId, SubjectId, UnitCode};
use procedure::{case, edition, subject};

use super::context::Acting;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

/// What a decision about a case needs to know.
struct Gathered {
    acting: Acting,
    today: Date,
    edition: Arc<edition::State>,
    path: Vec<UnitCode>,
    subject: Option<Arc<subject::State>>,
}

impl Engine {
    /// Registers a subject for the title and year, under a published definition.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn register_case(
        &self,
        request: &Request,
        procedure: &ProcedureId,
        subject: SubjectId,
        year: i16,
    ) -> Result<(CaseId, Done), EngineError> {
        let today = self.today();
        let edition = self.edition(procedure).await?;
        let title = match &edition.published {
            Some((definition, _)) => definition.title,
            None => return Err(EngineError::Refused(edition::Refusal::Unknown.into())),
        };
        let state = self.subjects.state(&stream::<subject::State>(&subject)?).await?;
        let path = match &state.registered {
            Some(registered) => self.path(&registered.unit, today).await?,
            None => Vec::new(),
        };
        let acting = self.acting(request).await?;
        let gathered = Gathered { acting, today, edition, path, subject: Some(state) };
        let id = CaseId::of(title, subject, year);
        let command = Command::Register { subject, year };
        self.decide_case(request, id, subject, command, gathered).await.map(|done| (id, done))
    }

    /// Carries out a command on a registered case. Texts in it are sealed with
    /// [`Engine::sealer`] of the case's subject.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn case(
        &self,
        request: &Request,
        id: CaseId,
        command: Command,
    ) -> Result<Done, EngineError> {
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        let unknown = || EngineError::Refused(case::Refusal::Unknown.into());
        let registered = state.registered.as_ref().ok_or_else(unknown)?;
        let today = self.today();
        let place = registered.place.last().ok_or_else(unknown)?;
        let mut path = self.path(place, today).await?;
        if path.is_empty() {
            path.clone_from(&registered.place);
        }
        let edition = self.edition(&registered.procedure).await?;
        let acting = self.acting(request).await?;
        let gathered = Gathered { acting, today, edition, path, subject: None };
        self.decide_case(request, id, registered.subject, command, gathered).await
    }

    /// The subject of a case, whose key seals the texts about it.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn subject_of(&self, id: CaseId) -> Result<SubjectId, EngineError> {
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        let unknown = || EngineError::Refused(case::Refusal::Unknown.into());
        Ok(state.registered.as_ref().ok_or_else(unknown)?.subject)
    }

    async fn decide_case(
        &self,
        request: &Request,
        id: CaseId,
        subject: SubjectId,
        command: Command,
        gathered: Gathered,
    ) -> Result<Done, EngineError> {
        let Gathered { acting, today, edition, path, subject: subject_state } = gathered;
        let Some((definition, _)) = &edition.published else {
            return Err(EngineError::Refused(edition::Refusal::Unknown.into()));
        };
        let context = Context {
            actor: acting.actor(),
            today,
            definition,
            edition: &edition,
            path: &path,
            subject: subject_state.as_deref(),
        };
        let roles: Vec<&str> = definition
            .steps
            .iter()
            .filter(|step| command.belongs_to(step.kind))
            .flat_map(|step| &step.performers)
            .map(|performer| performer.role.as_str())
            .collect();
        let on_behalf_of = command.is_subjects_side().then_some(subject);
        let attempt = Attempt {
            request,
            name: command.name(),
            actor: acting.record(&roles, &path, today, on_behalf_of),
            fingerprint: self.fingerprint(Some(subject.0), command.name(), request)?,
        };
        self.execute(&self.cases, &stream::<State>(&id)?, &attempt, |state| {
            state.decide(command.clone(), &context)
        })
        .await
    }
}
