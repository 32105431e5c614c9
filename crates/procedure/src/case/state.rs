//! What the history of a case means.

use alloc::vec::Vec;

use crate::case::event::{Assessment, Assignment, CaseRegistered, Claim, DecisionReference, Event};
use crate::date::{Date, Period};
use crate::name::{BandId, IndicatorId, OfficerId, ProcedureId, StepId, SubjectId, UnitCode};
use crate::text::Sealed;
use crate::title::Title;

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was registered.
    pub registered: Option<Registered>,
    /// Where it stands.
    pub phase: Phase,
    /// The subject's own points, as last handed in.
    pub claims: Vec<Claim>,
    /// The points of the last review.
    pub assessments: Vec<Assessment>,
    /// Who took which step.
    pub taken: Vec<(StepId, OfficerId)>,
    /// How often it was returned.
    pub returns: u16,
    /// The day on which it came to whose turn it is.
    pub turn_since: Option<Date>,
}

/// What was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The title.
    pub title: Title,
    /// The subject.
    pub subject: SubjectId,
    /// The calendar year.
    pub year: i16,
    /// The definition.
    pub procedure: ProcedureId,
    /// The units of the subject on that day, from the nation down.
    pub place: Vec<UnitCode>,
    /// The day.
    pub on: Date,
}

/// Where a case stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not registered.
    #[default]
    Absent,
    /// A step is to be taken.
    Open {
        /// Whose turn it is.
        turn: Assignment,
        /// Who has taken the case to himself.
        holder: Option<OfficerId>,
    },
    /// The subject is to supplement.
    Returned {
        /// Whose turn it is to supplement.
        turn: Assignment,
        /// The step that the case goes back to.
        back_to: Assignment,
        /// Why.
        reason: Sealed,
        /// The indicators in question; none means all.
        indicators: Vec<IndicatorId>,
    },
    /// The title is recognised.
    Recognised {
        /// By which decision.
        decision: DecisionReference,
        /// The band.
        band: Option<BandId>,
        /// The days on which the title is in force.
        in_force: Period,
    },
    /// The title is refused.
    Refused {
        /// By which decision.
        decision: DecisionReference,
        /// Why.
        reason: Sealed,
    },
    /// The subject strives no more.
    Withdrawn {
        /// Why.
        reason: Sealed,
    },
}

impl State {
    /// The subject's own points for an indicator.
    #[must_use]
    pub fn claimed(&self, indicator: &IndicatorId) -> Option<u16> {
        self.claims.iter().find(|line| line.indicator == *indicator).map(|line| line.points)
    }

    /// Whose turn it is, if the case is open.
    #[must_use]
    pub fn turn(&self) -> Option<&Assignment> {
        match &self.phase {
            Phase::Open { turn, .. } | Phase::Returned { turn, .. } => Some(turn),
            Phase::Absent
            | Phase::Recognised { .. }
            | Phase::Refused { .. }
            | Phase::Withdrawn { .. } => None,
        }
    }

    fn take(&mut self, step: &StepId, by: OfficerId) {
        let act = (step.clone(), by);
        if !self.taken.contains(&act) {
            self.taken.push(act);
        }
    }

    fn turn_to(&mut self, next: &Assignment, on: Date) {
        self.phase = Phase::Open { turn: next.clone(), holder: None };
        self.turn_since = Some(on);
    }

    fn hold(&mut self, holder: Option<OfficerId>) {
        if let Phase::Open { holder: held, .. } = &mut self.phase {
            *held = holder;
        }
    }
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::CaseRegistered(event) => registered(state, event),
        Event::SelfAssessed(event) => state.claims.clone_from(&event.lines),
        Event::Claimed(event) => state.hold(Some(event.by)),
        Event::Released(_) => state.hold(None),
        Event::Reviewed(event) => {
            state.assessments.clone_from(&event.lines);
            state.take(&event.step, event.by);
        }
        Event::ReturnedForSupplement(event) => {
            if let Some(back_to) = state.turn().cloned() {
                state.phase = Phase::Returned {
                    turn: event.next.clone(),
                    back_to,
                    reason: event.reason.clone(),
                    indicators: event.indicators.clone(),
                };
            }
            state.take(&event.step, event.by);
            state.returns = state.returns.saturating_add(1);
            state.turn_since = Some(event.on);
        }
        Event::Supplemented(event) => {
            state.claims.clone_from(&event.lines);
            if let Some(turn) = state.turn().cloned() {
                state.take(&turn.step, event.by);
            }
            state.turn_to(&event.next, event.on);
        }
        Event::StepCompleted(event) => {
            state.take(&event.step, event.by);
            state.turn_to(&event.next, event.on);
        }
        Event::TitleRecognised(event) => {
            if let Some(turn) = state.turn().cloned() {
                state.take(&turn.step, event.by);
            }
            state.phase = Phase::Recognised {
                decision: event.decision.clone(),
                band: event.band.clone(),
                in_force: event.in_force,
            };
        }
        Event::RecognitionRefused(event) => {
            if let Some(turn) = state.turn().cloned() {
                state.take(&turn.step, event.by);
            }
            let (decision, reason) = (event.decision.clone(), event.reason.clone());
            state.phase = Phase::Refused { decision, reason };
        }
        Event::CaseWithdrawn(event) => {
            state.phase = Phase::Withdrawn { reason: event.reason.clone() };
        }
    }
}

fn registered(state: &mut State, event: &CaseRegistered) {
    state.registered = Some(Registered {
        title: event.title,
        subject: event.subject,
        year: event.year,
        procedure: event.procedure.clone(),
        place: event.place.clone(),
        on: event.on,
    });
    state.turn_to(&event.next, event.on);
}
