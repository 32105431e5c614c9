//! An open page is told of changes in its reader's territory, and of no others.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use crate::browser::{Browser, site};
use crate::world::{Staff, World};

/// The next event of a stream; nothing within two and a half seconds.
async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let frame = tokio::time::timeout(Duration::from_millis(2500), stream.next()).await.ok()??;
    Some(String::from_utf8(frame.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn changes_in_the_territory_are_told_and_no_others() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    world.officer("neighbour", "hamlet-reviewer", "05092-01").await;
    let router = site(&world, &["hamlet", "neighbour"]);
    let mut streams = Vec::new();
    for code in ["hamlet", "neighbour"] {
        let browser = Browser::of(&router, code).await;
        let cookie = format!("hieuhoc={}", browser.cookies["hieuhoc"]);
        let request = Request::get("/live").header("cookie", cookie).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = response.into_body().into_data_stream();
        assert!(next(&mut stream).await.unwrap().starts_with("event: begin"));
        streams.push(stream);
    }
    staff.case(&world, "HB-1").await;
    assert!(next(&mut streams[0]).await.unwrap().starts_with("event: change"));
    assert_eq!(next(&mut streams[1]).await, None);
}
