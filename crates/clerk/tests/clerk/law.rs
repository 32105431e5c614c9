//! Law over time: a case keeps its definition, whatever is published after it, and a year that began
//! under one definition goes on under it where the next one says so.

use engine::Request;
use engine::kit::{by, household, id, operator};
use procedure::definition::{Status, Transition};
use procedure::{Bilingual, Definition, ProcedureId, Title, edition};

use crate::desk::Desk;

async fn publish(desk: &Desk, definition: Definition) -> ProcedureId {
    let procedure = definition.id.clone();
    let digest = codec::definition::digest(&definition).unwrap();
    let command = edition::Command::Publish { definition: Box::new(definition), digest };
    let request = Request::new(operator(), id(&format!("publish {procedure}")));
    desk.commune.engine.procedure(&request, &procedure, command).await.unwrap();
    procedure
}

/// The commune's definition with another name, which asks for everything.
fn stricter(desk: &Desk, name: &str, from: &str) -> Definition {
    let mut definition = desk.commune.definition.clone();
    definition.id = name.parse().unwrap();
    definition.in_force.from = from.parse().unwrap();
    definition.outcome.minimum_total.as_mut().unwrap().value = 100;
    definition
}

#[tokio::test]
async fn a_case_keeps_its_definition_whatever_is_published_after_it() {
    let desk = Desk::new().await;
    let subject = desk.commune.enter(1).await;
    let case = desk.commune.assess(subject).await;
    // One from before it, and one from today.
    publish(&desk, stricter(&desk, "family.earlier", "2025-01-01")).await;
    publish(&desk, stricter(&desk, "family.today", "2026-11-23")).await;
    let engine = &desk.commune.engine;
    for code in ["hamlet", "commune"] {
        let mut review = desk.commune.review();
        let procedure::case::Command::Review { lines } = &mut review else { unreachable!() };
        lines[0].points -= 1;
        lines[0].finding = procedure::case::Finding::Adjusted;
        let note = engine.sealer(subject.0).unwrap().seal("note", "Thiếu một điểm").unwrap();
        lines[0].note = Some(note);
        engine.case(&by(code, &format!("review {case}")), case, review).await.unwrap();
    }
    // 99 points are enough for the definition that it was registered under.
    desk.commune.sign(case).await;
    desk.caught_up().await;
    let row = desk.runner.models().read(move |reader| reader.case(case)).await.unwrap().unwrap();
    assert_eq!(row.procedure, desk.commune.procedure());
}

#[tokio::test]
async fn a_year_that_began_under_one_definition_goes_on_under_it() {
    let desk = Desk::new().await;
    let mut next = stricter(&desk, "family.next", "2026-11-01");
    let source = next.in_force.source.clone();
    let about = Bilingual { vi: "Áp dụng từ năm 2027".into(), en: "From 2027 on".into() };
    next.transition =
        Some(Transition { first_year: 2027, about, status: Status::Provisional, source });
    let next = publish(&desk, next).await;
    desk.caught_up().await;
    let chosen = |on: &str, year: i16| {
        let on = on.parse().unwrap();
        desk.runner
            .models()
            .read(move |reader| reader.procedure_in_force(Title::Family, (on, year)))
    };
    let before = desk.commune.procedure();
    assert_eq!(chosen("2026-11-23", 2026).await.unwrap(), Some(before.clone()));
    assert_eq!(chosen("2027-01-10", 2027).await.unwrap(), Some(next.clone()));
    assert_eq!(chosen("2027-01-10", 2026).await.unwrap(), Some(before));
    // Nobody gets around it by naming the definition.
    let subject = desk.commune.enter(2).await;
    assert_eq!(subject, household(2));
    let request = by("recorder", "too early");
    let refused = desk.commune.engine.register_case(&request, &next, subject, 2026).await;
    let engine::EngineError::Refused(refused) = refused.unwrap_err() else { panic!() };
    assert_eq!(refused.get().code(), "case.procedure_not_for_year");
}
