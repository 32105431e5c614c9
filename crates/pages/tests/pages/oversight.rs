//! The pages of supervisors: numbers that balance and add up, territories that hold, files that are safe,
//! and cases that are given to officers.

use projections::query::AreaFilter;
use projections::query::stays::By;
use serde_json::json;

use crate::browser::{Browser, Seen, site};
use crate::world::{Staff, World, claims, decision, officer_id, reviews};

const HOSTILE: &str = "=cmd|'/C calc'!A0 <script>alert(1)</script>\"><img src=x onerror=1>";
const PERSONAS: [&str; 6] = ["super", "province", "admin", "chair", "hamlet", "recorder"];

/// Cases in two communes, in every state that matters; the addresses of the four in 05158.
async fn filled(world: &World) -> (Staff, Vec<String>) {
    world.publish_calendar().await;
    world.set_time("2026-10-05T02:00:00Z");
    let staff = Staff::of(world).await;
    world.officer("super", "supervisor", "05158").await;
    world.officer("province", "supervisor", "25").await;
    let old = staff.case_to_decide(world, "HB-1").await;
    world.set_time("2026-11-02T02:00:00Z");
    let decided = staff.case_to_decide(world, "HB-2").await;
    world.set_time("2026-11-10T02:00:00Z");
    world.post(&staff.chair, &format!("{decided}/recognition"), decision()).await.ok();
    let waits = staff.case(world, "HB-3").await;
    world.post(&staff.recorder, &format!("{waits}/self-assessment"), claims(9)).await.ok();
    let hostile = hostile(world).await;
    let neighbour = world.officer("neighbour", "hamlet-recorder", "05092-02").await;
    let subject = world.household("KB-1", "05092-02").await;
    let body = json!({ "subject": subject, "year": 2026 });
    world.post(&neighbour, "/api/v1/cases", body).await.ok();
    (staff, vec![old, decided, waits, hostile])
}

/// A case of a subject with a name that would do harm.
async fn hostile(world: &World) -> String {
    let body = json!({ "kind": "household", "code": "HB-4", "unit": "05158-02",
        "name": HOSTILE, "address": "Xóm mẫu" });
    let subject = world.post(&world.admin, "/api/v1/subjects", body).await.ok().id();
    let body = json!({ "subject": subject, "year": 2026 });
    let recorder = world.officer("other", "hamlet-recorder", "05158-02").await;
    format!("/api/v1/cases/{}", world.post(&recorder, "/api/v1/cases", body).await.ok().id())
}

fn id(case: &str) -> &str {
    case.rsplit('/').next().unwrap()
}

