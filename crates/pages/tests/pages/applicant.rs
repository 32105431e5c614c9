//! A person with a subject of his own and no office: registering, filling in, supplementing, and what he
//! does not see; and who writes for a household.

use axum::Router;
use serde_json::json;

use crate::browser::{Browser, Seen, site};
use crate::world::{INDICATORS, Staff, World, claims};

/// Somebody without an office, whose own a household is; its id.
pub(crate) async fn owner(world: &World, code: &str, household: &str) -> String {
    let subject = world.household(household, "05158-01").await;
    let enrolment = json!({ "code": code, "name": "Đinh Thị Hồng", "unit": "05158-01" });
    let id = world.post(&world.admin, "/api/v1/officers", enrolment).await.ok().id();
    let interest = json!({ "subject": subject, "relation": "household" });
    let path = format!("/api/v1/officers/{id}/interests");
    world.post(&world.admin, &path, interest).await.ok();
    subject
}

/// Registers the owner's household, and opens the form; its address.
pub(crate) async fn opened(browser: &mut Browser, subject: &str) -> (String, Seen) {
    let page = browser.get("/mine").await.ok();
    let page = browser.submit(&page, &format!("/subjects/{subject}/cases"), &[]).await.ok();
    let action = page.address.clone();
    assert!(action.ends_with("/self-assessment"), "{action}");
    (action, page)
}

/// Nine points everywhere.
fn filled() -> Vec<(String, String)> {
    INDICATORS.map(|id| (format!("points.{id}"), "9".to_owned())).to_vec()
}

fn pairs<'a>(
    fields: &'a [(String, String)],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let own = fields.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    own.map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect()
}

async fn start(codes: &[&str]) -> (World, Staff, String, Router) {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let subject = owner(&world, "owner", "HB-1").await;
    let router = site(&world, codes);
    (world, staff, subject, router)
}

#[tokio::test]
async fn a_family_registers_fills_in_supplements_and_sees_how_it_stands() {
    let (world, staff, subject, router) = start(&["owner"]).await;
    let mut browser = Browser::of(&router, "owner").await;
    let (action, page) = opened(&mut browser, &subject).await;
    let id = action.split('/').nth(2).unwrap().to_owned();
    let page = page.shows("Chưa đối chiếu").shows("75/100").hides("Người khai");

    // What is missing is all said at once, and nothing that was typed is lost.
    let typed =
        [("points.1a", "11"), ("points.1b", "7"), ("note.1b", "Cháu học lớp 5"), ("do", "send")];
    let page = browser.submit(&page, &action, &typed).await.refused(422, "1a: điểm từ 0 đến 10.");
    let page = page.shows("4b: chưa chấm điểm.").shows("Cháu học lớp 5").shows("value=\"11\"");

    // Half a form is kept, and is there again.
    let page = browser.submit(&page, &action, &[("points.1a", ""), ("do", "draft")]).await.ok();
    page.shows("Đã lưu nháp");
    let page = browser.get(&action).await.ok();
    let page =
        page.shows("bản nháp do Đinh Thị Hồng").shows("Cháu học lớp 5").shows("Còn thiếu 68 điểm");
    let page =
        browser.submit(&page, &action, &[("label.1a", "Giấy khen"), ("do", "row:1a")]).await.ok();
    assert_eq!(page.text.matches("name=\"label.1a\"").count(), 2);

    let all = filled();
    let page = browser.submit(&page, &action, &pairs(&all, &[("do", "send")])).await.ok();
    assert_eq!(page.address, "/mine");
    page.shows("Đang thẩm định").shows("Chi hội khuyến học thôn, Xóm mẫu 01");

    // Returned with a reason, which he reads; only what he changes is handed in.
    let reason = json!({ "reason": "Thiếu giấy khen năm học 2025–2026" });
    world.post(&staff.hamlet, &format!("/api/v1/cases/{id}/return"), reason).await.ok();
    let page = browser.get("/mine").await.ok();
    page.shows("Thiếu giấy khen năm học 2025–2026").shows("Chờ anh chị bổ sung");
    let action = format!("/cases/{id}/supplement");
    let page = browser.get(&format!("/cases/{id}/self-assessment")).await.ok();
    assert_eq!(page.address, action);
    let page =
        page.shows("Thiếu giấy khen năm học 2025–2026").shows("Đã khai: 9").shows("Giấy khen");
    let page = browser.submit(&page, &action, &[("do", "send")]).await;
    let page = page.refused(422, "case.nothing_supplemented");
    let page = browser.submit(&page, &action, &[("points.2c", "8"), ("do", "send")]).await.ok();
    page.shows("Đã gửi phần bổ sung");
    let timeline = world.get(&staff.hamlet, &format!("/api/v1/cases/{id}/timeline")).await.ok();
    let state = timeline.body["entries"].as_array().unwrap().last().unwrap()["state"].clone();
    assert_eq!((&state["claimed"], &state["claims"]["2c"]["points"]), (&json!(89), &json!(8)));

    let page = browser.get(&format!("/mine/{id}/withdrawal")).await.ok();
    let action = format!("/mine/{id}/withdrawal");
    let page = browser.submit(&page, &action, &[("reason", "Chuyển đi nơi khác")]).await.ok();
    page.shows("Đã rút").shows("Chuyển đi nơi khác");
}

