//! The page of a case: reviews by its form, returns, what stands in the way, and what is nobody else's
//! business.

use axum::http::Method;
use procedure::Bilingual;
use procedure::definition::{Level, Status, StepKind};
use serde_json::json;

use crate::browser::{Browser, Seen, site};
use crate::world::{FAMILY, Staff, World, claims, officer_id, posting, reviews, votes};

const PERSONAS: [&str; 5] = ["recorder", "hamlet", "commune", "chair", "stranger"];
const HOSTILE: &str = "<script>alert(1)</script>";

/// The address of the page of a case of the API.
fn page_of(case: &str) -> String {
    format!("/cases/{}", case.rsplit('/').next().unwrap())
}

/// A self-assessed case; its address in the API.
async fn assessed(world: &World, staff: &Staff, code: &str, points: i64) -> String {
    let case = staff.case(world, code).await;
    world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(points)).await.ok();
    case
}

async fn state(world: &World, token: &str, case: &str) -> String {
    world.get(token, case).await.ok().body["state"].as_str().unwrap().to_owned()
}

fn filled<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    let found = fields.iter().find(|(field, _)| field == name);
    found.map_or_else(|| panic!("no field {name}: {fields:?}"), |(_, value)| value)
}

#[tokio::test]
async fn reviewers_of_hamlet_and_commune_work_through_their_cases() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let (first, second) =
        (assessed(&world, &staff, "HB-1", 9).await, assessed(&world, &staff, "HB-2", 8).await);
    let router = site(&world, &PERSONAS);
    let mut hamlet = Browser::of(&router, "hamlet").await;
    let page = hamlet.get(&page_of(&first)).await.ok();
    let page = page.shows("Không có gì chặn").shows("Tự chấm <b>90</b>").shows("Đạt ngưỡng");
    let page =
        page.shows("Chưa đối chiếu").shows("Sổ theo dõi học tập").shows("href=\"/audit/cases/");
    let fields = page.form(&format!("{}/review", page_of(&first)));
    assert_eq!((filled(&fields, "points-1a"), filled(&fields, "finding-1a")), ("9", ""));

    // All as claimed, and on to the next.
    let action = format!("{}/review", page_of(&first));
    let page = hamlet.submit(&page, &action, &[("then", "next")]).await.ok();
    assert_eq!(page.address, page_of(&second));
    let page = page.shows("Đây là hồ sơ tiếp theo");
    let action = format!("{}/review", page_of(&second));
    let changed = [("points-2b", "3"), ("note-2b", "Sổ ghi ba buổi"), ("then", "next")];
    let page = hamlet.submit(&page, &action, &changed).await.ok();
    assert_eq!(page.address, "/queue");
    page.shows("Không còn hồ sơ nào chờ anh chị");

    // The commune sees what the hamlet found, and begins with its points.
    let mut commune = Browser::of(&router, "commune").await;
    let page =
        commune.get(&page_of(&second)).await.ok().shows("Sổ ghi ba buổi").shows("Điều chỉnh");
    assert_eq!(filled(&page.form(&action), "points-2b"), "3");
    let page =
        commune.submit(&page, &action, &[("note-2b", "Nhất trí với xóm"), ("then", "stay")]).await;
    let page = page.ok();
    assert_eq!(page.address, page_of(&second));
    page.shows("Đã lưu thẩm định.").shows("href=\"/decisions\"").hides("data-review");
    let mut chair = Browser::of(&router, "chair").await;
    chair.get(&page_of(&second)).await.ok().shows("Đến quyết định").shows("Không có gì chặn");
    assert_eq!(state(&world, &staff.chair, &second).await, "awaiting_decision");
}

