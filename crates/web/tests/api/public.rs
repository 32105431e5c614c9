//! What happens in public: meetings, postings, objections; one case at a time and many at once.

use serde_json::{Value, json};

use crate::world::{Reply, Staff, World, claims, decision, meeting, posting, reviews, votes};

const KEY: &str = "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01";

async fn state(world: &World, token: &str, case: &str) -> String {
    world.get(token, case).await.ok().body["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_case_goes_through_meeting_and_posting_to_its_title_and_loses_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_vote(&world, "H-0001").await;
    let act = |name: &str| format!("{case}/{name}");
    assert_eq!(state(&world, &staff.chair, &case).await, "in_meeting");

    let headers = [("idempotency-key", KEY)];
    let body = meeting("2026-11-10");
    let met = world.post_with(&staff.hamlet, "/api/v1/meetings", &headers, body.clone()).await.ok();
    assert_eq!(met.status, 201);
    let again = world.post_with(&staff.hamlet, "/api/v1/meetings", &headers, body).await.ok();
    assert_eq!((again.id(), &again.body["repeated"]), (met.id(), &json!(true)));
    let minutes = json!({ "meeting": met.id(), "votes": votes(3) });
    world.post(&staff.hamlet, &act("minutes"), minutes).await.ok();
    assert_eq!(state(&world, &staff.chair, &case).await, "posted");

    let early = world.post(&staff.hamlet, &act("posting/closure"), json!({})).await;
    early.refused(409, "case.not_posted");
    world.post(&staff.hamlet, &act("posting"), posting(10)).await.ok();
    let read = world.get(&staff.chair, &case).await.ok();
    assert_eq!(read.body["posted_until"], "2026-11-19");
    let early = world.post(&staff.hamlet, &act("posting/closure"), json!({})).await;
    early.refused(409, "case.posting_not_over");

    let said =
        json!({ "kind": "objection", "name": "<b>Lò Thị Ất</b>", "text": "Có người bỏ học" });
    let path = act("objections");
    let filed = world.post_with(&staff.recorder, &path, &headers, said.clone()).await.ok();
    assert_eq!((filed.status.as_u16(), &filed.body["number"]), (201, &json!(1)));
    let again = world.post_with(&staff.recorder, &path, &headers, said).await.ok();
    assert_eq!((&again.body["number"], &again.body["repeated"]), (&json!(1), &json!(true)));
    let more = json!({ "kind": "comment", "name": "Lò Thị Bính", "text": "Rất tốt" });
    assert_eq!(world.post(&staff.recorder, &path, more).await.ok().body["number"], 2);
    let open = world.get(&staff.commune, "/api/v1/objections").await.ok();
    assert_eq!(open.items().len(), 2);
    assert_eq!(
        (&open.items()[0]["number"], &open.items()[0]["kind"]),
        (&json!(1), &json!("objection"))
    );
    assert_eq!(world.get(&staff.chair, &case).await.body["objections"], 1);

    world.set_time("2026-11-20T02:00:00Z");
    let open = world.post(&staff.hamlet, &act("posting/closure"), json!({})).await;
    open.refused(409, "case.objection_open");
    let answer = json!({ "upheld": false, "reason": "Đã xác minh: không đúng" });
    world.post(&staff.hamlet, &act("objections/1/resolution"), answer.clone()).await.ok();
    let again = world.post(&staff.hamlet, &act("objections/1/resolution"), answer).await;
    again.refused(404, "case.unknown_objection");
    world.post(&staff.hamlet, &act("posting/closure"), json!({})).await.ok();
    world.post(&staff.commune, &act("review"), reviews(9)).await.ok();
    let mut signed = decision();
    signed["decision"]["date"] = json!("2026-11-20");
    world.post(&staff.chair, &act("recognition"), signed).await.ok();

    // A text of the public stays text: opened as it came, as JSON that no browser takes for more.
    let timeline = world.get(&staff.commune, &act("timeline")).await.ok();
    assert!(timeline.text.contains("<b>Lò Thị Ất</b>"));
    assert_eq!(timeline.headers["content-type"], "application/json");
    assert_eq!(timeline.headers["x-content-type-options"], "nosniff");

    let subject = world.get(&staff.chair, &case).await.body["subject"].as_str().unwrap().to_owned();
    let line = async || {
        let path = format!("/api/v1/subjects/{subject}/titles?title=family");
        world.get(&staff.chair, &path).await.ok().items()[0].clone()
    };
    assert_eq!(
        (&line().await["valid_from"], &line().await["ended"]),
        (&json!("2026-11-20"), &json!(null))
    );
    world.set_time("2026-11-25T02:00:00Z");
    let revocation = json!({ "decision": { "number": "140/QĐ-UBND", "date": "2026-11-25" },
        "from": "2026-11-26", "ground": "Có người vi phạm pháp luật" });
    world.post(&staff.chair, &act("revocation"), revocation.clone()).await.ok();
    assert_eq!(
        (&line().await["ended"], &line().await["ended_from"]),
        (&json!("revoked"), &json!("2026-11-26"))
    );
    assert_eq!(state(&world, &staff.chair, &case).await, "revoked");
    world.post(&staff.chair, &act("revocation"), revocation).await.refused(409, "case.title_ended");
    let register = async |day: &str| {
        let path = format!("/api/v1/titles?on={day}");
        world.get(&staff.chair, &path).await.ok().items().to_vec()
    };
    assert_eq!(register("2026-11-25").await[0]["ended"], "revoked");
    assert!(register("2026-11-26").await.is_empty());
}

#[tokio::test]
async fn an_objection_that_is_right_sends_the_case_back_and_a_vote_against_to_its_refusal() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let meeting = staff.meeting(&world).await;
    let case = staff.case_to_vote(&world, "H-0001").await;
    let act = |name: &str| format!("{case}/{name}");
    let minutes = |votes: Value| json!({ "meeting": meeting, "votes": votes });
    let reply = world.post(&staff.hamlet, &act("minutes"), minutes(votes(4))).await.ok();
    let tag = reply.headers["etag"].to_str().unwrap().to_owned();
    let headers = [("if-match", tag.as_str())];
    world.post_with(&staff.hamlet, &act("posting"), &headers, posting(10)).await.ok();
    let stale = world.post_with(&staff.hamlet, &act("posting"), &headers, posting(10)).await;
    stale.refused(412, "http.stale");
    let said = json!({ "kind": "objection", "name": "A", "text": "B" });
    world.post(&staff.commune, &act("objections"), said).await.ok();
    let answer = json!({ "upheld": true, "reason": "Đúng" });
    world.post(&staff.hamlet, &act("objections/1/resolution"), answer).await.ok();
    let read = world.get(&staff.chair, &case).await.ok();
    assert_eq!(
        (&read.body["state"], &read.body["step"]),
        (&json!("in_review"), &json!("hamlet_review"))
    );

    let other = staff.case_to_vote(&world, "H-0002").await;
    let path = format!("{other}/minutes");
    let wrong = world.post(&staff.hamlet, &path, minutes(votes(4).clone())).await.ok();
    assert_eq!(wrong.status, 200);
    let against = staff.case_to_vote(&world, "H-0003").await;
    let path = format!("{against}/minutes");
    let few = json!({ "for": 1, "against": 1, "abstained": 1 });
    world.post(&staff.hamlet, &path, minutes(few)).await.refused(422, "case.votes_do_not_add_up");
    world.post(&staff.hamlet, &path, minutes(votes(1))).await.ok();
    assert_eq!(state(&world, &staff.chair, &against).await, "awaiting_decision");
    let recognition = world.post(&staff.chair, &format!("{against}/recognition"), decision()).await;
    recognition.refused(409, "case.meeting_against");
}

