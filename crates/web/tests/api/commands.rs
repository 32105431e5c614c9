//! What every command has in common: identity, revision, refusals.

use serde_json::json;

use crate::world::{Staff, World, claims, decision, reviews};

const KEY: &str = "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01";

#[tokio::test]
async fn a_repeated_command_changes_nothing_and_says_so() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let path = format!("{case}/self-assessment");
    let headers = [("idempotency-key", KEY)];
    let first = world.post_with(&staff.recorder, &path, &headers, claims(8)).await.ok();
    let again = world.post_with(&staff.recorder, &path, &headers, claims(8)).await.ok();
    assert_eq!((&first.body["repeated"], &again.body["repeated"]), (&json!(false), &json!(true)));
    for field in ["id", "revision", "position", "events"] {
        assert_eq!(first.body[field], again.body[field], "{field}");
    }
    assert_eq!(first.headers["etag"], again.headers["etag"]);
    assert_eq!(first.headers["hieuhoc-position"], again.headers["hieuhoc-position"]);
    let other = world.post_with(&staff.recorder, &path, &headers, claims(7)).await;
    other.refused(422, "http.key_reused");
    // The same key at another address, or by another officer, is another command.
    world.post_with(&staff.hamlet, &format!("{case}/claim"), &headers, json!({})).await.ok();
    let revision = world.get(&staff.hamlet, &case).await.body["revision"].clone();
    assert_eq!(revision, 3);
}

#[tokio::test]
async fn a_repeated_registration_is_the_same_case() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let subject = world.household("H-0001", "05158-01").await;
    let body = json!({ "subject": subject, "year": 2026, "procedure": "family.sample-2026" });
    let headers = [("idempotency-key", KEY)];
    let post = async |headers| {
        world.post_with(&staff.recorder, "/api/v1/cases", headers, body.clone()).await
    };
    let first = post(&headers).await.ok();
    let again = post(&headers).await.ok();
    assert_eq!((first.id(), again.status.as_u16()), (again.id(), 201));
    assert_eq!(again.body["repeated"], true);
    post(&[]).await.refused(409, "case.already_registered");
}

#[tokio::test]
async fn a_token_is_shown_once() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let me = world.get(&staff.chair, "/api/v1/me").await.ok();
    let path = format!("/api/v1/officers/{}/tokens", me.body["officer"]["id"].as_str().unwrap());
    let headers = [("idempotency-key", KEY)];
    let body = json!({ "label": "máy thứ hai", "until": "2027-01-31" });
    let first = world.post_with(&world.admin, &path, &headers, body.clone()).await.ok();
    let again = world.post_with(&world.admin, &path, &headers, body).await.ok();
    let token = first.body["token"].as_str().unwrap();
    assert_eq!(world.get(token, "/api/v1/me").await.ok().body["officer"], me.body["officer"]);
    assert_eq!((&again.body["token"], &again.body["digest"]), (&json!(null), &json!(null)));
    assert_eq!(again.body["repeated"], true);
    let digest = web::token_digest(token).unwrap().to_string();
    assert_eq!(first.body["digest"], digest);
    let long = json!({ "label": "x", "until": "2029-01-31" });
    world.post(&world.admin, &path, long).await.refused(422, "officer.bad_token_end");
    let blank = json!({ "label": " ", "until": "2027-01-31" });
    world.post(&world.admin, &path, blank).await.refused(422, "text.empty");
}

#[tokio::test]
async fn a_decision_on_an_older_revision_is_refused() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let path = format!("{case}/self-assessment");
    let seen = world.get(&staff.recorder, &case).await.headers["etag"].to_str().unwrap().to_owned();
    world.post_with(&staff.recorder, &path, &[("if-match", &seen)], claims(8)).await.ok();
    let claim = format!("{case}/claim");
    let stale = world.post_with(&staff.hamlet, &claim, &[("if-match", &seen)], json!({})).await;
    let stale = stale.refused(412, "http.stale");
    assert_eq!(stale.body["revision"], 2);
    assert_eq!(stale.body["params"], json!({ "expected": "0", "actual": "2" }));
    world.post_with(&staff.hamlet, &claim, &[("if-match", "\"2\"")], json!({})).await.ok();
    for bad in ["2", "W/\"2\"", "\"x\""] {
        let reply = world.post_with(&staff.hamlet, &claim, &[("if-match", bad)], json!({})).await;
        reply.refused(400, "http.bad_header");
    }
    let reply =
        world.post_with(&staff.hamlet, &claim, &[("idempotency-key", "7")], json!({})).await;
    reply.refused(400, "http.bad_header");
}

