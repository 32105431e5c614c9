//! Samples of what can happen to a case.

use procedure::Title;
use procedure::case::{
    Assessment, Assignment, CaseRegistered, CaseWithdrawn, Claim, Claimed, DecisionReference,
    Event, Evidence, Finding, RecognitionRefused, Released, ReturnedForSupplement, Reviewed,
    SelfAssessed, StepCompleted, Supplemented, TitleRecognised,
};

use crate::values::{date, digest, officer, period, sealed, subject};

fn turn(step: &str, role: &str, unit: &str) -> Assignment {
    let (step, role) = (step.parse().unwrap(), role.parse().unwrap());
    Assignment { step, role, unit: unit.parse().unwrap() }
}

fn registered() -> CaseRegistered {
    CaseRegistered {
        title: Title::Family,
        subject: subject(),
        year: 2026,
        procedure: "family.sample-2026".parse().unwrap(),
        place: ["VN", "25", "05158", "05158-01"].map(|code| code.parse().unwrap()).to_vec(),
        by: officer(),
        on: date("2026-01-05"),
        next: turn("self_assessment", "hamlet-recorder", "05158-01"),
    }
}

/// A line with everything, one with evidence that is no file, one with nothing but points.
fn claims() -> Vec<Claim> {
    let evidence = |digest| Evidence { label: sealed("label"), digest };
    let claim = |id: &str, points, evidence, note| Claim {
        indicator: id.parse().unwrap(),
        points,
        evidence,
        note,
    };
    vec![
        claim("1a", 10, vec![evidence(Some(digest())), evidence(None)], Some(sealed("note"))),
        claim("1b", 65_535, vec![evidence(None)], None),
        claim("2a", 0, vec![], None),
    ]
}

fn bare() -> Vec<Claim> {
    claims().into_iter().skip(2).collect()
}

fn assessments() -> Vec<Assessment> {
    let note = |finding| (finding != Finding::Confirmed).then(|| sealed("note"));
    let line = |(id, finding): (&str, Finding)| Assessment {
        indicator: id.parse().unwrap(),
        points: 7,
        finding,
        note: note(finding),
    };
    ["1a", "1b", "2a"].into_iter().zip(Finding::ALL.iter().copied()).map(line).collect()
}

fn decision() -> DecisionReference {
    DecisionReference { number: "125/QĐ-UBND".into(), date: date("2026-11-18") }
}

fn entered() -> Vec<Event> {
    let (by, on) = (officer(), date("2026-03-10"));
    let assessed = SelfAssessed { lines: claims(), total: 65_545, by, on };
    let next = turn("hamlet_review", "hamlet-reviewer", "05158-01");
    let supplemented = Supplemented { lines: claims(), total: 65_545, by, on, next };
    let mut events: Vec<Event> = Vec::new();
    let titles = Title::ALL.iter();
    events.extend(titles.map(|title| CaseRegistered { title: *title, ..registered() }.into()));
    events.push(assessed.clone().into());
    events.push(SelfAssessed { lines: bare(), total: 0, ..assessed }.into());
    events.push(supplemented.clone().into());
    events.push(Supplemented { lines: bare(), total: 0, ..supplemented }.into());
    events.push(CaseWithdrawn { reason: sealed("reason"), by, on }.into());
    events
}

fn reviewed() -> Vec<Event> {
    let (by, on) = (officer(), date("2026-05-10"));
    let step = || "hamlet_review".parse().unwrap();
    let full = Reviewed { step: step(), lines: assessments(), total: 21, by, on };
    let returned = ReturnedForSupplement {
        step: step(),
        reason: sealed("reason"),
        indicators: vec!["1a".parse().unwrap(), "2a".parse().unwrap()],
        by,
        on,
        next: turn("self_assessment", "hamlet-recorder", "05158-01"),
    };
    let next = turn("commune_review", "commune-reviewer", "05158");
    vec![
        Claimed { by, on }.into(),
        Released { by, on }.into(),
        full.clone().into(),
        Reviewed { lines: assessments().into_iter().take(1).collect(), total: 7, ..full }.into(),
        returned.clone().into(),
        ReturnedForSupplement { indicators: vec![], ..returned }.into(),
        StepCompleted { step: step(), by, on, next }.into(),
    ]
}

fn concluded() -> Vec<Event> {
    let (by, on) = (officer(), date("2026-11-20"));
    let recognised = TitleRecognised {
        decision: decision(),
        total: 86,
        band: Some("good".parse().unwrap()),
        in_force: period("2026-11-18", Some("2027-11-17")),
        by,
        on,
    };
    let in_force = period("2026-11-18", None);
    vec![
        recognised.clone().into(),
        TitleRecognised { band: None, in_force, ..recognised }.into(),
        RecognitionRefused { decision: decision(), total: 30, reason: sealed("reason"), by, on }
            .into(),
    ]
}

pub(crate) fn events() -> Vec<Event> {
    [entered(), reviewed(), concluded()].concat()
}