#[tokio::test]
async fn what_was_typed_comes_back_with_its_mistake() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&page_of(&case)).await.ok();
    let action = format!("{}/review", page_of(&case));
    let wrong = [("points-1a", "4"), ("note-1b", HOSTILE), ("finding-1c", "unsupported")];
    let page = browser.submit(&page, &action, &wrong).await.refused(422, "case.note_missing");
    let page = page.hides(HOSTILE).shows("id=\"wrong-1a\"").shows("aria-describedby=\"wrong-1a\"");
    let fields = page.form(&action);
    for (name, value) in wrong {
        assert_eq!(filled(&fields, name), value);
    }
    for (value, code) in
        [("99", "case.points_above_maximum"), ("x", "form.bad_field"), ("", "form.missing_field")]
    {
        let fresh = browser.get(&page_of(&case)).await.ok();
        let page =
            browser.submit(&fresh, &action, &[("points-2a", value)]).await.refused(422, code);
        assert_eq!(filled(&page.form(&action), "points-2a"), value);
        page.shows("id=\"wrong-2a\"");
    }

    // Counting again sends nothing; accepting all takes the claims.
    let send = |page: &Seen, more: (&'static str, &'static str)| {
        let mut fields = page.form(&action);
        fields.push((more.0.to_owned(), more.1.to_owned()));
        fields
    };
    let preview = format!("{action}/preview");
    let fields = send(&page, ("then", "stay"));
    let pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let page = browser.send(Method::POST, &preview, &pairs).await.ok().shows(">85</b>/100");
    let fields = send(&page, ("accept", "all"));
    let pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let page = browser.send(Method::POST, &preview, &pairs).await.ok().shows(">90</b>/100");
    assert_eq!(filled(&page.form(&action), "finding-1c"), "confirmed");
    assert_eq!(state(&world, &staff.hamlet, &case).await, "in_review");
}

#[tokio::test]
async fn what_changed_meanwhile_is_shown_and_the_review_can_be_sent_on() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&page_of(&case)).await.ok();
    let ask = json!({ "reason": "Thiếu giấy khen", "indicators": ["1a"] });
    world.post(&staff.hamlet, &format!("{case}/return"), ask).await.ok();
    let line = json!({ "indicator": "1a", "points": 7, "evidence": [{ "label": "Giấy khen" }] });
    world
        .post(&staff.recorder, &format!("{case}/supplement"), json!({ "lines": [line] }))
        .await
        .ok();

    let action = format!("{}/review", page_of(&case));
    let typed = [("points-1a", "7"), ("points-1b", "5"), ("note-1b", "Chỉ thấy một giấy")];
    let page = browser.submit(&page, &action, &typed).await.refused(412, "http.stale");
    let page = page.shows("Hồ sơ đã thay đổi").shows("Thiếu giấy khen").shows("1a, tự chấm: 9 → 7");
    assert_eq!(filled(&page.form(&action), "note-1b"), "Chỉ thấy một giấy");
    browser.submit(&page, &action, &[]).await.ok().shows("Chỉ thấy một giấy");
    let now = world.get(&staff.commune, &case).await.ok();
    assert_eq!((&now.body["step"], &now.body["reviewed"]), (&json!("commune_review"), &json!(84)));
}