/// The rows of a file, the heads of its columns first.
fn rows(file: &Seen) -> Vec<Vec<String>> {
    assert!(
        file.headers["content-type"].to_str().unwrap().starts_with("text/csv"),
        "{}",
        file.address
    );
    let text = file.text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn numbers(row: &[String]) -> Vec<i64> {
    row.iter().filter_map(|cell| cell.parse().ok()).collect()
}

/// The sums of the columns from one on.
fn sums(rows: &[Vec<String>], from: usize) -> Vec<i64> {
    let columns = rows[0].len();
    let sum = |column: usize| rows[1..].iter().map(|row| row[column].parse::<i64>().unwrap()).sum();
    (from..columns).map(sum).collect()
}

#[tokio::test]
async fn the_strip_balances_and_is_the_sum_of_its_parts() {
    let world = World::new().await;
    filled(&world).await;
    let mut browser = Browser::of(&site(&world, &PERSONAS), "province").await;
    let flow = rows(&browser.get("/oversight?csv=flow&from=2026-11-01").await.ok());
    let [opening, entered, left, closing, _, recognised, refused, withdrawn, open, late, soon, ..] =
        numbers(&flow[1])[..]
    else {
        panic!("{flow:?}")
    };
    assert_eq!((opening, entered, left, closing), (1, 4, 1, 4));
    assert_eq!((left, closing), (recognised + refused + withdrawn, open));
    let below = rows(&browser.get("/oversight?csv=below&from=2026-11-01").await.ok());
    let [all, commune, other] =
        [&sums(&below, 2), &numbers(&below[2])[1..], &numbers(&below[1])[1..]]
            .map(|row: &[i64]| row[..7].to_vec());
    assert_eq!(all, [opening, entered, left, closing, open, late, soon], "{below:?}");
    assert_eq!((other[3], commune[3]), (1, 3), "{below:?}");

    let page = browser.get("/oversight?unit=25&from=2026-11-01").await.ok();
    let page = page.shows("Tồn đầu kỳ</dt><dd>1</dd>").shows("Tiếp nhận</dt><dd>4</dd>");
    let page = page.shows("Giải quyết</dt><dd>1</dd>").shows("Tồn cuối kỳ</dt><dd>4</dd>");
    let sides = ["applicant", "reviewer", "posting", "approver"].map(|side| {
        let mark = format!("waiting={side}\"><b>");
        let at = page.text.find(&mark).unwrap() + mark.len();
        page.text[at..].split('<').next().unwrap().parse::<i64>().unwrap()
    });
    assert_eq!((sides, sides.iter().sum::<i64>()), ([2, 1, 0, 1], open));

    // What was filed at the level itself has a line of its own.
    let body = json!({ "kind": "organisation", "code": "DV-1", "unit": "05158", "name": "Trường mẫu",
        "address": "Xã mẫu" });
    let subject = world.post(&world.admin, "/api/v1/subjects", body).await.ok().id();
    let body = json!({ "subject": subject, "year": 2026 });
    let recorder = world.officer("org", "organisation-recorder", "05158").await;
    world.post(&recorder, "/api/v1/cases", body).await.ok();
    let file = browser.get("/oversight?unit=05158&csv=below&from=2026-11-01").await.ok();
    let below = rows(&file);
    assert_eq!((below.len(), &*below[3][1]), (4, "Nộp thẳng ở cấp này"));
    assert_eq!(numbers(&below[3]), [0, 1, 0, 1, 1, 0, 0, 1, 0]);
    assert_eq!(sums(&below, 2)[..4], [1, 4, 1, 4]);
}

#[tokio::test]
async fn nothing_of_another_territory_is_counted() {
    let world = World::new().await;
    filled(&world).await;
    let mut browser = Browser::of(&site(&world, &PERSONAS), "super").await;
    let flow = rows(&browser.get("/oversight?csv=flow").await.ok());
    assert_eq!(numbers(&flow[1])[3], 3);
    let cases = rows(&browser.get("/oversight/cases?csv=cases").await.ok());
    assert_eq!(cases.len(), 4);
    assert!(cases.iter().all(|row| row[2] != "KB-1"));
    for path in ["", "/cases", "/titles", "/signs", "/refusals", "/escalated"] {
        for (unit, status) in [("05092", 404), ("25", 404), ("99999", 404), ("05158-01", 200)] {
            let seen = browser.get(&format!("/oversight{path}?unit={unit}")).await;
            assert_eq!(seen.status.as_u16(), status, "{}", seen.address);
        }
        browser
            .get(&format!("/oversight{path}?unit=%3Cscript%3E"))
            .await
            .refused(422, "form.bad_field");
    }
}

#[tokio::test]
async fn the_tables_and_charts_have_the_numbers_of_the_read_models() {
    let world = World::new().await;
    filled(&world).await;
    let mut browser = Browser::of(&site(&world, &PERSONAS), "super").await;
    let filter = AreaFilter { territory: vec!["05158".parse().unwrap()], ..AreaFilter::default() };
    let today = "2026-11-10".parse().unwrap();
    let since = "2025-11-10".parse().ok();
    let stays =
        world.runner.models().read(move |reader| reader.stays(&filter, &By::Level, since, today));
    let stays = stays.await.unwrap();
    assert!(stays.iter().any(|stay| stay.finished > 0) && stays.iter().any(|stay| stay.open > 0));
    let file = rows(&browser.get("/oversight?csv=stays").await.ok());
    assert_eq!(file.len(), stays.len() + 1);
    let page = browser.get("/oversight").await.ok();
    for stay in &stays {
        let told = [
            stay.finished,
            stay.p50.into(),
            stay.p90.into(),
            stay.longest.into(),
            stay.open,
            stay.open_p50.into(),
            stay.open_p90.into(),
        ];
        let found = file.iter().any(|row| {
            row[3..10].iter().zip(told).all(|(cell, number)| *cell == number.to_string())
        });
        assert!(found, "{stay:?} is not in {file:?}");
    }
    assert_eq!(page.text.matches("<svg class=\"chart\"").count(), 2);
    assert_eq!(page.text.matches("role=\"img\"").count(), 2);
    let weeks = rows(&browser.get("/oversight?csv=weeks").await.ok());
    assert_eq!((weeks.len(), &*weeks[12][4]), (13, "3"));
    for week in &weeks[1..] {
        let numbers = week[2..].iter().map(|cell| format!("<td class=\"num\">{cell}</td>"));
        let line = format!("{} – {}</th>{}", week[0], week[1], numbers.collect::<String>());
        assert!(page.text.contains(&line), "{line}");
    }
    for pair in weeks[1..].windows(2) {
        let [before, after] = [&pair[0], &pair[1]].map(|week| numbers(week));
        assert_eq!(before[2] + after[0] - after[1], after[2], "{pair:?}");
    }
    let title = stays[0].title;
    let step = &stays[0].step;
    let page = browser.get(&format!("/oversight?title={title}&step={step}")).await.ok();
    page.shows("theo từng đơn vị").shows("Xóm mẫu 01</a></th>");
}

#[tokio::test]
async fn open_cases_are_listed_and_filtered_and_hostile_names_do_nothing() {
    let world = World::new().await;
    let (staff, cases) = filled(&world).await;
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "super").await;
    let page = browser.get("/oversight/cases").await.ok();
    let page = page.hides("<script>alert").hides("<img src=x").hides("type=\"checkbox\"");
    let page =
        page.shows("&#60;script&#62;").shows("Chủ tịch Ủy ban nhân dân").hides(id(&cases[1]));
    let place = |case: &str| page.text.find(id(case)).unwrap();
    let (late, fresh) = (place(&cases[0]), place(&cases[2]));
    assert!(late < fresh, "the one with the fewest days left comes first");
    for (query, there) in [
        ("waiting=applicant", [false, false, true]),
        ("waiting=reviewer", [false, true, false]),
        ("waiting=approver", [true, false, false]),
        ("waiting=posting", [false; 3]),
        ("waiting=paused", [false; 3]),
        ("due=late", [true, false, false]),
        ("holder=nobody&unit=05158-02", [false, false, true]),
    ] {
        let seen = browser.get(&format!("/oversight/cases?{query}")).await.ok();
        let open = [&cases[0], &cases[2], &cases[3]];
        assert_eq!(open.map(|case| seen.text.contains(id(case))), there, "{query}");
    }
    let file = browser.get("/oversight/cases?waiting=applicant&csv=cases").await.ok();
    let file = rows(&file);
    assert_eq!((file.len(), &*file[1][1]), (2, &*format!("'{HOSTILE}")));
    browser.get("/oversight/cases?waiting=nobody").await.refused(422, "form.bad_field");
    browser.get("/oversight/cases?after=x").await.refused(400, "http.bad_cursor");

    let holder = officer_id(&world, &staff.chair).await;
    let body = json!({ "to": holder, "reason": "Phân công" });
    world.post(&staff.chair, &format!("{}/assignment", cases[0]), body).await.ok();
    let page = browser.get(&format!("/oversight/cases?holder={holder}")).await.ok();
    page.shows(id(&cases[0])).hides(id(&cases[3]));
    for (side, there) in [("approver", true), ("applicant", false)] {
        let address = format!("/oversight/cases?holder={holder}&waiting={side}");
        let page = browser.get(&address).await.ok();
        assert_eq!(page.text.contains(id(&cases[0])), there, "{side}");
    }
    let page = browser.get("/oversight").await.ok();
    assert_eq!(page.text.matches("<svg class=\"chart\"").count(), 3);
    page.shows("Bùi Thị Mẫu</a></th><td class=\"num\">1</td>").shows("1 (1 quá hạn)</text>");
    let load = rows(&browser.get("/oversight?csv=load").await.ok());
    assert_eq!((&*load[1][0], &*load[1][1], &*load[1][3]), ("Bùi Thị Mẫu", "1", "1"));
}

