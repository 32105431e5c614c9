//! Who may read what: every read, asked by everybody.

use serde_json::json;

use crate::world::{Reply, Staff, World, decision, posting, votes};

/// What an asker gets of a read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sees {
    /// The thing, or a list with lines.
    It,
    /// A list without lines.
    Nothing,
    /// The same as if it were not there.
    Absent,
    /// Not signed in.
    Refused,
}
use Sees::{Absent, It, Nothing, Refused};

fn seen(reply: &Reply) -> Sees {
    match reply.status.as_u16() {
        200 => match reply.body.get("items").and_then(|items| items.as_array()) {
            Some(items) if items.is_empty() => Nothing,
            _ => It,
        },
        404 if reply.code().ends_with(".unknown") => Absent,
        401 => Refused,
        other => panic!("{other}: {}", reply.text),
    }
}

#[tokio::test]
async fn reads_end_at_the_territory_of_the_asker() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let open = staff.case_to_decide(&world, "H-0001").await;
    let titled = staff.case_to_decide(&world, "H-0002").await;
    world.post(&staff.chair, &format!("{titled}/recognition"), decision()).await.ok();
    world.publish_calendar().await;
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let drafted = world.post(&staff.chair, "/api/v1/decisions", body).await.ok();
    let draft = format!("/api/v1/decisions/{}", drafted.id());
    let posted = staff.case_to_vote(&world, "H-0003").await;
    let body = json!({ "meeting": staff.meeting(&world).await, "votes": votes(4) });
    world.post(&staff.hamlet, &format!("{posted}/minutes"), body).await.ok();
    world.post(&staff.hamlet, &format!("{posted}/posting"), posting(10)).await.ok();
    let body = json!({ "kind": "objection", "name": "A", "text": "B" });
    world.post(&staff.hamlet, &format!("{posted}/objections"), body).await.ok();
    // Refused for who asks, which is kept.
    world.post(&staff.recorder, &format!("{posted}/posting/closure"), json!({})).await;
    let subject = world.get(&staff.chair, &open).await.body["subject"].as_str().unwrap().to_owned();
    let path = format!("{open}/evidence");
    let file = world.post_raw(&staff.hamlet, &path, &[], b"%PDF-1".to_vec()).await.ok();
    let file = file.body["digest"].as_str().unwrap().to_owned();
    let clerk = world.get(&staff.recorder, "/api/v1/me").await.body["officer"]["id"].clone();

    // Askers: nobody; a wrong token; another commune; another hamlet; the hamlet; the commune; the
    // province; the nation.
    let askers = [
        String::new(),
        web::secret_text([9; 32]),
        world.officer("neighbour", "commune-reviewer", "05092").await,
        world.officer("next-hamlet", "hamlet-reviewer", "05158-02").await,
        staff.hamlet.clone(),
        staff.commune.clone(),
        world.officer("province", "province-reader", "25").await,
        world.admin.clone(),
    ];
    let open_to_all = [Refused, Refused, It, It, It, It, It, It];
    let public = [It; 8];
    let of_hamlet = [Refused, Refused, Absent, Absent, It, It, It, It];
    let of_commune = [Refused, Refused, Absent, Absent, Absent, It, It, It];
    let list = [Refused, Refused, Nothing, Nothing, It, It, It, It];
    let list_of_commune = [Refused, Refused, Nothing, Nothing, Nothing, It, It, It];
    let empty = [Refused, Refused, Nothing, Nothing, Nothing, Nothing, Nothing, Nothing];
    let table = [
        (open.clone(), of_hamlet),
        (format!("{open}/timeline"), of_hamlet),
        (format!("{open}/evidence/{file}"), of_hamlet),
        (format!("/api/v1/subjects/{subject}"), of_hamlet),
        (format!("/api/v1/officers/{}", clerk.as_str().unwrap()), of_hamlet),
        ("/api/v1/totals?unit=05158-01".to_owned(), of_hamlet),
        // A hamlet's officer does not see the commune's totals.
        (
            "/api/v1/totals?unit=05158".to_owned(),
            [Refused, Refused, Absent, Absent, Absent, It, It, It],
        ),
        (
            "/api/v1/totals?unit=25".to_owned(),
            [Refused, Refused, Absent, Absent, Absent, Absent, It, It],
        ),
        ("/api/v1/totals".to_owned(), list),
        ("/api/v1/queue".to_owned(), list),
        ("/api/v1/queue?unit=05158-01".to_owned(), list),
        ("/api/v1/queue/counts".to_owned(), list),
        ("/api/v1/objections".to_owned(), list),
        ("/api/v1/refused-acts".to_owned(), list),
        // What these have in them is asked where it is brought about.
        ("/api/v1/queue/escalated".to_owned(), empty),
        ("/api/v1/reminders".to_owned(), empty),
        ("/api/v1/signs".to_owned(), empty),
        ("/api/v1/decisions".to_owned(), list_of_commune),
        (draft.clone(), of_commune),
        (format!("{draft}/annex"), of_commune),
        (
            format!("{draft}/cases"),
            [Refused, Refused, Absent, Absent, Absent, Nothing, Nothing, Nothing],
        ),
        (format!("/api/v1/subjects/{subject}/titles"), of_hamlet),
        ("/api/v1/calendar".to_owned(), open_to_all),
        ("/api/v1/titles".to_owned(), list),
        ("/api/v1/titles?unit=05158".to_owned(), list),
        ("/api/v1/subjects".to_owned(), list),
        ("/api/v1/subjects?text=duc".to_owned(), list),
        // Each of them sees himself.
        ("/api/v1/officers".to_owned(), open_to_all),
        ("/api/v1/me".to_owned(), open_to_all),
        ("/api/v1/units/05158".to_owned(), open_to_all),
        ("/api/v1/units/VN/children".to_owned(), open_to_all),
        ("/api/v1/procedures".to_owned(), open_to_all),
        ("/api/v1/procedures/family.sample-2026".to_owned(), open_to_all),
        ("/api/v1/refusals".to_owned(), public),
        ("/api/v1/refusals/case.unknown".to_owned(), public),
    ];
    for (path, expected) in &table {
        for (asker, expected) in askers.iter().zip(expected) {
            let reply = world.get(asker, path).await;
            assert_eq!(seen(&reply), *expected, "{path} asked by {asker}: {}", reply.text);
        }
    }
    let asked: Vec<_> = table.iter().map(|(path, _)| path.as_str()).collect();
    crate::openapi::every_read_is_among(&asked);
}

