//! One command on one stream: seen before? stale? decide, append, and again if somebody was
//! faster; and if it was refused for who asked, keep that. Deliberately absent: what the decision
//! needs to know; [`crate::commands`] gathers it.

use std::time::{Duration, Instant};

use bytes::Bytes;
use codec::upcast::SCHEMA_VERSION;
use codec::{ActorRecord, CommandRecord, Metadata};
use event_store::{EventStore, Expected, NewEvent, StoreError, StreamName};
use procedure::refused_act::{self, ActRefused};
use procedure::{Aggregate, EventSet, Refused};
use uuid::Uuid;

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::repository::{Loaded, Repository};
use crate::request::{Done, Request};

/// How often a command is decided anew because its stream moved on.
const ATTEMPTS: u32 = 32;
/// How often an append is repeated while the store is not available.
const REPEATS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(20);

/// What is the same for every attempt at a command.
pub(crate) struct Attempt<'a> {
    pub(crate) request: &'a Request,
    pub(crate) name: &'static str,
    /// The case, officer or decision that it is about, where refused acts are kept.
    pub(crate) about: Option<Uuid>,
    pub(crate) actor: ActorRecord,
    pub(crate) fingerprint: String,
}

impl Engine {
    /// Carries out a command on a stream. One that is refused for who asked is kept beside it.
    pub(crate) async fn execute<A: Aggregate>(
        &self,
        repository: &Repository<A>,
        stream: &StreamName,
        attempt: &Attempt<'_>,
        decide: impl Fn(&A) -> Result<Vec<A::Event>, Refused>,
    ) -> Result<Done, EngineError> {
        let result = self.carry_out(repository, stream, attempt, decide).await;
        self.meter.command(&result);
        if let Err(EngineError::Refused(refused)) = &result {
            self.keep_refused(attempt, refused).await;
        }
        result
    }

    /// Whoever was refused is told so even if it cannot be kept.
    async fn keep_refused(&self, attempt: &Attempt<'_>, refused: &Refused) {
        let (Some(about), Some(by)) = (attempt.about, attempt.actor.officer) else { return };
        let Some(act) = ActRefused::of(attempt.name, refused, by, self.today()) else { return };
        let mut request = attempt.request.clone();
        request.command_id = Uuid::new_v5(&attempt.request.command_id, b"refused");
        (request.causation, request.expected) = (Some(attempt.request.command_id), None);
        let keeping = Attempt {
            request: &request,
            name: attempt.name,
            about: None,
            actor: attempt.actor.clone(),
            fingerprint: attempt.fingerprint.clone(),
        };
        let kept = async {
            let stream = stream::<refused_act::State>(&about)?;
            let decide = |state: &refused_act::State| state.decide(act.clone(), &());
            self.carry_out(&self.refusals, &stream, &keeping, decide).await
        };
        if let Err(error) = kept.await {
            tracing::warn!(%about, act = attempt.name, %error, "a refused act could not be kept");
        }
    }

    async fn carry_out<A: Aggregate>(
        &self,
        repository: &Repository<A>,
        stream: &StreamName,
        attempt: &Attempt<'_>,
        decide: impl Fn(&A) -> Result<Vec<A::Event>, Refused>,
    ) -> Result<Done, EngineError> {
        let mut loaded = repository.lock(stream).await?;
        for _ in 0..ATTEMPTS {
            if let Some(done) = settled(&loaded, attempt)? {
                return Ok(done);
            }
            let events = decide(&loaded.state)?;
            if events.is_empty() {
                let revision = loaded.revision;
                return Ok(Done { revision, position: None, events: 0, repeated: false });
            }
            match self.append(stream, loaded.revision, &events, attempt).await {
                Ok(appended) => {
                    let id = attempt.request.command_id;
                    loaded.appended(&events, id, &attempt.fingerprint, appended);
                    return Ok(Done {
                        revision: Some(appended.revision),
                        position: Some(appended.position),
                        events: events.len(),
                        repeated: false,
                    });
                }
                Err(StoreError::Conflict { .. }) => {
                    self.meter.conflict();
                    repository.refresh(stream, &mut loaded).await?;
                }
                Err(other) => return Err(other.into()),
            }
        }
        Err(EngineError::Contended { attempts: ATTEMPTS })
    }

