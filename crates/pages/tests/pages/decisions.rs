//! The approver's workbench, by its forms as they stand.

use axum::Router;
use axum::http::Method;
use serde_json::json;

use crate::browser::{Browser, Seen, site};
use crate::world::{Staff, World, claims, officer_id, reviews};

/// A world with three families that wait for their decision; the ids of their cases.
async fn ready() -> (World, Staff, Router, Vec<String>) {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let mut cases = Vec::new();
    for code in ["H-1", "H-2", "H-3"] {
        cases.push(id(&staff.case_to_decide(&world, code).await));
    }
    world.officer("neighbour", "commune-chair", "05092").await;
    let router = site(&world, &["commune", "chair", "neighbour", "hamlet"]);
    (world, staff, router, cases)
}

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// Begins a draft and puts all that wait on it; the draft's page.
async fn drafted(browser: &mut Browser) -> Seen {
    let page = browser.get("/decisions").await.ok();
    let page = browser.submit(&page, "/decisions", &[]).await.ok();
    let action = format!("{}/listing", page.address);
    browser.submit(&page, &action, &[]).await.ok()
}

async fn api(world: &World, staff: &Staff, path: &str) -> serde_json::Value {
    world.get(&staff.chair, &format!("/api/v1{path}")).await.ok().body
}

const SIGNED: [(&str, &str); 2] = [("number", "125/QĐ-UBND"), ("date", "10/11/2026")];

fn signed(count: &'static str) -> Vec<(&'static str, &'static str)> {
    [&SIGNED[..], &[("confirm", count)]].concat()
}

#[tokio::test]
async fn from_the_draft_to_the_cancellation() {
    let (world, staff, router, cases) = ready().await;
    let mut commune = Browser::of(&router, "commune").await;
    let page = commune.get("/decisions").await.ok();
    let page = page.shows("Xóm mẫu 01: 3").shows("Lập dự thảo").shows("Bộ mẫu");
    let page =
        commune.submit(&page, "/decisions", &[]).await.ok().shows("Đưa tất cả vào danh sách");
    let path = page.address.clone();
    let act = |name: &str| format!("{path}/{name}");
    // One by one, then the rest of the hamlet.
    let waiting = commune.get(&act("ready?hamlet=05158-01")).await.ok().shows("H-3");
    let none = commune.submit(&waiting, &act("listing"), &[]).await;
    none.refused(422, "form.nothing_chosen");
    let page = commune.submit(&waiting, &act("listing"), &[("case", &cases[0])]).await.ok();
    let page = page.shows("Đã đưa 1 hồ sơ vào danh sách.").shows("2 đang chờ");
    let rest = [("what", "hamlet"), ("hamlet", "05158-01")];
    let page = commune.submit(&page, &act("listing"), &rest).await.ok();
    let page = page.shows("Đã đưa 2 hồ sơ").shows("điểm 90–90").hides("đang chờ</span>");
    commune
        .get("/decisions")
        .await
        .ok()
        .shows("Không có hồ sơ nào chờ quyết định")
        .shows("Dự thảo");

    // What was ticked stays ticked where the reason is missing.
    let page = commune.submit(&page, &act("removals"), &[("case", &cases[2])]).await;
    let page = page.refused(422, "form.missing_field").shows(" checked>");
    let filled = [("reason", "Có đơn thư")];
    let page = commune.submit(&page, &act("removals"), &filled).await.ok();
    page.shows("Đã rút 1 hồ sơ khỏi danh sách.").shows("rút bởi").shows("1 đang chờ");
    commune.get(&format!("{path}?q=dinh%20cong")).await.ok().shows("Tìm thấy: 2");
    commune.get(&format!("{path}?q=h-2")).await.ok().shows("Tìm thấy: 1");

    let mut chair = Browser::of(&router, "chair").await;
    let annex = chair.get(&act("annex")).await.ok().shows("Dự thảo, chưa ký").shows("Tổng cộng: 2");
    annex.shows("Quyết định 387/QĐ-TTg").shows("…………………");
    let page = chair.get(&act("signature")).await.ok().shows("<b>2</b>").hides("không thể ký");
    let unread = chair.submit(&page, &act("signature"), &SIGNED).await;
    let page = unread.refused(422, "form.not_confirmed").shows("value=\"125/QĐ-UBND\"");
    let page = page.shows("value=\"2026-11-10\"");
    let page = chair.submit(&page, &act("signature"), &signed("2")).await.ok();
    let page = page.shows("Đã ký quyết định").shows("<b>0/2</b>").shows("Tải lại");
    page.shows("data-progress").hides("data-settled").hides("Rút các hồ sơ");
    assert_eq!(world.settle(&id(&path)).await, 2);
    chair.get(&act("progress")).await.ok().shows("<b>2/2</b>").shows("data-settled").hides("<html");
    chair.get("/decisions?state=signed").await.ok().shows("125/QĐ-UBND").shows("2/2");

    // What is printed is what was signed.
    let digest = api(&world, &staff, &path).await["decision"]["annex"].as_str().unwrap().to_owned();
    let annex = chair.get(&act("annex")).await.ok();
    annex.shows(&digest).shows("Trùng với mã đã ký").shows("125/QĐ-UBND").hides("Không trùng");
    let bytes = chair.get(&act("annex/lines")).await.ok();
    let again = codec::annex::annex_digest(bytes.text.as_bytes()).unwrap();
    assert_eq!(again.to_string(), digest);

    let mended =
        [("number", "130/QĐ-UBND"), ("corrected_number", "126/QĐ-UBND"), ("note", "Sai số")];
    let page = chair.get(&act("correction")).await.ok();
    let page = chair.submit(&page, &act("correction"), &mended).await.ok();
    page.shows("130/QĐ-UBND").shows("126/QĐ-UBND");
    let page = chair.get(&act("cancellation")).await.ok().shows("như chưa từng được công nhận");
    let early = [("number", "131/QĐ-UBND"), ("date", "2026-11-09"), ("reason", "Sai thẩm quyền")];
    let page = chair.submit(&page, &act("cancellation"), &early).await;
    let page = page.refused(422, "decision.bad_date").shows("Sai thẩm quyền</textarea>");
    let right = [("date", "2026-11-10")];
    let page = chair.submit(&page, &act("cancellation"), &right).await.ok();
    page.shows("131/QĐ-UBND").shows("<b>0/2</b>");
    assert_eq!(world.settle(&id(&path)).await, 2);
    chair.get(&path).await.ok().shows("<b>2/2</b>").shows("Đã hủy");
    let case = api(&world, &staff, &format!("/cases/{}", cases[0])).await;
    assert_eq!(case["state"], "awaiting_decision");
}

