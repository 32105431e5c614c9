//! The browser of the tests, tested by itself on pages with planted faults.

use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use acceptance::{Browser, Viewport};
use serde_json::json;

use super::pages::{self, Page, sign_in_as};
use super::site::{Request, Response, serve};

const FORM: &str = "
    <form method=post action=/form enctype=text/plain>
      <label for=name>Họ và  tên</label> <input id=name name=name value=cũ>
      <label for=unit>Đơn vị</label>
      <select id=unit name=unit><option value=1>Xóm Chiềng</option><option value=2>Xóm Đầm</option></select>
      <label>Minh chứng <input type=file name=file></label>
      <label><input type=checkbox name=yes> Đồng ý</label>
      <button>Gửi hồ sơ</button>
    </form>
    <p>Nửa chừng <b id=bold>rất đậm</b> nửa sau</p> <p hidden id=hidden>ẩn</p>";

/// Faults, one page each.
fn answer(request: &Request) -> Response {
    let scripts = "Content-Security-Policy: script-src 'self' 'unsafe-inline'";
    let with = |main: &str, head: &str| {
        let mut page = Response::page("Trang thử", main);
        page.heads[1] = head.to_owned();
        page
    };
    let long = "dòng<br>".repeat(400);
    let path = request.path.split('?').next().unwrap_or_default();
    match (request.method.as_str(), path) {
        ("POST", "/sign-in/persona") => {
            let persona = request.body.strip_prefix("persona=").unwrap_or_default();
            let cookie = format!("session={persona}; HttpOnly; SameSite=Lax; Path=/");
            Response::see_other("/me", &cookie)
        }
        ("POST", _) => Response::page("Đã nhận", &format!("<pre>{}</pre>", request.body)),
        (_, "/style.css") => {
            Response::style(".pale { color: #999; background: #fff } #wide { width: 800px }")
        }
        (_, "/me") => Response::page("Tôi", &format!("<p id=me>{}</p>", request.cookie)),
        (_, "/sign-in") => Response::page(
            "Đăng nhập",
            &["auditor", "commune-chair"].map(|key| format!(
                "<form method=post action=/sign-in/persona><input type=hidden name=persona value={key}>\
                 <button>{key}</button></form>"
            )).concat(),
        ),
        (_, "/pale") => Response::page("Nhạt", "<p class=pale>chữ nhạt</p><img src='data:,'>"),
        (_, "/wide") => Response::page("Rộng", "<p id=wide>rộng</p>"),
        (_, "/way") => Response::page("Đường", "<a href=/wide>đi tiếp</a>"),
        (_, "/long") => Response::page("Dài", &long),
        (_, "/inline") => Response::page("Kiểu", "<p style='color:red'>đỏ</p>"),
        (_, "/throws") => with("<script>undefinedName()</script>", scripts),
        (_, "/late") => with(
            "<script>setTimeout(() => document.body.append(Object.assign(\
             document.createElement('p'), {id: 'late', textContent: 'đến muộn'})), 300)</script>",
            scripts,
        ),
        (_, "/") => Response::page("Trang thử", FORM),
        _ => Response { status: "404 Not Found", ..Response::page("Không có", "") },
    }
}

/// What a failing test says.
fn failure<T>(test: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(test)) else { panic!("it did not fail") };
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn a_form_is_filled_and_sent_as_a_person_would() {
    let base = serve(answer);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("minh-chung.txt");
    std::fs::write(&file, "nội dung").unwrap();
    for viewport in Viewport::ALL {
        let browser = Browser::start(viewport);
        browser.goto(&format!("{base}/?a=1"));
        assert_eq!((browser.path().as_str(), browser.status()), ("/?a=1", 200));
        assert_eq!(browser.title(), "Trang thử");
        let inner = browser.script("return [innerWidth, innerHeight, devicePixelRatio]", &[]);
        let touch = browser.script(
            "return [navigator.maxTouchPoints > 0, matchMedia('(pointer: coarse)').matches]",
            &[],
        );
        match viewport {
            Viewport::Laptop => {
                assert_eq!((inner, touch), (json!([1366, 768, 1]), json!([false, false])))
            }
            Viewport::Phone => {
                assert_eq!((inner, touch), (json!([390, 844, 2]), json!([true, true])))
            }
        }
        browser.find_label("Họ và tên").fill("Nguyễn Thị Hiếu");
        browser.find("#unit").select("Xóm Đầm");
        assert_eq!(browser.find("#unit").value(), "2");
        browser.find("input[type=file]").upload(&file);
        browser.find_label("Đồng ý").click();
        assert!(browser.find_label("Đồng ý").is_selected());
        browser.find_role("button", "Gửi hồ sơ").follow();
        let sent = browser.find("pre").text();
        for part in ["name=Nguyễn Thị Hiếu", "unit=2", "file=minh-chung.txt", "yes=on"] {
            assert!(sent.contains(part), "{part} is not in {sent}");
        }
        browser.back();
        assert_eq!(browser.path(), "/?a=1");
    }
}

