//! One valid definition, and for each rule a change that breaks this rule and no other.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec;
use std::vec::Vec;

use super::{Rule, check};
use crate::date::Date;
use crate::definition::{
    Anchor, Band, Criterion, Definition, Escalation, InForce, Indicator, LegalBasis, Level, Limit,
    MeetingRule, Outcome, Performer, PostingRule, Renewal, Season, SeasonDay, Source, Sourced,
    SourcedText, Status, Step, StepKind, Transition, Validity,
};
use crate::name::SourceId;
use crate::territory::UnitLevel;
use crate::text::Bilingual;
use crate::title::Title;

mod breaches;

fn words(text: &str) -> Bilingual {
    Bilingual { vi: text.to_string(), en: text.to_string() }
}

fn law() -> SourceId {
    "law".parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn points<T>(value: T) -> Sourced<T> {
    Sourced { value, status: Status::Verified, source: law() }
}

fn text(words: &str) -> SourcedText {
    let (vi, en) = (words.to_string(), words.to_string());
    SourcedText { vi, en, status: Status::Verified, source: law() }
}

fn indicator(id: &str, maximum: u16) -> Indicator {
    Indicator {
        id: id.parse().unwrap(),
        text: text("indicator"),
        maximum: points(maximum),
        evidence_required: false,
        help: None,
    }
}

fn criterion(id: &str, indicators: Vec<Indicator>) -> Criterion {
    let maximum = points(indicators.iter().map(|indicator| indicator.maximum.value).sum());
    Criterion { id: id.parse().unwrap(), text: text("criterion"), maximum, indicators }
}

fn performer(level: UnitLevel) -> Performer {
    Performer { role: "reviewer".parse().unwrap(), level, from: None, until: None }
}

fn step(id: &str, kind: StepKind, level: UnitLevel) -> Step {
    Step {
        id: id.parse().unwrap(),
        kind,
        name: words("step"),
        performers: vec![performer(level)],
        meeting: None,
        posting: None,
        limit: None,
        status: Status::Verified,
        source: law(),
    }
}

fn band(id: &str, from: u16) -> Band {
    let (status, source) = (Status::Verified, law());
    Band { id: id.parse().unwrap(), name: words("band"), from, status, source }
}

fn day(month: i8, day: i8) -> Option<SeasonDay> {
    Some(SeasonDay { years_after: 0, month, day, status: Status::Verified, source: law() })
}

fn limit() -> Limit {
    let told = Escalation { role: "ministry".parse().unwrap(), level: UnitLevel::Nation };
    Limit {
        working_days: None,
        days: None,
        by: None,
        warn_percent: Some(70),
        escalate_to: Some(told),
        status: Status::Verified,
        source: law(),
    }
}

/// Four steps, each but the self-assessment with a limit of another measure.
fn steps() -> Vec<Step> {
    let of_days = Limit { working_days: Some(10), ..limit() };
    let until_november = Limit { by: day(11, 30), ..limit() };
    let of_weeks = Limit { days: Some(14), ..limit() };
    vec![
        step("self_assessment", StepKind::SelfAssessment, UnitLevel::Hamlet),
        Step { limit: Some(of_days), ..step("hamlet_review", StepKind::Review, UnitLevel::Hamlet) },
        Step {
            limit: Some(until_november),
            ..step("commune_review", StepKind::Review, UnitLevel::Commune)
        },
        Step { limit: Some(of_weeks), ..step("decision", StepKind::Decision, UnitLevel::Commune) },
    ]
}

/// Puts a meeting and a public posting after the first review.
fn add_meeting_and_posting(definition: &mut Definition) {
    let mut meeting = step("meeting", StepKind::Meeting, UnitLevel::Hamlet);
    let (quorum_percent, majority_percent) = (points(50), points(66));
    meeting.meeting = Some(MeetingRule { quorum_percent, majority_percent });
    let mut posting = step("posting", StepKind::Posting, UnitLevel::Hamlet);
    posting.posting = Some(PostingRule { days: points(10) });
    definition.steps.splice(2..2, [meeting, posting]);
    for id in ["meeting", "posting"] {
        definition.separation.push([id, "decision"].map(|id| id.parse().unwrap()).to_vec());
    }
}

fn level(id: &str, targets: &[&str], months_after_below: Option<u16>) -> Level {
    let targets = targets.iter().map(|id| id.parse().unwrap()).collect();
    let (id, name) = (id.parse().unwrap(), words("level"));
    Level { id, name, targets, months_after_below, status: Status::Verified, source: law() }
}

/// Puts two levels of targets in the place of points.
fn judge_by_levels(definition: &mut Definition) {
    definition.criteria = vec![
        criterion("1", vec![indicator("1a", 1), indicator("1b", 1)]),
        criterion("2", vec![indicator("2a", 1)]),
    ];
    definition.outcome = Outcome {
        minimum_total: None,
        minimum_each: None,
        bands: vec![],
        levels: vec![level("first", &["1a", "2a"], None), level("second", &["1b"], Some(12))],
    };
}

/// A definition in which nothing is wrong.
fn sound() -> Definition {
    let (status, source) = (Status::Verified, law());
    let seen = Source { title: "law".to_string(), url: None, seen: true };
    let steps = steps();
    Definition {
        id: "family.test".parse().unwrap(),
        title: Title::Family,
        name: words("name"),
        sample: false,
        notice: None,
        in_force: InForce {
            from: date("2026-01-01"),
            until: Some(date("2030-12-31")),
            status,
            source: law(),
        },
        transition: Some(Transition {
            first_year: 2027,
            about: words("about"),
            status,
            source: law(),
        }),
        legal_basis: vec![LegalBasis {
            instrument: "1/QĐ".to_string(),
            issued: None,
            about: words("about"),
            status,
            source: law(),
        }],
        sources: BTreeMap::from([(law(), seen)]),
        season: Season {
            registration_from: day(1, 1),
            registration_until: day(6, 30),
            recognition_from: day(11, 1),
        },
        validity: Validity { months: 12, counted_from: Anchor::Decision, status, source },
        renewal: Some(Renewal { remind_days_before: vec![30, 7], status, source: law() }),
        criteria: vec![
            criterion("1", vec![indicator("1a", 10), indicator("1b", 20)]),
            criterion("2", vec![indicator("2a", 10)]),
        ],
        outcome: Outcome {
            minimum_total: Some(points(20)),
            minimum_each: Some(points(5)),
            bands: vec![band("good", 35), band("fair", 20)],
            levels: vec![],
        },
        separation: vec![steps.iter().map(|step| step.id.clone()).collect()],
        steps,
    }
}

fn found(definition: &Definition) -> Vec<(Rule, std::string::String)> {
    check(definition).into_iter().map(|finding| (finding.rule, finding.path)).collect()
}

#[test]
fn nothing_is_wrong_with_a_sound_definition() {
    assert_eq!(check(&sound()), []);
}

#[test]
fn meetings_and_postings_are_sound_after_a_review_whoever_took_it() {
    let mut definition = sound();
    add_meeting_and_posting(&mut definition);
    assert_eq!(check(&definition), []);
}

#[test]
fn levels_are_sound_in_the_place_of_points() {
    let mut definition = sound();
    judge_by_levels(&mut definition);
    assert_eq!(check(&definition), []);
}

#[test]
fn the_self_assessment_may_have_a_limit() {
    let mut definition = sound();
    definition.steps[0].limit = Some(Limit { by: day(6, 30), ..limit() });
    assert_eq!(check(&definition), []);
}

#[test]
fn the_first_year_may_be_that_of_the_first_day_or_two_later() {
    for year in [2026, 2028] {
        let mut definition = sound();
        definition.transition.as_mut().unwrap().first_year = year;
        assert_eq!(check(&definition), []);
    }
}

#[test]
fn whoever_is_told_of_a_breach_may_stand_at_the_level_of_the_step() {
    let mut definition = sound();
    let told = Escalation { role: "chair".parse().unwrap(), level: UnitLevel::Hamlet };
    definition.steps[1].limit.as_mut().unwrap().escalate_to = Some(told);
    assert_eq!(check(&definition), []);
}

#[test]
fn each_breach_is_found_alone_and_where_it_is() {
    for (rule, path, spoil) in breaches::ALL {
        let mut definition = sound();
        spoil(&mut definition);
        assert_eq!(found(&definition), [(*rule, (*path).to_string())], "{rule} at {path}");
    }
}

#[test]
fn each_rule_has_a_breach() {
    let broken: BTreeSet<_> = breaches::ALL.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(broken, Rule::ALL.iter().copied().collect());
}

#[test]
fn findings_speak_both_languages_and_rules_have_kebab_names() {
    for (_, _, spoil) in breaches::ALL {
        let mut definition = sound();
        spoil(&mut definition);
        for finding in check(&definition) {
            assert!(finding.vi.len() > 10 && finding.en.len() > 10 && finding.vi != finding.en);
        }
    }
    for rule in Rule::ALL {
        let name = rule.as_str();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert_eq!(name.parse(), Ok(*rule));
    }
}

#[test]
fn an_empty_definition_is_reported_and_does_not_panic() {
    let mut empty = sound();
    empty.criteria.clear();
    empty.steps.clear();
    empty.separation.clear();
    let rules: Vec<_> = check(&empty).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [Rule::NoIndicators, Rule::SelfAssessmentFirst, Rule::DecisionLast, Rule::NoReview]
    );
}

