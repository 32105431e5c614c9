//! Reads of one stream.

use tonic::Status;

use super::{Form, limit};
use crate::fake::call::{Call, Start};
use crate::fake::log::{Log, Stored, View};
use crate::fake::status;
use crate::fake::wire::{ReadOptions, ReadResp, StreamIdentifier, StreamNotFound};

/// The whole answer.
pub(super) fn answer(
    log: &Log,
    stream: &str,
    options: &ReadOptions,
    call: &Call,
    form: Form,
) -> Result<Vec<ReadResp>, Status> {
    match log.view(stream) {
        View::Tombstoned => Err(status::stream_deleted(stream)),
        View::Missing => {
            let stream_identifier = Some(StreamIdentifier::of(stream));
            let stream_not_found = Some(StreamNotFound { stream_identifier });
            Ok(vec![ReadResp { stream_not_found, ..ReadResp::default() }])
        }
        View::Present { records, last } => {
            let events = chosen(records, call);
            let mut messages: Vec<_> = events.iter().map(|record| form.event(record)).collect();
            let talks = options.control_option.is_some_and(|option| option.compatibility >= 1);
            if talks {
                if messages.is_empty() {
                    messages.extend(first_stream_position(call, last + 1));
                }
                messages.push(ReadResp { last_stream_position: Some(last), ..ReadResp::default() });
            }
            Ok(messages)
        }
    }
}

fn chosen<'a>(records: Vec<&'a Stored>, call: &Call) -> Vec<&'a Stored> {
    let records = records.into_iter();
    if call.backwards {
        let to = match call.from {
            Some(Start::At(revision)) => revision,
            Some(Start::First) => 0,
            _ => u64::MAX,
        };
        records.rev().skip_while(|record| record.revision > to).take(limit(call)).collect()
    } else {
        let from = match call.from {
            Some(Start::At(revision)) => revision,
            Some(Start::End) => u64::MAX,
            _ => 0,
        };
        records.skip_while(|record| record.revision < from).take(limit(call)).collect()
    }
}

/// Tells a reader who began elsewhere that the next event is at `next`.
fn first_stream_position(call: &Call, next: u64) -> Option<ReadResp> {
    let elsewhere = !call.backwards && call.from != Some(Start::At(next));
    elsewhere.then(|| ReadResp { first_stream_position: Some(next), ..ReadResp::default() })
}
