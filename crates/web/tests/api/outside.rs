//! Commands outside the territory of whoever sends them: refused by the rules, and kept.

use serde_json::{Value, json};

use crate::openapi::every_command_is_among;
use crate::world::{FULL, Staff, World, decision, officer_id, posting, votes};

const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

#[tokio::test]
async fn a_command_from_outside_is_refused_and_kept() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "H-0001").await.rsplit('/').next().unwrap().to_owned();
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let draft = world.post(&staff.chair, "/api/v1/decisions", body).await.ok().id();
    let (meeting, officer) = (staff.meeting(&world).await, officer_id(&world, &staff.hamlet).await);
    // He has every office of a case in the neighbouring commune.
    let outsider = world.officer("outsider", "commune-chair", "05092").await;
    let me = officer_id(&world, &outsider).await;
    for role in ["hamlet-recorder", "hamlet-reviewer", "commune-reviewer", "administrator"] {
        let body = json!({ "role": role, "unit": "05092", "from": "2026-01-01" });
        world.post(&world.admin, &format!("/api/v1/officers/{me}/appointments"), body).await.ok();
    }
    let revocation =
        json!({ "decision": decision()["decision"], "from": "2026-11-10", "ground": "A" });
    let act = json!({ "number": "1/QĐ", "date": "2026-11-10" });
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let delegation = json!({ "delegator": officer, "role": "hamlet-reviewer", "unit": "05158-01",
        "from": "2026-11-10" });
    let until = with(delegation.clone(), "until", json!("2026-11-12"));
    let lists = |cases: &str| json!([cases]);
    let about = |id: &str| -> Vec<(String, Value)> {
        let case = |name: &str| format!("/api/v1/cases/{id}/{name}");
        let decision = |name: &str| format!("/api/v1/decisions/{id}/{name}");
        let officer = |name: &str| format!("/api/v1/officers/{id}/{name}");
        vec![
            (case("minutes"), json!({ "meeting": meeting, "votes": votes(4) })),
            (case("posting"), posting(10)),
            (case("posting/closure"), json!({})),
            (case("objections"), json!({ "kind": "comment", "name": "A", "text": "B" })),
            (case("objections/1/resolution"), json!({ "upheld": true, "reason": "A" })),
            (case("assignment"), json!({ "to": me, "reason": "A" })),
            (case("takeover"), json!({ "reason": "A" })),
            (case("revocation"), revocation.clone()),
            (decision("listing"), json!({ "all": true })),
            (decision("removals"), json!({ "case": id, "reason": "A" })),
            (decision("discard"), json!({ "reason": "A" })),
            (decision("signature"), act.clone()),
            (decision("correction"), with(act.clone(), "note", json!("A"))),
            (decision("cancellation"), with(act.clone(), "reason", json!("A"))),
            (officer("handover"), json!({ "reason": "A" })),
            (officer("password"), json!({ "password": "khoai lang nướng" })),
            (officer("sessions/end"), json!({})),
            (officer("delegations"), until.clone()),
            (officer("delegations/end"), delegation.clone()),
            (
                "/api/v1/minutes".to_owned(),
                json!({ "meeting": meeting, "cases": [{ "case": id, "votes": votes(4) }] }),
            ),
            ("/api/v1/postings".to_owned(), with(posting(10), "cases", lists(id))),
            ("/api/v1/posting-closures".to_owned(), json!({ "cases": [id] })),
            ("/api/v1/assignments".to_owned(), json!({ "cases": [id], "to": me })),
        ]
    };
    let ids = |path: &str| match path.split('/').nth(3).unwrap() {
        "decisions" => draft.clone(),
        "officers" => officer.clone(),
        _ => case.clone(),
    };
    let absent = about(NOBODY);
    let mut kept = 0;
    for (index, (path, body)) in absent.iter().enumerate() {
        let id = ids(path);
        let (there, real) = about(&id).swap_remove(index);
        let code = |body: &Value| {
            let code = body["code"].as_str().or(body["refused"][0]["code"].as_str());
            code.unwrap_or_else(|| panic!("{there}: {body}")).to_owned()
        };
        let reply = world.post(&outsider, &there, real).await;
        // Whom he may not see holds nothing that he could hand over; where a case lies that he would
        // take off, the draft does not say.
        let expected = match path.as_str() {
            path if path.ends_with("/handover") => "officer.unknown",
            path if path.ends_with("/removals") => "case.unknown",
            _ => "actor.not_appointed",
        };
        assert_eq!(code(&reply.body), expected, "{there}");
        kept += usize::from(expected == "actor.not_appointed");
        let reply = world.post(&outsider, path, body.clone()).await;
        let expected = match path.split('/').nth(3).unwrap() {
            "decisions" => "decision.unknown",
            "officers" if path.contains("delegations") => "actor.not_appointed",
            "officers" if path.ends_with("/sessions/end") => "actor.not_an_officer",
            "officers" => "officer.unknown",
            _ => "case.unknown",
        };
        assert_eq!(code(&reply.body), expected, "{path}");
    }
    let look = format!("/api/v1/refused-acts?officer={me}&limit=200");
    let acts = world.get(&world.admin, &look).await.ok();
    // Those on officers who are not there are kept as well.
    assert!(acts.body["items"].as_array().unwrap().len() >= kept, "{}", acts.text);
    let asked: Vec<_> = absent.into_iter().map(|(path, _)| path).collect();
    let new =
        ["/api/v1/decisions/{id}/", "/api/v1/minutes", "/api/v1/posting", "/api/v1/assignments"];
    every_command_is_among(&new, &asked);
    // Nothing of all this has been written.
    let read = world.get(&staff.chair, &format!("/api/v1/cases/{case}")).await.ok();
    assert_eq!(read.body["revision"], 6);
    let read = world.get(&staff.chair, &format!("/api/v1/decisions/{draft}")).await.ok();
    assert_eq!(read.body["decision"]["revision"], 0);
}

#[tokio::test]
async fn nothing_is_begun_in_a_place_of_others() {
    let world = World::new().await;
    let outsider = world.officer("outsider", "commune-chair", "05092").await;
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let reply = world.post(&outsider, "/api/v1/decisions", body).await;
    reply.refused(403, "actor.not_appointed");
    let reply =
        world.post(&outsider, "/api/v1/meetings", crate::world::meeting("2026-11-10")).await;
    reply.refused(403, "actor.not_appointed");
    let body = json!({ "procedure": FULL, "year": 2026, "unit": "05158-01" });
    let reply = world.post(&world.admin, "/api/v1/decisions", body).await;
    reply.refused(422, "decision.wrong_level");
}
