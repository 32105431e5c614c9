//! Reads of `$all`.

use tonic::Status;

use super::{Filter, Form, limit};
use crate::fake::call::{Call, Start};
use crate::fake::cluster::Switch;
use crate::fake::log::{Log, Stored};
use crate::fake::shared::State;
use crate::fake::status;
use crate::fake::wire::{ReadOptions, ReadResp};

/// The whole answer. Forwards it begins with the record at the position, backwards with the one
/// before it.
pub(super) fn answer(
    state: &State,
    options: &ReadOptions,
    call: &Call,
    form: Form,
) -> Result<Vec<ReadResp>, Status> {
    let filter = options.filter.as_ref().map(Filter::new);
    if state.is_on(Switch::StrictPositions) {
        check_position(&state.log, call, filter.is_some())?;
    }
    let wanted = |record: &&Stored| filter.as_ref().is_none_or(|filter| filter.matches(record));
    let records = state.log.records();
    let split = match call.from {
        Some(Start::At(position)) => records.partition_point(|record| record.position < position),
        Some(Start::End) => records.len(),
        _ => 0,
    };
    let event = |record| form.event(record);
    Ok(if call.backwards {
        records[..split].iter().rev().filter(wanted).take(limit(call)).map(event).collect()
    } else {
        records[split..].iter().filter(wanted).take(limit(call)).map(event).collect()
    })
}

/// Refuses a position inside of a record.
pub(in crate::fake) fn check_position(
    log: &Log,
    call: &Call,
    filtered: bool,
) -> Result<(), Status> {
    match call.from {
        Some(Start::At(position)) if log.is_inside(position) => {
            Err(status::invalid_position(filtered))
        }
        _ => Ok(()),
    }
}