#[tokio::test]
async fn a_case_is_claimed_returned_with_a_reason_and_given_back() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    world.officer("deputy", "hamlet-reviewer", "05158").await;
    let router = site(&world, &["hamlet", "deputy", "recorder"]);
    let (path, mut browser) = (page_of(&case), Browser::of(&router, "hamlet").await);
    let page = browser.get(&path).await.ok().shows("data-key=\"c\"");
    let page =
        browser.submit(&page, &format!("{path}/claim"), &[]).await.ok().shows("Đã nhận hồ sơ");
    let page = page.hides("data-key=\"c\"").shows("anh chị</span>");

    // A colleague is told who holds it, and can take over with a reason.
    let mut deputy = Browser::of(&router, "deputy").await;
    let held = deputy.get(&path).await.ok().shows("Cán bộ khác đang xử lý").hides("data-review");
    let held = held.shows("đang do cán bộ Bùi Thị Mẫu nhận");
    let empty = deputy.submit(&held, &format!("{path}/takeover"), &[]).await;
    let page_again = empty.refused(422, "form.missing_field");
    let taken = [("reason", "Người giữ nghỉ ốm")];
    let page_again = deputy.submit(&page_again, &format!("{path}/takeover"), &taken).await.ok();
    page_again.shows("Đã tiếp nhận").shows("Người giữ nghỉ ốm");
    let page_again = deputy.get(&path).await.ok();
    deputy
        .submit(&page_again, &format!("{path}/release"), &[])
        .await
        .ok()
        .shows("Đã trả hồ sơ về hàng chờ");

    let action = format!("{path}/return");
    let stale = [("reason", HOSTILE), ("indicator", "2a")];
    let page =
        browser.submit(&page, &action, &stale).await.refused(412, "http.stale").hides(HOSTILE);
    assert_eq!(filled(&page.form(&action), "reason"), HOSTILE);
    assert_eq!(filled(&page.form(&action), "indicator"), "2a");
    let page = browser.submit(&page, &action, &[]).await.ok().shows("Đã trả hồ sơ để bổ sung");
    let page = page.shows("Đang chờ bổ sung").shows("&#60;script&#62;alert(1)").hides(HOSTILE);
    page.shows("Tạm dừng trong lúc chờ bổ sung")
        .hides("data-review")
        .hides(&format!("action=\"{action}\""));
}

#[tokio::test]
async fn the_administrator_gives_a_case_to_who_can_take_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    world.officer("elsewhere", "hamlet-reviewer", "05158-02").await;
    let router = site(&world, &["admin", "hamlet"]);
    let (path, mut admin) = (page_of(&case), Browser::of(&router, "admin").await);
    let page = admin.get(&path).await.ok().hides("data-review").hides("data-key=\"c\"");
    assert_eq!(page.text.matches("<option").count(), 1, "{}", page.text);
    let action = format!("{path}/assignment");
    let page = admin.submit(&page, &action, &[("reason", "Cân việc")]).await.ok();
    page.shows("Đã giao hồ sơ").shows("Cân việc");
    let mut hamlet = Browser::of(&router, "hamlet").await;
    hamlet.get(&path).await.ok().shows("anh chị</span>").shows("data-review");
}

#[tokio::test]
async fn an_officers_own_subject_an_earlier_step_and_another_office_are_said_in_the_box() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 3).await;
    let path = page_of(&case);
    let subject = world.get(&staff.hamlet, &case).await.ok().body["subject"].clone();
    let commune = officer_id(&world, &staff.commune).await;
    let interest = json!({ "subject": subject, "relation": "household" });
    world.post(&world.admin, &format!("/api/v1/officers/{commune}/interests"), interest).await.ok();
    let router = site(&world, &PERSONAS);
    let mut chair = Browser::of(&router, "chair").await;
    let page =
        chair.get(&path).await.ok().shows("Chưa được phân công việc này").hides("data-review");
    let page = page.shows("vai trò Chi hội khuyến học thôn tại địa bàn Xóm mẫu 01");
    page.shows("Hồ sơ được 30 điểm, ngưỡng công nhận là 75 điểm").shows("Tính theo điểm tự chấm");

    world.post(&staff.hamlet, &format!("{case}/review"), reviews(3)).await.ok();
    let mut commune = Browser::of(&router, "commune").await;
    let page = commune.get(&path).await.ok().shows("Hồ sơ liên quan đến chính cán bộ");
    page.shows("Bùi Thị Mẫu đã khai").hides("data-review").hides("data-key=\"c\"");
    let mut hamlet = Browser::of(&router, "hamlet").await;
    hamlet.get(&path).await.ok().hides("data-review");
}