#[tokio::test]
async fn two_clicks_sign_once_and_who_saw_another_list_does_not_sign() {
    let (world, staff, router, cases) = ready().await;
    let mut commune = Browser::of(&router, "commune").await;
    let mut chair = Browser::of(&router, "chair").await;
    let page = drafted(&mut commune).await;
    let path = page.address.clone();
    let act = |name: &str| format!("{path}/{name}");
    let filled = [("case", cases[1].as_str()), ("reason", "Chờ xác minh")];
    commune.submit(&page, &act("removals"), &filled).await.ok();
    let seen = chair.get(&act("signature")).await.ok();
    let open = commune.get(&path).await.ok();
    commune.submit(&open, &act("listing"), &[]).await.ok();
    let page =
        chair.submit(&seen, &act("signature"), &signed("2")).await.refused(412, "http.stale");
    let page = page.shows("Đưa hồ sơ vào danh sách").shows(&format!("/cases/{}", cases[1]));
    let page = page.shows("value=\"125/QĐ-UBND\"").shows("<b>3</b>").hides(" checked>");

    let mut other = chair.clone();
    chair.submit(&page, &act("signature"), &signed("3")).await.ok();
    let again = other.submit(&page, &act("signature"), &signed("3")).await.ok();
    again.shows("<b>0/3</b>").shows("Đã ký");
    let decision = api(&world, &staff, &path).await["decision"].clone();
    assert_eq!((&decision["state"], &decision["listed"]), (&json!("signed"), &json!(3)));
    // A form that was opened before knows that it came too late.
    let late = commune.submit(&open, &act("removals"), &filled).await;
    late.refused(409, "decision.signed").hides("Rút các hồ sơ");
}