#[tokio::test]
async fn who_spoke_for_the_subject_is_kept() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let mut body = claims(8);
    body["declarant"] = json!("Đinh Công Đức, chủ hộ");
    world.post(&staff.recorder, &format!("{case}/self-assessment"), body).await.ok();
    let back = json!({ "reason": "Thiếu" });
    world.post(&staff.hamlet, &format!("{case}/return"), back).await.ok();
    let more = json!({ "lines": [{ "indicator": "1a", "points": 7,
        "evidence": [{ "label": "Sổ" }] }], "declarant": "Đinh Thị Hồng, vợ" });
    world.post(&staff.recorder, &format!("{case}/supplement"), more).await.ok();
    let timeline = world.get(&staff.commune, &format!("{case}/timeline")).await.ok();
    let entries = timeline.body["entries"].as_array().unwrap();
    assert_eq!(entries[1]["event"]["declarant"], "Đinh Công Đức, chủ hộ");
    assert_eq!(entries.last().unwrap()["event"]["declarant"], "Đinh Thị Hồng, vợ");
}

fn id(case: &str) -> String {
    case.rsplit('/').next().unwrap().to_owned()
}

/// The codes of the refused cases, in their order.
fn codes(reply: &Reply) -> Vec<(String, String)> {
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let lines = reply.body["refused"].as_array().unwrap();
    for line in lines {
        assert!(!text(line, "message_vi").is_empty() && !text(line, "message_en").contains('{'));
    }
    lines.iter().map(|line| (text(line, "case"), text(line, "code"))).collect()
}

