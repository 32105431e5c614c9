//! Every breach: the rule, the path where it is reported, and the change that makes it.
//! Deliberately absent: changes that break two rules at once.

use alloc::string::ToString;
use alloc::vec;

use super::{
    add_meeting_and_posting, band, date, day, indicator, judge_by_levels, law, level, limit,
    performer, points, step, words,
};
use crate::definition::lint::Rule;
use crate::definition::{Definition, Limit, MeetingRule, PostingRule, Source, Status, StepKind};
use crate::territory::UnitLevel;

pub(super) type Breach = (Rule, &'static str, fn(&mut Definition));

fn unseen(definition: &mut Definition) {
    let source = Source { title: "hearsay".to_string(), url: None, seen: false };
    definition.sources.insert("hearsay".parse().unwrap(), source);
}

fn sample(definition: &mut Definition) {
    definition.sample = true;
    definition.name = words("Bộ mẫu, sample");
    definition.notice = Some(words("not law"));
}

/// Takes a step out of the one set of separated steps.
fn join(definition: &mut Definition, step: &str) {
    definition.separation[0].retain(|id| id.as_str() != step);
}

/// The limit of the step `s`.
fn limit_of(definition: &mut Definition, s: usize) -> &mut Limit {
    definition.steps[s].limit.as_mut().unwrap()
}

fn meeting_of(definition: &mut Definition) -> &mut MeetingRule {
    definition.steps[2].meeting.as_mut().unwrap()
}

fn posting_of(definition: &mut Definition) -> &mut PostingRule {
    definition.steps[3].posting.as_mut().unwrap()
}

pub(super) const ALL: &[Breach] = &[
    (Rule::IdTitle, "id", |d| d.id = "clan.test".parse().unwrap()),
    (Rule::IdTitle, "id", |d| d.id = "family.".parse().unwrap()),
    (Rule::IdTitle, "id", |d| d.id = "family-test".parse().unwrap()),
    (Rule::EmptyText, "name.en", |d| d.name.en.clear()),
    (Rule::EmptyText, "notice.vi", |d| {
        d.notice = Some(words("x"));
        d.notice.as_mut().unwrap().vi = " \n".to_string();
    }),
    (Rule::EmptyText, "legal_basis[0].instrument", |d| d.legal_basis[0].instrument.clear()),
    (Rule::EmptyText, "transition.about.vi", |d| {
        d.transition.as_mut().unwrap().about.vi.clear();
    }),
    (Rule::EmptyText, "outcome.levels[1].name.en", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].name.en.clear();
    }),
    (Rule::EmptyText, "sources.law.title", |d| {
        d.sources.get_mut(&law()).unwrap().title.clear();
    }),
    (Rule::EmptyText, "criteria[0].text.vi", |d| d.criteria[0].text.vi.clear()),
    (Rule::EmptyText, "criteria[0].indicators[1].text.en", |d| {
        d.criteria[0].indicators[1].text.en.clear();
    }),
    (Rule::EmptyText, "outcome.bands[1].name.vi", |d| d.outcome.bands[1].name.vi.clear()),
    (Rule::EmptyText, "steps[2].name.en", |d| d.steps[2].name.en.clear()),
    (Rule::DuplicateId, "criteria[1].id", |d| d.criteria[1].id = "1".parse().unwrap()),
    (Rule::DuplicateId, "criteria[1].indicators[0].id", |d| {
        d.criteria[1].indicators[0].id = "1a".parse().unwrap();
    }),
    (Rule::DuplicateId, "outcome.bands[1].id", |d| {
        d.outcome.bands[1].id = "good".parse().unwrap();
    }),
    (Rule::DuplicateId, "outcome.levels[1].id", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].id = "first".parse().unwrap();
    }),
    (Rule::DuplicateId, "steps[2].id", |d| {
        d.steps[2].id = "hamlet_review".parse().unwrap();
        join(d, "commune_review");
    }),
    (Rule::NoLegalBasis, "legal_basis", |d| d.legal_basis.clear()),
    (Rule::InForceOrder, "in_force.until", |d| d.in_force.until = Some(date("2025-12-31"))),
    (Rule::TransitionYear, "transition.first_year", |d| {
        d.transition.as_mut().unwrap().first_year = 2025;
    }),
    (Rule::TransitionYear, "transition.first_year", |d| {
        d.transition.as_mut().unwrap().first_year = 2029;
    }),
    (Rule::NoIndicators, "criteria", |d| d.criteria.clear()),
    (Rule::NoIndicators, "criteria[1].indicators", |d| {
        d.criteria[1].indicators.clear();
        d.outcome.bands[0].from = 30;
    }),
    (Rule::CriterionSum, "criteria[0].maximum.value", |d| d.criteria[0].maximum.value = 31),
    (Rule::PointsRange, "criteria[1].indicators[0].maximum.value", |d| {
        d.criteria[1].indicators = vec![indicator("2a", 0), indicator("2b", 10)];
        d.outcome.minimum_each = None;
    }),
    (Rule::PointsRange, "criteria[1].maximum.value", |d| {
        d.criteria[1].indicators = vec![indicator("2a", 501), indicator("2b", 500)];
        d.criteria[1].maximum.value = 1001;
    }),
    (Rule::TotalRange, "criteria", |d| {
        d.criteria = (0..11)
            .map(|n| {
                let id = std::format!("{n}");
                super::criterion(&id, vec![indicator(&std::format!("{n}a"), 1000)])
            })
            .collect();
    }),
    (Rule::MinimumTotal, "outcome.minimum_total.value", |d| {
        d.outcome.minimum_total = Some(points(41));
    }),
    (Rule::MinimumTotal, "outcome.minimum_total.value", |d| {
        d.outcome.minimum_total = Some(points(0));
    }),
    (Rule::MinimumEach, "outcome.minimum_each.value", |d| {
        d.outcome.minimum_each = Some(points(11));
    }),
    (Rule::MinimumEach, "outcome.minimum_each.value", |d| {
        d.outcome.minimum_each = Some(points(0));
    }),
    (Rule::BandOrder, "outcome.bands[0].from", |d| d.outcome.bands[0].from = 41),
    (Rule::BandOrder, "outcome.bands[1].from", |d| d.outcome.bands[1].from = 35),
    (Rule::BandOrder, "outcome.bands[2].from", |d| d.outcome.bands.push(band("best", 40))),
    (Rule::OutcomeKind, "outcome", |d| d.outcome.minimum_total = None),
    (Rule::OutcomeKind, "outcome.minimum_total", |d| {
        judge_by_levels(d);
        d.outcome.minimum_total = Some(points(1));
    }),
    (Rule::OutcomeKind, "outcome.minimum_each", |d| {
        judge_by_levels(d);
        d.outcome.minimum_each = Some(points(1));
    }),
    (Rule::OutcomeKind, "outcome.bands", |d| {
        judge_by_levels(d);
        d.outcome.bands = vec![band("good", 1)];
    }),
    (Rule::LevelTargets, "outcome.levels[2].targets", |d| {
        judge_by_levels(d);
        d.outcome.levels.push(level("third", &[], None));
    }),
    (Rule::LevelTargets, "outcome.levels[1].targets[1]", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].targets.push("3a".parse().unwrap());
    }),
    (Rule::LevelTargets, "outcome.levels[1].targets[1]", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].targets.push("2a".parse().unwrap());
    }),
    (Rule::LevelTargets, "outcome.levels[0].targets[1]", |d| {
        judge_by_levels(d);
        d.criteria[1] = super::criterion("2", vec![indicator("2a", 2)]);
    }),
    (Rule::LevelTargets, "criteria[1].indicators[0].id", |d| {
        judge_by_levels(d);
        d.outcome.levels[0].targets.pop();
    }),
    (Rule::LevelMonths, "outcome.levels[0].months_after_below", |d| {
        judge_by_levels(d);
        d.outcome.levels[0].months_after_below = Some(12);
    }),
    (Rule::LevelMonths, "outcome.levels[1].months_after_below", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].months_after_below = Some(0);
    }),
    (Rule::LevelMonths, "outcome.levels[1].months_after_below", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].months_after_below = Some(121);
    }),
    (Rule::UnknownSource, "validity.source", |d| d.validity.source = "x".parse().unwrap()),
    (Rule::UnknownSource, "season.registration_until.source", |d| {
        d.season.registration_until.as_mut().unwrap().source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "transition.source", |d| {
        d.transition.as_mut().unwrap().source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "renewal.source", |d| {
        d.renewal.as_mut().unwrap().source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "steps[1].limit.source", |d| {
        limit_of(d, 1).source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "steps[2].limit.by.source", |d| {
        limit_of(d, 2).by.as_mut().unwrap().source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "steps[2].meeting.quorum_percent.source", |d| {
        add_meeting_and_posting(d);
        meeting_of(d).quorum_percent.source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "steps[2].meeting.majority_percent.source", |d| {
        add_meeting_and_posting(d);
        meeting_of(d).majority_percent.source = "x".parse().unwrap();
    }),
    (Rule::UnknownSource, "steps[3].posting.days.source", |d| {
        add_meeting_and_posting(d);
        posting_of(d).days.source = "x".parse().unwrap();
    }),
    (Rule::UnusedSource, "sources.hearsay", unseen),
    (Rule::UnseenSource, "criteria[0].text.status", |d| {
        unseen(d);
        d.criteria[0].text.source = "hearsay".parse().unwrap();
    }),
    (Rule::UnseenSource, "steps[3].limit.status", |d| {
        unseen(d);
        limit_of(d, 3).source = "hearsay".parse().unwrap();
    }),
    (Rule::SourceUrl, "sources.law.url", |d| {
        d.sources.get_mut(&law()).unwrap().url = Some("javascript:alert(1)".to_string());
    }),
    (Rule::SampleName, "name.vi", |d| {
        sample(d);
        d.name.vi = "Bộ tiêu chí".to_string();
    }),
    (Rule::SampleName, "name.en", |d| {
        sample(d);
        d.name.en = "Criteria".to_string();
    }),
    (Rule::SampleNotice, "notice", |d| {
        sample(d);
        d.notice = None;
    }),
    (Rule::SamplePoints, "criteria[0].indicators[1].maximum", |d| {
        d.criteria[0].indicators[1].maximum.status = Status::Provisional;
    }),
    (Rule::SamplePoints, "outcome.minimum_total", |d| {
        d.outcome.minimum_total.as_mut().unwrap().status = Status::Provisional;
    }),
    (Rule::SamplePoints, "outcome.bands[0]", |d| {
        unseen(d);
        d.outcome.bands[0].source = "hearsay".parse().unwrap();
        d.outcome.bands[0].status = Status::Provisional;
    }),
    (Rule::SamplePoints, "outcome.levels[1]", |d| {
        judge_by_levels(d);
        d.outcome.levels[1].status = Status::Provisional;
    }),
    (Rule::SelfAssessmentFirst, "steps", |d| {
        d.steps.remove(0);
        join(d, "self_assessment");
    }),
    (Rule::SelfAssessmentFirst, "steps[1].kind", |d| {
        d.steps[1].kind = StepKind::SelfAssessment;
    }),
    (Rule::DecisionLast, "steps", |d| {
        d.steps.pop();
        join(d, "decision");
    }),
    (Rule::DecisionLast, "steps[2].kind", |d| d.steps[2].kind = StepKind::Decision),
    (Rule::NoReview, "steps", |d| {
        d.steps.retain(|step| step.kind != StepKind::Review);
        let left = |id: &crate::StepId| d.steps.iter().any(|step| step.id == *id);
        d.separation.iter_mut().for_each(|set| set.retain(left));
    }),
    (Rule::StepOrder, "steps[1].kind", |d| {
        add_meeting_and_posting(d);
        d.steps.swap(1, 2);
    }),
    (Rule::StepOrder, "steps[1].kind", |d| {
        add_meeting_and_posting(d);
        let posting = d.steps.remove(3);
        d.steps.insert(1, posting);
    }),
    (Rule::MeetingRule, "steps[2].meeting", |d| {
        add_meeting_and_posting(d);
        d.steps[2].meeting = None;
    }),
    (Rule::MeetingRule, "steps[1].meeting", |d| {
        add_meeting_and_posting(d);
        d.steps[1].meeting = d.steps[2].meeting.clone();
    }),
    (Rule::MeetingRule, "steps[2].meeting.quorum_percent.value", |d| {
        add_meeting_and_posting(d);
        meeting_of(d).quorum_percent.value = 0;
    }),
    (Rule::MeetingRule, "steps[2].meeting.majority_percent.value", |d| {
        add_meeting_and_posting(d);
        meeting_of(d).majority_percent.value = 101;
    }),
    (Rule::PostingRule, "steps[3].posting", |d| {
        add_meeting_and_posting(d);
        d.steps[3].posting = None;
    }),
    (Rule::PostingRule, "steps[5].posting", |d| {
        add_meeting_and_posting(d);
        d.steps[5].posting = d.steps[3].posting.clone();
    }),
    (Rule::PostingRule, "steps[3].posting.days.value", |d| {
        add_meeting_and_posting(d);
        posting_of(d).days.value = 0;
    }),
    (Rule::PostingRule, "steps[3].posting.days.value", |d| {
        add_meeting_and_posting(d);
        posting_of(d).days.value = 366;
    }),
    (Rule::LimitMeasure, "steps[1].limit", |d| limit_of(d, 1).working_days = None),
    (Rule::LimitMeasure, "steps[1].limit", |d| limit_of(d, 1).days = Some(10)),
    (Rule::LimitMeasure, "steps[2].limit", |d| limit_of(d, 2).working_days = Some(10)),
    (Rule::LimitRange, "steps[1].limit.working_days", |d| limit_of(d, 1).working_days = Some(0)),
    (Rule::LimitRange, "steps[3].limit.days", |d| limit_of(d, 3).days = Some(1001)),
    (Rule::LimitRange, "steps[1].limit.warn_percent", |d| limit_of(d, 1).warn_percent = Some(0)),
    (Rule::LimitRange, "steps[2].limit.warn_percent", |d| limit_of(d, 2).warn_percent = Some(101)),
    (Rule::EscalationLevel, "steps[3].limit.escalate_to.level", |d| {
        limit_of(d, 3).escalate_to.as_mut().unwrap().level = UnitLevel::Hamlet;
    }),
    (Rule::NoPerformer, "steps[1].performers", |d| d.steps[1].performers.clear()),
    (Rule::PerformerOrder, "steps[3].performers[0].until", |d| {
        d.steps[3].performers[0].from = Some(date("2025-01-02"));
        d.steps[3].performers[0].until = Some(date("2025-01-01"));
    }),
    (Rule::PerformerOverlap, "steps[3].performers[1]", |d| {
        d.steps[3].performers[0].until = Some(date("2027-01-01"));
        let mut after = performer(UnitLevel::Commune);
        after.from = Some(date("2027-01-01"));
        d.steps[3].performers.push(after);
    }),
    (Rule::PerformerOverlap, "steps[3].performers[1]", |d| {
        d.steps[3].performers.push(performer(UnitLevel::Commune));
    }),
    (Rule::PerformerGap, "steps[3].performers[1].from", |d| {
        d.steps[3].performers[0].until = Some(date("2027-01-01"));
        let mut after = performer(UnitLevel::Commune);
        after.from = Some(date("2027-01-03"));
        d.steps[3].performers.push(after);
    }),
    (Rule::PerformerGap, "steps[0].performers[0].from", |d| {
        d.steps[0].performers[0].from = Some(date("2026-01-02"));
    }),
    (Rule::PerformerGap, "steps[0].performers[0].until", |d| {
        d.steps[0].performers[0].until = Some(date("2030-12-30"));
    }),
    (Rule::PerformerGap, "steps[0].performers[0].until", |d| {
        d.in_force.until = None;
        d.steps[0].performers[0].until = Some(date("2090-12-31"));
    }),
    (Rule::LevelOrder, "steps[2].performers[0].level", |d| {
        d.steps[1].performers[0].level = UnitLevel::Province;
        d.steps[3].performers[0].level = UnitLevel::Nation;
    }),
    (Rule::LevelOrder, "steps[2].performers[0].level", |d| {
        add_meeting_and_posting(d);
        d.steps[1].performers[0].level = UnitLevel::Commune;
        d.steps[3].performers[0].level = UnitLevel::Commune;
    }),
    (Rule::SeparationUnknown, "separation[1][1]", |d| {
        d.separation.push(vec!["decision".parse().unwrap(), "meeting".parse().unwrap()]);
    }),
    (Rule::SeparationSet, "separation[1]", |d| {
        d.separation.push(vec!["decision".parse().unwrap()]);
    }),
    (Rule::SeparationSet, "separation[0]", |d| {
        d.separation[0].push("decision".parse().unwrap());
    }),
    (Rule::SeparationDecision, "separation", |d| {
        join(d, "hamlet_review");
        let set = ["self_assessment", "hamlet_review", "commune_review"];
        d.separation.push(set.map(|id| id.parse().unwrap()).to_vec());
    }),
    (Rule::SeparationDecision, "separation", |d| {
        add_meeting_and_posting(d);
        d.separation.remove(1);
    }),
    (Rule::SeparationDecision, "separation", |d| {
        add_meeting_and_posting(d);
        d.separation.pop();
    }),
    (Rule::SeparationReview, "separation", |d| {
        join(d, "hamlet_review");
        let set = ["self_assessment", "hamlet_review", "decision"];
        d.separation.push(set.map(|id| id.parse().unwrap()).to_vec());
    }),
    (Rule::SeparationReview, "separation", |d| {
        d.steps.insert(1, step("first_review", StepKind::Review, UnitLevel::Hamlet));
        let set = ["first_review", "hamlet_review", "commune_review", "decision"];
        d.separation.push(set.map(|id| id.parse().unwrap()).to_vec());
    }),
    (Rule::SeasonDay, "season.registration_until", |d| d.season.registration_until = day(2, 29)),
    (Rule::SeasonDay, "season.registration_until", |d| {
        d.season.registration_until = day(2, 29);
        d.season.registration_until.as_mut().unwrap().years_after = 1;
    }),
    (Rule::SeasonDay, "season.recognition_from", |d| d.season.recognition_from = day(13, 1)),
    (Rule::SeasonDay, "season.recognition_from.years_after", |d| {
        d.season.recognition_from.as_mut().unwrap().years_after = 4;
    }),
    (Rule::SeasonDay, "steps[2].limit.by", |d| limit_of(d, 2).by = day(2, 29)),
    (Rule::SeasonDay, "steps[2].limit.by.years_after", |d| {
        limit_of(d, 2).by.as_mut().unwrap().years_after = 4;
    }),
    (Rule::SeasonOrder, "season.registration_until", |d| {
        d.season.registration_from = day(7, 1);
    }),
    (Rule::SeasonOrder, "season.recognition_from", |d| {
        d.season.registration_from = day(3, 1);
        d.season.recognition_from = day(2, 1);
    }),
    (Rule::SeasonOrder, "steps[2].limit.by", |d| {
        d.season.registration_from = day(3, 1);
        limit_of(d, 2).by = day(2, 1);
    }),
    (Rule::SeasonOrder, "steps[3].limit.by", |d| {
        d.steps[3].limit = Some(Limit { by: day(10, 31), ..limit() });
    }),
    (Rule::ValidityMonths, "validity.months", |d| d.validity.months = 0),
    (Rule::ValidityMonths, "validity.months", |d| d.validity.months = 121),
    (Rule::ReminderDays, "renewal.remind_days_before[1]", |d| {
        d.renewal.as_mut().unwrap().remind_days_before = vec![7, 30];
    }),
    (Rule::ReminderDays, "renewal.remind_days_before[1]", |d| {
        d.renewal.as_mut().unwrap().remind_days_before = vec![7, 7];
    }),
    (Rule::ReminderDays, "renewal.remind_days_before[0]", |d| {
        d.renewal.as_mut().unwrap().remind_days_before = vec![366];
    }),
    (Rule::ReminderDays, "renewal.remind_days_before[1]", |d| {
        d.renewal.as_mut().unwrap().remind_days_before = vec![7, 0];
    }),
];
