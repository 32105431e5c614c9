//! Officers as administrators keep them: who may, what is refused, and what is shown once.

use crate::account::secret;
use crate::browser::{Browser, site};
use crate::world::{Staff, World, claims, officer_id};

const HOSTILE: &str = "\"><img src=x onerror=1> <script>alert(1)</script>";

#[tokio::test]
async fn an_administrator_of_a_commune_stays_in_his_commune() {
    let world = World::new().await;
    Staff::of(&world).await;
    world.officer("local", "administrator", "05158").await;
    let stranger = world.officer("stranger", "hamlet-reviewer", "05092-01").await;
    let stranger = officer_id(&world, &stranger).await;
    let router = site(&world, &["local", "chair"]);
    let mut browser = Browser::of(&router, "local").await;
    let page = browser.get("/officers").await.ok().shows("commune").hides("stranger");
    page.shows("Hội Khuyến học xã, Xã Mường Bi");
    browser.get(&format!("/officers/{stranger}")).await.refused(404, "officer.unknown");
    let page = browser.get("/officers?q=chair").await.ok().hides(">recorder<");
    let here =
        page.text.split("href=\"/officers/").skip(1).find(|part| part.contains(">chair<")).unwrap();
    let here = format!("/officers/{}", here.split('"').next().unwrap());
    let page = browser.get(&here).await.ok();
    let abroad = [("role", "commune-chair"), ("unit", "05092"), ("from", "2026-11-10")];
    let act = format!("{here}/appointments");
    let said = browser.submit(&page, &act, &abroad).await.refused(403, "actor.not_appointed");
    said.shows("value=\"commune-chair\" selected").shows("aria-invalid");
    browser.get("/officers/new?find=Kim+Boi").await.ok().shows("Không thấy đơn vị nào");
    let new = browser.get("/officers/new").await.ok();
    let filled = [("code", "x-1"), ("name", HOSTILE), ("unit", "05092")];
    let said = browser.submit(&new, "/officers/new/officer", &filled).await;
    said.refused(403, "actor.not_appointed").hides("<img").shows("&#60;img src=x onerror=1&#62;");

    let mut chair = Browser::of(&router, "chair").await;
    for address in ["/officers", "/officers/new", here.as_str()] {
        chair.get(address).await.refused(403, "actor.not_appointed");
    }
    let said = chair.submit(&new, "/officers/new/officer", &[("csrf", "x")]).await;
    said.refused(409, "Gửi lại biểu mẫu");
}

#[tokio::test]
async fn an_officer_is_relieved_and_his_cases_are_handed_over() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.officer("heir", "hamlet-reviewer", "05158-01").await;
    for code in ["HB-1", "HB-2"] {
        let case = staff.case(&world, code).await;
        world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
        world.post(&staff.hamlet, &format!("{case}/claim"), serde_json::json!({})).await.ok();
    }
    let router = site(&world, &["admin"]);
    let mut browser = Browser::of(&router, "admin").await;
    let here = format!("/officers/{}", officer_id(&world, &staff.hamlet).await);
    let page = browser.get(&here).await.ok().shows("<dd>2</dd>");
    let handover = format!("{here}/handover");
    let said = browser
        .submit(&page, &handover, &[("code", "nobody"), ("reason", "Chuyển công tác")])
        .await;
    let page = said.ok().shows("Đã bàn giao 0 hồ sơ. 2 hồ sơ chưa bàn giao được");
    let filled = [("code", "heir"), ("reason", "Chuyển công tác")];
    let page = browser.submit(&page, &handover, &filled).await.ok();
    let page = page.shows("Đã bàn giao 2 hồ sơ.").shows("không giữ hồ sơ nào");
    let relief = format!("{here}/relief");
    let said = browser.submit(&page, &relief, &[("from", "2025-01-01")]).await;
    said.refused(409, "officer.not_appointed");
    let page = browser.submit(&page, &relief, &[]).await.ok().shows("Đã cho thôi nhiệm vụ.");
    page.shows("đã hết");
    browser
        .get("/officers?state=ended")
        .await
        .ok()
        .shows("hamlet")
        .hides("commune-reviewer</span>");
    let file = browser.get("/officers?q=heir&csv").await.ok();
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8; header=present");
    assert!(
        file.text.starts_with("\u{feff}Tài khoản,Họ tên") && file.text.contains("heir,"),
        "{}",
        file.text
    );
}

#[tokio::test]
async fn a_token_is_shown_once() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let router = site(&world, &["admin"]);
    let mut browser = Browser::of(&router, "admin").await;
    let here = format!("/officers/{}", officer_id(&world, &staff.commune).await);
    let page = browser.get(&here).await.ok();
    let action = format!("{here}/tokens");
    let late = [("label", "máy của xã"), ("until", "2036-01-01")];
    let said = browser.submit(&page, &action, &late).await.refused(422, "officer.bad_token_end");
    let page = said.shows("value=\"máy của xã\"");
    let filled = [("label", "=máy<b>xã"), ("until", "2027-01-01")];
    let shown = browser.submit(&page, &action, &filled).await.ok().shows("máy&#60;b&#62;xã");
    let token = secret(&shown);
    assert!(token.starts_with("hh_"), "{token}");
    world.get(&token, "/api/v1/me").await.ok();
    let repeated = browser.submit(&page, &action, &filled).await.ok().hides("hh_");
    repeated.shows("đã được gửi trước đó");
    let page = browser.get(&here).await.ok().hides(&token).hides("<b>xã");
    // The newest ends first in the list of those that end last.
    let page = browser.submit(&page, &format!("{here}/tokens/revocation"), &[]).await.ok();
    page.shows("thu hồi ngày 10/11/2026");
}

#[tokio::test]
async fn a_household_gets_an_account_of_its_own() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.household("HB-9", "05158-01").await;
    world.household("KB-9", "05092-01").await;
    world.officer("local", "administrator", "05158").await;
    let router = site(&world, &["local", "admin"]);
    let mut browser = Browser::of(&router, "local").await;
    let page = browser.get("/officers/new").await.ok();
    let action = "/officers/new/applicant";
    let filled =
        |subject| [("code", "HB-9"), ("name", HOSTILE), ("unit", "05158"), ("subject", subject)];
    let said = browser.submit(&page, action, &filled("KB-9")).await.refused(404, "subject.unknown");
    let page = said.shows("value=\"KB-9\"").hides("<img");
    let page = browser.submit(&page, action, &filled("HB-9")).await.ok().hides("<img");
    let password = secret(&page);
    let mut household = Browser::new(&router);
    let fields = [("account", "HB-9"), ("password", password.as_str()), ("to", "/account")];
    household.send(axum::http::Method::POST, "/sign-in", &fields).await;
    let page = household.get("/account").await.ok().shows("Hộ của mình: Đinh Công Đức (HB-9)");
    page.hides("<img").shows("không giữ nhiệm vụ nào");
    household.get("/officers").await.refused(403, "actor.not_appointed");
    drop(staff);
}
