//! Records as the client sees them.

use crate::fake::cluster::Switch;
use crate::fake::log::Stored;
use crate::fake::shared::State;
use crate::fake::wire::{
    ReadEvent, ReadOptions, ReadResp, RecordedEvent, StreamIdentifier, WireUuid,
};

/// The form that events of one answer have.
#[derive(Clone, Copy, Debug)]
pub(in crate::fake) struct Form {
    text_ids: bool,
    positions: bool,
}

impl Form {
    /// The form that the client wants, and the server can give.
    pub(super) fn wanted(options: &ReadOptions, state: &State) -> Self {
        let text_ids = options.uuid_option.is_some_and(|option| option.string.is_some());
        let positions = options.stream.is_none() || !state.is_on(Switch::OldServer);
        Self { text_ids, positions }
    }

    /// The record as a message.
    pub(in crate::fake) fn event(self, record: &Stored) -> ReadResp {
        let position = self.positions.then_some(record.position);
        let event = ReadEvent {
            event: Some(self.recorded(record)),
            commit_position: position,
            no_position: if self.positions { None } else { Some(()) },
        };
        ReadResp { event: Some(event), ..ReadResp::default() }
    }

    fn recorded(self, record: &Stored) -> RecordedEvent {
        let position = if self.positions { record.position } else { u64::MAX };
        let id = if self.text_ids { WireUuid::text } else { WireUuid::halves };
        // The server keeps one bit of the content type.
        let content_type =
            if record.is_json { "application/json" } else { "application/octet-stream" };
        let metadata = [
            ("type", record.event_type.clone()),
            ("content-type", content_type.to_owned()),
            ("created", record.created.to_string()),
        ];
        RecordedEvent {
            id: Some(id(record.id)),
            stream_identifier: Some(StreamIdentifier::of(&record.stream)),
            stream_revision: record.revision,
            prepare_position: position,
            commit_position: position,
            metadata: metadata.map(|(key, value)| (key.to_owned(), value)).into(),
            custom_metadata: record.metadata.clone(),
            data: record.data.clone(),
        }
    }
}
