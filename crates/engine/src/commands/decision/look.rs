//! Looking at a decision before somebody acts on it: what would be refused and why, and what has
//! changed since somebody looked. Nothing here writes, and nothing that would be refused is kept.
//! Deliberately absent: rules; the same functions are asked as when the act is done.

use std::sync::Arc;

use codec::Metadata;
use codec::annex::annex_digest;
use procedure::case::Standing;
use procedure::decision;
use procedure::decision::{Command, Context, Event, Line, State};
use procedure::{
    Aggregate, CaseId, Date, DecisionId, Digest, ProcedureId, Refused, UnitCode, case,
};

use super::{Drawn, corrupt};
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::request::Request;

/// How many events are read at once.
const PAGE: usize = 500;

/// What signing would come to now.
#[derive(Debug)]
pub struct Rehearsal {
    /// The revision that was looked at.
    pub revision: u64,
    /// SHA-256 of the annex as it would be signed; of no line where who asks signs nothing here.
    pub annex: Digest,
    /// Each case with why it could not be signed for, if it could not.
    pub lines: Vec<Line>,
    /// Why all of it would be refused, if it would.
    pub refused: Option<Refused>,
}

/// A case of a decision, as it would be signed for.
#[derive(Debug)]
pub struct Looked {
    /// Which.
    pub case: CaseId,
    /// What it comes to, whatever stands in the way.
    pub standing: Option<Standing>,
    /// Why who asks could not sign for it; nothing if he could, or if he signs nothing here.
    pub obstacle: Option<Refused>,
}

impl Engine {
    /// A decision as it stands, with its revision.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn decision_state(&self, id: DecisionId) -> Result<(Arc<State>, u64), EngineError> {
        let drawn = self.drawn(id).await?;
        Ok((drawn.state, drawn.revision))
    }

    /// What has happened to a decision after a revision.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn decision_events(
        &self,
        id: DecisionId,
        after: u64,
    ) -> Result<Vec<Event>, EngineError> {
        let stream = stream::<State>(&id)?;
        let (mut found, mut from) = (Vec::new(), after + 1);
        loop {
            let events = self.store.read(&stream, from, PAGE).await?;
            for event in &events {
                let metadata = Metadata::decode(&event.metadata)?;
                found.push(codec::decode(&event.event_type, metadata.schema, &event.data)?);
            }
            if events.len() < PAGE {
                return Ok(found);
            }
            from += events.len() as u64;
        }
    }

    /// Whether a draft could be begun.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn rehearse_draft(
        &self,
        request: &Request,
        procedure: &ProcedureId,
        (unit, year): (UnitCode, i16),
    ) -> Result<(), EngineError> {
        let (_, definition) = self.edition(procedure).await?;
        let path = self.path(&unit, self.today()).await?;
        let acting = self.acting(request).await?;
        let (actor, today) = (acting.actor(), self.today());
        let context = Context { actor, today, definition: &definition, path: &path, lines: &[] };
        State::default().decide(Command::Draft { year, unit }, &context)?;
        Ok(())
    }

    /// Whether a command on a draft or a signed decision would be accepted.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn rehearse_decision(
        &self,
        request: &Request,
        id: DecisionId,
        command: Command,
    ) -> Result<(), EngineError> {
        let drawn = self.drawn(id).await?;
        self.would(request, &drawn, command, &[]).await
    }

    /// What signing would come to now, case by case.
    ///
    /// # Errors
    /// [`EngineError`] where it cannot be read.
    pub async fn rehearse_signature(
        &self,
        request: &Request,
        id: DecisionId,
        number: &str,
        date: Date,
    ) -> Result<Rehearsal, EngineError> {
        let drawn = self.drawn(id).await?;
        let (lines, annex) = self.annex(request, id, &drawn, date).await?;
        let annex = annex_digest(&annex).map_err(|error| corrupt(&error))?;
        let command = Command::Sign { number: number.to_owned(), date, annex: annex.clone() };
        let refused = match self.would(request, &drawn, command, &lines).await {
            Ok(()) => None,
            Err(EngineError::Refused(refused)) => Some(refused),
            Err(other) => return Err(other),
        };
        Ok(Rehearsal { revision: drawn.revision, annex, lines, refused })
    }

    /// Some cases of a decision, as who asks would sign for them on a day.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn look_at_cases(
        &self,
        request: &Request,
        id: DecisionId,
        date: Date,
        cases: &[CaseId],
    ) -> Result<Vec<Looked>, EngineError> {
        let drawn = self.drawn(id).await?;
        let power = self.power_to_sign(request, &drawn).await?;
        let mut looked = Vec::with_capacity(cases.len());
        for case in cases {
            let state = self.cases.state(&stream::<case::State>(case)?).await?;
            let standing = case::standing_on(&state, &drawn.definition, date);
            let obstacle = match power {
                Some(power) if drawn.state.is_draft() && drawn.state.lists(*case) => {
                    self.line(request, (id, &drawn), *case, (date, power)).await?.ready.err()
                }
                _ => None,
            };
            looked.push(Looked { case: *case, standing, obstacle });
        }
        Ok(looked)
    }

    async fn would(
        &self,
        request: &Request,
        drawn: &Drawn,
        command: decision::Command,
        lines: &[Line],
    ) -> Result<(), EngineError> {
        let acting = self.acting(request).await?;
        let (actor, today) = (acting.actor(), self.today());
        let (definition, path) = (&*drawn.definition, drawn.path.as_slice());
        drawn.state.decide(command, &Context { actor, today, definition, path, lines })?;
        Ok(())
    }
}
