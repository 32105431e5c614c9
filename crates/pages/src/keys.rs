//! `/keys`: the keys by which the pages are worked without a mouse; the same list opens in a dialog at
//! `?`. Deliberately absent: what a key does; each button and link says which is its own.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::desk::Desk;
use crate::page::{Area, Page, show};
use crate::site::Site;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/keys", get(keys))
}

#[derive(Template)]
#[template(path = "keys.html")]
struct Keys {
    page: Page,
}

/// `GET /keys`.
async fn keys(desk: Desk) -> Response {
    let mut page = desk.page(Area::Home, "Phím tắt", "Keys");
    page.area = None;
    show(&Keys { page })
}
