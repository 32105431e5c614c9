//! What a case rests on: its definition, and the instruments that this names.
//! Deliberately absent: the definition's content; `/procedures` has it.

use procedure::definition::Status;
use procedure::{Definition, Language};
use projections::query::cases::CaseRow;

/// The definition and its instruments.
pub(super) struct Basis {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) sample: bool,
    pub(super) instruments: Vec<Instrument>,
}

/// An instrument.
pub(super) struct Instrument {
    pub(super) number: String,
    pub(super) about: String,
    pub(super) source: String,
    pub(super) provisional: bool,
}

impl Basis {
    pub(super) fn of(definition: Option<&Definition>, case: &CaseRow, language: Language) -> Self {
        let id = case.procedure.to_string();
        let Some(definition) = definition else {
            return Self { name: id.clone(), id, sample: false, instruments: Vec::new() };
        };
        let instruments = definition.legal_basis.iter().map(|basis| Instrument {
            number: basis.instrument.clone(),
            about: basis.about.get(language).to_owned(),
            source: definition
                .sources
                .get(&basis.source)
                .map(|s| s.title.clone())
                .unwrap_or_default(),
            provisional: basis.status == Status::Provisional,
        });
        Self {
            id,
            name: definition.name.get(language).to_owned(),
            sample: definition.sample,
            instruments: instruments.collect(),
        }
    }
}
