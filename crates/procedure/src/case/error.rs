//! Why a command on a case is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::{
    BandId, DecisionId, IndicatorId, MeetingId, OfficerId, ProcedureId, StepId, SubjectId,
};
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
        /// The definition applies to later years only.
        NotForYear { procedure: ProcedureId, year: i16 } = "case.procedure_not_for_year", State;
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
        /// A target of the lowest level is not met.
        TargetNotMet { indicator: IndicatorId } = "case.target_not_met", State;
        /// The holder of a level waits before he can be recognised at the next.
        UpgradeTooEarly { level: BandId, from: Date } = "case.upgrade_too_early", State;
        /// The meeting did not vote for the case.
        MeetingAgainst { votes: u32, present: u32 } = "case.meeting_against", State;
        /// The meeting was of other cases.
        NotOfMeeting { meeting: MeetingId } = "case.not_of_meeting", Input;
        /// Fewer were at the meeting than have to be.
        NoQuorum { present: u32, convened: u32, percent: u8 } = "case.no_quorum", Input;
        /// The votes are not as many as those who were there.
        VotesDoNotAddUp { votes: u64, present: u32 } = "case.votes_do_not_add_up", Input;
        /// The meeting was before the case came to it, or is to come.
        BadMeetingDate { date: Date, earliest: Date, latest: Date }
            = "case.bad_meeting_date", Input;
        /// The case hangs out already.
        AlreadyPosted { until: Date } = "case.already_posted", State;
        /// The case does not hang out.
        NotPosted = "case.not_posted", State;
        /// The days of a posting are too few, or begin before the case came to it.
        BadPosting { from: Date, earliest: Date, days: u16 } = "case.bad_posting", Input;
        /// The place of a posting is empty, too long, or has characters that cannot be printed.
        BadPlace { place: String } = "case.bad_place", Input;
        /// The posting is not over.
        PostingNotOver { until: Date } = "case.posting_not_over", State;
        /// An objection is open.
        ObjectionOpen { objection: u16 } = "case.objection_open", State;
        /// There is no such objection, or it is answered.
        UnknownObjection { objection: u16 } = "case.unknown_objection", Absent;
        /// The case stands on the draft of a decision.
        OnDecision { decision: DecisionId } = "case.on_decision", State;
        /// The decision is about other cases.
        NotOfDecision { decision: DecisionId } = "case.not_of_decision", Input;
        /// The case does not stand on the decision.
        NotOnDecision { decision: DecisionId } = "case.not_on_decision", State;
        /// There is no title that could be taken back.
        NotRecognised = "case.not_recognised", State;
        /// The title is at its end already.
        TitleEnded { from: Date } = "case.title_ended", State;
        /// A title is taken back from a day between its first and its last.
        BadRevocation { from: Date, earliest: Date } = "case.bad_revocation", Input;
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
