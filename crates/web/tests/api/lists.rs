//! Queues, searches and registers: pages join, and filters hold.

use serde_json::{Value, json};

use crate::world::{Staff, World, claims, decision};

/// All lines of a list, page by page.
async fn walk(world: &World, token: &str, path: &str, limit: usize) -> (Vec<Value>, usize) {
    let (mut lines, mut pages, mut after) = (Vec::new(), 0, None::<String>);
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let mark = after.map_or_else(String::new, |after| format!("&after={after}"));
        let page = world.get(token, &format!("{path}{join}limit={limit}{mark}")).await.ok();
        let items = page.body["items"].as_array().unwrap().clone();
        assert!(items.len() <= limit);
        lines.extend(items);
        pages += 1;
        match page.body["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => return (lines, pages),
        }
    }
}

#[tokio::test]
async fn pages_join_without_gap_or_repetition() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    for number in 0..7 {
        let case = staff.case_to_decide(&world, &format!("H-{number:04}")).await;
        if number < 5 {
            world.post(&staff.chair, &format!("{case}/recognition"), decision()).await.ok();
        }
    }
    for (path, expected) in [
        ("/api/v1/subjects", 7),
        ("/api/v1/titles", 5),
        ("/api/v1/queue", 2),
        ("/api/v1/officers", 4),
    ] {
        let (whole, _) = walk(&world, &staff.commune, path, 200).await;
        let (parts, pages) = walk(&world, &staff.commune, path, 2).await;
        assert_eq!((whole.len(), pages), (expected, usize::div_ceil(expected, 2)), "{path}");
        assert_eq!(whole, parts, "{path}");
    }
    for path in ["/api/v1/titles?after=x", "/api/v1/queue?after=x"] {
        world.get(&staff.commune, path).await.refused(400, "http.bad_cursor");
    }
}

#[tokio::test]
async fn the_queue_is_by_role_step_holder_and_age() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let old = staff.case(&world, "H-0001").await;
    world.post(&staff.recorder, &format!("{old}/self-assessment"), claims(8)).await.ok();
    world.set_time("2026-11-15T02:00:00Z");
    let new = staff.case(&world, "H-0002").await;
    world.post(&staff.recorder, &format!("{new}/self-assessment"), claims(8)).await.ok();
    let open = staff.case(&world, "H-0003").await;
    world.post(&staff.hamlet, &format!("{new}/claim"), json!({})).await.ok();
    let list = async |query: &str| -> Vec<String> {
        let reply = world.get(&staff.hamlet, &format!("/api/v1/queue?{query}")).await.ok();
        let items = reply.body["items"].as_array().unwrap().clone();
        items.iter().map(|item| format!("/api/v1/cases/{}", item["id"].as_str().unwrap())).collect()
    };
    let all = list("").await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[0], old, "the longest waiting first");
    assert_eq!(list("role=hamlet-reviewer").await, [old.clone(), new.clone()]);
    assert_eq!(list("step=self_assessment").await, list("state=registered").await);
    assert_eq!(list("state=registered").await, [open]);
    assert_eq!(list("holder=me").await, [new]);
    assert_eq!(list("holder=nobody&state=in_review").await, [old]);
    assert!(list("unit=05158-02").await.is_empty() && list("year=2025").await.is_empty());
    let first = world.get(&staff.hamlet, "/api/v1/queue").await.body["items"][0].clone();
    assert_eq!((&first["days_in_step"], &first["days_with_holder"]), (&json!(5), &json!(null)));
    let counts = world.get(&staff.hamlet, "/api/v1/queue/counts").await.ok();
    let review =
        counts.body["items"].as_array().unwrap().iter().find(|row| row["step"] == "hamlet_review");
    let review = review.unwrap();
    assert_eq!((&review["cases"], &review["unassigned"]), (&json!(2), &json!(1)));
    assert_eq!(review["oldest"], "2026-11-10");
}

#[tokio::test]
async fn names_are_found_without_accents() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.household("H-0001", "05158-01").await;
    for query in ["text=dinh%20cong%20duc", "text=H-0001", "kind=household", "unit=05158-01"] {
        let found = world.get(&staff.commune, &format!("/api/v1/subjects?{query}")).await.ok();
        assert_eq!(found.body["items"].as_array().unwrap().len(), 1, "{query}");
    }
    for query in ["text=nguyen", "text=%25", "kind=clan", "unit=05158-02", "unit=05092"] {
        let found = world.get(&staff.commune, &format!("/api/v1/subjects?{query}")).await.ok();
        assert_eq!(found.body["items"], json!([]), "{query}");
    }
}