#[tokio::test]
async fn titles_add_up_and_targets_say_what_was_seen() {
    let world = World::new().await;
    filled(&world).await;
    let mut browser = Browser::of(&site(&world, &PERSONAS), "province").await;
    for (unit, whole) in [("25", [5, 5, 1, 0]), ("05158", [4, 4, 1, 0]), ("05158-01", [3, 3, 1, 0])]
    {
        let titles =
            rows(&browser.get(&format!("/oversight/titles?unit={unit}&csv=titles")).await.ok());
        assert_eq!(numbers(&titles[1])[1..5], whole, "{titles:?}");
        let parts =
            rows(&browser.get(&format!("/oversight/titles?unit={unit}&csv=units")).await.ok());
        for column in 0..4 {
            let cells = parts[1..].iter().map(|row| row[5 + column].parse::<i64>().unwrap());
            let sum = if unit.contains('-') { whole[column] } else { cells.sum() };
            assert_eq!(sum, whole[column], "{unit}");
        }
    }
    // What lies at the level itself has a line of its own.
    let body = json!({ "kind": "organisation", "code": "DV-1", "unit": "05158", "name": "Trường mẫu",
        "address": "Xã mẫu" });
    world.post(&world.admin, "/api/v1/subjects", body).await.ok();
    let file = browser.get("/oversight/titles?unit=05158&title=organisation&csv=units").await.ok();
    let parts = rows(&file);
    assert_eq!((parts.len(), &*parts[3][1], &*parts[3][5]), (4, "Trực thuộc cấp này", "1"));
    let page = browser.get("/oversight/titles").await.ok().shows("20,0 %");
    let page =
        page.shows("2025: 70 %").shows("2030: 80 % <span class=\"badge badge--provisional\">");
    page.shows("không phải dân số").shows("Báo Gia Lai").shows("role=\"img\"");
    let old = browser.get("/oversight/titles?year=2025").await.ok();
    old.hides("20,0 %");
    browser.get("/language/en?back=/oversight/titles").await.ok().shows("not the population");
    browser.get("/oversight").await.ok().shows("Opening</dt>").shows("Time at each step");
}

