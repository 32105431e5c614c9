//! What may be asked of a case, and what has to be known to decide.

use alloc::string::String;
use alloc::vec::Vec;

use crate::actor::Actor;
use crate::calendar::Calendar;
use crate::case::event::{DecisionReference, Evidence, Finding, ObjectionKind, Votes};
use crate::case::state::State;
use crate::date::{Date, Period};
use crate::decision;
use crate::definition::{Definition, StepKind};
use crate::edition;
use crate::name::{
    BandId, CaseId, DecisionId, IndicatorId, MeetingId, ProcedureId, StepId, SubjectId, UnitCode,
};
use crate::subject;
use crate::text::Sealed;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Enter the subject for the title and year.
    Register {
        /// The subject.
        subject: SubjectId,
        /// The calendar year.
        year: i16,
    },
    /// Hand in the self-assessment.
    SelfAssess {
        /// One line per indicator.
        lines: Vec<ClaimInput>,
        /// Who spoke for the subject.
        declarant: Option<Sealed>,
    },
    /// Hand in what a reviewer asked for.
    Supplement {
        /// The lines that change; the others stay.
        lines: Vec<ClaimInput>,
        /// Who spoke for the subject.
        declarant: Option<Sealed>,
    },
    /// Take the case to oneself.
    Claim,
    /// Give the case back to the queue.
    Release,
    /// Give the case to the officer whom the context brings.
    Assign {
        /// Why.
        reason: Option<Sealed>,
    },
    /// Take the case from its holder.
    TakeOver {
        /// Why.
        reason: Sealed,
    },
    /// Give own points and forward.
    Review {
        /// One line per indicator.
        lines: Vec<ReviewInput>,
    },
    /// Ask the subject to add or mend something.
    Return {
        /// Why.
        reason: Sealed,
        /// The indicators in question; none means all.
        indicators: Vec<IndicatorId>,
    },
    /// Record how a meeting voted.
    RecordMinutes {
        /// What its minutes say.
        meeting: Meeting,
        /// The votes on this case.
        votes: Votes,
    },
    /// Hang the case out.
    Post {
        /// From when until when.
        days: Period,
        /// Where.
        place: String,
    },
    /// Write down what somebody says about the posted case.
    Object {
        /// Whether the case waits for an answer.
        kind: ObjectionKind,
        /// Who says it.
        name: Sealed,
        /// What he says.
        text: Sealed,
    },
    /// Answer an objection.
    ResolveObjection {
        /// Its number in the case.
        objection: u16,
        /// Whether it is right.
        upheld: bool,
        /// Why.
        reason: Sealed,
    },
    /// End the posting.
    ClosePosting,
    /// Recognise the title.
    Recognise {
        /// By which decision.
        decision: DecisionReference,
    },
    /// Refuse the title.
    Refuse {
        /// By which decision.
        decision: DecisionReference,
        /// Why.
        reason: Sealed,
    },
    /// Strive no more.
    Withdraw {
        /// Why.
        reason: Sealed,
    },
    /// Take the title back.
    Revoke {
        /// By which decision.
        decision: DecisionReference,
        /// The first day without the title.
        from: Date,
        /// On which ground.
        ground: Sealed,
    },
    /// What the program does where a rule and a day leave nothing to judge.
    Program(Routine),
}

/// What the program does by itself. Each changes nothing where there is nothing to do, and can be
/// repeated at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routine {
    /// Open a case for the holder of a title that ends, by the definition of the context.
    Renew {
        /// The subject.
        subject: SubjectId,
        /// The calendar year.
        year: i16,
        /// The case whose title ends.
        previous: CaseId,
    },
    /// Put the case on the draft that lists it, or take it off one that does so no more; recognise
    /// by the decision once it is signed, and undo that once it is cancelled.
    FollowDecision {
        /// The decision, which the context brings.
        decision: DecisionId,
    },
    /// Warn, report a breach, hand over, remind, close a posting: whatever the day asks for.
    Watch,
    /// End a title whose last day is over.
    Lapse,
}

