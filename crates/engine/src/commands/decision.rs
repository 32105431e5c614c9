//! Decisions over any number of cases: drafting, signing, and letting the cases follow.
//!
//! What is decided is one event on the decision's own stream. The cases follow by commands of the
//! program whose ids are derived from the decision's revision, so that whoever is interrupted, at
//! any moment, can begin again and nothing happens twice.
//! Deliberately absent: when the cases follow; whoever signed may wait for it, and the clerk sees to
//! it in any case.

use std::collections::BTreeSet;
use std::sync::Arc;

use codec::annex::{AnnexLine, annex_bytes, annex_digest};
use futures_util::{StreamExt as _, TryStreamExt as _, stream as futures};
use procedure::actor::Power;
use procedure::decision::{Command, Context, LISTED_MAX, Line, State};
use procedure::{
    Aggregate, CaseId, Date, DecisionId, Definition, ProcedureId, UnitCode, case, decision,
};
use uuid::Uuid;

use super::case::routine;
use super::context::Acting;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

mod look;

pub use look::{Looked, Rehearsal};

/// How often the annex is drawn up anew because somebody changed the draft meanwhile.
const ATTEMPTS: u32 = 4;

/// What putting cases on a draft came to.
#[derive(Debug, Default)]
pub struct Listed {
    /// Cases that stand on the draft now and did not before.
    pub placed: usize,
    /// Cases that cannot be put on it, and why.
    pub left_out: Vec<(CaseId, EngineError)>,
    /// What to wait for before reading.
    pub position: Option<event_store::Position>,
}

/// What letting the cases follow a decision came to.
#[derive(Debug, Default)]
pub struct Followed {
    /// Cases that changed.
    pub changed: usize,
    /// Cases that could not follow, and why.
    pub failed: Vec<(CaseId, EngineError)>,
    /// The last of what was written.
    pub position: Option<event_store::Position>,
}

/// A decision as it is decided upon.
struct Drawn {
    state: Arc<State>,
    revision: u64,
    definition: Arc<Definition>,
    path: Vec<UnitCode>,
}

