//! Meetings, postings, and what people say about them.

use serde_json::json;

use crate::browser::{Browser, site};
use crate::world::{FULL, Staff, World, votes};

const MEETING: &str = "/meetings/new";
const POSTING: &str = "/postings/new";

#[tokio::test]
async fn a_hamlet_meets_hangs_out_its_list_hears_people_and_takes_it_down() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let one = staff.case_to_vote(&world, "HB-1").await;
    let other = staff.case_to_vote(&world, "HB-2").await;
    let (one, other) = (one.rsplit('/').next().unwrap(), other.rsplit('/').next().unwrap());
    let router = site(&world, &["hamlet", "recorder"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let mut public = Browser::new(&router);

    browser.get("/hamlet").await.ok().shows("2 hồ sơ");
    let path = format!("{MEETING}?unit=05158-01&procedure={FULL}&step=hamlet_meeting");
    let page = browser.get(&path).await.ok().shows("50 %").shows("Chưa đối chiếu");
    let against = format!("against.{other}");
    let typed = [
        ("convened", "5"),
        ("present", "Bùi Văn Một, trưởng xóm\nBùi Thị Hai\nĐinh Văn Ba"),
        ("minutes", "Thống nhất danh sách."),
        (against.as_str(), "4"),
    ];
    // More votes than people: nothing is written down.
    let page = browser.submit(&page, MEETING, &typed).await.refused(422, "Số phiếu chưa khớp");
    let page = page.shows("Thống nhất danh sách.");
    let page = browser.submit(&page, MEETING, &[(&against, "1")]).await.ok();
    page.shows("biểu quyết 2 hồ sơ").shows("Không có hồ sơ nào chờ họp");

    let page =
        browser.get(&format!("{POSTING}?unit=05158-01")).await.ok().shows("<strong>10</strong>");
    let early = [("until", "2026-11-12"), ("place", "Nhà văn hóa xóm Mẫu 1")];
    let page = browser.submit(&page, POSTING, &early).await.refused(409, "Chưa được: 2");
    let page = page.shows("Nhà văn hóa xóm Mẫu 1");
    let page = browser.submit(&page, POSTING, &[("until", "2026-11-19")]).await.ok();
    assert_eq!(page.address, "/postings/05158-01");
    let page = page.shows("Đã niêm yết 2 hồ sơ").shows("còn 10 ngày");

    // The public reads names and sums; nothing else.
    let list = public.get("/postings").await.ok().shows("Xóm mẫu 01").shows("19/11/2026");
    list.hides("Đinh Công Đức");
    let sheet = public.get("/postings/05158-01").await.ok();
    let sheet = sheet.shows("Đinh Công Đức").shows("90").shows("Nhà văn hóa xóm Mẫu 1");
    let sheet = sheet.shows("từ 10/11/2026 đến hết 19/11/2026");
    sheet.hides("HB-1").hides("Sổ theo dõi").hides("Ghi ý kiến</a>").hides("Bùi Văn Một");
    public.get("/postings/05158-02").await.ok().shows("Hiện không có danh sách nào");
    assert_eq!(public.get("/postings/99999-99").await.status.as_u16(), 404);

    let action = format!("/cases/{one}/objections");
    drop(page);
    let page = browser.get(&action).await.ok().shows("Chưa có ý kiến nào");
    let typed = [("kind", "objection"), ("text", "Cháu nghỉ học <script>alert(1)</script>")];
    let page = browser.submit(&page, &action, &typed).await.refused(422, "form.missing_field");
    let page = page.hides("<script>alert").shows("Cháu nghỉ học");
    let page = browser.submit(&page, &action, &[("name", "\"><img src=x onerror=1>")]).await.ok();
    let page = page.shows("Đã ghi ý kiến").hides("<img src=x");
    public.get("/postings/05158-01").await.ok().hides("Cháu nghỉ học");

    // Not over, and disputed: it stays. Then it goes on.
    world.set_time("2026-11-20T02:00:00Z");
    let hung = browser.get("/hamlet").await.ok().shows("1 có kiến nghị");
    let seen = browser.submit(&hung, "/postings/closures", &[]).await.ok();
    let hung = seen.shows("kết thúc niêm yết 1 hồ sơ").shows("Còn 1 hồ sơ chưa được");
    let answer = format!("{action}/1/resolution");
    let typed = [("upheld", "no"), ("reason", "Đã kiểm tra với trường")];
    browser.submit(&page, &answer, &typed).await.ok().shows("Đã kiểm tra với trường");
    browser.submit(&hung, "/postings/closures", &[]).await.ok().hides("Còn 1 hồ sơ");
    public.get("/postings").await.ok().hides("Xóm mẫu 01</a>");
    assert_ne!(one, other);
}

#[tokio::test]
async fn who_does_not_keep_the_meeting_is_refused_and_nothing_is_written() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    staff.case_to_vote(&world, "HB-1").await;
    let router = site(&world, &["recorder"]);
    let mut browser = Browser::of(&router, "recorder").await;
    let path = format!("{MEETING}?unit=05158-01&procedure={FULL}&step=hamlet_meeting");
    let page = browser.get(&path).await.ok();
    let typed = [("convened", "2"), ("present", "Bùi Thị Hai"), ("minutes", "Họp.")];
    let page = browser.submit(&page, MEETING, &typed).await.refused(403, "actor.not_appointed");
    page.shows("Bùi Thị Hai");
    let page = browser.get("/language/en?back=/hamlet").await.ok();
    page.shows("Awaiting the meeting").shows("1 cases");
}

#[tokio::test]
async fn lists_that_hang_out_come_page_by_page() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let meeting = staff.meeting(&world).await;
    for (code, until) in [("HB-1", "2026-11-25"), ("HB-2", "2026-11-19")] {
        let case = staff.case_to_vote(&world, code).await;
        let minutes = json!({ "meeting": meeting, "votes": votes(4) });
        world.post(&staff.hamlet, &format!("{case}/minutes"), minutes).await.ok();
        let days = json!({ "from": "2026-11-10", "until": until, "place": "Nhà văn hóa" });
        world.post(&staff.hamlet, &format!("{case}/posting"), days).await.ok();
    }
    let part = async |after: Option<String>, today: &str| {
        let (nation, today) = (vec!["VN".parse().unwrap()], today.parse().unwrap());
        let read = world.runner.models().read(move |reader| {
            reader.posted_lists((&nation, &vec![]), today, after.as_deref(), 1)
        });
        let part = read.await.unwrap();
        let untils: Vec<_> = part.items.iter().map(|list| list.until.to_string()).collect();
        (untils, part.next)
    };
    let (first, next) = part(None, "2026-11-10").await;
    assert_eq!(first, ["2026-11-19"]);
    let (second, next) = part(next, "2026-11-10").await;
    assert_eq!((second, next), (vec!["2026-11-25".to_owned()], None));
    assert_eq!(part(None, "2026-11-20").await.0, ["2026-11-25"]);
    let router = site(&world, &[]);
    let sheet = Browser::new(&router).get("/postings/05158-01").await.ok();
    assert_eq!(sheet.text.matches("Niêm yết tại").count(), 2);
}
