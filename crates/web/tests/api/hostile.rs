//! Whatever is handed in wrong to the commands of meetings, postings, decisions and offices is
//! refused before anything is written.

use serde_json::{Value, json};

use crate::world::{Staff, World, decision, meeting, officer_id, posting, votes};

/// A body that is right in its form, with the fields that are free text.
struct Input {
    token: String,
    path: String,
    body: Value,
    /// Fields of free text with the code of one that is too long.
    texts: &'static [(&'static str, &'static str)],
}

const REASON: &[(&str, &str)] = &[("reason", "text.too_long")];

async fn inputs(world: &World, staff: &Staff) -> Vec<Input> {
    let voted = staff.case_to_vote(world, "H-0001").await;
    let met = staff.meeting(world).await;
    let body = json!({ "meeting": met, "votes": votes(4) });
    world.post(&staff.hamlet, &format!("{voted}/minutes"), body).await.ok();
    let id = voted.rsplit('/').next().unwrap().to_owned();
    let ready = staff.case_to_decide(world, "H-0002").await;
    let ready_id = ready.rsplit('/').next().unwrap().to_owned();
    let draft = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let drafted = world.post(&staff.chair, "/api/v1/decisions", draft.clone()).await.ok().id();
    let (hamlet, chair) =
        (officer_id(world, &staff.hamlet).await, officer_id(world, &staff.chair).await);
    let act = json!({ "number": "1/QĐ-UBND", "date": "2026-11-10" });
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let input = |token: &str, path: String, body: Value, texts| Input {
        token: token.to_owned(),
        path: format!("/api/v1{path}"),
        body,
        texts,
    };
    let delegation = json!({ "delegator": chair, "role": "commune-chair", "unit": "05158", "from": "2026-11-10" });
    let until = with(delegation.clone(), "until", json!("2026-11-20"));
    let case = |name: &str| format!("/cases/{id}/{name}");
    let decided = |name: &str| format!("/decisions/{drafted}/{name}");
    let officer = |name: &str| format!("/officers/{hamlet}/{name}");
    let revocation =
        json!({ "decision": decision()["decision"], "from": "2026-11-10", "ground": "A" });
    let objection = json!({ "kind": "objection", "name": "A", "text": "B" });
    vec![
        input(&staff.hamlet, case("minutes"), json!({ "meeting": met, "votes": votes(4) }), &[]),
        input(&staff.hamlet, case("posting"), posting(10), &[("place", "case.bad_place")]),
        input(&staff.hamlet, case("posting/closure"), json!({}), &[]),
        input(
            &staff.hamlet,
            case("objections"),
            objection,
            &[("name", "text.too_long"), ("text", "text.too_long")],
        ),
        input(
            &staff.hamlet,
            case("objections/1/resolution"),
            json!({ "upheld": true, "reason": "A" }),
            REASON,
        ),
        input(&staff.hamlet, case("assignment"), json!({ "to": hamlet, "reason": "A" }), REASON),
        input(&staff.hamlet, case("takeover"), json!({ "reason": "A" }), REASON),
        input(&staff.chair, case("revocation"), revocation, &[("ground", "text.too_long")]),
        input(
            &staff.hamlet,
            "/meetings".to_owned(),
            meeting("2026-11-10"),
            &[("minutes", "text.too_long")],
        ),
        input(
            &staff.hamlet,
            "/minutes".to_owned(),
            json!({ "meeting": met, "cases": [{ "case": id, "votes": votes(4) }] }),
            &[],
        ),
        input(&staff.hamlet, "/postings".to_owned(), with(posting(10), "cases", json!([id])), &[]),
        input(&staff.hamlet, "/posting-closures".to_owned(), json!({ "cases": [id] }), &[]),
        input(
            &staff.hamlet,
            "/assignments".to_owned(),
            json!({ "cases": [id], "to": hamlet, "reason": "A" }),
            &[],
        ),
        input(&staff.chair, "/decisions".to_owned(), draft, &[]),
        input(&staff.chair, decided("listing"), json!({ "cases": [ready_id] }), &[]),
        input(
            &staff.chair,
            decided("removals"),
            json!({ "case": ready_id, "reason": "A" }),
            REASON,
        ),
        input(&staff.chair, decided("discard"), json!({ "reason": "A" }), REASON),
        input(
            &staff.chair,
            decided("signature"),
            act.clone(),
            &[("number", "decision.bad_number")],
        ),
        input(
            &staff.chair,
            decided("correction"),
            with(act.clone(), "note", json!("A")),
            &[("note", "text.too_long")],
        ),
        input(&staff.chair, decided("cancellation"), with(act, "reason", json!("A")), REASON),
        input(&world.admin, officer("delegations"), until, &[]),
        input(&world.admin, officer("delegations/end"), delegation, &[]),
        input(&world.admin, officer("handover"), json!({ "to": chair, "reason": "A" }), REASON),
    ]
}

