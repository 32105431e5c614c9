//! The queue: what waits for whom, taking cases, and the next one.

use crate::browser::{Browser, site};
use crate::world::{Staff, World, claims};

/// Three cases that wait for the hamlet's review.
async fn waiting(world: &World, staff: &Staff) -> Vec<String> {
    let mut cases = Vec::new();
    for code in ["HB-1", "HB-2", "HB-3"] {
        let case = staff.case(world, code).await;
        world.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
        cases.push(case.rsplit('/').next().unwrap().to_owned());
    }
    cases
}

#[tokio::test]
async fn a_reviewer_sees_his_work_and_takes_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let cases = waiting(&world, &staff).await;
    let router = site(&world, &["hamlet", "commune"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get("/queue").await.ok();
    for case in &cases {
        assert!(page.text.contains(&format!("/cases/{case}")), "{}", page.text);
    }
    let page = page.shows("Đinh Công Đức").shows("<b>3</b><span>đang chờ");
    let marked: Vec<_> = cases[..2].iter().map(|case| ("case", case.as_str())).collect();
    let page = browser.submit(&page, "/queue/claims", &marked).await.ok();
    page.shows("Đã nhận 2 hồ sơ.").shows("<b>2</b><span>tôi đang giữ");
    let page = browser.get("/queue?holder=nobody").await.ok().shows(&cases[2]);
    page.hides(&format!("/cases/{}\"", cases[0]));
    let mut commune = Browser::of(&router, "commune").await;
    let page = commune.get("/queue").await.ok().shows("Không có hồ sơ nào");
    page.hides(&cases[0]);
    commune.get("/queue?role=all").await.ok().shows(&cases[0]);
}

#[tokio::test]
async fn a_neighbour_sees_nothing_of_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let cases = waiting(&world, &staff).await;
    world.officer("neighbour", "hamlet-reviewer", "05092-01").await;
    let router = site(&world, &["neighbour"]);
    let mut browser = Browser::of(&router, "neighbour").await;
    for address in ["/queue?role=all", "/queue?unit=05158", "/queue?holder=nobody"] {
        browser.get(address).await.ok().hides(&cases[0]).hides("Đinh Công Đức");
    }
    let page = browser.get("/queue/next?role=all").await.ok();
    assert_eq!(page.address, "/queue");
}

#[tokio::test]
async fn the_next_case_is_one_that_nobody_else_holds() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let cases = waiting(&world, &staff).await;
    world.officer("second", "hamlet-reviewer", "05158-01").await;
    let router = site(&world, &["hamlet", "second"]);
    let mut other = Browser::of(&router, "second").await;
    let page = other.get("/queue").await.ok();
    let first = page.text.find("data-open").map(|at| &page.text[at - 60..at]).unwrap().to_owned();
    let taken = cases.iter().find(|case| first.contains(*case)).unwrap();
    other.submit(&page, "/queue/claims", &[("case", taken)]).await.ok();
    let mut browser = Browser::of(&router, "hamlet").await;
    let next = browser.get("/queue/next").await;
    assert!(
        next.address.starts_with("/cases/") && !next.address.contains(taken),
        "{}",
        next.address
    );
    let skipped = next.address.trim_start_matches("/cases/");
    let after = browser.get(&format!("/queue/next?skip={skipped}")).await;
    assert!(after.address.starts_with("/cases/") && after.address != next.address);
}

#[tokio::test]
async fn wishes_that_cannot_be_read_are_named() {
    let world = World::new().await;
    Staff::of(&world).await;
    let router = site(&world, &["hamlet"]);
    let mut browser = Browser::of(&router, "hamlet").await;
    let page = browser.get("/queue?title=%3Cscript%3E").await.refused(422, "form.bad_field");
    page.hides("<script>").shows("&#60;script&#62;");
    browser.get("/queue?after=x").await.refused(400, "http.bad_cursor");
}