#[tokio::test]
async fn an_open_objection_and_the_votes_are_shown() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_vote(&world, "HB-1").await;
    let act = |name: &str| format!("{case}/{name}");
    let meeting = staff.meeting(&world).await;
    let vote = json!({ "meeting": meeting, "votes": votes(3) });
    world.post(&staff.hamlet, &act("minutes"), vote).await.ok();
    world.post(&staff.hamlet, &act("posting"), posting(10)).await.ok();
    let objection =
        json!({ "kind": "objection", "name": HOSTILE, "text": "\"><img src=x onerror=1>" });
    world.post(&staff.hamlet, &act("objections"), objection).await.ok();
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&page_of(&case)).await.ok().shows("Đủ tỷ lệ tán thành");
    let page = page.shows("Còn phản đối chưa trả lời").shows("niêm yết đến hết ngày 19/11/2026");
    page.hides(HOSTILE).hides("<img").shows("href=\"/hamlet\"");
}

#[tokio::test]
async fn a_draft_is_kept_for_its_author_alone() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    world.officer("deputy", "hamlet-reviewer", "05158-01").await;
    let router = site(&world, &["hamlet", "deputy"]);
    let (path, mut browser) = (page_of(&case), Browser::of(&router, "hamlet").await);
    let action = format!("{path}/review");
    let keep = async |browser: &mut Browser, page: &Seen, points: &str| {
        let mut fields = page.form(&action);
        fields.retain(|(name, _)| name != "points-1a");
        fields.push(("points-1a".to_owned(), points.to_owned()));
        let pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let seen = browser.send(Method::POST, &format!("{action}/draft"), &pairs).await;
        assert!(seen.status.is_redirection(), "{}", seen.text);
    };
    let page = browser.get(&path).await.ok();
    keep(&mut browser, &page, "2").await;
    let page = browser.get(&path).await.ok().shows("Bản nháp lưu ngày");
    assert_eq!(filled(&page.form(&action), "points-1a"), "2");
    let mut deputy = Browser::of(&router, "deputy").await;
    let other = deputy.get(&path).await.ok().hides("Bản nháp lưu ngày");
    assert_eq!(filled(&other.form(&action), "points-1a"), "9");

    let page = browser.submit(&page, &format!("{action}/draft/discard"), &[]).await.ok();
    assert_eq!(filled(&page.form(&action), "points-1a"), "9");
    keep(&mut browser, &page, "4").await;
    let page = browser.get(&path).await.ok();
    browser.submit(&page, &action, &[("note-1a", "Ít hơn")]).await.ok().hides("Bản nháp");
    let ask = json!({ "reason": "Xem lại", "indicators": [] });
    world.post(&staff.commune, &format!("{case}/return"), ask).await.ok();
    browser.get(&path).await.ok().hides("Bản nháp");
}

#[tokio::test]
async fn last_years_points_stand_beside_this_years() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let last = staff.case_to_decide(&world, "HB-1").await;
    let subject = world.get(&staff.hamlet, &last).await.ok().body["subject"].clone();
    world.set_time("2027-02-01T02:00:00Z");
    let body = json!({ "subject": subject, "year": 2027 });
    let id = world.post(&staff.recorder, "/api/v1/cases", body).await.ok().id();
    let act = format!("/api/v1/cases/{id}/self-assessment");
    world.post(&staff.recorder, &act, claims(7)).await.ok();
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&format!("/cases/{id}")).await.ok();
    page.shows(&page_of(&last)).shows("(−2)").shows("Năm trước 90");
}

