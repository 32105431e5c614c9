//! `Streams.Append`.
//!
//! Deliberately absent: the expectations `any` and `stream_exists`, which no event store of ours
//! uses.

use tonic::{Request, Status, Streaming};

use super::call::{Call, Method};
use super::cluster::Switch;
use super::fault::Answer;
use super::log::{Outcome, Proposal};
use super::service::{Answered, Service, just};
use super::status;
use super::wire::{
    AppendReq, AppendResp, Position, ProposedMessage, StreamOptions, Success, WireUuid,
    WrongExpectedVersion,
};

/// An append as it arrived; nothing of it is checked yet.
struct Received {
    options: StreamOptions,
    messages: Vec<ProposedMessage>,
}

impl Service {
    /// Appends, once the client has sent everything: a request that is cut has no effect.
    pub(super) async fn append(
        self,
        request: Request<Streaming<AppendReq>>,
    ) -> Answered<AppendResp> {
        let (headers, _, messages) = request.into_parts();
        let received = receive(messages).await?;
        let call = Call {
            stream: Some(received.options.name()),
            count: Some(received.messages.len() as u64),
            ..Call::new(Method::Append, self.node, &headers)
        };
        self.play(call, &headers, |_| self.write(received)).await
    }

    fn write(&self, received: Received) -> Result<Answer<AppendResp>, Status> {
        let stream = received.options.name();
        let expected = expectation(&received.options)?;
        let events = proposals(received.messages, self.shared.max_append)?;
        let (outcome, bare) = self.shared.change(|state| {
            let bare = state.is_on(Switch::RepeatsWithoutPosition);
            (state.log.append(&stream, expected, events), bare)
        });
        let answer = match outcome {
            Outcome::Written { last, position } => success(last, position),
            Outcome::Repeated { last, position } => success(last, (!bare).then_some(position)),
            Outcome::Conflict { current } => conflict(&received.options, expected, current),
            Outcome::Deleted => return Err(status::stream_deleted(&stream)),
        };
        Ok(just(answer))
    }
}

async fn receive(mut messages: Streaming<AppendReq>) -> Result<Received, Status> {
    let first = messages.message().await?.and_then(|message| message.options);
    let options = first.ok_or_else(status::thrown)?;
    let mut received = Received { options, messages: Vec::new() };
    while let Some(message) = messages.message().await? {
        received.messages.push(message.proposed_message.ok_or_else(status::thrown)?);
    }
    Ok(received)
}

/// The revision that the stream must have, -1 for none.
fn expectation(options: &StreamOptions) -> Result<i64, Status> {
    match options {
        StreamOptions { revision: Some(revision), .. } => number(*revision),
        StreamOptions { no_stream: Some(()), .. } => Ok(-1),
        _ => Err(status::not_played("appends without an expected revision")),
    }
}

/// A revision as the server takes it: the greatest number is -1, which means "no stream", and
/// others beyond the signed ones overflow.
pub(super) fn number(revision: u64) -> Result<i64, Status> {
    match revision {
        u64::MAX => Ok(-1),
        other => i64::try_from(other).map_err(|_| status::thrown()),
    }
}

fn proposals(messages: Vec<ProposedMessage>, limit: usize) -> Result<Vec<Proposal>, Status> {
    let mut size = 0;
    let mut events = Vec::with_capacity(messages.len());
    for message in messages {
        let event = proposal(message)?;
        size +=
            event.data.len() + event.metadata.len() + 2 * event.event_type.encode_utf16().count();
        if size > limit {
            return Err(status::append_too_large(limit));
        }
        events.push(event);
    }
    Ok(events)
}

fn proposal(mut message: ProposedMessage) -> Result<Proposal, Status> {
    let mut property =
        |name| message.metadata.remove(name).ok_or_else(|| status::property_missing(name));
    let event_type = property("type")?;
    let is_json = property("content-type")? == "application/json";
    let id = message.id.as_ref().and_then(WireUuid::value).ok_or_else(status::thrown)?;
    Ok(Proposal { id, event_type, is_json, data: message.data, metadata: message.custom_metadata })
}

fn success(last: i64, position: Option<u64>) -> AppendResp {
    let current_revision = u64::try_from(last).ok();
    let success = Success {
        current_revision,
        no_stream: none(current_revision),
        position: position.map(Position::of),
        no_position: none(position),
    };
    AppendResp { success: Some(success), wrong_expected_version: None }
}

fn conflict(options: &StreamOptions, expected: i64, current: i64) -> AppendResp {
    let current = u64::try_from(current).ok();
    // In the old fields "no stream" is the greatest number.
    let expected_revision = expected.cast_unsigned();
    let wrong = WrongExpectedVersion {
        current_revision_20_6_0: current,
        no_stream_20_6_0: none(current),
        expected_revision_20_6_0: Some(expected_revision),
        current_revision: current,
        current_no_stream: none(current),
        expected_revision: options.revision.map(|_| expected_revision),
        expected_no_stream: options.no_stream,
    };
    AppendResp { success: None, wrong_expected_version: Some(wrong) }
}

/// The other half of a choice between something and nothing.
const fn none(something: Option<u64>) -> Option<()> {
    match something {
        Some(_) => None,
        None => Some(()),
    }
}
