//! A sound definition to decide by: four steps, 100 points, three bands. No number of it is law.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use crate::date::Date;
use crate::definition::{
    Anchor, Band, Criterion, Definition, InForce, Indicator, LegalBasis, Outcome, Performer,
    Season, SeasonDay, Source, Sourced, SourcedText, Status, Step, StepKind, Validity, lint,
};
use crate::name::SourceId;
use crate::territory::UnitLevel;
use crate::text::Bilingual;
use crate::title::Title;

pub(crate) const INDICATORS: [(&str, u16); 3] = [("1a", 40), ("1b", 30), ("2a", 30)];
/// The one indicator that needs evidence.
pub(crate) const EVIDENCED: &str = "1b";

fn source() -> SourceId {
    "test".parse().unwrap()
}

fn words(text: &str) -> Bilingual {
    Bilingual { vi: text.to_string(), en: text.to_string() }
}

fn points(value: u16) -> Sourced<u16> {
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
        maximum: points(*maximum),
        evidence_required: *id == EVIDENCED,
        help: None,
    };
    Criterion {
        id: id.parse().unwrap(),
        text: text("criterion"),
        maximum: points(indicators.iter().map(|(_, maximum)| maximum).sum()),
        indicators: indicators.iter().map(indicator).collect(),
    }
}

pub(crate) fn performer(role: &str, level: UnitLevel) -> Performer {
    Performer { role: role.parse().unwrap(), level, from: None, until: None }
}

fn step(id: &str, kind: StepKind, role: &str, level: UnitLevel) -> Step {
    Step {
        id: id.parse().unwrap(),
        kind,
        name: words("step"),
        performers: vec![performer(role, level)],
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
        criteria: vec![criterion("1", &INDICATORS[..2]), criterion("2", &INDICATORS[2..])],
        outcome: Outcome {
            minimum_total: points(50),
            minimum_each: Some(points(5)),
            bands: vec![band("good", 85), band("fair", 70), band("reached", 50)],
        },
        separation: vec![steps.iter().map(|step| step.id.clone()).collect()],
        steps,
    }
}

#[test]
fn the_sample_is_sound() {
    assert_eq!(lint::check(&definition()), []);
}
