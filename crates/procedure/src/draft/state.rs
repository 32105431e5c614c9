//! What the history of a draft means.

use crate::draft::event::{DraftSaved, Event};

/// A draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was kept last, unless it was let go since.
    pub saved: Option<DraftSaved>,
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::DraftSaved(event) => state.saved = Some(event.clone()),
        Event::DraftDiscarded(_) => state.saved = None,
    }
}
