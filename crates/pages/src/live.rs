//! `/live`: tells an open page when something in its reader's territory has changed, by server-sent
//! events. The page then asks for itself anew; nothing but a number is sent here.
//! Deliberately absent: what has changed, and anything that a page without script would miss.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, Stream};
use procedure::UnitCode;
use projections::Runner;

use crate::desk::Desk;
use crate::site::Site;

/// How often it is looked whether anything has changed.
const EVERY: Duration = Duration::from_secs(1);
/// How long it is told; then the browser comes again, and is asked who he is.
const LIFE: Duration = Duration::from_secs(300);

/// `GET /live`.
pub(crate) async fn changes(State(site): State<Arc<Site>>, desk: Desk) -> Response {
    let territory = desk.reading.territory.clone();
    let told = Sse::new(marks(site, territory)).keep_alive(KeepAlive::default());
    // A proxy that collects an answer before it passes it on would keep it for ever.
    ([(HeaderName::from_static("x-accel-buffering"), "no")], told).into_response()
}

fn marks(
    site: Arc<Site>,
    territory: Vec<UnitCode>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let end = tokio::time::Instant::now() + LIFE;
    let first: (Option<u64>, u64) = (None, 0);
    stream::unfold(first, move |(before, mut asked)| {
        let (site, territory) = (site.clone(), territory.clone());
        async move {
            loop {
                // Nothing is asked while nothing at all has happened.
                let entries = site.app.runner.progress().entries;
                if before.is_none() || entries != asked {
                    asked = entries;
                    let mark = mark(&site.app.runner, &territory).await?;
                    if before != Some(mark) {
                        let name = if before.is_none() { "begin" } else { "change" };
                        let event = Event::default().event(name).data(mark.to_string());
                        return Some((Ok(event), (Some(mark), asked)));
                    }
                }
                let mut closing = site.closing.subscribe();
                tokio::select! {
                    () = tokio::time::sleep_until(end) => return None,
                    _ = closing.wait_for(|closing| *closing) => return None,
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
        }
    })
}

/// Rises when a case in the territory has changed; nothing where it cannot be told.
async fn mark(runner: &Runner, territory: &[UnitCode]) -> Option<u64> {
    let territory = territory.to_vec();
    runner.models().read(move |reader| reader.change_mark(&territory, &[])).await.ok()
}
