//! Why a command on a decision is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::{CaseId, UnitCode};
use crate::refusals;

refusals! {
    /// Why a command on a decision is not accepted.
    Refusal {
        /// No such decision.
        Unknown = "decision.unknown", Absent;
        /// The id stands for a decision already.
        AlreadyDrafted = "decision.already_drafted", State;
        /// It is signed, so it does not change any more.
        AlreadySigned = "decision.signed", State;
        /// Only what is signed can be corrected or cancelled.
        NotSigned = "decision.not_signed", State;
        /// The draft was given up.
        Discarded = "decision.discarded", State;
        /// It was taken back.
        Cancelled = "decision.cancelled", State;
        /// The case is not on the annex.
        NotListed { case: CaseId } = "decision.not_listed", Input;
        /// Too many cases in one command.
        TooMany { cases: usize, maximum: usize } = "decision.too_many", Input;
        /// Nothing is on the annex.
        Empty = "decision.empty", State;
        /// A case on the annex cannot be recognised, with the code and the messages of the reason.
        CaseNotReady { case: CaseId, code: &'static str, vi: String, en: String }
            = "decision.case_not_ready", State;
        /// The number of the act is empty or too long.
        BadNumber { number: String } = "decision.bad_number", Input;
        /// The act bears a day after today, or before what it rests on.
        BadDate { date: Date, earliest: Date, latest: Date } = "decision.bad_date", Input;
        /// A decision before its time.
        TooEarly { from: Date } = "decision.too_early", State;
        /// The unit does not exist, or not its authority decides on the day.
        WrongLevel { unit: UnitCode } = "decision.wrong_level", Input;
    }
}
