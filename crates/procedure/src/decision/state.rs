//! What the history of a decision means.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use crate::date::Date;
use crate::decision::event::{DecisionDrafted, DecisionSigned, Event};
use crate::name::{CaseId, OfficerId, ProcedureId, Role, UnitCode};
use crate::text::{Digest, Sealed};
use crate::title::Title;

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was drafted.
    pub drafted: Option<Drafted>,
    /// The cases on the annex.
    pub listed: BTreeSet<CaseId>,
    /// The cases that were taken off it and not put on again.
    pub taken_off: BTreeMap<CaseId, TakenOff>,
    /// Where it stands.
    pub phase: Phase,
    /// The acts that mended it, in their order.
    pub corrections: Vec<Correction>,
}

/// Why a case was taken off the annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOff {
    /// Why, sealed with the key of the case's subject.
    pub reason: Sealed,
    /// By whom.
    pub by: OfficerId,
}

/// What was drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// The definition.
    pub procedure: ProcedureId,
    /// The title.
    pub title: Title,
    /// The calendar year of the cases.
    pub year: i16,
    /// The unit whose authority decides.
    pub unit: UnitCode,
    /// The role that was to sign, as of the day of the draft.
    pub role: Role,
    /// Who drafted it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// Where a decision stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not drafted.
    #[default]
    Absent,
    /// The annex is being prepared.
    Draft,
    /// It is signed.
    Signed(Signed),
    /// The draft was given up.
    Discarded {
        /// Why.
        reason: Sealed,
    },
    /// It was signed, and taken back by a new act.
    Cancelled {
        /// What was signed.
        signed: Signed,
        /// Number and sign of the new act.
        number: String,
        /// The day that the new act bears.
        date: Date,
        /// Why.
        reason: Sealed,
    },
}

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The number as it was signed.
    pub number: String,
    /// The day that it bears.
    pub date: Date,
    /// How many cases are on the annex.
    pub cases: u32,
    /// SHA-256 of the annex.
    pub annex: Digest,
    /// Who signed.
    pub by: OfficerId,
    /// In whose place.
    pub in_place_of: Option<OfficerId>,
}

/// An act that mended a clerical error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Number and sign of the act.
    pub number: String,
    /// The day that the act bears.
    pub date: Date,
    /// What the decision's number should have been, if that was the error.
    pub corrected_number: Option<String>,
    /// What is mended.
    pub note: Sealed,
}

impl State {
    /// Whether the case is on the annex.
    #[must_use]
    pub fn lists(&self, case: CaseId) -> bool {
        self.listed.contains(&case)
    }

    /// Why the case was taken off the annex, if it was.
    #[must_use]
    pub fn taken_off(&self, case: CaseId) -> Option<&TakenOff> {
        self.taken_off.get(&case)
    }

    /// Whether the annex is being prepared.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.phase == Phase::Draft
    }

    /// Whether it was signed and taken back.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.phase, Phase::Cancelled { .. })
    }

    /// What was signed, also after it was corrected or cancelled.
    #[must_use]
    pub fn signed(&self) -> Option<&Signed> {
        match &self.phase {
            Phase::Signed(signed) | Phase::Cancelled { signed, .. } => Some(signed),
            Phase::Absent | Phase::Draft | Phase::Discarded { .. } => None,
        }
    }

    /// The decision's number by the last correction of it, or else as it was signed.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        let signed = self.signed()?;
        let mut later = self.corrections.iter().rev();
        let corrected = later.find_map(|correction| correction.corrected_number.as_deref());
        Some(corrected.unwrap_or(&signed.number))
    }
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::DecisionDrafted(event) => drafted(state, event),
        Event::CasesListed(event) => {
            state.listed.extend(event.cases.iter().copied());
            event.cases.iter().for_each(|case| drop(state.taken_off.remove(case)));
        }
        Event::CaseTakenOff(event) => {
            state.listed.remove(&event.case);
            let taken_off = TakenOff { reason: event.reason.clone(), by: event.by };
            state.taken_off.insert(event.case, taken_off);
        }
        Event::DecisionSigned(event) => signed(state, event),
        Event::DecisionDiscarded(event) => {
            state.phase = Phase::Discarded { reason: event.reason.clone() };
        }
        Event::DecisionCorrected(event) => state.corrections.push(Correction {
            number: event.number.clone(),
            date: event.date,
            corrected_number: event.corrected_number.clone(),
            note: event.note.clone(),
        }),
        Event::DecisionCancelled(event) => {
            if let Some(signed) = state.signed().cloned() {
                let (number, reason) = (event.number.clone(), event.reason.clone());
                state.phase = Phase::Cancelled { signed, number, date: event.date, reason };
            }
        }
    }
}

fn drafted(state: &mut State, event: &DecisionDrafted) {
    state.drafted = Some(Drafted {
        procedure: event.procedure.clone(),
        title: event.title,
        year: event.year,
        unit: event.unit.clone(),
        role: event.role.clone(),
        by: event.by,
        on: event.on,
    });
    state.phase = Phase::Draft;
}

fn signed(state: &mut State, event: &DecisionSigned) {
    state.phase = Phase::Signed(Signed {
        number: event.number.clone(),
        date: event.date,
        cases: event.cases,
        annex: event.annex.clone(),
        by: event.by,
        in_place_of: event.in_place_of,
    });
}
