//! `POST /officers/{id}/handover`: what he holds goes to another, or back to the queue.

use std::sync::Arc;

use axum::response::Response;
use procedure::{CaseId, OfficerId, case};
use projections::query::LIMIT_MAX;
use projections::query::queue::{Holder, QueueFilter};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_be_visible;
use crate::api::cases::assignment::give;
use crate::bulk::{self, ITEMS_MAX, Many};
use crate::command::Command;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;

/// A handover (bàn giao hồ sơ).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// The officer who is to have the cases; where absent they go back to the queue.
    #[schema(value_type = Option<Uuid>)]
    pub to: Option<OfficerId>,
    /// Why, at most 4000 characters; kept sealed with each case that is given to somebody. A case
    /// that goes back to the queue keeps no reason.
    pub reason: String,
}

/// Hands over all cases that an officer holds in the asker's territory.
///
/// At most 2000 at once, the longest waiting first; called again, it goes on with what is left.
/// Each case is a command of its own: some may be refused while others are done.
#[utoipa::path(
    post, path = "/officers/{id}/handover", tag = "officers", request_body = Handover,
    params(("id" = Uuid, Path, description = "The officer who holds the cases")),
    responses((status = 200, description = "What each case came to", body = Many))
)]
pub async fn hand_over(
    Segment(id): Segment<OfficerId>,
    command: Command<Handover>,
) -> Result<Response, Problem> {
    let Handover { to, reason } = &command.input;
    engine::personal::check("reason", reason).map_err(engine::EngineError::from)?;
    let reading = command.reading().await?;
    must_be_visible(&reading, id).await?;
    let held = bulk::plain(&held_by(&reading, id).await?);
    match *to {
        Some(to) => {
            let reason: Arc<str> = Arc::from(reason.as_str());
            bulk::each(&command, held, |engine, request, case, ()| {
                give(engine, request, case, (to, Some(reason.clone())))
            })
            .await
        }
        None => {
            bulk::each(&command, held, |engine, request, case, ()| async move {
                engine.case(&request, case, case::Command::Release).await
            })
            .await
        }
    }
}

/// The cases that an officer holds, as far as whoever asks may see them.
async fn held_by(reading: &Reading, id: OfficerId) -> Result<Vec<CaseId>, Problem> {
    let (territory, today) = (reading.territory.clone(), reading.today);
    let filter = QueueFilter { territory, holder: Holder::Officer(id), ..QueueFilter::default() };
    let read = reading.read(move |reader| {
        let (mut cases, mut after) = (Vec::new(), None::<String>);
        loop {
            let page = reader.queue(&filter, today, after.as_deref(), LIMIT_MAX)?;
            cases.extend(page.items.iter().map(|row| row.case.id));
            after = page.next;
            if after.is_none() || cases.len() >= ITEMS_MAX {
                cases.truncate(ITEMS_MAX);
                return Ok(cases);
            }
        }
    });
    read.await
}
