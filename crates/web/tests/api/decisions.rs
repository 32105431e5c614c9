//! A decision over many cases, from the draft to its cancellation.

use serde_json::{Value, json};

use crate::world::{Staff, World, claims, officer_id, reviews};

const KEY: &str = "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01";

fn id(case: &str) -> String {
    case.rsplit('/').next().unwrap().to_owned()
}

async fn draft(world: &World, token: &str) -> String {
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let headers = [("idempotency-key", KEY)];
    let drafted = world.post_with(token, "/api/v1/decisions", &headers, body.clone()).await.ok();
    let path = format!("/api/v1/decisions/{}", drafted.id());
    assert_eq!(
        (drafted.status.as_u16(), drafted.headers["location"].to_str().unwrap()),
        (201, &*path)
    );
    let again = world.post_with(token, "/api/v1/decisions", &headers, body).await.ok();
    assert_eq!((again.id(), &again.body["repeated"]), (drafted.id(), &json!(true)));
    path
}

/// What a decision says of itself.
async fn read(world: &World, token: &str, path: &str) -> Value {
    let read = world.get(token, path).await.ok();
    let tag = format!("\"{}\"", read.body["decision"]["revision"]);
    assert_eq!(read.headers["etag"], tag);
    read.body.clone()
}

/// Every case of a decision, page by page.
async fn cases_of(world: &World, token: &str, path: &str, limit: usize) -> Vec<String> {
    let (mut all, mut mark) = (Vec::new(), String::new());
    loop {
        let page = world.get(token, &format!("{path}/cases?limit={limit}{mark}")).await.ok();
        all.extend(page.items().iter().map(|case| case["id"].as_str().unwrap().to_owned()));
        match page.body["next"].as_str() {
            Some(next) => mark = format!("&after={next}"),
            None => return all,
        }
    }
}