/// The family's definition with two levels in the place of points.
fn by_levels() -> procedure::Definition {
    let mut definition = codec::definition::parse("sample.toml", FAMILY.as_bytes()).unwrap();
    definition.id = "family.levels-test".parse().unwrap();
    definition.steps.retain(|step| !matches!(step.kind, StepKind::Meeting | StepKind::Posting));
    let left: Vec<_> = definition.steps.iter().map(|step| step.id.clone()).collect();
    definition.separation.retain(|set| set.iter().all(|step| left.contains(step)));
    for criterion in &mut definition.criteria {
        criterion.indicators.iter_mut().for_each(|indicator| indicator.maximum.value = 1);
        criterion.maximum.value = u16::try_from(criterion.indicators.len()).unwrap();
    }
    let ids: Vec<_> = definition.indicators().map(|indicator| indicator.id.clone()).collect();
    let source = definition.outcome.minimum_total.take().unwrap().source;
    let level = |number: u8, targets: &[procedure::IndicatorId]| Level {
        id: format!("level-{number}").parse().unwrap(),
        name: Bilingual { vi: format!("Mức {number}"), en: format!("Level {number}") },
        targets: targets.to_vec(),
        months_after_below: None,
        status: Status::Provisional,
        source: source.clone(),
    };
    definition.outcome.levels = vec![level(1, &ids[..6]), level(2, &ids[6..])];
    definition
}

#[tokio::test]
async fn a_title_by_levels_counts_targets_and_no_points() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let body = json!({ "definition": by_levels() });
    world.post(&world.admin, "/api/v1/procedures", body).await.ok();
    let body = json!({ "kind": "household", "code": "HB-1", "unit": "05158-01",
        "name": "\"><img src=x onerror=1>" });
    let subject = world.post(&world.admin, "/api/v1/subjects", body).await.ok().id();
    let body = json!({ "subject": subject, "year": 2026, "procedure": "family.levels-test" });
    let id = world.post(&staff.recorder, "/api/v1/cases", body).await.ok().id();
    let act = format!("/api/v1/cases/{id}/self-assessment");
    world.post(&staff.recorder, &act, claims(1)).await.ok();
    let router = site(&world, &PERSONAS);
    let (path, mut browser) = (format!("/cases/{id}"), Browser::of(&router, "hamlet").await);
    let page = browser.get(&path).await.ok().shows(">Mức 2</span>").hides("Tự chấm <b>");
    let page = page.hides("<img").shows("<h1>&#34;&#62;&#60;img");
    let changed = [("points-4b", "0"), ("note-4b", "Chưa có"), ("points-1a", "0")];
    let page = browser.submit(&page, &format!("{path}/review"), &changed).await;
    let page = page.refused(422, "case.note_missing").shows("chưa đạt 1a");
    page.shows("Mức 1: <b data-met aria-live=\"polite\">5</b>/6").shows(">3</b>/4");
}

#[tokio::test]
async fn the_case_of_another_commune_is_not_there_and_everything_is_in_english_too() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = assessed(&world, &staff, "HB-1", 9).await;
    world.officer("stranger", "commune-reviewer", "05092").await;
    let router = site(&world, &PERSONAS);
    let mut stranger = Browser::of(&router, "stranger").await;
    stranger.get(&page_of(&case)).await.refused(404, "case.unknown");
    let nowhere = "/cases/00000000-0000-0000-0000-000000000000";
    stranger.get(nowhere).await.refused(404, "case.unknown");
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get(&page_of(&case)).await.ok();
    let fields: Vec<_> = page.form(&format!("{}/claim", page_of(&case)));
    let pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    for act in [
        "claim",
        "release",
        "takeover",
        "return",
        "assignment",
        "review",
        "review/preview",
        "review/draft",
    ] {
        let address = format!("{}/{act}", page_of(&case));
        let page = stranger.get("/queue").await.ok();
        let csrf = filled(&page.form("/sign-out"), "csrf").to_owned();
        let mut pairs = pairs.clone();
        pairs.retain(|(name, _)| *name != "csrf");
        pairs.push(("csrf", &csrf));
        stranger.send(Method::POST, &address, &pairs).await.refused(404, "case.unknown");
    }
    browser.get(&format!("/language/en?back={}", page_of(&case))).await.ok();
    let page =
        browser.get(&page_of(&case)).await.ok().shows("What blocks").shows("Save and next case");
    page.shows("Children of the age of universal education").hides("Điều đang chặn");
    browser.get("/keys").await.ok().shows("<kbd>j</kbd>");
}
