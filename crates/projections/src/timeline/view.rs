//! The state of a case, to be shown: every field that the fold keeps, texts opened.

use std::collections::BTreeMap;

use procedure::case::{
    Assignment, Claim, Ended, Finding, MinutesRecorded, Objection, ObjectionKind, Phase, State,
    Votes,
};
use procedure::date::Period;
use procedure::{Date, DecisionId, MeetingId, OfficerId, ProcedureId, SubjectId, Title};
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
    /// Last year's points, as a draft, by indicator.
    pub prefill: BTreeMap<String, ClaimView>,
    /// How the last meeting voted.
    pub minutes: Option<MinutesView>,
    /// The days of the posting.
    pub posted: Option<Period>,
    /// What has been said about it, by number.
    pub objections: BTreeMap<u16, ObjectionView>,
    /// The draft that it stands on.
    pub placed: Option<DecisionId>,
    /// What has been said about the time of the step: `warned`, `breached`, or nothing.
    pub alarm: Option<&'static str>,
    /// Before whom a breach was put.
    pub escalated: Option<Assignment>,
    /// How the title ended.
    pub ended: Option<EndedView>,
    /// Who took which step: `step/officer`.
    pub taken: Vec<String>,
}

/// How a meeting voted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MinutesView {
    /// The meeting.
    pub meeting: MeetingId,
    /// The day.
    pub held_on: Date,
    /// How many had been convened.
    pub convened: u32,
    /// How many were there.
    pub present: u32,
    /// The votes.
    pub votes: Votes,
    /// Whether that is the share that the definition asks for.
    pub agreed: bool,
}

/// What somebody has said about a posted case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObjectionView {
    /// Whether it keeps the case.
    pub kind: ObjectionKind,
    /// Who says it.
    pub name: String,
    /// What he says.
    pub text: String,
    /// Whether it was found to be right; absent while it is open.
    pub upheld: Option<bool>,
    /// Why.
    pub answer: Option<String>,
}

/// How a title ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndedView {
    /// `lapsed` or `revoked`.
    pub how: &'static str,
    /// The first day without it.
    pub from: Date,
    /// On which ground it was taken back.
    pub ground: Option<String>,
    /// The number of the decision that took it back.
    pub decision: Option<String>,
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
            claims: claims(&state.claims, opener),
            prefill: claims(&state.prefill, opener),
            minutes: state.minutes.as_ref().map(minutes),
            posted: state.posted.as_ref().map(|posted| posted.days),
            objections: objections(state, opener),
            placed: state.placed,
            alarm: alarm(state),
            escalated: state.alarm.escalated.clone(),
            ended: None,
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
            Phase::Recognised { decision, band, in_force, ended } => {
                self.phase = "recognised";
                self.ended = ended.as_ref().map(|ended| ended_view(ended, opener));
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

fn minutes(event: &MinutesRecorded) -> MinutesView {
    MinutesView {
        meeting: event.meeting,
        held_on: event.held_on,
        convened: event.convened,
        present: event.present,
        votes: event.votes,
        agreed: event.agreed,
    }
}

fn objections(state: &State, opener: &Opener) -> BTreeMap<u16, ObjectionView> {
    let view = |objection: &Objection| ObjectionView {
        kind: objection.kind,
        name: opener.open(&objection.name),
        text: opener.open(&objection.text),
        upheld: objection.answer.as_ref().map(|(upheld, _)| *upheld),
        answer: objection.answer.as_ref().map(|(_, reason)| opener.open(reason)),
    };
    state.objections.iter().map(|objection| (objection.number, view(objection))).collect()
}

fn alarm(state: &State) -> Option<&'static str> {
    match (state.alarm.warned, state.alarm.breached) {
        (_, true) => Some("breached"),
        (true, false) => Some("warned"),
        (false, false) => None,
    }
}

fn ended_view(ended: &Ended, opener: &Opener) -> EndedView {
    match ended {
        Ended::Lapsed { from } => {
            EndedView { how: "lapsed", from: *from, ground: None, decision: None }
        }
        Ended::Revoked { from, decision, ground } => EndedView {
            how: "revoked",
            from: *from,
            ground: Some(opener.open(ground)),
            decision: Some(decision.number.clone()),
        },
    }
}

fn claims(lines: &[Claim], opener: &Opener) -> BTreeMap<String, ClaimView> {
    let view = |line: &Claim| ClaimView {
        points: line.points,
        evidence: line.evidence.iter().map(|evidence| opener.open(&evidence.label)).collect(),
        note: line.note.as_ref().map(|note| opener.open(note)),
    };
    lines.iter().map(|line| (line.indicator.to_string(), view(line))).collect()
}

fn assessments(state: &State, opener: &Opener) -> BTreeMap<String, AssessmentView> {
    let view = |line: &procedure::case::Assessment| AssessmentView {
        points: line.points,
        finding: line.finding,
        note: line.note.as_ref().map(|note| opener.open(note)),
    };
    state.assessments.iter().map(|line| (line.indicator.to_string(), view(line))).collect()
}
