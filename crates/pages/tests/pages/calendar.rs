//! The working days: a year as everybody sees it, counting, and publishing others.

use crate::browser::{Browser, site};
use crate::world::{Staff, World, claims, reviews};

const CALENDAR: &str = include_str!("../../../../schemas/calendars/vn.toml");

#[tokio::test]
async fn a_year_has_its_days_off_in_words() {
    let world = World::new().await;
    let router = site(&world, &["admin"]);
    let mut browser = Browser::new(&router);
    browser.get("/calendar").await.ok().shows("Chưa công bố lịch nào").hides("<small>");
    world.publish_calendar().await;
    let page =
        browser.get("/calendar").await.ok().shows("Tháng 12/2026").shows("Tết Nguyên đán Bính Ngọ");
    let page = page.shows("title=\"Quốc khánh\">2<small>lễ</small>").shows("24<small>lễ ?</small>");
    let page = page.shows("<small>làm</small>").shows("year=2025").shows("year=2027");
    page.shows("Chưa đối chiếu").hides("/calendar/publish");
    browser.get("/calendar?year=2040").await.ok().shows("không có ngày nghỉ lễ của năm này");
    browser.get("/calendar?year=mai").await.refused(422, "form.bad_field");
    let page = browser.get("/calendar?days=5&from=2026-02-13").await.ok();
    page.shows("5 ngày làm việc sau ngày 13/02/2026 là ngày 27/02/2026.");
    let page = browser.get("/calendar?days=%3Cb%3E&from=%22%3E%3Cimg").await.ok();
    page.hides("<img").shows("không đọc được");
    let english = browser.get("/language/en?back=/calendar").await.ok();
    english.shows("December 2026").shows("National Day");
}

#[tokio::test]
async fn another_calendar_is_looked_at_and_published() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.publish_calendar().await;
    let case = staff.case(&world, "HB-1").await;
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    world.post(&staff.hamlet, &format!("{case}/review"), reviews(9)).await.ok();
    world.officer("local", "administrator", "05158").await;
    let router = site(&world, &["admin", "local"]);
    let mut local = Browser::of(&router, "local").await;
    local.get("/calendar/publish").await.refused(403, "actor.not_appointed");
    let mut browser = Browser::of(&router, "admin").await;
    let form = browser.get("/calendar/publish").await.ok();
    let preview = "/calendar/publish/preview";
    let broken = CALENDAR.replacen("\"2026-11-24\"", "\"2046-11-24\"", 1);
    let line = broken.lines().position(|line| line.contains("2046-11-24")).unwrap() + 1;
    let page =
        browser.submit(&form, preview, &[("text", &broken)]).await.refused(422, "outside-years");
    page.shows(&format!("Dòng {line},"));
    let later = CALENDAR.replacen("\"2026-11-24\"", "\"2026-11-23\"", 1);
    let page = browser.submit(&form, preview, &[("text", &later)]).await.ok();
    let page = page
        .shows("thêm ngày nghỉ")
        .shows("23/11/2026")
        .shows("bỏ ngày nghỉ")
        .shows("nhiều nhất 1 (");
    let page = browser.submit(&page, "/calendar/publish", &[]).await.ok().shows("Đã công bố lịch");
    page.shows("23<small>lễ ?</small>").hides("24<small>lễ");
}
