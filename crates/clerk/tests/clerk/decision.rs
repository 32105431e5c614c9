//! Decisions over many cases: all or nothing, each case once, whoever is interrupted.

use engine::EngineError;
use engine::kit::by;
use procedure::decision::Command;
use procedure::{DecisionId, Refused, case, decision};

use crate::desk::Desk;

const CASES: usize = 40;

fn code(error: &EngineError) -> &'static str {
    match error {
        EngineError::Refused(refused) => refused.get().code(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_signed_decision_recognises_every_case_once() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..CASES).await;
    let waiting = desk.commune.assessed(CASES).await;
    let decision = desk.draft("one").await;
    let engine = &desk.commune.engine;
    let mut asked = cases.clone();
    asked.push(waiting);
    let listed = engine.list_on_decision(&by("commune", "list"), decision, &asked).await.unwrap();
    assert_eq!(listed.placed, CASES);
    assert_eq!(listed.left_out.len(), 1);
    assert_eq!(listed.left_out[0].0, waiting);
    assert_eq!(code(&listed.left_out[0].1), "case.not_at_this_step");

    let today = engine.today();
    let signing = by("chair", "sign");
    engine.sign_decision(&signing, decision, "120/QĐ-UBND", today).await.unwrap();
    // Repeated, as after a lost answer.
    let again = engine.sign_decision(&signing, decision, "120/QĐ-UBND", today).await.unwrap();
    assert!(again.repeated);
    assert_eq!(desk.sweep().await.changed, CASES);
    assert_eq!(desk.sweep().await.changed, 0);
    for case in &cases {
        let events = desk.events(*case).await;
        let recognised = events.iter().filter(|name| *name == "TitleRecognised").count();
        assert_eq!(recognised, 1, "{events:?}");
    }
    let row = read(&desk, decision).await;
    assert!(row.settled && row.state == "signed");
    assert_eq!((row.listed, row.placed, row.concluded), (CASES as u64, 0, CASES as u64));
    let annex = engine.decision_annex(decision, today).await.unwrap();
    let digest = codec::annex::annex_digest(&annex).unwrap();
    assert_eq!(row.annex.as_deref(), Some(digest.as_str()), "anybody can draw the annex up again");
    assert_eq!(annex.iter().filter(|byte| **byte == b'\n').count(), CASES);
}

async fn read(desk: &Desk, id: DecisionId) -> projections::query::decisions::DecisionRow {
    desk.caught_up().await;
    desk.runner.models().read(move |reader| reader.decision(id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn one_case_that_the_signatory_may_not_decide_keeps_all_from_being_signed() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..5).await;
    let own = engine::kit::household(3);
    desk.commune.own("chair", own).await;
    let decision = desk.draft("own").await;
    let engine = &desk.commune.engine;
    engine.list_on_decision(&by("commune", "list"), decision, &cases).await.unwrap();
    let today = engine.today();
    let refused =
        engine.sign_decision(&by("chair", "sign"), decision, "1", today).await.unwrap_err();
    let EngineError::Refused(Refused::Decision(decision::Refusal::CaseNotReady {
        case, code, ..
    })) = refused
    else {
        panic!("{refused}")
    };
    assert_eq!((case, code), (cases[3], "case.own_subject"));
    assert_eq!(desk.sweep().await.changed, 0, "nothing was signed");
    let row = read(&desk, decision).await;
    assert_eq!((row.state.as_str(), row.placed), ("draft", 5));

    // Taken off with a reason, the rest is signed, and the one goes its own way.
    let sealer = engine.sealer(own.0).unwrap();
    let reason = sealer.seal("reason", "Hộ của Chủ tịch").unwrap();
    let command = Command::TakeOff { case: cases[3], reason };
    engine.decision(&by("commune", "off"), decision, command).await.unwrap();
    engine.settle_decision(decision).await.unwrap();
    engine.sign_decision(&by("chair", "again"), decision, "1", today).await.unwrap();
    assert_eq!(desk.sweep().await.changed, 4);
    let events = desk.events(cases[3]).await;
    assert_eq!(&events[events.len() - 2..], ["PlacedOnDecision", "RemovedFromDecision"]);
    let free = engine.case(&by("commune", "claim"), cases[3], case::Command::Claim).await;
    assert_eq!(code_of(free), "actor.not_appointed", "only the chair decides");
}

fn code_of<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    code(&result.unwrap_err())
}

#[tokio::test]
async fn a_case_on_a_draft_stands_still_until_it_is_taken_off() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..1).await;
    let decision = desk.draft("still").await;
    let other = desk.draft("other").await;
    let engine = &desk.commune.engine;
    engine.list_on_decision(&by("commune", "list"), decision, &cases).await.unwrap();
    let twice = engine.list_on_decision(&by("commune", "list 2"), other, &cases).await.unwrap();
    assert_eq!(twice.placed, 0);
    assert_eq!(code(&twice.left_out[0].1), "case.on_decision");
    let alone = engine.case(&by("chair", "alone"), cases[0], desk.commune.recognise()).await;
    assert_eq!(code_of(alone), "case.on_decision");
}

#[tokio::test]
async fn what_was_listed_but_not_placed_is_placed_by_the_clerk() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..7).await;
    let decision = desk.draft("interrupted").await;
    let engine = &desk.commune.engine;
    // As if the server had been killed after the list and before the first case.
    let command = Command::List { cases: cases.clone() };
    engine.decision(&by("commune", "list"), decision, command).await.unwrap();
    assert!(!read(&desk, decision).await.settled);
    let today = engine.today();
    let early = engine.sign_decision(&by("chair", "early"), decision, "1", today).await;
    assert_eq!(code_of(early), "decision.case_not_ready");
    assert_eq!(desk.sweep().await.changed, 7);
    assert!(read(&desk, decision).await.settled);
}

#[tokio::test]
async fn a_cancelled_decision_gives_its_cases_back_to_be_decided_anew() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..3).await;
    let decision = desk.draft("first").await;
    let engine = &desk.commune.engine;
    engine.list_on_decision(&by("commune", "list"), decision, &cases).await.unwrap();
    let today = engine.today();
    engine.sign_decision(&by("chair", "sign"), decision, "7/QĐ-UBND", today).await.unwrap();
    desk.sweep().await;
    let reason = engine.sealer(decision.0).unwrap().seal("reason", "Sai phụ lục").unwrap();
    let cancel = Command::Cancel { number: "8/QĐ-UBND".into(), date: today, reason };
    engine.decision(&by("chair", "cancel"), decision, cancel).await.unwrap();
    assert_eq!(desk.sweep().await.changed, 3);
    let on = Some(today);
    let in_force = move |reader: &projections::Reader<'_>| {
        let territory = vec!["VN".parse().unwrap()];
        let filter = projections::query::titles::TitlesFilter { territory, on, ..<_>::default() };
        reader.titles(&filter, None, 100)
    };
    let models = desk.runner.models();
    assert_eq!(models.read(in_force).await.unwrap().items.len(), 0);
    let second = desk.draft("second").await;
    let listed = engine.list_on_decision(&by("commune", "list 2"), second, &cases).await.unwrap();
    assert_eq!(listed.placed, 3);
    engine.sign_decision(&by("chair", "sign 2"), second, "9/QĐ-UBND", today).await.unwrap();
    desk.sweep().await;
    let titles = models.read(in_force).await.unwrap().items;
    assert_eq!(titles.len(), 3);
    assert!(titles.iter().all(|title| title.decision == Some(second)));
    assert!(read(&desk, decision).await.settled);
}
