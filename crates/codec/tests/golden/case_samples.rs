//! Samples of what can happen to a case.

use procedure::case::{
    Assessment, Assigned, Assignment, CaseRegistered, CaseWithdrawn, Claim, Claimed,
    DeadlineBreached, DeadlineWarned, DecisionReference, Escalated, Event, Evidence, Finding,
    HandedOver, MinutesRecorded, ObjectionFiled, ObjectionKind, ObjectionResolved,
    PlacedOnDecision, PostedPublicly, Prefilled, RecognitionAnnulled, RecognitionRefused, Released,
    Reminded, Reminder, RemovedFromDecision, ReturnedForSupplement, Reviewed, SelfAssessed,
    SentBackForReview, StepCompleted, Supplemented, TakenOver, TitleLapsed, TitleRecognised,
    TitleRevoked, Votes,
};
use procedure::{MeetingId, Title};

use crate::values::{absent, case, date, decision_id, digest, officer, period, sealed, subject};

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
        renews: Some(case()),
        by: Some(officer()),
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
    let id = Some(decision_id());
    DecisionReference { number: "125/QĐ-UBND".into(), date: date("2026-11-18"), id }
}

fn alone() -> DecisionReference {
    DecisionReference { id: None, ..decision() }
}

fn entered() -> Vec<Event> {
    let (by, on, in_place_of) = (officer(), date("2026-03-10"), Some(absent()));
    let declarant = Some(sealed("declarant"));
    let total = 65_545;
    let assessed = SelfAssessed { lines: claims(), total, declarant: declarant.clone(), by, on };
    let next = turn("hamlet_review", "hamlet-reviewer", "05158-01");
    let supplemented =
        Supplemented { lines: claims(), total, declarant, by, in_place_of, on, next };
    let bare_supplement = Supplemented {
        lines: bare(),
        total: 0,
        declarant: None,
        in_place_of: None,
        ..supplemented.clone()
    };
    let mut events: Vec<Event> = Vec::new();
    let titles = Title::ALL.iter();
    events.extend(titles.map(|title| CaseRegistered { title: *title, ..registered() }.into()));
    events.push(CaseRegistered { renews: None, by: None, ..registered() }.into());
    events.push(Prefilled { from: case(), lines: claims(), on }.into());
    events.push(Prefilled { from: case(), lines: vec![], on }.into());
    events.push(assessed.clone().into());
    events.push(SelfAssessed { lines: bare(), total: 0, declarant: None, ..assessed }.into());
    events.push(supplemented.into());
    events.push(bare_supplement.into());
    events.push(CaseWithdrawn { reason: sealed("reason"), by, on }.into());
    events
}

fn reviewed() -> Vec<Event> {
    let (by, on, in_place_of) = (officer(), date("2026-05-10"), Some(absent()));
    let step = || "hamlet_review".parse().unwrap();
    let full = Reviewed { step: step(), lines: assessments(), total: 21, by, on };
    let returned = ReturnedForSupplement {
        step: step(),
        reason: sealed("reason"),
        indicators: vec!["1a".parse().unwrap(), "2a".parse().unwrap()],
        by,
        in_place_of,
        on,
        next: turn("self_assessment", "hamlet-recorder", "05158-01"),
    };
    let next = turn("commune_review", "commune-reviewer", "05158");
    let completed = StepCompleted { step: step(), by: Some(by), in_place_of, on, next };
    let assigned = Assigned { to: absent(), reason: Some(sealed("reason")), by, on };
    vec![
        Claimed { by, on }.into(),
        Released { by, on }.into(),
        assigned.clone().into(),
        Assigned { reason: None, ..assigned }.into(),
        TakenOver { from: absent(), reason: sealed("reason"), by, on }.into(),
        full.clone().into(),
        Reviewed { lines: assessments().into_iter().take(1).collect(), total: 7, ..full }.into(),
        returned.clone().into(),
        ReturnedForSupplement { indicators: vec![], in_place_of: None, ..returned }.into(),
        completed.clone().into(),
        StepCompleted { by: None, in_place_of: None, ..completed }.into(),
    ]
}