#[tokio::test]
async fn outside_and_absent_read_the_same() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let neighbour = world.officer("neighbour", "commune-reviewer", "05092").await;
    let outside = world.get(&neighbour, &case).await.refused(404, "case.unknown");
    let nobody = "/api/v1/cases/00000000-0000-0000-0000-000000000001";
    let absent = world.get(&neighbour, nobody).await.refused(404, "case.unknown");
    let without_address = |mut reply: Reply| {
        reply.body["instance"] = json!("");
        (reply.status, reply.body)
    };
    assert_eq!(without_address(outside), without_address(absent));
}

#[tokio::test]
async fn a_token_counts_until_it_is_revoked_or_past() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let me = world.get(&staff.chair, "/api/v1/me").await.ok();
    let path = format!("/api/v1/officers/{}/tokens", me.body["officer"]["id"].as_str().unwrap());
    let body = json!({ "label": "test", "until": "2026-11-20" });
    let issued = world.post(&world.admin, &path, body).await.ok();
    let token = issued.body["token"].as_str().unwrap().to_owned();
    world.get(&token, "/api/v1/me").await.ok();

    let digest = web::token_digest(&staff.chair).unwrap().to_string();
    let revocation = format!("{path}/revocation");
    world.post(&world.admin, &revocation, json!({ "digest": digest })).await.ok();
    let reply = world.get(&staff.chair, "/api/v1/me").await.refused(401, "http.bad_token");
    let challenge = reply.headers["www-authenticate"].to_str().unwrap();
    assert!(challenge.starts_with("Bearer ") && challenge.contains("invalid_token"));
    let again = world.post(&world.admin, &revocation, json!({ "digest": digest })).await;
    again.refused(404, "officer.unknown_token");
    let act = world.post(&staff.chair, "/api/v1/subjects", json!({})).await;
    act.refused(401, "http.bad_token");

    world.set_time("2026-11-20T16:59:59Z");
    world.get(&token, "/api/v1/me").await.ok();
    world.set_time("2026-11-20T17:00:00Z");
    world.get(&token, "/api/v1/me").await.refused(401, "http.bad_token");
    world.get("", "/api/v1/me").await.refused(401, "http.no_token");
}

#[tokio::test]
async fn what_an_officer_sees_ends_with_his_term() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    world.get(&staff.commune, &case).await.ok();
    let me = world.get(&staff.commune, "/api/v1/me").await.body["officer"]["id"].clone();
    let relief = json!({ "role": "commune-reviewer", "unit": "05158", "from": "2026-11-12" });
    let path = format!("/api/v1/officers/{}/relief", me.as_str().unwrap());
    world.post(&world.admin, &path, relief).await.ok();
    world.get(&staff.commune, &case).await.ok();
    world.set_time("2026-11-12T02:00:00Z");
    world.get(&staff.commune, &case).await.refused(404, "case.unknown");
    world.get(&staff.commune, "/api/v1/me").await.ok();
}

#[tokio::test]
async fn setting_up_is_for_administrators() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let me = world.get(&staff.commune, "/api/v1/me").await.body["officer"]["id"].clone();
    let officer = format!("/api/v1/officers/{}", me.as_str().unwrap());
    let digest = web::token_digest(&staff.commune).unwrap().to_string();
    let table = [
        (
            "/api/v1/subjects".to_owned(),
            json!({ "kind": "household", "code": "H", "unit": "05158-01", "name": "A" }),
        ),
        ("/api/v1/officers".to_owned(), json!({ "code": "X", "name": "A", "unit": "05158" })),
        (
            format!("{officer}/appointments"),
            json!({ "role": "commune-chair", "unit": "05158", "from": "2026-01-01" }),
        ),
        (
            format!("{officer}/relief"),
            json!({ "role": "commune-reviewer", "unit": "05158", "from": "2026-11-10" }),
        ),
        (
            format!("{officer}/interests"),
            json!({ "subject": "00000000-0000-0000-0000-000000000001", "relation": "clan" }),
        ),
        (format!("{officer}/tokens"), json!({ "label": "x", "until": "2026-12-31" })),
        (format!("{officer}/tokens/revocation"), json!({ "digest": digest })),
        ("/api/v1/procedures/family.sample-2026/retirement".to_owned(), json!({})),
        (
            "/api/v1/units/05158/reorganisations".to_owned(),
            json!({ "instrument": { "number": "1" },
            "effective": "2026-11-10", "changes": [{ "change": "founded", "code": "05158-03",
            "name": "Xóm ba", "kind": "hamlet", "parent": "05158" }] }),
        ),
    ];
    for (path, body) in table {
        world.post(&staff.commune, &path, body).await.refused(403, "actor.not_appointed");
    }
}
