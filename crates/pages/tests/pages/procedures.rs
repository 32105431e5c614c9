//! Definitions as everybody reads them, and as an administrator of the nation publishes them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::browser::{Browser, Seen, site};
use crate::world::{FAMILY, World};

const HERE: &str = "/procedures/family.sample-2026";

/// How often something in a definition was not seen in its source.
fn provisional(value: &Value) -> usize {
    match value {
        Value::Object(fields) => {
            let own =
                usize::from(fields.get("status").is_some_and(|status| status == "provisional"));
            own + fields.values().map(provisional).sum::<usize>()
        }
        Value::Array(items) => items.iter().map(provisional).sum(),
        _ => 0,
    }
}

/// Another edition of the family's definition.
fn edition(id: &str) -> String {
    FAMILY.replace("id = \"family.sample-2026\"", &format!("id = \"{id}\""))
}

/// Sends a file as browsers do.
async fn upload(
    router: &Router,
    browser: &Browser,
    page: &Seen,
    action: &str,
    file: &[u8],
) -> (StatusCode, String) {
    let mut body = Vec::new();
    for (name, value) in page.form(action) {
        if name != "file" {
            body.extend(
                format!(
                    "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .into_bytes(),
            );
        }
    }
    body.extend(
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.toml\"\r\n\r\n",
    );
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let cookies: Vec<_> =
        browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::post(action)
        .header("content-type", "multipart/form-data; boundary=x")
        .header("cookie", cookies.join("; "))
        .body(Body::from(body))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn everybody_reads_a_definition_with_every_provisional_place_marked() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let mut browser = Browser::new(&router);
    let list = browser.get("/procedures").await.ok().shows(HERE).shows("Bộ mẫu");
    list.shows("đang áp dụng từ 01/01/2026").hides("/procedures/publish");
    for id in ["family.sample-2026", "family.full-test", "organisation.tt22-2020"] {
        let reply = world.get(&world.admin, &format!("/api/v1/procedures/{id}")).await.ok();
        let definition = &reply.body["definition"];
        let page = browser.get(&format!("/procedures/{id}")).await.ok();
        let marks = page.text.matches("badge--provisional").count();
        assert_eq!(marks, provisional(definition), "{id}");
        for source in definition["sources"].as_object().unwrap().values() {
            let url = source["url"].as_str().unwrap_or_default().replace('&', "&#38;");
            assert!(page.text.contains(&url), "{id}: {url}");
        }
    }
    let page = browser.get("/procedures/family.full-test").await.ok();
    let page = page.shows("từ 75 trên 100 trở lên").shows("Thời hạn 10 ngày làm việc");
    let page =
        page.shows("có mặt từ 50 %").shows("Niêm yết ít nhất 10 ngày").shows("12 tháng kể từ");
    page.shows("quá hạn thì báo Chủ tịch UBND xã")
        .shows("không ai làm quá một trong các bước")
        .hides("/retire");
    browser.get("/procedures/family.none").await.refused(404, "procedure.unknown");
    let english = browser.get(&format!("/language/en?back={HERE}")).await.ok();
    english.shows("Sample criteria for the learning family").shows("75 points of 100");
}

#[tokio::test]
async fn two_editions_are_laid_side_by_side() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let mut browser = Browser::new(&router);
    let page = browser.get(&format!("{HERE}/compare/family.full-test")).await.ok();
    let page = page.shows("<ins>Họp thôn, tổ dân phố bình xét (Họp bình xét)</ins>");
    page.shows("không có").shows("mục giống nhau").hides("Chỉ tiêu 1a</th>");
    browser
        .get(&format!("{HERE}/compare/organisation.tt22-2020"))
        .await
        .refused(404, "procedure.unknown");
}

#[tokio::test]
async fn a_definition_is_checked_looked_at_and_published() {
    let world = World::new().await;
    world.officer("local", "administrator", "05158").await;
    let router = site(&world, &["admin", "local"]);
    let mut local = Browser::of(&router, "local").await;
    local.get("/procedures/publish").await.refused(403, "actor.not_appointed");
    let mut browser = Browser::of(&router, "admin").await;
    let form = browser.get("/procedures/publish").await.ok();
    let preview = "/procedures/publish/preview";

    let broken = edition("family.new")
        .replace("minimum_total = { value = 75", "minimum_total = { value = 750");
    let line = broken.lines().position(|line| line.contains("value = 750")).unwrap() + 1;
    let page =
        browser.submit(&form, preview, &[("text", &broken)]).await.refused(422, "minimum-total");
    let page =
        page.shows(&format!("<th scope=\"row\">{line}</th>")).shows("Chưa có gì được công bố");
    let page = page.shows("minimum_total = { value = 750");
    let page = browser.submit(&page, preview, &[("text", "id = <script>alert(1)</script>")]).await;
    let page = page.refused(422, "syntax").shows("Dòng 1").hides("<script>alert");
    let (status, text) = upload(&router, &browser, &page, preview, &[0xff, 0xfe, 0]).await;
    assert_eq!(status, 422);
    assert!(text.contains("upload.not_text"), "{text}");
    let (status, _) = upload(&router, &browser, &page, preview, &vec![b'a'; 300_000]).await;
    assert_eq!(status, 413);
    let (status, text) =
        upload(&router, &browser, &page, preview, edition("family.new").as_bytes()).await;
    assert!(status == 200 && text.contains("Không còn lỗi"), "{text}");

    let name = "Bộ tiêu chí mẫu Gia đình học tập 2026 (không phải văn bản pháp luật)";
    let hostile = edition("family.new").replace(name, "mẫu \\\"><img src=x onerror=1>");
    let page = browser.submit(&page, preview, &[("text", &hostile)]).await.ok().hides("<img");
    browser.get("/procedures/family.new").await.refused(404, "procedure.unknown");
    let page = browser.submit(&page, "/procedures/publish", &[]).await.ok().shows("Đã công bố");
    assert_eq!(page.address, "/procedures/family.new");
    let page = page.hides("<img").shows("&#60;img src=x onerror=1&#62;");
    let changed = edition("family.new");
    let said = browser
        .submit(&form, preview, &[("text", &changed)])
        .await
        .ok()
        .shows("đã được công bố ngày");
    browser
        .submit(&said, "/procedures/publish", &[])
        .await
        .refused(409, "procedure.content_differs");
    let page = browser.submit(&page, "/procedures/family.new/retire", &[]).await.ok();
    page.shows("ngừng áp dụng từ 10/11/2026").hides("/retire\"");
}
