//! Messages of `Streams.Read`: reads of a stream, of `$all`, and subscriptions.

use std::collections::HashMap;

use bytes::Bytes;
use prost::Message;

use super::{Position, StreamIdentifier, Timestamp, WireUuid};

/// A read of any kind.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct ReadReq {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) options: Option<ReadOptions>,
}

/// What to read.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct ReadOptions {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) stream: Option<FromStream>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::fake) all: Option<FromAll>,
    /// 0 forwards, 1 backwards.
    #[prost(int32, tag = "3")]
    pub(in crate::fake) read_direction: i32,
    #[prost(uint64, optional, tag = "5")]
    pub(in crate::fake) count: Option<u64>,
    #[prost(message, optional, tag = "6")]
    pub(in crate::fake) subscription: Option<()>,
    #[prost(message, optional, tag = "7")]
    pub(in crate::fake) filter: Option<FilterOptions>,
    #[prost(message, optional, tag = "9")]
    pub(in crate::fake) uuid_option: Option<UuidOption>,
    #[prost(message, optional, tag = "10")]
    pub(in crate::fake) control_option: Option<ControlOption>,
}

/// A stream, and where to begin in it.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct FromStream {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, optional, tag = "2")]
    pub(in crate::fake) revision: Option<u64>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::fake) end: Option<()>,
}

/// Where to begin in `$all`.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::fake) struct FromAll {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) position: Option<Position>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::fake) end: Option<()>,
}

/// Which events of `$all`.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct FilterOptions {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) stream_identifier: Option<Expression>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::fake) event_type: Option<Expression>,
    #[prost(uint32, optional, tag = "3")]
    pub(in crate::fake) max: Option<u32>,
    #[prost(uint32, tag = "5")]
    pub(in crate::fake) checkpoint_interval_multiplier: u32,
}

/// A pattern of names.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct Expression {
    #[prost(string, tag = "1")]
    pub(in crate::fake) regex: String,
    #[prost(string, repeated, tag = "2")]
    pub(in crate::fake) prefix: Vec<String>,
}

/// The form of UUIDs in the answer.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::fake) struct UuidOption {
    #[prost(message, optional, tag = "2")]
    pub(in crate::fake) string: Option<()>,
}

/// What the client understands.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::fake) struct ControlOption {
    #[prost(uint32, tag = "1")]
    pub(in crate::fake) compatibility: u32,
}

/// One message of an answer to a read.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct ReadResp {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) event: Option<ReadEvent>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::fake) confirmation: Option<Confirmation>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::fake) checkpoint: Option<Checkpoint>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::fake) stream_not_found: Option<StreamNotFound>,
    #[prost(uint64, optional, tag = "5")]
    pub(in crate::fake) first_stream_position: Option<u64>,
    #[prost(uint64, optional, tag = "6")]
    pub(in crate::fake) last_stream_position: Option<u64>,
    #[prost(message, optional, tag = "8")]
    pub(in crate::fake) caught_up: Option<CaughtUp>,
}

/// An event; the link through which it was found is never there.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct ReadEvent {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) event: Option<RecordedEvent>,
    #[prost(uint64, optional, tag = "3")]
    pub(in crate::fake) commit_position: Option<u64>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::fake) no_position: Option<()>,
}

/// A record of the log.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct RecordedEvent {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) id: Option<WireUuid>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::fake) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, tag = "3")]
    pub(in crate::fake) stream_revision: u64,
    #[prost(uint64, tag = "4")]
    pub(in crate::fake) prepare_position: u64,
    #[prost(uint64, tag = "5")]
    pub(in crate::fake) commit_position: u64,
    #[prost(map = "string, string", tag = "6")]
    pub(in crate::fake) metadata: HashMap<String, String>,
    #[prost(bytes = "bytes", tag = "7")]
    pub(in crate::fake) custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "8")]
    pub(in crate::fake) data: Bytes,
}

/// The first message of a subscription.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct Confirmation {
    #[prost(string, tag = "1")]
    pub(in crate::fake) subscription_id: String,
}

/// How far a filtered subscription has looked.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::fake) struct Checkpoint {
    #[prost(uint64, tag = "1")]
    pub(in crate::fake) commit_position: u64,
    #[prost(uint64, tag = "2")]
    pub(in crate::fake) prepare_position: u64,
    #[prost(message, optional, tag = "3")]
    pub(in crate::fake) timestamp: Option<Timestamp>,
}

/// There is no such stream.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct StreamNotFound {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) stream_identifier: Option<StreamIdentifier>,
}

/// A subscription is live from here.
#[derive(Clone, Copy, PartialEq, Message)]
pub(in crate::fake) struct CaughtUp {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) timestamp: Option<Timestamp>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::fake) position: Option<Position>,
}
