//! `Streams.Delete` and `Streams.Tombstone`.

use tonic::{Request, Status};

use super::append::number;
use super::call::{Call, Method};
use super::fault::Answer;
use super::log::Log;
use super::service::{Answered, Service, just};
use super::status;
use super::wire::{DeleteReq, DeleteResp, Position, StreamOptions};

impl Service {
    /// Deletes a stream so that it may come again.
    pub(super) async fn delete(self, request: Request<DeleteReq>) -> Answered<DeleteResp> {
        self.end(Method::Delete, request, Log::delete).await
    }

    /// Deletes a stream for good.
    pub(super) async fn tombstone(self, request: Request<DeleteReq>) -> Answered<DeleteResp> {
        self.end(Method::Tombstone, request, Log::tombstone).await
    }

    async fn end(
        &self,
        method: Method,
        request: Request<DeleteReq>,
        how: fn(&mut Log, &str) -> u64,
    ) -> Answered<DeleteResp> {
        let (headers, _, message) = request.into_parts();
        let options = message.options.unwrap_or_default();
        let call = Call { stream: Some(options.name()), ..Call::new(method, self.node, &headers) };
        self.play(call, &headers, |_| {
            self.shared.change(|state| end(&mut state.log, &options, how))
        })
        .await
    }
}

fn end(
    log: &mut Log,
    options: &StreamOptions,
    how: fn(&mut Log, &str) -> u64,
) -> Result<Answer<DeleteResp>, Status> {
    let stream = options.name();
    if log.is_tombstoned(&stream) {
        return Err(status::stream_deleted(&stream));
    }
    let actual = log.last(&stream);
    let (expected, holds) = match options {
        StreamOptions { revision: Some(revision), .. } => {
            let expected = number(*revision)?;
            (expected, expected == actual)
        }
        StreamOptions { no_stream: Some(()), .. } => (-1, actual == -1),
        StreamOptions { stream_exists: Some(()), .. } => (-4, actual >= 0),
        _ => (-2, true),
    };
    if !holds {
        return Err(status::wrong_expected_version(&stream, expected, actual));
    }
    let position = Some(Position::of(how(log, &stream)));
    Ok(just(DeleteResp { position }))
}
