//! Drafts of long forms: kept sealed, found again on any server, let go once they are handed in.
//!
//! Each keeping is an event and stays in the log, unreadable once the subject's key is destroyed; a form
//! is kept when a person says so or leaves it, not at every key that he presses.
//! Deliberately absent: what stands in a form.

use codec::Key;
use procedure::draft::{Command, Context, DraftOf, Refusal, State};
use procedure::{Aggregate, Date, OfficerId, Sealed, SubjectId, case};

use super::case::{Gathered, unknown};
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::personal::key_of;
use crate::request::{Done, Request};

/// A draft is not longer than this, in bytes.
pub const DRAFT_MAX: usize = 64 * 1024;

/// A draft as it was kept last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Everything that stands in the form.
    pub content: String,
    /// Who kept it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Its revision, to be expected by who keeps it next where a draft is shared.
    pub revision: u64,
}

impl Engine {
    /// Keeps what stands in a form by now. The same as was kept last changes nothing.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn save_draft(
        &self,
        request: &Request,
        of: &DraftOf,
        content: &str,
    ) -> Result<Done, EngineError> {
        if content.len() > DRAFT_MAX {
            let refusal = Refusal::TooLong { bytes: content.len(), maximum: DRAFT_MAX };
            return Err(EngineError::Refused(refusal.into()));
        }
        let (case, subject) = self.case_of(of).await?;
        let gathered = self.gather(request, &case).await?;
        let content = self.seal_draft(of, subject, content).await?;
        self.decide_draft(request, (of, subject), Command::Save { content }, (&case, gathered))
            .await
    }

    /// Lets a draft go; quiet where there is none.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn discard_draft(
        &self,
        request: &Request,
        of: &DraftOf,
    ) -> Result<Done, EngineError> {
        let (case, subject) = self.case_of(of).await?;
        let gathered = self.gather(request, &case).await?;
        self.decide_draft(request, (of, subject), Command::Discard, (&case, gathered)).await
    }

    /// A draft; `None` if there is none, or if the key of its subject has been destroyed. Whoever
    /// asks must have been found to see the case, and to be whose draft it is.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn draft(&self, of: &DraftOf) -> Result<Option<Draft>, EngineError> {
        let (state, revision) = self.drafts.state_at(&stream::<State>(&of.id())?).await?;
        let (Some(saved), Some(revision)) = (&state.saved, revision) else { return Ok(None) };
        let (_, subject) = self.case_of(of).await?;
        let Some(key) = self.keyring.get(subject.0)? else { return Ok(None) };
        let draft = |content| Draft { content, by: saved.by, on: saved.on, revision };
        Ok(key.open(subject.0, &saved.content).ok().map(draft))
    }

    async fn case_of(
        &self,
        of: &DraftOf,
    ) -> Result<(std::sync::Arc<case::State>, SubjectId), EngineError> {
        let case = self.cases.state(&stream::<case::State>(&of.case)?).await?;
        let subject = case.registered.as_ref().ok_or_else(unknown)?.subject;
        Ok((case, subject))
    }

    /// The content sealed, in the form that is there already if it says the same: no two sealed texts
    /// are equal, and what is the same should change nothing.
    async fn seal_draft(
        &self,
        of: &DraftOf,
        subject: SubjectId,
        content: &str,
    ) -> Result<Sealed, EngineError> {
        let key: Key = key_of(&*self.keyring, &*self.entropy, subject.0)?;
        let state = self.drafts.state(&stream::<State>(&of.id())?).await?;
        if let Some(saved) = &state.saved
            && key.open(subject.0, &saved.content).is_ok_and(|before| before == content)
        {
            return Ok(saved.content.clone());
        }
        let sealed = key.seal(subject.0, content, self.entropy.bytes());
        sealed.map_err(|error| EngineError::Corrupt(error.to_string()))
    }

    async fn decide_draft(
        &self,
        request: &Request,
        (of, subject): (&DraftOf, SubjectId),
        command: Command,
        (case, gathered): (&case::State, Gathered),
    ) -> Result<Done, EngineError> {
        let attempt = Attempt {
            request,
            name: command.name(),
            about: Some(of.case.0),
            actor: gathered.record(),
            fingerprint: self.fingerprint(Some(subject.0), command.name(), request)?,
        };
        let context = Context { of, case, around: gathered.context() };
        self.execute(&self.drafts, &stream::<State>(&of.id())?, &attempt, |state| {
            state.decide(command.clone(), &context)
        })
        .await
    }
}
