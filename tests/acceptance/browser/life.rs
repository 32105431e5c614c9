//! The whole life of a case by clicks, as each who takes part in it: from a clan that nobody knows yet to
//! its title in the public register, and the history of all of it.

use acceptance::{Browser, Demo, Viewport};

use super::pages::sign_in_as;

const HOUSEHOLDS: u32 = 200;
const CLAN: &str = "Dòng họ Kiểm Thử Đặng \"Đỗ\" <b>Đậm</b>";

/// Gives each indicator its most, with something that shows it.
fn fill_in_everything(browser: &Browser) {
    for points in browser.find_all("input[name^='points.']") {
        points.fill(&points.attribute("max").expect("a most"));
    }
    for label in browser.find_all("input[name^='label.']") {
        label.fill("Sổ theo dõi của dòng họ");
    }
}

/// Opens the case of the clan from the queue.
fn open_from_queue(browser: &Browser, base: &str) {
    browser.goto(&format!("{base}/queue?title=clan&holder=nobody"));
    browser.find_text(CLAN).follow();
}

#[test]
fn from_a_name_to_a_title_by_clicks() {
    let (demo, browser) = (Demo::start(HOUSEHOLDS), Browser::start(Viewport::Laptop));
    let base = &demo.base;

    sign_in_as(&browser, base, "hamlet-recorder");
    browser.goto(&format!("{base}/subjects/new"));
    browser.find("#kind").select("Dòng họ");
    browser.find("#name").fill(CLAN);
    browser.find("#code").fill("KT-DH-01");
    browser.find("form[action='/subjects/new'] button").follow();
    browser.find("form[action$='/cases'] button").follow();
    if !browser.path().ends_with("/self-assessment") {
        browser.find("main a[href$='/self-assessment']").follow();
    }
    fill_in_everything(&browser);
    let whole = browser.find("[data-total]").text();
    assert_eq!(whole, "100", "the points add up while they are typed");
    browser.find_label("Người khai (chủ hộ hoặc người đại diện)").fill("Ông Đặng Văn Trưởng");
    browser.find("button[name=do][value=draft]:not(.vh)").follow();
    assert_eq!(browser.find("[data-total]").text(), "100", "a draft is there again");
    browser.find("button[name=do][value=send]").follow();
    browser.wait_for(".notice--ok");

    for reviewer in ["hamlet-reviewer", "commune-reviewer"] {
        sign_in_as(&browser, base, reviewer);
        open_from_queue(&browser, base);
        browser.find("form[action$='/claim'] button").follow();
        browser.find("button[name=then][value=stay]").follow();
        browser.wait_for(".notice--ok");
    }

    sign_in_as(&browser, base, "commune-chair");
    browser.goto(&format!("{base}/decisions?title=clan"));
    let form = "form[action='/decisions']:has(input[value^='clan.']) button";
    match browser.find_all(form).first() {
        Some(button) => button.follow(),
        None => browser.find("main a[href^='/decisions/']").follow(),
    }
    browser.find("form[action$='/listing']:has(input[value=all]) button").follow();
    browser.find("main a[href$='/signature']").follow();
    browser.find("input[name=number]").fill("387/QĐ-UBND");
    browser.find("#confirm").click();
    browser.find("form[action$='/signature'] button.btn--primary").follow();
    browser.wait_for("[data-settled]");

    browser.forget_cookies();
    browser.goto(&format!("{base}/register?unit=05158&title=clan&q=Kiểm+Thử"));
    browser.find_text(CLAN).follow();
    assert!(browser.find("main").text().contains("387/QĐ-UBND"));

    sign_in_as(&browser, base, "auditor");
    browser.goto(&format!("{base}/audit?q=KT-DH-01"));
    browser.find("main a[href^='/audit/cases/']").follow();
    let story = browser.find("main").text();
    for told in ["Đăng ký", "Tự đánh giá", "Thẩm định", "Công nhận"] {
        assert!(story.contains(told), "{told} is not in {story}");
    }
}

#[test]
fn a_family_mends_its_case_on_a_phone() {
    let demo = Demo::start(HOUSEHOLDS);
    let browser = Browser::start(Viewport::Phone);
    sign_in_as(&browser, &demo.base, "applicant");
    browser.goto(&format!("{}/mine", demo.base));
    browser.find("main a[href$='/supplement']").follow();
    fill_in_everything(&browser);
    browser.find("button[name=do][value=send]").follow();
    browser.wait_for(".notice--ok");
    browser.goto(&format!("{}/mine", demo.base));
    assert!(browser.find_all("main a[href$='/supplement']").is_empty(), "it is handed in");
}

#[test]
fn a_queue_keeps_itself_up_to_date() {
    let (demo, browser) = (Demo::start(HOUSEHOLDS), Browser::start(Viewport::Laptop));
    let other = Browser::start(Viewport::Laptop);
    sign_in_as(&browser, &demo.base, "commune-reviewer");
    browser.goto(&format!("{}/queue?holder=nobody", demo.base));
    let waiting = browser.find_all("[data-row]").len();
    sign_in_as(&other, &demo.base, "commune-reviewer");
    other.goto(&format!("{}/queue?holder=nobody", demo.base));
    other.find("[data-claim]").follow();
    let fewer = || (browser.find_all("[data-row]").len() == waiting - 1).then_some(());
    browser.wait("the claimed case to leave the list", fewer);
}

#[test]
fn a_reviewer_needs_no_mouse() {
    let (demo, browser) = (Demo::start(HOUSEHOLDS), Browser::start(Viewport::Laptop));
    sign_in_as(&browser, &demo.base, "commune-reviewer");
    browser.goto(&format!("{}/queue?holder=nobody", demo.base));
    browser.press("j");
    browser.press("Enter");
    browser.wait("the case", || browser.path().starts_with("/cases/").then_some(()));
    let first = browser.path();
    browser.press("c");
    browser.wait_for(".notice--ok");
    browser.script("document.querySelector(\"input[name^='points-']\").focus()", &[]);
    browser.press("Control+Enter");
    let next = || (browser.path().starts_with("/cases/") && browser.path() != first).then_some(());
    browser.wait("the next case", next);
}
