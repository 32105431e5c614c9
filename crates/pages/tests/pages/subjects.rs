//! Officers find, enter, correct and move subjects.

use serde_json::json;

use crate::browser::{Browser, site};
use crate::world::{Staff, World};

const FORM: &str = "/subjects/new";

#[tokio::test]
async fn a_subject_is_found_entered_corrected_and_moved() {
    let world = World::new().await;
    Staff::of(&world).await;
    world.officer("registrar", "registrar", "05158").await;
    world.household("HB-1", "05158-01").await;
    world.household("KB-1", "05092-01").await;
    let router = site(&world, &["registrar", "recorder"]);
    let mut browser = Browser::of(&router, "registrar").await;
    let page = browser.get("/subjects?text=dinh+cong").await.ok();
    page.shows("Đinh Công Đức").shows("HB-1").hides("KB-1");
    browser.get("/subjects?kind=clan").await.ok().shows("Không tìm thấy");

    // One of that name is there already, and is shown beside it.
    let typed = [
        ("kind", "household"),
        ("unit", "05158-01"),
        ("code", "HB-9"),
        ("name", "đinh công đức"),
        ("address", "=cmd|x"),
    ];
    let page = browser.get(FORM).await.ok();
    let page =
        browser.submit(&page, FORM, &typed).await.refused(409, "Có thể đã có trong danh sách");
    let page = page.shows("HB-1").shows("value=\"HB-9\"");
    let page = browser.submit(&page, FORM, &[("confirmed", "1")]).await.ok();
    let page = page.shows("Đã lập đối tượng").shows("=cmd|x");
    let subject = page.address.clone();
    let file = browser.get("/subjects?csv").await.ok();
    file.shows("'=cmd|x");

    let action = format!("{subject}/correction");
    let page = browser.get(&action).await.ok();
    let page = browser.submit(&page, &action, &[("name", "<script>alert(1)</script>")]).await.ok();
    page.hides("<script>alert").shows("Đã sửa");
    let action = format!("{subject}/move");
    let page = browser.get(&action).await.ok();
    browser.submit(&page, &action, &[("unit", "05158-02")]).await.ok().shows("Xóm mẫu 02");
    let page = browser.get(&action).await.ok();
    let page = browser.submit(&page, &action, &[("unit", "05092-01")]).await;
    page.refused(403, "actor.not_appointed");

    // Who may not is told so, before and after, and keeps what he typed.
    let mut recorder = Browser::of(&router, "recorder").await;
    let page = recorder.get(FORM).await.ok().shows("Vai hiện tại của anh chị không lập được");
    let typed = [("kind", "clan"), ("unit", "05158-01"), ("code", "HB-8"), ("name", "Họ Bùi")];
    let page = recorder.submit(&page, FORM, &typed).await.refused(403, "actor.not_appointed");
    page.shows("value=\"Họ Bùi\"");
    recorder.get("/language/en?back=/subjects").await.ok().shows("Accents are not needed");
}

#[tokio::test]
async fn the_years_of_a_subject_stand_in_one_line() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "HB-1").await;
    let decision = json!({ "decision": { "number": "125/QĐ-UBND", "date": "2026-11-10" } });
    world.post(&staff.chair, &format!("{case}/recognition"), decision).await.ok();
    let subject = world.get(&staff.chair, &case).await.body["subject"].as_str().unwrap().to_owned();
    let router = site(&world, &["hamlet"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&format!("/subjects/{subject}")).await.ok();
    let page = page.shows("125/QĐ-UBND").shows("hiệu lực đến hết 09/11/2027");
    let action = format!("/subjects/{subject}/cases");
    browser.submit(&page, &action, &[("year", "2026")]).await.refused(403, "actor.not_appointed");
}
