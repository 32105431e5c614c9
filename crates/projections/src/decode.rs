//! From stored bytes to events of the domain with their names opened, a batch at a time, on a thread
//! beside the one that applies them. Deliberately absent: skipping what cannot be read.

use std::sync::Arc;

use codec::{AnyEvent, Key, Keyring};
use event_store::{Position, RecordedEvent, StreamName};
use procedure::{Sealed, case, officer, subject};
use serde::Deserialize;
use uuid::Uuid;

use crate::apply::act::Mark;
use crate::apply::deed::{Actor, Hand};
use crate::search;

/// An event, read.
pub(crate) struct Decoded {
    pub(crate) id: Uuid,
    pub(crate) position: Position,
    pub(crate) stream: StreamName,
    pub(crate) revision: u64,
    pub(crate) recorded_at: Box<str>,
    pub(crate) event_type: Arc<str>,
    /// `None` for what is no part of anybody's history ([`StreamName::is_aside`]): counted, and
    /// otherwise passed over.
    pub(crate) event: Option<AnyEvent>,
    /// The texts about a subject or an officer; empty for other events.
    pub(crate) opened: Opened,
    /// What an act or a claim leaves; empty for other events.
    pub(crate) mark: Mark,
    /// The officer who caused it, if it was one.
    pub(crate) hand: Option<Hand>,
}

/// What the read models need of an envelope.
#[derive(Deserialize)]
struct Envelope<'a> {
    schema: u32,
    recorded_at: &'a str,
    #[serde(default)]
    actor: Actor,
}

/// Texts about somebody, opened; absent where the key has been destroyed.
#[derive(Default)]
pub(crate) struct Opened {
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
    /// Search key of the name.
    pub(crate) search: String,
    /// The name as it is spelled, in lower case.
    pub(crate) spelled: String,
}

/// A batch, as far as it could be read.
pub(crate) struct Batch {
    pub(crate) events: Vec<Decoded>,
    /// The event that could not be read, and why.
    pub(crate) poison: Option<Poison>,
}

/// An event that cannot be handled.
#[derive(Clone, Debug)]
pub(crate) struct Poison {
    pub(crate) position: Position,
    pub(crate) event_type: String,
    pub(crate) detail: String,
}

/// Reads a batch up to the first event that cannot be read.
pub(crate) fn decode(events: Vec<RecordedEvent>, keyring: &dyn Keyring) -> Batch {
    let mut batch = Batch { events: Vec::with_capacity(events.len()), poison: None };
    for event in events {
        let (position, event_type) = (event.position, event.event_type.to_string());
        match one(event, keyring) {
            Ok(decoded) => batch.events.push(decoded),
            Err(detail) => {
                batch.poison = Some(Poison { position, event_type, detail });
                break;
            }
        }
    }
    batch
}

fn one(event: RecordedEvent, keyring: &dyn Keyring) -> Result<Decoded, String> {
    if event.stream.is_aside() {
        return Ok(Decoded {
            id: event.id,
            position: event.position,
            revision: event.revision,
            recorded_at: Box::default(),
            event_type: event.event_type,
            stream: event.stream,
            event: None,
            opened: Opened::default(),
            mark: Mark::default(),
            hand: None,
        });
    }
    let metadata: Envelope<'_> = serde_json::from_slice(&event.metadata)
        .map_err(|error| format!("not an event envelope: {error}"))?;
    let read = codec::decode_any(&event.event_type, metadata.schema, &event.data);
    let mut read = read.map_err(|error| error.to_string())?;
    let mark = Mark::of(&read, metadata.recorded_at)?;
    let hand = Hand::of(metadata.actor, metadata.recorded_at)?;
    leave_out_lines(&mut read);
    let opened = open(&event.stream, &read, keyring).map_err(|error| error.to_string())?;
    Ok(Decoded {
        id: event.id,
        opened,
        position: event.position,
        stream: event.stream,
        revision: event.revision,
        recorded_at: metadata.recorded_at.into(),
        event_type: event.event_type,
        event: Some(read),
        mark,
        hand,
    })
}

/// Opens the texts about the subject or officer of a stream.
fn open(
    stream: &StreamName,
    event: &AnyEvent,
    keyring: &dyn Keyring,
) -> Result<Opened, codec::KeyringError> {
    let (name, address) = match event {
        AnyEvent::Subject(subject::Event::SubjectRegistered(event)) => {
            (&event.name, event.address.as_ref())
        }
        AnyEvent::Subject(subject::Event::PersonalDataCorrected(event)) => {
            (&event.name, event.address.as_ref())
        }
        AnyEvent::Officer(officer::Event::OfficerEnrolled(event)) => (&event.name, None),
        _ => return Ok(Opened::default()),
    };
    let Some(owner) = codec::stream::uuid_of(stream.as_str()) else {
        // The applier says so of the stream.
        return Ok(Opened::default());
    };
    let key = keyring.get(owner)?;
    // A text that does not open was sealed with a key that has been destroyed since.
    let open = |text: &Sealed| key.as_ref().and_then(|key: &Key| key.open(owner, text).ok());
    let name = open(name);
    let search = name.as_deref().map(search::key).unwrap_or_default();
    let spelled = name.as_deref().map(search::spelled).unwrap_or_default();
    Ok(Opened { name, address: address.and_then(open), search, spelled })
}

/// The read models keep sums of points, and a [`Mark`] instead of lines; here is the thread with
/// time to let them go.
fn leave_out_lines(event: &mut AnyEvent) {
    match event {
        AnyEvent::Case(case::Event::SelfAssessed(event)) => event.lines = Vec::new(),
        AnyEvent::Case(case::Event::Supplemented(event)) => event.lines = Vec::new(),
        AnyEvent::Case(case::Event::Reviewed(event)) => event.lines = Vec::new(),
        _ => {}
    }
}
