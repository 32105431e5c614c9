//! A whole case, from registration to the title in the register, by the officers it takes.

use serde_json::json;

use crate::world::{Staff, World, claims, decision, reviews};

#[tokio::test]
async fn a_family_comes_to_its_title() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let subject = world.household("H-0001", "05158-01").await;
    let body = json!({ "subject": subject, "year": 2026 });
    let registered = world.post(&staff.recorder, "/api/v1/cases", body).await.ok();
    assert_eq!(registered.status, 201);
    let case = format!("/api/v1/cases/{}", registered.id());
    assert_eq!(registered.headers["location"], case);
    assert_eq!(registered.headers["etag"], "\"0\"");
    let act = |name: &str| format!("{case}/{name}");

    // Every command is seen by the read right after it, without saying for which position.
    let read = world.get(&staff.recorder, &case).await.ok();
    assert_eq!(read.body["state"], "registered");
    assert_eq!(read.body["procedure"], "family.sample-2026");
    assert_eq!(read.body["place"], json!(["VN", "25", "05158", "05158-01"]));
    assert_eq!(read.body["subject_name"], "Đinh Công Đức");
    assert_eq!(read.headers["etag"], "\"0\"");

    world.post(&staff.recorder, &act("self-assessment"), claims(8)).await.ok();
    world.post(&staff.hamlet, &act("claim"), json!({})).await.ok();
    world.post(&staff.hamlet, &act("release"), json!({})).await.ok();
    let back = json!({ "reason": "Thiếu giấy khen", "indicators": ["1a"] });
    world.post(&staff.hamlet, &act("return"), back).await.ok();
    assert_eq!(world.get(&staff.recorder, &case).await.body["state"], "returned");
    let more = json!({ "lines": [{ "indicator": "1a", "points": 10,
        "evidence": [{ "label": "Giấy khen năm học 2025-2026" }], "note": "Đã bổ sung" }] });
    world.post(&staff.recorder, &act("supplement"), more).await.ok();
    let mut first = reviews(8);
    first["lines"][0]["points"] = json!(10);
    world.post(&staff.hamlet, &act("review"), first).await.ok();
    let mut second = reviews(8);
    second["lines"][0] = json!({ "indicator": "1a", "points": 9, "finding": "adjusted",
        "note": "Chỉ có giấy khen cấp trường" });
    let reviewed = world.post(&staff.commune, &act("review"), second).await.ok();
    let tag = reviewed.headers["etag"].to_str().unwrap().to_owned();
    let headers = [("if-match", tag.as_str())];
    let done = world.post_with(&staff.chair, &act("recognition"), &headers, decision()).await.ok();
    assert_eq!(done.body["events"], 1);

    let read = world.get(&staff.chair, &case).await.ok();
    assert_eq!(
        (read.body["state"].as_str(), read.body["reviewed"].as_u64()),
        (Some("recognised"), Some(81))
    );

    let titles = world.get(&staff.chair, "/api/v1/titles?on=2026-12-01&title=family").await.ok();
    let title = &titles.body["items"][0];
    assert_eq!(title["decision_number"], "125/QĐ-UBND");
    assert_eq!(title["valid_from"], "2026-11-10");
    assert_eq!(title["valid_until"], "2027-11-09");
    let before = world.get(&staff.chair, "/api/v1/titles?on=2026-11-09").await.ok();
    assert_eq!(before.body["items"], json!([]));
    let entry = title["entry"].as_u64().unwrap();
    let known = world.get(&staff.chair, &format!("/api/v1/titles?as_known_at={entry}")).await.ok();
    assert_eq!(known.body["items"], json!([]));
    let known = titles.body["known_at"].as_u64().unwrap();
    let again = world.get(&staff.chair, &format!("/api/v1/titles?as_known_at={known}")).await.ok();
    assert_eq!(again.body["items"].as_array().unwrap().len(), 1);

    let totals = world.get(&staff.chair, "/api/v1/totals?year=2026&title=family").await.ok();
    let total = &totals.body["items"][0];
    assert_eq!((total["unit"].as_str(), total["recognised"].as_u64()), (Some("05158"), Some(1)));
    assert_eq!(total["states"], json!({ "recognised": 1 }));
    let below = world.get(&staff.chair, "/api/v1/totals?unit=05158&children=true").await.ok();
    assert_eq!(below.body["items"][0]["unit"], "05158-01");

    let queue = world.get(&staff.chair, "/api/v1/queue").await.ok();
    assert_eq!(queue.body["items"], json!([]));
}

