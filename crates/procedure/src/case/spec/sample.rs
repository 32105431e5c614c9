//! Sound definitions to decide by: four steps, all six of a village, and levels. No number of them
//! is law.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use crate::date::Date;
use crate::definition::{
    Anchor, Band, Criterion, Definition, Escalation, InForce, Indicator, LegalBasis, Level, Limit,
    MeetingRule, Outcome, Performer, PostingRule, Renewal, Season, SeasonDay, Source, Sourced,
    SourcedText, Status, Step, StepKind, Validity, lint,
};
use crate::name::SourceId;
use crate::territory::UnitLevel;
use crate::text::Bilingual;
use crate::title::Title;

pub(crate) const INDICATORS: [(&str, u16); 3] = [("1a", 40), ("1b", 30), ("2a", 30)];
/// The one indicator that needs evidence.
pub(crate) const EVIDENCED: &str = "1b";
/// The fewest days of a posting.
pub(crate) const POSTING_DAYS: u16 = 5;
/// The working days of the commune's review, and how many of them make a warning due.
pub(crate) const REVIEW_DAYS: (u16, u16) = (10, 7);

fn source() -> SourceId {
    "test".parse().unwrap()
}

fn words(text: &str) -> Bilingual {
    Bilingual { vi: text.to_string(), en: text.to_string() }
}

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced { value, status: Status::Verified, source: source() }
}

fn text(words: &str) -> SourcedText {
    let (vi, en) = (words.to_string(), words.to_string());
    SourcedText { vi, en, status: Status::Verified, source: source() }
}

fn criterion(id: &str, indicators: &[(&str, u16)]) -> Criterion {
    let indicator = |(id, maximum): &(&str, u16)| Indicator {
        id: id.parse().unwrap(),
        text: text("indicator"),
        maximum: sourced(*maximum),
        evidence_required: *id == EVIDENCED,
        help: None,
    };
    Criterion {
        id: id.parse().unwrap(),
        text: text("criterion"),
        maximum: sourced(indicators.iter().map(|(_, maximum)| maximum).sum()),
        indicators: indicators.iter().map(indicator).collect(),
    }
}

pub(crate) fn performer(role: &str, level: UnitLevel) -> Performer {
    Performer { role: role.parse().unwrap(), level, from: None, until: None }
}

/// A performer until a day, and another from the day after.
pub(crate) fn passing(before: Performer, until: Date, after: Performer) -> Vec<Performer> {
    let from = until.plus_days(1);
    vec![Performer { until: Some(until), ..before }, Performer { from, ..after }]
}

pub(crate) fn step(id: &str, kind: StepKind, role: &str, level: UnitLevel) -> Step {
    Step {
        id: id.parse().unwrap(),
        kind,
        name: words("step"),
        performers: vec![performer(role, level)],
        meeting: None,
        posting: None,
        limit: None,
        status: Status::Verified,
        source: source(),
    }
}

fn band(id: &str, from: u16) -> Band {
    let (status, source) = (Status::Verified, source());
    Band { id: id.parse().unwrap(), name: words("band"), from, status, source }
}

fn day(month: i8, day: i8) -> Option<SeasonDay> {
    Some(SeasonDay { years_after: 0, month, day, status: Status::Verified, source: source() })
}

fn steps() -> Vec<Step> {
    use UnitLevel::{Commune, Hamlet};
    vec![
        step("self_assessment", StepKind::SelfAssessment, "hamlet-recorder", Hamlet),
        step("hamlet_review", StepKind::Review, "hamlet-reviewer", Hamlet),
        step("commune_review", StepKind::Review, "commune-reviewer", Commune),
        step("decision", StepKind::Decision, "commune-chair", Commune),
    ]
}

