//! What an auditor sees: a case event by event, a decision, everybody's acts, and what was refused.

use axum::Router;
use serde_json::{Value, json};

use crate::browser::{Browser, Seen, site};
use crate::world::{Staff, World, claims, officer_id, reviews};

const HOSTILE: &str = "<script>alert(1)</script> \"><img src=x onerror=1>";

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// A case from its registration to its recognition, with a note that wants to be a script, an officer
/// who tried what was not his, and one who was relieved afterwards.
async fn recognised(world: &World, staff: &Staff) -> String {
    let case = staff.case(world, "HB-X").await;
    let act = |name: &str| format!("{case}/{name}");
    let mut said = claims(9);
    said["lines"][0]["note"] = json!(HOSTILE);
    world.post(&staff.recorder, &act("self-assessment"), said).await.ok();
    world.post(&staff.chair, &act("review"), reviews(9)).await.refused(403, "actor.not_appointed");
    world.set_time("2026-11-11T02:00:00Z");
    let back = json!({ "reason": "=1+1 Thiếu sổ", "indicators": ["1a"] });
    world.post(&staff.hamlet, &act("return"), back).await.ok();
    world.post(&staff.recorder, &act("supplement"), claims(10)).await.ok();
    world.post(&staff.hamlet, &act("review"), reviews(10)).await.ok();
    let mut lower = reviews(9);
    for line in lower["lines"].as_array_mut().unwrap() {
        line["finding"] = json!("adjusted");
        line["note"] = json!("Chưa đủ");
    }
    world.post(&staff.commune, &act("review"), lower).await.ok();
    let signed = json!({ "decision": { "number": "125/QĐ-UBND", "date": "2026-11-11" } });
    world.post(&staff.chair, &act("recognition"), signed).await.ok();
    let hamlet = officer_id(world, &staff.hamlet).await;
    let relief = json!({ "role": "hamlet-reviewer", "unit": "05158-01", "from": "2026-11-12" });
    world.post(&world.admin, &format!("/api/v1/officers/{hamlet}/relief"), relief).await.ok();
    id(&case)
}

async fn audited(world: &World) -> (Staff, String, Router) {
    let staff = Staff::of(world).await;
    let case = recognised(world, &staff).await;
    world.officer("auditor", "auditor", "25").await;
    world.officer("neighbour", "auditor", "05092").await;
    (staff, case, site(world, &["auditor", "neighbour", "hamlet"]))
}

/// The text of the difference.
fn difference(page: &Seen) -> &str {
    page.text.split("diff-title").last().unwrap()
}

fn field<'a>(entry: &'a Value, name: &str) -> &'a Value {
    entry.get("state").map_or(&Value::Null, |state| &state[name])
}

#[tokio::test]
async fn a_case_is_replayed_event_by_event() {
    let world = World::new().await;
    let (staff, case, router) = audited(&world).await;
    let timeline = world.get(&staff.commune, &format!("/api/v1/cases/{case}/timeline")).await.ok();
    let entries = timeline.body["entries"].as_array().unwrap();
    let mut browser = Browser::of(&router, "auditor").await;
    let address = format!("/audit/cases/{case}");
    for (place, entry) in entries.iter().enumerate() {
        let page = browser.get(&format!("{address}?at={}", place + 1)).await.ok();
        let page = page.shows(&format!("<output for=\"at\">{}</output>", place + 1));
        let phase = match field(entry, "phase").as_str().unwrap() {
            "open" => "Đang giải quyết",
            "returned" => "Chờ bổ sung",
            "recognised" => "Đã công nhận",
            other => panic!("{other}"),
        };
        let page = page.shows(&format!("<dt>Trạng thái</dt><dd>{phase}</dd>"));
        let (claimed, reviewed) = (field(entry, "claimed"), field(entry, "reviewed"));
        let sums = format!("<b>{claimed}</b>, thẩm định <b>{reviewed}</b>");
        assert_eq!(page.text.contains(&sums), *claimed != json!(0), "{sums} {}", page.text);
        // The event stands there as the API tells it.
        let raw = page.text.split("<pre class=\"raw\">").nth(1).unwrap();
        let raw = raw.split("</pre>").next().unwrap().replace("&#34;", "\"");
        let raw = raw.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&");
        let raw: Value = serde_json::from_str(&raw).unwrap();
        for name in ["revision", "position", "id", "type", "recorded_at", "command", "event"] {
            assert_eq!(raw[name], entry[name], "{name}");
        }
    }
    browser
        .get(&format!("{address}?at={}", entries.len() + 1))
        .await
        .refused(422, "form.bad_field");
    browser.get(&format!("{address}?at=x")).await.refused(422, "form.bad_field");
    let last = &entries[entries.len() - 1];
    let here = format!("{address}?position={}", last["position"].as_str().unwrap());
    browser.get(&here).await.ok().shows("Trạng thái sau việc số").shows("125/QĐ-UBND");
}

