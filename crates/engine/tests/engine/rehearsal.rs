//! What would become of commands on a case: said in the words of the refusal, and nothing is written.

use std::sync::Arc;

use engine::kit::{Commune, by, household, officer};
use engine::{EngineError, Principal, Rehearsed};
use event_store::{EventStore, MemoryStore};
use procedure::case::{Command, Refusal};
use procedure::{CaseId, Refused, Sealed, actor};

async fn ask(commune: &Commune, code: &str, case: CaseId) -> Rehearsed {
    let reason = Sealed::new(String::new());
    let commands = [
        Command::Claim,
        commune.review(),
        Command::Return { reason, indicators: Vec::new() },
        commune.recognise(),
    ];
    let officers = ["hamlet", "commune", "other"].map(officer);
    let principal = Principal::Officer(officer(code));
    commune.engine.rehearse_case(&principal, case, &commands, &officers).await.unwrap()
}

fn code(refused: &Option<Refused>) -> &'static str {
    refused.as_ref().map_or("", |refused| refused.get().code())
}

#[tokio::test]
async fn what_would_be_refused_is_said_and_nothing_is_written() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    commune.appoint("other", "hamlet-reviewer", "05158-05").await;
    let case = commune.assessed(1).await;
    let head = store.head().await.unwrap();

    let may = ask(&commune, "hamlet", case).await;
    let codes: Vec<_> = may.refused.iter().map(code).collect();
    assert_eq!(codes, ["", "", "", "case.not_at_this_step"]);
    assert_eq!((may.obstacles, may.assignable), (vec![], vec![officer("hamlet")]));

    let may_not = ask(&commune, "commune", case).await;
    let Some(Refused::Actor(actor::Refusal::NotAppointed { role, .. })) = &may_not.refused[0]
    else {
        panic!("{:?}", may_not.refused)
    };
    assert_eq!(role.as_str(), "hamlet-reviewer");
    assert_eq!(may_not.assignable, []);
    assert_eq!(store.head().await.unwrap(), head, "nothing was to be written");
}

#[tokio::test]
async fn a_holder_a_conflict_and_an_earlier_step_are_named() {
    let commune = Commune::new(Arc::new(MemoryStore::new())).await;
    commune.own("commune", household(2)).await;
    let (first, second) = (commune.assessed(1).await, commune.assessed(2).await);
    commune.engine.case(&by("hamlet", "review 2"), second, commune.review()).await.unwrap();
    let conflict = Refusal::OwnSubject { officer: officer("commune") };
    assert_eq!(ask(&commune, "commune", second).await.refused[1], Some(conflict.into()));

    commune.appoint("deputy", "hamlet-reviewer", "05158").await;
    commune.engine.case(&by("hamlet", "claim"), first, Command::Claim).await.unwrap();
    let held = Refusal::HeldByOther { holder: officer("hamlet") };
    assert_eq!(ask(&commune, "deputy", first).await.refused[1], Some(held.into()));

    let unknown = CaseId(household(9).0);
    let nobody = Principal::Officer(officer("hamlet"));
    let error = commune.engine.rehearse_case(&nobody, unknown, &[], &[]).await.unwrap_err();
    assert!(matches!(error, EngineError::Refused(Refused::Case(Refusal::Unknown))), "{error}");
}
