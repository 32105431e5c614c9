//! Why a command on a case is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::{IndicatorId, OfficerId, ProcedureId, StepId, SubjectId};
use crate::refusals;
use crate::title::{SubjectKind, Title};

refusals! {
    /// Why a command on a case is not accepted.
    Refusal {
        /// No such case.
        Unknown = "case.unknown", Absent;
        /// The subject has a case for the title and year already.
        AlreadyRegistered { title: Title, year: i16 } = "case.already_registered", State;
        /// No such subject.
        UnknownSubject { subject: SubjectId } = "case.unknown_subject", Absent;
        /// The title is for another kind of subject.
        WrongKind { title: Title, kind: SubjectKind } = "case.wrong_kind", Input;
        /// The definition is not in force on the day.
        NotInForce { procedure: ProcedureId, date: Date } = "case.procedure_not_in_force", State;
        /// Outside the days of registration.
        OutOfSeason { year: i16, date: Date } = "case.out_of_season", State;
        /// The definition names nobody who takes the step on the day.
        NobodyCompetent { step: StepId, date: Date } = "case.nobody_competent", State;
        /// The officer declared the subject to be his own.
        OwnSubject { officer: OfficerId } = "case.own_subject", Conflict;
        /// The officer took a step of the case that must stay separate.
        StepsNotSeparate { step: StepId, earlier: StepId } = "case.steps_not_separate", Separation;
        /// The case is decided or withdrawn.
        Closed = "case.closed", State;
        /// The case is at another step.
        NotAtThisStep { step: StepId } = "case.not_at_this_step", State;
        /// The case waits for a supplement.
        AwaitingSupplement = "case.awaiting_supplement", State;
        /// Nobody asked for a supplement.
        NoSupplementAsked = "case.no_supplement_asked", State;
        /// Another officer holds the case.
        HeldByOther { holder: OfficerId } = "case.held_by_other", State;
        /// The officer does not hold the case.
        NotHeld = "case.not_held", State;
        /// The definition has no such indicator.
        UnknownIndicator { indicator: IndicatorId } = "case.unknown_indicator", Input;
        /// An indicator twice in one list.
        IndicatorTwice { indicator: IndicatorId } = "case.indicator_twice", Input;
        /// An indicator without a line.
        IndicatorMissing { indicator: IndicatorId } = "case.indicator_missing", Input;
        /// More points than the indicator gives.
        PointsAboveMaximum { indicator: IndicatorId, points: i64, maximum: u16 }
            = "case.points_above_maximum", Input;
        /// Fewer points than none.
        PointsNegative { indicator: IndicatorId, points: i64 } = "case.points_negative", Input;
        /// The indicator needs evidence for its points.
        EvidenceMissing { indicator: IndicatorId } = "case.evidence_missing", Input;
        /// The finding does not go with the points.
        FindingContradictsPoints { indicator: IndicatorId, claimed: u16, points: u16 }
            = "case.finding_contradicts_points", Input;
        /// Points other than claimed need a word.
        NoteMissing { indicator: IndicatorId } = "case.note_missing", Input;
        /// A supplement that changes nothing.
        NothingSupplemented = "case.nothing_supplemented", Input;
        /// The points do not reach the title.
        BelowThreshold { total: u32, minimum: u16 } = "case.below_threshold", State;
        /// One indicator does not reach its minimum.
        IndicatorBelowMinimum { indicator: IndicatorId, points: u16, minimum: u16 }
            = "case.indicator_below_minimum", State;
        /// A title before its time.
        TooEarly { from: Date } = "case.too_early", State;
        /// The decision's number is empty or too long.
        BadDecisionNumber { number: String } = "case.bad_decision_number", Input;
        /// The decision bears a day after today, or before the last step was done.
        BadDecisionDate { date: Date, earliest: Date, latest: Date }
            = "case.bad_decision_date", Input;
        /// A validity that ends past the calendar.
        ValidityOutOfRange = "case.validity_out_of_range", Input;
    }
}