#[tokio::test]
async fn any_two_states_are_compared() {
    let world = World::new().await;
    let (staff, case, router) = audited(&world).await;
    let timeline = world.get(&staff.commune, &format!("/api/v1/cases/{case}/timeline")).await.ok();
    let entries = timeline.body["entries"].as_array().unwrap();
    let mut browser = Browser::of(&router, "auditor").await;
    let state = |number: usize, name: &str| match number.checked_sub(1) {
        Some(place) => field(&entries[place], name).clone(),
        None => Value::Null,
    };
    for to in 0..=entries.len() {
        for at in [1, 3, entries.len()] {
            let page = browser.get(&format!("/audit/cases/{case}?at={at}&to={to}")).await.ok();
            let shown = difference(&page);
            let fields = [("reviewed", "Tổng điểm thẩm định"), ("claimed", "Tổng điểm tự chấm")];
            for (name, words) in fields {
                let (before, after) = (state(at.min(to), name), state(at.max(to), name));
                let differs = before != after;
                assert_eq!(shown.contains(words), differs, "{at} {to} {name} {shown}");
                let ins = format!("<ins><span class=\"vh\">sau: </span>{after}</ins>");
                assert!(!differs || shown.contains(&ins), "{ins} {shown}");
            }
        }
    }
    let page = browser.get(&format!("/audit/cases/{case}?at=2&to=2")).await.ok();
    page.shows("Không có gì khác").hides("<del>");
}

#[tokio::test]
async fn everybody_stands_there_as_he_was_and_refused_acts_struck_out() {
    let world = World::new().await;
    let (_, case, router) = audited(&world).await;
    world.set_time("2026-12-01T02:00:00Z");
    let mut browser = Browser::of(&router, "auditor").await;
    let page = browser.get(&format!("/audit/cases/{case}?at=2")).await.ok();
    // The reviewer was relieved since.
    let page = page.shows("Bùi Thị Mẫu, Chi hội khuyến học thôn, Xóm mẫu 01");
    let page = page.shows("<s class=\"struck\">Thẩm định</s>").shows("actor.not_appointed");
    let at = |text: &str| page.text.find(text).unwrap_or_else(|| panic!("{text}"));
    let (before, struck) = (at("Tự đánh giá</a></strong>"), at("<s class=\"struck\">"));
    assert!(before < struck && struck < at("Trả lại để bổ sung</a></strong>"));
    // Hostile words are words, in the state and in the JSON.
    assert_eq!(page.text.matches("&#60;script&#62;alert(1)").count(), 3, "{}", page.text);
    let page = page.hides("<script>alert").hides("<img src=x");
    let page = page.shows("Ghi lúc").shows("09:00:00 10/11/2026").shows("Chưa đối chiếu");
    let mut neighbour = Browser::of(&router, "neighbour").await;
    for part in ["", "/paper", "/events.jsonl", ".csv"] {
        let there = neighbour.get(&format!("/audit/cases/{case}{part}")).await;
        let there = there.refused(404, "case.unknown").hides("Đinh Công Đức");
        let absent = neighbour.get(&format!("/audit/cases/{}{part}", uuid::Uuid::nil())).await;
        let same = |page: &Seen, id: &str| {
            page.text.replace(id, "").split("csrf").next().map(str::to_owned)
        };
        assert_eq!(same(&there, &case), same(&absent, &uuid::Uuid::nil().to_string()));
    }
    browser.get("/language/en?back=/audit").await.ok();
    let english = browser.get(&page.address).await.ok();
    english.shows("State after event").shows("Hamlet branch, Xóm mẫu 01").shows("refused");
}

