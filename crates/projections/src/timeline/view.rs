//! The state of a case, to be shown: every field that the fold keeps, texts opened.

use std::collections::BTreeMap;

use procedure::case::{Assignment, Finding, Phase, State};
use procedure::date::Period;
use procedure::{Date, OfficerId, ProcedureId, SubjectId, Title};
use serde::Serialize;

use super::Opener;

/// The state of a case after an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// `open`, `returned`, `recognised`, `refused` or `withdrawn`.
    pub phase: &'static str,
    /// The title.
    pub title: Option<Title>,
    /// The subject.
    pub subject: Option<SubjectId>,
    /// The calendar year.
    pub year: Option<i16>,
    /// The definition.
    pub procedure: Option<ProcedureId>,
    /// Whose turn it is.
    pub turn: Option<Assignment>,
    /// The day on which it became so.
    pub turn_since: Option<Date>,
    /// Who holds it.
    pub holder: Option<OfficerId>,
    /// Why it was returned, refused or withdrawn.
    pub reason: Option<String>,
    /// The number of the decision.
    pub decision: Option<String>,
    /// The band.
    pub band: Option<String>,
    /// The days on which the title is in force.
    pub in_force: Option<Period>,
    /// How often it was returned.
    pub returns: u16,
    /// The subject's own points, by indicator.
    pub claims: BTreeMap<String, ClaimView>,
    /// Their sum.
    pub claimed: u32,
    /// The points of the last review, by indicator.
    pub assessments: BTreeMap<String, AssessmentView>,
    /// Their sum.
    pub reviewed: u32,
    /// Who took which step: `step/officer`.
    pub taken: Vec<String>,
}

/// A claim of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimView {
    /// The points.
    pub points: u16,
    /// What shows it.
    pub evidence: Vec<String>,
    /// In the subject's own words.
    pub note: Option<String>,
}

/// A reviewer's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssessmentView {
    /// The points.
    pub points: u16,
    /// What was found.
    pub finding: Finding,
    /// In the reviewer's words.
    pub note: Option<String>,
}

impl StateView {
    pub(super) fn of(state: &State, opener: &Opener) -> Self {
        let registered = state.registered.as_ref();
        let mut view = Self {
            phase: "absent",
            title: registered.map(|case| case.title),
            subject: registered.map(|case| case.subject),
            year: registered.map(|case| case.year),
            procedure: registered.map(|case| case.procedure.clone()),
            turn: state.turn().cloned(),
            turn_since: state.turn_since,
            holder: None,
            reason: None,
            decision: None,
            band: None,
            in_force: None,
            returns: state.returns,
            claims: claims(state, opener),
            claimed: state.claims.iter().map(|line| u32::from(line.points)).sum(),
            assessments: assessments(state, opener),
            reviewed: state.assessments.iter().map(|line| u32::from(line.points)).sum(),
            taken: state.taken.iter().map(|(step, by)| format!("{step}/{by}")).collect(),
        };
        view.phase(&state.phase, opener);
        view
    }

    fn phase(&mut self, phase: &Phase, opener: &Opener) {
        match phase {
            Phase::Absent => {}
            Phase::Open { holder, .. } => (self.phase, self.holder) = ("open", *holder),
            Phase::Returned { reason, .. } => {
                (self.phase, self.reason) = ("returned", Some(opener.open(reason)));
            }
            Phase::Recognised { decision, band, in_force } => {
                self.phase = "recognised";
                self.decision = Some(decision.number.clone());
                self.band = band.as_ref().map(ToString::to_string);
                self.in_force = Some(*in_force);
            }
            Phase::Refused { decision, reason } => {
                (self.phase, self.reason) = ("refused", Some(opener.open(reason)));
                self.decision = Some(decision.number.clone());
            }
            Phase::Withdrawn { reason } => {
                (self.phase, self.reason) = ("withdrawn", Some(opener.open(reason)));
            }
        }
    }
}

fn claims(state: &State, opener: &Opener) -> BTreeMap<String, ClaimView> {
    let view = |line: &procedure::case::Claim| ClaimView {
        points: line.points,
        evidence: line.evidence.iter().map(|evidence| opener.open(&evidence.label)).collect(),
        note: line.note.as_ref().map(|note| opener.open(note)),
    };
    state.claims.iter().map(|line| (line.indicator.to_string(), view(line))).collect()
}

fn assessments(state: &State, opener: &Opener) -> BTreeMap<String, AssessmentView> {
    let view = |line: &procedure::case::Assessment| AssessmentView {
        points: line.points,
        finding: line.finding,
        note: line.note.as_ref().map(|note| opener.open(note)),
    };
    state.assessments.iter().map(|line| (line.indicator.to_string(), view(line))).collect()
}