#[test]
fn things_are_found_by_what_a_person_goes_by() {
    let base = serve(answer);
    let browser = Browser::start(Viewport::Laptop).with_patience(Duration::from_millis(300));
    browser.goto(&base);
    assert_eq!(browser.find_text("rất đậm").attribute("id").unwrap(), "bold");
    assert_eq!(browser.find_text("rất đậm nửa sau").text(), "Nửa chừng rất đậm nửa sau");
    let heading = browser.find_role("heading", "Trang thử");
    assert_eq!((heading.label().as_str(), heading.attribute("id")), ("Trang thử", None));
    assert_eq!(browser.find_role("textbox", "Họ và tên").attribute("id").unwrap(), "name");
    assert!(!browser.find("#hidden").is_displayed());
    assert_eq!(browser.find_all("option").len(), 2);
    assert!(browser.find_all("video").is_empty());
    for (text, lost) in [
        (failure(|| browser.find_role("button", "Gửi")), "no button with the name \"Gửi\""),
        (failure(|| browser.find_role("link", "Gửi hồ sơ")), "no link with the name"),
        (failure(|| browser.find_label("Họ")), "no field with the label \"Họ\""),
        (failure(|| browser.find_text("ẩn")), "no text \"ẩn\""),
        (failure(|| browser.wait_for("#hidden")), "no visible element `#hidden`"),
        (failure(|| browser.find("#unit").select("Xóm Lạ")), "no option \"Xóm Lạ\" of `#unit`"),
        (failure(|| browser.find_all("][")), "cannot search: invalid selector"),
    ] {
        assert!(text.contains(lost), "{text}");
    }
}

#[test]
fn keys_move_and_write() {
    let base = serve(answer);
    let browser = Browser::start(Viewport::Laptop);
    browser.goto(&base);
    browser.press("Tab");
    assert_eq!(browser.focused().label(), "Họ và tên");
    browser.press("Control+a");
    for key in ["H", "i", "ế", "u"] {
        browser.press(key);
    }
    assert_eq!(browser.focused().value(), "Hiếu");
    browser.press("Tab");
    browser.press("ArrowDown");
    assert_eq!(browser.focused().value(), "2");
    browser.press("Shift+Tab");
    browser.press("Enter");
    assert!(browser.find("pre").text().contains("name=Hiếu"));
    assert!(failure(|| browser.press("Hyper")).contains("no key is called \"Hyper\""));
}