#[tokio::test]
async fn another_familys_case_is_not_there() {
    let (world, staff, _, router) = start(&["owner"]).await;
    let other = staff.case(&world, "HB-2").await;
    let id = other.rsplit('/').next().unwrap();
    let subject =
        world.get(&staff.recorder, &other).await.ok().body["subject"].as_str().unwrap().to_owned();
    let mut browser = Browser::of(&router, "owner").await;
    let file = "a".repeat(64);
    for path in [
        format!("/cases/{id}/self-assessment"),
        format!("/cases/{id}/supplement"),
        format!("/cases/{id}/evidence/{file}"),
        format!("/cases/{id}/objections"),
        format!("/mine/{id}/withdrawal"),
        format!("/subjects/{subject}"),
        format!("/subjects/{subject}/correction"),
        "/postings/new?unit=05158-01".to_owned(),
        "/meetings/new?unit=05158-01&procedure=family.full-test&step=hamlet_meeting".to_owned(),
    ] {
        let seen = browser.get(&path).await;
        assert_eq!(seen.status.as_u16(), 404, "{path} {}", seen.text);
        seen.hides("Đinh Công Đức");
    }
    browser.get("/subjects").await.ok().hides("Đinh Công Đức").shows("Không tìm thấy");
}

#[tokio::test]
async fn who_writes_for_a_household_names_who_spoke() {
    let (world, staff, subject, router) = start(&["recorder"]).await;
    let mut browser = Browser::of(&router, "recorder").await;
    let page = browser.get(&format!("/subjects/{subject}")).await.ok();
    let page = browser.submit(&page, &format!("/subjects/{subject}/cases"), &[]).await.ok();
    let (action, all) = (page.address.clone(), filled());
    let page = browser.submit(&page, &action, &pairs(&all, &[("do", "send")])).await;
    let page = page.refused(422, "Ghi họ tên người khai");
    let hostile = "\"><img src=x onerror=1>";
    let typed = [("declarant", hostile), ("note.1a", "<script>alert(1)</script>"), ("do", "draft")];
    browser.submit(&page, &action, &typed).await.ok();
    let page = browser.get(&action).await.ok().hides(hostile).hides("<script>alert");
    browser.submit(&page, &action, &[("declarant", "Bùi Văn Đức"), ("do", "send")]).await;
    let id = action.split('/').nth(2).unwrap();
    let timeline = world.get(&staff.hamlet, &format!("/api/v1/cases/{id}/timeline")).await.ok();
    timeline.text.contains("Bùi Văn Đức").then_some(()).unwrap();
}

#[tokio::test]
async fn nobody_writes_over_the_draft_of_somebody_else_unseen() {
    let (_world, _, subject, router) = start(&["owner", "recorder"]).await;
    let mut owner = Browser::of(&router, "owner").await;
    let mut recorder = Browser::of(&router, "recorder").await;
    let (action, page) = opened(&mut owner, &subject).await;
    let other = recorder.get(&action).await.ok();
    recorder.submit(&other, &action, &[("points.1a", "3"), ("do", "draft")]).await.ok();
    let mine = [("points.1a", "8"), ("points.1b", "6"), ("do", "draft")];
    let page = owner
        .submit(&page, &action, &mine)
        .await
        .refused(409, "1a: bản kia 3 điểm, bản này 8 điểm");
    let page = page.shows("value=\"8\"").shows("value=\"6\"");
    owner.submit(&page, &action, &[("do", "draft")]).await.ok().shows("Đã lưu nháp");
    recorder.get(&action).await.ok().shows("value=\"8\"");
}

#[tokio::test]
async fn a_form_of_an_earlier_revision_says_what_happened_and_keeps_what_was_typed() {
    let (world, staff, subject, router) = start(&["owner"]).await;
    let mut browser = Browser::of(&router, "owner").await;
    let (action, page) = opened(&mut browser, &subject).await;
    let (path, all) = (format!("/api/v1{action}"), filled());
    world.post(&staff.recorder, &path, claims(8)).await.ok();
    let page = browser.submit(&page, &action, &pairs(&all, &[("do", "send")])).await;
    let page = page.refused(412, "http.stale").shows("<li>Tự đánh giá, 09:00 10/11/2026</li>");
    let page = browser.submit(&page.shows("value=\"9\""), &action, &[("do", "send")]).await;
    page.refused(409, "case.not_at_this_step").shows("value=\"9\"");
}
