//! The life of an account by forms: made, appointed, signed in, its password changed, and who stands in.

use axum::Router;
use axum::http::Method;

use crate::browser::{Browser, Seen, site};
use crate::world::World;

const CODE: &str = "05158-CB-07";
const NEW: &str = "khoai lang nướng than";

/// What stands in the page as a secret.
pub(crate) fn secret(page: &Seen) -> String {
    let mark = "<code class=\"secret\">";
    let at =
        page.text.find(mark).unwrap_or_else(|| panic!("no secret in {}", page.text)) + mark.len();
    page.text[at..].split('<').next().unwrap().to_owned()
}

/// The administrator makes an account, appoints it to the hamlet's review, and sets a password.
async fn made(router: &Router) -> String {
    let mut admin = Browser::of(router, "admin").await;
    let page = admin.get("/officers/new?find=muong+bi").await.ok();
    let filled = [("code", CODE), ("name", "Bùi Văn Thử"), ("unit", "05158")];
    let page =
        admin.submit(&page, "/officers/new/officer", &filled).await.ok().shows("Bùi Văn Thử");
    let page = page.shows("Đã thêm cán bộ").shows("Chưa có mật khẩu");
    let here = page.address.clone();
    let page = admin.get(&format!("{here}?find=Xom+mau")).await.ok().shows("05158-01");
    let office = [("role", "hamlet-reviewer"), ("unit", "05158-01"), ("from", "2026-01-01")];
    let page = admin.submit(&page, &format!("{here}/appointments"), &office).await.ok();
    let page = page.shows("Đã giao nhiệm vụ.").shows("đang giữ");
    let page = admin.submit(&page, &format!("{here}/password"), &[]).await.ok();
    assert_eq!(page.headers["cache-control"], "no-store");
    let password = secret(&page);
    admin.get(&here).await.ok().hides(&password).shows("Đã có mật khẩu");
    password
}

async fn sign_in(router: &Router, account: &str, password: &str) -> (Browser, Seen) {
    let mut browser = Browser::new(router);
    let fields = [("account", account), ("password", password), ("to", "/account")];
    let seen = browser.send(Method::POST, "/sign-in", &fields).await;
    (browser, seen)
}

fn change<'a>(old: &'a str, new: &'a str, again: &'a str) -> [(&'static str, &'a str); 3] {
    [("password_old", old), ("password_new", new), ("password_again", again)]
}

#[tokio::test]
async fn an_account_is_made_used_and_its_password_changed() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let first = made(&router).await;
    let (mut here, _) = sign_in(&router, CODE, &first).await;
    let (mut there, _) = sign_in(&router, CODE, &first).await;
    let page = here.get("/account").await.ok().shows("Chi hội khuyến học thôn").shows("Xóm mẫu 01");
    there.get("/account").await.ok().shows("Bùi Văn Thử");

    let said = here.submit(&page, "/account/password", &change(&first, NEW, "khac")).await;
    said.refused(422, "password.not_the_same").hides(NEW);
    let said = here.submit(&page, "/account/password", &change("nham roi ca", NEW, NEW)).await;
    said.refused(403, "password.wrong_old").hides(NEW);
    let said =
        here.submit(&page, "/account/password", &change(&first, "matkhau123", "matkhau123")).await;
    said.refused(422, "password.too_common");
    let page = here.submit(&page, "/account/password", &change(&first, NEW, NEW)).await.ok();
    assert_eq!(page.address, "/account", "this browser is still signed in");
    page.shows("Đã đổi mật khẩu");
    let page = there.get("/account").await.ok();
    assert!(page.address.starts_with("/sign-in"), "the other session is over: {}", page.address);
    let (_, seen) = sign_in(&router, CODE, &first).await;
    seen.refused(403, "sign_in.wrong_password");
    let (mut again, _) = sign_in(&router, "05158-cb-07", NEW).await;
    let page = again.get("/account").await;
    assert!(page.address.starts_with("/sign-in"), "capitals of a code count");
    let (mut again, _) = sign_in(&router, CODE, NEW).await;
    let page = again.get("/account").await.ok();
    assert_eq!(page.address, "/account");
    let out = again.submit(&page, "/sign-out/everywhere", &[]).await.ok();
    assert_eq!(out.address, "/sign-in");
    let page = here.get("/account").await.ok();
    assert!(page.address.starts_with("/sign-in"), "signed out everywhere");
}

#[tokio::test]
async fn five_wrong_old_passwords_lock_the_account() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let first = made(&router).await;
    let (mut browser, _) = sign_in(&router, CODE, &first).await;
    let page = browser.get("/account").await.ok();
    for _ in 0..5 {
        let said = browser.submit(&page, "/account/password", &change("nham", NEW, NEW)).await;
        said.refused(403, "password.wrong_old");
    }
    let said = browser.submit(&page, "/account/password", &change(&first, NEW, NEW)).await;
    said.refused(429, "sign_in.locked");
    let (_, seen) = sign_in(&router, CODE, &first).await;
    seen.refused(429, "sign_in.locked");
}

#[tokio::test]
async fn passwords_of_a_form_without_session_go_nowhere() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let first = made(&router).await;
    let (mut browser, _) = sign_in(&router, CODE, &first).await;
    let page = browser.get("/account").await.ok();
    browser.cookies.remove("hieuhoc");
    let page = browser.submit(&page, "/account/password", &change(&first, NEW, NEW)).await;
    let page = page.refused(401, "vẫn còn");
    let filled = [("account", CODE), ("password", first.as_str())];
    let page = browser.submit(&page, "/sign-in", &filled).await.refused(409, "Gửi lại biểu mẫu");
    page.hides(NEW).hides(&first).hides("password_new");
}

#[tokio::test]
async fn who_will_be_away_says_who_stands_in() {
    let world = World::new().await;
    world.officer("hamlet", "hamlet-reviewer", "05158-01").await;
    world.officer("deputy", "hamlet-recorder", "05158-01").await;
    let router = site(&world, &["hamlet", "deputy"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get("/account").await.ok();
    let absent = |code| [("code", code), ("from", "2026-11-10"), ("until", "2026-11-20")];
    let said = browser.submit(&page, "/account/delegations", &absent("hamlet")).await;
    said.refused(422, "officer.delegated_to_self").shows("value=\"2026-11-20\"");
    let said = browser.submit(&page, "/account/delegations", &absent("nobody\"><img src=x>")).await;
    said.refused(404, "officer.unknown").hides("<img").shows("nobody&#34;&#62;");
    let page = browser.submit(&page, "/account/delegations", &absent("deputy")).await.ok();
    let page = page.shows("Bùi Thị Mẫu (deputy)").shows("20/11/2026");
    let mut deputy = Browser::of(&router, "deputy").await;
    deputy.get("/account").await.ok().shows("Bùi Thị Mẫu (hamlet)").shows("được ủy quyền");
    let page = browser.submit(&page, "/account/delegations/end", &[]).await.ok();
    page.shows("Đã chấm dứt ủy quyền");
    deputy.get("/account").await.ok().hides("Tôi làm thay");
    browser.get("/language/en?back=/account").await.ok().shows("Change the password");
}
