//! Refuses definitions that could not work, would not be fair, or claim more than was seen.
//!
//! The order of the findings is the order of the definition's parts. Deliberately absent: lines
//! and columns, which a definition in memory does not have; `codec` adds them from the path.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use crate::definition::Definition;
use crate::title::names;

mod identity;
mod kinds;
mod levels;
mod limits;
mod points;
mod season;
mod separation;
mod sources;
#[cfg(test)]
mod spec;
mod steps;
mod texts;

/// A share that a rule can ask for, in percent.
const PERCENT: RangeInclusive<u8> = 1..=100;

/// What a definition has to keep to. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The id is the title, a dot and an edition.
    IdTitle,
    /// Every text is there in both languages.
    EmptyText,
    /// Ids are not used twice.
    DuplicateId,
    /// It rests on some instrument.
    NoLegalBasis,
    /// It does not end before it begins.
    InForceOrder,
    /// Its first year is that of its first day, or at most two later.
    TransitionYear,
    /// There are criteria, and each has indicators.
    NoIndicators,
    /// A criterion's maximum is the sum of its indicators' maxima.
    CriterionSum,
    /// A maximum is 1 to 1000 points.
    PointsRange,
    /// All points together are at most 10000.
    TotalRange,
    /// The minimum total can be reached and is not 0.
    MinimumTotal,
    /// The minimum for each indicator can be reached and is not 0.
    MinimumEach,
    /// Bands go down, and the highest can be reached.
    BandOrder,
    /// The result comes of points or of levels, and of one of them alone.
    OutcomeKind,
    /// Levels have targets; each is an indicator of one point, and each indicator is one of them.
    LevelTargets,
    /// Whoever holds the level below waits 1 to 120 months; the first level has none below.
    LevelMonths,
    /// A cited source is listed.
    UnknownSource,
    /// A listed source is cited.
    UnusedSource,
    /// What is verified was seen.
    UnseenSource,
    /// An address is one of the web.
    SourceUrl,
    /// A sample says in its name that it is one.
    SampleName,
    /// A sample has a notice.
    SampleNotice,
    /// Points that were not seen make a sample.
    SamplePoints,
    /// There is one self-assessment, and it is the first step.
    SelfAssessmentFirst,
    /// There is one decision, and it is the last step.
    DecisionLast,
    /// Somebody reviews: the decision rests on the points of a review.
    NoReview,
    /// Meetings and public postings come after a review.
    StepOrder,
    /// A meeting says when its vote counts, and nothing else does.
    MeetingRule,
    /// A public posting says how long the list hangs out, and nothing else does.
    PostingRule,
    /// A limit has one measure: working days, days of the calendar, or a day of the year.
    LimitMeasure,
    /// The days of a limit are 1 to 1000, its warning comes after 1 to 100 percent of them.
    LimitRange,
    /// Nobody is told of a breach at a lower level than that of the step.
    EscalationLevel,
    /// A step has a performer.
    NoPerformer,
    /// A performer's time does not end before it begins.
    PerformerOrder,
    /// Two performers do not have a step at the same time.
    PerformerOverlap,
    /// A step has a performer on each day from the first in force on, without end: cases outlive
    /// their definition.
    PerformerGap,
    /// No step lies at a lower level than the one before.
    LevelOrder,
    /// A separated step exists.
    SeparationUnknown,
    /// A set of separated steps has two steps or more, and none twice.
    SeparationSet,
    /// Nobody decides on what he entered or reviewed.
    SeparationDecision,
    /// Nobody reviews what he entered or reviewed.
    SeparationReview,
    /// A day of the season or of a limit is in the calendar of every year.
    SeasonDay,
    /// The days of the season follow each other, and a limit's day lies in the season.
    SeasonOrder,
    /// A title lasts 1 to 120 months.
    ValidityMonths,
    /// Reminders come 1 to 365 days before, the earliest first.
    ReminderDays,
}

names!(Rule {
    IdTitle = "id-title",
    EmptyText = "empty-text",
    DuplicateId = "duplicate-id",
    NoLegalBasis = "no-legal-basis",
    InForceOrder = "in-force-order",
    TransitionYear = "transition-year",
    NoIndicators = "no-indicators",
    CriterionSum = "criterion-sum",
    PointsRange = "points-range",
    TotalRange = "total-range",
    MinimumTotal = "minimum-total",
    MinimumEach = "minimum-each",
    BandOrder = "band-order",
    OutcomeKind = "outcome-kind",
    LevelTargets = "level-targets",
    LevelMonths = "level-months",
    UnknownSource = "unknown-source",
    UnusedSource = "unused-source",
    UnseenSource = "unseen-source",
    SourceUrl = "source-url",
    SampleName = "sample-name",
    SampleNotice = "sample-notice",
    SamplePoints = "sample-points",
    SelfAssessmentFirst = "self-assessment-first",
    DecisionLast = "decision-last",
    NoReview = "no-review",
    StepOrder = "step-order",
    MeetingRule = "meeting-rule",
    PostingRule = "posting-rule",
    LimitMeasure = "limit-measure",
    LimitRange = "limit-range",
    EscalationLevel = "escalation-level",
    NoPerformer = "no-performer",
    PerformerOrder = "performer-order",
    PerformerOverlap = "performer-overlap",
    PerformerGap = "performer-gap",
    LevelOrder = "level-order",
    SeparationUnknown = "separation-unknown",
    SeparationSet = "separation-set",
    SeparationDecision = "separation-decision",
    SeparationReview = "separation-review",
    SeasonDay = "season-day",
    SeasonOrder = "season-order",
    ValidityMonths = "validity-months",
    ReminderDays = "reminder-days",
});

/// One thing that is wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: Rule,
    /// Where, by field and index from 0, such as `steps[2].performers[0].role`.
    pub path: String,
    /// What is wrong and what to do, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.rule, self.en)
    }
}

/// Everything that is wrong with a definition; empty if it can be published.
#[must_use]
pub fn check(definition: &Definition) -> Vec<Finding> {
    let mut findings = Findings::default();
    identity::check(definition, &mut findings);
    texts::check(definition, &mut findings);
    sources::check(definition, &mut findings);
    season::check(definition, &mut findings);
    points::check(definition, &mut findings);
    levels::check(definition, &mut findings);
    steps::check(definition, &mut findings);
    kinds::check(definition, &mut findings);
    limits::check(definition, &mut findings);
    separation::check(definition, &mut findings);
    findings.0
}

/// What was found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, rule: Rule, path: impl Into<String>, vi: String, en: String) {
        self.0.push(Finding { rule, path: path.into(), vi, en });
    }

    /// Reports each id that stands there a second time.
    fn unique<'a, T: Ord + fmt::Display + 'a>(
        &mut self,
        ids: impl IntoIterator<Item = (String, &'a T)>,
    ) {
        let mut seen = alloc::collections::BTreeSet::new();
        for (path, id) in ids {
            if !seen.insert(id) {
                self.add(
                    Rule::DuplicateId,
                    path,
                    format!("mã {id} đã dùng ở trên; mỗi mã chỉ được dùng một lần"),
                    format!("the id {id} is used above; use each id once"),
                );
            }
        }
    }
}
