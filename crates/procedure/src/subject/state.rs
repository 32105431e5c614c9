//! What the history of a subject means.

use alloc::string::String;

use crate::name::UnitCode;
use crate::subject::event::Event;
use crate::text::Sealed;
use crate::title::SubjectKind;

/// A subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is known, once it is in the books.
    pub registered: Option<Registered>,
}

/// What is known of a subject in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// What it is.
    pub kind: SubjectKind,
    /// What the local list calls it.
    pub code: String,
    /// Where it belongs now.
    pub unit: UnitCode,
    /// Its name.
    pub name: Sealed,
    /// Where it is found.
    pub address: Option<Sealed>,
    /// Made up for demonstration.
    pub sample: bool,
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match (event, &mut state.registered) {
        (Event::SubjectRegistered(event), _) => {
            state.registered = Some(Registered {
                kind: event.kind,
                code: event.code.clone(),
                unit: event.unit.clone(),
                name: event.name.clone(),
                address: event.address.clone(),
                sample: event.sample,
            });
        }
        (Event::SubjectMoved(event), Some(subject)) => subject.unit = event.unit.clone(),
        (Event::PersonalDataCorrected(event), Some(subject)) => {
            subject.name = event.name.clone();
            subject.address = event.address.clone();
        }
        // Decide lets nothing happen to a subject that is not in the books.
        (Event::SubjectMoved(_) | Event::PersonalDataCorrected(_), None) => {}
    }
}