#[tokio::test]
async fn the_timeline_says_who_did_what_and_opens_texts() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let back = json!({ "reason": "Thiếu giấy khen" });
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(8)).await.ok();
    world.post(&staff.hamlet, &format!("{case}/return"), back).await.ok();
    let timeline = world.get(&staff.commune, &format!("{case}/timeline")).await.ok();
    let entries = timeline.body["entries"].as_array().unwrap();
    let types: Vec<_> = entries.iter().map(|entry| entry["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["CaseRegistered", "SelfAssessed", "StepCompleted", "ReturnedForSupplement"]);
    let last = entries.last().unwrap();
    assert_eq!(last["event"]["reason"], "Thiếu giấy khen");
    assert_eq!(last["state"]["phase"], "returned");
    assert_eq!(last["actor"]["role"], "hamlet-reviewer");
    assert_eq!(last["actor"]["unit"], "05158-01");
    let changed = last["changed"].as_array().unwrap();
    assert!(changed.iter().any(|change| change["path"] == "phase" && change["before"] == "open"));
    assert!(!timeline.text.contains("v1."), "a sealed text was left closed");
}

#[tokio::test]
async fn a_case_can_be_refused_or_withdrawn() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await;
    let mut body = decision();
    body["reason"] = json!("Có người vi phạm pháp luật");
    world.post(&staff.chair, &format!("{case}/refusal"), body).await.ok();
    assert_eq!(world.get(&staff.chair, &case).await.body["state"], "refused");
    let case = staff.case(&world, "H-0002").await;
    let reason = json!({ "reason": "Gia đình chuyển đi" });
    world.post(&staff.recorder, &format!("{case}/withdrawal"), reason).await.ok();
    assert_eq!(world.get(&staff.chair, &case).await.body["state"], "withdrawn");
}

#[tokio::test]
async fn subjects_officers_units_and_procedures_are_kept() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let admin = world.admin.clone();
    let subject = world.household("H-0001", "05158-01").await;
    let path = format!("/api/v1/subjects/{subject}");
    let right = json!({ "name": "Đinh Thị Hồng", "address": null });
    world.post(&admin, &format!("{path}/correction"), right).await.ok();
    world.post(&admin, &format!("{path}/move"), json!({ "unit": "05158-02" })).await.ok();
    let read = world.get(&staff.commune, &path).await.ok();
    assert_eq!(read.body["subject"]["name"], "Đinh Thị Hồng");
    assert_eq!(read.body["subject"]["address"], json!(null));
    assert_eq!(read.body["subject"]["place"][3], "05158-02");

    let me = world.get(&staff.commune, "/api/v1/me").await.ok();
    assert_eq!(
        (&me.body["territory"], &me.body["today"]),
        (&json!(["05158"]), &json!("2026-11-10"))
    );
    let officer = me.body["officer"]["id"].as_str().unwrap();
    let path = format!("/api/v1/officers/{officer}");
    let interest = json!({ "subject": subject, "relation": "household" });
    world.post(&admin, &format!("{path}/interests"), interest).await.ok();
    let read = world.get(&admin, &path).await.ok();
    assert_eq!(read.body["interests"][0]["relation"], "household");
    assert_eq!(read.body["appointments"][0]["in_force"], true);
    let relief = json!({ "role": "commune-reviewer", "unit": "05158", "from": "2026-11-10" });
    world.post(&admin, &format!("{path}/relief"), relief).await.ok();
    let me = world.get(&staff.commune, "/api/v1/me").await.ok();
    assert_eq!(me.body["territory"], json!([]));

    let reorganisation = json!({
        "instrument": { "number": "Nghị quyết mẫu" }, "effective": "2026-11-10", "sample": true,
        "changes": [{ "change": "retyped", "code": "05158", "name": "Phường Mường Bi", "kind": "ward" }]
    });
    world.post(&admin, "/api/v1/units/VN/reorganisations", reorganisation).await.ok();
    let today = world.get(&admin, "/api/v1/units/05158").await.ok();
    assert_eq!(today.body["unit"]["name"], "Phường Mường Bi");
    assert_eq!(today.body["path"].as_array().unwrap().len(), 3);
    let before = world.get(&admin, "/api/v1/units/05158?on=2026-11-09").await.ok();
    assert_eq!(before.body["unit"]["kind"], "commune");
    let below = world.get(&admin, "/api/v1/units/05158/children").await.ok();
    assert_eq!(below.body["items"].as_array().unwrap().len(), 2);

    let whole = world.get(&admin, "/api/v1/procedures/family.sample-2026").await.ok();
    let mut definition = whole.body["definition"].clone();
    definition["id"] = json!("family.other-2026");
    let body = json!({ "definition": definition });
    let published = world.post(&admin, "/api/v1/procedures", body.clone()).await.ok();
    assert_eq!((published.status.as_u16(), published.body["events"].as_u64()), (201, Some(1)));
    assert_eq!(world.post(&admin, "/api/v1/procedures", body).await.ok().body["events"], 0);
    world
        .post_raw(&admin, "/api/v1/procedures/family.other-2026/retirement", &[], vec![])
        .await
        .ok();
    let all = world.get(&admin, "/api/v1/procedures").await.ok();
    assert_eq!(all.body["items"].as_array().unwrap().len(), 4);
    let other = world.get(&admin, "/api/v1/procedures/family.other-2026").await.ok();
    assert_eq!(other.body["procedure"]["retired_on"], "2026-11-10");
}