#[tokio::test]
async fn an_administrator_gives_cases_and_reads_why_some_were_refused() {
    let world = World::new().await;
    let (staff, cases) = filled(&world).await;
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "admin").await;
    let action = "/oversight/cases/assign";
    let address = "/oversight/cases?unit=05158";
    let page = browser.get(address).await.ok().shows("<option value=\"hamlet\">");
    let (old, waits) = (id(&cases[0]), id(&cases[2]));

    // Nothing that was filled in is lost.
    let typed = [("case", old), ("to", "hamlet"), ("reason", "")];
    let again = browser.submit(&page, action, &typed).await.refused(422, "form.missing_field");
    let kept = again.form(action);
    assert!(
        kept.contains(&("case".into(), old.into()))
            && kept.contains(&("to".into(), "hamlet".into()))
    );
    assert!(kept.contains(&("query".into(), "unit=05158".into())));
    let unknown = [("case", old), ("to", "nobody-here"), ("reason", "x")];
    browser.submit(&page, action, &unknown).await.refused(422, "form.bad_field");

    let filled = [("case", old), ("case", waits), ("to", "hamlet"), ("reason", "Phân công")];
    let outcome = browser.submit(&again, action, &filled).await.refused(200, "actor.not_appointed");
    let outcome = outcome.shows("Số hồ sơ đã chuyển: 1.").shows(old).hides(waits);
    assert!(outcome.text.contains("href=\"/oversight/cases?unit=05158\""));

    let page = browser.get(address).await.ok();
    let action = "/oversight/cases/handover";
    let filled = [("from", "hamlet"), ("why", "Đi học")];
    let done = browser.submit(&page, action, &filled).await.ok().shows("Đã chuyển 1 hồ sơ.");
    assert_eq!(done.address, address);
    let case = world.get(&staff.hamlet, &cases[2]).await.ok();
    assert_eq!(case.body["holder"], json!(null));

    // The refused act is there to be read, and somebody without the power has no form.
    let refused = browser.get("/oversight/refusals").await.ok();
    refused.shows("<span class=\"struck\">Giao việc</span>").shows("actor.not_appointed");
    let file = rows(&browser.get("/oversight/refusals?csv=refusals").await.ok());
    assert_eq!((&*file[1][2], &*file[1][4]), ("Giao việc", "actor.not_appointed"));
    let mut other = Browser::of(&router, "super").await;
    other.get("/oversight/cases?year=2026").await.ok().hides(action);
    other.get("/oversight/refusals?unit=05158").await.ok().shows("actor.not_appointed");
}

#[tokio::test]
async fn late_cases_reach_the_superior_and_signs_are_questions() {
    let world = World::new().await;
    let (staff, _) = filled(&world).await;
    world.set_time("2026-10-05T02:00:00Z");
    let mut cases = Vec::new();
    for code in ["HB-8", "HB-9"] {
        let case = staff.case(&world, code).await;
        world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
        world.post(&staff.hamlet, &format!("{case}/review"), reviews(9)).await.ok();
        cases.push(case);
    }
    world.set_time("2026-11-10T02:00:00Z");
    let router = site(&world, &PERSONAS);
    let mut browser = Browser::of(&router, "chair").await;
    browser.get("/oversight/escalated").await.ok().shows("Không có hồ sơ nào phải báo cáo");
    world.watch(&cases[0]).await;
    let page = browser.get("/oversight/escalated").await.ok().shows("Của anh chị");
    page.shows(id(&cases[0])).hides(id(&cases[1]));
    let file = rows(&browser.get("/oversight/escalated?csv=cases").await.ok());
    assert_eq!((file.len(), &*file[1][0]), (2, id(&cases[0])));
    let mut other = Browser::of(&router, "super").await;
    other.get("/oversight/escalated?title=family").await.ok().shows("Người khác");
    other.get("/oversight/escalated?title=clan").await.ok().hides(id(&cases[0]));
    let page = browser.get("/oversight/signs").await.ok();
    page.shows("câu hỏi cần trao đổi").shows("Không có dấu hiệu nào");
    assert_eq!(rows(&browser.get("/oversight/signs?csv=signs").await.ok()).len(), 1);
}
