//! What the history of an edition means.

use alloc::sync::Arc;

use crate::date::Date;
use crate::definition::Definition;
use crate::edition::event::Event;
use crate::text::Digest;

/// One version of a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The definition and its digest, once published. Shared, because every case needs it.
    pub published: Option<(Arc<Definition>, Digest)>,
    /// The day from which no case is registered under it.
    pub retired: Option<Date>,
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::ProcedurePublished(event) => {
            state.published = Some(((*event.definition).clone().into(), event.digest.clone()));
        }
        Event::ProcedureRetired(event) => state.retired = Some(event.on),
    }
}