#[tokio::test]
async fn every_class_of_refusal_has_its_status() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let act = |name: &str| format!("{case}/{name}");
    // Authority.
    let reply = world.post(&staff.chair, &act("self-assessment"), claims(8)).await;
    reply.refused(403, "actor.not_appointed");
    // State.
    let reply = world.post(&staff.chair, &act("recognition"), decision()).await;
    reply.refused(409, "case.not_at_this_step");
    world.post(&staff.recorder, &act("self-assessment"), claims(8)).await.ok();
    // Separation: the recorder also reviews.
    let me = world.get(&staff.recorder, "/api/v1/me").await.body["officer"]["id"].clone();
    let officer = format!("/api/v1/officers/{}", me.as_str().unwrap());
    let role = json!({ "role": "hamlet-reviewer", "unit": "05158-01", "from": "2026-01-01" });
    world.post(&world.admin, &format!("{officer}/appointments"), role).await.ok();
    let reply = world.post(&staff.recorder, &act("review"), reviews(8)).await;
    reply.refused(403, "case.steps_not_separate");
    // Conflict: the household is the reviewer's own.
    let me = world.get(&staff.hamlet, "/api/v1/me").await.body["officer"]["id"].clone();
    let officer = format!("/api/v1/officers/{}", me.as_str().unwrap());
    let subject = world.get(&staff.hamlet, &case).await.body["subject"].clone();
    let interest = json!({ "subject": subject, "relation": "household" });
    world.post(&world.admin, &format!("{officer}/interests"), interest).await.ok();
    let reply = world.post(&staff.hamlet, &act("review"), reviews(8)).await;
    reply.refused(403, "case.own_subject");
    // Absent.
    let nobody = "00000000-0000-0000-0000-000000000001";
    let path = format!("/api/v1/cases/{nobody}/claim");
    world.post(&staff.chair, &path, json!({})).await.refused(404, "case.unknown");
    let body = json!({ "subject": nobody, "year": 2026 });
    let reply = world.post(&staff.recorder, "/api/v1/cases", body).await;
    reply.refused(404, "case.unknown_subject");
    let path = format!("/api/v1/subjects/{nobody}/correction");
    let reply = world.post(&world.admin, &path, json!({ "name": "A" })).await;
    reply.refused(404, "subject.unknown");
}

#[tokio::test]
async fn a_title_before_its_time_is_refused() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.set_time("2026-10-20T02:00:00Z");
    let case = staff.case_to_decide(&world, "H-0001").await;
    let early = json!({ "decision": { "number": "1/QĐ-UBND", "date": "2026-10-20" } });
    let reply = world.post(&staff.chair, &format!("{case}/recognition"), early).await;
    let reply = reply.refused(409, "case.too_early");
    assert_eq!(reply.body["params"]["from"], "2026-11-01");
    let body = json!({ "subject": world.household("H-0002", "05158-01").await, "year": 2027 });
    let reply = world.post(&staff.recorder, "/api/v1/cases", body).await;
    reply.refused(409, "case.out_of_season");
}

#[tokio::test]
async fn without_a_procedure_in_force_one_cannot_register() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let body = json!({ "kind": "citizen", "code": "C-1", "unit": "05158-01", "name": "Lò Văn An" });
    let citizen = world.post(&world.admin, "/api/v1/subjects", body).await.ok().id();
    let post = async |body| world.post(&staff.recorder, "/api/v1/cases", body).await;
    let reply = post(json!({ "subject": citizen, "year": 2026 })).await;
    reply.refused(422, "http.no_procedure_in_force");
    let reply = post(json!({ "subject": citizen, "year": 2026, "title": "family" })).await;
    reply.refused(422, "case.wrong_kind");
    let reply = post(json!({ "subject": citizen, "year": 2026, "procedure": "family.none" })).await;
    reply.refused(404, "procedure.unknown");
}

#[tokio::test]
async fn a_read_waits_for_a_position_or_says_that_it_is_behind() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let body = json!({ "kind": "household", "code": "H-1", "unit": "05158-01", "name": "A" });
    let made = world.post(&world.admin, "/api/v1/subjects", body).await.ok();
    let position = made.body["position"].as_str().unwrap();
    let path = format!("/api/v1/subjects/{}?after_position={position}", made.id());
    world.get(&staff.commune, &path).await.ok();
    let path = "/api/v1/me?after_position=999999";
    world.get(&staff.commune, path).await.refused(503, "http.read_behind");
    world.get(&staff.commune, "/api/v1/me?after_position=x").await.refused(400, "http.bad_header");
}
