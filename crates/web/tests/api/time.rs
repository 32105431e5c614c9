//! Time limits, signs and reminders as readers see them.

use serde_json::json;

use crate::world::{Staff, World, claims, decision, reviews};

#[tokio::test]
async fn delay_is_counted_in_working_days_and_put_before_a_superior() {
    let world = World::new().await;
    world.publish_calendar().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let fresh = staff.case(&world, "H-0002").await;
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    world.post(&staff.hamlet, &format!("{case}/review"), reviews(9)).await.ok();
    // Ten working days from 10 November, with 24 November off.
    let read = world.get(&staff.commune, &case).await.ok();
    assert_eq!((&read.body["due"], &read.body["breached"]), (&json!("2026-11-25"), &json!(false)));
    let queue = async |query: &str| {
        world.get(&staff.commune, &format!("/api/v1/queue?{query}")).await.ok().items().to_vec()
    };
    let first = queue("").await[0].clone();
    assert_eq!((&first["due"], &first["days_left"]), (&json!("2026-11-25"), &json!(10)));
    assert!(
        queue("breached=true").await.is_empty() && queue("due_before=2026-11-25").await.is_empty()
    );
    assert_eq!(queue("due_before=2026-11-26").await.len(), 1);
    // While a supplement is awaited its time pauses.
    world.post(&staff.commune, &format!("{case}/return"), json!({ "reason": "Thiếu" })).await.ok();
    let read = world.get(&staff.commune, &case).await.ok();
    assert_eq!((&read.body["due"], &read.body["paused"]), (&json!(null), &json!("commune_review")));
    let more =
        json!({ "lines": [{ "indicator": "1a", "points": 8, "evidence": [{ "label": "Sổ" }] }] });
    world.post(&staff.recorder, &format!("{case}/supplement"), more).await.ok();

    world.set_time("2026-11-26T02:00:00Z");
    assert_eq!(queue("breached=true").await.len(), 1);
    let counts = world.get(&staff.commune, "/api/v1/queue/counts").await.ok();
    let late = counts.items().iter().find(|line| line["step"] == "commune_review").unwrap();
    assert_eq!((&late["breached"], &late["due_soon"]), (&json!(1), &json!(0)));
    world.watch(&case).await;
    let read = world.get(&staff.commune, &case).await.ok();
    assert_eq!(
        (&read.body["breached"], &read.body["escalated_to"]),
        (&json!(true), &json!("commune-chair"))
    );
    let escalated = world.get(&staff.chair, "/api/v1/queue/escalated").await.ok();
    assert_eq!(escalated.items().len(), 1);
    assert_eq!(escalated.items()[0]["days_left"], -1);
    let neighbour = world.officer("neighbour", "commune-chair", "05092").await;
    let none = world.get(&neighbour, "/api/v1/queue/escalated").await.ok();
    assert!(none.items().is_empty());
    assert_eq!(world.get(&staff.chair, &fresh).await.body["due"], json!(null));
}

#[tokio::test]
async fn the_end_of_a_title_is_reminded_of() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await;
    world.post(&staff.chair, &format!("{case}/recognition"), decision()).await.ok();
    world.set_time("2027-06-01T02:00:00Z");
    world.watch(&case).await;
    let list =
        async |token: &str| world.get(token, "/api/v1/reminders").await.ok().items().to_vec();
    assert!(list(&staff.chair).await.is_empty());
    let token = world.officer("late", "commune-reader", "05158").await;
    let body = json!({ "label": "test", "until": "2028-06-30" });
    let me =
        world.get(&token, "/api/v1/me").await.body["officer"]["id"].as_str().unwrap().to_owned();
    world.set_time("2027-10-20T02:00:00Z");
    world.watch(&case).await;
    let issued =
        world.post(&world.admin, &format!("/api/v1/officers/{me}/tokens"), body).await.ok();
    let token = issued.body["token"].as_str().unwrap();
    let reminders = list(token).await;
    assert_eq!(
        (&reminders[0]["about"], &reminders[0]["until"]),
        (&json!("renewal"), &json!("2027-11-09"))
    );
    assert_eq!(reminders[0]["days_before"], 30);
}

#[tokio::test]
async fn a_sign_comes_with_its_rule_and_is_a_question() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    for number in 0..20 {
        let case = staff.case(&world, &format!("H-{number:04}")).await;
        world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(10)).await.ok();
        world.post(&staff.hamlet, &format!("{case}/review"), reviews(10)).await.ok();
    }
    let signs = world.get(&staff.chair, "/api/v1/signs?title=family&year=2026").await.ok();
    let maximum = signs.items().iter().find(|sign| sign["name"] == "everything_at_maximum");
    let maximum = maximum.unwrap();
    assert_eq!(
        (&maximum["count"], &maximum["of"], &maximum["percent"]),
        (&json!(20), &json!(20), &json!(100))
    );
    assert_eq!(maximum["step"], "hamlet_review");
    assert!(maximum["rule_vi"].as_str().unwrap().contains("80%"));
    assert!(signs.body["question_en"].as_str().unwrap().contains("not an accusation"));
    let neighbour = world.officer("neighbour", "commune-reviewer", "05092").await;
    let none = world.get(&neighbour, "/api/v1/signs").await.ok();
    assert!(none.items().is_empty());
}

#[tokio::test]
async fn the_calendar_says_where_its_days_were_seen() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.get(&staff.hamlet, "/api/v1/calendar").await.refused(404, "http.no_calendar");
    world.publish_calendar().await;
    let calendar = world.get(&staff.hamlet, "/api/v1/calendar").await.ok();
    assert_eq!(calendar.body["published_on"], "2026-11-10");
    let days = calendar.body["days_off"].as_array().unwrap();
    assert!(days.len() > 30);
    for day in days {
        let source = day["source"].as_str().unwrap();
        let seen = calendar.body["sources"][source]["seen"].as_bool().unwrap();
        assert!(seen || day["status"] == "provisional", "{day}");
    }
}
