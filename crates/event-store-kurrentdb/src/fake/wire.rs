//! The messages of the protocol, field numbers as in the client's `.proto` files.
//!
//! A `oneof` is written here as optional fields side by side: the bytes are the same, and only the
//! sender could set two of them. Deliberately absent: messages and fields that the fake neither
//! reads nor sends.

use std::collections::HashMap;

use bytes::Bytes;
use prost::Message;
use uuid::Uuid;

/// A UUID in one of its two forms.
#[derive(Clone, PartialEq, Message)]
pub(super) struct WireUuid {
    #[prost(message, optional, tag = "1")]
    pub(super) structured: Option<Structured>,
    #[prost(string, optional, tag = "2")]
    pub(super) string: Option<String>,
}

/// The two halves of a UUID.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Structured {
    #[prost(int64, tag = "1")]
    pub(super) most_significant_bits: i64,
    #[prost(int64, tag = "2")]
    pub(super) least_significant_bits: i64,
}

impl WireUuid {
    /// As text.
    pub(super) fn text(id: Uuid) -> Self {
        Self { structured: None, string: Some(id.to_string()) }
    }

    /// As two halves.
    pub(super) fn halves(id: Uuid) -> Self {
        let (most, least) = id.as_u64_pair();
        let structured = Structured {
            most_significant_bits: most.cast_signed(),
            least_significant_bits: least.cast_signed(),
        };
        Self { structured: Some(structured), string: None }
    }

    /// The UUID, if it is one.
    pub(super) fn value(&self) -> Option<Uuid> {
        match (&self.structured, &self.string) {
            (Some(halves), _) => Some(Uuid::from_u64_pair(
                halves.most_significant_bits.cast_unsigned(),
                halves.least_significant_bits.cast_unsigned(),
            )),
            (None, Some(text)) => text.parse().ok(),
            (None, None) => Some(Uuid::nil()),
        }
    }
}

/// A stream's name.
#[derive(Clone, PartialEq, Message)]
pub(super) struct StreamIdentifier {
    #[prost(bytes = "bytes", tag = "3")]
    pub(super) stream_name: Bytes,
}

impl StreamIdentifier {
    /// The identifier of the stream `name`.
    pub(super) fn of(name: &str) -> Self {
        Self { stream_name: Bytes::copy_from_slice(name.as_bytes()) }
    }

    /// The name; the server, too, takes it for UTF-8.
    pub(super) fn name(&self) -> String {
        String::from_utf8_lossy(&self.stream_name).into_owned()
    }
}

/// A place in `$all`.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Position {
    #[prost(uint64, tag = "1")]
    pub(super) commit_position: u64,
    #[prost(uint64, tag = "2")]
    pub(super) prepare_position: u64,
}

impl Position {
    /// The position of a record outside of any transaction: both parts are equal.
    pub(super) const fn of(position: u64) -> Self {
        Self { commit_position: position, prepare_position: position }
    }
}

/// `google.protobuf.Timestamp`.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Timestamp {
    #[prost(int64, tag = "1")]
    pub(super) seconds: i64,
    #[prost(int32, tag = "2")]
    pub(super) nanos: i32,
}

/// `AppendReq`, `DeleteReq` and `TombstoneReq` begin with the same options.
#[derive(Clone, PartialEq, Message)]
pub(super) struct StreamOptions {
    #[prost(message, optional, tag = "1")]
    pub(super) stream_identifier: Option<StreamIdentifier>,
    #[prost(uint64, optional, tag = "2")]
    pub(super) revision: Option<u64>,
    #[prost(message, optional, tag = "3")]
    pub(super) no_stream: Option<()>,
    #[prost(message, optional, tag = "4")]
    pub(super) any: Option<()>,
    #[prost(message, optional, tag = "5")]
    pub(super) stream_exists: Option<()>,
}

impl StreamOptions {
    /// The stream's name.
    pub(super) fn name(&self) -> String {
        self.stream_identifier.as_ref().map(StreamIdentifier::name).unwrap_or_default()
    }
}

/// One message of an append: the options first, then each event.
#[derive(Clone, PartialEq, Message)]
pub(super) struct AppendReq {
    #[prost(message, optional, tag = "1")]
    pub(super) options: Option<StreamOptions>,
    #[prost(message, optional, tag = "2")]
    pub(super) proposed_message: Option<ProposedMessage>,
}

/// An event to append.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ProposedMessage {
    #[prost(message, optional, tag = "1")]
    pub(super) id: Option<WireUuid>,
    #[prost(map = "string, string", tag = "2")]
    pub(super) metadata: HashMap<String, String>,
    #[prost(bytes = "bytes", tag = "3")]
    pub(super) custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "4")]
    pub(super) data: Bytes,
}

/// The answer to an append.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct AppendResp {
    #[prost(message, optional, tag = "1")]
    pub(super) success: Option<Success>,
    #[prost(message, optional, tag = "2")]
    pub(super) wrong_expected_version: Option<WrongExpectedVersion>,
}

/// The append was done, now or before.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct Success {
    #[prost(uint64, optional, tag = "1")]
    pub(super) current_revision: Option<u64>,
    #[prost(message, optional, tag = "2")]
    pub(super) no_stream: Option<()>,
    #[prost(message, optional, tag = "3")]
    pub(super) position: Option<Position>,
    #[prost(message, optional, tag = "4")]
    pub(super) no_position: Option<()>,
}

/// The stream is not where it was expected; the first five fields are for old clients.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct WrongExpectedVersion {
    #[prost(uint64, optional, tag = "1")]
    pub(super) current_revision_20_6_0: Option<u64>,
    #[prost(message, optional, tag = "2")]
    pub(super) no_stream_20_6_0: Option<()>,
    #[prost(uint64, optional, tag = "3")]
    pub(super) expected_revision_20_6_0: Option<u64>,
    #[prost(uint64, optional, tag = "6")]
    pub(super) current_revision: Option<u64>,
    #[prost(message, optional, tag = "7")]
    pub(super) current_no_stream: Option<()>,
    #[prost(uint64, optional, tag = "8")]
    pub(super) expected_revision: Option<u64>,
    #[prost(message, optional, tag = "11")]
    pub(super) expected_no_stream: Option<()>,
}

/// `DeleteReq` and `TombstoneReq`.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DeleteReq {
    #[prost(message, optional, tag = "1")]
    pub(super) options: Option<StreamOptions>,
}

/// `DeleteResp` and `TombstoneResp`.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct DeleteResp {
    #[prost(message, optional, tag = "1")]
    pub(super) position: Option<Position>,
}

mod discovery;
mod reading;

pub(super) use discovery::{ClusterInfo, EndPoint, MemberInfo, SupportedMethods};
pub(super) use reading::{
    CaughtUp, Checkpoint, Confirmation, Expression, FilterOptions, ReadEvent, ReadOptions, ReadReq,
    ReadResp, RecordedEvent, StreamNotFound,
};