/// For families, in force in 2026 and 2027; 50 points of 100, and 5 for each indicator.
pub(crate) fn definition() -> Definition {
    let (status, source) = (Status::Verified, source());
    let date = |text: &str| -> Date { text.parse().unwrap() };
    let steps = steps();
    Definition {
        id: "family.test".parse().unwrap(),
        title: Title::Family,
        name: words("name"),
        sample: false,
        notice: None,
        in_force: InForce {
            from: date("2026-01-01"),
            until: Some(date("2027-12-31")),
            status,
            source: source.clone(),
        },
        transition: None,
        legal_basis: vec![LegalBasis {
            instrument: "1/QĐ".to_string(),
            issued: None,
            about: words("about"),
            status,
            source: source.clone(),
        }],
        sources: BTreeMap::from([(
            source.clone(),
            Source { title: "test".to_string(), url: None, seen: true },
        )]),
        season: Season {
            registration_from: day(1, 15),
            registration_until: day(10, 31),
            recognition_from: day(11, 1),
        },
        validity: Validity { months: 12, counted_from: Anchor::Decision, status, source },
        renewal: None,
        criteria: vec![criterion("1", &INDICATORS[..2]), criterion("2", &INDICATORS[2..])],
        outcome: Outcome {
            minimum_total: Some(sourced(50)),
            minimum_each: Some(sourced(5)),
            bands: vec![band("good", 85), band("fair", 70), band("reached", 50)],
            levels: vec![],
        },
        separation: vec![steps.iter().map(|step| step.id.clone()).collect()],
        steps,
    }
}

/// Warned of after 70 percent, told to the commune's chair when it is over.
pub(crate) fn review_limit() -> Limit {
    Limit {
        working_days: Some(REVIEW_DAYS.0),
        days: None,
        by: None,
        warn_percent: Some(70),
        escalate_to: Some(Escalation {
            role: "commune-chair".parse().unwrap(),
            level: UnitLevel::Commune,
        }),
        status: Status::Verified,
        source: source(),
    }
}

/// The same with a meeting (half of those convened, two thirds of those present) and a posting
/// after the hamlet's review, with a limit for the commune's review, and renewed each year. Whoever
/// reviews in the hamlet may lead the meeting and hang out the list.
pub(crate) fn full() -> Definition {
    use UnitLevel::Hamlet;
    let mut definition = definition();
    let rule = MeetingRule { quorum_percent: sourced(50), majority_percent: sourced(66) };
    let meeting = Step {
        meeting: Some(rule),
        ..step("hamlet_meeting", StepKind::Meeting, "hamlet-leader", Hamlet)
    };
    let posting = Step {
        posting: Some(PostingRule { days: sourced(POSTING_DAYS) }),
        ..step("posting", StepKind::Posting, "hamlet-leader", Hamlet)
    };
    definition.steps[2].limit = Some(review_limit());
    definition.steps.splice(2..2, [meeting, posting]);
    for public in ["hamlet_meeting", "posting"] {
        definition.separation.push(vec![public.parse().unwrap(), "decision".parse().unwrap()]);
    }
    let (status, source) = (Status::Verified, source());
    definition.renewal = Some(Renewal { remind_days_before: vec![30, 7], status, source });
    definition
}

/// The four steps with two levels instead of points: 1a and 1b make the first, 2a the second, for
/// which a holder of the first waits 12 months. A title lasts 36 months.
pub(crate) fn levels() -> Definition {
    let mut definition = definition();
    definition.criteria =
        vec![criterion("1", &[("1a", 1), ("1b", 1)]), criterion("2", &[("2a", 1)])];
    let level = |id: &str, targets: &[&str], months_after_below| Level {
        id: id.parse().unwrap(),
        name: words("level"),
        targets: targets.iter().map(|id| id.parse().unwrap()).collect(),
        months_after_below,
        status: Status::Verified,
        source: source(),
    };
    definition.outcome = Outcome {
        minimum_total: None,
        minimum_each: None,
        bands: vec![],
        levels: vec![level("level-1", &["1a", "1b"], None), level("level-2", &["2a"], Some(12))],
    };
    definition.validity.months = 36;
    definition
}

#[test]
fn the_samples_are_sound() {
    for definition in [definition(), full(), levels()] {
        assert_eq!(lint::check(&definition), []);
    }
}
