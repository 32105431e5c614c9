//! Files that come with a form.

use crate::applicant::{opened, owner};
use crate::browser::{Browser, site};
use crate::world::{Staff, World};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

#[tokio::test]
async fn a_file_is_kept_with_the_form_that_it_comes_with() {
    let world = World::new().await;
    Staff::of(&world).await;
    let subject = owner(&world, "owner", "HB-1").await;
    owner(&world, "stranger", "HB-2").await;
    let router = site(&world, &["owner", "stranger", "hamlet"]);
    let mut browser = Browser::of(&router, "owner").await;
    let (action, page) = opened(&mut browser, &subject).await;
    let to = action.replace("self-assessment", "evidence");

    let typed = [("points.2a", "7"), ("label.1a", "Giấy khen của trường")];
    let file = ("file.1a", "IMG_1.png", PNG);
    let page = browser.upload(&page, (&action, &to), &typed, file).await.ok();
    let page = page.shows("Đã tải tệp lên").shows("Giấy khen của trường").shows("value=\"7\"");
    let form = page.form(&action);
    let digest =
        form.iter().find(|(name, _)| name == "digest.1a").map(|(_, digest)| digest.clone());
    let digest = digest.unwrap();
    assert_eq!(digest.len(), 64);

    // What is no picture and no document is not kept; the form is.
    let file = ("file.1b", "cmd.png", b"<svg onload=alert(1)>".as_slice());
    let seen = browser.upload(&page, (&action, &to), &[("points.2b", "5")], file).await;
    let page = seen.refused(415, "evidence.bad_kind").shows("value=\"5\"").shows(&digest);
    let large = vec![b' '; 10 * 1024 * 1024 + 1];
    let seen = browser.upload(&page, (&action, &to), &[], ("file.1b", "a.pdf", &large)).await;
    let page = seen.refused(413, "evidence.too_large").shows("value=\"5\"").shows(&digest);

    // A name is only text.
    let file = ("file.2c", "<script>alert(1)</script>.png", PNG);
    let page = browser.upload(&page, (&action, &to), &[], file).await.ok();
    page.hides("<script>alert").shows("script&#62;.png");

    let path = format!("{to}/{digest}");
    let seen = browser.get(&path).await.ok();
    assert!(seen.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let seen = browser.get(&format!("{path}?view")).await.ok();
    assert!(seen.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
    assert_eq!(seen.headers["content-type"], "image/png");
    assert_eq!(seen.headers["content-security-policy"], "sandbox; default-src 'none'");
    Browser::of(&router, "hamlet").await.get(&path).await.ok();
    let mut stranger = Browser::of(&router, "stranger").await;
    assert_eq!(stranger.get(&path).await.status.as_u16(), 404);
    assert_eq!(browser.get(&format!("{to}/{}", "a".repeat(64))).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_file_of_a_form_that_is_not_ours_is_not_kept() {
    let world = World::new().await;
    Staff::of(&world).await;
    let subject = owner(&world, "owner", "HB-1").await;
    let router = site(&world, &["owner"]);
    let mut browser = Browser::of(&router, "owner").await;
    let (action, page) = opened(&mut browser, &subject).await;
    let to = action.replace("self-assessment", "evidence");
    let file = ("file.1a", "a.png", PNG);
    let seen = browser.upload(&page, (&action, &to), &[("csrf", "AAAA")], file).await;
    seen.refused(409, "Gửi lại biểu mẫu").hides("digest.1a\" value=\"a");
    browser.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
    let seen = browser.upload(&page, (&action, &to), &[], file).await;
    seen.refused(403, "form.cross_site");
    browser.headers.clear();
    let digest = codec::digest::digest(PNG).unwrap();
    assert_eq!(browser.get(&format!("{to}/{digest}")).await.status.as_u16(), 404);
    // Who is no longer signed in keeps what he typed.
    browser.cookies.remove("hieuhoc");
    let seen = browser.upload(&page, (&action, &to), &[("points.1a", "4")], file).await;
    let page = seen.refused(401, "vẫn còn");
    let page =
        browser.submit(&page, "/sign-in/persona", &[]).await.refused(409, "Gửi lại biểu mẫu");
    browser.submit(&page, &action, &[]).await.ok().shows("value=\"4\"");
}