#[tokio::test]
async fn the_family_of_who_signs_is_shown_before_and_comes_off_right_there() {
    let (world, staff, router, cases) = ready().await;
    let mut chair = Browser::of(&router, "chair").await;
    let page = drafted(&mut chair).await.hides("Không thể ký");
    let path = page.address;
    let act = |name: &str| format!("{path}/{name}");
    let before = chair.get(&act("signature")).await.ok();

    let officer = officer_id(&world, &staff.chair).await;
    let subject = api(&world, &staff, &format!("/cases/{}", cases[0])).await["subject"].clone();
    let interest = json!({ "subject": subject, "relation": "household" });
    let interests = format!("/api/v1/officers/{officer}/interests");
    world.post(&world.admin, &interests, interest).await.ok();
    chair.get(&path).await.ok().shows("Không thể ký");
    chair
        .get(&act("signature"))
        .await
        .ok()
        .shows("1 hồ sơ không thể ký")
        .hides(">Ký quyết định</button>");
    Browser::of(&router, "commune").await.get(&path).await.ok().hides("Không thể ký");

    let page = chair.submit(&before, &act("signature"), &signed("3")).await;
    let page = page.refused(409, "decision.case_not_ready").shows(&format!("/cases/{}", cases[0]));
    assert_eq!(api(&world, &staff, &path).await["decision"]["state"], "draft");
    let filled = [("reason", "Người ký có liên quan")];
    let page = chair.submit(&page, &act("removals"), &filled).await.ok();
    assert!(page.address.starts_with(&act("signature?")), "{}", page.address);
    let page = page.shows("value=\"125/QĐ-UBND\"").shows("<b>2</b>").hides("không thể ký");
    chair.submit(&page, &act("signature"), &signed("2")).await.ok().shows("<b>0/2</b>");
}

#[tokio::test]
async fn who_may_not_is_told_so_and_outside_there_is_nothing() {
    let (world, staff, router, cases) = ready().await;
    let mut commune = Browser::of(&router, "commune").await;
    let page = drafted(&mut commune).await.hides("Xem lại và ký");
    let path = page.address.clone();
    let act = |name: &str| format!("{path}/{name}");
    let seen = commune.get(&act("signature")).await.ok().shows("Anh chị không ký được");
    seen.hides("name=\"number\"");
    let mut chair = Browser::of(&router, "chair").await;
    let form = chair.get(&act("signature")).await.ok();
    let mut fields = form.form(&act("signature"));
    let own = page.form("/sign-out").into_iter().find(|(name, _)| name == "csrf").unwrap();
    fields.retain(|(name, _)| name != "csrf");
    let mut pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    pairs.retain(|(name, _)| !["number", "date"].contains(name));
    pairs.extend([("csrf", own.1.as_str())]);
    pairs.extend(signed("3"));
    let refused = commune.send(Method::POST, &act("signature"), &pairs).await;
    refused.refused(403, "actor.not_appointed");

    let mut neighbour = Browser::of(&router, "neighbour").await;
    let rest = ["", "/annex", "/annex/lines", "/signature", "/progress", "/ready", "/cancellation"];
    for rest in rest {
        neighbour.get(&format!("{path}{rest}")).await.refused(404, "decision.unknown");
    }
    let page = neighbour.get("/decisions").await.ok().hides(&path).hides("Xóm mẫu");
    let own = page.form("/sign-out").into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    let fields = [
        ("csrf", &*own),
        ("command", "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01"),
        ("revision", "1"),
        ("reason", "x"),
        ("case", &*cases[0]),
    ];
    for name in ["removals", "discard"] {
        neighbour.send(Method::POST, &act(name), &fields).await.refused(404, "decision.unknown");
    }
    let single = format!("/decisions/single/{}", cases[0]);
    neighbour.get(&single).await.refused(404, "case.unknown");
    let mut hamlet = Browser::of(&router, "hamlet").await;
    hamlet.get("/decisions").await.ok().hides("Lập dự thảo</button>").hides(&path);

    let page = commune.get(&act("discard")).await.ok().shows("<b>3</b>");
    let page = commune.submit(&page, &act("discard"), &[("reason", "Nhầm năm")]).await.ok();
    page.shows("Đã bỏ dự thảo");
    assert_eq!(world.settle(&id(&path)).await, 3);
    assert_eq!(api(&world, &staff, &path).await["decision"]["settled"], true);
}