#[tokio::test]
async fn forms_are_strict_and_texts_have_an_end() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let inputs = inputs(&world, &staff).await;
    let before = world.runner.progress().entries;
    for Input { token, path, body, texts } in &inputs {
        let post = async |body: Value| world.post(token, path, body).await;
        let mut unknown = body.clone();
        unknown["reasons"] = json!("A");
        post(unknown).await.refused(422, "http.bad_field");
        let listed = post(json!([body])).await;
        assert!(listed.code().starts_with("http.bad_"), "{path}: {}", listed.text);
        for field in body.as_object().unwrap().keys() {
            let mut wrong = body.clone();
            wrong[field] = json!({ "x": 1.5 });
            assert_eq!(post(wrong).await.code(), "http.bad_field", "{path} {field}");
        }
        for (field, code) in *texts {
            let mut long = body.clone();
            long[*field] = json!("ễ".repeat(4001));
            post(long).await.refused(422, code);
            let mut blank = body.clone();
            blank[*field] = json!("\u{0}");
            let reply = post(blank).await;
            assert_eq!(reply.status, 422, "{path} {field}: {}", reply.text);
        }
    }
    let asked: Vec<_> = inputs.iter().map(|input| input.path.clone()).collect();
    let new = [
        "/api/v1/decisions",
        "/api/v1/meetings",
        "/api/v1/minutes",
        "/api/v1/posting",
        "/api/v1/assignments",
    ];
    crate::openapi::every_command_is_among(&new, &asked);
    assert_eq!(world.runner.progress().entries, before, "something was written");
}

#[tokio::test]
async fn many_are_at_most_two_thousand_each_once_and_without_a_revision() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let inputs = inputs(&world, &staff).await;
    let many = inputs.iter().filter(|input| input.body["cases"].is_array());
    let mut seen = 0;
    for Input { token, path, body, .. } in many {
        seen += 1;
        let line = body["cases"][0].clone();
        let numbered = |number: usize| {
            let id = json!(format!("00000000-0000-0000-0000-{number:012}"));
            match line.is_object() {
                true => json!({ "case": id, "votes": line["votes"] }),
                false => id,
            }
        };
        let with = |cases: Vec<Value>| {
            let mut body = body.clone();
            body["cases"] = json!(cases);
            body
        };
        let reply = world.post(token, path, with((0..2001).map(numbered).collect())).await;
        let reply = reply.refused(422, "http.too_many_items");
        assert_eq!(reply.body["params"], json!({ "items": "2001", "maximum": "2000" }));
        let twice = with(vec![line.clone(), line.clone()]);
        world.post(token, path, twice).await.refused(422, "http.item_twice");
        let headers = [("if-match", "\"0\"")];
        let reply = world.post_with(token, path, &headers, body.clone()).await;
        reply.refused(400, "http.bad_header");
        world.post(token, path, with(Vec::new())).await.ok();
    }
    assert_eq!(seen, 5);
}

#[tokio::test]
async fn a_listing_says_in_one_way_what_it_wants() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let draft = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let id = world.post(&staff.chair, "/api/v1/decisions", draft).await.ok().id();
    let post = async |body: Value| {
        world.post(&staff.chair, &format!("/api/v1/decisions/{id}/listing"), body).await
    };
    let (cases, units) = (json!(["00000000-0000-0000-0000-000000000001"]), json!(["05158-01"]));
    for body in [
        json!({}),
        json!({ "all": false }),
        json!({ "cases": cases, "all": true }),
        json!({ "cases": cases, "units": units }),
        json!({ "units": units, "all": true }),
        json!({ "units": "05158-01" }),
        json!({ "all": 1 }),
    ] {
        post(body).await.refused(422, "http.bad_field");
    }
    let listed = post(json!({ "cases": cases })).await.ok();
    assert_eq!(listed.body["left_out"][0]["code"], "case.unknown");
}

#[tokio::test]
async fn wrong_numbers_names_and_days_are_refused() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_vote(&world, "H-0001").await;
    for number in ["0x1", "-1", "65536", "a"] {
        let path = format!("{case}/objections/{number}/resolution");
        let reply =
            world.post(&staff.hamlet, &path, json!({ "upheld": true, "reason": "A" })).await;
        reply.refused(400, "http.bad_path");
    }
    let meet = async |change: &dyn Fn(&mut Value)| {
        let mut body = meeting("2026-11-10");
        change(&mut body);
        world.post(&staff.hamlet, "/api/v1/meetings", body).await
    };
    meet(&|body| body["present"] = json!([])).await.refused(422, "meeting.bad_attendance");
    meet(&|body| body["convened"] = json!(3)).await.refused(422, "meeting.bad_attendance");
    meet(&|body| body["present"][2] = json!(" ")).await.refused(422, "text.empty");
    meet(&|body| body["held_on"] = json!("2026-11-11")).await.refused(422, "meeting.bad_date");
    meet(&|body| body["step"] = json!("hamlet_review")).await.refused(422, "meeting.wrong_step");
    meet(&|body| body["paper"] = json!("zz")).await.refused(422, "http.bad_field");
    meet(&|body| body["procedure"] = json!("family.none")).await.refused(404, "procedure.unknown");
    meet(&|body| body["present"][0] = json!("<script>alert(1)</script>")).await.ok();
    let body = json!({ "meeting": "00000000-0000-0000-0000-000000000001", "votes": votes(4) });
    let reply = world.post(&staff.hamlet, &format!("{case}/minutes"), body).await;
    reply.refused(404, "meeting.unknown");
}