#[tokio::test]
async fn thirty_cases_are_recognised_by_one_signature() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let mut cases = Vec::new();
    for number in 0..30 {
        cases.push(id(&staff.case_to_decide(&world, &format!("H-{number:04}")).await));
    }
    let weak = staff.case(&world, "H-weak").await;
    world.post(&staff.recorder, &format!("{weak}/self-assessment"), claims(5)).await.ok();
    world.post(&staff.hamlet, &format!("{weak}/review"), reviews(5)).await.ok();
    world.post(&staff.commune, &format!("{weak}/review"), reviews(5)).await.ok();

    let path = draft(&world, &staff.commune).await;
    let decision = id(&path);
    let act = |name: &str| format!("{path}/{name}");
    let listing = async |body: Value| world.post(&staff.commune, &act("listing"), body).await;
    // One by its id, then the rest by a filter; what is below the threshold is named.
    let one = listing(json!({ "cases": [cases[0]] })).await.ok();
    assert_eq!((&one.body["placed"], &one.body["left_out"]), (&json!(1), &json!([])));
    let none = listing(json!({ "units": ["05158-02"] })).await.ok();
    assert_eq!(none.body["placed"], 0);
    listing(json!({ "units": ["05092"] })).await.refused(422, "case.not_of_decision");
    let rest = listing(json!({ "all": true })).await.ok();
    assert_eq!(rest.body["placed"], 29);
    assert_eq!(rest.headers["hieuhoc-position"], rest.body["position"].as_str().unwrap());
    let left_out = &rest.body["left_out"][0];
    assert_eq!(
        (&left_out["case"], &left_out["code"]),
        (&json!(id(&weak)), &json!("case.below_threshold"))
    );
    assert!(left_out["message_vi"].as_str().unwrap().contains("75"));
    assert_eq!(listing(json!({ "all": true })).await.ok().body["placed"], 0);

    let on_draft = world.get(&staff.chair, &format!("/api/v1/cases/{}", cases[3])).await.ok();
    assert_eq!(on_draft.body["decision"], json!(decision));
    let mut found = cases_of(&world, &staff.chair, &path, 7).await;
    assert_eq!(found, cases_of(&world, &staff.chair, &path, 200).await);
    found.sort();
    let mut sorted = cases.clone();
    sorted.sort();
    assert_eq!(found, sorted);
    let elsewhere = world.get(&staff.chair, &act("cases?hamlet=05158-02")).await.ok();
    assert!(elsewhere.items().is_empty());

    // One is taken off with a reason that stands on the case.
    let removal = json!({ "case": cases[3], "reason": "Có đơn thư" });
    world.post(&staff.commune, &act("removals"), removal.clone()).await.ok();
    world.post(&staff.commune, &act("removals"), removal).await.refused(422, "decision.not_listed");
    let off = format!("/api/v1/cases/{}", cases[3]);
    assert_eq!(world.get(&staff.chair, &off).await.body["decision"], json!(null));
    let timeline = world.get(&staff.chair, &format!("{off}/timeline")).await.ok();
    let last = timeline.body["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["type"], &last["event"]["reason"]),
        (&json!("RemovedFromDecision"), &json!("Có đơn thư"))
    );
    assert_eq!(last["actor"]["program"], true);
    let totals = read(&world, &staff.chair, &path).await["totals"].clone();
    let expected = json!([{ "hamlet": "05158-01", "cases": 29, "lowest": 90, "highest": 90 }]);
    assert_eq!(totals, expected);

    // The annex before the signature is what is signed, byte for byte.
    let annex = world.get(&staff.chair, &act("annex")).await.ok();
    assert_eq!(annex.headers["content-type"], "application/jsonl");
    assert_eq!(annex.text.lines().count(), 29);
    let digest = codec::annex::annex_digest(annex.text.as_bytes()).unwrap().to_string();
    assert_eq!(annex.headers["hieuhoc-annex-digest"], digest);
    let signature = json!({ "number": "125/QĐ-UBND", "date": "2026-11-10" });
    let reply = world.post(&staff.commune, &act("signature"), signature.clone()).await;
    reply.refused(403, "actor.not_appointed");
    let headers = [("idempotency-key", KEY)];
    let sign = async || {
        world.post_with(&staff.chair, &act("signature"), &headers, signature.clone()).await.ok()
    };
    assert_eq!(
        (sign().await.body["events"].clone(), sign().await.body["repeated"].clone()),
        (json!(1), json!(true))
    );
    let signed = read(&world, &staff.chair, &path).await["decision"].clone();
    assert_eq!((&signed["annex"], &signed["state"]), (&json!(digest), &json!("signed")));
    assert_eq!((&signed["settled"], &signed["listed"]), (&json!(false), &json!(29)));

    assert_eq!(world.settle(&decision).await, 29);
    assert_eq!(read(&world, &staff.chair, &path).await["decision"]["settled"], true);
    let after = world.get(&staff.chair, &act("annex?date=2026-12-31")).await.ok();
    assert_eq!(after.headers["hieuhoc-annex-digest"], digest);
    let titles = world.get(&staff.chair, "/api/v1/titles?limit=200").await.ok();
    assert_eq!(titles.items().len(), 29);
    for title in titles.items() {
        assert_eq!(
            (&title["decision"], &title["decision_number"]),
            (&json!(decision), &json!("125/QĐ-UBND"))
        );
    }
}

#[tokio::test]
async fn a_case_that_cannot_be_signed_for_keeps_all_from_being_signed() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await;
    staff.case_to_decide(&world, "H-0002").await;
    let path = draft(&world, &staff.chair).await;
    let act = |name: &str| format!("{path}/{name}");
    let signature = json!({ "number": "125/QĐ-UBND", "date": "2026-11-10" });
    let sign = async || world.post(&staff.chair, &act("signature"), signature.clone()).await;
    sign().await.refused(409, "decision.empty");
    world.post(&staff.chair, &act("listing"), json!({ "all": true })).await.ok();

    let chair = officer_id(&world, &staff.chair).await;
    let subject = world.get(&staff.chair, &case).await.body["subject"].clone();
    let interest = json!({ "subject": subject, "relation": "household" });
    world.post(&world.admin, &format!("/api/v1/officers/{chair}/interests"), interest).await.ok();
    let reply = sign().await.refused(409, "decision.case_not_ready");
    assert_eq!(reply.body["params"]["case"], id(&case));
    assert_eq!(reply.body["params"]["code"], "case.own_subject");
    assert_eq!(read(&world, &staff.chair, &path).await["decision"]["state"], "draft");

    let removal = json!({ "case": id(&case), "reason": "Người ký có liên quan" });
    world.post(&staff.commune, &act("removals"), removal).await.ok();
    sign().await.ok();
    assert_eq!(world.settle(&id(&path)).await, 1);
}

