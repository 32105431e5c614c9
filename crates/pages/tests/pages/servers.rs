//! A server that only reads: its pages can be looked at, and its forms are refused.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Method;
use pages::{Settings, Site};

use crate::browser::Browser;
use crate::world::{Staff, World, request};

#[tokio::test]
async fn a_form_is_refused_with_the_address_of_the_server_that_takes_it() {
    let world = World::new().await;
    Staff::of(&world).await;
    let writer = web::Writer::at(Some("https://ghi.example".to_owned()));
    let site = Site::new(world.app.clone(), Settings::default()).read_only(writer.clone());
    let api = web::read_only_router(world.app.clone(), &writer);
    let router = pages::router(Arc::new(site), api);
    let mut browser = Browser::new(&router);
    browser.get("/sign-in").await.ok();
    let fields = [("account", "commune"), ("password", "x"), ("to", "/")];
    let page = browser.send(Method::POST, "/sign-in", &fields).await;
    let page = page.refused(421, "Máy chủ này chỉ để tra cứu");
    assert!(page.text.contains("https://ghi.example"), "{}", page.text);
    browser.get("/healthz").await.ok();
}

#[tokio::test]
async fn an_address_of_the_api_has_its_own_parameters() {
    use tower::ServiceExt as _;
    let world = World::new().await;
    let router = crate::browser::site(&world, &[]);
    for (path, status) in [("/api/v1/units/05158", 200), ("/api/v1/nowhere", 404), ("/readyz", 200)]
    {
        let asked = request(Method::GET, &world.admin, path, &[], Body::empty());
        let answer = router.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(kind.contains("json"), "{path}: {kind}");
    }
}
