//! Subscriptions to `$all`: what lies behind the position, the news that this was all, and then
//! what is appended.
//!
//! Deliberately absent: falling behind again. However slow the client, events wait in the log.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::stream::{self, StreamExt};
use tokio::sync::watch;
use tonic::Status;
use uuid::Uuid;

use super::call::{Call, Start};
use super::cluster::Switch;
use super::fault::Answer;
use super::log::Stored;
use super::read::{Filter, Form, check_position};
use super::shared::{Shared, State};
use super::wire::{CaughtUp, Checkpoint, Confirmation, Position, ReadOptions, ReadResp, Timestamp};

/// How many records are looked at under one lock of the log.
const PAGE: usize = 64;

/// The answer, which ends only with the connection.
pub(super) fn answer(
    shared: Arc<Shared>,
    state: &State,
    options: &ReadOptions,
    call: &Call,
    form: Form,
) -> Result<Answer<ReadResp>, Status> {
    let filter = options.filter.as_ref().map(Filter::new);
    if state.is_on(Switch::StrictPositions) {
        check_position(&state.log, call, filter.is_some())?;
    }
    let after = match call.from {
        Some(Start::At(position)) => Some(position),
        Some(Start::End) => state.log.records().last().map(|record| record.position),
        _ => None,
    };
    let grown = shared.watch();
    let ready = VecDeque::from([confirmation()]);
    let subscription =
        Subscription { shared, grown, form, filter, after, looked_at: 0, is_live: false, ready };
    Ok(stream::unfold(subscription, Subscription::step).boxed())
}

struct Subscription {
    shared: Arc<Shared>,
    grown: watch::Receiver<u64>,
    form: Form,
    filter: Option<Filter>,
    /// The last record looked at.
    after: Option<u64>,
    /// How many records were looked at, wanted or not.
    looked_at: u64,
    is_live: bool,
    /// What goes out next.
    ready: VecDeque<ReadResp>,
}

impl Subscription {
    async fn step(mut self) -> Option<(Result<ReadResp, Status>, Self)> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                return Some((Ok(message), self));
            }
            // Marked as seen before looking: what comes between is noticed as a change.
            self.grown.borrow_and_update();
            let page = self.page();
            if !page.is_empty() {
                page.iter().for_each(|record| self.look_at(record));
            } else if self.is_live {
                self.grown.changed().await.ok()?;
            } else {
                self.is_live = true;
                self.ready.push_back(caught_up(self.after));
            }
        }
    }

    fn page(&self) -> Vec<Stored> {
        let state = self.shared.state();
        state.log.behind(self.after).iter().take(PAGE).cloned().collect()
    }

    fn look_at(&mut self, record: &Stored) {
        self.after = Some(record.position);
        self.looked_at += 1;
        let filter = self.filter.as_ref();
        if filter.is_none_or(|filter| filter.matches(record)) {
            self.ready.push_back(self.form.event(record));
        }
        if filter.is_some_and(|filter| self.looked_at.is_multiple_of(filter.interval)) {
            self.ready.push_back(checkpoint(record.position));
        }
    }
}

fn confirmation() -> ReadResp {
    let confirmation = Confirmation { subscription_id: Uuid::new_v4().to_string() };
    ReadResp { confirmation: Some(confirmation), ..ReadResp::default() }
}

fn caught_up(after: Option<u64>) -> ReadResp {
    let caught_up = CaughtUp { timestamp: Some(now()), position: after.map(Position::of) };
    ReadResp { caught_up: Some(caught_up), ..ReadResp::default() }
}

fn checkpoint(position: u64) -> ReadResp {
    let checkpoint = Checkpoint {
        commit_position: position,
        prepare_position: position,
        timestamp: Some(now()),
    };
    ReadResp { checkpoint: Some(checkpoint), ..ReadResp::default() }
}

fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp {
        seconds: elapsed.as_secs().cast_signed(),
        nanos: elapsed.subsec_nanos().cast_signed(),
    }
}
