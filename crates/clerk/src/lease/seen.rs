//! What one server has seen of a lease, by its own clock, and what follows from it. Deliberately
//! absent: writing.

use std::time::Duration;

use event_store::{EventStore, RecordedEvent, StoreError, StreamName};
use uuid::Uuid;

use super::Stopwatch;
use super::record::{self, Act, Note};

/// How many events are read at a time. There are rarely more than one.
const PAGE: usize = 100;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Take it.
    Take,
    /// Ask whether the holder is there.
    Ask,
    /// Answer that he is.
    Answer,
    /// Give it back.
    GiveBack,
}

/// A lease as far as its stream has been seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// How many events the stream has; `None` before the first look.
    events: Option<u64>,
    last: Option<(Act, Note)>,
    /// When this server saw the question that is open.
    asked: Option<Duration>,
    /// When it last saw a sign of the holder. Old events are no sign.
    heard: Option<Duration>,
}

impl Seen {
    /// The last revision; `None` before the first event.
    pub(super) fn revision(&self) -> Option<u64> {
        self.events.and_then(|events| events.checked_sub(1))
    }

    /// The last note.
    pub(super) fn last(&self) -> Option<&Note> {
        self.last.as_ref().map(|(_, note)| note)
    }

    /// The note about who has it, if anybody has.
    pub(super) fn holder(&self) -> Option<&Note> {
        self.last.as_ref().filter(|(act, _)| *act != Act::Released).map(|(_, note)| note)
    }

    /// Whether that is `server`.
    pub(super) fn holds(&self, server: Uuid) -> bool {
        self.holder().is_some_and(|note| note.holder == server)
    }

    /// What `server` is to do now. `patience` is how long after a sign of the holder he is asked
    /// again.
    pub(super) fn step(
        &self,
        server: Uuid,
        alone: bool,
        patience: Duration,
        now: Duration,
    ) -> Option<Step> {
        let since = |then: Duration| now.saturating_sub(then);
        let Some(holder) = self.holder() else { return Some(Step::Take) };
        if holder.holder == server {
            return self.asked.map(|_| Step::Answer);
        }
        let length = Duration::from_secs(holder.seconds.into());
        match (self.asked, self.heard) {
            _ if alone => Some(Step::Take),
            (Some(asked), _) => (since(asked) >= length).then_some(Step::Take),
            (None, Some(heard)) => (since(heard) >= patience).then_some(Step::Ask),
            (None, None) => Some(Step::Ask),
        }
    }

    /// Takes in an event of the stream, seen at `now`.
    pub(super) fn take(&mut self, act: Act, note: Note, now: Duration) {
        self.events = Some(self.events.unwrap_or(0) + 1);
        match act {
            Act::Requested => self.asked = self.asked.or(Some(now)),
            Act::Taken | Act::Renewed | Act::Released => {
                (self.asked, self.heard) = (None, Some(now));
            }
        }
        self.last = Some((act, note));
    }

    /// Reads what is new. What counts as seen is when the answer came, which can only be later than
    /// when it was written.
    pub(super) async fn look(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
        watch: &dyn Stopwatch,
    ) -> Result<(), StoreError> {
        let Some(mut from) = self.events else { return self.begin(store, stream, watch).await };
        loop {
            let events = store.read(stream, from, PAGE).await?;
            for event in &events {
                let (act, note) = record::read(&event.event_type, &event.data)?;
                self.take(act, note, watch.shows());
            }
            if events.len() < PAGE {
                return Ok(());
            }
            from += events.len() as u64;
        }
    }

    /// The first look: only the last event counts, and that it was written is no sign of anybody.
    async fn begin(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
        watch: &dyn Stopwatch,
    ) -> Result<(), StoreError> {
        match last(store, stream).await? {
            None => self.events = Some(0),
            Some(event) => {
                let (act, note) = record::read(&event.event_type, &event.data)?;
                self.events = Some(event.revision);
                self.take(act, note, watch.shows());
                self.heard = None;
            }
        }
        Ok(())
    }
}

/// The last event of a stream, found in twice as many reads as the number of its events has binary
/// digits. The port reads forward only.
async fn last(
    store: &dyn EventStore,
    stream: &StreamName,
) -> Result<Option<RecordedEvent>, StoreError> {
    let at = |revision: u64| async move {
        let mut events = store.read(stream, revision, 1).await?;
        Ok::<_, StoreError>(events.pop())
    };
    let Some(mut found) = at(0).await? else { return Ok(None) };
    let mut beyond = 1;
    while let Some(event) = at(beyond).await? {
        (beyond, found) = (beyond.saturating_mul(2), event);
    }
    while beyond - found.revision > 1 {
        let middle = found.revision + (beyond - found.revision) / 2;
        match at(middle).await? {
            Some(event) => found = event,
            None => beyond = middle,
        }
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use event_store::{Expected, MemoryStore};

    use super::*;

    fn note() -> Note {
        Note { holder: Uuid::nil(), name: "a".into(), term: 1, seconds: 30, asked_by: None }
    }

    #[tokio::test]
    async fn the_last_event_is_found_in_a_stream_of_any_length() {
        let stream = StreamName::new("lease-clerk").unwrap();
        let store = MemoryStore::new();
        assert_eq!(last(&store, &stream).await.unwrap(), None);
        for length in 1..=70_u64 {
            let event = record::event(Act::Renewed, &note(), jiff::Timestamp::UNIX_EPOCH).unwrap();
            let expected = Expected::from((length - 1).checked_sub(1));
            store.append(&stream, expected, vec![event]).await.unwrap();
            assert_eq!(last(&store, &stream).await.unwrap().unwrap().revision, length - 1);
        }
    }
}
