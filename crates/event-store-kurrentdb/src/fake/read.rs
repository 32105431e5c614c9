//! `Streams.Read`: of a stream, of `$all`, or as a subscription to `$all`.
//!
//! An answer is made from the log as it is when the call has its effect, and sent as fast as the
//! client takes it. Deliberately absent: links.

mod all;
mod filter;
mod one;
mod record;

use std::sync::Arc;

use futures_util::stream::{self, StreamExt};
use tonic::{Request, Status};

use super::call::{Call, Method, Start};
use super::fault::Answer;
use super::service::{Answered, Service};
use super::status;
use super::subscribe;
use super::wire::{Expression, ReadOptions, ReadReq, ReadResp, StreamIdentifier};

pub(super) use all::check_position;
pub(super) use filter::Filter;
pub(super) use record::Form;

impl Service {
    /// Reads.
    pub(super) async fn read(self, request: Request<ReadReq>) -> Answered<ReadResp> {
        let (headers, _, message) = request.into_parts();
        let options = message.options.unwrap_or_default();
        let call = described(&options, Call::new(method(&options), self.node, &headers));
        self.play(call, &headers, |call| self.answer(&options, call)).await
    }

    fn answer(&self, options: &ReadOptions, call: &Call) -> Result<Answer<ReadResp>, Status> {
        if call.count == Some(0) {
            return Err(Status::invalid_argument("'0' is not a valid System.UInt64"));
        }
        let state = self.shared.state();
        let form = Form::wanted(options, &state);
        let messages = match (&call.stream, call.method) {
            (None, Method::Subscribe) => {
                let shared = Arc::clone(&self.shared);
                return subscribe::answer(shared, &state, options, call, form);
            }
            (None, _) => all::answer(&state, options, call, form)?,
            (Some(_), Method::Subscribe) => return Err(status::not_played("such subscriptions")),
            (Some(stream), _) => one::answer(&state.log, stream, options, call, form)?,
        };
        Ok(stream::iter(messages.into_iter().map(Ok)).boxed())
    }
}

const fn method(options: &ReadOptions) -> Method {
    match (&options.stream, options.subscription) {
        (_, Some(())) => Method::Subscribe,
        (Some(_), None) => Method::ReadStream,
        (None, None) => Method::ReadAll,
    }
}

fn described(options: &ReadOptions, call: Call) -> Call {
    let stream = options.stream.as_ref();
    let name = stream.map(|from| {
        from.stream_identifier.as_ref().map(StreamIdentifier::name).unwrap_or_default()
    });
    Call {
        stream: name,
        count: options.subscription.is_none().then_some(options.count.unwrap_or_default()),
        prefixes: prefixes(options),
        from: Some(start(options)),
        backwards: options.read_direction == 1,
        ..call
    }
}

fn prefixes(options: &ReadOptions) -> Vec<String> {
    let filter = options.filter.as_ref();
    let expressions = filter.map(|filter| [&filter.stream_identifier, &filter.event_type]);
    let expressions = expressions.into_iter().flatten().flatten();
    expressions.flat_map(|Expression { prefix, .. }| prefix.iter().cloned()).collect()
}

/// Where a read begins; the greatest position means the end.
fn start(options: &ReadOptions) -> Start {
    let (at, end) = match (&options.stream, &options.all) {
        (Some(from), _) => (from.revision, from.end),
        (None, Some(from)) => (from.position.map(|position| position.commit_position), from.end),
        (None, None) => (None, None),
    };
    match (at, end) {
        (Some(u64::MAX), _) | (None, Some(())) => Start::End,
        (Some(at), _) => Start::At(at),
        (None, None) => Start::First,
    }
}

/// How many events at most.
fn limit(call: &Call) -> usize {
    call.count.and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX)
}
