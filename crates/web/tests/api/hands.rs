//! In whose hands a case is: assigned, taken over, handed over, in another's place; and what was
//! refused for who asked.

use serde_json::{Value, json};

use crate::world::{Staff, World, claims, decision, officer_id, reviews};

fn id(case: &str) -> String {
    case.rsplit('/').next().unwrap().to_owned()
}

async fn holder(world: &World, case: &str) -> Value {
    world.get(&world.admin, case).await.ok().body["holder"].clone()
}

/// A case that waits for its first review.
async fn assessed(world: &World, staff: &Staff, code: &str) -> String {
    let case = staff.case(world, code).await;
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    case
}

#[tokio::test]
async fn a_case_is_given_taken_over_and_handed_over() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let second = world.officer("second", "hamlet-reviewer", "05158-01").await;
    let (one, two) = (officer_id(&world, &staff.hamlet).await, officer_id(&world, &second).await);
    let chair = officer_id(&world, &staff.chair).await;
    let mut cases = Vec::new();
    for number in 0..3 {
        cases.push(assessed(&world, &staff, &format!("H-{number}")).await);
    }
    let case = &cases[0];
    let assign = async |token: &str, to: &str| {
        let body = json!({ "to": to, "reason": "Phân công" });
        world.post(token, &format!("{case}/assignment"), body).await
    };
    assign(&staff.hamlet, &two).await.ok();
    assert_eq!(holder(&world, case).await, json!(two));
    // Neither may the recorder give it to anybody, nor can it be given to the chair.
    assign(&staff.recorder, &two).await.refused(403, "actor.not_appointed");
    assign(&world.admin, &chair).await.refused(403, "actor.not_appointed");
    let reason = json!({ "reason": "Đồng chí nghỉ ốm" });
    world.post(&staff.hamlet, &format!("{case}/takeover"), reason).await.ok();
    assert_eq!(holder(&world, case).await, json!(one));

    let ids: Vec<_> = cases.iter().map(|case| id(case)).collect();
    let body = json!({ "cases": ids, "to": one });
    let given = world.post(&world.admin, "/api/v1/assignments", body).await.ok();
    assert_eq!(given.body["done"].as_array().unwrap().len(), 3);

    let path = format!("/api/v1/officers/{one}/handover");
    let body = json!({ "to": two, "reason": "Nghỉ hưu" });
    let handed = world.post(&world.admin, &path, body.clone()).await.ok();
    assert_eq!(handed.body["done"].as_array().unwrap().len(), 3, "{}", handed.text);
    for case in &cases {
        assert_eq!(holder(&world, case).await, json!(two));
    }
    let timeline = world.get(&world.admin, &format!("{case}/timeline")).await.ok();
    let last = timeline.body["entries"].as_array().unwrap().last().unwrap()["event"].clone();
    assert_eq!((&last["to"], &last["reason"]), (&json!(two), &json!("Nghỉ hưu")));
    let again = world.post(&world.admin, &path, body).await.ok();
    assert_eq!((&again.body["done"], &again.body["refused"]), (&json!([]), &json!([])));

    // The other hands his own cases back; a colleague cannot do it for him.
    let path = format!("/api/v1/officers/{two}/handover");
    let back = json!({ "reason": "Đi học" });
    let reply = world.post(&staff.hamlet, &path, back.clone()).await.ok();
    let codes: Vec<_> =
        reply.body["refused"].as_array().unwrap().iter().map(|line| line["code"].clone()).collect();
    assert_eq!(codes, vec![json!("case.held_by_other"); 3]);
    let reply = world.post(&second, &path, back).await.ok();
    assert_eq!(reply.body["done"].as_array().unwrap().len(), 3);
    assert_eq!(holder(&world, case).await, json!(null));
}