#[tokio::test]
async fn what_cannot_be_listed_is_named_and_names_do_no_harm() {
    let (world, staff, router, _) = ready().await;
    let hostile = [
        ("X-1", "<script>alert(1)</script>", 9),
        ("X-2", "=cmd|' /C calc'!A0", 9),
        ("X-3", "\"><img src=x onerror=1>", 5),
    ];
    for (code, name, points) in hostile {
        let body = json!({ "kind": "household", "code": code, "unit": "05158-01", "name": name,
            "address": "Xóm mẫu" });
        let subject = world.post(&world.admin, "/api/v1/subjects", body).await.ok().id();
        let body = json!({ "subject": subject, "year": 2026 });
        let case = world.post(&staff.recorder, "/api/v1/cases", body).await.ok().id();
        let act = |name: &str| format!("/api/v1/cases/{case}/{name}");
        world.post(&staff.recorder, &act("self-assessment"), claims(points)).await.ok();
        world.post(&staff.hamlet, &act("review"), reviews(points)).await.ok();
        world.post(&staff.commune, &act("review"), reviews(points)).await.ok();
    }
    let mut chair = Browser::of(&router, "chair").await;
    let page = drafted(&mut chair).await.shows("case.below_threshold").shows("75");
    let page = page.shows("&#34;&#62;&#60;img").hides("<img src=x").hides("<script>alert");
    let path = page.address.trim_end_matches("/listing").to_owned();
    chair.get(&path).await.ok().shows("&#60;script&#62;").hides("<script>alert");
    let annex = chair.get(&format!("{path}/annex")).await.ok();
    annex.shows("&#60;script&#62;").hides("<script>alert").shows("Tổng cộng: 5");
    let table = chair.get(&format!("{path}/annex?csv")).await.ok();
    assert_eq!(table.headers["content-disposition"], "attachment; filename=\"annex.csv\"");
    table.shows(",'=cmd|' /C calc'!A0,Xóm mẫu 01,90,");
    chair.get("/decisions?csv").await.ok().shows("Gia đình học tập,2026,05158,Dự thảo");
    chair.get(&format!("{path}?q=%3Cscript%3E")).await.ok().hides("value=\"<script>");
    chair.send(Method::GET, "/language/en?back=/", &[]).await;
    chair.get(&path).await.ok().shows("Review and sign").shows("Learning family 2026");
}

#[tokio::test]
async fn a_single_case_is_recognised_or_refused_by_an_act_of_its_own() {
    let (world, staff, router, cases) = ready().await;
    let mut chair = Browser::of(&router, "chair").await;
    let path = |case: &str| format!("/decisions/single/{case}");
    let page = chair.get(&path(&cases[0])).await.ok();
    let action = format!("{}/recognition", path(&cases[0]));
    let page = chair.submit(&page, &action, &[("number", "7/QĐ"), ("date", "2026-11-11")]).await;
    let page = page.refused(422, "case.bad_decision_date").shows("value=\"7/QĐ\"");
    let page = chair.submit(&page, &action, &[("date", "2026-11-10")]).await.ok();
    page.shows("Đã công nhận danh hiệu.").hides("Không công nhận</button>");

    let page = chair.get(&path(&cases[1])).await.ok();
    let action = format!("{}/refusal", path(&cases[1]));
    let page = chair.submit(&page, &action, &[("number", "8/QĐ")]).await;
    let page = page.refused(422, "form.missing_field").shows("value=\"8/QĐ\"");
    chair.submit(&page, &action, &[("reason", "Minh chứng không đúng")]).await.ok();
    let state = api(&world, &staff, &format!("/cases/{}", cases[1])).await["state"].clone();
    assert_eq!(state, "refused");

    drafted(&mut chair).await;
    chair.get(&path(&cases[2])).await.ok().shows("Mở dự thảo");
    let mut commune = Browser::of(&router, "commune").await;
    commune.get(&path(&cases[0])).await.ok();
}

#[tokio::test]
async fn a_long_list_is_read_hamlet_by_hamlet() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    for number in 0..52 {
        staff.case_to_decide(&world, &format!("H-{number:04}")).await;
    }
    let router = site(&world, &["chair"]);
    let mut chair = Browser::of(&router, "chair").await;
    let page = drafted(&mut chair).await.shows("52 hồ sơ").shows("Xem danh sách").hides("H-0000");
    let path = page.address;
    let page = chair.get(&format!("{path}?hamlet=05158-01")).await.ok();
    let page = page.shows("H-0000").shows("H-0049").hides("H-0050").shows("rel=\"next\"");
    assert!(page.text.contains("?hamlet=05158-01&#38;from=50"), "{}", page.text);
    let next = format!("{path}?hamlet=05158-01&from=50");
    chair.get(&next).await.ok().shows("H-0051").hides("H-0049").shows("rel=\"prev\"");
    let elsewhere = chair.get(&format!("{path}?hamlet=-")).await.ok();
    elsewhere.hides("H-0000").shows("Xem danh sách");
    chair.get(&format!("{path}?hamlet=%3Cx")).await.refused(422, "form.bad_field");
    // The annex has the order of the list, whatever that of the signed bytes is.
    let annex = chair.get(&format!("{path}/annex")).await.ok().text;
    let places: Vec<_> =
        (0..52).map(|n| annex.find(&format!("<td>H-{n:04}</td>")).unwrap()).collect();
    assert!(places.is_sorted());
}