#[test]
fn performers_can_follow_each_other_day_by_day() {
    let mut definition = sound();
    let mut before = performer(UnitLevel::Commune);
    before.until = Some(date("2027-02-28"));
    let mut after = performer(UnitLevel::Province);
    after.from = Some(date("2027-03-01"));
    // Written in any order.
    definition.steps[3].performers = vec![after, before];
    assert_eq!(check(&definition), []);
}

#[test]
fn a_sample_may_have_points_that_nobody_saw() {
    let mut sample = sound();
    sample.sample = true;
    sample.name = Bilingual { vi: "Bộ tiêu chí MẪU".into(), en: "Sample criteria".into() };
    sample.notice = Some(words("not law"));
    sample.criteria[0].indicators[0].maximum.status = Status::Provisional;
    sample.outcome.minimum_total.as_mut().unwrap().status = Status::Provisional;
    assert_eq!(check(&sample), []);
}

#[test]
fn extreme_numbers_do_not_overflow() {
    let mut definition = sound();
    let many = (0..200).map(|n| indicator(&std::format!("x{n}"), u16::MAX)).collect();
    definition.criteria = vec![Criterion { maximum: points(u16::MAX), ..criterion("1", vec![]) }];
    definition.criteria[0].indicators = many;
    definition.season.registration_from = Some(SeasonDay {
        years_after: i16::MIN,
        month: i8::MIN,
        day: i8::MAX,
        status: Status::Verified,
        source: law(),
    });
    let rules: BTreeSet<_> = check(&definition).into_iter().map(|finding| finding.rule).collect();
    let expected = [Rule::CriterionSum, Rule::PointsRange, Rule::TotalRange, Rule::SeasonDay];
    assert_eq!(rules, expected.into_iter().collect());
}