impl Engine {
    /// Begins the draft of a decision under a definition.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn draft_decision(
        &self,
        request: &Request,
        id: DecisionId,
        procedure: &ProcedureId,
        (unit, year): (UnitCode, i16),
    ) -> Result<Done, EngineError> {
        let (_, definition) = self.edition(procedure).await?;
        let path = self.path(&unit, self.today()).await?;
        let acting = self.acting(request).await?;
        let at = (&*definition, path.as_slice());
        self.decide_decision(request, id, at, acting, Command::Draft { year, unit }, &[]).await
    }

    /// Carries out a command on a draft or a signed decision other than drafting, listing and
    /// signing. Texts in it are sealed with [`Engine::sealer`] of the decision; the reason for
    /// taking a case off, with that of the case's subject.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn decision(
        &self,
        request: &Request,
        id: DecisionId,
        command: Command,
    ) -> Result<Done, EngineError> {
        let drawn = self.drawn(id).await?;
        let acting = self.acting(request).await?;
        let at = (&*drawn.definition, drawn.path.as_slice());
        self.decide_decision(request, id, at, acting, command, &[]).await
    }

    /// Puts cases on a draft: those that could be recognised today. The others are named with the
    /// reason.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn list_on_decision(
        &self,
        request: &Request,
        id: DecisionId,
        cases: &[CaseId],
    ) -> Result<Listed, EngineError> {
        let drawn = self.drawn(id).await?;
        // Who may not list anything is told so before he learns anything about the cases.
        let command = Command::List { cases: Vec::new() };
        let asked = derived(request, b"ask");
        let acting = self.acting(&asked).await?;
        let at = (&*drawn.definition, drawn.path.as_slice());
        self.decide_decision(&asked, id, at, acting, command, &[]).await?;
        let mut listed = Listed::default();
        let mut fit = Vec::new();
        let distinct: BTreeSet<_> = cases.iter().copied().collect();
        for case in distinct.into_iter().filter(|case| !drawn.state.lists(*case)) {
            match self.placeable(id, case, &drawn.state).await {
                Ok(()) => fit.push(case),
                Err(error @ (EngineError::Refused(_) | EngineError::Text(_))) => {
                    listed.left_out.push((case, error));
                }
                Err(other) => return Err(other),
            }
        }
        for chunk in fit.chunks(LISTED_MAX) {
            // The same cases make the same command; others, after an interruption, another one.
            let content: Vec<u8> = chunk.iter().flat_map(|case| *case.0.as_bytes()).collect();
            let request = derived(request, &content);
            self.decision(&request, id, Command::List { cases: chunk.to_vec() }).await?;
        }
        let followed = self.follow(id, Some(&fit)).await?;
        listed.placed = followed.changed;
        listed.position = followed.position;
        listed.left_out.extend(followed.failed);
        Ok(listed)
    }

    /// Signs a draft with everything on it, or nothing: one case that the signatory cannot sign for,
    /// or that cannot be recognised, keeps all of it from being signed, and is named. The cases
    /// follow by [`Engine::settle_decision`].
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn sign_decision(
        &self,
        request: &Request,
        id: DecisionId,
        number: &str,
        date: Date,
    ) -> Result<Done, EngineError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let drawn = self.drawn(id).await?;
            let (lines, annex) = self.annex(request, id, &drawn, date).await?;
            let digest = annex_digest(&annex).map_err(|error| corrupt(&error))?;
            let command = Command::Sign { number: number.to_owned(), date, annex: digest };
            let mut at_this_revision = request.clone();
            at_this_revision.expected = request.expected.or(Some(drawn.revision));
            let acting = self.acting(request).await?;
            let at = (&*drawn.definition, drawn.path.as_slice());
            let signing =
                self.decide_decision(&at_this_revision, id, at, acting, command, &lines).await;
            match signing {
                Err(EngineError::Stale { .. })
                    if request.expected.is_none() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }

    /// Lets every case follow a decision: on the draft or off it, recognised, or undone. Repeated
    /// or interrupted, each case follows once.
    ///
    /// # Errors
    /// [`EngineError`] where the decision itself cannot be read.
    pub async fn settle_decision(&self, id: DecisionId) -> Result<Followed, EngineError> {
        self.follow(id, None).await
    }

    /// The same for some of its cases.
    ///
    /// # Errors
    /// [`EngineError`] where the decision itself cannot be read.
    pub async fn settle_cases(
        &self,
        id: DecisionId,
        cases: &[CaseId],
    ) -> Result<Followed, EngineError> {
        self.follow(id, Some(cases)).await
    }

    /// The annex of a decision as it stands, or as it was signed: one line of JSON for each case.
    /// `date` is the day that an unsigned decision is to bear.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn decision_annex(&self, id: DecisionId, date: Date) -> Result<Vec<u8>, EngineError> {
        let drawn = self.drawn(id).await?;
        let date = drawn.state.signed().map_or(date, |signed| signed.date);
        let mut lines = Vec::with_capacity(drawn.state.listed.len());
        for case in &drawn.state.listed {
            lines.extend(self.annex_line(*case, date, &drawn.definition).await?);
        }
        annex_bytes(&mut lines).map_err(|error| corrupt(&error))
    }

    /// Whether each case can be signed for, and the annex.
    async fn annex(
        &self,
        request: &Request,
        id: DecisionId,
        drawn: &Drawn,
        date: Date,
    ) -> Result<(Vec<Line>, Vec<u8>), EngineError> {
        let (mut lines, mut annex): (Vec<Line>, Vec<AnnexLine>) = (Vec::new(), Vec::new());
        // Who may not sign at all is told so by the decision itself, whatever is on it.
        let Some(power) = self.power_to_sign(request, drawn).await? else {
            return Ok((lines, Vec::new()));
        };
        for case in &drawn.state.listed {
            lines.push(self.line(request, (id, drawn), *case, (date, power)).await?);
            annex.extend(self.annex_line(*case, date, &drawn.definition).await?);
        }
        let annex = annex_bytes(&mut annex).map_err(|error| corrupt(&error))?;
        Ok((lines, annex))
    }

    /// By what right who asks signs decisions of the unit today, if by any.
    async fn power_to_sign(
        &self,
        request: &Request,
        drawn: &Drawn,
    ) -> Result<Option<Power>, EngineError> {
        let today = self.today();
        let performer = drawn.definition.decision().and_then(|step| step.performer(today));
        let acting = self.acting(request).await?;
        Ok(performer
            .and_then(|performer| acting.actor().power(&performer.role, &drawn.path, today).ok()))
    }

    /// Whether a case can be signed for by a right.
    async fn line(
        &self,
        request: &Request,
        (id, drawn): (DecisionId, &Drawn),
        case: CaseId,
        (date, power): (Date, Power),
    ) -> Result<Line, EngineError> {
        let state = self.cases.state(&stream::<case::State>(&case)?).await?;
        let signatory = self.acting(request).await?.limited_to(power);
        let mut gathered = self.gather(request, &state).await?.by(signatory);
        if !drawn.definition.outcome.levels.is_empty() {
            gathered.besides.titles = self.other_titles(&state, &drawn.definition).await?;
        }
        let ready = case::eligible(&state, id, date, &gathered.context()).map(drop);
        Ok(Line { case, ready })
    }

    async fn annex_line(
        &self,
        id: CaseId,
        date: Date,
        definition: &Definition,
    ) -> Result<Option<AnnexLine>, EngineError> {
        let state = self.cases.state(&stream::<case::State>(&id)?).await?;
        let Some(registered) = &state.registered else { return Ok(None) };
        let Some(standing) = case::standing_on(&state, definition, date) else { return Ok(None) };
        Ok(Some(AnnexLine {
            place: registered.place.clone(),
            case: id,
            subject: registered.subject,
            total: standing.total,
            band: standing.band,
            from: standing.in_force.from,
            until: standing.in_force.until,
        }))
    }

    async fn placeable(
        &self,
        id: DecisionId,
        case: CaseId,
        decision: &Arc<State>,
    ) -> Result<(), EngineError> {
        let state = self.cases.state(&stream::<case::State>(&case)?).await?;
        let mut gathered = self.gather(&routine("place"), &state).await?;
        gathered.besides.decision = Some(decision.clone());
        let context = gathered.context();
        if !context.definition.outcome.levels.is_empty() {
            let titles = self.other_titles(&state, context.definition).await?;
            gathered.besides.titles = titles;
        }
        case::placeable(&state, id, &gathered.context())?;
        Ok(())
    }

    async fn follow(
        &self,
        id: DecisionId,
        cases: Option<&[CaseId]>,
    ) -> Result<Followed, EngineError> {
        let (state, revision) = self.decisions.state_at(&stream::<State>(&id)?).await?;
        let revision = revision.ok_or_else(unknown)?;
        let all: Vec<CaseId> = match cases {
            Some(cases) => cases.to_vec(),
            None => state.listed.iter().chain(state.taken_off.keys()).copied().collect(),
        };
        let each = futures::iter(all).map(|case| {
            let decision = (id, revision, state.clone());
            async move { Ok((case, self.follow_decision(case, decision).await)) }
        });
        each.buffer_unordered(self.at_once)
            .try_fold(Followed::default(), |mut followed, (case, result)| async move {
                match result {
                    Ok(done) if done.events > 0 && !done.repeated => {
                        followed.changed += 1;
                        followed.position = followed.position.max(done.position);
                    }
                    Ok(_) => {}
                    Err(error @ EngineError::Refused(_)) => followed.failed.push((case, error)),
                    Err(other) => return Err(other),
                }
                Ok(followed)
            })
            .await
    }

    async fn drawn(&self, id: DecisionId) -> Result<Drawn, EngineError> {
        let (state, revision) = self.decisions.state_at(&stream::<State>(&id)?).await?;
        let drafted = state.drafted.as_ref().ok_or_else(unknown)?;
        let procedure = drafted.procedure.clone();
        let (_, definition) = self.edition(&procedure).await?;
        let mut path = self.path(&drafted.unit, self.today()).await?;
        if path.is_empty() {
            // A unit that is no more: its acts are judged as of the day of the draft.
            path = self.path(&drafted.unit, drafted.on).await?;
        }
        let revision = revision.ok_or_else(unknown)?;
        Ok(Drawn { state, revision, definition, path })
    }

    async fn decide_decision(
        &self,
        request: &Request,
        id: DecisionId,
        (definition, path): (&Definition, &[UnitCode]),
        acting: Acting,
        command: Command,
        lines: &[Line],
    ) -> Result<Done, EngineError> {
        let today = self.today();
        let steps = definition.steps.iter().rev().filter_map(|step| step.performer(today));
        let here = steps.filter(|performer| performer.level as usize + 1 == path.len());
        let rights: Vec<_> = here.map(|performer| (performer.role.as_str(), path)).collect();
        let attempt = Attempt {
            request,
            name: command.name(),
            about: Some(id.0),
            actor: acting.record(&rights, today, None),
            fingerprint: self.fingerprint(Some(id.0), command.name(), request)?,
        };
        self.execute(&self.decisions, &stream::<State>(&id)?, &attempt, |state| {
            let context = Context { actor: acting.actor(), today, definition, path, lines };
            state.decide(command.clone(), &context)
        })
        .await
    }
}

fn unknown() -> EngineError {
    EngineError::Refused(decision::Refusal::Unknown.into())
}

fn corrupt(error: &dyn std::fmt::Display) -> EngineError {
    EngineError::Corrupt(error.to_string())
}

/// A part of a request, with an id of its own.
fn derived(request: &Request, part: &[u8]) -> Request {
    let command_id = Uuid::new_v5(&request.command_id, part);
    Request { command_id, expected: None, ..request.clone() }
}