fn in_public() -> Vec<Event> {
    let (by, on, in_place_of) = (officer(), date("2026-05-20"), Some(absent()));
    let votes = Votes { in_favour: 28, against: 1, abstained: 1 };
    let minutes = MinutesRecorded {
        step: "hamlet_meeting".parse().unwrap(),
        meeting: MeetingId(case().0),
        held_on: date("2026-05-12"),
        convened: 40,
        present: 30,
        votes,
        agreed: true,
        by,
        on,
    };
    let posted = PostedPublicly {
        step: "posting".parse().unwrap(),
        days: period("2026-05-20", Some("2026-05-29")),
        place: "Nhà văn hóa xóm Lầm".into(),
        by,
        in_place_of,
        on,
    };
    let filed = |kind: &ObjectionKind| ObjectionFiled {
        objection: 1,
        kind: *kind,
        name: sealed("name"),
        text: sealed("text"),
        by,
        on,
    };
    let reason = sealed("reason");
    let resolved = ObjectionResolved { objection: 1, upheld: true, reason, by, in_place_of, on };
    let next = turn("hamlet_review", "hamlet-reviewer", "05158-01");
    let mut events: Vec<Event> = vec![
        minutes.into(),
        posted.clone().into(),
        PostedPublicly { in_place_of: None, ..posted }.into(),
    ];
    events.extend(ObjectionKind::ALL.iter().map(|kind| filed(kind).into()));
    events.push(resolved.clone().into());
    events.push(ObjectionResolved { upheld: false, in_place_of: None, ..resolved }.into());
    events.push(SentBackForReview { objection: 1, by, on, next }.into());
    events
}

fn timely() -> Vec<Event> {
    let (on, due) = (date("2026-11-24"), date("2026-11-20"));
    let step = || "commune_review".parse().unwrap();
    let to = turn("commune_review", "commune-chair", "05158");
    let reminded = |about: &Reminder| Reminded { about: *about, days_before: 30, until: due, on };
    let mut events: Vec<Event> = vec![
        HandedOver { on, next: to.clone() }.into(),
        DeadlineWarned { step: step(), due, on }.into(),
        DeadlineBreached { step: step(), due, on }.into(),
        Escalated { to, on }.into(),
    ];
    events.extend(Reminder::ALL.iter().map(|about| reminded(about).into()));
    events
}

fn concluded() -> Vec<Event> {
    let (by, on, in_place_of) = (officer(), date("2026-11-20"), Some(absent()));
    let recognised = TitleRecognised {
        decision: decision(),
        total: 86,
        band: Some("good".parse().unwrap()),
        in_force: period("2026-11-18", Some("2027-11-17")),
        by,
        in_place_of,
        on,
    };
    let in_force = period("2026-11-18", None);
    let bare = TitleRecognised {
        decision: alone(),
        band: None,
        in_force,
        in_place_of: None,
        ..recognised.clone()
    };
    let reason = || sealed("reason");
    let refused =
        RecognitionRefused { decision: alone(), total: 30, reason: reason(), by, in_place_of, on };
    let revoked =
        TitleRevoked { decision: alone(), ground: sealed("ground"), from: on, by, in_place_of, on };
    let removed =
        RemovedFromDecision { decision: decision_id(), reason: Some(reason()), by: Some(by), on };
    let next = turn("decision", "commune-chair", "05158");
    vec![
        PlacedOnDecision { decision: decision_id(), on }.into(),
        removed.clone().into(),
        RemovedFromDecision { reason: None, by: None, ..removed }.into(),
        recognised.into(),
        bare.into(),
        RecognitionAnnulled { decision: decision_id(), on, next }.into(),
        refused.clone().into(),
        RecognitionRefused { in_place_of: None, ..refused }.into(),
        revoked.clone().into(),
        TitleRevoked { in_place_of: None, ..revoked }.into(),
        TitleLapsed { from: on, on }.into(),
    ]
}

pub(crate) fn events() -> Vec<Event> {
    [entered(), reviewed(), in_public(), timely(), concluded()].concat()
}