#[tokio::test]
async fn another_acts_in_the_chairs_place_until_it_is_ended() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    // The deputy has an office in the neighbouring commune alone.
    let deputy = world.officer("deputy", "commune-reviewer", "05092").await;
    let (chair, other) =
        (officer_id(&world, &staff.chair).await, officer_id(&world, &deputy).await);
    let case = staff.case_to_decide(&world, "H-0001").await;
    world.get(&deputy, &case).await.refused(404, "case.unknown");
    let path = format!("/api/v1/officers/{other}/delegations");
    let mut body = json!({ "delegator": chair, "role": "commune-chair", "unit": "05158",
        "from": "2026-11-10", "until": "2026-11-30" });
    world.post(&staff.commune, &path, body.clone()).await.refused(403, "actor.not_appointed");
    world.post(&staff.chair, &path, body.clone()).await.ok();
    world.post(&staff.chair, &path, body.clone()).await.refused(409, "officer.already_delegated");
    body["until"] = json!("2026-11-01");
    world.post(&staff.chair, &path, body).await.refused(422, "officer.bad_delegation");

    let me = world.get(&deputy, "/api/v1/me").await.ok();
    assert_eq!(me.body["territory"], json!(["05092", "05158"]));
    assert_eq!(me.body["officer"]["delegations"][0]["delegator"], json!(chair));
    world.get(&deputy, &case).await.ok();
    world.post(&deputy, &format!("{case}/recognition"), decision()).await.ok();
    let timeline = world.get(&staff.chair, &format!("{case}/timeline")).await.ok();
    let last = timeline.body["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["actor"]["officer"], &last["actor"]["in_place_of"]),
        (&json!(other), &json!(chair))
    );

    let end = json!({ "delegator": chair, "role": "commune-chair", "unit": "05158", "from": "2026-11-10" });
    world.post(&staff.chair, &format!("{path}/end"), end.clone()).await.ok();
    world
        .post(&staff.chair, &format!("{path}/end"), end)
        .await
        .refused(409, "officer.not_delegated");
    world.get(&deputy, &case).await.refused(404, "case.unknown");
}

#[tokio::test]
async fn a_power_that_was_passed_on_ends_with_the_office_behind_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let deputy = world.officer("deputy", "commune-reviewer", "05092").await;
    let (chair, other) =
        (officer_id(&world, &staff.chair).await, officer_id(&world, &deputy).await);
    let case = staff.case_to_decide(&world, "H-0001").await;
    let body = json!({ "delegator": chair, "role": "commune-chair", "unit": "05158",
        "from": "2026-11-10", "until": "2026-12-31" });
    world.post(&world.admin, &format!("/api/v1/officers/{other}/delegations"), body).await.ok();
    world.get(&deputy, &case).await.ok();
    let relief = json!({ "role": "commune-chair", "unit": "05158", "from": "2026-11-12" });
    world.post(&world.admin, &format!("/api/v1/officers/{chair}/relief"), relief).await.ok();
    world.get(&deputy, &case).await.ok();
    world.set_time("2026-11-12T02:00:00Z");
    world.get(&deputy, &case).await.refused(404, "case.unknown");
}

#[tokio::test]
async fn what_was_refused_for_who_asked_is_kept() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "H-0001").await;
    let review = format!("{case}/review");
    world.post(&staff.chair, &review, reviews(9)).await.refused(403, "actor.not_appointed");
    let subject = world.get(&staff.hamlet, &case).await.body["subject"].clone();
    let hamlet = officer_id(&world, &staff.hamlet).await;
    let interest = json!({ "subject": subject, "relation": "household" });
    world.post(&world.admin, &format!("/api/v1/officers/{hamlet}/interests"), interest).await.ok();
    world.set_time("2026-11-11T02:00:00Z");
    world.post(&staff.hamlet, &review, reviews(9)).await.refused(403, "case.own_subject");
    // A slip of the pen is no such act.
    world.post(&staff.hamlet, &review, reviews(11)).await;
    // What was written after the answer: any later command waits for it.
    world.household("H-0002", "05158-01").await;

    let list = async |token: &str, query: &str| -> Vec<Value> {
        let reply = world.get(token, &format!("/api/v1/refused-acts?{query}")).await.ok();
        reply.items().iter().map(|line| line["code"].clone()).collect()
    };
    let (own, none) = (json!("case.own_subject"), json!("actor.not_appointed"));
    let about = format!("about={}", id(&case));
    let all = list(&staff.commune, &about).await;
    assert_eq!((all.first(), all.last()), (Some(&own), Some(&none)));
    assert_eq!(list(&staff.commune, "until=2026-11-10").await, [none]);
    let his = list(&staff.commune, &format!("officer={hamlet}&from=2026-11-11")).await;
    assert!(!his.is_empty() && his.iter().all(|code| *code == own));
    let first = world.get(&staff.commune, "/api/v1/refused-acts?limit=1").await.ok();
    assert_eq!(first.items()[0]["act"], "review");
    assert_eq!(first.items()[0]["params"]["officer"], json!(hamlet));
    let next = first.body["next"].as_str().unwrap();
    assert!(!list(&staff.commune, &format!("limit=1&after={next}")).await.is_empty());
    let neighbour = world.officer("neighbour", "commune-reviewer", "05092").await;
    assert!(list(&neighbour, "").await.is_empty() && list(&neighbour, &about).await.is_empty());
}