/// What the minutes of a meeting say that concerns every case it voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The meeting.
    pub id: MeetingId,
    /// Of which procedure's cases.
    pub procedure: ProcedureId,
    /// In which step.
    pub step: StepId,
    /// Of which unit.
    pub unit: UnitCode,
    /// The day.
    pub held_on: Date,
    /// How many had been convened.
    pub convened: u32,
    /// How many were there.
    pub present: u32,
}

/// A claim as it was handed in: the points may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimInput {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The points.
    pub points: i64,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// In the subject's own words.
    pub note: Option<Sealed>,
}

/// A review line as it was handed in: the points may be anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewInput {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The points.
    pub points: i64,
    /// What was found.
    pub finding: Finding,
    /// In the reviewer's words.
    pub note: Option<Sealed>,
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Register { .. } => "register_case",
            Self::SelfAssess { .. } => "self_assess",
            Self::Supplement { .. } => "supplement",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Assign { .. } => "assign",
            Self::TakeOver { .. } => "take_over",
            Self::Review { .. } => "review",
            Self::Return { .. } => "return_for_supplement",
            Self::RecordMinutes { .. } => "record_minutes",
            Self::Post { .. } => "post",
            Self::Object { .. } => "object",
            Self::ResolveObjection { .. } => "resolve_objection",
            Self::ClosePosting => "close_posting",
            Self::Recognise { .. } => "recognise",
            Self::Refuse { .. } => "refuse",
            Self::Withdraw { .. } => "withdraw",
            Self::Revoke { .. } => "revoke",
            Self::Program(Routine::Renew { .. }) => "renew",
            Self::Program(Routine::FollowDecision { .. }) => "follow_decision",
            Self::Program(Routine::Watch) => "watch",
            Self::Program(Routine::Lapse) => "lapse",
        }
    }

    /// Whether it is an act of the subject itself, or of whoever enters it for the subject.
    #[must_use]
    pub fn is_subjects_side(&self) -> bool {
        self.belongs_to(StepKind::SelfAssessment)
    }

    /// Whether it can be an act of a step of that kind.
    #[must_use]
    pub fn belongs_to(&self, kind: StepKind) -> bool {
        match self {
            Self::Register { .. }
            | Self::SelfAssess { .. }
            | Self::Supplement { .. }
            | Self::Withdraw { .. } => kind == StepKind::SelfAssessment,
            Self::Review { .. } => kind == StepKind::Review,
            Self::RecordMinutes { .. } => kind == StepKind::Meeting,
            Self::Post { .. }
            | Self::Object { .. }
            | Self::ResolveObjection { .. }
            | Self::ClosePosting => kind == StepKind::Posting,
            Self::Recognise { .. } | Self::Refuse { .. } | Self::Revoke { .. } => {
                kind == StepKind::Decision
            }
            Self::Claim
            | Self::Release
            | Self::Assign { .. }
            | Self::TakeOver { .. }
            | Self::Return { .. } => kind != StepKind::SelfAssessment,
            Self::Program(_) => false,
        }
    }
}

/// A title that the subject has from another year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTitle {
    /// The calendar year.
    pub year: i16,
    /// Its level or band.
    pub band: Option<BandId>,
    /// The day of the decision.
    pub decided: Date,
    /// The days on which it is in force, up to its end if it was revoked.
    pub in_force: Period,
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
    /// The definition: the one to register under, or the one stamped on the case.
    pub definition: &'a Definition,
    /// The edition that the definition comes from.
    pub edition: &'a edition::State,
    /// The units of the case's place today, from the nation down.
    pub path: &'a [UnitCode],
    /// The working days.
    pub calendar: &'a Calendar,
    /// What single commands need besides.
    pub also: Also<'a>,
}

/// What single commands need to know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Also<'a> {
    /// The subject to be registered.
    pub subject: Option<&'a subject::State>,
    /// The officer to whom the case is to be given.
    pub assignee: Option<Actor<'a>>,
    /// The case whose title is to be renewed.
    pub previous: Option<&'a State>,
    /// The decision to follow.
    pub decision: Option<&'a decision::State>,
    /// Titles of the same subject from other years: for what recognises by levels or ends a title.
    pub titles: &'a [OtherTitle],
}
