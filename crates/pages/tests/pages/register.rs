//! What the public reads without signing in, and what it does not.

use serde_json::json;

use crate::browser::{Browser, site};
use crate::world::{Staff, World, decision};

#[tokio::test]
async fn the_public_reads_the_register_and_no_address() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case_to_decide(&world, "HB-1").await;
    let open = staff.case(&world, "HB-2").await;
    world.post(&staff.chair, &format!("{case}/recognition"), decision()).await.ok();
    let (id, open) = (case.rsplit('/').next().unwrap(), open.rsplit('/').next().unwrap());
    let router = site(&world, &[]);
    let mut browser = Browser::new(&router);
    let page = browser.get("/").await.ok();
    assert_eq!(page.address, "/register");
    let page = page.shows("Đinh Công Đức").shows("125/QĐ-UBND").shows("09/11/2027");
    page.shows("Tỉnh Phú Thọ").hides("HB-1").hides("Sổ theo dõi học tập").hides("value=\"9\"");
    browser.get("/register?unit=05158-01&name=duc").await.ok().shows("Đinh Công Đức");
    browser.get("/register?unit=05092").await.ok().hides("Đinh Công Đức");
    browser.get("/register?name=khong+co").await.ok().shows("Không có danh hiệu nào như vậy");
    browser.get("/register?csv").await.ok().shows("125/QĐ-UBND").hides("HB-1");
    let page = browser.get(&format!("/register/{id}")).await.ok();
    page.shows("Đang có hiệu lực").shows("10/11/2026").hides("HB-1").hides("Xóm mẫu<");
    // A case without a title is not there, and neither are other pages.
    assert_eq!(browser.get(&format!("/register/{open}")).await.status.as_u16(), 404);
    let page = browser.get(&format!("/cases/{id}/objections")).await;
    assert!(page.address.starts_with("/sign-in"), "{}", page.address);

    let revocation = json!({ "ground": "Khai không đúng", "from": "2026-11-10", "decision": { "number": "9/QĐ-UBND", "date": "2026-11-10" } });
    world.post(&staff.chair, &format!("{case}/revocation"), revocation).await.ok();
    browser.get("/register").await.ok().hides("Đinh Công Đức");
    browser.get("/register?all=1").await.ok().shows("Đã thu hồi");
    let page = browser.get(&format!("/register/{id}")).await.ok();
    page.shows("Bị thu hồi").hides("Khai không đúng");
}
