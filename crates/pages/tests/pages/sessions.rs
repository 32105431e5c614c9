//! Signing in and out, and forms that outlive their session.

use axum::http::Method;

use crate::browser::{Browser, site};
use crate::world::{Staff, World, claims};

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_comes_back() {
    let world = World::new().await;
    Staff::of(&world).await;
    let router = site(&world, &["commune"]);
    let mut browser = Browser::new(&router);
    let page = browser.get("/queue?title=family").await.ok();
    assert_eq!(page.address, "/sign-in?to=%2Fqueue%3Ftitle%3Dfamily");
    let page = browser.submit(&page, "/sign-in/persona", &[]).await.ok();
    assert_eq!(page.address, "/queue?title=family");
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "HB-1").await;
    let id = case.rsplit('/').next().unwrap();
    let router = site(&world, &["recorder"]);
    let mut browser = Browser::of(&router, "recorder").await;
    let action = format!("/queue/{id}/claim");
    let page = browser.get("/queue").await.ok();
    for foreign in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        browser.headers = vec![(foreign.0, foreign.1.to_owned())];
        browser.press(&page, "/queue/claims", &action, &[]).await.refused(403, "form.cross_site");
    }
    browser.headers.clear();
    browser
        .press(&page, "/queue/claims", &action, &[("csrf", "AAAA")])
        .await
        .refused(409, "Gửi lại biểu mẫu");
}

#[tokio::test]
async fn a_form_outlives_its_session() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "HB-1").await;
    let id = case.rsplit('/').next().unwrap();
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    let router = site(&world, &["hamlet"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let action = format!("/queue/{id}/claim");
    let page = browser.get("/queue").await.ok();
    browser.cookies.remove("hieuhoc");
    let page = browser.press(&page, "/queue/claims", &action, &[]).await.refused(401, "vẫn còn");
    let page = browser.submit(&page, "/sign-in/persona", &[]).await;
    let page = page.refused(409, "Gửi lại biểu mẫu");
    browser.send(Method::GET, "/queue", &[]).await.ok().shows("data-claim");
    let page = browser.submit(&page, &action, &[]).await;
    assert_eq!(page.address, format!("/cases/{id}"));
    browser.get("/queue").await.ok().hides("data-claim");
}