#[tokio::test]
async fn what_was_seen_can_be_taken_along() {
    let world = World::new().await;
    let (_, case, router) = audited(&world).await;
    let mut browser = Browser::of(&router, "auditor").await;
    let lines = browser.get(&format!("/audit/cases/{case}/events.jsonl")).await.ok();
    assert_eq!(lines.headers["content-type"], "application/jsonl");
    let parsed: Vec<Value> =
        lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |stream: &str| {
        parsed.iter().filter(|line| line["stream"] == format!("{stream}-{case}")).count()
    };
    assert_eq!((of("case") + of("refusals"), of("refusals")), (parsed.len(), 1));
    let stored = world.app.history.timeline(case.parse().unwrap()).await.unwrap();
    assert_eq!(of("case"), stored.len());
    // Sealed texts stay sealed, and the paper names the file's digest.
    assert!(!lines.text.contains("alert(1)") && lines.text.contains("\"metadata\":{\"schema\":"));
    let digest = codec::digest::digest_text(lines.text.as_bytes());
    let paper = browser.get(&format!("/audit/cases/{case}/paper")).await.ok().shows(&digest);
    paper
        .shows("<s class=\"struck\">Thẩm định</s>")
        .shows("Tổng điểm tự chấm")
        .hides("<script>alert");
    let table = browser.get(&format!("/audit/cases/{case}.csv")).await.ok();
    assert!(table.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    let table = table.shows("'=1+1 Thiếu sổ").shows("Chi hội khuyến học thôn, Xóm mẫu 01");
    assert_eq!(table.text.lines().count(), 1 + parsed.len());
    table.shows("actor.not_appointed");
}

#[tokio::test]
async fn acts_are_found_by_officer_place_and_period() {
    let world = World::new().await;
    let (staff, case, router) = audited(&world).await;
    for number in 0..30 {
        let case = staff.case(&world, &format!("HB-{number}")).await;
        world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    }
    let mut browser = Browser::of(&router, "auditor").await;
    // Page by page, each act once.
    let (mut seen, mut next) = (Vec::new(), Some("event=SelfAssessed".to_owned()));
    while let Some(query) = next {
        let page = browser.get(&format!("/audit/acts?{query}")).await.ok();
        let links = page.text.split("<a href=\"/audit/cases/").skip(1);
        seen.extend(links.map(|link| link.split('"').next().unwrap().to_owned()));
        let more = page.text.split("rel=\"next\" href=\"/audit/acts?").nth(1);
        next = more.map(|link| link.split('"').next().unwrap().replace("&#38;", "&"));
        assert!(seen.len() <= 31, "{seen:?}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 31);
    let page = browser.get("/audit/acts").await.ok();
    let page = page.shows("rel=\"next\"").shows("Người ghi hồ sơ thôn, Xóm mẫu 01");
    page.shows("Đinh Công Đức").hides("<s class=\"struck\">");
    // By code of the officer, with his office of then, and the way into the replay.
    let page = browser.get("/audit/acts?officer=hamlet&unit=05158-01").await.ok();
    let page = page.shows("Chi hội khuyến học thôn, Xóm mẫu 01").hides("Người ghi hồ sơ thôn");
    let link = page.text.split(&format!("/audit/cases/{case}?position=")).nth(1).unwrap();
    let link = link.split('"').next().unwrap();
    browser
        .get(&format!("/audit/cases/{case}?position={link}"))
        .await
        .ok()
        .shows("aria-current=\"true\"");
    browser
        .get("/audit/acts?from=2026-11-12")
        .await
        .ok()
        .shows("Không có việc nào theo các điều kiện");
    browser.get("/audit/acts?officer=kh%C3%B4ng+ai").await.ok().shows("Không có cán bộ nào");
    browser.get("/audit/acts?officer=bui+thi").await.ok().shows("Có nhiều cán bộ tên như vậy");
    let page = browser.get("/audit/acts?tab=refused&officer=chair").await.ok();
    let page = page.shows("<s class=\"struck\">Thẩm định</s>").shows("actor.not_appointed");
    page.shows(&format!("/audit/cases/{case}\""));
    browser.get("/audit/acts?tab=refused&unit=05092").await.ok().hides("class=\"struck\"");
    for broken in
        ["from=32%2F01%2F2026", "event=%3Cscript%3E", "from=2026-11-12&until=2026-11-11", "title=x"]
    {
        browser
            .get(&format!("/audit/acts?{broken}"))
            .await
            .refused(422, "form.bad_field")
            .hides("<script>");
    }
    let table = browser.get("/audit/acts?csv&event=ReturnedForSupplement").await.ok();
    assert_eq!(table.text.lines().count(), 2, "{}", table.text);
    assert_eq!(
        browser.get("/audit/acts?csv&event=SelfAssessed").await.ok().text.lines().count(),
        32
    );
    let mut neighbour = Browser::of(&router, "neighbour").await;
    for query in ["", "?officer=hamlet", "?tab=refused", "?unit=05158", "?tab=refused&unit=05158"] {
        let page = neighbour.get(&format!("/audit/acts{query}")).await.ok();
        page.hides(&case).hides("Đinh Công Đức").hides("class=\"struck\"");
    }
}

#[tokio::test]
async fn a_decision_tells_its_history_and_how_to_check_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let (one, other) =
        (staff.case_to_decide(&world, "HB-1").await, staff.case_to_decide(&world, "HB-2").await);
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let drafted = world.post(&staff.commune, "/api/v1/decisions", body).await.ok().id();
    let act = |name: &str| format!("/api/v1/decisions/{drafted}/{name}");
    world.post(&staff.commune, &act("listing"), json!({ "all": true })).await.ok();
    let removal = json!({ "case": id(&other), "reason": HOSTILE });
    world.post(&staff.commune, &act("removals"), removal).await.ok();
    world.settle(&drafted).await;
    let number = json!({ "number": "7/QĐ-UBND", "date": "2026-11-10" });
    let tried = world.post(&staff.recorder, &act("signature"), number.clone()).await;
    assert_eq!(tried.status, 403, "{}", tried.text);
    world.post(&staff.chair, &act("signature"), number).await.ok();
    world.settle(&drafted).await;
    world.officer("auditor", "auditor", "25").await;
    world.officer("neighbour", "auditor", "05092").await;
    let router = site(&world, &["auditor", "neighbour"]);
    let mut browser = Browser::of(&router, "auditor").await;

    let page = browser.get(&format!("/audit?q={drafted}")).await.ok();
    assert_eq!(page.address, format!("/audit/decisions/{drafted}"));
    let page = browser.get("/audit?q=7%2FQ%C4%90-UBND").await.ok();
    page.shows(&format!("href=\"/audit/decisions/{drafted}\"")).shows("checkpoint");
    let page = browser.get(&format!("/audit/decisions/{drafted}")).await.ok();
    let page = page.shows("Lập dự thảo quyết định").shows("Đưa hồ sơ vào danh sách");
    let page =
        page.shows("Rút hồ sơ khỏi danh sách").shows("&#60;script&#62;").hides("<script>alert");
    let page =
        page.shows("<s class=\"struck\">Ký quyết định</s>").shows("Hội Khuyến học xã, Xã Mường Bi");
    let page = page.shows(&format!("hieuhoc decision annex {drafted} | sha256sum"));
    let annex = browser.get(&format!("/audit/decisions/{drafted}/annex.jsonl")).await.ok();
    assert!(annex.text.contains(&id(&one)) && !annex.text.contains(&id(&other)));
    page.shows(&codec::digest::digest_text(annex.text.as_bytes()));
    browser.get(&format!("/audit/decisions/{drafted}?check")).await.ok().shows("khớp với số đã ký");
    let lines = browser.get(&format!("/audit/decisions/{drafted}/events.jsonl")).await.ok();
    assert_eq!((lines.text.lines().count(), lines.text.contains("alert(1)")), (5, false));
    let mut neighbour = Browser::of(&router, "neighbour").await;
    for part in ["", "/annex.jsonl", "/events.jsonl"] {
        let there = neighbour.get(&format!("/audit/decisions/{drafted}{part}")).await;
        there.refused(404, "decision.unknown");
    }
    neighbour
        .get("/audit?q=7%2FQ%C4%90-UBND")
        .await
        .ok()
        .shows("Không có hồ sơ hay quyết định nào");
    // Cases by name and by code.
    let page = browser.get("/audit?q=dinh+cong").await.ok().shows(&id(&one)).shows(&id(&other));
    page.shows("HB-1");
    browser.get(&format!("/audit?q={}", id(&one))).await.ok().shows("Lịch sử hồ sơ: Đinh Công Đức");
}