    /// Decides commands one after the other on what a stream holds, and writes nothing. Those
    /// carried out before count as done.
    pub(crate) async fn rehearse<A: Aggregate>(
        &self,
        repository: &Repository<A>,
        stream: &StreamName,
        commands: impl IntoIterator<Item = Uuid>,
        decide: impl Fn(&A, usize) -> Result<Vec<A::Event>, Refused>,
    ) -> Result<(), (usize, EngineError)> {
        let loaded = repository.lock(stream).await.map_err(|error| (0, error))?;
        let mut state = (*loaded.state).clone();
        for (index, command) in commands.into_iter().enumerate() {
            if loaded.trace(command).is_some() {
                continue;
            }
            let events = decide(&state, index).map_err(|refused| (index, refused.into()))?;
            events.iter().for_each(|event| state.evolve(event));
        }
        Ok(())
    }

    /// Appends, and repeats while the store is not available: the same ids at the same revision
    /// have one effect at most.
    async fn append<E: EventSet>(
        &self,
        stream: &StreamName,
        revision: Option<u64>,
        events: &[E],
        attempt: &Attempt<'_>,
    ) -> Result<event_store::Appended, StoreError> {
        let new = self.encode(events, attempt)?;
        let expected = Expected::from(revision);
        let begun = Instant::now();
        let mut result = self.store.append(stream, expected, new.clone()).await;
        for repeat in 1..=REPEATS {
            let Err(StoreError::Unavailable { detail, .. }) = &result else { break };
            tracing::warn!(%stream, repeat, detail, "append not acknowledged, repeating it");
            self.meter.repeat();
            tokio::time::sleep(PAUSE * repeat).await;
            result = self.store.append(stream, expected, new.clone()).await;
        }
        if result.is_ok() {
            self.meter.appended(new.len(), begun.elapsed());
        }
        result
    }

    fn encode<E: EventSet>(
        &self,
        events: &[E],
        attempt: &Attempt<'_>,
    ) -> Result<Vec<NewEvent>, StoreError> {
        let request = attempt.request;
        let metadata = Metadata {
            schema: SCHEMA_VERSION,
            recorded_at: self.recorded_at(),
            actor: attempt.actor.clone(),
            command: CommandRecord {
                id: request.command_id,
                name: attempt.name.to_owned(),
                fingerprint: attempt.fingerprint.clone(),
            },
            correlation: request.correlation,
            causation: request.causation,
            captured_at: request.captured_at,
        };
        let invalid = |error: &dyn std::fmt::Display| StoreError::invalid(error.to_string());
        let metadata = Bytes::from(metadata.encode().map_err(|error| invalid(&error))?);
        let new = |(index, event): (usize, &E)| {
            Ok(NewEvent {
                id: Uuid::new_v5(&request.command_id, &(index as u64).to_be_bytes()),
                event_type: event.name().into(),
                metadata: metadata.clone(),
                data: Bytes::from(codec::encode(event).map_err(|error| invalid(&error))?),
            })
        };
        events.iter().enumerate().map(new).collect()
    }
}

/// The result of a command that was carried out before, or why it cannot be carried out at all.
fn settled<A: Aggregate>(
    loaded: &Loaded<A>,
    attempt: &Attempt<'_>,
) -> Result<Option<Done>, EngineError> {
    if let Some(trace) = loaded.trace(attempt.request.command_id) {
        if trace.fingerprint != attempt.fingerprint {
            return Err(EngineError::CommandIdReused);
        }
        return Ok(Some(Done {
            revision: Some(trace.revision),
            position: Some(trace.position),
            events: trace.events,
            repeated: true,
        }));
    }
    match attempt.request.expected {
        Some(expected) if loaded.revision != Some(expected) => {
            Err(EngineError::Stale { expected, actual: loaded.revision })
        }
        _ => Ok(None),
    }
}
