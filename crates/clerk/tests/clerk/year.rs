//! What days bring about: renewal, reminders, lapse.

use engine::kit::household;
use procedure::{CaseId, Title};

use crate::desk::Desk;

fn case_of(number: usize, year: i16) -> CaseId {
    CaseId::of(Title::Family, household(number), year)
}

#[tokio::test]
async fn a_title_is_renewed_or_lapses() {
    let desk = Desk::new().await;
    let cases = desk.ready(0..2).await;
    for case in &cases {
        desk.commune.sign(*case).await;
    }
    // Recognised on 23 November 2026 for twelve months.
    assert_eq!(desk.sweep().await.changed, 0);
    desk.set_day("2027-01-04");
    assert_eq!(desk.sweep().await.changed, 2, "a case for each title that ends with the year");
    assert_eq!(desk.sweep().await.changed, 0);
    let renewed = case_of(0, 2027);
    assert_eq!(desk.events(renewed).await, ["CaseRegistered", "Prefilled"]);
    let row = desk.runner.models().read(move |reader| reader.case(renewed)).await.unwrap().unwrap();
    assert_eq!(row.renews, Some(cases[0]));

    // One family hands in and is recognised anew; the other is reminded and lets it lapse.
    let commune = &desk.commune;
    desk.set_day("2027-10-20");
    let request = engine::kit::by("recorder", "again");
    commune.engine.case(&request, renewed, commune.claims()).await.unwrap();
    commune.review_twice(renewed).await;
    desk.set_day("2027-11-01");
    commune.sign(renewed).await;
    desk.sweep().await;
    let reminded = desk.events(cases[1]).await;
    assert_eq!(reminded.last().map(String::as_str), Some("Reminded"));
    desk.set_day("2027-11-23");
    desk.sweep().await;
    let lapsed = |events: Vec<String>| events.iter().filter(|name| *name == "TitleLapsed").count();
    assert_eq!(lapsed(desk.events(cases[1]).await), 1);
    assert_eq!(lapsed(desk.events(cases[0]).await), 0, "another title has taken its place");
    assert_eq!(desk.sweep().await.changed, 0);
    let history = desk.runner.models().read(|reader| reader.title_history(household(1), None));
    let years: Vec<_> =
        history.await.unwrap().into_iter().map(|year| (year.year, year.ended)).collect();
    assert_eq!(years, [(2026, Some("lapsed".to_owned())), (2027, None)]);
}
