//! Appending, and finding out what became of an append whose answer was lost.
//!
//! The server recognises a repeated append by itself, as long as it expects the same revision. That is
//! not relied on: whatever is said of a conflict, and whatever is not said at all, is settled by reading
//! the place where the events would stand. They are there; or something else is there, and they never
//! will be; or nothing is there, and nobody knows yet. Deliberately absent: repeating an append that
//! may have had an effect, which is for whoever asked.

use event_store::{Appended, Expected, NewEvent, Position, StoreError, StreamName};
use kurrentdb::{AppendToStreamOptions, Client, EventData, StreamState, WriteResult};

use crate::connection::Repeat;
use crate::event::{proposed, stored_name};
use crate::failure::Fault;
use crate::log::{LAST_REVISION, Log};

impl Log {
    /// Appends all `events` or none.
    pub(crate) async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Appended, StoreError> {
        let Some(state) = state(expected, events.len()) else {
            // The server would take the greatest of numbers for "no stream".
            return Err(StoreError::Conflict { actual: self.last_revision(stream).await? });
        };
        let appended = match self.send(stream, state, events).await {
            Ok(written) => match position(&written) {
                Some(position) => acknowledged(stream, expected, events.len(), &written, position),
                None => self.settle(stream, expected, events, nowhere()).await,
            },
            Err(fault @ (Fault::Conflict(_) | Fault::Doubtful(_))) => {
                self.settle(stream, expected, events, fault).await
            }
            Err(fault) => Err(fault.into_store_error(true)),
        };
        if appended.is_ok() {
            self.written.send_modify(|count| *count = count.wrapping_add(1));
        }
        appended
    }

    async fn send(
        &self,
        stream: &StreamName,
        state: StreamState,
        events: &[NewEvent],
    ) -> Result<WriteResult, Fault> {
        let name = stored_name(stream, &self.name);
        let options = AppendToStreamOptions::default().stream_state(state).requires_leader(true);
        let proposed: Vec<EventData> = events.iter().map(proposed).collect();
        let ask = |client: Client| {
            let (name, options, proposed) = (name.clone(), options.clone(), proposed.clone());
            async move { Ok(client.append_to_stream(name, &options, proposed).await?) }
        };
        self.connection.call(Repeat::Never, ask).await
    }

    /// Looks at the place where the events would stand.
    async fn settle(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: &[NewEvent],
        fault: Fault,
    ) -> Result<Appended, StoreError> {
        let there = match self.stream(stream, expected.next(), events.len()).await {
            Ok(there) => there,
            Err(error) => return Err(unsettled(fault, &error)),
        };
        let ours = there.iter().map(|event| event.id).eq(events.iter().map(|event| event.id));
        match there.last() {
            Some(last) if ours => Ok(Appended { revision: last.revision, position: last.position }),
            // Another's events stand there: ours never will.
            Some(_) => Err(StoreError::Conflict { actual: self.last_revision(stream).await? }),
            None => Err(fault.into_store_error(true)),
        }
    }
}

/// What the server says it did, if that is what it was asked to do: a stream that somebody deleted can be
/// begun again, and then goes on counting where it was.
fn acknowledged(
    stream: &StreamName,
    expected: Expected,
    events: usize,
    written: &WriteResult,
    position: Position,
) -> Result<Appended, StoreError> {
    let (revision, next) = (written.next_expected_version, expected.next());
    if revision.checked_add(1) == Some(next + events as u64) {
        return Ok(Appended { revision, position });
    }
    Err(StoreError::corrupt(format!(
        "{stream} ends at revision {revision} after {events} events from {next} on: it was deleted in \
         KurrentDB, and its history is not whole"
    )))
}

/// What the reader of the place could not find out stays as doubtful as it was.
fn unsettled(fault: Fault, error: &StoreError) -> StoreError {
    match fault {
        Fault::Doubtful(detail) => StoreError::Unavailable {
            maybe_written: true,
            detail: format!("{detail}; and what was written could not be read: {error}"),
        },
        other => other.into_store_error(true),
    }
}

/// A success of which the server does not say where it stands in the log: it had it before.
fn nowhere() -> Fault {
    Fault::Doubtful("KurrentDB acknowledged the events and did not say where they stand".to_owned())
}

/// The client says "the beginning of the log" where the server did not say where.
fn position(written: &WriteResult) -> Option<Position> {
    let known = written.position != kurrentdb::Position::start();
    crate::event::position(written.position).filter(|_| known)
}

/// What the server is told to expect; `None` where no stream can be there, since the server counts
/// revisions with a sign.
fn state(expected: Expected, events: usize) -> Option<StreamState> {
    match expected {
        Expected::NoStream => Some(StreamState::NoStream),
        Expected::Exact(revision) => {
            let last = revision.checked_add(events as u64)?;
            (last <= LAST_REVISION).then_some(StreamState::StreamRevision(revision))
        }
    }
}
