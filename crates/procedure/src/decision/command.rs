//! What may be asked of a decision, and what has to be known to decide.

use alloc::string::String;
use alloc::vec::Vec;

use crate::actor::Actor;
use crate::date::Date;
use crate::definition::Definition;
use crate::name::{CaseId, UnitCode};
use crate::refusal::Refused;
use crate::text::{Digest, Sealed};

/// At most so many cases are put on the annex by one command, to keep events small.
pub const LISTED_MAX: usize = 500;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Begin a draft.
    Draft {
        /// The calendar year of the cases.
        year: i16,
        /// The unit whose authority decides.
        unit: UnitCode,
    },
    /// Put cases on the annex.
    List {
        /// Which; those that are on it already are skipped.
        cases: Vec<CaseId>,
    },
    /// Take a case off the annex.
    TakeOff {
        /// Which.
        case: CaseId,
        /// Why.
        reason: Sealed,
    },
    /// Sign.
    Sign {
        /// Number and sign, such as `125/QĐ-UBND`.
        number: String,
        /// The day that the decision bears.
        date: Date,
        /// SHA-256 of the annex as it is signed.
        annex: Digest,
    },
    /// Give the draft up.
    Discard {
        /// Why.
        reason: Sealed,
    },
    /// Mend a clerical error by a new act.
    Correct {
        /// Number and sign of the new act.
        number: String,
        /// The day that the new act bears.
        date: Date,
        /// What the decision's number should have been, if that was the error.
        corrected_number: Option<String>,
        /// What is mended.
        note: Sealed,
    },
    /// Take the signed decision back by a new act.
    Cancel {
        /// Number and sign of the new act.
        number: String,
        /// The day that the new act bears.
        date: Date,
        /// Why.
        reason: Sealed,
    },
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Draft { .. } => "draft_decision",
            Self::List { .. } => "list_cases",
            Self::TakeOff { .. } => "take_off_case",
            Self::Sign { .. } => "sign_decision",
            Self::Discard { .. } => "discard_decision",
            Self::Correct { .. } => "correct_decision",
            Self::Cancel { .. } => "cancel_decision",
        }
    }
}

/// A case on the annex, as it stands when the decision is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub case: CaseId,
    /// Whether its title could be recognised by this decision, or why not.
    pub ready: Result<(), Refused>,
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
    /// The definition: the one to draft under, or the one of the draft.
    pub definition: &'a Definition,
    /// The units from the nation down to the decision's unit today, or to the one that a draft is
    /// to be for; empty if that does not exist.
    pub path: &'a [UnitCode],
    /// The cases of the annex; needed to sign alone.
    pub lines: &'a [Line],
}
