//! What the history of a meeting means.

use crate::meeting::event::{Event, MeetingRecorded};

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was recorded; there is nothing else to know of it.
    pub recorded: Option<MeetingRecorded>,
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::MeetingRecorded(event) => state.recorded = Some(event.clone()),
    }
}
