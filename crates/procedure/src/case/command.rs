//! What may be asked of a case, and what has to be known to decide.

use alloc::vec::Vec;

use crate::actor::Actor;
use crate::case::event::{DecisionReference, Evidence, Finding};
use crate::date::Date;
use crate::definition::{Definition, StepKind};
use crate::edition;
use crate::name::{IndicatorId, SubjectId, UnitCode};
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
    },
    /// Hand in what a reviewer asked for.
    Supplement {
        /// The lines that change; the others stay.
        lines: Vec<ClaimInput>,
    },
    /// Take the case to oneself.
    Claim,
    /// Give the case back to the queue.
    Release,
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
            Self::Review { .. } => "review",
            Self::Return { .. } => "return_for_supplement",
            Self::Recognise { .. } => "recognise",
            Self::Refuse { .. } => "refuse",
            Self::Withdraw { .. } => "withdraw",
        }
    }
}

impl Command {
    /// Whether it is an act of the subject itself, or of whoever enters it for the subject.
    #[must_use]
    pub fn is_subjects_side(&self) -> bool {
        match self {
            Self::Register { .. }
            | Self::SelfAssess { .. }
            | Self::Supplement { .. }
            | Self::Withdraw { .. } => true,
            Self::Claim
            | Self::Release
            | Self::Review { .. }
            | Self::Return { .. }
            | Self::Recognise { .. }
            | Self::Refuse { .. } => false,
        }
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
            Self::Recognise { .. } | Self::Refuse { .. } => kind == StepKind::Decision,
            Self::Claim | Self::Release | Self::Return { .. } => kind != StepKind::SelfAssessment,
        }
    }
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
    /// The subject to be registered; needed by that command alone.
    pub subject: Option<&'a subject::State>,
}
