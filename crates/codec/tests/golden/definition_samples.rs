//! Samples of what can happen to an edition, with definitions that use every field and as few as
//! possible. They are about bytes: no linter would let them pass.

use std::collections::BTreeMap;

use procedure::definition::{
    Anchor, Band, Criterion, Definition, Escalation, InForce, Indicator, LegalBasis, Level, Limit,
    MeetingRule, Outcome, Performer, PostingRule, Renewal, Season, SeasonDay, Source, Sourced,
    SourcedText, Status, Step, StepKind, Transition, Validity,
};
use procedure::edition::{Event, ProcedurePublished, ProcedureRetired};
use procedure::territory::UnitLevel;
use procedure::{SourceId, Title};

use crate::values::{date, digest, words};

fn law() -> SourceId {
    "law".parse().unwrap()
}

fn points<T>(value: T, status: Status) -> Sourced<T> {
    Sourced { value, status, source: law() }
}

fn text(vi: &str, en: &str) -> SourcedText {
    SourcedText { vi: vi.into(), en: en.into(), status: Status::Verified, source: law() }
}

fn indicator(id: &str, full: bool) -> Indicator {
    Indicator {
        id: id.parse().unwrap(),
        text: text("Có góc học tập", "Has a place to learn"),
        maximum: points(10, if full { Status::Verified } else { Status::Provisional }),
        evidence_required: full,
        help: full.then(|| words("Ảnh chụp", "A photo")),
    }
}

fn criteria() -> Vec<Criterion> {
    vec![Criterion {
        id: "1".parse().unwrap(),
        text: text("Điều kiện học tập", "Conditions for learning"),
        maximum: points(20, Status::Verified),
        indicators: vec![indicator("1a", true), indicator("1b", false)],
    }]
}

fn step(id: &str, kind: StepKind, performers: Vec<Performer>) -> Step {
    let name = words("Bước", "Step");
    Step {
        id: id.parse().unwrap(),
        kind,
        name,
        performers,
        meeting: None,
        posting: None,
        limit: None,
        status: Status::Verified,
        source: law(),
    }
}

fn meeting(performer: Performer) -> Step {
    let rule = MeetingRule {
        quorum_percent: points(50, Status::Verified),
        majority_percent: points(66, Status::Provisional),
    };
    Step { meeting: Some(rule), ..step("meeting", StepKind::Meeting, vec![performer]) }
}

fn posting(performer: Performer) -> Step {
    let rule = PostingRule { days: points(10, Status::Verified) };
    Step { posting: Some(rule), ..step("posting", StepKind::Posting, vec![performer]) }
}

/// All three measures at once.
fn limit() -> Limit {
    Limit {
        working_days: Some(10),
        days: Some(14),
        by: day(1, 2, 14),
        warn_percent: Some(70),
        escalate_to: Some(Escalation {
            role: "province-officer".parse().unwrap(),
            level: UnitLevel::Province,
        }),
        status: Status::Verified,
        source: law(),
    }
}

/// Every kind of step and every level.
fn steps() -> Vec<Step> {
    let performer = |level: UnitLevel, from: Option<&str>, until: Option<&str>| Performer {
        role: format!("{level}-officer").parse().unwrap(),
        level,
        from: from.map(date),
        until: until.map(date),
    };
    vec![
        step(
            "self_assessment",
            StepKind::SelfAssessment,
            vec![performer(UnitLevel::Hamlet, None, None)],
        ),
        Step {
            limit: Some(limit()),
            ..step("review", StepKind::Review, vec![performer(UnitLevel::Commune, None, None)])
        },
        meeting(performer(UnitLevel::Commune, None, None)),
        posting(performer(UnitLevel::Commune, None, None)),
        step(
            "decision",
            StepKind::Decision,
            vec![
                performer(UnitLevel::Province, None, Some("2026-06-30")),
                performer(UnitLevel::Nation, Some("2026-07-01"), Some("2030-12-31")),
            ],
        ),
    ]
}

fn day(years_after: i16, month: i8, day: i8) -> Option<SeasonDay> {
    Some(SeasonDay { years_after, month, day, status: Status::Verified, source: law() })
}

/// Points and levels at once.
fn outcome() -> Outcome {
    let (status, source) = (Status::Verified, law());
    Outcome {
        minimum_total: Some(points(10, Status::Verified)),
        minimum_each: Some(points(5, Status::Verified)),
        bands: vec![Band {
            id: "good".parse().unwrap(),
            name: words("Tốt", "Good"),
            from: 17,
            status,
            source: source.clone(),
        }],
        levels: vec![Level {
            id: "level-2".parse().unwrap(),
            name: words("Mức độ 2", "Level 2"),
            targets: vec!["1a".parse().unwrap()],
            months_after_below: Some(12),
            status,
            source,
        }],
    }
}

fn full() -> Definition {
    let (status, source) = (Status::Verified, law());
    Definition {
        id: "family.golden".parse().unwrap(),
        title: Title::Family,
        name: words("Gia đình học tập", "Learning family"),
        sample: true,
        notice: Some(words("Bộ mẫu", "A sample")),
        in_force: InForce {
            from: date("2026-01-01"),
            until: Some(date("2030-12-31")),
            status,
            source: source.clone(),
        },
        transition: Some(Transition {
            first_year: 2026,
            about: words("Chuyển tiếp", "Transition"),
            status,
            source: source.clone(),
        }),
        legal_basis: vec![LegalBasis {
            instrument: "Quyết định 1/QĐ".into(),
            issued: Some(date("2025-12-01")),
            about: words("Danh hiệu", "The title"),
            status,
            source: source.clone(),
        }],
        sources: BTreeMap::from([(
            law(),
            Source {
                title: "Công báo".into(),
                url: Some("https://example.org/".into()),
                seen: true,
            },
        )]),
        season: Season {
            registration_from: day(0, 1, 1),
            registration_until: day(0, 10, 31),
            recognition_from: day(1, 1, 15),
        },
        validity: Validity { months: 12, counted_from: Anchor::Decision, status, source },
        renewal: Some(Renewal { remind_days_before: vec![30, 7], status, source: law() }),
        criteria: criteria(),
        outcome: outcome(),
        separation: vec![steps().into_iter().map(|step| step.id).collect()],
        steps: steps(),
    }
}

fn minimal() -> Definition {
    let full = full();
    let (status, source) = (Status::Provisional, law());
    Definition {
        sample: false,
        notice: None,
        in_force: InForce { until: None, ..full.in_force },
        transition: None,
        legal_basis: vec![],
        sources: BTreeMap::from([(
            law(),
            Source { title: "Công báo".into(), url: None, seen: false },
        )]),
        season: Season::default(),
        validity: Validity { months: 36, counted_from: Anchor::YearEnd, status, source },
        renewal: None,
        criteria: vec![],
        outcome: Outcome { minimum_total: None, minimum_each: None, bands: vec![], levels: vec![] },
        steps: vec![],
        separation: vec![],
        ..full
    }
}

pub(crate) fn events() -> Vec<Event> {
    let on = date("2026-01-02");
    let published = |definition: Definition| ProcedurePublished {
        definition: definition.into(),
        digest: digest(),
        on,
    };
    vec![
        published(full()).into(),
        published(minimal()).into(),
        ProcedureRetired { on: date("2026-12-31") }.into(),
    ]
}