fn done(reply: &Reply, repeated: bool) -> Vec<String> {
    let lines = reply.body["done"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["repeated"] == repeated), "{}", reply.text);
    lines.iter().map(|line| line["case"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn many_cases_are_done_or_refused_one_by_one() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let meeting = staff.meeting(&world).await;
    let mut cases = Vec::new();
    for number in 0..3 {
        cases.push(id(&staff.case_to_vote(&world, &format!("H-{number}")).await));
    }
    let other = id(&staff.case_to_decide(&world, "H-9").await);
    let recorder = world.officer("far-recorder", "hamlet-recorder", "05092-01").await;
    let subject = world.household("F-1", "05092-01").await;
    let body = json!({ "subject": subject, "year": 2026 });
    let outside = world.post(&recorder, "/api/v1/cases", body).await.ok().id();
    let nobody = "00000000-0000-0000-0000-000000000001".to_owned();

    let line = |case: &String, votes: Value| json!({ "case": case, "votes": votes });
    let all = [&cases[0], &other, &cases[1], &outside, &nobody, &cases[2]];
    let body = json!({ "meeting": meeting, "cases": all.map(|case| line(case, votes(4))) });
    let headers = [("idempotency-key", KEY)];
    let post =
        async |body: Value| world.post_with(&staff.hamlet, "/api/v1/minutes", &headers, body).await;
    let first = post(body.clone()).await.ok();
    assert_eq!(done(&first, false), cases);
    let refused = [
        (&other, "case.not_at_this_step"),
        (&outside, "actor.not_appointed"),
        (&nobody, "case.unknown"),
    ];
    let refused = refused.map(|(case, code)| (case.clone(), code.to_owned()));
    assert_eq!(codes(&first), refused);
    assert_eq!(first.headers["hieuhoc-position"], first.body["position"].as_str().unwrap());
    let again = post(body).await.ok();
    assert_eq!(done(&again, true), cases);
    assert_eq!(
        (codes(&again), &again.body["position"]),
        (refused.to_vec(), &first.body["position"])
    );
    // The same key with another list is another request for what is in both.
    let changed = json!({ "meeting": meeting, "cases": [line(&cases[0], votes(3))] });
    assert_eq!(
        codes(&post(changed).await.ok()),
        [(cases[0].clone(), "http.key_reused".to_owned())]
    );

    let mut body = posting(10);
    body["cases"] = json!(cases);
    assert_eq!(done(&world.post(&staff.hamlet, "/api/v1/postings", body).await.ok(), false), cases);
    world.set_time("2026-11-20T02:00:00Z");
    let body = json!({ "cases": cases });
    let closed = world.post(&staff.hamlet, "/api/v1/posting-closures", body).await.ok();
    assert_eq!(done(&closed, false), cases);
    for case in &cases {
        let read = world.get(&staff.chair, &format!("/api/v1/cases/{case}")).await.ok();
        assert_eq!(
            (&read.body["step"], &read.body["state"]),
            (&json!("commune_review"), &json!("in_review"))
        );
    }
    // Nobody else's work: no case is done, and each says why.
    let mut body = posting(20);
    body["cases"] = json!(cases);
    let none = world.post(&staff.recorder, "/api/v1/postings", body).await.ok();
    assert!(done(&none, false).is_empty() && codes(&none).len() == 3);
    assert_eq!(none.body["position"], json!(null));
}
