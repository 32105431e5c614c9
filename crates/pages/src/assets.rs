//! The style sheet and the script, each under an address that changes with its content, so that
//! browsers keep them for good. Deliberately absent: a build step; the files are served as they lie.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

use crate::site::Site;

/// The parts of the style sheet, in their order.
const STYLES: &[&str] = &[
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/parts.css"),
    include_str!("../assets/css/decisions.css"),
    include_str!("../assets/css/cases.css"),
    include_str!("../assets/css/oversight.css"),
    include_str!("../assets/css/applicant.css"),
    include_str!("../assets/css/audit.css"),
    include_str!("../assets/css/officers.css"),
    include_str!("../assets/css/procedures.css"),
    include_str!("../assets/css/calendar.css"),
    include_str!("../assets/css/print.css"),
];
/// The parts of the script.
const SCRIPTS: &[&str] = &[
    include_str!("../assets/js/app.js"),
    include_str!("../assets/js/assessment.js"),
    include_str!("../assets/js/live.js"),
    include_str!("../assets/js/progress.js"),
    include_str!("../assets/js/keys.js"),
    include_str!("../assets/js/review.js"),
    include_str!("../assets/js/replay.js"),
];
const ICON: &str = include_str!("../assets/icon.svg");

/// One file.
struct Asset {
    name: String,
    kind: &'static str,
    content: String,
}

/// All files.
pub(crate) struct Assets {
    style: Asset,
    script: Asset,
    icon: Asset,
}

impl Assets {
    /// The files, named by their content.
    pub(crate) fn new() -> Self {
        Self {
            style: asset("css", "text/css; charset=utf-8", STYLES.concat()),
            script: asset("js", "text/javascript; charset=utf-8", SCRIPTS.concat()),
            icon: asset("svg", "image/svg+xml", ICON.to_owned()),
        }
    }

    /// Address of the style sheet.
    pub(crate) fn style(&self) -> &str {
        &self.style.name
    }

    /// Address of the script.
    pub(crate) fn script(&self) -> &str {
        &self.script.name
    }

    /// Address of the icon.
    pub(crate) fn icon(&self) -> &str {
        &self.icon.name
    }
}

fn asset(extension: &str, kind: &'static str, content: String) -> Asset {
    let digest = codec::digest::digest(content.as_bytes()).map(|digest| digest.to_string());
    let digest: String = digest.unwrap_or_default().chars().take(12).collect();
    Asset { name: format!("/assets/{digest}.{extension}"), kind, content }
}

/// `GET /assets/{name}`.
pub(crate) async fn read(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    let Assets { style, script, icon } = &site.assets;
    let wanted = format!("/assets/{name}");
    let Some(found) = [style, script, icon].into_iter().find(|asset| asset.name == wanted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static(found.kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, found.content.clone()).into_response()
}
