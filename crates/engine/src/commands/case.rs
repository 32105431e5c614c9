//! Everything that happens to a case.

use std::sync::Arc;

use procedure::case::{Command, Context, State};
use procedure::{
    Aggregate, CaseId, Date, Definition, ProcedureId, Role, StepId, SubjectId, UnitCode,
};
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
    edition: (Arc<edition::State>, Arc<Definition>),
    path: Vec<UnitCode>,
    turn: Option<StepId>,
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
        let title = edition.1.title;
        let state = self.subjects.state(&stream::<subject::State>(&subject)?).await?;
        let path = match &state.registered {
            Some(registered) => self.path(&registered.unit, today).await?,
            None => Vec::new(),
        };
        let acting = self.acting(request).await?;
        let gathered = Gathered { acting, today, edition, path, turn: None, subject: Some(state) };
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
        let turn = state.turn().map(|turn| turn.step.clone());
        let gathered = Gathered { acting, today, edition, path, turn, subject: None };
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
        let Gathered { acting, today, edition, path, turn, subject: subject_state } = gathered;
        let (edition, definition) = &edition;
        let context = Context {
            actor: acting.actor(),
            today,
            definition,
            edition,
            path: &path,
            subject: subject_state.as_deref(),
        };
        let rights = rights(definition, &command, turn.as_ref(), &path, today);
        let on_behalf_of = command.is_subjects_side().then_some(subject);
        let attempt = Attempt {
            request,
            name: command.name(),
            actor: acting.record(&rights, today, on_behalf_of),
            fingerprint: self.fingerprint(Some(subject.0), command.name(), request)?,
        };
        self.execute(&self.cases, &stream::<State>(&id)?, &attempt, |state| {
            state.decide(command.clone(), &context)
        })
        .await
    }
}

/// The rights in which an officer may act: the role of the step's performer today, over the unit of
/// its level. The step is the one whose turn it is, or on the subject's side the first.
fn rights<'a>(
    definition: &'a Definition,
    command: &Command,
    turn: Option<&StepId>,
    path: &'a [UnitCode],
    today: Date,
) -> Vec<(&'a str, &'a [UnitCode])> {
    let is_this = |step: &&procedure::definition::Step| match turn {
        Some(turn) if !command.is_subjects_side() => step.id == *turn,
        _ => command.belongs_to(step.kind),
    };
    let performers = definition.steps.iter().filter(is_this).filter_map(|s| s.performer(today));
    let mut rights: Vec<_> = performers
        .map(|performer| {
            let depth = (performer.level as usize + 1).min(path.len());
            (performer.role.as_str(), &path[..depth])
        })
        .collect();
    if let Command::Release = command {
        rights.push((Role::ADMINISTRATOR, path));
    }
    rights
}