#[tokio::test]
async fn a_signed_decision_is_corrected_and_cancelled_by_new_acts() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await;
    let path = draft(&world, &staff.chair).await;
    let act = |name: &str| format!("{path}/{name}");
    let post = async |name: &str, body: Value| world.post(&staff.chair, &act(name), body).await;
    post("listing", json!({ "cases": [id(&case)] })).await.ok();
    let correction = json!({ "number": "130/QĐ-UBND", "date": "2026-11-10",
        "corrected_number": "126/QĐ-UBND", "note": "Sai số" });
    post("correction", correction.clone()).await.refused(409, "decision.not_signed");
    let late = json!({ "number": "125/QĐ-UBND", "date": "2026-11-11" });
    post("signature", late).await.refused(422, "decision.bad_date");
    post("signature", json!({ "number": "125/QĐ-UBND", "date": "2026-11-10" })).await.ok();
    world.settle(&id(&path)).await;
    post("discard", json!({ "reason": "Nhầm" })).await.refused(409, "decision.signed");

    post("correction", correction).await.ok();
    let title = world.get(&staff.chair, "/api/v1/titles").await.ok().items()[0].clone();
    assert_eq!(
        (&title["decision_number"], &title["corrected_number"]),
        (&json!("125/QĐ-UBND"), &json!("126/QĐ-UBND"))
    );

    let cancellation =
        json!({ "number": "131/QĐ-UBND", "date": "2026-11-10", "reason": "Sai thẩm quyền" });
    post("cancellation", cancellation.clone()).await.ok();
    assert_eq!(world.settle(&id(&path)).await, 1);
    post("cancellation", cancellation).await.refused(409, "decision.cancelled");
    let cancelled = read(&world, &staff.chair, &path).await["decision"].clone();
    assert_eq!(
        (&cancelled["state"], &cancelled["cancelled_number"]),
        (&json!("cancelled"), &json!("131/QĐ-UBND"))
    );
    assert_eq!(world.get(&staff.chair, &case).await.body["state"], "awaiting_decision");
    let subject = world.get(&staff.chair, &case).await.body["subject"].as_str().unwrap().to_owned();
    let years = world.get(&staff.chair, &format!("/api/v1/subjects/{subject}/titles")).await.ok();
    assert_eq!(years.items()[0]["ended"], "annulled");
}

#[tokio::test]
async fn a_draft_is_given_up_and_decisions_are_listed_by_state() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await;
    let path = draft(&world, &staff.commune).await;
    let act = |name: &str| format!("{path}/{name}");
    world.post(&staff.commune, &act("listing"), json!({ "cases": [id(&case)] })).await.ok();
    let held = world.post(&staff.commune, &format!("{case}/claim"), json!({})).await;
    held.refused(409, "case.on_decision");
    world.post(&staff.commune, &act("discard"), json!({ "reason": "Nhầm năm" })).await.ok();
    assert_eq!(world.settle(&id(&path)).await, 1);
    assert_eq!(world.get(&staff.chair, &case).await.body["decision"], json!(null));

    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let other = world.post(&staff.chair, "/api/v1/decisions", body.clone()).await.ok();
    assert_ne!(other.id(), id(&path));
    let list = async |query: &str| {
        world.get(&staff.chair, &format!("/api/v1/decisions?{query}")).await.ok().items().len()
    };
    let found = [list("").await, list("state=draft").await, list("state=discarded").await];
    assert_eq!(found, [2, 1, 1]);
    assert_eq!(
        [list("year=2025").await, list("title=clan").await, list("unit=05092").await],
        [0; 3]
    );
    let first = world.get(&staff.chair, "/api/v1/decisions?limit=1").await.ok();
    let next = first.body["next"].as_str().unwrap();
    let second =
        world.get(&staff.chair, &format!("/api/v1/decisions?limit=1&after={next}")).await.ok();
    assert_ne!(first.items()[0]["id"], second.items()[0]["id"]);
    assert_eq!(second.body["next"], json!(null));
    world.get(&staff.chair, "/api/v1/decisions?state=x").await.refused(400, "http.bad_query");
    world.get(&staff.chair, "/api/v1/decisions?after=x").await.refused(400, "http.bad_cursor");
    // Whoever neither reviews nor decides there drafts nothing.
    let reply = world.post(&staff.hamlet, "/api/v1/decisions", body).await;
    reply.refused(403, "actor.not_appointed");
}