#[test]
fn a_wait_ends_with_what_came_or_with_all_that_is_known() {
    let base = serve(answer);
    let browser = Browser::start(Viewport::Phone).with_patience(Duration::from_millis(1500));
    browser.goto(&format!("{base}/late"));
    assert_eq!(browser.wait_for("#late").text(), "đến muộn");

    let start = Instant::now();
    let text = failure(|| browser.wait_for("#never"));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    for part in [
        "no visible element `#never` after 1.5s",
        &format!("address: {base}/late"),
        "title:   Trang thử",
        "| đến muộn",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let picture = text.lines().find_map(|line| line.trim().strip_prefix("picture: ")).unwrap();
    let picture = std::fs::read(picture).unwrap();
    assert!(picture.starts_with(b"\x89PNG"), "no picture");

    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let text = failure(|| browser.goto(&format!("http://{nobody}/")));
    assert!(text.contains(&format!("cannot open http://{nobody}/")), "{text}");
    assert!(text.contains("ERR_CONNECTION_REFUSED"), "{text}");
    assert!(browser.console_errors().is_empty(), "told with the failure, not twice");
}

#[test]
fn the_console_fails_a_test_that_does_not_look_at_it() {
    let base = serve(answer);
    for (path, source, part) in [
        ("/inline", "security", "Content Security Policy"),
        ("/throws", "javascript", "undefinedName is not defined"),
        ("/nothing", "network", "404"),
    ] {
        let browser = Browser::start(Viewport::Laptop);
        browser.goto(&format!("{base}{path}"));
        let errors = browser.console_errors();
        assert_eq!(errors.len(), 1, "{path}: {errors:?}");
        assert!(errors[0].source == source && errors[0].message.contains(part), "{errors:?}");
        assert!(browser.console_errors().is_empty(), "taken out");
        browser.reload();
        let text = failure(|| drop(browser));
        assert!(text.contains("the console has errors") && text.contains(part), "{text}");
    }
}

#[test]
fn cookies_are_those_of_the_persona() {
    let base = serve(answer);
    let browser = Browser::start(Viewport::Laptop);
    for persona in ["auditor", "commune-chair"] {
        sign_in_as(&browser, &base, persona);
        assert_eq!(browser.find("#me").text(), format!("session={persona}"));
        let cookies = browser.cookies();
        assert_eq!(cookies.len(), 1);
        assert_eq!((cookies[0].value.as_str(), cookies[0].http_only), (persona, true));
        assert_eq!((cookies[0].same_site.as_str(), cookies[0].secure), ("Lax", false));
    }
    browser.forget_cookies();
    assert!(browser.cookies().is_empty());
}

const GOOD: &[Page] = &[
    Page::new("form", None, "/"),
    Page::new("me", Some("auditor"), "/me"),
    Page::new("long", None, "/long"),
];

#[test]
fn good_pages_pass_and_each_fault_is_found() {
    let base = serve(answer);
    let browser = Browser::start(Viewport::Phone);
    pages::accessible(&browser, &base, GOOD);
    pages::fit(&browser, &base, GOOD);

    let fault = |path| [Page::new("fault", Some("auditor"), path)];
    let text = failure(|| pages::accessible(&browser, &base, &fault("/pale")));
    for part in [
        "fault (/pale, phone): ",
        "color-contrast (serious): ",
        "image-alt (critical): ",
        "at p\n     <p class=\"pale\">chữ nhạt</p>\n     Fix any of the following:",
        "contrast of 2.84",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    for (path, parts) in [
        ("/wide", ["fault (/wide, phone): ", "px wide instead of 390: p#wide"]),
        ("/inline", ["fault (/inline, phone): security: ", "Content Security Policy"]),
        ("/nothing", ["comes with 404 instead of 200", "network: "]),
    ] {
        let text = failure(|| pages::fit(&browser, &base, &fault(path)));
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }
    pages::fit(&browser, &base, &[Page { status: 404, ..Page::new("lost", None, "/nothing") }]);
    let way = Page { follow: &["a"], ..Page::new("way", Some("auditor"), "/way") };
    let text = failure(|| pages::fit(&browser, &base, &[way]));
    assert!(text.contains("way (/wide, phone): "), "{text}");
}

#[test]
fn pages_are_weighed_and_pictured() {
    let base = serve(answer);
    let folder = tempfile::tempdir().unwrap();
    let browser = pages::newcomer();
    pages::light(&browser, &base, GOOD, 10_000);
    let text = failure(|| pages::light(&browser, &base, GOOD, 4_000));
    assert!(text.contains("long (/long, phone): ") && text.contains("bytes in 2 files"), "{text}");
    assert!(!text.contains("form ("), "{text}");
    pages::pictures(&browser, &base, GOOD, folder.path());
    for page in GOOD {
        assert!(folder.path().join(format!("{}-phone.png", page.name)).exists());
    }
}

#[test]
fn a_slow_line_is_slow_and_a_file_is_counted_once() {
    let base = serve(answer);
    let fast = Browser::start(Viewport::Phone).without_cache();
    let slow = Browser::start(Viewport::Phone).without_cache().throttled();
    for browser in [&fast, &slow] {
        browser.goto(&format!("{base}/long"));
    }
    let weight = fast.weight();
    assert_eq!(weight, slow.weight());
    assert_eq!((weight.files, fast.transferred_bytes()), (2, weight.bytes));
    assert!((3_500..8_000).contains(&weight.bytes), "{weight:?}");
    // The page and its style, one after the other.
    let (fast, slow) = (fast.first_contentful_paint(), slow.first_contentful_paint());
    assert!(slow > 300.0 && slow > fast, "{fast} and {slow}");
}

#[test]
fn a_picture_shows_the_whole_page() {
    let base = serve(answer);
    let folder = tempfile::tempdir().unwrap();
    for (viewport, width, most) in
        [(Viewport::Laptop, 1366, 16_384), (Viewport::Phone, 780, 16_384)]
    {
        let browser = Browser::start(viewport);
        browser.goto(&format!("{base}/long"));
        let path = folder.path().join("long.png");
        browser.screenshot_full_page(&path);
        let bytes = std::fs::read(&path).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let seen = viewport.size().1 * 2;
        // A scroll bar takes some of a laptop's width.
        assert!((width - 15..=width).contains(&number(16)), "{} wide", number(16));
        assert!((seen * 2..=most).contains(&number(20)), "{} high", number(20));
    }
}
